"""The effect of a change of algorithm on a population."""
from __future__ import annotations

from typing import Any

from . import _arrow, _wire
from ._engine import Engine
from ._handle import Handle, both, tell
from ._library import LIBRARY
from ._model import Profile


class Drift(Handle):
    """The effect of a change of algorithm on a population. The same people
    give the same bytes: in whatever order they are added, however they are
    split among drifts that are then merged, however often these are saved and
    loaded.

        drift = influence.Drift(v1, v2, top=10)
        drift.add(table)
        print(influence.render("text", drift=drift.report_bytes()))

    The options are the fields of DriftOptions. Threads take turns.
    """

    _free = LIBRARY.influence_drift_free
    _what = "drift"
    _instead = "save() it and load() that, or merge() it into another"

    def __init__(self, before: Engine, after: Engine, **options: Any):
        data = _wire.encode("DriftOptions", options)
        with both(before, after) as engines:
            self._adopt(lambda handle: tell(
                LIBRARY.influence_drift_new, *engines, data, len(data),
                handle))

    @classmethod
    def load(cls, before: Engine, after: Engine, saved: bytes) -> Drift:
        """Reads a drift that was saved, for the same two algorithms. Checks
        every byte."""
        drift, data = cls.__new__(cls), _wire.given(saved)
        with both(before, after) as engines:
            drift._adopt(lambda handle: tell(
                LIBRARY.influence_drift_load, *engines, data, len(data),
                handle))
        return drift

    def __enter__(self) -> Drift:
        return self

    def add_bytes(self, request: bytes) -> None:
        """Adds the profiles of a serialized ScoreRequest: all of them or, on
        failure, nobody."""
        data = _wire.given(request)
        self._tell(LIBRARY.influence_drift_add, data, len(data))

    def add(self, people: Any) -> None:
        """Adds people, as Engine.score() takes them: profiles and dicts, at
        most 65,536, or an object with Arrow columns, including those of the
        slices. A table of several batches is added batch by batch."""
        if not _arrow.is_table(people):
            self.add_bytes(_wire.encode("ScoreRequest", {
                "profiles": [Profile.of(person) for person in people]}))
            return
        for schema, array in _arrow.batches(people):
            self._tell(LIBRARY.influence_drift_add_columns, schema, array)

    def merge(self, other: Drift) -> None:
        """Adds the people of `other`, which does not change."""
        with both(self, other) as (to, source):
            tell(LIBRARY.influence_drift_merge, to, source)

    def save(self) -> bytes:
        """The drift as bytes. Their form may change with the library's
        version."""
        return self._ask(LIBRARY.influence_drift_save)

    def report_bytes(self) -> bytes:
        """A serialized DriftReport."""
        return self._ask(LIBRARY.influence_drift_report)

    def report(self) -> dict[str, Any]:
        """The report of the people so far; you may add more afterwards."""
        return _wire.decode(_wire.SPECS["DriftReport"], self.report_bytes())
