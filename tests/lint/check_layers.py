"""Dependencies point one way only.

    python3 tests/lint/check_layers.py ROOT

A layer includes itself and the layers that src/layers.txt gives it, a room of
the command itself and the rooms that src/cli/rooms.txt gives it; a released
algorithm includes no other algorithm's folder. The C boundary and the command
include the layers that the list gives them, the fuzzers those of the command,
whose readers they have. CONTRIBUTING.md has the same layers in the same order.
"""
import pathlib
import re
import sys

# <header> that is not the standard library's: the folders that may use it
PRIVATE_LIBRARIES = {"immintrin.h": {"base", "scoring"},
                     "cpuid.h": {"base"}, "sys/mman.h": {"base"}}

INCLUDE = re.compile(r'^\s*#\s*include\s*(["<])([^">]+)[">]', re.M)
SUFFIXES = {".h", ".cc", ".c", ".inc"}


def includes(path):
    return [m.groups() for m in INCLUDE.finditer(path.read_text())]


def sources(folder):
    return sorted(p for p in folder.rglob("*") if p.suffix in SUFFIXES)


def system_header_allowed(layer, header):
    for prefix, owners in PRIVATE_LIBRARIES.items():
        if header.startswith(prefix):
            return layer in owners
    return re.fullmatch(r"[a-z0-9_]+", header) is not None


def read_layers(path):
    """Each layer with the layers that it may include besides itself."""
    layers = {}
    for line in path.read_text().splitlines():
        if line and not line.startswith("#"):
            name, allowed = line.split(":")
            layers[name] = set(allowed.split())
            unknown = layers[name] - layers.keys()
            if unknown:
                sys.exit(f"{path.name}: {name} may include {unknown}, which "
                         "is not below it")
    return layers


def check_layer(root, layer, layers, failures):
    for path in sources(root / "src" / layer):
        name = path.relative_to(root)
        for quote, header in includes(path):
            if quote == "<":
                if not system_header_allowed(layer, header):
                    failures.append(f"{name} includes <{header}>")
                continue
            target = header.split("/")[0]
            if target != layer and target not in layers[layer]:
                failures.append(f"{name} includes {header}")
            own = re.match(r"src/algorithm/(v[^/]+)/", str(name))
            other = re.match(r"algorithm/(v[^/]+)/", header)
            if own and other and own[1] != other[1]:
                failures.append(f"{name} includes {header}, another version")


def check_rooms(root, failures):
    """Every file of the command is in a room, but for its main()."""
    command = root / "src/cli"
    rooms = read_layers(command / "rooms.txt")
    for path in sources(command):
        name = path.relative_to(root)
        room = str(path.parent.relative_to(command))
        if room not in rooms:
            if path != command / "main.cc":
                failures.append(f"{name} is in no room of rooms.txt")
            continue
        for quote, header in includes(path):
            target = header.rpartition("/")[0]
            if quote == '"' and target.startswith("cli/") and (
                    target[len("cli/"):] not in rooms[room] | {room}):
                failures.append(f"{name} includes {header}")


def check_contributing(root, folders, failures):
    """The folders of src/, as CONTRIBUTING.md says what each is for."""
    text = (root / "CONTRIBUTING.md").read_text()
    block = re.search(r"^src/ .*\n((?:  .*\n)+)", text, re.M)
    told = re.findall(r"^  ([a-z]\S*) ", block[1] if block else "", re.M)
    if told != folders:
        failures.append(f"CONTRIBUTING.md lists {told} in src/; layers.txt has "
                        f"{folders}")


def main(root):
    failures = []
    layers = read_layers(root / "src/layers.txt")
    inner = {name: allowed for name, allowed in layers.items()
             if "/" not in name}
    check_rooms(root, failures)
    for folder in sorted(p.name for p in (root / "src").iterdir()
                         if p.is_dir()):
        if folder in inner:
            check_layer(root, folder, inner, failures)
        elif folder != "cli":
            failures.append(f"src/{folder} is not in the list of layers")
    check_contributing(root, [*inner, "cli"], failures)
    outer = {name: allowed for name, allowed in layers.items()
             if name not in inner}
    outer["src/cli"] |= {"cli"}
    outer["tests/fuzz"] = outer["src/cli"]
    for folder, allowed in outer.items():
        for path in sources(root / folder):
            for quote, header in includes(path):
                target = header.split("/")[0]
                if quote == '"' and "/" in header and (
                        target in (inner.keys() | {"cli"}) - allowed):
                    failures.append(
                        f"{path.relative_to(root)} includes {header}")
    for failure in failures:
        print(failure)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]).resolve()))
