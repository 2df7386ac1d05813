"""No line of a ledger is removed or edited, compared with the base branch.

    python3 tests/lint/check_append_only.py ROOT

The base is $INFLUENCE_BASE, else where the branch left origin/HEAD or
origin/main, else the parent commit if HEAD is that branch itself. Without any
of them (a release archive, a shallow clone of one commit) the check is
skipped and says so.

While CHANGELOG.md of the base says "0.1.0, not yet released", a lock may be
re-made, if the change adds a line to CHANGELOG.md that says "re-made" and why.
"""
import os
import pathlib
import re
import subprocess
import sys

LEDGERS = ("src/algorithm/frozen.h", "tests/frozen",
           "tests/lint/proto_fields.txt", "tests/abi/symbols.txt")
UNRELEASED = "## 0.1.0, not yet released"
SKIPPED = 77


def git(root, *arguments):
    """The output of a git command, or None if it fails."""
    try:
        done = subprocess.run(
            ["git", "-c", "safe.directory=*", "-C", str(root), *arguments],
            capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return None
    return done.stdout.strip() if done.returncode == 0 else None


def find_base(root):
    """The commit to compare with, or None."""
    wanted = os.environ.get("INFLUENCE_BASE")
    if wanted:
        return git(root, "rev-parse", "--verify", f"{wanted}^{{commit}}")
    head = git(root, "rev-parse", "HEAD")
    for branch in ("origin/HEAD", "origin/main"):
        base = git(root, "merge-base", "HEAD", branch)
        if base and base != head:
            return base
    return git(root, "rev-parse", "--verify", "HEAD^")


def main(root):
    top = git(root, "rev-parse", "--show-toplevel")
    if top is None or pathlib.Path(top).resolve() != root:
        print("SKIPPED: not a git checkout of its own")
        return SKIPPED
    base = find_base(root)
    if base is None:
        if os.environ.get("INFLUENCE_BASE"):
            print("INFLUENCE_BASE names no commit")
            return 1
        print("SKIPPED: no base branch or parent commit to compare with; "
              "fetch one, or set INFLUENCE_BASE")
        return SKIPPED
    changes = git(root, "diff", "--numstat", "--no-renames", base, "--",
                  *LEDGERS)
    if changes is None:
        print(f"git diff against {base} failed")
        return 1
    shrunk = [row for row in changes.splitlines()
              if not row.split("\t")[1] == "0"]
    if not shrunk:
        print(f"compared with {base}")
        return 0
    if UNRELEASED in (git(root, "show", f"{base}:CHANGELOG.md") or ""):
        log = git(root, "diff", "--unified=0", base, "--", "CHANGELOG.md")
        notes = re.findall(r"^\+(.*\bre-made\b.*)$", log or "", re.M)
        if notes:
            print("allowed before the first release:", *notes, sep="\n")
            return 0
    print("A ledger only grows (lines added, lines removed, file):")
    for row in shrunk:
        print(row)
    return 1


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]).resolve()))
