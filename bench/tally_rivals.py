#!/usr/bin/env python3
"""Who reacted to whom: the tally beside what one would write instead.

    bench/tally_rivals.py LIBRARY [--events N] [--accounts N] [--threads N]

The same generated events, as Arrow columns of text ids: ranks of actors and
subjects follow a power law (density 1 / rank), times are of the last 90 days.
Each rival is a query of its own for the rule of v1 in doubles: the decayed sum by
actor, subject and kind; its sum by actor and kind; their quotient, summed by
subject and kind. All are given one thread, then ours also --threads.

Prints events per second from the columns to the last profile, memory above the
input's, and how far the doubles are from ours. Medians of --runs.
"""
import argparse
import ctypes
import json
import multiprocessing
import os
import resource
import statistics
import sys
import time

os.environ["POLARS_MAX_THREADS"] = "1"  # read at its import
import duckdb
import numpy as np
import polars as pl
import pyarrow as pa

DAY = 86_400
AS_OF = 20_000 * DAY
NAMES = {1: "mentions", 2: "replies", 3: "saves", 4: "likes", 5: "reshares",
         6: "quotes"}  # all with a half-life of 45 days


def text_ids(ranks):
    """'u' and eight digits, as an Arrow array, without a Python string each."""
    digits = np.empty((len(ranks), 9), np.uint8)
    digits[:, 0] = ord("u")
    rest = ranks.astype(np.uint32)
    for place in range(8, 0, -1):
        digits[:, place] = rest % 10 + ord("0")
        rest //= 10
    offsets = np.arange(len(ranks) + 1, dtype=np.int32) * 9
    return pa.StringArray.from_buffers(
        len(ranks), pa.py_buffer(offsets), pa.py_buffer(digits))


def make(events, accounts, batch=10_000_000):
    random = np.random.default_rng(1)
    batches = []
    for begin in range(0, events, batch):
        n = min(batch, events - begin)
        actors = np.exp(random.random(n) * np.log(accounts))
        subjects = np.exp(random.random(n) * np.log(accounts))
        # Those who do much are not those to whom much is done.
        scattered = actors.astype(np.uint64) * 2654435761 % accounts
        batches.append(pa.record_batch({
            "actor": text_ids(scattered),
            "subject": text_ids(subjects),
            "kind": pa.array(random.integers(1, 7, n), pa.int8()),
            "time": pa.array(AS_OF - random.integers(0, 90, n) * DAY),
        }))
    return batches


def ours(batches, library, threads):
    lib = ctypes.CDLL(library)
    lib.influence_error_text.restype = ctypes.c_char_p
    error = ctypes.c_void_p()

    def check(status):
        if status:
            sys.exit(lib.influence_error_text(error).decode())
    engine, tally = ctypes.c_void_p(), ctypes.c_void_p()
    check(lib.influence_engine_open(b"v1", ctypes.byref(engine),
                                    ctypes.byref(error)))

    def varint(value):
        out = bytearray()
        while value > 127:
            out.append(value & 127 | 128)
            value >>= 7
        return bytes(out + bytes([value]))
    options = b"\x18" + varint(AS_OF) + b"\x28" + varint(threads)
    check(lib.influence_tally_new(engine, options, ctypes.c_size_t(len(options)),
                                  ctypes.byref(tally), ctypes.byref(error)))
    for batch in batches:
        array, schema = (ctypes.c_uint8 * 80)(), (ctypes.c_uint8 * 72)()
        batch._export_to_c(ctypes.addressof(array), ctypes.addressof(schema))
        check(lib.influence_tally_add_columns(tally, schema, array,
                                              ctypes.byref(error)))
    stream = (ctypes.c_uint8 * 40)()
    check(lib.influence_tally_profiles(tally, None, ctypes.c_size_t(0), stream,
                                       ctypes.byref(error)))
    totals = dict.fromkeys(NAMES.values(), 0)
    people = 0
    for out in pa.RecordBatchReader._import_from_c(ctypes.addressof(stream)):
        people += len(out)
        accounts = out.column("accounts").values
        for name in totals:
            values = accounts.field(name + "_micros")
            totals[name] += np.asarray(values.fill_null(0)).sum()
    lib.influence_tally_free(tally)
    lib.influence_engine_free(engine)
    return people, {k: int(v) / 1e6 for k, v in totals.items()}


def by_duckdb(batches):
    db = duckdb.connect()
    db.execute("set threads = 1")
    db.execute("set enable_progress_bar = false")
    events = pa.Table.from_batches(batches)
    db.register("events", events)
    rows = db.execute(f"""
        with e as (select actor, subject, kind,
                     sum(pow(2, -(({AS_OF} - time) // {DAY}) / 45.0)) as e
                   from events where actor <> subject group by all),
             n as (select actor, kind, sum(e) as n from e group by all),
             x as (select subject, kind, sum(e / (1 + n / 20)) as x
                   from e join n using (actor, kind) group by all)
        select kind, sum(x), (select count(distinct subject) from x)
        from x group by kind""").fetchall()
    return rows[0][2], {NAMES[kind]: x for kind, x, _ in rows}


def by_polars(batches):
    age = (AS_OF - pl.col("time")) // DAY
    e = (pl.from_arrow(pa.Table.from_batches(batches)).lazy()
         .filter(pl.col("actor") != pl.col("subject"))
         .group_by("actor", "subject", "kind")
         .agg(pl.lit(2.0).pow(-age / 45.0).sum().alias("e"))
         .collect().lazy())
    n = e.group_by("actor", "kind").agg(pl.col("e").sum().alias("n"))
    x = (e.join(n, on=["actor", "kind"])
         .group_by("subject", "kind")
         .agg((pl.col("e") / (1 + pl.col("n") / 20)).sum().alias("x"))
         .collect())
    totals = x.group_by("kind").agg(pl.col("x").sum()).iter_rows()
    return x["subject"].n_unique(), {NAMES[k]: v for k, v in totals}


def measure(options, name, pipe):
    """In a process of its own, forked with the data in it."""
    work = {"ours": lambda: ours(DATA, options.library, 1),
            "threads": lambda: ours(DATA, options.library, options.threads),
            "duckdb": lambda: by_duckdb(DATA),
            "polars": lambda: by_polars(DATA)}[name]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.perf_counter()
    answer = work()
    seconds = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    pipe.send((seconds, (after - before) / 1024, answer))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("library")
    parser.add_argument("--events", type=int, default=100_000_000)
    parser.add_argument("--accounts", type=int, default=10_000_000)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--runs", type=int, default=1)
    options = parser.parse_args()
    global DATA
    DATA = make(options.events, options.accounts)
    print(f"{options.events:,} events, {options.accounts:,} accounts")
    seconds, memory, answers = {}, {}, {}
    names = ["ours", "threads", "duckdb", "polars"]
    for _ in range(options.runs):
        for name in names:
            ours_end, theirs = multiprocessing.Pipe()
            context = multiprocessing.get_context("fork")
            process = context.Process(target=measure,
                                      args=(options, name, theirs))
            process.start()
            theirs.close()
            try:
                took, peak, answers[name] = ours_end.recv()
            except EOFError:
                print(f"{name:>8}: failed")
                process.join()
                continue
            process.join()
            seconds.setdefault(name, []).append(took)
            memory[name] = peak
    base = statistics.median(seconds["ours"])
    for name in seconds:
        took = statistics.median(seconds[name])
        people, totals = answers[name]
        far = max(abs(totals[k] - v) / v for k, v in answers["ours"][1].items())
        print(f"{name:>8}: {took:7.2f} s {options.events / took / 1e6:6.2f} M/s"
              f"  ours is {took / base:5.2f}x  {memory[name]:7.0f} MiB"
              f"  {people:,} people, off by {far:.1e}", flush=True)
    print(json.dumps({"klout_hours": 45e9 / (options.events / base) / 3600}))


if __name__ == "__main__":
    main()
