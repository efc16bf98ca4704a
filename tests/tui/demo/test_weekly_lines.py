"""Weekly entries of the demonstration: what became of each, and the problems they name."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from functools import cache
from typing import Any

import pytest

from models.records.weekly.weekly_entry import HEALTH
from tui.demo.company import PEOPLE, roles_on
from tui.demo.month import month
from tui.demo.weekly_lines import WEEKS

FRIDAY = date(2026, 11, 20)
CURRENT, LAST = "2026-W47", "2026-W46"


@cache
def entries() -> dict[str, list[dict[str, Any]]]:
    """Ref of each entry -> its lines, in order."""
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in month("zh", FRIDAY):
        if str(line["ref"]).startswith("weekly-") and line.get("type") != "weekly_problem":
            found[str(line["ref"])].append(line)
    return found


def moves(person: str, week: str) -> list[str]:
    """The moves of an entry."""
    lines = entries().get(f"weekly-{person}-{week}", [])
    return [line["move"] for line in lines if "move" in line]


@pytest.mark.parametrize(
    ("person", "week", "expected"),
    [
        ("lin", CURRENT, []),
        ("lin", LAST, ["submit", "return"]),
        ("wen", LAST, ["submit"]),
        ("zhuo", LAST, ["submit", "return", "submit"]),
        ("wen", "2026-W44", ["submit", "return", "submit", "accept"]),
        ("lin", "2026-W45", ["submit", "accept"]),
    ],
)
def test_an_entry_has_the_moves_of_its_state(person: str, week: str, expected: list[str]) -> None:
    assert f"weekly-{person}-{week}" in entries()
    assert moves(person, week) == expected


@pytest.mark.parametrize(("person", "week"), [("wen", CURRENT), ("qi", LAST)])
def test_an_entry_that_was_not_written_is_not_there(person: str, week: str) -> None:
    assert f"weekly-{person}-{week}" not in entries()


def test_a_returned_entry_has_the_reason_and_is_written_anew() -> None:
    made, submitted, back, edited, *_ = entries()[f"weekly-zhuo-{LAST}"]
    written = next(w for w in WEEKS if (w.person, w.back) == ("zhuo", 1))
    assert written.returned and written.rewritten
    assert back["comment"] == written.returned.zh
    assert edited["progress"] == written.progress.zh + written.rewritten.zh
    assert made["at"] < submitted["at"] < back["at"] < edited["at"]


def test_progress_begins_with_the_number_of_checklists_of_the_week() -> None:
    made = entries()[f"weekly-tao-{LAST}"][0]
    days = [f"2026-11-{day:02}" for day in range(9, 14)]
    lines: list[dict[str, Any]] = list(month("zh", FRIDAY))
    mine = [line for line in lines if line.get("type") == "sheet" and line["by"] == "tao"]
    sheets = [line for line in mine if line["day"] in days and line["at"] < made["at"]]
    assert made["progress"].startswith(f"本周完成检查 {len(sheets)} 份") and len(sheets) >= 4


def test_a_draft_has_no_hours_and_the_others_some() -> None:
    for ref, (made, *_) in entries().items():
        states = {(w.person, w.back): w.state for w in WEEKS}
        draft = states[made["person"], 0] == "draft" and ref.endswith(CURRENT)
        assert ("hours" not in made) == draft


def test_weeks_name_people_on_their_projects_and_declared_statuses() -> None:
    people = {person.key: person for person in PEOPLE}
    states = {"draft", "none", "submitted", "accepted", "returned", "resubmitted", "again"}
    for week in WEEKS:
        assert roles_on(people[week.person], week.project)
        assert week.health in {name for name, _, _ in HEALTH} and week.state in states
        assert bool(week.returned) == (week.state in ("returned", "resubmitted", "again"))
        assert bool(week.rewritten) == (week.state in ("resubmitted", "again"))


def test_weeks_of_a_person_follow_each_other_from_the_current_one() -> None:
    for person in {week.person for week in WEEKS}:
        backs = [week.back for week in WEEKS if week.person == person]
        assert backs == list(range(len(backs)))
