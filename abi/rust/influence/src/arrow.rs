//! Whole populations as Arrow record batches.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use arrow::array::{RecordBatch, RecordBatchOptions, RecordBatchReader, StructArray};
use arrow::datatypes::{Schema, SchemaRef};
use arrow::error::ArrowError;
use arrow::ffi::{FFI_ArrowArray, FFI_ArrowSchema, from_ffi};
use arrow::ffi_stream::{ArrowArrayStreamReader, FFI_ArrowArrayStream};
use influence_sys as sys;
use prost::Message;

use crate::engine::Engine;
use crate::error::{Error, Status};
use crate::insight::Drift;
use crate::owned::tell;
use crate::standing::{Graph, Standing};
use crate::tally::{Tally, Turn, taken};
use crate::wire::{ColumnsOptions, FinishOptions};

// Arrow's structs, of which each side has its own declaration.
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
        give(batch, |schema, array, message| {
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
                    message,
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
    /// As [`Engine::score_batch`]; and as `batches` fails, whose words are
    /// passed on. A panic in `batches` is such a failure.
    pub fn score_stream(
        &self,
        batches: impl RecordBatchReader + Send + 'static,
        options: &ColumnsOptions,
    ) -> Result<ArrowArrayStreamReader, Error> {
        let options = options.encode_to_vec();
        through(batches, |input, out, message| {
            // SAFETY: as in score_batch(); `input` is moved in, `out` is written.
            unsafe {
                sys::influence_score_stream(
                    self.as_ptr(),
                    options.as_ptr(),
                    options.len(),
                    input,
                    out,
                    message,
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
            give(events, |schema, array, message| {
                // SAFETY: the tally lives as long as its borrow; the structs are
                // Arrow's, and moved in.
                unsafe { sys::influence_tally_add_columns(tally, schema, array, message) }
            })
        })
    }

    /// The profiles of everybody who received a reaction that counts, ascending
    /// by id: for [`Standing::join`] and [`Engine::score_stream`]. Until the
    /// stream is dropped the tally cannot change; the stream may outlive it.
    ///
    /// # Errors
    /// As `influence_tally_finish()`.
    pub fn finish(&mut self, options: &FinishOptions) -> Result<Profiles, Error> {
        let options = options.encode_to_vec();
        let turn = self.turn().clone();
        let mut out = FFI_ArrowArrayStream::empty();
        self.told(|tally, message| {
            // SAFETY: `options` is valid for its length; `out` is written.
            unsafe {
                sys::influence_tally_finish(
                    tally,
                    options.as_ptr(),
                    options.len(),
                    (&raw mut out).cast(),
                    message,
                )
            }
        })?;
        Ok(Profiles {
            reader: Some(reader(out)?),
            turn,
        })
    }

    /// What everybody is listened to about: a row for each person and topic.
    ///
    /// # Errors
    /// As `influence_tally_topics()`.
    pub fn topics(&mut self) -> Result<RecordBatch, Error> {
        let mut schema = FFI_ArrowSchema::empty();
        let mut array = FFI_ArrowArray::empty();
        self.told(|tally, message| {
            // SAFETY: the structs are Arrow's, and written.
            unsafe {
                sys::influence_tally_topics(
                    tally,
                    (&raw mut schema).cast(),
                    (&raw mut array).cast(),
                    message,
                )
            }
        })?;
        import(&schema, array)
    }
}

/// A tally's profiles, batch by batch. It may be read on another thread: the
/// tally and its streams take turns.
#[derive(Debug)]
pub struct Profiles {
    /// There until it is dropped, which wants a turn as well.
    reader: Option<ArrowArrayStreamReader>,
    turn: Turn,
}

impl Iterator for Profiles {
    type Item = Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        let _turn = taken(&self.turn);
        self.reader.as_mut()?.next()
    }
}

impl RecordBatchReader for Profiles {
    fn schema(&self) -> SchemaRef {
        self.reader
            .as_ref()
            .map_or_else(|| Arc::new(Schema::empty()), ArrowArrayStreamReader::schema)
    }
}

impl Drop for Profiles {
    fn drop(&mut self) {
        let _turn = taken(&self.turn);
        self.reader = None;
    }
}

impl Graph {
    /// Adds edges by columns: `from`, `to` and, if there is one, `weight`.
    ///
    /// # Errors
    /// As `influence_graph_add_columns()`.
    pub fn add_batch(&mut self, edges: &RecordBatch) -> Result<(), Error> {
        self.using(|graph| {
            give(edges, |schema, array, message| {
                // SAFETY: the graph lives as long as its borrow; the structs are
                // Arrow's, and moved in.
                unsafe { sys::influence_graph_add_columns(graph, schema, array, message) }
            })
        })
    }
}

impl Standing {
    /// All nodes, ascending by id: `id`, `rank` and `standing_micros`. The
    /// stream may outlive the standing.
    ///
    /// # Errors
    /// As `influence_standing_columns()`.
    pub fn ranks(&self, options: &FinishOptions) -> Result<ArrowArrayStreamReader, Error> {
        let options = options.encode_to_vec();
        let mut out = FFI_ArrowArrayStream::empty();
        tell(|message| {
            // SAFETY: the standing lives as long as `self`, `options` is valid
            // for its length; `out` is written.
            unsafe {
                sys::influence_standing_columns(
                    self.as_ptr(),
                    options.as_ptr(),
                    options.len(),
                    (&raw mut out).cast(),
                    message,
                )
            }
        })?;
        reader(out)
    }

    /// Profiles with a column more, `standing_micros`, null for who is no node.
    /// The result may outlive the standing.
    ///
    /// # Errors
    /// As `influence_standing_join()`; and as `profiles` fails, whose words are
    /// passed on. A panic in `profiles` is such a failure.
    pub fn join(
        &self,
        profiles: impl RecordBatchReader + Send + 'static,
    ) -> Result<ArrowArrayStreamReader, Error> {
        through(profiles, |input, out, message| {
            // SAFETY: the standing lives as long as `self`; `input` is moved in,
            // `out` is written.
            unsafe { sys::influence_standing_join(self.as_ptr(), input, out, message) }
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
            give(people, |schema, array, message| {
                // SAFETY: the drift lives as long as its borrow; the structs are
                // Arrow's, and moved in.
                unsafe { sys::influence_drift_add_columns(drift, schema, array, message) }
            })
        })
    }
}

/// A call that takes a batch.
fn give(
    batch: &RecordBatch,
    call: impl FnOnce(*mut sys::ArrowSchema, *mut sys::ArrowArray, *mut sys::influence_bytes) -> i32,
) -> Result<(), Error> {
    let mut schema = export(&batch.schema())?;
    let mut array = FFI_ArrowArray::new(&StructArray::from(batch.clone()).into());
    tell(|message| call((&raw mut schema).cast(), (&raw mut array).cast(), message))
}

/// A call that gives a stream for one.
fn through(
    batches: impl RecordBatchReader + Send + 'static,
    call: impl FnOnce(
        *mut sys::ArrowArrayStream,
        *mut sys::ArrowArrayStream,
        *mut sys::influence_bytes,
    ) -> i32,
) -> Result<ArrowArrayStreamReader, Error> {
    let schema = batches.schema();
    export(&schema)?;
    let mut input = FFI_ArrowArrayStream::new(Box::new(Guarded { batches, schema }));
    let mut out = FFI_ArrowArrayStream::empty();
    tell(|message| call((&raw mut input).cast(), (&raw mut out).cast(), message))?;
    reader(out)
}

fn reader(out: FFI_ArrowArrayStream) -> Result<ArrowArrayStreamReader, Error> {
    ArrowArrayStreamReader::try_new(out)
        .map_err(|why| Error::new(Status::Internal, format!("the library's stream: {why}")))
}

/// Arrow ends the process if a name has a NUL, so it is said before.
fn export(schema: &Schema) -> Result<FFI_ArrowSchema, Error> {
    let refused = |why: String| Error::new(Status::InvalidArgument, why);
    if let Some(field) = schema
        .flattened_fields()
        .iter()
        .find(|field| field.name().contains('\0'))
    {
        return Err(refused(format!("{:?} has a NUL in its name", field.name())));
    }
    FFI_ArrowSchema::try_from(schema).map_err(|why| refused(why.to_string()))
}

fn import(schema: &FFI_ArrowSchema, array: FFI_ArrowArray) -> Result<RecordBatch, Error> {
    batch_of(schema, array)
        .map_err(|why| Error::new(Status::Internal, format!("the library's columns: {why}")))
}

fn batch_of(schema: &FFI_ArrowSchema, array: FFI_ArrowArray) -> Result<RecordBatch, ArrowError> {
    // SAFETY: the library gives a struct array of this schema.
    let data = unsafe { from_ffi(array, schema) }?;
    let rows = data.len();
    let (_, columns, _) = StructArray::from(data).into_parts();
    RecordBatch::try_new_with_options(
        Arc::new(Schema::try_from(schema)?),
        columns,
        &RecordBatchOptions::new().with_row_count(Some(rows)),
    )
}

/// Batches as C may read them: of the schema they were announced with, since C
/// has no other, and without a panic, which must not enter C.
struct Guarded<R> {
    batches: R,
    schema: SchemaRef,
}

impl<R: RecordBatchReader> Iterator for Guarded<R> {
    type Item = Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        let failure = match catch_unwind(AssertUnwindSafe(|| self.batches.next())) {
            Ok(None) => return None,
            Ok(Some(Ok(batch))) if is_of(&batch, &self.schema) => return Some(Ok(batch)),
            Ok(Some(Ok(_))) => "a batch is not of the schema of its stream".to_owned(),
            Ok(Some(Err(ArrowError::IoError(why, source)))) => {
                return Some(Err(ArrowError::IoError(without_nul(&why), source)));
            }
            Ok(Some(Err(why))) => without_nul(&why.to_string()),
            Err(_) => "the reader of the batches panicked".to_owned(),
        };
        Some(Err(ArrowError::CDataInterface(failure)))
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

/// Arrow ends the process if the words of a failure have one.
fn without_nul(words: &str) -> String {
    words.replace('\0', "\u{fffd}")
}
