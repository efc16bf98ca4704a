"""Review rounds: which round it is, what changed since the last one, how long each state took."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import time_machine

from models.book.book import Book
from models.calendar.business_dates import instant
from models.records.statistics.review_rounds import Difference, ReviewRounds
from models.schema.record import Record
from models.schema.roles import ENGINEER
from tests.support.replicas import Team

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
    assert ReviewRounds(book, weekly).number == 1
    returned = book.move(weekly.id, "return", comment="写细")
    assert ReviewRounds(book, returned).number == 1
    assert ReviewRounds(book, book.move(weekly.id, "submit")).number == 2


def test_a_record_that_never_moved_is_in_its_first_round(book: Book, project: str) -> None:
    made = book.add("fix", {"phenomenon": "x"}, project=project)
    assert ReviewRounds(book, made).number == 1
    assert ReviewRounds(book, made).differences == []
    assert ReviewRounds(book, made).decided_at is None


def test_what_changed_since_the_last_decision_is_told_field_by_field(
    book: Book, weekly: Record
) -> None:
    assert ReviewRounds(book, weekly).differences == []
    book.move(weekly.id, "return", comment="写细")
    book.edit(weekly.id, {"progress": "巡检 5 次，更换电池", "risks": "备件"})
    again = book.move(weekly.id, "submit")
    assert ReviewRounds(book, again).differences == [
        Difference("progress", "巡检 5 次", "巡检 5 次，更换电池"),
        Difference("risks", None, "备件"),
    ]
    device, seq = ReviewRounds(book, again).last_left or ("", 0)
    assert device == book.change_log.device and seq
    assert ReviewRounds(book, again).decided_at == book.change_log.at_of(
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
    assert ReviewRounds(book, again).row_changes(rows) == dict.fromkeys(
        (row.id for row in rows), "new"
    )
    book.move(weekly.id, "return", comment="写细")
    book.edit(rows[0].id, {"phenomenon": "y"})
    rows.append(book.add("weekly_problem", {"weekly": weekly.id, "source": "2"}))
    third = book.move(weekly.id, "submit")
    assert ReviewRounds(book, third).row_changes(rows) == {
        rows[0].id: "changed",
        rows[2].id: "new",
    }


def test_a_decision_dated_days_ahead_hides_nothing_of_the_next_round(tmp_path: Path) -> None:
    """Rounds follow from what moves are built on, not from clocks."""
    team = Team(tmp_path / "team")
    team.admit("eng", (ENGINEER,))
    team.meet()
    lead, eng = team.all
    values = {"week": "2026-W47", "person": eng.book.me, "progress": "巡检 5 次"}
    made = eng.book.add("weekly", values, project=team.project)
    row = eng.book.add("weekly_problem", {"weekly": made.id, "source": "1", "phenomenon": "x"})
    for again in (1, 2):
        eng.book.move(made.id, "submit")
        team.meet()
        lead.clock(lead.workspace.log.now() + 3 * 24 * HOUR)
        lead.book.move(made.id, "return", comment="写细")
        lead.clock(None)
        team.meet()
        eng.book.edit(made.id, {"progress": f"巡检 {5 + again} 次"})
        eng.book.edit(row.id, {"phenomenon": f"x{again}"})
        fresh = eng.book.add("weekly_problem", {"weekly": made.id, "source": f"1{again}"})
    eng.book.move(made.id, "submit")
    team.meet()
    for one in team.all:
        record = one.book.get(made.id)
        rows = [one.book.get(row.id), one.book.get(fresh.id)]
        assert ReviewRounds(one.book, record).row_changes(rows) == {
            row.id: "changed",
            fresh.id: "new",
        }
        (found,) = ReviewRounds(one.book, record).differences
        assert found == Difference("progress", "巡检 6 次", "巡检 7 次")
    team.close()


def test_stages_are_the_states_with_their_working_time(
    book: Book, project: str, clock: time_machine.Traveller
) -> None:
    made = book.add("fix", {"phenomenon": "x", "cause": "a", "correction": "b"}, project=project)
    later(clock, 120)
    book.move(made.id, "fix")
    later(clock, 60)
    stages = ReviewRounds(book, book.get(made.id)).stages()
    assert [(one.state, one.worked) for one in stages] == [("open", 2 * HOUR), ("fixed", HOUR)]
    assert stages[0].ended is not None and stages[0].ended.move == "fix"
    assert stages[1].ended is None and stages[1].until == book.change_log.now()
    book.move(made.id, "verify", {"verify_method": "观察"})
    book.move(made.id, "close")
    ended = ReviewRounds(book, book.get(made.id)).stages()
    assert [one.state for one in ended] == ["open", "fixed", "verified"]
    assert all(one.ended is not None for one in ended)
