"""Table paste: lines from a spreadsheet become rows; each cell is read as its column is typed."""

from __future__ import annotations

import pytest

from models.book.book import Book
from models.book.rows.child_rows import rows_of
from models.schema.record import Record, kinds
from models.text.words import Refused
from sync.workspace.workspace import Workspace
from tests.support.plans import plan_of
from tui.pages.rows.sheet_rows import TableCell
from tui.pages.rows.table_paste import paste
from tui.pages.rows.table_session import TableSession


@pytest.fixture
def plan(book: Book, project: str) -> Record:
    """A plan with two tasks."""
    return plan_of(book, project, 2)


@pytest.fixture
def table(workspace: Workspace, plan: Record) -> TableSession:
    """The table of its tasks."""
    return TableSession(workspace, plan, kinds["plan_task"])


def at(table: TableSession, row: int, name: str) -> TableCell:
    """A cell."""
    return TableCell(table.rows[row], table.names.index(name))


def column(table: TableSession, name: str) -> list[object]:
    """What the cells of a column hold."""
    return [row.cell(name).value for row in table.rows]


def test_lines_fill_cells_and_add_rows(table: TableSession) -> None:
    text = '换电池\t重要\t2026-12-01\n"检查\n接地"\tminor\t\n巡检\tb\t12-03\n'
    place, told = paste(table, at(table, 1, "what"), text.replace("12-03", "2026-12-03"))
    assert told == [] and place == at(table, 3, "until")
    assert column(table, "what") == ["任务 1", "换电池", "检查 接地", "巡检"]
    assert column(table, "grade") == [None, "a", "b", "b"]
    assert column(table, "position") == [1, 2, 3, 4]
    assert column(table, "until") == [None, "2026-12-01", None, "2026-12-03"]


def test_a_cell_of_several_lines_stays_so_where_the_column_takes_them(table: TableSession) -> None:
    paste(table, at(table, 0, "remark"), '"一\n二"\t')
    assert column(table, "remark")[0] == "一\n二"


def test_links_are_named_by_title_number_or_person(
    table: TableSession, book: Book, plan: Record
) -> None:
    site = book.add("site", {"name": "东机房"})
    first = rows_of(book.store, plan, kinds["plan_task"])[0]
    paste(table, at(table, 0, "doer"), "测试员\n我")
    paste(table, at(table, 0, "site"), f"东机房\n{site.number}")
    paste(table, at(table, 1, "after"), f"{first.number}\n")
    assert column(table, "doer") == [book.me, book.me]
    assert column(table, "site") == [site.id, site.id]
    assert column(table, "after")[1] == first.id
    assert table.save().saved == 2


def test_a_cell_that_is_no_value_is_named_and_nothing_saved(
    table: TableSession, book: Book, plan: Record
) -> None:
    paste(table, at(table, 0, "what"), "甲\t重要\t后天吧\n乙\t很重要\t2026-12-01")
    assert table.rows[0].cell("until").text == "后天吧"
    assert "很重要" in str(table.rows[1].cell("grade").text)
    done = table.save()
    assert done.place == at(table, 0, "until") and done.saved == 0
    assert rows_of(book.store, plan, kinds["plan_task"])[0].title() == "任务 1"
    paste(table, at(table, 0, "until"), "2026-12-02")
    paste(table, at(table, 1, "grade"), "minor")
    assert table.save().saved == 2


def test_titles_say_which_column(table: TableSession) -> None:
    paste(table, at(table, 0, "position"), "工时\tTask\n2.5\t甲\n3\t乙\n4\t丙")
    assert column(table, "hours") == ["2.5", "3", "4"]
    assert column(table, "what") == ["甲", "乙", "丙"]


def test_cells_without_a_column_are_counted(table: TableSession) -> None:
    last = table.names[-1]
    _, told = paste(table, at(table, 0, last), "a\tb\tc\nd\te")
    assert len(told) == 1 and "3" in str(told[0])


def test_locked_cells_stay(workspace: Workspace, book: Book, project: str) -> None:
    entry = book.add("weekly", {"week": "2026-W47", "person": book.me}, project=project)
    book.add("weekly_problem", {"weekly": entry.id, "source": entry.id, "phenomenon": "甲"})
    table = TableSession(workspace, entry, kinds["weekly_problem"])
    _, told = paste(table, at(table, 0, table.names[0]), "已解决\t乙\n")
    assert told == [] and column(table, "phenomenon") == ["乙"]
    _, told = paste(table, at(table, 0, "source"), "x")
    assert len(told) == 1 and column(table, "source") == [entry.id]


def test_a_paste_is_taken_back_as_one(table: TableSession) -> None:
    paste(table, at(table, 1, "what"), "甲\na\nb\nc")
    assert len(table.rows) == 5
    assert table.undo() == at(table, 1, "what")
    assert column(table, "what") == ["任务 1", "任务 2"] and table.unsaved == 0


def test_too_many_lines_fill_nothing(table: TableSession) -> None:
    with pytest.raises(Refused):
        paste(table, at(table, 0, "what"), "x\n" * 3000)
    assert column(table, "what") == ["任务 1", "任务 2"]


def test_a_thousand_lines_are_one_paste_and_one_save(
    table: TableSession, book: Book, plan: Record
) -> None:
    text = "\n".join(f"任务甲 {n}\t重要\t2026-12-01\t测试员" for n in range(1000))
    paste(table, at(table, 0, "what"), text)
    assert len(table.rows) == 1000
    assert table.save().saved == 1000
    assert len(rows_of(book.store, plan, kinds["plan_task"])) == 1000
