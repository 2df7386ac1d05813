"""Recomputes v1's golden cases from SPEC.md and decimal arithmetic alone.
Argument: the project's root. This is the check any stranger can make."""
import decimal
import pathlib
import re
import sys
from decimal import Decimal as D

decimal.getcontext().prec = 60
root = pathlib.Path(sys.argv[1])
SIGNAL = {"replies": "reply"}  # all other plurals only lose an s
HEADER = "| factor | counts | weight, points | full marks at |"


def micro(x):
    return x.quantize(D("1e-6"), decimal.ROUND_HALF_EVEN)


def number(text):
    return D(text.replace(",", ""))


table = {}
spec = (root / "src/algorithm/v1/SPEC.md").read_text()
for line in spec[spec.index(HEADER):].splitlines()[2:]:
    if not line.startswith("|"):
        break
    factor, counts, weight, full = [c.strip() for c in line.split("|")[1:5]]
    values = dict(count.split() for count in counts.split(", "))
    table[factor] = ({s: D(v) for s, v in values.items()}, number(weight), number(full))
checked = errors = wrong = 0
for block in re.split(r"\n\s*\n", (root / "tests/golden/v1/cases.txt").read_text()):
    lines = [l.split(":", 1) for l in block.splitlines() if not l.startswith("#")]
    case = {key: text.strip() for key, text in lines}
    if "score" not in case:
        errors += "error" in case
        continue
    x = dict.fromkeys(table, D(0))
    for signals in [dict(re.findall(r"(\w+)=(\S+)", t)) for k, t in lines if k == "account"]:
        signals.pop("network", None)
        counts = {SIGNAL.get(s, s.rstrip("s")): D(v) for s, v in signals.items()}
        for factor, (values, _, _) in table.items():
            x[factor] += micro(sum(v * counts.pop(s, 0) for s, v in values.items()))
        assert not counts, f"{case['why']}: SPEC.md does not count {counts}"
    want = {f: micro(w * min(D(1), (1 + x[f]).ln() / (1 + full).ln()))
            for f, (_, w, full) in table.items()}
    got = {f: D(v) for f, v in re.findall(r"(\w+)=(\S+)", case["points"])}
    checked += 1
    if got != {f: want[f] for f in got} or D(case["score"]) != sum(want.values()):
        wrong += 1
        print(case["why"], got, case["score"], "SPEC.md:", want, sum(want.values()), sep="\n  ")
print(f"{checked} cases recomputed, {wrong} wrong; {errors} error cases skipped")
sys.exit(1 if wrong or not checked else 0)
