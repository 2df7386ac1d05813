"""Influence scores from 0 to 100: pinned to an algorithm version, reproducible
to the last bit, explained to the last millionth of a point.

    import influence

    engine = influence.Engine("v1")
    print(engine.score_counts(mentions=120, followers=2400).score)
    result = engine.score([{"id": "ada", "followers": 2400}])[0]
    print(result.score, result.band)
    print(engine.explain({"id": "ada", "followers": 2400}))

    scores = polars.DataFrame(engine.score(frame))  # whole populations
"""
from ._arrow import Table
from ._drift import Drift
from ._engine import (Engine, algorithms, compare, compare_bytes,
                      format_points, kernel_name, library_version, limits,
                      render, render_bytes)
from ._errors import (AlgorithmMismatch, Cancelled, Error, FailedPrecondition,
                      Internal, InvalidAlgorithm, InvalidArgument, InvalidUtf8,
                      Malformed, NotFound, NotVerified, OptedOut, OutOfMemory,
                      OutOfRange, TooLarge, UnknownAlgorithm)
from ._library import VERSION as __version__
from ._library import IncompatibleLibrary
from ._model import (Account, Explanation, Ledger, Line, Part, Profile, Reason,
                     Result, Score)
from ._standing import Graph, Standing
from ._tally import Tally
from ._wire import decode_message as decode
from ._wire import encode

__all__ = [
    "Account", "AlgorithmMismatch", "Cancelled", "Drift", "Engine", "Error",
    "Explanation", "FailedPrecondition", "Graph", "IncompatibleLibrary",
    "Internal", "InvalidAlgorithm", "InvalidArgument", "InvalidUtf8", "Ledger",
    "Line", "Malformed", "NotFound", "NotVerified", "OptedOut", "OutOfMemory",
    "OutOfRange", "Part", "Profile", "Reason", "Result", "Score", "Standing",
    "Table", "Tally", "TooLarge", "UnknownAlgorithm", "__version__",
    "algorithms", "compare", "compare_bytes", "decode", "encode",
    "format_points", "kernel_name", "library_version", "limits", "render",
    "render_bytes",
]
