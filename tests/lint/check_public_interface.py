"""The public interface speaks C and messages; nothing in it is C++'s.

    python3 tests/lint/check_public_interface.py ROOT

Reads include/ and the .proto files of proto/, comments and all: a caller from
Go or Python has to understand every word. Also: the numbers of the statuses in
the header are those of the enum Code in the messages, and the places of the
signals are those of the enum Signal, less one.
"""
import pathlib
import re
import sys

CPLUSPLUS = re.compile(
    r"C\+\+|std::|\w::\w|\b(class|template|namespace|nullptr|constexpr|"
    r"noexcept|string_view|vector<|unique_ptr|absl|Abseil|libprotobuf|"
    r"optimize_for|cc_\w+)\b")
# The one allowance: a header must let a C++ program include it.
GUARD = re.compile(
    r'#ifdef __cplusplus\n(extern "C" \{|\})\n#endif\n')


def check_words(root, failures):
    files = sorted([*(root / "include").rglob("*.h"),
                    *(root / "proto").rglob("*.proto")])
    for path in files:
        text = GUARD.sub(lambda m: "\n" * m[0].count("\n"), path.read_text())
        for number, line in enumerate(text.splitlines(), 1):
            hit = CPLUSPLUS.search(line)
            if hit or "__cplusplus" in line:
                failures.append(f"{path.relative_to(root)}:{number}: "
                                f"{hit[0] if hit else '__cplusplus'}")
    if len(files) < 2:
        failures.append("the header or the messages are missing")


def statuses(root):
    text = (root / "include/influence/influence.h").read_text()
    block = text.split("typedef int32_t influence_status;")[1]
    block = block.split("enum {")[1].split("};")[0]
    return dict(re.findall(r"INFLUENCE_(\w+) = (\d+)", block))


def codes(root):
    text = (root / "proto/influence/abi1/influence.proto").read_text()
    block = text.split("enum Code {")[1].split("}")[0]
    return dict(re.findall(r"CODE_(\w+) = (\d+);", block))


def places(root):
    text = (root / "include/influence/influence.h").read_text()
    block = re.search(r"enum \{([^}]*INFLUENCE_MENTIONS[^}]*)\}", text)[1]
    return {name: int(place) for name, place in
            re.findall(r"INFLUENCE_(\w+) = (\d+)", block)}


def signals(root):
    text = (root / "proto/influence/abi1/influence.proto").read_text()
    block = text.split("enum Signal {")[1].split("}")[0]
    return {name: int(number) - 1 for name, number in
            re.findall(r"SIGNAL_(\w+) = (\d+);", block)
            if name != "UNSPECIFIED"}


def main(root):
    failures = []
    check_words(root, failures)
    header, messages = statuses(root), codes(root)
    if len(header) < 2 or header != messages:
        failures.append(f"influence_status {header}\nis not Code {messages}")
    if len(places(root)) < 2 or places(root) != signals(root):
        failures.append(f"the places of signals {places(root)}\n"
                        f"are not those of Signal {signals(root)}")
    for failure in failures:
        print(failure)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]).resolve()))
