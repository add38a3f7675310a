"""What the scripts of this folder and of tests/faults share: the program under test, and databases that nobody here wrote."""
import importlib.util
import json
import os
import shutil
import subprocess
import sys

SOURCE = os.path.abspath(os.environ.get("CORMORANT_SOURCE_DIR")
                         or os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
SHARED = os.environ.get("CORMORANT_SHARED_DIR") or os.path.join(SOURCE, "..", "shared")
CORMORANT = os.environ.get("CORMORANT_BINARY") or os.path.join(SOURCE, "build", "dev", "app", "cormorant")
SECONDS = 120       # for one command; a hang is a failure

# name, scripts in the order in which to load them, text to take out, whether SQLite is known to refuse some of it
SQLITE_SCRIPTS = (
    ("sakila", ("sakila/other/sqlite-sakila-schema.sql",), "", False),
    ("omop", tuple(f"omop-cdm/OMOPCDM_sqlite_5.4_{part}.sql"
                   for part in ("ddl", "primary_keys", "indices", "constraints")), "@cdmDatabaseSchema.", True),
    ("temporal", ("temporal/sqlite-temporal.sql",), "", False),
    ("temporal-visibility", ("temporal/sqlite-visibility.sql",), "", False),
    ("spring-batch", ("spring-batch/schema-sqlite.sql",), "", False),
    ("ensembl", ("ensembl/sqlite-core-table.sql",), "", False),
)


def skip(reason):
    print("skipped: " + reason)
    sys.exit(77)


def need(*, program=False, shared=False, sqlite3=False, module=None):
    """Skips the whole script, and says why, when something that it needs is not here."""
    if program and not os.access(CORMORANT, os.X_OK):
        skip(f"no program {CORMORANT}; set CORMORANT_BINARY")
    if shared and not os.path.isdir(os.path.join(SHARED, "data")):
        skip(f"no databases in {SHARED}; set CORMORANT_SHARED_DIR")
    if sqlite3 and not shutil.which("sqlite3"):
        skip("the sqlite3 tool is not installed")
    if module and importlib.util.find_spec(module) is None:
        skip(f"{sys.executable} has no module {module}")


def cormorant(*arguments, **options):
    """Runs the program without a display and without anybody to answer it."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", **options.pop("env", {})}
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        environment.pop(name, None)
    return subprocess.run([CORMORANT, *map(str, arguments)], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, timeout=SECONDS, env=environment, check=False, **options)


def fine(*arguments):
    """Its output as text; any other exit status than 0 ends the script."""
    done = cormorant(*arguments)
    if done.returncode != 0:
        sys.exit(f"cormorant {' '.join(map(str, arguments))}: exit status {done.returncode}\n"
                 + done.stderr.decode(errors="replace"))
    return done.stdout.decode()


def inspected(what):
    """What inspect prints, its counts beside the rest: the keys of ground_truth.py."""
    printed = json.loads(fine("inspect", what, "--json"))
    counts = printed.pop("counts")
    return {**printed, **counts}


def url(database):
    return "sqlite:///" + database


def load(database, script, ignore_errors=False):
    """Runs SQL text with the sqlite3 tool, which is not ours."""
    done = subprocess.run(["sqlite3", *([] if ignore_errors else ["-bail"]), database], input=script,
                          stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False)
    if done.returncode != 0 and not ignore_errors:
        sys.exit(f"sqlite3 {os.path.basename(database)}: {done.stderr}")


def answer(database, query):
    """What the sqlite3 tool says, a line a row, columns apart by |."""
    return subprocess.run(["sqlite3", "-bail", "-readonly", database, query], stdout=subprocess.PIPE, text=True,
                          check=True).stdout.strip()


def databases(folder):
    """Yields (name, file) of every SQLite database of the shared data, made in the folder."""
    chinook = os.path.join(folder, "chinook.db")
    shutil.copyfile(os.path.join(SHARED, "data", "chinook", "Chinook_Sqlite.sqlite"), chinook)
    yield "chinook", chinook
    for name, scripts, remove, refused in SQLITE_SCRIPTS:
        file = os.path.join(folder, name + ".db")
        for script in scripts:
            with open(os.path.join(SHARED, "data", script), encoding="utf-8") as text:
                sql = text.read()
            load(file, "PRAGMA synchronous = off;\n" + (sql.replace(remove, "") if remove else sql), refused)
        yield name, file
    shop = os.path.join(folder, "shop.db")
    with open(os.path.join(SOURCE, "resources", "samples", "shop", "shop.sql"), encoding="utf-8") as text:
        load(shop, text.read())
    yield "shop", shop
