"""What a change of algorithm does to a population."""
from __future__ import annotations

from typing import Any

from . import _arrow, _wire
from ._engine import Engine
from ._handle import Handle, both, tell
from ._library import LIBRARY
from ._model import Profile


class Drift(Handle):
    """What a change of algorithm does to a population. In whatever order
    people are added, however they are split among drifts that are then merged,
    however often these are saved and loaded: the same people give the same
    bytes.

        drift = influence.Drift(v1, v2, top=10)
        drift.add(table)
        print(influence.render("text", drift=drift.report_bytes()))

    The options are the fields of DriftOptions. Threads take turns.
    """

    _free = LIBRARY.influence_drift_free
    _what = "drift"

    def __init__(self, before: Engine, after: Engine, **options: Any):
        data = _wire.encode("DriftOptions", options)
        with both(before, after) as engines:
            self._adopt(lambda handle: tell(
                LIBRARY.influence_drift_new, *engines, data, len(data),
                handle))

    @classmethod
    def load(cls, before: Engine, after: Engine, saved: bytes) -> Drift:
        """Reads a drift that was saved, for the same two algorithms. It trusts
        no byte."""
        drift = cls.__new__(cls)
        with both(before, after) as engines:
            drift._adopt(lambda handle: tell(
                LIBRARY.influence_drift_load, *engines, saved, len(saved),
                handle))
        return drift

    def __enter__(self) -> Drift:
        return self

    def add_bytes(self, request: bytes) -> None:
        """Adds the profiles of a serialized ScoreRequest: all of them or, on
        failure, nobody."""
        self._tell(LIBRARY.influence_drift_add, request, len(request))

    def add(self, people: Any) -> None:
        """Adds people, as Engine.score() takes them: profiles and dicts, at
        most 65,536, or anything with Arrow columns, also those that the
        population is sliced by. A table of several batches is added batch by
        batch."""
        if not _arrow.is_table(people):
            self.add_bytes(b"".join(
                _wire.block(3, Profile.of(person).as_message())
                for person in people))
            return
        for schema, array in _arrow.batches(people):
            self._tell(LIBRARY.influence_drift_add_columns, schema, array)

    def merge(self, other: Drift) -> None:
        """Adds all that `other` has, which does not change."""
        with both(self, other) as (to, source):
            tell(LIBRARY.influence_drift_merge, to, source)

    def save(self) -> bytes:
        """The drift as bytes. Their form may change with the library's
        version."""
        return self._ask(LIBRARY.influence_drift_save)

    def report_bytes(self) -> bytes:
        """A serialized DriftReport."""
        return self._ask(LIBRARY.influence_drift_finish)

    def report(self) -> dict[str, Any]:
        """What was found so far; more people may be added afterwards."""
        return _wire.decode(_wire.SPECS["DriftReport"], self.report_bytes())
