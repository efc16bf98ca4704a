"""Before the service: a proposal until the customer's approval, plans, and a member who leaves.

An engineer, the project manager and the department manager, each on a device of their own; they
meet by a shared folder. Clauses: 4.1, 4.2. Real keys, 80×24.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import time_machine

from models.calendar.business_dates import instant
from models.derived.expected import DueWindow, expected
from models.records.preparation.reconfirmations import environment
from models.records.preparation.reconfirmations.reconfirmation_hold import overdue
from models.schema.roles import ENGINEER
from sync.organisation import administration
from tests.story.hand import attached, pick, sitting
from tests.story.offices import Offices
from tests.support.preparation import DECIDED, PROPOSAL
from tests.support.replicas import Replica
from tests.support.service_plans import plan_of, task
from tests.support.staff import attach
from tests.tui.seen import at
from tui.areas.preparation.confirmations_page import ConfirmationsPage
from tui.pages.records.record_page import RecordPage
from tui.pages.revisions.revision_page import RevisionPage


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """A Monday morning in October."""
    with time_machine.travel(instant(date(2026, 10, 12), 9 * 60) / 1000) as moved:
        yield moved


@pytest.fixture
def offices(tmp_path: Path) -> Iterator[Offices]:
    """The people of the project."""
    made = Offices(tmp_path)
    yield made
    made.team.close()


@pytest.mark.shows("Q-411", 1, 2)
async def test_a_proposal_until_the_customer_approves(offices: Offices) -> None:
    async with sitting(offices.engineer.workspace) as hand:
        await pick(hand, "技术服务方案")
        await hand.press("n")
        await hand.fill(name="机房运维技术服务方案", scope="三个机房", methods="按例行巡检程序")
        await hand.fill(sla="30 分钟响应")
        await hand.press("ctrl+s", "enter")
        at(hand.app, RecordPage)
        made = hand.newest("service_proposal").id
        await hand.move("service_proposal", "discuss")
    offices.meet()

    async with sitting(offices.department.workspace) as hand:
        assert "待我处理 1" in hand.seen and "机房运维技术服务方" in hand.seen
        await hand.press("i", "enter", "n")
        await hand.choose("section", "3")
        await hand.fill(finding="没有列出通信机房")
        await hand.press("ctrl+s")
        assert "讨论意见 (1)" in hand.seen and "待答复" in hand.seen
    offices.meet()

    async with sitting(offices.engineer.workspace) as hand:
        await hand.press("enter")  # it is with the engineer, on Today
        page = at(hand.app, RecordPage)
        assert page.record_id == made
        assert "操作 “提交审核”之前须先处理这些讨论意见" in hand.seen
        await hand.move("service_proposal", "submit")
        assert hand.app.notices[-1].bad and "没有列出通信机房" in hand.app.notices[-1].text
        await hand.row("discussion_point")
        await hand.row_move("discussion_point", "change")
        await hand.fill(answer="已写入通信机房")
        await hand.press("ctrl+s")  # the section reads as before: that closes no point
        assert "“服务范围”在提出意见之后没有改过" in hand.seen
        await hand.press("escape", "home", "e")
        await hand.fill(scope="三个机房和通信机房")
        await hand.press("ctrl+s")
        await hand.row("discussion_point")
        await hand.row_move("discussion_point", "change")
        await hand.press("c", "ctrl+s")  # the answer typed before is still there
        assert "▌ 已修改方案 服务范围 没有列出通信机房 已写入通信机房" in hand.seen
        await hand.press("home")
        await hand.move("service_proposal", "submit")
        await hand.choose("feasibility", "2")
        await hand.fill(participants="小林、韩经理", discussed_on="10-12")
        await hand.press("ctrl+s")
        assert "状态 待审核" in hand.seen
    offices.meet()

    async with sitting(offices.department.workspace) as hand:
        await hand.press("i", "enter")
        await hand.move("service_proposal", "endorse")
        await hand.fill(opinion="可行")
        await hand.press("ctrl+s")
        assert "状态 已审核" in hand.seen
    offices.meet()

    async with sitting(offices.manager.workspace) as hand:
        assert "▌ 已审核 技术服务方案" in hand.seen
        await hand.press("i", "enter")
        await hand.move("service_proposal", "send")
        await hand.fill(addressee="信息科 李主任")
        await hand.press("ctrl+s")
        await hand.move("service_proposal", "approve")
        await hand.fill(decided_by="李主任", decided_on="10-12")
        await hand.choose("decision_channel", "2")
        await hand.press("ctrl+s")  # nothing proves it yet
        assert hand.newest("service_proposal").state == "sent"
        await hand.press("escape")
        await attached(hand, offices.letter("同意"))
        await hand.move("service_proposal", "approve")
        await hand.press("c", "ctrl+s")
        assert "状态 已批准" in hand.seen
    offices.meet()

    for one in (offices.engineer, offices.department):
        found = one.get(made)
        assert found.state == "approved" and found.values()["witness"]
    async with sitting(offices.engineer.workspace) as hand:
        await pick(hand, "过程确认")
        at(hand.app, ConfirmationsPage)
        assert "✓ 机房运维技术服务方案 已批准 韩经理 2026-10-12" in hand.seen
        assert "✓ 机房运维技术服务方案 已批准 段工 2026-10-12" in hand.seen
        assert "已确认 2/10" in hand.seen


@pytest.mark.shows("Q-422", "Q-423", 10, 12)
async def test_both_plans_are_approved_and_one_is_changed(
    offices: Offices, clock: time_machine.Traveller
) -> None:
    async with sitting(offices.manager.workspace) as hand:
        await pick(hand, "一级进度计划")
        await hand.press("n")
        await hand.fill(name="2026 年度里程碑计划", period_from="2026-01-01")
        await hand.fill(period_to="2026-12-31", basis="维保合同第 6 条付款条款")
        await hand.press("ctrl+s", "enter", "n")
        await hand.fill(name="年度验收", due="2026-12-25", deliverable="年度验收报告")
        await hand.fill(payment="第二期", amount="30万")
        await hand.press("ctrl+s", "home")
        await hand.move("milestone_plan", "submit")
        assert "状态 待部门审批" in hand.seen

    async with sitting(offices.engineer.workspace) as hand:
        await pick(hand, "二级进度计划")
        await hand.press("n")
        await hand.fill(name="2026 年度运维实施计划", period_from="2026-01-01")
        await hand.fill(period_to="2026-12-31", scope="机房巡检", basis="维保合同附件二")
        await hand.press("ctrl+s", "enter", "n")
        await hand.fill(what="机房月检", doer="小林")
        await hand.choose("frequency", "5")
        await hand.press("ctrl+s", "home")
        await hand.move("service_plan", "generate")
        assert "服务条款 (1)" in hand.seen and "计划任务 (12)" in hand.seen
        await hand.move("service_plan", "submit")
        first = hand.newest("service_plan").id
    offices.meet()

    async with sitting(offices.department.workspace) as hand:
        for type_ in ("milestone_plan", "service_plan"):
            await hand.press("ctrl+d", "enter")
            await hand.move(type_, "approve")
            assert "状态 已批准" in hand.seen
            await hand.press("1")
    offices.meet()

    clock.move_to(instant(date(2026, 10, 26), 9 * 60) / 1000)
    async with sitting(offices.engineer.workspace) as hand:
        assert "机房月检" in hand.seen and "10-30" in hand.seen  # the day's board
        hand.app.open_record(first)
        await attached(hand, offices.letter("已发出的邮件"))
        await hand.move("service_plan", "send")
        await hand.fill(sent_to="信息科 李主任", sent_on="10-26")
        await hand.choose("sent_channel", "1")
        await hand.press("ctrl+s")
        assert "状态 已提交客户" in hand.seen
        await hand.press("R")
        await hand.press("e")
        await hand.fill(cause="客户机房搬迁", impact="十月的巡检顺延到十一月初")
        await hand.press("ctrl+s")
        await hand.row("service_task")
        await hand.press(*["down"] * 9)
        assert "▌ 2026-10-30 机房月检" in hand.seen
        await hand.press("e")
        await hand.fill(due="2026-11-02")
        await hand.press("ctrl+s", "home")
        await hand.move("service_plan", "submit")
        second = hand.newest("service_plan").id
    offices.meet()

    for one in (offices.engineer, offices.manager, offices.department):
        assert board(one, offices.project) == [("机房月检", "2026-10-30")]
    async with sitting(offices.department.workspace) as hand:
        await hand.press("i", "enter")
        assert at(hand.app, RecordPage).record_id == second
        assert "第 2 版 启用后替代第 1 版" in hand.seen
        await hand.press("V")
        at(hand.app, RevisionPage)
        assert "变更原因 客户机房搬迁" in hand.seen
        assert "~ 机房月检 完成期限 2026-10-30 2026-11-02" in hand.seen
        await hand.press("escape")
        await hand.move("service_plan", "approve", answer="")
        assert "第 1 版（SP-2026-B-0001）保留" in hand.seen
        await hand.press("y")
        assert "各版本 第 2 版 有效" in hand.seen
    async with sitting(offices.engineer.workspace) as hand:
        assert "机房月检" in hand.seen and "10-30" in hand.seen  # nobody heard of it here yet
    offices.meet()
    for one in (offices.engineer, offices.manager, offices.department):
        assert board(one, offices.project) == [("机房月检", "2026-11-02")]
    async with sitting(offices.engineer.workspace) as hand:
        assert "机房月检" in hand.seen and "11-02" in hand.seen and "10-30" not in hand.seen


@pytest.mark.shows("Q-413", 6)
async def test_a_member_leaves_and_the_proposal_is_confirmed_again(
    offices: Offices, clock: time_machine.Traveller
) -> None:
    leaver = offices.team.admit("小周", (ENGINEER,))
    approved_proposal(offices)
    founder = offices.team.founder.workspace
    administration.set_role(founder, offices.team.person(leaver), ENGINEER, "*", grant=False)
    offices.meet()

    async with sitting(offices.manager.workspace) as hand:
        assert "待开始 再确认：小周已离开项目" in hand.seen
        await hand.press("enter")
        assert "变化 人员离开项目" in hand.seen and "再确认期限 2026-10-26" in hand.seen
        await hand.move("reconfirmation", "submit")
        await hand.fill(impact="夜间值班由小林接替")
        await hand.choose("outcome", "1")
        await hand.press("ctrl+s")
        await pick(hand, "过程确认")
        at(hand.app, ConfirmationsPage)
        await hand.press("end")
        assert "▌ ✗ 小周已离开项目 已提交" in hand.seen
    plan = plan_of(offices.engineer.book, offices.project)
    task(offices.engineer.book, plan.id, "割接", "2026-12-01")
    offices.engineer.book.move(plan.id, "submit")
    offices.meet()

    clock.move_to(instant(date(2026, 11, 9), 9 * 60) / 1000)  # its day is over
    async with sitting(offices.department.workspace) as hand:
        assert "待我处理 2，逾期 1" in hand.seen
        await hand.press("down", "enter")  # the plan has to wait
        assert at(hand.app, RecordPage).record_id == plan.id
        assert "不能批准：再确认" in hand.seen and "已逾期" in hand.seen
        await hand.move("service_plan", "approve")
        assert hand.app.notices[-1].bad and offices.department.get(plan.id).state == "submitted"
        await hand.press("escape", "up", "enter")
        assert at(hand.app, RecordPage).record_id == hand.newest("reconfirmation").id
        await hand.move("reconfirmation", "confirm")
        await hand.press("ctrl+s")
        assert "状态 已再确认" in hand.seen
        await hand.press("escape", "enter")
        await hand.move("service_plan", "approve")
        assert offices.department.get(plan.id).state == "approved"
    offices.meet()
    assert overdue(offices.manager.workspace.store, offices.project) == []
    assert not environment.pending(offices.engineer.workspace.store, offices.project)


def approved_proposal(offices: Offices) -> str:
    """A proposal that the customer has approved; everybody has it."""
    engineer, manager = offices.engineer.book, offices.manager.book
    made = engineer.add("service_proposal", PROPOSAL, project=offices.project).id
    engineer.move(made, "discuss")
    said = {"feasibility": "feasible", "participants": engineer.me, "discussed_on": "2026-10-12"}
    engineer.move(made, "submit", said)
    offices.meet()
    offices.department.book.move(made, "endorse", {"opinion": "可行"})
    offices.meet()
    manager.move(made, "send", {"addressee": "信息科"})
    attach(manager, made)
    manager.move(made, "approve", DECIDED)
    offices.meet()
    return made


def board(one: Replica, project: str) -> list[tuple[str, str]]:
    """The planned tasks of today's board, with the days on which they are due."""
    today = one.book.today
    window = DueWindow(first=today, last=today, projects=[one.get(project)], behind=False)
    found = expected(one.book, window, "task_execution")
    return [(item.title, item.last.isoformat()) for item in found]
