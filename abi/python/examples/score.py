"""Scores people, explains one, pins the algorithm, and meets a bad profile."""
import influence

FINGERPRINT = (
    "27d89c7b68fb6d35e9575adbc8d72803b25ca4d38d8486f381a3764086b0f8a0")

people = [
    {"id": "ada", "mentions": 120, "reshares": 85, "followers": 2400},
    {"id": "bob", "likes": -3},
]
with influence.Engine("v1") as engine:
    # v1, and no other table
    for result in engine.score(people, fingerprint=FINGERPRINT):
        if isinstance(result.error, influence.OutOfRange):
            print(f"{result.id} has no score: {result.error}")
            continue
        print(f"{result.id}: {result.score} points")
        for line in result.ledger.lines:
            print(f"  {line.factor:15} {line.points_micropoints:>10} of "
                  f"{line.weight_micropoints} millionths")
