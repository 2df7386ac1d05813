#!/usr/bin/env python3
"""Do the fairness rules cost anything? Half a million real reactions.

    bench/higgs.py build/release/src/cli/influence HIGGS [--check]

HIGGS is the Higgs Twitter activity of SNAP (De Domenico et al. 2013), lines of
"actor subject unix_seconds kind" with the kinds RT, MT and RE, plain or in
gzip; the first 120 hours of it are enough. It is not part of the project.

At each of five times the past is tallied and scored by higgs_algorithm.json, a
table like v1's first two rows whose ages are hours: half-life 24 of them,
c = 20. Then everybody who had received a reaction is asked about: will 10 or
more people reshare them in the next 24 hours? Printed for each time: AUC, and
NDCG of the first 100 with the number of those people as the gain, of

    score      what the command gives
    prototype  the same rule in doubles, written here
    people     how many people had reacted to them
    all        how many reactions they had received

--check also holds the means against what is promised. Standard library only.
"""
import argparse
import collections
import csv
import gzip
import io
import math
import pathlib
import subprocess
import sys
import tempfile

ALGORITHM = pathlib.Path(__file__).with_name("higgs_algorithm.json")
KINDS = {"RT": "reshare", "MT": "mention", "RE": "reply"}
CUTS = (48, 60, 72, 84, 96)  # hours after the first event
HOUR, AHEAD, WANTED = 3600, 24 * 3600, 10
HALF_LIFE, CROWD = 24, 20
LEAST = {"auc": 0.866, "ndcg": 0.68}


def read(path):
    """Events as (actor, subject, seconds, kind)."""
    data = pathlib.Path(path).read_bytes()
    if data[:2] == b"\x1f\x8b":
        data = gzip.decompress(data)
    for line in data.decode().splitlines():
        actor, subject, seconds, kind = line.split()
        yield actor, subject, int(seconds), KINDS[kind]


def auc(score, is_wanted):
    """Of a random wanted and an unwanted one, how often is the first higher?"""
    groups = collections.defaultdict(lambda: [0, 0])
    for who, value in score.items():
        groups[value][is_wanted(who)] += 1
    right = below = wanted = 0
    for value in sorted(groups):
        others, these = groups[value]
        right += these * (below + others / 2)
        below += others
        wanted += these
    return right / (wanted * below)


def ndcg(score, gain, first=100):
    """Equal scores by id, so that the figure is one figure."""
    def worth(gains):
        return sum(g / math.log2(i + 2) for i, g in enumerate(gains))
    order = sorted(score, key=lambda who: (-score[who], int(who)))[:first]
    best = sorted((gain.get(who, 0) for who in score), reverse=True)[:first]
    return worth(gain.get(who, 0) for who in order) / worth(best)


def command_scores(binary, events, as_of):
    """What the command makes of the whole file; what is later is ignored."""
    done = subprocess.run(
        [binary, "score", "--events", events, "--algorithm-file", ALGORITHM,
         "--as-of", str(as_of), "--future", "ignore", "--format", "csv"],
        check=False, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(done.stderr)
    return {row["id"]: round(float(row["score"]) * 10**6)
            for row in csv.DictReader(io.StringIO(done.stdout))}


def prototype_scores(past, as_of):
    given = collections.Counter()
    aged = []
    for actor, subject, seconds, kind in past:
        weight = 2.0 ** -((as_of // HOUR - seconds // HOUR) / HALF_LIFE)
        given[actor, kind] += weight
        aged.append((actor, subject, kind, weight))
    counts = collections.Counter()
    for actor, subject, kind, weight in aged:
        counts[subject, kind == "reshare"] += weight / (
            1 + given[actor, kind] / CROWD)
    full = math.log2(1 + 100_000)
    return {subject: sum(points * math.log2(1 + counts[subject, row]) / full
                         for row, points in ((False, 56), (True, 44)))
            for subject in {subject for _, subject, _, _ in aged}}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("binary")
    parser.add_argument("higgs")
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    events = [e for e in read(options.higgs) if e[0] != e[1]]
    start = min(e[2] for e in events)
    names = ("score", "prototype", "people", "all")
    means = collections.Counter()
    print(f"{'hours':>5} {'asked':>6} {'wanted':>6}"
          + "".join(f" {name:>15}" for name in names))
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "events.csv"
        with path.open("w") as file:
            file.write("actor,subject,time,kind\n")
            file.writelines(f"{a},{s},{t},{k}\n"
                            for a, s, t, k in read(options.higgs))
        for hours in CUTS:
            cut = start + hours * HOUR
            past = [e for e in events if e[2] < cut]
            fans = collections.defaultdict(set)
            for actor, subject, seconds, kind in events:
                if kind == "reshare" and cut <= seconds < cut + AHEAD:
                    fans[subject].add(actor)
            gain = {who: len(who_else) for who, who_else in fans.items()}
            scores = {
                "score": command_scores(options.binary, path, cut - 1),
                "prototype": prototype_scores(past, cut - 1),
                "people": collections.Counter(
                    s for _, s in {(a, s) for a, s, _, _ in past}),
                "all": collections.Counter(s for _, s, _, _ in past),
            }
            asked = set(scores["all"])
            line = f"{hours:>5} {len(asked):>6} "
            line += f"{sum(gain.get(who, 0) >= WANTED for who in asked):>6}"
            for name in names:
                if set(scores[name]) != asked:
                    sys.exit(f"{name} is not for the people asked about")
                figures = (auc(scores[name],
                               lambda who: gain.get(who, 0) >= WANTED),
                           ndcg(scores[name], gain))
                line += f"   {figures[0]:.4f} {figures[1]:.4f}"
                for figure, value in zip(("auc", "ndcg"), figures):
                    means[name, figure] += value / len(CUTS)
            print(line, flush=True)
    print(f"{'mean':<19}" + "".join(
        f"   {means[name, 'auc']:.4f} {means[name, 'ndcg']:.4f}"
        for name in names))
    if options.check:
        for figure, least in LEAST.items():
            if means["score", figure] < least:
                sys.exit(f"mean {figure} is below {least}")


if __name__ == "__main__":
    main()
