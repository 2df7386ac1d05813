"""A tally that does not fit: the same bytes, and nothing left behind."""
import os
import pathlib
import random
import resource
import signal
import subprocess
import sys
import time

from harness import BINARY, FINE, INTERNAL, V1, Case, main, measured

EVENTS = 3_000_000  # nearly all of them another pair: more than 64 MiB
SANITIZED = b"__asan_init" in pathlib.Path(BINARY).read_bytes()


class Spill(Case):
    @classmethod
    def setUpClass(cls):
        rng = random.Random(7)
        cls.source = pathlib.Path(os.environ.get("TMPDIR", "/tmp"),
                                  f"influence_spill_test{os.getpid()}.csv")
        cls.addClassCleanup(lambda: cls.source.unlink(missing_ok=True))
        with cls.source.open("w") as file:
            file.write("actor,subject,kind,time\n")
            for i in range(EVENTS):
                file.write(f"u{rng.randrange(200_000)},u"
                           f"{int(200_000 * rng.random() ** 2)},"
                           f"{'mention' if i % 3 else 'reshare'},"
                           f"{1_767_225_600 - rng.randrange(8_640_000)}\n")

    def setUp(self):
        super().setUp()
        self.spill = self.folder / "spill"
        self.spill.mkdir()

    def arguments(self, *more, folder=None):
        return [BINARY, "tally", str(self.source), *V1, "--as-of",
                "2026-01-01", *more, *(() if folder is None else (
                    "--memory", "64M", "--temporary-folder", str(folder)))]

    def run_it(self, output, folder=None, **options):
        """Exit code, stderr and peak memory in MiB."""
        done, peak = measured(self.arguments("-o", output, folder=folder),
                              stderr=subprocess.PIPE, **options)
        return done.returncode, done.stderr.decode(), peak

    def assert_nothing_left(self, *names):
        self.assertEqual(list(self.spill.iterdir()), [])
        self.only_files("spill", *names)

    def test_the_same_bytes_in_less_memory(self):
        code, words, whole = self.run_it(self.folder / "whole.csv")
        self.assertEqual(code, FINE, words)
        code, words, part = self.run_it(self.folder / "part.csv", self.spill)
        self.assertEqual(code, FINE, words)
        self.assertEqual((self.folder / "whole.csv").read_bytes(),
                         (self.folder / "part.csv").read_bytes())
        self.assert_nothing_left("whole.csv", "part.csv")
        if not SANITIZED:
            self.assertLess(part, 64 * 1.25 + 40)  # and the command itself
            self.assertLess(part, whole)

    def test_a_full_disk_is_an_error_that_loses_nothing(self):
        # A limit on the size of files is met where a full disk is.
        before = self.source.stat()
        code, words, _ = self.run_it(
            self.folder / "out.csv", self.spill, restore_signals=False,
            preexec_fn=lambda: resource.setrlimit(
                resource.RLIMIT_FSIZE, (1 << 20, 1 << 20)))
        self.assertEqual(code, INTERNAL, words)
        self.assertIn("File too large, for what does not fit into --memory; "
                      "the input is as it was, and nothing was written; "
                      "--temporary-folder", words)
        self.assert_nothing_left()
        after = self.source.stat()
        self.assertEqual((before.st_size, before.st_mtime_ns),
                         (after.st_size, after.st_mtime_ns))

    def test_a_folder_that_cannot_be_used(self):
        for folder in (self.folder / "none", self.source):
            code, words, _ = self.run_it(self.folder / "out.csv", folder)
            self.assertEqual(code, INTERNAL, words)
            self.assertIn(str(folder), words)
        self.assert_nothing_left()

    def test_the_environment_names_a_folder(self):
        with subprocess.Popen(
                self.arguments("--memory", "64M"), stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                env={**os.environ, "TMPDIR": "/none/such"}) as child:
            self.assertIn("/none/such", child.stderr.read().decode())

    def test_however_it_ends_there_is_nothing_left(self):
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGKILL):
            for seconds in (0.1, 0.8):
                with subprocess.Popen(
                        self.arguments("-o", self.folder / "out.csv",
                                       folder=self.spill),
                        stderr=subprocess.DEVNULL) as child:
                    time.sleep(seconds)
                    child.send_signal(number)
                    self.assertEqual(child.wait(), -number)
                for part in self.folder.glob("out.csv.part*"):
                    # The output in the making has a name, so nothing can take
                    # it away from a command that is killed.
                    self.assertEqual(number, signal.SIGKILL)
                    part.unlink()
                self.assert_nothing_left()


if __name__ == "__main__":
    if not hasattr(os, "wait4"):
        print("needs wait4")
        sys.exit(77)
    main()
