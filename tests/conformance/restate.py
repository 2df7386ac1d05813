"""What the corpus has from files, restated so that it can do without them.

    python3 tests/conformance/restate.py ROOT           compares
    python3 tests/conformance/restate.py ROOT --write   writes

In src/cli/conformance, golden_v1.inc has the profiles of
tests/golden/v1/cases.txt, serialized, and published.inc the digests of
tests/conformance/*/digest.txt.
"""
import decimal
import pathlib
import sys

CASES = "tests/golden/v1/cases.txt"
OUTPUT = "src/cli/conformance"
SIGNALS = ("mentions", "replies", "saves", "likes", "reshares", "quotes",
           "listings", "followers", "standing", "endorsements")


def varint(value):
    value &= (1 << 64) - 1
    out = bytearray()
    while value >= 0x80:
        out.append(value & 0x7f | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def text_field(number, data):
    return varint(number << 3 | 2) + varint(len(data)) + data


def account(words, unit):
    """A serialized Account; one unit of its numbers is that many micros."""
    facts = dict(word.split("=", 1) for word in words.split())
    out = b""
    network = facts.pop("network", "")
    if network:
        out += text_field(1, network.encode())
    for number, signal in enumerate(SIGNALS, 2):
        if signal in facts:
            micros = int(decimal.Decimal(facts.pop(signal)) * unit)
            out += varint(number << 3) + varint(micros)
    assert not facts, facts
    return out


def profile(block):
    out = b""
    for key, value in block:
        if key == "account":
            out += text_field(2, account(value, 10**6))
        elif key == "account_micros":
            out += text_field(2, account(value, 1))
        elif key == "id_bytes":
            out += text_field(1, b"i" * int(value))
        elif key == "network_bytes":
            out += text_field(2, text_field(1, b"n" * int(value)))
        elif key == "repeat_account":
            out += text_field(2, b"") * int(value)
        elif key == "bytes":
            return bytes.fromhex(value)
    return out


def blocks(text):
    for block in text.split("\n\n"):
        lines = [line.partition(":") for line in block.splitlines()
                 if line and not line.startswith("#")]
        if lines:
            yield [(key, value[1:]) for key, _, value in lines]


def golden(text):
    out = [f"// Made by tests/conformance/restate.py from {CASES}.\n",
           "// clang-format off\n"]
    for block in blocks(text):
        name = block[0][1].replace("\\", "\\\\").replace('"', '\\"')
        out.append(f'{{"{name}",\n "{profile(block).hex()}"}},\n')
    return "".join(out)


def published(root):
    out = ["// Made by tests/conformance/restate.py from digest.txt.\n"]
    for path in sorted((root / "tests/conformance").glob("*/digest.txt")):
        digest = path.read_text().split()[0]
        out.append(f'{{"{path.parent.name}",\n "{digest}"}},\n')
    return "".join(out)


def main(root, write):
    want = {"golden_v1.inc": golden((root / CASES).read_text()),
            "published.inc": published(root)}
    differ = 0
    for name, text in want.items():
        path = root / OUTPUT / name
        if write:
            path.write_text(text)
        elif not path.exists() or path.read_text() != text:
            print(f"{path} is not what this makes; run it with --write")
            differ = 1
    return differ


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]).resolve(),
                  "--write" in sys.argv[2:]))
