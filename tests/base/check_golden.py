"""Recomputes golden cases from SPEC.md and decimal arithmetic alone.
Arguments: the project's root; the version, or nothing for v1. This is the check any stranger can make."""
import decimal
import pathlib
import re
import sys
from decimal import Decimal as D

decimal.getcontext().prec = 60
HEADER = "| factor | counts | weight, points | full marks at |"
version = sys.argv[2] if len(sys.argv) > 2 else "v1"
spec = pathlib.Path(sys.argv[1], "src/algorithm", version, "SPEC.md").read_text()
cases = pathlib.Path(sys.argv[1], "tests/golden", version, "cases.txt").read_text()

def micro(x):
    return x.quantize(D("1e-6"), decimal.ROUND_HALF_EVEN)

rows = {}  # factor: the value of each signal, weight, full marks
for line in spec[spec.index(HEADER):].split("\n\n")[0].splitlines()[2:]:
    factor, counts, *numbers = [c.strip().replace(",", " ") for c in line.split("|")[1:5]]
    values = {s: D(v) for s, v in re.findall(r"(\w+) ([\d.]+)", counts)}
    rows[factor] = values, *(D(n.replace(" ", "")) for n in numbers)
checked = errors = wrong = 0
for block in re.split(r"\n\s*\n", cases):
    lines = re.findall(r"^(\w+): *(.*)", block, re.M)
    case = dict(lines)
    errors += "error" in case
    if "score" not in case:
        continue
    x = dict.fromkeys(rows, D(0))
    for text in [text for key, text in lines if key == "account"]:
        signals = re.findall(r"(\w+)=([\d.]+)(?!\S)", re.sub(r"network=\S*", "", text))
        counts = {re.sub("ies$", "y", s).rstrip("s"): D(v) for s, v in signals}
        for factor, (values, _, _) in rows.items():
            x[factor] += micro(sum(v * counts.pop(s, 0) for s, v in values.items()))
        assert not counts, f"{case['why']}: SPEC.md does not count {counts}"
    want = {f: micro(w * min(D(1), (1 + x[f]).ln() / (1 + full).ln())) for f, (_, w, full) in rows.items()}
    got = {f: D(v) for f, v in re.findall(r"(\w+)=(\S+)", case["points"])}
    checked += 1
    if got != {f: want[f] for f in got} or D(case["score"]) != sum(want.values()):
        wrong += 1
        print(case["why"], f"golden {got} {case['score']}", f"SPEC.md {want} {sum(want.values())}", sep="\n  ")
print(f"{checked} cases recomputed, {wrong} wrong; {errors} error cases skipped")
sys.exit(1 if wrong or not checked else 0)
