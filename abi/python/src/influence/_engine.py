"""One algorithm, ready to score."""
from __future__ import annotations

import ctypes
from typing import Any, Iterable, Mapping, Optional, Union, overload

from . import _arrow, _wire
from ._errors import InvalidArgument
from ._handle import Handle, ask, both, check, tell
from ._library import (LIBRARY, ArrowArray, ArrowArrayStream, ArrowSchema,
                       Bytes, take)
from ._model import Explanation, Profile, Result, micros, result_of

Person = Union[Profile, Mapping[str, Any]]

_FLOATS = {None: 0, "half_even": 1}
_BATCH_PROFILES = 4096
_BATCH_BYTES = 4 << 20  # whose responses stay within the library's limit


class Engine(Handle):
    """One algorithm, by its id: "v1". There is no default and no "latest".

    Immutable: any number of threads may use one at once, and the GIL is free
    while it scores. close() waits for the calls under way; an engine that is
    forgotten is freed with its object.
    """

    _free = LIBRARY.influence_engine_free
    _what = "engine"
    _is_shared = True

    def __init__(self, algorithm: str):
        name = algorithm.encode("utf-8")
        self._open(LIBRARY.influence_engine_new, name)

    @classmethod
    def custom(cls, algorithm: Union[bytes, Mapping[str, Any]]) -> Engine:
        """An engine for a table of one's own: a serialized Algorithm, or
        {"id": "acme/v1", "rows": [{"factor": "audience", "weight": 100,
        "full_marks": 1000, "half_life_days": 0,
        "counts": {"followers": 1}}]}."""
        engine = cls.__new__(cls)
        data = (bytes(algorithm) if isinstance(algorithm, (bytes, bytearray))
                else _encode_algorithm(algorithm))
        engine._open(LIBRARY.influence_engine_new_custom, data)
        return engine

    def _open(self, function: Any, data: bytes) -> None:
        self._adopt(lambda handle: tell(function, data, len(data), handle))
        self.algorithm: str = self.describe()["algorithm"]["id"]

    def __enter__(self) -> Engine:
        return self

    def describe(self) -> dict[str, Any]:
        """The algorithm's table, its fingerprint, and what each factor can do
        to a score at most. Enumerations are numbers, as in the messages."""
        out = Bytes()
        status = self._call(LIBRARY.influence_engine_describe,
                            ctypes.byref(out))
        check(status, Bytes())
        return _wire.decode(_wire.DESCRIPTION, take(status, out))

    def score_bytes(self, request: bytes) -> bytes:
        """A serialized ScoreRequest in, a serialized ScoreResponse out: the
        same bytes on every machine and in every language."""
        out, message = Bytes(), Bytes()
        status = self._call(LIBRARY.influence_score, request, len(request),
                            ctypes.byref(out), ctypes.byref(message))
        check(status, message)
        return take(status, out)

    def what_if_bytes(self, request: bytes) -> bytes:
        """A serialized WhatIfRequest in, a serialized WhatIfResponse out."""
        return self._ask(LIBRARY.influence_what_if, request, len(request))

    def what_if(self, person: Person, **request: Any) -> dict[str, Any]:
        """What the formula would give for other facts, or what facts it would
        need, by exact recomputation: the fields of a WhatIfRequest."""
        data = _wire.encode("WhatIfRequest", {
            "profile": Profile.of(person), **request})
        return _wire.decode(_wire.SPECS["WhatIfResponse"],
                            self.what_if_bytes(data))

    @overload
    def score(self, people: Iterable[Person], *, lines: bool = ...,
              fingerprint: str = ...,
              floats: Optional[str] = ...) -> list[Result]: ...

    @overload
    def score(self, people: Any, *, threads: int = ..., points: bool = ...,
              bands: bool = ..., reasons: bool = ..., fingerprint: str = ...,
              floats: Optional[str] = ...) -> _arrow.Table: ...

    def score(self, people: Any, *, threads: int = 1, points: bool = False,
              bands: bool = False, reasons: bool = False, lines: bool = True,
              fingerprint: str = "", floats: Optional[str] = None) -> Any:
        """Scores people.

        Profiles or dicts give a list of results in the same order; one that
        is refused has an error and spoils no other. Anything with Arrow
        columns (pyarrow, Polars, DuckDB, pandas) gives a table of scores, to
        be read once; threads, points, bands and reasons are for these. Lists
        have whole ledgers, which Python takes its time to read: with
        lines=False score, bounds, coverage and band alone.

        `fingerprint` pins the algorithm's very table. `floats="half_even"`
        takes floating-point counts, each rounded once to a millionth.
        """
        if floats not in _FLOATS:
            raise InvalidArgument(f"floats is {floats!r}, not 'half_even'")
        for name in ("__arrow_c_stream__", "__arrow_c_array__"):
            if hasattr(people, name):
                options = self._options(threads, points, bands, reasons,
                                        fingerprint, floats)
                return (self._score_stream if "stream" in name
                        else self._score_batch)(people, options)
        if isinstance(people, (str, bytes, Mapping, Profile)):
            raise TypeError("score() takes a list of profiles; for one there "
                            "is explain()")
        return self._score_profiles(people, lines, fingerprint,
                                    floats is not None)

    def explain(self, person: Person, *,
                floats: Optional[str] = None) -> Explanation:
        """One person's score with every line: for print() and notebooks."""
        if floats not in _FLOATS:
            raise InvalidArgument(f"floats is {floats!r}, not 'half_even'")
        head = _wire.block(1, self.algorithm) + _wire.number(
            6, _wire.RENDERING_TEXT)
        profile = Profile.of(person).encode(floats is not None)
        raw = _wire.decode(_wire.RESPONSE, self.score_bytes(
            head + _wire.block(3, profile)))
        return Explanation(result_of(raw["results"][0]))

    def _score_profiles(self, people: Iterable[Person], lines: bool,
                        fingerprint: str, floats: bool) -> list[Result]:
        head = _wire.block(1, self.algorithm)
        if not lines:
            head += _wire.number(4, _wire.DETAIL_SCORE)
        if fingerprint:
            head += _wire.block(5, fingerprint)
        results: list[Result] = []
        batch: list[bytes] = []

        def flush() -> None:
            raw = _wire.decode(_wire.RESPONSE,
                               self.score_bytes(head + b"".join(batch)))
            results.extend(map(result_of, raw["results"]))
            batch.clear()

        size = 0
        for person in people:
            profile = _wire.block(3, Profile.of(person).encode(floats))
            size += len(profile)
            if len(batch) == _BATCH_PROFILES or (batch and
                                                 size > _BATCH_BYTES):
                flush()
                size = len(profile)
            batch.append(profile)
        if batch or not results:  # a wrong pin is noticed without people, too
            flush()
        return results

    def _options(self, threads: int, points: bool, bands: bool, reasons: bool,
                 fingerprint: str, floats: Optional[str]) -> bytes:
        if not 0 <= threads < 1 << 32:
            raise InvalidArgument(f"threads is {threads}")
        out = _wire.block(1, self.algorithm) + _wire.number(3, threads)
        if fingerprint:
            out += _wire.block(2, fingerprint)
        for field, value in ((4, _FLOATS[floats]), (5, bands), (6, points),
                             (7, reasons)):
            out += _wire.number(field, int(value))
        return out

    def _score_stream(self, people: Any, options: bytes) -> _arrow.Table:
        out, message = ArrowArrayStream(), Bytes()
        with _arrow.stream_of(people) as at:
            check(self._call(
                LIBRARY.influence_score_stream, options, len(options), at,
                ctypes.byref(out), ctypes.byref(message)), message)
        return _arrow.Stream(out)

    def _score_batch(self, people: Any, options: bytes) -> _arrow.Table:
        schema_capsule, array_capsule = people.__arrow_c_array__()
        schema, array, message = ArrowSchema(), ArrowArray(), Bytes()
        check(self._call(
            LIBRARY.influence_score_columns, options, len(options),
            _arrow.address_in(schema_capsule, b"arrow_schema"),
            _arrow.address_in(array_capsule, b"arrow_array"),
            ctypes.byref(schema), ctypes.byref(array),
            ctypes.byref(message)), message)
        return _arrow.Batch(schema, array)


def _encode_algorithm(table: Mapping[str, Any]) -> bytes:
    out = _wire.block(1, table["id"])
    for row in table["rows"]:
        data = _wire.number(1, _wire.FACTORS.index(row["factor"]))
        data += _wire.number(2, micros("weight", row["weight"], False))
        data += _wire.number(3, micros("full_marks", row["full_marks"], False))
        data += _wire.number(4, row.get("half_life_days", 0))
        for signal, value in row["counts"].items():
            data += _wire.block(5, _wire.number(
                1, _wire.SIGNALS.index(signal) + 1) + _wire.number(
                    2, micros(signal, value, False)))
        out += _wire.block(2, data)
    return out


def algorithms() -> list[dict[str, Any]]:
    """All released algorithms, oldest first, as describe() gives them."""
    out = Bytes()
    status = LIBRARY.influence_algorithm_list(ctypes.byref(out))
    check(status, Bytes())
    listed: list[dict[str, Any]] = _wire.decode(
        _wire.LIST, take(status, out))["algorithms"]
    return listed


def compare_bytes(before: Engine, after: Engine, request: bytes) -> bytes:
    """A serialized CompareRequest in, a serialized CompareResponse out."""
    with both(before, after) as handles:
        return ask(LIBRARY.influence_compare, *handles, request, len(request))


def compare(before: Engine, after: Engine, person: Person, later: Person, *,
            as_of_days: tuple[Optional[int], Optional[int]] = (None, None),
            **request: Any) -> dict[str, Any]:
    """Why a score changed: what the facts did and what the formula did, which
    is exactly the change. The engines may be one, and so may the facts."""
    sides = [{"profile": Profile.of(facts), "identity": {"as_of_days": days}}
             for facts, days in zip((person, later), as_of_days)]
    data = _wire.encode("CompareRequest", {
        "before": sides[0], "after": sides[1], **request})
    return _wire.decode(_wire.SPECS["CompareResponse"],
                        compare_bytes(before, after, data))


def render_bytes(request: bytes) -> bytes:
    """A serialized RenderRequest in, a page out."""
    return ask(LIBRARY.influence_render, request, len(request))


def render(format: str, language: str = "en", **request: Any) -> str:
    """A stored result, comparison, what-if or drift, an algorithm or its model
    card on a page, in words: "text", "markdown", "html", "json" or
    "svg_badge", and the fields of a RenderRequest. A message may be a dict or
    bytes: render("html", "de", result=engine.score_bytes(request))."""
    return render_bytes(_wire.encode("RenderRequest", {
        "format": f"RENDER_FORMAT_{format.upper()}", "language": language,
        **request})).decode("utf-8")


def library_version() -> str:
    """That of the library, "0.1.0"; it never moves a released score."""
    version: bytes = LIBRARY.influence_library_version()
    return version.decode()
