#!/usr/bin/env python3
"""Does standing help to rank people? Half a million real reactions.

    bench/higgs_standing.py build/release/src/cli/influence HIGGS

The question, the five times and the people asked about are those of higgs.py:
whom will 10 or more people reshare in the next 24 hours? What is printed for each
time is AUC, and NDCG of the first 100, of

    score     the rule of higgs_algorithm.json, which has no standing
    + 6       the same with 6 points of standing beside its 100, v1's part of it,
              from events and seeds by one command
    + 25      the same with 25 points
    seeded    standing alone, of edges that count the reactions so far
    uniform   the same with everybody a seed
    people    how many people had reacted to them

The seeds are the 100 people to whom most had reacted in the first 24 hours, so
before any time that is asked about. At the end: all events as edges, how long
that took, and who is first. Standard library only.
"""
import argparse
import collections
import csv
import io
import json
import pathlib
import subprocess
import sys
import tempfile
import time

from higgs import AHEAD, ALGORITHM, CUTS, HOUR, WANTED, auc, ndcg, read

SEEDS, SEED_HOURS = 100, 24
NAMES = ("score", "+ 6", "+ 25", "seeded", "uniform", "people")


def run(*arguments):
    done = subprocess.run([str(a) for a in arguments], check=False,
                          capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(done.stderr)
    return done.stdout


def values(text, column):
    return {row["id"]: round(float(row[column]) * 10**6)
            for row in csv.DictReader(io.StringIO(text))}


def fans_of(events):
    """How many different people reacted to each."""
    return collections.Counter(s for _, s in {(a, s) for a, s, _, _ in events})


def write_edges(path, events):
    pairs = collections.Counter((a, s) for a, s, _, _ in events)
    with path.open("w") as file:
        file.write("from,to,weight\n")
        file.writelines(f"{a},{s},{n}\n" for (a, s), n in pairs.items())


def with_standing(points, path):
    """The algorithm, rescaled so that all its points are 100 again."""
    algorithm = json.loads(ALGORITHM.read_text())
    algorithm["id"] = f"higgs/standing{points}"
    rows = algorithm["rows"]
    rows.append({"factor": "FACTOR_STANDING", "full_marks_micros": 10**10,
                 "counts": [{"signal": "SIGNAL_STANDING",
                             "value_micros": 10**6}]})
    whole = 10**8
    old = [int(row["weight_micropoints"]) for row in rows[:-1]]
    new = [part * 100 // (100 + points) for part in old]
    for row, part in zip(rows, [*new, whole - sum(new)]):
        row["weight_micropoints"] = part
    path.write_text(json.dumps(algorithm))
    return path


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("binary")
    parser.add_argument("higgs")
    options = parser.parse_args()
    binary = options.binary
    everything = list(read(options.higgs))
    events = [e for e in everything if e[0] != e[1]]
    start = min(e[2] for e in events)
    early = fans_of(e for e in events if e[2] < start + SEED_HOURS * HOUR)
    means = collections.Counter()
    print(f"{'hours':>5} {'asked':>6}"
          + "".join(f" {name:>15}" for name in NAMES))
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        log, edges, seeds = (folder / f"{n}.csv"
                             for n in ("events", "edges", "seeds"))
        with log.open("w") as file:
            file.write("actor,subject,time,kind\n")
            file.writelines(f"{a},{s},{t},{k}\n" for a, s, t, k in everything)
        first = sorted(early, key=lambda who: (-early[who], int(who)))[:SEEDS]
        seeds.write_text("id\n" + "\n".join(first) + "\n")
        tables = [ALGORITHM] + [with_standing(n, folder / f"{n}.json")
                                for n in (6, 25)]
        for hours in CUTS:
            cut = start + hours * HOUR
            past = [e for e in events if e[2] < cut]
            fans = collections.defaultdict(set)
            for actor, subject, seconds, kind in events:
                if kind == "reshare" and cut <= seconds < cut + AHEAD:
                    fans[subject].add(actor)
            gain = {who: len(others) for who, others in fans.items()}
            write_edges(edges, past)
            common = ("score", "--events", log, "--as-of", cut - 1, "--future",
                      "ignore", "--format", "csv", "--algorithm-file")
            standing = ("standing", edges, "--algorithm", "v1", "--format", "csv")
            scores = dict(zip(NAMES, (
                values(run(binary, *common, tables[0]), "score"),
                *(values(run(binary, *common, table, "--seeds", seeds), "score")
                  for table in tables[1:]),
                values(run(binary, *standing, "--seeds", seeds), "rank"),
                values(run(binary, *standing, "--uniform-seeds"), "rank"),
                fans_of(past))))
            asked = set(scores["people"])
            line = f"{hours:>5} {len(asked):>6} "
            for name in NAMES:
                # A node that only gives is not asked about.
                of = {who: scores[name][who] for who in asked}
                figures = (auc(of, lambda who: gain.get(who, 0) >= WANTED),
                           ndcg(of, gain))
                line += f"   {figures[0]:.4f} {figures[1]:.4f}"
                for figure, value in zip(("auc", "ndcg"), figures):
                    means[name, figure] += value / len(CUTS)
            print(line, flush=True)
        print(f"{'mean':<12}" + "".join(
            f"   {means[name, 'auc']:.4f} {means[name, 'ndcg']:.4f}"
            for name in NAMES))
        write_edges(edges, everything)
        began = time.perf_counter()
        table = run(binary, "standing", edges, "--seeds", seeds, "--algorithm",
                    "v1", "--top", "5")
        print(f"\nAll events as edges: {time.perf_counter() - began:.1f} s\n"
              + table, end="")


if __name__ == "__main__":
    main()
