"""The fenced blocks of a Markdown document, and what the tests do with them.

A fence is a language and, after a space, its marks:

    ```sh                       runs from the root of the project, as typed
    ```sh exits 1               does, and has to exit with 1
    ```sh deep: REASON          runs in `documents_deep` only: it takes minutes
    ```sh no-test: REASON       never runs in a test; the report prints why
    ```c score.c                is saved as score.c, then compiled and run
    ```python runs people.csv   runs with these arguments
    ```go file abi/go/x.go      is this file, character by character
    ```rust in story.rs         is the part of tests/docs/in/story.rs that
                                DOCUMENT stands for
    ```text                     is the whole output of the block before it; a
                                line "..." stands for any lines

The languages sh, c, cpp and python run in `documents`; go and rust, whose first
build takes minutes, in `documents_deep`. Every other language, and a fence
without one, is shown and not run; then nothing in it may look like a command.
"""
import re
from typing import List, NamedTuple, Optional

RUN = ("sh", "c", "cpp", "python", "go", "rust")
DEEP = ("go", "rust")
# The first words of the project's commands.
COMMAND = re.compile(r"\s*(\$ |influence \w|cmake |cmake/\w|ctest |python3? |"
                     r"cargo |go (run|build|test|get|mod) |pip |cc |c\+\+ |"
                     r"bench/\w+\.|tests/\w\S*\.(sh|py)|abi/\w\S*\.(sh|py)|"
                     r"build/\w|\./\w|docs/\w+\.sh)")


class Fault(Exception):
    """A mistake in a document."""


class Block(NamedTuple):
    line: int             # of the opening fence, from 1
    language: str
    text: str
    exits: int = 0
    deep: bool = False
    skipped: str = ""     # why it never runs
    saved_as: str = ""
    arguments: tuple = ()
    file: str = ""
    template: str = ""
    output: Optional["Block"] = None  # the ```text after it


def marked(block, words):
    """`block` with the marks of its fence."""
    mark, _, rest = words.partition(" ")
    if not words:
        return block
    if mark in ("deep:", "no-test:"):
        if len(rest) < 8:
            raise Fault(f"{block.line}: {mark} has no reason")
        if mark == "deep:":
            return block._replace(deep=True)
        return block._replace(skipped=rest)
    if mark == "exits" and rest.isdigit():
        return block._replace(exits=int(rest))
    if mark == "runs" and rest:
        return block._replace(arguments=tuple(rest.split()))
    if mark == "file" and rest:
        path, _, more = rest.partition(" ")
        return marked(block._replace(file=path), more)
    if mark == "in" and rest:
        return block._replace(template=rest)
    if re.fullmatch(r"\w+\.\w+", words):
        return block._replace(saved_as=words)
    raise Fault(f"{block.line}: the fence has an unknown mark: {words}")


def like_commands(first_line, text):
    return [f"{first_line + i}: looks like a command outside of a ```sh block: "
            f"{line.strip()}" for i, line in enumerate(text.split("\n"))
            if COMMAND.match(line)]


def fenced(lines):
    """(line from 1, info, text) of each fence; the rest as lines."""
    found, rest, open_at, info = [], [], None, ""
    for number, line in enumerate(lines, 1):
        if open_at is None:
            start = re.fullmatch(r"```(.*)", line)
            if not start and line.lstrip().startswith("```"):
                raise Fault(f"{number}: the fence is indented")
            if start:
                open_at, info = number, start[1].strip()
            rest.append("" if start else line)
        else:
            rest.append("")
            if line == "```":
                found.append((open_at, info,
                              "".join(f"{l}\n" for l in lines[open_at:number - 1])))
                open_at = None
    if open_at is not None:
        raise Fault(f"{open_at}: the fence is never closed")
    return found, rest


def parse(document) -> List[Block]:
    """The blocks to run, in order; raises Fault for what breaks the rules."""
    found, rest = fenced(document.split("\n"))
    faults, blocks, last = [], [], None
    for number, line in enumerate(rest, 1):
        if line.startswith("    "):
            faults += like_commands(number, line)
    for line, info, text in found:
        language, _, words = info.partition(" ")
        block = Block(line, language, text)
        if language == "text":
            if not text.replace("...", "").strip():
                faults.append(f"{line}: the output shows nothing")
            if last is None:
                faults.append(f"{line}: a ```text block is the output of the "
                              "block before it, and there is none")
            else:
                blocks[-1] = last._replace(output=block)
            last = None
            continue
        if language not in RUN:
            if words:
                faults.append(f"{line}: marks are for {', '.join(RUN)}")
            faults += like_commands(line + 1, text)
            last = None
            continue
        try:
            block = marked(block, words)
        except Fault as fault:
            faults.append(str(fault))
        if language in DEEP:
            block = block._replace(deep=True)
        blocks.append(block)
        last = block
    if faults:
        raise Fault("\n".join(faults))
    return blocks


def matches(shown, printed):
    """Whether the lines printed are those shown; "..." is any lines."""
    pattern = "".join(r"(?:.*\n)*" if line.strip() == "..." else
                      re.escape(line.rstrip()) + r"\n"
                      for line in shown.rstrip("\n").split("\n"))
    text = "".join(f"{line.rstrip()}\n"
                   for line in printed.rstrip("\n").split("\n"))
    return re.fullmatch(pattern, text) is not None


def renewed(shown, printed):
    """`shown`, with what was printed: as many lines before the first "..." and
    after the last. None if there is something between two of them."""
    parts = re.split(r"^\s*\.\.\.\n", shown, flags=re.M)
    dots = re.findall(r"^\s*\.\.\.\n", shown, flags=re.M)
    lines = [f"{line.rstrip()}\n" for line in printed.rstrip("\n").split("\n")]
    if not dots:
        return "".join(lines)
    if any(parts[1:-1]):
        return None
    first, last = parts[0].count("\n"), parts[-1].count("\n")
    return "".join(lines[:first] + [dots[0]] +
                   lines[len(lines) - last:])
