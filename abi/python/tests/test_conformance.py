"""The corpus's sample, and that a difference is noticed."""
import hashlib
import pathlib
import re

import conformance
import pytest

ROOT = pathlib.Path(__file__).resolve().parents[3]
SAMPLE = ROOT / "tests" / "conformance" / "v1" / "corpus_sample.txt"


def test_the_sample():
    text = SAMPLE.read_text()
    digest, cases = conformance.replay(text.splitlines(keepends=True))
    assert digest == hashlib.sha256(text.encode()).hexdigest()
    assert cases >= 500


@pytest.mark.parametrize("kind", [
    "status", "identity", "ledger", "line", "part", "lifted", "held_back",
    "account", "error", "row", "price", "algorithm"])
def test_a_difference_is_noticed(kind):
    text = SAMPLE.read_text()
    found = re.search(rf"^{kind} .*[0-9a-z]$", text, re.MULTILINE)
    last = chr(ord(text[found.end() - 1]) ^ 1)
    changed = text[:found.end() - 1] + last + text[found.end():]
    with pytest.raises(ValueError, match="this library gives"):
        conformance.replay(changed.splitlines(keepends=True))


def test_a_corpus_cut_short_is_noticed():
    text = SAMPLE.read_text()[:-100]
    with pytest.raises(ValueError):
        conformance.replay(text.splitlines(keepends=True))
