"""Undo: saves are taken back by ordinary changes, or refused in one sentence."""

from __future__ import annotations

import pytest

from models.book.book import Book
from models.derived.revision_copy import new_revision
from models.text.words import Refused
from sync.workspace.workspace import Workspace
from tests.support import checks
from tests.support.escalations import ESCALATED
from tests.tui.seen import newest, opened, press, quiet, text
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


@pytest.mark.shows(65)
def test_saves_go_back_one_by_one_and_then_there_are_none(
    book: Book, project: str, undo: Undo
) -> None:
    fix = book.add("fix", {"phenomenon": "一"}, project=project)
    for said in ("二", "三"):
        book.edit(fix.id, {"phenomenon": said})
    seen = []
    for _ in range(3):
        undo.undo()
        now = book.get(fix.id)
        seen.append((now.phenomenon, now.void))  # type: ignore[attr-defined]
    assert seen == [("二", None), ("一", None), ("一", "撤销")]
    with pytest.raises(Refused, match="没有可以撤销"):
        undo.undo()


@pytest.mark.shows(65)
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


def test_what_cannot_be_undone_bars_nothing_before_it(book: Book, project: str, undo: Undo) -> None:
    fix = book.add("fix", {"phenomenon": "掉电", "correction": "更换"}, project=project)
    other = book.add("fix", {"phenomenon": "过热"}, project=project)
    book.move(fix.id, "fix")
    with pytest.raises(Refused, match="已跳过"):
        undo.undo()
    assert undo.undo() == f"已撤销：新建 {other.number}"


def test_what_was_taken_back_is_brought_back_and_can_be_taken_back_again(
    book: Book, project: str, undo: Undo
) -> None:
    fix = book.add("fix", {"phenomenon": "一"}, project=project)
    book.edit(fix.id, {"phenomenon": "二"})
    seen = []
    for step in (undo.undo, undo.undo, undo.redo, undo.redo, undo.undo):
        step()
        now = book.get(fix.id)
        seen.append((now.phenomenon, now.void))  # type: ignore[attr-defined]
    assert seen == [("一", None), ("一", "撤销"), ("一", None), ("二", None), ("一", None)]
    assert undo.redo() == f"已重做：{fix.number}（问题现象）"
    with pytest.raises(Refused, match="没有可以重做"):
        undo.redo()


def test_a_save_after_an_undo_ends_what_could_be_redone(
    book: Book, project: str, undo: Undo
) -> None:
    fix = book.add("fix", {"phenomenon": "一"}, project=project)
    undo.undo()
    book.restore(fix.id)
    with pytest.raises(Refused, match="没有可以重做"):
        undo.redo()


def test_rows_come_back_with_their_record(book: Book, project: str, undo: Undo) -> None:
    made = new_revision(book, book.get(checks.template(book, project)))
    undo.undo()
    undo.redo()
    assert book.get(made.id).void is None
    assert all(book.get(id).void is None for id in checks.items(book, made.id))


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
        await press(pilot, "escape", "escape", "ctrl+z", "y")
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


async def test_what_is_on_the_screen_comes_first_and_anything_else_is_asked(
    workspace: Workspace, book: Book, project: str
) -> None:
    one, two = (book.add("fix", {"phenomenon": said}, project=project) for said in "甲乙")
    async with opened(workspace) as (app, pilot):
        book.edit(one.id, {"phenomenon": "甲1"})
        book.edit(two.id, {"phenomenon": "乙1"})
        app.open_record(one.id)
        await quiet(pilot)
        await press(pilot, "u")
        assert [book.get(id.id).values()["phenomenon"] for id in (one, two)] == ["甲", "乙1"]
        await press(pilot, "u")
        assert two.number in text(app) and "不在屏幕上" in text(app)
        assert app.focused.id == "no"
        await press(pilot, "enter")
        assert book.get(two.id).values()["phenomenon"] == "乙1"
        await press(pilot, "u", "ctrl+y")  # redo in other programs: never a yes
        assert book.get(two.id).values()["phenomenon"] == "乙1"
        await press(pilot, "y")
        assert book.get(two.id).values()["phenomenon"] == "乙"
        await press(pilot, "U", "ctrl+y")
        assert [book.get(id.id).values()["phenomenon"] for id in (one, two)] == ["甲1", "乙1"]


async def test_a_list_takes_back_what_it_shows(
    workspace: Workspace, book: Book, project: str
) -> None:
    fix = book.add("fix", {"phenomenon": "甲"}, project=project)
    async with opened(workspace) as (_, pilot):
        book.edit(fix.id, {"phenomenon": "甲1"})
        book.add("site", {"name": "站"}, project=None)
        await press(pilot, "3", "u")
        assert book.get(fix.id).values()["phenomenon"] == "甲"


async def test_the_list_names_every_change_and_takes_back_the_chosen_one(
    workspace: Workspace, book: Book, project: str
) -> None:
    one, two = (book.add("fix", {"phenomenon": said}, project=project) for said in "甲乙")
    async with opened(workspace) as (app, pilot):
        book.edit(one.id, {"phenomenon": "甲1"})
        book.edit(two.id, {"phenomenon": "乙1"})
        await press(pilot, "alt+z")
        seen = text(app)
        assert seen.index(f"{two.number}（问题现象）") < seen.index(f"{one.number}（问题现象）")
        await press(pilot, "down", "enter", "escape")
        assert [book.get(id.id).values()["phenomenon"] for id in (one, two)] == ["甲", "乙1"]
