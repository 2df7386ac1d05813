#!/usr/bin/env python3
"""Standing beside other libraries' PageRank, on one graph, in one run.

    cmake --preset bench && cmake --build --preset bench --target standing_bench
    python3 -m venv venv && venv/bin/pip install numpy scipy python-igraph \\
        networkit python-graphblas
    venv/bin/python bench/standing_rivals.py build/bench/bench/standing_bench \\
        [--scales 18 20 22] [--threads 1 2] [--rivals scipy ...] [--repeats 5]

Kronecker graphs with 16 undirected edges a node, 20 iterations, d = 0.85, all
nodes alike as seeds; seconds of the iterations alone, the median of five (of igraph
one), and how many times as long as ours. What each needs to get the edges into its own form
stands beside. A library that is missing says so. igraph has no number of
iterations: it runs until it has converged, and ours is given 42, after which it has
(sum of differences below 1e-10), for its row.
"""
import argparse
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time

STEPS = 20
RIVALS = ("scipy", "graphblas", "graphblas single", "networkit", "igraph")


def median(work, repeats):
    seconds = []
    for _ in range(repeats):
        begin = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - begin)
    return statistics.median(seconds)


def rival(name, file, nodes, threads, repeats):
    """Seconds to load, and of the iterations."""
    import numpy as np
    pairs = np.fromfile(file, dtype=np.uint32).reshape(-1, 2)
    source = pairs[:, 0].astype(np.int64)
    target = pairs[:, 1].astype(np.int64)
    degree = np.bincount(source, minlength=nodes)
    begin = time.perf_counter()
    if name == "scipy":
        from scipy.sparse import csr_matrix
        share = np.divide(0.85, degree, where=degree > 0,
                          out=np.zeros(nodes))
        matrix = csr_matrix((np.ones(len(source)), (target, source)),
                            shape=(nodes, nodes))

        def work():
            rank = np.full(nodes, 1 / nodes)
            for _ in range(STEPS):
                rank = matrix @ (rank * share)
                rank += (1 - rank.sum()) / nodes
    elif name.startswith("graphblas"):
        import graphblas as gb
        kind = np.float32 if name.endswith("single") else np.float64
        gb.ss.config["nthreads"] = threads
        matrix = gb.Matrix.from_coo(target, source, kind(1), dtype=kind,
                                    nrows=nodes, ncols=nodes)
        matrix.ss.config["format"] = "by_row"
        share = gb.Vector.from_dense(np.divide(
            0.85, degree, where=degree > 0, out=np.zeros(nodes)).astype(kind))

        def work():
            rank = gb.Vector.from_dense(np.full(nodes, 1 / nodes, dtype=kind))
            for _ in range(STEPS):
                sent = rank.ewise_mult(share, gb.binary.times).new()
                rank = matrix.mxv(sent, gb.semiring.plus_second).new(dtype=kind)
                lost = (1 - rank.reduce(gb.monoid.plus).new().value) / nodes
                base = gb.Vector.from_scalar(kind(lost), nodes, dtype=kind)
                rank = base.ewise_add(rank, gb.binary.plus).new()
            rank.wait()
    elif name == "networkit":
        import networkit as nk
        nk.setNumberOfThreads(threads)
        graph = nk.GraphFromCoo((source, target), n=nodes, directed=True)

        def work():
            pagerank = nk.centrality.PageRank(graph, 0.85, 1e-300)
            pagerank.maxIterations = STEPS
            pagerank.run()
    else:
        import igraph
        graph = igraph.Graph(n=nodes, edges=pairs.astype(np.int64),
                             directed=True)

        def work():
            graph.pagerank(damping=0.85, implementation="prpack")
    load = time.perf_counter() - begin
    return load, median(work, 1 if name == "igraph" else repeats)


def ours(bench, scale, threads, file=None, steps=STEPS):
    """Edges, seconds to load, seconds by name."""
    done = subprocess.run(
        [bench, str(scale), str(threads), file or "", str(steps)],
        capture_output=True, text=True, check=True).stdout
    edges = int(re.search(r"(\d+) edges", done)[1])
    load = sum(map(float, re.findall(r"(?:add|digest) ([\d.]+) s", done)))
    rows = re.findall(r"^  (\S.*?)  +([\d.]+) s", done, re.M)
    memory = re.search(r"peak .*", done)[0]
    return edges, load, {name: float(seconds) for name, seconds in rows}, memory


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("bench")
    parser.add_argument("--scales", type=int, nargs="+", default=[18, 20, 22])
    parser.add_argument("--threads", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--rivals", nargs="*", default=RIVALS, choices=RIVALS)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--rival", nargs=4, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.rival:
        name, file, nodes, threads = options.rival
        print(json.dumps(rival(name, file, int(nodes), int(threads),
                               options.repeats)))
        return
    for scale in options.scales:
        for threads in options.threads:
            with tempfile.TemporaryDirectory() as folder:
                file = os.path.join(folder, "edges")
                edges, load, rows, memory = ours(options.bench, scale, threads,
                                                 file)
                mine = rows.pop("standing")
                print(f"scale {scale}, {edges} edges, {threads} threads; "
                      f"{memory}")
                line = "  {:26} {:9.3f} s {:6.2f} billion edges/s {:6.2f}x  {}"

                def show(name, seconds, against, loaded, steps=STEPS):
                    print(line.format(name, seconds, edges * steps / seconds / 1e9,
                                      seconds / against,
                                      f"loaded in {loaded:.1f} s" if loaded
                                      else ""), flush=True)
                show("standing", mine, mine, load)
                for name, seconds in rows.items():
                    show(name, seconds, mine, 0)
                for name in options.rivals:
                    done = subprocess.run(
                        [sys.executable, __file__, options.bench, "--repeats",
                         str(options.repeats), "--rival", name, file,
                         str(1 << scale), str(threads)],
                        capture_output=True, text=True, check=False,
                        env={**os.environ, "OMP_NUM_THREADS": str(threads)})
                    if done.returncode:
                        why = done.stderr.strip().splitlines()
                        print(f"  {name:26} {why[-1] if why else done.returncode}")
                        continue
                    loaded, seconds = json.loads(done.stdout.splitlines()[-1])
                    if name == "igraph":
                        converged = ours(options.bench, scale, threads,
                                         steps=42)[2]["standing"]
                        show(name + " (to 1e-10)", seconds, converged, loaded, 42)
                    else:
                        show(name, seconds, mine, loaded)


if __name__ == "__main__":
    main()
