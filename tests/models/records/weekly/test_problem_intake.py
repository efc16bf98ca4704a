"""Intake: rows follow their problems, words of the author stay, a preview writes nothing."""

from __future__ import annotations

from typing import Any

import pytest

from models.book.book import Book
from models.records.weekly import entries, problem_intake
from tests.support.entry_weeks import (
    W47,
    W48,
    entry,
    fix,
    go,
    rows,
    submitted,
    taken,
)
from tests.support.escalations import ESCALATED, taken_up

pytestmark = pytest.mark.usefixtures("clock")


def test_handing_in_takes_the_weeks_problems_in(book: Book, project: str) -> None:
    solved, open_ = fix(book, project), fix(book, project, "门禁失灵", fixed=False)
    weekly = book.add("weekly", {"week": W47, "person": book.me, "progress": "x"}, project=project)
    book.move(weekly.id, "submit")
    assert rows(book, weekly) == [
        ("UPS 告警", "solved", "电池老化", "更换电池"),
        ("门禁失灵", "open", None, None),
    ]
    row = problem_intake.problems_of(book.store, weekly.id)[0]
    assert (row.source, row.solved_week, row.verified) == (solved.id, W47, False)
    assert {r.source for r in problem_intake.problems_of(book.store, weekly.id)} == {
        solved.id,
        open_.id,
    }


def test_once_however_often_the_entry_is_saved(book: Book, project: str) -> None:
    made = fix(book, project)
    weekly = entries.keep(book, entry(book), {"progress": "一"})
    entries.keep(book, entry(book), {"progress": "二"})
    book.move(made.id, "verify")
    book.move(weekly.id, "submit")
    assert len(problem_intake.problems_of(book.store, weekly.id, gone=True)) == 1
    assert problem_intake.problems_of(book.store, weekly.id)[0].verified is True
    assert taken(book, project, W48) == []


def test_what_the_closed_entry_missed_is_a_supplement(book: Book, project: str, clock: Any) -> None:
    """Never silently in an entry that was handed in."""
    go(clock, "11-20 16:00")
    before = submitted(book)
    go(clock, "11-21 10:00")
    late = fix(book, project, "周六的故障")
    assert taken(book, project, W47) == [("周六的故障", "solved", False)]
    go(clock, "11-24 09:00")
    weekly = submitted(book, W48)
    assert rows(book, before) == []
    (row,) = problem_intake.problems_of(book.store, weekly.id)
    assert (row.source, row.supplement, row.solved_week) == (late.id, True, W47)
    book.move(before.id, "reopen")
    book.move(before.id, "submit")
    assert rows(book, before) == []  # told once already


def test_reopened_and_solved_again_it_is_told_again(book: Book, project: str, clock: Any) -> None:
    made = fix(book, project)
    first = submitted(book)
    go(clock, "11-24 09:00")
    book.move(made.id, "fail", comment="又报警")
    assert taken(book, project, W48) == [("UPS 告警", "open", False)]
    book.move(made.id, "fix", {"correction": "更换风扇"})
    assert taken(book, project, W48) == [("UPS 告警", "solved", False)]
    weekly = submitted(book, W48)
    assert rows(book, first) == [("UPS 告警", "solved", "电池老化", "更换电池")]
    assert rows(book, weekly) == [("UPS 告警", "solved", "电池老化", "更换风扇")]


def test_an_open_problem_is_refreshed_while_the_entry_is_a_draft(book: Book, project: str) -> None:
    made = fix(book, project, fixed=False)
    weekly = entries.keep(book, entry(book), {"progress": "一"})
    book.edit(made.id, {"phenomenon": "UPS 旁路告警"})
    entries.keep(book, entry(book), {})
    assert rows(book, weekly) == [("UPS 旁路告警", "open", None, None)]
    book.move(made.id, "fix", {"cause": "电容", "correction": "更换"})
    entries.keep(book, entry(book), {})
    assert rows(book, weekly) == [("UPS 旁路告警", "solved", "电容", "更换")]
    book.void(made.id, "误报")
    entries.keep(book, entry(book), {})
    assert rows(book, weekly)[0][1] == "solved"  # what was told as solved is not withdrawn


def test_an_open_problem_that_was_void_goes(book: Book, project: str) -> None:
    made = fix(book, project, fixed=False)
    weekly = entries.keep(book, entry(book), {"progress": "一"})
    book.void(made.id, "误报")
    entries.keep(book, entry(book), {})
    assert rows(book, weekly) == []
    book.restore(made.id)
    entries.keep(book, entry(book), {})
    assert rows(book, weekly) == [("UPS 告警", "open", None, None)]


def test_the_authors_words_stay(book: Book, project: str) -> None:
    made = fix(book, project)
    weekly = entries.keep(book, entry(book), {"progress": "一"})
    (row,) = problem_intake.problems_of(book.store, weekly.id)
    book.edit(row.id, {"cause": "电池老化，采购批次问题"})
    book.edit(made.id, {"cause": "电池到寿", "correction": "整组更换"})
    entries.keep(book, entry(book), {})
    assert rows(book, weekly) == [("UPS 告警", "solved", "电池老化，采购批次问题", "整组更换")]
    book.void(row.id, "不需要写")
    entries.keep(book, entry(book), {})
    assert rows(book, weekly) == []  # what the author took out stays out


def test_an_escalated_problem_is_one_problem(book: Book, project: str) -> None:
    made = fix(book, project, fixed=False)
    book.move(made.id, "escalate", ESCALATED)
    (raised,) = book.store.rows("SELECT id FROM escalation")
    weekly = entries.keep(book, entry(book), {"progress": "一"})
    assert rows(book, weekly) == [("UPS 告警", "open", None, None)]
    for move, values in (
        ("accept", taken_up(book)),
        ("draft", {"solution": "整组更换"}),
        ("approve", {}),
        ("fix", {"cause": "批次缺陷", "measure": "整组更换"}),
    ):
        book.move(raised[0], move, values)
    entries.keep(book, entry(book), {})
    assert rows(book, weekly) == [("UPS 告警", "solved", "批次缺陷", "整组更换")]
    assert problem_intake.problems_of(book.store, weekly.id)[0].source == made.id


def test_a_preview_is_what_will_be_written(book: Book, project: str) -> None:
    made, open_ = fix(book, project), fix(book, project, "门禁失灵", fixed=False)

    def preview() -> list[tuple[str, str | None]]:
        found = problem_intake.preview(book, project, W47, book.me, entry(book).weekly)
        return [(source, values["cause"]) for source, values in found]

    assert preview() == [(made.id, "电池老化"), (open_.id, None)]
    assert book.store.rows("SELECT count(*) FROM weekly_problem") == [(0,)]
    entries.keep(book, entry(book), {"progress": "一"})
    weekly = entry(book).weekly
    assert weekly is not None
    row = problem_intake.problems_of(book.store, weekly.id)[0]
    book.edit(row.id, {"cause": "批次问题"})
    book.edit(open_.id, {"cause": "读头脏"})
    assert preview() == [(made.id, "批次问题"), (open_.id, "读头脏")]
    entries.keep(book, entry(book), {})
    rows_ = problem_intake.problems_of(book.store, row.weekly or "")
    assert [(r.source, r.cause) for r in rows_] == preview()
    submitted(book)
    book.edit(made.id, {"cause": "后来改的"})
    assert preview() == [(made.id, "批次问题"), (open_.id, "读头脏")]
