"""`selftest`: a good library passes, and a corpus that is not its own fails."""
import hashlib
import re

from harness import (BAD_DATA, CHECK_FAILED, ROOT, UNKNOWN_ALGORITHM, USAGE,
                     Case, main)

FOLDER = ROOT / "tests/conformance/v1"
SAMPLE = FOLDER / "corpus_sample.txt"
DIGEST = (FOLDER / "digest.txt").read_text().split()[0]


class Selftest(Case):
    def replay(self, text):
        done = self.run_raw("selftest", "--corpus", self.file("corpus", text))
        return done.returncode, (done.stdout + done.stderr).decode()

    def test_the_whole_corpus_is_what_it_writes_and_what_is_published(self):
        path = self.folder / "corpus.txt"
        out = self.fine("selftest", "--algorithm", "v1", "--write", path)
        self.assertIn(DIGEST, out)
        self.assertTrue(out.endswith("OK\n"))
        corpus = path.read_bytes()
        self.assertEqual(hashlib.sha256(corpus).hexdigest(), DIGEST)
        self.assertGreaterEqual(corpus.count(b"\nrequest "), 100_000)
        sample = SAMPLE.read_bytes()
        self.assertTrue(corpus.startswith(sample))

    def test_the_sample_replays(self):
        out = self.fine("selftest", "--corpus", SAMPLE)
        self.assertIn(hashlib.sha256(SAMPLE.read_bytes()).hexdigest(), out)

    def test_any_line_of_an_outcome_is_compared(self):
        text = SAMPLE.read_text()
        for word in ("algorithm", "row", "price", "status", "identity",
                     "result", "ledger", "line", "part", "lifted",
                     "held_back", "account", "error"):
            # The last digit of the first such line becomes another.
            found = re.search(rf"^{word} .*\d", text, re.M)
            begin, last = found.start(), found.end() - 1
            digit = str((int(text[last]) + 1) % 10)
            code, out = self.replay(text[:last] + digit + text[last + 1:])
            self.assertEqual(code, CHECK_FAILED, word)
            line = text.count("\n", 0, begin) + 1
            self.assertIn(f", line {line}\n", out)

    def test_a_lost_line_is_found(self):
        text = SAMPLE.read_text()
        begin = text.index("\nheld_back ")
        end = text.index("\n", begin + 1)
        code, out = self.replay(text[:begin] + text[end:])
        self.assertEqual(code, CHECK_FAILED, out)

    def test_what_is_no_corpus_is_refused(self):
        text = SAMPLE.read_text()
        for bad in ("", "\n", "a corpus\n\n", text[:-1], text[:5000],
                    text.replace("\nrequest 0", "\nrequest x", 1),
                    text.replace("\nby 0", "\nby 99", 1),
                    text.replace("\nby 0", "\nby 6", 1),
                    text.replace("\nengine 1 table", "\nengine 1 tables", 1),
                    text.replace("\nengine 2", "\nengine 3", 1)):
            code, out = self.replay(bad)
            self.assertEqual(code, BAD_DATA, out)

    def test_usage(self):
        self.assertEqual(self.run_raw("selftest", "--algorithm", "v0")
                         .returncode, UNKNOWN_ALGORITHM)
        for options in (("--write", "x"), ("--corpus", SAMPLE, "--write", "x"),
                        ("--corpus", SAMPLE, "--algorithm", "v1"),
                        ("--algorithm", "v1", "--write", "-")):
            done = self.run_raw("selftest", *options)
            self.assertEqual(done.returncode, USAGE, done.stderr)


if __name__ == "__main__":
    main()
