"""The customer's voice: from a follow-up's draw to its filing, and from a lapse to its statistics.

Service desk, quality, project manager, department manager and general manager's office work on
devices of their own and meet in a shared folder. What decides is done by real keys at 80×24; the
numbers are those of plain SQL on each device. Clauses: 5.2, 5.3.2.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import time_machine

from models.calendar.business_dates import instant
from models.derived import figures
from models.derived.figures import Scope
from models.queries.waiting import agenda
from models.records.feedback.surveys import filed_survey
from models.records.nonconformity.irregular import irregular_statistics
from models.schema.roles import (
    DEPARTMENT_MANAGER,
    ENGINEER,
    GENERAL_OFFICE,
    PROJECT_MANAGER,
    QUALITY,
    SERVICE_DESK,
)
from models.text.words import Refused
from tests.story.hand import Hand
from tests.support import surveys
from tests.support.incident_files import traces
from tests.support.irregular_services import NOTED
from tests.support.replicas import Replica, Team
from tests.support.staff import attach
from tests.sync.transport.ways import Shared
from tests.tui.seen import at, opened, whole
from tui.areas.nonconformity.action_board_page import ActionBoardPage
from tui.pages.forms.form_page import FormPage
from tui.pages.forms.move_dialog import MoveDialog

ROLES = {
    "desk": SERVICE_DESK,
    "quality": QUALITY,
    "manager": PROJECT_MANAGER,
    "department": DEPARTMENT_MANAGER,
    "office": GENERAL_OFFICE,
    "engineer": ENGINEER,
}
FIRST, LAST = date(2026, 10, 1), date(2026, 12, 31)
ASKING = (FormPage, MoveDialog)
SECRET = "我以为票已经开好了"


class Company:
    """The six people; each has a device, and all meet in one shared folder."""

    def __init__(self, folder: Path) -> None:
        self.team = Team.copied(folder / "team")
        for name, role in ROLES.items():
            self.team.admit(name, (role,))
        self.of = dict(zip(ROLES, self.team.all[1:], strict=True))
        self.project = self.team.project
        self.shared = Shared(folder / "shared")
        self.shared.folder.mkdir()
        self.meet()

    def __getattr__(self, name: str) -> Replica:
        found: Replica = self.__dict__["of"][name]
        return found

    def meet(self) -> None:
        """Everybody syncs with the folder until nobody lacks anything."""
        for _ in range(2):
            for one in self.team.all:
                self.shared.out(one)

    def me(self, name: str) -> str:
        """The id of a person."""
        return self.team.person(self.of[name])


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """A Monday morning."""
    with time_machine.travel(instant(date(2026, 11, 23), 540) / 1000) as traveller:
        yield traveller


@pytest.fixture
def company(tmp_path: Path, clock: time_machine.Traveller) -> Iterator[Company]:
    """All of them, in sync."""
    made = Company(tmp_path)
    yield made
    assert all(not one.exchange.quarantined() for one in made.team.all)
    made.team.close()


def to(clock: time_machine.Traveller, day: date) -> None:
    """Go on to nine o'clock of a day."""
    clock.move_to(instant(day, 540) / 1000)


@asynccontextmanager
async def hand(one: Replica, record: str = "") -> AsyncIterator[Hand]:
    """Somebody opens the app on their device, and a record."""
    async with opened(one.workspace) as (app, pilot):
        if record:
            app.open_record(record)
        found = Hand(app, pilot, one.workspace)
        await found.press("f1", "escape")
        yield found


async def make(hand: Hand, type: str, move: str, **texts: str) -> None:
    """Make a move of the newest record of a type by its letter, and fill in what it asks."""
    await hand.move(type, move)
    await fill(hand, **texts)
    if isinstance(hand.app.screen, ASKING):
        await hand.press("ctrl+s")
    assert not isinstance(hand.app.screen, ASKING), hand.seen
    whole(hand.app)


async def fill(hand: Hand, **texts: str) -> None:
    """Type into the form; a text of one digit chooses."""
    for name, words in texts.items():
        assert isinstance(hand.app.screen, ASKING), hand.seen
        hand.app.screen.fields.go(name)
        if len(words) == 1:
            await hand.press(words)
        else:
            await hand.press("end", "ctrl+u")
            await hand.type(words)


def sql(one: Replica, text: str, *params: object) -> list[tuple[Any, ...]]:
    """Plain SQL on a device."""
    return [tuple(row) for row in one.book.store.rows(text, params)]


def value(one: Replica, company: Company, name: str, first: date, last: date) -> object:
    """A figure, as pages and papers have it."""
    family = name.partition(".")[0]
    found = figures.of_family(one.book, Scope((company.project,), first, last), family)
    return next(figure.value for figure in found if figure.kind.name == name)


@pytest.mark.shows("Q-52a", "Q-52b", "Q-52c", "Q-532d", "Q-CA", 22, 25, 26, 27, 42, 43, 44)
async def test_a_follow_up_from_its_draw_to_its_filing(
    company: Company, clock: time_machine.Traveller
) -> None:
    desk, quality, manager, office = company.desk, company.quality, company.manager, company.office
    last = surveys.ended(manager.book, company.project)
    company.meet()

    # the desk has it on Today by itself, lists whom it may ask, and draws
    awaited = [one.awaited for one in agenda.agenda(desk.book) if one.awaited is not None]
    assert [one.type for one in awaited] == ["survey"]
    assert not [one for one in agenda.agenda(quality.book) if one.group == "survey"]
    made = desk.book.add("survey", {"method": "random", "size": 3}, project=company.project)
    surveys.listed(desk.book, made.id, 8)
    async with hand(desk, made.id) as work:
        await make(work, "survey", "draw")
        assert work.workspace.book.get(made.id).state == "running"
    drawn = surveys.drawn(desk.book, made.id)
    for person in drawn:
        bad = {"timeliness": "dissatisfied"} if person == drawn[0] else {"advice": "na"}
        surveys.answer(desk.book, person, levels=bad)

    # the dissatisfied answer is a complaint before the analysis goes on
    async with hand(desk, made.id) as work:
        await work.move("survey", "analyse")
        await fill(work, analysis="响应是短板，其余满意。")
        await work.press("ctrl+s")
        assert desk.get(drawn[0]).number in work.seen and desk.get(made.id).state == "running"
    async with hand(desk, drawn[0]) as work:
        await work.press("P")
        await fill(work, subject="夜间到场太慢", statement="两次报修，三小时才到。")
        await work.press("ctrl+s")
        complaint = work.newest("complaint")
        assert complaint.values()["response"] == drawn[0]
    confirmed = {"acknowledged_by_way": "phone", "handler": company.me("manager")}
    desk.book.move(complaint.id, "confirm_receipt", confirmed)
    text = {"survey": made.id, "text": "夜间增派一人值守", "sort": "preventive"}
    suggestion = desk.book.add("suggestion", text)
    desk.book.move(suggestion.id, "assign", {"owner": company.me("manager"), "due": "2026-12-18"})
    desk.book.move(made.id, "analyse", {"analysis": "响应是短板，其余满意。"})
    company.meet()

    # the manager handles it, and begins the action that keeps it from coming back
    async with hand(manager, complaint.id) as work:
        await make(work, "complaint", "handle")
        await work.press("C")
        await fill(work, sort="2", owner="manager", due="2026-12-04")
        await fill(work, cause="夜间只有一人值守", measure="夜间两人轮值")
        await work.press("ctrl+s")
        action = work.newest("corrective_action")
        assert action.values()["source"] == complaint.id, work.seen
    done = {"cause": "夜间只有一人值守", "measure": "夜间两人轮值", "reply": "已改为两人轮值。"}
    manager.book.move(complaint.id, "answer", {**done, "answer_way": "phone"})
    manager.book.move(action.id, "plan")
    file = attach(manager.book, action.id)
    manager.book.move(action.id, "finish", {"outcome": "已排班三周", "evidence": file})
    company.meet()

    # nobody reviews or files their own follow-up; what is filed stays as it is
    with pytest.raises(Refused):
        desk.book.move(made.id, "review")
    desk.book.move(complaint.id, "accept", {"reaction": "satisfied"})
    async with hand(quality, made.id) as work:
        await make(work, "survey", "review")
        await make(work, "survey", "file")
        assert quality.get(made.id).state == "filed", work.seen
    company.meet()
    quality.book.move(complaint.id, "close", {"outcomes": "corrective_action"})
    filed = {filed_survey.checksum(surveys.again(one.get(made.id))) for one in company.of.values()}
    assert len(filed) == 1 and "" not in filed

    # after its time quality finds it effective, and the office signs it off on its board
    to(clock, date(2026, 12, 28))
    company.meet()
    async with hand(quality, action.id) as work:
        assert "待评定效果" in work.seen
        await make(work, "corrective_action", "verify", effect="四周没有再发生")
    company.meet()
    async with hand(office) as work:
        await work.press("ctrl+a")
        page = at(work.app, ActionBoardPage)
        assert "待监督确认 1" in work.seen and "逾期 1" in work.seen  # the suggestion's is late
        page.query_one("#actions").go_to(action.id)  # type: ignore[attr-defined]
        await make_on_board(work, action.id, opinion="同意关闭")
    company.meet()
    for one in company.of.values():
        assert one.get(action.id).state == "closed" and one.get(complaint.id).state == "closed"

    # each device counts as plain SQL does
    met = "level IN ('very_satisfied','satisfied')"
    count = (
        f"SELECT SUM({met}), SUM(level<>'na') FROM survey_answer a JOIN survey_response r"
        " ON a.response=r.id WHERE r.survey=? AND a.level IS NOT NULL AND r.state='answered'"
    )
    day = date.fromisoformat(last)
    for one in company.of.values():
        ((satisfied, valid),) = sql(one, count, made.id)
        assert (satisfied, valid) == (27, 28)
        assert value(one, company, "survey.rate", day, day) == round(100 * 27 / 28)


async def make_on_board(hand: Hand, id: str, **texts: str) -> None:
    """Sign off the action under the cursor of the board."""
    assert at(hand.app, ActionBoardPage).chosen() == id
    await make(hand, "corrective_action", "sign", **texts)


@pytest.mark.shows("Q-532a", "Q-532b", "Q-532c", 38, 39, 40, 41, 43)
async def test_an_irregular_service_from_the_check_to_the_statistics(
    company: Company, clock: time_machine.Traveller
) -> None:
    manager, department, office = company.manager, company.department, company.office
    quality, engineer = company.quality, company.engineer
    for number in range(3):  # three in a check, one of them of another kind
        category = {"category": "dress"} if number == 2 else {}
        made = manager.book.add("irregular_service", {**NOTED, **category}, project=company.project)
        if number < 2:
            manager.book.move(made.id, "correct", {"correction": "当场停止，补开工作票"})
    named = {"service": made.id, "person": company.me("engineer")}
    person = manager.book.add("irregular_person", named, project=company.project)

    # beyond the manager's authority: referred, sent back once, referred again and accepted
    refer = {"referral": "up", "handler": company.me("department")}
    manager.book.move(made.id, "refer", refer, comment="请部门处理")
    company.meet()
    async with hand(department, made.id) as work:
        await make(work, "irregular_service", "send_back", comment="请补充时间")
    company.meet()
    async with hand(manager, made.id) as work:
        assert "被退回" in work.seen
    manager.book.move(made.id, "refer", refer, comment="上午十点，已补")
    company.meet()
    department.book.move(made.id, "accept")
    department.book.move(made.id, "correct", {"correction": "已当面纠正"})
    engineer.book.move(person.id, "answer", {"view": "agrees", "statement": SECRET})

    # a training is ordered; the general manager's office holds it with attendance and a test
    order = {"subject": "着装与工牌", "category": "dress", "organiser": company.me("office")}
    order |= {"attendees": company.me("engineer"), "due": "2026-11-27", "contents": "规范第 3 条"}
    training = department.book.add("training", order, project=company.project)
    department.book.add("training_case", {"training": training.id, "service": made.id})
    company.meet()
    came = {"training": training.id, "person": company.me("engineer"), "attended": True}
    office.book.add("trainee", {**came, "score": "90", "passed": True})
    async with hand(office, training.id) as work:
        await make(work, "training", "hold", held_on="2026-11-23", trainer="安全主管")
        assert office.get(training.id).state == "trained", work.seen
    quality.book.move(made.id, "close", {"cause": "不熟悉规范", "training": "needed"})
    company.meet()

    # the report of the quarter, its measure, and the office's confirmation
    to(clock, date(2027, 1, 5))
    company.meet()
    assert "irregular_report" in {
        one.awaited.type for one in agenda.agenda(department.book) if one.awaited is not None
    }
    period = {"first": FIRST.isoformat(), "last": LAST.isoformat()}
    report = department.book.add("irregular_report", period, project=company.project)
    measure = {"subject": "开工前互查工作票", "source": report.id, "sort": "preventive"}
    department.book.add("corrective_action", measure, project=company.project)
    async with hand(department, report.id) as work:
        await make(work, "irregular_report", "submit", analysis="集中在工作票")
    company.meet()
    async with hand(office, report.id) as work:
        await make(work, "irregular_report", "confirm", opinion="按措施执行")
        await work.press("ctrl+underscore", "left")
        assert "无工作票" in work.seen and "67%" in work.seen
    company.meet()
    assert {one.get(report.id).state for one in company.of.values()} == {"confirmed"}

    # each device counts as plain SQL does; names are where they may be read, and nowhere else
    by = "SELECT category, COUNT(*) FROM irregular_service WHERE void IS NULL AND found_on"
    by += " BETWEEN ? AND ? GROUP BY category ORDER BY COUNT(*) DESC, category"
    scope = Scope((company.project,), FIRST, LAST)
    for one in company.of.values():
        found = irregular_statistics.services(one.book, scope)
        groups = irregular_statistics.by_category(found)
        counted = sql(one, by, FIRST.isoformat(), LAST.isoformat())
        assert [(group.name, group.cases) for group in groups] == counted
        people = irregular_statistics.by_person(one.book, found)
        reads = one not in (engineer, company.desk)
        assert (people is not None) == reads
    assert [group.cases for group in irregular_statistics.by_person(office.book, found) or ()] == [
        1
    ]
    assert traces(company.desk, SECRET) == [] != traces(office, SECRET)

    # after three months its effect is found
    to(clock, date(2027, 3, 1))
    quality.book.move(training.id, "verify", {"effect": "没有再发生"})
    company.meet()
    assert office.get(training.id).state == "effective"
