"""One story through every function, with the digests that it has in C: those
in abi/story.txt."""
import hashlib
import io
import pathlib

import pyarrow as pa
import pytest

import influence
from influence import _wire
from influence._library import status_name

ROOT = pathlib.Path(__file__).resolve().parents[3]


class Story:
    """The inputs, and the digests that the outputs must have."""

    def __init__(self):
        self.inputs, self.wanted, self.told = {}, {}, set()
        name = ""
        for line in (ROOT / "abi/story.txt").read_text().splitlines():
            words = line.split()
            if line.startswith("#"):
                continue
            if line.startswith("  "):
                self.inputs[name] += bytes.fromhex(words[0])
            elif words[0] == "input":
                name = words[1]
                self.inputs[name] = b""
            else:
                self.wanted[words[1]] = words[2]

    def message(self, name, kind):
        return influence.decode(kind, self.inputs[name])

    def out(self, name, data):
        if isinstance(data, str):
            data = data.encode("utf-8")
        assert hashlib.sha256(data).hexdigest() == self.wanted[name], name
        self.told.add(name)

    def end(self):
        assert self.told == set(self.wanted)

    def tally(self, engine, *batches):
        made = influence.Tally(
            engine, **self.message("tally_options", "TallyOptions"))
        for name in batches:
            made.add_bytes(self.inputs[name])
        return made

    def drift(self, before, after, *batches):
        made = influence.Drift(
            before, after, **self.message("drift_options", "DriftOptions"))
        for name in batches:
            made.add_bytes(self.inputs[name])
        return made


@pytest.fixture
def story():
    return Story()


@pytest.fixture
def v2():
    with influence.Engine("v2") as made:
        yield made


def saved(tally):
    file = io.BytesIO()
    tally.save(file)
    return file.getvalue()


def lines(table, *names):
    read = pa.table(table)
    rows = zip(*(read[name].to_pylist() for name in names))
    return "".join(" ".join(map(str, row)) + "\n" for row in rows)


def request_of(table):
    """Profiles as a serialized request; the standing beside the accounts is
    the first one's."""
    people = []
    for row in pa.table(table).to_pylist():
        if row.get("standing_micros") is not None:
            row["accounts"][0]["standing_micros"] = row["standing_micros"]
        people.append({"id": row["id"], "accounts": row["accounts"]})
    return influence.encode("ScoreRequest",
                            {"algorithm": "v1", "profiles": people})


RANKS = ("id", "rank", "standing_micros")
SCORES = ("id", "score", "low", "high", "coverage")


SPILL = 64 << 20


def run(story, name, graph, threads):
    graph.seed_bytes(story.inputs["seeds"])
    standing = graph.run(threads=threads)
    report = standing.report()
    del report["memory_bytes"]  # about
    story.out(f"{name}.report", influence.encode("StandingReport", report))
    story.out(f"{name}.ranks", lines(standing.ranks(), *RANKS))
    return standing


def tell_counts(story, engine):
    people = story.message("counts", "ScoreRequest")["profiles"]
    whole, short = "", ""
    for person in people:
        account = person["accounts"][0]
        counts = [None if name not in account else account[name] // 10**6
                  for name in _wire.MICROS]
        scored = engine.score_counts(counts)
        assert scored == engine.score_counts(**dict(zip(_wire.SIGNALS,
                                                        counts)))
        micropoints = [int(value * 10**6) for value in (
            scored.score, scored.low, scored.high, scored.coverage)]
        whole += " ".join([person["id"], *map(influence.format_points,
                                              micropoints)]) + "\n"
        short += (person["id"] + " "
                  + influence.format_points(micropoints[0], 1) + "\n")
    story.out("counts", whole)
    story.out("points", short)
    with pytest.raises(influence.Error) as caught:
        influence.Engine.custom(story.inputs["bad_algorithm"])
    error = caught.value
    story.out("error", f"{status_name(error.status)} {error.field}\n")


def test_the_story_is_the_same_as_in_c(story, engine, v2, tmp_path):
    tell_counts(story, engine)
    tally = story.tally(engine, "events_1", "events_2")
    merged = influence.Tally.load(
        engine, io.BytesIO(saved(story.tally(engine, "events_2"))))
    merged.merge(story.tally(engine, "events_1"))
    story.out("tally.save", saved(tally))
    story.out("tally.save", saved(merged))
    report = tally.report()
    del report["memory_bytes"]  # not the same for the same events
    story.out("tally.report", influence.encode("TallyReport", report))
    story.out("tally.subject",
              tally.subject_bytes(story.inputs["subject_request"]))
    subject = tally.subject("faraday", top=3, carriers=True)
    story.out("tally.subject", influence.encode("SubjectReport", subject))
    story.out("tally.topics", lines(
        tally.topics(), "id", "topic", "score_micros", "quantity_micros", "people"))
    story.out("tally.profiles", request_of(tally.profiles()))
    story.out("tally.profiles", request_of(tally.profiles(batch_rows=3)))

    graph = influence.Graph(engine)
    graph.add_bytes(story.inputs["edges"])
    standing = run(story, "edges", graph, 2)
    story.out("edges.node",
              standing.explain_bytes(story.inputs["node_request"]))
    node = standing.explain("faraday", top=3)
    story.out("edges.node", influence.encode("NodeReport", node))
    for folder in (None, tmp_path):
        graph = influence.Graph(engine)
        graph.spill(SPILL, folder)
        graph.add_bytes(story.inputs["edges"])
        run(story, "edges", graph, 1)
        spilled = story.tally(engine)
        spilled.spill(SPILL, folder)
        for events in ("events_2", "events_1"):
            spilled.add_bytes(story.inputs[events])
        story.out("tally.profiles", request_of(spilled.profiles()))
    graph = influence.Graph(engine)
    graph.add_tally(tally)
    standing = run(story, "events", graph, 1)
    story.out("joined.profiles", request_of(standing.join(tally.profiles())))
    scores = pa.table(engine.score(standing.join(tally.profiles())))
    story.out("joined.scores", lines(scores, *SCORES))
    graph = standing.report()["graph"]
    stated = scores.schema.metadata
    assert {name: stated[f"influence.graph.{name}".encode()].decode()
            for name in graph} == {name: str(graph[name]) for name in graph}

    scored = engine.score_bytes(story.inputs["score_request"])
    story.out("score", scored)
    compared = influence.compare_bytes(engine, v2,
                                       story.inputs["compare_request"])
    story.out("compare", compared)
    answer = engine.what_if_bytes(story.inputs["what_if_request"])
    story.out("what_if", answer)
    whole = story.drift(engine, v2, "people_1", "people_2")
    kept = story.drift(engine, v2, "people_2").save()
    merged = influence.Drift.load(engine, v2, kept)
    merged.merge(story.drift(engine, v2, "people_1"))
    story.out("drift.save", whole.save())
    story.out("drift.save", merged.save())
    drifted = whole.report_bytes()
    story.out("drift.report", drifted)
    for name, page in (("result", {"result": scored}),
                       ("comparison", {"comparison": compared}),
                       ("what_if", {"what_if": answer}),
                       ("drift", {"drift": drifted})):
        for format in ("text", "html"):
            for language in ("en", "de"):
                story.out(f"render.{name}.{format}.{language}",
                          influence.render(format, language, **page))
    story.end()


def test_dicts_and_columns_tell_the_same(story, engine, v2):
    tally = story.tally(engine)
    for name in ("events_2", "events_1"):
        tally.add(story.message(name, "EventBatch")["events"])
    story.out("tally.save", saved(tally))
    tally = story.tally(engine)
    events = [event for name in ("events_1", "events_2")
              for event in story.message(name, "EventBatch")["events"]]
    table = pa.table({
        **{name: pa.array([e.get(name, "") for e in events])
           for name in ("actor", "subject", "network", "topic")},
        "kind": [_wire.SIGNALS[e["kind"] - 1] for e in events],
        "time": [e["time_seconds"] for e in events]})
    tally.add(pa.RecordBatchReader.from_batches(
        table.schema, table.to_batches(max_chunksize=50)))
    story.out("tally.save", saved(tally))

    edges = story.message("edges", "EdgeBatch")["edges"]
    graph = influence.Graph(engine, algorithm="v1")
    graph.add(edges)
    other = influence.Graph(engine)
    other.add(pa.table({
        "source": [e["source"] for e in edges],
        "target": [e["target"] for e in edges],
        "weight": pa.array([e.get("weight", 1) for e in edges],
                           pa.uint64())}))
    for made in (graph, other):
        made.seed(["maria", {"id": "augusta", "weight": 1}], anew=True)
        story.out("edges.ranks", lines(made.run().ranks(batch_rows=2), *RANKS))

    sides = story.message("compare_request", "CompareRequest")
    people = [sides[side]["profile"] for side in ("before", "after")]
    compared = influence.compare(engine, v2, *(
        influence.Profile(p["id"], [influence.Account(
            account.pop("network"), **{
                key.removesuffix("_micros"): influence._model.points(value)
                for key, value in account.items()})
            for account in p["accounts"]]) for p in people),
        as_of_days=tuple(sides[side]["identity"]["as_of_days"]
                         for side in ("before", "after")))
    story.out("compare", influence.encode("CompareResponse", compared))
    request = story.message("what_if_request", "WhatIfRequest")
    accounts = request.pop("profile")["accounts"]
    answer = engine.what_if({"id": "ada", "accounts": [
        {key.removesuffix("_micros"): (
            value if key == "network" else influence._model.points(value))
         for key, value in account.items()} for account in accounts]},
        **request)
    story.out("what_if", influence.encode("WhatIfResponse", answer))

    drift = influence.Drift(engine, v2, top=1, slices=["country"])
    drift.add(pa.table({"id": ["a", "b", "c"], "country": ["x", "y", "x"],
                        "followers": [10, 1000, 100_000]}))
    report = drift.report()
    assert len(report["slices"]) == 2 and report["all"]["people"] == 3
    assert report["all"]["movers"][0]["id"] == "c"
    drift = influence.Drift(engine, v2)
    drift.add([influence.Profile("a"), {"id": "b", "followers": 3}])
    assert drift.report()["all"]["people"] == 2


def test_what_was_made_outlives_what_it_was_made_of(story):
    engine = influence.Engine("v1")
    tally = story.tally(engine, "events_1", "events_2")
    graph = influence.Graph(engine)
    graph.add_tally(tally)
    graph.seed_bytes(story.inputs["seeds"])
    standing = graph.run()
    scores = engine.score(standing.join(tally.profiles()))
    ranks = standing.ranks()
    for each in (engine, tally, graph, standing):
        each.close()
    story.out("joined.scores", lines(scores, *SCORES))
    story.out("events.ranks", lines(ranks, *RANKS))
