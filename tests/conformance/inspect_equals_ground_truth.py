#!/usr/bin/env python3
"""cormorant inspect says of every SQLite database of the shared data what its catalogue says.

The witness is ground_truth.py, which reads SQLite's own pragmas and knows nothing of Cormorant. Every key that both print
is compared; fewer than 20 of them in a database is a failure, too.
"""
import json
import os
import subprocess
import sys
import tempfile

import support

AT_LEAST = 20
NOT_COMPARED = {"seconds", "dialect", "server"}     # how long it took, and what the witness is linked with


def ground_truth(database):
    tool = os.path.join(support.SHARED, "tools", "ground_truth.py")
    done = subprocess.run([sys.executable, "-B", tool, support.url(database), "--rows", "--detail"],
                          stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout)


def differences(truth, counts):
    """The number of keys that both have, and a line for each that differs."""
    both = [key for key in truth if key in counts and key not in NOT_COMPARED]
    return len(both), [f"{key}: inspect {counts[key]!r}, in truth {truth[key]!r}" for key in both
                       if counts[key] != truth[key]]


def main():
    support.need(program=True, shared=True, sqlite3=True, module="sqlalchemy")
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        for name, database in support.databases(folder):
            truth, counts = ground_truth(database), support.inspected(support.url(database))
            compared, wrong = differences(truth, counts)
            only = sorted(set(truth) - set(counts) - NOT_COMPARED)
            print(f"{name}: {compared} keys compared, {len(wrong)} differ; not printed by inspect: {', '.join(only) or 'none'}")
            for line in wrong:
                print("    " + line)
            if compared < AT_LEAST:
                print(f"    too few: at least {AT_LEAST} are wanted")
            failed |= bool(wrong) or compared < AT_LEAST
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
