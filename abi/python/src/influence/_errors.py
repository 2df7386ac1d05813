"""One exception class for each status of the library."""
from __future__ import annotations

import ctypes
from typing import Any, Optional

from ._library import LIBRARY, status_name


class Error(Exception):
    """The library refused. `status` is the number of the reason; `field` the
    path of the field or the name of the column at fault, "" if there is none;
    `row` the row of a table or the place in a list, counted from 0, or None;
    `message` says what is wrong."""

    status = 0

    def __init__(self, message: str = "", status: int = 0, field: str = "",
                 row: Optional[int] = None):
        self.status = status or type(self).status
        self.field = field
        self.row = row
        self.message = message
        words = [status_name(self.status), field, message]
        told = ": ".join(word for word in words if word)
        # A path names the place by itself.
        if row is not None and "[" not in field:
            told += f" (row {row})"
        super().__init__(told)

    def __reduce__(self) -> Any:
        return type(self), (self.message, self.status, self.field, self.row)


class InvalidArgument(Error, ValueError):
    """An argument is not allowed: an unknown option, a field that must be set,
    a column of a name or type that is not accepted."""

    status = 1


class Malformed(Error, ValueError):
    """The bytes are not the message or the saved state that they should be."""

    status = 2


class TooLarge(Error, ValueError):
    """Something is over a limit; limits() tells them."""

    status = 3


class UnknownAlgorithm(Error, LookupError):
    """No released algorithm has this id."""

    status = 4


class AlgorithmMismatch(Error):
    """The input names another algorithm, fingerprint or standing rule than the
    engine's."""

    status = 5


class InvalidAlgorithm(Error, ValueError):
    """A custom algorithm breaks a rule; the field names the row."""

    status = 6


class OutOfRange(Error, ValueError):
    """A number is outside its range."""

    status = 7


class InvalidUtf8(Error, ValueError):
    """Text is not UTF-8."""

    status = 8


class OutOfMemory(Error, MemoryError):
    """An allocation failed in the library."""

    status = 9


class Internal(Error):
    """A defect of the library; please report it."""

    status = 10


class Cancelled(Error):
    """A function or a stream of the caller's failed, or asked to stop. Raise
    it in such a function to stop; any other exception that the function raises
    is raised by the call instead."""

    status = 11


class NotFound(Error, LookupError):
    """There is no person, node or seed of this id."""

    status = 12


class FailedPrecondition(Error, RuntimeError):
    """The object is not in a state for this call: a tally whose table is being
    read, a graph that has been run, a state that was left half changed."""

    status = 13


class NotVerified(Error):
    """A stored result is not what its inputs give."""

    status = 14


class OptedOut(Error):
    """The person does not want to be scored."""

    status = 15


_BY_STATUS: dict[int, type[Error]] = {
    kind.status: kind
    for kind in (InvalidArgument, Malformed, TooLarge, UnknownAlgorithm,
                 AlgorithmMismatch, InvalidAlgorithm, OutOfRange, InvalidUtf8,
                 OutOfMemory, Internal, Cancelled, NotFound,
                 FailedPrecondition, NotVerified, OptedOut)}


def error_of(status: int, message: str = "", field: str = "",
             row: Optional[int] = None) -> Error:
    """The exception of a status; Error itself for one that is not known."""
    return _BY_STATUS.get(status, Error)(message, status, field, row)


def take_error(status: int, error: ctypes.c_void_p) -> Error:
    """The exception of a call that failed; releases the library's error."""
    try:
        row: int = LIBRARY.influence_error_row(error)
        text: bytes = LIBRARY.influence_error_text(error)
        field: bytes = LIBRARY.influence_error_field(error)
        return error_of(status, text.decode("utf-8", "replace"),
                        field.decode("utf-8", "replace"),
                        row if row >= 0 else None)
    finally:
        LIBRARY.influence_error_free(error)
