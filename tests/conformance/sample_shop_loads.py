#!/usr/bin/env python3
"""The sample shop is what its generator writes, and loads without an error into an SQLite that is set up strictly."""
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

SOURCE = os.environ.get("CORMORANT_SOURCE_DIR") or os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
SHOP = os.path.join(SOURCE, "resources", "samples", "shop")
STRICT = (".bail on\n.dbconfig dqs_ddl off\n.dbconfig dqs_dml off\n.dbconfig defensive on\n"
          ".dbconfig trusted_schema off\nPRAGMA foreign_keys = on;\n")


def shop_script():
    with open(os.path.join(SHOP, "shop.sql"), encoding="utf-8") as file:
        return file.read()


class SampleShop(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.database = os.path.join(folder.name, "shop.db")
        loaded = self.sqlite3(STRICT + shop_script())
        self.assertEqual((loaded.returncode, loaded.stderr), (0, ""))

    def sqlite3(self, script):
        return subprocess.run(["sqlite3", self.database], input=script, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              text=True, check=False)

    def answer(self, query):
        done = self.sqlite3(STRICT.split("PRAGMA", 1)[0] + ".output stdout\n" + query)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        return done.stdout.split("trusted_schema off\n", 1)[1].strip()

    def test_is_what_the_generator_writes(self):
        sys.path.insert(0, SHOP)
        sys.dont_write_bytecode = True
        spec = importlib.util.spec_from_file_location("make_shop", os.path.join(SHOP, "make_shop.py"))
        make_shop = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(make_shop)
        self.assertEqual(make_shop.script(), shop_script())

    def test_is_whole(self):
        self.assertEqual(self.answer("PRAGMA integrity_check;"), "ok")
        self.assertEqual(self.answer("PRAGMA foreign_key_check;"), "")
        self.assertEqual(self.answer('SELECT count(*) FROM customer; SELECT count(*) FROM "order";'), "60\n300")

    def test_its_views_and_its_trigger_work(self):
        self.assertEqual(self.answer("SELECT count(*) > 0, count(*) = count(total) FROM order_summary;"), "1|1")
        self.assertEqual(self.answer("SELECT count(*) = (SELECT count(*) FROM product) FROM product_sales;"), "1")
        self.assertEqual(self.answer("UPDATE product SET unit_price = 45.5 WHERE id = 1;"
                                     "SELECT old_price, new_price FROM price_change;"), "42.9|45.5")

    def test_what_was_paid_is_what_was_ordered(self):
        self.assertEqual(self.answer("SELECT count(*) FROM payment JOIN order_summary AS s ON s.id = order_id"
                                     " WHERE abs(amount - total) > 0.001;"), "0")


if __name__ == "__main__":
    if not shutil.which("sqlite3"):
        print("skipped: the sqlite3 tool is not installed")
        sys.exit(77)
    unittest.main()
