"""A quarter closes: six questions answered from the records, and what a finding leads to.

The project manager reports it, the department manager and quality acknowledge it, an engineer does
the action, and quality finds it effective; all on devices of their own. Real keys, 80×24.

Clauses: 5.1.2, 5.1.3, 5.3.2.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
import time_machine

from models.calendar.business_dates import instant
from models.schema.roles import ENGINEER
from tests.story.hand import attached, pick, sitting
from tests.story.offices import Offices
from tests.support import checks, random_checks
from tests.tui.seen import at, every
from tui.pages.records.record_page import RecordPage


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


def go(clock: time_machine.Traveller, day: date) -> None:
    """Nine in the morning of a day."""
    clock.move_to(instant(day, 9 * 60) / 1000)


def worked(offices: Offices, clock: time_machine.Traveller) -> None:
    """What happened in the quarter: deliverables, a major fault without analysis, checks."""
    founder, engineer = offices.team.founder.book, offices.engineer.book
    project = offices.project
    values = {"name": "季度报告", "due": "2026-12-15", "deliverable": "季度报告"}
    milestone = founder.add("milestone", values, project=project)
    founder.move(milestone.id, "done")
    for purpose, name in (("accounts", "帐号管理检查"), ("security", "通信安全抽查")):
        item = {"text_zh": f"{name}：抽查三个"}
        checks.template(
            founder, project, (item,), purpose=purpose, name_zh=name, frequency="monthly"
        )
    offices.meet()
    go(clock, date(2026, 12, 10))
    raised = {"phenomenon": "主干光缆中断", "severity": "high"}
    engineer.add("escalation", raised, project=project)
    offices.meet()
    go(clock, date(2026, 12, 28))


@pytest.mark.shows("Q-512", 15, 18, 19, 42)
async def test_a_quarter_closes(offices: Offices, clock: time_machine.Traveller) -> None:
    worked(offices, clock)
    async with sitting(offices.engineer.workspace) as hand:
        await hand.press("2")
        assert "帐号管理检查 2026-12" in hand.seen
        await hand.press("enter", "ctrl+s")
        await hand.press("]", "enter", "ctrl+s")
    offices.meet()

    async with sitting(offices.manager.workspace) as hand:
        assert "▌ 未开始 定期质量检查 2026-Q4 项目 12-31" in hand.seen
        await pick(hand, "运维服务报告")
        await hand.press("n")
        await hand.fill(quarter="Q4", summary="总体平稳，一起主干中断")
        await hand.press("ctrl+s", "enter")
        await hand.move("service_report", "submit")
        await hand.press("ctrl+s")
        assert "状态 已提交" in hand.seen and "检查合格率 100%" in hand.seen
        assert "一次解决率 不可评定" in hand.seen
        await hand.press("1", "enter")
        assert "重大故障 1 起，已有报告 0 起" in hand.seen
        made = hand.newest("quarterly_check").id
        await hand.row("quarterly_answer", "documents")
        await hand.row_move("quarterly_answer", "yes")
        await hand.press("ctrl+s")
        await hand.row("quarterly_answer", "cases")
        await hand.row_move("quarterly_answer", "na")
        await hand.fill(basis="本季没有需要总结的案例")
        await hand.press("ctrl+s")
        await hand.row("quarterly_answer", "faults")
        await hand.row_move("quarterly_answer", "no")
        await hand.fill(finding="主干中断没有分析报告")
        await hand.press("ctrl+s")
        for question in ("accounts", "security"):
            await hand.press("home")
            await hand.row("quarterly_answer", question)
            await hand.row_move("quarterly_answer", "yes")
            await hand.press("ctrl+s")
        await hand.section("spare_part")
        await hand.press("n")
        await hand.fill(part="光模块", stock="4", safety="2")
        await hand.choose("verdict", "1")
        await hand.press("ctrl+s")
        await hand.press("home")
        await hand.row("quarterly_answer", "spares")
        await hand.row_move("quarterly_answer", "yes")
        await hand.press("ctrl+s")
        await hand.press("home")
        await hand.move("quarterly_check", "report")
        await hand.fill(summary="五项符合，一项缺分析报告")
        await hand.press("ctrl+s")
        assert "重大故障是否分析、总结 还没有负责人的措施" in hand.seen
        await hand.press("escape")
        await hand.row("quarterly_answer", "faults")
        await hand.press("C")
        assert "来源 重大故障是否分析、总结" in hand.seen
        await hand.fill(owner="小林", due="2027-01-08", check_weeks="2")
        await hand.press("ctrl+s")
        await hand.press("home")
        await hand.move("quarterly_check", "report")
        await hand.press("c", "ctrl+s")
        hand.app.open_record(hand.newest("corrective_action").id)
        await hand.move("corrective_action", "assign")
        await hand.press("ctrl+s")
        action = hand.newest("corrective_action").id
    offices.meet()

    for one, above in ((offices.department, 3), (offices.quality, 0)):
        async with sitting(one.workspace) as hand:
            assert "待我知悉 1" in hand.seen
            await hand.press(*["down"] * above, "enter")
            assert at(hand.app, RecordPage).record_id == made
            await hand.move("quarterly_check", "acknowledge")
            assert "知悉 1/2" in hand.seen
    offices.meet()
    async with sitting(offices.manager.workspace) as hand:
        hand.app.open_record(made)
        await hand.press("pagedown", "pageup")
        assert "知悉 2/2" in hand.seen

    async with sitting(offices.engineer.workspace) as hand:
        assert "由我负责 1" in hand.seen
        hand.app.open_record(action)
        await hand.move("corrective_action", "plan")
        await hand.fill(cause="没有指定编写人", measure="补写分析报告，指定编写人")
        await hand.press("ctrl+s")
        await attached(hand, offices.letter("主干中断分析报告"))
        await hand.move("corrective_action", "finish")
        await hand.fill(outcome="报告已写好并评审")
        await hand.press("ctrl+s")
        assert "状态 待评定效果" in hand.seen and "操作 现在没有可做的操作" in hand.seen
    offices.meet()

    async with sitting(offices.quality.workspace) as hand:
        hand.app.open_record(action)
        await hand.move("corrective_action", "verify")  # its effect shows after some time only
        assert "2027-01-11" in hand.seen
        at(hand.app, RecordPage)
    go(clock, date(2027, 1, 12))
    async with sitting(offices.quality.workspace) as hand:
        assert "待评定效果 纠正与预防措施" in hand.seen
        hand.app.open_record(action)
        await hand.move("corrective_action", "verify")
        await hand.press("c", "ctrl+s")
        assert "状态 待监督确认" in hand.seen
    offices.meet()
    done = offices.engineer.get(action).values()
    assert (done["result"], done["done_by"]) == ("effective", offices.engineer.book.me)
    assert done["evaluated_by"] == offices.quality.book.me


@pytest.mark.shows("Q-513", 20, 21)
async def test_a_draw_is_drawn_again_on_another_device(
    offices: Offices, clock: time_machine.Traveller
) -> None:
    random_checks.furnished(offices.team.founder.book, offices.project)
    offices.team.admit("小周", (ENGINEER,))
    offices.meet()
    async with sitting(offices.department.workspace) as hand:
        await pick(hand, "随机检查抽取")
        await hand.press("n")
        await hand.fill(first="2026-10-13", last="2026-10-16")
        await hand.press("ctrl+s")
    draw = next(every(offices.department.workspace, "random_draw"))
    offices.meet()
    for one in (offices.engineer, offices.manager, offices.quality):
        assert one.book.find(draw.id) is None  # nobody is warned

    go(clock, date.fromisoformat(str(draw.values()["day"])))
    async with sitting(offices.department.workspace) as hand:
        assert "随机检查抽取" in hand.seen  # it waits on its day
        await hand.press("enter")
        assert "重新抽取 结果一致" in hand.seen
        await hand.move("random_draw", "begin")
        await hand.press("1")
        assert "▌ 检查中 随机质量检查" in hand.seen
        await hand.press("enter")
        await hand.row("random_finding")
        await hand.row_move("random_finding", "conforms")
        await hand.press("ctrl+s", "down")
        await hand.row_move("random_finding", "fails")
        await hand.fill(remark="一份工单没有客户签字")
        await hand.press("ctrl+s")
        await hand.press("C")
        await hand.fill(owner="段工", due="2026-10-23")
        await hand.press("ctrl+s", "home")
        await hand.move("random_check", "issue")
        await hand.fill(service="机房巡检", conclusion="一项不符合")
        await hand.press("ctrl+s")
        assert "状态 已出结论" in hand.seen and "结论 一项不符合" in hand.seen
        check = hand.newest("random_check").id
    offices.meet()

    async with sitting(offices.engineer.workspace) as hand:
        hand.app.open_record(check)
        await hand.press("pagedown", "pageup")
        assert "重新抽取 结果一致" in hand.seen
        values = hand.workspace.book.get(check).values()
    drawn = {part: values[f"drawn_{part}"] for part in ("site", "person", "day")}
    assert drawn == {part: draw.values()[part] for part in drawn}
    members = [line.split(" ")[:2] for line in str(values["population"]).splitlines()]
    for part, member in drawn.items():  # by hand, as anybody can
        some = [id for kind, id in members if kind == part]
        assert len(some) > 1

        def place(id: str) -> str:
            return sha256(f"{values['seed']}:{id}".encode()).hexdigest()

        assert min(some, key=place) == member
