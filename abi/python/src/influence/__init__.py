"""Influence scores from 0 to 100: pinned to an algorithm version, reproducible
to the last bit, explained to the last millionth of a point.

    import influence

    engine = influence.Engine("v1")
    result = engine.score([{"id": "ada", "followers": 2400}])[0]
    print(result.score, result.band)
    print(engine.explain({"id": "ada", "followers": 2400}))

    scores = polars.DataFrame(engine.score(frame))  # whole populations
"""
from ._arrow import Scores
from ._engine import Engine, algorithms, library_version
from ._errors import (AlgorithmMismatch, Error, Internal, InvalidAlgorithm,
                      InvalidArgument, InvalidUtf8, Malformed, OutOfMemory,
                      OutOfRange, TooLarge, UnknownAlgorithm)
from ._library import VERSION as __version__
from ._library import IncompatibleLibrary
from ._model import (Account, Explanation, Ledger, Line, Part, Profile, Reason,
                     Result)

__all__ = [
    "Account", "AlgorithmMismatch", "Engine", "Error", "Explanation",
    "IncompatibleLibrary", "Internal", "InvalidAlgorithm", "InvalidArgument",
    "InvalidUtf8", "Ledger", "Line", "Malformed", "OutOfMemory", "OutOfRange",
    "Part", "Profile", "Reason", "Result", "Scores", "TooLarge",
    "UnknownAlgorithm", "__version__", "algorithms", "library_version",
]
