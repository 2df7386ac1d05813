"""Every test and every program that a promise names is there.

    python3 tests/lint/check_promises.py ROOT BUILD

cmake/promises.py runs tests by name. Here each of its names matches some test
of this build, if it is one of everything; what the preset `tsan` builds are
tests; and a command is a file that can be run.
"""
import importlib.util
import os
import pathlib
import re
import subprocess
import sys

sys.dont_write_bytecode = True


def load(path):
    spec = importlib.util.spec_from_file_location("promises", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def tests_of(build):
    listed = subprocess.run(["ctest", "--test-dir", build, "-N"], check=True,
                            capture_output=True, text=True).stdout
    return re.findall(r"^ +Test +#\d+: (\S+)$", listed, re.M)


def missing(rows, tests):
    """The names, of rows by name in the preset dev, that match no test."""
    return [f"{row.promise}: there is no test {name}"
            for row in rows if hasattr(row.check, "names")
            and row.check.preset == "dev"
            for name in row.check.names.split("|")
            if not any(re.fullmatch(name, test) for test in tests)]


def main(root, build):
    promises = load(pathlib.Path(root) / "cmake/promises.py")
    tests = tests_of(build)
    # The check itself: it has to fire.
    sample = [promises.Row("p", promises.Tests("dev", "there_.*|gone"))]
    assert missing(sample, ["there_1"]) == ["p: there is no test gone"]
    assert missing(sample, ["there_1", "gone"]) == []
    # A build of less than everything has fewer tests.
    is_whole = "card_test" in tests and "abi_baseline" in tests
    faults = missing(promises.ROWS, tests) if is_whole else []
    faults += [f"tsan builds no {name}"
               for name in promises.PRESETS["tsan"].targets
               if name not in tests]
    faults += [f"{row.promise}: {row.check.words[0]} is no program"
               for row in promises.ROWS if hasattr(row.check, "words")
               and not os.access(pathlib.Path(root) / row.check.words[0],
                                 os.X_OK)]
    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
