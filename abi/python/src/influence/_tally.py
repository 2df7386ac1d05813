"""From events to profiles."""
from __future__ import annotations

import ctypes
from typing import Any, Protocol, Union

from . import _arrow, _wire
from ._engine import Engine
from ._handle import Callback, Handle, both, tell
from ._library import (LIBRARY, READ, WRITE, ArrowArray, ArrowArrayStream,
                       ArrowSchema)


class Writer(Protocol):
    """A file, open to be written."""

    def write(self, data: bytes, /) -> Any: ...


class Reader(Protocol):
    """A file, open to be read."""

    def read(self, size: int, /) -> bytes: ...


def text(value: Union[bytes, str]) -> bytes:
    return value.encode("utf-8") if isinstance(value, str) else value


class Tally(Handle):
    """Makes profiles of events: who reacted to whom, when, how. In whatever
    order events are added, however they are split among tallies that are then
    merged, however often these are saved and loaded: the same events give the
    same bytes.

        tally = influence.Tally(engine, as_of_seconds=1_700_000_000)
        tally.add([{"actor": "bob", "subject": "ada",
                    "kind": "SIGNAL_MENTIONS",
                    "time_seconds": 1_699_000_000}])
        scores = engine.score(tally.finish())

    The options are the fields of TallyOptions. Threads take turns; the table
    that finish() gives belongs to one thread at a time together with the
    tally.
    """

    _free = LIBRARY.influence_tally_free
    _what = "tally"

    def __init__(self, engine: Engine, **options: Any):
        data = _wire.encode("TallyOptions", options)
        with engine._used() as made_by:
            self._adopt(lambda handle: tell(
                LIBRARY.influence_tally_new, made_by, data, len(data), handle))

    @classmethod
    def load(cls, engine: Engine, file: Reader) -> Tally:
        """Reads a tally that was saved, for the same algorithm, and no
        further. It trusts no byte."""
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

    def add_bytes(self, events: bytes) -> None:
        """Adds the events of a serialized EventBatch: all of them or, on
        failure, none."""
        self._tell(LIBRARY.influence_tally_add, events, len(events))

    def add(self, events: Any) -> None:
        """Adds events: dicts with the fields of Event, or anything with Arrow
        columns, whose names and types are in influence.h. A table of several
        batches is added batch by batch."""
        if not _arrow.is_table(events):
            self.add_bytes(_wire.encode("EventBatch",
                                        {"events": list(events)}))
            return
        for schema, array in _arrow.batches(events):
            self._tell(LIBRARY.influence_tally_add_columns, schema, array)

    def merge(self, other: Tally) -> None:
        """Adds all that `other` has, which does not change."""
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
        """What was counted, and what was ignored and why."""
        return _wire.decode(_wire.SPECS["TallyReport"], self.report_bytes())

    def subject_bytes(self, request: bytes) -> bytes:
        """A serialized SubjectRequest in, a serialized SubjectReport out."""
        return self._ask(LIBRARY.influence_tally_subject, request,
                         len(request))

    def subject(self, id: Union[bytes, str], **request: Any) -> dict[str, Any]:
        """One person, opened: profile, score, and where each factor's points
        came from; the other fields are those of SubjectRequest."""
        return _wire.decode(_wire.SPECS["SubjectReport"], self.subject_bytes(
            _wire.encode("SubjectRequest", {"id": text(id), **request})))

    def topics(self) -> _arrow.Table:
        """What everybody is listened to about: a row for each person and
        topic."""
        schema, array = ArrowSchema(), ArrowArray()
        self._tell(LIBRARY.influence_tally_topics, ctypes.byref(schema),
                   ctypes.byref(array))
        return _arrow.Batch(schema, array)

    def finish(self, batch_rows: int = 0) -> _arrow.Table:
        """The profiles of everybody who received a reaction that counts,
        ascending by id: for Engine.score() and Standing.join(). Until the
        table is read to its end, or closed, the tally cannot change."""
        data = _wire.encode("FinishOptions", {"batch_rows": batch_rows})
        out = ArrowArrayStream()
        self._tell(LIBRARY.influence_tally_finish, data, len(data),
                   ctypes.byref(out))
        return _arrow.Stream(out)
