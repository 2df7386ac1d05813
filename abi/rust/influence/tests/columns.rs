//! Record batches in and out.
#![cfg(feature = "arrow")]

use std::sync::Arc;

use arrow::array::{
    Array, ArrayRef, Float64Array, Int32Array, Int64Array, RecordBatch, RecordBatchIterator,
    RecordBatchReader, StringArray,
};
use influence::{count, Account, ColumnsOptions, Engine, Profile, Status};

const ROWS: usize = 5000;

fn likes(i: usize) -> Option<i64> {
    (i % 7 != 0).then_some((i * i % 100_003) as i64)
}

fn batch() -> RecordBatch {
    let ids: ArrayRef = Arc::new(StringArray::from_iter_values((0..ROWS).map(|i| format!("p{i}"))));
    let values: ArrayRef = Arc::new(Int64Array::from_iter((0..ROWS).map(likes)));
    RecordBatch::try_from_iter_with_nullable([("id", ids, false), ("likes", values, true)]).unwrap()
}

fn wanted(engine: &Engine) -> Vec<i64> {
    let people: Vec<_> = (0..ROWS)
        .map(|i| Profile {
            id: format!("p{i}"),
            accounts: vec![Account {
                likes_micros: likes(i).and_then(count),
                ..Default::default()
            }],
        })
        .collect();
    let scored = engine.score(&people).unwrap();
    scored.into_iter().map(|s| s.ledger.unwrap().score_micropoints).collect()
}

fn column<'a>(batch: &'a RecordBatch, name: &str) -> &'a Int64Array {
    batch.column_by_name(name).unwrap().as_any().downcast_ref().unwrap()
}

#[test]
fn batches_are_profiles() {
    let engine = Engine::new("v1").unwrap();
    let people = batch();
    let wanted = wanted(&engine);
    let options = ColumnsOptions { threads: 2, points: true, ..Default::default() };
    let scores = engine.score_batch(&people, &options).unwrap();
    assert_eq!(column(&scores, "score").values(), &wanted[..]);
    assert_eq!(column(&scores, "points_attention").values(), &wanted[..]);
    // The ids are the very same memory.
    assert_eq!(
        scores.column_by_name("id").unwrap().to_data().buffers()[0].as_ptr(),
        people.column_by_name("id").unwrap().to_data().buffers()[0].as_ptr(),
    );
    let slice = people.slice(777, 99);
    let scores = engine.score_batch(&slice, &ColumnsOptions::default()).unwrap();
    assert_eq!(column(&scores, "score").values(), &wanted[777..876]);
}

#[test]
fn streams() {
    let engine = Engine::new("v1").unwrap();
    let wanted = wanted(&engine);
    let people = batch();
    let parts = vec![Ok(people.slice(0, 1000)), Ok(people.slice(1000, ROWS - 1000))];
    let reader = RecordBatchIterator::new(parts, people.schema());
    let scores = engine.score_stream(Box::new(reader), &ColumnsOptions::default()).unwrap();
    drop(engine); // which its scores outlive
    assert!(scores.schema().field_with_name("coverage").is_ok());
    let found: Vec<i64> =
        scores.flat_map(|batch| column(&batch.unwrap(), "score").values().to_vec()).collect();
    assert_eq!(found, wanted);
}

#[test]
fn what_is_refused() {
    let engine = Engine::new("v1").unwrap();
    let doubles: ArrayRef = Arc::new(Float64Array::from(vec![0.5]));
    let table = RecordBatch::try_from_iter([("likes", doubles.clone())]).unwrap();
    let error = engine.score_batch(&table, &ColumnsOptions::default()).unwrap_err();
    assert_eq!(error.status, Status::InvalidArgument);
    assert!(error.message.contains("likes"), "{error}");
    let rounded = ColumnsOptions { float_rounding: 1, ..Default::default() };
    assert!(engine.score_batch(&table, &rounded).is_ok());
    let table = RecordBatch::try_from_iter([("karma", doubles)]).unwrap();
    let reader = RecordBatchIterator::new(vec![Ok(table.clone())], table.schema());
    assert!(engine.score_stream(Box::new(reader), &rounded).is_err());
}

#[test]
fn rows_in_error() {
    let engine = Engine::new("v1").unwrap();
    let values: ArrayRef = Arc::new(Int64Array::from(vec![1, -1]));
    let table = RecordBatch::try_from_iter([("likes", values)]).unwrap();
    let scores = engine.score_batch(&table, &ColumnsOptions::default()).unwrap();
    assert!(column(&scores, "score").is_valid(0) && column(&scores, "score").is_null(1));
    let errors: &Int32Array =
        scores.column_by_name("error").unwrap().as_any().downcast_ref().unwrap();
    assert_eq!(Status::from_code(errors.value(1)), Status::OutOfRange);
}
