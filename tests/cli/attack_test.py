"""What a careless or a hostile user does next, and what must not happen."""
import collections
import csv
import io
import json
import os
import pathlib
import random
import subprocess
import unittest

from harness import (BAD_DATA, BINARY, CHECK_FAILED, COMMUNITY, CUSTOM, FINE,
                     INTERNAL, KLOUT, USAGE, V1, Case, account, main, measured,
                     points, profile, request, text)

SKIP = "--on-error=skip"
SANITIZED = b"__asan_init" in pathlib.Path(BINARY).read_bytes()
ESCAPES = "\x1b[31m\u009b\u202e\u2066\u200f\u061c\u2028"


class Files(Case):
    """No file that was read, or that someone still needs, is overwritten."""

    def test_an_output_is_never_an_input(self):
        content = "id,likes\nada,1\n"
        path = pathlib.Path(self.file("in.csv", content))
        (self.folder / "link.csv").symlink_to(path)
        custom = self.file("custom.json", pathlib.Path(CUSTOM).read_bytes())
        for name in (path, f"{self.folder}/./in.csv",
                     os.path.relpath(path), self.folder / "link.csv"):
            for options in (("-o", name), (SKIP, "--errors", name)):
                self.fails(USAGE, "score", path, *V1, *options,
                           says="are one file")
            self.fails(USAGE, "explain", path, *V1, "--id", "ada", "-o", name)
        self.fails(USAGE, "score", path, "--algorithm-file", custom, "-o",
                   custom)
        self.assertEqual(path.read_text(), content)
        self.only_files("in.csv", "link.csv", "custom.json")

    def test_the_two_outputs_are_two_files(self):
        for first, second in (("out.csv", "./out.csv"),
                              ("./a/../out.csv", "out.csv")):
            self.fails(USAGE, "score", KLOUT, *V1, SKIP,
                       "--errors", f"{self.folder}/{first}",
                       "-o", f"{self.folder}/{second}")
        self.only_files()

    def test_standard_input_is_read_once(self):
        result = self.fine("score", KLOUT, *V1, "--format", "json").encode()
        for arguments in (("score", "-", "--input-format", "csv",
                           "--algorithm-file", "-"),
                          ("verify", "-", "--request", "-"),
                          ("verify", "-", "--algorithm-file", "-")):
            self.fails(USAGE, *arguments, stdin=result,
                       says="standard input can be only one")

    def test_an_empty_value_is_not_an_option_left_out(self):
        # What "$PRINT" is when nobody set it.
        score = ("score", KLOUT)
        for arguments in ((*score, *V1, "--fingerprint", ""),
                          (*score, *V1, "--as-of", ""),
                          (*score, *V1, "-o", ""),
                          (*score, *V1, SKIP, "--errors", ""),
                          (*score, *V1, "--algorithm-file", ""),
                          (*score, "--algorithm", ""), ("score", "", *V1),
                          ("explain", KLOUT, *V1, "--id", ""),
                          ("verify", KLOUT, "--request", ""),
                          ("algorithms", "show", "")):
            with self.subTest(arguments):
                self.fails(USAGE, *arguments, says=": is empty")
        self.fails(USAGE, *score, *V1, "--fingerprint=")

    def test_unreadable(self):
        path = self.file("in.csv", "id\nada\n")
        self.folder.chmod(0o755)
        os.chmod(path, 0)
        as_nobody = {"user": 65534} if os.getuid() == 0 else {}
        try:
            done = self.run_raw("score", path, *V1, **as_nobody)
        except PermissionError:
            raise unittest.SkipTest("nobody may not run the binary") from None
        finally:
            os.chmod(path, 0o600)
        self.assertEqual(done.returncode, BAD_DATA, done.stderr)
        self.assertIn(b"in.csv: Permission denied", done.stderr)

    def test_a_temporary_name_that_is_taken_is_left_alone(self):
        # Someone else's file of that name, or a link laid as a trap.
        victim = pathlib.Path(self.file("victim", "kept"))
        done = subprocess.run(
            ["sh", "-c", 'ln -s "$1" "$2.part$$"; exec "$0" score "$3" '
             '--algorithm v1 -o "$2"', BINARY, victim, self.folder / "out.csv",
             KLOUT], capture_output=True, check=False)
        self.assertEqual(done.returncode, INTERNAL, done.stderr)
        self.assertEqual(victim.read_text(), "kept")
        self.assertFalse((self.folder / "out.csv").exists())


class Shown(Case):
    """Nothing that came from outside acts on the terminal."""

    def assert_tame(self, shown):
        for character in ESCAPES.replace("[31m", ""):
            self.assertNotIn(character, shown)

    def test_names_of_files(self):
        bad = self.file(f"bad{ESCAPES}.csv", "id,likes\nada,-1\n")
        self.assert_tame(self.fails(BAD_DATA, "score", bad, *V1,
                                    says="bad\\x1b[31m"))
        self.assert_tame(self.fails(BAD_DATA, "score", f"no{ESCAPES}.csv", *V1))
        self.assert_tame(self.fails(INTERNAL, "score", KLOUT, *V1, "-o",
                                    f"/none/{ESCAPES}"))
        done = self.run_raw("score", bad, *V1, SKIP, "--errors",
                            self.folder / f"errors{ESCAPES}")
        self.assertEqual(done.returncode, FINE)
        self.assertIn(b"see ", done.stderr)
        self.assert_tame(done.stderr.decode())

    def test_arguments(self):
        for arguments in ((ESCAPES,), ("score", KLOUT, *V1, ESCAPES),
                          ("score", KLOUT, *V1, f"--{ESCAPES}"),
                          ("score", KLOUT, *V1, "--format", ESCAPES),
                          ("score", KLOUT, *V1, "--as-of", ESCAPES)):
            stderr = self.fails(USAGE, *arguments)
            self.assert_tame(stderr)
            self.assertTrue(stderr.startswith("influence: "), stderr)

    def test_ids_networks_keys_and_cells(self):
        good = self.file("good.csv", "id,network,likes\n"
                         f"{ESCAPES},{ESCAPES},1\n")
        for form in ("table", "markdown"):
            self.assert_tame(self.fine("score", good, *V1, "--format", form))
        for form in ("text", "markdown"):
            self.assert_tame(self.fine("explain", good, *V1, "--id", ESCAPES,
                                       "--format", form))
        result = self.fine("score", good, *V1, "--format", "json").encode()
        self.assert_tame(self.fine("verify", "-", stdin=result))
        self.assert_tame(self.fails(BAD_DATA, "explain", good, *V1, "--id",
                                    ESCAPES + "x", says="near it"))
        for content in (f"id,{ESCAPES}\n", f"id,likes\nada,{ESCAPES}\n"):
            self.assert_tame(self.fails(BAD_DATA, "score",
                                        self.file("in.csv", content), *V1))
        for key, value in ((ESCAPES, "1"), ("likes", json.dumps(ESCAPES))):
            line = f'{{"id":"a",{json.dumps(key)}:{value}}}'
            self.assert_tame(self.fails(BAD_DATA, "score", self.file(
                "in.jsonl", line), *V1))

    def test_what_is_long_is_cut(self):
        for name, content in (("in.csv", f"id,{'k' * 10**6}\n"),
                              ("in.csv", f"id,likes\na,{'k' * 10**6}\n"),
                              ("in.jsonl", f'{{"id":"a","{"k" * 10**6}":1}}'),
                              ("in.csv", f"id\n{'i' * 10**6}\n")):
            stderr = self.fails(BAD_DATA, "score", self.file(name, content),
                                *V1)
            self.assertLess(len(stderr), 400)


class Inputs(Case):
    def test_every_json_white_space(self):
        path = self.file("in.jsonl",
                         '\t{ "id"\t:\r"a" ,\r"likes" :\r\t5\r}\r\n')
        rows = self.fine("score", path, *V1, "--format", "csv").splitlines()
        self.assertEqual([r.split(",") for r in rows],
                         self.csv_of("id,likes\na,5\n"))

    def test_a_nul_is_refused_wherever_it_comes_from(self):
        for line, column in (('{"id":"a\\u0000"}', 7),
                             ('{"id":"a","network":"\\u0000"}', 21)):
            self.fails(BAD_DATA, "score", self.file("in.jsonl", line), *V1,
                       says=(f":1:{column}: ", "has a NUL"))

    def test_a_key_in_disguise_is_the_same_key(self):
        path = self.file("in.jsonl", '{"id":"a","likes":1,"l\\u0069kes":9}')
        self.fails(BAD_DATA, "score", path, *V1, says="likes: occurs twice")

    def test_a_byte_order_mark_before_json(self):
        mark = b"\xef\xbb\xbf"
        custom = self.file("c.json", mark + pathlib.Path(CUSTOM).read_bytes())
        self.fine("score", KLOUT, "--algorithm-file", custom)
        self.fails(BAD_DATA, "score", KLOUT, "--algorithm-file",
                   self.file("c.json", mark * 10**6))

    def test_one_id_on_two_profiles_is_not_explained_by_chance(self):
        twice = request(profile("ada", account(likes=1)),
                        profile("ada", account(likes=2)))
        self.fails(BAD_DATA, "explain", "-", *V1, "--input-format", "proto",
                   "--id", "ada", stdin=twice, says="more than one profile")

    def test_a_huge_line(self):
        for content in (b"id,likes\nada," + b"9" * 10**7,
                        b"id,likes\nada," + b"0." + b"1" * 10**7,
                        b'id,likes\n"' + b"\n" * 10**7,
                        b"id" + b",x" * 10**6 + b"\nada" + b",1" * 10**6):
            path = self.file("in.csv", content)
            done = self.run_raw("score", path, *V1, "--allow-extra")
            self.assertIn(done.returncode, (FINE, BAD_DATA))
            self.assertLess(len(done.stderr), 400)


class Results(Case):
    def test_words_that_the_ledger_does_not_say(self):
        for rendering in (1, 2):
            response = self.json("score", "-", *V1, "--input-format", "proto",
                                 stdin=request(profile(
                                     "ada", account(likes=5 * 10**6)),
                                     rendering=rendering))
            result = response["results"][0]
            self.assertIn("2 of 100 points", result["text"])
            good = json.dumps(response).encode()
            self.fine("verify", "-", stdin=good)
            bad = good.replace(b"2 of 100 points", b"99 of 100 points")
            done = self.run_raw("verify", "-", stdin=bad)
            self.assertEqual(done.returncode, CHECK_FAILED)
            self.assertIn(b"FAILED  ada: its text", done.stdout)
            # Another version may word it otherwise; that is said, not passed.
            response["identity"]["library_version"] = "9.9.9"
            result["text"] = "other words"
            out = self.fine("verify", "-", stdin=json.dumps(response).encode())
            self.assertIn("-       ada: its text is another version's", out)

    def test_points_moved_between_lines_and_accounts(self):
        # The sums stay right, so only recomputation can tell.
        good = self.fine("score", COMMUNITY, *V1, "--format", "json")
        for places in (lambda lines: (lines[0]["parts"][:2],),
                       lambda lines: (lines[:2], [lines[0]["parts"][0],
                                                  lines[1]["parts"][0]])):
            response = json.loads(good)
            for giver, taker in places(
                    response["results"][0]["ledger"]["lines"]):
                for holder, amount in ((giver, -1000), (taker, 1000)):
                    holder["points_micropoints"] = str(
                        int(holder["points_micropoints"]) + amount)
            done = self.run_raw("verify", "-",
                                stdin=json.dumps(response).encode())
            self.assertEqual(done.returncode, CHECK_FAILED)
            self.assertIn(b"FAILED  ada: lines is not what is recomputed",
                          done.stdout)
            self.assertNotIn(b"sum to", done.stdout)
            self.assertIn(b"ok      babbage: ", done.stdout)

    def test_what_was_scored_with_rows_left_out_is_verified_by_its_file(self):
        good = profile("ada", account(likes=1))
        for name, content in (
                ("in.pb", request(good, text(3, b"\x12\x7f"), profile(b"\xff"),
                                  profile("eve", account(likes=10**16 + 1)))),
                ("in.csv", b"id,likes\nada,1\nada,\nbob,-1\n")):
            source = self.file(name, content)
            result = self.folder / "result.json"
            self.fine("score", source, *V1, "--format", "json", SKIP,
                      "--errors", self.folder / "errors.csv", "-o", result,
                      quiet=False)
            self.assertIn("0 failed", self.fine("verify", result, "--request",
                                                source))
            response = json.loads(result.read_text())
            response["results"].pop()
            done = self.run_raw("verify", "-", "--request", source,
                                stdin=json.dumps(response).encode())
            self.assertEqual(done.returncode, CHECK_FAILED)

    def test_json_is_whole_however_many_results_it_has(self):
        for people in (0, 1, 499, 500, 501, 1000, 1001):
            path = self.file("in.csv", "id,likes\n" + "".join(
                f'"[]}} {i}",{i}\n' for i in range(people)))
            response = self.json("score", path, *V1)
            self.assertEqual(response["identity"]["algorithm"], "v1")
            rows = self.fine("score", path, *V1, "--format",
                             "csv").splitlines()[1:]
            self.assertEqual(
                [f"{r['id']},{points(r['ledger']['score_micropoints'])}"
                 for r in response["results"]],
                [",".join(row.split(",")[:2]) for row in rows])


@unittest.skipIf(SANITIZED, "a sanitizer has its own ideas of memory")
class Memory(Case):
    """Peak memory in MiB, twice what was measured."""

    def peak(self, path, *options):
        done, peak = measured([BINARY, "score", path, *V1, *options],
                              stdout=subprocess.DEVNULL)
        self.assertEqual(done.returncode, FINE)
        return peak

    def test_100000_rows(self):
        rows = range(100_000)
        path = self.file("in.csv", "id,network,followers,likes\n" + "".join(
            f"p{i * 3 // 5},n{i},{i * 7},{i % 91}.5\n" for i in rows))
        self.assertLess(self.peak(path, "--format", "csv"), 70)
        self.assertLess(self.peak(path), 150)
        path = self.file("in.jsonl", "".join(
            f'{{"id":"p{i * 3 // 5}","followers":{i * 7}}}\n' for i in rows))
        self.assertLess(self.peak(path, "--format", "jsonl"), 70)

    def test_a_whole_response(self):
        path = self.file("in.csv", "id,network,likes\n" + "".join(
            f"p{i},n,{i}\n" for i in range(10_000)))
        self.assertLess(self.peak(path, "--format", "json"), 110)


class Fuzz(Case):
    """Whatever the bytes, the command answers, and loses nothing."""

    def setUp(self):
        super().setUp()
        self.random = random.Random(20260131)

    def mutate(self, content, alphabet):
        content = bytearray(content)
        for _ in range(self.random.randint(1, 6)):
            at = self.random.randrange(len(content) + 1)
            piece = self.random.choice(alphabet)
            content[at:at + self.random.randint(0, 3)] = piece
        return bytes(content)

    def test_any_bytes(self):
        seeds = {
            "csv": b'id,network,likes\nada,x,1\n"b,b","y\nz",2.5\nada,,\n',
            "jsonl": b'{"id":"ada","likes":1}\n{"id":"b","network":"x"}\n',
            "proto": request(profile("ada", account("x", likes=1)),
                             profile("b", account("y", saves=5))),
        }
        alphabet = (b"", b"\0", b'"', b"\r", b"\n", b",", b"\xff", b"\xc3",
                    b"-", b"1e9", b"9" * 30, b"{", b"}", b"[", b"\\u0000",
                    b"\\ud800", b"null", b"\x1b", b"\x0a\x7f", b"\x80" * 11)
        errors = self.folder / "errors.csv"
        ends = collections.Counter()
        for form, seed in seeds.items():
            for _ in range(120):
                content = self.mutate(seed, alphabet)
                for options in ((), (SKIP, "--errors", errors)):
                    done = self.run_raw("score", "-", *V1, "--input-format",
                                        form, *options, stdin=content)
                    self.assertIn(done.returncode, (0, 3, 4), content)
                    self.assertNotIn(b"\x1b", done.stdout + done.stderr)
                    ends[done.returncode] += 1
        self.assertGreater(min(ends[FINE], ends[BAD_DATA]), 100)

    def test_any_result(self):
        seed = self.fine("score", self.file(
            "in.csv", "id,likes,saves\nada,5,\nbob,,7\n"), *V1, "--format",
            "json").encode()
        alphabet = (b"", b"9", b"-", b'"', b"{", b"}", b"[", b"]", b",",
                    b"null", b"\xff", b"\0", b"1e400", b"_")
        ends = collections.Counter()
        for _ in range(150):
            done = self.run_raw("verify", "-",
                                stdin=self.mutate(seed, alphabet))
            self.assertLess(done.returncode, INTERNAL, done.stderr)
            ends[done.returncode] += 1
        self.assertGreater(ends[CHECK_FAILED] + ends[BAD_DATA], 100)

    def test_every_row_is_scored_or_left_out(self):
        # Without quotes and carriage returns a line is a row, so that its fate
        # can be told without another reader of CSV.
        alphabet = (b"", b"\0", b"\n", b",", b"\xff", b"-", b"x", b"1", b".")
        people = "".join(f"p{i * 7 // 12},n{i},{i},{i}.5\n" for i in range(12))
        left_out = 0
        came_back = 0
        for _ in range(150):
            body = self.mutate(people.encode(), alphabet)
            path = self.file("in.csv", b"id,network,likes,saves\n" + body)
            errors = self.folder / "errors.csv"
            done = self.run_raw("score", path, *V1, "--format", "csv", SKIP,
                                "--errors", errors)
            if done.returncode == BAD_DATA:
                self.assertIn(b"stand together", done.stderr)
                came_back += 1
                continue
            self.assertEqual(done.returncode, FINE, done.stderr)
            scored = {row.split(",")[0].encode()
                      for row in done.stdout.decode().splitlines()[1:]}
            want = collections.Counter(
                line for line in body.split(b"\n")
                if line and line.split(b",")[0] not in scored)
            complaints = errors.read_bytes().decode("latin-1").replace(
                "\0", "\u0100")  # which this module may refuse
            found = collections.Counter(
                row["row"].replace("\u0100", "\0").encode("latin-1")
                for row in csv.DictReader(io.StringIO(complaints)))
            self.assertEqual(found, want, body)
            left_out += sum(want.values())
        self.assertGreater(left_out, 150)
        self.assertLess(came_back, 30)


if __name__ == "__main__":
    main()
