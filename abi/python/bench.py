"""Calls from here and the same calls from C, in turn, on one core.

    bench.py BINDING_BENCH REQUEST

BINDING_BENCH is bench/binding_bench.c, built; REQUEST is written for it: 1,000
profiles of one account with ten signals. Tables have ten million rows. Prints
both rates of each path, in millions of profiles a second, medians of eleven, and
their ratio. For lists of profiles there is no such call in C: that rate is
compared with the bytes'.
"""
import os
import pathlib
import statistics
import subprocess
import sys
import time

import numpy as np
import pyarrow as pa

import influence
from influence import _wire

ROWS, RUNS = 10_000_000, 11
PROFILES = 1000
NAMES = ("mentions", "replies", "likes", "reshares", "listings", "followers")


def measure(call, times, rows):
    begin = time.perf_counter()
    for _ in range(times):
        call()
    return times * rows / (time.perf_counter() - begin) / 1e6


class OnlyArray:
    """A batch that hands over its columns and no stream."""

    def __init__(self, batch):
        self.batch = batch

    def __arrow_c_array__(self, requested_schema=None):
        return self.batch.__arrow_c_array__(requested_schema)


def main():
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    people = [influence.Profile(f"p{i}", [influence.Account("x", **{
        name: i * (place + 1) for place, name in enumerate(_wire.SIGNALS)})])
        for i in range(PROFILES)]
    request = _wire.block(1, "v1") + b"".join(
        _wire.block(3, person.encode(False)) for person in people)
    pathlib.Path(sys.argv[2]).write_bytes(request)
    rows = np.arange(ROWS, dtype=np.int64)
    batch = OnlyArray(pa.record_batch(
        {name: rows * (i + 1) for i, name in enumerate(NAMES)}))
    ours = {"columns": [], "bytes": [], "profiles": []}
    theirs = {"columns": [], "bytes": []}
    with influence.Engine("v1") as engine:
        for _ in range(RUNS):
            ours["columns"].append(measure(
                lambda: pa.record_batch(engine.score(batch)), 1, ROWS))
            ours["bytes"].append(measure(
                lambda: engine.score_bytes(request), 100, PROFILES))
            ours["profiles"].append(measure(
                lambda: engine.score(people), 2, PROFILES))
            words = subprocess.run(
                [*sys.argv[1:3], str(ROWS)], check=True, text=True,
                stdout=subprocess.PIPE).stdout.split()
            for path, rates in theirs.items():
                rates.append(float(words[words.index(f"score_{path}") + 1]))
    for path, rates in ours.items():
        here = statistics.median(rates)
        there = statistics.median(theirs.get(path, theirs["bytes"]))
        print(f"{path}: Python {here:.4f}, C {there:.4f}; "
              f"{there / here:.3f}x")


if __name__ == "__main__":
    main()
