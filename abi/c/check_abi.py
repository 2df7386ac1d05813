#!/usr/bin/env python3
"""Today's library and header against what a release has promised.

    check_abi.py check LIBRARY HEADER [BASELINE]
    check_abi.py make LIBRARY HEADER BASELINE

A baseline is a folder of baseline/, named by its ABI, with the header, the
interface as libabigail describes it, and a program that uses every function.
`check` ends with 1 and says why if anything was removed or changed, or if a
function of the map is missing from the header, the interface or the program of
the newest baseline. Other additions to the library pass.

`make` writes header and interface of a baseline, to which you add a program. If
the baseline exists, it must hold: a release may add to it and change nothing.
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ABI = "libinfluence.abi"


def numbers(path):
    """The order of baselines: 1, then 1-0.9.0, then 1-0.10.0."""
    return [int(number) for number in re.findall(r"\d+", path.name)]


def run(*command, **options):
    return subprocess.run([str(word) for word in command], check=False,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          text=True, **options)


def without_comments(path):
    return re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)


def uncovered(baseline):
    """The functions of the map that this baseline lacks, place by place."""
    mapped = set(re.findall(r"^\s+(influence_\w+);",
                            (HERE / "influence.map").read_text(), re.MULTILINE))
    places = {
        "influence.h": set(re.findall(
            r"INFLUENCE_API\s[^;(]*?(influence_\w+)\(",
            without_comments(baseline / "influence.h"))),
        ABI: set(re.findall(r"<function-decl name='(influence_\w+)'",
                            (baseline / ABI).read_text())),
        "program.c": set(re.findall(r"\b(influence_\w+)\(",
                                    without_comments(baseline / "program.c"))),
    }
    for place, names in places.items():
        for name in sorted(mapped - names):
            yield f"{place} lacks {name}, which is in the map"
    # libabigail reads only the first of several units with one path.
    paths = re.findall(r"<abi-instr [^>]*path='([^']*)'",
                       (baseline / ABI).read_text())
    for path in sorted({path for path in paths if paths.count(path) > 1}):
        yield f"{ABI} has several units {path}, of which abidiff reads one"


def has_debug_info(library):
    """Without it abidiff sees names alone, and finds everything fine."""
    return ".debug_info" in run("readelf", "-SW", library).stdout


def constants(header):
    """name -> value of every INFLUENCE_ and ARROW_ macro and enumerator."""
    text = without_comments(header)
    found = dict(re.findall(r"#define ((?:INFLUENCE|ARROW)_\w+) +(\w+) *$", text,
                            flags=re.MULTILINE))
    found.update(re.findall(r"\b(INFLUENCE_[A-Z0-9_]+) = (\d+)", text))
    return found


def changed_constants(old, new):
    for name, value in sorted(old.items()):
        if name.startswith("INFLUENCE_VERSION_") and name in new:
            continue  # of the release, not of the ABI
        if name not in new:
            yield f"{name} is gone"
        elif new[name] != value:
            is_raised = (name.startswith("INFLUENCE_MAX_") and
                         int(new[name]) > int(value))
            if not is_raised:
                yield f"{name} was {value} and is {new[name]}"


def changed_interface(library, baseline):
    if not has_debug_info(library):
        yield f"{library} has no .debug_info: nothing can be compared"
        return
    diff = run("abidiff", "--no-added-syms", baseline / ABI, library)
    if diff.returncode != 0:
        yield diff.stdout


def broken_program(library, baseline):
    """A program of the baseline's day, with today's library."""
    with tempfile.TemporaryDirectory() as folder:
        program = pathlib.Path(folder) / "program"
        built = run(os.environ.get("CC", "cc"), "-std=c11", "-Wall", "-Werror",
                    f"-I{baseline}", baseline / "program.c", library,
                    "-o", program)
        if built.returncode != 0:
            yield built.stdout
            return
        done = run(program, env={
            **os.environ, "LD_LIBRARY_PATH": str(library.resolve().parent)})
        if done.returncode != 0:
            yield f"the baseline's program: {done.returncode} {done.stdout}"


def check(library, header, baseline, is_newest):
    faults = list(uncovered(baseline)) if is_newest else []
    faults = faults or [
        *changed_constants(constants(baseline / "influence.h"),
                           constants(header)),
        *changed_interface(library, baseline),
        *broken_program(library, baseline),
    ]
    for fault in faults:
        print(f"against {baseline}: {fault}")
    return not faults


def make(library, header, baseline):
    if not has_debug_info(library):
        sys.exit(f"{library} has no .debug_info")
    if (baseline / ABI).exists():
        faults = [*changed_constants(constants(baseline / "influence.h"),
                                     constants(header)),
                  *changed_interface(library, baseline)]
        if faults:
            sys.exit("\n".join([f"{baseline} does not hold:", *faults]))
    baseline.mkdir(parents=True, exist_ok=True)
    shutil.copy(header, baseline / "influence.h")
    done = run("abidw", "--no-corpus-path", "--no-comp-dir-path",
               "--no-show-locs", "--no-elf-needed",
               "--exported-interfaces-only", "--out-file", baseline / ABI, library)
    if done.returncode != 0:
        sys.exit(done.stdout)
    # No path of this machine; each unit keeps a name of its own (uncovered()).
    text = (baseline / ABI).read_text()
    (baseline / ABI).write_text(
        re.sub(r" path='(?:[^']*/)?([^'/]*)'", r" path='\1'", text))


def main():
    paths = [pathlib.Path(argument) for argument in sys.argv[2:]]
    if sys.argv[1:2] == ["make"] and len(paths) == 3:
        make(*paths)
    elif sys.argv[1:2] == ["check"] and len(paths) in (2, 3):
        baselines = paths[2:] or [
            p for p in sorted((HERE / "baseline").iterdir(), key=numbers)
            if p.is_dir()]
        # A list, so that every baseline is looked at.
        if not all([check(*paths[:2], baseline, baseline == baselines[-1])
                    for baseline in baselines]):
            sys.exit(1)
        print(f"{len(baselines)} baseline(s) hold")
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main()
