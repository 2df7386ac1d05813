"""Every lint check fires on a tree that breaks its rule, and is silent on the
tree as it is.

    python3 tests/lint/selftest.py ROOT

Each case copies the project, makes one edit, and runs one check.
"""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

# check, file, text to find ("" appends), text to put in its place
BREAKS = [
    ("layers", "src/base/micros.h", "", '#include "model/profile.h"\n'),
    ("layers", "src/codec/reader.h", "", '#include "render/ledger_text.h"\n'),
    ("layers", "src/model/profile.h", "", "#include <protozero/types.hpp>\n"),
    ("layers", "src/scoring/evaluator.h", "", '#include "absl/x.h"\n'),
    ("layers", "src/algorithm/v1/weights.h", "",
     '#include "algorithm/v2/weights.h"\n'),
    ("layers", "abi/c/influence.cc", "", '#include "scoring/evaluator.h"\n'),
    ("layers", "tests/fuzz/score_fuzz.cc", "", '#include "codec/reader.h"\n'),
    ("layers", "src/cli/commands.h", "", '#include "model/profile.h"\n'),
    ("layers", "src/text/numbers.h", "", '#include "model/profile.h"\n'),
    ("layers", "src/util/new.h", "", "\n"),
    ("layers", "CONTRIBUTING.md", "\n  tally       events",
     "\n  tallies     events"),
    ("layers", "src/cli/read/inputs.h", "",
     '#include "cli/commands/commands.h"\n'),
    ("layers", "src/cli/files.h", "", "\n"),
    ("layers", "src/cli/rooms.txt", "basics:\n", "basics: commands\n"),
    ("prose", "src/base/micros.h", "",
     "// What is kept is lost.\n\n" * 60),
    ("prose", "README.md", "", "Who reads this is told.\n\n" * 20),
    ("prose", "src/base/new.cc", "", "int x;\n" * 61),
    ("prose", "src/base/new.h", "", "int x;\n" * 401),
    ("built", "tests/scoring/CMakeLists.txt", "team_test.cc", ""),
    ("built", "tests/abi/CMakeLists.txt", "influence_c_test(layout_test)", ""),
    ("built", "tests/fuzz/CMakeLists.txt", "influence_fuzz(api", "#fuzz(api"),
    ("built", "src/base/new.cc", "", "\n"),
    ("library_code", "src/render/ledger_text.cc", "", "double Mean();\n"),
    ("library_code", "src/base/micros.h", "", "#include <cmath>\n"),
    ("library_code", "src/engine/engine.cc", "",
     "void F() { std::abort(); }\n"),
    ("library_code", "abi/c/influence.cc", "", "#include <cstdio>\n"),
    ("public_interface", "include/influence/influence.h",
     "INFLUENCE_OUT_OF_RANGE = 7", "INFLUENCE_OUT_OF_RANGE = 11"),
    ("public_interface", "include/influence/influence.h",
     "INFLUENCE_QUOTES = 5", "INFLUENCE_QUOTES = 11"),
    ("public_interface", "include/influence/influence.h", "",
     "/* see std::string */\n"),
    ("public_interface", "proto/influence/abi1/influence.proto", "",
     "option cc_enable_arenas = true;\n"),
    ("proto_fields", "proto/influence/abi1/influence.proto",
     "optional int64 likes_micros = 5", "optional int64 likes_micros = 12"),
    ("proto_fields", "proto/influence/abi1/influence.proto",
     "optional int64 likes_micros = 5", "optional sint64 likes_micros = 5"),
    ("proto_fields", "proto/influence/abi1/influence.proto",
     "optional int64 likes_micros = 5;", ""),
    ("proto_fields", "proto/influence/abi1/influence.proto",
     "optional int64 likes_micros = 5;",
     "int64 likes_micros = 5;"),
    ("proto_fields", "proto/influence/abi1/influence.proto", "CODE_MALFORMED = 2",
     "CODE_MALFORMED = 20"),
    ("bindings", "tests/abi/symbols.txt", "", "influence_new\n"),
    ("bindings", "abi/README.md", "| `S.Ranks` |", "| `S.Rank` |"),
    ("bindings", "abi/go/tally.go", ") Merge(other *Tally)",
     ") Add2(other *Tally)"),
    ("bindings", "abi/rust/influence/src/insight.rs", "pub fn compare(",
     "fn compare("),
    ("bindings", "abi/python/src/influence/_drift.py", "def save(",
     "def keep("),
    ("bindings", "abi/go/status.go", "Status = 11", "Status = 12"),
    ("frozen", "src/algorithm/v1/weights.h", "", "\n"),
    ("frozen", "tests/golden/v1/extra.txt", "", "\n"),
    ("frozen", "tests/conformance/v1/digest.txt", "", "\n"),
]
# The same, which have to pass.
ALLOWED = [
    ("frozen", "src/base/micros.h", "", "\n"),
    ("library_code", "src/base/micros.h", "", "// a double, printf, abort\n"),
    ("proto_fields", "proto/influence/abi1/influence.proto",
     "optional int64 likes_micros = 5;",
     'reserved 5; reserved "likes_micros";'),
    ("proto_fields", "proto/influence/abi1/influence.proto", "",
     "message Extra { int64 x = 1; }\n"),
]
RETIRED = "reserved Account 5\nreserved Account likes_micros\n"


def copy_of(root, folder):
    for name in ("src", "include", "proto", "abi", "tests", "bench"):
        shutil.copytree(root / name, folder / name,
                        ignore=shutil.ignore_patterns(
                            "build", "target", "node_modules", "__pycache__"))
    for page in root.glob("*.md"):
        shutil.copy(page, folder)


def freeze(root, tree):
    """Lists the tree's released files as they are now."""
    lines = subprocess.run(
        [sys.executable, "-B", root / "tests/lint/check_frozen.py", tree,
         "--lines"], capture_output=True, text=True, check=True).stdout
    edit(tree, "tests/frozen/files.sha256", "", lines)


def run(root, tree, check, **environment):
    return subprocess.run(
        [sys.executable, "-B", root / f"tests/lint/check_{check}.py", tree],
        capture_output=True, text=True, check=False,
        env={**os.environ, "INFLUENCE_BASE": "", **environment}).returncode


def edit(tree, name, find, put):
    path = tree / name
    path.parent.mkdir(parents=True, exist_ok=True)
    text = path.read_text() if path.exists() else ""
    if find and text.count(find) != 1:
        sys.exit(f"selftest is out of date: {name} has no single {find!r}")
    path.write_text(text.replace(find, put) if find else text + put)


def edits(root, cases, want, failures):
    for check, name, find, put in cases:
        with tempfile.TemporaryDirectory() as folder:
            tree = pathlib.Path(folder).resolve()
            copy_of(root, tree)
            freeze(root, tree)
            edit(tree, name, find, put)
            if "reserved" in put:
                edit(tree, "tests/lint/proto_fields.txt", "", RETIRED)
            got = run(root, tree, check)
            if got != want:
                failures.append(f"{check} is {got}, not {want}, after "
                                f"{name}: {find!r} -> {put!r}")


def append_only(root, failures):
    """A history of one ledger: what may follow its first commit."""
    def expect(tree, want, what, **environment):
        got = run(root, tree, "append_only", **environment)
        if got != want:
            failures.append(f"append_only is {got}, not {want}: {what}")

    with tempfile.TemporaryDirectory() as folder:
        tree = pathlib.Path(folder).resolve()

        def git(*arguments):
            subprocess.run(
                ["git", "-c", "user.name=t", "-c", "user.email=t@example.org",
                 "-c", "commit.gpgsign=false", "-C", tree, *arguments],
                check=True, capture_output=True)

        ledger = tree / "tests/frozen/files.sha256"
        ledger.parent.mkdir(parents=True)
        expect(tree, 77, "no repository")
        git("init", "-q", "-b", "work")
        ledger.write_text("one\ntwo\n")
        (tree / "CHANGELOG.md").write_text("## 0.1.0, not yet released\n")
        git("add", ".")
        git("commit", "-qm", "first")
        expect(tree, 77, "no parent")
        git("update-ref", "refs/remotes/origin/main", "HEAD")
        ledger.write_text("one\ntwo\nthree\n")
        git("commit", "-qam", "append")
        expect(tree, 0, "a line appended")
        ledger.write_text("one\n2\nthree\n")
        expect(tree, 1, "a line edited, not committed")
        git("commit", "-qam", "edit")
        expect(tree, 1, "a line edited")
        expect(tree, 1, "a line edited, base named", INFLUENCE_BASE="HEAD~2")
        expect(tree, 1, "a base that is not there", INFLUENCE_BASE="nowhere")
        log = tree / "CHANGELOG.md"
        log.write_text(log.read_text() + "- The lock was re-made: a slip.\n")
        expect(tree, 0, "re-made, and said so, before the first release")
        git("commit", "-qam", "say so")
        git("update-ref", "refs/remotes/origin/main", "HEAD")
        expect(tree, 0, "the base branch itself, against its parent")

        log.write_text("## 0.1.0, 2027-01-15\n")
        git("commit", "-qam", "release")
        git("update-ref", "refs/remotes/origin/main", "HEAD")
        log.write_text(log.read_text() + "- The lock was re-made again.\n")
        ledger.write_text("1\n2\nthree\n")
        git("commit", "-qam", "edit")
        expect(tree, 1, "re-made after the first release")
        git("update-ref", "refs/remotes/origin/main", "HEAD")
        expect(tree, 1, "the base branch itself, against its parent")
        ledger.unlink()
        expect(tree, 1, "the ledger removed")


def main(root):
    failures = []
    edits(root, BREAKS, 1, failures)
    edits(root, ALLOWED, 0, failures)
    if shutil.which("git"):
        append_only(root, failures)
    else:
        print("without git: the append-only check was not tried")
    for failure in failures:
        print(failure)
    print(f"{len(BREAKS) + len(ALLOWED)} edits tried")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]).resolve()))
