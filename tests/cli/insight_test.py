"""compare, drift and what-if, from outside."""
import json
import pathlib
import re
import subprocess
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))
from harness import (BAD_DATA, BINARY, CHECK_FAILED, COMMUNITY, CUSTOM,
                     EXAMPLES, FINE, USAGE, V1, Case, main, measured, points)
from words import flat, pattern, say

EDGES = str(EXAMPLES / "edges_made_up.csv")
SEEDS = str(EXAMPLES / "seeds_made_up.csv")
SANITIZED = b"__asan_init" in pathlib.Path(BINARY).read_bytes()
SIDES = ("--from", "v1", "--to-file", CUSTOM)


def read(path):
    return pathlib.Path(path).read_text(encoding="utf-8")


def on(signal, network, language="en"):
    return say("signal.on_network", language,
               signal=say(f"signal.{signal}", language), network=network)


class Compare(Case):
    def later(self):
        text = read(COMMUNITY)
        return self.file("later.csv", text.replace(
            "ada,x,2400,31,120,40,16,300,85", "ada,x,2450,33,90,30,10,200,20"))

    def stored(self, people, name):
        result = self.fine("score", people, "--algorithm", "v1", "--format",
                           "json")
        return self.file(name, result)

    def test_stored_results_and_profiles_say_the_same(self):
        later = self.later()
        old, new = self.stored(COMMUNITY, "a.json"), self.stored(later, "b.json")
        stored = json.loads(self.fine("compare", old, new, "--id", "ada",
                                      "--format", "json"))
        facts = json.loads(self.fine("compare", COMMUNITY, later, "--from",
                                     "v1", "--to", "v1", "--id", "ada",
                                     "--format", "json"))
        self.assertEqual(stored["input"], facts["input"])
        self.assertEqual([d["field"] for d in stored["differences"]],
                         ["input_digest"])
        change = int(stored["change_micropoints"])
        self.assertEqual(change, sum(int(r["change_micropoints"])
                                     for r in stored["reasons"]))
        self.assertEqual(int(stored["whole_points"]),
                         sum(int(r["whole_points"])
                             for r in stored["reasons"]))

    def test_the_lines_printed_add_up(self):
        text = self.fine("compare", COMMUNITY, self.later(), *SIDES, "--id",
                         "ada", "--from-as-of", "2026-09-01", "--to-as-of",
                         "2026-10-01")
        lines = [line.split()[0] for line in text.splitlines()
                 if re.match(r" +[-+]\d+\.\d{6}  ", line)]
        micros = [int(line.replace(".", "")) for line in lines]
        self.assertGreater(len(micros), 4)
        self.assertEqual(sum(micros[:-1]), micros[-1])
        for cause in (say("cause.faded", what=on("reshares", "x")),
                      say("cause.fell", what=on("reshares", "x")),
                      say("cause.factor_removed", algorithm="acme/v1",
                          factor="amplification")):
            self.assertIn(cause, text)

    def test_every_page_says_of_what_it_is_and_what_it_does_not_say(self):
        ask = ("compare", COMMUNITY, self.later(), "--from", "v1", "--to",
               "v1", "--id", "ada", "--from-as-of", "2026-09-01",
               "--to-as-of", "2026-10-01")
        sides = json.loads(self.fine(*ask, "--format", "json"))
        fingerprint = sides["before"]["fingerprint"]
        self.assertEqual(len(fingerprint), 64)
        kept = self.file("kept.json", json.dumps(sides))
        for language in ("en", "de"):
            day = say("identity.as_of", language)
            said = (*(say(code, language) for code in (
                "changed.small", "identity.fingerprint", "identity.algorithm",
                "identity.library_version", "limit.measure", "limit.uses")),
                    say("identity.before", language, what=day),
                    say("identity.now", language, what=day))
            for form in ("text", "markdown", "html", "json"):
                style = ("--format", form, "--language", language)
                if form == "json":
                    ask_for = ("report", "--comparison", kept, *style)
                else:
                    ask_for = (*ask, *style)
                page = " ".join(self.fine(*ask_for).split())
                for words in (*said, fingerprint, "2026-09-01", "2026-10-01"):
                    self.assertIn(words, page, (language, form))

    def test_digests_do_not_lead(self):
        old, new = (self.stored(COMMUNITY, "a.json"),
                    self.stored(self.later(), "b.json"))
        for path, day in ((old, 20000), (new, 20030)):
            stored = json.loads(read(path))
            stored["identity"].update({
                "as_of_days": day, "library_version": f"0.0.{day}",
                "graph": {"digest": f"{day:064}", "nodes": str(day)}})
            pathlib.Path(path).write_text(json.dumps(stored))
        text = self.fine("compare", old, new, "--id", "ada")
        differs = text.split(f"\n{say('heading.differs')}\n")[1].split(
            f"\n{say('heading.why')}\n")[0]
        self.assertEqual(
            [line.split(":")[0].strip() for line in differs.splitlines()
             if line],
            [say(f"identity.{code}") for code in (
                "graph_nodes", "as_of", "library_version", "graph_digest",
                "input_digest")])
        self.assertNotRegex(differs, "[0-9a-f]{13}")
        for day in (20000, 20030):
            self.assertIn(f"{day:064}", text)

    def test_a_result_says_of_when_it_is(self):
        old = self.stored(COMMUNITY, "a.json")
        for option in ("--from-as-of", "--to-as-of"):
            done = self.run_raw("compare", old, old, "--id", "ada", option,
                                "2026-09-01")
            self.assertEqual(done.returncode, USAGE)
            self.assertIn(option.encode(), done.stderr)

    def test_unknown_is_a_word_in_both_languages(self):
        old = self.file("old.csv", "id,followers\nada,1000\n")
        new = self.file("new.csv", "id,listings\nada,5\n")
        ask = ("compare", old, new, "--from", "v1", "--to", "v1", "--id", "ada")
        for language, thousand in (("en", "1,000"), ("de", "1.000")):
            text = self.fine(*ask, "--language", language)
            unknown = say("unknown", language)
            for code, signal, factor, before, after in (
                    ("cause.no_longer_stated", "followers", "audience",
                     thousand, unknown),
                    ("cause.now_stated", "listings", "curation", unknown,
                     "5")):
                cause = say(code, language,
                            what=say(f"signal.{signal}", language))
                self.assertIn(say(
                    "cause.from_to", language, cause=cause, before=before,
                    after=after, factor=say(f"factor.{factor}", language)),
                              text)

    def test_an_edited_result_is_not_compared(self):
        old = self.stored(COMMUNITY, "a.json")
        text = read(old)
        response = json.loads(text)
        ledger = next(r for r in response["results"]
                      if r["id"] == "ada")["ledger"]
        ledger["score_micropoints"] = str(
            int(ledger["score_micropoints"]) + 1)
        edited = self.file("edited.json", json.dumps(response))
        done = self.run_raw("compare", old, edited, "--id", "ada")
        self.assertEqual(done.returncode, BAD_DATA)
        self.assertIn(b"not what its facts give", done.stderr)

    def test_asks_whose(self):
        old = self.stored(COMMUNITY, "a.json")
        self.assertEqual(self.run_raw("compare", old, old).returncode, USAGE)
        self.assertEqual(self.run_raw("compare", old, old, "--id",
                                      "nobody").returncode, BAD_DATA)
        self.assertEqual(self.run_raw("compare", COMMUNITY, COMMUNITY, "--id",
                                      "ada").returncode, USAGE)


class Drift(Case):
    def report(self, *arguments):
        return json.loads(self.fine("drift", *arguments, "--format", "json"))

    def test_csv_jsonl_and_threads_say_the_same(self):
        report = self.report(COMMUNITY, *SIDES)
        self.assertEqual(report["all"]["people"], "20")
        self.assertEqual(report, self.report(COMMUNITY, *SIDES, "--threads",
                                             "3"))
        request = self.fine("score", COMMUNITY, "--algorithm", "v1",
                            "--format", "json")
        rows = []
        for result in json.loads(request)["results"]:
            for account in result["ledger"]["accounts"]:
                row = {"id": result["id"], "network": account["network"]}
                for name, value in account.items():
                    if name.endswith("_micros"):
                        row[name[:-7]] = int(value) / 10**6
                rows.append(json.dumps(row))
        people = self.file("people.jsonl", "\n".join(rows) + "\n")
        self.assertEqual(report, self.report(people, *SIDES))

    def test_itself_is_no_drift(self):
        all_ = self.report(COMMUNITY, "--from", "v1", "--to", "v1")["all"]
        self.assertEqual(all_["unchanged"], "20")
        self.assertEqual(all_["spearman_micros"], "1000000")
        self.assertEqual(all_["kendall_micros"], "1000000")
        self.assertEqual(all_["stability_micros"], "0")
        self.assertEqual(all_["movers"], [])

    def test_gate(self):
        gate = ("drift", COMMUNITY, *SIDES, "--format", "line", "--max-moved")
        self.assertEqual(self.run_raw(*gate, "5%").returncode, CHECK_FAILED)
        self.assertEqual(self.run_raw(*gate, "90%").returncode, FINE)
        self.assertEqual(self.run_raw(*gate, "0.8999").returncode,
                         CHECK_FAILED)
        self.assertEqual(self.run_raw(*gate, "101%").returncode, USAGE)
        self.assertEqual(self.run_raw(*gate, "some").returncode, USAGE)

    def test_the_gate_needs_somebody(self):
        empty = self.file("empty.csv", "id,followers\n")
        report = self.report(empty, *SIDES)
        self.assertEqual(report["all"]["people"], "0")
        done = self.run_raw("drift", empty, *SIDES, "--max-moved", "5%")
        self.assertEqual(done.returncode, CHECK_FAILED)
        self.assertIn(b"nothing was measured", done.stderr)

    def test_figures_say_how_exact_they_are(self):
        report = self.report(COMMUNITY, "--from", "v1", "--to", "v2")
        quantiles = {q["permyriad"]: int(q["change_micropoints"])
                     for q in report["all"]["quantiles"]}
        for form in ("text", "markdown", "html"):
            text = self.fine("drift", COMMUNITY, "--from", "v1", "--to", "v2",
                             "--format", form)
            plain = " ".join(text.replace("\\", "").split())
            for permyriad, change in quantiles.items():
                exact = permyriad in (0, 10_000)
                about = f"{change / 10**6:+.2f}".replace("+0.00", "0.00")
                self.assertIn(f"{change / 10**6:+.6f}" if exact else
                              say("change.about", change=about), plain)
                if not exact and change not in (0, quantiles[0],
                                                quantiles[10_000]):
                    self.assertEqual(change % 10_000, 0)
                    self.assertNotIn(f"{change / 10**6:+.6f}", plain)
            self.assertIn(say("order.ties"), plain)
        german = self.fine("drift", COMMUNITY, "--from", "v1", "--to", "v2",
                           "--language", "de")
        self.assertIn(say("change.about", "de", change="-1,13"), german)
        self.assertIn(say("order.ties", "de"), flat(german))
        line = self.fine("drift", COMMUNITY, "--from", "v1", "--to", "v2",
                         "--format", "line")
        self.assertIn("median -1.13, Spearman 0.999248 by half points", line)
        help_text = self.fine("schema")
        for words in ("--max-moved 5% exits with 1", "joined by ' + '",
                      "1  a check failed: verify, selftest, drift --max-moved"):
            self.assertIn(words, help_text)

    def test_slices_by_any_column(self):
        people = self.file("teams.csv", "id,team,followers\na,red,10\n"
                           "b,blue,20\nc,red,30000\n")
        report = self.report(people, *SIDES, "--by", "team", "--allow-extra")
        self.assertEqual([(s["value"], s["summary"]["people"])
                          for s in report["slices"]],
                         [("blue", "1"), ("red", "2")])
        done = self.run_raw("drift", people, *SIDES, "--by", "city",
                            "--allow-extra")
        self.assertEqual(done.returncode, BAD_DATA)
        self.assertIn(b"no column 'city'", done.stderr)
        # Also one that is scored, the id, and two at once.
        for name, values in (("followers", ["10", "20", "30000"]),
                             ("id", ["a", "b", "c"])):
            report = self.report(people, *SIDES, "--by", name)
            self.assertEqual([(s["column"], s["value"])
                              for s in report["slices"]],
                             [(name, value) for value in values])
        report = self.report(people, *SIDES, "--by", "followers", "--by",
                             "team")
        self.assertEqual([s["column"] for s in report["slices"]],
                         3 * ["followers"] + 2 * ["team"])
        twice = self.file("twice.csv", "id,team,team,followers\na,x,y,1\n")
        self.fails(BAD_DATA, "drift", twice, *SIDES, "--by", "team",
                   says="several columns 'team'")
        self.fails(USAGE, "drift", people, *SIDES, "--by", "team", "--by",
                   "team", says="'column team' is there twice")
        many = self.file("many.csv", "id,followers\n" + "".join(
            f"p{i},{i}\n" for i in range(300)))
        self.fails(BAD_DATA, "drift", many, *SIDES, "--by", "followers",
                   says="column followers: the slices have more than 256")
        jsonl = self.file("people.jsonl", '{"id": "a", "followers": 1}\n')
        self.fails(USAGE, "drift", jsonl, *SIDES, "--by", "followers",
                   says="needs a CSV file")

    def test_somebody_with_several_rows_is_in_a_slice_of_all_of_them(self):
        people = self.file("rows.csv", "id,network,team,followers\n"
                           'a,x,"r,ed",10\na,y,"r,ed",20\n'
                           "b,y,blue,20\nb,x,red,3\nb,y2,blue,3\nc,x,,1\n")
        report = self.report(people, *SIDES, "--by", "team", "--by",
                             "network")
        self.assertEqual(
            [(s["column"], s["value"], s["summary"]["people"])
             for s in report["slices"]],
            [("team", "", "1"), ("team", "blue + red", "1"),
             ("team", "r,ed", "1"), ("network", "x", "1"),
             ("network", "x + y", "1"), ("network", "x + y + y2", "1")])

    def test_slices_are_what_each_alone_gives(self):
        """By column of a file of many blocks, in memory that stays small."""
        teams = ["red", "blue", "gr\"een", ""]
        quoted = ['red', '"blue"', '"gr""een"', '']
        rows = [f"p{i},{quoted[i % 4]},{10 ** (i % 7)},{i % 97}\n"
                for i in range(120_000)]
        head = "id,team,followers,listings\n"
        people = self.file("many.csv", head + "".join(rows))
        self.assertGreater(pathlib.Path(people).stat().st_size, 2 << 20)
        report = self.report(people, *SIDES, "--by", "team", "--top", "3")
        found = {s["value"]: s["summary"] for s in report["slices"]}
        self.assertEqual(set(found), set(teams))
        for i, team in enumerate(teams):
            alone = self.file("alone.csv", head + "".join(rows[i::4]))
            self.assertEqual(found[team], self.report(
                alone, *SIDES, "--allow-extra", "--top", "3")["all"])
        text = self.fine("drift", people, *SIDES, "--by", "team")
        blue = re.search(r"\n  team = blue +([^\n]*)", text)[1].split()
        one = found["blue"]
        self.assertEqual(blue[0], "30,000")
        for cell, count in zip(blue[1:5], (
                int(one["up"]) + int(one["down"]), int(one["up"]),
                int(one["down"]), int(one["beyond"]))):
            self.assertAlmostEqual(float(cell), 100 * count / 30_000, places=2)
        median = next(int(q["change_micropoints"]) for q in one["quantiles"]
                      if q["permyriad"] == 5000)
        self.assertEqual(blue[5:], [f"{median / 10**6:+.2f}"])

    @unittest.skipIf(SANITIZED, "a sanitizer has its own ideas of memory")
    def test_by_column_takes_no_more_memory_for_more_people(self):
        peaks = []
        for count in (20_000, 400_000):
            people = self.file("wide.csv", "id,team,followers\n")
            with open(people, "a", encoding="utf-8") as file:
                for i in range(count):
                    file.write(f"person-{i},{'team' * 20}{i % 3},{i}\n")
            done, peak = measured(
                [BINARY, "drift", people, *SIDES, "--by", "team", "--format",
                 "json"], stdout=subprocess.DEVNULL)
            self.assertEqual(done.returncode, FINE)
            peaks.append(peak)
        # 38 MiB more of text, of which what finds ids that come back stays.
        self.assertLess(peaks[1], peaks[0] + 15, peaks)

    def test_whom_the_library_refuses_has_no_slice(self):
        people = self.file("rows.csv", "id,network,team,followers\n" + "".join(
            f"a,n{i},red,1\n" for i in range(65)))
        self.fails(BAD_DATA, "drift", people, *SIDES, "--by", "team",
                   says="'a' has too many accounts")

    def test_a_bad_row_stops_it(self):
        people = self.file("bad.csv", "id,followers\na,1\nb,-1\n")
        done = self.run_raw("drift", people, *SIDES)
        self.assertEqual(done.returncode, BAD_DATA)
        self.assertIn(b"bad.csv:3:3", done.stderr)
        people = self.file("back.csv", "id,followers\na,1\nb,1\na,2\n")
        self.assertEqual(self.run_raw("drift", people, *SIDES).returncode,
                         BAD_DATA)


class WhatIf(Case):
    def test_recomputes(self):
        text = self.fine("what-if", COMMUNITY, "--id", "babbage",
                         "--algorithm", "v1", "--set", "followers=12000",
                         "--gain", "listings=2")
        self.assertNotIn("you will", text)
        people = read(COMMUNITY).replace(
            "babbage,x,980,", "babbage,x,12000,")
        changed = json.loads(self.fine(
            "explain", self.file("changed.csv", people), "--id", "babbage",
            "--algorithm", "v1", "--format", "json"))
        score = int(changed["results"][0]["ledger"]["score_micropoints"])
        before = json.loads(self.fine("explain", COMMUNITY, "--id", "babbage",
                                      *V1, "--format", "json"))["results"][0]
        self.assertIn(say(
            "what_if.then", id="babbage", then=points(score),
            now=points(before["ledger"]["score_micropoints"])), text)

    def test_carriers_are_what_the_log_without_them_gives(self):
        log = read(str(EXAMPLES / "events_made_up.csv"))
        head, *rows = log.splitlines()
        when = ("--id", "ada", "--algorithm", "v1", "--as-of", "2026-10-01")

        def score(keeps):
            events = self.file("rest.csv", "\n".join(
                [head, *(r for r in rows if keeps(r.split(",")))]) + "\n")
            report = json.loads(self.fine("explain", "--events", events, *when,
                                          "--format", "json", quiet=False))
            return report["result"]["ledger"]["score_micropoints"]
        file = self.file("log.csv", log)
        asked = json.loads(self.fine("what-if", "--events", file, *when,
                                     "--top", "3", "--format", "json",
                                     quiet=False))
        self.assertEqual(asked["now"]["ledger"]["score_micropoints"],
                         score(lambda row: True))
        subject = asked
        self.assertEqual(len(subject["actors"]), 3)
        self.assertGreater(len(subject["topics"]), 0)
        self.assertLessEqual(len(subject["topics"]), 3)
        text = self.fine("what-if", "--events", file, *when, "--top", "3",
                         quiet=False)
        for one in subject["actors"]:
            self.assertEqual(one["score_without_micropoints"], score(
                lambda row: row[1:3] != [one["actor"], "ada"]))
            self.assertRegex(text, rf"\n  {one['actor']} +"
                             + re.escape(points(
                                 one["score_without_micropoints"])))
        for one in subject["topics"]:
            self.assertEqual(one["score_without_micropoints"], score(
                lambda row: row[2] != "ada"
                or row[5] != one["topic"]))

    def test_who_carries_it_is_in_every_format_and_language(self):
        events = str(EXAMPLES / "events_made_up.csv")
        command = ("what-if", "--events", events, "--id", "ada", *V1, "--as-of",
                   "2026-10-01", "--top", "2", "--seeds", SEEDS)
        answer = self.fine(*command, "--format", "json", quiet=False)
        actors = json.loads(answer)["actors"]
        kept = self.file("kept.json", answer)
        for language in ("en", "de"):
            words = [say(code, language) for code in (
                "heading.actors", "heading.topics", "carriers.standing",
                "carriers.of_events")]
            for form in ("text", "markdown", "html"):
                style = ("--format", form, "--language", language)
                for page in (self.fine(*command, *style, quiet=False),
                             self.fine("report", "--what-if", kept, *style)):
                    for word in words:
                        self.assertIn(word, flat(page))
                    for one in actors:
                        self.assertIn(one["actor"], page)
                        score = points(one["score_without_micropoints"])
                        if language == "de":
                            score = score.replace(".", ",")
                        self.assertIn(score, page.replace("\\", ""))
        page = json.loads(self.fine("report", "--what-if", kept, "--format",
                                    "json"))
        self.assertIn("heading.actors", [s["heading"]["code"]
                                         for s in page["sections"]])
        page = self.file("page.html", self.fine(*command, "--format", "html",
                                                quiet=False))
        said = self.fine("verify", page)
        self.assertIn("what its facts give", said)
        self.assertIn("-       not recomputed: who and what carries", said)
        # An actor without whom the score would be higher is no actor.
        lying = json.loads(answer)
        lying["actors"][0]["score_without_micropoints"] = "99000000"
        self.fine("report", "--what-if", self.file("l.json", json.dumps(lying)))

    def test_standing_is_that_of_score(self):
        people = self.file("p.csv", "id,network,followers,mentions\n"
                           "ada,x,2400,100\nfaraday,x,10,5\n")
        ways = ((people, "--edges", EDGES, "--seeds", SEEDS),
                (people, "--edges", EDGES, "--uniform-seeds"),
                ("--events", str(EXAMPLES / "events_made_up.csv"), "--seeds",
                 SEEDS, "--as-of", "2026-10-01"),
                ("--events", str(EXAMPLES / "events_made_up.csv"), "--edges",
                 EDGES, "--seeds", SEEDS, "--as-of", "2026-10-01"))
        for way in ways:
            scored = json.loads(self.fine("score", *way, *V1, "--format",
                                          "json", quiet=False))
            asked = json.loads(self.fine("what-if", *way, *V1, "--id", "ada",
                                         "--format", "json", quiet=False))
            ada = next(r for r in scored["results"] if r["id"] == "ada")
            self.assertEqual(asked["now"]["ledger"], ada["ledger"])
            self.assertIn("standing_micros",
                          json.dumps(asked["now"]["ledger"]["accounts"]))
            graph = scored["identity"]["graph"]
            self.assertEqual(len(graph), 6)
            self.assertEqual(graph, asked["identity"]["graph"])
            page = self.fine("what-if", *way, *V1, "--id", "ada", quiet=False)
            self.assertIn(graph["digest"], page)
            self.assertIn(graph["seeds_digest"], page)
            digest = ("--expect-graph", graph["digest"])
            self.fine("what-if", *way, *V1, "--id", "ada", *digest, quiet=False)
            done = self.run_raw("what-if", *way, *V1, "--id", "ada",
                                "--expect-graph", graph["seeds_digest"])
            self.assertNotEqual(done.returncode, FINE)
            self.assertIn(b"digest", done.stderr)
        for lost in (("--edges", "nosuch.csv", "--seeds", SEEDS),
                     ("--edges", EDGES, "--seeds", "nosuch.csv")):
            self.fails(BAD_DATA, "what-if", people, *V1, "--id", "ada", *lost,
                       says="nosuch.csv")
        self.fails(USAGE, "what-if", people, *V1, "--id", "ada", "--edges",
                   EDGES, says="without seeds there is no standing")

    def ask(self, *question, people=COMMUNITY):
        return self.fine("what-if", people, "--id", "ada", *V1, *question)

    def test_says_what_it_is_of(self):
        text = self.ask("--as-of", "2026-10-01")
        asked = json.loads(self.ask("--as-of", "2026-10-01", "--format",
                                    "json"))["identity"]
        for words in (say("heading.identity"), "2026-10-01", "v1",
                      asked["fingerprint"], asked["input_digest"],
                      say("known.resolution")):
            self.assertIn(words, text)

    def test_a_new_account_is_said(self):
        for question in (("--set", "nosuch:followers=12000"),
                         ("--gain", "nosuch:followers=1")):
            for language in ("en", "de"):
                self.assertIn(
                    say("what_if.new_account", language, network="nosuch"),
                    flat(self.ask(*question, "--language", language)))
            self.assertNotRegex(
                flat(self.ask(*(q.replace("nosuch", "x") for q in question))),
                pattern("what_if.new_account"))
        answer = json.loads(self.ask("--set", "nosuch:followers=1", "--gain",
                                     "nosuch:likes=1", "--format", "json"))
        self.assertEqual(answer["new_networks"], ["nosuch"])
        self.assertTrue(answer["goals"][0]["is_new_account"])

    def test_a_fact_is_replaced_once(self):
        ask = ("what-if", COMMUNITY, "--id", "ada", *V1)
        self.fails(USAGE, *ask, "--set", "x:followers=1", "--set",
                   "x:followers=2", says="--set 'x:followers=2': ")
        people = self.file("one.csv", "id,network,likes\nada,x,5\n")
        self.fails(USAGE, "what-if", people, "--id", "ada", *V1, "--set",
                   "x:likes=1", "--set", "likes=2", says="--set 'likes=2': ")
        self.ask("--set", "x:followers=1", "--set", "x:likes=2")

    def test_unknown_is_not_zero(self):
        people = self.file("one.csv", "id,network,mentions,likes\nada,x,5,\n")
        text = self.ask("--set", "followers=10", "--gain", "likes=1",
                        people=people)
        self.assertIn(say("what_if.now_stated", factor="audience", after=10),
                      text)
        self.assertRegex(flat(text), pattern("goal.least_of_unknown",
                                             signal=on("likes", "x"), rise=1))
        text = self.ask("--set", "mentions=unknown", "--gain", "mentions=1",
                        people=people)
        self.assertIn(say("what_if.not_stated", factor="attention", before=5),
                      text)
        self.assertRegex(flat(text), pattern(
            "goal.least", signal=on("mentions", "x"), now=5, rise=1))
        self.assertNotIn(" 0 ", text)
        answer = json.loads(self.ask("--gain", "likes=1", "--gain",
                                     "mentions=1", "--format", "json",
                                     people=people))
        self.assertEqual([g.get("stated_micros") for g in answer["goals"]],
                         [None, "5000000"])
        # A stored answer says the same.
        kept = self.file("kept.json", self.ask(
            "--set", "mentions=unknown", "--set", "likes=3", "--format", "json",
            people=people))
        self.assertEqual(
            self.fine("report", "--what-if", kept, "--format", "text").split(
                say("heading.limits"))[0],
            self.ask("--set", "mentions=unknown", "--set", "likes=3",
                     people=people).split(say("heading.limits"))[0])

    def test_counts_are_whole(self):
        text = self.ask("--gain", "x:listings=5")
        least = re.search(pattern("goal.least", signal=on("listings", "x")),
                          flat(text))["value"]
        whole = int(float(least.replace(",", ""))) + 1
        self.assertIn(".", least)
        self.assertIn(say("goal.whole", signal=on("listings", "x"),
                          whole=whole), flat(text))
        people = self.file("one.csv", "id,network,standing\nada,x,5\n")
        text = self.ask("--gain", "standing=1", people=people)
        least = re.search(pattern("goal.least", signal=on("standing", "x")),
                          flat(text))["value"]
        self.assertIn(".", least)
        self.assertNotRegex(flat(text), pattern("goal.whole"))

    def test_words_of_a_goal(self):
        text = self.ask("--gain", "x:listings=1", "--gain", "x:listings=100")
        self.assertNotIn(" 1 points", text)
        listings = on("listings", "x")
        self.assertRegex(flat(text), pattern("goal.least", signal=listings,
                                             rise=1))
        self.assertRegex(flat(text), pattern("goal.none", signal=listings,
                                             rise=100))

    def test_a_bad_question_is_usage_in_words(self):
        ask = ("what-if", COMMUNITY, "--id", "ada", *V1)
        for question, says in (
                (("--gain", "x:listings=101"), "at most 100"),
                (("--gain", "x:listings=0"), "more than 0"),
                (("--gain", "x:listings=-5"), "negative"),
                (("--set", "x:followers=10000000001"), "over 10000000000"),
                (("--set", "followers=1"),
                 "--set 'followers=1': the network is needed"),
                (("--gain", "followers=1"),
                 "--gain 'followers=1': the network is needed"),
                (("--curve", "audience=1,2", "--curve", "fame=1"),
                 "'fame' is no factor"),
                (("--gain", "x:listings=1",) * 65, "--gain: 65")):
            said = self.fails(USAGE, *ask, *question, says=says)
            for of_messages in ("micro", "overrides", "goals", "curves"):
                self.assertNotIn(of_messages, said)
        custom = ("what-if", COMMUNITY, "--id", "ada", "--algorithm-file",
                  CUSTOM)
        self.fails(USAGE, *custom, "--curve", "standing=1",
                   says="--curve 'standing=1': standing is no factor")

    def test_bad_rows_of_others_do_not_stop_it(self):
        people = str(EXAMPLES / "people.csv")
        for command in ("explain", "what-if", "report"):
            done = self.run_raw(command, people, "--id", "ada", *V1)
            self.assertEqual(done.returncode, FINE, done.stderr)
            self.assertIn(b"rows of others that were passed over: 1;", done.stderr)
            self.assertIn(b"people.csv:3:", done.stderr)
            self.fails(BAD_DATA, command, people, "--id", "bob", *V1,
                       says="people.csv:3:")
        # A row that may be hers stops it.
        unclear = self.file("unclear.csv", "id,likes\nada,1\n\xff,2\n".encode(
            "latin-1"))
        self.fails(BAD_DATA, "explain", unclear, "--id", "ada", *V1)
        # So does one of hers, wherever it is.
        hers = self.file("hers.csv", "id,network,likes\nada,x,1\nada,y,-2\n")
        self.fails(BAD_DATA, "what-if", hers, "--id", "ada", *V1,
                   says="hers.csv:3:")
        done = self.run_raw("compare", people, people, "--from", "v1", "--to",
                            "v2", "--id", "ada")
        self.assertEqual(done.returncode, FINE, done.stderr)

    def test_asks_for_one_of_profiles_and_events(self):
        for arguments in ((), (COMMUNITY, "--events", COMMUNITY)):
            self.assertEqual(self.run_raw("what-if", *arguments, "--id", "ada",
                                          "--algorithm", "v1").returncode,
                             USAGE)

    def test_refuses_what_is_no_question(self):
        ask = ("what-if", COMMUNITY, "--id", "ada", "--algorithm", "v1")
        for question in (("--set", "followers"), ("--set", "fame=1"),
                         ("--set", "followers=1e3"), ("--gain", "likes=0"),
                         ("--set", "followers=1"), ("--curve", "fame=1")):
            done = self.run_raw(*ask, *question)
            self.assertIn(done.returncode, (USAGE, BAD_DATA), question)
            self.assertNotEqual(done.stderr, b"")
        self.fine(*ask, "--set", "x:followers=unknown")


if __name__ == "__main__":
    main()
