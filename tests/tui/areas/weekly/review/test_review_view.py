"""Review view: an entry as a lead reads it, and a week without an entry."""

from __future__ import annotations

from typing import cast

import pytest

from models.book.book import Book
from models.records.weekly import entries, review_grid
from models.records.weekly.review_grid import Cell, Team
from models.records.weekly.weekly_entry import Weekly
from sync.workspace.workspace import Workspace
from tests.support.crew import Crew
from tests.tui.areas.weekly.conftest import FRIDAY, MONDAY, WEEK
from tui.areas.weekly.review.review_view import ReviewView, absent
from tui.display.parts import plain
from tui.display.values import Values

pytestmark = pytest.mark.usefixtures("monday")


def entry_of(crew: Crew, name: str) -> str:
    """The id of somebody's entry."""
    sql = "SELECT w.id FROM weekly w JOIN person p ON p.id=w.person WHERE p.name=?"
    ((id,),) = crew.workspace.store.rows(sql, (name,))
    return str(id)


def said(workspace: Workspace, id: str) -> str:
    """An entry as the lead reads it."""
    book = workspace.book
    weekly = cast(Weekly, book.get(id))
    due = entries.of_record(book, weekly)
    return " ".join(plain(ReviewView(book, Values(workspace), due, weekly).parts()).split())


def test_an_entry_begins_with_whose_it_is(workspace: Workspace, team: Crew) -> None:
    text = said(workspace, entry_of(team, "仇小河"))
    assert text.startswith("仇小河 2026-W47 测试项目 已提交")
    assert "第 2 轮" not in text and "上一轮以来" not in text
    assert "本周进展 巡检，仇小河" in text


def test_a_second_round_marks_what_changed(workspace: Workspace, book: Book, team: Crew) -> None:
    id, author = entry_of(team, "段青"), team.books["段青"]
    book.move(id, "return", comment="写明下周计划")
    team.now = MONDAY + 60_000
    author.edit(id, {"next_week": "复测电池"})
    author.move(id, "submit")
    text = said(workspace, id)
    assert "已提交，第 2 轮" in text
    assert "下周计划 ● 已改 复测电池" in text and "本周进展 ● 已改" not in text
    assert "上一轮以来改了什么 下周计划: 原：（空） : 现：复测电池" in text
    assert "经过" in text and text.count("写明下周计划") == 2  # the last comment, and its round


def test_its_changes_and_moves_are_read_once(workspace: Workspace, book: Book, team: Crew) -> None:
    """In a later round too, where each of them is asked by several parts."""
    id, author = entry_of(team, "段青"), team.books["段青"]
    book.move(id, "return", comment="写明下周计划")
    author.edit(id, {"next_week": "复测电池"})
    author.move(id, "submit")
    asked, db = list[str](), workspace.store.db.connection()
    db.set_trace_callback(asked.append)
    text = said(workspace, id)
    db.set_trace_callback(None)
    assert "第 2 轮" in text
    for table in ("change", "transition"):
        of_it = [one for one in asked if f"FROM {table} WHERE record='{id}' ORDER BY n" in one]
        assert len(of_it) == 1, of_it


def test_a_second_round_without_a_change_says_so(
    workspace: Workspace, book: Book, team: Crew
) -> None:
    id, author = entry_of(team, "段青"), team.books["段青"]
    book.move(id, "return", comment="请再看")
    author.move(id, "submit")
    assert "与上一轮相同。" in said(workspace, id)


def test_a_new_problem_of_a_second_round_is_marked(
    workspace: Workspace, book: Book, team: Crew, project: str
) -> None:
    id, author = entry_of(team, "段青"), team.books["段青"]
    book.move(id, "return", comment="问题没有写")
    team.now = MONDAY + 60_000
    author.add("fix", {"phenomenon": "风扇异响"}, project=project, occurred=FRIDAY)
    author.move(id, "submit")
    text = said(workspace, id)
    assert "● 新增 未解决 风扇异响" in text and "与上一轮相同" not in text


def test_notes_come_last(workspace: Workspace, book: Book, team: Crew) -> None:
    id = entry_of(team, "仇小河")
    note = book.add("note", {"about": id, "text": "数字请再核对"})
    assert "备注 测试员" in said(workspace, id) and said(workspace, id).endswith("数字请再核对")
    book.void(note.id, "误写")
    assert "备注" not in said(workspace, id)


@pytest.mark.parametrize(
    ("state", "until", "text", "style"),
    [
        (review_grid.MISSING, 0, "没有提交：应在 11-23 12:00 前。", "bad"),
        (review_grid.UNSYNCED, 0, "此人的数据只收到 （从未同步）", "warn"),
        (review_grid.UNSYNCED, MONDAY, "此人的数据只收到 11-23 14:00", "warn"),
        (review_grid.DUE, 0, "还没有到期：11-23 12:00 前提交。", "muted"),
        (review_grid.NONE, 0, "这一周不要求周报。", "muted"),
    ],
)
def test_a_week_without_an_entry_says_why(
    workspace: Workspace, book: Book, team: Crew, state: str, until: int, text: str, style: str
) -> None:
    found = Team(book, review_grid.led(book), {})
    row = next(one for one in found.rows if one.name == "文竹")
    title, why = absent(Values(workspace), row, WEEK, Cell(state), found.due(WEEK), until)
    assert str(title.body) == "文竹  2026-W47  测试项目"
    assert text in str(why.body) and why.style == style
