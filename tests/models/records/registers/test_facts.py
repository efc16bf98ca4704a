"""Facts that need the working calendar: a record that asks for no acknowledgement has none."""

from __future__ import annotations

from models.book.book import Book
from models.book.derived_state import StateView
from models.queries.facts import facts_of, json_of
from sync.workspace.workspace import Workspace
from tests.support.errands import errands
from tests.support.staff import Staff


def test_only_where_it_is_asked(book: Book, project: str) -> None:
    made = book.add("fix", {"phenomenon": "x"}, project=project)
    view = StateView(book.store)
    assert [fact for fact in facts_of(book, made, view) if fact.label] == []
    assert "acknowledged" not in json_of(view, made)


def test_it_is_none_before_and_says_the_day_after(workspace: Workspace, project: str) -> None:
    with errands():
        workspace.store.grow()
        staff = Staff(workspace)
        values = {"what": "换锁", "carrier": staff.engineer.me}
        made = staff.manager.add("errand", values, project=project)
        view = StateView(workspace.store)
        assert json_of(view, made)["acknowledged"] is None
        done = staff.engineer.move(made.id, "do")
        (fact,) = [fact for fact in facts_of(staff.desk, done, view) if fact.label]
        assert fact.text.startswith("0/2  待部门经理、质量专员") and fact.short == "知悉 0/2"
        assert fact.tone == "warn"
