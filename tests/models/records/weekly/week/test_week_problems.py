"""The problems of a week: taken in once, in the ISO week of the solution."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

import pytest

from models.book.book import Book
from models.calendar.business_dates import instant, shift_week
from models.records.weekly.week import week_problems
from models.text.words import Refused
from sync.workspace.workspace import Workspace
from tests.support.entry_weeks import (
    MONDAY,
    W47,
    W48,
    fix,
    go,
    minute,
    submitted,
    taken,
)
from tests.support.escalations import ESCALATED
from tests.support.team import acting, admit

pytestmark = pytest.mark.usefixtures("clock")


def test_the_week_is_that_of_the_solution(book: Book, project: str, clock: Any) -> None:
    """Found in week 47 and solved in week 48; Sunday still belongs to its week."""
    made = fix(book, project, fixed=False)
    go(clock, "11-22 23:59")
    assert taken(book, project, W47) == [("UPS 告警", "open", False)]
    go(clock, "11-23 00:00")
    book.move(made.id, "fix", {"correction": "复位"})
    assert taken(book, project, W48) == [("UPS 告警", "solved", False)]
    assert taken(book, project, W47) == [("UPS 告警", "open", False)]  # so it stood then


def test_a_time_given_for_the_solution_counts(book: Book, project: str, clock: Any) -> None:
    made = fix(book, project, fixed=False)
    go(clock, "11-23 10:00")
    sunday = instant(date(2026, 11, 22), minute("22:00"))
    book.move(made.id, "fix", {"correction": "复位", "fixed_at": sunday})
    assert taken(book, project, W47) == [("UPS 告警", "solved", False)]
    assert taken(book, project, W48) == []


def test_an_entry_that_can_still_be_written_keeps_its_problems(
    book: Book, project: str, clock: Any
) -> None:
    fix(book, project)
    go(clock, "11-24 09:00")
    assert taken(book, project, W48) == []  # last week's entry is not written yet
    go(clock, "12-01 09:00")
    assert taken(book, project, "2026-W49") == [("UPS 告警", "solved", True)]


def test_an_escalation_returned_to_the_site_leaves_the_word_to_its_fix(
    book: Book, project: str
) -> None:
    made = fix(book, project, fixed=False)
    book.move(made.id, "escalate", ESCALATED)
    (raised,) = book.store.rows("SELECT id FROM escalation")
    book.move(raised[0], "return", {"advice": "先复位"})
    book.move(made.id, "fix", {"correction": "复位"})
    assert taken(book, project) == [("UPS 告警", "solved", False)]


def test_each_tells_what_they_solved_themselves(workspace: Workspace, project: str) -> None:
    mine = workspace.book
    other = acting(workspace, admit(workspace, "工程师乙", ["engineer"]))
    found = fix(mine, project, "我发现他解决", fixed=False)
    other.move(found.id, "fix", {"correction": "复位"})
    assert taken(mine, project) == []
    assert taken(other, project) == [("我发现他解决", "solved", False)]
    submitted(mine)
    submitted(other)
    sql = "SELECT count(*) FROM weekly_problem WHERE source=? AND outcome='solved'"
    assert mine.store.rows(sql, (found.id,)) == [(1,)]


@pytest.mark.parametrize("seed", range(12))
def test_in_any_history_every_solution_is_told_exactly_once(
    book: Book, project: str, clock: Any, seed: int
) -> None:
    """Weeks of random work; entries handed in, some late, some reopened and handed in again."""

    rng, now = Random(seed), instant(MONDAY, minute("09:00"))
    moves = {"fix": {"cause": "因", "correction": "措施"}, "fail": {}, "reopen": {}, "verify": {}}
    escalated = {
        "accept": {},
        "draft": {"solution": "案"},
        "approve": {},
        "fix": {"cause": "深因", "measure": "大修"},
        "return": {"advice": "再试"},
        "reopen": {},
        "verify": {},
    }

    def step(type: str, values: dict[str, Any]) -> None:
        """A random move of a random record, if it can be made."""
        found = book.store.rows(f"SELECT id FROM {type} WHERE state<>'closed'")
        if found:
            move = rng.choice(list(values))
            try:
                book.move(rng.choice(found)[0], move, values[move], comment="说明")
            except Refused:
                return

    handed: set[str] = set()
    for day_ in range(26):
        week = str(week_problems._week(book, now))
        for _ in range(rng.randrange(4)):
            now += rng.randrange(60_000, 3_600_000)
            clock.move_to(now / 1000)
            act = rng.random()
            if act < 0.3:
                fix(book, project, fixed=rng.random() < 0.5)
            elif act < 0.7:
                step("fix", moves)
            elif act < 0.8:
                step("fix", {"escalate": ESCALATED})
            else:
                step("escalation", escalated)
        before = shift_week(week, -rng.randrange(2))
        if rng.random() < 0.3 and before not in handed:
            submitted(book, before)
            handed.add(before)
        elif handed and rng.random() < 0.2:
            (id,) = rng.choice(book.store.rows("SELECT id FROM weekly"))
            if book.get(id).state == "submitted":
                book.move(id, "reopen")
            if rng.random() < 0.8:
                book.move(id, "submit")
        now = instant(MONDAY + timedelta(days=day_ + 1), minute("09:00"))
    for extra in range(4):  # then everything left open is handed in, week after week
        clock.move_to(instant(MONDAY + timedelta(days=28 + 7 * extra), minute("17:00")) / 1000)
        last = str(week_problems._week(book, book.change_log.now()))
        for (id,) in book.store.rows("SELECT id FROM weekly WHERE state='draft'"):
            book.move(id, "submit")
        submitted(book, last)
    told = "SELECT source, solved_week FROM weekly_problem WHERE outcome='solved' AND void IS NULL"
    rows_ = book.store.rows(told)
    assert len(rows_) == len(set(rows_))
    for type in ("fix", "escalation"):
        for (id,) in book.store.rows(f"SELECT id FROM {type}"):
            problem = week_problems.problem_of(book.store, book.get(id))
            if problem.solved is not None:
                week = str(week_problems._week(book, problem.solved))
                assert rows_.count((problem.source.id, week)) == 1, (problem.source.number, week)
