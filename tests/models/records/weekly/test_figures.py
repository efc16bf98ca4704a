"""The figures of a week: each counted by hand, with the records behind it."""

from __future__ import annotations

from typing import Any

import pytest

from models.book.book import Book
from models.derived import figures
from models.derived.figures import Counted
from models.records.preparation.execution.plan_execution import TaskStanding
from models.records.weekly.week.content import CheckPart, MemberPart, RecordPart
from tests.support.entry_weeks import W47, the
from tests.support.issued_weeks import content, problem


def member(standing: str, **more: Any) -> MemberPart:
    """Somebody's part of the week."""
    plain: dict[str, Any] = dict.fromkeys(MemberPart._fields)
    plain |= {"person": "p", "name": "仇小河", "standing": standing, "late": False}
    plain |= {"handed_in": standing in ("submitted", "accepted")}
    return MemberPart(**{**plain, **more})


def check(due: int, **more: Any) -> CheckPart:
    """A checklist of the week."""
    lists: dict[str, Any] = {"sheets": [], "submitted": [], "not_ok": []}
    plain: dict[str, Any] = {"template": "t", "name": "机房", "name_en": None, "due": due}
    return CheckPart(**{**plain, "done": 0, "items": 0, "bad": 0, **lists, **more})


def planned(standing: str, record: str | None = None) -> TaskStanding:
    """A planned task that stands so; it is called by that."""
    return TaskStanding(
        standing, standing, standing, "2026-11-18", "仇", standing, None, record, None
    )


WEEK = content(
    "project",
    W47,
    members=[
        member("accepted", entry="a", hours="40"),
        member("submitted", entry="b", hours="1.5", late=True),
        member("submitted", entry="c", hours="NaN"),
        member("missing", late=True),
        member("unsynced"),
    ],
    problems=[
        problem("f1", verified=True, cause="x", cause_open=False),
        problem("f2", supplement=True),
        problem("f3", solved=False),
    ],
    found=["f3", "f4"],
    overdue=["e1"],
    escalations=[RecordPart("escalation", id, "E", "s", [], "t", "", {}) for id in ("e1", "e2")],
    checks=[
        check(5, done=2, items=20, bad=1, sheets=["s1", "s2", "s3"], submitted=["s1", "s2"],
              not_ok=["n1"]),
        check(0),
    ],
    plan=[
        planned("on_time", record="x1"),
        planned("late", record="x2"),
        planned("skipped", record="x3"),
        planned("open"),
        planned("ahead"),
    ],
)  # fmt: skip

EXPECTED: dict[str, Counted] = {
    "people": Counted(5, 5, ("a", "b", "c")),
    "handed_in": Counted(3, 5, ("a", "b", "c")),
    "accepted": Counted(1, 5, ("a",)),
    "late": Counted(1, 5, ("b",)),
    "missing": Counted(1, 5),
    "unsynced": Counted(1, 5),
    "hours": Counted("41.5", 2, ("a", "b")),
    "found": Counted(2, 2, ("f3", "f4")),
    "solved": Counted(2, 3, ("f1", "f2")),
    "verified": Counted(1, 2, ("f1",)),
    "supplements": Counted(1, 3, ("f2",)),
    "cause_open": Counted(1, 2, ("f2",)),
    "unsolved": Counted(1, 3, ("f3",)),
    "escalations": Counted(2, 2, ("e1", "e2")),
    "overdue": Counted(1, 2, ("e1",)),
    "due": Counted(5, 5),
    "done": Counted(2, 5, ("s1", "s2")),
    "items": Counted(20, 20, ("s1", "s2", "s3")),
    "bad": Counted(1, 20, ("n1",)),
    "planned": Counted(5, 5, ("on_time", "late", "skipped", "open", "ahead")),
    "plan_due": Counted(4, 4, ("on_time", "late", "skipped", "open")),
    "on_time": Counted(1, 4, ("x1",)),
    "done_late": Counted(1, 4, ("x2",)),
    "skipped": Counted(1, 4, ("x3",)),
    "not_done": Counted(1, 4, ("open",)),
    "plan_rate": Counted(25, 4, ("x1", "x2", "x3", "open")),
}


def test_every_figure_is_expected_here() -> None:
    assert {f"week.{name}" for name in EXPECTED} == {kind.name for kind in figures.kinds("week")}


@pytest.mark.parametrize("name", EXPECTED)
def test_a_figure_counts_what_it_says(name: str) -> None:
    (found,) = [one for one in figures.of_data("week", WEEK) if one.kind.name == f"week.{name}"]
    assert Counted(found.value, found.n, found.records) == EXPECTED[name]


def test_nothing_to_count_is_no_zero_and_no_hundred() -> None:
    found = {one.kind.name: one.value for one in figures.of_data("week", content("p", W47))}
    assert found["week.hours"] is found["week.done"] is found["week.bad"] is None
    assert found["week.solved"] == found["week.people"] == 0


def test_a_week_is_one_project_and_seven_days(book: Book, project: str, clock: Any) -> None:
    assert the(book).id == project
    assert figures.figure_of(book, figures.of_week([project], W47), "week.people") is not None
    for projects in ([], [project, "other"], ["other"]):
        assert figures.figure_of(book, figures.of_week(projects, W47), "week.people") is None
