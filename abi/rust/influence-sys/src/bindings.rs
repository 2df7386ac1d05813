// Made by `cargo run -p generate` from influence.h.

pub const INFLUENCE_UNKNOWN: i64 = i64::MIN;

pub const INFLUENCE_ABI_VERSION: u32 = 1;
pub const INFLUENCE_VERSION_MAJOR: u32 = 0;
pub const INFLUENCE_VERSION_MINOR: u32 = 1;
pub const INFLUENCE_VERSION_PATCH: u32 = 0;
pub const INFLUENCE_MAX_REQUEST_BYTES: u32 = 16777216;
pub const INFLUENCE_MAX_RESPONSE_BYTES: u32 = 268435456;
pub const INFLUENCE_MAX_ALGORITHM_BYTES: u32 = 65536;
pub const INFLUENCE_MAX_PROFILES: u32 = 65536;
pub const INFLUENCE_MAX_ACCOUNTS: u32 = 64;
pub const INFLUENCE_MAX_ID_BYTES: u32 = 256;
pub const INFLUENCE_MAX_NETWORK_BYTES: u32 = 64;
pub const INFLUENCE_MAX_TOPIC_BYTES: u32 = 64;
pub const INFLUENCE_MAX_EVENT_COUNT: u32 = 1000000;
pub const INFLUENCE_MAX_THREADS: u32 = 1024;
pub const INFLUENCE_POINTS_BYTES: u32 = 24;
pub const ARROW_FLAG_DICTIONARY_ORDERED: u32 = 1;
pub const ARROW_FLAG_NULLABLE: u32 = 2;
pub const ARROW_FLAG_MAP_KEYS_SORTED: u32 = 4;
pub type influence_status = i32;
pub const INFLUENCE_OK: influence_status = 0;
pub const INFLUENCE_INVALID_ARGUMENT: influence_status = 1;
pub const INFLUENCE_MALFORMED: influence_status = 2;
pub const INFLUENCE_TOO_LARGE: influence_status = 3;
pub const INFLUENCE_UNKNOWN_ALGORITHM: influence_status = 4;
pub const INFLUENCE_ALGORITHM_MISMATCH: influence_status = 5;
pub const INFLUENCE_INVALID_ALGORITHM: influence_status = 6;
pub const INFLUENCE_OUT_OF_RANGE: influence_status = 7;
pub const INFLUENCE_INVALID_UTF8: influence_status = 8;
pub const INFLUENCE_OUT_OF_MEMORY: influence_status = 9;
pub const INFLUENCE_INTERNAL: influence_status = 10;
pub const INFLUENCE_CANCELLED: influence_status = 11;
pub const INFLUENCE_NOT_FOUND: influence_status = 12;
pub const INFLUENCE_FAILED_PRECONDITION: influence_status = 13;
pub const INFLUENCE_NOT_VERIFIED: influence_status = 14;
pub const INFLUENCE_OPTED_OUT: influence_status = 15;
#[repr(C)]
pub struct influence_bytes {
    pub data: *mut u8,
    pub size: usize,
}
#[allow(clippy::unnecessary_operation, clippy::identity_op)]
const _: () = {
    ["Size of influence_bytes"][::core::mem::size_of::<influence_bytes>() - 16usize];
    ["Alignment of influence_bytes"][::core::mem::align_of::<influence_bytes>() - 8usize];
    ["Offset of field: influence_bytes::data"]
        [::core::mem::offset_of!(influence_bytes, data) - 0usize];
    ["Offset of field: influence_bytes::size"]
        [::core::mem::offset_of!(influence_bytes, size) - 8usize];
};
#[repr(C)]
pub struct influence_error {
    _unused: [u8; 0],
}
#[repr(C)]
pub struct influence_engine {
    _unused: [u8; 0],
}
#[repr(C)]
pub struct influence_tally {
    _unused: [u8; 0],
}
#[repr(C)]
pub struct influence_graph {
    _unused: [u8; 0],
}
#[repr(C)]
pub struct influence_standing {
    _unused: [u8; 0],
}
#[repr(C)]
pub struct influence_drift {
    _unused: [u8; 0],
}
pub const INFLUENCE_MENTIONS: usize = 0;
pub const INFLUENCE_REPLIES: usize = 1;
pub const INFLUENCE_SAVES: usize = 2;
pub const INFLUENCE_LIKES: usize = 3;
pub const INFLUENCE_RESHARES: usize = 4;
pub const INFLUENCE_QUOTES: usize = 5;
pub const INFLUENCE_LISTINGS: usize = 6;
pub const INFLUENCE_FOLLOWERS: usize = 7;
pub const INFLUENCE_STANDING: usize = 8;
pub const INFLUENCE_ENDORSEMENTS: usize = 9;
pub const INFLUENCE_LIMIT_REQUEST_BYTES: i32 = 1;
pub const INFLUENCE_LIMIT_RESPONSE_BYTES: i32 = 2;
pub const INFLUENCE_LIMIT_ALGORITHM_BYTES: i32 = 3;
pub const INFLUENCE_LIMIT_PROFILES: i32 = 4;
pub const INFLUENCE_LIMIT_ACCOUNTS: i32 = 5;
pub const INFLUENCE_LIMIT_ID_BYTES: i32 = 6;
pub const INFLUENCE_LIMIT_NETWORK_BYTES: i32 = 7;
pub const INFLUENCE_LIMIT_TOPIC_BYTES: i32 = 8;
pub const INFLUENCE_LIMIT_EVENT_COUNT: i32 = 9;
pub const INFLUENCE_LIMIT_THREADS: i32 = 10;
#[repr(C)]
pub struct ArrowSchema {
    pub format: *const ::core::ffi::c_char,
    pub name: *const ::core::ffi::c_char,
    pub metadata: *const ::core::ffi::c_char,
    pub flags: i64,
    pub n_children: i64,
    pub children: *mut *mut ArrowSchema,
    pub dictionary: *mut ArrowSchema,
    pub release: ::core::option::Option<unsafe extern "C" fn(arg1: *mut ArrowSchema)>,
    pub private_data: *mut ::core::ffi::c_void,
}
#[allow(clippy::unnecessary_operation, clippy::identity_op)]
const _: () = {
    ["Size of ArrowSchema"][::core::mem::size_of::<ArrowSchema>() - 72usize];
    ["Alignment of ArrowSchema"][::core::mem::align_of::<ArrowSchema>() - 8usize];
    ["Offset of field: ArrowSchema::format"][::core::mem::offset_of!(ArrowSchema, format) - 0usize];
    ["Offset of field: ArrowSchema::name"][::core::mem::offset_of!(ArrowSchema, name) - 8usize];
    ["Offset of field: ArrowSchema::metadata"]
        [::core::mem::offset_of!(ArrowSchema, metadata) - 16usize];
    ["Offset of field: ArrowSchema::flags"][::core::mem::offset_of!(ArrowSchema, flags) - 24usize];
    ["Offset of field: ArrowSchema::n_children"]
        [::core::mem::offset_of!(ArrowSchema, n_children) - 32usize];
    ["Offset of field: ArrowSchema::children"]
        [::core::mem::offset_of!(ArrowSchema, children) - 40usize];
    ["Offset of field: ArrowSchema::dictionary"]
        [::core::mem::offset_of!(ArrowSchema, dictionary) - 48usize];
    ["Offset of field: ArrowSchema::release"]
        [::core::mem::offset_of!(ArrowSchema, release) - 56usize];
    ["Offset of field: ArrowSchema::private_data"]
        [::core::mem::offset_of!(ArrowSchema, private_data) - 64usize];
};
#[repr(C)]
pub struct ArrowArray {
    pub length: i64,
    pub null_count: i64,
    pub offset: i64,
    pub n_buffers: i64,
    pub n_children: i64,
    pub buffers: *mut *const ::core::ffi::c_void,
    pub children: *mut *mut ArrowArray,
    pub dictionary: *mut ArrowArray,
    pub release: ::core::option::Option<unsafe extern "C" fn(arg1: *mut ArrowArray)>,
    pub private_data: *mut ::core::ffi::c_void,
}
#[allow(clippy::unnecessary_operation, clippy::identity_op)]
const _: () = {
    ["Size of ArrowArray"][::core::mem::size_of::<ArrowArray>() - 80usize];
    ["Alignment of ArrowArray"][::core::mem::align_of::<ArrowArray>() - 8usize];
    ["Offset of field: ArrowArray::length"][::core::mem::offset_of!(ArrowArray, length) - 0usize];
    ["Offset of field: ArrowArray::null_count"]
        [::core::mem::offset_of!(ArrowArray, null_count) - 8usize];
    ["Offset of field: ArrowArray::offset"][::core::mem::offset_of!(ArrowArray, offset) - 16usize];
    ["Offset of field: ArrowArray::n_buffers"]
        [::core::mem::offset_of!(ArrowArray, n_buffers) - 24usize];
    ["Offset of field: ArrowArray::n_children"]
        [::core::mem::offset_of!(ArrowArray, n_children) - 32usize];
    ["Offset of field: ArrowArray::buffers"]
        [::core::mem::offset_of!(ArrowArray, buffers) - 40usize];
    ["Offset of field: ArrowArray::children"]
        [::core::mem::offset_of!(ArrowArray, children) - 48usize];
    ["Offset of field: ArrowArray::dictionary"]
        [::core::mem::offset_of!(ArrowArray, dictionary) - 56usize];
    ["Offset of field: ArrowArray::release"]
        [::core::mem::offset_of!(ArrowArray, release) - 64usize];
    ["Offset of field: ArrowArray::private_data"]
        [::core::mem::offset_of!(ArrowArray, private_data) - 72usize];
};
#[repr(C)]
pub struct ArrowArrayStream {
    pub get_schema: ::core::option::Option<
        unsafe extern "C" fn(
            arg1: *mut ArrowArrayStream,
            out: *mut ArrowSchema,
        ) -> ::core::ffi::c_int,
    >,
    pub get_next: ::core::option::Option<
        unsafe extern "C" fn(
            arg1: *mut ArrowArrayStream,
            out: *mut ArrowArray,
        ) -> ::core::ffi::c_int,
    >,
    pub get_last_error: ::core::option::Option<
        unsafe extern "C" fn(arg1: *mut ArrowArrayStream) -> *const ::core::ffi::c_char,
    >,
    pub release: ::core::option::Option<unsafe extern "C" fn(arg1: *mut ArrowArrayStream)>,
    pub private_data: *mut ::core::ffi::c_void,
}
#[allow(clippy::unnecessary_operation, clippy::identity_op)]
const _: () = {
    ["Size of ArrowArrayStream"][::core::mem::size_of::<ArrowArrayStream>() - 40usize];
    ["Alignment of ArrowArrayStream"][::core::mem::align_of::<ArrowArrayStream>() - 8usize];
    ["Offset of field: ArrowArrayStream::get_schema"]
        [::core::mem::offset_of!(ArrowArrayStream, get_schema) - 0usize];
    ["Offset of field: ArrowArrayStream::get_next"]
        [::core::mem::offset_of!(ArrowArrayStream, get_next) - 8usize];
    ["Offset of field: ArrowArrayStream::get_last_error"]
        [::core::mem::offset_of!(ArrowArrayStream, get_last_error) - 16usize];
    ["Offset of field: ArrowArrayStream::release"]
        [::core::mem::offset_of!(ArrowArrayStream, release) - 24usize];
    ["Offset of field: ArrowArrayStream::private_data"]
        [::core::mem::offset_of!(ArrowArrayStream, private_data) - 32usize];
};
pub type influence_write_fn = ::core::option::Option<
    unsafe extern "C" fn(context: *mut ::core::ffi::c_void, data: *const u8, size: usize) -> i32,
>;
pub type influence_read_fn = ::core::option::Option<
    unsafe extern "C" fn(context: *mut ::core::ffi::c_void, data: *mut u8, size: usize) -> i32,
>;
pub type influence_read_at_fn = ::core::option::Option<
    unsafe extern "C" fn(
        context: *mut ::core::ffi::c_void,
        offset: u64,
        data: *mut u8,
        size: usize,
    ) -> i32,
>;
pub type influence_release_fn =
    ::core::option::Option<unsafe extern "C" fn(context: *mut ::core::ffi::c_void)>;
pub type influence_progress_fn = ::core::option::Option<
    unsafe extern "C" fn(context: *mut ::core::ffi::c_void, done: u32, all: u32) -> i32,
>;
unsafe extern "C" {
    pub fn influence_bytes_free(bytes: *mut influence_bytes);
    pub fn influence_engine_open(
        id: *const ::core::ffi::c_char,
        engine: *mut *mut influence_engine,
        error: *mut *mut influence_error,
    ) -> influence_status;
    pub fn influence_engine_free(engine: *mut influence_engine);
    pub fn influence_score_counts(
        engine: *const influence_engine,
        counts: *const i64,
        counts_size: usize,
        score: *mut i64,
        low: *mut i64,
        high: *mut i64,
        coverage: *mut i64,
        error: *mut *mut influence_error,
    ) -> influence_status;
    pub fn influence_format_points(
        micropoints: i64,
        decimals: i32,
        text: *mut ::core::ffi::c_char,
        text_size: usize,
    ) -> influence_status;
    pub fn influence_error_status(error: *const influence_error) -> influence_status;
    pub fn influence_error_field(error: *const influence_error) -> *const ::core::ffi::c_char;
    pub fn influence_error_row(error: *const influence_error) -> i64;
    pub fn influence_error_text(error: *const influence_error) -> *const ::core::ffi::c_char;
    pub fn influence_error_free(error: *mut influence_error);
    pub fn influence_status_name(status: influence_status) -> *const ::core::ffi::c_char;
    pub fn influence_abi_version() -> u32;
    pub fn influence_library_version() -> *const ::core::ffi::c_char;
    pub fn influence_limit(limit: i32) -> u64;
    pub fn influence_kernel_name() -> *const ::core::ffi::c_char;
    pub fn influence_algorithm_list(
        list: *mut influence_bytes,
        error: *mut *mut influence_error,
    ) -> influence_status;
    pub fn influence_engine_open_custom(
        algorithm: *const u8,
        algorithm_size: usize,
        engine: *mut *mut influence_engine,
        error: *mut *mut influence_error,
    ) -> influence_status;
    pub fn influence_engine_describe(
        engine: *const influence_engine,
        description: *mut influence_bytes,
        error: *mut *mut influence_error,
    ) -> influence_status;
    pub fn influence_score(
        engine: *const influence_engine,
        request: *const u8,
        request_size: usize,
        response: *mut influence_bytes,
        error: *mut *mut influence_error,
    ) -> influence_status;
    pub fn influence_score_columns(
        engine: *const influence_engine,
        options: *const u8,
        options_size: usize,
        schema: *mut ArrowSchema,
        array: *mut ArrowArray,
        out_schema: *mut ArrowSchema,
        out_array: *mut ArrowArray,
        error: *mut *mut influence_error,
    ) -> influence_status;
    pub fn influence_score_stream(
        engine: *const influence_engine,
        options: *const u8,
        options_size: usize,
        in_: *mut ArrowArrayStream,
        out: *mut ArrowArrayStream,
        error: *mut *mut influence_error,
    ) -> influence_status;
    pub fn influence_stream_error(
        stream: *mut ArrowArrayStream,
        error: *mut *mut influence_error,
    ) -> influence_status;
    pub fn influence_tally_new(
        engine: *const influence_engine,
        options: *const u8,
        options_size: usize,
        tally: *mut *mut influence_tally,
        error: *mut *mut influence_error,
    ) -> influence_status;
    pub fn influence_tally_free(tally: *mut influence_tally);
    pub fn influence_tally_spill(
        tally: *mut influence_tally,
        memory_bytes: u64,
        write: influence_write_fn,
        read_at: influence_read_at_fn,
        release: influence_release_fn,
        context: *mut ::core::ffi::c_void,
        error: *mut *mut influence_error,
    ) -> influence_status;
    pub fn influence_tally_add(
        tally: *mut influence_tally,
        events: *const u8,
        events_size: usize,
        error: *mut *mut influence_error,
    ) -> influence_status;
    pub fn influence_tally_add_columns(
        tally: *mut influence_tally,
        schema: *mut ArrowSchema,
        array: *mut ArrowArray,
        error: *mut *mut influence_error,
    ) -> influence_status;
    pub fn influence_tally_merge(
        tally: *mut influence_tally,
        other: *const influence_tally,
        error: *mut *mut influence_error,
    ) -> influence_status;
    pub fn influence_tally_save(
        tally: *mut influence_tally,
        write: influence_write_fn,
        context: *mut ::core::ffi::c_void,
        error: *mut *mut influence_error,
    ) -> influence_status;
    pub fn influence_tally_load(
        engine: *const influence_engine,
        read: influence_read_fn,
        context: *mut ::core::ffi::c_void,
        tally: *mut *mut influence_tally,
        error: *mut *mut influence_error,
    ) -> influence_status;
    pub fn influence_tally_report(
        tally: *mut influence_tally,
        report: *mut influence_bytes,
        error: *mut *mut influence_error,
    ) -> influence_status;
    pub fn influence_tally_profiles(
        tally: *mut influence_tally,
        options: *const u8,
        options_size: usize,
        out: *mut ArrowArrayStream,
        error: *mut *mut influence_error,
    ) -> influence_status;
    pub fn influence_tally_subject(
        tally: *mut influence_tally,
        request: *const u8,
        request_size: usize,
        response: *mut influence_bytes,
        error: *mut *mut influence_error,
    ) -> influence_status;
    pub fn influence_tally_topics(
        tally: *mut influence_tally,
        out_schema: *mut ArrowSchema,
        out_array: *mut ArrowArray,
        error: *mut *mut influence_error,
    ) -> influence_status;
    pub fn influence_graph_new(
        engine: *const influence_engine,
        options: *const u8,
        options_size: usize,
        graph: *mut *mut influence_graph,
        error: *mut *mut influence_error,
    ) -> influence_status;
    pub fn influence_graph_free(graph: *mut influence_graph);
    pub fn influence_graph_spill(
        graph: *mut influence_graph,
        memory_bytes: u64,
        write: influence_write_fn,
        read_at: influence_read_at_fn,
        release: influence_release_fn,
        context: *mut ::core::ffi::c_void,
        error: *mut *mut influence_error,
    ) -> influence_status;
    pub fn influence_graph_add(
        graph: *mut influence_graph,
        edges: *const u8,
        edges_size: usize,
        error: *mut *mut influence_error,
    ) -> influence_status;
    pub fn influence_graph_add_columns(
        graph: *mut influence_graph,
        schema: *mut ArrowSchema,
        array: *mut ArrowArray,
        error: *mut *mut influence_error,
    ) -> influence_status;
    pub fn influence_graph_add_tally(
        graph: *mut influence_graph,
        tally: *mut influence_tally,
        error: *mut *mut influence_error,
    ) -> influence_status;
    pub fn influence_graph_seed(
        graph: *mut influence_graph,
        seeds: *const u8,
        seeds_size: usize,
        error: *mut *mut influence_error,
    ) -> influence_status;
    pub fn influence_graph_run(
        graph: *mut influence_graph,
        options: *const u8,
        options_size: usize,
        progress: influence_progress_fn,
        context: *mut ::core::ffi::c_void,
        standing: *mut *mut influence_standing,
        error: *mut *mut influence_error,
    ) -> influence_status;
    pub fn influence_standing_free(standing: *mut influence_standing);
    pub fn influence_standing_report(
        standing: *const influence_standing,
        report: *mut influence_bytes,
        error: *mut *mut influence_error,
    ) -> influence_status;
    pub fn influence_standing_ranks(
        standing: *const influence_standing,
        options: *const u8,
        options_size: usize,
        out: *mut ArrowArrayStream,
        error: *mut *mut influence_error,
    ) -> influence_status;
    pub fn influence_standing_explain(
        standing: *const influence_standing,
        request: *const u8,
        request_size: usize,
        response: *mut influence_bytes,
        error: *mut *mut influence_error,
    ) -> influence_status;
    pub fn influence_standing_join(
        standing: *const influence_standing,
        in_: *mut ArrowArrayStream,
        out: *mut ArrowArrayStream,
        error: *mut *mut influence_error,
    ) -> influence_status;
    pub fn influence_compare(
        before: *const influence_engine,
        after: *const influence_engine,
        request: *const u8,
        request_size: usize,
        response: *mut influence_bytes,
        error: *mut *mut influence_error,
    ) -> influence_status;
    pub fn influence_drift_new(
        before: *const influence_engine,
        after: *const influence_engine,
        options: *const u8,
        options_size: usize,
        drift: *mut *mut influence_drift,
        error: *mut *mut influence_error,
    ) -> influence_status;
    pub fn influence_drift_free(drift: *mut influence_drift);
    pub fn influence_drift_add_columns(
        drift: *mut influence_drift,
        schema: *mut ArrowSchema,
        array: *mut ArrowArray,
        error: *mut *mut influence_error,
    ) -> influence_status;
    pub fn influence_drift_add(
        drift: *mut influence_drift,
        request: *const u8,
        request_size: usize,
        error: *mut *mut influence_error,
    ) -> influence_status;
    pub fn influence_drift_merge(
        drift: *mut influence_drift,
        other: *const influence_drift,
        error: *mut *mut influence_error,
    ) -> influence_status;
    pub fn influence_drift_save(
        drift: *const influence_drift,
        bytes: *mut influence_bytes,
        error: *mut *mut influence_error,
    ) -> influence_status;
    pub fn influence_drift_load(
        before: *const influence_engine,
        after: *const influence_engine,
        bytes: *const u8,
        bytes_size: usize,
        drift: *mut *mut influence_drift,
        error: *mut *mut influence_error,
    ) -> influence_status;
    pub fn influence_drift_report(
        drift: *const influence_drift,
        report: *mut influence_bytes,
        error: *mut *mut influence_error,
    ) -> influence_status;
    pub fn influence_what_if(
        engine: *const influence_engine,
        request: *const u8,
        request_size: usize,
        response: *mut influence_bytes,
        error: *mut *mut influence_error,
    ) -> influence_status;
    pub fn influence_render(
        request: *const u8,
        request_size: usize,
        text: *mut influence_bytes,
        error: *mut *mut influence_error,
    ) -> influence_status;
}
