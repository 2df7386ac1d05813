"""Scores the people of a CSV file, line by line of the sum; pins the algorithm,
and meets a bad profile."""
import csv
import sys

import influence

FINGERPRINT = (
    "27d89c7b68fb6d35e9575adbc8d72803b25ca4d38d8486f381a3764086b0f8a0")

with open(sys.argv[1], newline="", encoding="utf-8") as file:
    people = [{name: cell for name, cell in row.items() if cell}
              for row in csv.DictReader(file)]
with influence.Engine("v1") as engine:
    # v1, and no other table
    for result in engine.score(people, fingerprint=FINGERPRINT):
        if isinstance(result.error, influence.OutOfRange):
            print(f"{result.id} has no score: {result.error}")
            continue
        print(f"{result.id}: {result.score} points")
        for line in result.ledger.lines:
            print(f"  {line.factor:13} {line.points}")
