#!/usr/bin/env python3
"""The same bits on every CPU: one corpus, many builds, one digest.

    cmake/conformance.py [--quick | --all] [OPTION ...]

Each row builds the library and tests/conformance/runner with one compiler for
one machine, with no build system and no protobuf, and puts the corpus to it in
every way that the machine has: threads, orders, batch sizes, rounding modes,
flushed denormals, the columns and each of their kernels. A digest that is not
tests/conformance/v1/digest.txt fails the row; so does one of the functions that
no corpus of requests reaches, if it is not in tests/conformance/functions.txt,
and that of large graphs, on several threads, if it is not in
tests/standing/digest.txt.

  (nothing)     g++ and clang here, with every set of flags
  --all         also the other machines, cross-compiled and under qemu-user,
                and a build that finds every use of uninitialized memory
  --quick       g++ -O2 and clang -O3, the ways that need no second thought
  --row NAME    this row alone
  --list        prints the names of all rows, as a JSON list
  --keep FOLDER builds there and leaves it there

Exit code: 0 if all passed, 1 if one differs or does not build, 77 if a
compiler or an emulator is missing that a row needs.
"""
import argparse
import concurrent.futures
import dataclasses
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
LAYERS = re.findall(r"^([a-z]+):", (ROOT / "src/layers.txt").read_text(), re.M)
SOURCES = (*(f"src/{layer}" for layer in LAYERS), "abi/c",
           "src/cli/conformance", "tests/conformance")
# What is compared with a file: its source, and the file.
DIGESTS = {
    "functions": ("tests/conformance/functions.cc",
                  "tests/conformance/functions.txt"),
    "standing": ("tests/standing/digest.cc", "tests/standing/digest.txt"),
}
MAINS = ["tests/conformance/runner.cc", *(main for main, _ in DIGESTS.values())]
FLAGS = ["-std=c++17", "-fPIC", "-pthread", "-DINFLUENCE_BUILDING"]
SKIPPED = 77


@dataclasses.dataclass
class Row:
    platform: str
    compiler: list   # the command, with a --target if it needs one
    flags: list      # of the library and of the runner, after all others
    emulator: list = dataclasses.field(default_factory=list)
    ways: list = dataclasses.field(default_factory=lambda: ["--every-way"])

    @property
    def name(self):
        return " ".join([self.platform, self.compiler[0], *self.flags])


HERE = (["-O0"], ["-O1"], ["-O2"], ["-O3"], ["-Os"], ["-O2", "-march=native"],
        ["-O2", "-ffast-math"], ["-O2", "-ffp-contract=fast"])
# Debian's name of the cross compiler, qemu's of the machine.
THERE = {"aarch64": ("aarch64-linux-gnu", "aarch64"),
         "riscv64": ("riscv64-linux-gnu", "riscv64"),
         "s390x": ("s390x-linux-gnu", "s390x"),
         "armhf": ("arm-linux-gnueabihf", "arm"),
         "i686": ("i686-linux-gnu", "i386")}


def native_rows():
    machine = os.uname().machine
    return [Row(machine, [compiler], flags)
            for compiler in ("g++", "clang++-14") for flags in HERE]


def cross_rows():
    rows = []
    for platform, (triple, machine) in THERE.items():
        emulator = [f"qemu-{machine}"]
        rows.append(Row(platform, [f"{triple}-g++"], ["-O2"], emulator,
                        [["--threads", "7", "--shuffle", "3"],
                         ["--batch", "0", "--rounding", "up"],
                         ["--path", "columns"],
                         ["--algorithm", "v2"]]))
        rows.append(Row(platform, ["clang++-14", f"--target={triple}"],
                        ["-O3", "-ffast-math"], emulator, [[]]))
    return rows


MSAN = "-fsanitize=memory"


def msan_row():
    # What runs other ways leans on the uninstrumented libstdc++.
    return Row(os.uname().machine, ["clang++-14"], ["-O1", MSAN], [],
               [[], ["--path", "columns"]])


def kernel_flags():
    """Each kernel's own flags, from where the ordinary build has them."""
    text = (ROOT / "src/CMakeLists.txt").read_text()
    found = re.findall(r"set_source_files_properties\((\S+) PROPERTIES\s+"
                       r'COMPILE_OPTIONS\s+"([^"]*)"', text)
    return {f"src/{name}": flags.split(";") for name, flags in found}


def library_version():
    text = (ROOT / "CMakeLists.txt").read_text()
    return re.search(r"project\(libinfluence VERSION (\S+)", text)[1]


def run(command, timeout=None):
    return subprocess.run([str(word) for word in command], text=True,
                          capture_output=True, check=False, timeout=timeout)


def is_x86(row):
    return row.platform in ("x86_64", "amd64")


def build(row, folder):
    """The paths of the programs of MAINS; raises RuntimeError with what the
    compiler says."""
    folder.mkdir(parents=True, exist_ok=True)
    own = kernel_flags() if is_x86(row) else {}
    cache = [shutil.which("ccache")] if shutil.which("ccache") else []
    version = f'-DINFLUENCE_LIBRARY_VERSION="{library_version()}"'
    include = [f"-I{ROOT / name}" for name in ("src", "include", ".")]
    # Debian has protozero among the headers of no machine in particular, which
    # a cross compiler does not look through.
    if row.emulator:
        headers = folder / "headers"
        headers.mkdir(exist_ok=True)
        if not (headers / "protozero").exists():
            (headers / "protozero").symlink_to("/usr/include/protozero")
        include += ["-isystem", headers]

    if MSAN in row.flags:
        include += ["-include", ROOT / "tests/conformance/msan.h"]

    def compile_one(source):
        name = str(source.relative_to(ROOT))
        output = folder / (name.replace("/", "_") + ".o")
        done = run([*cache, *row.compiler, *FLAGS, version, *include,
                    *own.get(name, []), *row.flags, "-c", source,
                    "-o", output])
        if done.returncode:
            raise RuntimeError(done.stderr[-2000:])
        return output

    sources = {path for name in SOURCES for path in (ROOT / name).rglob("*.cc")}
    sources = sorted(sources | {ROOT / main for main in MAINS})
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        objects = dict(zip(sources, pool.map(compile_one, sources)))
    static = ["-static"] if row.emulator else []
    programs = []
    for main in MAINS:
        programs.append(folder / main.replace("/", "_")[:-len(".cc")])
        mine = [path for source, path in objects.items()
                if source == ROOT / main
                or str(source.relative_to(ROOT)) not in MAINS]
        done = run([*row.compiler, *FLAGS, *row.flags, *static, *mine,
                    "-o", programs[-1]])
        if done.returncode:
            raise RuntimeError(done.stderr[-2000:])
    return programs


def missing(row):
    """The command that a row needs and this machine lacks, or None."""
    for command in [row.compiler[0], *row.emulator[:1]]:
        if shutil.which(command) is None:
            return command
    return None


def check(row, folder):
    """Prints a line for each way; the number that passed, that failed."""
    begin = time.monotonic()
    try:
        runner, *digests = build(row, folder)
    except RuntimeError as error:
        print(f"{row.name}: does not build\n{error}", flush=True)
        return 0, 1
    passed = failed = 0
    for way in row.ways:
        way = [way] if isinstance(way, str) else way
        done = run([*row.emulator, runner, *way], timeout=1800)
        lines = re.findall(r"^([0-9a-f]{64})  (.*)$", done.stdout, re.M)
        for digest, name in lines:
            if name == "is what it should be":
                continue
            differs = "DIFFERS" in name
            passed += not differs
            failed += differs
            shown = " ".join(way) if way != ["--every-way"] else name
            print(f"{row.name} | {shown or 'plain'} | {digest[:16]} | "
                  f"{'DIFFERS' if differs else 'ok'}", flush=True)
        if done.returncode not in (0, 1) or not lines:
            failed += 1
            print(f"{row.name} | {' '.join(way)} | exit {done.returncode} "
                  f"{done.stderr.strip()}", flush=True)
    for program, (name, (_, want)) in zip(digests, DIGESTS.items()):
        done = run([*row.emulator, program, ROOT / want], timeout=1800)
        passed += done.returncode == 0
        failed += done.returncode != 0
        print(f"{row.name} | {name} | "
              f"{'ok' if done.returncode == 0 else 'DIFFERS'} "
              f"{done.stderr.strip()}".rstrip(), flush=True)
    print(f"  {time.monotonic() - begin:.0f} s", flush=True)
    return passed, failed


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--row")
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--keep", type=pathlib.Path)
    options = parser.parse_args()
    rows = native_rows()
    if options.quick:
        ways = [["--threads", "2", "--shuffle", "5", "--rounding", "up"],
                ["--batch", "0", "--ftz", "--path", "columns"]]
        rows = [Row(rows[0].platform, ["g++"], ["-O2"], [], ways),
                Row(rows[0].platform, ["clang++-14"], ["-O3"], [], ways)]
    if options.all or options.list or options.row:
        rows += [*cross_rows(), msan_row()]
    if options.row:
        rows = [row for row in rows if row.name == options.row]
    if options.list:
        print(json.dumps([row.name for row in rows]))
        return 0
    passed = failed = lacking = 0
    with tempfile.TemporaryDirectory() as temporary:
        for number, row in enumerate(rows):
            if missing(row):
                print(f"{row.name} | SKIPPED, no {missing(row)}")
                lacking += 1
                continue
            folder = (options.keep or pathlib.Path(temporary)) / str(number)
            more, fewer = check(row, folder)
            passed += more
            failed += fewer
            if not options.keep:
                shutil.rmtree(folder)
    print(f"{passed + failed} combinations: {passed} passed, {failed} failed"
          + (f"; {lacking} rows skipped" if lacking else ""))
    if failed or not rows:
        return 1
    return SKIPPED if lacking else 0


if __name__ == "__main__":
    sys.exit(main())
