"""The C functions, and the version check when this module is imported."""
from __future__ import annotations

import ctypes
import os
import pathlib
from typing import Any, Optional

VERSION = "0.1.0"
ABI_VERSION = 1


class Bytes(ctypes.Structure):
    """struct influence_bytes."""

    _fields_ = [("data", ctypes.c_void_p), ("size", ctypes.c_size_t)]


class ArrowSchema(ctypes.Structure):
    """Arrow's struct, whose pointers are of no concern here."""

    _fields_ = [
        ("format", ctypes.c_char_p), ("name", ctypes.c_char_p),
        ("metadata", ctypes.c_void_p), ("flags", ctypes.c_int64),
        ("n_children", ctypes.c_int64), ("children", ctypes.c_void_p),
        ("dictionary", ctypes.c_void_p), ("release", ctypes.c_void_p),
        ("private_data", ctypes.c_void_p)]


class ArrowArray(ctypes.Structure):
    """Arrow's struct, likewise."""

    _fields_ = [
        ("length", ctypes.c_int64), ("null_count", ctypes.c_int64),
        ("offset", ctypes.c_int64), ("n_buffers", ctypes.c_int64),
        ("n_children", ctypes.c_int64), ("buffers", ctypes.c_void_p),
        ("children", ctypes.c_void_p), ("dictionary", ctypes.c_void_p),
        ("release", ctypes.c_void_p), ("private_data", ctypes.c_void_p)]


class ArrowArrayStream(ctypes.Structure):
    """Arrow's struct, likewise."""

    _fields_ = [
        ("get_schema", ctypes.c_void_p), ("get_next", ctypes.c_void_p),
        ("get_last_error", ctypes.c_void_p), ("release", ctypes.c_void_p),
        ("private_data", ctypes.c_void_p)]


class IncompatibleLibrary(ImportError):
    """The library is too old or too new for this package."""


def _older(version: str, wanted: str) -> bool:
    try:
        numbers = [int(word) for word in version.split(".")]
    except ValueError:
        return True
    return numbers < [int(word) for word in wanted.split(".")]


def check_version(abi: int, version: str) -> None:
    """Raises IncompatibleLibrary, which says both versions."""
    if abi != ABI_VERSION:
        raise IncompatibleLibrary(
            f"this package ({VERSION}) needs ABI {ABI_VERSION}, the library "
            f"({version}) has ABI {abi}")
    if _older(version, VERSION):
        raise IncompatibleLibrary(
            f"this package needs version {VERSION}, the library is {version}")


# Functions of ours that C calls; they must not raise.
WRITE = ctypes.CFUNCTYPE(ctypes.c_int32, ctypes.c_void_p, ctypes.c_void_p,
                         ctypes.c_size_t)
READ = WRITE
READ_AT = ctypes.CFUNCTYPE(ctypes.c_int32, ctypes.c_void_p, ctypes.c_uint64,
                           ctypes.c_void_p, ctypes.c_size_t)
RELEASE = ctypes.CFUNCTYPE(None, ctypes.c_void_p)
PROGRESS = ctypes.CFUNCTYPE(ctypes.c_int32, ctypes.c_void_p, ctypes.c_uint32,
                            ctypes.c_uint32)

# Every function: its result, and its parameters.
_POINTER, _SIZE, _STATUS = ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int32
_TEXT, _INT64 = ctypes.c_char_p, ctypes.c_int64
_BYTES = [ctypes.c_char_p, _SIZE]
_FUNCTIONS: dict[str, tuple[Any, list[Any]]] = {
    "abi_version": (ctypes.c_uint32, []),
    "library_version": (_TEXT, []),
    "kernel_name": (_TEXT, []),
    "limit": (ctypes.c_uint64, [ctypes.c_int32]),
    "status_name": (_TEXT, [_STATUS]),
    "error_status": (_STATUS, [_POINTER]),
    "error_field": (_TEXT, [_POINTER]),
    "error_row": (_INT64, [_POINTER]),
    "error_text": (_TEXT, [_POINTER]),
    "error_free": (None, [_POINTER]),
    "stream_error": (_STATUS, [_POINTER] * 2),
    "bytes_free": (None, [_POINTER]),
    "format_points": (_STATUS, [_INT64, ctypes.c_int32, *_BYTES]),
    "algorithm_list": (_STATUS, [_POINTER] * 2),
    "engine_open": (_STATUS, [_TEXT, _POINTER, _POINTER]),
    "engine_open_custom": (_STATUS, [*_BYTES, _POINTER, _POINTER]),
    "engine_free": (None, [_POINTER]),
    "engine_describe": (_STATUS, [_POINTER] * 3),
    "score_counts": (_STATUS, [_POINTER, _POINTER, _SIZE] + [_POINTER] * 5),
    "score": (_STATUS, [_POINTER, *_BYTES, _POINTER, _POINTER]),
    "score_columns": (_STATUS, [_POINTER, *_BYTES] + [_POINTER] * 5),
    "score_stream": (_STATUS, [_POINTER, *_BYTES] + [_POINTER] * 3),
    "tally_new": (_STATUS, [_POINTER, *_BYTES, _POINTER, _POINTER]),
    "tally_free": (None, [_POINTER]),
    "tally_spill": (_STATUS, [_POINTER, ctypes.c_uint64, WRITE, READ_AT,
                              RELEASE, _POINTER, _POINTER]),
    "tally_add": (_STATUS, [_POINTER, *_BYTES, _POINTER]),
    "tally_add_columns": (_STATUS, [_POINTER] * 4),
    "tally_merge": (_STATUS, [_POINTER] * 3),
    "tally_save": (_STATUS, [_POINTER, WRITE, _POINTER, _POINTER]),
    "tally_load": (_STATUS, [_POINTER, READ, _POINTER, _POINTER, _POINTER]),
    "tally_report": (_STATUS, [_POINTER] * 3),
    "tally_profiles": (_STATUS, [_POINTER, *_BYTES, _POINTER, _POINTER]),
    "tally_subject": (_STATUS, [_POINTER, *_BYTES, _POINTER, _POINTER]),
    "tally_topics": (_STATUS, [_POINTER] * 4),
    "graph_new": (_STATUS, [_POINTER, *_BYTES, _POINTER, _POINTER]),
    "graph_free": (None, [_POINTER]),
    "graph_spill": (_STATUS, [_POINTER, ctypes.c_uint64, WRITE, READ_AT,
                              RELEASE, _POINTER, _POINTER]),
    "graph_add": (_STATUS, [_POINTER, *_BYTES, _POINTER]),
    "graph_add_columns": (_STATUS, [_POINTER] * 4),
    "graph_add_tally": (_STATUS, [_POINTER] * 3),
    "graph_seed": (_STATUS, [_POINTER, *_BYTES, _POINTER]),
    "graph_run": (_STATUS, [_POINTER, *_BYTES, PROGRESS] + [_POINTER] * 3),
    "standing_free": (None, [_POINTER]),
    "standing_report": (_STATUS, [_POINTER] * 3),
    "standing_ranks": (_STATUS, [_POINTER, *_BYTES, _POINTER, _POINTER]),
    "standing_explain": (_STATUS, [_POINTER, *_BYTES, _POINTER, _POINTER]),
    "standing_join": (_STATUS, [_POINTER] * 4),
    "compare": (_STATUS, [_POINTER, _POINTER, *_BYTES, _POINTER, _POINTER]),
    "drift_new": (_STATUS, [_POINTER, _POINTER, *_BYTES, _POINTER, _POINTER]),
    "drift_free": (None, [_POINTER]),
    "drift_add_columns": (_STATUS, [_POINTER] * 4),
    "drift_add": (_STATUS, [_POINTER, *_BYTES, _POINTER]),
    "drift_merge": (_STATUS, [_POINTER] * 3),
    "drift_save": (_STATUS, [_POINTER] * 3),
    "drift_load": (_STATUS, [_POINTER, _POINTER, *_BYTES, _POINTER, _POINTER]),
    "drift_report": (_STATUS, [_POINTER] * 3),
    "what_if": (_STATUS, [_POINTER, *_BYTES, _POINTER, _POINTER]),
    "render": (_STATUS, [*_BYTES, _POINTER, _POINTER]),
}


def load(path: str) -> ctypes.CDLL:
    """The library there; its functions have types. ctypes.CDLL releases the
    GIL for as long as a call takes."""
    library = ctypes.CDLL(path)
    for name in ("abi_version", "library_version"):
        _declare(library, name)
    check_version(library.influence_abi_version(),
                  library.influence_library_version().decode())
    for name in _FUNCTIONS:
        _declare(library, name)
    return library


def _declare(library: ctypes.CDLL, name: str) -> None:
    try:
        function = library[f"influence_{name}"]
    except AttributeError:
        raise IncompatibleLibrary(
            f"this package ({VERSION}) needs influence_{name}(), which the "
            "library lacks") from None
    function.restype, function.argtypes = _FUNCTIONS[name]
    setattr(library, f"influence_{name}", function)


def _path() -> str:
    """The library of the wheel; INFLUENCE_LIBRARY names another."""
    named = os.environ.get("INFLUENCE_LIBRARY")
    own = pathlib.Path(__file__).with_name("libinfluence.so")
    return named or (str(own) if own.exists() else "libinfluence.so.1")


LIBRARY = load(_path())


def take(out: Bytes) -> bytes:
    """Copies what the library returned, and releases it."""
    try:
        if out.data is None:
            return b""
        return ctypes.string_at(out.data, out.size)
    finally:
        LIBRARY.influence_bytes_free(ctypes.byref(out))


def status_name(status: int) -> str:
    """"MALFORMED", ...; "UNKNOWN" for a number that is no status."""
    name: Optional[bytes] = LIBRARY.influence_status_name(status)
    return (name or b"UNKNOWN").decode()
