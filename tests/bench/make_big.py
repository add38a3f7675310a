#!/usr/bin/env python3
"""Makes an SQLite database with one large table, to measure how grids behave on it.

    make_big.py FILE [--rows 10000000] [--sparse]

Table "big": id (key) and eight columns of mixed types: name, city, amount, price, placed_at, flag, note (NULL in nine
of ten rows, long in one of ten thousand), code. An index stands on city and on placed_at. The values follow from the
row's number, so that a row can be checked. --sparse leaves gaps between the keys. An existing file is not touched.
Exit status: 0 made, 1 the file is there already, 2 usage.
"""
import argparse
import os
import sqlite3
import sys
import time

SCHEMA = """
CREATE TABLE big (
    id INTEGER PRIMARY KEY,
    name VARCHAR(60) NOT NULL,
    city VARCHAR(40) NOT NULL,
    amount INTEGER NOT NULL,
    price NUMERIC(10, 2) NOT NULL,
    placed_at DATETIME NOT NULL,
    flag BOOLEAN NOT NULL,
    note TEXT,
    code CHAR(8) NOT NULL
)"""
INDEXES = ("CREATE INDEX big_city ON big (city)", "CREATE INDEX big_placed_at ON big (placed_at)")
CITIES = ("São Paulo", "Rio de Janeiro", "Salvador", "Fortaleza", "Belo Horizonte", "Manaus", "Curitiba", "Recife",
          "Goiânia", "Belém", "Porto Alegre", "São Luís")
FILL = """
WITH RECURSIVE n(i) AS (SELECT :first UNION ALL SELECT i + 1 FROM n WHERE i < :last)
INSERT INTO big
SELECT i * :step, 'Customer ' || i, (SELECT name FROM temp.city WHERE id = i * 7 % :cities), i * 2654435761 % 100003,
       (i * 40503 % 1000000) / 100.0, datetime(1577836800 + i * 37 % 200000000, 'unixepoch'), i % 3 = 0,
       CASE WHEN i % 10000 = 0 THEN printf('%.*c', 3000, 'x') WHEN i % 10 = 0 THEN 'note of row ' || i END,
       printf('%08X', i * 2654435761 % 4294967296)
FROM n"""
PORTION = 500_000


def fill(connection, rows, step):
    connection.execute("CREATE TEMP TABLE city (id INTEGER PRIMARY KEY, name TEXT)")
    connection.executemany("INSERT INTO temp.city VALUES (?, ?)", enumerate(CITIES))
    started = time.monotonic()
    for first in range(1, rows + 1, PORTION):
        last = min(first + PORTION - 1, rows)
        connection.execute(FILL, {"first": first, "last": last, "step": step, "cities": len(CITIES)})
        print(f"\r{last:,} of {rows:,} rows, {time.monotonic() - started:.0f} s", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("file")
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--sparse", action="store_true")
    arguments = parser.parse_args()
    if arguments.rows < 1:
        parser.error("--rows must be at least 1")
    if os.path.exists(arguments.file):
        print(f"{arguments.file} is there already", file=sys.stderr)
        return 1
    connection = sqlite3.connect(arguments.file, isolation_level=None)
    # Nothing here is worth keeping if the making is broken off.
    connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -200000;")
    connection.execute("BEGIN")
    connection.execute(SCHEMA)
    fill(connection, arguments.rows, 3 if arguments.sparse else 1)
    for index in INDEXES:
        connection.execute(index)
    connection.execute("COMMIT")
    connection.execute("PRAGMA optimize")
    connection.close()
    print(f"{arguments.file}: {os.path.getsize(arguments.file) / 1e6:,.0f} MB", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
