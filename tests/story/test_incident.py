"""A quality incident of level two, from the report to the answer of an appeal.

The engineer, quality, the department manager and the general manager's office each have a laptop of
their own; a shared folder carries. Clause: 5.4. Real keys, 80×24.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AsyncExitStack
from datetime import date
from pathlib import Path

import pytest
import time_machine

from models.calendar.business_dates import instant
from models.schema.record import Record
from models.schema.roles import DEPARTMENT_MANAGER, ENGINEER, QUALITY
from sync.organisation import administration
from tests.story.hand import Hand
from tests.support.replicas import Replica, Team
from tests.sync.transport.ways import Shared
from tests.tui.seen import at, opened, quiet, until, whole
from tui.pages.forms.follow_up_menu import FollowUpMenu
from tui.pages.forms.form_page import FormPage
from tui.pages.records.record_page import RecordPage


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    """The founder, who is the office and manages the project; engineer, quality, department."""
    with time_machine.travel(instant(date(2026, 11, 20), 15 * 60) / 1000):
        made = Team.copied(tmp_path / "team")
        for name, role in (("小林", ENGINEER), ("质检", QUALITY), ("韩经理", DEPARTMENT_MANAGER)):
            made.admit(name, (role,))
        founder = made.person(made.founder)
        for role in (QUALITY, DEPARTMENT_MANAGER):
            administration.set_role(made.founder.workspace, founder, role, "*", grant=False)
        made.meet()
        yield made
        made.close()


class Desk:
    """A laptop with its app open, and the folder that carries."""

    def __init__(self, one: Replica, hand: Hand, share: Path) -> None:
        self.one, self.hand, self.share = one, hand, share

    async def sync(self) -> None:
        """A round with the shared folder."""
        Shared(self.share).out(self.one)
        await quiet(self.hand.pilot)

    async def open(self, id: str) -> Record:
        """The page of a record."""
        await self.hand.press("1")
        await self.sync()
        self.hand.app.call_later(self.hand.app.open_record, id)  # in the context of its own app
        record = self.one.get(id)
        await until(self.hand.pilot, lambda: record.number in self.hand.seen.split("\n")[0])
        return record

    async def lead_to(self, type: str) -> None:
        """The pre-filled form of what the record on the page leads to."""
        await self.hand.press("F")
        menu = at(self.hand.app, FollowUpMenu)
        await self.hand.press(str(menu.types.index(type) + 1))
        assert at(self.hand.app, FormPage).work.type_ == type

    async def fill(self, **given: str) -> None:
        """Type into fields of the form or dialog on the screen, and save it."""
        for name, words in given.items():
            self.hand.app.screen.fields.go(name)
            if words.startswith("#"):
                await self.hand.press(words[1:])
                continue
            await self.hand.press("end", "ctrl+u")
            await self.hand.type(words)
        await self.hand.press("ctrl+s")

    async def move(self, record: Record, move: str, **given: str) -> Record:
        """Make a move of the record on the page, filling its form; it has arrived then."""
        await self.hand.move(record.type, move)
        await self.fill(**given)
        at(self.hand.app, RecordPage)
        whole(self.hand.app)
        await self.sync()
        return self.one.get(record.id)


@pytest.mark.shows("Q-54", 45, 46)
async def test_from_the_report_to_the_answer_of_an_appeal(team: Team, tmp_path: Path) -> None:
    share = tmp_path / "share"
    share.mkdir()
    async with AsyncExitStack() as stack:
        desks = []
        for one in team.all:
            app, pilot = await stack.enter_async_context(opened(one.workspace))
            desks.append(Desk(one, Hand(app, pilot, one.workspace), share))
        office, engineer, quality, boss = desks

        # On site: the fix shows that we cut the power ourselves.
        fix = engineer.one.book.add("fix", {"phenomenon": "核心交换机停机"}, project=team.project)
        await engineer.open(fix.id)
        await engineer.lead_to("incident")
        await engineer.fill()
        incident = engineer.hand.newest("incident")
        assert incident.values()["facts"] == "核心交换机停机"
        await engineer.open(incident.id)
        incident = await engineer.move(
            incident,
            "report",
            system_impact="#4",
            business_impact="#3",
            hours="4.5",
            customer_loss="2万",
            company_loss="3000",
            reputation="#2",
        )
        assert incident.values()["proposed_level"] == "two" and "待定级" in engineer.hand.seen

        # Quality confirms the level, and opens the file.
        await quality.sync()
        await quality.hand.press("ctrl+d")
        assert "待定级" in quality.hand.seen and "核心交换机停机" in quality.hand.seen
        await quality.open(incident.id)
        incident = await quality.move(incident, "confirm_level", comment="影响属实")
        assert (incident.state, incident.values()["level"]) == ("handling", "two")
        await quality.lead_to("incident_file")
        await quality.fill(concerned="小林")
        file = quality.hand.newest("incident_file")
        assert file.values()["concerned"] == team.person(engineer.one)

        # The person concerned reads it and says how it was.
        await quality.sync()
        await engineer.sync()
        await engineer.hand.press("1")
        assert "待本人说明" in engineer.hand.seen
        await engineer.open(file.id)
        await engineer.move(file, "explain", statement="标识脱落，按位置判断")

        await quality.open(file.id)
        proposal = {"facts": "断电前没有核对标识", "share": "#4", "gravity": "#2", "penalty": "#3"}
        file = await quality.move(file, "propose", **proposal, clause="《员工奖惩规定》第 12 条")
        assert (file.state, file.values()["basis"]) == ("proposed", "rule")

        await boss.open(file.id)
        file = await boss.move(file, "give_decision", decision="给予警告")
        assert (file.state, file.values()["appeal_until"]) == ("decided", "2026-11-27")

        await engineer.open(file.id)
        assert "给予警告" in engineer.hand.seen
        await engineer.move(file, "appeal", appeal="标识脱落我报修过")

        await office.open(file.id)
        await office.move(file, "uphold", answer="报修属实，仍应先停")
        file = await engineer.open(file.id)
        await engineer.hand.press("pagedown")
        assert file.state == "final" and "报修属实，仍应先停" in engineer.hand.seen
        whole(engineer.hand.app)
        assert all(not one.exchange.quarantined() for one in team.all)
