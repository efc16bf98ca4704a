"""Row table: columns of the declaration, marks where there are any, rows read as they are drawn."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.book.book import Book
from models.book.rows.child_rows import rows_of
from models.schema.record import Record, kinds
from models.text.words import language
from sync.workspace.workspace import Workspace
from tests.support.hostile import PAYLOADS, acting
from tests.support.plans import plan_of, plan_workspace, task
from tui.display.parts import TextPart, lines_of, plain
from tui.display.row_table import BLOCK, RowTable, columns
from tui.display.terminal_text import width
from tui.display.values import Values


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """A workspace whose book knows plans."""
    with plan_workspace(tmp_path) as opened:
        yield opened


def table(workspace: Workspace, plan: Record, type: str = "plan_task") -> RowTable:
    """The table of a plan's rows."""
    return RowTable(workspace.book, Values(workspace), plan, kinds[type])


def line(part: TextPart, room: int = 76) -> str:
    """A part as it is drawn."""
    return "".join(text for spans in lines_of(part, room, 8) for text, _ in spans)


def test_the_columns_are_declared_ones_and_the_state(workspace: Workspace) -> None:
    assert [one.name for one in columns(kinds["plan_task"])] == [
        "position", "state", "what", "grade", "until", "doer",
    ]  # fmt: skip
    assert [one.name for one in columns(kinds["task_step"])] == ["what"]
    assert workspace is not None


def test_every_row_is_a_line_in_order(workspace: Workspace, book: Book, project: str) -> None:
    plan = plan_of(book, project, 3)
    head, titles, *rows = table(workspace, plan).parts()
    assert plain([head]) == "计划任务 (3)" and line(titles).split()[0] == "#"
    assert [line(row).split()[0] for row in rows] == ["1", "2", "3"]
    assert all(width(line(row, room)) == room for row in rows for room in (40, 76, 116))
    assert [
        *table(workspace, rows_of(book.store, plan, kinds["plan_task"])[0], "task_step").parts()
    ]


def test_no_rows_are_a_head_alone(workspace: Workspace, book: Book, project: str) -> None:
    plan = book.add("plan", {"name": "空"}, project=project)
    assert plain(table(workspace, plan).parts()) == "计划任务 (0)"


def test_a_mark_has_a_column_only_where_there_is_one(
    workspace: Workspace, book: Book, project: str
) -> None:
    plan = plan_of(book, project, 2)
    assert "mark" not in [one.name for one in table(workspace, plan).columns]
    first = rows_of(book.store, plan, kinds["plan_task"])[0]
    book.void(first.id, "重复")
    found = table(workspace, plan)
    assert found.columns[-1].name == "mark"
    parts = list(found.parts())
    assert plain(parts[2:3]).endswith("已作废：重复") and parts[2].style == "muted"


def test_a_plain_table_is_whole(workspace: Workspace, book: Book, project: str) -> None:
    plan = book.add("plan", {"name": "计划"}, project=project)
    task(book, plan, "很长的任务名称，一行放不下，要截短；" * 2, position=1, grade="a")
    text = plain(table(workspace, plan).parts())
    assert "要截短；很长的任务名称" in text and "重要" in text


def test_rows_are_read_in_blocks(workspace: Workspace, book: Book, project: str) -> None:
    plan = plan_of(book, project, 3 * BLOCK)
    asked: list[str] = []
    book.store.db.connection().set_trace_callback(asked.append)
    found = table(workspace, plan)
    parts = list(found.parts())
    assert len(parts) == 3 * BLOCK + 2
    before = len(asked)
    for part in parts[2 : 2 + BLOCK]:
        line(part)
    book.store.db.connection().set_trace_callback(None)
    assert before < 10 and len(asked) - before < 5


def test_words_follow_the_language(workspace: Workspace, book: Book, project: str) -> None:
    plan = plan_of(book, project, 1)
    parts = list(table(workspace, plan).parts())
    assert "待办" in line(parts[2])
    language.now = "en"
    assert "to do" in line(parts[2]) and "Task" in line(parts[1])


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS.keys())
def test_hostile_text_is_cleaned_and_fits(
    workspace: Workspace, book: Book, project: str, payload: str
) -> None:
    plan = book.add("plan", {"name": "计划"}, project=project)
    made = task(book, plan, "x", position=1)
    book.store.db.execute_sql("UPDATE plan_task SET what=? WHERE id=?", (payload[:40], made.id))
    for part in table(workspace, plan).parts():
        assert width(line(part)) <= 76 and not acting(line(part).encode(errors="replace"))


def test_a_day_that_rows_are_sorted_by_keeps_its_title() -> None:
    titles = [str(one.title) for one in columns(kinds["service_task"])]
    assert titles[0] == "完成期限" and "#" not in titles
    assert str(columns(kinds["service_term"])[0].title) == "#"
