"""Every source file is built and every test runs: a build list names each.

    python3 tests/lint/check_built.py ROOT

A file counts as named if a CMakeLists.txt of its folder or of one above it, or
a script beside it, has its name (or the name of the target that a function such
as influence_fuzz() makes from it). Without this a file that drops out of a list
passes by not being looked at.
"""
import pathlib
import re
import sys

FOLDERS = ("src", "abi/c", "tests", "bench", "proto")
# Built by scripts: material of a test, and the benchmark of the bindings.
EXEMPT = re.compile(r"abi/c/baseline/|tests/install/consumer|bench/binding_bench")


def lists_of(root, folder):
    """The texts that may name a file of this folder."""
    for place in (folder, *folder.parents):
        if (place / "CMakeLists.txt").exists():
            yield (place / "CMakeLists.txt").read_text()
        if place == root:
            break
    for script in folder.glob("*.py"):
        yield script.read_text()


def is_wanted(path):
    return (path.suffix in (".cc", ".c") or path.name.endswith("_test.py") or
            path.name.startswith("check_") and path.suffix == ".py")


def names_of(path):
    yield path.name
    if path.suffix == ".c":
        yield path.stem  # influence_c_test(layout_test)
    # influence_fuzz(score), foreach(name IN ITEMS input), influence_bench(drift)
    for ending in ("_fuzz.cc", "_bench.cc", "_test.py"):
        if path.name.endswith(ending):
            yield path.name[:-len(ending)]


def main(root):
    files, faults = 0, []
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            name = path.relative_to(root).as_posix()
            if not is_wanted(path) or EXEMPT.search(name):
                continue
            files += 1
            # A name only in a comment builds nothing.
            text = "\n".join(re.sub(r"#.*", "", text) for text in
                             lists_of(root, path.parent))
            if not any(re.search(rf"(?<![\w.]){re.escape(word)}(?!\w)", text)
                       for word in names_of(path)):
                faults.append(f"{name}: no build list names it; add it to the "
                              "CMakeLists.txt of its folder or delete it")
    if not files:
        faults.append(f"{root}: no source file at all")
    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]).resolve()))
