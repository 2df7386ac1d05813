"""The build backend: setuptools, with the library put into the wheel.

The library is the file that INFLUENCE_LIBRARY names, or else is built here by
the CMake preset `bundled`: it needs nothing but the C library.
"""
import os
import pathlib
import platform
import shutil
import subprocess
import sys

from setuptools import build_meta
from setuptools.build_meta import *  # noqa: F403  what a backend has to have

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
TARGET = HERE / "src" / "influence" / "libinfluence.so"


def _library():
    named = os.environ.get("INFLUENCE_LIBRARY")
    if named:
        return pathlib.Path(named)
    for words in (("--preset", "bundled"), ("--build", "--preset", "bundled")):
        subprocess.run(["cmake", *words], cwd=ROOT, check=True,
                       stdout=sys.stderr)
    return ROOT / "build" / "bundled" / "abi" / "c" / "libinfluence.so"


def _tag():
    """manylinux, by the newest symbol of the C library that is asked for."""
    shown = subprocess.run(["objdump", "-T", TARGET], check=True, text=True,
                           stdout=subprocess.PIPE).stdout
    versions = {tuple(map(int, word[1:-1].split("_")[1].split(".")))
                for word in shown.split() if word.startswith("(GLIBC_")
                and word[7].isdigit()}
    major, minor = max(v[:2] for v in versions)
    return f"py3-none-manylinux_{major}_{minor}_{platform.machine()}"


def build_wheel(wheel_directory, config_settings=None,
                metadata_directory=None):
    shutil.copy(_library(), TARGET)
    subprocess.run(["strip", "--strip-unneeded", TARGET], check=True)
    try:
        name = build_meta.build_wheel(wheel_directory, config_settings,
                                      metadata_directory)
    finally:
        shutil.rmtree(HERE / "build", ignore_errors=True)
    done = subprocess.run(
        [sys.executable, "-m", "wheel", "tags", "--remove",
         "--python-tag", "py3", "--abi-tag", "none",
         "--platform-tag", _tag().split("-", 2)[2],
         pathlib.Path(wheel_directory) / name],
        check=True, text=True, stdout=subprocess.PIPE)
    return done.stdout.strip().splitlines()[-1].strip()


def get_requires_for_build_wheel(config_settings=None):
    return ["wheel"]
