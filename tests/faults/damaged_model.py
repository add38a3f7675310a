#!/usr/bin/env python3
"""A damaged model is an error that names file and line, or loads to the very same model; it never loads to less."""
import os
import re
import shutil
from concurrent.futures import ThreadPoolExecutor

import harness
import support
from harness import FaultTest


class DamagedModel(FaultTest):
    def setUp(self):
        super().setUp()
        self.model = self.path("model")
        support.fine("reverse", support.url(self.shop), "-o", self.model)
        self.whole = support.fine("ddl", self.model, "--dialect", "sqlite")

    def files(self, ending):
        return sorted(os.path.join(place, name) for place, _, names in os.walk(self.model) for name in names
                      if name.endswith(ending))

    def outcome(self, file, data, number):
        """None when the model with this file behaves; else what is wrong. In a copy, so that two can run at once."""
        copy = self.path(f"copy{number % 2}")
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(self.model, copy)
        name = os.path.relpath(file, self.model)
        with open(os.path.join(copy, name), "wb") as target:
            target.write(data)
        done = support.cormorant("ddl", copy, "--dialect", "sqlite")
        message = done.stderr.decode("utf-8", errors="replace")
        with open(os.path.join(copy, name), "rb") as target:
            if target.read() != data:
                return "reading changed the damaged file"
        if done.returncode == 0:
            return None if done.stdout.decode() == self.whole else "loads, but to another model"
        if done.returncode != harness.FAILED:
            return f"exit status {done.returncode}: {message[-200:]}"
        if os.path.basename(name) not in message or not re.search(r":\d+|line \d+", message):
            return f"names no file and line: {message}"
        return None

    def all_behave(self, file, variants):
        wrong = []
        with ThreadPoolExecutor(2) as pool:     # two copies: even and odd variants take turns in one each
            for half in pool.map(lambda odd: [(n, self.outcome(file, data, odd)) for n, data in variants[odd::2]], (0, 1)):
                wrong += [f"{os.path.basename(file)} {n}: {problem}" for n, problem in half if problem]
        print(f"{os.path.basename(file)}: {len(variants)} variants, {len(wrong)} misbehave")
        self.assertEqual(wrong[:20], [])

    def truncations(self, file):
        with open(file, "rb") as source:
            whole = source.read()
        return [(f"cut to {size} of {len(whole)} bytes", whole[:size]) for size in range(len(whole))]

    def test_every_truncation_of_an_entity(self):
        file = next(file for file in self.files(".ent") if os.path.basename(file).startswith("payment"))
        self.all_behave(file, self.truncations(file))

    def test_every_truncation_of_the_head_file(self):
        file = self.files(".cormorant")[0]
        self.all_behave(file, self.truncations(file))

    def test_a_damaged_byte_in_each_line_never_crashes(self):
        file = next(file for file in self.files(".ent") if os.path.basename(file).startswith("product"))
        with open(file, "rb") as source:
            lines = source.read().split(b"\n")
        for number, line in enumerate(lines):
            for noise in (b"\xff", b"\0", b'"', b"[" * 200):
                hurt = b"\n".join(lines[:number] + [line[:3] + noise + line[3:]] + lines[number + 1:])
                problem = self.outcome(file, hurt, 0)
                if problem and not problem.startswith("loads"):
                    self.fail(f"line {number + 1} with {noise[:4]!r}: {problem}")

    def test_a_missing_entity_file_is_no_silent_loss(self):
        file = next(file for file in self.files(".ent") if os.path.basename(file).startswith("customer"))
        os.remove(file)
        self.refused("ddl", self.model, "--dialect", "sqlite")

    def test_nothing_is_written_over_a_damaged_model(self):
        file = next(file for file in self.files(".ent") if os.path.basename(file).startswith("product"))
        with open(file, "ab") as target:
            target.write(b"attr without sense \xff\n")
        with open(file, "rb") as source:
            before = source.read()
        self.refused("reverse", support.url(self.shop), "-o", self.model, says=(os.path.basename(file),))
        with open(file, "rb") as source:
            self.assertEqual(source.read(), before)

    def test_a_missing_model_is_named(self):
        self.refused("ddl", self.path("nowhere"), "--dialect", "sqlite", says=("nowhere",))


if __name__ == "__main__":
    harness.main()
