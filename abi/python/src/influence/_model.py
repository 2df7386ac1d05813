"""What goes in and what comes out, as dataclasses."""
from __future__ import annotations

import dataclasses
import decimal
import html
from typing import Any, Mapping, Optional, Sequence, Union

from . import _wire
from ._errors import Error, OutOfRange, error_of

# A count: exact, as int, Decimal or text. A float is taken only if asked for.
Number = Union[int, decimal.Decimal, str]

_EXACT = decimal.Context(prec=60, rounding=decimal.ROUND_HALF_EVEN)
_MILLION = decimal.Decimal(10**6)
_INT64 = 2**63


def points(micropoints: int) -> decimal.Decimal:
    """Millionths as an exact decimal: 36901409 is 36.901409."""
    return decimal.Decimal(micropoints).scaleb(-6, _EXACT)


def micros(name: str, value: Any, floats: bool) -> int:
    """A count in millionths: exact to six decimals, rounded half-even beyond.
    Raises TypeError for what is no number, and for a float unless `floats`."""
    if isinstance(value, bool) or not isinstance(
            value, (int, float, decimal.Decimal, str)):
        raise TypeError(f"{name} is {value!r}, which is no number")
    if isinstance(value, float) and not floats:
        raise TypeError(
            f"{name} is a float, {value!r}, in which 0.1 is not a tenth; give "
            "an int, a Decimal or text, or ask for floats='half_even'")
    try:
        number = decimal.Decimal(value)
    except decimal.InvalidOperation:
        raise OutOfRange(f"{value!r} is no number", field=name) from None
    if not number.is_finite() or abs(number) >= _INT64:
        raise OutOfRange(f"{value!r} is out of range", field=name)
    made = int(_EXACT.multiply(number, _MILLION).to_integral_value(
        context=_EXACT))
    if not -_INT64 <= made < _INT64:
        raise OutOfRange(f"{value!r} is out of range", field=name)
    return made


@dataclasses.dataclass(frozen=True)
class Account:
    """What one account on one network has received. None is unknown, which is
    not zero: it earns nothing, and the result says what it could have given.
    """

    network: str = ""
    mentions: Optional[Number] = None
    replies: Optional[Number] = None
    saves: Optional[Number] = None
    likes: Optional[Number] = None
    reshares: Optional[Number] = None
    quotes: Optional[Number] = None
    listings: Optional[Number] = None
    followers: Optional[Number] = None
    standing: Optional[Number] = None
    endorsements: Optional[Number] = None

    def _encode(self, floats: bool) -> bytes:
        out = _wire.block(1, self.network) if self.network else b""
        for field, name in enumerate(_wire.SIGNALS, 2):
            value = getattr(self, name)
            if value is not None:
                out += _wire.number(field, micros(name, value, floats))
        return out


@dataclasses.dataclass(frozen=True)
class Profile:
    """One person, by their accounts."""

    id: str
    accounts: Sequence[Account] = ()

    def encode(self, floats: bool) -> bytes:
        """The serialized message."""
        out = _wire.block(1, self.id) if self.id else b""
        for account in self.accounts:
            out += _wire.block(2, account._encode(floats))
        return out

    def as_message(self) -> bytes:
        """For messages that hold one."""
        return self.encode(False)

    @staticmethod
    def of(value: Union[Profile, Mapping[str, Any]]) -> Profile:
        """A profile from a dict: {"id": "ada", "followers": 2400} for one
        account, or {"id": "ada", "accounts": [{...}, ...]}."""
        if isinstance(value, Profile):
            return value
        if not isinstance(value, Mapping):
            raise TypeError(f"a profile is a Profile or a dict, not {value!r}")
        rest = dict(value)
        name = rest.pop("id", "")
        if "accounts" in rest:
            accounts = rest.pop("accounts")
            _refuse(rest, ())
        else:
            accounts = [rest] if rest else []
        return Profile(str(name), tuple(
            one if isinstance(one, Account) else _account(one)
            for one in accounts))


def _account(value: Mapping[str, Any]) -> Account:
    known = [field.name for field in dataclasses.fields(Account)]
    _refuse(value, known)
    return Account(**value)


def _refuse(value: Mapping[str, Any], known: Sequence[str]) -> None:
    for name in value:
        if name not in known:
            raise TypeError(f"{name!r} is no signal; there are "
                            + ", ".join(_wire.SIGNALS))


@dataclasses.dataclass(frozen=True)
class Part:
    """What one account gave to a line."""

    network: str
    quantity_micros: int
    points_micropoints: int


@dataclasses.dataclass(frozen=True)
class Line:
    """One factor of a score."""

    factor: str
    quantity_micros: int
    full_marks_micros: int
    share_micros: int
    weight_micropoints: int
    points_micropoints: int
    is_capped: bool
    covered_micropoints: int
    missing_micropoints: int
    parts: Sequence[Part]

    @property
    def points(self) -> decimal.Decimal:
        """What it earned, exact."""
        return points(self.points_micropoints)


@dataclasses.dataclass(frozen=True)
class Reason:
    """One thing that lifted the score or held it back."""

    code: str
    factor: str
    points_micropoints: int
    quantity_micros: int
    full_marks_micros: int


@dataclasses.dataclass(frozen=True)
class Ledger:
    """A score and where it comes from: the lines' points sum to it exactly."""

    score_micropoints: int
    low_micropoints: int
    high_micropoints: int
    coverage_micropoints: int
    band: str
    lines: Sequence[Line]
    lifted: Sequence[Reason]
    held_back: Sequence[Reason]
    accounts: Sequence[Account]


@dataclasses.dataclass(frozen=True)
class Result:
    """One person's ledger, or the error that is why there is none."""

    id: str
    ledger: Optional[Ledger]
    error: Optional[Error]
    text: str

    def _known(self) -> Ledger:
        if self.ledger is None:
            raise self.error or Error("the result is empty", 10)
        return self.ledger

    @property
    def score(self) -> decimal.Decimal:
        """0 to 100 points, exact. Raises the error, if that is the result;
        so do the others."""
        return points(self._known().score_micropoints)

    @property
    def low(self) -> decimal.Decimal:
        """The least that the missing facts could make of it."""
        return points(self._known().low_micropoints)

    @property
    def high(self) -> decimal.Decimal:
        """The most."""
        return points(self._known().high_micropoints)

    @property
    def coverage(self) -> decimal.Decimal:
        """How many of 100 points of weight rest on stated facts."""
        return points(self._known().coverage_micropoints)

    @property
    def band(self) -> str:
        """In words, by whole points: minimal to very high."""
        return self._known().band


class Explanation:
    """A result in words: for print() and, in notebooks, as a table."""

    def __init__(self, result: Result):
        self.result = result

    def __str__(self) -> str:
        if self.result.error is not None:
            return f"{self.result.id}: {self.result.error}"
        return self.result.text

    def __repr__(self) -> str:
        return f"<Explanation of {self.result.id!r}>"

    def _repr_html_(self) -> str:
        result = self.result
        name = html.escape(result.id)
        if result.ledger is None:
            return f"<p><b>{name}</b>: {html.escape(str(result.error))}</p>"
        rows = "".join(
            f"<tr><td>{html.escape(line.factor)}</td>"
            f"<td style='text-align:right'>{points(line.quantity_micros)}</td>"
            f"<td style='text-align:right'>"
            f"{points(line.weight_micropoints)}</td>"
            f"<td style='text-align:right'>"
            f"{points(line.points_micropoints)}</td></tr>"
            for line in result.ledger.lines)
        return (f"<table><caption><b>{name}</b>: {result.score} of 100 points "
                f"({html.escape(result.band)}), between {result.low} and "
                f"{result.high}</caption><tr><th>factor</th><th>quantity</th>"
                f"<th>weight</th><th>points</th></tr>{rows}<tr><td>score</td>"
                f"<td></td><td></td><td style='text-align:right'>"
                f"<b>{result.score}</b></td></tr></table>")


def _word(words: Sequence[str], number: int) -> str:
    """The name of a number; a newer library may have more of them."""
    return words[number] if 0 < number < len(words) else str(number)


def _reason(raw: dict[str, Any]) -> Reason:
    return Reason(_word(_wire.REASONS, raw.get("code", 0)),
                  _word(_wire.FACTORS, raw.get("factor", 0)),
                  raw.get("points_micropoints", 0),
                  raw.get("quantity_micros", 0),
                  raw.get("full_marks_micros", 0))


def _line(raw: dict[str, Any]) -> Line:
    return Line(
        _word(_wire.FACTORS, raw.get("factor", 0)),
        raw.get("quantity_micros", 0), raw.get("full_marks_micros", 0),
        raw.get("share_micros", 0), raw.get("weight_micropoints", 0),
        raw.get("points_micropoints", 0), raw.get("cap", 0) != 0,
        raw.get("covered_micropoints", 0), raw.get("missing_micropoints", 0),
        tuple(Part(part.get("network", ""), part.get("quantity_micros", 0),
                   part.get("points_micropoints", 0))
              for part in raw["parts"]))


def _ledger(raw: dict[str, Any]) -> Ledger:
    return Ledger(
        raw.get("score_micropoints", 0), raw.get("low_micropoints", 0),
        raw.get("high_micropoints", 0), raw.get("coverage_micropoints", 0),
        _word(_wire.BANDS, raw.get("band", 0)),
        tuple(map(_line, raw["lines"])), tuple(map(_reason, raw["lifted"])),
        tuple(map(_reason, raw["held_back"])),
        tuple(Account(one.get("network", ""), *(
            None if one.get(name) is None else points(one[name])
            for name in _wire.MICROS)) for one in raw["accounts"]))


def result_of(raw: dict[str, Any]) -> Result:
    """A decoded Result message."""
    error = raw.get("error")
    # Whose place in a request is of no concern here.
    field = (error or {}).get("field", "").partition("].")[2]
    return Result(
        raw.get("id", ""), _ledger(raw["ledger"]) if "ledger" in raw else None,
        error_of(error.get("code", 0), error.get("message", ""),
                 field) if error is not None else None,
        raw.get("text", ""))
