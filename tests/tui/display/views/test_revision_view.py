"""Revision view: differences in words, and what else they concern."""

from __future__ import annotations

from models.derived.revision_comparison import compare
from sync.workspace.workspace import Workspace
from tests.support.service_plans import approved, changed, plan_of, task, tasks
from tests.support.staff import Staff
from tui.display.values import Values
from tui.display.views import revision_view


def test_a_change_says_its_days_and_what_it_concerns(workspace: Workspace, project: str) -> None:
    staff = Staff(workspace)
    book = staff.engineer
    due = {"due": "2026-06-30", "amount": "CNY 200000"}
    milestone = staff.manager.add("milestone", {"name": "半年验收", **due}, project=project)
    plan = plan_of(book, project)
    task(book, plan.id, "测试", "2026-06-20", milestone=milestone.id)
    approved(book, staff.department, plan.id)
    change = changed(book, plan.id)
    (copy,) = tasks(book, change.id)
    book.edit(copy.id, {"due": "2026-07-10"})
    task(book, change.id, "割接", "2026-08-03")
    found = compare(book.store, book.get(plan.id), book.get(change.id))
    said = list(revision_view.differences(book.store, found, Values(workspace).say))
    assert [(one.mark, one.row, str(one.field or "")) for one in said[2:]] == [
        ("~", "测试", "完成期限"),
        ("+", "割接", ""),
        ("!", "半年验收", "受影响的里程碑"),
        ("!", "半年验收", "受影响的收款"),
    ]
    assert (said[2].before, said[2].after) == ("2026-06-20", "2026-07-10")
    assert "2026-08-03" in said[3].after  # a new row says its day, too
    assert said[4].record == milestone.id
    concerns = revision_view.json_of(book.store, found)["concerns"]
    assert [one["record"] for one in concerns] == [milestone.id] * 2
