#!/usr/bin/env python3
"""How well each released algorithm ranks people as people do.

    judgements.py PAIRS.csv [INFLUENCE] [--drift FROM TO]

PAIRS.csv has one human judgement a row, `Choice` (1: A is more influential) and
the columns A_follower_count, A_listed_count, A_mentions_received,
A_retweets_received and the same for B, as the PeerIndex data of 2013 has them.
It has no open licence and is no part of this project. INFLUENCE is the command
whose algorithms are measured. Needs NumPy and some minutes.

Two figures for each released algorithm, on all pairs: AUC and accuracy; then by
how much the AUCs of v2 and v1 differ when the people are drawn anew, with
replacement: a pair counts as often as both its people were drawn.

Then ten-fold cross-validation over people for the way in which v2 was chosen.
A person is a full row of features, and in one fold. For any two folds, or one
alone, what has a person of either is left out; of all tables of FAMILY the one
of the best AUC on the rest is taken, and the pairs between the two, or within
the one, are measured with it. So each pair is measured once, by a table that
was chosen without both of its people.

Last, what more the data would have given to wider families, on all pairs: what
is chosen there was measured on no one unseen.

--drift prints instead what going from one algorithm to the other does to the
people of the pairs, each once: `influence drift` of the four signals; and how
well the two orders agree if no scores are tied but equal ones.
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
SEEDS = 5  # divisions into folds
DRAWS = 2_000
# v1's bounds, which a table of the family keeps: points that ten times the
# followers and ten times anything add, that thirty days of silence cost.
MOST = {"followers": 2.58, "any": 5.60, "silence": 2.11}
FOUR = 88  # points; standing and endorsement, 6 each, are not in the data
ENDORSEMENT_SILENCE = 0.11
# Full marks of mentions, reshares, listings, followers: powers of ten.
FULL_MARKS = [(1e5,), (1e5,), (1e5, 1e6), (1e5, 1e6, 1e7)]
MILLIONS = [(1e6,), (1e6,), (1e6,), (1e5, 1e6, 1e7)]


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


def people_of(path):
    """Each person once: their four features by number."""
    sides, _, people = read(path)
    rows = {}
    for side, numbers in zip(sides, people):
        rows.update(zip(numbers.tolist(), side.tolist()))
    return rows


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


def family(full_marks, is_bounded):
    """Every table: four weights of whole points, four full marks."""
    for full in itertools.product(*full_marks):
        logs = [math.log2(1 + f) for f in full]
        tenfold = [1 - math.log2(1 + f / 10) / log
                   for f, log in zip(full, logs)]
        for reshares, listings, followers in itertools.product(
                range(4, 45), range(10, 61), range(4, 25)):
            mentions = FOUR - reshares - listings - followers
            weights = (mentions, reshares, listings, followers)
            if mentions < 4 or is_bounded and (
                    followers * tenfold[3] > MOST["followers"]
                    or max(w * t for w, t in zip(weights, tenfold))
                    > MOST["any"]
                    or 30 / 45 * (mentions / logs[0] + reshares / logs[1])
                    + ENDORSEMENT_SILENCE > MOST["silence"]):
                continue
            yield weights, full


class Pairs:
    """What tables make of the pairs: the score of A less that of B."""

    def __init__(self, sides):
        self.sides = sides
        self.shares = {}

    def share(self, i, full):
        if (i, full) not in self.shares:
            a, b = (log_share(side[:, i], full) for side in self.sides)
            self.shares[i, full] = a - b
        return self.shares[i, full]

    def scores(self, table):
        return sum(w * self.share(i, f)
                   for i, (w, f) in enumerate(zip(*table)))


def print_best(name, tables, pairs, choices, count):
    tables = list(tables)
    values = np.array([auc(pairs.scores(table)[None], choices)[0]
                       for table in tables])
    print(f"{len(tables)} tables {name}; the best on all pairs:")
    for best in np.argsort(-values, kind="stable")[:count]:
        print(f"  {values[best]:.4f} mentions, reshares, listings, followers: "
              f"{tables[best]}")
    return tables


def divide(people, seed):
    """Each pair's two folds, as one number: 0 is (0, 0), 1 is (0, 1), ..."""
    fold = np.random.default_rng(seed).permutation(
        int(max(p.max() for p in people)) + 1) % FOLDS
    both = list(itertools.combinations_with_replacement(range(FOLDS), 2))
    number = {two: i for i, two in enumerate(both)}
    of = np.array([number[tuple(sorted(two))]
                   for two in zip(*(fold[p].tolist() for p in people))])
    # Of each two folds, the numbers that have neither.
    rest = np.array([[int(not set(one) & set(two)) for one in both]
                     for two in both])
    return of, rest


def cross_validate(tables, pairs, choices, people):
    """AUC and accuracy of all pairs, each by a table chosen without its people,
    for each of SEEDS divisions."""
    ones, zeros = (np.flatnonzero(choices == c) for c in (1, 0))
    divisions = []
    for seed in range(SEEDS):
        of, rest = divide(people, seed)
        count = len(rest)
        # Rows and columns of a table's wins by number, without gaps: what
        # reduceat needs. A division in which a number is missing would be
        # refused here.
        sides = []
        for side in (ones, zeros):
            order = np.argsort(of[side], kind="stable")
            starts = np.searchsorted(of[side][order], np.arange(count))
            sizes = np.bincount(of[side], minlength=count)
            assert sizes.all()
            sides.append((order, starts, sizes))
        best = np.full(count, -1.0)
        divisions.append((of, rest, sides, best, np.zeros(count, int)))
    for number, table in enumerate(tables):
        scores = pairs.scores(table)
        one, zero = scores[ones][:, None], scores[zeros][None]
        # Twice how often who was chosen is ahead: a tie is a half.
        wins = (one > zero).astype(np.int16) + (one >= zero)
        for of, rest, (rows, columns), best, chosen in divisions:
            of_pairs = np.add.reduceat(
                np.add.reduceat(wins[rows[0]], rows[1], axis=0)[:, columns[0]],
                columns[1], axis=1, dtype=np.int64)
            left = np.einsum("ki,ij,kj->k", rest, of_pairs, rest,
                             optimize=True)
            value = left / 2 / (rest @ rows[2]) / (rest @ columns[2])
            better = value > best
            best[better] = value[better]
            chosen[better] = number
    figures = []
    for of, _, _, _, chosen in divisions:
        scores = np.empty(len(choices))
        for number in np.unique(chosen):
            at = chosen[of] == number
            scores[at] = pairs.scores(tables[number])[at]
        figures.append((auc(scores[None], choices)[0],
                        accuracy(scores, choices)))
    return np.array(figures)


def draw_people(old, new, choices, people):
    """AUC of `old` and of `new`, for each of DRAWS."""
    random = np.random.default_rng(0)
    count = int(max(p.max() for p in people)) + 1
    drawn_values = []
    for _ in range(DRAWS):
        times = np.bincount(random.integers(0, count, count), minlength=count)
        drawn = np.repeat(np.arange(len(choices)),
                          times[people[0]] * times[people[1]])
        drawn_values.append(auc(np.stack([old, new])[:, drawn],
                                choices[drawn]))
    return np.array(drawn_values)


def agreement(path, command, before, after):
    """Spearman and Kendall (tau-b) of the people's exact scores."""
    features = np.array(list(people_of(path).values()))
    tables = dict(released(command))
    old, new = (sum(w * log_share(features[:, i], f)
                    for i, (w, f) in enumerate(tables[name]))
                for name in (before, after))

    def ranks(values):
        order = np.sort(values)
        return (np.searchsorted(order, values, "left")
                + np.searchsorted(order, values, "right"))

    x, y = (np.sign(v[:, None] - v[None]) for v in (old, new))
    kendall = (x * y).sum() / math.sqrt((x * x).sum() * (y * y).sum())
    return np.corrcoef(ranks(old), ranks(new))[0, 1], kendall


def drift(path, command, before, after):
    rows = people_of(path)
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
    sides, choices, people = read(path)
    pairs = Pairs(sides)
    print(f"{len(choices)} pairs, {1 + max(p.max() for p in people)} people")
    scores = {}
    for name, table in released(command):
        scores[name] = pairs.scores(tuple(zip(*table)))
        print(f"{name}: AUC {auc(scores[name][None], choices)[0]:.4f}, "
              f"accuracy {accuracy(scores[name], choices):.4f}")
    drawn = draw_people(scores["v1"], scores["v2"], choices, people)
    for name, values in (("v2", drawn[:, 1]),
                         ("v2 less that of v1", drawn[:, 1] - drawn[:, 0])):
        low, high = np.percentile(values, [2.5, 97.5])
        print(f"AUC of {name}, people drawn anew {DRAWS} times: "
              f"{values.mean():.4f} (sd {values.std():.4f}), 95 % in "
              f"{low:.4f} .. {high:.4f}")
    tables = print_best("keep the bounds", family(FULL_MARKS, True), pairs,
                        choices, 3)
    figures = cross_validate(tables, pairs, choices, people)
    (mean, right), (spread, right_spread) = figures.mean(0), figures.std(0)
    print(f"chosen without both people of a pair: AUC {mean:.4f} (sd "
          f"{spread:.4f} over {SEEDS} divisions: "
          f"{', '.join(f'{value:.4f}' for value in figures[:, 0])}), accuracy "
          f"{right:.4f} (sd {right_spread:.4f}), {len(choices)} pairs")
    print_best("keep no bounds", family(FULL_MARKS, False), pairs, choices, 1)
    print_best("keep the bounds, with full marks of a million",
               family(MILLIONS, True), pairs, choices, 1)


if __name__ == "__main__":
    arguments = sys.argv[1:]
    if arguments[-3:-2] == ["--drift"]:
        *files, _, old, new = arguments
        if len(files) in (1, 2):
            command = (files[1:] or ["influence"])[0]
            drift(files[0], command, old, new)
            print("Of the exact scores: Spearman {:.6f}, Kendall {:.6f}"
                  .format(*agreement(files[0], command, old, new)))
            sys.exit()
    if len(arguments) not in (1, 2):
        sys.exit(__doc__)
    main(*arguments)
