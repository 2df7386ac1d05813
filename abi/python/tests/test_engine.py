"""Profiles in, results out; errors, threads, lifetimes."""
import ctypes
import decimal
import gc
import os
import pathlib
import re
import subprocess
import sys
import threading

import pytest
from conftest import ADA, ADA_SCORE

import influence
from influence import _errors, _library, _wire

D = decimal.Decimal
ROOT = pathlib.Path(__file__).resolve().parents[3]


def test_score_is_the_specifications(engine):
    result = engine.score([ADA])[0]
    assert result.ledger.score_micropoints == ADA_SCORE
    assert result.score == D("36.901409") and result.band == "limited"
    assert (result.low, result.high) == (result.score, D("48.901409"))
    assert result.coverage == 88
    assert sum(line.points_micropoints
               for line in result.ledger.lines) == ADA_SCORE
    assert result.ledger.accounts[0].followers == 2400
    assert result.ledger.accounts[0].standing is None


def test_without_lines(engine):
    whole, score = engine.score([ADA])[0], engine.score([ADA], lines=False)[0]
    assert whole.score == score.score and whole.high == score.high
    assert whole.ledger.lines and not score.ledger.lines


def test_dataclasses_and_dicts_are_the_same(engine):
    account = influence.Account("x", followers=7, likes="0.5")
    one, two, three = engine.score([
        influence.Profile("a", [account]),
        {"id": "a", "network": "x", "followers": 7, "likes": D("0.5")},
        {"id": "a", "accounts": [account]}])
    assert one == two == three
    both = engine.score([{"id": "b", "accounts": [
        {"network": "x", "likes": 1}, {"network": "y", "likes": 2}]}])[0]
    assert [p.network for p in both.ledger.lines[0].parts] == ["x", "y"]


def test_counts_are_exact(engine):
    def micros(value, **options):
        result = engine.score([{"id": "", "saves": value}], **options)[0]
        return result.ledger.accounts[0].saves * 10**6
    assert micros("0.1") == 100_000
    assert micros(D("0.0000005")) == 0 and micros("0.0000015") == 2
    assert micros("9007199254.740993") == 9007199254740993
    assert micros(0.5, floats="half_even") == 500_000
    assert micros(0.1, floats="half_even") == 100_000
    with pytest.raises(TypeError, match="saves is a float"):
        micros(0.5)
    for bad in (True, [1], object()):
        with pytest.raises(TypeError, match="no number"):
            micros(bad)
    for bad in ("x", "nan", "inf", 10**30, "1e400"):
        with pytest.raises(influence.OutOfRange):
            micros(bad)
    with pytest.raises(influence.InvalidArgument, match="half_up"):
        micros(1, floats="half_up")


def test_what_is_no_profile(engine):
    for people in ([{"karma": 1}], [{"id": "a", "accounts": [], "likes": 1}],
                   [7], "ada", ADA, influence.Profile("a"), b"x"):
        with pytest.raises(TypeError):
            engine.score(people)
    assert engine.score([]) == []
    assert engine.score(iter([{"id": "a"}]))[0].score == 0


def test_a_bad_profile_spoils_no_other(engine):
    first, bad, last = engine.score([ADA, {"id": "bad", "likes": -1}, ADA])
    assert first == last
    assert isinstance(bad.error, influence.OutOfRange)
    assert bad.error.field == "accounts[0].likes_micros"
    with pytest.raises(influence.OutOfRange, match="negative"):
        bad.score  # noqa: B018


def test_many_profiles_keep_their_order(engine):
    wide = {"id": "wide", "accounts": [{"network": "x" * 64}] * 64}
    people = [wide if i % 5 == 0 else {"id": str(i), "likes": i}
              for i in range(10_001)]
    assert [r.id for r in engine.score(people)] == [p["id"] for p in people]


def test_every_status(engine):
    head = b"\x0a\x02v1"
    for kind, call in (
            (influence.InvalidArgument,
             lambda: engine.score_bytes(head + b"\x20\x63")),
            (influence.Malformed, lambda: engine.score_bytes(b"\xff")),
            (influence.TooLarge,
             lambda: engine.score_bytes(bytes((16 << 20) + 1))),
            (influence.UnknownAlgorithm, lambda: influence.Engine("v0")),
            (influence.AlgorithmMismatch,
             lambda: engine.score([], fingerprint="0" * 64)),
            (influence.InvalidAlgorithm,
             lambda: influence.Engine.custom(b"\x0a\x07acme/v1")),
            (influence.OutOfRange,
             lambda: engine.score([{"likes": 10**11}])[0].score),
            (influence.InvalidUtf8, lambda: _raise(_wire.decode(
                _wire.RESPONSE, engine.score_bytes(
                    head + b"\x1a\x03\x0a\x01\xff"))))):
        with pytest.raises(kind) as caught:
            call()
        assert caught.value.status == kind.status
        assert _library.status_name(kind.status) in str(caught.value)
    # These two cannot be had from outside; nor can one of tomorrow.
    for status, kind in ((9, influence.OutOfMemory), (10, influence.Internal),
                         (77, influence.Error)):
        error = _errors.error_of(status, "why")
        assert type(error) is kind and error.status == status
    assert issubclass(influence.OutOfMemory, MemoryError)
    assert _errors.error_of(11).status == influence.Cancelled.status == 11
    assert _library.status_name(12) == "UNKNOWN"  # or it wants a class


def _raise(raw):
    error = raw["results"][0]["error"]
    raise _errors.error_of(error["code"], error["message"])


def test_custom_algorithm():
    table = {"id": "acme/v1", "rows": [{
        "factor": "audience", "weight": 100, "full_marks": 1000,
        "counts": {"followers": 1}}]}
    with influence.Engine.custom(table) as engine:
        assert engine.algorithm == "acme/v1"
        assert engine.score([{"followers": 1000}])[0].score == 100
        assert engine.describe()["prices"]


def test_explanation(engine):
    shown = engine.explain(ADA)
    assert "13.369371" in str(shown) and shown.result.score == D("36.901409")
    assert repr(shown) == "<Explanation of 'ada'>"
    page = engine.explain({"id": "<script>", "likes": 1})._repr_html_()
    assert "<script>" not in page and "&lt;script&gt;" in page
    for shown in (engine.explain({"id": "<b", "likes": -1}),):
        assert "negative" in str(shown)
        assert "negative" in shown._repr_html_() and "<b:" not in str(
            shown._repr_html_())


def test_the_library():
    assert influence.library_version() >= "0.1.0"
    listed = influence.algorithms()
    assert listed[0]["algorithm"]["id"] == "v1" and listed[0]["released"]


def test_a_closed_engine():
    engine = influence.Engine("v1")
    engine.close()
    engine.close()
    for call in (lambda: engine.score([ADA]), engine.describe,
                 lambda: engine.explain(ADA), lambda: engine.score_bytes(b"")):
        with pytest.raises(ValueError, match="closed"):
            call()


def test_sixteen_threads_share_an_engine(engine):
    people = [{"id": str(i), "likes": i} for i in range(200)]
    wanted = engine.score(people)
    found = []

    def work():
        for _ in range(5):
            found.append(engine.score(people) == wanted)
    threads = [threading.Thread(target=work) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [True] * 80


def test_close_waits_for_calls():
    for _ in range(30):
        engine = influence.Engine("v1")
        ends = []

        def work(engine=engine, ends=ends):
            try:
                while True:
                    engine.score([{"likes": 1}] * 20)
            except ValueError as error:
                ends.append(str(error))
        threads = [threading.Thread(target=work) for _ in range(4)]
        for thread in threads:
            thread.start()
        engine.close()
        for thread in threads:
            thread.join()
        assert ends == ["the engine is closed"] * 4


def resident():
    pages = int(pathlib.Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGESIZE")


def test_nothing_grows():
    """A million rounds with INFLUENCE_ROUNDS=1000000."""
    rounds = int(os.environ.get("INFLUENCE_ROUNDS", 20_000))
    request = b"\x0a\x02v1\x1a\x03\x0a\x01a"

    def use(times):
        for i in range(times):
            engine = influence.Engine("v1")
            engine.score_bytes(request)
            with pytest.raises(influence.Malformed):
                engine.score_bytes(b"\xff")
            if i % 10:
                engine.close()
        gc.collect()
    use(rounds // 4)
    before = resident()
    use(rounds)
    assert resident() - before < 8 << 20


STUB = r"""
#include <stdint.h>
#ifndef ABI
#define ABI 1
#endif
#ifndef VERSION
#define VERSION "0.1.0"
#endif
uint32_t influence_abi_version(void) { return ABI; }
const char* influence_library_version(void) { return VERSION; }
"""


@pytest.mark.parametrize("flags,says", [
    (["-DABI=2", '-DVERSION="3.1.4"'], ["0.1.0", "3.1.4", "ABI 1", "ABI 2"]),
    (['-DVERSION="0.0.9"'], ["0.1.0", "0.0.9"]),
    (['-DVERSION="junk"'], ["junk"]),
    ([], ["influence_status_name()", "lacks"]),
])
def test_another_library_is_refused(tmp_path, flags, says):
    source = tmp_path / "stub.c"
    source.write_text(STUB)
    library = tmp_path / "stub.so"
    subprocess.run(["cc", "-shared", "-fPIC", *flags, source, "-o", library],
                   check=True)
    done = subprocess.run(
        [sys.executable, "-c", "import influence"], check=False, text=True,
        stderr=subprocess.PIPE,
        env={**os.environ, "INFLUENCE_LIBRARY": str(library)})
    assert done.returncode == 1 and "IncompatibleLibrary" in done.stderr
    for word in says:
        assert word in done.stderr


def test_newer_versions_are_taken():
    for version in ("0.1.0", "0.1.1", "0.10.0", "1.0.0"):
        _library.check_version(1, version)


def test_the_declared_functions_are_the_headers():
    header = (ROOT / "include/influence/influence.h").read_text()
    for name in _library._FUNCTIONS:
        assert f"influence_{name}(" in header
    promised = re.findall(r"\b(influence_\w+)\(", re.sub(
        r"/\*.*?\*/", "", header, flags=re.DOTALL))
    assert set(promised) == {f"influence_{n}" for n in _library._FUNCTIONS}
    assert ctypes.sizeof(_library.Bytes) == 2 * ctypes.sizeof(ctypes.c_void_p)


def test_the_example_is_the_readmes():
    here = pathlib.Path(__file__).resolve().parents[1]
    program = here / "examples" / "score.py"
    printed = subprocess.run(
        [sys.executable, program, ROOT / "examples" / "people.csv"],
        check=True, text=True, stdout=subprocess.PIPE).stdout
    readme = (here / "README.md").read_text()
    assert f"```python\n{program.read_text()}```\n" in readme
    assert f"```text\n{printed}```\n" in readme
