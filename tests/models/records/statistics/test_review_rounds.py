"""Review rounds: which round it is, what changed since the last one, how long each state took."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine

from models.book.book import Book
from models.calendar.business_dates import instant
from models.records.statistics import review_rounds
from models.records.statistics.review_rounds import Difference
from models.schema.record import Record

HOUR = 3_600_000


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """A Wednesday, nine o'clock."""
    with time_machine.travel(instant(date(2026, 11, 18), 540) / 1000, tick=False) as traveller:
        yield traveller


def later(clock: time_machine.Traveller, minutes: int) -> None:
    """Let time pass."""
    clock.shift(minutes * 60)


@pytest.fixture
def weekly(book: Book, project: str) -> Record:
    """An entry that was submitted."""
    values = {"week": "2026-W47", "person": book.me, "progress": "巡检 5 次"}
    made = book.add("weekly", values, project=project)
    return book.move(made.id, "submit")


def test_each_submission_is_a_round(book: Book, weekly: Record) -> None:
    assert review_rounds.number(book, weekly) == 1
    returned = book.move(weekly.id, "return", comment="写细")
    assert review_rounds.number(book, returned) == 1
    assert review_rounds.number(book, book.move(weekly.id, "submit")) == 2


def test_a_record_that_never_moved_is_in_its_first_round(book: Book, project: str) -> None:
    made = book.add("fix", {"phenomenon": "x"}, project=project)
    assert review_rounds.number(book, made) == 1
    assert review_rounds.differences(book, made) == []
    assert review_rounds.decided_at(book, made) is None


def test_what_changed_since_the_last_decision_is_told_field_by_field(
    book: Book, weekly: Record
) -> None:
    assert review_rounds.differences(book, weekly) == []
    book.move(weekly.id, "return", comment="写细")
    book.edit(weekly.id, {"progress": "巡检 5 次，更换电池", "risks": "备件"})
    again = book.move(weekly.id, "submit")
    assert review_rounds.differences(book, again) == [
        Difference("progress", "巡检 5 次", "巡检 5 次，更换电池"),
        Difference("risks", None, "备件"),
    ]
    device, seq = review_rounds.last_left(book, again) or ("", 0)
    assert device == book.change_log.device and seq
    assert review_rounds.decided_at(book, again) == book.change_log.at_of(
        book.space_of(again), device, seq
    )


def test_rows_are_new_or_changed_since_the_last_decision(
    book: Book, project: str, weekly: Record, clock: time_machine.Traveller
) -> None:
    book.move(weekly.id, "reopen")
    rows = [
        book.add("weekly_problem", {"weekly": weekly.id, "source": str(n), "phenomenon": "x"})
        for n in range(2)
    ]
    again = book.move(weekly.id, "submit")
    assert review_rounds.row_changes(book, again, rows) == dict.fromkeys(
        (row.id for row in rows), "new"
    )
    book.move(weekly.id, "return", comment="写细")
    book.edit(rows[0].id, {"phenomenon": "y"})
    rows.append(book.add("weekly_problem", {"weekly": weekly.id, "source": "2"}))
    third = book.move(weekly.id, "submit")
    assert review_rounds.row_changes(book, third, rows) == {
        rows[0].id: "changed",
        rows[2].id: "new",
    }


def test_stages_are_the_states_with_their_working_time(
    book: Book, project: str, clock: time_machine.Traveller
) -> None:
    made = book.add("fix", {"phenomenon": "x", "cause": "a", "correction": "b"}, project=project)
    later(clock, 120)
    book.move(made.id, "fix")
    later(clock, 60)
    stages = review_rounds.stages(book, book.get(made.id))
    assert [(one.state, one.worked) for one in stages] == [("open", 2 * HOUR), ("fixed", HOUR)]
    assert stages[0].ended is not None and stages[0].ended.move == "fix"
    assert stages[1].ended is None and stages[1].until == book.change_log.now()
    book.move(made.id, "verify", {"verify_method": "观察"})
    book.move(made.id, "close")
    ended = review_rounds.stages(book, book.get(made.id))
    assert [one.state for one in ended] == ["open", "fixed", "verified"]
    assert all(one.ended is not None for one in ended)
