"""Tallies, graphs, standings and drifts: what fails, and what does not grow.
"""
import gc
import io
import os
import threading

import pyarrow as pa
import pytest
from test_engine import resident
from test_story import RANKS, Story, lines, saved

import influence


@pytest.fixture
def story():
    return Story()


def graph_of(story, engine):
    graph = influence.Graph(engine)
    graph.add_bytes(story.inputs["edges"])
    graph.seed_bytes(story.inputs["seeds"])
    return graph


def test_what_is_closed(story, engine):
    tally, graph = story.tally(engine), graph_of(story, engine)
    standing = graph.run()
    drift = influence.Drift(engine, engine)
    other = story.tally(engine, "events_1")
    closed = influence.Engine("v2")
    for each in (tally, graph, standing, drift, closed) * 2:
        each.close()
    for call in (
            lambda: tally.add_bytes(b""), lambda: tally.add([]),
            lambda: tally.add(pa.table({"time": [1]})),
            lambda: tally.merge(other), lambda: other.merge(tally),
            lambda: tally.save(io.BytesIO()), tally.report, tally.topics,
            tally.finish, lambda: tally.subject("x"),
            lambda: graph.add_bytes(b""), lambda: graph.add_tally(other),
            graph.seed, graph.run, standing.report, standing.ranks,
            lambda: standing.explain("x"),
            lambda: standing.join(other.finish()),
            lambda: drift.add_bytes(b""), lambda: drift.merge(drift),
            drift.save, drift.report,
            lambda: influence.Tally(closed, as_of_seconds=1),
            lambda: influence.Tally.load(closed, io.BytesIO()),
            lambda: influence.Graph(closed),
            lambda: influence.Drift(engine, closed),
            lambda: influence.Drift.load(closed, engine, b""),
            lambda: influence.compare_bytes(engine, closed, b""),
            lambda: closed.what_if({"id": "x"})):
        with pytest.raises(ValueError, match="is closed"):
            call()
    gc.collect()
    other.add_bytes(story.inputs["events_2"])  # no table was left open


def test_what_is_refused(story, engine):
    tally = story.tally(engine, "events_1")
    with influence.Engine("v2") as v2:
        another = story.tally(v2)
        back = influence.Drift(v2, engine)
    drift = influence.Drift(engine, engine)
    standing = graph_of(story, engine).run()
    grown = graph_of(story, engine)
    grown.run()
    for kind, call in (
            (influence.InvalidArgument, lambda: influence.Tally(engine)),
            (influence.InvalidArgument, lambda: tally.merge(tally)),
            (influence.AlgorithmMismatch, lambda: tally.merge(another)),
            (influence.Malformed, lambda: tally.add_bytes(b"\xff")),
            (influence.InvalidArgument,
             lambda: tally.add(pa.table({"karma": [1]}))),
            (influence.InvalidArgument, lambda: tally.subject("?")),
            (influence.Malformed, lambda: influence.Tally.load(
                engine, io.BytesIO(b"x" * 99))),
            (EOFError, lambda: influence.Tally.load(engine, io.BytesIO())),
            (influence.InvalidArgument, lambda: influence.Graph(engine).run()),
            (influence.InvalidArgument, lambda: grown.add([])),
            (influence.Malformed, lambda: grown.seed_bytes(b"\xff")),
            (influence.InvalidArgument, lambda: standing.explain("?")),
            (influence.InvalidArgument,
             lambda: standing.join(pa.table({"karma": [1]}))),
            (influence.Malformed, lambda: drift.add_bytes(b"\xff")),
            (influence.AlgorithmMismatch, lambda: drift.merge(back)),
            (influence.Malformed, lambda: influence.Drift.load(
                engine, engine, b"no drift")),
            (influence.Malformed, lambda: influence.compare_bytes(
                engine, engine, b"\xff")),
            (influence.Malformed, lambda: engine.what_if_bytes(b"\xff")),
            (influence.UnknownAlgorithm,
             lambda: influence.render("text", card="v0")),
            (TypeError, lambda: influence.Tally(engine, now=1)),
            (TypeError, lambda: influence.render("papyrus", card="v1")),
            (TypeError, lambda: tally.add([{"actor": 7}])),
            (TypeError, lambda: standing.join([])),
            (TypeError, lambda: grown.seed("maria")),
            (TypeError, influence.Standing)):
        with pytest.raises(kind):
            call()


def test_a_tally_waits_for_its_profiles(story, engine):
    tally = story.tally(engine, "events_1")
    with tally.finish():
        with pytest.raises(influence.InvalidArgument, match="being read"):
            tally.add_bytes(story.inputs["events_2"])
    tally.add_bytes(story.inputs["events_2"])
    table = tally.finish()
    assert pa.table(table).num_rows > 5
    with pytest.raises(RuntimeError, match="read already"):
        pa.table(table)
    tally.add_bytes(story.inputs["events_2"])


class Broken:
    def write(self, data):
        raise OSError("the disk is full")


def test_functions_of_the_callers_that_fail(story, engine):
    tally = story.tally(engine, "events_1", "events_2")
    with pytest.raises(OSError, match="the disk is full"):
        tally.save(Broken())

    class Reentrant:
        def write(self, data):
            tally.report()
    with pytest.raises(RuntimeError, match="used by a function"):
        tally.save(Reentrant())
    story.out("tally.save", saved(tally))  # as if nothing had been

    graph = graph_of(story, engine)
    told = []

    def stop(done, of):
        told.append((done, of))
        if done == 3:
            raise KeyboardInterrupt
    with pytest.raises(KeyboardInterrupt):
        graph.run(stop)
    # Also before the graph is put in order.
    assert [done for done, _ in told] == [0, 0, 1, 2, 3]

    def cancel(done, of):
        raise influence.Cancelled("enough")
    with pytest.raises(influence.Cancelled, match="enough"):
        graph.run(cancel)
    with pytest.raises(RuntimeError, match="closed by a function"):
        graph.run(lambda done, of: graph.close())
    told.clear()
    standing = graph.run(lambda done, of: told.append((done, of)))
    assert told[-1][0] == told[-1][1] == len(told) - 1
    story.out("edges.ranks", lines(standing.ranks(), *RANKS))


def test_a_streams_failure_arrives(engine):
    def broken():
        yield pa.record_batch({"from": ["a"], "to": ["b"]})
        raise RuntimeError("the source broke")
    graph = influence.Graph(engine)
    schema = pa.schema({"from": pa.string(), "to": pa.string()})
    with pytest.raises(influence.InvalidArgument, match="the source broke"):
        graph.add(pa.RecordBatchReader.from_batches(schema, broken()))
    graph.seed(kind="SEEDS_UNIFORM")
    assert graph.run().report()["graph_nodes"] == 2  # the batch before


def test_sixteen_threads(story, engine):
    """A standing is everybody's; what is one's at a time takes turns."""
    standing = graph_of(story, engine).run()
    want = standing.explain("faraday")
    tally, drift = story.tally(engine), influence.Drift(engine, engine)
    two = [story.tally(engine), story.tally(engine)]
    failed = []

    def work(i):
        try:
            for _ in range(5):
                assert standing.explain("faraday") == want
                pa.table(standing.ranks())
                tally.add_bytes(story.inputs["events_1"])
                drift.add_bytes(story.inputs["people_1"])
                drift.report()
                tally.report()
                two[i % 2].merge(two[1 - i % 2])  # in both orders at once
        except BaseException as error:
            failed.append(error)
            raise
    threads = [threading.Thread(target=work, args=[i]) for i in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    events = len(story.message("events_1", "EventBatch")["events"])
    assert tally.report()["events"] == 80 * events
    people = len(story.message("people_1", "ScoreRequest")["profiles"])
    assert drift.report()["all"]["people"] == 80 * people


def test_nothing_else_grows(story, engine):
    """More rounds with INFLUENCE_ROUNDS."""
    rounds = int(os.environ.get("INFLUENCE_ROUNDS", 20_000)) // 50

    def use(times):
        for i in range(times):
            tally = story.tally(engine, "events_1")
            loaded = influence.Tally.load(engine, io.BytesIO(saved(tally)))
            with pytest.raises(influence.Malformed):
                loaded.add_bytes(b"\xff")
            graph = influence.Graph(engine)
            graph.add_tally(loaded)
            graph.seed_bytes(story.inputs["seeds"])
            standing = graph.run()
            pa.table(standing.join(tally.finish()))
            tally.finish()  # never read
            drift = story.drift(engine, engine, "people_1")
            drift.merge(influence.Drift.load(engine, engine, drift.save()))
            with pytest.raises(ZeroDivisionError):
                graph.run(lambda done, of: 1 // 0)
            if i % 10:
                for each in (tally, loaded, graph, standing, drift):
                    each.close()
        gc.collect()
    use(rounds // 4)
    before = resident()
    use(rounds)
    assert resident() - before < 8 << 20
