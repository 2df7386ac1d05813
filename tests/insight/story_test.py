"""The story of one made-up person, a month apart, from v1 to v2.

    python3 tests/insight/story_test.py ROOT INFLUENCE [--write]

Reruns it and compares with story.txt beside this file.
"""
import pathlib
import re
import subprocess
import sys

PERSON = "grace"
ARGUMENTS = ("compare", "examples/community_made_up.csv",
             "examples/community_made_up_later.csv", "--from", "v1", "--to",
             "v2", "--from-as-of", "2026-09-01", "--to-as-of", "2026-10-01",
             "--id", PERSON)


def story(root, influence):
    text = subprocess.run([influence, *ARGUMENTS], check=True, cwd=root,
                          capture_output=True, text=True).stdout
    # The whole table, factor by factor, comes after.
    return text[:text.index("\nFactor by factor")]


def micros(text):
    return int(text.replace(".", ""))


def faults(text, kept):
    lines = [micros(line.split()[0]) for line in text.splitlines()
             if re.match(r" +[-+]\d", line)]
    if len(lines) != 6:
        yield f"{len(lines) - 1} lines, not five"
    if sum(lines[:-1]) != lines[-1]:
        yield "the lines do not add up"
    points = [micros(value) for value in
              re.findall(r"\d+\.\d{6}", text.split("\n")[0])]
    if points[1] - points[0] != lines[-1]:
        yield "the change is not the difference of the scores"
    legs = re.search(r"Age alone changed it by (\S+) .* new facts by (\S+) .*"
                     r" new formula by (\S+)", " ".join(text.split()))
    if sum(map(micros, legs.groups())) != lines[-1]:
        yield "age, facts and formula do not add up"
    whole = re.search(r"it lost (\d+), (\d+) to (\d+): it lost (\d+) \((.*)\)"
                      r" and won (\d+) ", " ".join(text.split()))
    by, before, after, lost, reasons, won = whole.groups()
    if not (int(before) - int(after) == int(by) == int(lost) - int(won) and
            int(lost) == sum(map(int, re.findall(r"(\d+) because", reasons)))):
        yield "the whole points do not add up"
    if text != kept:
        yield f"story.txt is not what the command says:\n{text}"


def main(root, influence, *options):
    path = root / "tests/insight/story.txt"
    text = story(root, influence)
    if "--write" in options:
        path.write_text(text)
    # The check itself has to fire.
    assert "the lines do not add up" in list(
        faults(text.replace("+", "-", 1), text))
    found = list(faults(text, path.read_text()))
    for fault in found:
        print(fault)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]).resolve(), *sys.argv[2:]))
