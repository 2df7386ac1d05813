#!/usr/bin/env python3
"""No environment changes a result, and scoring asks the system for nothing but
memory.

    environment_test.py ROOT HOST [SANITIZER]

HOST is environment_host. It is run plainly, then with other locales, without
an environment, with its standard streams closed, in a directory that is gone,
with little stack; each writes the same file. Then strace shows every system
call that it makes between its two marks.
"""
import os
import pathlib
import re
import resource
import shutil
import subprocess
import sys
import tempfile

LOCALES = ("tr_TR.UTF-8", "de_DE.UTF-8")
MEMORY_CALLS = {"brk", "mmap", "munmap", "mremap", "madvise"}
SKIPPED = 77

faults = []
missing = []


def fail(text):
    faults.append(text)
    print("FAILED:", text)


def run(host, out, *arguments, **options):
    """Runs the host; the bytes of its file, or None for a missing locale."""
    out.unlink(missing_ok=True)
    process = subprocess.run([host, out, *arguments], timeout=120,
                             stdin=subprocess.DEVNULL, **options)
    if process.returncode == SKIPPED:
        return None
    if process.returncode != 0 or not out.exists():
        fail(f"exit {process.returncode} with {arguments} {options}")
        return b""
    return out.read_bytes()


def check_environments(host, folder):
    out = folder / "out"
    plain = run(host, out)
    if len(plain) < 100_000:
        fail(f"{len(plain)} bytes of results: the host does too little")
    gone = folder / "gone"
    variants = {
        "an empty environment": dict(env={}),
        "a strange environment": dict(env={
            "LC_ALL": "tr_TR.UTF-8", "LANG": "xx", "TZ": "Asia/Kathmandu",
            "HOME": "/nowhere", "PATH": "", "TMPDIR": "/nowhere",
            "INFLUENCE_KERNEL": "none", "COLUMNS": "3", "POSIXLY_CORRECT": "1",
        }),
        "128 KiB of stack": dict(preexec_fn=lambda: resource.setrlimit(
            resource.RLIMIT_STACK, (1 << 17, 1 << 17))),
        "a directory that is gone": dict(preexec_fn=lambda: (
            gone.mkdir(), os.chdir(gone), gone.rmdir())),
    }
    for what, options in variants.items():
        if run(host, out, **options) != plain:
            fail(f"other results in {what}")
    if run(host, out, "--close") != plain:
        fail("other results with closed standard streams")
    for name in LOCALES:
        results = run(host, out, "--locale", name)
        if results is None:
            missing.append(f"the locale {name} is not installed (locales-all)")
        elif results != plain:
            fail(f"other results under {name}")
    print(f"{len(plain)} bytes of results, "
          f"{len(variants) + 1 + len(LOCALES)} environments")


def check_system_calls(host, folder):
    strace = shutil.which("strace")
    if strace is None:
        return missing.append("strace is not installed")
    trace = folder / "trace"
    process = subprocess.run([strace, "-f", "-o", trace, host, folder / "out",
                              "--mark"], capture_output=True, text=True,
                             timeout=120)
    if "ptrace" in process.stderr and process.returncode != 0:
        return missing.append("ptrace: " + process.stderr.strip())
    names = re.findall(r"^\d+\s+(\w+)\(", trace.read_text(), re.M)
    if names.count("getppid") != 2:
        return fail("the marks are not in the trace")
    first = names.index("getppid")
    between = names[first + 1:names.index("getppid", first + 1)]
    for name in sorted(set(between) - MEMORY_CALLS):
        fail(f"the library called {name}() {between.count(name)} times")
    print(f"{len(between)} system calls between the marks: "
          + (", ".join(sorted(set(between))) or "none"))


def main():
    host = sys.argv[2]
    sanitizer = sys.argv[3:]
    with tempfile.TemporaryDirectory() as folder:
        check_environments(host, pathlib.Path(folder))
        # A sanitizer's own calls would be among them, and it traces itself.
        if not sanitizer:
            check_system_calls(host, pathlib.Path(folder))
    if faults:
        sys.exit(1)
    if missing:
        print("skipped:", "; ".join(missing))
        sys.exit(SKIPPED)


if __name__ == "__main__":
    main()
