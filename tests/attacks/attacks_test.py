"""The attacks that earlier scores fell to, made again on this one.

Each is a log of events that goes the whole way: tally, score, ledger. What it
may gain at most is proved in src/algorithm/v1/TALLY.md and asserted here, from
v1's published table alone. `python3 attacks_test.py ROOT BINARY`.

Every attack is made on a community that is there anyway, so that what is
measured is a gain, not a score that starts at nothing.
"""
import csv
import io
import json
import math
import pathlib
import random
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "cli"))
from harness import ROOT, V1, Case, main  # noqa: E402

CROWD = 20  # c: the reactions after which an account's weight is halved
POINTS = {"attention": (28, 100_000), "amplification": (22, 100_000),
          "curation": (20, 100_000), "audience": (18, 10_000_000),
          "endorsement": (6, 1_000)}
# What one reaction of each kind is worth in its factor.
WORTH = {"attention": (1, 1, 0.5, 0.25), "amplification": (1, 1.25),
         "curation": (1,), "audience": (1,), "endorsement": (1,)}
KINDS = ("mention", "reply", "save", "like", "reshare", "quote", "listing",
         "follower")
DAY, NOW = 86_400, 1_767_225_600  # 2026-01-01 00:00:00 UTC
AS_OF = NOW + DAY - 1             # the end of that day
ROUNDING = 3e-6                   # of two scores, and of what they count


def points(factor, x):
    """What a quantity earns."""
    weight, full = POINTS[factor]
    return weight * min(1, math.log2(1 + x) / math.log2(1 + full))


def gain(factor, more, before=0):
    """What so much more earns; the less, the more there is already."""
    return points(factor, before + more) - points(factor, before)


def most(givers, factors=tuple(POINTS)):
    """What that many accounts can give to one person, or to each member of a
    ring of them on the average: each gives less than c of each kind."""
    return sum(points(f, givers * CROWD * sum(WORTH[f])) for f in factors)


class Log:
    """A log of events, as CSV."""

    COLUMNS = ("actor", "subject", "kind", "time", "topic", "count", "network")

    def __init__(self, events=()):
        self.events = list(events)

    def __add__(self, other):
        return Log(self.events + other.events)

    def add(self, actor, subject, kind, time=AS_OF, topic="", count="",
            network=""):
        self.events.append((actor, subject, kind, time, topic, count,
                            network))

    def text(self):
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(self.COLUMNS)
        writer.writerows(self.events)
        return out.getvalue()


def community(people=120, events=6000, seed=1):
    """People who react to each other as people do: to few, to some far more
    than to others, over four months."""
    rng = random.Random(seed)
    log = Log()
    kinds = ("mention", "reply", "like", "reshare", "quote", "save")
    rank = [1 / (i + 1) for i in range(people)]
    for _ in range(events):
        a, b = rng.choices(range(people), k=1)[0], rng.choices(
            range(people), rank)[0]
        if a != b:
            log.add(f"p{a}", f"p{b}", rng.choice(kinds),
                    AS_OF - rng.randrange(120 * DAY),
                    f"topic{b % 5}" if a % 3 == 0 else "")
    for a in range(people):
        for b in {*rng.choices(range(people), rank, k=20)} - {a}:
            log.add(f"p{a}", f"p{b}", "follower", AS_OF - rng.randrange(
                300 * DAY))
    return log


class Attack(Case):
    @classmethod
    def setUpClass(cls):
        cls.base = community()

    def ledgers(self, log, as_of=AS_OF):
        """The ledger of everybody: {id: {factor: (points, quantity)}}."""
        out = self.fine("score", "--events", self.file("e.csv", log.text()),
                        *V1, "--as-of", as_of, "--format", "json", quiet=False)
        return {result["id"]: {
            line["factor"][len("FACTOR_"):].lower(): (
                int(line["points_micropoints"]) / 1e6,
                int(line["quantity_micros"]) / 1e6)
            for line in result["ledger"]["lines"]}
                for result in json.loads(out)["results"]}

    def attacked(self, attack, base=None):
        base = self.base if base is None else base
        return self.ledgers(base), self.ledgers(base + attack)

    @staticmethod
    def total(ledgers, who):
        return sum(p for p, _ in ledgers.get(who, {}).values())

    def gained(self, before, after, who, factor=None):
        if factor is None:
            return self.total(after, who) - self.total(before, who)
        nothing = (0, 0)
        return (after[who][factor][0]
                - before.get(who, {}).get(factor, nothing)[0])

    def assert_only(self, before, after, who, factors):
        """Nothing else moved, in any bit."""
        for factor, line in before[who].items():
            if factor not in factors:
                self.assertEqual(after[who][factor], line, factor)

    def assert_at_most(self, value, bound):
        self.assertLessEqual(value, bound + ROUNDING)


class Bought(Attack):
    def test_10000_bought_followers(self):
        attack = Log()
        for i in range(10_000):
            attack.add(f"bot{i}", "p0", "follower")
            attack.add(f"bot{i}", "newcomer", "follower")
        before, after = self.attacked(attack)
        had = before["p0"]["audience"][1]
        self.assert_at_most(self.gained(before, after, "p0"),
                            gain("audience", 10_000, had))
        self.assert_only(before, after, "p0", {"audience"})
        self.assert_at_most(self.total(after, "newcomer"),
                            points("audience", 10_000))

    def test_ten_times_the_followers(self):
        # 2.58 points at most, wherever one starts: v1's price list.
        for had in (10, 100, 1000):
            base, attack = Log(), Log()
            for i in range(had * 10):
                (base if i < had else attack).add(f"fan{i}", "ada", "follower")
            before, after = self.attacked(attack, base)
            self.assert_at_most(self.gained(before, after, "ada"), 2.58)

    def test_followers_who_follow_again_and_again(self):
        attack = Log()
        for i in range(50):
            attack.add(f"bot{i}", "newcomer", "follower", count=10_000)
        _, after = self.attacked(attack)
        self.assert_at_most(self.total(after, "newcomer"),
                            points("audience", 50 * CROWD))


class OneFan(Attack):
    def test_a_thousand_reactions(self):
        for kind, factor, worth in (("mention", "attention", 1),
                                    ("like", "attention", 0.25),
                                    ("quote", "amplification", 1.25),
                                    ("listing", "curation", 1)):
            attack = Log([("fan", "newcomer", kind, AS_OF - i * 60, "", "", "")
                          for i in range(1000)])
            _, after = self.attacked(attack)
            self.assert_at_most(self.total(after, "newcomer"),
                                points(factor, CROWD * worth))

    def test_a_billion_reactions_of_every_kind(self):
        attack = Log()
        for kind in KINDS:
            for _ in range(1000):
                attack.add("fan", "newcomer", kind, count=10**6)
        for topic in range(1000):
            attack.add("fan", "newcomer", "endorsement", topic=f"t{topic}")
        _, after = self.attacked(attack)
        self.assert_at_most(self.total(after, "newcomer"), most(1))

    def test_a_fan_on_several_networks_is_one_on_each(self):
        attack = Log()
        for network in ("x", "mastodon", "github"):
            attack.add("fan", "newcomer", "mention", count=10**6,
                       network=network)
        _, after = self.attacked(attack)
        self.assert_at_most(self.total(after, "newcomer"),
                            points("attention", 3 * CROWD))

    def test_the_hundredth_adds_almost_nothing_and_never_takes(self):
        last = 0
        for n in (1, 2, 5, 20, 99, 100, 1000, 10**6):
            log = Log()
            log.add("fan", "ada", "mention", count=n)
            _, x = self.ledgers(log)["ada"]["attention"]
            self.assertGreaterEqual(x, last)
            self.assertAlmostEqual(x, n / (1 + n / CROWD), delta=2e-6)
            last = x


class Everybody(Attack):
    def test_a_bot_that_reacts_to_everybody(self):
        victims = [f"p{i}" for i in range(120)] + [f"x{i}" for i in
                                                   range(3000)]
        for times in (1, 50):
            attack = Log()
            for who in victims:
                attack.add("bot", who, "mention", count=times)
            before, after = self.attacked(attack)
            bound = times * CROWD / (CROWD + times * len(victims))
            everything = 0
            for who in victims:
                had = before.get(who, {}).get("attention", (0, 0))[1]
                got = after[who]["attention"][1] - had
                everything += got
                self.assert_at_most(got, bound)
                self.assert_at_most(self.gained(before, after, who),
                                    gain("attention", bound, had))
            self.assertLess(everything, CROWD)
            self.assertEqual(self.total(after, "bot"), 0)


class Ring(Attack):
    def test_a_ring_that_endorses_and_mentions_itself(self):
        for size, times in ((2, 1), (10, 1), (10, 1000), (60, 1), (60, 100)):
            attack = Log()
            for a in range(size):
                for b in range(size):
                    if a == b:
                        continue
                    attack.add(f"r{a}", f"r{b}", "mention", count=times)
                    attack.add(f"r{a}", f"r{b}", "endorsement", topic="maths")
            before, after = self.attacked(attack)
            for factor, damped in (("attention", 1), ("endorsement", 0.7)):
                mean = sum(after[f"r{i}"][factor][0]
                           for i in range(size)) / size
                self.assert_at_most(mean, points(factor, CROWD * damped))
            for who in before:  # and nobody outside it moves
                self.assertEqual(after[who], before[who])

    def test_a_favour_that_is_returned_counts_less(self):
        log = Log([("a", "b", "endorsement", AS_OF, "maths", "", ""),
                   ("b", "a", "endorsement", AS_OF, "maths", "", "")])
        for lines in self.ledgers(log).values():
            self.assertGreater(lines["endorsement"][1], 0)
            self.assertLessEqual(lines["endorsement"][1], 0.7)

    def test_an_endorsement_counts_once_a_topic(self):
        log = Log([("a", "b", "endorsement", AS_OF - i * DAY, "maths", 1000, "")
                   for i in range(1000)])
        _, x = self.ledgers(log)["b"]["endorsement"]
        self.assertGreater(x, 0)
        self.assertLessEqual(x, 1)

    def test_a_chain_of_favours_is_no_better(self):
        # Nobody returns a favour, so nothing is damped but the volume.
        size = 60
        attack = Log()
        for a in range(size):
            for step in range(1, size // 2):
                attack.add(f"r{a}", f"r{(a + step) % size}", "endorsement",
                           topic="maths")
        _, after = self.attacked(attack)
        mean = sum(self.total(after, f"r{i}") for i in range(size)) / size
        self.assert_at_most(mean, points("endorsement", CROWD))


class Posting(Attack):
    def test_every_minute_for_80_days_without_an_answer(self):
        for minutes in (1, 30):
            attack = Log()
            for i in range(80 * 24 * 60 // minutes):
                attack.add("bot", "bot", "mention", AS_OF - i * 60 * minutes,
                           "maths")
            before, after = self.attacked(attack)
            self.assertEqual(self.total(after, "bot"), 0)
            for who in before:
                self.assertEqual(after[who], before[who])

    def test_a_dormant_account_with_canned_replies(self):
        attack = Log()
        rng = random.Random(2)
        for i in range(30 * 24 * 4):
            attack.add("bot", f"p{rng.randrange(120)}", "reply",
                       AS_OF - i * 15 * 60)
        before, after = self.attacked(attack)
        self.assertEqual(self.total(after, "bot"), 0)
        gained = sum(after[w]["attention"][1] - before[w]["attention"][1]
                     for w in before)
        self.assertLess(gained, CROWD)


class Topics(Attack):
    def topics(self, log, who):
        out = self.fine("topics", self.file("t.csv", log.text()), *V1,
                        "--as-of", AS_OF, "--id", who, "--format", "csv",
                        quiet=False)
        return {row["topic"]: row for row in csv.DictReader(io.StringIO(out))}

    def test_a_topic_mentioned_by_its_owner_only(self):
        for posts in (2, 10_000):
            log = Log()
            for i in range(posts):
                log.add("ada", "ada", "mention", AS_OF - i, "maths")
            log.add("bob", "ada", "mention")  # who says nothing of maths
            self.assertEqual(self.topics(log, "ada"), {})

    def test_few_people_prove_little(self):
        for people in (1, 5, 50):
            log = Log()
            for i in range(people):
                log.add(f"f{i}", "ada", "mention", topic="maths", count=1000)
            line = self.topics(log, "ada")["maths"]
            self.assertEqual(int(line["people"]), people)
            self.assertLess(float(line["quantity"]), people * CROWD)
            self.assert_at_most(float(line["score"]), float(line["quantity"])
                                * people / (people + 5))


class Burst(Attack):
    def test_just_before_as_of(self):
        def burst(time):
            return Log([(f"bot{i}", "newcomer", kind, time, "", "", "")
                        for i in range(1000) for kind in ("mention",
                                                          "reshare")])
        _, late = self.attacked(burst(AS_OF))
        _, early = self.attacked(burst(NOW))
        # The last minute is worth no more than the day's first.
        self.assertEqual(late["newcomer"], early["newcomer"])
        self.assert_at_most(self.total(late, "newcomer"),
                            points("attention", 1000)
                            + points("amplification", 1000))
        # One account's burst is one fan's.
        _, alone = self.attacked(Log([("bot", "newcomer", "mention", AS_OF,
                                       "", "", "")] * 1000))
        self.assert_at_most(self.total(alone, "newcomer"),
                            points("attention", CROWD))
        # And it fades: by half every 45 days, whoever is silent.
        faded = self.ledgers(self.base + burst(AS_OF), AS_OF + 45 * DAY)
        for factor in ("attention", "amplification"):
            self.assertLess(faded["newcomer"][factor][1],
                            late["newcomer"][factor][1] * 0.55)


class Silence(Attack):
    def test_30_days_without_anything_new(self):
        prices = json.loads(self.fine("algorithms", "show", "v1", "--format",
                                      "json"))["prices"]
        bound = {p["factor"][len("FACTOR_"):].lower():
                 int(p["silent_30_days_micropoints"]) / 1e6 for p in prices}
        before = self.ledgers(self.base)
        after = self.ledgers(self.base, AS_OF + 30 * DAY)
        for who, lines in before.items():
            for factor, (had, _) in lines.items():
                lost = had - after[who][factor][0]
                self.assert_at_most(lost, bound[factor])
                self.assertGreaterEqual(lost, -ROUNDING)
        self.assertLess(sum(bound.values()), 2.12)


class Prices(Attack):
    """What an attacker can still do, and what it takes."""

    def test_the_price_list(self):
        shown = (ROOT / "src/algorithm/v1/TALLY.md").read_text()
        table = re.findall(r"^\| ([\d,]+) \| ([\d.]+) \| ([\d.]+) \| ([\d.]+) \|$",
                           shown, re.MULTILINE)
        self.assertEqual([row[0] for row in table],
                         ["1", "10", "100", "1,000", "10,000"])
        for accounts, bound, *measured in table:
            givers = int(accounts.replace(",", ""))
            self.assertEqual(f"{math.ceil(most(givers) * 10) / 10:.1f}", bound)
            for times, figure in zip((1, 100), measured):
                got = self.total(self.ledgers(self.farm(givers, times)),
                                 "newcomer")
                self.assert_at_most(got, most(givers))
                self.assertEqual(f"{got:.1f}", figure, (givers, times))

    @staticmethod
    def farm(givers, times):
        """Accounts that do nothing else, each so many times of each kind."""
        log = Log()
        for i in range(givers):
            for kind in KINDS:
                log.add(f"bot{i}", "newcomer", kind, count=times)
            for topic in range(times):
                log.add(f"bot{i}", "newcomer", "endorsement",
                        topic=f"topic{topic}")
        return log


if __name__ == "__main__":
    main()
