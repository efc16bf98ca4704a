"""Row order: rows move by one, and as few numbers as can be are written."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.book.book import Book
from models.book.rows.child_rows import rows_of
from models.book.rows.row_order import is_ordered, move_row, next_number, renumbered
from models.schema.record import Record, kinds
from models.text.words import Refused
from tests.support.plans import plan_of, task

NUMBERS = st.lists(st.none() | st.integers(-2, 12), max_size=7)


@given(NUMBERS, st.integers(0, 3))
def test_numbers_rise_and_as_many_as_can_be_stay(numbers: list[int | None], least: int) -> None:
    found = renumbered(numbers, least)
    assert len(found) == len(numbers)
    assert all(number >= least for number in found)
    assert all(one < other for one, other in pairwise(found))
    kept = sum(one == other for one, other in zip(found, numbers, strict=True))
    assert kept == most_kept(numbers, least)


def most_kept(numbers: list[int | None], least: int) -> int:
    """How many can stay, by trying every choice of them."""
    places = [at for at, number in enumerate(numbers) if number is not None]
    for count in range(len(places), 0, -1):
        if any(fits(numbers, chosen, least) for chosen in combinations(places, count)):
            return count
    return 0


def fits(numbers: list[int | None], chosen: tuple[int, ...], least: int) -> bool:
    """Whether these can stay, with a number for each of the others."""
    last = least - 1
    for at, number in enumerate(numbers):
        if at in chosen and number is not None:
            if number <= last:
                return False
            last = number
        else:
            last += 1
    return True


def titles(book: Book, plan: Record) -> list[str]:
    """The tasks in order."""
    return [row.title() for row in rows_of(book.store, plan, kinds["plan_task"])]


def test_a_row_moves_past_its_neighbour_by_two_edits(book: Book, project: str) -> None:
    plan = plan_of(book, project, 5)
    first = rows_of(book.store, plan, kinds["plan_task"])[0]
    changed = move_row(book, first.id, 1)
    assert titles(book, plan) == ["任务 2", "任务 1", "任务 3", "任务 4", "任务 5"]
    assert len(changed) == 2
    move_row(book, first.id, -1)
    assert titles(book, plan) == [f"任务 {n}" for n in range(1, 6)]


def test_a_gap_is_used(book: Book, project: str) -> None:
    plan = book.add("plan", {"name": "计划"}, project=project)
    for place in (10, 20, 30):
        task(book, plan, f"{place}", position=place)
    rows = rows_of(book.store, plan, kinds["plan_task"])
    assert len(move_row(book, rows[0].id, 1)) == 1
    assert titles(book, plan) == ["20", "10", "30"]


def test_rows_of_one_number_and_of_none_are_told_apart(book: Book, project: str) -> None:
    plan = book.add("plan", {"name": "计划"}, project=project)
    for what, place in (("a", 1), ("b", 1), ("c", 1), ("d", None)):
        task(book, plan, what, position=place)
    rows = rows_of(book.store, plan, kinds["plan_task"])
    move_row(book, rows[3].id, -1)
    assert titles(book, plan) == ["a", "b", "d", "c"]


def test_void_rows_are_passed_by(book: Book, project: str) -> None:
    plan = plan_of(book, project, 3)
    rows = rows_of(book.store, plan, kinds["plan_task"])
    book.void(rows[1].id, "重复")
    move_row(book, rows[2].id, -1)
    living = [row for row in rows_of(book.store, plan, kinds["plan_task"]) if row.void is None]
    assert [row.title() for row in living] == ["任务 3", "任务 1"]


def test_the_edges_and_rows_without_an_order_are_refused(book: Book, project: str) -> None:
    plan = plan_of(book, project, 2)
    rows = rows_of(book.store, plan, kinds["plan_task"])
    for row, by in ((rows[0], -1), (rows[1], 1)):
        with pytest.raises(Refused):
            move_row(book, row.id, by)
    step = book.add("task_step", {"task": rows[0].id, "what": "x"})
    assert is_ordered(kinds["plan_task"]) and not is_ordered(kinds["task_step"])
    with pytest.raises(Refused):
        move_row(book, step.id, 1)
    with pytest.raises(Refused):
        move_row(book, plan.id, 1)


def test_rows_of_a_closed_record_stay(book: Book, project: str) -> None:
    plan = plan_of(book, project, 2)
    book.move(plan.id, "approve")
    first = rows_of(book.store, plan, kinds["plan_task"])[0]
    with pytest.raises(Refused) as caught:
        move_row(book, first.id, 1)
    assert "已批准" in str(caught.value)
    assert titles(book, plan) == ["任务 1", "任务 2"]


def test_the_next_number_follows_the_largest() -> None:
    assert next_number([3, None, 1]) == 4
    assert next_number([]) == 1
    assert next_number([], least=0) == 0
