"""What the bundled people's scores do under another algorithm.

    python3 tests/insight/bundled_drift_test.py ROOT INFLUENCE

At every build: the drift of examples/*.csv is what drift.txt beside this file
says, and CHANGELOG.md has, in an entry tagged [scores], the drift from each
released algorithm to the next one on the made-up community. The next one's
SPEC.md has the drift of all of them, and who moves most. After a release of an
algorithm, add the lines that this prints.
"""
import json
import pathlib
import re
import subprocess
import sys

POPULATIONS = ("community_made_up.csv", "klout58.csv")


def run(influence, *arguments):
    return subprocess.run([influence, *map(str, arguments)], check=True,
                          capture_output=True, text=True).stdout


def drift(root, influence, people, *sides):
    return run(influence, "drift", root / "examples" / people, *sides,
               "--format", "line").strip()


def released(influence):
    listed = json.loads(run(influence, "algorithms", "--format", "json"))
    return [one["algorithm"]["id"] for one in listed["algorithms"]]


def scores_entries(changelog):
    """The entries tagged [scores], each as one line."""
    entries = re.split(r"\n(?=- )", changelog)
    return [" ".join(entry.split()) for entry in entries
            if entry.startswith("- ") and "**[scores]**" in entry]


def missing(changelog, summaries):
    entries = scores_entries(changelog)
    return [summary for summary in summaries
            if not any(summary in entry for entry in entries)]


def largest(root, influence, people, *sides):
    """Who of them moves most, and by how much, to a hundredth."""
    report = json.loads(run(influence, "drift", root / "examples" / people,
                            *sides, "--format", "json"))
    mover = report["all"]["movers"][0]
    change = (int(mover["after_micropoints"])
              - int(mover["before_micropoints"]))
    return f"{mover['id']} {change / 10**6:+.2f}"


def selftest():
    """The check itself: it has to fire."""
    line = "v1 to v2: 20 people, 3 unchanged"
    good = "## 1\n- **[scores]** v2. Drift: v1 to v2: 20\n  people, 3 unchanged\n"
    assert missing(good, [line]) == []
    assert missing(good.replace("[scores]", "[abi]"), [line]) == [line]
    assert missing(good.replace("3 un", "4 un"), [line]) == [line]


def main(root, influence):
    selftest()
    custom = ("--to-file", root / "examples" / "custom_algorithm.json")
    ids = released(influence)
    pairs = [("--from", a, "--to", b) for a, b in zip(ids, ids[1:])]
    found = [f"{people}: " + drift(root, influence, people, *sides)
             for people in POPULATIONS
             for sides in [("--from", "v1", *custom), *pairs]]
    kept = (root / "tests/insight/drift.txt").read_text().splitlines()
    faults = [f"drift.txt lacks\n  {line}" for line in found
              if line not in kept]
    faults += [f"drift.txt has, and it is not so\n  {line}" for line in kept
               if line not in found]
    summaries = [drift(root, influence, POPULATIONS[0], *sides)
                 for sides in pairs]
    faults += [f"CHANGELOG.md has no entry tagged [scores] with\n  {line}"
               for line in missing((root / "CHANGELOG.md").read_text(),
                                   summaries)]
    for sides in pairs:
        spec = (root / f"src/algorithm/{sides[3]}/SPEC.md").read_text()
        said = [line for people in POPULATIONS for line in (
            f"{people}: " + drift(root, influence, people, *sides),
            largest(root, influence, people, *sides))]
        faults += [f"{sides[3]}/SPEC.md lacks\n  {line}" for line in said
                   if line not in spec]
    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]).resolve(), sys.argv[2]))
