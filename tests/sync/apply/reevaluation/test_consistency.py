"""The audit: silent on a sound book, and a sentence for every kind of damage."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.schema.record import kinds
from models.storage import blobs, integrity, rows
from models.storage.integrity import IntegrityFinding
from models.text.words import language
from sync.apply.reevaluation import consistency
from sync.trust import device_key
from sync.workspace.workspace import Workspace


@pytest.fixture
def busy(workspace: Workspace, project: str) -> Workspace:
    """A book with a little of everything."""
    book = workspace.book
    made = book.add("fix", {"phenomenon": "a", "correction": "b"}, project=project, ref="R")
    book.move(made.id, "fix")
    book.edit(made.id, {"cause": "x"}, seen=made.dots)
    book.edit(made.id, {"cause": "y"}, seen=made.dots)
    book.edit(made.id, {"cause": None}, seen=book.get(made.id).dots)
    book.add("note", {"about": made.id, "text": "n"})
    period = {"name": "p", "service_from": "2026-01-01"}
    book.edit(book.add("project", period).id, {"service_to": "2026-12-31"})
    book.void(book.add("site", {"name": "s"}).id, "r")
    return workspace


def _all(workspace: Workspace) -> list[IntegrityFinding]:
    def run(sql: str, params: object = ()) -> list[tuple[object, ...]]:
        return workspace.store.rows(sql, params)  # type: ignore[arg-type]

    attached = integrity.attached(run, workspace.home)
    return [
        *integrity.database(run),
        *consistency.everything(workspace),
        *attached,
        *integrity.links(run),
    ]


def _harm(workspace: Workspace, sql: str, *params: object) -> None:
    with workspace.store.write():
        workspace.store.db.execute_sql(sql, params)
    workspace.people.refresh()


def test_a_sound_book_has_nothing_to_say(busy: Workspace) -> None:
    assert [str(one) for one in _all(busy)] == []


HARM = {
    "校验值": "UPDATE fix SET phenomenon='changed'",
    "与校验值不符": "UPDATE fix SET typical='neither yes nor no'",
    "不符（id": "UPDATE fix SET phenomenon=x'ff00'",
    "版本记录": "UPDATE fix SET dots='nonsense', digest=?",
    "未知设备": "UPDATE fix SET dots='99.1', digest=?",
    "不属于任何记录": "INSERT INTO sibling VALUES('nobody', 'cause', 1, 1, 1, 'null')",
    "日志在空间": "UPDATE change SET body=CAST(replace(body, '\"a\"', '\"b\"') AS BLOB)",
    "接不上": "UPDATE change SET body='text, not bytes'",
    "第 2 条断开": "DELETE FROM change WHERE seq=2 AND space LIKE 'p:%'",
    "没有来源": "UPDATE fix SET dots='1.99', digest=?",
    "角色表": "INSERT INTO role_grant VALUES('mallory', 'quality', '*')",
    "成员日志": "UPDATE membership SET body=replace(body, 'engineer', 'engineeR')",
}


@pytest.mark.parametrize("words", HARM)
def test_every_kind_of_damage_is_said_in_both_languages(busy: Workspace, words: str) -> None:
    sql = HARM[words]
    if sql.endswith("digest=?"):  # somebody who knows how checksums are made
        dots = sql.split("'")[1]
        row = {**busy.book.get("R").__data__, "dots": dots}
        _harm(busy, sql, rows.row_digest(kinds["fix"], row))
    else:
        _harm(busy, sql)
    found = _all_but_crashes(busy)
    assert any(words in str(one) for one in found), [str(one) for one in found]
    language.now = "en"
    assert all(str(one).isascii() or "“" in str(one) for one in found)


def _all_but_crashes(workspace: Workspace) -> list[IntegrityFinding]:
    def run(sql: str, params: object = ()) -> list[tuple[object, ...]]:
        return workspace.store.rows(sql, params)  # type: ignore[arg-type]

    content = list(integrity.database(run))
    return content if any(one.bad for one in content) else list(consistency.everything(workspace))


def test_a_value_changed_behind_the_log_is_noticed_though_its_checksum_fits(
    busy: Workspace,
) -> None:
    record = busy.book.get("R")
    with busy.store.write():
        rows.update(busy.store, record, {"phenomenon": "forged"})
    (found,) = _all(busy)
    assert "与改动日志不同" in str(found) and "问题现象" in str(found)


def test_a_key_that_others_may_read_or_that_is_gone(busy: Workspace) -> None:
    (busy.home / device_key.FILE).chmod(0o644)
    assert [one.word for one in _all(busy)] == [consistency.KEY_OPEN]
    (busy.home / device_key.FILE).unlink()
    assert [one.word for one in _all(busy)] == [consistency.KEY_GONE]


def test_attached_bytes_wrong_or_absent(busy: Workspace, tmp_path: Path) -> None:
    (tmp_path / "f").write_bytes(b"right")
    kept = blobs.keep(busy.home, tmp_path / "f")
    values = {"about": busy.book.get("R").id, "name": "f", "sha256": kept.sha256, "size": 5}
    busy.book.add("attachment", values)
    blobs.place(busy.home, kept.sha256).write_bytes(b"wrong")
    (found,) = _all(busy)
    assert found.word == integrity.WRONG_FILE and found.bad
    blobs.place(busy.home, kept.sha256).unlink()
    (found,) = _all(busy)
    assert found.word == integrity.NO_FILE and not found.bad


def test_a_link_to_what_is_not_here_is_a_note(busy: Workspace, project: str) -> None:
    values = {"phenomenon": "a", "site": "01a20000-0000-7000-8000-000000000000"}
    busy.book.add("fix", values, project=project)
    (found,) = _all(busy)
    assert found.word == integrity.NOT_HERE and not found.bad


def test_many_faults_of_one_sort_are_counted(busy: Workspace, project: str) -> None:
    with busy.book.saving():
        for _ in range(30):
            busy.book.add("fix", {"phenomenon": "z"}, project=project)
    _harm(busy, "UPDATE fix SET phenomenon='changed' WHERE phenomenon='z'")
    content = list(integrity.several(integrity.content(lambda sql, p: busy.store.rows(sql, p))))
    assert len(content) == integrity.NAMED + 1 and content[-1].values == {"count": 10}


def test_many_notes_are_still_no_fault() -> None:
    notes = list(integrity.several(integrity.IntegrityNote(integrity.NO_FILE) for _ in range(30)))
    assert len(notes) == integrity.NAMED + 1 and not any(one.bad for one in notes)
