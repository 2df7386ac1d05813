"""The messages of proto/influence/abi1/influence.proto as bytes and dicts, by
hand, so that this package depends on no protobuf."""
from __future__ import annotations

import numbers
import operator
from typing import Any, Iterator, Mapping, NamedTuple, Optional, Union

from ._errors import InvalidUtf8, Malformed, OutOfRange
from ._messages import ENUMS, MESSAGES


def _words(enum: str, prefix: str) -> tuple[str, ...]:
    """The values of an enumeration in words, by number; zero is ""."""
    return ("", *(name[len(prefix):].lower().replace("_", " ")
                  for name in list(ENUMS[enum])[1:]))


SIGNALS = _words("Signal", "SIGNAL_")[1:]
MICROS = tuple(f"{name}_micros" for name in SIGNALS)
FACTORS = _words("Factor", "FACTOR_")
BANDS = _words("Band", "BAND_")
REASONS = _words("ReasonCode", "REASON_CODE_")


def _values(name: str) -> dict[str, int]:
    """The values of an enumeration by name, and by its end in lower case:
    SIGNAL_LIKES and likes."""
    prefix = "".join(f"_{c}" if c.isupper() else c for c in name)[1:]
    found = dict(ENUMS[name])
    for whole, value in ENUMS[name].items():
        found[whole[len(prefix) + 1:].lower()] = value
    return found


_ENUMS = {name: _values(name) for name in ENUMS}


class Field(NamedTuple):
    """A field of a message: its name and type, the message it holds, if any,
    and the oneof it belongs to, if any."""

    name: str
    kind: str
    message: Any = None
    repeated: bool = False
    optional: bool = False
    oneof: str = ""


Spec = dict[int, Field]
SPECS: dict[str, Spec] = {name: {} for name in MESSAGES}
for _name, _fields_of in MESSAGES.items():
    for _number, _field, _kind, _label in _fields_of:
        _oneof = _label.partition("oneof ")[2]
        SPECS[_name][_number] = Field(
            _field, _kind, SPECS.get(_kind), _label == "repeated",
            _label == "optional" or _oneof != "", _oneof)


def tag(message: str, field: str) -> int:
    """The number of a field."""
    return next(number for number, one in SPECS[message].items()
                if one.name == field)


RESPONSE = SPECS["ScoreResponse"]
DESCRIPTION = SPECS["AlgorithmDescription"]
LIST = SPECS["AlgorithmList"]

_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5
_ALL = (1 << 64) - 1

# Text that names somebody or something: these may be whole numbers as well.
_IDS = frozenset(("id", "actor", "subject", "network", "topic", "event_id",
                  "source", "target"))


def _varint(value: int) -> bytes:
    value &= _ALL
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


def text(name: str, value: Any, is_id: bool = True) -> bytes:
    """Text as UTF-8. Bytes have to be UTF-8 already; an id may be a whole
    number, which means its decimal digits."""
    if isinstance(value, str):
        try:
            return value.encode("utf-8")
        except UnicodeEncodeError:
            raise InvalidUtf8(f"{value!r} is not text", field=name) from None
    if isinstance(value, (bytes, bytearray, memoryview)):
        data = bytes(value)
        try:
            data.decode("utf-8")
        except UnicodeDecodeError:
            raise InvalidUtf8(f"{data!r} is not UTF-8", field=name) from None
        return data
    number = whole(value)
    if is_id and number is not None:
        return str(number).encode("ascii")
    raise TypeError(f"{name} is {value!r}, a {type(value).__name__}; it has "
                    "to be text" + (" or a whole number" if is_id else ""))


def whole(value: Any) -> Optional[int]:
    """The int of a whole number, NumPy's too; None for everything else."""
    if type(value) is int:
        return value
    if isinstance(value, numbers.Integral) and not isinstance(value, bool):
        return operator.index(value)
    return None


def truth(name: str, value: Any) -> bool:
    """A truth value: a bool, NumPy's too, or 0 or 1."""
    if isinstance(value, bool) or type(value).__name__ in ("bool", "bool_"):
        return bool(value)
    if whole(value) in (0, 1):
        return bool(value)
    raise TypeError(f"{name} is {value!r}, which is no truth value")


def given(data: Any) -> bytes:
    """A message that the caller serialized."""
    if isinstance(data, bytes):
        return data
    if isinstance(data, (bytearray, memoryview)):
        return bytes(data)
    raise TypeError(f"{data!r} is no serialized message; it has to be bytes")


def _read_varint(data: memoryview, at: int) -> tuple[int, int]:
    value = shift = 0
    while at < len(data) and shift < 70:
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value & _ALL, at
        shift += 7
    raise Malformed("the message ends within a field"
                    if shift < 70 else "a number has more than 10 bytes")


def _fields(data: memoryview) -> Iterator[tuple[int, Any]]:
    """Each field's number, and its value: an int or a memoryview."""
    at = 0
    while at < len(data):
        key, at = _read_varint(data, at)
        kind = key & 7
        if kind == _VARINT:
            value, at = _read_varint(data, at)
            yield key >> 3, value
            continue
        if kind == _BYTES:
            size, at = _read_varint(data, at)
        elif kind in (_FIXED64, _FIXED32):
            size = 8 if kind == _FIXED64 else 4
        else:
            raise Malformed(f"field {key >> 3} has the wire type {kind}")
        if size > len(data) - at:
            raise Malformed("the message ends within a field")
        # There are no fields of fixed width yet; a newer library may have.
        if kind == _BYTES:
            yield key >> 3, data[at:at + size]
        at += size


def _numbers(data: memoryview) -> Iterator[int]:
    at = 0
    while at < len(data):
        value, at = _read_varint(data, at)
        yield value


def _text(data: Any) -> str:
    try:
        return bytes(data).decode("utf-8")
    except UnicodeDecodeError:
        raise Malformed("text is not UTF-8") from None


def _shown(kind: str, value: int) -> Any:
    if kind in ("uint64", "uint32"):
        return value
    if kind in ("sint64", "sint32"):
        return (value >> 1) ^ -(value & 1)
    if kind == "bool":
        return value != 0
    return value - (1 << 64) if value >> 63 else value


def _is_text(field: Field) -> bool:
    return field.kind in ("string", "bytes")


def decode(spec: Spec, data: Union[bytes, memoryview]) -> dict[str, Any]:
    """The fields of a message that are set, by name; repeated fields are
    always there, and enumerations are numbers. Fields that are not known are
    skipped. Raises Malformed."""
    out: dict[str, Any] = {
        field.name: [] for field in spec.values() if field.repeated}
    _merge(spec, memoryview(data), out)
    return out


def _merge(spec: Spec, data: memoryview, out: dict[str, Any]) -> None:
    for tag, value in _fields(data):
        field = spec.get(tag)
        if field is None:
            continue
        is_block = isinstance(value, memoryview)
        if is_block != (field.message is not None or _is_text(field)):
            if not (is_block and field.repeated):
                raise Malformed("the value has another type",
                                field=field.name)
            out[field.name].extend(_shown(field.kind, one)
                                   for one in _numbers(value))
            continue
        if field.oneof:  # the last one wins
            for other in spec.values():
                if other.oneof == field.oneof and other is not field:
                    out.pop(other.name, None)
        if field.message is not None:
            if not field.repeated and field.name in out:
                _merge(field.message, value, out[field.name])
                continue
            value = decode(field.message, value)
        elif field.kind == "bytes":
            value = bytes(value)
        elif field.kind == "string":
            value = _text(value)
        else:
            value = _shown(field.kind, value)
        if field.repeated:
            out[field.name].append(value)
        else:
            out[field.name] = value


def decode_message(name: str, data: bytes) -> dict[str, Any]:
    """The fields of a message that are set, by name: decode("ScoreResponse",
    data). Repeated fields are always there, and enumerations are numbers."""
    return decode(SPECS[name], data)


def encode(name: str, message: Union[bytes, Mapping[str, Any]]) -> bytes:
    """A message from its fields by name, in the library's own form; a field
    that is None is not set. An enumeration is a number or a name, whole
    ("SIGNAL_LIKES") or its end ("likes"); text may be bytes, if these are
    UTF-8, and an id a whole number; a message may be bytes already. A field of
    another name is a TypeError."""
    if isinstance(message, (bytes, bytearray, memoryview)):
        return bytes(message)
    if not isinstance(message, Mapping):
        raise TypeError(f"{message!r} is no {name}: give a dict, or bytes")
    spec = SPECS[name]
    known = {field.name for field in spec.values()}
    for key in message:
        if key not in known:
            raise TypeError(f"{name} has no field {key!r}; its fields are "
                            + ", ".join(sorted(known)))
    out = b""
    chosen: dict[str, str] = {}
    for tag in sorted(spec):
        field = spec[tag]
        value = message.get(field.name)
        if value is None:
            continue
        if field.oneof:
            other = chosen.setdefault(field.oneof, field.name)
            if other != field.name:
                raise TypeError(f"{name} has either {other} or {field.name}, "
                                "not both")
        if field.repeated and isinstance(value, (str, bytes, Mapping)):
            raise TypeError(f"{name}.{field.name} is {value!r}; it has to be "
                            "a list")
        if field.message is not None or _is_text(field):
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
    return text(f"{name}.{field.name}", value, field.name in _IDS)


# The least and the most of each type.
_RANGES = {"int32": (-1 << 31, (1 << 31) - 1), "uint32": (0, (1 << 32) - 1),
           "int64": (-1 << 63, (1 << 63) - 1), "uint64": (0, _ALL)}
_RANGES.update(sint32=_RANGES["int32"], sint64=_RANGES["int64"])


def _number_of(name: str, field: Field, value: Any) -> int:
    """The number that is written for a value."""
    kind, _, enum = field.kind.partition(" ")
    if enum and isinstance(value, str):
        found = _ENUMS[enum].get(value)
        if found is None:
            raise TypeError(
                f"{name}.{field.name} is {value!r}; there are "
                + ", ".join(ENUMS[enum]))
        return found
    if kind == "bool":
        return int(truth(f"{name}.{field.name}", value))
    made = whole(value)
    if made is None:
        raise TypeError(f"{name}.{field.name} is {value!r}, which is no "
                        + (enum or "whole number"))
    least, most = _RANGES["int32" if enum else kind]
    if not least <= made <= most:
        raise OutOfRange(f"{made} is not between {least} and {most}",
                         field=f"{name}.{field.name}")
    if kind in ("sint32", "sint64"):
        return made << 1 if made >= 0 else (-made << 1) - 1
    return made
