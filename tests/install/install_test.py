"""A consumer builds against the installed tree, and only against it.

    python3 tests/install/install_test.py ROOT BUILD CMAKE GENERATOR CC CXX
                                          LIBDIR [SANITIZERS]

find_package and pkg-config must both fail on an empty prefix, then both
succeed on the installed one, then still do after the tree was moved. The
program has to load the installed library. The programs of examples/ are built
and run by the commands that they begin with; tests/docs does so with documents.
"""
import os
import pathlib
import shutil
import subprocess
import sys

STRICT = ["-Wall", "-Wextra", "-Wpedantic", "-Werror"]


class Failed(Exception):
    pass


class Test:
    def __init__(self, root, build, cmake, generator, cc, cxx, libdir,
                 sanitizers=""):
        self.root, self.build = pathlib.Path(root), pathlib.Path(build)
        self.cmake, self.generator = cmake, generator
        self.cc, self.cxx, self.libdir = cc, cxx, libdir
        self.flags = [f"-fsanitize={sanitizers}"] if sanitizers else []
        self.work = self.build / "install_test"
        shutil.rmtree(self.work, ignore_errors=True)
        self.work.mkdir()
        self.source = self.root / "tests/install/consumer"

    def run(self, *command, env=None):
        return subprocess.run(
            [str(word) for word in command], capture_output=True, text=True,
            check=False, stdin=subprocess.DEVNULL,
            env={**os.environ, **(env or {})})

    def expect(self, what, *command, env=None):
        done = self.run(*command, env=env)
        if done.returncode != 0:
            raise Failed(f"{what}:\n{done.stdout}{done.stderr}")
        return done.stdout

    def check_loaded(self, program, prefix):
        """`program` runs, with the library that is under `prefix`."""
        env = {"LD_LIBRARY_PATH": prefix / self.libdir}
        wanted = str((prefix / self.libdir / "libinfluence.so.1"))
        loaded = self.expect("ldd", "ldd", program, env=env)
        if f"libinfluence.so.1 => {wanted} " not in loaded:
            raise Failed(f"{program} does not load {wanted}:\n{loaded}")
        return self.expect("the program", program, env=env)

    def by_cmake(self, prefix, name):
        """Configures and builds the consumer; None, or what went wrong."""
        build = self.work / name
        done = self.run(
            self.cmake, "-G", self.generator, "-S", self.source, "-B", build,
            f"-DCMAKE_PREFIX_PATH={prefix}", f"-DCMAKE_C_COMPILER={self.cc}",
            f"-DCMAKE_C_FLAGS={' '.join(self.flags)}",
            "-DCMAKE_FIND_USE_PACKAGE_REGISTRY=OFF",
            "-DCMAKE_FIND_USE_CMAKE_SYSTEM_PATH=OFF")
        if done.returncode != 0:
            return done.stdout + done.stderr
        self.expect("building the consumer", self.cmake, "--build", build)
        self.check_loaded(build / "consumer", prefix)
        return None

    def pkg_config(self, prefix, *arguments):
        return self.run("pkg-config", *arguments, "influence", env={
            "PKG_CONFIG_LIBDIR": prefix / self.libdir / "pkgconfig",
            "PKG_CONFIG_PATH": ""})

    def by_pkg_config(self, prefix, name):
        """Builds the consumer in C and C++; None, or what went wrong."""
        done = self.pkg_config(prefix, "--cflags", "--libs")
        if done.returncode != 0:
            return done.stdout + done.stderr
        words = done.stdout.split()
        for compiler, standard, suffix in ((self.cc, "c11", "c"),
                                           (self.cxx, "c++17", "cc")):
            program = self.work / f"{name}_{suffix}"
            self.expect(f"compiling by pkg-config, {suffix}", compiler,
                        f"-std={standard}", *STRICT, *self.flags,
                        self.source / f"consumer.{suffix}", "-o", program,
                        *words)
            self.check_loaded(program, prefix)
        return None

    def install(self, prefix):
        self.expect("installing", self.cmake, "--install", self.build,
                    "--prefix", prefix)
        doc = prefix / "share/doc/influence"
        for path in (doc / "LICENSE", doc / "README.md", doc / "CHANGELOG.md",
                     doc / "v1/SPEC.md", doc / "v2/SPEC.md",
                     prefix / "share/influence/proto/influence/abi1/influence.proto",
                     prefix / self.libdir / "libinfluence.so"):
            if not path.is_file():
                raise Failed(f"not installed: {path}")
        for path in prefix.rglob("*.h"):
            if path != prefix / "include/influence/influence.h":
                raise Failed(f"installed, but private: {path}")

    def check_prefix(self, prefix, name):
        for build in (self.by_cmake, self.by_pkg_config):
            fault = build(prefix, f"{name}_{build.__name__}")
            if fault:
                raise Failed(f"{build.__name__}, {name}:\n{fault}")
        version = self.pkg_config(prefix, "--modversion").stdout.strip()
        told = self.check_loaded(
            self.work / f"{name}_by_cmake/consumer", prefix).strip()
        if version != told:
            raise Failed(f"pkg-config says {version}, the library {told}")
        messages = self.pkg_config(prefix, "--variable=protodir").stdout
        proto = pathlib.Path(messages.strip()) / "influence/abi1/influence.proto"
        if not proto.is_file():
            raise Failed(f"no messages in {messages!r}")

    def check_command(self, prefix):
        """The command, if it was built, runs without LD_LIBRARY_PATH."""
        command = prefix / "bin/influence"
        if command.exists():
            self.expect("the installed command", command, "--version",
                        env={"LD_LIBRARY_PATH": ""})

    def check_examples(self, prefix):
        """Each program of examples/ as its first comment says."""
        for name, mark in (("score.c", " *     "), ("score.cc", "//     ")):
            folder = self.work / f"example_{name}"
            folder.mkdir()
            for file in (name, "people.csv"):
                shutil.copy(self.root / "examples" / file, folder)
            for tool, real in (("cc", self.cc), ("c++", self.cxx)):
                (folder / tool).write_text(
                    f'#!/bin/sh\nexec {real} {" ".join(self.flags)} "$@"\n')
                (folder / tool).chmod(0o755)
            commands = [line.removeprefix(mark) for line in
                        (folder / name).read_text().split("\n")
                        if line.startswith(mark)]
            shown = self.expect(
                name, "sh", "-ec", f"cd '{folder}'\n" + "\n".join(commands),
                env={"PATH": f"{folder}:{os.environ['PATH']}",
                     "PKG_CONFIG_PATH": prefix / self.libdir / "pkgconfig",
                     "LD_LIBRARY_PATH": prefix / self.libdir})
            for text in ("ada: 28.867811 points",
                         "bob has no score: OUT_OF_RANGE: "
                         if name == "score.c" else " 11.663588\n",
                         "bob has no score: "):
                if text not in shown:
                    raise Failed(f"{name} does not print {text!r}:\n{shown}")

    def all(self):
        empty, first, moved = (self.work / name
                               for name in ("empty", "prefix", "moved"))
        empty.mkdir()
        for build, refusal in (
                (self.by_cmake, 'provided by "influence"'),
                (self.by_pkg_config, "Package influence was not found")):
            name = build.__name__
            fault = build(empty, f"empty_{name}")
            if refusal not in (fault or ""):
                raise Failed(f"{name}, without the library: {fault}")
        self.install(first)
        self.check_prefix(first, "installed")
        self.check_examples(first)
        self.check_command(first)
        first.rename(moved)
        self.check_prefix(moved, "moved")
        self.check_command(moved)


if __name__ == "__main__":
    try:
        Test(*sys.argv[1:]).all()
    except Failed as failed:
        print(failed)
        sys.exit(1)
