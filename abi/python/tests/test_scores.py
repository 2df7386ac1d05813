"""The people of the examples have the texts of abi/scores.csv, which C and the
command show as well: by counts, by messages and by columns."""
import csv
import decimal
import pathlib

import pyarrow as pa
import pytest

import influence

ROOT = pathlib.Path(__file__).parents[3]
SIGNALS = ("mentions", "replies", "saves", "likes", "reshares", "quotes",
           "listings", "followers", "standing", "endorsements")
TEXTS = {"points": 6, "points_1": 1, "points_0": 0}
FILES = {"klout58.csv": 58, "community_made_up.csv": 20}


def rows_of(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(
            line for line in file if not line.startswith("#")))


def people_of(name):
    """id -> its accounts, as dicts of text."""
    people = {}
    for row in rows_of(ROOT / "examples" / name):
        people.setdefault(row.pop("id"), []).append(
            {key: cell for key, cell in row.items() if cell})
    assert len(people) == FILES[name]
    return people


@pytest.fixture(name="check", params=FILES)
def checker(request):
    """Compares one door's scores, id -> points, with the file."""
    wanted = {row["id"]: row for row in rows_of(ROOT / "abi" / "scores.csv")
              if row["file"] == request.param}

    def check(scores, ids=None):
        for person, score in scores.items():
            assert {name: influence.format_points(int(score.scaleb(6)), places)
                    for name, places in TEXTS.items()} == {
                        name: wanted[person][name] for name in TEXTS}, person
            assert str(score) == wanted[person]["points"]
        assert scores.keys() == (wanted.keys() if ids is None else ids)

    check.name = request.param
    return check


def test_messages(engine, check):
    people = [{"id": person, "accounts": accounts}
              for person, accounts in people_of(check.name).items()]
    check({result.id: result.score for result in engine.score(people)})


def test_counts(engine, check):
    """Those who have one account, and no fractions."""
    scores = {}
    for person, (account, *others) in people_of(check.name).items():
        counts = [account.get(name) for name in SIGNALS]
        if others or any("." in (count or "") for count in counts):
            continue
        scores[person] = engine.score_counts(counts).score
    check(scores, scores.keys())
    assert len(scores) >= {58: 58, 20: 5}[FILES[check.name]]


def test_columns(engine, check):
    people = people_of(check.name)
    numbers = pa.struct([("network", pa.string()), *(
        (name, pa.decimal128(17, 2)) for name in SIGNALS)])
    accounts = [[{key: cell if key == "network" else decimal.Decimal(cell)
                  for key, cell in account.items()} for account in theirs]
                for theirs in people.values()]
    table = pa.table({"id": list(people),
                      "accounts": pa.array(accounts, pa.list_(numbers))})
    scores = pa.table(engine.score(table))
    check(dict(zip(scores["id"].to_pylist(), scores["score"].to_pylist())))
    if any(len(theirs) > 1 for theirs in people.values()):
        return
    flat = pa.table({"id": list(people), **{
        name: pa.array([int(account[name]) if name in account else None
                        for [account] in people.values()], pa.int64())
        for name in SIGNALS}})
    scores = pa.table(engine.score(flat))
    check(dict(zip(scores["id"].to_pylist(), scores["score"].to_pylist())))
