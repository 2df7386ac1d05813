"""The command line itself: usage, algorithms, schema, terminals."""
import json
import math
import os
import pathlib
import pty
import re
import subprocess
import threading
import time

from harness import (BAD_DATA, BINARY, COMMUNITY, CUSTOM, FACTORS, FINE, KLOUT,
                     ROOT, SIGNALS, UNKNOWN_ALGORITHM, USAGE, V1, Case, main)


class Usage(Case):
    def test_what_is_refused(self):
        for arguments in ((), ("rate",), ("score",), ("score", KLOUT, "--x"),
                          ("score", KLOUT, *V1, "--format", "xml"),
                          ("score", KLOUT, KLOUT, *V1),
                          ("explain", COMMUNITY, *V1), ("verify",),
                          ("explain", COMMUNITY, *V1, "--id", "ada",
                           "--format", "table"),
                          ("algorithms", "show"), ("algorithms", "drop"),
                          ("schema", "x")):
            with self.subTest(arguments):
                done = self.run_raw(*arguments)
                self.assertEqual(done.returncode, USAGE, done.stderr)
                self.assertEqual(done.stdout, b"")
                self.assertNotEqual(done.stderr, b"")

    def test_there_is_no_default_algorithm(self):
        for command in (("score", KLOUT), ("algorithms", "show"),
                        ("explain", COMMUNITY, "--id", "ada")):
            self.fails(USAGE, *command,
                       says=("there is no default", "--algorithm v1"))
        self.fails(USAGE, "score", KLOUT, *V1, "--algorithm-file", CUSTOM,
                   says="not both")

    def test_unknown_algorithms_and_fingerprints(self):
        self.fails(UNKNOWN_ALGORITHM, "score", KLOUT, "--algorithm", "latest",
                   says="'latest'")
        print_of = self.json("score", KLOUT, *V1)["identity"]["fingerprint"]
        self.fine("score", KLOUT, *V1, "--fingerprint", print_of)
        nobody = self.file("in.csv", "id\n")
        for source in (KLOUT, nobody):
            self.fails(UNKNOWN_ALGORITHM, "score", source, *V1,
                       "--fingerprint", print_of[:-1] + "x", says=print_of)

    def test_days(self):
        for day, days in (("1970-01-01", 0), ("2026-01-31", 20484),
                          ("9999-12-31", 2932896)):
            identity = self.json("score", KLOUT, *V1, "--as-of",
                                 day)["identity"]
            self.assertEqual(identity["as_of_days"], days)
        self.assertNotIn("as_of_days",
                         self.json("score", KLOUT, *V1)["identity"])
        for day in ("1969-12-31", "2026-02-30", "2026-1-31", "today",
                    "2026-01-31T00", "20260131", "+026-01-01"):
            self.fails(USAGE, "score", KLOUT, *V1, "--as-of", day,
                       says="2026-01-31")

    def test_version_and_help(self):
        version = re.search(r"project\(libinfluence VERSION (\S+)",
                            (ROOT / "CMakeLists.txt").read_text())[1]
        self.assertEqual(self.fine("--version"),
                         f"influence {version}, ABI 1\n")
        for arguments in (("--help",), ("score", "--help")):
            self.assertIn("--help", self.fine(*arguments))


class Algorithms(Case):
    def test_list(self):
        heading, v1, v2 = self.fine("algorithms").splitlines()
        self.assertEqual(heading.split(), ["id", "fingerprint", "released"])
        self.assertRegex(v1, r"^v1 +[0-9a-f]{64} +yes$")
        self.assertRegex(v2, r"^v2 +[0-9a-f]{64} +yes$")
        listed = self.json("algorithms")
        self.assertEqual(listed["abi_version"], 1)
        self.assertIn(listed["algorithms"][0]["fingerprint"], v1)
        self.assertIn("| v1 |", self.fine("algorithms", "--format",
                                          "markdown"))

    def test_price_list(self):
        shown = self.fine("algorithms", "show", "v1")
        self.assertRegex(shown, r"\naudience +0\.78 +2\.58 +0\.00\n")
        for price, row in zip(*self.prices_and_rows()):
            name = price["factor"].removeprefix("FACTOR_").lower()
            cells = [f"{math.ceil(int(price[k]) / 10**4) / 100:.2f}"
                     for k in ("doubled_micropoints", "tenfold_micropoints",
                               "silent_30_days_micropoints")]
            self.assertRegex(shown, f"\n{name} +" + " +".join(
                map(re.escape, cells)) + "\n")
            # The same from the formula: f(x) - f(x / 10) is largest at full
            # marks.
            weight = int(row["weight_micropoints"])
            marks = int(row["full_marks_micros"]) / 10**6
            share = math.log2(1 + marks / 10) / math.log2(1 + marks)
            self.assertAlmostEqual(int(price["tenfold_micropoints"]),
                                   weight * (1 - share), delta=2)

    def prices_and_rows(self):
        described = self.json("algorithms", "show", "v1")
        self.assertEqual(len(described["prices"]), len(FACTORS))
        return described["prices"], described["algorithm"]["rows"]

    def test_table(self):
        shown = self.fine("algorithms", "show", "v1")
        for line in ("attention 28 100,000 45", "curation 20 100,000 none",
                     "audience 18 10,000,000 none",
                     "attention: mentions, replies, saves x 0.5, likes x 0.25",
                     "amplification: reshares, quotes x 1.25"):
            self.assertRegex(shown, "(?m)^ *" + re.escape(line).replace(
                r"\ ", " +") + "$")
        markdown = self.fine("algorithms", "show", "v1", "--format",
                             "markdown")
        self.assertIn("| audience | 18 | 10,000,000 | none |", markdown)

    def test_custom(self):
        shown = self.fine("algorithms", "show", "--algorithm-file", CUSTOM)
        self.assertIn("acme/v1 (custom)", shown)
        self.assertIn("replies x 2", shown)
        self.fails(UNKNOWN_ALGORITHM, "algorithms", "show", "v0")

    def test_custom_that_breaks_a_rule(self):
        table = json.loads(pathlib.Path(CUSTOM).read_text())
        table["rows"][0]["weight_micropoints"] += 1
        for content in (json.dumps(table), "{", '{"id": 3}', "x", ""):
            path = self.file("bad.json", content)
            self.fails(BAD_DATA, "score", KLOUT, "--algorithm-file", path,
                       says=f"influence: {path}: ")


class Schema(Case):
    def test_documents_what_there_is(self):
        text = self.fine("schema")
        for column in ("id", "network", *SIGNALS):
            self.assertRegex(text, rf"(?m)^  {column} +\S")
        proto = (ROOT / "proto/influence/abi1/influence.proto").read_text()
        for signal in SIGNALS:
            self.assertIn(f"optional int64 {signal}_micros", proto)
            meaning = re.search(rf"SIGNAL_{signal.upper()} = \d+; +// (.+)",
                                proto)[1]
            self.assertRegex(text, rf"(?m)^  {signal} +{re.escape(meaning)}")
        for code in range(6):
            self.assertRegex(text, rf"(?m)^  {code}  \S")
        for command in ("tally", "topics", "standing", "compare", "drift",
                        "what-if", "report", "verify", "selftest"):
            self.assertRegex(text, rf"(?m)^(.* )?{command}\b")
        self.assertLessEqual(max(map(len, text.splitlines())), 80)


class Terminal(Case):
    """The bar is for terminals only, and so is nothing else."""

    def score_slowly(self, stderr):
        """Scores into a pipe that is read only after a while."""
        people = self.file("in.csv", "id,likes\n" + "\n".join(
            f"p{i},{i}" for i in range(6000)) + "\n")
        fifo = self.folder / "fifo"
        os.mkfifo(fifo)

        def read():
            with open(fifo, "rb") as pipe:
                time.sleep(1.0)
                pipe.read()

        reader = threading.Thread(target=read)
        reader.start()
        done = subprocess.run(
            [BINARY, "score", people, *V1, "--format", "csv", "-o", fifo],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=stderr,
            env={**os.environ, "NO_COLOR": "1"}, check=False, timeout=60)
        reader.join()
        self.assertEqual(done.returncode, FINE)
        return done

    def test_bar_on_a_terminal(self):
        master, slave = pty.openpty()
        try:
            done = self.score_slowly(slave)
            shown = os.read(master, 1 << 16).decode()
        finally:
            os.close(master)
            os.close(slave)
        self.assertEqual(done.stdout, b"")
        self.assertRegex(shown, r"\r\[#*\.*\] \d+ %, \d+ people, "
                         r"\d+ a second, \d+ s left")
        self.assertTrue(shown.endswith("\r\x1b[K"))  # it is wiped away
        self.assertNotRegex(shown, "\x1b\\[[0-9;]*m")  # and has no colour

    def test_no_bar_elsewhere(self):
        self.assertEqual(self.score_slowly(subprocess.PIPE).stderr, b"")

    def test_a_terminal_has_no_default_algorithm_either(self):
        master, slave = pty.openpty()
        try:
            done = subprocess.run([BINARY, "score", KLOUT], stdin=slave,
                                  stdout=slave, stderr=slave, check=False)
            shown = os.read(master, 1 << 16).decode()
        finally:
            os.close(master)
            os.close(slave)
        self.assertEqual(done.returncode, USAGE)
        self.assertIn("--algorithm v1", shown)


if __name__ == "__main__":
    main()
