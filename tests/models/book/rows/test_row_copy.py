"""Row copy: what people filled in is copied with the rows, what was done with it is not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from models.book.book import Book
from models.book.rows.child_rows import rows_of
from models.book.rows.row_copy import copy_record, copy_rows
from models.schema.record import Record, kinds
from models.text.words import Refused
from tests.support.plans import task


@pytest.fixture
def plan(book: Book, project: str) -> Record:
    """A plan without tasks."""
    return book.add("plan", {"name": "十一月"}, project=project)


def tasks(book: Book, plan: Record) -> list[Record]:
    """Its tasks in order."""
    return rows_of(book.store, plan, kinds["plan_task"])


def test_a_record_is_copied_with_its_rows_in_order(book: Book, plan: Record) -> None:
    for place in (3, 1, 2):
        task(book, plan, f"任务 {place}", position=place, hours="2.5", urgent=True)
    made = copy_record(book, plan, {"name": "十二月"})
    assert (made.title(), made.state, made.project) == ("十二月", "draft", plan.project)
    copies = tasks(book, made)
    assert [row.title() for row in copies] == ["任务 1", "任务 2", "任务 3"]
    assert {row.values()["hours"] for row in copies} == {"2.5"}
    assert not {row.id for row in copies} & {row.id for row in tasks(book, plan)}


def test_what_moves_did_and_what_is_void_stays_behind(book: Book, plan: Record) -> None:
    done, gone = task(book, plan, "做完的", position=1), task(book, plan, "作废的", position=2)
    book.move(done.id, "finish", {"result": "好"})
    book.void(gone.id, "重复")
    book.add("note", {"about": done.id, "text": "x"})
    [copy] = tasks(book, copy_record(book, plan))
    assert (copy.title(), copy.state, copy.values()["result"]) == ("做完的", "todo", None)


def test_rows_of_one_position_keep_the_order_of_writing(book: Book, plan: Record) -> None:
    for what in "dbca":
        task(book, plan, what)
    made = copy_record(book, plan)
    assert [row.title() for row in tasks(book, made)] == list("dbca")


def test_a_link_between_rows_becomes_one_between_their_copies(book: Book, plan: Record) -> None:
    first = task(book, plan, "甲", position=1)
    second = task(book, plan, "乙", position=2, after=first.id)
    book.edit(first.id, {"after": second.id})  # a circle, which no order resolves
    third = task(book, plan, "丙", position=0 + 3, after=second.id)
    one, two, three = tasks(book, copy_record(book, plan))
    names = [row.values()["after"] for row in (one, two, three)]
    assert names == [two.id, one.id, two.id]
    assert third.values()["after"] == second.id


def test_a_row_that_names_a_later_one_is_copied(book: Book, plan: Record) -> None:
    last = task(book, plan, "后", position=9)
    task(book, plan, "先", position=1, after=last.id)
    one, two = tasks(book, copy_record(book, plan))
    assert (one.title(), one.values()["after"]) == ("先", two.id)


def test_rows_of_rows_are_copied_with_them(book: Book, plan: Record) -> None:
    row = task(book, plan, "甲")
    book.add("task_step", {"task": row.id, "what": "第一步"})
    [copy] = tasks(book, copy_record(book, plan))
    steps = rows_of(book.store, copy, kinds["task_step"])
    assert [step.title() for step in steps] == ["第一步"]


def test_rows_are_given_to_another_record(book: Book, plan: Record) -> None:
    old = task(book, plan, "甲", until="2026-11-30")
    other = book.add("plan", {"name": "另一份"}, project=plan.project)
    made = copy_rows(book, plan, other, values={"until": "2026-12-31"})
    assert set(made) == {old.id}
    assert book.get(made[old.id]).values()["until"] == "2026-12-31"


def test_a_natural_key_needs_another_value(book: Book, project: str) -> None:
    entry = book.add("weekly", {"week": "2026-W47", "person": book.me}, project=project)
    book.add("weekly_problem", {"weekly": entry.id, "source": "x", "phenomenon": "甲"})
    with pytest.raises(Refused) as caught:
        copy_record(book, entry)
    assert "周次" in str(caught.value) or "唯一" in str(caught.value)
    made = copy_record(book, entry, {"week": "2026-W48"})
    [row] = rows_of(book.store, made, kinds["weekly_problem"])
    assert row.values()["phenomenon"] == "甲"


def test_nothing_is_saved_where_a_row_is_refused(book: Book, plan: Record) -> None:
    task(book, plan, "甲")
    other = book.add("plan", {"name": "另一份"}, project=plan.project)
    book.move(other.id, "approve")
    with pytest.raises(Refused):
        copy_rows(book, plan, other)
    assert tasks(book, other) == []


def test_a_row_that_stays_is_not_copied(book: Book, plan: Record) -> None:
    task(book, plan, "任务", position=1)
    cls = kinds["plan_task"]
    kind, cls.kind = cls.kind, replace(cls.kind, stays=True)
    try:
        assert tasks(book, copy_record(book, plan)) == []
    finally:
        cls.kind = kind
