"""Review: who reported, who is late, who did not, and whose work is not here."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine

from models.book.book import Book
from models.calendar.business_dates import instant
from models.queries import links
from models.records.statistics.review_rounds import ReviewRounds
from models.records.weekly import review_grid
from models.records.weekly.review_grid import Team
from models.schema.roles import ENGINEER, PROJECT_MANAGER
from sync.workspace import sync_status
from sync.workspace.workspace import Workspace
from tests.support.crew import Crew

MONDAY = date(2026, 11, 23)
WEEK = "2026-W47"
FRIDAY_5PM, MONDAY_2PM = instant(date(2026, 11, 20), 17 * 60), instant(MONDAY, 14 * 60)


@pytest.fixture(autouse=True)
def monday() -> Iterator[time_machine.Traveller]:
    """The book is begun in week 41; the crew makes it Monday of week 48."""
    with time_machine.travel(instant(date(2026, 10, 5)) / 1000, tick=False) as clock:
        yield clock


@pytest.fixture
def crew(workspace: Workspace, project: str, monday: time_machine.Traveller) -> Crew:
    """Three engineers, each on a device of their own; the entries of week 47 were due at noon."""
    monday.move_to(MONDAY_2PM / 1000)
    made = Crew(workspace, FRIDAY_5PM)
    made.admit(["仇小河", "段青", "文竹"], ENGINEER, project)
    return made


def hand_in(book: Book, project: str, week: str = WEEK) -> str:
    """This person's entry of a week, handed in."""
    values = {"week": week, "person": book.me, "progress": "巡检 5 次"}
    return book.move(book.add("weekly", values, project=project).id, "submit").id


def note(book: Book, project: str) -> None:
    """Anything at all, so that something is heard of this person."""
    book.add("fix", {"phenomenon": "风扇异响"}, project=project)


def team(workspace: Workspace) -> Team:
    """The desk of the person of the workspace."""
    book = workspace.book
    return Team(book, review_grid.led(book), sync_status.reach(workspace))


def states(found: Team, week: str) -> dict[str, str]:
    """Name -> what the cell of a week says."""
    cells = found.cells(found.rows, [week])
    return {row.name: cells[row.project, row.person, week].state for row in found.rows}


def test_missing_is_told_apart_from_not_synced(
    workspace: Workspace, crew: Crew, project: str
) -> None:
    handed, silent, absent = crew.books.values()
    hand_in(handed, project)
    note(silent, project)
    crew.now = MONDAY_2PM
    note(absent, project)
    found = team(workspace)
    assert {row.name for row in found.rows} == {"测试员", "仇小河", "段青", "文竹"}
    assert states(found, WEEK) == {
        "测试员": "missing",
        "仇小河": "submitted",
        "段青": "unsynced",  # heard of on Friday: it may be written since
        "文竹": "missing",  # heard of after noon, and nothing was there
    }
    assert set(states(found, "2026-W48").values()) == {"due"}
    assert found.count(WEEK) == {"missing": 2, "submitted": 1, "unsynced": 1}


def test_late_is_the_first_handing_in(workspace: Workspace, crew: Crew, project: str) -> None:
    early, late, _ = crew.books.values()
    first = hand_in(early, project)
    crew.now = MONDAY_2PM
    second = hand_in(late, project)
    workspace.book.move(first, "return", comment="写明原因")
    early.edit(first, {"risks": "雨季"})
    early.move(first, "submit")
    found = team(workspace)
    cells = {cell.weekly: cell for cell in found.cells(found.rows, [WEEK]).values()}
    assert not cells[first].late and cells[second].late


def test_nothing_is_asked_of_the_time_before(
    workspace: Workspace, crew: Crew, project: str
) -> None:
    first = next(iter(crew.books.values()))
    hand_in(first, project, "2026-W46")
    found = team(workspace)
    assert states(found, "2026-W46")["仇小河"] == "submitted"
    assert set(states(found, "2026-W40").values()) == {""}


def test_what_waits_comes_the_oldest_first_and_never_ones_own(
    workspace: Workspace, crew: Crew, project: str
) -> None:
    crew.admit(["关山"], PROJECT_MANAGER, project)
    one, other, _, lead = crew.books.values()
    ids = [hand_in(other, project), hand_in(one, project), hand_in(other, project, "2026-W46")]
    own = hand_in(workspace.book, project)
    assert [w.weekly for w in team(workspace).waiting()] == [ids[2], ids[1], ids[0]]
    assert own in {w.weekly for w in review_grid.waiting(lead)}
    assert review_grid.waiting(one) == []


def test_who_works_alone_reads_their_own(workspace: Workspace, project: str) -> None:
    own = hand_in(workspace.book, project)
    assert [w.weekly for w in review_grid.waiting(workspace.book)] == [own]


def test_what_changed_since_the_last_round_is_known(
    workspace: Workspace, crew: Crew, project: str
) -> None:
    author, book = crew.books["仇小河"], workspace.book
    fix = author.add("fix", {"phenomenon": "UPS 告警"}, project=project)
    author.move(fix.id, "fix", {"cause": "电池老化", "correction": "更换电池"})
    id = hand_in(author, project)
    assert ReviewRounds(book, book.get(id)).differences == []
    crew.now += 1000
    book.move(id, "return", comment="写明下周计划")
    crew.now = MONDAY_2PM + 1000
    author.edit(id, {"next_week": "复测电池", "progress": "巡检 5 次"})
    (row,) = links.linked_to(book.store, fix.id).records
    author.edit(row.id, {"measure": "更换电池并做放电试验"})
    author.move(id, "submit")
    entry = book.get(id)
    assert [tuple(d) for d in ReviewRounds(book, entry).differences] == [
        ("next_week", None, "复测电池")
    ]
    assert ReviewRounds(book, entry).row_changes([book.get(row.id)]) == {row.id: "changed"}
    assert ReviewRounds(book, entry).number == 2


def test_stages_count_working_time_only(workspace: Workspace, crew: Crew, project: str) -> None:
    author = crew.books["仇小河"]
    id = hand_in(author, project)  # Friday 17:00: the working day is over
    found = ReviewRounds(workspace.book, workspace.book.get(id)).stages()
    assert [one.state for one in found] == ["draft", "submitted"]
    assert found[-1].worked == 5 * 3_600_000  # Monday 9 to 14
    assert found[-1].ended is None
