"""`verify`: good results pass, and no field can be changed unnoticed."""
import copy
import json
import pathlib

from harness import (BAD_DATA, CHECK_FAILED, COMMUNITY, CUSTOM, KLOUT,
                     UNKNOWN_ALGORITHM, V1, Case, account, main, profile,
                     request)

PROTO = ("--input-format", "proto")


def walk(value, path=()):
    """Every (path, scalar) of a JSON value."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from walk(inner, path + (key,))
    elif isinstance(value, list):
        for i, inner in enumerate(value):
            yield from walk(inner, path + (i,))
    else:
        yield path, value


def changed(value, is_fact):
    """Another value of the same field: one more of its smallest unit. A fact
    is changed by a whole one, because a millionth of a like is less than a
    ledger can show."""
    if value.startswith(("BAND_", "CAP_", "FACTOR_", "REASON_")):
        return {"BAND": "BAND_HIGH", "CAP": "CAP_FULL_MARKS",
                "FACTOR": "FACTOR_UNSPECIFIED", "REASON": "REASON_CODE_UNSPECIFIED",
                }[value.split("_")[0]]
    if not value.isdigit():
        return value + "x"
    return str(int(value) + (10**6 if is_fact else 1))


class Verify(Case):
    def response(self, source=COMMUNITY, *options):
        return self.json("score", source, *(options or V1))

    def verify(self, code, response, *options):
        done = self.run_raw("verify", "-", *options,
                            stdin=json.dumps(response).encode())
        out = done.stdout.decode() + done.stderr.decode()
        self.assertEqual(done.returncode, code, out)
        return out

    def test_good_results(self):
        out = self.verify(0, self.response())
        self.assertEqual(out.count("ok      "), 21)
        self.assertTrue(out.endswith("21 passed, 0 failed\n"))
        self.assertIn("59 passed",
                      self.verify(0, self.response(KLOUT)))
        path = self.folder / "result.pb"
        self.fine("score", COMMUNITY, *V1, "--format", "proto", "-o", path)
        self.assertIn("21 passed", self.fine("verify", path))

    def test_no_field_of_a_ledger_can_be_changed(self):
        response = self.response()
        ada = response["results"][0]
        response["results"] = [ada]
        places = [p for p, _ in walk(ada["ledger"])]
        self.assertGreater(len(places), 150)
        # All in one run: one person for each change.
        for path in places:
            result = copy.deepcopy(ada)
            result["id"] = "/".join(map(str, path))
            inner = result["ledger"]
            for key in path[:-1]:
                inner = inner[key]
            inner[path[-1]] = changed(inner[path[-1]],
                                      path[0] == "accounts")
            response["results"].append(result)
        out = self.verify(CHECK_FAILED, response)
        self.assertIn("ok      ada: ", out)
        for path in places:
            name = "/".join(map(str, path))
            self.assertIn(f"FAILED  {name}: ", out)
            self.assertNotIn(f"ok      {name}: ", out)

    def test_order_and_length_of_lists_are_checked_too(self):
        response = self.response()
        for name in ("lines", "lifted", "held_back", "accounts"):
            for change in (list.reverse, list.pop):
                tampered = copy.deepcopy(response)
                change(tampered["results"][0]["ledger"][name])
                out = self.verify(CHECK_FAILED, tampered)
                self.assertIn("FAILED  ada: ", out)
                self.assertIn("ok      babbage: ", out)

    def test_each_broken_law_is_named(self):
        def with_change(change):
            response = self.response()
            change(response["results"][0]["ledger"])
            return self.verify(CHECK_FAILED, response)

        def add(field, amount, inner=lambda ledger: ledger):
            def change(ledger):
                target = inner(ledger)
                target[field] = str(int(target[field]) + amount)
            return change

        line = lambda ledger: ledger["lines"][0]
        part = lambda ledger: ledger["lines"][0]["parts"][0]
        for change, words in (
                (add("score_micropoints", 1), "lines' points do not sum"),
                (add("score_micropoints", 1), "low is not the score"),
                (add("coverage_micropoints", -1), "sum to the coverage"),
                (add("high_micropoints", 10**8), "high is not between"),
                (add("high_micropoints", -1), "high is not between"),
                (add("points_micropoints", 1, line),
                 "attention: the parts' points do not sum"),
                (add("quantity_micros", 1, part),
                 "attention: the parts' quantities do not sum"),
                # Sums that wrap around must not pass for sums.
                (add("points_micropoints", 2**62, part), "parts' points")):
            self.assertIn(words, with_change(change))

    def test_a_consistent_lie_is_found_by_recomputation(self):
        response = self.response(KLOUT)
        ledger = response["results"][0]["ledger"]
        line = next(l for l in ledger["lines"] if l["parts"])
        for holder, field in ((ledger, "score_micropoints"),
                              (ledger, "low_micropoints"),
                              (ledger, "high_micropoints"),
                              (line, "points_micropoints"),
                              (line["parts"][0], "points_micropoints")):
            holder[field] = str(int(holder[field]) + 1)
        out = self.verify(CHECK_FAILED, response)
        self.assertNotIn("sum", out)
        self.assertIn("p01: score_micropoints is 6272571, recomputed 6272570",
                      out)
        self.assertIn("ok      p02", out)

    def test_algorithm_and_fingerprint(self):
        for field, value, words in (
                ("fingerprint", "00" * 32, "fingerprint"),
                ("algorithm", "v99", "v99"),
                ("algorithm", "acme/v1", "--algorithm-file")):
            response = self.response()
            response["identity"][field] = value
            self.assertIn(words, self.verify(UNKNOWN_ALGORITHM, response))

    def test_custom_algorithms(self):
        response = self.response(COMMUNITY, "--algorithm-file", CUSTOM)
        self.assertIn("'acme/v1'", self.verify(UNKNOWN_ALGORITHM, response))
        self.verify(0, response, "--algorithm-file", CUSTOM)
        table = json.loads(pathlib.Path(CUSTOM).read_text())
        table["rows"][0]["full_marks_micros"] += 1
        other = self.file("other.json", json.dumps(table))
        self.assertIn("fingerprint", self.verify(
            UNKNOWN_ALGORITHM, response, "--algorithm-file", other))
        table["id"] = "acme/v2"
        other = self.file("other.json", json.dumps(table))
        self.assertIn("is acme/v2", self.verify(
            UNKNOWN_ALGORITHM, response, "--algorithm-file", other))

    def test_by_request(self):
        path = self.folder / "result.json"
        self.fine("score", KLOUT, *V1, "--format", "json", "--as-of",
                  "2026-01-31", "-o", path)
        out = self.fine("verify", path, "--request", KLOUT)
        self.assertIn("61 passed, 0 failed", out)
        done = self.run_raw("verify", path, "--request", COMMUNITY)
        self.assertEqual(done.returncode, CHECK_FAILED)
        self.assertIn(b"the digests differ", done.stdout)
        # What the facts alone do not prove: whose they are, and when.
        for change in (lambda r: r["results"][0].update(id="p02"),
                       lambda r: r["results"].pop(),
                       lambda r: r["identity"].update(input_digest="00"),
                       lambda r: r["identity"].update(as_of_days=1)):
            response = json.loads(path.read_text())
            change(response)
            self.verify(CHECK_FAILED, response, "--request", KLOUT)
            if "00" not in response["identity"]["input_digest"][:2]:
                self.verify(0, response)

    def test_scores_without_ledgers_need_the_request(self):
        message = request(profile("ada", account(likes=5)), detail=1,
                          as_of=20_000)
        wanted = self.file("request.pb", message)
        response = self.json("score", "-", *V1, *PROTO, stdin=message)
        out = self.verify(CHECK_FAILED, response)
        self.assertIn("without its ledger cannot be recomputed", out)
        self.verify(0, response, "--request", wanted)
        response["results"][0]["ledger"]["score_micropoints"] = "5"
        self.verify(CHECK_FAILED, response, "--request", wanted)

    def test_errors_and_emptiness_are_told(self):
        message = request(profile("ada", account(likes=10**16 + 1)),
                          profile("bob", account(likes=1)))
        path = self.file("request.pb", message)
        response = json.loads(self.fine(
            "score", path, *V1, "--format", "json", "--on-error=skip",
            "--errors", "/dev/null", quiet=False))
        out = self.verify(0, response)
        self.assertIn("-       ada: an error, nothing to verify", out)
        self.assertIn("2 passed, 0 failed", out)
        self.verify(0, response, "--request", path)
        del response["results"][0]["error"]
        self.assertIn("neither a score nor an error",
                      self.verify(CHECK_FAILED, response))

    def test_another_library_version_is_no_fault_of_a_result(self):
        message = request(profile("ada", account(likes=5)), rendering=1)
        path = self.file("request.pb", message)
        response = self.json("score", path, *V1)
        response["results"][0]["text"] = "other words"
        self.verify(CHECK_FAILED, response, "--request", path)
        response["identity"]["library_version"] = "9.9.9"
        self.verify(0, response, "--request", path)

    def test_what_is_no_result(self):
        for content in (b"", b"{}", b"{", b'{"results": 3}', b'{"x": 3}',
                        b"\xff\xff", b"id,score\n"):
            self.fails(BAD_DATA, "verify", "-", stdin=content,
                       says="influence: standard input: ")
        self.fails(BAD_DATA, "verify", self.folder / "none",
                   says="No such file")


if __name__ == "__main__":
    main()
