"""What the library's code never does: floating point, output, exit, clock,
environment, files, locale, threads, random numbers, mutable globals.

    python3 tests/lint/check_library_code.py ROOT

It reads src/ (without src/cli) and abi/. Comments and string literals do not
count. A score's kernels may use doubles, behind a proven error bound, in
src/scoring/kernels alone.
"""
import pathlib
import re
import sys

FLOAT = "floating point moves with compiler, CPU and mode"
SPEAK = "a library does not write to its host's streams"
ABORT = "a library does not end its host"
WORLD = "a result depends on its input alone"
STATE = "no state outside the engine, no thread, no lock"

HEADERS = {
    "cmath": FLOAT, "math.h": FLOAT, "cfenv": FLOAT, "complex": FLOAT,
    "cfloat": FLOAT, "iostream": SPEAK, "cstdio": SPEAK, "stdio.h": SPEAK,
    "ostream": SPEAK, "sstream": WORLD, "iomanip": WORLD, "cassert": ABORT,
    "assert.h": ABORT, "csignal": ABORT, "locale": WORLD, "clocale": WORLD,
    "cctype": WORLD, "regex": WORLD, "chrono": WORLD, "ctime": WORLD,
    "random": WORLD, "fstream": WORLD, "filesystem": WORLD, "thread": STATE,
    "mutex": STATE, "atomic": STATE, "future": STATE,
}
WORDS = {
    "float": FLOAT, "double": FLOAT, "__float128": FLOAT, "ldexp": FLOAT,
    "stod": FLOAT, "stof": FLOAT, "strtod": FLOAT, "atof": FLOAT,
    "printf": SPEAK, "fprintf": SPEAK, "puts": SPEAK, "putchar": SPEAK,
    "snprintf": WORLD, "sprintf": WORLD,
    "cout": SPEAK, "cerr": SPEAK, "clog": SPEAK, "perror": SPEAK,
    "abort": ABORT, "exit": ABORT, "_exit": ABORT, "_Exit": ABORT,
    "quick_exit": ABORT, "terminate": ABORT, "assert": ABORT, "raise": ABORT,
    "longjmp": ABORT, "atexit": ABORT,
    "getenv": WORLD, "setlocale": WORLD, "rand": WORLD, "srand": WORLD,
    "fopen": WORLD, "random_device": WORLD, "toupper": WORLD,
    "tolower": WORLD, "isalpha": WORLD, "isdigit": WORLD, "isspace": WORLD,
    "thread_local": STATE, "volatile": STATE,
}
# (file, word): where the reason does not hold.
EXEMPT = {
    # Which instructions the CPU has: every thread finds the same.
    ("src/base/sha256.cc", "atomic"),
    # The threads that ColumnsOptions.threads asks for; they end with the call.
    ("src/scoring/parallel.cc", "thread"),
    ("src/scoring/parallel.cc", "mutex"),
    ("src/scoring/parallel.cc", "atomic"),
}
KERNELS = pathlib.PurePath("src/scoring/kernels")

# Comments, and string and character literals. (?<!\w) keeps the separators of
# 1'000'000 from opening a character literal.
NOT_CODE = re.compile(
    r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|(?<!\w)\'(?:\\.|[^\'\\\n])+\'',
    re.S)


def blank(match):
    return re.sub(r"[^\n]", " ", match[0])


def check(name, text, failures):
    in_kernel = KERNELS in name.parents
    for number, line in enumerate(NOT_CODE.sub(blank, text).splitlines(), 1):
        include = re.match(r"\s*#\s*include\s*<([^>]+)>", line)
        found = [include[1]] if include else re.findall(r"\w+", line)
        reasons = HEADERS if include else WORDS
        for word in found:
            reason = reasons.get(word)
            if (str(name), word) in EXEMPT or (reason == FLOAT and in_kernel):
                continue
            if reason:
                failures.append(f"{name}:{number}: {word}: {reason}")


def main(root):
    failures = []
    seen = 0
    for folder in ("src", "abi"):
        for path in sorted((root / folder).rglob("*")):
            name = path.relative_to(root)
            if path.suffix not in {".h", ".cc", ".inc"}:
                continue
            if pathlib.PurePath("src/cli") in name.parents:
                continue
            seen += 1
            check(name, path.read_text(), failures)
    if seen == 0:
        failures.append("no source file found")
    for failure in failures:
        print(failure)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]).resolve()))
