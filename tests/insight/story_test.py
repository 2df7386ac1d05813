"""The story of one made-up person, a month apart, from v1 to v2.

    python3 tests/insight/story_test.py ROOT INFLUENCE [--write]

Reruns it and compares with story.txt beside this file.
"""
import pathlib
import re
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))
from words import pattern, say

PERSON = "grace"
ARGUMENTS = ("compare", "examples/community_made_up.csv",
             "examples/community_made_up_later.csv", "--from", "v1", "--to",
             "v2", "--from-as-of", "2026-09-01", "--to-as-of", "2026-10-01",
             "--id", PERSON)


def story(root, influence):
    text = subprocess.run([influence, *ARGUMENTS], check=True, cwd=root,
                          capture_output=True, text=True).stdout
    # The whole table, factor by factor, comes after.
    return text[:text.index(f"\n{say('heading.by_factor')}\n")]


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
    line = " ".join(text.split())
    legs = re.search(pattern("change.legs_faded", before="v1", after="v2"), line)
    if sum(micros(legs[name]) for name in ("faded", "facts",
                                           "formula")) != lines[-1]:
        yield "age, facts and formula do not add up"
    whole = re.search(pattern("whole.fell_but"), line)
    parts = re.fullmatch(pattern("whole.lost_and_won"), whole["parts"])
    reasons = re.findall(say("change.because", points=r"(\d+)", cause=""),
                         parts["reasons"])
    by, before, after = (int(whole[name]) for name in ("by", "before",
                                                       "after"))
    lost, won = int(parts["lost"]), int(parts["won"])
    if not (before - after == by == lost - won and
            lost == sum(map(int, reasons)) and len(reasons) == 3):
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
        faults(text.replace(" +4.742511", " -4.742511"), text))
    assert "the whole points do not add up" in list(
        faults(text.replace("-7 (5", "-7 (4"), text))
    assert "age, facts and formula do not add up" in list(
        faults(text.replace("-1.003191", "-1.003192"), text))
    all_faults = list(faults(text, path.read_text()))
    for fault in all_faults:
        print(fault)
    return 1 if all_faults else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]).resolve(), *sys.argv[2:]))
