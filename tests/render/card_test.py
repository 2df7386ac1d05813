"""Model cards: every number on them is in the tables, and the other way round.

    card_test.py ROOT BINARY
"""
import collections
import decimal
import html
import json
import pathlib
import re
import sys
import unittest
from decimal import Decimal

HERE = pathlib.Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "cli")]
from harness import (BAD_DATA, CHECK_FAILED, CUSTOM, FINE, ROOT, USAGE, Case)
from numbers_of_a_card import Sources, Table, rounded, sections

decimal.getcontext().prec = 60
SOURCES = Sources(ROOT)
NUMBER = re.compile(r"(?<![\w.,])[-+]?\d(?:[\d.,]*\d)?(?!\w)")

# Every signal, ages in hours, another crowd, another standing.
HOURLY = {
    "id": "acme/hourly",
    "age_unit_seconds": 3600,
    "crowd_micros": "7500000",
    "standing": {"teleport_micros": "200000", "iterations": 12},
    "rows": [
        {"factor": "FACTOR_ENDORSEMENT", "weight_micropoints": "12500000",
         "full_marks_micros": "33000000", "half_life_units": 700,
         "counts": [{"signal": "SIGNAL_ENDORSEMENTS",
                     "value_micros": "1750000"}]},
        {"factor": "FACTOR_STANDING", "weight_micropoints": "7500000",
         "full_marks_micros": "1500000000",
         "counts": [{"signal": "SIGNAL_STANDING", "value_micros": "1000000"}]},
        {"factor": "FACTOR_AMPLIFICATION", "weight_micropoints": "80000000",
         "full_marks_micros": "12345678000", "half_life_units": 24,
         "counts": [{"signal": "SIGNAL_MENTIONS", "value_micros": "1000000"},
                    {"signal": "SIGNAL_RESHARES", "value_micros": "333333"}]},
    ],
}
STANDING_ALONE = {
    "id": "acme/graph",
    "rows": [{"factor": "FACTOR_STANDING", "weight_micropoints": "100000000",
              "full_marks_micros": "1000000000",
              "counts": [{"signal": "SIGNAL_STANDING",
                          "value_micros": "1000000"}]}],
}


def of_markdown(page):
    page = re.sub(r"\\(.)", r"\1", page)
    return [part.replace("|", " ") for part in page.split("\n\n**")]


def of_text(page):
    return re.split(r"\n\n(?=\S)", page)


def of_html(page):
    body = page.split("<main>")[1].split('<p class="data">')[0]
    return [html.unescape(re.sub(r"<[^>]*>", " ", part))
            for part in body.split("<section")]


READERS = {"markdown": of_markdown, "text": of_text, "html": of_html}
MARKS = {"en": ".,", "de": ",."}


def complaint(part, expected, marks):
    """What stands there and should not, or should and does not; or None."""
    part = " ".join(part.split())
    # What only looks like a number comes first, the longest of it.
    for text in sorted((e for e in expected if isinstance(e, str)),
                       key=len, reverse=True):
        place = re.search(r"(?<![\w.])" + re.escape(text) + r"(?![\w])", part)
        if place is None:
            return f"lacks {text}"
        part = part[:place.start()] + "#" + part[place.end():]
    decimal_mark, group_mark = marks
    found = collections.Counter()
    for number in NUMBER.findall(part):
        plain = number.replace(group_mark, "").replace(decimal_mark, ".")
        if plain.count(".") > 1:  # a version
            return f"has {number}"
        found[Decimal(plain)] += 1
    wanted = collections.Counter(e for e in expected
                                 if not isinstance(e, str))
    if found != wanted:
        return f"has {dict(found - wanted)}, lacks {dict(wanted - found)}"
    return None


class CardTest(Case):
    def algorithms(self):
        """Each with the options that name it."""
        listed = self.json("algorithms")["algorithms"]
        self.assertGreaterEqual(len(listed), 2)
        SOURCES.tables.update((one["algorithm"]["id"], Table(one))
                              for one in listed)
        for one in listed:
            yield ("--algorithm", one["algorithm"]["id"]), Table(one)
        for custom in (json.loads(pathlib.Path(CUSTOM).read_text()), HOURLY,
                       STANDING_ALONE):
            file = self.file("custom.json", json.dumps(custom))
            one = self.json("algorithms", "show", "--algorithm-file", file)
            yield ("--algorithm-file", file), Table(one)

    def test_every_number_is_in_the_tables(self):
        for options, table in self.algorithms():
            expected = sections(table, SOURCES)
            for form, reader in READERS.items():
                for language, marks in MARKS.items():
                    parts = reader(self.fine("card", *options, "--format",
                                             form, "--language", language))
                    self.assertEqual(len(parts), len(expected), table.id)
                    for part, wanted in zip(parts, expected):
                        self.assertIsNone(
                            complaint(part, wanted, marks),
                            (table.id, form, language, part.split("\n")[0]))

    def test_that_finds_every_edit(self):
        options, table = next(self.algorithms())
        parts = of_markdown(self.fine("card", *options))
        tried = 0
        for part, wanted in zip(parts, sections(table, SOURCES)):
            for place in re.finditer(r"(?<![\w.])\d", part):
                at = place.start()
                digit = str((int(part[at]) + 1) % 10)
                self.assertIsNotNone(complaint(
                    part[:at] + digit + part[at + 1:], wanted, ".,"), (part[:at], digit))
                tried += 1
            self.assertIsNotNone(complaint(part + " 7", wanted, ".,"))
            for i, one in enumerate(wanted):
                if isinstance(one, str) and NUMBER.search(one) is None:
                    continue  # a name, such as v1
                self.assertIsNotNone(complaint(
                    part, wanted[:i] + wanted[i + 1:], ".,"))
        self.assertGreater(tried, 150)

    def test_words_have_no_numbers(self):
        english = (ROOT / "src/render/card_messages.inc").read_text()
        words = dict(re.findall(
            r'^MESSAGE\(\w+, "([^"]*)", "[^"]*", "([^"\n]*)"\)$', english,
            re.M))
        self.assertEqual(len(words), english.count("\nMESSAGE("))
        german = (ROOT / "src/render/languages/card_de.inc").read_text()
        other = dict(re.findall(r"^([a-z_.]+) = (.*)$", german, re.M))
        self.assertEqual(set(words), set(other))
        for code in words:
            self.assertTrue(code.startswith("card."), code)
            self.assertNotRegex(words[code] + other[code], r"\d", code)
            self.assertEqual(*(sorted(set(re.findall(r"\{(\w+)\}", said[code])))
                               for said in (words, other)), code)

    def test_evidence_is_of_released_algorithms(self):
        known = {one["algorithm"]["id"]
                 for one in self.json("algorithms")["algorithms"]}
        for macro in ("EVIDENCE", "ALONE", "REASON", "AGREEMENT", "DRIFT"):
            for row in SOURCES.rows[macro]:
                self.assertIn(row[0], known)

    def test_evidence_is_what_the_pages_say(self):
        """Each figure stands where it was first written down."""
        spec = {name: (ROOT / f"src/algorithm/{name}/SPEC.md").read_text()
                for name in ("v1", "v2")}
        higgs = (ROOT / "bench/results/higgs.md").read_text()
        means = re.findall(r"\d\.\d{4}", re.search(
            r"\*\*mean\*\*.*", higgs)[0])
        of = {(row[0], row[1], row[4]): f"{Decimal(row[2]) / 10**6:.4f}"
              for row in SOURCES.rows["EVIDENCE"]}
        self.assertEqual(
            [of["v1", name, "kHiggs"] for name in (
                "kReshared", "kFirst", "kResharedPeople", "kFirstPeople",
                "kResharedAll", "kFirstAll")],
            means[:2] + means[4:])
        self.assertIn(f"{508_844:,} reactions", higgs)
        for name, finding, data, digits in (
                ("v1", "kAuc", "kPairs", 3), ("v1", "kBlackBox", "kPairs", 3),
                ("v1", "kAuc", "kSomePairs", 4),
                ("v1", "kAccuracy", "kSomePairs", 4),
                ("v1", "kLowestMoved", "kPairs", 3),
                ("v1", "kHighestMoved", "kPairs", 3),
                ("v2", "kAuc", "kSomePairs", 4),
                ("v2", "kUnseen", "kSomePairs", 4),
                ("v2", "kUnseenAccuracy", "kSomePairs", 4),
                ("v2", "kGain", "kSomePairs", 4),
                ("v2", "kGainLeast", "kSomePairs", 4),
                ("v2", "kGainMost", "kSomePairs", 4)):
            self.assertIn(f"{Decimal(of[name, finding, data]):.{digits}f}",
                          spec[name], (name, finding))
        self.assertIn(of["v1", "kAuc", "kSomePairs"], spec["v2"])
        for name, signal, auc in SOURCES.rows["ALONE"]:
            self.assertIn(f"AUC {Decimal(auc) / 10**6:.3f}", spec[name])

    def test_drift_is_what_the_page_says(self):
        for (name, _, people, up, down, beyond, least, most, spearman, kendall,
             _) in SOURCES.rows["DRIFT"]:
            page = (ROOT / f"src/algorithm/{name}/SPEC.md").read_text()
            part = " ".join(re.search(
                r"\n- \*\*Scores move\*\*.*?\n\n", page, re.S)[0].split())

            def share(count):
                return f"{count} ({100 * int(count) / int(people):.0f} %)"
            for words in (
                    f"Of the {people} people",
                    f"{share(up)} rise and {share(down)} fall",
                    f"by {-Decimal(least) / 10**6:.1f} down and "
                    f"{Decimal(most) / 10**6:.1f} up, {beyond} by the 6 points",
                    f"Spearman {Decimal(spearman) / 10**6:.3f} and Kendall "
                    f"{Decimal(kendall) / 10**6:.3f} by half points"):
                self.assertIn(words, part)

    def test_prices_are_bounds_and_near(self):
        for _, table in self.algorithms():
            for row, prices in zip(table.rows, table.prices()):
                for bound, price in zip(table.bounds(row), prices):
                    self.assertLessEqual(rounded(bound), price, table.id)
                    self.assertLess(price - bound, Decimal("0.001"), table.id)

    def test_gaming_is_what_the_tally_page_says(self):
        page = (ROOT / "src/algorithm/v1/TALLY.md").read_text()
        stated = [[Decimal(cell.strip().replace(",", ""))
                   for cell in line.strip("|").split("|")]
                  for line in re.findall(r"^\|(?: [\d.,]+ \|){4}$", page, re.M)]
        self.assertEqual(len(stated), 5)
        table = next(self.algorithms())[1]
        for accounts, *points in stated:
            computed = [table.newcomer(gift, accounts) for gift in (
                table.crowd, table.gift(1), table.gift(100))]
            # The first is rounded up, being a bound.
            self.assertEqual(points[0], rounded(computed[0], 1, up=True))
            self.assertEqual(points[1:], [rounded(exact, 1)
                                          for exact in computed[1:]])

    def test_committed_cards_are_what_the_command_says(self):
        for one in self.json("algorithms")["algorithms"]:
            name = one["algorithm"]["id"]
            path = ROOT / f"src/algorithm/cards/{name}.md"
            self.assertEqual(
                path.read_text(), self.fine("card", "--algorithm", name),
                f"make it anew: influence card --algorithm {name} -o {path}")

    def test_a_page_is_proved(self):
        for options, _ in self.algorithms():
            page = self.fine("card", *options, "--format", "html")
            self.assertNotIn("<script", page)
            self.assertNotRegex(page, r"(src|href)=\"(?!data:)")
            self.assertNotRegex(page, r"\{[a-z_]+\}")
            self.assertEqual(self.run_raw(
                "verify", self.file("card.html", page)).returncode, FINE)
            for old, new in (("prohibited", "allowed"), (">5(1)(c)", ">5(1)(b)"),
                             ("0.8", "0.9"), ("not to be used", "to be used")):
                edited = page.replace(old, new, 1)
                if edited == page:
                    continue
                self.assertEqual(
                    self.run_raw("verify", self.file("e.html", edited))
                    .returncode, CHECK_FAILED, old)

    def test_both_languages_say_the_same(self):
        def skeleton(node):
            if isinstance(node, dict):
                return {k: skeleton(v) for k, v in node.items()
                        if k not in ("text", "language")}
            if isinstance(node, list):
                return [skeleton(v) for v in node]
            return node
        for options, _ in self.algorithms():
            english, german = (
                json.loads(self.fine("card", *options, "--format", "json",
                                     "--language", language))
                for language in MARKS)
            self.assertEqual(skeleton(english), skeleton(german))
            self.assertNotEqual(english, german)

    def test_a_language_without_the_card(self):
        folder = ROOT / "src/render/languages"
        report, card = (
            (folder / name).read_text().split('R"language(')[1]
            .split(')language"')[0] for name in ("de.inc", "card_de.inc"))
        v1 = ("--algorithm", "v1")
        whole = self.file("whole.txt", report + card)
        self.assertEqual(self.fine("card", *v1, "--messages", whole),
                         self.fine("card", *v1, "--language", "de"))
        partial = self.file("partial.txt", report)
        self.fails(BAD_DATA, "card", *v1, "--messages", partial,
                   says="card.title is missing")
        self.fine("report", ROOT / "examples/community_made_up.csv", "--id",
                  "ada", *v1, "--messages", partial)

    def test_usage(self):
        self.fails(USAGE, "card", says="there is no default")
        self.fails(USAGE, "card", "--algorithm", "v1", "--format", "svg")
        self.fails(BAD_DATA, "card", "--algorithm", "v1", "--language", "xx",
                   says="language")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
