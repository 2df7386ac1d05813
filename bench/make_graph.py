#!/usr/bin/env python3
"""A made-up graph of who reacts to whom, as a CSV that `influence standing` reads.

    bench/make_graph.py NODES EDGES [SEED] > edges.csv

As many edges as asked for, all different, none to oneself. Few people receive
most and few people give most, as in SNAP's wiki-Vote (7115 nodes, 103689 edges)
and wiki-Talk (2394385 nodes, 5021410 edges), which are of these sizes and cannot
be had everywhere. Every node gives or receives. The same numbers make the same
file. Standard library only.
"""
import random
import sys


def main():
    nodes, edges = int(sys.argv[1]), int(sys.argv[2])
    if not nodes // 2 < edges <= nodes * (nodes - 1) // 8:
        sys.exit("that many edges do not fit that many nodes")
    rng = random.Random(int(sys.argv[3]) if len(sys.argv) > 3 else 1)
    uniform = rng.random
    made = set()
    write = sys.stdout.write
    write("from,to\n")

    def add(giver, receiver):
        pair = giver * nodes + receiver
        if giver == receiver or pair in made:
            return
        made.add(pair)
        write(f"{giver},{receiver}\n")

    # Each node once, as a pair, so that none is missing.
    order = list(range(nodes))
    rng.shuffle(order)
    for i in range(0, nodes, 2):
        add(order[i], order[(i + 1) % nodes])
    while len(made) < edges:
        # The third power: a tenth of the nodes gives nearly half of all.
        add(order[int(nodes * uniform() ** 3)],
            order[nodes - 1 - int(nodes * uniform() ** 3)])


if __name__ == "__main__":
    main()
