"""No option is accepted and then does nothing: each that a command's --help
names either changes what the command does, or is a usage error.

    options_test.py ROOT BINARY
"""
import re

from harness import (COMMUNITY, CUSTOM, EXAMPLES, FINE, ROOT, USAGE, V1, Case,
                     main)

LATER = str(EXAMPLES / "community_made_up_later.csv")
EDGES = str(EXAMPLES / "edges_made_up.csv")
EVENTS = str(EXAMPLES / "events_made_up.csv")
SEEDS = str(EXAMPLES / "seeds_made_up.csv")
ASKED = ("--edges", EDGES, "--seeds", SEEDS)
SOME_DIGEST = "19255d5af3832b6958349074aac33f8be46f93c34cda436012bee5becf7581bd"
ADA = ("--id", "ada")
DAY = ("--as-of", "2026-10-01")
# How many at once changes nothing that can be seen.
UNSEEN = {"--help", "--threads", "--memory"}


class Options(Case):
    def setUp(self):
        super().setUp()
        german = (ROOT / "src/render/languages/de.inc").read_text()
        words = german.split('R"language(')[1].split(')language"')[0]
        self.words = self.file("words.txt", words)
        self.plain = self.file("people.csv", "id,network,followers,likes\n"
                               "ada,x,2400,30\nfaraday,x,10,7\n")
        self.extra = self.with_extra(self.plain)
        self.values = {
            "FILE": (self.plain,), "--algorithm": ("v2",),
            "--algorithm-file": (CUSTOM,), "--as-of": ("2026-10-02",),
            "--events": (EVENTS,), "--edges": (EDGES, "--seeds", SEEDS),
            "--seeds": (SEEDS,), "--expect-graph": (SOME_DIGEST, *ASKED),
            "--expect-seeds": ("0" * 64, *ASKED), "--uniform-seeds": (),
            "--fingerprint": ("0" * 64,), "--id": ("faraday",),
            "--format": ("json",), "--output": (self.folder / "out",),
            "--language": ("de",), "--messages": (self.words,),
            "--set": ("x:followers=5",), "--gain": ("x:likes=1",),
            "--curve": ("audience=5",), "--top": ("1",), "--future": ("ignore",),
            "--report": (self.folder / "r.json",),
            "--temporary-folder": ("/nosuch", "--memory", "64M"),
            "--input-format": ("csv",), "--allow-extra": (),
            "--from": ("v2",), "--to": ("v2",), "--from-file": (CUSTOM,),
            "--to-file": (CUSTOM,), "--from-as-of": ("2026-09-02",),
            "--to-as-of": ("2026-10-02",), "--max-moved": ("0%",),
            "--population": (), "--drift-to": ("v2",), "--by": ("team",),
            "--drift-to-file": (CUSTOM,), "--before-algorithm-file": (CUSTOM,),
            "--request": (self.plain,)}
        self.answers = {}
        for name, command in {
                "drift": ("drift", COMMUNITY, "--from", "v1", "--to", "v2"),
                "comparison": ("compare", self.plain, self.plain, "--from",
                               "v1", "--to", "v2", *ADA),
                "what-if": ("what-if", self.plain, *V1, *ADA),
                "result": ("score", self.plain, *V1, *DAY),
                "before": ("score", self.plain, *V1, "--as-of", "2026-09-01"),
        }.items():
            self.answers[name] = self.file(
                name + ".json", self.fine(*command, "--format", "json"))
            self.values["--" + name] = (self.answers[name],)
        self.page = self.file("page.html", self.fine(
            "report", self.plain, *V1, *ADA))

    def with_extra(self, path):
        """The same rows with a column that nothing knows."""
        with open(path) as rows:
            head, *rest = rows.read().splitlines()
        return self.file("extra.csv", "\n".join(
            [head + ",team", *(row + ",red" for row in rest)]) + "\n")

    def nameless(self, path):
        """The same rows in a file whose name does not say what they are."""
        with open(path) as rows:
            return self.file("nameless", rows.read())

    def options_of(self, command):
        return sorted(set(re.findall(r"^ +(?:-\w,)?(--[a-z-]+)",
                                     self.fine(command, "--help"), re.M)))

    def outcome(self, *arguments):
        """All that can be seen of a run, which leaves nothing."""
        before = set(self.folder.iterdir())
        done = self.run_raw(*arguments)
        made = {}
        for path in set(self.folder.iterdir()) - before:
            made[path.name] = path.read_bytes()
            path.unlink()
        return done.returncode, done.stdout, done.stderr, made

    def check(self, base, acts, other=None):
        """`acts` must do something; `other` are bases for some options."""
        swaps = {"--input-format": self.nameless,
                 "--allow-extra": self.with_extra}
        for option in self.options_of(base[0]):
            if option in UNSEEN or option in base:
                continue
            start = (other or {}).get(option, base)
            if option in swaps:
                start = tuple(swaps[option](a)
                              if a in (self.plain, COMMUNITY, EVENTS) else a
                              for a in start)
            more = self.values[option]
            companions = more[1 if len(more) > 1 else len(more):]
            had = self.outcome(*start, *companions)
            has = self.outcome(*start, option, *more)
            with self.subTest(base=base[:3], option=option):
                self.assertTrue(has[0] == USAGE or has != had,
                                (option, "does nothing"))
                if option in acts:
                    self.assertNotEqual(has[0], USAGE, has[2])
                self.assertNotIn(option, acts if has[0] == USAGE else ())

    def test_what_if(self):
        words = {"--format", "--output", "--language", "--messages", "--set",
                 "--gain", "--curve"}
        profiles = ("what-if", self.plain, *V1, *ADA)
        self.check(profiles, words | {
            "--input-format", "--allow-extra", "--as-of", "--fingerprint",
            "--edges", "--expect-graph", "--expect-seeds"})
        events = ("what-if", "--events", EVENTS, *V1, *ADA)
        self.check((*events, *DAY), words | {
            "--top", "--edges", "--seeds", "--uniform-seeds", "--report",
            "--temporary-folder", "--future", "--fingerprint"},
            {"--future": (*events, "--as-of", "2025-10-01")})
        json = (*profiles, "--format", "json")
        self.check(json, {"--set", "--output"})

    def test_report(self):
        words = {"--format", "--output", "--language", "--messages"}
        facts = words | {"--input-format", "--allow-extra", "--as-of",
                         "--fingerprint", "--edges"}
        person = ("report", self.plain, *V1, *ADA)
        self.check(person, facts | {"--before"}, {"--before": (*person, *DAY)})
        self.check((*person, *DAY, "--before", self.answers["before"]), words)
        everybody = ("report", self.plain, *V1, "--population")
        self.check(everybody, facts | {"--drift-to"})
        drift = ("report", COMMUNITY, *V1, "--population", "--drift-to", "v2")
        self.check(drift, words | {"--top", "--by"},
                   {"--by": (*drift[:1], self.extra, *drift[2:],
                             "--allow-extra")})
        for stored in ("drift", "comparison", "what-if"):
            self.check(("report", "--" + stored, self.answers[stored]), words)
        self.check(("report", "--result", self.answers["result"], *ADA),
                   words | {"--before"})

    def test_card(self):
        self.check(("card", *V1), {"--format", "--output", "--language",
                                   "--messages"})

    def test_verify(self):
        self.check(("verify", self.page), set())
        self.check(("verify", self.answers["result"]),
                   {"--request", "--expect-graph"},
                   {"--expect-graph": ("verify", self.answers["result"])})

    def test_compare(self):
        words = {"--format", "--output", "--language", "--messages"}
        profiles = ("compare", COMMUNITY, LATER, "--from", "v1", "--to", "v2")
        self.check((*profiles, *ADA), words | {"--from-as-of", "--to-as-of"})
        self.check((*profiles, *ADA, "--format", "json"), {"--output"})
        stored = ("compare", self.answers["before"], self.answers["result"])
        self.check((*stored, *ADA), words)

    def test_drift(self):
        words = {"--format", "--output", "--language", "--messages"}
        base = ("drift", COMMUNITY, "--from", "v1", "--to", "v2")
        self.check(base, words | {"--top", "--max-moved", "--allow-extra",
                                  "--input-format"})
        self.check((*base, "--format", "json"), {"--output", "--max-moved"})
        self.check((*base, "--format", "line"), {"--output", "--max-moved"})

    def test_words_are_there_and_of_one_language(self):
        report = ("report", self.plain, *V1, *ADA)
        empty = self.file("empty.txt", "")
        self.fails(3, *report, "--messages", empty, says="is empty")
        self.fails(USAGE, *report, "--messages", self.words, "--language", "en",
                   says="not both")


if __name__ == "__main__":
    main()
