"""What the tests of the built command share: running it, and the wire format.

Each test is `python3 X_test.py ROOT BINARY`. Standard library only, so that
the messages are read and written here by a second hand.
"""
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(sys.argv[1])
BINARY = sys.argv[2]
EXAMPLES = ROOT / "examples"
COMMUNITY = str(EXAMPLES / "community_made_up.csv")
KLOUT = str(EXAMPLES / "klout58.csv")
CUSTOM = str(EXAMPLES / "custom_algorithm.json")
V1 = ("--algorithm", "v1")

FINE, CHECK_FAILED, USAGE, BAD_DATA, UNKNOWN_ALGORITHM, INTERNAL = range(6)

# A child's peak is never below the memory that its parent had when it was
# started, so a small process starts it, and not the test.
_LAUNCHER = """
import os, sys
child = os.fork()
if child == 0:
    os.execv(sys.argv[2], sys.argv[2:])
_, status, usage = os.wait4(child, 0)
with open(sys.argv[1], "w") as file:
    file.write(str(usage.ru_maxrss))
code = os.waitstatus_to_exitcode(status)
sys.exit(code if code >= 0 else 128 - code)
"""


def measured(arguments, **options):
    """Runs a command; what subprocess.run() returns, and its peak memory, MiB."""
    with tempfile.NamedTemporaryFile("r") as peak:
        done = subprocess.run(
            [sys.executable, "-IS", "-c", _LAUNCHER, peak.name,
             *map(str, arguments)], check=False, **options)
        return done, int(peak.read()) / 1024


def vocabulary(prefix):
    """The names of an enumeration of the messages, in its order."""
    proto = (ROOT / "proto/influence/abi1/influence.proto").read_text()
    names = re.findall(rf"^  {prefix}_(\w+) = \d+;", proto, re.M)
    return tuple(name.lower() for name in names if name != "UNSPECIFIED")


SIGNALS = vocabulary("SIGNAL")
FACTORS = ("attention", "amplification", "curation", "audience", "standing",
           "endorsement")  # v1's


def points(micropoints):
    """'61.234567' of 61234567, as the command prints it."""
    return f"{int(micropoints) // 10**6}.{int(micropoints) % 10**6:06d}"


class Case(unittest.TestCase):
    maxDiff = 4000

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def file(self, name, content):
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes)
                         else content.encode())
        return str(path)

    def run_raw(self, *arguments, stdin=b"", **options):
        """Runs the command; bytes in, bytes out. Never ends by a signal."""
        options.setdefault("timeout", 120)
        options.setdefault("stdout", subprocess.PIPE)
        options.setdefault("stderr", subprocess.PIPE)
        done = subprocess.run([BINARY, *map(str, arguments)], input=stdin,
                              check=False, **options)
        self.assertIn(done.returncode, range(6), done.stderr)
        return done

    def fine(self, *arguments, stdin=b"", quiet=True):
        """stdout of a run that must succeed, and say nothing on stderr."""
        done = self.run_raw(*arguments, stdin=stdin)
        self.assertEqual(done.returncode, FINE, done.stderr)
        if quiet:
            self.assertEqual(done.stderr, b"")
        return done.stdout.decode()

    def fails(self, code, *arguments, stdin=b"", says=()):
        """stderr of a run that must fail with `code` and no data."""
        done = self.run_raw(*arguments, stdin=stdin)
        stderr = done.stderr.decode()
        self.assertEqual(done.returncode, code, (done.stdout, stderr))
        for words in [says] if isinstance(says, str) else says:
            self.assertIn(words, stderr)
        return stderr

    def json(self, *arguments, stdin=b""):
        return json.loads(self.fine(*arguments, "--format", "json",
                                    stdin=stdin))

    def csv_of(self, content, *options):
        """What score --format csv makes of CSV text, as a list of rows."""
        out = self.fine("score", self.file("in.csv", content), *V1,
                        "--format", "csv", *options)
        return [row.split(",") for row in out.splitlines()]

    def only_files(self, *names):
        self.assertEqual(sorted(p.name for p in self.folder.iterdir()),
                         sorted(names))


# The wire format, as far as a request needs it.

def varint(value):
    out = b""
    while value > 0x7f:
        out += bytes([value & 0x7f | 0x80])
        value >>= 7
    return out + bytes([value])


def number(field, value):
    return varint(field << 3) + varint(value)


def text(field, value):
    value = value if isinstance(value, bytes) else value.encode()
    return varint(field << 3 | 2) + varint(len(value)) + value


def account(network="", **micros):
    """account("x", likes=1) is one millionth of a like."""
    out = text(1, network) if network else b""
    for i, signal in enumerate(SIGNALS):
        if signal in micros:
            out += number(i + 2, micros[signal])
    return out


def profile(person, *accounts):
    return text(3, text(1, person) + b"".join(text(2, a) for a in accounts))


def request(*profiles, algorithm="v1", as_of=None, detail=0, rendering=0,
            fingerprint=""):
    out = text(1, algorithm) if algorithm else b""
    if as_of is not None:
        out += number(2, as_of)
    out += b"".join(profiles)
    if detail:
        out += number(4, detail)
    if fingerprint:
        out += text(5, fingerprint)
    if rendering:
        out += number(6, rendering)
    return out


def main():
    unittest.main(argv=[sys.argv[0]], verbosity=1)


os.environ.pop("NO_COLOR", None)
