"""The project's week compiled: every figure equals a plain query on the records."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

import pytest
import time_machine

from models.book.book import Book
from models.book.derived_state import shown_state
from models.book.projects import all_projects
from models.calendar.business_dates import instant
from models.records.registers.project import Project
from models.records.weekly import entries
from models.records.weekly.week.content import content_of
from models.records.weekly.week.project_week import WeekReport, week_report
from sync.workspace.workspace import Workspace
from tests.support.entry_weeks import figures_of
from tests.support.escalations import ESCALATED
from tests.support.team import acting, admit

WEEK, BEFORE = "2026-W47", "2026-W46"


@pytest.fixture(autouse=True)
def clock() -> Any:
    """Monday morning of week 47."""
    with time_machine.travel(at("11-16 09:00"), tick=False) as moved:
        yield moved


def at(text: str) -> float:
    """'11-20 15:30' of that year in Shanghai, in seconds."""
    hours, _, minutes = text[6:].partition(":")
    day = date.fromisoformat(f"2026-{text[:5]}")
    return instant(day, int(hours) * 60 + int(minutes)) / 1000


def the(book: Book) -> Project:
    """The project."""
    return cast(Project, all_projects(book.store)[0])


def report(workspace: Workspace, week: str = WEEK) -> WeekReport:
    """The week; everybody's work is here."""
    reach = dict.fromkeys(p for (p,) in workspace.store.rows("SELECT id FROM person"))
    return week_report(workspace.book, the(workspace.book), week, dict.fromkeys(reach, 1 << 62))


def hand_in(book: Book, week: str = WEEK, **values: str) -> str:
    """An entry of this person, handed in."""
    entry = entries.entry(book, the(book), week)
    return entries.submit(book, entry, {"progress": "x", **values}).id


def fixed(book: Book, text: str) -> str:
    """A fix put right now."""
    made = book.add("fix", {"phenomenon": text}, project=the(book).id)
    return book.move(made.id, "fix", {"cause": "c", "correction": "m"}).id


def test_who_owes_who_handed_in_who_is_missing(workspace: Workspace, clock: Any) -> None:
    book = workspace.book
    a, b, c = (admit(workspace, name, ["engineer"]) for name in "甲乙丙")
    lead = admit(workspace, "经理", ["project_manager"])
    clock.move_to(at("11-20 16:00"))
    one = hand_in(acting(workspace, a), hours="40", health="yellow")
    acting(workspace, lead).move(one, "accept")
    clock.move_to(at("11-23 14:00"))  # after noon of the first working day
    hand_in(acting(workspace, b), hours="12.5", health="green")
    found = report(workspace)
    standing = {workspace.people.name(m.person): (m.standing, m.late) for m in found.members}
    assert standing["甲"] == ("accepted", False) and standing["乙"] == ("submitted", True)
    assert standing["丙"] == ("missing", True)
    figures = figures_of(content_of(book, found))
    assert (figures.handed_in, figures.accepted, figures.late) == (2, 1, 1)
    assert figures.missing == len(found.members) - 2 and str(figures.hours) == "52.5"
    assert found.health == "yellow" and c and book.me


def test_every_problem_once_whoever_told_it(workspace: Workspace, clock: Any) -> None:
    a, b = (acting(workspace, admit(workspace, name, ["engineer"])) for name in "甲乙")
    told, untold = fixed(a, "甲的"), fixed(b, "乙的")
    left = b.add("fix", {"phenomenon": "没修好"}, project=the(b).id).id
    clock.move_to(at("11-20 16:00"))
    hand_in(a)
    found = report(workspace)  # the entry of 乙 is not there: the records speak
    assert {one.source: one.solved for one in found.problems} == {
        told: True,
        untold: True,
        left: False,
    }
    hand_in(b)
    assert {one.source for one in report(workspace).problems} == {told, untold, left}
    sources = [one.source for one in report(workspace).problems]
    assert len(sources) == len(set(sources))
    figures = figures_of(content_of(workspace.book, report(workspace)))
    (count,) = workspace.store.rows("SELECT count(*) FROM fix WHERE state='fixed'")[0]
    assert (figures.solved, figures.unsolved, figures.found) == (count, 1, 3)


def test_a_problem_counts_in_the_week_of_its_solution_only(
    workspace: Workspace, clock: Any
) -> None:
    book = workspace.book
    made = book.add("fix", {"phenomenon": "跨周"}, project=the(book).id)
    clock.move_to(at("11-24 10:00"))
    book.move(made.id, "fix", {"cause": "c", "correction": "m"})
    this = [one.solved for one in report(workspace).problems]
    following = [one.solved for one in report(workspace, "2026-W48").problems]
    assert (this, following) == ([False], [True])
    assert report(workspace, BEFORE).problems == []


def test_an_escalated_fix_is_one_problem(workspace: Workspace) -> None:
    book = workspace.book
    made = book.add("fix", {"phenomenon": "升级的"}, project=the(book).id)
    book.move(made.id, "escalate", ESCALATED)
    found = report(workspace)
    assert [one.source for one in found.problems] == [made.id]
    figures = figures_of(content_of(book, found))
    assert (figures.found, figures.escalations) == (1, 1)
    assert found.escalations[0].fix == made.id


def test_words_of_an_entry_that_was_handed_in_stay(workspace: Workspace, clock: Any) -> None:
    book = workspace.book
    id = fixed(book, "原来的说法")
    hand_in(book)
    book.edit(id, {"phenomenon": "后来改的"})
    (one,) = report(workspace).problems
    assert one.values["phenomenon"] == "原来的说法"


def test_milestones_and_concessions_that_go_on(workspace: Workspace) -> None:
    book, project = workspace.book, the(workspace.book).id
    made = book.add("milestone", {"name": "初验", "due": "2026-12-01"}, project=project)
    held = book.add(
        "concession", {"requirement": "双路供电", "milestone": made.id}, project=project
    )
    found = report(workspace)
    assert [one.id for one in found.milestones] == [made.id]
    assert [one.id for one in found.concessions] == [held.id]
    assert shown_state(book.store, found.milestones[0]).name == "held"


def test_escalations_stand_open_until_they_were_closed(workspace: Workspace, clock: Any) -> None:
    book = workspace.book
    project = the(book).id
    old = {"phenomenon": "旧系统里的", "fixed_at": int(at("11-17 10:00") * 1000)}
    closed = book.add("escalation", old, project=project, occurred=int(at("11-16 10:00") * 1000))
    lasting = book.add("escalation", {"phenomenon": "还在办"}, project=project)
    later = {"phenomenon": "后来才解决", "fixed_at": int(at("11-25 10:00") * 1000)}
    solved = book.add("escalation", later, project=project, occurred=int(at("11-16 11:00") * 1000))
    clock.move_to(at("12-20 10:00"))
    book.imported(closed.id, "closed")
    book.imported(solved.id, "closed")
    assert {one.id for one in report(workspace).escalations} == {lasting.id, solved.id}
    assert {one.id for one in report(workspace, "2026-W48").escalations} == {lasting.id}
