"""Table draft: everything typed comes back, also over rows that changed or went meanwhile."""

from __future__ import annotations

from dataclasses import asdict

import pytest

from models.book.book import Book
from models.book.rows.child_rows import rows_of
from models.schema.record import Record, kinds
from models.storage.drafts import Drafts
from models.text.words import Refused
from sync.workspace.workspace import Workspace
from tests.support.plans import plan_of
from tui.pages.rows.table_draft import draft_of, restore, session_of
from tui.pages.rows.table_session import TableSession


@pytest.fixture
def plan(book: Book, project: str) -> Record:
    """A plan with three tasks."""
    return plan_of(book, project, 3)


def typed(workspace: Workspace, plan: Record) -> TableSession:
    """A table in which a row was changed, a value is none, and a row was added."""
    table = TableSession(workspace, plan, kinds["plan_task"])
    table.rows[0].cell("what").value = "改过"
    table.rows[1].cell("until").text = "后天吧"
    table.add_row().cell("what").value = "新的"
    return table


def test_nothing_typed_is_no_draft(workspace: Workspace, plan: Record) -> None:
    assert draft_of(TableSession(workspace, plan, kinds["plan_task"])) is None


def test_everything_comes_back_from_the_disk(workspace: Workspace, plan: Record) -> None:
    made = draft_of(typed(workspace, plan))
    assert made is not None and made.texts == {"what": "改过、任务 2、新的"}
    drafts = Drafts(workspace.home)
    drafts.keep(made)
    found = drafts.get(made.key)
    assert found is not None
    table = session_of(workspace, found)
    restore(table, found)
    assert [row.cell("what").value for row in table.rows] == ["改过", "任务 2", "任务 3", "新的"]
    assert table.rows[1].cell("until").text == "后天吧" and table.unsaved == 3
    again = draft_of(table)
    assert again is not None and asdict(again) | {"at": 0} == asdict(made) | {"at": 0}


def test_a_row_that_is_gone_comes_back_as_a_new_one(
    workspace: Workspace, book: Book, plan: Record
) -> None:
    made = draft_of(typed(workspace, plan))
    assert made is not None
    book.void(rows_of(book.store, plan, kinds["plan_task"])[0].id, "重复")
    table = session_of(workspace, made)
    restore(table, made)
    assert [row.cell("what").value for row in table.rows] == ["任务 2", "任务 3", "改过", "新的"]


def test_what_was_changed_meanwhile_is_noted(
    workspace: Workspace, book: Book, plan: Record
) -> None:
    made = draft_of(typed(workspace, plan))
    assert made is not None
    first = rows_of(book.store, plan, kinds["plan_task"])[0]
    book.edit(first.id, {"what": "别人的", "hours": "4"})
    table = session_of(workspace, made)
    restore(table, made)
    assert "别人的" in str(table.rows[0].cell("what").note)
    assert table.rows[0].cell("hours").value == "4"


def test_a_draft_of_a_record_that_is_gone_says_so(workspace: Workspace, plan: Record) -> None:
    made = draft_of(typed(workspace, plan))
    assert made is not None
    gone = type(made)(**{**asdict(made), "start": {"parent": "none", "rows": []}})
    with pytest.raises(Refused):
        session_of(workspace, gone)
