#!/usr/bin/env python3
"""Checks every promise of the library and prints what came of it, as a table.

    cmake/promises.py            all of them; builds what it needs
    cmake/promises.py --quick    what the dev preset can say in a few minutes
    cmake/promises.py --list     the table without results, nothing is run
    cmake/promises.py TEXT...    those whose promise or check contains a TEXT

Ends in "N passed, N failed"; exits with 1 if any failed. A check that was
skipped has failed: what was not looked at is not known. Logs are in
build/promises/. The fuzzers run for INFLUENCE_FUZZ_SECONDS (120) each.
"""
import os
import pathlib
import re
import subprocess
import sys
import textwrap
import time
import xml.etree.ElementTree
from typing import NamedTuple, Tuple, Union

ROOT = pathlib.Path(__file__).resolve().parent.parent
LOGS = ROOT / "build/promises"
JOBS = str(os.cpu_count() or 1)


class Tests(NamedTuple):
    """Tests of a preset, by their whole names: regular expressions between
    bars, each of which some test has to match."""
    preset: str
    names: str = ".*"


class Command(NamedTuple):
    """A command; its last line of output is the figure."""
    words: Tuple[str, ...]


class Row(NamedTuple):
    promise: str
    check: Union[Tests, Command]


class Preset(NamedTuple):
    """How a preset is built and its tests are run, once for all rows."""
    targets: Tuple[str, ...] = ()  # none: everything
    ctest: Tuple[str, ...] = ()


NOT_DEEP = ("--label-exclude", "deep|elsewhere")
NOT_HERE = ("--label-exclude", "elsewhere")  # their data are not in the project
PRESETS = {
    "dev": Preset(ctest=NOT_HERE),
    "clang": Preset(ctest=NOT_DEEP),
    "asan": Preset(ctest=NOT_DEEP),
    "tsan": Preset(("threads_test", "arrow_test"),
                   ("--tests-regex", "^(threads_test|arrow_test)$")),
}

# Every promise, with what checks it: the only list there is.
ROWS = (
    Row("a released number never moves",
        Tests("dev", "frozen_files|append_only|golden_test|digest_test")),
    Row("the same bits on every machine, compiler, flag, thread count, order "
        "and rounding mode", Command(("cmake/conformance.py", "--all"))),
    Row("the same bits here, by the installed command",
        Tests("dev", "cli_selftest_test|conformance.*")),
    Row("a score is the formula's exact value, rounded once",
        Tests("dev", "base_.*|mpfr_test|check_golden.*|algorithm_test|scoring_test")),
    Row("every kernel, and columns as profiles, to the last bit",
        Tests("dev", "kernel.*|population_test|arrow_test")),
    Row("a score is the sum of its ledger; more is never less",
        Tests("dev", "every_algorithm_test|scoring_test|model_test")),
    Row("events become the same counts in any order, from any split or merge, "
        "in memory or not; what an attack can gain is bounded",
        Tests("dev", "tally_.*|cli_spill_test|attacks_test")),
    Row("standing is the same to the last bit in any order and on any number of "
        "threads, sums exactly, and is of one graph",
        Tests("dev", "standing_.*|cli_standing_test")),
    Row("why a score changed: what the facts and what the formula did sum to "
        "the micropoint, over a million pairs",
        Tests("dev", "compare_test|compare_deep_test|story_test")),
    Row("what another formula does to a population: from any split or merge, "
        "what counting one by one gives; published with each version",
        Tests("dev", "drift_test|bundled_drift_test")),
    Row("what-if is the formula, scored again; a goal is the least that "
        "reaches it", Tests("dev", "compare_test|cli_insight_test")),
    Row("a report is proved to the last character, and any edit is found",
        Tests("dev", "report_test|cli_verify_test")),
    Row("a report needs no script, asks for nothing and fits paper and phone, "
        "in a browser", Tests("dev", "report_browser_test")),
    Row("every number of a model card is of the table, of a measurement or of "
        "a law", Tests("dev", "card_test")),
    Row("any bytes are survived, and the answer obeys its laws",
        Tests("dev", ".*_replay")),
    Row("any bytes are survived, by search",
        Command(("tests/fuzz/run.sh",
                 os.environ.get("INFLUENCE_FUZZ_SECONDS", "120")))),
    Row("our reading of any bytes is protobuf's",
        Tests("dev", "oracle_test|acceptance_test|codec_test")),
    Row("every NULL, zero and wrong pointer does what the header says",
        Tests("dev", "c11_test|cxx17_test")),
    Row("limits: served at, refused above, before memory is spent",
        Tests("dev", "limits_test")),
    Row("memory that runs out at any point loses nothing but the call",
        Tests("dev", "out_of_memory_test")),
    Row("no locale, environment, directory or stream matters; no system call "
        "but for memory", Tests("dev", "environment_test")),
    Row("no abort, output, clock, file, locale or floating point in the code",
        Tests("dev", "library_code")),
    Row("only our symbols out, no one else's in; the layout is frozen",
        Tests("dev", "exported_symbols|layout_test")),
    Row("messages and interface only grow",
        Tests("dev", "proto_fields|public_interface|append_only")),
    Row("a program of the baseline's day works with today's library; a break "
        "of the ABI is noticed", Tests("dev", "abi_baseline|check_abi_test")),
    Row("self-contained, it needs libc alone and bears any protobuf or Abseil",
        Tests("dev", "bundled_test|coexist_test")),
    Row("before main, at exit, after fork, on a stack of 64 KiB, loaded a "
        "thousand times", Tests("dev", "hosts_test.*|reload_test")),
    Row("no stray access or leak, by valgrind",
        Tests("dev", ".*_valgrind")),
    Row("every command and program of every document runs, and prints what is "
        "shown; every link leads somewhere",
        Tests("dev", "documents|documents_deep|document_links")),
    Row("installed, it is found and links",
        Tests("dev", "installed_consumer")),
    Row("pyarrow, Polars and DuckDB hand over their columns",
        Tests("dev", "clients_test")),
    Row("Go, Rust and Python give the library's own bytes, leak nothing and "
        "refuse another library", Command(("abi/test.sh",))),
    Row("the command loses no data and survives any file",
        Tests("dev", "cli_.*")),
    Row("no undefined behaviour, overflow, leak or stray access",
        Tests("asan")),
    Row("threads may share an engine", Tests("tsan")),
    Row("all of it with another compiler", Tests("clang")),
    Row("all the rest of the tests", Tests("dev")),
)


class Result(NamedTuple):
    passed: bool
    figures: str


class Case(NamedTuple):
    status: str  # "run", "fail", "notrun", ...
    seconds: float
    words: str


def log_to(name, words):
    """Runs a command with its output in a log; returns its exit code."""
    LOGS.mkdir(parents=True, exist_ok=True)
    with open(LOGS / f"{name}.log", "w") as log:
        return subprocess.run(words, cwd=ROOT, stdout=log,
                              stderr=subprocess.STDOUT,
                              stdin=subprocess.DEVNULL).returncode


def run_preset(name, names):
    """Builds a preset and runs its tests; a Case for each. None: no build."""
    preset = PRESETS[name]
    build = ["cmake", "--build", "--preset", name, "--parallel", JOBS]
    if preset.targets:
        build += ["--target", *preset.targets]
    if (log_to(f"{name}-configure", ["cmake", "--preset", name]) != 0
            or log_to(f"{name}-build", build) != 0):
        return None
    report = LOGS / f"{name}.xml"
    report.unlink(missing_ok=True)
    # What ctest cannot say by its exit code: which tests were skipped.
    log_to(f"{name}-ctest",
           ["ctest", "--preset", name, "--parallel", JOBS, *preset.ctest,
            *(["--tests-regex", names] if names and not preset.targets else []),
            "--output-junit", str(report)])
    cases = {}
    for case in xml.etree.ElementTree.parse(report).getroot().iter("testcase"):
        words = case.find("system-out")
        cases[case.get("name")] = Case(case.get("status"),
                                       float(case.get("time")),
                                       words.text or "")
    return cases


def judge_tests(check, cases):
    if cases is None:
        return Result(False, f"does not build: build/promises/{check.preset}-"
                             "build.log")
    mine = {name: case for name, case in cases.items()
            if re.fullmatch(check.names, name)}
    bad = [f"{name} {'failed' if case.status == 'fail' else 'was skipped'}"
           for name, case in sorted(mine.items()) if case.status != "run"]
    bad += [f"no {name}" for name in check.names.split("|")
            if not any(re.fullmatch(name, case) for case in mine)]
    seconds = sum(case.seconds for case in mine.values())
    figures = f"{len(mine)} tests, {seconds:.1f} s"
    if bad:
        figures += ": " + ", ".join(bad)
    return Result(not bad, figures)


def run_command(check):
    name = pathlib.Path(check.words[0]).stem
    begin = time.monotonic()
    code = log_to(name, check.words)
    lines = (LOGS / f"{name}.log").read_text(errors="replace").split("\n")
    last = next((line for line in reversed(lines) if line.strip()), "")
    seconds = time.monotonic() - begin
    return Result(code == 0, f"{last.strip()} ({seconds:.0f} s)")


def words_of(check):
    """What a person would type."""
    if isinstance(check, Command):
        return " ".join(check.words)
    tests = "" if check.names == ".*" else f" -R '^({check.names})$'"
    return " ".join(("ctest", "--preset", check.preset + tests,
                     *PRESETS[check.preset].ctest))


def print_row(promise, check, result):
    left = textwrap.wrap(promise, 42)
    middle = textwrap.wrap(check, 44)
    right = textwrap.wrap(result, 40)
    for i in range(max(len(left), len(middle), len(right))):
        cells = [part[i] if i < len(part) else ""
                 for part in (left, middle, right)]
        print(f"{cells[0]:42} | {cells[1]:44} | {cells[2]}".rstrip())
    sys.stdout.flush()


def is_wanted(row, words):
    text = (row.promise + " " + words_of(row.check)).lower()
    return not words or any(word.lower() in text for word in words)


def main():
    flags = {word for word in sys.argv[1:] if word.startswith("-")}
    words = [word for word in sys.argv[1:] if not word.startswith("-")]
    if flags - {"--quick", "--list"}:
        print(__doc__, file=sys.stderr)
        sys.exit(2)
    rows = [row for row in ROWS if is_wanted(row, words)]
    if "--quick" in flags:
        PRESETS["dev"] = Preset(ctest=NOT_DEEP)
        # Tests of which some are deep are left to the whole table.
        deep = re.compile("clients_test|valgrind|deep_test|browser|spill")
        rows = [row for row in rows if isinstance(row.check, Tests)
                and row.check.preset == "dev"
                and not deep.search(row.check.names)]

    print_row("promise", "check", "result")
    print_row("-" * 42, "-" * 44, "-" * 40)
    ran = {}  # preset -> its cases
    passed = failed = 0
    for row in rows:
        if "--list" in flags:
            print_row(row.promise, words_of(row.check), "")
            continue
        if isinstance(row.check, Command):
            result = run_command(row.check)
        else:
            preset = row.check.preset
            if preset not in ran:
                names = [r.check.names for r in rows
                         if isinstance(r.check, Tests)
                         and r.check.preset == preset]
                ran[preset] = run_preset(
                    preset, "" if ".*" in names else f"^({'|'.join(names)})$")
            result = judge_tests(row.check, ran[preset])
        passed += result.passed
        failed += not result.passed
        print_row(row.promise, words_of(row.check),
                  ("passed: " if result.passed else "FAILED: ")
                  + result.figures)
    if "--list" in flags:
        return
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed or not rows else 0)


if __name__ == "__main__":
    main()
