"""The messages of proto/influence.proto as bytes and dicts, by hand, so that
this package depends on no protobuf."""
from __future__ import annotations

from typing import Any, Iterator, Mapping, NamedTuple, Optional, Union

from ._messages import ENUMS, MESSAGES

SIGNALS = ("mentions", "replies", "saves", "likes", "reshares", "quotes",
           "listings", "followers", "standing", "endorsements")
MICROS = tuple(f"{name}_micros" for name in SIGNALS)
FACTORS = ("", "attention", "amplification", "curation", "audience",
           "standing", "endorsement")
BANDS = ("", "minimal", "limited", "moderate", "high", "very high")
REASONS = ("", "earned", "full marks", "not stated", "partly stated",
           "below full marks")

DETAIL_SCORE = 1
RENDERING_TEXT = 1


class Field(NamedTuple):
    """A field of a message: its name and type, and the message it holds, if
    any."""

    name: str
    kind: str
    message: Any = None
    repeated: bool = False
    optional: bool = False


Spec = dict[int, Field]
SPECS: dict[str, Spec] = {name: {} for name in MESSAGES}
for _name, _fields_of in MESSAGES.items():
    for _number, _field, _kind, _label in _fields_of:
        SPECS[_name][_number] = Field(_field, _kind, SPECS.get(_kind),
                                      _label == "repeated",
                                      _label == "optional")

RESPONSE = SPECS["ScoreResponse"]
DESCRIPTION = SPECS["AlgorithmDescription"]
LIST = SPECS["AlgorithmList"]

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


def _numbers(data: memoryview) -> Iterator[int]:
    at = 0
    while at < len(data):
        value, at = _read_varint(data, at)
        yield value - (1 << 64) if value >> 63 else value


def _shown(kind: str, value: Any) -> Any:
    if kind == "bytes":
        return bytes(value)
    if kind == "string":
        return bytes(value).decode("utf-8")
    if kind == "bool":
        return value != 0
    return value & ((1 << 64) - 1) if kind == "uint64" else value


def decode(spec: Spec, data: Union[bytes, memoryview]) -> dict[str, Any]:
    """What is set of a message; repeated fields are always there, and
    enumerations are numbers. Fields that are not known are skipped."""
    out: dict[str, Any] = {
        field.name: [] for field in spec.values() if field.repeated}
    for tag, value in _fields(memoryview(data)):
        field = spec.get(tag)
        if field is None:
            continue
        if field.message is not None:
            value = decode(field.message, value)
        elif field.repeated and isinstance(
                value, memoryview) and field.kind not in ("bytes", "string"):
            out[field.name].extend(_shown(field.kind, number)
                                   for number in _numbers(value))
            continue
        else:
            value = _shown(field.kind, value)
        if field.repeated:
            out[field.name].append(value)
        else:
            out[field.name] = value
    return out


def decode_message(name: str, data: bytes) -> dict[str, Any]:
    """The fields of a message by name: what is set; repeated fields are always
    there, and enumerations are numbers."""
    return decode(SPECS[name], data)


def encode(name: str, message: Union[bytes, Mapping[str, Any]]) -> bytes:
    """A message from its fields by name, in the library's own form; what is
    None is not set. An enumeration is a number or its name, bytes may be text,
    a message may be bytes already. A field of another name is a TypeError."""
    if isinstance(message, (bytes, bytearray, memoryview)):
        return bytes(message)
    if not isinstance(message, Mapping):
        raise TypeError(f"{message!r} is no {name}")
    spec = SPECS[name]
    known = {field.name for field in spec.values()}
    for key in message:
        if key not in known:
            raise TypeError(f"{key!r} is no field of {name}; there are "
                            + ", ".join(sorted(known)))
    out = b""
    for tag in sorted(spec):
        field = spec[tag]
        value = message.get(field.name)
        if value is None:
            continue
        if field.message is not None or field.kind in ("bytes", "string"):
            for one in value if field.repeated else (value,):
                data = _block_of(name, field, one)
                if data or field.repeated or field.message or field.optional:
                    out += block(tag, data)
        elif field.repeated:
            data = b"".join(_varint(_number_of(name, field, one))
                            for one in value)
            if data:
                out += block(tag, data)
        else:
            made = _number_of(name, field, value)
            if made or field.optional:
                out += number(tag, made)
    return out


def _block_of(name: str, field: Field, value: Any) -> bytes:
    if field.message is not None:
        own = getattr(value, "as_message", None)
        return own() if own is not None else encode(field.kind, value)
    if isinstance(value, str):
        return value.encode("utf-8")
    if not isinstance(value, (bytes, bytearray, memoryview)):
        raise TypeError(f"{name}.{field.name} is {value!r}, which is no text")
    return bytes(value)


# The least and the most of each type.
_RANGES = {"int32": (-1 << 31, (1 << 31) - 1), "uint32": (0, (1 << 32) - 1),
           "int64": (-1 << 63, (1 << 63) - 1), "uint64": (0, (1 << 64) - 1),
           "bool": (0, 1)}


def _number_of(name: str, field: Field, value: Any) -> int:
    kind, _, enum = field.kind.partition(" ")
    made: Optional[int] = value if isinstance(value, int) else None
    if enum and isinstance(value, str):
        made = ENUMS[enum].get(value)
    least, most = _RANGES["int32" if enum else kind]
    if made is None or not least <= made <= most:
        raise TypeError(f"{name}.{field.name} is {value!r}, which is no "
                        f"{enum or kind}")
    return int(made)
