"""Influence that flows through the graph of who reacts to whom."""
from __future__ import annotations

import ctypes
from typing import Any, Callable, Mapping, Optional

from . import _arrow, _wire
from ._engine import Engine
from ._handle import Callback, Handle, both, tell
from ._library import LIBRARY, PROGRESS, ArrowArrayStream
from ._model import Id
from ._spill import Spill
from ._tally import Tally


class Graph(Handle):
    """The graph of who reacts to whom. The same edges and seeds give the same
    bytes, in whatever order and however many batches they are added, on
    however many threads.

        graph = influence.Graph(engine)
        graph.add_tally(tally)  # or add([{"source": "bob", "target": "ada"}])
        graph.seed(["bob"])
        standing = graph.run()
        scores = engine.score(standing.join(tally.profiles()))

    The options are the fields of GraphOptions. Threads take turns.
    """

    _free = LIBRARY.influence_graph_free
    _what = "graph"
    _instead = "add the edges to another graph"

    def __init__(self, engine: Engine, **options: Any):
        data = _wire.encode("GraphOptions", options)
        with engine._used() as made_by:
            self._adopt(lambda handle: tell(
                LIBRARY.influence_graph_new, made_by, data, len(data), handle))

    def __enter__(self) -> Graph:
        return self

    def spill(self, memory_bytes: int, folder: Any = None) -> None:
        """Lets a graph without edges keep about `memory_bytes` (at least 64
        MiB) of edges in memory, and the rest in a temporary file in `folder`,
        which defaults to the system's. The file goes with the graph and its
        standings. The ranks are the same; a run takes longer."""
        file = Spill(memory_bytes, folder)
        try:
            self._tell(LIBRARY.influence_graph_spill, *file.arguments)
        except BaseException:
            file.close()
            raise

    def add_bytes(self, edges: bytes) -> None:
        """Adds the edges of a serialized EdgeBatch: all of them or, on
        failure, none. Edges of one pair add up."""
        data = _wire.given(edges)
        self._tell(LIBRARY.influence_graph_add, data, len(data))

    def add(self, edges: Any) -> None:
        """Adds edges: dicts with the fields of Edge, or an object with the
        Arrow columns source, target and, optionally, weight. A table of
        several batches is added batch by batch."""
        if not _arrow.is_table(edges):
            self.add_bytes(_wire.encode("EdgeBatch", {"edges": list(edges)}))
            return
        for schema, array in _arrow.batches(edges):
            self._tell(LIBRARY.influence_graph_add_columns, schema, array)

    def add_tally(self, tally: Tally) -> None:
        """Adds an edge from each actor to each subject of a tally, which does
        not change."""
        with both(self, tally) as handles:
            tell(LIBRARY.influence_graph_add_tally, *handles)

    def seed_bytes(self, seeds: bytes) -> None:
        """Adds the seeds of a serialized SeedList."""
        data = _wire.given(seeds)
        self._tell(LIBRARY.influence_graph_seed, data, len(data))

    def seed(self, seeds: Any = (), **options: Any) -> None:
        """Adds seeds, from which influence flows: ids, or dicts with the
        fields of Seed; the options are those of SeedList, kind="uniform" for
        every node. Seeds may change between runs."""
        if isinstance(seeds, (str, bytes)):
            raise TypeError("seed() takes a list of ids")
        self.seed_bytes(_wire.encode("SeedList", {"seeds": [
            seed if isinstance(seed, Mapping) else {"id": seed}
            for seed in seeds], **options}))

    def run(self, progress: Optional[Callable[[int, int], Any]] = None,
            **options: Any) -> Standing:
        """Lets influence flow; the options are those of RunOptions. After the
        first run the graph cannot grow; it can be run again. Raises NotFound
        if no seed is a node, FailedPrecondition if there are no seeds.

        `progress(done, all)` is called before each step and at the end. An
        exception that it raises ends the run and is raised here; so does
        Ctrl-C. It must not use the graph."""
        data = _wire.encode("RunOptions", options)

        def told(done: int, of: int) -> None:
            if progress is not None:
                progress(done, of)
        standing = Standing.__new__(Standing)
        with Callback(PROGRESS, told) as callback, self._used() as graph:
            standing._adopt(lambda handle: tell(
                LIBRARY.influence_graph_run, graph, data, len(data),
                callback.function, None, handle))
        return standing


class Standing(Handle):
    """Everybody's share of the influence that flowed. Immutable: any number of
    threads may use one at once."""

    _free = LIBRARY.influence_standing_free
    _what = "standing"
    _instead = "run the graph again, or use this one everywhere"
    _is_shared = True

    def __init__(self) -> None:
        raise TypeError("Graph.run() makes standings")

    def __enter__(self) -> Standing:
        return self

    def report_bytes(self) -> bytes:
        """A serialized StandingReport."""
        return self._ask(LIBRARY.influence_standing_report)

    def report(self) -> dict[str, Any]:
        """The algorithm, graph and seeds of the run."""
        return _wire.decode(_wire.SPECS["StandingReport"],
                            self.report_bytes())

    def explain_bytes(self, request: bytes) -> bytes:
        """Takes a serialized NodeRequest, returns a NodeReport."""
        data = _wire.given(request)
        return self._ask(LIBRARY.influence_standing_explain, data, len(data))

    def explain(self, id: Id, top: int = 0) -> dict[str, Any]:
        """One node, opened: the parts sum to its rank exactly. Raises NotFound
        if there is no such node."""
        return _wire.decode(_wire.SPECS["NodeReport"], self.explain_bytes(
            _wire.encode("NodeRequest", {"id": id, "top": top})))

    def ranks(self, batch_rows: int = 0) -> _arrow.Table:
        """All nodes, ascending by id: id, rank and standing_micros. The table
        may outlive the standing."""
        data = _wire.encode("StreamOptions", {"batch_rows": batch_rows})
        out = ArrowArrayStream()
        self._tell(LIBRARY.influence_standing_ranks, data, len(data),
                   ctypes.byref(out))
        return _arrow.Stream(out)

    def join(self, profiles: Any) -> _arrow.Table:
        """Profiles, in any Arrow stream, with another column: standing_micros,
        null for ids that are no node. The table may outlive the standing."""
        out = ArrowArrayStream()
        with _arrow.stream_of(profiles) as at:
            self._tell(LIBRARY.influence_standing_join, at, ctypes.byref(out))
        return _arrow.Stream(out)
