"""Released files are what they were.

    python3 tests/lint/check_frozen.py ROOT            checks
    python3 tests/lint/check_frozen.py ROOT --lines    prints lines to append

tests/frozen/files.sha256 has one `sha256  path` a line, as sha256sum writes
it. It is append only and the last line for a path wins, so that a change that
moves no number is one new line, with its reason in the commit's message.
Every file of src/algorithm/v*/, tests/golden/v*/ and tests/conformance/v*/ has
to be listed.
"""
import hashlib
import pathlib
import sys

LIST = "tests/frozen/files.sha256"
FROZEN = ("src/algorithm/v*/**/*", "tests/golden/v*/**/*",
          "tests/conformance/v*/**/*")


def main(root, want_lines):
    listed = {}
    if (root / LIST).exists():
        for line in (root / LIST).read_text().splitlines():
            if line and not line.startswith("#"):
                digest, name = line.split("  ", 1)
                listed[name] = digest
    now = set(listed)
    for pattern in FROZEN:
        now |= {str(path.relative_to(root)) for path in root.glob(pattern)
                if path.is_file()}
    differ = []
    for name in sorted(now):
        path = root / name
        digest = (hashlib.sha256(path.read_bytes()).hexdigest()
                  if path.is_file() else "missing")
        if listed.get(name) != digest:
            differ.append((digest, name))
    for digest, name in differ:
        print(f"{digest}  {name}")
    if want_lines:
        return 0
    if not now:
        print("no released file found")
        return 1
    if differ:
        print(f"These are not as {LIST} says. To change a score, add a "
              "version: src/algorithm/README.md.")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]).resolve(),
                  "--lines" in sys.argv[2:]))
