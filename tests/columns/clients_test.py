"""pyarrow, Polars and DuckDB hand their columns to the library and read the
scores back, and no cell is copied on the way.

    clients_test.py ROOT LIBRARY BINARY

Runs itself again with what requirements.txt names. What every client gets is
compared with what the command gives for the same people as messages.
"""
import ctypes
import decimal
import json
import os
import pathlib
import subprocess
import sys
import unittest

ROOT, LIBRARY, BINARY = sys.argv[1:4]
HERE = pathlib.Path(__file__).parent

if "INFLUENCE_CLIENTS" not in os.environ:
    folder = pathlib.Path("clients_venv").absolute()
    made = subprocess.run([f"{ROOT}/cmake/venv.sh", folder,
                           HERE / "requirements.txt"], stdout=subprocess.PIPE,
                          check=True, text=True)
    sys.exit(subprocess.run(
        [made.stdout.strip(), __file__, *sys.argv[1:]], check=False,
        env={**os.environ, "INFLUENCE_CLIENTS": "1"}).returncode)

import duckdb
import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.compute as pc

ROWS = 60_000
SIGNALS = ("mentions", "replies", "likes", "reshares", "listings", "followers")
NUMBERS = ("score", "low", "high", "coverage")
MICROPOINTS = b"\x40\x01"  # ColumnsOptions: score_unit


class ArrowArray(ctypes.Structure):
    pass


ArrowArray._fields_ = [
    ("length", ctypes.c_int64), ("null_count", ctypes.c_int64),
    ("offset", ctypes.c_int64), ("n_buffers", ctypes.c_int64),
    ("n_children", ctypes.c_int64),
    ("buffers", ctypes.POINTER(ctypes.c_void_p)),
    ("children", ctypes.POINTER(ctypes.POINTER(ArrowArray))),
    ("dictionary", ctypes.c_void_p), ("release", ctypes.c_void_p),
    ("private_data", ctypes.c_void_p)]


class ArrowSchema(ctypes.Structure):
    _fields_ = [("words", ctypes.c_void_p * 9)]


class ArrowArrayStream(ctypes.Structure):
    _fields_ = [("words", ctypes.c_void_p * 5)]


library = ctypes.CDLL(LIBRARY)
engine = ctypes.c_void_p()
assert library.influence_engine_open(b"v1", ctypes.byref(engine), None) == 0
for part in ("text", "field"):
    getattr(library, f"influence_error_{part}").restype = ctypes.c_char_p
pointer_of = ctypes.pythonapi.PyCapsule_GetPointer
pointer_of.restype = ctypes.c_void_p
pointer_of.argtypes = [ctypes.py_object, ctypes.c_char_p]


def check(status, error):
    assert status == 0, (library.influence_error_field(error),
                         library.influence_error_text(error))


def score_stream(table, options=b""):
    """A pyarrow reader of the scores of anything with __arrow_c_stream__."""
    capsule = table.__arrow_c_stream__()
    out, error = ArrowArrayStream(), ctypes.c_void_p()
    check(library.influence_score_stream(
        engine, options, ctypes.c_size_t(len(options)),
        ctypes.c_void_p(pointer_of(capsule, b"arrow_array_stream")),
        ctypes.byref(out), ctypes.byref(error)), error)
    return pa.RecordBatchReader._import_from_c(ctypes.addressof(out))


def score_batch(batch, options=b""):
    """The scores of anything with __arrow_c_array__, and the addresses of
    their columns as the library gave them."""
    schema_capsule, array_capsule = batch.__arrow_c_array__()
    schema, array, error = ArrowSchema(), ArrowArray(), ctypes.c_void_p()
    check(library.influence_score_columns(
        engine, options, ctypes.c_size_t(len(options)),
        ctypes.c_void_p(pointer_of(schema_capsule, b"arrow_schema")),
        ctypes.c_void_p(pointer_of(array_capsule, b"arrow_array")),
        ctypes.byref(schema), ctypes.byref(array), ctypes.byref(error)),
          error)
    addresses = [array.children[i].contents.buffers[1]
                 for i in range(array.n_children)]
    return pa.RecordBatch._import_from_c(
        ctypes.addressof(array), ctypes.addressof(schema)), addresses


def make_columns():
    random = np.random.default_rng(11)
    columns = {"id": pa.array([f"p{i}" for i in range(ROWS)])}
    for name in SIGNALS:
        counts = np.exp2(random.random(ROWS) * 20).astype(np.int64) - 1
        columns[name] = pa.array(counts, mask=random.random(ROWS) < 0.05)
    return pa.record_batch(columns)


def points(micropoints):
    return decimal.Decimal(micropoints).scaleb(-6)


def wanted_numbers(batch):
    """id -> numbers, from the command, which scores these as messages."""
    lines = [json.dumps({k: v for k, v in row.items() if v is not None})
             for row in batch.to_pylist()]
    done = subprocess.run(
        [BINARY, "score", "-", "--input-format", "jsonl", "--algorithm", "v1",
         "--format", "json"], input="\n".join(lines), check=True, text=True,
        stdout=subprocess.PIPE)
    return {r["id"]: tuple(points(r["ledger"][f"{n}_micropoints"])
                           for n in NUMBERS)
            for r in json.loads(done.stdout)["results"]}


BATCH = make_columns()
WANTED = wanted_numbers(BATCH)


def rows_of(table):
    """id -> numbers, of anything that pyarrow can make columns of."""
    return dict(zip(table["id"].to_pylist(),
                    zip(*(table[n].to_pylist() for n in NUMBERS))))


def address(array):
    """Where the values of a pyarrow column begin, its offset aside."""
    if isinstance(array, pa.ChunkedArray):
        assert array.num_chunks == 1
        array = array.chunk(0)
    return array.buffers()[1].address


class Clients(unittest.TestCase):
    def test_pyarrow_reads_and_writes_in_place(self):
        scores, addresses = score_batch(BATCH)
        self.assertEqual(rows_of(scores), WANTED)
        self.assertEqual([address(c) for c in scores.columns], addresses)
        self.assertEqual(address(scores["id"]), address(BATCH["id"]))

    def test_points_are_what_people_read(self):
        scores, _ = score_batch(BATCH)
        self.assertEqual(scores["score"].type, pa.decimal128(9, 6))
        self.assertEqual(scores["score"][0].as_py(), WANTED["p0"][0])
        # In every client a comparison with 50 means 50 points.
        over = sum(n[0] > 50 for n in WANTED.values())
        self.assertEqual(pc.sum(pc.greater(scores["score"], 50.0)).as_py(),
                         over)
        frame = pl.from_arrow(pa.Table.from_batches([scores]))
        self.assertEqual(frame.filter(pl.col("score") > 50).height, over)
        found = pa.Table.from_batches([scores])  # which DuckDB does, by name
        self.assertEqual(
            duckdb.connect().sql("SELECT count(*) FILTER (score > 50), "
                                 "sum(score) FROM found").fetchall(),
            [(over, sum(n[0] for n in WANTED.values()))])

    def test_micropoints_are_int64_under_another_name(self):
        scores, _ = score_batch(BATCH, MICROPOINTS)
        numbers = scores["score_micropoints"].to_numpy(zero_copy_only=True)
        self.assertEqual(numbers.__array_interface__["data"][0],
                         address(scores["score_micropoints"]))
        self.assertEqual([points(int(n)) for n in numbers],
                         [n[0] for n in WANTED.values()])

    def test_scores_outlive_what_they_were_made_from(self):
        batch = make_columns()
        scores, _ = score_batch(batch)
        del batch
        self.assertEqual(rows_of(scores), WANTED)

    def test_pyarrow_slices(self):
        ids = list(WANTED)
        for begin, size in ((0, 1), (1, 1), (7, 9), (511, 513),
                            (12_345, 20_001), (ROWS - 1, 1), (ROWS, 0)):
            part = BATCH.slice(begin, size)
            scores, _ = score_batch(part)
            self.assertEqual(rows_of(scores),
                             {i: WANTED[i] for i in ids[begin:begin + size]})
            self.assertEqual(scores["id"].to_pylist(), part["id"].to_pylist())

    def test_pyarrow_other_kinds_of_columns(self):
        narrow = BATCH.set_column(1, "mentions",
                                  BATCH["mentions"].cast(pa.int32()))
        unsigned = BATCH.set_column(6, "followers",
                                    BATCH["followers"].cast(pa.uint64()))
        large = BATCH.set_column(0, "id", BATCH["id"].cast(pa.large_utf8()))
        names = BATCH.set_column(0, "id", BATCH["id"].dictionary_encode())
        exact = BATCH.set_column(
            3, "likes", BATCH["likes"].cast(pa.decimal128(38, 2)))
        wide = BATCH.set_column(
            3, "likes", BATCH["likes"].cast(pa.decimal256(40, 2)))
        few = BATCH.set_column(3, "likes", BATCH["likes"].dictionary_encode())
        views = BATCH.set_column(0, "id", BATCH["id"].cast(pa.string_view()))
        runs = BATCH.set_column(3, "likes", pc.run_end_encode(BATCH["likes"]))
        for batch in (narrow, unsigned, large, names, exact, wide, few, views,
                      runs):
            self.assertEqual(rows_of(score_batch(batch)[0]), WANTED)
        doubles = BATCH.set_column(3, "likes",
                                   BATCH["likes"].cast(pa.float64()))
        with self.assertRaisesRegex(AssertionError, "likes"):
            score_batch(doubles)
        self.assertEqual(rows_of(score_batch(doubles, b"\x20\x01")[0]), WANTED)
        with self.assertRaisesRegex(AssertionError, "network.*accounts"):
            score_batch(BATCH.append_column(
                "network", pa.array(["x"] * ROWS)))

    def test_a_sum_of_duckdb_is_a_signal(self):
        # HUGEINT, which comes as decimal128(38, 0).
        con = duckdb.connect()
        likes = con.sql("SELECT 'a' AS id, sum(i) AS likes FROM range(5) t(i)")
        self.assertEqual(len(score_stream(likes).read_all()), 1)

    def test_a_stream_of_pyarrow(self):
        table = pa.Table.from_batches(
            [BATCH.slice(at, 7_001) for at in range(0, ROWS, 7_001)])
        reader = score_stream(table)
        sizes = []
        rows = {}
        for batch in reader:
            sizes.append(batch.num_rows)
            rows.update(rows_of(batch))
        self.assertEqual(rows, WANTED)
        self.assertEqual(sizes, [7_001] * 8 + [ROWS - 8 * 7_001])

    def test_polars(self):
        frame = pl.DataFrame(pl.from_arrow(pa.Table.from_batches([BATCH])))
        for begin, size in ((0, ROWS), (12_345, 20_001)):
            part = frame.slice(begin, size)
            reader = score_stream(part)
            scored = reader.read_all()
            self.assertEqual(
                rows_of(scored),
                {i: WANTED[i] for i in list(WANTED)[begin:begin + size]})
            # Back in Polars: the same memory.
            back = pl.from_arrow(scored)
            self.assertEqual(back["score"].to_list(),
                             [n[0] for n in rows_of(scored).values()])
            whole = score_stream(part, MICROPOINTS).read_all()
            numbers = pl.from_arrow(whole)["score_micropoints"].to_numpy(
                allow_copy=False)
            self.assertEqual(numbers.__array_interface__["data"][0],
                             address(whole["score_micropoints"]))

    def test_what_polars_hands_over_is_its_own_memory(self):
        frame = pl.DataFrame({"id": ["a", "b", "c"],
                              "followers": [1, 2, 1_000_000]})
        numbers = frame["followers"].to_numpy(allow_copy=False)
        handed = pa.RecordBatchReader.from_stream(frame).read_all()
        self.assertEqual(numbers.__array_interface__["data"][0],
                         address(handed["followers"]))
        self.assertEqual(len(score_stream(frame).read_all()), 3)

    def test_duckdb(self):
        con = duckdb.connect()
        given = pa.Table.from_batches([BATCH])
        con.execute("CREATE TABLE people AS SELECT * FROM given")
        scored = score_stream(con.sql("SELECT * FROM people"))
        reader = duckdb.connect()  # the other's result is still open
        rows = reader.sql("SELECT id, score, low, high, coverage "
                          "FROM scored").fetchall()
        self.assertEqual({row[0]: row[1:] for row in rows}, WANTED)
        scored = score_stream(con.sql(
            "SELECT id, followers + 1 AS followers, NULL::BIGINT AS likes "
            "FROM people WHERE followers IS NOT NULL LIMIT 5000"))
        # low is the score: what is unknown gives nothing.
        count, lowest, differ = reader.sql(
            "SELECT count(score), min(score), count(*) FILTER (score <> low) "
            "FROM scored").fetchall()[0]
        self.assertEqual((count, differ), (5000, 0))
        self.assertGreater(lowest, 0)

    def test_what_is_wrong_is_said_by_column_and_row(self):
        batch = pa.record_batch({
            "id": ["a", "b", "c"],
            "followers": pa.array([1, -1, None], pa.int64())})
        scores, _ = score_batch(batch)
        self.assertEqual(scores["score"].is_valid().to_pylist(),
                         [True, False, True])
        self.assertEqual(scores["error_field"].to_pylist(),
                         [None, "followers", None])
        self.assertEqual([e is None for e in scores["error"].to_pylist()],
                         [True, False, True])


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=1)
