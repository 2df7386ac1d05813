"""Five lists of functions agree, and the library needs no one else's.

    python3 tests/abi/check_symbols.py ROOT LIBRARY NM OBJDUMP [SANITIZERS]

The lists: the promise (symbols.txt), the header's declarations, the linker's
map, the library of another version that the bindings are tested with
(other_version.c), and what the built library exports. It exports each under the
version node INFLUENCE_1, bears the SONAME libinfluence.so.1, and needs the C and C++
runtimes alone: no symbol and no library of Abseil or protobuf.
"""
import pathlib
import re
import subprocess
import sys

# What a C++ program on this system loads anyway.
RUNTIME = re.compile(
    r"(libstdc\+\+|libgcc_s|libc|libm|libc\+\+|libc\+\+abi|ld-linux[-\w]*)"
    r"\.so\.\d+")
SANITIZER_RUNTIME = re.compile(r"lib(asan|ubsan|tsan)\.so\.\d+")
FOREIGN = re.compile(r"absl|protobuf|protozero|google")


def output(*command):
    return subprocess.run(command, capture_output=True, text=True,
                          check=True).stdout


def promised(root):
    lines = (root / "tests/abi/symbols.txt").read_text().splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def declared(root):
    text = (root / "include/influence/influence.h").read_text()
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    return re.findall(r"INFLUENCE_API\s[^;(]*?(influence_\w+)\(", text)


def mapped(root):
    text = (root / "abi/c/influence.map").read_text()
    text = re.sub(r"#[^\n]*", "", text)
    node = re.fullmatch(
        r"\s*INFLUENCE_1 \{\s*global:(.*?)local:\s*\*;\s*\};\s*", text, re.S)
    return re.findall(r"[^;\s]+", node[1]) if node else []


def stubbed(root):
    text = (root / "tests/abi/other_version.c").read_text()
    return (re.findall(r"^(?:NO_TEXT|NOT_TO_BE_CALLED)\((influence_\w+)\)", text,
                       re.M) +
            re.findall(r"^\S.* (influence_\w+)\(void\) \{", text, re.M))


def exported(library, nm):
    """Defined dynamic symbols as (name, version)."""
    rows = output(nm, "-D", "--defined-only", "--format=posix", library)
    symbols = []
    for row in rows.splitlines():
        name, kind = row.split()[:2]
        if kind != "A":  # the version node itself
            symbols.append(name.partition("@@"))
    return [(name, version) for name, _, version in symbols]


def main(root, library, nm, objdump, sanitizers):
    faults = []
    promise = promised(root)
    symbols = exported(library, nm)
    lists = {"header": declared(root), "map": mapped(root),
             "other_version.c": stubbed(root),
             "library": [name for name, _ in symbols]}
    for title, names in lists.items():
        if sorted(names) != sorted(promise):
            faults.append(f"{title}, not as promised: "
                          f"{sorted(set(names) ^ set(promise)) or names}")
    for name, version in symbols:
        if version != "INFLUENCE_1":
            faults.append(f"{name} has version {version!r}")

    undefined = output(nm, "-D", "--undefined-only", "--format=posix",
                       library)
    faults += [f"needs {row.split()[0]}" for row in undefined.splitlines()
               if FOREIGN.search(row)]
    headers = output(objdump, "-p", library)
    for needed in re.findall(r"NEEDED\s+(\S+)", headers):
        if RUNTIME.fullmatch(needed):
            continue
        if sanitizers and SANITIZER_RUNTIME.fullmatch(needed):
            continue
        faults.append(f"needs {needed}")
    if re.findall(r"SONAME\s+(\S+)", headers) != ["libinfluence.so.1"]:
        faults.append("the SONAME is not libinfluence.so.1")
    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]).resolve(), *sys.argv[2:5],
                  "".join(sys.argv[5:])))
