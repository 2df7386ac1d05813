"""Influence that flows through the graph of who reacts to whom."""
from __future__ import annotations

import ctypes
from typing import Any, Callable, Optional, Union

from . import _arrow, _wire
from ._engine import Engine
from ._handle import Callback, Handle, both, tell
from ._library import LIBRARY, PROGRESS, ArrowArrayStream
from ._tally import Tally, text


class Graph(Handle):
    """Who reacts to whom. The same graph and seeds give the same bytes, in
    whatever order and however many batches they are added, on however many
    threads.

        graph = influence.Graph(engine)
        graph.add_tally(tally)  # or add([{"from": "bob", "to": "ada"}])
        graph.seed(["bob"])
        standing = graph.run()
        scores = engine.score(standing.join(tally.finish()))

    The options are the fields of GraphOptions. Threads take turns.
    """

    _free = LIBRARY.influence_graph_free
    _what = "graph"

    def __init__(self, engine: Engine, **options: Any):
        data = _wire.encode("GraphOptions", options)
        with engine._used() as made_by:
            self._adopt(lambda handle: tell(
                LIBRARY.influence_graph_new, made_by, data, len(data), handle))

    def __enter__(self) -> Graph:
        return self

    def add_bytes(self, edges: bytes) -> None:
        """Adds the edges of a serialized EdgeBatch: all of them or, on
        failure, none. Those of one pair add up."""
        self._tell(LIBRARY.influence_graph_add, edges, len(edges))

    def add(self, edges: Any) -> None:
        """Adds edges: dicts with the fields of Edge, or anything with the
        Arrow columns from, to and, if there is one, weight. A table of several
        batches is added batch by batch."""
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
        self._tell(LIBRARY.influence_graph_seed, seeds, len(seeds))

    def seed(self, seeds: Any = (), **options: Any) -> None:
        """Says whose influence it is that flows: ids, or dicts with the fields
        of Seed; the options are those of SeedList. Seeds may change between
        runs."""
        if isinstance(seeds, (str, bytes)):
            raise TypeError("seed() takes a list of ids")
        self.seed_bytes(_wire.encode("SeedList", {"seeds": [
            {"id": text(seed)} if isinstance(seed, (str, bytes)) else seed
            for seed in seeds], **options}))

    def run(self, progress: Optional[Callable[[int, int], Any]] = None,
            **options: Any) -> Standing:
        """Lets influence flow; the options are those of RunOptions. After the
        first run the graph cannot grow; it can be run again.

        `progress` is told, before each step and at the end, how many of all
        steps are done. What it raises ends the run, and is raised here; so
        does Ctrl-C. It must not use the graph."""
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
    """What everybody has of the influence that flowed. Immutable: any number
    of threads may use one at once."""

    _free = LIBRARY.influence_standing_free
    _what = "standing"
    _is_shared = True

    def __init__(self) -> None:
        raise TypeError("a standing is made by Graph.run()")

    def __enter__(self) -> Standing:
        return self

    def report_bytes(self) -> bytes:
        """A serialized StandingReport."""
        return self._ask(LIBRARY.influence_standing_report)

    def report(self) -> dict[str, Any]:
        """What was run on what."""
        return _wire.decode(_wire.SPECS["StandingReport"],
                            self.report_bytes())

    def explain_bytes(self, request: bytes) -> bytes:
        """A serialized NodeRequest in, a serialized NodeReport out."""
        return self._ask(LIBRARY.influence_standing_explain, request,
                         len(request))

    def explain(self, id: Union[bytes, str], top: int = 0) -> dict[str, Any]:
        """One node, opened: the parts sum to its rank exactly."""
        return _wire.decode(_wire.SPECS["NodeReport"], self.explain_bytes(
            _wire.encode("NodeRequest", {"id": text(id), "top": top})))

    def ranks(self, batch_rows: int = 0) -> _arrow.Table:
        """All nodes, ascending by id: id, rank and standing_micros. The table
        may outlive the standing."""
        data = _wire.encode("FinishOptions", {"batch_rows": batch_rows})
        out = ArrowArrayStream()
        self._tell(LIBRARY.influence_standing_columns, data, len(data),
                   ctypes.byref(out))
        return _arrow.Stream(out)

    def join(self, profiles: Any) -> _arrow.Table:
        """Profiles, anything that is an Arrow stream, with a column more:
        standing_micros, null for who is no node. The table may outlive the
        standing."""
        out = ArrowArrayStream()
        with _arrow.stream_of(profiles) as at:
            self._tell(LIBRARY.influence_standing_join, at, ctypes.byref(out))
        return _arrow.Stream(out)
