"""Comments and documents say who does what, and files say what they are for.

    python3 tests/lint/check_prose.py ROOT

At most one sentence in a hundred may begin with a word that leaves out its noun
("What is kept is ..." instead of "The tally keeps ..."). Counted are sentences
of four words or more in the comments of src, abi/c, include and proto, and in
the prose of Markdown files. Every .cc file over 60 lines opens with a comment,
and a file over 400 lines says there why it is one file ("One file: ...").
"""
import pathlib
import re
import sys

HEADLESS = {"What", "Who", "Whom", "Whose", "Whoever", "Of", "Where", "Those",
            "That", "Which", "Whatever"}
ALLOWED_PERCENT = 1
SPOKEN_LINES, LONG_LINES, OPENING_LINES = 60, 400, 12
FOLDERS = ("src", "abi/c", "include", "proto")
SUFFIXES = {".cc", ".h", ".c", ".inc", ".proto"}
SKIPPED = {"build", "node_modules", "target"}


def comments(text):
    """Each comment as running text."""
    for block in re.finditer(r"(?:^[ \t]*//.*\n)+", text, re.MULTILINE):
        yield re.sub(r"\s*^[ \t]*/+", " ", block.group(), flags=re.MULTILINE)
    for block in re.findall(r"/\*(.*?)\*/", text, re.DOTALL):
        yield re.sub(r"\n\s*\*?", " ", block)


def prose(text):
    """Each paragraph or list of a Markdown file, without tables and code."""
    text = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
    for block in re.split(r"\n\s*\n", text):
        if not block.lstrip().startswith(("|", "#", "    ")):
            yield re.sub(r"\s+", " ", re.sub(r"^[-*\d.]+ ", "", block.strip()))


def headless(blocks):
    """The number of sentences, and those that begin with no noun."""
    count, found = 0, []
    for where, block in blocks:
        for sentence in re.split(r"(?<=[.])\s+", block.strip()):
            words = sentence.split()
            if len(words) >= 4:
                count += 1
                if words[0].strip("*_`") in HEADLESS:
                    found.append(f"{where}: {' '.join(words)[:70]}")
    return count, found


def is_generated(text):
    return re.match(r"// Made by \S+ from ", text)


def main(root):
    faults, spoken, pages = [], [], []
    sources = [path for folder in FOLDERS
               for path in sorted((root / folder).rglob("*"))
               if path.suffix in SUFFIXES and "target" not in path.parts]
    for path in sources:
        name, text = path.relative_to(root).as_posix(), path.read_text()
        if is_generated(text):
            continue
        spoken += [(name, block) for block in comments(text)]
        if path.suffix not in (".cc", ".h"):
            continue
        lines = text.split("\n")
        if (path.suffix == ".cc" and len(lines) > SPOKEN_LINES and
                not text.startswith(("//", "/*"))):
            faults.append(f"{name}: open it with what it does and how it fits")
        opening = "\n".join(lines[:OPENING_LINES])
        if (len(lines) > LONG_LINES and not name.startswith(("include", "abi/c"))
                and "One file: " not in opening):
            faults.append(f"{name}: {len(lines)} lines; split it, or say in its "
                          "first lines why it is 'One file: ...'")
    for path in sorted(root.rglob("*.md")):
        if not SKIPPED & set(path.relative_to(root).parts):
            pages += [(path.relative_to(root).as_posix(), block)
                      for block in prose(path.read_text())]
    for what, blocks in (("comments", spoken), ("documents", pages)):
        count, found = headless(blocks)
        print(f"{what}: {len(found)} of {count} sentences leave out their noun")
        if not count:
            faults.append(f"no sentence in the {what}: nothing was looked at")
        elif 100 * len(found) > ALLOWED_PERCENT * count:
            faults += found
    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]).resolve()))
