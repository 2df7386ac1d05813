use arrow::array::{Array, RecordBatch, RecordBatchReader, StructArray};
use arrow::error::ArrowError;
use arrow::ffi::{from_ffi, to_ffi, FFI_ArrowArray, FFI_ArrowSchema};
use arrow::ffi_stream::{ArrowArrayStreamReader, FFI_ArrowArrayStream};
use influence_sys as sys;
use prost::Message;

use crate::engine::{check, message, message_out};
use crate::{wire, Engine, Error, Status};

// The structs are Arrow's own on both sides.
const _: () = {
    assert!(size_of::<FFI_ArrowArray>() == size_of::<sys::ArrowArray>());
    assert!(size_of::<FFI_ArrowSchema>() == size_of::<sys::ArrowSchema>());
    assert!(size_of::<FFI_ArrowArrayStream>() == size_of::<sys::ArrowArrayStream>());
};

/// How a table is scored, and which columns come back besides score, low, high,
/// coverage and errors.
pub use wire::ColumnsOptions;

fn of_arrow(error: ArrowError) -> Error {
    Error::new(Status::InvalidArgument, error.to_string())
}

impl Engine {
    /// Scores a table: one row, one person; the same scores as
    /// [`score`](Engine::score) gives. Nothing is copied either way.
    pub fn score_batch(
        &self,
        people: &RecordBatch,
        options: &ColumnsOptions,
    ) -> Result<RecordBatch, Error> {
        let table = StructArray::from(people.clone());
        let (mut array, mut schema) = to_ffi(&table.to_data()).map_err(of_arrow)?;
        let options = options.encode_to_vec();
        let mut out_schema = FFI_ArrowSchema::empty();
        let mut out_array = FFI_ArrowArray::empty();
        let mut words = message();
        // SAFETY: the handle lives as long as `self`; the input is moved in and
        // marked as released, the output overwritten.
        let status = unsafe {
            sys::influence_score_columns(
                self.handle(),
                options.as_ptr(),
                options.len(),
                (&raw mut schema).cast(),
                (&raw mut array).cast(),
                (&raw mut out_schema).cast(),
                (&raw mut out_array).cast(),
                message_out(&mut words),
            )
        };
        check(status, &words)?;
        // SAFETY: the library's table is what its schema says.
        let data = unsafe { from_ffi(out_array, &out_schema) }.map_err(of_arrow)?;
        Ok(StructArray::from(data).into())
    }

    /// The same for a stream of tables, scored one by one as they are read.
    pub fn score_stream(
        &self,
        people: Box<dyn RecordBatchReader + Send>,
        options: &ColumnsOptions,
    ) -> Result<ArrowArrayStreamReader, Error> {
        let mut stream = FFI_ArrowArrayStream::new(people);
        let options = options.encode_to_vec();
        let mut out = FFI_ArrowArrayStream::empty();
        let mut words = message();
        // SAFETY: as above.
        let status = unsafe {
            sys::influence_score_stream(
                self.handle(),
                options.as_ptr(),
                options.len(),
                (&raw mut stream).cast(),
                (&raw mut out).cast(),
                message_out(&mut words),
            )
        };
        check(status, &words)?;
        ArrowArrayStreamReader::try_new(out).map_err(of_arrow)
    }
}
