"""Replays the published corpus through this package and prints the digest of
what it gives: conformance.py CORPUS. tests/conformance/README.md has the format.
Ends with 1 if a line is not the corpus's."""
import hashlib
import sys

import influence
from influence import _wire

PLAIN = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                  b"0123456789._-[]")


def name(text):
    """Any text as one word."""
    return "".join(chr(b) if b in PLAIN else f"%{b:02x}"
                   for b in text.encode()) or "%"


def numbers(raw, fields):
    return " ".join(str(raw.get(field, 0)) for field in fields.split())


def make_engine(words, out):
    try:
        if words[2] == "table":
            table = bytes.fromhex(words[3]) if len(words) > 3 else b""
            engine = influence.Engine.custom(table)
        else:
            engine = influence.Engine(words[2])
    except influence.Error as error:
        out.append(f"status {error.status}")
        return None
    out.append("status 0")
    described = engine.describe()
    out.append(f"algorithm {name(described['algorithm']['id'])} "
               f"{described['fingerprint']} "
               f"{int(described.get('released', False))}")
    for row in described["algorithm"]["rows"]:
        counts = "".join(
            " " + numbers(count, "signal value_micros")
            for count in row["counts"])
        out.append("row " + numbers(row, "factor weight_micropoints "
                                    "full_marks_micros half_life_units") +
                   counts)
    for price in described["prices"]:
        out.append("price " + numbers(
            price, "factor doubled_micropoints tenfold_micropoints "
            "silent_30_days_micropoints"))
    return engine


def answer(engine, request, out):
    try:
        data = engine.score_bytes(request)
    except influence.Error as error:
        out.append(f"status {error.status}")
        return
    out.append("status 0")
    response = _wire.decode(_wire.RESPONSE, data)
    identity = response["identity"]
    if identity["input_digest"] != hashlib.sha256(request).hexdigest():
        out.append("broken input_digest")
    out.append(f"identity {name(identity['algorithm'])} "
               f"{identity['fingerprint']} {identity.get('as_of_days', '-')}")
    for i, result in enumerate(response["results"]):
        out.append(f"result {name(result.get('id', ''))} "
                   f"{int('text' in result)}")
        if "ledger" in result:
            ledger(result["ledger"], out)
        if "error" in result:
            field = result["error"].get("field", "")
            field = field.removeprefix(f"profiles[{i}]").removeprefix(".")
            out.append(f"error {result['error'].get('code', 0)} {name(field)}")


def ledger(raw, out):
    out.append("ledger " + numbers(
        raw, "score_micropoints low_micropoints high_micropoints "
        "coverage_micropoints band"))
    for line in raw["lines"]:
        out.append("line " + numbers(
            line, "factor quantity_micros full_marks_micros share_micros "
            "weight_micropoints points_micropoints cap covered_micropoints "
            "missing_micropoints"))
        for part in line["parts"]:
            out.append(f"part {name(part.get('network', ''))} " + numbers(
                part, "quantity_micros points_micropoints"))
    for kind in ("lifted", "held_back"):
        for reason in raw[kind]:
            out.append(f"{kind} " + numbers(
                reason, "code factor points_micropoints quantity_micros "
                "full_marks_micros"))
    for account in raw["accounts"]:
        out.append(f"account {name(account.get('network', ''))} " + " ".join(
            str(account.get(signal, "-")) for signal in _wire.MICROS))


def replay(corpus):
    """The digest and the number of cases; raises ValueError at a difference
    """
    digest = hashlib.sha256()
    engines, cases = [], 0
    for block in blocks(corpus):
        words = block[0].split()
        out = []
        if words[0] == "engine":
            out.append(block[0])
            engines.append(make_engine(words, out))
        elif words[0] == "case":
            cases += 1
            request, engine = b"", None
            for line in block:
                word, _, rest = line.partition(" ")
                if word == "status":
                    answer(engine, request, out)
                    break
                if word == "by":
                    engine = engines[int(rest)]
                if word == "request":
                    request = bytes.fromhex(rest)
                out.append(line)
        else:
            out = block
        if out != block:
            raise ValueError("the corpus has\n" + "\n".join(block) +
                             "\nthis library gives\n" + "\n".join(out))
        digest.update(("\n".join(out) + "\n\n").encode())
    return digest.hexdigest(), cases


def blocks(corpus):
    block = []
    for line in corpus:
        if line.rstrip("\n"):
            block.append(line.rstrip("\n"))
        else:
            yield block
            block = []
    if block:
        raise ValueError("the corpus ends within a block")


if __name__ == "__main__":
    with open(sys.argv[1], encoding="ascii") as file:
        try:
            print("%s  %d cases" % replay(file))
        except ValueError as error:
            sys.exit(str(error))
