"""From events to profiles."""
from __future__ import annotations

import ctypes
from typing import Any, Protocol

from . import _arrow, _wire
from ._engine import Engine
from ._handle import Callback, Handle, both, tell
from ._library import (LIBRARY, READ, WRITE, ArrowArray, ArrowArrayStream,
                       ArrowSchema)
from ._model import Id
from ._spill import Spill


class Writer(Protocol):
    """A file, open to be written."""

    def write(self, data: bytes, /) -> Any: ...


class Reader(Protocol):
    """A file, open to be read."""

    def read(self, size: int, /) -> bytes: ...


class Tally(Handle):
    """Aggregates events into profiles: who reacted to whom, when, how. The
    same events give the same bytes: in whatever order they are added, however
    they are split among tallies that are then merged, however often these are
    saved and loaded.

        tally = influence.Tally(engine, as_of_seconds=1_700_000_000)
        tally.add([{"actor": "bob", "subject": "ada", "kind": "mentions",
                    "time_seconds": 1_699_000_000}])
        scores = engine.score(tally.profiles())

    The options are the fields of TallyOptions. Threads take turns; the table
    that profiles() returns and its tally belong to one thread at a time.
    """

    _free = LIBRARY.influence_tally_free
    _what = "tally"
    _instead = "save() it and load() that, or merge() it into another"

    def __init__(self, engine: Engine, **options: Any):
        data = _wire.encode("TallyOptions", options)
        with engine._used() as made_by:
            self._adopt(lambda handle: tell(
                LIBRARY.influence_tally_new, made_by, data, len(data), handle))

    @classmethod
    def load(cls, engine: Engine, file: Reader) -> Tally:
        """Reads a tally that was saved, for the same algorithm, and nothing
        after it in the file. Checks every byte."""
        def read(data: int, size: int) -> None:
            got = b""
            while len(got) < size:
                more = file.read(size - len(got))
                if not more:
                    raise EOFError("the tally ends too early")
                got += more
            ctypes.memmove(data, got, size)
        tally = cls.__new__(cls)
        with Callback(READ, read) as reader, engine._used() as made_by:
            tally._adopt(lambda handle: tell(
                LIBRARY.influence_tally_load, made_by, reader.function, None,
                handle))
        return tally

    def __enter__(self) -> Tally:
        return self

    def spill(self, memory_bytes: int, folder: Any = None) -> None:
        """Lets a tally without events keep about `memory_bytes` (at least 64
        MiB) in memory, and the rest in a temporary file in `folder`, which
        defaults to the system's. The file goes with the tally and its tables.
        Such a tally cannot be saved, or be merged into another; its profiles
        are the same."""
        file = Spill(memory_bytes, folder)
        try:
            self._tell(LIBRARY.influence_tally_spill, *file.arguments)
        except BaseException:
            file.close()
            raise

    def add_bytes(self, events: bytes) -> None:
        """Adds the events of a serialized EventBatch: all of them or, on
        failure, none."""
        data = _wire.given(events)
        self._tell(LIBRARY.influence_tally_add, data, len(data))

    def add(self, events: Any) -> None:
        """Adds events: dicts with the fields of Event, or an object with Arrow
        columns, whose names and types are in influence.h. A table of several
        batches is added batch by batch."""
        if not _arrow.is_table(events):
            self.add_bytes(_wire.encode("EventBatch",
                                        {"events": list(events)}))
            return
        for schema, array in _arrow.batches(events):
            self._tell(LIBRARY.influence_tally_add_columns, schema, array)

    def merge(self, other: Tally) -> None:
        """Adds the events of `other`, which does not change."""
        with both(self, other) as (to, source):
            tell(LIBRARY.influence_tally_merge, to, source)

    def save(self, file: Writer) -> None:
        """Writes the tally, in pieces. The same events give the same bytes."""
        def write(data: int, size: int) -> None:
            file.write(ctypes.string_at(data, size))
        with Callback(WRITE, write) as writer:
            self._tell(LIBRARY.influence_tally_save, writer.function, None)

    def report_bytes(self) -> bytes:
        """A serialized TallyReport."""
        return self._ask(LIBRARY.influence_tally_report)

    def report(self) -> dict[str, Any]:
        """Counts the events: those that count, and those ignored by reason."""
        return _wire.decode(_wire.SPECS["TallyReport"], self.report_bytes())

    def subject_bytes(self, request: bytes) -> bytes:
        """Takes a serialized SubjectRequest, returns a SubjectReport."""
        data = _wire.given(request)
        return self._ask(LIBRARY.influence_tally_subject, data, len(data))

    def subject(self, id: Id, **request: Any) -> dict[str, Any]:
        """One person, opened: profile, score, and the sources of each factor's
        points. The other fields are those of SubjectRequest. Raises NotFound
        if nobody reacted to this person."""
        return _wire.decode(_wire.SPECS["SubjectReport"], self.subject_bytes(
            _wire.encode("SubjectRequest", {"id": id, **request})))

    def topics(self) -> _arrow.Table:
        """The topics of everybody: a row for each person and topic."""
        schema, array = ArrowSchema(), ArrowArray()
        self._tell(LIBRARY.influence_tally_topics, ctypes.byref(schema),
                   ctypes.byref(array))
        return _arrow.Batch(schema, array)

    def profiles(self, batch_rows: int = 0) -> _arrow.Table:
        """The profiles of everybody who received a reaction that counts,
        ascending by id: for Engine.score() and Standing.join(). Until the
        table is read to its end, or closed, the tally cannot change."""
        data = _wire.encode("StreamOptions", {"batch_rows": batch_rows})
        out = ArrowArrayStream()
        self._tell(LIBRARY.influence_tally_profiles, data, len(data),
                   ctypes.byref(out))
        return _arrow.Stream(out)
