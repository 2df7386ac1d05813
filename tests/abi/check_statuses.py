"""The header lists exactly the statuses that functions return in the tests.

    check_statuses.py ROOT INTERPOSER TEST...

The comment of every function that can fail ends in "Returns OK, A, B or C.",
in the order of the numbers; INTERNAL is nowhere. What the comment says of a
status, the list has. Every TEST, an executable and perhaps its arguments in one
word, runs with the interposer (make_interposer.py): each status that it sees
has to be listed, and each that is listed has to be seen.
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

STATUS = r"[A-Z][A-Z0-9_]+"
RETURNS = re.compile(
    rf"(?:^|[.:)] )Returns ((?:{STATUS}, )*{STATUS} or {STATUS})\.$")


def statuses(text):
    """number -> name, of the enumeration."""
    block = re.search(r"typedef int32_t influence_status;\s*enum \{(.*?)\};",
                      text, re.S)[1]
    return {int(number): name for name, number in
            re.findall(r"\bINFLUENCE_(\w+) = (\d+)", block)}


def promises(text, names, faults):
    """function -> the names that its comment lists."""
    found = {}
    order = {name: number for number, name in names.items()}
    for comment, function in re.findall(
            r"(?:/\*((?:(?!\*/).)*)\*/\n)?"
            r"INFLUENCE_API\s+influence_status\s+(influence_\w+)\(", text, re.S):
        if function == "influence_error_status":
            continue
        words = " ".join(re.sub(r"^ \* ?", "", comment, flags=re.M).split())
        match = RETURNS.search(words)
        if match is None:
            faults.append(f'{function}: its comment does not end in "Returns '
                          'OK, ... or ...."')
            continue
        listed = re.findall(STATUS, match[1])
        found[function] = set(listed)
        unknown = [name for name in listed if name not in order]
        if unknown:
            faults.append(f"{function}: {unknown} are no statuses")
        elif listed[0] != "OK" or sorted(
                set(listed), key=order.get) != listed or "INTERNAL" in listed:
            faults.append(f"{function}: {match[1]} is not in the order of the "
                          "numbers from OK, without INTERNAL")
        said = set(re.findall(rf"(?<!INFLUENCE_)\b({STATUS})\b", words))
        for name in sorted((said & order.keys()) - found[function]):
            faults.append(f"{function}: its comment speaks of {name}, which "
                          "its list lacks")
    return found


def watch(interposer, tests, names, faults):
    """function -> status -> the first test that saw it."""
    seen = {}
    for test in tests:
        command = test.split(" ")
        with tempfile.NamedTemporaryFile("r") as file:
            done = subprocess.run(
                command, check=False, stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT, text=True,
                env={**os.environ, "LD_PRELOAD": interposer,
                     "INFLUENCE_SEEN": file.name})
            lines = file.read().splitlines()
        title = pathlib.Path(command[0]).name
        if done.returncode != 0:
            faults.append(f"{title} exits with {done.returncode}:\n"
                          f"{done.stdout[-2000:]}")
        if not lines:
            faults.append(f"{title} calls nothing that can be watched")
        for line in lines:
            function, number = line.split()
            status = names.get(int(number), number)
            seen.setdefault(function, {}).setdefault(status, title)
    return seen


def main(root, interposer, tests):
    text = (root / "include/influence/influence.h").read_text()
    faults = []
    names = statuses(text)
    listed = promises(text, names, faults)
    seen = watch(interposer, tests, names, faults)
    for function in sorted(listed):
        of_it = seen.get(function, {})
        for status in sorted(listed[function] - of_it.keys()):
            faults.append(f"{function}: no test sees {status}")
        for status in sorted(of_it.keys() - listed[function]):
            faults.append(f"{function}: {of_it[status]} sees {status}, which "
                          "its comment does not list")
    for fault in faults:
        print(fault)
    pairs = sum(len(of_it) for of_it in listed.values())
    print(f"{len(listed)} functions, {pairs} pairs of function and status, "
          f"{len(tests)} tests")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]), sys.argv[2], sys.argv[3:]))
