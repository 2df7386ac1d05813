"""One algorithm, ready to score."""
from __future__ import annotations

import ctypes
from typing import Any, Iterable, Mapping, Optional, Union, overload

from . import _arrow, _wire
from ._errors import (InvalidArgument, OutOfRange, UnknownAlgorithm,
                      error_of)
from ._handle import Handle, ask, both, tell
from ._library import LIBRARY, ArrowArray, ArrowArrayStream, ArrowSchema
from ._model import (Explanation, Number, Profile, Result, Score, count,
                     micros, points, result_of)

Person = Union[Profile, Mapping[str, Any]]

_FLOATS = {None: 0, "half_even": 1}
_PROFILES = _wire.tag("ScoreRequest", "profiles")
_BATCH_PROFILES = 4096
_BATCH_BYTES = 4 << 20  # whose responses stay within the library's limit


class Engine(Handle):
    """One algorithm, by its id: "v1". There is no default and no "latest".

    Immutable: any number of threads may use one at once, and the GIL is free
    while it scores. close() waits for the calls under way. A copy, or a
    pickled engine, is a second engine for the same algorithm.
    """

    _free = LIBRARY.influence_engine_free
    _what = "engine"
    _is_shared = True

    def __init__(self, algorithm: str):
        if not isinstance(algorithm, str):
            raise TypeError(f"an algorithm's id is text, not {algorithm!r}")
        name = _wire.text("algorithm", algorithm)
        if b"\0" in name:  # C would read no further
            raise UnknownAlgorithm(f"no algorithm has the id {algorithm!r}")
        self._adopt(lambda handle: tell(
            LIBRARY.influence_engine_open, name, handle))
        self.algorithm = algorithm

    @classmethod
    def custom(cls, algorithm: Union[bytes, Mapping[str, Any]]) -> Engine:
        """An engine for your own table: a serialized Algorithm, a dict with
        its fields, or, in whole units,
        {"id": "acme/v1", "rows": [{"factor": "audience", "weight": 100,
        "full_marks": 1000, "half_life_units": 0,
        "counts": {"followers": 1}}]}."""
        engine = cls.__new__(cls)
        data = _encode_algorithm(algorithm)
        engine._adopt(lambda handle: tell(
            LIBRARY.influence_engine_open_custom, data, len(data), handle))
        engine.algorithm = engine.describe()["algorithm"]["id"]
        return engine

    def __enter__(self) -> Engine:
        return self

    def __reduce_ex__(self, protocol: Any) -> Any:
        described = self.describe()
        if described.get("released"):
            return type(self), (self.algorithm,)
        return type(self).custom, (
            _wire.encode("Algorithm", described["algorithm"]),)

    def describe(self) -> dict[str, Any]:
        """The algorithm's table, its fingerprint, and how much each factor can
        change a score at most. Enumerations are numbers, as in the messages.
        """
        return _wire.decode(_wire.DESCRIPTION,
                            self._ask(LIBRARY.influence_engine_describe))

    def score_counts(self, counts: Optional[Iterable[Any]] = None,
                     **named: Optional[Number]) -> Score:
        """Scores one person with one account by whole counts: a list in the
        order of the signals, or the signals by name. None, and all that is not
        there, is unknown, which is not zero.

            engine.score_counts(mentions=120, followers=2400).score
        """
        if counts is not None and named:
            raise TypeError("score_counts() takes a list or names, not both")
        if isinstance(counts, (str, bytes, Mapping)):
            raise TypeError(f"score_counts() takes a list, not {counts!r}")
        for name in named:
            if name not in _wire.SIGNALS:
                raise TypeError(f"{name!r} is no signal; there are "
                                + ", ".join(_wire.SIGNALS))
        listed = [named.get(name) for name in _wire.SIGNALS] if (
            counts is None) else list(counts)
        values = (ctypes.c_int64 * len(listed))(*(
            count(i, _wire.SIGNALS[i] if i < len(_wire.SIGNALS) else
                  "a count", value) for i, value in enumerate(listed)))
        out = (ctypes.c_int64 * 4)()
        at = ctypes.addressof(out)
        self._tell(LIBRARY.influence_score_counts, values, len(listed),
                   at, at + 8, at + 16, at + 24)
        return Score(*map(points, out))

    def score_bytes(self, request: bytes) -> bytes:
        """Takes a serialized ScoreRequest, returns a serialized ScoreResponse:
        the same bytes on every machine and in every language."""
        data = _wire.given(request)
        return self._ask(LIBRARY.influence_score, data, len(data))

    def what_if_bytes(self, request: bytes) -> bytes:
        """Takes a serialized WhatIfRequest, returns a WhatIfResponse."""
        data = _wire.given(request)
        return self._ask(LIBRARY.influence_what_if, data, len(data))

    def what_if(self, person: Person, **request: Any) -> dict[str, Any]:
        """The score for other counts, or the counts that a goal needs, by exact
        recomputation: the other fields are those of a WhatIfRequest."""
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
              floats: Optional[str] = ..., units: str = ...,
              **options: Any) -> _arrow.Table: ...

    def score(self, people: Any, *, lines: bool = True, fingerprint: str = "",
              floats: Optional[str] = None, units: str = "points",
              **options: Any) -> Any:
        """Scores people.

        A list of profiles or dicts returns a list of results in the same
        order; a person who cannot be scored has an error there and spoils no
        other. The results have whole ledgers, which take Python a while to
        read; with lines=False they have score, bounds, coverage and band only.

        An object with Arrow columns (pyarrow, Polars, DuckDB, pandas) returns
        a table of scores, to be read once. Its columns are exact decimals in
        points; units="micropoints" asks for int64 columns, named
        score_micropoints and so on. The other options are the fields of
        ColumnsOptions: threads, points, bands, reasons.

        `fingerprint` pins the algorithm's very table. `floats="half_even"`
        accepts floating-point counts, each rounded once to a millionth.
        """
        if floats not in _FLOATS:
            raise InvalidArgument(f"floats is {floats!r}, not 'half_even'")
        if _arrow.is_table(people):
            data = self._options(fingerprint, floats, units, options)
            return (self._score_stream
                    if hasattr(people, "__arrow_c_stream__")
                    else self._score_batch)(people, data)
        if isinstance(people, (str, bytes, Mapping, Profile)):
            raise TypeError("score() takes a list of profiles; for one there "
                            "is explain()")
        if options or units != "points":
            raise TypeError(f"{next(iter(options), 'units')} is an option for "
                            "tables; a list has whole ledgers")
        return self._score_profiles(people, lines, fingerprint,
                                    floats is not None)

    def explain(self, person: Person, *,
                floats: Optional[str] = None) -> Explanation:
        """One person's score with every line: for print() and notebooks."""
        if floats not in _FLOATS:
            raise InvalidArgument(f"floats is {floats!r}, not 'half_even'")
        request = _wire.encode("ScoreRequest", {
            "algorithm": self.algorithm, "rendering": "text",
            "profiles": [Profile.of(person).encode(floats is not None)]})
        raw = _wire.decode(_wire.RESPONSE, self.score_bytes(request))
        return Explanation(result_of(raw["results"][0]))

    def _score_profiles(self, people: Iterable[Person], lines: bool,
                        fingerprint: str, floats: bool) -> list[Result]:
        head = _wire.encode("ScoreRequest", {
            "algorithm": self.algorithm, "fingerprint": fingerprint,
            "detail": "ledger" if lines else "score"})
        results: list[Result] = []
        batch: list[bytes] = []

        def flush() -> None:
            raw = _wire.decode(_wire.RESPONSE,
                               self.score_bytes(head + b"".join(batch)))
            before = len(results)
            results.extend(result_of(one, place, before + place)
                           for place, one in enumerate(raw["results"]))
            batch.clear()

        size = 0
        for person in people:
            profile = _wire.block(_PROFILES, Profile.of(person).encode(floats))
            size += len(profile)
            if len(batch) == _BATCH_PROFILES or (batch and
                                                 size > _BATCH_BYTES):
                flush()
                size = len(profile)
            batch.append(profile)
        if batch or not results:  # a wrong pin is noticed without people, too
            flush()
        return results

    def _options(self, fingerprint: str, floats: Optional[str], units: str,
                 options: Mapping[str, Any]) -> bytes:
        if units not in ("points", "micropoints"):
            raise InvalidArgument(
                f"units is {units!r}, not 'points' or 'micropoints'")
        fields: dict[str, Any] = {
            "algorithm": self.algorithm, "fingerprint": fingerprint,
            "float_rounding": _FLOATS[floats], **options}
        if units != "points":
            fields["score_unit"] = units
        return _wire.encode("ColumnsOptions", fields)

    def _score_stream(self, people: Any, options: bytes) -> _arrow.Table:
        out = ArrowArrayStream()
        with _arrow.stream_of(people) as at:
            self._tell(LIBRARY.influence_score_stream, options, len(options),
                       at, ctypes.byref(out))
        return _arrow.Stream(out)

    def _score_batch(self, people: Any, options: bytes) -> _arrow.Table:
        schema_capsule, array_capsule = people.__arrow_c_array__()
        schema, array = ArrowSchema(), ArrowArray()
        self._tell(
            LIBRARY.influence_score_columns, options, len(options),
            _arrow.address_in(schema_capsule, b"arrow_schema"),
            _arrow.address_in(array_capsule, b"arrow_array"),
            ctypes.byref(schema), ctypes.byref(array))
        return _arrow.Batch(schema, array)


# The fields of an algorithm's row that may be in whole units.
_UNITS = {"weight": "weight_micropoints", "full_marks": "full_marks_micros"}


def _encode_algorithm(table: Union[bytes, Mapping[str, Any]]) -> bytes:
    if not isinstance(table, Mapping):
        return _wire.encode("Algorithm", table)
    rows = []
    for given in table.get("rows", ()):
        row = dict(given)
        for short, field in _UNITS.items():
            if short in row:
                row[field] = micros(short, row.pop(short), False)
        if isinstance(row.get("counts"), Mapping):
            row["counts"] = [
                {"signal": signal, "value_micros": micros(signal, value,
                                                          False)}
                for signal, value in row["counts"].items()]
        rows.append(row)
    return _wire.encode("Algorithm", {**table, "rows": rows})


def algorithms() -> list[dict[str, Any]]:
    """All released algorithms, oldest first, as describe() returns them."""
    listed: list[dict[str, Any]] = _wire.decode(
        _wire.LIST, ask(LIBRARY.influence_algorithm_list))["algorithms"]
    return listed


def compare_bytes(before: Engine, after: Engine, request: bytes) -> bytes:
    """Takes a serialized CompareRequest, returns a CompareResponse."""
    data = _wire.given(request)
    with both(before, after) as handles:
        return ask(LIBRARY.influence_compare, *handles, data, len(data))


def compare(before: Engine, after: Engine, person: Person, later: Person, *,
            as_of_days: tuple[Optional[int], Optional[int]] = (None, None),
            **request: Any) -> dict[str, Any]:
    """Why a score changed: the part of the counts and the part of the formula,
    which sum to the change exactly. Both engines may be the same one, and so
    may both persons."""
    sides = [{"profile": Profile.of(facts), "identity": {"as_of_days": days}}
             for facts, days in zip((person, later), as_of_days)]
    data = _wire.encode("CompareRequest", {
        "before": sides[0], "after": sides[1], **request})
    return _wire.decode(_wire.SPECS["CompareResponse"],
                        compare_bytes(before, after, data))


def render_bytes(request: bytes) -> bytes:
    """Takes a serialized RenderRequest, returns a page."""
    data = _wire.given(request)
    return ask(LIBRARY.influence_render, data, len(data))


def render(format: str, language: str = "en", **request: Any) -> str:
    """A stored result, comparison, what-if or drift, an algorithm or its model
    card on a page, in words: "text", "markdown", "html", "json" or
    "svg_badge", and the fields of a RenderRequest. A message may be a dict or
    bytes: render("html", "de", result=engine.score_bytes(request))."""
    return render_bytes(_wire.encode("RenderRequest", {
        "format": f"RENDER_FORMAT_{format.upper()}", "language": language,
        **request})).decode("utf-8")


def format_points(micropoints: int, decimals: int = 6) -> str:
    """Micropoints, or any count of millionths, in decimal: 36901409 with one
    decimal is "36.9". Rounds ties to even and reads no locale."""
    text = ctypes.create_string_buffer(24)
    field = {"micropoints": (micropoints, -2**63, 2**63 - 1),
             "decimals": (decimals, 0, 6)}
    for name, (value, least, most) in field.items():
        found = _wire.whole(value)
        if found is None:
            raise TypeError(f"{name} is {value!r}, which is no whole number")
        if not least <= found <= most:
            raise OutOfRange(f"{value!r} is not between {least} and {most}",
                             field=name)
    status = LIBRARY.influence_format_points(
        int(micropoints), int(decimals), text, len(text))
    if status != 0:
        raise error_of(status)
    return text.value.decode("ascii")


_LIMITS = ("request_bytes", "response_bytes", "algorithm_bytes", "profiles",
           "accounts", "id_bytes", "network_bytes", "topic_bytes",
           "event_count", "threads")


def limits() -> dict[str, int]:
    """The limits of the library that was loaded, by name. Input beyond one
    raises TooLarge."""
    return {name: int(LIBRARY.influence_limit(number))
            for number, name in enumerate(_LIMITS, 1)}


def kernel_name() -> str:
    """The code that scores columns on this processor: "avx2", "neon", ...
    They differ in speed alone."""
    name: bytes = LIBRARY.influence_kernel_name()
    return name.decode()


def library_version() -> str:
    """The version of the library, "0.1.0"; it never changes a score of a
    released algorithm."""
    version: bytes = LIBRARY.influence_library_version()
    return version.decode()
