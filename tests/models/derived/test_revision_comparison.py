"""Revision comparison: added, removed, changed and moved, by the codes of the rows."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.book.book import Book
from models.derived import revision_comparison
from models.derived.revision_comparison import (
    Comparison,
    FieldChange,
    _longest,
    compare,
    following,
    pair,
    previous,
)
from models.derived.revision_copy import new_revision
from models.schema.record import Record
from models.schema.roles import PROJECT_MANAGER
from models.text.words import Refused
from sync.workspace.workspace import Workspace
from tests.support.asked import asked
from tests.support.checks import items, template
from tests.support.replicas import Team
from tests.support.service_plans import approved, changed, plan_of, task, tasks, term
from tests.support.staff import Staff


def told(found: Comparison) -> list[tuple[str, str, tuple[str, ...]]]:
    """(mark, code, fields) of each row that differs."""
    return [(row.mark, row.code, tuple(one.field for one in row.fields)) for row in found.rows]


@pytest.fixture
def first(book: Book, project: str) -> Record:
    """A template in force, each item with a code."""
    coded = tuple({"text_zh": f"项 {n}", "stable": f"c{n}"} for n in range(4))
    return book.get(template(book, project, items=coded))


@pytest.fixture
def second(book: Book, first: Record) -> Record:
    """The draft of its next version."""
    return new_revision(book, first)


def test_a_copy_is_the_same(book: Book, first: Record, second: Record) -> None:
    found = compare(book.store, first, second)
    assert found.same and found.rows == () and found.fields == ()


def test_fields_and_rows_are_told_apart(book: Book, first: Record, second: Record) -> None:
    made = items(book, second.id)
    book.edit(second.id, {"frequency": "weekly"})
    book.edit(made[0], {"low": "3", "unit": "V"})
    book.void(made[1], "不再检查")
    book.add("template_item", {"template": second.id, "text_zh": "新项", "position": 9})
    found = compare(book.store, first, book.get(second.id))
    assert found.fields == (FieldChange("frequency", "daily", "weekly"),)
    new = found.rows[-1]
    assert told(found) == [
        ("changed", "c0", ("unit", "low")),
        ("removed", "c1", ()),
        ("added", new.row.number, ()),
    ]
    assert [found.count(mark) for mark in ("added", "removed", "changed")] == [1, 1, 1]
    back = compare(book.store, book.get(second.id), first)
    assert [(row.mark, row.code) for row in back.rows] == [
        ("changed", "c0"), ("added", "c1"), ("removed", new.row.number),
    ]  # fmt: skip


def test_an_item_put_in_front_moves_no_other(book: Book, first: Record, second: Record) -> None:
    made = items(book, second.id)
    for place, id in enumerate(made, 2):
        book.edit(id, {"position": place})
    book.add("template_item", {"template": second.id, "text_zh": "新项", "position": 1})
    found = compare(book.store, first, second)
    assert [(row.mark, row.row.title()) for row in found.rows] == [("added", "新项")]


def test_a_row_that_changed_its_place_is_told_and_no_other(
    book: Book, first: Record, second: Record
) -> None:
    last = items(book, second.id)[3]
    book.edit(last, {"position": 0})
    found = compare(book.store, first, second)
    assert told(found) == [("changed", "c3", ("position",))]
    assert found.rows[0].fields == (FieldChange("position", 4, 0),)


def test_two_rows_of_one_code_brought_by_a_merge_are_both_told(tmp_path: Path) -> None:
    team = Team(tmp_path)
    lead = team.admit("lead", (PROJECT_MANAGER,))
    founder = team.founder
    one = founder.book.get(template(founder.book, team.project))
    two = new_revision(founder.book, one).id
    team.meet()
    for replica in team.all:
        new = {"template": two, "text_zh": "噪声", "stable": "noise", "position": 5}
        replica.book.add("template_item", new)
    team.meet()
    seen = set()
    for replica in (founder, lead):
        found = compare(replica.book.store, replica.get(one.id), replica.get(two))
        assert [(row.mark, row.code) for row in found.rows] == [("added", "noise")] * 2
        seen.add(tuple(row.row.id for row in found.rows))
    assert len(seen) == 1
    team.close()


def test_what_is_compared_with_what(book: Book, first: Record, second: Record) -> None:
    store = book.store
    assert [one.id for one in pair(store, second)] == [first.id, second.id]
    assert [one.id for one in pair(store, first)] == [first.id, second.id]
    assert previous(store, second).id == first.id and following(store, first).id == second.id
    with pytest.raises(Refused, match=f"{first.number} 之前没有"):
        previous(store, first)
    with pytest.raises(Refused, match=f"{second.number} 还没有别的版本"):
        following(store, second)


def test_what_has_no_versions_is_refused(book: Book, first: Record) -> None:
    site = book.add("site", {"name": "机房"})
    with pytest.raises(Refused, match="现场没有版本"):
        compare(book.store, site, site)
    with pytest.raises(Refused, match="不是同一类"):
        compare(book.store, site, first)


@given(st.permutations(range(7)))
def test_the_longest_run_rises_and_none_is_longer(places: list[int]) -> None:
    stay = sorted(_longest(places))
    run = [places[at] for at in stay]
    assert run == sorted(run)
    best = [1] * len(places)
    for at, place in enumerate(places):
        best[at] += max((best[b] for b in range(at) if places[b] < place), default=0)
    assert len(run) == max(best)


def test_what_the_database_leaves_out_changes_nothing(
    workspace: Workspace, project: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    staff = Staff(workspace)
    book = staff.engineer
    plan = plan_of(book, project, [term("巡检", "weekly", weekday="2")])
    book.move(plan.id, "generate")
    approved(book, staff.department, plan.id)
    change = changed(book, plan.id)
    rows = tasks(book, change.id)
    book.edit(rows[3].id, {"remark": "带备件"})
    book.edit(rows[5].id, {"doer": None})
    book.edit(rows[7].id, {"due": "2026-02-27"})
    book.void(rows[9].id, "不做")
    task(book, change.id, "割接", "2026-03-11")
    with asked(book.store, "SELECT") as said:
        found = compare(book.store, book.get(plan.id), book.get(change.id))
    read = told(found)
    assert [mark for mark, _, _ in read].count("changed") == 3
    assert {"added", "removed"} <= {mark for mark, _, _ in read} and len(said) < 20
    monkeypatch.setattr(revision_comparison, "_same_rows", lambda *_: set())
    slow = told(compare(book.store, book.get(plan.id), book.get(change.id)))
    assert sorted(slow) == sorted(read)
