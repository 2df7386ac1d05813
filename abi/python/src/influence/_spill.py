"""Temporary files for tallies and graphs that are larger than memory.

The library calls three functions with a context, which is here the number of
a file. They are made once and live as long as this module, because the library
may call them as long as a tally, a graph, or a stream or standing of theirs
lives: longer than any Python object knows.
"""
from __future__ import annotations

import ctypes
import itertools
import os
import tempfile
import threading
from typing import IO, Any, Optional

from . import _wire
from ._errors import OutOfRange
from ._library import READ_AT, RELEASE, WRITE


# A function of our own: other packages may declare pythonapi's otherwise.
_memory = ctypes.pythonapi["PyMemoryView_FromMemory"]
_memory.restype = ctypes.py_object
_memory.argtypes = [ctypes.c_void_p, ctypes.c_ssize_t, ctypes.c_int]
_READ, _WRITE = 0x100, 0x200  # PyBUF_READ, PyBUF_WRITE


class _File:
    """A file without a name: closing it gives the disk's space back."""

    def __init__(self, folder: Any):
        self._file: IO[bytes] = tempfile.TemporaryFile(
            prefix="influence-", dir=folder)
        self._size = 0

    def append(self, data: int, size: int) -> None:
        left: memoryview = _memory(data, size, _READ)
        while left:
            done = os.pwrite(self._file.fileno(), left, self._size)
            self._size += done
            left = left[done:]

    def read_at(self, offset: int, data: int, size: int) -> None:
        left: memoryview = _memory(data, size, _WRITE)
        while left:
            done = os.preadv(self._file.fileno(), [left], offset)
            if done == 0:
                raise EOFError("a temporary file is shorter than it was")
            offset += done
            left = left[done:]

    def close(self) -> None:
        self._file.close()


_files: dict[int, _File] = {}
_numbers = itertools.count(1)  # 0 would be NULL
_of_thread = threading.local()


def forget_failure() -> None:
    """To be called before the library is."""
    _of_thread.error = None


def failure() -> Optional[BaseException]:
    """The exception that made the call of this thread fail, if it was one of
    ours."""
    error: Optional[BaseException] = getattr(_of_thread, "error", None)
    _of_thread.error = None
    return error


def _append(context: int, data: int, size: int) -> int:
    try:
        _files[context].append(data, size)
    except BaseException as error:  # Ctrl-C, too
        _of_thread.error = error
        return 1
    return 0


def _fill(context: int, offset: int, data: int, size: int) -> int:
    try:
        _files[context].read_at(offset, data, size)
    except BaseException as error:
        _of_thread.error = error
        return 1
    return 0


def _end(context: int, files: dict[int, _File] = _files) -> None:
    # Default arguments are there while the interpreter ends, too.
    file = files.pop(context, None)
    if file is not None:
        file.close()


_write, _read_at, _release = WRITE(_append), READ_AT(_fill), RELEASE(_end)


class Spill:
    """A new temporary file, as the arguments of a call."""

    def __init__(self, memory_bytes: Any, folder: Any):
        size = _wire.whole(memory_bytes)
        if size is None:
            raise TypeError(f"memory_bytes is {memory_bytes!r}, which is no "
                            "whole number")
        if not 0 <= size < 1 << 64:
            raise OutOfRange(f"{size} is out of range", field="memory_bytes")
        self._context = next(_numbers)
        _files[self._context] = _File(folder)
        self.arguments = (size, _write, _read_at, _release,
                          ctypes.c_void_p(self._context))

    def close(self) -> None:
        """Closes the file if the library did not take it."""
        _end(self._context)
