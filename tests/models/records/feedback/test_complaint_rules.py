"""Rules of complaints: days by the procedure, on every door; two devices at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from models.book.book import Book
from models.queries.waiting.agenda import agenda
from models.records.registers import calendar_years
from models.schema.roles import PROJECT_MANAGER, SERVICE_DESK
from models.text.words import Refused
from tests.models.records.feedback.test_complaint import CONTENT, HANDLED
from tests.support import surveys
from tests.support.replicas import Team, differences
from tests.support.staff import Staff, no_add


def workdays(book: Book, count: int) -> str:
    """So many working days from today."""
    return calendar_years.calendar(book).add_workdays(book.today, count).isoformat()


@pytest.mark.shows("Q-532d", 44)
def test_it_is_acknowledged_by_the_next_working_day(staff: Staff, project: str) -> None:
    made = staff.desk.add("complaint", CONTENT, project=project)
    assert made.values()["due"] == workdays(staff.desk, 1)
    early = (staff.desk.today - timedelta(days=20)).isoformat()
    old = staff.desk.add("complaint", {**CONTENT, "received_on": early}, project=project)
    items = {item.record.id: item for item in agenda(staff.desk) if item.record is not None}
    assert items[old.id].overdue and not items[made.id].overdue
    assert "不能作受理日期" in no_add(
        staff.desk, "complaint", {**CONTENT, "received_on": "2099-01-01"}, project
    )


def test_each_step_sets_the_day_of_the_next(staff: Staff, project: str) -> None:
    made = staff.desk.add("complaint", CONTENT, project=project)
    moved = staff.desk.move(made.id, "confirm_receipt", {"acknowledged_by_way": "mail"})
    assert moved.values()["due"] == workdays(staff.desk, 1)
    moved = staff.manager.move(made.id, "handle", {"handler": staff.manager.me})
    assert moved.values()["due"] == workdays(staff.desk, 5)
    moved = staff.manager.move(made.id, "answer", HANDLED)
    assert moved.values()["due"] == workdays(staff.desk, 3)


def test_the_customer_is_that_of_the_project(staff: Staff, book: Book, project: str) -> None:
    customer = book.add("customer", {"name": "远山水务"}).id
    book.edit(project, {"customer": customer})
    made = staff.desk.add("complaint", CONTENT, project=project)
    assert made.values()["customer"] == customer


def test_one_of_an_answer_belongs_to_its_project(staff: Staff, book: Book, project: str) -> None:
    surveys.ended(book, project)
    made = surveys.survey(staff.desk, project, people=1, method="all")
    (person,) = surveys.people(staff.desk, made.id, "listed")
    other = book.add("project", {"name": "另一项目"}).id
    assert "属于别的项目" in no_add(staff.desk, "complaint", {**CONTENT, "response": person}, other)
    found = staff.desk.add("complaint", {**CONTENT, "response": person}, project=project)
    assert found.values()["source"] == "survey"


def test_an_import_brings_one_of_before(book: Book, project: str) -> None:
    with book.bringing():
        made = book.add("complaint", {**CONTENT, "received_on": "2024-05-06"}, project=project)
        done = book.imported(made.id, "closed", {"outcomes": "nothing"})
    assert done.state == "closed" and done.values()["received_on"] == "2024-05-06"


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    """The founder, and somebody at the service desk who leads, too."""
    made = Team.copied(tmp_path, "台", roles=(SERVICE_DESK, PROJECT_MANAGER), met=True)
    yield made
    made.close()


def test_acknowledged_twice_at_once_stays_acknowledged(team: Team) -> None:
    founder, desk = team.all
    made = founder.book.add("complaint", CONTENT, project=team.project)
    team.meet()
    for one in team.all:
        one.book.move(made.id, "confirm_receipt", {"acknowledged_by_way": "phone"})
    team.meet()
    assert differences(founder, desk) == []
    assert founder.get(made.id).state == "acknowledged"
    assert "state" not in founder.book.writer.siblings(made.id)


def test_answered_here_and_withdrawn_there_is_shown_as_open(team: Team) -> None:
    """The less advanced state is shown: nobody's work ends because of the other's."""
    founder, desk = team.all
    made = founder.book.add("complaint", CONTENT, project=team.project)
    founder.book.move(made.id, "confirm_receipt", {"acknowledged_by_way": "phone"})
    founder.book.move(made.id, "handle", {"handler": team.person(desk)})
    team.meet()
    desk.book.move(made.id, "answer", HANDLED)
    founder.book.move(made.id, "withdraw", comment="客户来电撤回")
    team.meet()
    assert differences(founder, desk) == []
    for one in team.all:
        assert one.get(made.id).state == "answered"
        assert "state" in one.book.writer.siblings(made.id)


def test_closing_waits_for_the_conflict(team: Team) -> None:
    founder, desk = team.all
    made = founder.book.add("complaint", CONTENT, project=team.project)
    founder.book.move(made.id, "confirm_receipt", {"acknowledged_by_way": "phone"})
    founder.book.move(made.id, "handle", {"handler": team.person(desk)})
    founder.book.move(made.id, "answer", HANDLED)
    founder.book.move(made.id, "accept", {"reaction": "accepted"})
    team.meet()
    founder.book.edit(made.id, {"reply": "甲"})
    desk.book.edit(made.id, {"reply": "乙"})
    team.meet()
    with pytest.raises(Refused, match=r"解决冲突.*答复内容"):
        desk.book.move(made.id, "close", {"outcomes": "nothing"})
