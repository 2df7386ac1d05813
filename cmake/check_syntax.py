#!/usr/bin/env python3
"""Reads every file that a build folder lists and has not compiled.

    cmake/check_syntax.py BUILD

Warnings are errors where they are for the build. A second compiler takes a tenth
of the time so: it looks at all of the code, and makes no code of it.
"""
import concurrent.futures
import json
import os
import pathlib
import shlex
import subprocess
import sys


def is_compiled(entry):
    words = shlex.split(entry["command"])
    output = pathlib.Path(entry["directory"]) / words[words.index("-o") + 1]
    return output.exists()


def read(entry):
    words = shlex.split(entry["command"])
    output = words.index("-o")
    del words[output:output + 2]
    words[words.index("-c")] = "-fsyntax-only"
    return subprocess.run(words, cwd=entry["directory"], check=False,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          text=True)


def main(build):
    entries = [entry for entry in
               json.loads((build / "compile_commands.json").read_text())
               if not is_compiled(entry)]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        failed = [done for done in pool.map(read, entries) if done.returncode]
    for done in failed:
        print(done.stdout)
    print(f"{len(entries) - len(failed)} passed, {len(failed)} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]).resolve()))
