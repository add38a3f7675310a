#!/usr/bin/env python3
"""Makes an SQLite database with many tables and foreign keys between them, to measure how diagrams behave on it.

    make_schema.py FILE [--tables 1000] [--seed 1]

Tables fall into modules of about 25; most foreign keys go to a hub of the same module, some to a few global hubs, some to
another module, some to their own table; 8 % of the tables have none. 3 to 30 columns a table. An existing file is not
touched. Exit status: 0 made, 1 the file is there already, 2 usage.
"""
import argparse
import math
import os
import random
import sqlite3
import sys

TYPES = ("VARCHAR(60)", "INTEGER", "NUMERIC(10, 2)", "DATETIME", "BOOLEAN", "TEXT")


def target(r, i, hubs, peers, degrees):
    x = r.random()
    if x < 0.70 and peers:
        return r.choices(peers, [degrees[p] for p in peers])[0]
    if x < 0.85:
        return r.choice(hubs)
    return r.randrange(i) if x < 0.97 else i


def statements(count, seed):
    r = random.Random(seed)
    modules = max(1, round(count / 25))
    hubs = list(range(max(2, count // 60)))
    degrees = [1] * count
    peers_of = {}
    for i in range(count):
        columns = min(30, max(3, round(math.exp(r.gauss(math.log(8), 0.5)))))
        peers = peers_of.setdefault(i % modules, [])
        parts = ["id INTEGER PRIMARY KEY"]
        parts += ["column_%d %s%s" % (c, r.choice(TYPES), r.choice(("", " NOT NULL"))) for c in range(1, columns)]
        keys = min(6, max(1, round(r.expovariate(1 / 1.4)))) if i > 0 and r.random() > 0.08 else 0
        for k in range(keys):
            to = target(r, i, hubs, peers, degrees)
            if to <= i:
                parts.append("t%d_id_%d INTEGER REFERENCES t%d (id)" % (to, k, to))
                degrees[to] += 1
        peers.append(i)
        yield "CREATE TABLE t%d (%s)" % (i, ", ".join(parts))


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("file")
    arguments.add_argument("--tables", type=int, default=1000)
    arguments.add_argument("--seed", type=int, default=1)
    chosen = arguments.parse_args()
    if os.path.exists(chosen.file):
        print(chosen.file + " is there already", file=sys.stderr)
        return 1
    connection = sqlite3.connect(chosen.file)
    with connection:
        for statement in statements(chosen.tables, chosen.seed):
            connection.execute(statement)
    connection.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
