"""Undo: saves are taken back by ordinary changes, or refused in one sentence."""

from __future__ import annotations

import pytest

from models.book.book import Book
from models.derived.revision_copy import new_revision
from models.text.words import Refused
from sync.workspace.workspace import Workspace
from tests.support import checks
from tests.support.escalations import ESCALATED
from tests.tui.seen import newest, opened, press, quiet
from tui.app.undo import Undo


@pytest.fixture
def undo(book: Book) -> Undo:
    """The undo of a book, from now on."""
    return Undo(book)


def test_an_edit_writes_the_old_values_back(book: Book, project: str, undo: Undo) -> None:
    fix = book.add("fix", {"phenomenon": "掉电", "cause": "老化"}, project=project)
    book.edit(fix.id, {"phenomenon": "掉电两次", "cause": None, "place": "A-01"})
    assert undo.undo() == f"已撤销：{fix.number}（问题现象、具体位置、原因）"
    now = book.get(fix.id)
    assert (now.phenomenon, now.cause, now.place) == ("掉电", "老化", None)  # type: ignore[attr-defined]
    assert len(list(book.change_log.history(fix.id))) == 3


def test_a_creation_is_voided_with_its_reason(book: Book, project: str, undo: Undo) -> None:
    fix = book.add("fix", {"phenomenon": "掉电"}, project=project)
    undo.undo()
    assert book.get(fix.id).void == "撤销"


def test_saves_go_back_one_by_one_and_then_there_are_none(
    book: Book, project: str, undo: Undo
) -> None:
    fix = book.add("fix", {"phenomenon": "一"}, project=project)
    for text in ("二", "三"):
        book.edit(fix.id, {"phenomenon": text})
    seen = []
    for _ in range(3):
        undo.undo()
        now = book.get(fix.id)
        seen.append((now.phenomenon, now.void))  # type: ignore[attr-defined]
    assert seen == [("二", None), ("一", None), ("一", "撤销")]
    with pytest.raises(Refused, match="没有可以撤销"):
        undo.undo()


def test_a_void_is_restored_and_a_restoring_is_void_again(
    book: Book, project: str, undo: Undo
) -> None:
    fix = book.add("fix", {"phenomenon": "掉电"}, project=project)
    book.void(fix.id, "重复")
    book.restore(fix.id)
    undo.undo()
    assert book.get(fix.id).void == "重复"
    undo.undo()
    assert book.get(fix.id).void is None


def test_a_move_goes_back_by_the_move_that_leads_back(book: Book, project: str, undo: Undo) -> None:
    template = checks.template(book, items=())
    sheet = book.add(
        "sheet", {"template": template, "day": "2026-11-20", "round": 1}, project=project
    )
    book.move(sheet.id, "submit")
    assert "提交" in undo.undo()
    assert book.get(sheet.id).state == "open"
    assert [e.move["move"] for e in book.change_log.history(sheet.id) if e.move] == [
        "submit",
        "reopen",
    ]


def test_a_way_back_that_needs_words_says_that_it_is_an_undo(book: Book, undo: Undo) -> None:
    other = book.add("project", {"name": "乙"})
    book.move(other.id, "complete")
    undo.undo()
    assert book.get(other.id).state == "running"


def test_a_move_with_no_way_back_says_so_and_what_is_possible(
    book: Book, project: str, undo: Undo
) -> None:
    fix = book.add("fix", {"phenomenon": "掉电", "correction": "更换"}, project=project)
    book.move(fix.id, "fix")
    with pytest.raises(Refused) as refused:
        undo.undo()
    said = str(refused.value)
    assert "“处理完成”不能撤销" in said and "验证：符合" in said
    assert book.get(fix.id).state == "fixed"


def test_nothing_is_half_undone(book: Book, project: str, undo: Undo) -> None:
    fix = book.add("fix", {"phenomenon": "掉电"}, project=project)
    book.move(fix.id, "escalate", ESCALATED)  # makes an escalation in the same save
    (row,) = book.store.rows("SELECT id FROM escalation")
    with pytest.raises(Refused, match="升级"):
        undo.undo()
    assert book.get(row[0]).void is None
    assert len(undo) == 2


def test_what_was_changed_again_elsewhere_is_left_alone(
    book: Book, project: str, undo: Undo
) -> None:
    fix = book.add("fix", {"phenomenon": "一"}, project=project)
    book.edit(fix.id, {"phenomenon": "二"})
    book.saved.remove(undo._note)
    book.edit(fix.id, {"phenomenon": "三"})
    with pytest.raises(Refused, match="之后又改过"):
        undo.undo()
    assert book.get(fix.id).phenomenon == "三"  # type: ignore[attr-defined]


def test_a_save_of_several_records_is_one_undo(book: Book, project: str, undo: Undo) -> None:
    with book.saving():
        one = book.add("fix", {"phenomenon": "一"}, project=project)
        two = book.add("fix", {"phenomenon": "二"}, project=project)
    undo.undo()
    assert book.get(one.id).void and book.get(two.id).void


# -- by keys -------------------------------------------------------------------------------------


async def test_a_key_takes_back_the_last_save_and_the_next_the_one_before(
    workspace: Workspace, book: Book, project: str
) -> None:
    fix = book.add("fix", {"phenomenon": "一"}, project=project)
    async with opened(workspace) as (app, pilot):
        app.open_record(fix.id)
        for text_ in ("x", "y"):
            await press(pilot, "e", "end", text_, "ctrl+s")
        await press(pilot, "ctrl+z")
        assert book.get(fix.id).values()["phenomenon"] == "一x"
        assert app.notices[-1].text.startswith("已撤销")
        await press(pilot, "u")
        assert book.get(fix.id).values()["phenomenon"] == "一"
        await press(pilot, "u")
        assert "没有可以撤销" in app.notices[-1].text and app.notices[-1].bad


async def test_where_text_is_typed_the_key_belongs_to_the_text(
    workspace: Workspace, book: Book, project: str
) -> None:
    async with opened(workspace) as (app, pilot):
        app.open_form("fix")
        await quiet(pilot)
        await press(pilot, "a", "ctrl+s")
        made = newest(workspace, "fix")
        app.open_form("fix", record=made)
        await quiet(pilot)
        await press(pilot, "end", "b", "ctrl+z", "ctrl+z")
        assert book.get(made.id).void is None
        assert app.screen.fields.editing.editor.value == "a"
        await press(pilot, "escape", "f3", "x", "ctrl+z")
        assert book.get(made.id).void is None
        await press(pilot, "escape", "escape", "ctrl+z")
        assert book.get(made.id).void == "撤销"


def test_a_record_made_with_its_rows_is_taken_back_with_them(
    book: Book, project: str, undo: Undo
) -> None:
    """In one save, whatever its types are called: its rows first, and one sentence."""
    before = book.get(checks.template(book, project))
    made = new_revision(book, before)
    assert undo.undo() == f"已撤销：新建 {made.number}"
    assert book.get(made.id).void == "撤销"
    assert all(book.get(id).void == "撤销" for id in checks.items(book, made.id))
    assert new_revision(book, before).values()["version"] == 3
