"""Tables of pyarrow, Polars, DuckDB and pandas, in and out without a copy."""
import copy
import ctypes
import gc
import pickle
import threading
import time

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import influence
from influence import _arrow

ROWS = 20_000


def make_table():
    random = np.random.default_rng(3)
    columns = {"id": [f"p{i}" for i in range(ROWS)]}
    for name in ("likes", "reshares", "followers"):
        counts = np.exp2(random.random(ROWS) * 20).astype(np.int64)
        columns[name] = pa.array(counts, mask=random.random(ROWS) < 0.05)
    return pa.table(columns)


TABLE = make_table()


@pytest.fixture(scope="module")
def wanted():
    people = [{k: v for k, v in row.items() if v is not None}
              for row in TABLE.to_pylist()]
    with influence.Engine("v1") as engine:
        return [r.score for r in engine.score(people)]


def test_pyarrow(engine, wanted):
    scores = pa.table(engine.score(TABLE))
    assert scores["id"].to_pylist() == TABLE["id"].to_pylist()
    assert scores["score"].to_pylist() == wanted
    assert (scores["id"].chunk(0).buffers()[2].address ==
            TABLE["id"].chunk(0).buffers()[2].address)
    assert pa.table(engine.score(TABLE.slice(777, 99)))[
        "score"].to_pylist() == wanted[777:876]
    batch = TABLE.to_batches()[0]
    reader = pa.RecordBatchReader.from_stream(engine.score(batch))
    assert reader.read_all()["score"].to_pylist() == wanted


class OnlyArray:
    """Has a batch, and no stream."""

    def __init__(self, batch):
        self.batch = batch

    def __arrow_c_array__(self, requested_schema=None):
        return self.batch.__arrow_c_array__(requested_schema)


def test_a_batch_gives_a_batch(engine, wanted):
    made = pa.record_batch(engine.score(OnlyArray(TABLE.to_batches()[0])))
    assert made["score"].to_pylist() == wanted


def test_polars(engine, wanted):
    frame = pl.DataFrame(TABLE)
    scores = pl.DataFrame(engine.score(frame, bands=True, points=True))
    assert scores["score"].to_list() == wanted
    points = [c for c in scores.columns if c.startswith("points_")]
    assert len(points) == 6 and "band" in scores.columns
    assert [sum(row) for row in scores.select(points).rows()] == wanted


def test_duckdb(engine, wanted):
    con = duckdb.connect()
    people = TABLE  # which DuckDB finds by its name
    con.execute("CREATE TABLE people AS SELECT * FROM people")
    assert people is TABLE
    scores = pa.table(engine.score(con.sql("SELECT * FROM people")))
    assert scores["score"].to_pylist() == wanted
    scores = pa.RecordBatchReader.from_stream(engine.score(TABLE))
    assert duckdb.sql("SELECT sum(score) FROM scores").fetchall()[0][
        0] == sum(wanted)
    assert scores is not None


def test_pandas(engine, wanted):
    frame = TABLE.to_pandas(types_mapper=pd.ArrowDtype)
    scores = pa.table(engine.score(frame)).to_pandas()
    assert scores["score"].tolist() == wanted


def test_options(engine, wanted):
    assert pa.table(engine.score(TABLE, threads=3))[
        "score"].to_pylist() == wanted
    assert "lifted" in pa.table(engine.score(TABLE, reasons=True)).column_names
    floats = pa.table({"likes": [0.5, 2.0]})
    with pytest.raises(influence.InvalidArgument, match="likes"):
        engine.score(floats)
    assert pa.table(engine.score(floats, floats="half_even")).num_rows == 2
    with pytest.raises(influence.AlgorithmMismatch):
        engine.score(TABLE, fingerprint="0" * 64)
    with pytest.raises(influence.OutOfRange, match="threads"):
        engine.score(TABLE, threads=-1)
    with pytest.raises(TypeError, match="karma"):
        engine.score(TABLE, karma=1)
    with pytest.raises(influence.InvalidArgument, match="micropoints"):
        engine.score(TABLE, units="stars")
    with pytest.raises(influence.InvalidArgument) as caught:
        engine.score(pa.table({"karma": [1]}))
    assert caught.value.field == "karma"


def test_units(engine, wanted):
    scores = pa.table(engine.score(TABLE, points=True))
    assert scores.schema.field("score").type == pa.decimal128(9, 6)
    assert str(scores["score"][0]) == str(wanted[0])
    micros = pa.table(engine.score(TABLE, units="micropoints", points=True))
    assert micros.schema.field("score_micropoints").type == pa.int64()
    assert micros["score_micropoints"].to_pylist() == [
        int(score * 10**6) for score in wanted]
    assert "score" not in micros.column_names
    assert "score_micropoints" not in scores.column_names


def test_errors_are_columns(engine):
    scores = pa.table(engine.score(pa.table({"likes": [1, -1, None]})))
    assert scores["error"].to_pylist() == [None, 7, None]
    assert scores["error_field"].to_pylist() == [None, "likes", None]
    assert scores["score"].null_count == 1


def test_scores_are_read_once(engine):
    scores = engine.score(TABLE)
    pa.table(scores)
    with pytest.raises(RuntimeError, match="read already"):
        pa.table(scores)


def test_batches_are_read_one_by_one(engine, wanted):
    reader = pa.RecordBatchReader.from_batches(
        TABLE.schema, TABLE.to_batches(max_chunksize=3000))
    table = engine.score(reader)
    found = [pa.record_batch(batch) for batch in table.batches()]
    assert [len(batch) for batch in found] == [3000] * 6 + [2000]
    assert pa.Table.from_batches(found)["score"].to_pylist() == wanted
    with pytest.raises(RuntimeError, match="read already"):
        next(table.batches())
    one, = engine.score(OnlyArray(TABLE.to_batches()[0])).batches()
    assert pa.record_batch(one)["score"].to_pylist() == wanted


def test_a_batch_that_fails_says_where(engine):
    """Offsets of a list that do not ascend, in the second batch."""
    def lists(offsets):
        accounts = pa.StructArray.from_arrays(
            [pa.array([1, 2, 3])], names=["likes"])
        return pa.record_batch({"accounts": pa.ListArray.from_arrays(
            pa.array(offsets, pa.int32()), accounts)})
    first, bad = lists([0, 1, 3]), lists([0, 3, 1])
    batches = engine.score(pa.RecordBatchReader.from_batches(
        first.schema, [first, bad])).batches()
    assert pa.record_batch(next(batches)).num_rows == 2
    with pytest.raises(influence.Malformed) as caught:
        next(batches)
    assert caught.value.field == "accounts"
    assert caught.value.status == influence.Malformed.status


def test_tables_are_not_copied(engine):
    for table in (engine.score(TABLE),
                  engine.score(OnlyArray(TABLE.to_batches()[0]))):
        for call in (copy.copy, copy.deepcopy, pickle.dumps):
            with pytest.raises(TypeError, match="cannot be copied"):
                call(table)
        table.close()


def test_what_is_never_read_is_freed(engine):
    before = pa.total_allocated_bytes()
    for _ in range(50):
        table = make_table()
        engine.score(table)
        capsule = engine.score(table).__arrow_c_stream__()
        batch = engine.score(OnlyArray(table.to_batches()[0]))
        capsules = batch.__arrow_c_array__()
        reader = engine.score(table).batches()  # left half-way
        next(reader)
        del table, batch, capsule, capsules, reader
    engine.score(pa.table({"likes": [1]}))  # capsules are seen to at the next
    gc.collect()
    assert pa.total_allocated_bytes() <= before


def test_a_readers_exception_arrives(engine):
    def broken():
        yield pa.record_batch({"likes": [1]})
        raise RuntimeError("the source broke")
    for _ in range(3):
        reader = pa.RecordBatchReader.from_batches(
            pa.schema({"likes": pa.int64()}), broken())
        with pytest.raises(pa.ArrowInvalid, match="the source broke"):
            pa.table(engine.score(reader))
        reader = pa.RecordBatchReader.from_batches(
            pa.schema({"likes": pa.int64()}), broken())
        batches = engine.score(reader).batches()
        assert pa.record_batch(next(batches)).num_rows == 1
        with pytest.raises(influence.Cancelled, match="the source broke"):
            next(batches)
    engine.score(TABLE)  # never read; what was lent before it is freed
    assert not _arrow._lent


def test_other_packages_may_declare_the_same_functions(engine, monkeypatch):
    theirs = ctypes.pythonapi.PyCapsule_GetPointer
    monkeypatch.setattr(theirs, "argtypes", [ctypes.c_void_p, ctypes.c_char_p])
    monkeypatch.setattr(theirs, "restype", ctypes.c_int)
    assert pa.table(engine.score(TABLE)).num_rows == ROWS


def test_scores_outlive_the_engine(wanted):
    engine = influence.Engine("v1")
    scores = engine.score(make_table())
    engine.close()
    assert pa.table(scores)["score"].to_pylist() == wanted


def test_the_gil_is_free_while_scoring(engine):
    """Another thread counts on while one long call is under way."""
    counts = pa.array(np.arange(4_000_000, dtype=np.int64))
    batch = OnlyArray(pa.record_batch({"likes": counts, "saves": counts}))
    ticks = []
    stop = threading.Event()

    def tick():
        while not stop.is_set():
            ticks.append(time.perf_counter())
            time.sleep(0.0005)
    thread = threading.Thread(target=tick)
    thread.start()
    during = 0
    for _ in range(20):
        begin = time.perf_counter()
        engine.score(batch)
        end = time.perf_counter()
        during += sum(begin < t < end for t in ticks)
    stop.set()
    thread.join()
    assert during > 10
