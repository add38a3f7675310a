#!/usr/bin/env python3
"""Reverse -> model -> DDL -> new database -> reverse: what comes out is what went in, for Chinook and the sample shop."""
import os
import shutil
import sqlite3
import tempfile
import unittest

import support

STRICT = ("PRAGMA synchronous = off;\n.dbconfig dqs_ddl off\n.dbconfig dqs_dml off\n.dbconfig defensive on\n"
          ".dbconfig trusted_schema off\nPRAGMA foreign_keys = on;\n")
ABOUT_ROWS = ("rows", "tables_with_rows", "rows_per_table", "tables_uncountable")


def files(folder):
    """Every file below the folder with its bytes."""
    found = {}
    for place, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(place, name)
            with open(path, "rb") as file:
                found[os.path.relpath(path, folder)] = file.read()
    return found


def counted(database):
    """What inspect says apart from how many rows there are."""
    return {key: value for key, value in support.inspected(support.url(database)).items() if key not in ABOUT_ROWS}


def reflected(database):
    """All that reflection finds, as the script that would make it again."""
    return support.fine("ddl", support.url(database), "--dialect", "sqlite")


class RoundTrip(unittest.TestCase):
    maxDiff = 4000

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def path(self, name):
        return os.path.join(self.folder, name)

    def goes_round(self, name, database):
        model = self.path(name)
        support.fine("reverse", support.url(database), "-o", model)
        before = files(model)
        self.assertTrue(any(path.endswith(".ent") for path in before), "no entity file was written")

        support.fine("reverse", support.url(database), "-o", model)
        self.assertEqual(files(model), before, "reversing again into the same model changed it")

        checked = support.cormorant("check", model)
        self.assertIn(checked.returncode, (0, 1), checked.stderr.decode())

        made = self.path(name + "-made.db")
        support.load(made, STRICT + support.fine("ddl", model, "--dialect", "sqlite"))
        self.assertEqual(counted(made), counted(database))
        self.assertEqual(reflected(made), reflected(database))

    def test_chinook(self):
        if not os.path.isdir(os.path.join(support.SHARED, "data")):
            self.skipTest(f"no databases in {support.SHARED}")
        database = self.path("chinook.db")
        shutil.copyfile(os.path.join(support.SHARED, "data", "chinook", "Chinook_Sqlite.sqlite"), database)
        self.goes_round("chinook", database)
        self.assertEqual(support.answer(self.path("chinook-made.db"), "PRAGMA integrity_check"), "ok")

    def test_the_sample_shop(self):
        database = self.path("shop.db")
        with open(os.path.join(support.SOURCE, "resources", "samples", "shop", "shop.sql"), encoding="utf-8") as text:
            support.load(database, text.read())
        self.goes_round("shop", database)

    def test_the_model_counts_like_its_database(self):
        database = self.path("tiny.db")
        with sqlite3.connect(database) as connection:
            connection.executescript("CREATE TABLE parent (id INTEGER PRIMARY KEY, name VARCHAR(20) NOT NULL);"
                                     "CREATE TABLE child (id INTEGER PRIMARY KEY, parent_id INTEGER REFERENCES parent (id));")
        support.fine("reverse", support.url(database), "-o", self.path("tiny"))
        model, truth = support.inspected(self.path("tiny")), support.inspected(support.url(database))
        for key in ("tables", "columns", "primary_keys", "foreign_keys"):
            self.assertEqual(model[key], truth[key], key)


if __name__ == "__main__":
    support.need(program=True, sqlite3=True)
    unittest.main()
