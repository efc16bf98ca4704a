"""Child rows: all of them, in the order that the type declares, alike on every device."""

from __future__ import annotations

import random

import pytest

from models.book.book import Book
from models.book.rows import child_rows
from models.book.rows.child_rows import child_types, rows_of, rows_of_many
from models.schema.record import kinds
from tests.support.plans import NOON, task


def test_rows_come_whole_and_by_their_declared_order(book: Book) -> None:
    template = book.add("template", {"name_zh": "长表"})
    cls = kinds["template_item"]
    with book.saving():
        for place in range(250, 0, -1):
            values = {"template": template.id, "text_zh": f"第 {place} 项", "position": place}
            book.add("template_item", values)
    found = rows_of(book.store, template, cls)
    assert [row.values()["position"] for row in found] == [*range(1, 251)]


@pytest.mark.usefixtures("workspace")
def test_the_types_of_rows_are_those_whose_parent_it_is() -> None:
    assert child_types("template") == (kinds["template_item"],)
    assert child_types("plan") == (kinds["plan_task"],)
    assert child_types("note") == ()
    # what tasks are generated from stands above a year of them
    assert child_types("service_plan") == (kinds["service_term"], kinds["service_task"])


def test_ties_and_rows_without_a_place_are_in_the_order_of_writing(
    book: Book, project: str
) -> None:
    plan = book.add("plan", {"name": "计划"}, project=project)
    for what, place in (("x", None), ("c", 2), ("y", None), ("d", 2), ("a", 1)):
        task(book, plan, what, position=place)
    found = rows_of(book.store, plan, kinds["plan_task"])
    assert [row.title() for row in found] == ["a", "c", "d", "x", "y"]


def test_rows_of_one_millisecond_are_in_an_order_that_every_device_has(
    book: Book, project: str
) -> None:
    plan = book.add("plan", {"name": "计划"}, project=project)
    for _ in range(20):
        book.add("plan_task", {"plan": plan.id, "what": "x", "position": 1}, occurred=NOON)
    ids = [row.id for row in rows_of(book.store, plan, kinds["plan_task"])]
    assert ids == sorted(ids)


def test_void_rows_are_among_them_and_other_parents_apart(book: Book, project: str) -> None:
    plans = [book.add("plan", {"name": name}, project=project) for name in "ab"]
    made = [task(book, plan, f"{n}", position=n) for plan in plans for n in (1, 2)]
    book.void(made[0].id, "重复")
    cls = kinds["plan_task"]
    assert [row.id for row in rows_of(book.store, plans[0], cls)] == [made[0].id, made[1].id]
    both = rows_of_many(book.store, [plan.id for plan in plans], cls)
    assert {row.id for row in both} == {row.id for row in made}
    assert rows_of_many(book.store, [], cls) == []


def test_portions_hold_everything_once() -> None:
    many = [str(n) for n in range(2 * child_rows.CHUNK + 1)]
    random.Random(1).shuffle(many)
    some = list(child_rows.chunks(many))
    assert [len(one) for one in some] == [child_rows.CHUNK, child_rows.CHUNK, 1]
    assert [name for one in some for name in one] == many
    assert list(child_rows.chunks([])) == []
