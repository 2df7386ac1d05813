"""Checks that the bindings cover the C ABI: the table of abi/README.md lists
every function, and each name that the table gives in Go, Rust and Python is
there.

    python3 tests/lint/check_bindings.py ROOT

It also checks that each package knows exactly the statuses of the header.
"""
import pathlib
import re
import sys

# The type that an abbreviated name in the table belongs to, as in E.Score.
TYPES = {"E": "Engine", "T": "Tally", "G": "Graph", "S": "Standing",
         "D": "Drift"}


def sources(root, pattern):
    return "\n".join(path.read_text()
                     for path in sorted((root / "abi").glob(pattern)))


def in_go(text, kind, name):
    if not kind:
        return re.search(rf"^func {name}\(", text, re.M)
    if re.search(rf"^func \(\w+ \*?{kind}\) {name}\(", text, re.M):
        return True
    struct = re.search(rf"^type {kind} struct \{{.*?^}}", text, re.M | re.S)
    return struct and re.search(rf"^\t{name} ", struct[0], re.M)


def block(text, start):
    """From a line to the next that is not indented, but for its end."""
    found = re.search(rf"^{start}.*?(?=^[^\s}})])", text, re.M | re.S)
    return found[0] if found else ""


def in_rust(text, kind, name):
    if not kind:
        return re.search(rf"^pub (const )?fn {name}\b", text, re.M)
    blocks = re.findall(rf"^ *impl {kind} \{{.*?^}}", text, re.M | re.S)
    return any(re.search(rf"\bpub (const )?fn {name}\b", each)
               for each in blocks)


def in_python(text, kind, name):
    if not kind:
        return re.search(rf"^(def|class) {name}\b", text, re.M)
    return re.search(rf"^    def {name}\(|^        self\.{name} = ",
                     block(text, rf"class {kind}\b"), re.M)


LANGUAGES = (("Go", "go/*.go", in_go), ("Rust", "rust/influence/src/*.rs",
                                        in_rust),
             ("Python", "python/src/influence/_*.py", in_python))


def rows(root):
    text = (root / "abi/README.md").read_text()
    for line in text.splitlines():
        if line.startswith("| `influence_"):
            cells = [cell.strip() for cell in line.strip("| ").split("|")]
            yield cells[0].strip("`"), cells[1:]


def check_table(root, failures):
    promised = set((root / "tests/abi/symbols.txt").read_text().split())
    promised = {name for name in promised if name.startswith("influence_")
                and not name.endswith("_free")}
    listed = dict(rows(root))
    listed.pop("influence_..._free", None)
    for name in sorted(promised ^ set(listed)):
        failures.append(f"abi/README.md: {name} is in the table or in "
                        "symbols.txt alone")
    for name, cells in listed.items():
        for (language, pattern, has), cell in zip(LANGUAGES, cells):
            text = sources(root, pattern)
            for word in re.findall(r"`([^`]+)`", cell):
                if "(" in word:
                    continue  # no name, but where it is shown
                kind, _, method = word.replace("::", ".").rpartition(".")
                if not has(text, TYPES.get(kind, kind), method):
                    failures.append(f"abi/README.md: {name}: {language} has "
                                    f"no {word}")


def check_statuses(root, failures):
    header = (root / "include/influence/influence.h").read_text()
    enum = header.split("typedef int32_t influence_status;")[1]
    wanted = set(re.findall(r"INFLUENCE_\w+ = (\d+)",
                            enum.split("};")[0])) - {"0"}
    names = set(re.findall(r"(INFLUENCE_\w+) = \d+",
                           enum.split("};")[0])) - {"INFLUENCE_OK"}
    for where, found, want in (
            ("go", re.findall(r"Status = (\d+)$",
                              sources(root, "go/status.go"), re.M), wanted),
            ("rust", re.findall(r"= (INFLUENCE_\w+),",
                                sources(root, "rust/influence/src/error.rs")),
             names),
            ("python", re.findall(
                r"^    status = (\d+)$",
                sources(root, "python/src/influence/_errors.py"), re.M),
             wanted | {"0"})):
        if set(found) != want:
            failures.append(f"abi/{where}: its statuses are not the header's: "
                            + ", ".join(sorted(set(found) ^ want)))


def main(root):
    failures = []
    check_table(root, failures)
    check_statuses(root, failures)
    for failure in failures:
        print(failure)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1])))
