"""Standing on the command line: standing, score and explain with --seeds."""
import csv
import decimal
import gzip
import hashlib
import io
import json
import random
import resource
import signal as signals

from harness import (BAD_DATA, EXAMPLES, FINE, INTERNAL, UNKNOWN_ALGORITHM, USAGE, V1,
                     Case, main, number, text, varint)

TOTAL = 2**62
MOST = 2**63 - 1
EVENTS = str(EXAMPLES / "events_made_up.csv")
SEEDS = str(EXAMPLES / "seeds_made_up.csv")
AS_OF = ("--as-of", "2026-01-31")


def ranks_of(edges, seeds, steps=100, teleport=150_000):
    """STANDING.md, once more, in whole numbers of any size."""
    nodes = sorted({end for edge in edges for end in edge[:2]})
    weights = {}
    for source, target, weight in edges:
        if source != target and weight:
            pair = source, target
            weights[pair] = weights.get(pair, 0) + weight
    given = dict.fromkeys(nodes, 0)
    for (source, _), weight in weights.items():
        given[source] += weight
    share = {pair: (2**64 - 1) * weight // given[pair[0]]
             for pair, weight in weights.items()}
    keep = (10**6 - teleport) * 2**64 // 10**6
    if seeds is None:
        seeds = dict.fromkeys(nodes, 1)
    wanted = {}
    for seed, weight in (seeds.items() if isinstance(seeds, dict) else seeds):
        if seed in given and weight:
            wanted[seed] = wanted.get(seed, 0) + weight
    everything = sum(wanted.values())

    def hand_out(leak, ranks):
        left = leak
        for seed in sorted(wanted):
            part = leak * wanted[seed] // everything
            ranks[seed] += part
            left -= part
        for seed in sorted(wanted)[:left]:
            ranks[seed] += 1
        return ranks

    ranks = hand_out(TOTAL, dict.fromkeys(nodes, 0))
    for _ in range(steps):
        kept = {node: rank * keep >> 64 for node, rank in ranks.items()}
        after = dict.fromkeys(nodes, 0)
        for (source, target), part in share.items():
            after[target] += kept[source] * part >> 64
        ranks = hand_out(TOTAL - sum(after.values()), after)
    return ranks


def graph_digest(edges):
    """STANDING.md's, of edges that may recur."""
    nodes = sorted({end.encode() for edge in edges for end in edge[:2]})
    number_of = {node: i for i, node in enumerate(nodes)}
    weights = {node: {} for node in nodes}
    for source, target, weight in edges:
        if source != target and weight:
            row = weights[source.encode()]
            to = number_of[target.encode()]
            row[to] = row.get(to, 0) + weight
    digest = hashlib.sha256(
        len(nodes).to_bytes(8, "little")
        + sum(map(len, weights.values())).to_bytes(8, "little"))
    for node in nodes:
        digest.update(len(node).to_bytes(4, "little") + node)
        digest.update(len(weights[node]).to_bytes(4, "little"))
        for to, weight in sorted(weights[node].items()):
            digest.update(to.to_bytes(4, "little") + weight.to_bytes(8, "little"))
    return digest.hexdigest()


def signal(rank, nodes):
    micros = rank * nodes * 10**6 // TOTAL
    return f"{micros // 10**6}.{micros % 10**6:06d}"


def random_edges(count, people, seed, most=1000):
    rng = random.Random(seed)
    return [(f"n{int(people * rng.random() ** 2)}",
             f"n{int(people * rng.random() ** 2)}",
             rng.choice((0, 1, 1, rng.randrange(1, most))))
            for _ in range(count)]


def as_csv(edges):
    return "from,to,weight\n" + "".join(f"{a},{b},{w}\n" for a, b, w in edges)


def as_jsonl(edges):
    return "\n".join(json.dumps({"from": a, "to": b, "weight": w})
                     for a, b, w in edges)


def as_proto(edges, batch=100):
    out = b""
    for i in range(0, len(edges), batch):
        message = b""
        for a, b, w in edges[i:i + batch]:
            edge = text(1, a) + text(2, b) + number(3, w)
            if w == 0:  # stated, although it is zero
                edge += b"\x18\x00"
            message += b"\x0a" + varint(len(edge)) + edge
        out += varint(len(message)) + message
    return out


def files_of_at_most(size):
    """What to run before a command, for which a disk is then full."""
    def limit():
        signals.signal(signals.SIGXFSZ, signals.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    return limit


class Standing(Case):
    def rows(self, *arguments):
        done = self.run_raw("standing", *arguments, "--format", "csv")
        self.assertEqual(done.returncode, FINE, done.stderr)
        return {row["id"]: row for row in
                csv.DictReader(io.StringIO(done.stdout.decode()))}

    def seeds(self, *rows):
        return self.file("seeds.csv",
                         "id,weight\n" + "".join(f"{a},{w}\n" for a, w in rows))

    def test_is_the_rule(self):
        for seed in range(20):
            edges = random_edges(60 + 20 * seed, 20, seed)
            seeds = [("n0", 3), ("n3", 1), ("n3", 5), ("nobody", 9), ("n1", 0)]
            file = self.file("edges.csv", as_csv(edges))
            for chosen, options in (
                    (seeds, ["--seeds", self.seeds(*seeds)]),
                    (None, ["--uniform-seeds"])):
                want = ranks_of(edges, chosen)
                self.assertEqual(sum(want.values()), TOTAL)
                got = self.rows(file, *options)
                self.assertEqual({i: int(row["rank"]) for i, row in got.items()},
                                 want)
                self.assertEqual(list(got), sorted(want))
                for name, row in got.items():
                    self.assertEqual(row["standing"],
                                     signal(want[name], len(want)))

    def test_no_order_split_format_or_thread_shows(self):
        edges = random_edges(3000, 200, 7, most=10**15)
        seeds = self.seeds(("n0", 1), ("n1", 2))
        want = self.run_raw("standing", self.file("e.csv", as_csv(edges)),
                            "--seeds", seeds, "--format", "csv").stdout
        self.assertGreater(len(want), 1000)
        random.Random(1).shuffle(edges)
        parts = [edges[:1], edges[1:1000], edges[1000:]]
        files = [self.file("a.csv", as_csv(parts[0])),
                 self.file("b.jsonl.gz", gzip.compress(as_jsonl(parts[1]).encode())),
                 self.file("c.pb", as_proto(parts[2]))]
        for threads in (1, 2, 7):
            got = self.run_raw("standing", *files, "--seeds", seeds, "--format",
                               "csv", "--threads", threads)
            self.assertEqual(got.stdout, want, got.stderr)

    def test_memory_changes_nothing(self):
        edges = random_edges(20_000, 3000, 5, most=10**6)
        file = self.file("e.csv", as_csv(edges))
        seeds = self.seeds(("n0", 1), ("n7", 2))
        plain = ("standing", file, "--seeds", seeds)
        spilled = (*plain, "--memory", "64M", "--temporary-folder", self.folder)
        for form in ("csv", "table"):
            self.assertEqual(self.run_raw(*spilled, "--format", form).stdout,
                             self.run_raw(*plain, "--format", form).stdout)
        for name in ("n0", "n5"):
            asked = ("--id", name, "--format", "json")
            self.assertEqual(self.run_raw(*spilled, *asked).stdout,
                             self.run_raw(*plain, *asked).stdout)
        self.fails(USAGE, *plain, "--memory", "1M", says="64M at least")
        self.fails(5, *plain, "--memory", "64M", "--temporary-folder",
                   self.folder / "nowhere")

    def test_opens_up(self):
        edges = random_edges(500, 30, 3)
        file = self.file("e.csv", as_csv(edges))
        seeds = self.seeds(("n0", 1), ("n2", 1))
        ranks = ranks_of(edges, {"n0": 1, "n2": 1})
        for name in sorted(ranks)[:10]:
            for top in (1, 4, 1000):
                done = self.run_raw("standing", file, "--seeds", seeds, "--id",
                                    name, "--top", top, "--format", "json")
                node = json.loads(done.stdout)
                parts = [*node["top"], node["others"]]
                self.assertEqual(int(node["rank"]), ranks[name])
                self.assertEqual(
                    sum(int(part["rank"]) for part in parts)
                    + int(node["seed_rank"]) + int(node["remainder_rank"]),
                    ranks[name])
                self.assertEqual(
                    sum(int(part["standing_micros"]) for part in parts)
                    + int(node["seed_standing_micros"])
                    + int(node["rounded_standing_micros"]),
                    int(node["standing_micros"]))
                self.assertLessEqual(len(node["top"]), top)
        words = self.run_raw("standing", file, "--seeds", seeds, "--id", "n0",
                             "--top", 3).stdout.decode()
        for said in ("Where the standing comes from", "being a seed", "others",
                     "together"):
            self.assertIn(said, words)
        self.fails(BAD_DATA, "standing", file, "--seeds", seeds, "--id",
                   "nobody", says="'nobody' is no node of the graph")

    def test_table_and_report(self):
        edges = [("a", "b", 1), ("b", "c", 2), ("c", "c", 1), ("d", "a", 0)]
        file = self.file("e.csv", as_csv(edges))
        seeds = self.seeds(("a", 1), ("x", 1), ("b", 0))
        report = self.folder / "report.json"
        done = self.run_raw("standing", file, "--seeds", seeds, "--top", 2,
                            "--report", report)
        lines = done.stdout.decode().splitlines()
        self.assertEqual(lines[1].split()[:2], ["1", "a"])
        self.assertEqual(lines[3], "")
        self.assertIn("4 nodes (2 give to nobody), 2 edges, 1 seeds", lines[4])
        stderr = done.stderr.decode()
        for said in ("1 edges from somebody to themselves", "1 edges of weight 0",
                     "1 seeds that are no nodes", "1 seeds of weight 0"):
            self.assertIn(said, stderr)
        said = json.loads(report.read_text())
        self.assertEqual(said["edges"]["added"], "2")
        self.assertEqual(said["graph"]["nodes"], "4")
        self.assertEqual(said["seeds"]["unknown"], "1")
        graph = said["graph"]
        for digest in (graph["digest"], graph["seeds_digest"],
                       said["ranks_digest"]):
            self.assertIn(digest, done.stdout.decode())
        # What it says can be asked for.
        self.run_raw("standing", file, "--seeds", seeds, "--expect-graph",
                     graph["digest"], "--expect-seeds", graph["seeds_digest"])
        self.fails(BAD_DATA, "standing", file, "--seeds", seeds,
                   "--expect-graph", graph["seeds_digest"], says="graph_digest")

    def test_the_edge_cases(self):
        seed_a = self.seeds(("a", 1))
        one = self.file("one.csv", "from,to\na,a\n")
        self.assertEqual(self.rows(one, "--seeds", seed_a)["a"]["rank"], str(TOTAL))
        nobody = self.file("nobody.csv", "from,to\n")
        for chosen in (("--seeds", seed_a), ("--uniform-seeds",)):
            self.fails(BAD_DATA, "standing", nobody, *chosen,
                       says="graph: has no nodes")
        outside = self.file("outside.csv", "from,to\nb,c\n")
        self.fails(BAD_DATA, "standing", outside, "--seeds", seed_a,
                   says="is a node of the graph")
        none = self.file("none.csv", "id\n")
        self.fails(BAD_DATA, "standing", one, "--seeds", none, says="seeds")
        self.fails(USAGE, "standing", one, says="without seeds there is no standing")
        self.fails(USAGE, "standing", one, "--seeds", seed_a, "--uniform-seeds",
                   says="not both")
        heavy = self.file("heavy.csv", f"from,to,weight\na,b,{MOST}\nb,a,{MOST}\n")
        self.assertEqual(
            {name: int(row["rank"]) for name, row in
             self.rows(heavy, "--seeds", seed_a).items()},
            ranks_of([("a", "b", MOST), ("b", "a", MOST)], {"a": 1}))
        heavier = self.file("heavier.csv", f"from,to,weight\na,b,{MOST}\na,c,1\n")
        self.fails(BAD_DATA, "standing", heavier, "--seeds", seed_a, says="2^63 - 1")
        chain = self.file("chain.csv", "from,to\n" + "".join(
            f"n{i},n{i + 1}\n" for i in range(100_000)))
        rows = self.rows(chain, "--seeds", self.seeds(("n0", 1)))
        self.assertEqual(len(rows), 100_001)
        self.assertEqual(sum(int(row["rank"]) for row in rows.values()), TOTAL)
        self.assertEqual(rows["n101"]["rank"], "0")

    def test_ids_that_are_no_text(self):
        def stream(source):
            edge = b"\x0a" + varint(len(source)) + source + b"\x12\x01b"
            message = b"\x0a" + varint(len(edge)) + edge
            return self.file("e.pb", varint(len(message)) + message)
        self.fails(BAD_DATA, "standing", stream(b"\xff\xfe"), "--uniform-seeds",
                   says=("e.pb: message 1: ", "edges[0].source", "UTF-8"))
        for name, rows, place in (
                ("e.csv", b"from,to\na,b\na,\xff\n", ":3:3: "),
                ("e.jsonl", b'{"from":"a","to":"b"}\n{"from":"\xff","to":"b"}\n',
                 ":2:10: ")):
            file = self.file(name, rows)
            self.fails(BAD_DATA, "standing", file, "--uniform-seeds",
                       says=name + place + "bytes that are not UTF-8")
            errors = self.folder / "errors.csv"
            self.run_raw("standing", file, "--uniform-seeds", "--on-error=skip",
                         "--errors", errors)
            self.assertEqual(len(errors.read_bytes().splitlines()), 2)
        self.fails(USAGE, "standing", file, "--uniform-seeds", "--id", "\udcff",
                   says="--id: is not UTF-8")

    def test_ids_of_odd_characters(self):
        edge = b"\x0a\x02\xc3\xa9" + b"\x12\x03a\\\n"
        message = b"\x0a" + varint(len(edge)) + edge
        file = self.file("e.pb", varint(len(message)) + message)
        asked = ("standing", file, "--uniform-seeds")
        done = self.run_raw(*asked, "--format", "jsonl")
        self.assertEqual(done.returncode, FINE, done.stderr)
        self.assertEqual([json.loads(line)["id"] for line in
                          done.stdout.splitlines()], ["a\\\n", "\u00e9"])
        self.assertIn("\n\u00e9,", self.run_raw(
            *asked, "--format", "csv").stdout.decode())
        # What goes to a terminal has no control characters.
        self.assertIn(" a\\\\x0a ", self.run_raw(*asked).stdout.decode())
        node = json.loads(self.run_raw(*asked, "--id", "a\\\n", "--format",
                                       "json").stdout)
        self.assertEqual(node["id"], "a\\\n")
        self.assertEqual(node["top"][0]["source"], "\u00e9")

    def test_a_node_names_its_graph(self):
        edges = random_edges(200, 20, 9)
        asked = ("standing", self.file("e.csv", as_csv(edges)),
                 "--uniform-seeds")
        report = json.loads(self.run_raw(*asked, "--format", "json").stdout)
        self.assertEqual(report["graph"]["digest"], graph_digest(edges))
        node = json.loads(self.run_raw(*asked, "--id", "n0", "--format",
                                       "json").stdout)
        self.assertEqual(node["graph"], report["graph"])
        self.assertEqual(len(node["graph"]), 6)
        graph = report["graph"]
        words = self.run_raw(*asked, "--id", "n0").stdout.decode()
        self.assertTrue(words.endswith(
            f"graph {graph['digest']}, {graph['nodes']} nodes, "
            f"{graph['edges']} edges\n"
            f"seeds {graph['seeds_digest']}, 100 steps, 0.15 anew\n"), words)

    def test_a_full_disk_is_named(self):
        file = self.file("e.csv", "from,to\n" + "".join(
            f"n{i},n{i * 7 % 60_013}\n" for i in range(1_500_000)))
        # Some of these edges are in a file before all are read.
        for limit in (1 << 20, 40 << 20):
            done = self.run_raw("standing", file, file, file, "--uniform-seeds",
                                "--memory", "64M", "--temporary-folder",
                                self.folder, preexec_fn=files_of_at_most(limit))
            said = done.stderr.decode()
            self.assertEqual(done.returncode, INTERNAL, said)
            self.assertIn(f"{self.folder}: File too large", said)
            self.assertIn("--temporary-folder names another place", said)
            self.assertNotIn("CANCELLED", said)

    def test_bad_rows_have_their_place(self):
        seed_a = self.seeds(("a", 1))
        for row, says in (("a,b,-1", ":3:5: weight: '-1' is not a whole number"),
                          ("a,b,1.5", "'1.5' is not a whole number"),
                          (f"a,b,{MOST + 1}", "is not a whole number"),
                          (",b,1", ":3:1: from: is empty"),
                          ("a,,1", ":3:1: to: is empty"),
                          (f"{'x' * 257},b,1", ":3:1: from: has 257 bytes"),
                          ("a,b", "the row has 2 cells")):
            good = "x,y,1\n"
            file = self.file("bad.csv", f"from,to,weight\n{good}{row}\n{good}")
            self.fails(BAD_DATA, "standing", file, "--seeds", seed_a, says=says)
            errors = self.folder / "errors.csv"
            done = self.run_raw("standing", file, "--uniform-seeds", "--format",
                                "csv", "--on-error", "skip", "--errors", errors)
            self.assertEqual(done.returncode, FINE, done.stderr)
            self.assertEqual(
                [line.split(",")[0] for line in done.stdout.decode().split()],
                ["id", "x", "y"])
            self.assertIn(row if "," in row else row, errors.read_text()
                          .replace('"', ""))
        self.fails(BAD_DATA, "standing", self.file("e.csv", "from,weight\n"),
                   "--seeds", seed_a, says="to")
        self.fails(BAD_DATA, "standing", self.file("e.csv", "from,to,colour\n"),
                   "--seeds", seed_a, says="unknown column 'colour'")
        one = self.file("one.csv", "from,to\na,b\n")
        self.fails(BAD_DATA, "standing", one, "--seeds",
                   self.file("s.csv", "id,weight\na,1\n,2\n"),
                   says=":3:1: id: is empty")
        self.fails(BAD_DATA, "standing", one, "--seeds",
                   self.file("s.csv", "name\na\n"), says="name")
        self.fails(BAD_DATA, "standing", one, "--seeds", "/nowhere.csv")
        self.fails(USAGE, "standing", one, "--seeds", one, "-o", one,
                   says="it would be lost")
        self.fails(UNKNOWN_ALGORITHM, "standing", one, "--seeds", seed_a,
                   "--algorithm", "v99")


def fade(age, half_life):
    """2^(-age / half_life) in whole 2^-30, ties to even."""
    if not half_life:
        return 2**30
    with decimal.localcontext() as context:
        context.prec = 60
        exact = decimal.Decimal(2) ** (30 - decimal.Decimal(age) / half_life)
        return int(exact.to_integral_value(decimal.ROUND_HALF_EVEN))


class OfReactions(Case):
    """Edges of a tally, weighed once more by what TALLY.md and STANDING.md say."""
    KINDS = {"mention": "MENTIONS", "reply": "REPLIES", "save": "SAVES",
             "like": "LIKES", "reshare": "RESHARES", "quote": "QUOTES",
             "listing": "LISTINGS", "follower": "FOLLOWERS",
             "endorsement": "ENDORSEMENTS"}
    DAY = 20_000
    AS_OF = "2024-10-04"

    def worth(self, algorithm):
        """Value and half-life of each kind."""
        table = self.json("algorithms", "show", algorithm)["algorithm"]["rows"]
        return {kind: (int(count["value_micros"]), row.get("half_life_units", 0))
                for row in table for count in row["counts"]
                for kind, name in self.KINDS.items()
                if count["signal"] == "SIGNAL_" + name}

    def log(self, kinds, worth, seed):
        """Rows of events, and the edges that they are."""
        rng = random.Random(seed)
        rows, counted, newest = [], {}, {}
        for _ in range(600):
            actor, subject = rng.sample("abcdefgh", 2)
            kind = rng.choice(kinds)
            age = rng.choice((0, 0, rng.randrange(0, 60), rng.randrange(0, 1200)))
            network = rng.choice(("x", "y", ""))
            topic = rng.choice(("go", "rust", "", ""))
            count = rng.choice((1, 1, rng.randrange(1, 2000)))
            quality = rng.choice(("", "0.5"))  # which is of no matter here
            second = (self.DAY - age) * 86_400 + rng.randrange(0, 86_400)
            rows.append(f"{actor},{subject},{kind},{second},{network},{topic},"
                        f"{count},{quality}")
            now = fade(age, worth[kind][1])
            if now == 0:
                continue
            if kind == "endorsement":  # once in a topic, on no network
                key = actor, subject, topic
                newest[key] = max(newest.get(key, 0), now)
            else:
                key = actor, subject, kind, network
                counted[key] = counted.get(key, 0) + count * now
        for (actor, subject, _), now in newest.items():
            key = actor, subject, "endorsement", ""
            counted[key] = counted.get(key, 0) + now
        edges = [(actor, subject, amount * worth[kind][0] // 2**30)
                 for (actor, subject, kind, _), amount in counted.items()]
        return rows, edges

    def test_weigh_what_they_say(self):
        for algorithm in ("v1", "v2"):
            worth = self.worth(algorithm)
            for number_of, kinds in enumerate(
                    [*([kind] for kind in worth), list(worth)]):
                rows, edges = self.log(kinds, worth, number_of)
                events = self.file("events.csv", "actor,subject,kind,time,network,"
                                   "topic,count,quality\n" + "\n".join(rows) + "\n")
                done = self.run_raw("standing", "--events", events, "--as-of",
                                    self.AS_OF, "--algorithm", algorithm,
                                    "--uniform-seeds", "--format", "json")
                self.assertEqual(done.returncode, FINE, done.stderr)
                report = json.loads(done.stdout)
                self.assertEqual(report["graph"]["digest"], graph_digest(edges),
                                 (algorithm, kinds))
                self.assertEqual(report["algorithm"], algorithm)
        # All kinds, of all ages: every pair is an edge.
        self.assertEqual(report["graph"]["edges"], "56")


class Scored(Case):
    def test_from_events_in_one_command(self):
        common = ("--events", EVENTS, *AS_OF, *V1, "--seeds", SEEDS)
        response = json.loads(self.run_raw("score", *common, "--format",
                                           "json").stdout)
        graph = response["identity"]["graph"]
        self.assertEqual(len(graph["digest"]), 64)
        self.assertEqual(graph["iterations"], 100)
        stored = self.file("r.json", json.dumps(response))
        self.assertIn("0 failed", self.run_raw("verify", stored).stdout.decode())
        lines = {}
        for result in response["results"]:
            for line in result["ledger"]["lines"]:
                if line["factor"] == "FACTOR_STANDING":
                    lines[result["id"]] = line
        self.assertTrue(any(int(line["points_micropoints"]) for line in
                            lines.values()))
        # Each person, opened, says the same.
        for name in ("faraday", "ada"):
            report = json.loads(self.run_raw(
                "explain", *common, "--id", name, "--format", "json").stdout)
            opened = [line for line in report["result"]["ledger"]["lines"]
                      if line["factor"] == "FACTOR_STANDING"]
            self.assertEqual(opened, [lines[name]])
        words = self.run_raw("explain", *common, "--id", "faraday").stdout.decode()
        self.assertIn("Where the standing comes from", words)
        self.assertIn("the standing of those who react to you", words)
        markdown = self.run_raw("explain", *common, "--id", "faraday", "--format",
                                "markdown").stdout.decode()
        self.assertIn("### Where the standing comes from", markdown)
        for said in (words, markdown):
            self.assertIn(f"graph {graph['digest']}, ", said)
            self.assertIn(f"seeds {graph['seeds_digest']}, 100 steps", said)

    def test_one_opened_from_events_has_all_of_it(self):
        common = ("--events", EVENTS, *AS_OF, *V1, "--seeds", SEEDS)
        everybody = json.loads(self.run_raw("standing", *common, "--format",
                                            "json").stdout)
        one = ("--id", "faraday", "--top", 3)
        node = json.loads(self.run_raw("standing", *common, *one, "--format",
                                       "json").stdout)
        report = json.loads(self.run_raw("explain", *common, *one, "--format",
                                         "json").stdout)
        self.assertEqual(report["node"], node)
        self.assertEqual(report["algorithm"], "v1")
        self.assertEqual(len(report["fingerprint"]), 64)
        self.assertEqual(report["graph"], everybody["graph"])
        self.assertEqual(node["graph"], everybody["graph"])
        account = report["result"]["ledger"]["accounts"][0]
        self.assertEqual(account["standing_micros"], node["standing_micros"])
        # As bytes it is the same: its graph is in them as text.
        done = self.run_raw("explain", *common, *one, "--format", "proto")
        for field in ("digest", "seeds_digest"):
            self.assertEqual(done.stdout.count(node["graph"][field].encode()), 2)
        # Without seeds there is neither.
        plain = json.loads(self.run_raw("explain", *common[:-2], *one, "--format",
                                        "json").stdout)
        self.assertNotIn("node", plain)
        self.assertNotIn("graph", plain)
        # Somebody whom the edges do not know has a graph and no node.
        edges = self.file("edges.csv", "from,to\nzed,yan\n")
        seeds = self.file("seeds.csv", "id\nzed\n")
        asked = ("explain", *common[:-2], "--edges", edges, "--seeds", seeds,
                 "--id", "faraday")
        unknown = json.loads(self.run_raw(*asked, "--format", "json").stdout)
        self.assertNotIn("node", unknown)
        self.assertEqual(unknown["graph"]["digest"],
                         graph_digest([("zed", "yan", 1)]))
        for form in ("text", "markdown"):
            said = self.run_raw(*asked, "--format", form).stdout.decode()
            self.assertIn("The graph has no node of this id.", said)
            self.assertIn(f"graph {unknown['graph']['digest']}, 2 nodes, 1 edges",
                          said)

    def test_standing_of_events(self):
        asked = ("--events", EVENTS, "--seeds", SEEDS)
        from_events = ("standing", *asked, *AS_OF, *V1)
        rows = self.run_raw(*from_events, "--format", "csv")
        self.assertEqual(rows.returncode, FINE, rows.stderr)
        self.assertEqual(
            sum(int(row["rank"]) for row in
                csv.DictReader(io.StringIO(rows.stdout.decode()))), TOTAL)
        response = json.loads(self.run_raw("score", *asked, *AS_OF, *V1, "--format",
                                           "json").stdout)
        self.assertIn(response["identity"]["graph"]["digest"],
                      self.run_raw(*from_events).stdout.decode())
        for threads in (2, 7):
            self.assertEqual(self.run_raw(*from_events, "--format", "csv",
                                          "--threads", threads).stdout,
                             rows.stdout)
        self.assertEqual(self.run_raw(*from_events, "--format", "csv", "--memory",
                                      "64M", "--temporary-folder",
                                      self.folder).stdout, rows.stdout)
        edges = self.file("e.csv", "from,to\na,b\n")
        self.fails(USAGE, "standing", edges, *asked, *AS_OF, *V1,
                   says="edges, or --events")
        self.fails(USAGE, "standing", "--seeds", SEEDS, says="edges, or --events")
        self.fails(USAGE, "standing", *asked, *V1, says="--as-of is required")
        self.fails(USAGE, "standing", *asked, *AS_OF, says="name an algorithm")
        self.fails(USAGE, "standing", edges, "--seeds", SEEDS, *AS_OF,
                   says="for --events")
        self.fails(USAGE, "standing", "--events", EVENTS, *AS_OF, *V1,
                   says="without seeds there is no standing")
        self.fails(USAGE, "standing", *asked, *AS_OF, *V1, "-o", EVENTS,
                   says="it would be lost")

    def test_memory_and_formats_reach_the_graph(self):
        edges = self.file("edges.csv", as_csv(random_edges(3000, 300, 1)))
        people = self.file("people.csv", "id,followers\nn0,5\nn7,6\n")
        seeds = self.file("seeds.csv", "id\nn0\n")
        asked = ("score", people, *V1, "--format", "csv", "--seeds", seeds)
        want = self.run_raw(*asked, "--edges", edges).stdout
        self.assertEqual(self.run_raw(*asked, "--edges", edges, "--memory", "64M",
                                      "--temporary-folder",
                                      self.folder).stdout, want)
        # It goes to a folder, which has to be there.
        nowhere = ("--memory", "64M", "--temporary-folder",
                   self.folder / "nowhere")
        self.fails(INTERNAL, *asked, "--edges", edges, *nowhere,
                   says="No such file")
        events = ("--events", EVENTS, *AS_OF, *V1, "--seeds", SEEDS)
        spilled = ("--memory", "64M", "--temporary-folder", self.folder)
        for command in (("score", "--format", "json"),
                        ("explain", "--id", "ada", "--format", "json")):
            self.assertEqual(self.run_raw(*command, *events, *spilled).stdout,
                             self.run_raw(*command, *events).stdout)
            # So few events fit, but edges are put in order in the file.
            done = self.run_raw(*command, *events, *spilled,
                                preexec_fn=files_of_at_most(0))
            self.assertEqual(done.returncode, INTERNAL)
            self.assertIn(b"File too large", done.stderr)
        self.fails(USAGE, "score", people, *V1, *spilled,
                   says="for --events or --edges")
        self.fails(USAGE, "score", people, *V1, "--edges", edges, "--seeds",
                   seeds, "--memory", "1M", says="64M at least")
        # What --input-format says is of all whose names do not say.
        with open(edges, "rb") as file:
            content = file.read()
        for options in (("--edges", "-"),
                        ("--edges", self.file("edges.txt", content))):
            done = self.run_raw(*asked, "--input-format", "csv", *options,
                                stdin=content)
            self.assertEqual(done.stdout, want, done.stderr)
        named = self.file("edges.jsonl", as_jsonl(random_edges(3000, 300, 1)))
        done = self.run_raw(*asked, "--input-format", "csv", "--edges", named)
        self.assertEqual(done.stdout, want, done.stderr)
        self.fails(USAGE, *asked, "--edges", "-", says="say what it is with "
                   "--input-format")

    def test_edges_of_events_are_edges(self):
        # At the time of the reactions nothing has faded: a count is a weight.
        events = self.file("events.csv", "actor,subject,kind,time,count\n"
                           "a,b,mention,100,3\nb,c,mention,100,2\nc,a,like,100,4\n")
        edges = self.file("edges.csv", "from,to,weight\n"
                          "a,b,3000000\nb,c,2000000\nc,a,1000000\n")
        seeds = self.file("seeds.csv", "id\na\n")
        common = ("score", "--events", events, "--as-of", "1970-01-01T00:01:40Z",
                  *V1, "--seeds", seeds, "--format", "csv")
        self.assertEqual(self.run_raw(*common).stdout,
                         self.run_raw(*common, "--edges", edges).stdout)

    def test_profiles_with_edges(self):
        people = self.file("people.csv", "id,network,followers\nada,x,50\n"
                           "ada,y,5\nbob,,7\nzed,,9\n")
        edges = self.file("edges.csv", "from,to\nada,bob\nbob,ada\neve,ada\n")
        seeds = self.file("seeds.csv", "id\nada\n")
        asked = ("--edges", edges, "--seeds", seeds)
        ranks = ranks_of([("ada", "bob", 1), ("bob", "ada", 1), ("eve", "ada", 1)],
                         {"ada": 1})
        by_hand = self.file("by_hand.csv", "id,network,followers,standing\n"
                            f"ada,x,50,{signal(ranks['ada'], 3)}\nada,y,5,\n"
                            f"bob,,7,{signal(ranks['bob'], 3)}\nzed,,9,\n")
        for form in ("csv", "jsonl", "table"):
            self.assertEqual(
                self.run_raw("score", people, *V1, *asked, "--format", form).stdout,
                self.run_raw("score", by_hand, *V1, "--format", form).stdout)
        response = json.loads(self.run_raw("score", people, *V1, *asked, "--format",
                                           "json").stdout)
        self.assertEqual(response["identity"]["graph"]["nodes"], "3")
        words = self.run_raw("explain", people, *V1, *asked, "--id", "ada")
        self.assertIn(b"Where the standing comes from", words.stdout)
        # zed is no node: the standing is unknown.
        words = self.run_raw("explain", people, *V1, *asked, "--id", "zed")
        self.assertNotIn(b"Where the standing", words.stdout)
        self.fails(BAD_DATA, "score", by_hand, *V1, *asked,
                   says="'ada' states a standing already")
        self.fails(USAGE, "score", people, *V1, "--seeds", seeds,
                   says="standing needs --edges")
        self.fails(USAGE, "score", people, *V1, "--edges", edges,
                   says="without seeds there is no standing")

    def test_another_graph_is_refused(self):
        common = ("--events", EVENTS, *AS_OF, *V1, "--seeds", SEEDS)
        identity = json.loads(self.run_raw("score", *common, "--format",
                                           "json").stdout)["identity"]
        self.run_raw("score", *common, "--expect-graph",
                     identity["graph"]["digest"])
        self.fails(BAD_DATA, "score", *common, "--expect-graph", "0" * 64,
                   says="graph_digest")
        self.fails(BAD_DATA, "explain", *common, "--id", "ada", "--expect-seeds",
                   "0" * 64, says="seeds_digest")


if __name__ == "__main__":
    main()
