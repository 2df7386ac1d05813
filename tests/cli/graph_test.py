"""The graph that a score names: verified, reported, interrupted."""
import csv
import gzip
import io
import json
import signal
import subprocess
import time

from harness import (BAD_DATA, BINARY, CHECK_FAILED, CUSTOM, EXAMPLES, FINE,
                     USAGE, V1, Case, main)
from standing_test import ranks_of, signal as standing_of

EDGES = str(EXAMPLES / "edges_made_up.csv")
SEEDS = str(EXAMPLES / "seeds_made_up.csv")
GRAPH = "19b0fa247d77e2e7302c48f71452138d807d5d6028affe4f5d75fc89767074d7"
SEED = "19255d5af3832b6958349074aac33f8be46f93c34cda436012bee5becf7581bd"
RANKS = "c23603c8544afca9e64da038695fedc10bdfcc7f60296fdddb0b421dfffd4312"
ASKED = ("--edges", EDGES, "--seeds", SEEDS)
FARADAY = f"""\
Where the standing comes from
from          standing                rank
ada           0.743837  245024517772778149
mary          0.263789   86893884311335819
augusta       0.259340   85428217547694419
10 others     0.777928  256254515520896434
being a seed  0.000000                   0
rounding      0.000001                   0
together      2.044895  673601135152704821
Standing 1 is what everybody would have if all were alike; number 2 by rank.
graph {GRAPH}, 14 nodes, 87 edges
seeds {SEED}, 100 steps, 0.15 anew
"""
ME = "influence: 4 edges from somebody to themselves were ignored\n"


def rows_of(path):
    with open(path, newline="") as file:
        return list(csv.DictReader(file))


class Example(Case):
    def test_is_what_it_always_was(self):
        done = self.run_raw("standing", EDGES, "--seeds", SEEDS, "--top", 2)
        self.assertEqual(done.stderr.decode(), ME)
        self.assertEqual(done.stdout.decode(), f"""\
        id  standing                 rank
1      ada  3.208709  1056968508039435157
2  faraday  2.044895   673601135152704821

14 nodes (0 give to nobody), 87 edges, 2 seeds, 100 steps, 0.15 anew
graph {GRAPH}
seeds {SEED}
ranks {RANKS}
""")
        opened = self.run_raw("standing", EDGES, "--seeds", SEEDS, "--id",
                              "faraday", "--top", 3)
        self.assertEqual(opened.stdout.decode(), FARADAY)

    def test_is_the_rule(self):
        edges = [(row["from"], row["to"], int(row["weight"]))
                 for row in rows_of(EDGES)]
        want = ranks_of(edges, {row["id"]: int(row["weight"])
                                for row in rows_of(SEEDS)})
        got = self.run_raw("standing", EDGES, "--seeds", SEEDS, "--format",
                           "csv").stdout.decode()
        self.assertEqual(
            [(row["id"], int(row["rank"]), row["standing"])
             for row in csv.DictReader(io.StringIO(got))],
            [(who, rank, standing_of(rank, len(want)))
             for who, rank in sorted(want.items())])

    def test_from_standard_input_and_gzip(self):
        with open(EDGES, "rb") as file:
            content = file.read()
        asked = ("--seeds", SEEDS, "--format", "csv")
        want = self.run_raw("standing", EDGES, *asked).stdout
        for data in (content, gzip.compress(content)):
            done = self.run_raw("standing", "-", "--input-format", "csv", *asked,
                                stdin=data)
            self.assertEqual(done.stdout, want, done.stderr)
        self.assertGreater(len(want), 100)
        self.fails(USAGE, "standing", "-", "--seeds", "-", says="standard input")
        self.fails(BAD_DATA, "standing",
                   self.file("cut.csv.gz", gzip.compress(content)[:-9]), *asked)

    def test_one_opened_is_no_table(self):
        self.fails(USAGE, "standing", EDGES, "--seeds", SEEDS, "--id", "ada",
                   "--format", "csv", says="--id is in words")


class Verified(Case):
    def setUp(self):
        super().setUp()
        self.people = self.file("people.csv", "id,network,likes\nada,x,50\n"
                                "faraday,x,7\nnobody,x,9\n")
        self.stored = self.score("json")

    def score(self, form):
        done = self.run_raw("score", self.people, *V1, *ASKED, "--format", form)
        self.assertEqual(done.returncode, FINE, done.stderr)
        return self.file("stored." + form, done.stdout)

    def verify(self, code, *options, stored=None, says=()):
        done = self.run_raw("verify", stored or self.stored, *options)
        said = done.stdout.decode()
        self.assertEqual(done.returncode, code, (said, done.stderr))
        for words in [says] if isinstance(says, str) else says:
            self.assertIn(words, said)

    def tampered(self, change):
        with open(self.stored) as file:
            response = json.load(file)
        change(response)
        return self.file("tampered.json", json.dumps(response))

    def test_names_its_graph(self):
        self.verify(FINE, says=f"-       of the graph {GRAPH}, 14 nodes, 87 edges")
        for stored in (self.stored, self.score("proto")):
            self.verify(FINE, *ASKED, stored=stored,
                        says=f"ok      graph {GRAPH}, 14 nodes, 87 edges")
            self.verify(FINE, *ASKED, "--threads", 2, "--request", self.people,
                        stored=stored,
                        says=("is the request, by its digest",
                              "scored again, every field is the same"))
        # The profiles alone are another request: standing is part of it.
        self.verify(CHECK_FAILED, "--request", self.people,
                    says="is another request")

    def test_another_graph_is_told(self):
        with open(EDGES) as file:
            fewer = self.file("fewer.csv", file.read().rsplit("\n", 2)[0] + "\n")
        self.verify(CHECK_FAILED, "--edges", fewer, "--seeds", SEEDS,
                    says=(f"the result is of another graph: of {GRAPH}, 14 nodes, "
                          "87 edges; the edges make ", "14 nodes, 86 edges"))
        self.verify(CHECK_FAILED, "--edges", EDGES, "--uniform-seeds",
                    says="its seeds or its rule are others")
        self.verify(FINE, "--expect-graph", GRAPH, "--expect-seeds", SEED,
                    says=(f"ok      graph {GRAPH}", f"ok      seeds {SEED}"))
        self.verify(CHECK_FAILED, "--expect-graph", SEED,
                    says=f"of other graph: of {GRAPH}, not {SEED}")
        self.verify(CHECK_FAILED, "--expect-seeds", GRAPH, says="of other seeds")
        self.fails(USAGE, "verify", self.stored, "--seeds", SEEDS,
                   says="standing needs --edges")
        self.fails(USAGE, "verify", self.stored, "--edges", EDGES,
                   says="without seeds there is no standing")

    def test_events_are_a_graph(self):
        events = str(EXAMPLES / "events_made_up.csv")
        asked = ("--events", events, "--seeds", SEEDS)
        done = self.run_raw("score", *V1, *asked, "--as-of", "2026-01-31",
                            "--format", "json")
        self.assertEqual(done.returncode, FINE, done.stderr)
        stored = self.file("stored.json", done.stdout)
        self.verify(FINE, *asked, stored=stored, says="ok      graph ")
        self.verify(CHECK_FAILED, *asked, "--as-of", "2026-02-01", stored=stored,
                    says="of another graph")
        self.verify(CHECK_FAILED, *ASKED, stored=stored, says="of another graph")
        self.fails(USAGE, "verify", stored, "--events", events,
                   says="of --seeds")

    def test_what_was_changed_is_told(self):
        def other_nodes(response):
            response["identity"]["graph"]["nodes"] = "15"
        self.verify(CHECK_FAILED, *ASKED, stored=self.tampered(other_nodes),
                    says="14 nodes")

        def no_graph(response):
            del response["identity"]["graph"]
        self.verify(CHECK_FAILED, *ASKED, stored=self.tampered(no_graph),
                    says="the result names no graph")

        # A person of the same graph, with a standing that somebody stated.
        stated = self.file("stated.csv", "id,network,likes,standing\n"
                           "ada,x,50,9\nfaraday,x,7,2.044895\nnobody,x,9,1\n")
        other = json.loads(self.run_raw("score", stated, *V1, "--format",
                                        "json").stdout)

        def other_standing(response):
            response["results"] = other["results"]
        self.verify(CHECK_FAILED, *ASKED, stored=self.tampered(other_standing),
                    says=("ada: its standing is 9.000000, the graph's is 3.208709",
                          "nobody: its standing is 1.000000, the graph's is unknown",
                          "2 failed"))


class Reported(Case):
    def test_a_page_has_the_same_standing(self):
        people = self.file("people.csv", "id,network,mentions\nada,x,50\nbob,x,7\n")
        pages = {}
        for form in ("text", "html"):
            done = self.run_raw("report", people, *V1, *ASKED, "--id", "ada",
                                "--format", form)
            self.assertEqual(done.returncode, FINE, done.stderr)
            pages[form] = done.stdout
        self.assertIn("3.20", pages["text"].decode())
        page = self.file("page.html", pages["html"])
        self.assertIn("0 failed", self.fine("verify", page))
        self.fails(USAGE, "verify", page, *ASKED, says="no option goes with it")
        # What says how edges are read is said to its graph, too.
        with open(EDGES, "rb") as file:
            content = file.read()
        done = self.run_raw(
            "report", people, *V1, "--edges", "-", "--seeds", SEEDS,
            "--input-format", "csv", "--id", "ada", "--format", "text",
            stdin=content)
        self.assertEqual(done.stdout, pages["text"], done.stderr)
        without = self.run_raw("report", people, *V1, "--population", "--format",
                               "text").stdout
        every = self.run_raw("report", people, *V1, *ASKED, "--population",
                             "--format", "text")
        self.assertEqual(every.returncode, FINE, every.stderr)
        self.assertNotEqual(every.stdout, without)

    def test_by_halves_is_refused(self):
        people = self.file("people.csv", "id,standing\nada,50\n")
        asked = ("report", people, *V1, "--id", "ada")
        self.fails(USAGE, *asked, "--seeds", SEEDS, says="standing needs --edges")
        self.fails(USAGE, *asked, "--edges", EDGES,
                   says="without seeds there is no standing")
        self.fails(BAD_DATA, *asked, *ASKED, says="states a standing already")


class Interrupted(Case):
    def test_leaves_nothing_and_can_be_run_again(self):
        chain = self.file("chain.csv", "from,to\n" + "".join(
            f"n{i},n{i * 7919 % 20_011}\n" for i in range(20_000)))
        seeds = self.file("seeds.csv", "id\nn1\n")
        with open(CUSTOM) as file:
            algorithm = json.load(file)
        algorithm["standing"] = {"iterations": 10_000}
        long = self.file("long.json", json.dumps(algorithm))
        before = sorted(self.folder.iterdir())
        arguments = [BINARY, "standing", chain, "--seeds", seeds, "--report",
                     str(self.folder / "r.json"), "-o",
                     str(self.folder / "out.csv"), "--format", "csv"]
        for number in (signal.SIGINT, signal.SIGTERM):
            with subprocess.Popen([*arguments, "--algorithm-file", long],
                                  stderr=subprocess.DEVNULL) as child:
                time.sleep(0.2)
                child.send_signal(number)
                self.assertEqual(child.wait(), -number)
            self.assertEqual(sorted(self.folder.iterdir()), before)
        self.run_raw(*arguments[1:], *V1)
        self.assertEqual(len(rows_of(self.folder / "out.csv")), 20_011)


if __name__ == "__main__":
    main()
