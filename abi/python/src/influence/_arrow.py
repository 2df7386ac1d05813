"""Tables over the Arrow C interfaces: in and out without a copy, and without
an Arrow library. A capsule holds a struct; whoever reads it moves it out."""
from __future__ import annotations

import ctypes
import sys
import threading
from typing import Any, Optional, Union

from ._library import ArrowArray, ArrowArrayStream, ArrowSchema

_Struct = Union[ArrowSchema, ArrowArray, ArrowArrayStream]

# Functions of our own: those that are attributes of pythonapi belong to every
# package in the process, which may declare them otherwise.
_new = ctypes.pythonapi["PyCapsule_New"]
_new.restype = ctypes.py_object
_new.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p]
_pointer = ctypes.pythonapi["PyCapsule_GetPointer"]
_pointer.restype = ctypes.c_void_p
_pointer.argtypes = [ctypes.py_object, ctypes.c_char_p]

_KINDS: dict[bytes, type[_Struct]] = {
    b"arrow_schema": ArrowSchema, b"arrow_array": ArrowArray,
    b"arrow_array_stream": ArrowArrayStream}
_NAMES = {kind: name for name, kind in _KINDS.items()}

# Capsules that were lent, each with what it points to. They have no destructor:
# it would be Python called while a reader's exception is being raised, and
# ctypes cannot keep that. So they are looked after here.
_lent: list[tuple[Any, _Struct]] = []
_sweeping = threading.Lock()


def release(struct: _Struct) -> None:
    """Ends what nobody has moved out."""
    if struct.release:
        ctypes.CFUNCTYPE(None, ctypes.c_void_p)(struct.release)(
            ctypes.addressof(struct))


def sweep() -> None:
    """Ends what is in capsules that nobody else holds any more."""
    if not _sweeping.acquire(blocking=False):
        return
    try:
        # From the end, where other threads may be adding.
        for at in range(len(_lent) - 1, -1, -1):
            # Two: this list's, and the argument itself.
            if sys.getrefcount(_lent[at][0]) == 2:
                release(_lent.pop(at)[1])
    finally:
        _sweeping.release()


def capsule_of(struct: _Struct) -> Any:
    """A capsule that points to the struct, which lives as long."""
    made = _new(ctypes.addressof(struct), _NAMES[type(struct)], None)
    _lent.append((made, struct))
    return made


def address_in(capsule: Any, name: bytes) -> int:
    """Where the struct of somebody's capsule is."""
    address: Optional[int] = _pointer(capsule, name)
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
        sweep()

    def _take(self) -> tuple[Any, ...]:
        sweep()
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
