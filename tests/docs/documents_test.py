"""Runs every command and every program of every Markdown document.

    python3 tests/docs/documents_test.py ROOT BUILD CMAKE [--deep] [--write]
                                         [--only=LANGUAGE] [DOCUMENT...]

The marks of blocks are in blocks.py. Each document has a fresh copy of the tree,
in which its blocks run in order, each from the root, with the installed library
and command of BUILD in build/stage, on PATH and for pkg-config. With --deep,
blocks marked deep run as well, and all documents share one copy. --only, for use
by hand, leaves out the blocks of other languages. --write puts what was printed
into the documents.

Prints a line for each document and each block that was not run; fails if a block
fails, prints something else than is shown, or if nothing ran.
"""
import os
import pathlib
import shutil
import subprocess
import sys
from typing import NamedTuple

import blocks

HERE = pathlib.Path(__file__).resolve().parent
STRICT = ["-Wall", "-Wextra", "-Wpedantic", "-Werror"]
SECONDS, DEEP_SECONDS = 600, 5400
TOOLS = {"go": "go", "rust": "cargo", "c": "cc", "cpp": "c++"}


class Tally(NamedTuple):
    found: int = 0
    run: int = 0
    compared: int = 0
    deep: int = 0
    marked: int = 0
    no_tool: int = 0

    def plus(self, **counts):
        return self._replace(**{name: getattr(self, name) + value
                                for name, value in counts.items()})


def tracked(root):
    """The project's files: what git knows, or everything but build folders."""
    done = subprocess.run(["git", "-C", root, "ls-files", "-z", "--cached",
                           "--others", "--exclude-standard"],
                          capture_output=True, text=True, check=False)
    if done.returncode == 0 and done.stdout:
        return [name for name in done.stdout.split("\0")
                if name and (root / name).is_file()]
    skipped = {"build", ".git", "target", "__pycache__"}
    return [str(path.relative_to(root)) for path in root.rglob("*")
            if path.is_file() and not skipped & set(path.parts)]


class Runner:
    def __init__(self, root, build, cmake, deep, write, only):
        self.root, self.build = root, build
        self.deep, self.write, self.only = deep, write, only
        self.work = build / ("documents_deep" if deep else "documents")
        self.prefix = self.work / "prefix"
        self.files = tracked(root)
        shutil.rmtree(self.prefix, ignore_errors=True)
        done = subprocess.run(
            [cmake, "--install", build, "--prefix", self.prefix],
            capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise blocks.Fault(f"cannot install:\n{done.stdout}{done.stderr}")
        self.lib = next(self.prefix.rglob("libinfluence.so")).parent
        self.faults = []

    def tree(self, document):
        """A copy of the project to run a document in."""
        tree = self.work / ("tree" if self.deep else document.replace("/", "_"))
        for name in self.files:
            to = tree / name
            to.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(self.root / name, to)
        (tree / "build").mkdir(exist_ok=True)
        if not (tree / "build/stage").exists():
            (tree / "build/stage").symlink_to(self.prefix)
        return tree

    def environment(self, tree):
        old = os.environ
        return {
            **{name: old[name] for name in ("HOME", "USER", "TMPDIR",
               "CARGO_HOME", "RUSTUP_HOME", "GOPATH", "GOMODCACHE", "GOPROXY",
               "GOFLAGS", "PIP_INDEX_URL", "CCACHE_DIR") if name in old},
            "LANG": "C.UTF-8",
            "PATH": f"{self.prefix}/bin:{old['PATH']}",
            "PKG_CONFIG_PATH": f"{self.lib}/pkgconfig",
            "CMAKE_PREFIX_PATH": str(self.prefix),
            "LD_LIBRARY_PATH": str(self.lib),
            "PYTHONPATH": str(tree / "abi/python/src"),
            "PYTHONDONTWRITEBYTECODE": "1",
            "INFLUENCE_LIBRARY": f"{self.lib}/libinfluence.so",
            "CARGO_TARGET_DIR": str(self.work / "cargo"),
        }

    def command(self, tree, block):
        """The words that run a block; its program is written first."""
        if block.language == "sh":
            return ["bash", "-e", "-o", "pipefail", "-c", block.text]
        text = block.text
        if block.template:
            whole = (HERE / "in" / block.template).read_text()
            if whole.count("DOCUMENT") != 1:
                raise blocks.Fault(f"{block.template} has no one DOCUMENT")
            text = whole.replace("DOCUMENT", text)
        if block.saved_as:
            (tree / block.saved_as).write_text(block.text)
        if block.language == "python":
            return [sys.executable, "-W", "error", "-c", text,
                    *block.arguments]
        folder = tree / "build/document"
        folder.mkdir(exist_ok=True)
        source = folder / f"line{block.line}.{block.language}"
        program, arguments = folder / f"line{block.line}", block.arguments
        if block.language in ("c", "cpp"):
            source.write_text(text)
            compiler, standard = (("cc", "c11"), ("c++", "c++17"))[
                block.language == "cpp"]
            return ["bash", "-e", "-c",
                    f"{compiler} -x {'c' if standard == 'c11' else 'c++'} "
                    f"-std={standard} {' '.join(STRICT)} {source} -x none "
                    f"$(pkg-config --cflags --libs influence) -o {program}\n"
                    f"{program} {' '.join(arguments)}"]
        if block.language == "go":
            place = tree / f"abi/go/examples/line{block.line}"
            place.mkdir(parents=True, exist_ok=True)
            (place / "main.go").write_text(text)
            return ["bash", "-e", "-c",
                    f"(cd abi/go && go vet ./examples/{place.name} && "
                    f"go build -o {program} ./examples/{place.name})\n"
                    f"{program} {' '.join(arguments)}"]
        place = tree / "abi/rust/influence/examples"
        # The crate's lints want a comment for every program.
        comment = "" if text.startswith("//!") else "//! From a document.\n"
        (place / f"line{block.line}.rs").write_text(comment + text)
        return ["bash", "-e", "-c",
                "(cd abi/rust && cargo build --quiet --features "
                f"influence/arrow --example line{block.line})\n"
                f"$CARGO_TARGET_DIR/debug/examples/line{block.line} "
                f"{' '.join(arguments)}"]

    def run(self, name, tree, block):
        """Runs a block; returns what it printed, or None if it failed."""
        if block.file:
            if (self.root / block.file).read_text() != block.text:
                self.faults.append(f"{name}:{block.line}: is not {block.file}")
        try:
            done = subprocess.run(
                self.command(tree, block), cwd=tree, check=False, text=True,
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                stderr=(subprocess.STDOUT if block.language == "sh" else
                        subprocess.PIPE), env=self.environment(tree),
                timeout=DEEP_SECONDS if self.deep else SECONDS)
        except subprocess.TimeoutExpired as late:
            self.faults.append(f"{name}:{block.line}: not done after "
                               f"{late.timeout} s")
            return None
        if done.returncode != block.exits:
            self.faults.append(
                f"{name}:{block.line}: exits with {done.returncode}, not "
                f"{block.exits}:\n{block.text}{done.stdout[-2000:]}"
                f"{(done.stderr or '')[-2000:]}")
            return None
        return done.stdout

    def compare(self, name, block, printed):
        """Notes a difference; returns what the document should show."""
        shown = block.output.text
        if blocks.matches(shown, printed):
            return shown
        new = blocks.renewed(shown, printed) if self.write else None
        if new is None or not blocks.matches(new, printed):
            self.faults.append(f"{name}:{block.output.line}: shows\n{shown}but "
                               f"line {block.line} prints\n{printed}")
            return shown
        return new

    def document(self, name):
        path = self.root / name
        text = path.read_text()
        try:
            found = blocks.parse(text)
        except blocks.Fault as fault:
            self.faults += [f"{name}:{line}" for line in str(fault).split("\n")]
            return Tally()
        count, new_lines, tree = Tally(), text.split("\n"), None
        shift = 0
        for block in found:
            if self.only not in ("", block.language):
                continue
            count = count.plus(found=1)
            tool = TOOLS.get(block.language)
            if block.skipped:
                count = count.plus(marked=1)
                print(f"  not run: {name}:{block.line}: {block.skipped}")
                continue
            if block.deep and not self.deep:
                count = count.plus(deep=1)
                continue
            if tool and not shutil.which(tool):
                count = count.plus(no_tool=1)
                print(f"  not run: {name}:{block.line}: no {tool} here")
                continue
            tree = tree or self.tree(name)
            printed = self.run(name, tree, block)
            count = count.plus(run=1)
            if block.output and printed is not None:
                count = count.plus(compared=1)
                shown = self.compare(name, block, printed)
                old = block.output.text.count("\n")
                begin = block.output.line + shift
                new_lines[begin:begin + old] = shown.split("\n")[:-1]
                shift += shown.count("\n") - old
        if self.write and new_lines != text.split("\n"):
            path.write_text("\n".join(new_lines))
            print(f"  written: {name}")
        return count


def selftest():
    """The parser and the comparison fire."""
    shown = blocks.parse("```sh exits 2\na\n```\n```text\nb\n...\nc\n```\n")
    assert shown[0].exits == 2 and shown[0].output.text == "b\n...\nc\n"
    assert blocks.matches("b\n...\nc\n", "b\nx\ny\nc\n")
    assert blocks.matches("b\n  ...\nc\n", "b\nc\n")
    assert not blocks.matches("b\n...\nc\n", "b\nx\nd\n")
    assert not blocks.matches("b\n", "b\nc\n")
    assert blocks.renewed("b\n...\nc\n", "1\n2\n3\n4\n") == "1\n...\n4\n"
    for wrong in ("```sh\n", "  ```sh\na\n  ```\n", "```text\na\n```\n", "```sh mystery\n```\n",
                  "```sh no-test:\na\n```\n", "    influence score x.csv\n",
                  "```\nctest --preset dev\n```\n",
                  "```sh\na\n```\n```text\n...\n```\n"):
        try:
            blocks.parse(wrong)
        except blocks.Fault:
            continue
        raise AssertionError(f"accepted: {wrong!r}")


def main(arguments):
    selftest()
    deep, write = "--deep" in arguments, "--write" in arguments
    root, build, cmake, *names = [a for a in arguments if a[:2] != "--"]
    root, build = (pathlib.Path(name).resolve() for name in (root, build))
    only = "".join(a[7:] for a in arguments if a.startswith("--only="))
    runner = Runner(root, build, cmake, deep, write, only)
    names = names or sorted(name for name in runner.files
                            if name.endswith(".md"))
    total, lines = Tally(), []
    # What an earlier run left goes, but not what a deep one has built.
    for old in [*runner.work.iterdir(), *(runner.work / "tree").glob("*")]:
        if old.is_dir() and old.name not in ("prefix", "cargo", "tree", "build"):
            shutil.rmtree(old)
    for name in names:
        count = runner.document(name)
        total = Tally(*(a + b for a, b in zip(total, count)))
        if count.found:
            lines.append((name, count))
    print(f"{'':40}" + "".join(f"{field:>9}" for field in Tally._fields))
    for name, count in [*lines, ("all documents", total)]:
        print(f"{name:40}" + "".join(f"{value:9}" for value in count))
    for fault in runner.faults:
        print(fault)
    if total.run == 0:
        print("nothing ran")
    return 1 if runner.faults or total.run == 0 else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
