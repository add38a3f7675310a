#!/usr/bin/env python3
"""The databases that the scripts of this folder make are those whose ground truth lies beside their scripts."""
import json
import os
import sys
import tempfile

import support
from inspect_equals_ground_truth import NOT_COMPARED, ground_truth

WRITTEN = {"chinook": "chinook/ground-truth.sqlite.json", "sakila": "sakila/ground-truth.sqlite-schema-only.json",
           "omop": "omop-cdm/ground-truth.sqlite.json", "temporal": "temporal/ground-truth.sqlite-temporal.json",
           "temporal-visibility": "temporal/ground-truth.sqlite-visibility.json",
           "spring-batch": "spring-batch/ground-truth.sqlite.json", "ensembl": "ensembl/ground-truth.sqlite.json"}


def main():
    support.need(shared=True, sqlite3=True, module="sqlalchemy")
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        for name, database in support.databases(folder):
            if name not in WRITTEN:
                continue
            with open(os.path.join(support.SHARED, "data", WRITTEN[name]), encoding="utf-8") as file:
                written = json.load(file)
            truth = ground_truth(database)
            for key in sorted(set(written) - NOT_COMPARED):
                if truth.get(key) != written[key]:
                    print(f"{name}: {key}: {truth.get(key)!r} was loaded, {written[key]!r} is written down")
                    wrong += 1
            print(f"{name}: {truth['tables']} tables, {truth['rows']} rows")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
