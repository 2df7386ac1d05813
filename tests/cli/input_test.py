"""What the command reads: CSV, JSONL, protobuf, and where it finds fault."""
import gzip
import hashlib
import json
import pathlib

from harness import (BAD_DATA, COMMUNITY, UNKNOWN_ALGORITHM, USAGE, V1, Case,
                     account, main, points, profile, request, text)

JSONL = ("--input-format", "jsonl")
PROTO = ("--input-format", "proto")
CSV = ("--input-format", "csv")


class Csv(Case):
    def accounts(self, content, *options):
        """id -> accounts, as the library got them."""
        response = self.json("score", self.file("in.csv", content), *V1,
                             *options)
        return {r["id"]: r["ledger"]["accounts"] for r in response["results"]}

    def test_all_the_ways_to_write_the_same(self):
        want = self.csv_of("id,network,likes,followers\nada,x,3,\n")
        for same in ("\ufeffid,network,likes,followers\nada,x,3,\n",
                     "id,network,likes,followers\r\nada,x,3,\r\n",
                     "id,network,likes,followers\nada,x,3,",
                     '"id","network",likes,followers\n"ada","x","3",""\n',
                     "followers,likes,id,network\n,3.0000,ada,x\n",
                     "likes,id\n+3.,ada\n",
                     "\nid,likes\n\nada,0003\n\n"):
            with self.subTest(same):
                self.assertEqual(self.csv_of(same), want)

    def test_compressed_is_what_it_stands_for(self):
        content = pathlib.Path(COMMUNITY).read_bytes()
        packed = gzip.compress(content)
        for form in ("csv", "table", "json"):
            options = (*V1, "--format", form)
            self.assertEqual(
                self.fine("score", self.file("in.csv.gz", packed), *options),
                self.fine("score", COMMUNITY, *options), form)
        self.fails(BAD_DATA, "score", self.file("in.csv.gz", packed[:-20]),
                   *V1, says="ends in the middle of what was compressed")

    def test_empty_is_unknown_and_zero_is_zero(self):
        found = self.accounts("id,likes,saves\nada,,0\n")
        self.assertEqual(found["ada"], [{"network": "", "saves_micros": "0"}])
        unknown, zero = self.csv_of("id,followers\na,\nb,0\n")[1:]
        self.assertEqual(unknown[1], zero[1])
        self.assertLess(float(unknown[2]), float(zero[2]))     # coverage
        self.assertGreater(float(unknown[4]), float(zero[4]))  # high

    def test_decimals_are_exact_and_then_half_even(self):
        for written, micros in (("0.1", 100000), ("0.0000005", 0),
                                ("0.0000015", 2), ("0.00000050001", 1),
                                ("9007199254.740993", 9007199254740993),
                                ("10000000000", 10**16)):
            found = self.accounts(f"id,followers\nada,{written}\n")
            self.assertEqual(found["ada"][0]["followers_micros"], str(micros))

    def test_rows_of_one_id_are_accounts(self):
        content = "id,network,likes\nbob,x,1\nbob,y,3\nada,x,2\n"
        found = self.accounts(content)
        self.assertEqual(list(found), ["bob", "ada"])
        self.assertEqual([a["network"] for a in found["bob"]], ["x", "y"])
        whole = json.loads(self.fine("score", self.file("in.csv", content),
                                     *V1, "--format", "json"))
        self.assertEqual([row[1] for row in self.csv_of(content)[1:]],
                         [points(r["ledger"]["score_micropoints"])
                          for r in whole["results"]])

    def test_rows_of_one_id_stand_together(self):
        says = (":4:1: id: 'bob' was on line 2 already", "sort the file by id")
        path = self.file("in.csv", "id,likes\nbob,1\nada,2\nbob,3\n")
        lines = self.file("in.jsonl", "\n".join(
            ("", *(f'{{"id":"{name}"}}' for name in ("bob", "ada", "bob")))))
        errors = self.folder / "errors.csv"
        for options in (("--format", "csv"), ("--format", "table"),
                        ("--format", "json"), ("--on-error=skip", "--errors",
                                               errors, "--format", "jsonl")):
            self.fails(BAD_DATA, "score", path, *V1, *options, says=says)
            self.fails(BAD_DATA, "score", lines, *V1, *options, says=says)
        self.fails(BAD_DATA, "explain", path, *V1, "--id", "bob", says=says)
        # Also if one of the rows is bad, whichever.
        for rows in ("bob,-\nada,\nbob,1\n", "bob,1\nada,\nbob,-\n"):
            path = self.file("in.csv", "id,likes\n" + rows)
            self.fails(BAD_DATA, "score", path, *V1, "--on-error=skip",
                       "--errors", errors, "--format", "csv", says=says)
            self.fails(BAD_DATA, "score", path, *V1, "--on-error=skip",
                       "--errors", errors, says=says)

    def test_ids_may_be_any_text(self):
        out = self.fine("score", "-", *V1, *CSV, "--format", "jsonl",
                        stdin='id\n"a,""b""\nc"\né\n'.encode())
        self.assertEqual([json.loads(row)["id"] for row in out.splitlines()],
                         ['a,"b"\nc', "é"])

    def test_extra_columns(self):
        content = "id,likes,city,city\nada,3,Turin,London\n"
        self.fails(BAD_DATA, "score", self.file("in.csv", content), *V1,
                   says=("in.csv:1:10: ", "'city'", "--allow-extra"))
        self.assertEqual(self.csv_of(content, "--allow-extra"),
                         self.csv_of("id,likes\nada,3\n"))

    def test_every_fault_has_its_place(self):
        h = b"id,network,likes\n"
        many = h + b"ada,x,1\n" * 65
        for content, place, reason in (
                (b"", "1:1", "no header"),
                (b"\n\n", "1:1", "no header"),
                (b"likes\n3\n", "1:1", "no column 'id'"),
                (b"id,likes,id\n", "1:10", "column 'id' occurs twice"),
                (b"id,Likes\n", "1:4", "unknown column 'Likes'"),
                (b"id, likes\n", "1:4", "unknown column ' likes'"),
                (b'id,"likes\n', "1:4", "never closed"),
                (h + b"ada,x\n", "2:1", "2 cells, the header has 3"),
                (h + b"ada,x,1,\n", "2:1", "4 cells, the header has 3"),
                (h + b"ada,x,1\n,x,1\n", "3:1", "id is empty"),
                (h + b"ada,x,-1\n", "2:7", "likes: '-1' is negative"),
                (h + b"ada,x,1e5\n", "2:7", "'1e5' is not a decimal number"),
                (h + b'ada,x,"1,000"\n', "2:7", "'1,000' is not a decimal"),
                (h + b"ada,x,nan\n", "2:7", "'nan' is not"),
                (h + b"ada,x,0x1f\n", "2:7", "'0x1f' is not"),
                (h + b"ada,x, 1\n", "2:7", "' 1' is not"),
                (h + b"ada,x,\x1b[31m\n", "2:7", "'\\x1b[31m' is not"),
                (h + b"ada,x,9999999999999\n", "2:7", "too large"),
                (h + b"ada,x,10000000000.000001\n", "2:7", "likes: "),
                (h + b'"a\nb","\n",20000000000\n', "4:3", "likes: "),
                (h + b"ada," + b"n" * 65 + b",1\n", "2:5", "network: "),
                (h + b"i" * 257 + b",x,1\n", "2:1", "id: "),
                (many, "2:1", "accounts"),
                (h + b'ada,x,"1\n', "2:7", "never closed"),
                (h + b'ada,x,"1"0\n', "2:10", "after a closing quote"),
                (h + b'ada,x,1"0\n', "2:8", "quote inside"),
                (h + b"ada,x\0,1\n", "2:6", "NUL"),
                (h + b"ada,x,1\rbob,x,1\n", "2:8", "carriage return"),
                (h + b"ada,\xc3\xa9\xff,1\n", "2:7", "not UTF-8"),
                (b"id,\xff\n", "1:4", "not UTF-8")):
            with self.subTest(content[:60]):
                path = self.file("in.csv", content)
                self.fails(BAD_DATA, "score", path, *V1,
                           says=(f"influence: {path}:{place}: ", reason))
                self.fails(BAD_DATA, "score", "-", *V1, *CSV, stdin=content,
                           says=f"influence: standard input:{place}: ")

    def test_a_person_larger_than_a_request(self):
        content = b"id,network\nada," + b"n" * (9 << 20) + b"\n"
        self.fails(BAD_DATA, "score", self.file("in.csv", content), *V1,
                   says=("in.csv:2:1: ", "larger than a request"))

    def test_names_and_files(self):
        content = "id\nada\n"
        for name in ("a.csv", "a.CSV"):
            self.fine("score", self.file(name, content), *V1)
        unnamed = self.file("data", content)
        self.fails(USAGE, "score", unnamed, *V1, says="--input-format")
        self.fails(USAGE, "score", "-", *V1, says="--input-format")
        self.fine("score", unnamed, *V1, *CSV)
        self.fails(USAGE, "score", unnamed, *V1, "--input-format", "xml")
        self.fails(BAD_DATA, "score", self.folder / "no.csv", *V1,
                   says="no.csv: No such file")
        self.fails(BAD_DATA, "score", self.folder, *V1, *CSV,
                   says="Is a directory")


class Jsonl(Case):
    def test_says_the_same_as_csv(self):
        csv = self.fine("score", COMMUNITY, *V1, "--format", "csv")
        text = pathlib.Path(COMMUNITY).read_text(encoding="utf-8")
        names, *rows = [row.split(",") for row in text.splitlines()]
        lines = []
        for row in rows:
            cells = [f'"{n}":' + (f'"{c}"' if n in ("id", "network") else c)
                     for n, c in zip(names, row)]
            lines.append("{" + ",".join(reversed(cells)) + "}\r\n")
        path = self.file("in.jsonl", "".join(lines))
        self.assertEqual(self.fine("score", path, *V1, "--format", "csv"), csv)

    def test_every_fault_has_its_place(self):
        good = b'{"id":"ada","likes":1}\n'
        for line, column, reason in (
                (b'{"id":"ada","likes":"1"}', 21, "likes: is text"),
                (b'{"id":"ada","likes":1,"likes":1}', 31, "occurs twice"),
                (b'{"id":"ada","likes": -1}', 22, "'-1' is negative"),
                (b'{"id":"ada","likes": 20000000000 }', 22, "likes: "),
                (b'{"id":"ada","fans":1}', 20, "--allow-extra"),
                (b'{"likes":1}', 1, "no id"),
                (b'["ada"]', 1, "not a JSON object"),
                (b'{"id":"ada"', 12, "not a JSON object"),
                (b'{"id":"a\xff"}', 9, "not UTF-8")):
            with self.subTest(line):
                path = self.file("in.jsonl", good + b"\n" + line + b"\n")
                self.fails(BAD_DATA, "score", path, *V1,
                           says=(f"influence: {path}:3:{column}: ", reason))

    def test_extra_keys(self):
        path = self.file("in.jsonl",
                         '{"id":"ada","x":[{"likes":"?"}],"likes":null}\n')
        self.fails(BAD_DATA, "score", path, *V1, says=":1:17: x: ")
        self.fine("score", path, *V1, "--allow-extra")


class Protobuf(Case):
    ADA = profile("ada", account("x", likes=3_000_000), account("y", saves=5))

    def test_says_the_same_as_csv(self):
        csv = self.csv_of("id,network,likes,saves\n"
                          "ada,x,3,\nada,y,,0.000005\n")
        for message in (request(self.ADA), request(self.ADA, algorithm="")):
            out = self.fine("score", self.file("in.pb", message), *V1,
                            "--format", "csv")
            self.assertEqual([r.split(",") for r in out.splitlines()], csv)

    def test_the_digest_is_the_files_if_nothing_was_changed(self):
        def digest(message, *options):
            identity = self.json("score", "-", *V1, *PROTO, *options,
                                 stdin=message)["identity"]
            return (identity["input_digest"], identity.get("as_of_days"))

        message = request(self.ADA, as_of=20_000, rendering=1)
        sha = hashlib.sha256(message).hexdigest()
        self.assertEqual(digest(message), (sha, 20_000))
        changed, day = digest(message, "--as-of", "2026-01-31")
        self.assertNotEqual(changed, sha)
        self.assertEqual(day, 20_484)
        rebuilt = request(self.ADA)  # what an empty algorithm is filled to
        self.assertEqual(digest(request(self.ADA, algorithm=""))[0],
                         hashlib.sha256(rebuilt).hexdigest())

    def test_its_own_algorithm_and_fingerprint_hold(self):
        for message in (request(self.ADA, algorithm="v2"),
                        request(self.ADA, fingerprint="00" * 32)):
            for form in ("csv", "json"):
                self.fails(UNKNOWN_ALGORITHM, "score", "-", *V1, *PROTO,
                           "--format", form, stdin=message,
                           says="asked for")

    def test_detail_and_rendering_hold_for_whole_responses(self):
        response = self.json("score", "-", *V1, *PROTO,
                             stdin=request(self.ADA, detail=1))
        self.assertEqual(response["results"][0]["ledger"]["lines"], [])
        response = self.json("score", "-", *V1, *PROTO,
                             stdin=request(self.ADA, rendering=1))
        self.assertIn("of 100 points", response["results"][0]["text"])
        for message in (request(self.ADA, detail=1),
                        request(self.ADA, rendering=2)):
            out = self.fine("score", "-", *V1, *PROTO, "--format", "csv",
                            stdin=message)
            self.assertIn(",0.", out)
            self.fine("score", "-", *V1, *PROTO, stdin=message)

    def test_two_profiles_of_one_id_stay_two(self):
        out = self.fine("score", "-", *V1, *PROTO, "--format", "csv",
                        stdin=request(self.ADA, self.ADA))
        self.assertEqual(len(out.splitlines()), 3)

    def test_faults(self):
        bad = profile("bob", account(likes=10**16 + 1))
        not_utf8 = profile(b"\xff", account(likes=1))
        broken = text(3, b"\x12\x7f")
        for message, words in (
                (b"\xff", "not a ScoreRequest"),
                (number_as_id(), "not a ScoreRequest"),
                (request(self.ADA, bad), "profile 1 ('bob'): "),
                (request(self.ADA, not_utf8), "profile 1: "),
                (request(broken, self.ADA), "profile 0: ")):
            with self.subTest(message):
                self.fails(BAD_DATA, "score", "-", *V1, *PROTO, stdin=message,
                           says=("influence: standard input: ", words))


def number_as_id():
    return text(1, b"\xff\xfe")  # an algorithm that is not UTF-8


if __name__ == "__main__":
    main()
