"""Reports: whole in both languages, proved by verify, and safe to open.

    report_test.py ROOT BINARY
"""
import base64
import concurrent.futures
import html
import json
import pathlib
import re
import sys
import unittest

TESTS = pathlib.Path(__file__).parent.parent
sys.path[:0] = [str(TESTS / "cli"), str(TESTS)]
from harness import (BAD_DATA, CHECK_FAILED, COMMUNITY, CUSTOM, FINE, ROOT,
                     USAGE, V1, Case)
from words import flat, say



ADA = ("report", COMMUNITY, "--id", "ada", *V1, "--as-of", "2026-10-01")
BANDS = ("BAND_MINIMAL", "BAND_LIMITED", "BAND_MODERATE", "BAND_HIGH",
         "BAND_VERY_HIGH")
LATER = str(ROOT / "examples/community_made_up_later.csv")
DATA = re.compile(r"base64,([A-Za-z0-9+/=]*)")


def codes():
    """code -> its arguments, of the table."""
    text = (ROOT / "src/render/messages.inc").read_text()
    return {code: arguments.split() for code, arguments in re.findall(
        r'^MESSAGE\(\w+, "([^"]*)", "([^"]*)"', text, re.M)}


def skeleton(node):
    """A page as JSON without its words."""
    if isinstance(node, dict):
        return {k: skeleton(v) for k, v in node.items()
                if k not in ("text", "language")}
    if isinstance(node, list):
        return [skeleton(v) for v in node]
    return node


def sentences(node):
    if isinstance(node, list):
        for v in node:
            yield from sentences(v)
    elif isinstance(node, dict):
        if "code" in node:
            yield node
        for v in node.values():
            yield from sentences(v)


def without_proof(page, language):
    """A page without what it can be proved by, and the sentence of that."""
    page = " ".join(DATA.sub("", page).split())
    there = [code for code in ("limit.proof", "limit.sums")
             if say(code, language) in page]
    assert len(there) == 1, there
    return page.replace(say(there[0], language), "")


def in_html(text):
    """Text as a page in HTML has it."""
    return html.escape(text).replace("&#x27;", "&#39;")


def german():
    text = (ROOT / "src/render/languages/de.inc").read_text()
    return text.split('R"language(')[1].split(')language"')[0]


def numbers(page, heading):
    """The numbers of each row of the table under a heading's code, in millionths."""
    table = page.split(f">{say(heading)}</h2>")[1].split("</tbody>")[0]
    return [[int(cell.replace(",", "").replace(".", "")) for cell in
             re.findall(r">([-+]?[\d,]+\.\d{6})<", row)]
            for row in table.split("<tr")[2:]]


class ReportTest(Case):
    DAYS = in_html(say("differs", what=say("identity.as_of"),
                       before="2026-09-01", after="2026-10-01"))

    def stored(self, people, *more):
        return self.file(f"result-{'-'.join(more)}.json", self.page(
            "score", people, *V1, "--format", "json", *more))

    def grace(self, *more):
        """Her report with the result of a month before, under v1."""
        old = self.stored(COMMUNITY, "--as-of", "2026-09-01")
        return self.page("report", LATER, "--id", "grace", "--algorithm",
                         "v2", "--as-of", "2026-10-01", "--before", old, *more)

    def assert_caught(self, page, edits):
        """Each edit, at each place where it can be made, by itself."""
        for old, new in edits:
            self.assertIn(old, page)
            for match in re.finditer(re.escape(old), page):
                edited = page[:match.start()] + new + page[match.end():]
                self.assertNotEqual(edited, page, (old, new))
                self.assertEqual(self.verify(edited), CHECK_FAILED, (old, new))

    def assert_digits_caught(self, page, share=1):
        """Each digit of the page, or one in so many."""
        data = DATA.search(page)
        visible = [m.start() for m in re.finditer(r"\d", page)
                   if not data.start() <= m.start() < data.end()]

        def verify(at):
            digit = str((int(page[at]) + 1) % 10)
            path = self.file(f"digit_{at}.html",
                             page[:at] + digit + page[at + 1:])
            code = self.run_raw("verify", path).returncode
            pathlib.Path(path).unlink()
            return at, code
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            for at, code in pool.map(verify, visible[::share]):
                self.assertEqual(code, CHECK_FAILED, page[at - 40:at + 40])
        return len(visible)

    def page(self, *arguments):
        done = self.run_raw(*(arguments or ADA))
        self.assertEqual(done.returncode, FINE, done.stderr)
        return done.stdout.decode()

    def verify(self, page):
        return self.run_raw("verify", self.file("report.html", page)).returncode

    def test_what_was_made_is_confirmed(self):
        for extra in ((), ("--language", "de")):
            page = self.page(*ADA, *extra)
            self.assertEqual(self.verify(page), FINE)
            self.assertNotIn("<script", page)
            self.assertNotRegex(page, r"(src|href)=\"(?!data:)")
            self.assertNotRegex(page, r"\{[a-z_]+\}")

    def test_every_edit_is_caught(self):
        page = self.page()
        bar = re.search(r'<rect class="bar" x="[\d.]+" y="\d+" width="[\d.]+"',
                        page)
        self.assert_caught(page, (
            (">44<", ">45<"), ("14.425886", "14.425887"),
            ("14.425886", "15.425886"),
            (">28<", ">29<"), (">1.123831<", ">0.123831<"),
            (say("report.title", id="ada"), say("report.title", id="eve")),
            (">ada<", ">eve<"), ("2026-10-01", "2026-10-02"),
            ("mastodon", "mastodom"), (">v1<", ">v2<"),
            (say("band.moderate"), say("band.high")),
            (say("weights.half_life_days", days=45),
             say("weights.half_life_days", days=46)),
            (">0.1.0<", ">0.1.1<"),
            (bar.group(), bar.group().replace(" w", " height=\"99\" w")),
            (say("limit.uses"), say("limit.uses") + " "),
            (say("limit.measure"), say("limit.bought")),
            ("<!doctype html>", "<!DOCTYPE html>"),
            ("<!doctype html>", "\ufeff<!doctype html>"),
            ("<!doctype html>", "\n \t<!doctype html>"),
            ("<!doctype html>\n", ""),
            ("</main>", "<p>99</p></main>"),
            ("</html>", "</html> ")))

    def test_every_digit_is_caught(self):
        self.assertGreater(self.assert_digits_caught(self.page()), 1000)

    def test_edits_of_what_changed_are_caught(self):
        page = self.grace()
        self.assertEqual(self.verify(page), FINE)

        def gives(code, what):
            return say(code, algorithm="v2", what=what)

        def because(points, cause):
            return say("change.because", points=points, cause=cause)

        def whole(by, before):
            lost = ", ".join((
                because(5, gives("cause.counts_less", say(
                    "signal.and_others", signal="reshares"))),
                because(1, gives("cause.counts_less", "followers")),
                because(1, say("cause.faded", what="reshares"))))
            won = say("change.because_alone", cause=gives(
                "cause.counts_more", "listings"))
            return say("whole.fell_but", by=by, before=before, after=70,
                       parts=say("whole.lost_and_won", lost=7, reasons=lost,
                                 won=5, others=won))

        def fell(name):
            return say("change.fell", id=name, before="72.405597",
                       after="70.371778")

        def faded(days):
            return say("cause.halving", cause=say("cause.faded",
                                                  what="reshares"),
                       before="4,100", after="2,583", factor="amplification",
                       days=days)

        def differs(before, after):
            return in_html(say("differs", what=say("identity.algorithm"),
                               before=before, after=after))

        def legs(after):
            return say("change.legs_faded", faded="-1.003191",
                       facts="0.000000", before="v1", formula="-1.030628",
                       after=after)
        rows = numbers(page, "heading.by_factor")
        self.assertEqual([len(row) for row in rows], [5] * 7)
        self.assertLess(rows[-1][1], 0)  # something faded
        for row in rows:
            self.assertEqual(sum(row[:-1]), row[-1])
        for column in zip(*rows):
            self.assertEqual(sum(column[:-1]), column[-1])
        self.assert_caught(page, (
            ("-4.941169", "-4.941168"), ("-0.707850", "+0.707850"),
            (whole("2", "72"), whole("3", "73")),
            (say("cause.faded", what="reshares"),
             say("cause.faded", what="likes")),
            (fell("grace"), fell("eve")), (faded("45"), faded("9")),
            ("2026-09-01", "2026-08-01"), ("4,100", "5,100"),
            (differs("v1", "v2"), differs("v2", "v1")),
            ("+4.742511", "+4.742510"), (legs("v2"), legs("v3"))))
        self.assert_digits_caught(page, 60)
        self.assertEqual(self.verify(self.grace("--language", "de")), FINE)

    def test_what_is_inside_cannot_be_edited_alone(self):
        page = self.page()
        data = DATA.search(page)
        inside = base64.b64decode(data.group(1))
        for at in range(0, len(inside), 17):
            edited = bytearray(inside)
            edited[at] ^= 1
            text = page[:data.start(1)] + base64.b64encode(
                edited).decode() + page[data.end(1):]
            self.assertNotEqual(self.verify(text), FINE, at)
        for text in (page[:data.start(1)] + page[data.end(1):],
                     page.replace("base64,", "base64;"),
                     page[:len(page) // 2], "<!doctype html>"):
            self.assertEqual(self.verify(text), CHECK_FAILED)

    def test_what_changed_adds_up(self):
        old = self.file("old.json", self.page(
            "explain", self.file("old.csv", "id,mentions,followers\nada,10,500\n"),
            "--id", "ada", *V1, "--format", "json", "--as-of", "2026-09-01"))
        page = self.page(*ADA, "--before", old)
        self.assertEqual(self.verify(page), FINE)
        self.assertIn(self.DAYS, page)
        rows = numbers(page, "heading.by_factor")
        self.assertEqual(len(rows), 7)
        for row in rows:
            self.assertEqual(sum(row[:-1]), row[-1])
        for column in zip(*rows):
            self.assertEqual(sum(column[:-1]), column[-1])
        reasons = [row[0] for row in numbers(page, "heading.why")]
        self.assertEqual(sum(reasons[:-1]), reasons[-1])
        self.assertEqual(reasons[-1], rows[-1][-1] - rows[-1][0])
        lying = json.loads(pathlib.Path(old).read_text())
        lying["results"][0]["ledger"]["score_micropoints"] = "1"
        self.assertEqual(self.run_raw(*ADA, "--before", self.file(
            "lying.json", json.dumps(lying))).returncode, BAD_DATA)

    def test_custom_algorithm(self):
        page = self.page("report", COMMUNITY, "--id", "ada",
                         "--algorithm-file", CUSTOM)
        self.assertEqual(self.verify(page), FINE)

    def test_names_are_text(self):
        for name in ("<script>alert(1)</script>", "\"><img src=x onerror=y>",
                     "a\u202eb\u2066c", "&amp;", "{points}", "x" * 256,
                     "';--", "`x`|*_[a](http://b)"):
            quoted = '"' + name.replace('"', '""') + '"'
            table = self.file("names.csv",
                              f"id,network,mentions\n{quoted},<b>net</b>,5\n")
            page = self.page("report", table, "--id", name, *V1)
            self.assertEqual(self.verify(page), FINE)
            for raw in ("<script", "<img", "<b>net", "\u202e", "\u2066"):
                self.assertNotIn(raw, page)
            if "\u202e" not in name:
                self.assertIn(html.escape(name).replace("&#x27;", "&#39;"),
                              page)
            for format in ("text", "markdown", "svg"):
                text = self.page("report", table, "--id", name, *V1,
                                 "--format", format)
                self.assertNotIn("\u202e", text)
            data = json.loads(self.page("report", table, "--id", name, *V1,
                                        "--format", "json"))
            self.assertEqual(data["title"]["arguments"][0]["value"], name)

    def test_population(self):
        page = self.page("report", "--population", COMMUNITY, *V1)
        self.assertEqual(self.verify(page), FINE)
        self.assertIn(say("population.people", people=20, refused=0), page)
        ranges = say("population.range", low=r"\d+", high=r"\d+")
        counts = re.findall(rf"{ranges}</th><td class=\"r\">(\d+)<", page)
        self.assertEqual(len(counts), 10)
        self.assertEqual(sum(map(int, counts)), 20)
        self.assertEqual(self.verify(page.replace(">5<", ">6<", 1)),
                         CHECK_FAILED)

    def test_population_with_drift(self):
        teams = self.file("teams.csv", "id,team,followers,listings\n" + "".join(
            f"p{i},{'red' if i % 3 else '<b>'},{10 ** (i % 7)},{5 * i}\n"
            for i in range(30)))
        asked = ("report", "--population", teams, *V1, "--allow-extra",
                 "--drift-to", "v2", "--by", "team", "--top", "3")
        page = self.page(*asked)
        self.assertEqual(self.verify(page), FINE)
        drift = json.loads(self.page(
            "drift", teams, "--from", "v1", "--to", "v2", "--by", "team",
            "--allow-extra", "--top", "3", "--format", "json"))
        of_all = drift["all"]
        micros = lambda x: f"{int(x) // 10**6}.{int(x) % 10**6:06d}"
        for words in (say("population.people", people=30, refused=0),
                      *(f">{of_all[k]}<" for k in ("unchanged", "up", "down",
                                                  "beyond")),
                      *(f">{micros(of_all[k])}<" for k in (
                          "spearman_micros", "kendall_micros",
                          "stability_micros")),
                      *(f">{micros(f['up_micropoints'])}<"
                        for f in of_all["factors"]),
                      *(f">{m['id']}<" for m in of_all["movers"]),
                      *(f">{micros(m['after_micropoints'])}<"
                        for m in of_all["movers"]),
                      "team = red", "team = &lt;b&gt;"):
            self.assertIn(words, page)
        self.assertEqual(len(of_all["movers"]), 3)
        # Each mover's comparison adds up to the change.
        moved = page.split(f">{say('heading.movers')}</h2>")[1].split("</tbody>")[0]
        for row in moved.split("<tr")[2:]:
            values = [int(v.replace(".", "")) for v in
                      re.findall(r"[-+]?\d+\.\d{6}", row)]
            self.assertEqual(values[1] - values[0], values[2])
            self.assertEqual(sum(values[3:]), values[2])
        # The bands' matrix, row by row.
        bands = page.split(f">{say('heading.migration')}</h2>")[1].split("</tbody>")[0]
        people = {(pair["before"], pair["after"]): pair["people"]
                  for pair in of_all["bands"]}
        self.assertEqual(len(people), len(of_all["bands"]))
        self.assertEqual(re.findall(r'class="r">(\d+)</td>', bands),
                         [people.get((before, after), "0")
                          for before in BANDS for after in BANDS])
        self.assert_caught(page, (
            ("team = red", "team = tan"), (">p", ">q"),
            (f">{micros(of_all['spearman_micros'])}<", ">0.999999<"),
            tuple(in_html(say("population.from_to", before="v1", after=one))
                  for one in ("v2", "v3"))))
        self.assert_digits_caught(page, 3)
        kept = self.file("drift.json", json.dumps(drift))
        self.assertEqual(self.page("report", "--drift", kept), page)
        german = self.page("report", "--drift", kept, "--language", "de")
        self.assertEqual(self.verify(german), FINE)
        self.assertIn(say("heading.movers", "de"), german)
        for format in ("text", "markdown"):
            self.assertIn("p", self.page("report", "--drift", kept, "--format",
                                         format))
        lying = json.loads(json.dumps(drift))
        pair = lying["all"]["bands"][0]
        pair["people"] = str(int(pair["people"]) + 1)
        self.refuses("drift.all.bands", "--drift", lying)
        lying = json.loads(json.dumps(drift))
        lying["all"]["movers"][0]["after_micropoints"] = "7"
        self.refuses("drift.all.movers[0].factors", "--drift", lying)
        lying = json.loads(json.dumps(drift))
        lying["all"]["up"] = "1000"
        self.refuses("drift.all.people", "--drift", lying)
        lying = json.loads(json.dumps(drift))
        lying["after_by_point"].pop()
        self.refuses("drift.after_by_point", "--drift", lying)

    def refuses(self, field, option, answer):
        done = self.run_raw("report", option,
                            self.file("lying.json", json.dumps(answer)))
        self.assertEqual(done.returncode, BAD_DATA, field)
        self.assertIn(field.encode(), done.stderr)

    def test_stored_answers_are_worded_in_either_language(self):
        asked = {
            "--comparison": ("compare", COMMUNITY, LATER, "--from", "v1",
                             "--to", "v2", "--id", "grace", "--from-as-of",
                             "2026-09-01", "--to-as-of", "2026-10-01"),
            "--what-if": ("what-if", COMMUNITY, *V1, "--id", "babbage", "--set",
                          "followers=12000", "--gain", "listings=2", "--gain",
                          "listings=100", "--curve", "audience=0,10,1000"),
            "--drift": ("drift", COMMUNITY, "--from", "v1", "--to", "v2")}
        for option, command in asked.items():
            answer = self.page(*command, "--format", "json")
            kept = self.file(f"{option}.json", answer)
            for language in ("en", "de"):
                for format in ("text", "markdown", "html"):
                    style = ("--language", language, "--format", format)
                    page = self.page("report", option, kept, *style)
                    fresh = self.page(*command, *style)
                    self.assertEqual(without_proof(page, language),
                                     without_proof(fresh, language))
                    # All but a drift are made from facts.
                    self.assertEqual(page == fresh, option == "--drift")
                    self.assertNotRegex(page, r"\{[a-z_]+\}")
                    if format == "html":
                        for one in (page, fresh):
                            self.assertEqual(self.verify(one), FINE)
                        self.assert_digits_caught(page, 3)
                        self.assert_digits_caught(fresh, 3)
            english, other = (json.loads(self.page(
                "report", option, kept, "--format", "json", "--language", name))
                              for name in ("en", "de"))
            self.assertEqual(skeleton(english), skeleton(other))
            self.assert_arguments_fit(english)
            done = self.run_raw("report", option, kept, "--format", "svg")
            self.assertEqual(done.returncode, BAD_DATA)

    def test_sums_that_do_not_hold_are_refused(self):
        comparison = json.loads(self.page(
            "compare", COMMUNITY, LATER, "--from", "v1", "--to", "v2", "--id",
            "grace", "--format", "json"))
        for path, field in (
                (("after_micropoints",), "comparison.formula"),
                (("between_micropoints",), "comparison.input"),
                (("input", "change_micropoints"),
                 "comparison.input.change_micropoints"),
                (("formula", "lines", 0, "after_micropoints"),
                 "comparison.formula.lines[0].change_micropoints"),
                (("formula", "lines", 0, "change_micropoints"),
                 "comparison.formula.lines[0].change_micropoints"),
                (("input", "lines", 1, "networks", 0, "change_micropoints"),
                 "comparison.input.lines[1].networks"),
                (("input", "lines", 1, "signals", 0, "change_micropoints"),
                 "comparison.input.lines[1].signals"),
                (("change_micropoints",), "comparison.change_micropoints"),
                (("whole_points",), "comparison.reasons"),
                (("reasons", 0, "change_micropoints"), "comparison.reasons")):
            lying = json.loads(json.dumps(comparison))
            node = lying
            for step in path[:-1]:
                node = node[step]
            node[path[-1]] = str(int(node[path[-1]]) + 1)
            self.refuses(field, "--comparison", lying)
        comparison["reasons"][0]["factor"] = 99
        self.refuses("comparison.reasons[0].factor", "--comparison", comparison)
        self.refuses("what_if.change", "--what-if", {
            "now": {"ledger": {"score_micropoints": "5"}},
            "then": {"ledger": {"score_micropoints": "6"}}})

    def answer(self, page):
        """verify's exit code, and what it says."""
        done = self.run_raw("verify", self.file("answer.html", page))
        return done.returncode, done.stdout.decode()

    NOT_RECOMPUTED = "-       not recomputed: a {} is inside, and not the facts"
    PROVED = "what its facts give"

    def test_a_forged_comparison_is_not_confirmed(self):
        command = ("compare", COMMUNITY, LATER, "--from", "v1", "--to", "v2",
                   "--id", "grace")
        page = self.page(*command, "--format", "html")
        self.assertEqual(self.answer(page)[0], FINE)
        self.assertIn(self.PROVED, self.answer(page)[1])
        forged = json.loads(self.page(*command, "--format", "json"))
        for score in ("before", "between", "after"):
            field = score + "_micropoints"
            forged[field] = str(int(forged[field]) + 10**7)
        forged["id"] = "mallory"
        page = self.page("report", "--comparison", self.file(
            "forged.json", json.dumps(forged)))
        code, said = self.answer(page)
        self.assertEqual(code, FINE)
        self.assertIn(self.NOT_RECOMPUTED.format("comparison"), said)
        self.assertNotIn(self.PROVED, said)
        self.assertIn(say("limit.sums"), page)

    def test_a_forged_what_if_is_not_confirmed(self):
        command = ("what-if", COMMUNITY, *V1, "--id", "ada", "--set",
                   "x:followers=12000")
        page = self.page(*command, "--format", "html")
        self.assertIn(self.PROVED, self.answer(page)[1])
        forged = json.loads(self.page(*command, "--format", "json"))
        for side in ("now", "then"):
            ledger = forged[side]["ledger"]
            ledger["score_micropoints"] = str(
                int(ledger["score_micropoints"]) + 10**7)
        page = self.page("report", "--what-if", self.file(
            "forged.json", json.dumps(forged)))
        code, said = self.answer(page)
        self.assertEqual(code, FINE)
        self.assertIn(self.NOT_RECOMPUTED.format("what-if"), said)
        self.assertNotIn(self.PROVED, said)
        self.assertIn(say("limit.sums"), page)

    def test_a_drift_says_that_it_is_not_recomputed(self):
        for more in ((), ("--drift-to", "v2")):
            page = self.page("report", "--population", COMMUNITY, *V1, *more)
            code, said = self.answer(page)
            self.assertEqual(code, FINE)
            self.assertIn(self.NOT_RECOMPUTED.format("drift report"), said)
            self.assertNotIn(self.PROVED, said)
            self.assertIn(say("limit.sums"), page)

    def test_the_facts_inside_cannot_be_edited_alone(self):
        for command in (("compare", COMMUNITY, LATER, "--from", "v1",
                         "--to-file", CUSTOM, "--id", "grace"),
                        ("what-if", COMMUNITY, "--algorithm-file", CUSTOM,
                         "--id", "grace", "--gain", "x:listings=1")):
            page = self.page(*command, "--format", "html")
            self.assertEqual(self.verify(page), FINE)
            data = DATA.search(page)
            inside = base64.b64decode(data.group(1))
            passed, places = 0, range(0, len(inside), 7)
            for at in places:
                edited = bytearray(inside)
                edited[at] ^= 1
                text = page[:data.start(1)] + base64.b64encode(
                    edited).decode() + page[data.end(1):]
                passed += self.verify(text) == FINE
            # What the page does not show may change: likes of 0, or unknown.
            self.assertLess(passed, len(places) // 5)

    def test_a_forged_drift_is_refused(self):
        teams = self.file("teams.csv", "id,team,followers,listings\n" + "".join(
            f"p{i},{'red' if i % 3 else 'tan'},{10 ** (i % 7)},{5 * i}\n"
            for i in range(40)))
        drift = json.loads(self.page(
            "drift", teams, "--from", "v1", "--to", "v2", "--by", "team",
            "--allow-extra", "--top", "3", "--format", "json"))

        def forged(field, change):
            lying = json.loads(json.dumps(drift))
            change(lying)
            self.assertNotEqual(lying, drift)
            self.refuses(field, "--drift", lying)

        def add(where, key, by):
            where[key] = str(int(where[key]) + by)

        def shift_people(lying):  # up by one, down by one less
            add(lying["all"], "up", 1)
            add(lying["all"], "down", -1)

        def swap_points(lying):
            side = lying["after_by_point"]
            here = next(i for i, n in enumerate(side) if int(n))
            add(side, here, -1)
            add(side, 99, 1)

        def swap_bands(lying):  # one person goes to the highest band instead
            bands = lying["all"]["bands"]
            add(bands[0], "people", -1)
            if bands[0]["people"] == "0":
                bands.pop(0)
            there = {"before": BANDS[-1], "after": BANDS[-1]}
            if {k: bands[-1][k] for k in there} != there:
                bands.append({**there, "people": "0"})
            add(bands[-1], "people", 1)
        up = int(drift["all"]["up"])
        down = int(drift["all"]["down"])
        self.assertGreater(up, 1)
        self.assertGreater(down, 1)
        forged("drift.all.up", shift_people)
        forged("drift.all.beyond", lambda d: add(d["all"], "beyond", 1))
        forged("drift.all.factors",
               lambda d: add(d["all"], "up_micropoints", 1))

        def far_points(lying):
            add(lying["all"], "up_micropoints", 10**7)
            add(lying["all"], "down_micropoints", 10**7)
        forged("drift.all.up_micropoints", far_points)
        for i, quantile in enumerate(drift["all"]["quantiles"]):
            forged("drift.all.",
                   lambda d, at=i: add(d["all"]["quantiles"][at],
                                       "change_micropoints", 20_000_000))
        forged("drift.all.stability_micros",
               lambda d: add(d["all"], "stability_micros", 1))
        forged("drift.all.bands", swap_bands)
        forged("drift.all.bands", lambda d: d["all"]["bands"].reverse())
        forged("drift.all.bands[0].before",
               lambda d: d["all"]["bands"][0].update(before=6))
        forged("drift.all", swap_points)
        forged("drift.changes", lambda d: add(d["changes"][0], "people", 1))
        forged("drift.changes", lambda d: d["changes"].reverse())
        forged("drift.all.factors",
               lambda d: add(d["all"]["factors"][2], "share_micros", 1))
        forged("drift.all.movers",
               lambda d: d["all"]["movers"].reverse())
        forged("drift.slices", lambda d: d["slices"].pop())
        forged("drift.slices[0].summary.factors",
               lambda d: add(d["slices"][0]["summary"], "up_micropoints", 1))

        def move_slices(lying):
            first = lying["slices"][0]["summary"]
            add(first, "unchanged", 1)
            add(first, "people", 1)
            add(first["bands"][0], "people", 1)
        forged("drift.slices", move_slices)

    def test_every_page_says_what_it_is_of(self):
        graph = ("--edges", str(ROOT / "examples/edges_made_up.csv"), "--seeds",
                 str(ROOT / "examples/seeds_made_up.csv"))
        day = ("--as-of", "2026-10-01")
        people = self.file("p.csv", "id,network,followers,mentions\n"
                           "ada,x,2400,100\nfaraday,x,10,5\n")
        fingerprints = {
            name: json.loads(self.page("algorithms", "show", name, "--format",
                                       "json"))["fingerprint"]
            for name in ("v1", "v2")}
        both = tuple(fingerprints.values())
        one = both[:1]
        ways = (
            (("report", people, "--id", "ada", *V1, *day, *graph), one, True),
            (("report", people, "--population", *V1, *day, *graph), one, True),
            (("report", people, "--population", *V1, *day, *graph,
              "--drift-to", "v2"), both, True),
            (("what-if", people, "--id", "ada", *V1, *day, *graph), one, True),
            (("compare", people, people, "--id", "ada", "--from", "v1", "--to",
              "v2", "--from-as-of", "2026-10-01", "--to-as-of", "2026-10-01"),
             both, False),
            (("drift", people, "--from", "v1", "--to", "v2"), both, None))
        for command, prints, has_graph in ways:
            for form in ("text", "markdown", "html", "json"):
                if form == "json" and command[0] != "report":
                    continue
                page = self.page(*command, "--format", form)
                for words in (*prints, *map(say, (
                        "heading.identity", "identity.fingerprint",
                        "identity.library_version", "identity.rendered_by",
                        "changed.small" if command[0] == "compare"
                        else "known.resolution"))):
                    self.assertIn(words, page, (command, form))
                if has_graph is not None and form != "json":
                    self.assertIn("2026-10-01", page.replace("\\", ""))
                for words in ("19b0fa247d77e2e7302c48f71452138d807d5d60",
                              "19255d5af3832b6958349074aac33f8be46f93c3",
                              say("identity.standing_iterations"),
                              say("identity.graph_edges")):
                    self.assertEqual(words in page, bool(has_graph),
                                     (command, form, words))

    STORED = str(ROOT / "tests/render/stored_result.json")

    def test_a_result_that_was_stored_is_worded_in_either_language(self):
        score = {"en": "36.901409", "de": "36,901409"}
        for language in ("en", "de"):
            words = (say("report.title", language, id="ada"),
                     say("report.out_of", language,
                         band=say("band.limited", language)),
                     score[language], "2026-10-01")
            page = self.page("report", "--result", self.STORED, "--language",
                             language)
            for word in words:
                self.assertIn(word, page)
            self.assertIn(self.PROVED, self.answer(page)[1])
            self.assertEqual(page, self.page(
                "report", "--result", self.STORED, "--id", "ada", "--language",
                language))
        self.assertEqual(self.verify(page), FINE)
        done = self.run_raw("report", "--result", self.STORED, "--id", "eve")
        self.assertEqual(done.returncode, BAD_DATA)
        done = self.run_raw("report", self.STORED, "--id", "ada", *V1)
        self.assertEqual(done.returncode, USAGE)
        self.assertIn(b"goes with --result", done.stderr)
        everybody = self.stored(COMMUNITY, "--as-of", "2026-10-01")
        self.assertEqual(self.run_raw("report", "--result",
                                      everybody).returncode, USAGE)
        page = self.page("report", "--result", everybody, "--id", "grace",
                         "--before", self.stored(COMMUNITY, "--as-of",
                                                 "2026-09-01"))
        self.assertIn(self.DAYS, page)
        self.assertEqual(self.verify(page), FINE)
        lying = json.loads(pathlib.Path(self.STORED).read_text())
        lying["results"][0]["ledger"]["score_micropoints"] = "77000000"
        self.assertEqual(self.run_raw("report", "--result", self.file(
            "lying.json", json.dumps(lying))).returncode, BAD_DATA)

    def test_a_custom_result_that_was_stored(self):
        stored = self.file("custom.json", self.page(
            "explain", COMMUNITY, "--id", "ada", "--algorithm-file", CUSTOM,
            "--format", "json"))
        page = self.page("report", "--result", stored, "--algorithm-file",
                         CUSTOM, "--language", "de")
        self.assertIn(self.PROVED, self.answer(page)[1])
        self.assertNotEqual(self.run_raw("report", "--result",
                                         stored).returncode, FINE)

    def test_what_is_before_is_not_after(self):
        later = self.stored(COMMUNITY, "--as-of", "2026-10-02")
        done = self.run_raw(*ADA, "--before", later)
        self.assertEqual(done.returncode, BAD_DATA)
        self.assertIn(b"2026-10-02, which is after 2026-10-01", done.stderr)
        self.page(*ADA, "--before", self.stored(COMMUNITY, "--as-of",
                                                "2026-10-01"))

    def test_algorithm(self):
        for algorithm in (("v1",), ("--algorithm-file", CUSTOM)):
            page = self.page("algorithms", "show", *algorithm, "--format",
                             "html", "--language", "de")
            self.assertEqual(self.verify(page), FINE)
            self.assert_digits_caught(page, 2)
        table = json.loads(self.page("algorithms", "show", "v1", "--format",
                                     "json"))
        page = self.page("algorithms", "show", "v1", "--format", "html")
        for row in table["algorithm"]["rows"]:
            self.assertIn(f">{int(row['weight_micropoints']) // 10**6}<", page)
        self.assertIn(table["fingerprint"], page)

    def test_a_language_is_whole(self):
        words = dict(line.split(" = ", 1) for line in german().splitlines()
                     if " = " in line)
        layout = {"nothing", "value", "value.of_network", "value.of_factor"}
        self.assertEqual(set(words), set(codes()) - layout)
        for code, arguments in codes().items():
            if code not in layout:
                self.assertEqual(set(re.findall(r"\{(\w+)\}", words[code])),
                                 set(arguments), code)

    def test_nothing_is_worded_that_is_never_said(self):
        table = (ROOT / "src/render/messages.inc").read_text()
        said = "".join(path.read_text() for path in
                       (ROOT / "src/render").glob("*.cc"))
        for name in re.findall(r"^MESSAGE\((\w+),", table, re.M):
            # Bands, factors and signals are found by their number.
            if not re.match("Band|Factor|Signal", name):
                self.assertRegex(said, rf"\bk{name}\b")

    def test_a_language_from_outside(self):
        same = self.file("same.txt", german())
        self.assertEqual(self.page(*ADA, "--messages", same, "--format", "text"),
                         self.page(*ADA, "--language", "de", "--format", "text"))
        for old, new in (("unknown = unbekannt\n", ""),
                         ("unknown = unbekannt", "unknown = {x}"),
                         ("unknown = unbekannt", "unknown = {"),
                         ("unknown = unbekannt", "unknown"),
                         ("unknown = unbekannt", "no.code = x"),
                         ("{low} und", "und"),
                         ("badge.label", "unknown")):
            self.assertIn(old, german())
            bad = self.file("bad.txt", german().replace(old, new, 1))
            done = self.run_raw(*ADA, "--messages", bad)
            self.assertEqual(done.returncode, BAD_DATA, (old, new))
            self.assertIn(b"messages", done.stderr)
        marked = self.file("marked.txt", german().replace(
            "unknown = unbekannt", "unknown = <script>x</script>"))
        table = self.file("one.csv", "id,mentions\nada,5\n")
        page = self.page("report", table, "--id", "ada", *V1,
                         "--messages", marked)
        self.assertNotIn("<script", page)

    def test_both_languages_say_the_same(self):
        english, other = (json.loads(self.page(*ADA, "--format", "json",
                                               "--language", language))
                          for language in ("en", "de"))
        self.assertEqual(skeleton(english), skeleton(other))
        self.assertNotEqual(english, other)
        self.assert_arguments_fit(english)

    def assert_arguments_fit(self, page):
        table = codes()
        for said in sentences(page):
            self.assertEqual(len(said["arguments"]), len(table[said["code"]]),
                             said)

    def test_usage(self):
        for arguments in (("report", COMMUNITY, *V1),
                          (*ADA, "--population"), (*ADA, "--drift-to", "v2"),
                          ("report", COMMUNITY, "--drift", COMMUNITY),
                          ("report", "--population", COMMUNITY, *V1, "--by",
                           "network")):
            self.assertEqual(self.run_raw(*arguments).returncode, USAGE)
        self.assertEqual(self.run_raw(*ADA, "--language", "xx").returncode,
                         BAD_DATA)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
