"""What `score` and `explain` print, and that it arrives whole or not at all."""
import csv
import json
import os
import pathlib
import random
import stat
import subprocess

from harness import (BAD_DATA, BINARY, COMMUNITY, CUSTOM, FACTORS, FINE,
                     INTERNAL, KLOUT, ROOT, SIGNALS, USAGE, V1, Case, account,
                     main, points, profile, request)

ADA = ("id,network,mentions,replies,saves,likes,reshares,quotes,listings,"
       "followers\nada,x,120,40,16,300,85,12,31,2400\n")
# The same person in README.md.
ADA_POINTS = ("36.901409", "88.000000", "36.901409", "48.901409", "13.369371",
              "8.819006", "6.020595", "8.692437", "0.000000", "0.000000")


def numbers_of(result):
    """The numbers of a line, from the ledger."""
    ledger = result["ledger"]
    names = {"score": "score", "coverage": "coverage", "low": "low",
             "high": "high"}
    row = {n: points(ledger[f"{f}_micropoints"]) for n, f in names.items()}
    for line in ledger["lines"]:
        name = line["factor"].removeprefix("FACTOR_").lower()
        row[name] = points(line["points_micropoints"])
    return row


class Formats(Case):
    def test_csv_and_jsonl_are_the_ledger(self):
        for options in ((COMMUNITY, *V1), (KLOUT, *V1),
                        (COMMUNITY, "--algorithm-file", CUSTOM)):
            response = self.json("score", *options)
            wanted = [{"id": r["id"], **numbers_of(r)}
                      for r in response["results"]]
            out = self.fine("score", *options, "--format", "csv")
            self.assertEqual(list(csv.DictReader(out.splitlines())), wanted)
            out = self.fine("score", *options, "--format", "jsonl")
            self.assertEqual([json.loads(line, parse_float=str)
                              for line in out.splitlines()], wanted)

    def test_csv_of_the_person_in_the_readme(self):
        header, ada = self.csv_of(ADA)
        self.assertEqual(header, ["id", "score", "coverage", "low", "high",
                                  *FACTORS])
        self.assertEqual(ada, ["ada", *ADA_POINTS])

    def test_table_and_markdown_show_whole_points(self):
        path = self.file("in.csv", ADA)
        lines = self.fine("score", path, *V1).splitlines()
        self.assertEqual(lines[0].split(),
                         ["id", "score", "band", "coverage", "low", "high"])
        self.assertEqual(lines[1].split(),
                         ["ada", "37", "limited", "88", "%", "37", "49"])
        self.assertRegex(lines[3], "^algorithm v1, fingerprint [0-9a-f]{64}$")
        lines = self.fine("score", path, *V1, "--format",
                          "markdown").splitlines()
        self.assertEqual(lines[0],
                         "| id | score | band | coverage | low | high |")
        self.assertEqual(lines[2], "| ada | 37 | limited | 88 % | 37 | 49 |")

    def test_the_samples(self):
        table = self.fine("score", KLOUT, *V1)
        self.assertEqual(len(table.splitlines()), 1 + 58 + 2)
        self.assertEqual(table.count(" 38 % "), 58)
        results = self.json("score", COMMUNITY, *V1)["results"]
        self.assertEqual(len(results), 20)
        for result in results:
            self.assertEqual(result["ledger"]["coverage_micropoints"],
                             "100000000")
        self.assertGreaterEqual(
            len({r["ledger"]["band"] for r in results}), 4)

    def test_nobody(self):
        path = self.file("in.csv", "id,likes\n")
        self.assertEqual(self.fine("score", path, *V1, "--format", "jsonl"),
                         "")
        self.assertEqual(len(self.csv_of("id,likes\n")), 1)
        self.assertEqual(self.json("score", path, *V1)["results"], [])

    def test_json_and_proto_say_the_same(self):
        binary = self.run_raw("score", COMMUNITY, *V1, "--format", "proto")
        self.assertEqual(binary.returncode, FINE)
        text = self.fine("score", COMMUNITY, *V1, "--format", "json")
        for content in (binary.stdout, text.encode()):
            self.assertIn("21 passed, 0 failed",
                          self.fine("verify", "-", stdin=content))

    def test_hostile_ids_do_not_reach_the_terminal(self):
        path = self.file("in.csv", "id\n\x1b[31mada\u009b|\n")
        for form in ("table", "markdown"):
            out = self.fine("score", path, *V1, "--format", form)
            self.assertNotIn("\x1b", out)
            self.assertNotIn("\u009b", out)
        self.assertIn("\\x1b", self.fine("score", path, *V1))


class RealPeople(Case):
    def test_the_texts_are_those_of_the_library(self):
        """abi/scores.csv, of which tests/abi/scores_test.cc writes each text
        with influence_format_points()."""
        lines = (ROOT / "abi/scores.csv").read_text().splitlines()
        people = list(csv.DictReader(
            line for line in lines if not line.startswith("#")))
        self.assertEqual(len(people), 58 + 20)
        for path in (KLOUT, COMMUNITY):
            name = pathlib.Path(path).name
            wanted = {row["id"]: row for row in people if row["file"] == name}
            out = self.fine("score", path, *V1, "--format", "csv")
            self.assertEqual(
                {row["id"]: row["score"]
                 for row in csv.DictReader(out.splitlines())},
                {person: row["points"] for person, row in wanted.items()})
            table = self.fine("score", path, *V1).splitlines()
            shown = [line.split()[:2] for line in table[1:1 + len(wanted)]]
            self.assertEqual(dict(shown), {person: row["points_0"] for
                                           person, row in wanted.items()})


class Populations(Case):
    def test_many_requests_give_the_same_as_one_each(self):
        rows = [f"p{i},{i * 7919 % 100003},{i % 31}" for i in range(2500)]
        whole = self.csv_of("id,followers,likes\n" + "\n".join(rows) + "\n")
        self.assertEqual([row[0] for row in whole[1:]],
                         [f"p{i}" for i in range(2500)])
        for i in (0, 999, 1000, 1001, 1999, 2000, 2499):
            alone = self.csv_of("id,followers,likes\n" + rows[i] + "\n")
            self.assertEqual(whole[i + 1], alone[1])

    def test_columns_give_the_same_as_messages(self):
        """csv and jsonl, which are scored by columns, against one message."""
        rng = random.Random(7)

        def cell():
            kind = rng.random()
            if kind < 0.15:
                return ""
            if kind < 0.0002 + 0.15:
                return rng.choice(("-1", "x", "10000000000.000001"))
            if kind < 0.3:
                return f"{rng.random() * 10 ** rng.randint(-3, 9):.8f}"
            return str(int(10 ** (rng.random() * 8)))

        for rows_each in (1, 3):  # flat columns, and lists of accounts
            lines, count = [], 0
            while count < 30_000:
                for _ in range(rng.randint(1, rows_each)):
                    count += 1
                    lines.append([f"p{len(lines)}-{count}"] +
                                 [cell() for _ in SIGNALS])
            people, path = [], self.folder / "in.csv"
            for line in lines:  # some rows share the id of the row before
                if rows_each > 1 and people and rng.random() < 0.4:
                    line[0] = people[-1][0]
                people.append(line)
            path.write_text("id," + ",".join(SIGNALS) + "\n" + "".join(
                ",".join(line) + "\n" for line in people))
            errors = [self.folder / f"errors{i}.csv" for i in range(3)]
            skip = ("--on-error=skip", "--errors")
            response = json.loads(self.fine(
                "score", path, *V1, "--format", "json", *skip, errors[0],
                quiet=False))
            # What the library refuses has an error in json.
            wanted = [{"id": r["id"], **numbers_of(r)}
                      for r in response["results"] if "ledger" in r]
            outs = [self.fine("score", path, *V1, "--format", "csv", *skip,
                              errors[1], "--threads", threads, quiet=False)
                    for threads in (1, 2, 7)]
            self.assertEqual(list(csv.DictReader(outs[0].splitlines())),
                             wanted)
            self.assertEqual(len(set(outs)), 1)
            out = self.fine("score", path, *V1, "--format", "jsonl", *skip,
                            errors[2], quiet=False)
            self.assertEqual([json.loads(line, parse_float=str)
                              for line in out.splitlines()], wanted)
            self.assertEqual(errors[1].read_bytes(), errors[2].read_bytes())
            left_out = list(csv.DictReader(errors[1].open()))
            self.assertGreater(len(left_out), 10)
            scored = {row["id"] for row in wanted}
            self.assertEqual([row["row"] for row in left_out],
                             [",".join(line) for line in people
                              if line[0] not in scored])

    def test_large_people_are_split_by_bytes(self):
        # More bytes than one request may have, in few people.
        network = "n" * 60
        message = b"".join(
            profile(f"p{i}", *[account(f"{network}{k:02d}", likes=i, saves=k,
                                       **{s: 10**15 for s in (
                                           "mentions", "replies", "reshares",
                                           "quotes", "listings", "followers",
                                           "standing", "endorsements")})
                               for k in range(64)])
            for i in range(2400))
        self.assertGreater(len(message), 16 << 20)
        out = self.fine("score", self.file("in.pb", message), *V1, "--format",
                        "csv")
        self.assertEqual([row.split(",")[0] for row in out.splitlines()],
                         ["id"] + [f"p{i}" for i in range(2400)])
        self.fails(USAGE, "score", self.folder / "in.pb", *V1, "--format",
                   "proto", says="one response")

    def test_one_response_has_a_limit(self):
        path = self.file("in.csv", "id\n" + "\n".join(map(str, range(65537))))
        for form in ("json", "proto"):
            self.fails(USAGE, "score", path, *V1, "--format", form,
                       says=("one response", "csv or jsonl"))
        out = self.fine("score", path, *V1, "--format", "jsonl")
        self.assertEqual(len(out.splitlines()), 65537)


class Writing(Case):
    def test_output_appears_whole(self):
        out = self.folder / "out.csv"
        want = self.fine("score", KLOUT, *V1, "--format", "csv")
        self.assertEqual(self.fine("score", KLOUT, *V1, "--format", "csv",
                                   "-o", out), "")
        self.assertEqual(out.read_text(), want)
        self.assertEqual(self.fine("score", KLOUT, *V1, "--format", "csv",
                                   "-o", "-"), want)
        self.only_files("out.csv")

    def test_output_or_nothing(self):
        rows = [f"p{i},1" for i in range(5000)] + ["bad,-1"]
        path = self.file("in.csv", "id,likes\n" + "\n".join(rows))
        refused = self.file("late.csv", "id,likes\n" + "\n".join(
            rows[:-1] + ["bad,20000000000"]))
        kept = self.file("kept.csv", "kept")
        for source in (path, refused):
            for name in (kept, self.folder / "new.csv"):
                self.fails(BAD_DATA, "score", source, *V1, "--format", "csv",
                           "-o", name)
        self.assertEqual(pathlib.Path(kept).read_text(), "kept")
        self.only_files("in.csv", "late.csv", "kept.csv")

    def test_replaces_what_a_link_points_to_and_keeps_its_mode(self):
        real = pathlib.Path(self.file("real.csv", "old"))
        real.chmod(0o640)
        link = self.folder / "link.csv"
        link.symlink_to(real)
        self.fine("score", KLOUT, *V1, "-o", link)
        self.assertTrue(link.is_symlink())
        self.assertIn("p58", real.read_text())
        self.assertEqual(stat.S_IMODE(real.stat().st_mode), 0o640)

    def test_a_device_is_written_and_stays_a_device(self):
        link = self.folder / "null"
        link.symlink_to("/dev/null")
        self.fine("score", KLOUT, *V1, "-o", link)
        self.assertTrue(stat.S_ISCHR(os.stat("/dev/null").st_mode))
        self.only_files("null")

    def test_a_full_disk_is_noticed(self):
        for arguments in (("score", KLOUT, *V1),
                          ("score", KLOUT, *V1, "--format", "csv"),
                          ("score", KLOUT, *V1, "--format", "json"),
                          ("explain", COMMUNITY, "--id", "ada", *V1),
                          ("algorithms",), ("algorithms", "show", "v1"),
                          ("schema",), ("--version",), ("--help",)):
            with self.subTest(arguments), open("/dev/full", "wb") as full:
                done = self.run_raw(*arguments, stdout=full)
                self.assertEqual(done.returncode, INTERNAL)
                self.assertIn(b"standard output", done.stderr)
        self.fails(INTERNAL, "score", KLOUT, *V1, "-o", "/dev/full",
                   says="/dev/full: ")
        self.fails(INTERNAL, "score", KLOUT, *V1, "-o",
                   self.folder / "none" / "out.csv", says="No such file")

    def test_a_closed_pipe_is_a_failure_and_no_crash(self):
        for form in ("table", "csv", "json", "proto"):
            read, write = os.pipe()
            os.close(read)
            with os.fdopen(write, "wb") as pipe:
                done = self.run_raw("score", KLOUT, *V1, "--format", form,
                                    stdout=pipe)
            self.assertEqual(done.returncode, INTERNAL)
            self.assertIn(b"standard output: Broken pipe", done.stderr)

    def test_a_closed_stdout_is_a_failure(self):
        done = subprocess.run(
            ["sh", "-c", '"$0" "$@" >&-', BINARY, "score", KLOUT, *V1],
            capture_output=True, check=False)
        self.assertEqual(done.returncode, INTERNAL)


class Explain(Case):
    def explain(self, *options, person="ada"):
        return self.fine("explain", COMMUNITY, *V1, "--id", person, *options)

    def ledger(self):
        return json.loads(self.explain("--format",
                                       "json"))["results"][0]["ledger"]

    def test_says_every_number_of_the_ledger(self):
        ledger = self.ledger()
        for form in ("text", "markdown"):
            words = self.explain("--format", form)
            numbers = [ledger["score_micropoints"]]
            for line in ledger["lines"]:
                numbers.append(line["points_micropoints"])
                numbers += [p["points_micropoints"] for p in line["parts"]]
            for number in numbers:
                self.assertIn(points(number), words)
            self.assertIn("44 of 100 points (moderate)", words)
        self.assertEqual(self.explain(), self.explain("--format", "text"))

    def test_bounds_and_coverage_of_what_is_missing(self):
        words = self.fine("explain", KLOUT, *V1, "--id", "p01")
        for part in ("38.000000 %", "6.272570", "68.272570"):
            self.assertIn(part, words)

    def test_csv_adds_up(self):
        rows = list(csv.DictReader(self.explain("--format",
                                                "csv").splitlines()))
        self.assertEqual([r["factor"] for r in rows], list(FACTORS))
        total = sum(int(r["points"].replace(".", "")) for r in rows)
        self.assertEqual(str(total), self.ledger()["score_micropoints"])

    def test_json_and_proto_can_be_verified(self):
        for form in ("json", "proto"):
            done = self.run_raw("explain", COMMUNITY, *V1, "--id", "ada",
                                "--format", form)
            self.assertIn("2 passed, 0 failed",
                          self.fine("verify", "-", stdin=done.stdout))

    def test_nobody_of_that_id(self):
        self.fails(BAD_DATA, "explain", COMMUNITY, *V1, "--id", "Grase",
                   says=("nobody has the id 'Grase'", "near it: grace"))
        stderr = self.fails(BAD_DATA, "explain", COMMUNITY, *V1, "--id",
                            "somebody else")
        self.assertNotIn("near it", stderr)

    def test_a_person_the_library_refuses(self):
        path = self.file("in.csv", "id,likes\nbob,1\nada,20000000000\n")
        self.fails(BAD_DATA, "explain", path, *V1, "--id", "ada",
                   says="in.csv:3:5: likes: ")

    def test_of_a_request_that_wanted_less(self):
        message = request(profile("ada", account(likes=1)), detail=1)
        self.assertIn("of 100 points", self.fine(
            "explain", "-", *V1, "--input-format", "proto", "--id", "ada",
            stdin=message))


if __name__ == "__main__":
    main()
