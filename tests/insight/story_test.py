"""The story of one made-up person, a month apart, from v1 to v2.

    python3 tests/insight/story_test.py ROOT INFLUENCE [--write]

Reruns it and compares with story.txt beside this file, and with README.md if
the story is told there. Until v2 is released, story_algorithm.json stands for
it.
"""
import json
import pathlib
import re
import subprocess
import sys

PERSON = "grace"


def run(influence, *arguments):
    return subprocess.run([influence, *map(str, arguments)], check=True,
                          capture_output=True, text=True).stdout


def story(root, influence):
    listed = json.loads(run(influence, "algorithms", "--format", "json"))
    ids = [one["algorithm"]["id"] for one in listed["algorithms"]]
    after = (("--to", "v2") if "v2" in ids else
             ("--to-file", root / "tests/insight/story_algorithm.json"))
    examples = root / "examples"
    text = run(influence, "compare", examples / "community_made_up.csv",
               examples / "community_made_up_later.csv", "--from", "v1",
               *after, "--id", PERSON)
    text = text[text.index("The score of"):]  # identities come before
    return text.replace("next/v2", "v2")


def faults(text, kept, readme):
    lines = [line for line in text.splitlines() if line.startswith("  ")]
    micros = [int(line.split()[0].replace(".", "")) for line in lines]
    if len(lines) != 6:
        yield f"{len(lines) - 1} lines, not five"
    if sum(micros[:-1]) != micros[-1]:
        yield "the lines do not add up"
    points = [int(value.replace(".", "")) for value in
              re.findall(r"\d+\.\d{6}", text.split("\n")[0])]
    if points[2] - points[1] != micros[-1]:
        yield "the change is not the difference of the scores"
    if text != kept:
        yield f"story.txt is not what the command says:\n{text}"
    if f"--id {PERSON}" in readme and text.strip() not in readme:
        yield "README.md tells another story"


def main(root, influence, *options):
    path = root / "tests/insight/story.txt"
    text = story(root, influence)
    if "--write" in options:
        path.write_text(text)
    # The check itself has to fire.
    assert "the lines do not add up" in list(
        faults(text.replace("+", "-", 1), text, ""))
    found = list(faults(text, path.read_text(),
                        (root / "README.md").read_text()))
    for fault in found:
        print(fault)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]).resolve(), *sys.argv[2:]))
