//! Record batches in, record batches out.
#![cfg(feature = "arrow")]

use std::error::Error;
use std::sync::Arc;

use arrow::array::AsArray;
use arrow::array::{
    Array, ArrayRef, BinaryArray, Decimal128Array, Float64Array, Int32Array, Int64Array,
    RecordBatch, RecordBatchIterator, RecordBatchOptions, RecordBatchReader, StringArray,
};
use arrow::datatypes::{DataType, Decimal128Type, Field, Int64Type, Schema, SchemaRef};
use arrow::error::ArrowError;
use influence::messages::{Edge, EdgeBatch, ScoreUnit, SeedKind, SeedList};
use influence::{Account, ColumnsOptions, Engine, Graph, Profile, Status};

type Outcome = Result<(), Box<dyn Error>>;

fn population(rows: i64) -> Result<RecordBatch, ArrowError> {
    let ids = StringArray::from_iter_values((0..rows).map(|row| format!("p{row}")));
    let likes = Int64Array::from_iter((0..rows).map(|row| (row % 5 != 0).then_some(row % 97)));
    let followers = Int64Array::from_iter_values((0..rows).map(|row| row * 1_000_003));
    RecordBatch::try_from_iter([
        ("id", Arc::new(ids) as ArrayRef),
        ("likes", Arc::new(likes)),
        ("followers_micros", Arc::new(followers)),
    ])
}

/// Points with six decimals: each value is a count of micropoints.
fn scores(batch: &RecordBatch) -> &Decimal128Array {
    let scores = batch["score"].as_primitive::<Decimal128Type>();
    assert_eq!(scores.data_type(), &DataType::Decimal128(9, 6));
    scores
}

#[test]
fn columns_are_the_scores_of_profiles() -> Outcome {
    let engine = Engine::new("v1")?;
    let batch = population(3_000)?;
    let scored = engine.score_batch(&batch, &ColumnsOptions::default())?;
    assert_eq!(&scored["id"], &batch["id"]);
    let likes = batch["likes"].as_primitive::<Int64Type>();
    let followers = batch["followers_micros"].as_primitive::<Int64Type>();
    let profiles: Vec<_> = (0..batch.num_rows())
        .map(|row| Profile {
            id: String::new(),
            accounts: vec![Account {
                likes_micros: likes.is_valid(row).then(|| likes.value(row) * 1_000_000),
                followers_micros: Some(followers.value(row)),
                ..Account::default()
            }],
            ..Profile::default()
        })
        .collect();
    for (row, person) in engine.score(&profiles)?.into_iter().enumerate() {
        assert_eq!(
            scores(&scored).value(row),
            i128::from(person.outcome?.score_micropoints)
        );
    }
    let schema = scored.schema();
    assert_eq!(schema.metadata()["influence.algorithm"], "v1");
    assert_eq!(
        schema.metadata()["influence.fingerprint"],
        engine.fingerprint()
    );
    Ok(())
}

#[test]
fn a_program_may_have_micropoints() -> Outcome {
    let engine = Engine::new("v1")?;
    let batch = population(100)?;
    let points = engine.score_batch(&batch, &ColumnsOptions::default())?;
    let options = ColumnsOptions {
        score_unit: ScoreUnit::Micropoints.into(),
        ..ColumnsOptions::default()
    };
    let scored = engine.score_batch(&batch, &options)?;
    for name in ["score", "low", "high", "coverage"] {
        let micropoints = scored[&*format!("{name}_micropoints")].as_primitive::<Int64Type>();
        let want = points[name].as_primitive::<Decimal128Type>().values();
        let same = micropoints.values().iter().map(|&value| i128::from(value));
        assert!(same.eq(want.iter().copied()), "{name}");
    }
    Ok(())
}

#[test]
fn a_slice_is_its_rows() -> Outcome {
    let engine = Engine::new("v1")?;
    let batch = population(100)?;
    let options = ColumnsOptions {
        threads: 2,
        bands: true,
        points: true,
        reasons: true,
        ..ColumnsOptions::default()
    };
    let whole = engine.score_batch(&batch, &options)?;
    let part = engine.score_batch(&batch.slice(33, 20), &options)?;
    assert_eq!(whole.slice(33, 20), part);
    // Nothing depends on the engine or the input any more.
    drop((engine, batch));
    assert_eq!(whole.num_columns(), part.num_columns());
    Ok(())
}

#[test]
fn a_bad_row_has_its_reason() -> Outcome {
    let engine = Engine::new("v1")?;
    let likes: ArrayRef = Arc::new(Int32Array::from(vec![Some(3), Some(-1), None]));
    let batch = RecordBatch::try_from_iter([("likes", likes)])?;
    let scored = engine.score_batch(&batch, &ColumnsOptions::default())?;
    assert!(scores(&scored).is_valid(0) && scores(&scored).is_null(1));
    let error = scored["error"].as_primitive::<arrow::datatypes::Int32Type>();
    assert!(error.is_null(0) && error.is_null(2));
    assert_eq!(Status::from_code(error.value(1)), Status::OutOfRange);
    Ok(())
}

#[test]
fn no_rows_and_no_columns() -> Outcome {
    let engine = Engine::new("v1")?;
    let scored = engine.score_batch(&population(0)?, &ColumnsOptions::default())?;
    assert_eq!(scored.num_rows(), 0);
    let rows = RecordBatchOptions::new().with_row_count(Some(3));
    let nothing = RecordBatch::try_new_with_options(Arc::new(Schema::empty()), vec![], &rows)?;
    let scored = engine.score_batch(&nothing, &ColumnsOptions::default())?;
    assert_eq!(scores(&scored).values(), &[0, 0, 0]);
    Ok(())
}

#[test]
fn what_cannot_be_scored_is_refused() -> Outcome {
    let engine = Engine::new("v1")?;
    let refused = |name: &str, column: ArrayRef, options: &ColumnsOptions| {
        let batch = RecordBatch::try_from_iter([(name, column)]).expect("one column");
        engine
            .score_batch(&batch, options)
            .map_err(|why| (why.status(), why.to_string()))
    };
    let default = ColumnsOptions::default();
    let number = || Arc::new(Int64Array::from(vec![1])) as ArrayRef;
    for (name, column) in [
        ("charm", number()),
        (
            "likes",
            Arc::new(StringArray::from(vec!["many"])) as ArrayRef,
        ),
        ("likes", Arc::new(Float64Array::from(vec![0.1])) as ArrayRef),
        ("li\0kes", number()),
    ] {
        let (status, message) = refused(name, column, &default).expect_err(name);
        assert_eq!(status, Status::InvalidArgument);
        assert!(message.contains(&name[..2]), "{message}");
    }
    let other = ColumnsOptions {
        fingerprint: "0".repeat(64),
        ..ColumnsOptions::default()
    };
    let (status, _) = refused("likes", number(), &other).expect_err("another fingerprint");
    assert_eq!(status, Status::AlgorithmMismatch);
    Ok(())
}

#[test]
fn a_stream_is_its_batches() -> Outcome {
    let batch = population(1_000)?;
    let schema = batch.schema();
    let engine = Engine::new("v1")?;
    let whole = engine.score_batch(&batch, &ColumnsOptions::default())?;
    let pieces: Vec<_> = [(0, 0), (0, 1), (1, 600), (601, 399)]
        .iter()
        .map(|&(from, rows)| Ok(batch.slice(from, rows)))
        .collect();
    let scored = engine.score_stream(
        RecordBatchIterator::new(pieces, schema),
        &ColumnsOptions::default(),
    )?;
    drop(engine);
    assert_eq!(scored.schema(), whole.schema());
    let mut from = 0;
    let moved = std::thread::spawn(move || scored.collect::<Result<Vec<_>, _>>());
    for piece in moved.join().expect("no panic")? {
        assert_eq!(scores(&piece), scores(&whole.slice(from, piece.num_rows())));
        from += piece.num_rows();
    }
    assert_eq!(from, 1_000);
    Ok(())
}

/// A reader whose second batch is what a test makes it.
struct Second<F>(u32, SchemaRef, F);

impl<F: FnMut() -> Result<RecordBatch, ArrowError>> Iterator for Second<F> {
    type Item = Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.0 += 1;
        match self.0 {
            1 => Some(population(10)),
            2 => Some((self.2)()),
            _ => None,
        }
    }
}

impl<F: FnMut() -> Result<RecordBatch, ArrowError>> RecordBatchReader for Second<F> {
    fn schema(&self) -> SchemaRef {
        self.1.clone()
    }
}

fn failure(second: fn() -> Result<RecordBatch, ArrowError>) -> Result<ArrowError, Box<dyn Error>> {
    let engine = Engine::new("v1")?;
    let reader = Second(0, population(0)?.schema(), second);
    let mut scored = engine.score_stream(reader, &ColumnsOptions::default())?;
    assert_eq!(scored.next().ok_or("no batch")??.num_rows(), 10);
    match scored.next() {
        Some(Err(why)) => Ok(why),
        other => Err(format!("{other:?}").into()),
    }
}

#[test]
fn a_failure_of_the_reader_comes_back_as_it_was() -> Outcome {
    let why = failure(|| Err(ArrowError::ParseError("line\0 7".into())))?;
    assert!(
        matches!(&why, ArrowError::ParseError(words) if words == "line\0 7"),
        "{why}"
    );
    let why = failure(|| {
        let lost = std::io::ErrorKind::NotFound.into();
        Err(ArrowError::IoError("the disk".into(), lost))
    })?;
    assert!(
        matches!(&why, ArrowError::IoError(_, lost) if lost.kind() == std::io::ErrorKind::NotFound),
        "{why}"
    );
    let why = failure(|| panic!("as asked"))?;
    assert!(why.to_string().contains("panicked"), "{why}");
    Ok(())
}

// The library was told of int64 and would read past the end of int32.
#[test]
fn a_batch_of_another_schema_never_reaches_c() -> Outcome {
    let why = failure(|| {
        let column: ArrayRef = Arc::new(Int32Array::from(vec![1; 1_000]));
        RecordBatch::try_from_iter([
            ("id", column.clone()),
            ("likes", column.clone()),
            ("followers_micros", column),
        ])
    })?;
    assert!(why.to_string().contains("schema"), "{why}");
    let why = failure(|| {
        RecordBatch::try_from_iter([("id", Arc::new(Int64Array::from(vec![1])) as ArrayRef)])
    })?;
    assert!(why.to_string().contains("schema"), "{why}");
    Ok(())
}

#[test]
fn a_failure_of_the_library_has_its_status() -> Outcome {
    let engine = Engine::new("v1")?;
    let mut graph = Graph::new(&engine, &Default::default())?;
    let edge = Edge {
        source: "bob".into(),
        target: "ada".into(),
        weight: None,
    };
    graph.add(&EdgeBatch { edges: vec![edge] })?;
    graph.seed(&SeedList {
        kind: SeedKind::Uniform.into(),
        ..SeedList::default()
    })?;
    let standing = graph.run(&Default::default())?;
    let ids: ArrayRef = Arc::new(BinaryArray::from(vec![&b"ada"[..], b"\xff"]));
    let people = RecordBatch::try_from_iter([("id", ids)])?;
    let batches = RecordBatchIterator::new(
        [Ok(people.slice(0, 1)), Ok(people.clone())],
        people.schema(),
    );
    let mut joined = standing.join(batches)?;
    let first = joined.next().ok_or("no batch")??;
    assert!(first["standing_micros"].is_valid(0));
    match joined.next() {
        Some(Err(ArrowError::ExternalError(why))) => {
            let why = why.downcast_ref::<influence::Error>().ok_or("another")?;
            assert_eq!(why.status(), Status::InvalidUtf8);
            assert_eq!((why.field(), why.row()), ("id", Some(1)));
        }
        other => panic!("{other:?}"),
    }
    Ok(())
}

#[test]
fn a_stream_that_cannot_be_scored_is_refused() -> Outcome {
    let engine = Engine::new("v1")?;
    for name in ["charm", "li\0kes"] {
        let schema = Arc::new(Schema::new(vec![Field::new(name, DataType::Int64, true)]));
        let refused = engine.score_stream(
            RecordBatchIterator::new([], schema),
            &ColumnsOptions::default(),
        );
        assert_eq!(
            refused.err().map(|why| why.status()),
            Some(Status::InvalidArgument)
        );
    }
    Ok(())
}
