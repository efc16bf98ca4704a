"""Revision copies: fields, rows by their codes, links among the rows; one durable save."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.book.book import Book
from models.book.rows.row_copy import copy_record
from models.derived import revisions
from models.derived.revision_comparison import compare
from models.derived.revision_copy import living_rows, new_revision
from models.schema.record import Record
from models.text.words import Refused
from sync.workspace.workspace import Workspace
from tests.support import revised_plans as plans
from tests.support.checks import ITEMS, items, template
from tests.support.staff import Staff


@pytest.fixture
def plan_type() -> Iterator[type[Record]]:
    """The plans of the tests, with rows that have rows."""
    with plans.plans() as found:
        yield found


@pytest.fixture
def workspace(plan_type: type[Record], workspace: Workspace) -> Workspace:
    """A workspace begun where they are known."""
    del plan_type
    return workspace


def test_a_copy_has_the_fields_and_rows_and_the_next_number(book: Book, project: str) -> None:
    first = book.get(template(book, project, rounds=2))
    told: list[set[tuple[str, str]]] = []
    book.saved.append(told.append)
    second = new_revision(book, first)
    assert len(told) == 1  # one durable save
    assert second.values() == {**first.values(), "version": 2, "follows": first.id}
    assert (second.state, second.project) == ("draft", first.project)
    old, new = living_rows(book.store, first), living_rows(book.store, second)
    assert [row.values()["text_zh"] for row in new] == [item["text_zh"] for item in ITEMS]
    # A row without a code is known by its number from now on.
    codes = [row.values()["stable"] for row in new]
    assert codes == [old[0].number, "temp", old[2].number]
    assert all(row.values()["stable"] is None for row in (old[0], old[2]))
    third_base = book.move(second.id, "publish")
    third = new_revision(book, third_base)
    assert [row.values()["stable"] for row in living_rows(book.store, third)] == codes


def test_void_rows_stay_behind(book: Book, project: str) -> None:
    first = template(book, project, publish=False)
    book.void(items(book, first)[0], "多余")
    second = new_revision(book, book.move(first, "publish"))
    assert len(items(book, second.id)) == 2


def test_who_may_not_write_it_makes_no_version(staff: Staff, project: str) -> None:
    first = staff.manager.get(template(staff.manager, project))
    for book in (staff.engineer, staff.quality):
        with pytest.raises(Refused, match="没有可填写检查模板的角色"):
            new_revision(book, first)
    assert new_revision(staff.department, first).values()["version"] == 2


def test_a_refusal_leaves_nothing_behind(book: Book, project: str) -> None:
    first = book.get(template(book, project))
    before = book.store.rows("SELECT COUNT(*) FROM template")
    new_revision(book, first)
    with pytest.raises(Refused):
        new_revision(book, first)
    assert book.store.rows("SELECT COUNT(*) FROM template") == [(before[0][0] + 1,)]


def test_links_among_rows_lead_to_the_copies(book: Book, project: str) -> None:
    plan = book.add("trial_plan", {"subject": "计划"}, project=project).id
    task = [
        book.add("trial_task", {"plan": plan, "what": f"任务 {n}", "position": 3 - n}).id
        for n in range(3)
    ]
    book.edit(task[0], {"after": task[1]})  # stands after it in the order of the rows, too
    book.edit(task[1], {"after": task[2]})
    step = [book.add("trial_step", {"task": task[1], "what": f"步骤 {n}"}).id for n in range(2)]
    book.move(plan, "submit")
    _approve(book, plan)
    made = new_revision(book, book.get(plan))
    copies = living_rows(book.store, made)
    by_name = {row.title(): row for row in copies}
    assert [row.title() for row in copies][:3] == ["任务 2", "任务 1", "任务 0"]
    assert by_name["任务 0"].values()["after"] == by_name["任务 1"].id
    assert by_name["任务 1"].values()["after"] == by_name["任务 2"].id
    assert by_name["步骤 1"].values()["task"] == by_name["任务 1"].id
    assert {row.id for row in copies}.isdisjoint({*task, *step})
    found = compare(book.store, book.get(plan), made)
    assert found.same, found


def _approve(book: Book, plan: str) -> None:
    """Alone, one person takes every step."""
    book.move(plan, "accept")
    book.move(plan, "send")
    book.add("attachment", {"about": plan, "name": "a.pdf", "sha256": "0" * 64, "size": 1})
    decided = {"decided_by": "王工", "decided_on": "2026-11-20", "decision_channel": "letter"}
    book.move(plan, "approve", decided)


def test_what_moves_filled_is_not_taken_over(book: Book, project: str) -> None:
    plan = book.add("trial_plan", {"subject": "计划", "scope": "全部"}, project=project).id
    book.move(plan, "submit")
    _approve(book, plan)
    made = new_revision(book, book.get(plan)).values()
    assert (made["scope"], made["edition"], made["replaces"]) == ("全部", 2, plan)
    filled = ("sent_at", "sent_by", "decided_by", "decided_on", "evidence", "witness")
    assert [made[name] for name in filled] == [None] * len(filled)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.tuples(st.integers(0, 3), st.sampled_from([None, "a", "b", "c"])), max_size=6))
def test_a_copy_differs_in_nothing(
    book: Book, project: str, drawn: list[tuple[int, str | None]]
) -> None:
    taken: set[str | None] = set()
    first = template(book, project, items=(), publish=False)
    for place, code in drawn:
        given_code = None if code in taken else code
        taken.add(code)
        values = {"template": first, "position": place, "stable": given_code, "text_zh": "项"}
        book.add("template_item", values)
    before = book.move(first, "publish")
    assert compare(book.store, before, new_revision(book, before)).same


def test_a_plain_copy_begins_a_line_of_its_own(book: Book, project: str) -> None:
    first = template(book, project)
    second = book.move(new_revision(book, book.get(first)).id, "publish")
    made = copy_record(book, second, revisions.anew("template"))
    assert (made.values()["follows"], made.values()["version"]) == (None, None)
    assert book.move(made.id, "publish").state == "published"
    assert {one.id for one in revisions.in_force(book.store, type(second))} == {second.id, made.id}
