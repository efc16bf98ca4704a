"""Decision history: what changed since the last decision, and every move with its time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine

from models.book.book import Book
from models.calendar.business_dates import HOUR_MS, instant
from models.records.statistics.review_rounds import ReviewRounds
from models.schema.record import Record
from models.text.words import language
from sync.workspace.workspace import Workspace
from tui.display.parts import plain
from tui.display.values import Values
from tui.pages.records.decision_history import changes, trail, worked

MONDAY = date(2026, 11, 16)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """A Monday morning, as the working hours begin."""
    with time_machine.travel(instant(MONDAY, 9 * 60) / 1000, tick=False) as traveller:
        yield traveller


@pytest.fixture
def escalation(book: Book, project: str) -> Record:
    """An escalation."""
    return book.add("escalation", {"phenomenon": "停机"}, project=project)


def returned(book: Book, record: Record) -> Record:
    """The same, returned once and handed in again with another text."""
    book.move(record.id, "return", {"advice": "看图"}, comment="写清时间")
    book.edit(record.id, {"phenomenon": "停机两小时", "cause": "老化"})
    return book.move(record.id, "resubmit")


def test_a_first_round_has_no_changes(workspace: Workspace, escalation: Record) -> None:
    assert list(changes(ReviewRounds(workspace.book, escalation), Values(workspace))) == []


def test_later_each_changed_field_is_said_as_it_was_and_as_it_is(
    workspace: Workspace, escalation: Record
) -> None:
    record = returned(workspace.book, escalation)
    parts = list(changes(ReviewRounds(workspace.book, record), Values(workspace)))
    said = plain(parts)
    assert "上一轮以来改了什么" in said
    assert "原：停机" in said and "现：停机两小时" in said
    assert "原：（空）" in said and "现：老化" in said


def test_the_same_as_before_is_said_unless_rows_changed(
    workspace: Workspace, book: Book, escalation: Record
) -> None:
    book.move(escalation.id, "return", {"advice": "看图"}, comment="再看")
    record = book.move(escalation.id, "resubmit")
    values = Values(workspace)
    assert "与上一轮相同" in plain(list(changes(ReviewRounds(book, record), values)))
    assert "与上一轮相同" not in plain(
        list(changes(ReviewRounds(book, record), values, rows_too=True))
    )


def test_every_move_is_told_with_the_working_time_before_it(
    workspace: Workspace, book: Book, escalation: Record, clock: time_machine.Traveller
) -> None:
    clock.move_to(instant(MONDAY, 11 * 60) / 1000)
    record = returned(book, escalation)
    clock.shift(30 * 60)
    said = plain(list(trail(ReviewRounds(book, record), Values(workspace))))
    assert "测试员 退回" in said and "2 小时" in said
    assert "写清时间" in said  # the comment of the move
    assert said.rstrip().endswith("已 30 分钟")
    language.now = "en"
    said = plain(list(trail(ReviewRounds(book, record), Values(workspace))))
    assert "Return with advice, after 2 working hours as “to accept”" in said
    assert said.rstrip().endswith("“to accept” for 30 min")


def test_what_has_ended_lasts_in_no_state(workspace: Workspace, book: Book) -> None:
    ended = book.move(book.add("project", {"name": "乙"}).id, "complete")
    lines = plain(list(trail(ReviewRounds(book, ended), Values(workspace)))).rstrip().split("\n")
    assert "测试员" in lines[-1] and "”已 " not in lines[-1]  # a move that was made


@pytest.mark.parametrize(
    ("ms", "zh", "en"),
    [
        (0, "0 分钟", "0 min"),
        (HOUR_MS - 1, "59 分钟", "59 min"),
        (HOUR_MS, "1 小时", "1 working hour"),
        (int(1.5 * HOUR_MS), "1.5 小时", "1.5 working hours"),
        (80 * HOUR_MS, "80 小时", "80 working hours"),
    ],
)
def test_working_time_in_words(ms: int, zh: str, en: str) -> None:
    assert worked(ms) == zh
    language.now = "en"
    assert worked(ms) == en
