"""The number of a format: what it is, that asking for it changes nothing, and what is refused."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import peewee
import pytest

from models.storage import format
from models.storage.format import (
    DAMAGED,
    FORMAT,
    NEWER,
    OLD,
    OLDEST,
    DatabaseFormat,
    Thing,
    accept,
    inspect,
)
from models.text.words import Refused
from tests.support.other_formats import content, renumber_database

THINGS: tuple[Thing, ...] = ("book", "backup", "hub", "bundle", "folder")
WRITER = """
import sqlite3, sys
db = sqlite3.connect(sys.argv[1], isolation_level=None)
db.execute("PRAGMA wal_autocheckpoint=0")
db.execute("PRAGMA user_version=7")
db.execute("CREATE TABLE later(x)")
print("written", flush=True)
sys.stdin.read()
"""
ADD_A_COLUMN = '''"""One more column."""

from peewee import TextField


def up(migrator, db):
    """Add it."""
    migrator.migrate(migrator.add_column("meta", "note", TextField(null=True)))
'''


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A database in WAL mode with one table and the number 5, closed, alone in its folder."""
    path = tmp_path / "there" / "b.sqlite3"
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA journal_mode=wal")
        db.execute("PRAGMA user_version=5")
        db.execute("CREATE TABLE meta(key, value)")
    assert list(content(path.parent)) == ["b.sqlite3"]
    return path


@pytest.fixture
def writer(database: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that has the file open; its last writes are in the log alone."""
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(database)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stdout.readline() == "written\n"
        yield process
        process.kill()


def test_asking_a_closed_file_changes_nothing(database: Path) -> None:
    before = content(database.parent)
    assert inspect(database) == DatabaseFormat(5)
    assert content(database.parent) == before


def test_what_is_only_in_the_log_of_another_process_counts(
    database: Path, writer: subprocess.Popen[str]
) -> None:
    before = content(database.parent)
    assert len(before) == 3
    assert inspect(database) == DatabaseFormat(7)
    assert content(database.parent) == before


def test_the_log_of_a_process_that_died_counts(
    database: Path, writer: subprocess.Popen[str]
) -> None:
    writer.kill()
    writer.wait(10)
    before = content(database.parent)
    assert inspect(database) == DatabaseFormat(7)
    assert content(database.parent) == before


def test_a_log_that_was_copied_without_its_index_counts(
    database: Path, writer: subprocess.Popen[str], tmp_path: Path
) -> None:
    copies = tmp_path / "copies"
    copies.mkdir()
    for end in ("", "-wal"):
        shutil.copyfile(f"{database}{end}", copies / f"b.sqlite3{end}")
    before = content(copies)
    assert inspect(copies / "b.sqlite3") == DatabaseFormat(7)
    assert content(copies) == before


def test_a_file_without_a_number_names_its_tables(database: Path) -> None:
    renumber_database(database, 0)
    assert inspect(database) == DatabaseFormat(0, frozenset({"meta"}))


def test_an_empty_file_has_no_number_and_no_tables(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    assert inspect(tmp_path / "empty") == DatabaseFormat(0, frozenset())


def test_what_is_no_database_raises_what_sqlite_says(tmp_path: Path) -> None:
    (tmp_path / "text").write_bytes(b"this is no database" * 500)
    with pytest.raises(sqlite3.DatabaseError, match="not a database"):
        inspect(tmp_path / "text")
    with pytest.raises(FileNotFoundError):
        inspect(tmp_path / "nothing")
    with pytest.raises(OSError):
        inspect(tmp_path)


@pytest.mark.parametrize("thing", THINGS)
def test_every_number_that_this_version_can_open_is_accepted(thing: Thing) -> None:
    for number in range(OLDEST, FORMAT + 1):
        accept(thing, "x", number)


@pytest.mark.parametrize("thing", THINGS)
@pytest.mark.parametrize("number", [0, OLDEST - 1, FORMAT + 1, 9_999, 10_000, -1, 1 << 31])
def test_any_other_number_is_refused_with_what_it_means(thing: Thing, number: int) -> None:
    with pytest.raises(Refused) as found:
        accept(thing, "/where/it/is", number)
    if not 0 <= number < 10_000:
        assert found.value.word == DAMAGED[thing] and str(number) in str(found.value)
    else:
        assert found.value.word == (NEWER if number > FORMAT else OLD[thing])
    assert "/where/it/is" in str(found.value)


@pytest.mark.parametrize("word", [NEWER, *OLD.values(), *DAMAGED.values()], ids=lambda one: one.en)
def test_each_sentence_ends_in_what_to_do(word: object) -> None:
    text = str(getattr(word, "en", ""))
    last = text.rstrip(".").rpartition("; " if text.count(". ") == 0 else ". ")[2]
    todo = ("Begin", "Choose", "Write", "Update", "Restore", "Put", "Look", "The file is kept")
    assert last.startswith(todo), last


def test_a_new_database_notes_the_steps_and_an_older_one_runs_those_it_lacks(
    tmp_path: Path,
) -> None:
    scripts = tmp_path / "scripts"
    scripts.mkdir()
    (scripts / "0001_first.py").write_text("def up(migrator, db):\n    raise ValueError\n")
    db = peewee.SqliteDatabase(str(tmp_path / "b.sqlite3"))
    db.execute_sql("CREATE TABLE meta(key, value)")
    format.begin_migrations(db, scripts)
    assert format.migrate(db, scripts) == []
    (scripts / "0002_note.py").write_text(ADD_A_COLUMN)
    assert format.migrate(db, scripts) == ["0002_note"]
    assert [one.name for one in db.get_columns("meta")] == ["key", "value", "note"]
    assert format.migrate(db, scripts) == []
    db.close()


def test_the_number_is_part_of_the_transaction(tmp_path: Path) -> None:
    path = tmp_path / "b.sqlite3"
    db = peewee.SqliteDatabase(str(path))
    with db.atomic() as step:
        format.mark(db)
        step.rollback()
    assert inspect(path).number == 0
    with db.atomic():
        format.mark(db)
    db.close()
    assert inspect(path).number == FORMAT
