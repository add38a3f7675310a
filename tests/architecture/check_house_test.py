#!/usr/bin/env python3
"""The check is worth what it catches: each planted violation must be found, and what is allowed must pass."""
import contextlib
import os
import subprocess
import sys
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))


def checked(files, layers=None):
    """Exit status and output of the check on a tree with these files."""
    with tempfile.TemporaryDirectory() as root:
        for path, text in files.items():
            with contextlib.suppress(FileExistsError):
                os.makedirs(os.path.join(root, os.path.dirname(path)))
            with open(os.path.join(root, path), "w", encoding="utf-8") as file:
                file.write(text)
        command = [sys.executable, os.path.join(HERE, "check_house.py"), root]
        if layers is not None:
            with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file:
                file.write(layers)
                file.flush()
                done = subprocess.run(command + ["--layers", file.name], stdout=subprocess.PIPE,
                                      stderr=subprocess.STDOUT, text=True, check=False)
        else:
            done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
        return done.returncode, done.stdout


class CheckHouse(unittest.TestCase):
    def refused(self, rule, path, text):
        status, output = checked({path: text})
        self.assertEqual(status, 1, output)
        self.assertIn(f"{path}:", output)
        self.assertIn(f": {rule}: ", output)
        self.assertIn("1 files, 1 violations", output)

    def accepted(self, path, text):
        status, output = checked({path: text})
        self.assertEqual(status, 0, output)

    def test_an_arrow_that_is_not_listed_is_refused(self):
        self.refused("arrow", "ormcore/base/value.cpp", '#include "ormcore/schema/table.h"\n')
        self.refused("arrow", "ormcore/mapping/mapper.h", '#  include "ormcore/engine/engine.h"\n')
        self.refused("arrow", "ui/canvas/items/node.cpp", '#include "ui/inspector/page.h"\n')
        self.refused("arrow", "ui/records/grid.cpp", '#include "ormcore/dialects/builtin.h"\n')
        self.refused("arrow", "ui/base/theme.cpp", '#include "app/window.h"\n')

    def test_angle_brackets_hide_no_arrow(self):
        self.refused("arrow", "ormcore/base/value.cpp", "#include <ormcore/schema/table.h>\n")

    def test_a_folder_without_a_line_is_refused(self):
        self.refused("arrow", "ui/novelty/thing.cpp", "int x;\n")

    def test_a_listed_arrow_and_what_lies_below_it_pass(self):
        self.accepted("ormcore/session/session.cpp",
                      '#include "ormcore/session/session.h"\n#include "ormcore/mapping/mapper.h"\n'
                      '#include "ormcore/base/value.h"\n#include <vector>\n')
        self.accepted("ui/records/grid.cpp", '#include "ormcore/session/session.h"\n#include <QWidget>\n')

    def test_only_the_public_header_of_a_guarded_folder_is_open(self):
        self.accepted("app/main.cpp", '#include "ormcore/dialects/builtin.h"\n')
        self.refused("arrow", "app/main.cpp", '#include "ormcore/dialects/sqlite/driver.h"\n')
        self.accepted("tests/unit/engine/tst_driver.cpp", '#include "ormcore/dialects/sqlite/driver.h"\n')

    def test_an_include_that_is_no_full_path_is_refused(self):
        self.refused("include", "ormcore/base/value.cpp", '#include "value.h"\n')
        self.accepted("tests/unit/base/tst_value.cpp", '#include "tst_value.moc"\n')
        self.accepted("tests/conformance/shop_classes/tst_shop.cpp", '#include "shop.h"\n')

    def test_qt_is_kept_out_of_ormcore(self):
        self.refused("qt", "ormcore/base/text.cpp", "#include <QString>\n")
        self.accepted("ormcore/dialects/bridge/bridge.cpp", "#include <QSqlDatabase>\n")

    def test_umbrella_headers_are_refused(self):
        self.refused("qt", "ui/base/theme.cpp", "#include <QtWidgets>\n")
        self.refused("qt", "tests/unit/ui/tst_theme.cpp", "#include <QtTest/QtTest>\n")
        self.accepted("ui/base/theme.cpp", "#include <QtMath>\n")

    def test_sql_text_in_the_windows_is_refused(self):
        self.refused("sql", "ui/records/grid.cpp", 'auto q = u"SELECT * FROM t"_qs;\n')
        self.refused("sql", "app/main.cpp", 'auto q = R"sql(\n  PRAGMA table_list)sql";\n')
        self.refused("sql", "app/main.cpp", 'run("delete from t where 1");\n')
        self.accepted("ormcore/dialects/sqlite/catalogue.cpp", 'auto q = "SELECT 1";\n')

    def test_words_for_people_are_no_sql(self):
        self.accepted("ui/records/grid.cpp", 'tr("Select all rows from here"); tr("Delete from the model");\n'
                                             'tr("Create table"); keywords("SELECT"); tr("Update");\n')

    def test_lying_classes_are_refused_and_may_be_mentioned(self):
        self.refused("banned", "ui/base/saver.cpp", "Q" + "SaveFile file(name);\n")
        self.refused("banned", "ormcore/dialects/bridge/b.cpp", "driver->escape" + "Identifier(name);\n")
        self.accepted("ormcore/model/saver.cpp", "// unlike QSave" + "File it is checked\nint x = 1'000; // '\n")

    def test_a_long_file_is_refused(self):
        self.accepted("ormcore/base/text.cpp", "\n" * 400)
        self.refused("length", "ormcore/base/text.cpp", "\n" * 401)
        self.refused("length", "tests/conformance/long.py", "\n" * 401)
        self.accepted("resources/samples/shop/shop.sql", "\n" * 4000)

    def test_a_machine_path_is_refused_even_in_a_comment(self):
        self.refused("machine", "resources/docs/guide.md", "see /" + "work/elsewhere\n")
        self.refused("machine", "ui/base/theme.cpp", "// /" + "root/.config\n")
        self.accepted("ui/base/theme.cpp", "// a network/worker, framework/ and homework/\n")

    def test_the_top_level_is_fixed(self):
        self.refused("top", "NOTES.md", "remember\n")
        self.refused("top", "src/main.cpp", "int x;\n")
        self.accepted(".editorconfig", "root = true\n")

    def test_layers_that_contradict_themselves_are_an_error(self):
        for layers in ("a\n", "a:\na:\n", "a: b\n", "a: b\nb: a\n"):
            status, output = checked({}, layers)
            self.assertEqual(status, 2, output)


if __name__ == "__main__":
    unittest.main()
