"""The workspace: a book of an older format comes up to this one whole, or stays as it was."""

from __future__ import annotations

import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine

from models.schema.record import kinds
from models.storage import backup, format
from models.storage.store import Store
from models.text.words import Refused
from sync.trust import device_key
from sync.workspace import workspace as workspaces
from sync.workspace.setup import begin
from sync.workspace.workspace import (
    DATABASE,
    MIGRATIONS,
    Workspace,
    exists,
    open_book,
    schema_mark,
)
from tests.support.other_formats import content, renumber_database

NEXT = format.FORMAT + 1
STEP = '''"""A table gets a column, and every row a value in it."""

from peewee import TextField


def up(migrator, db):
    """Add and fill it."""
    migrator.migrate(migrator.add_column("device", "place", TextField(default="here")))
'''
HALT = (
    STEP
    + """
    print("half way", flush=True)
    import sys
    sys.stdin.read()
"""
)
OPEN = """
import sys
from pathlib import Path
from models.storage import format
from sync.workspace import workspace
format.FORMAT += 1
workspace.MIGRATIONS = Path(sys.argv[2])
workspace.open_book(Path(sys.argv[1])).close()
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A closed book of this version with one fix."""
    made = begin(tmp_path / "home", name="测试员")
    project = made.store.rows("SELECT id FROM project")[0][0]
    made.book.add("fix", {"phenomenon": "x"}, project=project, ref="R")
    made.close()
    return tmp_path / "home"


@pytest.fixture
def scripts(tmp_path: Path) -> Path:
    """The scripts of a version after this one, which has one more."""
    folder = Path(shutil.copytree(MIGRATIONS, tmp_path / "scripts"))
    (folder / "0002_place.py").write_text(STEP, encoding="utf-8")
    return folder


@pytest.fixture
def later(scripts: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """This program is that version."""
    monkeypatch.setattr(format, "FORMAT", NEXT)
    monkeypatch.setattr(workspaces, "MIGRATIONS", scripts)
    yield


def test_a_new_book_has_the_number_of_this_format(home: Path) -> None:
    assert format.inspect(home / DATABASE).number == format.FORMAT


def test_a_folder_without_a_database_holds_no_book(tmp_path: Path) -> None:
    assert not exists(tmp_path) and not exists(tmp_path / "nowhere")
    with pytest.raises(Refused, match="还没有现场簿"):
        open_book(tmp_path)
    assert content(tmp_path) == {}


@pytest.mark.parametrize("number", [0, 1, NEXT, -1, 1_000_000])
def test_whether_there_is_a_book_is_refused_for_one_of_another_format(
    home: Path, number: int
) -> None:
    renumber_database(home / DATABASE, number)
    before = content(home)
    for ask in (exists, open_book):
        with pytest.raises(Refused, match=str(home)):
            ask(home)
    assert content(home) == before


def test_a_database_of_something_else_is_no_book_and_stays_as_it_is(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / DATABASE)) as db:
        db.execute("CREATE TABLE songs(name)")
    before = content(tmp_path)
    with pytest.raises(Refused, match="没有“meta”"):
        open_book(tmp_path)
    assert content(tmp_path) == before


def test_an_older_book_is_brought_up_after_a_backup(home: Path, later: None) -> None:
    opened = open_book(home)
    assert opened.store.number() == NEXT
    assert opened.store.rows("SELECT DISTINCT place FROM device") == [("here",)]
    assert opened.store.rows("SELECT ref FROM fix") == [("R",)]
    opened.close()
    (kept,) = backup.backups(home / backup.FOLDER)
    assert format.inspect(kept).number == NEXT - 1
    open_book(home).close()
    assert backup.backups(home / backup.FOLDER) == [kept]


def test_a_newer_version_s_book_is_refused_by_this_one(
    home: Path, scripts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as as_later:
        as_later.setattr(format, "FORMAT", NEXT)
        as_later.setattr(workspaces, "MIGRATIONS", scripts)
        open_book(home).close()
    with pytest.raises(Refused, match="更新的 sitebook"):
        open_book(home)


def test_a_process_that_is_killed_in_the_middle_leaves_the_old_format(
    home: Path, scripts: Path, later: None
) -> None:
    (scripts / "0002_place.py").write_text(HALT, encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, "-c", OPEN, str(home), str(scripts)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stdout.readline() == "half way\n"
        process.send_signal(signal.SIGKILL)
        process.wait(10)
    found = format.inspect(home / DATABASE)
    assert found.number == NEXT - 1
    with closing(sqlite3.connect(home / DATABASE)) as db:
        assert "place" not in [row[1] for row in db.execute("PRAGMA table_info(device)")]
        assert db.execute("SELECT ref FROM fix").fetchall() == [("R",)]
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    (scripts / "0002_place.py").write_text(STEP, encoding="utf-8")
    opened = open_book(home)
    assert opened.store.number() == NEXT
    opened.close()


def test_a_step_that_fails_leaves_the_old_format(home: Path, scripts: Path, later: None) -> None:
    (scripts / "0003_wrong.py").write_text(
        '"""Wrong."""\n\n\ndef up(migrator, db):\n    """Fail."""\n'
        '    db.execute_sql("DROP TABLE nothing")\n',
        encoding="utf-8",
    )
    with pytest.raises(Refused):
        open_book(home)
    assert format.inspect(home / DATABASE).number == NEXT - 1
    with closing(sqlite3.connect(home / DATABASE)) as db:
        assert "place" not in [row[1] for row in db.execute("PRAGMA table_info(device)")]


def test_what_a_declaration_adds_needs_no_migration(home: Path) -> None:
    store = Store(home / DATABASE)
    with store.write():
        store.db.execute_sql('ALTER TABLE fix DROP COLUMN "cause"')
        store.db.execute_sql("DROP TABLE milestone")
        store.set_meta("schema", "of an earlier version")
    store.close()
    opened = open_book(home)
    assert "cause" in [row[1] for row in opened.store.rows("PRAGMA table_info(fix)")]
    assert opened.store.rows("SELECT * FROM milestone") == []
    assert opened.store.meta("schema") == schema_mark()
    assert opened.store.number() == format.FORMAT and not (home / backup.FOLDER).exists()
    opened.close()


def test_a_copied_book_goes_on_as_another_device_of_the_same_person(
    home: Path, tmp_path: Path
) -> None:
    copied = Path(shutil.copytree(home, tmp_path / "copy"))
    device_key.renew(copied)
    first, second = open_book(home), open_book(copied)
    assert first.log.device != second.log.device
    assert first.book.me == second.book.me == second.people.person_of(second.log.device)
    first.close()
    second.close()


def test_an_index_that_a_newer_declaration_adds_is_made_too(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = kinds["site"]
    workspace.close()
    monkeypatch.setattr(site, "kind", site.kind.but(indexes=(("state", "name", "void"),)))
    again = open_book(workspace.home)
    names = {row[1] for row in again.store.rows("PRAGMA index_list(site)")}
    again.close()
    assert "site_state_name_void" in names


def test_a_clock_that_was_wrong_once_dates_nothing_written_after_it(tmp_path: Path) -> None:
    home, now = tmp_path / "home", datetime(2026, 11, 30, 2, 0, tzinfo=UTC)
    with time_machine.travel(now), closing(begin(home, name="甲")) as book:
        project = book.store.rows("SELECT id FROM project")[0][0]
    with time_machine.travel(now.replace(year=2028)), closing(open_book(home)) as book:
        assert book.warnings == []
        book.book.add("fix", {"phenomenon": "wrong"}, project=project)
    with time_machine.travel(now, tick=False), closing(open_book(home)) as book:
        (told,) = book.warnings
        assert "2028-11-30 10:00" in told and "2026-11-30 10:00" in told
        made = book.book.add(
            "fix", {"phenomenon": "x", "cause": "y", "correction": "z"}, project=project
        )
        book.book.move(made.id, "fix")
        moment = int(now.timestamp() * 1000)
        assert {one.at >> 16 for one in book.log.history(made.id)} == {moment}
        assert book.store.rows("SELECT at FROM transition WHERE record=?", (made.id,)) == [
            (moment,)
        ]
    with time_machine.travel(now), closing(open_book(home)) as book:
        assert book.warnings == []
