"""Tallies, graphs, standings and drifts: failures, copies, spilling, memory.
"""
import copy
import gc
import io
import os
import pickle
import threading

import numpy as np
import pyarrow as pa
import pytest
from test_engine import resident
from test_story import RANKS, SPILL, Story, lines, saved

import influence
from influence import _spill


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
            tally.profiles, lambda: tally.subject("x"),
            lambda: graph.add_bytes(b""), lambda: graph.add_tally(other),
            graph.seed, graph.run, standing.report, standing.ranks,
            lambda: standing.explain("x"),
            lambda: standing.join(other.profiles()),
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
    strangers = influence.Graph(engine)
    strangers.add_bytes(story.inputs["edges"])
    strangers.seed(["?"])
    for kind, call in (
            (influence.InvalidArgument, lambda: influence.Tally(engine)),
            (influence.InvalidArgument, lambda: tally.merge(tally)),
            (influence.InvalidArgument, lambda: drift.merge(drift)),
            (influence.AlgorithmMismatch, lambda: tally.merge(another)),
            (influence.Malformed, lambda: tally.add_bytes(b"\xff")),
            (influence.InvalidArgument,
             lambda: tally.add(pa.table({"karma": [1]}))),
            (influence.NotFound, lambda: tally.subject("?")),
            (influence.Malformed, lambda: influence.Tally.load(
                engine, io.BytesIO(b"x" * 99))),
            (EOFError, lambda: influence.Tally.load(engine, io.BytesIO())),
            (influence.FailedPrecondition,
             lambda: influence.Graph(engine).run()),
            (influence.NotFound, lambda: strangers.run()),
            (influence.FailedPrecondition, lambda: grown.add([])),
            (influence.Malformed, lambda: grown.seed_bytes(b"\xff")),
            (influence.NotFound, lambda: standing.explain("?")),
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
            (TypeError, lambda: tally.add([{"actor": 0.5}])),
            (TypeError, lambda: standing.join([])),
            (TypeError, lambda: grown.seed("maria")),
            (TypeError, lambda: engine.score_bytes("v1")),
            (TypeError, lambda: tally.add_bytes([])),
            (TypeError, lambda: influence.render_bytes(None)),
            (TypeError, influence.Standing)):
        with pytest.raises(kind):
            call()


def test_a_tally_waits_for_its_profiles(story, engine):
    tally = story.tally(engine, "events_1")
    with tally.profiles():
        with pytest.raises(influence.FailedPrecondition):
            tally.add_bytes(story.inputs["events_2"])
    tally.add_bytes(story.inputs["events_2"])
    table = tally.profiles()
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
        yield pa.record_batch({"source": ["a"], "target": ["b"]})
        raise RuntimeError("the source broke")
    graph = influence.Graph(engine)
    schema = pa.schema({"source": pa.string(), "target": pa.string()})
    with pytest.raises(influence.Cancelled, match="the source broke"):
        graph.add(pa.RecordBatchReader.from_batches(schema, broken()))
    graph.seed(kind="uniform")
    assert graph.run().report()["graph"]["nodes"] == 2  # the batch before


def test_a_failure_passes_through_our_streams(story, engine):
    """Events, joined and scored; the third batch of the source breaks."""
    def broken():
        for _ in range(2):
            yield pa.record_batch({"id": ["ada"], "likes": [1]})
        raise RuntimeError("the source broke")
    schema = pa.schema({"id": pa.string(), "likes": pa.int64()})
    standing = graph_of(story, engine).run()
    drift = influence.Drift(engine, engine)
    joined = standing.join(pa.RecordBatchReader.from_batches(schema, broken()))
    with pytest.raises(influence.Cancelled, match="the source broke"):
        drift.add(joined)
    assert drift.report()["all"]["people"] == 2


def test_ids_are_text(engine):
    graph = influence.Graph(engine)
    graph.add([{"source": 7, "target": np.int64(8)},
               {"source": b"9", "target": np.str_("8")}])
    graph.seed([7, np.int32(9), "9", b"9", {"id": 9, "weight": 2}])
    standing = graph.run()
    assert pa.table(standing.ranks())["id"].to_pylist() == ["7", "8", "9"]
    assert standing.report()["seeds"]["nodes"] == 2
    assert standing.explain(8) == standing.explain("8") == standing.explain(
        b"8") == standing.explain(np.uint16(8))
    assert standing.explain(8)["id"] == "8"
    with pytest.raises(influence.InvalidUtf8):
        standing.explain(b"\xff")
    with pytest.raises(TypeError, match="text or a whole number"):
        graph.seed([7.0])
    tally = influence.Tally(engine, as_of_seconds=10)
    tally.add([{"actor": 1, "subject": np.int64(2), "kind": "replies",
                "time_seconds": np.int32(-5)}])
    assert tally.subject(2)["result"]["id"] == "2"
    assert pa.table(tally.profiles())["id"].to_pylist() == ["2"]


def test_handles_are_not_copied(story, engine):
    tally, graph = story.tally(engine, "events_1"), graph_of(story, engine)
    standing, drift = graph.run(), influence.Drift(engine, engine)
    for each in (tally, graph, standing, drift):
        for call in (copy.copy, copy.deepcopy, pickle.dumps):
            with pytest.raises(TypeError, match="cannot be copied or pickled"):
                call(each)
        with pytest.raises(TypeError, match="cannot be copied or pickled"):
            copy.deepcopy({"it": [each]})
    assert tally.report() and standing.report()


def open_files():
    return len(os.listdir("/proc/self/fd"))


def test_spilled_files_go_with_what_uses_them(story, engine, tmp_path):
    gc.collect()
    before = open_files()
    for _ in range(3):
        tally = story.tally(engine)
        tally.spill(SPILL, tmp_path)
        tally.add_bytes(story.inputs["events_1"])
        profiles = tally.profiles()
        graph = influence.Graph(engine)
        graph.spill(SPILL, tmp_path)
        graph.add_bytes(story.inputs["edges"])
        graph.seed_bytes(story.inputs["seeds"])
        standing = graph.run()
        assert open_files() == before + 2
        tally.close()
        graph.close()
        assert open_files() == before + 2
        assert pa.table(profiles).num_rows and standing.explain("faraday")
        assert open_files() == before + 1
        standing.close()
        assert open_files() == before
    assert not list(tmp_path.iterdir())


def test_what_spilling_refuses(story, engine, tmp_path):
    before = open_files()
    grown, graph = story.tally(engine, "events_1"), graph_of(story, engine)
    spilled = story.tally(engine)
    spilled.spill(SPILL)
    before += 1
    for kind, call in (
            (influence.Error, lambda: grown.spill(SPILL)),
            (influence.Error, lambda: graph.spill(SPILL)),
            (influence.OutOfRange,
             lambda: story.tally(engine).spill(SPILL - 1)),
            (influence.OutOfRange,
             lambda: influence.Graph(engine).spill(1)),
            (influence.Error, lambda: spilled.save(io.BytesIO())),
            (OSError, lambda: grown.spill(SPILL, tmp_path / "none")),
            (TypeError, lambda: influence.Graph(engine).spill("1 GiB"))):
        with pytest.raises(kind):
            call()
        assert open_files() == before
    for call in (grown.report, graph.run):
        call()


def many_edges(rows, seed):
    random = np.random.default_rng(seed)
    return pa.table({name: random.integers(0, 20_000, rows)
                     for name in ("source", "target")})


def test_a_graph_larger_than_its_memory(engine, tmp_path):
    """4.8 million edges in 64 MiB, and the same ranks as without."""
    table = engine.describe()["algorithm"]
    short = influence.Engine.custom({
        **table, "id": "acme/short",
        "standing": {"teleport_micros": 150_000, "iterations": 2}})
    found = []
    for spill in (False, True):
        graph = influence.Graph(short)
        if spill:
            graph.spill(SPILL, tmp_path)
        for part in range(3):
            graph.add(many_edges(1_600_000, part))
        if spill:
            written = sum(f._size for f in _spill._files.values())
            assert written >= SPILL
        graph.seed(range(100))
        standing = graph.run()
        report = standing.report()
        found.append((report["ranks_digest"], report["graph"]))
        assert standing.explain(7)["rank"] > 0
    assert found[0] == found[1]


def test_a_disk_that_fails(engine, monkeypatch):
    """The exception of the file is raised by the call that met it."""
    gc.collect()
    before = set(_spill._files)
    graph = influence.Graph(engine)
    graph.spill(SPILL)

    def full(*_):
        raise OSError(28, "No space left on device")
    with monkeypatch.context() as patch:
        patch.setattr(os, "pwrite", full)
        with pytest.raises(OSError, match="No space left"):
            for part in range(3):
                graph.add(many_edges(1_600_000, part))
    with pytest.raises(influence.FailedPrecondition):
        graph.add([{"source": "a", "target": "b"}])
    graph.close()
    assert set(_spill._files) == before

    graph = influence.Graph(engine)
    graph.spill(SPILL)
    for part in range(3):
        graph.add(many_edges(1_600_000, part))
    graph.seed([7])

    def interrupted(*_):
        raise KeyboardInterrupt
    with monkeypatch.context() as patch:
        patch.setattr(os, "preadv", interrupted)
        with pytest.raises(KeyboardInterrupt):
            graph.run()


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
            graph.spill(SPILL)
            graph.add_tally(loaded)
            graph.seed_bytes(story.inputs["seeds"])
            standing = graph.run()
            pa.table(standing.join(tally.profiles()))
            tally.profiles()  # never read
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
