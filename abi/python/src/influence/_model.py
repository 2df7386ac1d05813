"""Profiles and results, as dataclasses."""
from __future__ import annotations

import dataclasses
import decimal
import fractions
import html
import numbers
import re
from typing import Any, Mapping, Optional, Sequence, SupportsIndex, Union

from . import _wire
from ._errors import Error, OutOfRange, error_of

# A count: exact, as int, Decimal, Fraction, text, or an integer of NumPy. A
# float is taken only if the call says how to round.
Number = Union[int, decimal.Decimal, numbers.Rational, SupportsIndex, str]
Id = Union[str, bytes, SupportsIndex]

_EXACT = decimal.Context(prec=60, rounding=decimal.ROUND_HALF_EVEN)
_MILLION = decimal.Decimal(10**6)
_INT64 = 2**63
# The same text that the command takes, and a sign: no exponents, no spaces.
_DECIMAL = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)\Z")


def points(micropoints: int) -> decimal.Decimal:
    """Millionths as an exact decimal: 36901409 is 36.901409."""
    return decimal.Decimal(micropoints).scaleb(-6, _EXACT)


def micros(name: str, value: Any, floats: bool) -> int:
    """A count in millionths: exact to six decimals, rounded half-even beyond.
    Raises TypeError for a value that is no number, and for a float unless
    `floats`."""
    found = _wire.whole(value)
    made: Union[int, decimal.Decimal]
    if found is not None:
        made = found * 10**6
    elif isinstance(value, (str, decimal.Decimal)):
        made = _decimal_micros(name, value)
    elif isinstance(value, numbers.Rational) and not isinstance(value, bool):
        made = round(fractions.Fraction(value) * 10**6)  # ties to even
    elif isinstance(value, numbers.Real) and not isinstance(value, bool):
        if not floats:
            raise TypeError(
                f"{name} is a float, {value!r}, and floats do not hold "
                "decimals such as 0.1 exactly; give an int, a Decimal or "
                "text, or ask for floats='half_even'")
        made = _decimal_micros(name, decimal.Decimal(float(value)))
    else:
        raise TypeError(f"{name} is {value!r}, a {type(value).__name__}; it "
                        "has to be a number, or None if it is unknown")
    if not -_INT64 <= made < _INT64:
        raise OutOfRange(f"{value!r} is out of range", field=name)
    return made


def _decimal_micros(name: str, value: Union[str, decimal.Decimal]) -> int:
    if isinstance(value, str):
        if not _DECIMAL.match(value):
            raise OutOfRange(f"{value!r} is not a decimal number such as 12 "
                             "or 12.5", field=name)
        value = decimal.Decimal(value)
    if not value.is_finite() or value.copy_abs() >= _INT64:
        raise OutOfRange(f"{str(value)!r} is out of range", field=name)
    return int(_EXACT.multiply(value, _MILLION).to_integral_value(
        context=_EXACT))


def count(place: int, name: str, value: Any) -> int:
    """A count of whole units for score_counts(); None is unknown."""
    if value is None:
        return -_INT64
    made = _wire.whole(value)
    if made is None and isinstance(value, (decimal.Decimal, str)):
        made, rest = divmod(_decimal_micros(name, value), 10**6)
        made = made if rest == 0 else None
    if made is None:
        raise TypeError(f"{name} is {value!r}; score_counts() takes whole "
                        "numbers, score() takes others")
    if not -_INT64 < made < _INT64:
        raise OutOfRange(f"{name} {value!r} is out of range",
                         field=f"counts[{place}]")
    return made


@dataclasses.dataclass(frozen=True)
class Score:
    """A score in points, exact: the score, the lowest and the highest that
    the unknown counts could give, and how many of 100 points of weight rest on
    known counts."""

    score: decimal.Decimal
    low: decimal.Decimal
    high: decimal.Decimal
    coverage: decimal.Decimal


# The numbers of the fields that are written most.
_ID, _ACCOUNTS, _OPTED_OUT = (
    _wire.tag("Profile", name) for name in ("id", "accounts", "opted_out"))
_NETWORK = _wire.tag("Account", "network")
_SIGNALS = tuple((name, _wire.tag("Account", f"{name}_micros"))
                 for name in _wire.SIGNALS)


@dataclasses.dataclass(frozen=True)
class Account:
    """The counts that one account on one network has received. None is
    unknown, which is not zero: it earns nothing, and the result says how much
    it could have given."""

    network: Id = ""
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
        network = _wire.text("network", self.network)
        out = _wire.block(_NETWORK, network) if network else b""
        for name, field in _SIGNALS:
            value = getattr(self, name)
            if value is not None:
                out += _wire.number(field, micros(name, value, floats))
        return out


@dataclasses.dataclass(frozen=True)
class Profile:
    """One person, by their accounts. A person who opted out has no score,
    whatever the accounts say: the result's error is OptedOut."""

    id: Id
    accounts: Sequence[Account] = ()
    opted_out: bool = False

    def encode(self, floats: bool) -> bytes:
        """The serialized message."""
        id = _wire.text("id", self.id)
        out = _wire.block(_ID, id) if id else b""
        for one in self.accounts:
            account = one if isinstance(one, Account) else _account(one)
            out += _wire.block(_ACCOUNTS, account._encode(floats))
        return out + _wire.number(_OPTED_OUT, 1) if self.opted_out else out

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
        name, opted_out = rest.pop("id", ""), rest.pop("opted_out", False)
        if "accounts" in rest:
            accounts = rest.pop("accounts")
            if rest:
                raise TypeError(f"{next(iter(rest))!r} stands beside accounts;"
                                " it belongs into one of them")
        else:
            accounts = [rest] if rest else []
        return Profile(name, tuple(
            one if isinstance(one, Account) else _account(one)
            for one in accounts), _wire.truth("opted_out", opted_out))


_ACCOUNT = frozenset(field.name for field in dataclasses.fields(Account))


def _account(value: Mapping[str, Any]) -> Account:
    if not isinstance(value, Mapping):
        raise TypeError(f"an account is an Account or a dict, not {value!r}")
    for name in value:
        if name not in _ACCOUNT:
            raise TypeError(f"{name!r} is no signal; there are "
                            + ", ".join(_wire.SIGNALS))
    return Account(**value)


@dataclasses.dataclass(frozen=True)
class Part:
    """The points that one account gave to a line."""

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
        """The points that it earned, exact."""
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
    """A score and its sources: the lines' points sum to it exactly."""

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
    """One person's ledger, or the error that says why there is none."""

    id: str
    ledger: Optional[Ledger]
    error: Optional[Error]
    text: str

    def _known(self) -> Ledger:
        if self.ledger is None:
            raise self.error or Error("the result is empty")
        return self.ledger

    @property
    def score(self) -> decimal.Decimal:
        """0 to 100 points, exact. Like the others, it raises the error if
        there is one."""
        return points(self._known().score_micropoints)

    @property
    def low(self) -> decimal.Decimal:
        """The lowest score that the unknown counts could give."""
        return points(self._known().low_micropoints)

    @property
    def high(self) -> decimal.Decimal:
        """The highest score that they could give."""
        return points(self._known().high_micropoints)

    @property
    def coverage(self) -> decimal.Decimal:
        """How many of 100 points of weight rest on known counts."""
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


def result_of(raw: dict[str, Any], place: int = 0, row: int = 0) -> Result:
    """A decoded Result message; `place` is the person's in the request, and
    `row` in the caller's list, of which there may be several requests."""
    error = raw.get("error")
    made = None
    if error is not None:
        field: str = error.get("field", "")
        field = field.removeprefix(f"profiles[{place}]").removeprefix(".")
        made = error_of(error.get("code", 0), error.get("message", ""), field,
                        row)
    return Result(
        raw.get("id", ""), _ledger(raw["ledger"]) if "ledger" in raw else None,
        made, raw.get("text", ""))
