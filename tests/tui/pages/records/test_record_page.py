"""The page of a record: what it says, links both ways, history, moves by key, copy, void."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from textual.events import Paste

from models.book.book import Book
from models.schema.record import Record, kinds
from models.storage import rows
from models.text.typed_path import path_of
from models.text.words import W
from sync.workspace.workspace import Workspace
from tests.support.escalations import ESCALATED, taken_up
from tests.support.hostile import PAYLOADS
from tests.tui.seen import SIZES, at, lines, newest, opened, press, quiet, text, whole
from tui.display import move_letters
from tui.pages.dialogs.text_prompt import TextPrompt
from tui.pages.records.move_menu import MoveMenu
from tui.pages.records.record_page import RecordPage
from tui.widgets.document_view import DocumentView


@pytest.fixture
def fix(book: Book, project: str) -> Record:
    """A fix that was edited once."""
    made = book.add("fix", {"phenomenon": "回风温度高", "place": "北墙"}, project=project)
    return book.edit(made.id, {"place": "南墙", "cause": "滤网堵"})


async def test_fields_history_and_moves(workspace: Workspace, fix: Record) -> None:
    async with opened(workspace, (100, 60)) as (app, pilot):
        app.open_record(fix.id)
        await quiet(pilot)
        seen = text(app)
        assert f"现场处置 {fix.number}  回风温度高" in lines(app)[0]
        assert "待处理" in seen and "测试项目" in seen and "测试员" in seen
        assert "具体位置: 北墙 > 南墙" in seen and "原因: 滤网堵" in seen
        assert "d 处理完成" in seen and "x 升级" in seen
        assert "解决措施" not in seen
        await press(pilot, "o")
        assert "解决措施" in text(app)
        whole(app)


async def test_a_move_by_its_own_letter(workspace: Workspace, book: Book, fix: Record) -> None:
    async with opened(workspace) as (app, pilot):
        app.open_record(fix.id)
        await quiet(pilot)
        await press(pilot, "x", "1", "ctrl+s")
        assert book.get(fix.id).state == "escalated"
        assert "已升级" in text(app)
        assert newest(workspace, "escalation").values()["fix"] == fix.id
        await press(pilot, "c")
        assert "只能在" in app.notices[-1].text and app.notices[-1].bad
        assert book.get(fix.id).state == "escalated"


async def test_the_menu_has_the_possible_ones_first_and_says_why_not(
    workspace: Workspace, book: Book, fix: Record
) -> None:
    async with opened(workspace) as (app, pilot):
        app.open_record(fix.id)
        await press(pilot, "f7")
        at(app, MoveMenu)
        seen = text(app)
        assert seen.index("升级") < seen.index("关闭")
        assert "其他状态下可用：" in seen
        whole(app)
        await press(pilot, "escape")
        at(app, RecordPage)
        await press(pilot, "f7", "2", "1", "ctrl+s")
        assert book.get(fix.id).state == "escalated"


async def test_links_lead_both_ways(workspace: Workspace, book: Book, fix: Record) -> None:
    book.move(fix.id, "escalate", ESCALATED)
    escalation = newest(workspace, "escalation")
    async with opened(workspace) as (app, pilot):
        app.open_record(fix.id)
        await press(pilot, "l")
        assert at(app, RecordPage).record_id == escalation.id
        await press(pilot, "l")
        assert app.screen.record_id == fix.id
        await press(pilot, "escape", "escape")
        assert at(app, RecordPage).record_id == fix.id


async def test_void_asks_for_a_reason_and_can_be_taken_back(
    workspace: Workspace, book: Book, fix: Record
) -> None:
    async with opened(workspace) as (app, pilot):
        app.open_record(fix.id)
        await press(pilot, "f8", "enter")
        assert at(app, TextPrompt) and "请先填写原因" in text(app)
        await press(pilot, "escape")
        assert book.get(fix.id).void is None
        await press(pilot, "f8", *"twice", "enter")
        assert book.get(fix.id).void == "twice"
        assert "已作废：twice" in text(app)
        await press(pilot, "e")
        assert "已作废" in app.notices[-1].text
        await press(pilot, "f8")
        assert book.get(fix.id).void is None


async def test_copy_goes_to_the_clipboard_and_to_a_file(workspace: Workspace, fix: Record) -> None:
    async with opened(workspace) as (app, pilot):
        app.open_record(fix.id)
        await press(pilot, "y")
        assert "原因: 滤网堵" in app.clipboard
        path = workspace.home / "copies" / f"{fix.number}.txt"
        assert path.read_text(encoding="utf-8") == app.clipboard
        assert str(path) in app.notices[-1].text


async def test_entered_later_notes_files_and_no_second_person(
    workspace: Workspace, book: Book, project: str
) -> None:
    three_days = book.change_log.now() - 3 * 86_400_000
    weekly = book.add(
        "weekly",
        {"week": "2026-W40", "person": book.me, "progress": "完成"},
        project=project,
        occurred=three_days,
    )
    book.move(weekly.id, "submit")
    book.move(weekly.id, "accept", comment="好")
    book.add("note", {"about": weekly.id, "text": "看过了"})
    file = {"about": weekly.id, "name": "a.pdf", "sha256": "0" * 64, "size": 2048}
    book.add("attachment", file)
    async with opened(workspace, (100, 60)) as (app, pilot):
        app.open_record(weekly.id)
        await quiet(pilot)
        seen = text(app)
        assert "补记" in seen and "没有第二人" in seen and "“好”" in seen
        assert "看过了" in seen and "a.pdf" in seen
        assert "0/1 个文件在本机" in seen and "文件未到本机" in seen


async def test_a_file_is_attached_and_taken_out_again(
    workspace: Workspace, fix: Record, tmp_path: Path
) -> None:
    (tmp_path / "a b.txt").write_bytes(b"reading 23.5")
    async with opened(workspace, (100, 60)) as (app, pilot):
        app.open_record(fix.id)
        await press(pilot, "t")
        app.focused.post_message(Paste(f"'{tmp_path}/a b.txt'"))
        await quiet(pilot)
        await press(pilot, "enter")
        assert "a b.txt" in text(app) and "1/1 个文件在本机" in text(app)
        leaf = app.screen.query_one(DocumentView)
        leaf.go(next(part.id for part in leaf.parts if part.id.startswith("file:")))
        await press(pilot, "enter")
        out = next((workspace.home / "copies").iterdir())
        assert out.read_bytes() == b"reading 23.5" and str(out) in app.notices[-1].text
        await press(pilot, "t", *"no-such-file", "enter")
        assert app.notices[-1].bad and "no-such-file" in app.notices[-1].text


def test_paths_as_they_are_typed() -> None:
    for typed in (
        "/a b/c.txt",
        "'/a b/c.txt'",
        '"/a b/c.txt" ',
        "file:///a%20b/c.txt",
        "/a\\ b/c.txt",
    ):
        assert path_of(typed) == Path("/a b/c.txt"), typed


async def test_rows_stand_on_the_page_of_what_they_belong_to(
    workspace: Workspace, book: Book, project: str
) -> None:
    made = book.add("escalation", {"phenomenon": "环网断开"}, project=project)
    row = book.add("group_member", {"escalation": made.id, "person": book.me, "duty": "组长"})
    async with opened(workspace) as (app, pilot):
        app.open_record(made.id)
        await quiet(pilot)
        page = app.screen
        assert isinstance(page, RecordPage)
        page.query_one(DocumentView).go(f"row:{row.id}")
        await quiet(pilot)
        assert "攻关组成员 (1)" in text(app) and "组长" in text(app)
        assert page.chosen() == row.id
        await press(pilot, "f8", *"left", "enter")
        assert book.get(row.id).void == "left"
        assert book.get(made.id).void is None


@pytest.mark.parametrize("size", SIZES)
async def test_hostile_text_stays_text(
    workspace: Workspace, book: Book, project: str, size: tuple[int, int]
) -> None:
    made = book.add("fix", {"phenomenon": "".join(PAYLOADS.values())}, project=project)
    for payload in PAYLOADS.values():
        book.add("note", {"about": made.id, "text": payload})
        book.edit(made.id, {"cause": payload, "place": "".join(payload.split())[:150]})
    async with opened(workspace, size) as (app, pilot):
        app.open_record(made.id)
        await quiet(pilot)
        leaf, before = app.screen.query_one(DocumentView), None
        while leaf.current != before:
            whole(app)
            before = leaf.current
            await press(pilot, "pagedown", "right_square_bracket")
        await press(pilot, "end", "y")
        whole(app)
        assert not app.notices[-1].bad


async def test_long_text_scrolls_line_by_line(
    workspace: Workspace, book: Book, project: str
) -> None:
    made = book.add(
        "fix", {"phenomenon": "".join(f"第{n}句。" for n in range(250))}, project=project
    )
    async with opened(workspace) as (app, pilot):
        app.open_record(made.id)
        await quiet(pilot)
        leaf = app.screen.query_one(DocumentView)
        leaf.go("field:phenomenon")
        seen: set[str] = set()
        while leaf.current == "field:phenomenon":
            seen |= set(re.findall("第([0-9]+)句", text(app)))
            await pilot.press("down")
        assert {"0", "100", "200", "249"} <= seen


@pytest.mark.shows(98)
async def test_language_and_theme_change_at_once(workspace: Workspace, fix: Record) -> None:
    async with opened(workspace) as (app, pilot):
        app.open_record(fix.id)
        await press(pilot, "f9")
        seen = text(app)
        assert "On-site fix" in lines(app)[0] and "Problem" in seen and "open" in seen
        assert "Edit" in lines(app)[-1] and "编辑" not in lines(app)[-1]
        await press(pilot, "f9")
        assert "问题现象" in text(app)


def test_every_type_has_letters_for_its_moves() -> None:
    for cls in kinds.values():
        keys = move_letters.letters(cls.kind)
        wanted = [move.id for move in move_letters.offered(cls.kind) if not move.hidden]
        assert list(keys) == wanted
        assert len(set(keys.values())) == len(wanted)
        assert not set(keys.values()) & move_letters.RESERVED


async def test_what_is_gone_is_said(workspace: Workspace) -> None:
    async with opened(workspace) as (app, pilot):
        app.open_record("no such id")
        await quiet(pilot)
        assert app.notices[-1].bad
        assert rows.type_of(workspace.store, "no such id") is None
        assert W("a", "b")


async def test_what_was_changed_after_its_approval_is_confirmed_by_its_letter(
    workspace: Workspace, book: Book, project: str
) -> None:
    made = book.add("escalation", {"phenomenon": "断网", "place": "A"}, project=project)
    book.move(made.id, "accept", taken_up(book))
    book.move(made.id, "draft", {"solution": "换板卡"})
    book.move(made.id, "approve")
    letter = move_letters.letters(made.kind)["confirm_again"]
    async with opened(workspace) as (app, pilot):
        app.open_record(made.id)
        await press(pilot, letter)
        assert "无须再确认" in app.notices[-1].text
        book.edit(made.id, {"place": "B"})
        app.open_record(made.id)
        await quiet(pilot)
        assert "批准后改过：具体位置" in text(app)
        await press(pilot, letter)
        assert "批准后改过" not in text(app)
        assert book.get(made.id).state == "approved"
