"""Table session: rows are edited together, saved at once or not at all, and taken back."""

from __future__ import annotations

import pytest

from models.book.book import Book
from models.book.conflict.conflicts import conflicts_of
from models.book.rows.child_rows import rows_of
from models.schema.record import Record, kinds
from models.schema.roles import ENGINEER
from models.text.words import Refused
from sync.workspace.workspace import Workspace
from tests.support.plans import plan_of, task
from tests.support.team import acting, admit
from tui.pages.rows.sheet_rows import TableCell, columns
from tui.pages.rows.table_session import TableSession


@pytest.fixture
def plan(book: Book, project: str) -> Record:
    """A plan with three tasks."""
    return plan_of(book, project, 3)


def opened(workspace: Workspace, plan: Record) -> TableSession:
    """The table of its tasks."""
    return TableSession(workspace, plan, kinds["plan_task"])


def tasks(book: Book, plan: Record) -> list[Record]:
    """Its tasks in order."""
    return rows_of(book.store, plan, kinds["plan_task"])


def put(table: TableSession, at: int, name: str, value: object) -> TableCell:
    """Fill a cell."""
    place = TableCell(table.rows[at], table.names.index(name))
    before = table.held(place)
    table.cell(place).value = value
    table.note(place, before)
    return place


@pytest.mark.usefixtures("plan")
def test_columns_are_those_declared_then_the_others() -> None:
    names = columns(kinds["plan_task"])
    assert names[:5] == ["position", "what", "grade", "until", "doer"]
    assert "plan" not in names and {"hours", "remark", "after"} < set(names)


def test_all_changed_rows_are_one_save(workspace: Workspace, book: Book, plan: Record) -> None:
    table = opened(workspace, plan)
    put(table, 0, "what", "甲")
    put(table, 2, "until", "2026-12-01")
    table.add_row()
    put(table, 3, "what", "新的")
    told: list[set[tuple[str, str]]] = []
    book.saved.append(told.append)
    assert table.save() == (3, None, None)
    assert len(told) == 1 and len(told[0]) == 3
    assert [row.title() for row in tasks(book, plan)] == ["甲", "任务 2", "任务 3", "新的"]
    assert tasks(book, plan)[3].values()["position"] == 4
    assert table.unsaved == 0 and table.rows[3].record is not None


def test_an_error_in_one_cell_saves_nothing(workspace: Workspace, book: Book, plan: Record) -> None:
    table = opened(workspace, plan)
    put(table, 0, "what", "甲")
    wrong = put(table, 1, "position", 0)  # below the bound
    done = table.save()
    assert done.saved == 0 and done.place == wrong and "序号" in str(done.why)
    assert tasks(book, plan)[0].title() == "任务 1"
    put(table, 1, "position", 2)
    assert table.save().saved == 1


def test_the_number_of_a_row_may_have_no_cell(
    workspace: Workspace, book: Book, project: str
) -> None:
    made = book.add("target_assessment", {"service_to": "2026-11-20"}, project=project)
    table = TableSession(workspace, made, kinds["quality_target"])
    assert "position" not in table.names
    table.add_row()
    put(table, 4, "indicator", "own")
    assert table.save().saved == 1
    rows = rows_of(book.store, made, kinds["quality_target"])
    assert [row.values()["position"] for row in rows] == [1, 2, 3, 4, 5]


def test_a_required_cell_is_named(workspace: Workspace, book: Book, plan: Record) -> None:
    table = opened(workspace, plan)
    table.add_row()
    put(table, 3, "hours", "2")
    done = table.save()
    assert done.place == TableCell(table.rows[3], table.names.index("what"))
    assert len(tasks(book, plan)) == 3


def test_what_the_book_refuses_leaves_nothing_behind(
    workspace: Workspace, book: Book, plan: Record
) -> None:
    table = opened(workspace, plan)
    put(table, 0, "what", "甲")
    put(table, 2, "what", "丙")
    book.void(tasks(book, plan)[2].id, "重复")
    done = table.save()
    assert done.saved == 0 and done.place is not None and done.place.row is table.rows[2]
    assert tasks(book, plan)[0].title() == "任务 1"


def test_an_empty_new_row_is_not_saved(workspace: Workspace, book: Book, plan: Record) -> None:
    table = opened(workspace, plan)
    table.add_row()
    put(table, 0, "what", "甲")
    assert table.save().saved == 1 and len(tasks(book, plan)) == 3


def test_each_step_is_taken_back(workspace: Workspace, plan: Record) -> None:
    table = opened(workspace, plan)
    place = put(table, 0, "what", "甲")
    row = table.add_row()
    put(table, 3, "what", "丁")
    table.remove_row(row)
    assert len(table.rows) == 3
    assert table.undo() == TableCell(row, 0) and table.rows[3].cell("what").value == "丁"
    table.undo()
    assert table.rows[3].cell("what").value is None
    table.undo()
    assert len(table.rows) == 3
    assert table.undo() == place and table.unsaved == 0
    assert table.undo() is None


def test_what_others_write_meanwhile_stays_beside(
    workspace: Workspace, book: Book, plan: Record
) -> None:
    table = opened(workspace, plan)
    first, second, _ = tasks(book, plan)
    put(table, 0, "what", "我的")
    book.edit(first.id, {"what": "别人的", "hours": "3"})
    book.edit(second.id, {"what": "乙"})
    task(book, plan, "别人加的", position=9)
    table.look()
    assert table.rows[0].cell("what").value == "我的"
    assert "别人的" in str(table.rows[0].cell("what").note)
    assert table.rows[0].cell("hours").value == "3"
    assert table.rows[1].cell("what").value == "乙" and len(table.rows) == 4
    assert table.save().saved == 1
    found = book.get(first.id)
    assert {found.title(), *(s.value for c in conflicts_of(book, found) for s in c.stands)} >= {
        "我的"
    }


def test_a_row_voided_meanwhile_goes_unless_it_is_being_edited(
    workspace: Workspace, book: Book, plan: Record
) -> None:
    table = opened(workspace, plan)
    put(table, 0, "what", "我的")
    for row in tasks(book, plan)[:2]:
        book.void(row.id, "重复")
    table.look()
    assert [row.cell("what").value for row in table.rows] == ["任务 3", "我的"]
    assert "作废" in str(table.save().why)


def test_a_closed_record_and_a_person_without_rights_are_told(
    workspace: Workspace, book: Book, project: str, plan: Record
) -> None:
    assert opened(workspace, plan).why_closed() is None
    book.move(plan.id, "approve")
    assert "已批准" in str(opened(workspace, book.get(plan.id)).why_closed())
    template = book.add("template", {"name_zh": "日检"}, project=project)
    book.add("template_item", {"template": template.id, "text_zh": "温度"})
    workspace.book = acting(workspace, admit(workspace, "小林", [ENGINEER]))
    table = TableSession(workspace, template, kinds["template_item"])
    assert table.why_closed() is not None and table.rows[0].cell("text_zh").locked
    with pytest.raises(Refused):
        table.add_row()
    workspace.book = book


def test_parts_of_a_key_stay_as_they_are(workspace: Workspace, book: Book, project: str) -> None:
    entry = book.add("weekly", {"week": "2026-W47", "person": book.me}, project=project)
    book.add("weekly_problem", {"weekly": entry.id, "source": entry.id, "phenomenon": "甲"})
    table = TableSession(workspace, entry, kinds["weekly_problem"])
    assert table.rows[0].cell("source").locked and not table.rows[0].cell("cause").locked
