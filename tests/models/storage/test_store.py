"""The store: durable settings, its lock, and one clear sentence for each fault of the disk."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import textwrap
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from peewee import SqliteDatabase

from models.book.book import Book
from models.schema.record import kinds
from models.storage import store as stores
from models.storage.store import Store, table_of
from models.text.words import Refused, W
from sync.workspace.setup import begin
from sync.workspace.workspace import Workspace, open_book

HOLD = """
import sys
from pathlib import Path
from models.storage.write_lock import WriteLock
lock = WriteLock(Path(sys.argv[1]), 5)
lock.take()
print("held", flush=True)
sys.stdin.read()
"""

FILL = """
import resource, sys
from pathlib import Path
from models.book.projects import all_projects
from models.text.words import Refused, W
from sync.workspace.workspace import open_book
opened = open_book(Path(sys.argv[1]))
project = all_projects(opened.store)[0].id
for number in range(20):
    opened.book.add("fix", {"phenomenon": f"before {number}"}, project=project)
if sys.argv[2] == "limit":
    biggest = max(path.stat().st_size for path in Path(sys.argv[1]).iterdir())
    resource.setrlimit(resource.RLIMIT_FSIZE, (biggest + 65536, biggest + 65536))
saved = 0
try:
    for number in range(3000):
        opened.book.add("fix", {"phenomenon": "x" * 3000}, project=project)
        saved += 1
except Refused as refused:
    print(saved, str(refused))
"""


def test_every_commit_is_on_the_disk(workspace: Workspace) -> None:
    assert workspace.store.row("PRAGMA synchronous") == (2,)
    assert workspace.store.row("PRAGMA journal_mode") == ("wal",)


def test_another_process_that_writes_for_long_is_one_sentence(
    workspace: Workspace, project: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock = str(workspace.store.path.with_suffix(".lock"))
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, lock],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdin is not None
        assert holder.stdout.readline() == "held\n"
        monkeypatch.setattr(workspace.store.lock, "timeout", 0.05)
        with pytest.raises(Refused, match="另一个程序正在写"):
            workspace.book.add("fix", {"phenomenon": "x"}, project=project)
        holder.stdin.close()
        holder.wait(10)
    assert workspace.book.add("fix", {"phenomenon": "x"}, project=project).state == "open"


def fill(home: Path, how: str) -> None:
    """Save until the disk refuses, in a process of its own; everything acknowledged is there."""
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(FILL), str(home), how],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    count, sentence = done.stdout.strip().split(" ", 1)
    assert "磁盘" in sentence, sentence
    assert "满" in sentence, sentence
    again = open_book(home)
    assert again.store.row("SELECT COUNT(*) FROM fix") == (20 + int(count),)
    assert again.store.row("PRAGMA integrity_check") == ("ok",)
    assert again.log.verify_chain() is None
    again.close()


def test_a_file_that_cannot_grow_is_named_and_nothing_saved_is_lost(workspace: Workspace) -> None:
    workspace.close()
    fill(workspace.home, "limit")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real file system of 12 MiB, where this user may mount one."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", str(place)]
    if (
        not sys.platform.startswith("linux")
        or subprocess.run(mount, capture_output=True).returncode
    ):
        pytest.skip("no small file system can be mounted here")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_full_disk_is_named_and_nothing_saved_is_lost(small_disk: Path) -> None:
    begin(small_disk / "book", name="张工", project="项目").close()
    fill(small_disk / "book", "disk")


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_folder_is_named(workspace: Workspace) -> None:
    workspace.close()
    workspace.home.chmod(0o500)
    try:
        with pytest.raises(Refused, match="只读"):
            open_book(workspace.home).book.add("site", {"name": "x"})
    finally:
        workspace.home.chmod(0o700)


def test_a_folder_that_is_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("x", encoding="utf-8")
    with pytest.raises(Refused, match="只读或没有权限"):
        begin(tmp_path / "taken" / "book", name="张工")


@pytest.mark.parametrize("damage", [b"", b"not a database at all" * 300])
def test_a_damaged_database_is_named_and_kept(workspace: Workspace, damage: bytes) -> None:
    path = workspace.store.path
    workspace.close()
    path.write_bytes(damage or b"SQLite format 3\0" + os.urandom(9000))
    before = path.read_bytes()
    with pytest.raises(Refused, match="已损坏"):
        open_book(workspace.home)
    assert path.read_bytes() == before


def test_a_missing_table_is_named_and_no_damage(workspace: Workspace) -> None:
    with pytest.raises(Refused, match="没有“fix_of_tomorrow”") as caught:
        workspace.store.rows("SELECT 1 FROM fix_of_tomorrow")
    assert caught.value.word is stores.FOREIGN
    with pytest.raises(Refused, match="没有“gone”"), workspace.store.write():
        workspace.store.db.execute_sql("UPDATE meta SET gone=1")


def test_a_fault_inside_a_write_leaves_nothing_half_done(workspace: Workspace) -> None:
    with pytest.raises(Refused, match="出错"), workspace.store.write():
        workspace.store.set_meta("half", "done")
        workspace.store.db.execute_sql("INSERT INTO meta VALUES(1, 2, 3)")
    assert workspace.store.meta("half") is None


def test_another_connections_write_is_noticed(workspace: Workspace) -> None:
    before = workspace.store.version()
    with sqlite3.connect(workspace.store.path) as other:
        other.execute("INSERT INTO meta(key, value) VALUES('other', 1)")
    other.close()
    assert workspace.store.version() != before


def test_two_threads_take_turns(workspace: Workspace, project: str) -> None:
    def many(book: Book) -> None:
        for _ in range(20):
            book.add("fix", {"phenomenon": "x"}, project=project)
        workspace.store.db.close()

    threads = [threading.Thread(target=many, args=(workspace.book,)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    numbers = workspace.store.rows("SELECT COUNT(DISTINCT number), COUNT(*) FROM fix")
    assert numbers == [(40, 40)]
    assert workspace.log.verify_chain() is None


def test_a_new_field_of_a_newer_version_is_added(workspace: Workspace, tmp_path: Path) -> None:
    workspace.store.db.execute_sql("ALTER TABLE fix DROP COLUMN place")
    with workspace.store.write():
        workspace.store.set_meta("schema", "older")
    workspace.close()
    again = open_book(workspace.home)
    assert "place" in {row[1] for row in again.store.rows("PRAGMA table_info(fix)")}
    again.close()


def test_the_sentence_is_found_below_peewees_own(tmp_path: Path) -> None:
    store = Store(tmp_path / "x.sqlite3")
    try:
        try:
            raise sqlite3.OperationalError("database or disk is full")
        except sqlite3.OperationalError:
            raise sqlite3.OperationalError("cannot rollback - no transaction is active") from None
    except sqlite3.OperationalError as error:
        assert store.fault(error).word == stores.FULL


def test_a_book_of_before_lets_two_records_have_one_ref(workspace: Workspace) -> None:
    """Two devices may each have given it offline; the index was unique once."""
    store = workspace.store
    with store.write():
        store.db.execute_sql('DROP INDEX "fix_refs"')
        store.db.execute_sql('CREATE UNIQUE INDEX "fix_ref" ON "fix"(ref) WHERE ref IS NOT NULL')
        store.set_meta("schema", "older")
    workspace.close()
    again = open_book(workspace.home)
    found = {row[1]: row[2] for row in again.store.rows("PRAGMA index_list(fix)")}
    assert "fix_ref" not in found and found["fix_refs"] == 0
    again.close()


@pytest.mark.parametrize("name", sorted(kinds))
def test_the_statements_of_a_table_are_those_of_peewee(name: str) -> None:
    cls, db = kinds[name], SqliteDatabase(":memory:")
    with cls.bind_ctx(db, bind_refs=False, bind_backrefs=False):
        table: Any = cls._schema  # type: ignore[attr-defined]
        made = [table._create_table(safe=True), *table._create_indexes(safe=True)]
        assert [one.query() for one in made] == [(sql, []) for sql in table_of(cls)]


def test_a_look_is_kept_until_anything_is_written_or_the_day_changes(
    workspace: Workspace, book: Book, project: str
) -> None:
    store = workspace.store

    def fixes(asked: Store) -> list[str]:
        return [id for (id,) in asked.rows("SELECT id FROM fix ORDER BY n")]

    first = store.look(fixes)
    assert first == [] and store.look(fixes) is first
    one = book.add("fix", {"phenomenon": "own"}, project=project).id
    own = store.look(fixes)
    assert own == [one] and store.look(fixes) is own
    other = open_book(workspace.home)
    two = other.book.add("fix", {"phenomenon": "another's"}, project=project).id
    other.close()
    others = store.look(fixes)
    assert sorted(others) == sorted([one, two]) and store.look(fixes) is others
    day = store.today()
    store.today = lambda: day + timedelta(days=1)
    assert store.look(fixes) == others and store.look(fixes) is not others


def test_what_a_write_takes_back_is_never_kept(
    workspace: Workspace, book: Book, project: str
) -> None:
    store = workspace.store
    book.add("fix", {"phenomenon": "stays"}, project=project)

    def count(asked: Store) -> list[int]:
        return [n for (n,) in asked.rows("SELECT count(*) FROM fix")]

    assert store.look(count) == [1]
    with pytest.raises(Refused), store.write():
        book.add("fix", {"phenomenon": "goes"}, project=project)
        assert store.look(count) == [2]
        raise Refused(W("停", "stop"))
    assert store.look(count) == [1]


def test_each_thread_looks_through_its_own_connection(workspace: Workspace, book: Book) -> None:
    store, found = workspace.store, list[object]()

    def count(asked: Store) -> list[int]:
        return [n for (n,) in asked.rows("SELECT count(*) FROM project")]

    def look() -> None:
        found.append(store.look(count))
        store.db.close()

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    assert found == [[1]]
    book.add("project", {"name": "二"})
    assert store.look(count) == [2]
