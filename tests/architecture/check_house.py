#!/usr/bin/env python3
"""Reads every source file and fails on what the house does not allow.

    check_house.py [ROOT] [--layers FILE]

The rules, each with the name that a violation prints:
  arrow     an include that follows no arrow of layers.txt, or reaches past the one public header of a folder
  include   a quoted include that is not a full path from the root
  qt        Qt inside ormcore (ormcore/dialects/bridge aside), and Qt's umbrella headers anywhere
  sql       SQL text in ui/ or app/
  banned    names that are known to lie or to inject: see BANNED
  length    a source file over 400 lines
  machine   a path of one particular machine
  top       something at the top level beside what is fixed to be there
Comments are not code: what they mention is free, a machine's path aside.
Exit status: 0 fine, 1 violations (one a line), 2 the check itself could not run.
"""
import argparse
import os
import re
import subprocess
import sys

CODE = (".h", ".cpp")
MEASURED = CODE + (".py", ".cmake", ".sh")
LINES = 400
BANNED = {
    "escapeIdentifier": "Qt's quoting is injectable; identifiers are quoted in the dialect",
    "QSqlTableModel": "builds SQL from unquoted names",
    "QSaveFile": "reports success on a full disk; use the checked saver",
}
TOP_LEVEL = {"CMakeLists.txt", "CMakePresets.json", "LICENSE", "README.md", "app", "installer", "ormcore", "resources",
             "tests", "ui"}
UMBRELLAS = {"Core", "Gui", "Widgets", "Test", "Sql", "Svg", "SvgWidgets", "PrintSupport", "Charts", "Network",
             "Concurrent", "Xml", "OpenGL", "OpenGLWidgets", "DBus", "Qml", "Quick"}
MACHINE_PATHS = re.compile("/(?:" + "work|root" + ")/")
TOKEN = re.compile(r"""
    (?P<raw>(?:u8|[uUL])?R"(?P<tag>[^\s()\\]{0,16})\((?P<rawtext>.*?)\)(?P=tag)")
  | (?P<text>(?:u8|[uUL])?"(?P<body>(?:[^"\\\n]|\\.)*)")
  | (?P<comment>//(?:[^\n\\]|\\.)*|/\*.*?\*/)
  | (?P<number>\d[\w.']*)
  | (?P<char>'(?:[^'\\\n]|\\.)+')
  | (?P<word>[A-Za-z_]\w*)
""", re.X | re.S)
INCLUDE = re.compile(r"^[ \t]*#[ \t]*include[ \t]*(?:\"([^\"\n]+)\"|<([^>\n]+)>)", re.M)
SQL_TEXT = re.compile(
    r"^\s*(?:(?:SELECT|INSERT|UPDATE|DELETE|CREATE|DROP|PRAGMA|ALTER)\s+\S"
    r"|select\s.*\sfrom\s|insert\s+into\s|update\s+\S+\s+set\s|delete\s+from\s"
    r"|(?:create|drop|alter)\s+(?:table|index|view|trigger)\s+\S|pragma\s+\w)", re.S)


def read_layers(path):
    """The folders, what each may include (its arrows and theirs), and the public headers of guarded folders."""
    uses, public = {}, {}
    with open(path, encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            line = line.split("#", 1)[0].strip()
            if not line:
                continue
            name, colon, targets = line.partition(":")
            if not colon:
                raise ValueError(f"{path}:{number}: expected 'folder: folders'")
            if name.startswith("only "):
                public[name[5:].strip()] = targets.strip()
            elif name in uses:
                raise ValueError(f"{path}:{number}: {name} stands here twice")
            else:
                uses[name] = targets.split()
    for name, targets in uses.items():
        for target in targets:
            if not any(other == target or other.startswith(target + "/") for other in uses):
                raise ValueError(f"{path}: {name} points to {target}, which has no line")
    return {name: reachable(name, uses) for name in uses}, public


def reachable(start, uses):
    seen, waiting = set(), [start]
    while waiting:
        name = waiting.pop()
        for other in uses:
            if (other == name or other.startswith(name + "/")) and other not in seen:
                seen.add(other)
                waiting += uses[other]
    if start in {target for name in seen - {start} for target in uses[name]}:
        raise ValueError(f"the arrows of {start} lead back to it")
    return seen


def folder_of(path, layers):
    """The longest folder of the layers that holds the path."""
    parts = path.split("/")
    for length in range(len(parts), 0, -1):
        if "/".join(parts[:length]) in layers:
            return "/".join(parts[:length])
    return None


def is_generated(path, target):
    """Conformance tests compile what Cormorant generated: its headers stand in no folder of ours."""
    return path.startswith("tests/conformance/") and "/" not in target


def tracked(root):
    """Files that Git knows or would add; every file when this is no repository (a source archive, a fixture)."""
    if os.path.exists(os.path.join(root, ".git")):
        listed = subprocess.run(["git", "-C", root, "ls-files", "-z", "-co", "--exclude-standard"],
                                check=True, stdout=subprocess.PIPE).stdout.decode().split("\0")
        return sorted(name for name in listed if name and os.path.isfile(os.path.join(root, name)))
    found = []
    for folder, folders, names in os.walk(root):
        folders[:] = [name for name in folders if name not in ("build", ".git")]
        found += [os.path.relpath(os.path.join(folder, name), root) for name in names]
    return sorted(found)


class House:
    def __init__(self, root, layers, public):
        self.root, self.layers, self.public = root, layers, public
        self.violations = []

    def fail(self, rule, path, line, text):
        self.violations.append(f"{path}:{line}: {rule}: {text}")

    def check(self, path):
        if path.split("/")[0] not in TOP_LEVEL and not path.startswith("."):
            self.fail("top", path, 1, "the top level is fixed")
        with open(os.path.join(self.root, path), "rb") as file:
            data = file.read()
        if b"\0" in data[:8192]:
            return
        text = data.decode("utf-8", errors="replace")
        for number, line in enumerate(text.split("\n"), 1):
            if MACHINE_PATHS.search(line):
                self.fail("machine", path, number, "names a path of one machine")
        name = os.path.basename(path)
        if (name.endswith(MEASURED) or name == "CMakeLists.txt") and text.count("\n") > LINES:
            self.fail("length", path, LINES + 1, f"{text.count(chr(10))} lines; at most {LINES}")
        if name.endswith(CODE) and path.split("/")[0] in ("ormcore", "ui", "app", "tests"):
            self.check_includes(path, text)
            self.check_tokens(path, text)

    def check_includes(self, path, text):
        code = TOKEN.sub(lambda m: re.sub(r"[^\n]", " ", m[0]) if m["comment"] else m[0], text)
        here = folder_of(path, self.layers)
        if here is None:
            self.fail("arrow", path, 1, "this folder has no line in layers.txt")
            return
        for found in INCLUDE.finditer(code):
            line = code.count("\n", 0, found.start()) + 1
            target = found[1] or found[2]
            self.check_qt(path, line, target)
            if target.split("/")[0] in ("ormcore", "ui", "app", "tests") and "/" in target:
                self.check_arrow(path, line, here, target)
            elif found[1] and not target.endswith(".moc") and not is_generated(path, target):
                self.fail("include", path, line, f'"{target}" is not a full path from the root')

    def check_arrow(self, path, line, here, target):
        there = folder_of(target, self.layers)
        if there == here:
            return
        if there is None:
            self.fail("arrow", path, line, f"{target} is in a folder without a line in layers.txt")
        elif there not in self.layers[here]:
            self.fail("arrow", path, line, f"{here} -> {there} is no arrow of layers.txt ({target})")
        elif self.public.get(there, target) != target and here != "tests":
            self.fail("arrow", path, line, f"only {self.public[there]} may be included from outside {there}")

    def check_qt(self, path, line, target):
        parts = target.split("/")
        if parts[-1].startswith("Qt") and parts[-1][2:] in UMBRELLAS:
            self.fail("qt", path, line, f"<{target}> is an umbrella header; include the classes that you use")
        inside = path.startswith("ormcore/") and not path.startswith("ormcore/dialects/bridge/")
        if inside and re.match(r"Q[A-Za-z]", parts[0]):
            self.fail("qt", path, line, f"<{target}>: ormcore has no Qt")

    def check_tokens(self, path, text):
        window = path.startswith(("ui/", "app/"))
        for token in TOKEN.finditer(text):
            line = text.count("\n", 0, token.start()) + 1
            if token["word"] in BANNED:
                self.fail("banned", path, line, f"{token['word']}: {BANNED[token['word']]}")
            literal = token["rawtext"] if token["raw"] else token["body"]
            if window and literal and SQL_TEXT.match(literal.replace("\\n", "\n")):
                self.fail("sql", path, line, f"SQL text {literal[:40]!r}; build an expression with ormcore/sql")


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("root", nargs="?", default=os.path.dirname(os.path.dirname(here)))
    parser.add_argument("--layers", default=os.path.join(here, "layers.txt"))
    arguments = parser.parse_args()
    try:
        layers, public = read_layers(arguments.layers)
        house = House(os.path.abspath(arguments.root), layers, public)
        files = tracked(house.root)
        for path in files:
            house.check(path)
    except (OSError, ValueError, subprocess.CalledProcessError) as problem:
        print(problem, file=sys.stderr)
        return 2
    for violation in house.violations:
        print(violation)
    print(f"{len(files)} files, {len(house.violations)} violations")
    return 1 if house.violations else 0


if __name__ == "__main__":
    sys.exit(main())
