"""Tables over the Arrow C interfaces: in and out without a copy, and without
an Arrow library. A capsule holds a struct; whoever reads it moves it out."""
from __future__ import annotations

import contextlib
import ctypes
import os
import sys
import threading
from typing import Any, Iterator, Optional, Union

from . import _spill
from ._errors import Cancelled, take_error
from ._library import LIBRARY, ArrowArray, ArrowArrayStream, ArrowSchema

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
    """Ends a struct that nobody has moved out."""
    if struct.release:
        ctypes.CFUNCTYPE(None, ctypes.c_void_p)(struct.release)(
            ctypes.addressof(struct))


def sweep() -> None:
    """Ends the structs of capsules that nobody else holds any more."""
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
    """The address of the struct of a capsule."""
    address: Optional[int] = _pointer(capsule, name)
    if address is None:
        raise TypeError(f"no {name.decode()} in {capsule!r}")
    return address


_GET_SCHEMA = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)
_GET_NEXT = _GET_SCHEMA
_LAST_ERROR = ctypes.CFUNCTYPE(ctypes.c_char_p, ctypes.c_void_p)


@contextlib.contextmanager
def stream_of(table: Any) -> Iterator[int]:
    """The address of the struct of a table's stream, which ends if nobody
    moves it out."""
    if not hasattr(table, "__arrow_c_stream__"):
        raise TypeError(f"{type(table).__name__} has no __arrow_c_stream__")
    capsule = table.__arrow_c_stream__()
    at = address_in(capsule, b"arrow_array_stream")
    try:
        yield at
    finally:
        release(ArrowArrayStream.from_address(at))


def is_table(value: Any) -> bool:
    """Whether it has Arrow columns."""
    return hasattr(value, "__arrow_c_stream__") or hasattr(
        value, "__arrow_c_array__")


def _failure(stream: ArrowArrayStream, code: int) -> BaseException:
    """The exception of a stream that failed."""
    own = _spill.failure()
    if own is not None:
        return own
    error = ctypes.c_void_p()
    is_ours = LIBRARY.influence_stream_error(
        ctypes.byref(stream), ctypes.byref(error)) == 0
    failed = take_error(LIBRARY.influence_error_status(error), error)
    if is_ours and failed.status != 0:
        return failed
    words = _LAST_ERROR(stream.get_last_error)(ctypes.addressof(stream))
    return Cancelled(words.decode("utf-8", "replace") if words
                     else os.strerror(code))


def _tables(stream: ArrowArrayStream,
            ) -> Iterator[tuple[ArrowSchema, ArrowArray]]:
    """The schema and array of each batch of a stream, which stays open. The
    caller moves them out or releases them."""
    at = ctypes.addressof(stream)
    while True:
        schema, array = ArrowSchema(), ArrowArray()
        for get, out in ((_GET_NEXT(stream.get_next), array),
                         (_GET_SCHEMA(stream.get_schema), schema)):
            _spill.forget_failure()
            code = get(at, ctypes.addressof(out))
            if code != 0:
                release(array)
                raise _failure(stream, code) from None
            if not array.release:
                return
        yield schema, array


def batches(table: Any) -> Iterator[tuple[int, int]]:
    """The addresses of the schema and the array of each batch of a table.
    Releases what nobody moves out."""
    if not hasattr(table, "__arrow_c_stream__"):
        schema_capsule, array_capsule = table.__arrow_c_array__()
        yield (address_in(schema_capsule, b"arrow_schema"),
               address_in(array_capsule, b"arrow_array"))
        return
    with stream_of(table) as at:
        for schema, array in _tables(ArrowArrayStream.from_address(at)):
            try:
                yield ctypes.addressof(schema), ctypes.addressof(array)
            finally:
                release(schema)
                release(array)


class Table:
    """A table that the library made, to be read once by any reader of Arrow
    columns: `pyarrow.table(table)`, `polars.DataFrame(table)`, `duckdb` and
    pandas. close(), or the end of a `with`, ends a table that nobody read.
    """

    def __init__(self, *structs: _Struct):
        self._structs: Optional[tuple[_Struct, ...]] = structs

    def __reduce_ex__(self, protocol: Any) -> Any:
        raise TypeError("a table of the library cannot be copied or pickled; "
                        "read it, and copy the table that is made of it")

    def close(self) -> None:
        """Ends it, if nobody read it."""
        structs, self._structs = self._structs, None
        for struct in structs or ():
            release(struct)
        sweep()

    def batches(self) -> Iterator[Table]:
        """Reads it as tables of one batch each, for `pyarrow.record_batch()`
        and others. A batch that fails raises an Error with its field and row,
        where other readers raise their own exceptions with the same words."""
        raise NotImplementedError

    def __enter__(self) -> Table:
        return self

    def __exit__(self, *_: Any) -> None:
        self.close()

    def __del__(self) -> None:
        for struct in getattr(self, "_structs", None) or ():
            release(struct)
        sweep()

    def _own(self) -> tuple[_Struct, ...]:
        sweep()
        structs, self._structs = self._structs, None
        if structs is None:
            raise RuntimeError("this table was read already, or closed; ask "
                               "again, or keep the table that was made of it")
        return structs

    def _take(self) -> tuple[Any, ...]:
        return tuple(capsule_of(struct) for struct in self._own())


class Batch(Table):
    """One record batch."""

    def batches(self) -> Iterator[Table]:
        yield Batch(*self._own())

    def __arrow_c_array__(self, requested_schema: Any = None) -> Any:
        return self._take()


class Stream(Table):
    """Record batches, made one by one as they are read."""

    def batches(self) -> Iterator[Table]:
        stream, = self._own()
        assert isinstance(stream, ArrowArrayStream)
        try:
            for schema, array in _tables(stream):
                yield Batch(schema, array)
        finally:
            release(stream)

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
        return self._take()[0]
