"""Expected records: one standing for all who ask, over two devices that are in sync or not."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
import time_machine

from models.book.book import Book
from models.book.projects import all_projects
from models.calendar.business_dates import instant
from models.derived import expected
from models.derived.expected import DueWindow, standing
from models.queries.waiting.agenda import agenda
from models.schema.record import kinds
from models.schema.roles import ENGINEER, PROJECT_MANAGER
from models.storage import rows
from models.text.words import Refused
from sync.workspace import sync_status
from sync.workspace.setup import begin
from tests.support.asked import asked
from tests.support.checks import template
from tests.support.errands import errands
from tests.support.replicas import Replica, Team

THURSDAY, FRIDAY, MONDAY = date(2026, 11, 19), date(2026, 11, 20), date(2026, 11, 23)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """Thursday morning."""
    with time_machine.travel(instant(THURSDAY, 540) / 1000) as traveller:
        yield traveller


@pytest.fixture(autouse=True)
def types() -> Iterator[None]:
    """The visits of a test."""
    with errands():
        yield


def standings(one: Replica, type: str, first: date, last: date) -> list[str]:
    """How what is expected in the team's project stands on a device."""
    window = DueWindow(
        first=first,
        last=last,
        projects=all_projects(one.book.store),
        reach=sync_status.reach(one.workspace),
    )
    return [item.standing for item in expected.expected(one.book, window, type)]


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    """A founder who leads and is no engineer by the end; two engineers; a manager."""
    made = Team.copied(tmp_path)
    made.admit("仇小河", (ENGINEER,))
    made.admit("段青", (PROJECT_MANAGER,))
    made.meet()
    yield made
    made.close()


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        ({"done": True, "begun": True, "over": True, "told": False}, "done"),
        ({"done": False, "begun": False, "over": False, "told": True, "ahead": True}, "ahead"),
        ({"done": False, "begun": False, "over": False, "told": True}, "due"),
        ({"done": False, "begun": True, "over": False, "told": True}, "begun"),
        ({"done": False, "begun": True, "over": True, "told": True}, "late"),
        ({"done": False, "begun": False, "over": True, "told": True}, "missing"),
        ({"done": False, "begun": False, "over": True, "told": False}, "unsynced"),
        ({"done": False, "begun": True, "over": True, "told": False}, "unsynced"),
    ],
)
def test_every_standing(facts: dict[str, bool], found: str) -> None:
    assert standing(**facts) == found


def test_not_done_is_told_apart_from_not_synced(team: Team, clock: time_machine.Traveller) -> None:
    """The same round begun on two devices is one record; what is done offline is not 'not done'."""
    founder, engineer, manager = team.all
    template(founder.book)
    team.meet()
    clock.move_to(instant(FRIDAY, 600) / 1000)
    for one in (founder, engineer):  # both begin Friday's visit
        made = expected.begin(one.book, "visit", {"day": str(FRIDAY)}, team.project)
    assert standings(manager, "visit", FRIDAY, FRIDAY) == ["due"]
    engineer.book.move(made.id, "end")
    clock.move_to(instant(MONDAY, 600) / 1000)
    assert standings(manager, "visit", FRIDAY, FRIDAY) == ["unsynced"]
    listed = agenda(manager.book, reach=sync_status.reach(manager.workspace))
    said = {t.awaited.key: t.awaited.standing for t in listed if t.group == "team" and t.awaited}
    assert said[f"{team.project}/{FRIDAY}"] == "unsynced"
    team.meet()
    assert standings(manager, "visit", FRIDAY, FRIDAY) == ["done"]
    assert standings(manager, "visit", THURSDAY, THURSDAY) == ["missing"]  # all were heard of
    assert len(rows.fetch(manager.book.store, kinds["visit"], "")) == 1
    assert len({one.digest() for one in team.all}) == 1


def test_what_is_known_not_to_be_done_is_missing(team: Team, clock: time_machine.Traveller) -> None:
    founder, engineer, manager = team.all
    clock.move_to(instant(MONDAY, 600) / 1000)
    for one in (founder, engineer):  # each writes something, but no visit
        team.fix(one)
    team.meet()
    assert standings(manager, "visit", FRIDAY, FRIDAY) == ["missing"]
    expected.begin(engineer.book, "visit", {"day": str(FRIDAY)}, team.project)
    team.meet()
    assert standings(manager, "visit", FRIDAY, FRIDAY) == ["late"]
    said = agenda(manager.book, reach=sync_status.reach(manager.workspace))
    found = [task for task in said if task.group == "team" and task.awaited]
    assert ("visit", "late") in {(t.awaited.type, t.awaited.standing) for t in found if t.awaited}


def test_a_window_asks_what_falls_in_it_and_reads_at_once(book: Book) -> None:
    window = DueWindow(first=THURSDAY, last=date(2026, 12, 18), projects=all_projects(book.store))
    with asked(book.store, "FROM visit") as said:
        found = expected.expected(book, window, "visit")
    assert (len(found), len(said)) == (22, 0)
    assert [one.standing for one in found[:2]] == ["due", "ahead"]
    with asked(book.store, 'FROM "visit"') as said:
        expected.expected(book, window, "visit")
    assert len(said) == 1


def test_rounds_are_read_by_frequency_not_by_template(book: Book) -> None:
    for n in range(6):
        template(book, name_zh=f"日检{n}")
    window = DueWindow(
        first=THURSDAY, last=THURSDAY, projects=all_projects(book.store), behind=True
    )
    with asked(book.store, '"sheet"') as said:
        found = expected.expected(book, window, "sheet")
    assert (len(found), len(said)) == (6, 1)


def test_a_type_without_a_key_cannot_be_begun_from_a_duty(book: Book, project: str) -> None:
    with pytest.raises(Refused, match="自然键"):
        expected.begin(book, "errand", {"what": "x"}, project)


def test_what_was_voided_is_begun_again(book: Book, project: str) -> None:
    made = expected.begin(book, "visit", {"day": str(FRIDAY)}, project)
    book.void(made.id, "误建")
    assert expected.begin(book, "visit", {"day": str(FRIDAY)}, project).id == made.id


def test_far_ahead_does_not_wait_and_of_many_the_nearest_are_listed(
    tmp_path: Path, clock: time_machine.Traveller
) -> None:
    """1,040 tasks of a year: those of the next week wait, not all from the first day."""
    with closing(begin(tmp_path / "plan", name="计划员", lang="zh", project="项目")) as workspace:
        book = workspace.book
        project = all_projects(book.store)[0].id
        with book.saving():
            for n in range(1040):
                until = date.fromordinal(THURSDAY.toordinal() - 2 + n // 4)
                values = {"what": f"任务 {n}", "carrier": book.me, "until": str(until)}
                book.add("errand", values, project=project)
        with asked(book.store, '"errand"') as said:
            tasks = [task for task in agenda(book) if task.group == "owned"]
        assert len(said) <= 6
        assert len(tasks) == 40  # two days late, today, and seven days ahead: four a day
        assert [task.overdue for task in tasks[:9]] == [True] * 8 + [False]
        clock.move_to(instant(date(2026, 12, 31), 540) / 1000)
        tasks = [task for task in agenda(book) if task.group == "owned"]
        assert len(tasks) == 51
        assert tasks[-1].more == ("errand", "open", 4 * 52 - 50)
        assert tasks[0].record is not None and tasks[0].record.values()["until"] == "2026-11-17"
