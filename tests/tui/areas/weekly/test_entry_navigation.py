"""Entry navigation: which entry a page begins with, and the ones beside it."""

from __future__ import annotations

import pytest

from models.book.book import Book
from models.derived.expected import NOON
from models.text.words import Refused
from tests.support.crew import Crew
from tests.tui.areas.weekly.conftest import WEEK, hand_in
from tui.areas.weekly.entry_navigation import EntryNavigation

pytestmark = pytest.mark.usefixtures("monday", "team")
NOW, BEFORE = "2026-W48", "2026-W46"


@pytest.fixture
def mine(team: Crew) -> EntryNavigation:
    """The entries of an engineer who handed in week 47."""
    team.now = team.workspace.book.change_log.now()
    return EntryNavigation(team.books["仇小河"], NOON)


@pytest.fixture
def lead(book: Book) -> EntryNavigation:
    """The entries as the lead finds them."""
    return EntryNavigation(book, NOON)


def test_it_begins_with_this_week(mine: EntryNavigation, project: str) -> None:
    entry = mine.entry(None)
    assert (entry.week, entry.project.id, entry.weekly) == (NOW, project, None)
    assert mine.week == NOW


def test_an_entry_is_found_by_its_record_and_by_project_and_week(
    mine: EntryNavigation, project: str
) -> None:
    by_week = mine.entry(f"{project}/{WEEK}")
    assert by_week.weekly is not None and by_week.week == WEEK
    by_record = mine.entry(by_week.weekly.id)
    assert by_record == by_week


def test_the_usual_project_comes_first(lead: EntryNavigation, project: str) -> None:
    other = lead.book.add("project", {"name": "另一个"}).id
    for usual in (project, other):
        assert lead.entry(None, usual).project.id == usual
    assert lead.entry(None, "gone") == lead.entry(None)
    assert lead.entry(f"{other}/{WEEK}").project.id == other


def test_weeks_beside_end_with_this_one(mine: EntryNavigation, project: str) -> None:
    entry = mine.entry(None)
    with pytest.raises(Refused, match="2026-W49 还没有到"):
        mine.neighbour_week(entry, 1)
    before = mine.neighbour_week(entry, -1)
    assert before.week == WEEK and before.weekly is not None
    assert mine.neighbour_week(before, -1).weekly is None  # one's own can be written still
    assert mine.neighbour_week(before, 1) == entry


def test_a_colleagues_weeks_are_those_that_were_written(
    lead: EntryNavigation, team: Crew, project: str
) -> None:
    first = lead.waiting(lead.entry(None))
    assert first.weekly is not None
    who = lead.book.people.name(str(first.weekly.person))
    with pytest.raises(Refused, match=f"{who} 没有写 {BEFORE} 的周报"):
        lead.neighbour_week(first, -1)
    earlier = hand_in(team.books[who], project, BEFORE)
    before = lead.neighbour_week(first, -1)
    assert before.weekly is not None and before.weekly.id == earlier


def test_what_waits_comes_round_and_round(lead: EntryNavigation, team: Crew) -> None:
    first = lead.waiting(lead.entry(None))
    second = lead.waiting(first)
    assert first.weekly is not None and second.weekly is not None
    assert first.weekly.id != second.weekly.id
    assert lead.waiting(second) == first
    lead.book.move(first.weekly.id, "accept")
    with pytest.raises(Refused, match="没有其他待您审阅的周报"):
        lead.waiting(lead.again(second))


def test_an_entry_is_read_again_whoever_wrote_it(
    lead: EntryNavigation, mine: EntryNavigation
) -> None:
    others = lead.waiting(lead.entry(None))
    assert others.weekly is not None
    lead.book.move(others.weekly.id, "accept")
    now = lead.again(others)
    assert now.weekly is not None and now.weekly.state == "accepted"
    own = mine.entry(None)
    hand_in(mine.book, own.project.id, NOW)
    assert own.weekly is None and mine.again(own).weekly is not None


def test_the_next_project_has_the_same_week(lead: EntryNavigation, project: str) -> None:
    entry = lead.entry(f"{project}/{WEEK}")
    with pytest.raises(Refused, match="没有别的项目要写周报"):
        lead.next_project(entry)
    lead.book.add("project", {"name": "另一个"})
    to = lead.next_project(entry)
    assert to.project.id != project and to.week == WEEK
    assert lead.next_project(to).project.id == project


def test_without_a_role_there_is_nothing_to_write(mine: EntryNavigation) -> None:
    with mine.book.store.write():
        mine.book.store.db.execute_sql("DELETE FROM role_grant")
    mine.book.people.refresh()
    with pytest.raises(Refused, match="您没有要写周报的项目"):
        mine.entry(None)


def test_entries_are_due_at_the_time_that_is_set(book: Book, project: str) -> None:
    noon, evening = (EntryNavigation(book, clock).entry(None).due for clock in (NOON, "18:00"))
    assert evening - noon == 6 * 3_600_000
