"""One exception for each status of the library."""
from __future__ import annotations

from ._library import status_name


class Error(Exception):
    """The library refused. `status` is its number, `field` what is at fault,
    if it is one field of one profile."""

    status = 0

    def __init__(self, message: str = "", status: int = 0, field: str = ""):
        self.status = status or type(self).status
        self.field = field
        self.message = message
        words = [status_name(self.status), field, message]
        super().__init__(": ".join(word for word in words if word))


class InvalidArgument(Error, ValueError):
    """A bad option, or a column of a kind that is not taken."""

    status = 1


class Malformed(Error, ValueError):
    """The bytes are not the message they should be."""

    status = 2


class TooLarge(Error, ValueError):
    """Over a stated limit."""

    status = 3


class UnknownAlgorithm(Error, LookupError):
    """No released algorithm has this id."""

    status = 4


class AlgorithmMismatch(Error):
    """The request names another algorithm or fingerprint than the engine's."""

    status = 5


class InvalidAlgorithm(Error, ValueError):
    """A custom algorithm breaks a rule; the message names row and rule."""

    status = 6


class OutOfRange(Error, ValueError):
    """A number outside its stated range."""

    status = 7


class InvalidUtf8(Error, ValueError):
    """Text that is not UTF-8."""

    status = 8


class OutOfMemory(Error, MemoryError):
    """An allocation failed in the library."""

    status = 9


class Internal(Error):
    """A defect of the library."""

    status = 10


class Cancelled(Error):
    """A function of the caller's asked to stop, or could not do its work. It
    is what a function may raise to say so; what else it raises goes on."""

    status = 11


_BY_STATUS: dict[int, type[Error]] = {
    kind.status: kind
    for kind in (InvalidArgument, Malformed, TooLarge, UnknownAlgorithm,
                 AlgorithmMismatch, InvalidAlgorithm, OutOfRange, InvalidUtf8,
                 OutOfMemory, Internal, Cancelled)}


def error_of(status: int, message: str = "", field: str = "") -> Error:
    """The exception of a status; Error itself for one that is not known."""
    return _BY_STATUS.get(status, Error)(message, status, field)
