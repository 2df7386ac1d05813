"""The messages of proto/influence.proto as bytes: what this package needs of
them, by hand, so that it depends on no protobuf."""
from __future__ import annotations

from typing import Any, Iterator, NamedTuple, Union

SIGNALS = ("mentions", "replies", "saves", "likes", "reshares", "quotes",
           "listings", "followers", "standing", "endorsements")
FACTORS = ("", "attention", "amplification", "curation", "audience",
           "standing", "endorsement")
BANDS = ("", "minimal", "limited", "moderate", "high", "very high")
REASONS = ("", "earned", "full marks", "not stated", "partly stated",
           "below full marks")

DETAIL_SCORE = 1
RENDERING_TEXT = 1


class Field(NamedTuple):
    """A field of a message: its name, and the message it holds, if any."""

    name: str
    message: Any = None
    repeated: bool = False


Spec = dict[int, Field]


def _repeated(name: str, spec: Spec) -> Field:
    return Field(name, spec, True)


ACCOUNT: Spec = {1: Field("network"), **{
    number: Field(signal) for number, signal in enumerate(SIGNALS, 2)}}
PART: Spec = {1: Field("network"), 2: Field("quantity_micros"),
              3: Field("points_micropoints")}
REASON: Spec = {1: Field("code"), 2: Field("factor"),
                3: Field("points_micropoints"), 4: Field("quantity_micros"),
                5: Field("full_marks_micros")}
LINE: Spec = {1: Field("factor"), 2: Field("quantity_micros"),
              3: Field("full_marks_micros"), 4: Field("share_micros"),
              5: Field("weight_micropoints"), 6: Field("points_micropoints"),
              7: Field("cap"), 8: Field("covered_micropoints"),
              9: Field("missing_micropoints"), 10: _repeated("parts", PART)}
LEDGER: Spec = {1: Field("score_micropoints"), 2: Field("low_micropoints"),
                3: Field("high_micropoints"), 4: Field("coverage_micropoints"),
                5: Field("band"), 6: _repeated("lines", LINE),
                7: _repeated("lifted", REASON),
                8: _repeated("held_back", REASON),
                9: _repeated("accounts", ACCOUNT)}
ERROR: Spec = {1: Field("code"), 2: Field("field"), 3: Field("message")}
RESULT: Spec = {1: Field("id"), 2: Field("ledger", LEDGER),
                3: Field("error", ERROR), 4: Field("text")}
IDENTITY: Spec = {1: Field("algorithm"), 2: Field("fingerprint"),
                  3: Field("library_version"), 4: Field("input_digest"),
                  5: Field("as_of_days")}
RESPONSE: Spec = {1: Field("identity", IDENTITY),
                  2: _repeated("results", RESULT)}
COUNT: Spec = {1: Field("signal"), 2: Field("value_micros")}
ROW: Spec = {1: Field("factor"), 2: Field("weight_micropoints"),
             3: Field("full_marks_micros"), 4: Field("half_life_days"),
             5: _repeated("counts", COUNT)}
ALGORITHM: Spec = {1: Field("id"), 2: _repeated("rows", ROW)}
PRICE: Spec = {1: Field("factor"), 2: Field("doubled_micropoints"),
               3: Field("tenfold_micropoints"),
               4: Field("silent_30_days_micropoints")}
DESCRIPTION: Spec = {1: Field("algorithm", ALGORITHM), 2: Field("fingerprint"),
                     3: Field("released"), 4: _repeated("prices", PRICE)}
LIST: Spec = {1: Field("library_version"), 2: Field("abi_version"),
              3: _repeated("algorithms", DESCRIPTION)}

_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5


def _varint(value: int) -> bytes:
    value &= (1 << 64) - 1
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def number(field: int, value: int) -> bytes:
    """A field that holds a number, also if it is 0."""
    return _varint(field << 3) + _varint(value)


def block(field: int, value: Union[bytes, str]) -> bytes:
    """A field that holds text, bytes or a message."""
    data = value.encode("utf-8") if isinstance(value, str) else value
    return _varint(field << 3 | _BYTES) + _varint(len(data)) + data


def _read_varint(data: memoryview, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value & ((1 << 64) - 1), at
        shift += 7


def _fields(data: memoryview) -> Iterator[tuple[int, Any]]:
    at = 0
    while at < len(data):
        key, at = _read_varint(data, at)
        kind = key & 7
        if kind == _VARINT:
            value, at = _read_varint(data, at)
            yield key >> 3, value - (1 << 64) if value >> 63 else value
        elif kind == _BYTES:
            size, at = _read_varint(data, at)
            yield key >> 3, data[at:at + size]
            at += size
        else:  # none of ours; a newer library may have some
            at += {_FIXED64: 8, _FIXED32: 4}[kind]


def decode(spec: Spec, data: Union[bytes, memoryview]) -> dict[str, Any]:
    """What is set of a message; repeated fields are always there. Fields that
    are not known are skipped."""
    out: dict[str, Any] = {
        field.name: [] for field in spec.values() if field.repeated}
    for tag, value in _fields(memoryview(data)):
        field = spec.get(tag)
        if field is None:
            continue
        if field.message is not None:
            value = decode(field.message, value)
        elif isinstance(value, memoryview):
            value = bytes(value).decode("utf-8")
        if field.repeated:
            out[field.name].append(value)
        else:
            out[field.name] = value
    return out
