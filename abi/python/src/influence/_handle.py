"""Objects of the library: closed once, after the calls under way."""
from __future__ import annotations

import contextlib
import ctypes
import itertools
import threading
from types import TracebackType
from typing import Any, Callable, Iterator, NoReturn, Optional

from . import _spill
from ._errors import take_error
from ._library import Bytes, take


def tell(function: Any, *arguments: Any) -> None:
    """Calls a function that returns nothing but a status; raises its failure.
    """
    error = ctypes.c_void_p()
    _spill.forget_failure()
    status = function(*arguments, ctypes.byref(error))
    if status != 0:
        failed = take_error(status, error)
        raise _spill.failure() or failed from None


def ask(function: Any, *arguments: Any) -> bytes:
    """Calls a function that returns bytes."""
    out = Bytes()
    tell(function, *arguments, ctypes.byref(out))
    return take(out)


class Handle:
    """An object of the library, released with its Python object at the latest.
    """

    _free: Any = None
    _what = "handle"
    # Tells how to have a second one, which a copy cannot be.
    _instead = ""
    # Whether any number of threads may use one at once, or they take turns.
    _is_shared = False

    _numbers = itertools.count()

    def __reduce_ex__(self, protocol: Any) -> Any:
        # Two objects with one handle would release it twice.
        self._refuse_copies()

    def _refuse_copies(self) -> NoReturn:
        raise TypeError(f"a {self._what} cannot be copied or pickled; "
                        f"{self._instead}")

    def _adopt(self, make: Callable[[Any], None]) -> None:
        """Calls `make` with a pointer to where it puts the handle."""
        self._condition = threading.Condition()
        self._number = next(Handle._numbers)
        self._calls = 0
        self._inside: Optional[int] = None
        self._is_closed = False
        self._handle: Optional[int] = None
        handle = ctypes.c_void_p()
        make(ctypes.byref(handle))
        self._handle = handle.value

    def close(self) -> None:
        """Releases it, after the calls under way. May be called more than
        once."""
        with self._condition:
            if self._inside == threading.get_ident():
                raise RuntimeError(f"the {self._what} is closed by a function "
                                   "that it calls")
            # First, or threads that keep calling could put it off for ever.
            self._is_closed = True
            self._condition.notify_all()
            self._condition.wait_for(lambda: self._calls == 0)
            handle, self._handle = self._handle, None
        if handle is not None:
            type(self)._free(handle)

    def __exit__(self, kind: Optional[type[BaseException]],
                 value: Optional[BaseException],
                 traceback: Optional[TracebackType]) -> None:
        self.close()

    def __del__(self) -> None:
        handle = getattr(self, "_handle", None)
        if handle is not None:
            type(self)._free(handle)

    def _enter(self) -> int:
        me = threading.get_ident()
        with self._condition:
            if not self._is_shared:
                if self._inside == me:
                    raise RuntimeError(f"the {self._what} is used by a "
                                       "function that it calls")
                self._condition.wait_for(
                    lambda: self._calls == 0 or self._is_closed)
            if self._is_closed or self._handle is None:
                raise ValueError(f"the {self._what} is closed")
            self._calls += 1
            if not self._is_shared:
                self._inside = me
            return self._handle

    def _leave(self) -> None:
        with self._condition:
            self._calls -= 1
            self._inside = None
            self._condition.notify_all()

    @contextlib.contextmanager
    def _used(self) -> Iterator[int]:
        handle = self._enter()
        try:
            yield handle
        finally:
            self._leave()

    def _ask(self, function: Any, *arguments: Any) -> bytes:
        handle = self._enter()
        try:
            return ask(function, handle, *arguments)
        finally:
            self._leave()

    def _tell(self, function: Any, *arguments: Any) -> None:
        handle = self._enter()
        try:
            tell(function, handle, *arguments)
        finally:
            self._leave()


@contextlib.contextmanager
def both(one: Handle, other: Handle) -> Iterator[tuple[int, int]]:
    """The handles of two, which may be one; always taken in the same order."""
    if one is other:
        with one._used() as handle:
            yield handle, handle
        return
    first, second = sorted((one, other), key=lambda each: each._number)
    with first._used() as a, second._used() as b:
        yield (a, b) if first is one else (b, a)


class Callback:
    """Functions that C calls must not raise: what they raise waits until C
    has returned."""

    def __init__(self, kind: Any, body: Callable[..., None]):
        self._raised: Optional[BaseException] = None

        def guarded(_context: Any, *arguments: Any) -> int:
            try:
                body(*arguments)
            except BaseException as error:  # Ctrl-C, too
                self._raised = error
                return 1
            return 0
        self.function = kind(guarded)

    def __enter__(self) -> Callback:
        return self

    def __exit__(self, kind: Optional[type[BaseException]],
                 value: Optional[BaseException],
                 traceback: Optional[TracebackType]) -> None:
        if self._raised is not None:
            raise self._raised from None
