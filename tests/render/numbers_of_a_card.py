"""Every number that a model card has to have, section by section, from the
table of the algorithm and from the project's files, worked out by a second
hand: nothing here is read from a card.

A section is a list of what stands in it: numbers as Decimal, dates and other
texts with digits in them as str.
"""
import decimal
import pathlib
import re
from decimal import Decimal

SHOWN_DIGITS = 6
SILENT_DAYS = 30
FORMULA = "weight * min(1, log2(1 + x) / log2(1 + saturation point))"
SIGNALS = ("mentions", "replies", "saves", "likes", "reshares", "quotes",
           "listings", "followers", "endorsements")


def micros(value):
    return Decimal(int(value)) / 10**6


def rounded(value, digits=SHOWN_DIGITS, up=False):
    return value.quantize(Decimal(10) ** -digits,
                          rounding=decimal.ROUND_CEILING if up
                          else decimal.ROUND_HALF_EVEN)


def log2(value):
    return value.ln() / Decimal(2).ln()


def arguments(text, macro):
    """The rows of a file of data, as lists of str."""
    for line in re.findall(rf"^{macro}\((.*)\)$", text, re.M):
        yield [cell.strip('"').replace("'", "")
               for cell in re.findall(r'"[^"]*"|[^,\s][^,]*', line)]


class Table:
    """An AlgorithmDescription in JSON, and what follows from it."""
    ROW = {"factor", "weight_micropoints", "full_marks_micros",
           "half_life_units", "counts"}
    ALGORITHM = {"id", "rows", "age_unit_seconds", "crowd_micros", "standing"}
    DESCRIPTION = {"algorithm", "fingerprint", "released", "prices"}

    def __init__(self, description):
        self.description = description
        algorithm = description["algorithm"]
        # A field that is new has to be put on the card.
        assert set(description) <= self.DESCRIPTION, description
        assert set(algorithm) <= self.ALGORITHM, algorithm
        assert all(set(row) <= self.ROW for row in algorithm["rows"])
        self.id = algorithm["id"]
        self.fingerprint = description["fingerprint"]
        self.released = description.get("released", False)
        self.rows = [
            (row["factor"], micros(row["weight_micropoints"]),
             micros(row["full_marks_micros"]), row.get("half_life_units", 0),
             {c["signal"].removeprefix("SIGNAL_").lower():
              micros(c["value_micros"]) for c in row["counts"]})
            for row in algorithm["rows"]]
        standing = algorithm.get("standing") or {}
        self.unit = int(algorithm.get("age_unit_seconds", 0)) or 86_400
        self.crowd = micros(algorithm.get("crowd_micros", 0)) or Decimal(20)
        self.teleport = (micros(standing.get("teleport_micros", 0))
                         or Decimal("0.15"))
        self.iterations = int(standing.get("iterations", 0)) or 100
        self.signals = {s for row in self.rows for s in row[4]}

    def earns(self, row, quantity):
        _, weight, full, _, _ = row
        if quantity >= full:
            return weight
        return weight * log2(1 + quantity) / log2(1 + full)

    def alone(self, signal, quantity):
        """None if it does not count."""
        for row in self.rows:
            if signal in row[4]:
                return rounded(self.earns(row, quantity * row[4][signal]))
        return None

    def newcomer(self, gift, accounts):
        total = Decimal(0)
        for row in self.rows:
            quantity = sum((value * gift * accounts
                            for signal, value in row[4].items()
                            if signal != "standing"), Decimal(0))
            quantity = rounded(min(quantity, Decimal(10) ** 12))
            total += rounded(self.earns(row, quantity))
        return total

    def gift(self, reactions):
        whole = reactions * self.crowd / (self.crowd + reactions)
        return whole.quantize(Decimal(10) ** -6, rounding=decimal.ROUND_DOWN)

    def bounds(self, row):
        """Of doubling, of tenfold, of silence: exact, before rounding."""
        _, weight, full, half_life, _ = row
        fade = (Decimal(2) ** -(Decimal(SILENT_DAYS * 86_400)
                                / (half_life * self.unit))
                if half_life else 1)
        return [weight - self.earns(row, full * part) for part in
                (Decimal("0.5"), Decimal("0.1"), fade)]

    def prices(self):
        return [[micros(line.get(f"{name}_micropoints", 0)) for name in
                 ("doubled", "tenfold", "silent_30_days")]
                for line in self.description["prices"]]


class Sources:
    """The project's files of data."""

    def __init__(self, root):
        self.root = pathlib.Path(root)
        self.tables = {}  # of the released algorithms, by id
        text = (self.root / "src/algorithm/evidence.inc").read_text()
        self.rows = {macro: list(arguments(text, macro)) for macro in
                     ("DATA", "EVIDENCE", "ALONE", "REASON", "AGREEMENT",
                      "DRIFT")}
        # What this reads is all there is.
        lines = re.findall(r"^[A-Z]+\(", text, re.M)
        assert len(lines) == sum(map(len, self.rows.values())), lines
        law = (self.root / "src/render/card_law.inc").read_text()
        self.law = {macro: list(arguments(law, macro)) for macro in
                    ("LAW", "EXCLUDED", "PARAMETERS", "RIGHT", "CASE")}
        lines = re.findall(r"^[A-Z]+\(", law, re.M)
        assert len(lines) == sum(map(len, self.law.values())), lines

    def of(self, macro, algorithm):
        return [row[1:] for row in self.rows[macro] if row[0] == algorithm]

    def year(self, data):
        return {name: year for name, year in self.rows["DATA"]}[data]

    def constant(self, path, pattern):
        found = re.findall(pattern, (self.root / path).read_text())
        assert len(found) == 1, (path, pattern, found)
        return Decimal(found[0].replace("'", ""))

    def version(self):
        text = (self.root / "CMakeLists.txt").read_text()
        return re.search(r"VERSION (\d+\.\d+\.\d+)", text)[1]


def date(cells):
    return "-".join(("%04d", "%02d", "%02d")[i] % int(cell)
                    for i, cell in enumerate(cells))


def evidence(table, sources):
    measured = sources.of("EVIDENCE", table.id)
    if not measured:
        return []
    shown = []
    for _, value, deviation, _, sample, _command in measured:
        shown += [micros(value), Decimal(sample)]
        if int(deviation):
            shown.append(micros(deviation))
    shown.append(sources.year("kPairs"))
    if any(row[3] == "kHiggs" for row in measured):
        shown.append(sources.year("kHiggs"))
    return shown + [Decimal("0.5"), Decimal(1),
                    Decimal(len(sources.of("ALONE", table.id))),
                    Decimal(len(table.signals))]


def drift(table, sources):
    for row in sources.of("DRIFT", table.id):
        source, people, up, down, beyond, least, most, *order, command = row
        before = sources.tables[source]
        resolution = sources.constant("src/insight/drift_counts.h",
                                      r"kScoreResolution = (\d+) \* kOne")
        yield ([Decimal(people), Decimal(up), Decimal(down), Decimal(beyond),
                micros(least), micros(most), resolution]
               + [micros(value) for value in order] + [command]
               + [price for one in (before, table) for _, price, _ in
                  one.prices()]
               + [sum(line[2] for line in one.prices())
                  for one in (before, table)])


def factors(table, sources):
    alone = {signal: micros(auc)
             for signal, auc in sources.of("ALONE", table.id)}
    shown = []
    for _, weight, full, half_life, counts in table.rows:
        shown += [weight, full, *counts.values()]
        if half_life:
            shown.append(Decimal(half_life))
            if table.unit != 86_400:
                shown.append(Decimal(table.unit))
        for signal in counts:
            name = "k" + signal.capitalize()
            if name in alone:
                shown.append(alone[name])
    if table.released:
        shown.append(f"src/algorithm/{table.id}/SPEC.md")
    return shown


def tally(table, sources):
    shown = [Decimal(table.unit), "q * E / (1 + N / c)",
             1 / sources.constant("src/model/event.h",
                                  r"kLeastQuality = kOne / (\d+);"),
             Decimal(1), table.crowd, table.crowd]
    if "endorsements" in table.signals:
        shown.append(sources.constant("src/model/event.h",
                                      r"kReturnedTenths = (\d+);") / 10)
    people = sources.constant("src/model/event.h",
                              r"kTopicShrinkage = (\d+);")
    return shown + [f"n / (n + {people})", "src/algorithm/v1/TALLY.md"]


def gaming(table):
    shown = [Decimal("0.1")]
    for accounts in (1, 10, 100, 1_000, 10_000):
        shown += [Decimal(accounts), table.newcomer(table.crowd, accounts),
                  table.newcomer(table.gift(1), accounts),
                  table.newcomer(table.gift(100), accounts)]
    for signal, quantity in (("mentions", table.crowd),
                             ("endorsements", table.crowd * 7 / 10)):
        if signal in table.signals:
            shown.append(table.alone(signal, quantity))
    if "followers" in table.signals:
        shown += [Decimal(10_000), table.alone("followers", Decimal(10_000))]
    return shown


def resolution(table, sources):
    shown = [sources.constant("src/insight/drift_counts.h",
                              r"kScoreResolution = (\d+) \* kOne")]
    for distance, percent in sources.of("AGREEMENT", table.id):
        shown += [micros(distance), Decimal(percent)]
    return shown


def sections(table, sources):
    """What stands in each section of the card, in order; the head first."""
    hundred = Decimal(100)
    width = sources.constant("src/scoring/evaluator.cc", r"whole_points / (\d+)")
    bands = [Decimal(0), width - 1, width, 2 * width - 1, 2 * width,
             3 * width - 1, 3 * width, 4 * width - 1, 4 * width, hundred]
    reactions = bool(table.signals - {"standing"})
    accounts = sources.constant("src/model/profile.h", r"kMaxAccounts = (\d+);")
    silence = sum(line[2] for line in table.prices())
    command = (f"influence card --algorithm {table.id}" if table.released
               else "influence card --algorithm-file FILE")
    return [part for part, is_there in (
        ([Decimal(0), hundred], True),
        ([table.fingerprint, sources.version()], True),
        (bands, True),
        ([], True),
        ([accounts, FORMULA, hundred], True),
        (factors(table, sources), True),
        (tally(table, sources), reactions),
        ([Decimal(table.iterations), table.teleport, Decimal(1),
          "src/algorithm/v1/STANDING.md"], "standing" in table.signals),
        ([Decimal(SILENT_DAYS), silence]
         + [price for line in table.prices() for price in line], True),
        (gaming(table), reactions),
        ([hundred], True),
        (evidence(table, sources), True),
        *((part, True) for part in drift(table, sources)),
        (resolution(table, sources), True),
        ([], True),
        ([row[2] for row in sources.law["EXCLUDED"] if len(row) > 2 and row[2]],
         True),
        ([row[1] for row in table.rows]
         + [row[1] for row in sources.law["PARAMETERS"]], True),
        ([row[1] for row in sources.law["RIGHT"]]
         + [row[1] for row in sources.law["CASE"]]
         + [date(row[2:]) for row in sources.law["CASE"]], True),
        ([], True),
        ([command], True),
        ([row[1] for row in sources.law["LAW"]]
         + [date(row[2:]) for row in sources.law["LAW"]], True),
    ) if is_there]
