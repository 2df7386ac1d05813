"""Reports: whole in both languages, proved by verify, and safe to open.

    report_test.py ROOT BINARY
"""
import base64
import html
import json
import pathlib
import re
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "cli"))
from harness import (BAD_DATA, CHECK_FAILED, COMMUNITY, CUSTOM, FINE, ROOT,
                     USAGE, V1, Case)



ADA = ("report", COMMUNITY, "--id", "ada", *V1, "--as-of", "2026-10-01")
DATA = re.compile(r"base64,([A-Za-z0-9+/=]*)")


def codes():
    """code -> its arguments, of the table."""
    text = (ROOT / "src/render/messages.inc").read_text()
    return {code: arguments.split() for code, arguments in re.findall(
        r'^MESSAGE\(\w+, "([^"]*)", "([^"]*)"', text, re.M)}


def german():
    text = (ROOT / "src/render/languages/de.inc").read_text()
    return text.split('R"language(')[1].split(')language"')[0]


class ReportTest(Case):
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
        for old, new in ((">44<", ">45<"), ("14.425886", "14.425887"),
                         ("14.425886", "15.425886"),
                         (">28<", ">29<"), (">1.123831<", ">0.123831<"),
                         ("Influence of ada", "Influence of eve"),
                         (">ada<", ">eve<"), ("2026-10-01", "2026-10-02"),
                         ("mastodon", "mastodom"), (">v1<", ">v2<"),
                         ("moderate", "high"), ("45 days", "46 days"),
                         (">0.1.0<", ">0.1.1<"), ("width=\"36\"", "width=\"37\""),
                         ("not for social", "for social"),
                         ("</main>", "<p>99</p></main>")):
            if old not in page:
                self.assertEqual(old, "width=\"36\"")
                continue
            # Each place where it stands, by itself.
            for match in re.finditer(re.escape(old), page):
                edited = page[:match.start()] + new + page[match.end():]
                self.assertEqual(self.verify(edited), CHECK_FAILED, (old, new))

    def test_every_digit_is_caught(self):
        page = self.page()
        data = DATA.search(page)
        visible = [m.start() for m in re.finditer(r"\d", page)
                   if not data.start() <= m.start() < data.end()]
        self.assertGreater(len(visible), 1000)
        for at in visible[::40]:
            digit = str((int(page[at]) + 1) % 10)
            edited = page[:at] + digit + page[at + 1:]
            self.assertEqual(self.verify(edited), CHECK_FAILED, at)

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
        self.assertIn("The facts are of 2026-09-01 and of 2026-10-01.", page)
        section = page.split("What changed since")[-1].split("</table>")[0]
        rows = [[float(cell) for cell in re.findall(
            r"<td class=\"r\">([-+.\d]+)</td>", row)]
            for row in section.split("<tr")[2:]]
        self.assertEqual(len(rows), 7)
        for row in rows:
            self.assertAlmostEqual(row[0] + row[1] + row[2], row[3], 9)
        for column in range(4):
            self.assertAlmostEqual(sum(r[column] for r in rows[:-1]),
                                   rows[-1][column], 9)
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
        self.assertIn("20 people have a score; 0 have none.", page)
        counts = re.findall(r"\d+ to \d+</th><td class=\"r\">(\d+)<", page)
        self.assertEqual(sum(map(int, counts)), 20)
        self.assertEqual(self.verify(page.replace(">5<", ">6<", 1)),
                         CHECK_FAILED)

    def test_a_language_is_whole(self):
        words = dict(line.split(" = ", 1) for line in german().splitlines()
                     if " = " in line)
        layout = {"nothing", "value", "value.of_network", "value.of_factor"}
        self.assertEqual(set(words), set(codes()) - layout)
        for code, arguments in codes().items():
            if code not in layout:
                self.assertEqual(set(re.findall(r"\{(\w+)\}", words[code])),
                                 set(arguments), code)

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
        def skeleton(node):
            if isinstance(node, dict):
                return {k: skeleton(v) for k, v in node.items()
                        if k not in ("text", "language")}
            if isinstance(node, list):
                return [skeleton(v) for v in node]
            return node
        english, other = (json.loads(self.page(*ADA, "--format", "json",
                                               "--language", language))
                          for language in ("en", "de"))
        self.assertEqual(skeleton(english), skeleton(other))
        self.assertNotEqual(english, other)

        def sentences(node):
            if isinstance(node, list):
                for v in node:
                    yield from sentences(v)
            elif isinstance(node, dict):
                if "code" in node:
                    yield node
                for v in node.values():
                    yield from sentences(v)
        table = codes()
        for said in sentences(english):
            self.assertEqual(len(said["arguments"]), len(table[said["code"]]),
                             said)

    def test_usage(self):
        for arguments in (("report", COMMUNITY, *V1),
                          (*ADA, "--population")):
            self.assertEqual(self.run_raw(*arguments).returncode, USAGE)
        self.assertEqual(self.run_raw(*ADA, "--language", "xx").returncode,
                         BAD_DATA)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
