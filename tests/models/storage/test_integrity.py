"""Integrity: each fault of a database in a sentence, notes apart from faults, nothing invented."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any

import pytest

from models.book.book import Book
from models.storage import blobs, integrity, rows
from models.storage.integrity import NAMED, IntegrityFinding, IntegrityNote
from models.storage.rows import row_digest
from models.text.words import language
from sync.workspace.workspace import Workspace


@pytest.fixture
def fix(book: Book, project: str) -> str:
    """A fix with a cause."""
    return book.add("fix", {"phenomenon": "掉电", "cause": "电池"}, project=project).id


def run(book: Book) -> integrity.Run:
    """Runs queries on a book."""
    return lambda sql, params: book.store.rows(sql, params)


def said(found: Iterable[IntegrityFinding]) -> list[str]:
    """The sentences."""
    return [str(one) for one in found]


def damage(book: Book, sql: str, *params: Any) -> None:
    """Change a row behind the book's back."""
    with book.store.write():
        book.store.db.execute_sql(sql, params)


def test_a_sound_book_has_no_fault_and_nothing_odd(book: Book, fix: str, project: str) -> None:
    book.edit(fix, {"cause": ""})
    book.move(fix, "fix", {"correction": "换"})
    ask = run(book)
    assert said(integrity.database(ask)) == []
    assert said(integrity.odd(ask)) == []
    assert said(integrity.links(ask)) == []


@pytest.mark.shows(88)
@pytest.mark.parametrize("value", ["别的", "", b"\xff\x00", 7, 1.5])
def test_a_changed_cell_is_named_by_number_and_id(book: Book, fix: str, value: object) -> None:
    number = book.get(fix).number
    damage(book, "UPDATE fix SET cause=? WHERE id=?", value, fix)
    (found,) = integrity.database(run(book))
    assert found.bad
    assert str(found) == f"现场处置 {number} 的内容与校验值不符（id {fix}）"
    language.now = "en"
    assert str(found).startswith(f"The content of On-site fix {number} does not match")


def test_versions_that_make_no_sense_and_unknown_devices(book: Book, fix: str) -> None:
    for dots, says in (("odd", "版本记录无法读取"), ("99.1", "出自未知设备 99")):
        damage(book, "UPDATE fix SET dots=? WHERE id=?", dots, fix)
        row = book.get(fix).__data__
        damage(book, "UPDATE fix SET digest=? WHERE id=?", row_digest(book.cls("fix"), row), fix)
        (found,) = integrity.database(run(book))
        assert found.bad and says in str(found)


def test_what_belongs_to_no_record_is_counted(book: Book, fix: str) -> None:
    sql = (
        "INSERT INTO sibling(record, register, idx, seq, at, value)"
        " VALUES(?, 'cause', 1, ?, 1, '1')"
    )
    damage(book, sql, "nobody", 1)
    damage(book, sql, "nobody", 2)
    damage(book, sql, fix, 3)
    assert said(integrity.loose(run(book))) == ["sibling 中有 2 行不属于任何记录"]


def test_a_link_to_what_is_not_here_is_a_note(book: Book, fix: str) -> None:
    number = book.get(fix).number
    damage(book, "UPDATE fix SET site='away' WHERE id=?", fix)
    (found,) = integrity.links(run(book))
    assert isinstance(found, IntegrityNote) and not found.bad
    assert number in str(found) and "“现场”" in str(found) and "away" in str(found)
    damage(book, "UPDATE fix SET void='重复' WHERE id=?", fix)
    assert said(integrity.links(run(book))) == []


def test_a_value_that_would_not_be_taken_here_is_a_note(book: Book, fix: str) -> None:
    damage(book, "UPDATE fix SET found_during='magic', typical=2 WHERE id=?", fix)
    found = list(integrity.odd(run(book)))
    assert {one.bad for one in found} == {False}
    assert len(found) == 2 and "发现途径" in str(found[0]) and "典型" in str(found[1])


def test_attached_files_wrong_or_not_here(workspace: Workspace, fix: str) -> None:
    book, home = workspace.book, workspace.home
    path = home / "照片.jpg"
    path.write_bytes(b"bytes")
    kept = blobs.keep(home, path)
    values = {"about": fix, "name": "照片.jpg", "sha256": kept.sha256, "size": kept.size}
    made = book.add("attachment", values)
    ask = run(book)
    assert said(integrity.attached(ask, home)) == []
    here = blobs.place(home, kept.sha256)
    here.chmod(0o600)
    here.write_bytes(b"other")
    (found,) = integrity.attached(ask, home)
    assert found.bad and made.number in str(found) and "照片.jpg" in str(found)
    here.unlink()
    (found,) = integrity.attached(ask, home)
    assert not found.bad and "不在本机" in str(found)


def test_a_database_that_cannot_be_read_is_one_finding() -> None:
    def broken(sql: str, params: Sequence[Any]) -> Iterable[tuple[Any, ...]]:
        raise sqlite3.DatabaseError("file is not a database")

    (found,) = integrity.database(broken)
    assert found.bad and "file is not a database" in str(found)


@pytest.mark.parametrize(
    ("bad", "notes", "last"), [(0, NAMED, None), (0, NAMED + 3, False), (NAMED + 1, 0, True)]
)
def test_many_are_named_the_rest_counted(bad: int, notes: int, last: bool | None) -> None:
    every = [IntegrityFinding(integrity.BROKEN_FILE, what="x")] * bad
    every += [IntegrityNote(integrity.BROKEN_FILE, what="x")] * notes
    found = list(integrity.several(every))
    if last is None:
        assert found == every
    else:
        assert found[:NAMED] == every[:NAMED]
        assert str(found[NAMED]) == f"同样的还有 {len(every) - NAMED} 处"
        assert found[NAMED].bad is last and len(found) == NAMED + 1


@pytest.mark.parametrize("value", ["别的", "", b"\xff\x00", 7])
def test_a_damaged_record_is_told_where_it_is_read(book: Book, fix: str, value: object) -> None:
    assert rows.is_sound(book.get(fix))
    book.edit(fix, {"place": "墙边"})
    assert rows.is_sound(book.get(fix))
    damage(book, "UPDATE fix SET cause=? WHERE id=?", value, fix)
    assert not rows.is_sound(book.get(fix))
