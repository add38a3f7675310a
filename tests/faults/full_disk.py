#!/usr/bin/env python3
"""A disk that fills up while a model is saved, at every amount of free space: a clear error, and nothing is lost."""
import os
import shutil
import subprocess

import harness
import support
from harness import FaultTest

BLOCK = 4096
GROWN = "".join(f"ALTER TABLE product ADD COLUMN extra_column_with_a_long_name_{n} VARCHAR(100);\n" for n in range(120))


def free_blocks(place):
    return os.statvfs(place).f_bavail


def fill(place, leave):
    """Takes all but that many blocks."""
    with open(os.path.join(place, "ballast"), "wb") as file:
        file.write(b"\0" * (BLOCK * (free_blocks(place) - leave)))


def empty(place):
    os.remove(os.path.join(place, "ballast"))


class FullDisk(FaultTest):
    def setUp(self):
        super().setUp()
        self.grown = self.path("grown.db")
        shutil.copyfile(self.shop, self.grown)
        support.load(self.grown, GROWN)

    def ddl(self, model):
        return support.fine("ddl", model, "--dialect", "sqlite")

    def test_a_new_model_is_refused_and_another_try_succeeds(self):
        with harness.mounted(2 << 20) as place:
            model = os.path.join(place, "model")
            fill(place, 0)
            message = self.refused("reverse", support.url(self.shop), "-o", model)
            self.assertRegex(message.lower(), "no space|disk full|disk is full")
            empty(place)
            support.fine("reverse", support.url(self.shop), "-o", model)
            support.fine("reverse", support.url(self.shop), "-o", self.path("elsewhere"))
            self.assertEqual(self.ddl(model), self.ddl(self.path("elsewhere")))

    def test_a_change_is_saved_whole_or_the_old_model_stays(self):
        with harness.mounted(4 << 20) as place:
            model = os.path.join(place, "model")
            support.fine("reverse", support.url(self.shop), "-o", model)
            pristine = self.path("pristine")
            shutil.copytree(model, pristine)
            old = self.ddl(model)
            support.fine("reverse", support.url(self.grown), "-o", model)
            new = self.ddl(model)
            self.assertNotEqual(old, new)
            refused = 0
            for leave in range(0, 64):
                shutil.rmtree(model)
                shutil.copytree(pristine, model)
                fill(place, leave)
                done = support.cormorant("reverse", support.url(self.grown), "-o", model)
                message = done.stderr.decode()
                now = self.ddl(model)
                empty(place)
                if done.returncode == 0:
                    self.assertEqual(now, new, f"saved with {leave} free blocks, and not whole")
                    break
                self.assertEqual(done.returncode, harness.FAILED, message)
                self.assertRegex(message.lower(), "no space|disk full|disk is full")
                self.assertEqual(now, old, f"{leave} free blocks: the old model is gone")
                refused += 1
            else:
                self.fail("never succeeded")
            print(f"refused with 0 to {refused - 1} free blocks, saved with {refused}")
            self.assertGreater(refused, 0)

    def test_a_full_disk_under_the_output_is_no_success(self):
        model = self.path("model")
        support.fine("reverse", support.url(self.shop), "-o", model)
        with harness.mounted(1 << 20) as place:
            fill(place, 1)
            for arguments in (("generate", model, "--target", "cpp", "-o", os.path.join(place, "classes")),
                              ("render", model, "-o", os.path.join(place, "picture.svg"))):
                self.refused(*arguments)

    def test_standard_output_that_takes_nothing_is_no_success(self):
        with open("/dev/full", "wb") as full:
            done = subprocess.run([support.CORMORANT, "inspect", support.url(self.shop), "--json"], stdout=full,
                                  stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, timeout=support.SECONDS, check=False,
                                  env={**os.environ, "QT_QPA_PLATFORM": "offscreen"})
        self.assertEqual(done.returncode, harness.FAILED, done.stderr)


if __name__ == "__main__":
    harness.main()
