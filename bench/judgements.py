#!/usr/bin/env python3
"""How well each released algorithm ranks people as people do.

    judgements.py PAIRS.csv [INFLUENCE] [--drift FROM TO]

PAIRS.csv has one human judgement a row, `Choice` (1: A is more influential) and
the columns A_follower_count, A_listed_count, A_mentions_received,
A_retweets_received and the same for B, as the PeerIndex data of 2013 has them.
It has no open licence and is no part of this project. INFLUENCE is the command
whose algorithms are measured. Needs NumPy and two minutes.

Two figures for each released algorithm, on all pairs: AUC and accuracy. Then
ten-fold cross-validation over people for the way in which v2 was chosen. A
person is a full row of features. Each person is in one fold; whatever pair has
a person of the fold is not fitted on, and is measured (`any`), or is measured
only if both people are of the fold (`both`; few pairs are, so it is rough). The
fit takes, of all tables of FAMILY, the one of the best AUC on the pairs left.

--drift prints instead what going from one algorithm to the other does to the
people of the pairs, each once: `influence drift` of the four signals.
"""
import csv
import itertools
import json
import math
import pathlib
import subprocess
import sys
import tempfile

import numpy as np

COLUMNS = {"SIGNAL_MENTIONS": "mentions_received",
           "SIGNAL_RESHARES": "retweets_received",
           "SIGNAL_LISTINGS": "listed_count",
           "SIGNAL_FOLLOWERS": "follower_count"}
SIGNALS = list(COLUMNS)
FOLDS = 10
SEEDS = 5
# v1's bounds, which a table of the family keeps: points that ten times the
# followers and ten times anything add, that thirty days of silence cost.
MOST = {"followers": 2.58, "any": 5.60, "silence": 2.11}
FOUR = 88  # points; standing and endorsement, 6 each, are not in the data
ENDORSEMENT_SILENCE = 0.11
# Full marks of mentions, reshares, listings, followers: powers of ten.
FULL_MARKS = [(1e5,), (1e5,), (1e5, 1e6), (1e5, 1e6, 1e7)]


def read(path):
    """Features of A and of B (pairs x 4), the choices, the people's numbers."""
    with open(path, newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    sides, people, known = [], [], {}
    for side in "AB":
        sides.append(np.array([[float(row[f"{side}_{COLUMNS[s]}"])
                                for s in SIGNALS] for row in rows]))
        keys = [tuple(v for k, v in row.items() if k.startswith(side + "_"))
                for row in rows]
        people.append(np.array([known.setdefault(k, len(known))
                                for k in keys]))
    return sides, np.array([int(row["Choice"]) for row in rows]), people


def log_share(x, full):
    return np.minimum(1, np.log2(1 + x) / math.log2(1 + full))


def auc(scores, choices):
    """Of each row of scores: the chance that a chosen pair is above another."""
    order = np.sort(scores, axis=1)
    ranks = np.stack([(np.searchsorted(o, s, "left")
                       + np.searchsorted(o, s, "right") + 1) / 2
                      for o, s in zip(order, scores)])
    ones = int(choices.sum())
    zeros = len(choices) - ones
    return (ranks[:, choices == 1].sum(1) - ones * (ones + 1) / 2) / ones / zeros


def accuracy(scores, choices):
    return float(((scores > 0) == (choices == 1)).mean())


def released(command):
    """Each algorithm's weight and full marks for the four signals."""
    done = subprocess.run([command, "algorithms", "--format", "json"],
                          capture_output=True, text=True, check=True)
    for one in json.loads(done.stdout)["algorithms"]:
        table = {}
        for row in one["algorithm"]["rows"]:
            for count in row["counts"]:
                if int(count["value_micros"]) == 10**6:
                    table[count["signal"]] = (
                        int(row["weight_micropoints"]) / 1e6,
                        int(row["full_marks_micros"]) / 1e6)
        yield one["algorithm"]["id"], [table[s] for s in SIGNALS]


def family():
    """Every table: four weights of whole points, four full marks."""
    for full in itertools.product(*FULL_MARKS):
        logs = [math.log2(1 + f) for f in full]
        tenfold = [1 - math.log2(1 + f / 10) / log
                   for f, log in zip(full, logs)]
        for reshares, listings, followers in itertools.product(
                range(4, 45), range(10, 45), range(4, 25)):
            mentions = FOUR - reshares - listings - followers
            weights = (mentions, reshares, listings, followers)
            if (mentions < 4
                    or followers * tenfold[3] > MOST["followers"]
                    or max(w * t for w, t in zip(weights, tenfold))
                    > MOST["any"]
                    or 30 / 45 * (mentions / logs[0] + reshares / logs[1])
                    + ENDORSEMENT_SILENCE > MOST["silence"]):
                continue
            yield weights, full


def cross_validate(scores, choices, people):
    """AUC, accuracy and pairs on the folds left out, for each of SEEDS, by
    which pairs are measured."""
    figures = {"any": [], "both": []}
    for seed in range(SEEDS):
        fold = np.random.default_rng(seed).permutation(
            int(max(p.max() for p in people)) + 1) % FOLDS
        measured = {name: [] for name in figures}
        for k in range(FOLDS):
            a, b = (fold[p] == k for p in people)
            fit = ~a & ~b
            best = auc(scores[:, fit], choices[fit]).argmax()
            for name, test in (("any", a | b), ("both", a & b)):
                measured[name].append((scores[best][test], choices[test]))
        for name, parts in measured.items():
            got, want = (np.concatenate(part) for part in zip(*parts))
            figures[name].append((auc(got[None], want)[0],
                                  accuracy(got, want), len(want)))
    return {name: np.array(rows) for name, rows in figures.items()}


def drift(path, command, before, after):
    sides, _, people = read(path)
    rows = {}
    for side, numbers in zip(sides, people):
        rows.update(zip(numbers.tolist(), side.tolist()))
    names = [signal.removeprefix("SIGNAL_").lower() for signal in SIGNALS]
    with tempfile.TemporaryDirectory() as folder:
        table = pathlib.Path(folder) / "people.csv"
        with table.open("w", encoding="utf-8") as file:
            print("id", *names, sep=",", file=file)
            for number, values in sorted(rows.items()):
                # A quantity has six decimals.
                print(number, *(f"{value:.6f}" for value in values), sep=",",
                      file=file)
        subprocess.run([command, "drift", table, "--from", before, "--to",
                        after, "--top", "0"], check=True)


def main(path, command="influence"):
    (a, b), choices, people = read(path)
    print(f"{len(choices)} pairs, {1 + max(p.max() for p in people)} people")
    for name, table in released(command):
        scores = sum(w * (log_share(a[:, i], f) - log_share(b[:, i], f))
                     for i, (w, f) in enumerate(table))
        print(f"{name}: AUC {auc(scores[None], choices)[0]:.4f}, "
              f"accuracy {accuracy(scores, choices):.4f}")
    tables = list(family())
    shares = {(i, f): log_share(a[:, i], f) - log_share(b[:, i], f)
              for i, list_ in enumerate(FULL_MARKS) for f in list_}
    scores = np.stack([sum(w * shares[i, f]
                           for i, (w, f) in enumerate(zip(*table)))
                       for table in tables])
    values = auc(scores, choices)
    print(f"{len(tables)} tables keep the bounds; the best on all pairs:")
    for best in np.argsort(-values, kind="stable")[:3]:
        print(f"  {values[best]:.4f} mentions, reshares, listings, followers: "
              f"{tables[best]}")
    for name, figures in cross_validate(scores, choices, people).items():
        mean, spread = figures.mean(0), figures.std(0)
        print(f"chosen without the fold, {name}: AUC {mean[0]:.4f} "
              f"(sd {spread[0]:.4f} over {SEEDS} divisions), accuracy "
              f"{mean[1]:.4f}, {mean[2]:.0f} pairs")


if __name__ == "__main__":
    arguments = sys.argv[1:]
    if arguments[-3:-2] == ["--drift"]:
        *files, _, old, new = arguments
        if len(files) in (1, 2):
            drift(files[0], *(files[1:] or ["influence"]), old, new)
            sys.exit()
    if len(arguments) not in (1, 2):
        sys.exit(__doc__)
    main(*arguments)
