"""--on-error=skip: nobody is scored by half, and no row is lost."""
import csv
import json

from harness import (BAD_DATA, FINE, INTERNAL, KLOUT, USAGE, V1, Case, account,
                     main, profile, request, text)

# Rows in file order, and why each is left out; None is scored.
ROWS = [
    ("ada,x,1", "2:1", "left out, because line 3 of the same person is bad"),
    ("ada,y,-1", "3:7", "likes: '-1' is negative"),
    ("bob,x,1", None, None),
    ("bob,y,2", None, None),
    ("cleo,x", "6:1", "the row has 2 cells, the header has 3"),
    ("dan,x,20000000000", "7:7",
     "likes: 20000000000000000 is over 10000000000000000, in millionths"),
    (",x,3", "8:1", "id is empty"),
    ("dan,y,3", "9:1", "left out, because line 7 of the same person is bad"),
    ("eve,x,3", None, None),
    ("fay,x,1e5", "11:7", "likes: '1e5' is not a decimal number such as 12 or "
     "12.5"),
    ("fay,y,", "12:1", "left out, because line 11 of the same person is bad"),
    ('gus,x,1"', "13:8", "a quote inside an unquoted cell"),
    ("gus,y,1", "14:1", "left out, because line 13 of the same person is bad"),
    ("hal,x,", None, None),
]
CONTENT = "id,network,likes\n" + "".join(row[0] + "\n" for row in ROWS)
LEFT_OUT = [row for row in ROWS if row[1]]
SCORED = ["bob", "eve", "hal"]


class Skip(Case):
    def skip(self, path, *options, code=FINE):
        """stdout, stderr, and the complaints as (place, reason, row)."""
        errors = self.folder / "errors.csv"
        done = self.run_raw("score", path, *V1, "--on-error=skip", "--errors",
                            errors, *options)
        self.assertEqual(done.returncode, code, done.stderr)
        with open(errors, newline="", encoding="utf-8",
                  errors="surrogateescape") as file:
            rows = list(csv.DictReader(file))
        for row in rows:
            self.assertEqual(row["file"], str(path))
        return (done.stdout.decode(), done.stderr.decode(),
                [(f"{r['line']}:{r['column']}", r["reason"], r["row"])
                 for r in rows])

    def test_every_row_is_scored_or_explained(self):
        path = self.file("in.csv", CONTENT)
        out, err, complaints = self.skip(path, "--format", "csv")
        self.assertEqual([line.split(",")[0] for line in out.splitlines()],
                         ["id"] + SCORED)
        self.assertEqual(complaints,
                         [(place, why, row) for row, place, why in LEFT_OUT])
        self.assertEqual(err, f"influence: {len(LEFT_OUT)} rows were left "
                         f"out; see {self.folder}/errors.csv\n")

    def test_those_who_are_scored_are_scored_as_ever(self):
        path = self.file("in.csv", CONTENT)
        out, _, _ = self.skip(path, "--format", "csv")
        good = "id,network,likes\n" + "".join(
            row[0] + "\n" for row in ROWS if not row[1])
        self.assertEqual([r.split(",") for r in out.splitlines()],
                         self.csv_of(good))

    def test_without_it_the_first_bad_row_stops(self):
        self.fails(BAD_DATA, "score", self.file("in.csv", CONTENT), *V1,
                   says="in.csv:3:7: likes: '-1' is negative")

    def test_the_rows_left_out_can_be_repaired_and_scored(self):
        path = self.file("in.csv", CONTENT)
        _, _, complaints = self.skip(path)
        rows = [row for _, _, row in complaints]
        self.assertEqual(
            sorted(rows + [row[0] for row in ROWS if not row[1]]),
            sorted(row[0] for row in ROWS))

    def test_the_librarys_refusals_find_their_rows_in_a_crowd(self):
        rows = [f"p{i},20000000000" if i % 700 == 650 else f"p{i},{i}"
                for i in range(3000)]
        path = self.file("in.csv", "id,likes\n" + "\n".join(rows) + "\n")
        out, _, complaints = self.skip(path, "--format", "csv")
        bad = range(650, 3000, 700)
        self.assertEqual([(place, row) for place, _, row in complaints],
                         [(f"{i + 2}:{len(f'p{i},') + 1}", rows[i])
                          for i in bad])
        self.assertEqual([line.split(",")[0] for line in out.splitlines()[1:]],
                         [f"p{i}" for i in range(3000) if i not in bad])

    def test_jsonl(self):
        lines = ['{"id":"ada","likes":1}', '{"likes":-1,"id":"ada"}',
                 '{"id":"bob","likes":2}', '{"id":"eve","likes":20000000000}',
                 '{"id":"eve","likes":1}', "{"]
        path = self.file("in.jsonl", "\n".join(lines))
        out, _, complaints = self.skip(path, "--format", "jsonl")
        self.assertEqual([json.loads(r)["id"] for r in out.splitlines()],
                         ["bob"])
        self.assertEqual([(place, row) for place, _, row in complaints],
                         [("1:1", lines[0]), ("2:10", lines[1]),
                          ("4:21", lines[3]), ("5:1", lines[4]),
                          ("6:2", lines[5])])

    def test_protobuf(self):
        good = profile("ada", account(likes=1))
        path = self.file("in.pb", request(
            good, text(3, b"\x12\x7f"), profile(b"\xff"),
            profile("eve", account("x", likes=10**16 + 1)), good))
        out, _, complaints = self.skip(path, "--format", "csv")
        self.assertEqual(len(out.splitlines()), 3)
        self.assertEqual([(place, why.split(":")[0])
                          for place, why, _ in complaints],
                         [(":", "profile 1"), (":", "profile 2"),
                          (":", "profile 3 ('eve')")])
        self.assertEqual(complaints[0][2], "127f")
        self.assertIn("likes_micros: 10000000000000001", complaints[2][2])

    def test_whole_responses_hold_the_librarys_errors(self):
        path = self.file("in.csv", CONTENT)
        out, _, complaints = self.skip(path, "--format", "json")
        results = json.loads(out)["results"]
        self.assertEqual([(r["id"], "ledger" in r) for r in results],
                         [("bob", True), ("dan", False), ("eve", True),
                          ("hal", True)])
        self.assertEqual(len(complaints), len(LEFT_OUT))

    def test_a_row_that_nobody_owns_is_left_out_alone(self):
        path = self.file("in.csv", 'likes,id\n1,ada\n"2"3,ada\n')
        out, _, complaints = self.skip(path, "--format", "csv")
        self.assertEqual(len(out.splitlines()), 2)
        self.assertEqual([c[0] for c in complaints], ["3:4"])

    def test_multi_line_rows_are_kept_whole(self):
        path = self.file("in.csv", 'id,network,likes\n"a\nda","x",-1\nbob,,\n')
        _, err, complaints = self.skip(path)
        self.assertEqual(complaints[0][::2], ("3:9", '"a\nda","x",-1'))
        self.assertIn("1 row was left out", err)

    def test_nothing_bad_is_nothing_said(self):
        _, err, complaints = self.skip(KLOUT)
        self.assertEqual((err, complaints), ("", []))

    def test_a_bad_header_stops_all_the_same(self):
        path = self.file("in.csv", "id,fans\nada,1\n")
        self.fails(BAD_DATA, "score", path, *V1, "--on-error=skip", "--errors",
                   self.folder / "errors.csv", says="in.csv:1:4: ")
        self.only_files("in.csv")

    def test_usage(self):
        errors = self.folder / "errors.csv"
        for options in (("--on-error=skip",), ("--errors", errors),
                        ("--on-error=stop", "--errors", errors),
                        ("--on-error=skip", "--errors", errors, "-o", errors),
                        ("--on-error=skip", "--errors", "-"),
                        ("--on-error=ignore",)):
            self.fails(USAGE, "score", KLOUT, *V1, *options)
        self.only_files()

    def test_no_scores_without_their_errors(self):
        path = self.file("in.csv", CONTENT)
        out = self.folder / "out.csv"
        for errors in ("/dev/full", self.folder / "none" / "errors.csv"):
            self.fails(INTERNAL, "score", path, *V1, "--on-error=skip",
                       "--errors", errors, "-o", out)
        self.only_files("in.csv")
        self.fine("score", path, *V1, "--on-error=skip", "--errors",
                  self.folder / "errors.csv", "-o", out, quiet=False)
        self.only_files("in.csv", "out.csv", "errors.csv")


if __name__ == "__main__":
    main()
