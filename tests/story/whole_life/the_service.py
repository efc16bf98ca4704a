"""The service: daily rounds, a fix, an escalation, and a concession that holds a milestone.

Clauses: 5.1.1, 5.3.1.
"""

from __future__ import annotations

from typing import NamedTuple

from models.derived.gates import HeldState
from tests.story.hand import attached, sitting
from tests.story.whole_life.before_the_service import Plans, task_of
from tests.story.whole_life.company import Company, attach
from tests.support import checks
from tests.support.escalations import ESCALATED, taken_up

CONCESSION = {
    "requirement": "双路市电接入",
    "situation": "第二路市电一月才送电",
    "cause_kind": "environment",
    "why_uncontrollable": "供电工程由园区负责",
    "follow_up": "送电后一周内完成双路切换",
    "follow_up_by": "2027-03-31",
}
SENT = {"addressee": "customer", "addressee_name": "李主任", "valid_to": "2027-04-30"}


class Problems(NamedTuple):
    """What went wrong in the service."""

    fix: str
    escalation: str
    """Of a fix that could not be made on site; of high severity."""
    concession: str
    milestone: str
    """The first one, which it held."""


async def rounds(company: Company, plans: Plans) -> str:
    """Three days of rounds: all well, something wrong, and one that is late; the fix's id."""
    engineer = company.engineer
    company.to(10, 14)
    async with sitting(engineer.workspace) as hand:
        assert "机房日检" in hand.seen
        await hand.press("2", "enter")
        await hand.type("29.5")  # above its limit
        await hand.press("enter", "f")
        await hand.press("ctrl+s")
        fix = hand.newest("fix").id
        sheet = hand.newest("sheet").id
        company.refused(engineer, sheet, "submit", on=[engineer])  # an item has no answer
        await hand.press("end", "enter", "ctrl+s")
        assert engineer.get(sheet).state == "submitted", hand.seen
    engineer.book.move(fix, "fix", {"cause": "滤网堵塞", "correction": "清洗滤网"})
    engineer.book.move(fix, "verify")
    engineer.book.move(fix, "close")
    for day, minute in ((15, 540), (19, 540)):  # the sixteenth is missed and made up for
        company.to(10, day, minute)
        _sheet(company, plans.template, 15 if day == 15 else 16)
    return fix


def _sheet(company: Company, template: str, day: int) -> None:
    book = company.engineer.book
    values = {"template": template, "day": f"2026-10-{day}", "round": 1}
    made = book.add("sheet", values, project=company.project)
    for item in checks.items(book, template):
        book.add("answer", {"sheet": made.id, "item": item, **checks.fine(book, item)})
    book.move(made.id, "submit")


def planned_work(company: Company, plan: str) -> None:
    """The tasks of the year: one in time with its proof, one late, the last one not at all."""
    engineer = company.engineer
    for due, month, day in (("2026-11-02", 11, 2), ("2026-11-30", 12, 3)):
        company.to(month, day)
        code = engineer.get(task_of(company, due)).values()["code"]
        given = {"plan": plan, "task": code}
        made = engineer.book.add("task_execution", given, project=company.project)
        company.refused(engineer, made.id, "finish", on=[engineer])  # nothing proves it
        attach(engineer.book, made.id)
        engineer.book.move(made.id, "finish", {"done_on": engineer.book.today.isoformat()})
    company.meet()


async def concession(company: Company, fix: str) -> Problems:
    """A fix is escalated, cannot be solved in time, and holds the acceptance of the first part."""
    engineer, manager, department = company.engineer, company.manager, company.department
    company.to(11, 16)
    first = company.engineer.book.store.row("SELECT id FROM milestone WHERE name='初验'")
    last = company.engineer.book.store.row("SELECT id FROM milestone WHERE name='终验'")
    assert first is not None and last is not None
    problem = engineer.book.add("fix", {"phenomenon": "只有一路市电"}, project=company.project)
    engineer.book.move(problem.id, "escalate", {**ESCALATED, "severity": "high"})
    row = engineer.book.store.row("SELECT id FROM escalation WHERE fix=?", (problem.id,))
    assert row is not None
    raised = str(row[0])
    company.refused(engineer, raised, "accept", on=[engineer])  # the department manager's step
    company.meet()
    department.book.move(raised, "accept", taken_up(department.book, "2026-12-20"))
    company.meet()

    made = engineer.book.add(
        "concession",
        {**CONCESSION, "escalation": raised, "milestone": str(first[0])},
        project=company.project,
    )
    manager.book.move(str(first[0]), "done")  # who has not heard of it
    company.barred(manager, str(last[0]), "done", made.number, "尚未决定", by=made.id)
    assert company.shown(str(first[0])) == company.shown(str(last[0])) == {"held"}
    engineer.book.move(made.id, "inform")
    company.meet()
    manager.book.move(made.id, "send", SENT)
    company.barred(manager, str(last[0]), "done", made.number)
    decided = {"decided_by": "李主任", "decided_on": "2026-11-16", "decision_channel": "letter"}
    company.barred(manager, made.id, "approve", values=decided)  # nothing proves it
    async with sitting(manager.workspace) as hand:
        hand.app.open_record(made.id)
        await attached(hand, company.letter("同意"))
    manager.book.move(made.id, "approve", decided)
    assert HeldState(manager.book.store).all_held == []
    assert HeldState(engineer.book.store).all_held != []  # where nobody has heard of it
    company.meet()
    assert company.shown(str(first[0])) == {"done"}
    company.agreed(made.id)
    return Problems(fix, raised, made.id, str(first[0]))


def solved(company: Company, problems: Problems) -> None:
    """The escalation: its solution approved, carried out, and verified by another person."""
    engineer, department = company.engineer, company.department
    company.to(12, 14)
    engineer.book.move(problems.escalation, "draft", {"solution": "接入第二路市电"})
    company.barred(engineer, problems.escalation, "approve")
    department.book.move(problems.escalation, "approve")
    company.meet()
    engineer.book.move(problems.escalation, "start")
    engineer.book.move(problems.escalation, "fix", {"cause": "只接了一路", "measure": "两路已接"})
    engineer.book.move(problems.escalation, "verify")
    engineer.book.move(problems.escalation, "close")
    engineer.book.move(problems.concession, "enforce")
    engineer.book.move(problems.concession, "follow_up", {"outcome": "第二路市电已送电"})
    company.meet()
    company.barred(company.manager, problems.concession, "close", "另一个人")
    department.book.move(problems.concession, "close")
    company.meet()
    last = company.manager.book.store.row("SELECT id FROM milestone WHERE name='终验'")
    assert last is not None
    company.to(12, 18)
    company.manager.book.move(str(last[0]), "done")
    company.meet()
    for id in (problems.escalation, problems.concession, str(last[0])):
        assert company.agreed(id).state in ("closed", "done")
