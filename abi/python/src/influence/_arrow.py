"""Tables over the Arrow C interfaces: in and out without a copy, and without
an Arrow library. A capsule holds a struct; whoever reads it moves it out."""
from __future__ import annotations

import ctypes
from typing import Any, Optional, Union

from ._library import ArrowArray, ArrowArrayStream, ArrowSchema

_Struct = Union[ArrowSchema, ArrowArray, ArrowArrayStream]

_new = ctypes.pythonapi.PyCapsule_New
_new.restype = ctypes.py_object
_new.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p]
_pointer = ctypes.pythonapi.PyCapsule_GetPointer
_pointer.restype = ctypes.c_void_p
_pointer.argtypes = [ctypes.c_void_p, ctypes.c_char_p]
_name = ctypes.pythonapi.PyCapsule_GetName
_name.restype = ctypes.c_char_p
_name.argtypes = [ctypes.c_void_p]

_KINDS: dict[bytes, type[_Struct]] = {
    b"arrow_schema": ArrowSchema, b"arrow_array": ArrowArray,
    b"arrow_array_stream": ArrowArrayStream}
_NAMES = {kind: name for name, kind in _KINDS.items()}

# What capsules point to, by its address.
_held: dict[int, _Struct] = {}


def release(struct: _Struct) -> None:
    """Ends what nobody has moved out."""
    if struct.release:
        ctypes.CFUNCTYPE(None, ctypes.c_void_p)(struct.release)(
            ctypes.addressof(struct))


def _destroy(capsule: int) -> None:
    address = _pointer(capsule, _name(capsule))
    held = _held.pop(address, None)
    if held is not None:
        release(held)


_destructor = ctypes.PYFUNCTYPE(None, ctypes.c_void_p)(_destroy)
# A capsule may outlive this module.
ctypes.pythonapi.Py_IncRef(ctypes.py_object(_destructor))


def capsule_of(struct: _Struct) -> Any:
    """A capsule that owns the struct."""
    address = ctypes.addressof(struct)
    made = _new(address, _NAMES[type(struct)],
                ctypes.cast(_destructor, ctypes.c_void_p))
    _held[address] = struct
    return made


def address_in(capsule: Any, name: bytes) -> int:
    """Where the struct of somebody's capsule is."""
    address: Optional[int] = _pointer(id(capsule), name)
    if address is None:
        raise TypeError(f"no {name.decode()} in {capsule!r}")
    return address


class Scores:
    """A table of scores, to be read once by whatever takes Arrow columns:
    `pyarrow.table(scores)`, `polars.DataFrame(scores)`, `duckdb` and pandas.
    """

    def __init__(self, *structs: _Struct):
        self._structs: Optional[tuple[_Struct, ...]] = structs

    def __del__(self) -> None:
        for struct in getattr(self, "_structs", None) or ():
            release(struct)

    def _take(self) -> tuple[Any, ...]:
        structs, self._structs = self._structs, None
        if structs is None:
            raise RuntimeError("these scores were read already; score again, "
                               "or keep the table that was made of them")
        return tuple(capsule_of(struct) for struct in structs)


class ScoreBatch(Scores):
    """The scores of one record batch."""

    def __arrow_c_array__(self, requested_schema: Any = None) -> Any:
        return self._take()


class ScoreStream(Scores):
    """The scores of a stream, made batch by batch as they are read."""

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
        return self._take()[0]
