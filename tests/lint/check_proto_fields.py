"""The messages only grow.

    python3 tests/lint/check_proto_fields.py ROOT [--release]

proto_fields.txt beside this file is append only (check_append_only.py). It
holds one line for everything that a message or an enum of a release has
promised:

    field Account 1 singular string network
    value Code 3 CODE_TOO_LARGE
    reserved Account 12

A line of the list that the messages no longer have was removed, renumbered,
renamed or given another type: that breaks clients. (A field whose number and
name are both `reserved`, and listed so, was retired properly.) A line of the
messages that is not in the list is new: nothing is promised of it before the
next release, for which --release appends it.
"""
import pathlib
import re
import sys

TOKEN = re.compile(r'"[^"]*"|[\w.]+|[^\s\w]')


def tokens(text):
    return TOKEN.findall(re.sub(r"//[^\n]*|/\*.*?\*/", "", text, flags=re.S))


def until(words, i, end):
    j = words.index(end, i)
    return words[i:j], j + 1


def reserved(name, statement):
    """`5, 7 to 9, "old"` as lines."""
    for item in " ".join(statement).split(","):
        parts = item.split()
        if len(parts) == 3 and parts[1] == "to" and parts[2] != "max":
            for number in range(int(parts[0]), int(parts[2]) + 1):
                yield f"reserved {name} {number}"
        else:
            yield f"reserved {name} {item.strip()}".replace('"', "")


def body(words, i, kind, name, group, lines):
    """Reads a message, enum or oneof up to its closing brace."""
    while words[i] != "}":
        word = words[i]
        if word in ("message", "enum"):
            inner = f"{name}.{words[i + 1]}"
            lines.append(f"{word} {inner}")
            i = body(words, i + 3, word, inner, "", lines)
        elif word == "oneof":
            i = body(words, i + 3, kind, name, f"oneof:{words[i + 1]}", lines)
        elif word == "reserved":
            statement, i = until(words, i + 1, ";")
            lines.extend(reserved(name, statement))
        elif word in ("option", ";"):
            _, i = until(words, i, ";")
        elif kind == "enum":
            statement, i = until(words, i, ";")
            lines.append(f"value {name} {statement[2]} {statement[0]}")
        else:
            statement, i = until(words, i, ";")
            left = statement[:statement.index("=")]
            number = statement[len(left) + 1]
            label = group or "singular"
            if left[0] in ("optional", "repeated"):
                label = left.pop(0)
            lines.append(f"field {name} {number} {label} "
                         f"{''.join(left[:-1])} {left[-1]}")
    return i + 1


def promises(text):
    words, i, lines = tokens(text), 0, []
    while i < len(words):
        if words[i] in ("message", "enum"):
            lines.append(f"{words[i]} {words[i + 1]}")
            i = body(words, i + 3, words[i], words[i + 1], "", lines)
        else:
            statement, i = until(words, i, ";")
            if statement[0] in ("syntax", "package", "option", "import"):
                lines.append(" ".join(statement))
    return lines


def retired(line, listed):
    kind, *rest = line.split()
    return kind in ("field", "value") and {
        f"reserved {rest[0]} {rest[1]}",
        f"reserved {rest[0]} {rest[-1]}"} <= listed


def check(proto, listing):
    """The faults of a messages file against the list of promises."""
    now = promises(proto)
    rows = [line for line in listing.splitlines()
            if line and not line.startswith("#")]
    listed = set(rows)
    faults = [f"broken promise: {line}" for line in rows
              if line not in now and not retired(line, listed)]
    numbers = {}
    for line in rows:
        kind, *rest = line.split()
        if kind in ("field", "value"):
            key = (rest[0], rest[1])
            if numbers.setdefault(key, line) != line:
                faults.append(f"number reused: {numbers[key]} / {line}")
    return faults


def main(root, release):
    proto = (root / "proto/influence/abi1/influence.proto").read_text()
    path = root / "tests/lint/proto_fields.txt"
    listing = path.read_text()
    faults = check(proto, listing)
    for fault in faults:
        print(fault)
    if release and not faults:
        listed = set(listing.splitlines())
        path.write_text(listing + "".join(
            line + "\n" for line in promises(proto) if line not in listed))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]).resolve(),
                  sys.argv[2:] == ["--release"]))
