#!/usr/bin/env python3
"""Databases that are missing, unknown, damaged or closed to us: a clear error, and nothing is written."""
import os
import subprocess

import harness
import support
from harness import FaultTest


class BadDatabases(FaultTest):
    def test_a_missing_file_is_named_and_not_created(self):
        missing = self.path("missing.db")
        self.refused("inspect", support.url(missing), "--json", says=("missing.db",))
        self.refused("reverse", support.url(missing), "-o", self.path("model"), says=("missing.db",))
        self.assertFalse(os.path.exists(missing))
        self.assertFalse(os.path.exists(self.path("model")), "a model was begun for a database that is not there")

    def test_a_file_in_a_missing_folder_is_named(self):
        self.refused("inspect", support.url(self.path("no/such/folder.db")), "--json", says=("folder.db",))

    def test_an_unknown_scheme_is_named(self):
        self.refused("inspect", "nosuchdb://host/name", "--json", says=("nosuchdb",), status=(2, 3))

    def test_a_password_is_never_shown(self):
        message = self.refused("inspect", "nosuchdb://ana:s3gr3do@host/name", "--json", says=("nosuchdb",), status=(2, 3))
        self.assertNotIn("s3gr3do", message)

    def test_an_unknown_option_is_named(self):
        self.refused("inspect", support.url(self.shop) + "?colour=blue", "--json", says=("colour",), status=(2, 3))

    def test_a_text_file_is_no_database_and_stays_as_it_is(self):
        letter = self.path("letter.txt")
        text = b"Prezado senhor,\n" * 100
        with open(letter, "wb") as file:
            file.write(text)
        self.refused("inspect", support.url(letter), "--json", says=("not a database",))
        self.refused("reverse", support.url(letter), "-o", self.path("model"), says=("not a database",))
        with open(letter, "rb") as file:
            self.assertEqual(file.read(), text)

    def test_a_folder_is_no_database(self):
        self.refused("inspect", support.url(self.folder), "--json", says=(os.path.basename(self.folder),))

    def test_a_database_cut_short_never_crashes(self):
        with open(self.shop, "rb") as file:
            whole = file.read()
        cut = self.path("cut.db")
        for size in (1, 15, 16, 99, 100, 101, 511, 4095, 4096, 4097, 8192, 20000, len(whole) // 2, len(whole) - 1):
            with open(cut, "wb") as file:
                file.write(whole[:size])
            self.ends_well(cut, f"cut to {size} bytes")

    def test_a_database_with_overwritten_pages_never_crashes(self):
        with open(self.shop, "rb") as file:
            whole = file.read()
        hurt = self.path("hurt.db")
        for page in range(0, min(len(whole) // 4096, 40)):
            for noise in (b"\0", b"\xff"):
                start = page * 4096 + (100 if page == 0 else 0)
                with open(hurt, "wb") as file:
                    file.write(whole[:start] + noise * 512 + whole[start + 512:])
                self.ends_well(hurt, f"page {page + 1} overwritten with {noise!r}")

    def ends_well(self, database, what):
        done = support.cormorant("inspect", support.url(database), "--json")
        self.assertIn(done.returncode, (0, harness.FAILED), f"{what}: {done.stderr!r}")
        if done.returncode == harness.FAILED:
            self.assertTrue(done.stderr.strip(), f"{what}: no message")

    def test_a_read_only_database_can_be_read_and_not_written(self):
        with harness.mounted(4 << 20) as place:
            database = os.path.join(place, "shop.db")
            with open(self.shop, "rb") as source, open(database, "wb") as target:
                target.write(source.read())
            subprocess.run(["mount", "-o", "remount,ro", place], check=True)
            self.assertEqual(support.inspected(support.url(database))["tables"], 13)
            self.refused("query", support.url(database), "UPDATE tag SET name = 'x' WHERE id = 1", "--write",
                         says=("readonly",))
            self.refused("reverse", support.url(database), "-o", os.path.join(place, "model"), says=("read-only",))

    def test_a_query_that_writes_has_to_say_so(self):
        before = support.answer(self.shop, "SELECT name FROM tag WHERE id = 1")
        self.refused("query", support.url(self.shop), "UPDATE tag SET name = 'x' WHERE id = 1")
        self.assertEqual(support.answer(self.shop, "SELECT name FROM tag WHERE id = 1"), before)
        support.fine("query", support.url(self.shop), "UPDATE tag SET name = 'x' WHERE id = 1", "--write")
        self.assertEqual(support.answer(self.shop, "SELECT name FROM tag WHERE id = 1"), "x")

    def test_wrong_use_is_told_from_failure(self):
        for arguments in (("inspect",), ("ddl",), ("nosuchcommand", "x"), ("inspect", "--nosuchoption", "x")):
            done = support.cormorant(*arguments)
            if arguments[0] != "nosuchcommand":
                self.assertEqual(done.returncode, 2, f"{arguments}: {done.stderr!r}")
            self.assertTrue(done.stderr.strip(), arguments)


if __name__ == "__main__":
    harness.main()
