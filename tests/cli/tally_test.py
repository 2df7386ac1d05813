"""Events on the command line: tally, topics, score and explain --events."""
import collections
import csv
import gzip
import io
import json
import os
import pty
import random
import subprocess
import threading
import time

from harness import (BAD_DATA, BINARY, EXAMPLES, FINE, KLOUT, UNKNOWN_ALGORITHM, USAGE,
                     V1, Case, main, number, text, varint)

NOW = 1_767_225_600  # 2026-01-01 00:00:00 UTC
DAY = 86_400
AS_OF = ("--as-of", "2026-01-01")
KINDS = {"mention": 1, "reply": 2, "save": 3, "like": 4, "reshare": 5,
         "quote": 6, "listing": 7, "follower": 8, "endorsement": 10}
FIELDS = ("actor", "subject", "kind", "time", "network", "topic", "event_id",
          "quality", "count")


def log(events=2000, people=60, seed=1):
    """Events as dictionaries of what is stated."""
    rng = random.Random(seed)
    out = []
    for i in range(events):
        event = {"actor": f"p{rng.randrange(people)}",
                 "subject": f"p{int(people * rng.random() ** 3)}",
                 "kind": rng.choice(list(KINDS)),
                 "time": NOW - rng.randrange(100 * DAY),
                 "network": rng.choice(("", "x", "mastodon, the other"))}
        if rng.random() < 0.3:
            event["topic"] = rng.choice(("maths", "engines"))
        if rng.random() < 0.2:
            event["event_id"] = f"e{rng.randrange(events)}"
        if rng.random() < 0.2:
            event["quality"] = rng.choice(("0.5", "0.123456", "1"))
        if rng.random() < 0.2:
            event["count"] = rng.randrange(1, 9)
        out.append(event)
    return out


def as_csv(events):
    out = io.StringIO()
    writer = csv.DictWriter(out, FIELDS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(events)
    return out.getvalue().encode()


def as_jsonl(events):
    lines = []
    for event in events:
        event = dict(event)
        if "quality" in event:
            event["quality"] = float(event["quality"])
        lines.append(json.dumps(event))
    return "\n".join(lines).encode()


def as_proto(events, batch=500):
    """A stream of EventBatch messages, each after its size."""
    out = b""
    for i in range(0, len(events), batch):
        message = b""
        for e in events[i:i + batch]:
            fields = (text(1, e["actor"]) + text(2, e["subject"])
                      + number(3, KINDS.get(e["kind"], 0))
                      + number(4, 2 * e["time"]))  # sint64
            for field, name in ((5, "network"), (6, "topic"),
                                (7, "event_id")):
                if e.get(name):
                    fields += text(field, e[name])
            if "quality" in e:
                fields += number(8, round(float(e["quality"]) * 10**6))
            if "count" in e:
                fields += number(9, e["count"])
            message += text(1, fields)
        out += varint(len(message)) + message
    return out


class Tally(Case):
    def tally(self, *arguments, **options):
        options.setdefault("quiet", False)
        return self.fine("tally", *arguments, *V1, *AS_OF, **options)

    def test_every_form_gives_the_same_bytes(self):
        events = log()
        forms = {"in.csv": as_csv(events), "in.jsonl": as_jsonl(events),
                 "in.pb": as_proto(events)}
        want = self.tally(self.file("in.csv", forms["in.csv"]))
        self.assertEqual(want.splitlines()[0],
                         "id,network,mentions,replies,saves,likes,reshares,"
                         "quotes,listings,followers,standing,endorsements")
        self.assertGreater(len(want.splitlines()), 60)
        for name, content in forms.items():
            self.assertEqual(self.tally(self.file(name, content)), want, name)
            packed = self.file(name + ".gz", gzip.compress(content))
            self.assertEqual(self.tally(packed), want, name)
            self.assertEqual(self.tally("-", "--input-format",
                                        name.split(".")[1].replace(
                                            "pb", "proto"),
                                        stdin=gzip.compress(content)), want)

    def test_order_and_files_change_nothing(self):
        events = log()
        want = self.tally(self.file("in.csv", as_csv(events)))
        for seed in range(3):
            random.Random(seed).shuffle(events)
            cut = 700 * seed + 100
            self.assertEqual(want, self.tally(
                self.file("a.csv", as_csv(events[:cut])),
                self.file("b.jsonl", as_jsonl(events[cut:]))))
            self.assertEqual(want, self.tally(
                self.file("a.csv", as_csv(events)), "--threads", 3))

    def test_what_comes_out_is_what_score_reads(self):
        source = self.file("events.csv", as_csv(log()))
        scores = self.fine("score", "--events", source, *V1, *AS_OF,
                           "--format", "csv", quiet=False)
        self.assertGreater(len(scores.splitlines()), 50)
        for form in ("csv", "jsonl", "pb"):
            path = self.folder / f"profiles.{form}"
            self.tally(source, "-o", path, "--format",
                       form.replace("pb", "proto"))
            self.assertEqual(self.fine("score", path, *V1, "--format", "csv"),
                             scores, form)
        response = json.loads(self.fine("score", "--events", source, *V1,
                                        *AS_OF, "--format", "json",
                                        quiet=False))
        self.assertEqual(response["identity"]["as_of_days"], NOW // DAY)
        path = self.file("result.json", json.dumps(response))
        self.assertIn("0 failed", self.fine("verify", path))

    def test_a_day_is_all_of_the_day(self):
        late = as_csv([{"actor": "a", "subject": "b", "kind": "mention",
                        "time": "2026-01-01T23:59:59Z"}])
        early = late.replace(b"T23:59:59Z", b"")
        want = self.tally(self.file("in.csv", early))
        self.assertEqual(want, self.tally(self.file("in.csv", late)))
        self.fails(BAD_DATA, "tally", self.file("in.csv", late), *V1,
                   "--as-of", "2026-01-01T23:59:58Z", says="in.csv:2:")
        self.fails(USAGE, "tally", self.file("in.csv", late), *V1,
                   says="--as-of is required")
        for bad in ("yesterday", "2026-13-01"):
            self.fails(USAGE, "tally", KLOUT, *V1, "--as-of", bad,
                       says="is not a day")

    def test_nothing_is_dropped_in_silence(self):
        good = {"actor": "a", "subject": "b", "kind": "mention", "time": NOW}
        bad = {"no_actor": {"actor": ""}, "no_subject": {"subject": ""},
               "unknown_kind": {"kind": "click"},
               "network_too_long": {"network": "n" * 65},
               "topic_too_long": {"topic": "t" * 65},
               "event_id_too_long": {"event_id": "e" * 257},
               "bad_quality": {"quality": "0.09"},
               "bad_count": {"count": 0},
               "self_reaction": {"subject": "a"},
               "after_as_of": {"time": NOW + DAY},
               "faded": {"time": NOW - 3000 * DAY}}
        events = [good, {**good, "event_id": "x"}, {**good, "event_id": "x"}]
        events += [{**good, **change} for change in bad.values()]
        report = self.folder / "report.json"
        done = self.run_raw("tally", self.file("in.csv", as_csv(events)), *V1,
                            *AS_OF, "--future", "ignore", "--report", report)
        self.assertEqual(done.returncode, FINE, done.stderr)
        found = json.loads(report.read_text())
        for reason in (*bad, "duplicate"):
            self.assertEqual(int(found["ignored"][reason]), 1, reason)
        self.assertEqual(int(found["events"]), len(events))
        self.assertEqual(int(found["counted"]), 2)
        words = done.stderr.decode()
        self.assertIn(f"{len(bad) + 1} of {len(events)} events were ignored",
                      words)
        self.assertEqual(len(words.splitlines()), len(bad) + 2)

    def test_a_bad_row_stops_or_is_set_aside(self):
        rows = [b"actor,subject,kind,time", b"a,b,like,1767225600",
                b"a,b,like,soon", b"a,b,like", b'"a,b,like,1767225600',
                b"c,b,like,1767225601", b"c,b,like,1893456000"]
        path = self.file("in.csv", b"\n".join(rows))
        self.fails(BAD_DATA, "tally", path, *V1, *AS_OF,
                   says="in.csv:3:10: time: 'soon' is not a time")
        errors = self.folder / "errors.csv"
        done = self.run_raw("tally", path, *V1, *AS_OF, "--on-error=skip",
                            "--errors", errors)
        self.assertEqual(done.returncode, FINE, done.stderr)
        self.assertIn(b"4 rows were left out", done.stderr)
        found = list(csv.DictReader(io.StringIO(errors.read_text())))
        self.assertEqual([row["row"].encode() for row in found],
                         [rows[2], rows[3], rows[4], rows[6]])
        self.assertEqual([row["line"] for row in found], ["3", "4", "5", "7"])
        clean = self.file("clean.csv", b"\n".join([rows[0], rows[1],
                                                   rows[5]]))
        self.assertEqual(done.stdout.decode(), self.tally(clean))
        self.fails(USAGE, "tally", path, *V1, *AS_OF, "--on-error=skip",
                   says="go together")

    def test_text_that_is_not_utf8(self):
        # A row of text says where; an event of a message is left out, counted.
        good = {"actor": "ada", "subject": "bob", "kind": "like", "time": NOW}
        events = [good, {**good, "actor": b"\xff"},
                  {**good, "network": b"\xed\xa0\x80"}]
        report = self.folder / "report.json"
        done = self.run_raw("tally", self.file("in.pb", as_proto(events)), *V1,
                            *AS_OF, "--report", report)
        self.assertEqual(done.returncode, FINE, done.stderr)
        self.assertEqual(done.stdout, self.tally(self.file(
            "good.csv", as_csv([good]))).encode())
        self.assertEqual(json.loads(report.read_text())["ignored"]["not_utf8"],
                         "2")
        self.assertIn(b"influence:   2 with text that is not UTF-8", done.stderr)
        for name, content, place in (
                ("in.csv", as_csv([good]) + b"\xff,bob,like,0,,,,,\n", ":3:1: "),
                ("in.jsonl", as_jsonl([good]) + b'\n{"actor":"\xff"}\n',
                 ":2:11: ")):
            self.fails(BAD_DATA, "tally", self.file(name, content), *V1, *AS_OF,
                       says=name + place + "bytes that are not UTF-8")

    def test_bad_messages_are_named(self):
        good = as_proto(log(10))
        self.fails(BAD_DATA, "tally", self.file("in.pb", good + b"\x03\x0a\x09"),
                   *V1, *AS_OF, says="message 2: the stream ends in it")
        self.fails(BAD_DATA, "tally",
                   self.file("in.pb", good + b"\x03\x0a\x09\x01"),
                   *V1, *AS_OF, says="message 2: MALFORMED")

    def test_usage(self):
        path = self.file("in.csv", as_csv(log(10)))
        for arguments in ((), (path,), (path, *V1, *AS_OF, "--memory", "1"),
                          (path, *V1, *AS_OF, "--memory", "much"),
                          (path, *V1, *AS_OF, "--memory", "9" * 30),
                          (path, *V1, *AS_OF, "--format", "table"),
                          (path, *V1, *AS_OF, "-o", path),
                          (path, *V1, *AS_OF, "--report", path),
                          ("-", "-", *V1, *AS_OF, "--input-format", "csv"),
                          (path + "x", *V1, *AS_OF)):
            with self.subTest(arguments):
                done = self.run_raw("tally", *arguments)
                self.assertEqual(done.returncode, USAGE, done.stderr)
        self.fails(BAD_DATA, "tally", "none.csv", *V1, *AS_OF)
        self.fails(UNKNOWN_ALGORITHM, "tally", path, "--algorithm", "v0",
                   *AS_OF)
        self.fails(USAGE, "score", KLOUT, "--events", path, *V1, *AS_OF)
        self.fails(USAGE, "score", KLOUT, *V1, "--memory", "1G",
                   says="for --events")
        self.fails(USAGE, "score", "--events", path, *V1,
                   says="--as-of is required")

    def test_other_ages(self):
        # A table whose ages are hours: half of it is gone in half a day.
        custom = self.file("hours.json", json.dumps({
            "id": "acme/hours", "age_unit_seconds": 3600, "rows": [{
                "factor": "FACTOR_ATTENTION", "weight_micropoints": 10**8,
                "full_marks_micros": 10**11, "half_life_units": 12,
                "counts": [{"signal": "SIGNAL_MENTIONS",
                            "value_micros": 10**6}]}]}))
        path = self.file("in.csv", as_csv([{
            "actor": "a", "subject": "b", "kind": "mention",
            "time": "2026-01-01T00:30:00Z"}]))
        for hour, want in (("00:59:59", 1 / (1 + 1 / 20)),
                           ("12:00:00", 0.5 / (1 + 0.5 / 20))):
            out = self.fine("tally", path, "--algorithm-file", custom,
                            "--as-of", f"2026-01-01T{hour}Z")
            row = next(csv.DictReader(io.StringIO(out)))
            self.assertAlmostEqual(float(row["mentions"]), want, delta=2e-6)


class Progress(Case):
    def test_a_bar_counts_events(self):
        # The reader waits at the other end of a pipe while time goes by.
        fifo = self.folder / "events.csv"
        os.mkfifo(fifo)
        rows = as_csv(log(70_000))

        def write():
            with fifo.open("wb") as file:
                file.write(rows)
                file.flush()
                time.sleep(0.6)
                file.write(rows[rows.index(b"\n") + 1:])

        writer = threading.Thread(target=write, daemon=True)
        writer.start()
        master, slave = pty.openpty()
        try:
            done = subprocess.run(
                [BINARY, "tally", fifo, *V1, *AS_OF], stderr=slave,
                stdout=subprocess.DEVNULL, check=False, timeout=60)
            shown = os.read(master, 1 << 16).decode()
        finally:
            os.close(master)
            os.close(slave)
            writer.join(10)
        self.assertEqual(done.returncode, FINE)
        self.assertRegex(shown, r"\r\d+ events, \d+ a second")
        self.assertIn("\r\x1b[K", shown)  # it is wiped away


class Example(Case):
    def test_the_example_is_all_counted_but_what_one_does_to_oneself(self):
        events = ("--events", EXAMPLES / "events_made_up.csv", *V1, "--as-of",
                  "2026-01-31")
        done = self.run_raw("score", *events)
        self.assertEqual(done.returncode, FINE, done.stderr)
        self.assertRegex(done.stderr.decode(),
                         r"^influence: (\d+) of \d+ events were ignored\n"
                         r"influence:   \1 of people to themselves\n$")
        self.assertIn("You got ", self.fine("explain", *events, "--id", "ada",
                                            quiet=False))


class Explain(Case):
    def setUp(self):
        super().setUp()
        self.path = self.file("events.csv", as_csv(log(5000, 40)))

    def explain(self, form, *arguments):
        return self.fine("explain", "--events", self.path, *V1, *AS_OF, "--id",
                         "p0", "--format", form, *arguments, quiet=False)

    def test_in_words(self):
        for form, item in (("text", "  You got "), ("markdown", "- You got ")):
            words = self.explain(form, "--top", 2)
            if form == "text":
                self.assertLessEqual(max(map(len, words.splitlines())), 80)
                words = words.replace("\n      ", " ")
            self.assertIn("Where the points come from", words)
            self.assertIn(item, words)
            self.assertRegex(words, r"You got [\d.]+ points from reshares and "
                             r"quotes on x: [\d.]+ of them from p\d+, [\d.]+ "
                             r"from p\d+, [\d.]+ from \d+ others\.")
            self.assertRegex(words, r"maths: [\d.]+, from \d+ people")

    def test_rows_sum_to_the_ledger(self):
        report = json.loads(self.explain("json"))
        sums = collections.Counter()
        for row in csv.DictReader(io.StringIO(self.explain("csv"))):
            sums[row["factor"], "points"] += round(float(row["points"]) * 10**6)
            sums[row["factor"], "quantity"] += round(
                float(row["quantity"]) * 10**6)
        for line in report["result"]["ledger"]["lines"]:
            factor = line["factor"][len("FACTOR_"):].lower()
            self.assertEqual(sums[factor, "points"],
                             int(line["points_micropoints"]), factor)
            self.assertEqual(sums[factor, "quantity"],
                             int(line["quantity_micros"]), factor)
        scored = json.loads(self.fine("score", "--events", self.path, *V1,
                                      *AS_OF, "--format", "json", quiet=False))
        ledger = next(r["ledger"] for r in scored["results"]
                      if r["id"] == "p0")
        self.assertEqual(report["result"]["ledger"], ledger)

    def test_nobody(self):
        self.fails(BAD_DATA, "explain", "--events", self.path, *V1, *AS_OF,
                   "--id", "nobody", says="nobody reacted to 'nobody'")


class Topics(Case):
    def test_topics_and_their_evidence(self):
        path = self.file("events.csv", as_csv(log(5000, 40)))
        topics = ("topics", path, *V1, *AS_OF, "--format")
        rows = list(csv.DictReader(io.StringIO(
            self.fine(*topics, "csv", quiet=False))))
        self.assertGreater(len(rows), 40)
        for row in rows:
            n, x = int(row["people"]), float(row["quantity"])
            self.assertAlmostEqual(float(row["score"]), x * n / (n + 5),
                                   delta=1.1e-6)
        lines = self.fine(*topics, "jsonl", quiet=False).splitlines()
        self.assertEqual([json.loads(line)["people"] for line in lines],
                         [int(row["people"]) for row in rows])
        for who in ("p0", "p7", "p39"):
            mine = self.fine(*topics, "csv", "--id", who, quiet=False)
            self.assertEqual(list(csv.DictReader(io.StringIO(mine))),
                             [row for row in rows if row["id"] == who])
        mine = self.fine(*topics, "table", "--id", "p0", quiet=False)
        self.assertEqual(mine.splitlines()[0].split(),
                         ["id", "topic", "score", "people", "quantity"])
        self.assertEqual(len(mine.splitlines()),
                         1 + sum(row["id"] == "p0" for row in rows))


if __name__ == "__main__":
    main()
