"""The Arrow path from here and the same calls from C, in turn, on one core.

    bench.py BINDING_BENCH REQUEST

BINDING_BENCH is bench/binding_bench.c, built. Ten million rows a run, in
batches of its size; medians of eleven. Prints both rates and their ratio.
"""
import statistics
import subprocess
import sys
import time

import numpy as np
import pyarrow as pa

import influence

ROWS, BATCH, RUNS = 10_000_000, 65_536, 11
NAMES = ("mentions", "replies", "likes", "reshares", "listings", "followers")


def measure(engine, batch):
    times = ROWS // BATCH
    begin = time.perf_counter()
    for _ in range(times):
        pa.record_batch(engine.score(batch))
    return times * BATCH / (time.perf_counter() - begin) / 1e6


class OnlyArray:
    """A batch that hands over its columns and no stream."""

    def __init__(self, batch):
        self.batch = batch

    def __arrow_c_array__(self, requested_schema=None):
        return self.batch.__arrow_c_array__(requested_schema)


def main():
    rows = np.arange(BATCH, dtype=np.int64)
    batch = OnlyArray(pa.record_batch(
        {name: rows * (i + 1) for i, name in enumerate(NAMES)}))
    ours, theirs = [], []
    with influence.Engine("v1") as engine:
        for _ in range(RUNS):
            ours.append(measure(engine, batch))
            out = subprocess.run(sys.argv[1:3], check=True, text=True,
                                 stdout=subprocess.PIPE).stdout
            theirs.append(float(out.split("score_columns ")[1]))
    here, there = statistics.median(ours), statistics.median(theirs)
    print(f"Python {here:.1f}, C {there:.1f} million rows/s; "
          f"{there / here:.3f}x")


if __name__ == "__main__":
    main()
