#!/usr/bin/env python3
"""Scoring a population by columns, beside what a user would write instead.

    bench/rivals.sh                    sets up and runs this
    rivals.py LIBRARY [ROWS] [WORD]    only the runs whose name has WORD

Ten million profiles, six count signals, 5 % of the cells null, in memory; every
run on one thread unless its name says two, each in a process of its own that
is forked from the one that made the data. A rate is the median of five runs.
`peak` is what a run needs above the input.

The data is what a column store has: int64 and validity. A rival's own table of
it is made before its clock starts. NumPy, which knows no nulls, is timed both
from the data, nulls and integers included, and from doubles with zeros for
nulls that somebody has made ready.

Doubles are compared with our micropoints: more than 0.001 points apart, and
the program ends with 1.
"""
import ctypes
import os
import statistics
import sys
import time

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "POLARS_MAX_THREADS",
             "NUMEXPR_NUM_THREADS"):
    os.environ[name] = "1"
import numpy as np  # after the variables that it reads

SIGNALS = ["followers", "listings", "mentions", "replies", "reshares", "likes"]
RUNS = 5
BATCH = 65_536
LARGE_BATCH = 1_000_000  # worth a second thread
TOLERANCE = 1e-3
# v1, in points: signals with their values, weight, full marks.
ROWS = [({"mentions": 1.0, "replies": 1.0, "likes": 0.25}, 28.0, 1e5),
        ({"reshares": 1.0}, 22.0, 1e5), ({"listings": 1.0}, 20.0, 1e5),
        ({"followers": 1.0}, 18.0, 1e7)]


def make_data(rows):
    """Counts of every magnitude up to the signal's, as they are in life."""
    random = np.random.default_rng(1)
    top = {"followers": 24, "listings": 14, "likes": 20}
    values, valid = {}, {}
    for name in SIGNALS:
        magnitude = random.random(rows) * top.get(name, 16)
        values[name] = np.exp2(magnitude).astype(np.int64) - 1
        valid[name] = random.random(rows) >= 0.05
    return values, valid


def doubles(values, valid):
    return {n: np.where(valid[n], values[n], 0).astype(np.float64)
            for n in SIGNALS}


def arrow_table(values, valid):
    import pyarrow as pa
    return pa.RecordBatch.from_arrays(
        [pa.array(values[n], mask=~valid[n]) for n in SIGNALS], names=SIGNALS)


# ------------------------------------------------------------------- ours

class Library:
    def __init__(self, path):
        self.c = ctypes.CDLL(path)
        self.engine = ctypes.c_void_p()
        assert self.c.influence_engine_open(
            b"v1", ctypes.byref(self.engine), None) == 0
        self.c.influence_error_text.restype = ctypes.c_char_p

    def score(self, batch, options=b""):
        """A pyarrow record batch of scores; nothing is copied either way."""
        import pyarrow as pa
        structs = [ctypes.create_string_buffer(n) for n in (72, 80, 72, 80)]
        at = [ctypes.addressof(s) for s in structs]
        batch._export_to_c(at[1], at[0])
        error = ctypes.c_void_p()
        status = self.c.influence_score_columns(
            self.engine, options, ctypes.c_size_t(len(options)),
            *map(ctypes.c_void_p, at), ctypes.byref(error))
        assert status == 0, self.c.influence_error_text(error)
        return pa.RecordBatch._import_from_c(at[3], at[2])


def options(threads=1, points=False):
    """A serialized ColumnsOptions, with scores in micropoints."""
    return bytes([0x18, threads, 0x30, points, 0x40, 1])


def ours(library, step=BATCH, **chosen):
    def prepare(values, valid):
        table = arrow_table(values, valid)
        rows = table.num_rows
        batches = [table.slice(at, step) for at in range(0, rows, step)]
        chosen_bytes = options(**chosen)

        def run():
            for batch in batches:
                library.score(batch, chosen_bytes)
        return run, rows
    return prepare


# ----------------------------------------------------------------- rivals

def numpy_plain(values, valid, ready=False):
    c = doubles(values, valid) if ready else None

    def run():
        columns = c or doubles(values, valid)
        score = 0
        for signals, weight, full in ROWS:
            x = sum(columns[n] * v if v != 1 else columns[n]
                    for n, v in signals.items())
            score = score + weight * np.minimum(
                1, np.log2(1 + x) / np.log2(1 + full))
        return score
    return run, len(values["likes"])


def numpy_plain_ready(values, valid):
    return numpy_plain(values, valid, ready=True)


def numpy_blocked(values, valid, ready=False):
    """By blocks that stay in the cache, in place, divisions taken out."""
    c = doubles(values, valid) if ready else None
    n = len(values["likes"])
    block = 8192
    x, y = np.empty(block), np.empty(block)
    score = np.empty(n)

    def column(name, at, end, out):
        if ready:
            return c[name][at:end]
        return np.multiply(values[name][at:end], valid[name][at:end], out=out)

    def run():
        for at in range(0, n, block):
            end = min(at + block, n)
            a, b, out = x[:end - at], y[:end - at], score[at:end]
            first = True
            for signals, weight, full in ROWS:
                (name, _), *more = signals.items()
                np.add(column(name, at, end, a), 1, out=a)
                for other, value in more:
                    cells = column(other, at, end, b)
                    if value != 1:
                        cells = np.multiply(cells, value, out=b)
                    np.add(a, cells, out=a)
                np.minimum(a, 1 + full, out=a)
                np.log2(a, out=a)
                np.multiply(a, weight / np.log2(1 + full),
                            out=out if first else a)
                if not first:
                    np.add(out, a, out=out)
                first = False
        return score
    return run, n


def numpy_blocked_ready(values, valid):
    return numpy_blocked(values, valid, ready=True)


def sql_or_polars_terms():
    return [(signals, weight / float(np.log2(1 + full)), 1 + full)
            for signals, weight, full in ROWS]


def polars_plain(values, valid):
    import polars as pl
    table = pl.from_arrow(arrow_table(values, valid))
    if isinstance(table, pl.Series):
        table = table.struct.unnest()

    def run():
        score = 0
        for signals, slope, cap in sql_or_polars_terms():
            x = 1.0
            for name, value in signals.items():
                x = x + pl.col(name).fill_null(0) * value
            score = score + pl.min_horizontal(x, cap).log(2) * slope
        return table.select(score.alias("score"))["score"].to_numpy()
    return run, table.height


def duckdb_sql(values, valid):
    import duckdb
    import pyarrow as pa
    con = duckdb.connect()
    con.execute("SET threads = 1")
    given = pa.Table.from_batches([arrow_table(values, valid)])
    con.execute("CREATE TABLE people AS SELECT * FROM given")
    parts = []
    for signals, slope, cap in sql_or_polars_terms():
        x = " + ".join(["1.0"] + [f"coalesce({n}, 0) * {v}"
                                  for n, v in signals.items()])
        parts.append(f"{slope} * log2(least({x}, {cap}))")
    query = f"SELECT sum({' + '.join(parts)}) FROM people"

    def run():
        return con.execute(query).fetchone()[0]
    return run, given.num_rows


def features(values, valid):
    return np.stack([np.where(valid[n], values[n], np.nan) for n in SIGNALS],
                    axis=1).astype(np.float64)


def trees(kind, explain):
    def prepare(values, valid):
        part = {n: values[n][:1_000_000] for n in SIGNALS}
        part_valid = {n: valid[n][:1_000_000] for n in SIGNALS}
        x = features(part, part_valid)
        target = numpy_plain(part, part_valid)[0]()
        few = x[:2000 if explain else len(x)]
        if kind == "LightGBM":
            import lightgbm
            model = lightgbm.train(
                {"objective": "regression", "num_leaves": 31, "verbose": -1,
                 "num_threads": 1},
                lightgbm.Dataset(x[:100_000], target[:100_000]), 100)

            def run():
                return model.predict(few, pred_contrib=explain, num_threads=1)
        else:
            import xgboost
            model = xgboost.train(
                {"max_depth": 6, "nthread": 1},
                xgboost.DMatrix(x[:100_000], target[:100_000], nthread=1), 100)
            model.set_param({"nthread": 1})
            data = xgboost.DMatrix(few, nthread=1)

            def run():
                if explain:
                    return model.predict(data, pred_contribs=True)
                return model.inplace_predict(few)  # predict() remembers
        return run, len(few)
    return prepare


def memory_read(values, valid):
    bits = {n: np.packbits(valid[n]) for n in SIGNALS}

    def run():
        for n in SIGNALS:
            values[n].max()
            bits[n].max()
    return run, len(values["likes"])


# ------------------------------------------------------------------- runs

def peak_kib():
    with open("/proc/self/status") as status:
        for line in status:
            if line.startswith("VmHWM:"):
                return int(line.split()[1])
    return 0


def reset_peak():
    with open("/proc/self/clear_refs", "w") as refs:
        refs.write("5")


def measure(prepare, values, valid):
    """In a child: seconds of each run, rows, MiB above what it began with."""
    read_end, write_end = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            run, rows = prepare(values, valid)
            reset_peak()
            before = peak_kib()
            run()
            seconds = []
            for _ in range(RUNS):
                begin = time.perf_counter()
                run()
                seconds.append(time.perf_counter() - begin)
            text = (f"{statistics.median(seconds)} {rows} "
                    f"{(peak_kib() - before) / 1024}")
        except Exception as error:  # a rival that is not there, or fails
            text = f"failed: {error!r}"
        os.write(write_end, text.encode())
        os._exit(0)
    os.close(write_end)
    with os.fdopen(read_end) as result:
        text = result.read()
    os.waitpid(child, 0)
    if text.startswith("failed") or not text:
        return None, text
    seconds, rows, mib = map(float, text.split())
    return (rows / seconds, mib), ""


def check_agreement(library, values, valid):
    """The largest distance in points between rivals' doubles and ours."""
    part = {n: values[n][:1_000_000] for n in SIGNALS}
    part_valid = {n: valid[n][:1_000_000] for n in SIGNALS}
    scored = library.score(arrow_table(part, part_valid))
    mine = scored.column("score_micropoints").to_numpy() / 1e6
    worst = {}
    for name, prepare in (("NumPy", numpy_plain),
                          ("NumPy, blocked", numpy_blocked),
                          ("Polars", polars_plain)):
        worst[name] = float(np.abs(prepare(part, part_valid)[0]() - mine).max())
    total = duckdb_sql(part, part_valid)[0]()
    worst["DuckDB, mean"] = abs(total - float(mine.sum())) / len(mine)
    return worst


def main():
    library = Library(sys.argv[1])
    rows = int(sys.argv[2]) if len(sys.argv) > 2 else 10_000_000
    word = sys.argv[3] if len(sys.argv) > 3 else ""
    values, valid = make_data(rows)
    runs = [
        ("ours", ours(library)),
        ("ours, points of each factor", ours(library, points=True)),
        ("ours, batches of 1,000,000", ours(library, LARGE_BATCH)),
        ("ours, the same, two threads", ours(library, LARGE_BATCH, threads=2)),
        ("ours, one call for all rows", ours(library, rows)),
        ("ours, the same, two threads", ours(library, rows, threads=2)),
        ("plain read of the same bytes", memory_read),
        ("NumPy, column expression", numpy_plain),
        ("  from doubles made ready", numpy_plain_ready),
        ("NumPy, blocked and in place", numpy_blocked),
        ("  from doubles made ready", numpy_blocked_ready),
        ("Polars expression", polars_plain),
        ("DuckDB SQL", duckdb_sql),
        ("XGBoost, 100 trees", trees("XGBoost", False)),
        ("LightGBM, 100 trees", trees("LightGBM", False)),
        ("XGBoost TreeSHAP", trees("XGBoost", True)),
        ("LightGBM TreeSHAP", trees("LightGBM", True)),
    ]
    print(f"{rows:,} profiles, {len(SIGNALS)} signals, 5 % null; batches of "
          f"{BATCH:,} rows; {RUNS} runs each, median\n")
    print(f"{'':30} {'M rows/s':>9} {'ours is':>10} {'peak MiB':>9}")
    base = None
    for name, prepare in runs:
        if word not in name:
            continue
        result, why = measure(prepare, values, valid)
        if result is None:
            print(f"{name:30} {why}")
            continue
        rate, mib = result
        base = base or rate
        print(f"{name:30} {rate / 1e6:9.3f} {base / rate:9.2f}x {mib:9.0f}",
              flush=True)
    print("\nlargest distance from ours, in points:")
    worst = check_agreement(library, values, valid)
    for name, distance in worst.items():
        print(f"  {name:14} {distance:.2e}")
    if base is not None:
        print(f"\n750 million profiles: {750e6 / base:.1f} s on one core")
    return 0 if max(worst.values()) <= TOLERANCE else 1


if __name__ == "__main__":
    sys.exit(main())
