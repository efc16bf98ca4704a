"""Before the service: the proposal with its discussion, and the plans of both levels. Clause: 4."""

from __future__ import annotations

from typing import NamedTuple

from models.derived.revision_copy import new_revision
from tests.story.hand import attached, sitting
from tests.story.whole_life.company import FIRST, LAST, Company
from tests.support import checks
from tests.support.preparation import PROPOSAL
from tests.support.service_plans import REASON, plan_of, tasks, term
from tests.tui.seen import at
from tui.pages.records.record_page import RecordPage

PERIOD = {"period_from": FIRST.isoformat(), "period_to": LAST.isoformat()}
MOVED = "机房月检"


class Plans(NamedTuple):
    """What the project is done by."""

    milestones: str
    plan: str
    """The first version of the detailed plan."""
    template: str


async def proposal(company: Company) -> None:
    """A point of the discussion is closed before the review; then the customer approves."""
    engineer, department, manager = company.engineer, company.department, company.manager
    manager.book.edit(
        company.project,
        {"service_from": FIRST.isoformat(), "service_to": LAST.isoformat(), "name": "水务调度运维"},
    )
    company.meet()
    made = engineer.book.add("service_proposal", PROPOSAL, project=company.project).id
    engineer.book.move(made, "discuss")
    company.meet()
    async with sitting(department.workspace) as hand:
        await hand.press("i", "enter", "n")
        await hand.choose("section", "3")
        await hand.fill(finding="没有列出通信机房")
        await hand.press("ctrl+s")
        point = hand.newest("discussion_point").id
    said = {"feasibility": "feasible", "participants": company.me(engineer)}
    said |= {"discussed_on": "2026-10-12"}
    company.barred(engineer, made, "submit", "没有列出通信机房", by=point, values=said)
    async with sitting(engineer.workspace) as hand:
        await hand.press("enter")  # on Today, with the one whose proposal it is
        assert at(hand.app, RecordPage).record_id == made
        await hand.press("e")
        await hand.fill(scope="三个机房和通信机房")
        await hand.press("ctrl+s")
        await hand.row("discussion_point")
        await hand.row_move("discussion_point", "change")
        await hand.fill(answer="已写入通信机房")
        await hand.press("ctrl+s")
    engineer.book.move(made, "submit", said)
    company.refused(company.manager, made, "send", on=[engineer])  # it is not endorsed
    company.meet()
    department.book.move(made, "endorse", {"opinion": "可行"})
    company.meet()
    manager.book.move(made, "send", {"addressee": "信息科 李主任"})
    decided = {"decided_by": "李主任", "decided_on": "2026-10-12", "decision_channel": "letter"}
    company.barred(manager, made, "approve", values=decided)  # nothing proves it
    async with sitting(manager.workspace) as hand:
        hand.app.open_record(made)
        await attached(hand, company.letter("同意"))
    manager.book.move(made, "approve", decided)
    company.meet()
    assert company.agreed(made).state == "approved"


async def plans(company: Company) -> Plans:
    """Milestones and tasks; neither is worked by before the department manager approved it."""
    engineer, manager, department = company.engineer, company.manager, company.department
    given = {"name": "里程碑计划", "basis": "合同第 6 条", **PERIOD}
    milestones = manager.book.add("milestone_plan", given, project=company.project)
    for at_, (name, due) in enumerate((("初验", "2026-11-20"), ("终验", "2026-12-18")), 1):
        row = {"plan": milestones.id, "position": at_, "name": name, "due": due}
        row |= {"deliverable": f"{name}报告", "payment": f"第 {at_} 期", "amount": "CNY 200000"}
        manager.book.add("plan_milestone", row)
    manager.book.move(milestones.id, "submit")
    plan = plan_of(engineer.book, company.project, [term(MOVED)], **PERIOD)
    engineer.book.move(plan.id, "generate")
    assert [one.due for one in tasks(engineer.book, plan.id)] == [
        "2026-10-30",
        "2026-11-30",
        "2026-12-24",
    ]
    engineer.book.move(plan.id, "submit")
    company.refused(engineer, plan.id, "approve")  # nobody approves their own
    company.meet()
    async with sitting(department.workspace) as hand:
        for type_ in ("milestone_plan", "service_plan"):
            await hand.press("ctrl+d", "enter")
            await hand.move(type_, "approve")
            assert "状态 已批准" in hand.seen
            await hand.press("1")
    template = checks.template(
        manager.book, company.project, name_zh="机房日检", on_days="workdays"
    )
    company.meet()
    company.refused(department, plan.id, "approve")  # it is approved already, on every device
    return Plans(milestones.id, plan.id, template)


def task_of(company: Company, due: str) -> str:
    """The id of a planned task in the newest version on the engineer's device."""
    sql = "SELECT id FROM service_task WHERE what=? AND due=? AND void IS NULL ORDER BY n DESC"
    row = company.engineer.book.store.row(sql, (MOVED, due))
    assert row is not None
    return str(row[0])


async def plan_change(company: Company, plans: Plans) -> str:
    """A change is worked by once it is approved, and the old version until then; its id."""
    engineer, department = company.engineer, company.department
    made = new_revision(engineer.book, engineer.get(plans.plan))
    engineer.book.edit(made.id, REASON)
    row = next(one for one in tasks(engineer.book, made.id) if one.due == "2026-10-30")
    engineer.book.edit(row.id, {"due": "2026-11-02"})
    engineer.book.move(made.id, "submit")
    company.barred(engineer, made.id, "approve")
    assert company.agreed(plans.plan).state == "approved"  # the old one is in force
    async with sitting(department.workspace) as hand:
        await hand.press("i", "enter")
        assert at(hand.app, RecordPage).record_id == made.id
        await hand.move("service_plan", "approve")
    company.meet()
    assert company.agreed(made.id).state == "approved"
    return made.id
