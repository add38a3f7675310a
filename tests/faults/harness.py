"""What the fault tests share: how a failure has to look, and file systems that are full or read-only."""
import contextlib
import os
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "conformance"))

import support  # noqa: E402  (the path first)

FAILED = 3


class FaultTest(unittest.TestCase):
    """A scratch folder with the sample shop in shop.db."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.shop = self.path("shop.db")
        with open(os.path.join(support.SOURCE, "resources", "samples", "shop", "shop.sql"), encoding="utf-8") as text:
            support.load(self.shop, text.read())

    def path(self, name):
        return os.path.join(self.folder, name)

    def refused(self, *arguments, says=(), status=(FAILED,)):
        """The command fails in the documented way and its message holds each of these, in any case."""
        done = support.cormorant(*arguments)
        message = done.stderr.decode("utf-8")
        self.assertIn(done.returncode, status, f"{arguments}: {message}")
        for words in says:
            self.assertIn(words.lower(), message.lower(), f"{arguments}")
        self.assertNotIn("terminate called", message)
        return message


@contextlib.contextmanager
def mounted(size):
    """A file system of that many bytes; skips the test where none can be mounted."""
    if os.geteuid() != 0:
        raise unittest.SkipTest("only root can mount the small file system")
    with tempfile.TemporaryDirectory() as place:
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", place], stderr=subprocess.PIPE,
                              text=True, check=False)
        if done.returncode != 0:
            raise unittest.SkipTest("mount failed: " + done.stderr.strip())
        try:
            yield place
        finally:
            subprocess.run(["umount", place], check=True)


def only_skipped(result):
    """True when tests were skipped and none of the others ran."""
    return bool(result.skipped) and len(result.skipped) == result.testsRun and result.wasSuccessful()


def main():
    support.need(program=True, sqlite3=True)
    program = unittest.main(exit=False, verbosity=2)
    if only_skipped(program.result):
        sys.exit(77)
    sys.exit(0 if program.result.wasSuccessful() else 1)
