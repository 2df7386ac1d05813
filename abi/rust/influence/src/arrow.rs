//! Whole populations as Arrow record batches.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError};

use arrow::array::{RecordBatch, RecordBatchOptions, RecordBatchReader, StructArray};
use arrow::datatypes::{DataType, Fields, Schema, SchemaRef};
use arrow::error::ArrowError;
use arrow::ffi::{FFI_ArrowArray, FFI_ArrowSchema, from_ffi_and_data_type};
use arrow::ffi_stream::FFI_ArrowArrayStream;
use influence_sys as sys;
use prost::Message;

use crate::callback;
use crate::engine::Engine;
use crate::error::{Error, Status};
use crate::insight::Drift;
use crate::messages::{ColumnsOptions, StreamOptions};
use crate::owned::{broken, tell};
use crate::standing::{Graph, Standing};
use crate::tally::{Tally, Turn, taken};

// Each side has its own declaration of Arrow's structs.
const _: () = {
    assert!(size_of::<FFI_ArrowSchema>() == size_of::<sys::ArrowSchema>());
    assert!(size_of::<FFI_ArrowArray>() == size_of::<sys::ArrowArray>());
    assert!(size_of::<FFI_ArrowArrayStream>() == size_of::<sys::ArrowArrayStream>());
};

impl Engine {
    /// Scores a record batch: one row, one person, any number of rows. Nothing
    /// is copied on the way in or out. `influence.h` has the columns, under
    /// `influence_score_columns`; in short, `followers` and the like are counts,
    /// `followers_micros` millionths, `id` is carried, a null is unknown.
    ///
    /// ```
    /// use std::sync::Arc;
    /// use arrow::array::{ArrayRef, Int64Array, RecordBatch};
    ///
    /// let engine = influence::Engine::new("v1")?;
    /// let followers: ArrayRef = Arc::new(Int64Array::from(vec![Some(2_400), None, Some(-1)]));
    /// let people = RecordBatch::try_from_iter([("followers", followers)])?;
    /// let scored = engine.score_batch(&people, &Default::default())?;
    /// assert_eq!(scored.num_rows(), 3);
    /// assert!(scored["score"].is_null(2)); // scored["error"] says why
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`Status::InvalidArgument`] for a column of another name or type, or an
    /// option; [`Status::TooLarge`], [`Status::AlgorithmMismatch`],
    /// [`Status::OutOfMemory`]. A row that cannot be scored has its reason in
    /// the column `error`.
    pub fn score_batch(
        &self,
        batch: &RecordBatch,
        options: &ColumnsOptions,
    ) -> Result<RecordBatch, Error> {
        let options = options.encode_to_vec();
        let mut out_schema = FFI_ArrowSchema::empty();
        let mut out_array = FFI_ArrowArray::empty();
        give(batch, |schema, array, error| {
            // SAFETY: the engine lives as long as `self`, `options` is valid for
            // its length, the structs are Arrow's. `schema` and `array` are moved
            // in; the others are written, or zeroed.
            unsafe {
                sys::influence_score_columns(
                    self.as_ptr(),
                    options.as_ptr(),
                    options.len(),
                    schema,
                    array,
                    (&raw mut out_schema).cast(),
                    (&raw mut out_array).cast(),
                    error,
                )
            }
        })?;
        import(&out_schema, out_array)
    }

    /// The same for batches that come one after another: constant memory for
    /// any population. Each batch is read and scored when it is asked for. The
    /// result may outlive the engine.
    ///
    /// ```
    /// use std::sync::Arc;
    /// use arrow::array::{ArrayRef, Int64Array, RecordBatch, RecordBatchIterator};
    ///
    /// let engine = influence::Engine::new("v1")?;
    /// let followers: ArrayRef = Arc::new(Int64Array::from(vec![1, 2, 3]));
    /// let people = RecordBatch::try_from_iter([("followers", followers)])?;
    /// let schema = people.schema();
    /// let batches = RecordBatchIterator::new([Ok(people)], schema);
    /// for scored in engine.score_stream(batches, &Default::default())? {
    ///     assert_eq!(scored?.num_rows(), 3);
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// As [`Engine::score_batch`]. A failure of `batches` is the result's own; a panic
    /// in `batches` is a failure.
    pub fn score_stream(
        &self,
        batches: impl RecordBatchReader + Send + 'static,
        options: &ColumnsOptions,
    ) -> Result<Batches, Error> {
        let options = options.encode_to_vec();
        through(batches, |input, out, error| {
            // SAFETY: as in score_batch(); `input` is moved in, `out` is written.
            unsafe {
                sys::influence_score_stream(
                    self.as_ptr(),
                    options.as_ptr(),
                    options.len(),
                    input,
                    out,
                    error,
                )
            }
        })
    }
}

impl Tally {
    /// Adds events by columns: `actor`, `subject`, `kind` and `time`, and what
    /// else `influence.h` has under `influence_tally_add_columns`. Nothing is
    /// copied on the way in.
    ///
    /// # Errors
    /// As `influence_tally_add_columns()`.
    pub fn add_batch(&mut self, events: &RecordBatch) -> Result<(), Error> {
        self.using(|tally| {
            give(events, |schema, array, error| {
                // SAFETY: the tally lives as long as its borrow; the structs are
                // Arrow's, and moved in.
                unsafe { sys::influence_tally_add_columns(tally, schema, array, error) }
            })
        })
    }

    /// The profiles of everybody who received a reaction that counts, ascending
    /// by id: for [`Standing::join`] and [`Engine::score_stream`]. You can read them
    /// on another thread: the tally and its streams take turns. Until the stream is
    /// dropped the tally cannot change; the stream may outlive it.
    ///
    /// # Errors
    /// As `influence_tally_profiles()`.
    pub fn profiles(&mut self, options: &StreamOptions) -> Result<Batches, Error> {
        let options = options.encode_to_vec();
        let turn = self.turn().clone();
        let mut out = FFI_ArrowArrayStream::empty();
        self.told(|tally, error| {
            // SAFETY: `options` is valid for its length; `out` is written.
            unsafe {
                sys::influence_tally_profiles(
                    tally,
                    options.as_ptr(),
                    options.len(),
                    (&raw mut out).cast(),
                    error,
                )
            }
        })?;
        Batches::new(out, Some(turn), Heard::default())
    }

    /// The topics of everybody: a row for each person and topic.
    ///
    /// # Errors
    /// As `influence_tally_topics()`.
    pub fn topics(&mut self) -> Result<RecordBatch, Error> {
        let mut schema = FFI_ArrowSchema::empty();
        let mut array = FFI_ArrowArray::empty();
        self.told(|tally, error| {
            // SAFETY: the structs are Arrow's, and written.
            unsafe {
                sys::influence_tally_topics(
                    tally,
                    (&raw mut schema).cast(),
                    (&raw mut array).cast(),
                    error,
                )
            }
        })?;
        import(&schema, array)
    }
}

/// Batches that the library makes, one after another. A failure is an
/// [`ArrowError::ExternalError`] with an [`Error`] inside; a failure of the batches
/// that you passed in is that very failure.
#[derive(Debug)]
pub struct Batches {
    stream: FFI_ArrowArrayStream,
    schema: SchemaRef,
    /// The turn of the tally that the stream is of.
    turn: Option<Turn>,
    /// The failure of the batches that the stream reads.
    heard: Heard,
}

type Heard = Arc<Mutex<Option<ArrowError>>>;

impl Batches {
    fn new(stream: FFI_ArrowArrayStream, turn: Option<Turn>, heard: Heard) -> Result<Self, Error> {
        let mut made = Self {
            stream,
            schema: Arc::new(Schema::empty()),
            turn,
            heard,
        };
        made.schema = made.announced()?.into();
        Ok(made)
    }

    /// The schema that the stream announces.
    fn announced(&mut self) -> Result<Schema, Error> {
        let _turn = self.turn.as_ref().map(taken);
        let mut schema = FFI_ArrowSchema::empty();
        let get_schema = self
            .stream
            .get_schema
            .ok_or_else(|| broken("there is no stream"))?;
        // SAFETY: the stream is the library's, and not released.
        if unsafe { get_schema(&raw mut self.stream, &raw mut schema) } != 0 {
            return Err(failure_of(&mut self.stream));
        }
        Schema::try_from(&schema).map_err(|why| broken(&why.to_string()))
    }
}

/// The last failure of a stream of the library's.
fn failure_of(stream: &mut FFI_ArrowArrayStream) -> Error {
    let mut error = std::ptr::null_mut();
    // SAFETY: the stream is the library's, and not released.
    unsafe { sys::influence_stream_error((&raw mut *stream).cast(), &raw mut error) };
    let failure =
        Error::take(error).unwrap_or_else(|| Error::new(Status::OutOfMemory, "", "out of memory"));
    match callback::heard::<()>(Err(failure)) {
        Ok(()) => broken("a stream failed without a failure"),
        Err(failure) => failure,
    }
}

impl Iterator for Batches {
    type Item = Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        let _turn = self.turn.as_ref().map(taken);
        let mut array = FFI_ArrowArray::empty();
        let get_next = self.stream.get_next?;
        // SAFETY: the stream is the library's, and not released.
        if unsafe { get_next(&raw mut self.stream, &raw mut array) } == 0 {
            return match array.is_released() {
                true => None,
                false => Some(batch_of(self.schema.clone(), array)),
            };
        }
        let failure = failure_of(&mut self.stream);
        let heard = self
            .heard
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        Some(Err(heard.unwrap_or_else(|| {
            ArrowError::ExternalError(failure.into())
        })))
    }
}

impl RecordBatchReader for Batches {
    fn schema(&self) -> SchemaRef {
        self.schema.clone()
    }
}

impl Drop for Batches {
    fn drop(&mut self) {
        let _turn = self.turn.as_ref().map(taken);
        drop(std::mem::replace(
            &mut self.stream,
            FFI_ArrowArrayStream::empty(),
        ));
    }
}

impl Graph {
    /// Adds edges by columns: `source`, `target` and, optionally, `weight`.
    ///
    /// # Errors
    /// As `influence_graph_add_columns()`.
    pub fn add_batch(&mut self, edges: &RecordBatch) -> Result<(), Error> {
        self.using(|graph| {
            give(edges, |schema, array, error| {
                // SAFETY: the graph lives as long as its borrow; the structs are
                // Arrow's, and moved in.
                unsafe { sys::influence_graph_add_columns(graph, schema, array, error) }
            })
        })
    }
}

impl Standing {
    /// All nodes, ascending by id: `id`, `rank` and `standing_micros`. The
    /// stream may outlive the standing.
    ///
    /// # Errors
    /// As `influence_standing_ranks()`.
    pub fn ranks(&self, options: &StreamOptions) -> Result<Batches, Error> {
        let options = options.encode_to_vec();
        let mut out = FFI_ArrowArrayStream::empty();
        tell(|error| {
            // SAFETY: the standing lives as long as `self`, `options` is valid
            // for its length; `out` is written.
            unsafe {
                sys::influence_standing_ranks(
                    self.as_ptr(),
                    options.as_ptr(),
                    options.len(),
                    (&raw mut out).cast(),
                    error,
                )
            }
        })?;
        Batches::new(out, None, Heard::default())
    }

    /// Adds the column `standing_micros` to profiles; it is null where the id is no
    /// node. The result may outlive the standing.
    ///
    /// # Errors
    /// As `influence_standing_join()`. A failure of `profiles` is the result's own; a
    /// panic in `profiles` is a failure.
    pub fn join(
        &self,
        profiles: impl RecordBatchReader + Send + 'static,
    ) -> Result<Batches, Error> {
        through(profiles, |input, out, error| {
            // SAFETY: the standing lives as long as `self`; `input` is moved in,
            // `out` is written.
            unsafe { sys::influence_standing_join(self.as_ptr(), input, out, error) }
        })
    }
}

impl Drift {
    /// Adds people by columns, those of [`Engine::score_batch`] and those that
    /// the population is sliced by.
    ///
    /// # Errors
    /// As `influence_drift_add_columns()`.
    pub fn add_batch(&mut self, people: &RecordBatch) -> Result<(), Error> {
        self.using(|drift| {
            give(people, |schema, array, error| {
                // SAFETY: the drift lives as long as its borrow; the structs are
                // Arrow's, and moved in.
                unsafe { sys::influence_drift_add_columns(drift, schema, array, error) }
            })
        })
    }
}

/// A call that takes a batch.
fn give(
    batch: &RecordBatch,
    call: impl FnOnce(
        *mut sys::ArrowSchema,
        *mut sys::ArrowArray,
        *mut *mut sys::influence_error,
    ) -> i32,
) -> Result<(), Error> {
    let mut schema = export(&batch.schema())?;
    let mut array = FFI_ArrowArray::new(&StructArray::from(batch.clone()).into());
    tell(|error| call((&raw mut schema).cast(), (&raw mut array).cast(), error))
}

/// A call that takes a stream and returns one.
fn through(
    batches: impl RecordBatchReader + Send + 'static,
    call: impl FnOnce(
        *mut sys::ArrowArrayStream,
        *mut sys::ArrowArrayStream,
        *mut *mut sys::influence_error,
    ) -> i32,
) -> Result<Batches, Error> {
    let schema = batches.schema();
    export(&schema)?;
    let heard = Heard::default();
    let mut input = FFI_ArrowArrayStream::new(Box::new(Guarded {
        batches,
        schema,
        heard: heard.clone(),
    }));
    let mut out = FFI_ArrowArrayStream::empty();
    tell(|error| call((&raw mut input).cast(), (&raw mut out).cast(), error))?;
    Batches::new(out, None, heard)
}

/// Arrow ends the process if a name contains a NUL, so this refuses it.
fn export(schema: &Schema) -> Result<FFI_ArrowSchema, Error> {
    let refused = |name: &str, why: &str| Error::new(Status::InvalidArgument, name, why);
    let fields = schema.flattened_fields();
    if let Some(field) = fields.iter().find(|field| field.name().contains('\0')) {
        return Err(refused(field.name(), "the name contains a NUL"));
    }
    FFI_ArrowSchema::try_from(schema).map_err(|why| refused("", &why.to_string()))
}

fn import(schema: &FFI_ArrowSchema, array: FFI_ArrowArray) -> Result<RecordBatch, Error> {
    Schema::try_from(schema)
        .and_then(|schema| batch_of(schema.into(), array))
        .map_err(|why| broken(&why.to_string()))
}

fn batch_of(schema: SchemaRef, array: FFI_ArrowArray) -> Result<RecordBatch, ArrowError> {
    let fields: Fields = schema.fields().clone();
    // SAFETY: the library returns a struct array of the schema that it returned.
    let data = unsafe { from_ffi_and_data_type(array, DataType::Struct(fields)) }?;
    let rows = RecordBatchOptions::new().with_row_count(Some(data.len()));
    let (_, columns, _) = StructArray::from(data).into_parts();
    RecordBatch::try_new_with_options(schema, columns, &rows)
}

/// Batches as C may read them: of the schema that was announced, since C knows no
/// other, and without a panic, which must not enter C.
struct Guarded<R> {
    batches: R,
    schema: SchemaRef,
    heard: Heard,
}

impl<R: RecordBatchReader> Iterator for Guarded<R> {
    type Item = Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        let failed = |words: &str| ArrowError::CDataInterface(words.to_owned());
        let failure = match catch_unwind(AssertUnwindSafe(|| self.batches.next())) {
            Ok(None) => return None,
            Ok(Some(Ok(batch))) if is_of(&batch, &self.schema) => return Some(Ok(batch)),
            Ok(Some(Ok(_))) => failed("a batch is not of the schema of its stream"),
            Ok(Some(Err(why))) => why,
            Err(_) => failed("the reader of the batches panicked"),
        };
        let words = without_nul(&failure.to_string());
        *self.heard.lock().unwrap_or_else(PoisonError::into_inner) = Some(failure);
        Some(Err(ArrowError::CDataInterface(words)))
    }
}

impl<R: RecordBatchReader> RecordBatchReader for Guarded<R> {
    fn schema(&self) -> SchemaRef {
        self.schema.clone()
    }
}

fn is_of(batch: &RecordBatch, schema: &Schema) -> bool {
    let own = batch.schema();
    own.fields().len() == schema.fields().len()
        && own
            .fields()
            .iter()
            .zip(schema.fields())
            .all(|(a, b)| a.data_type() == b.data_type())
}

/// Arrow ends the process if the words of a failure contain a NUL.
fn without_nul(words: &str) -> String {
    words.replace('\0', "\u{fffd}")
}
