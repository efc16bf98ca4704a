"""The customer's voice: a follow-up, a dissatisfied answer, its complaint and the action.

Clauses: 5.2, 5.3.2.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from tests.story.hand import sitting
from tests.story.whole_life import papers
from tests.story.whole_life.company import FIRST, LAST, Company, attach
from tests.support import surveys
from tests.tui.seen import at
from tui.areas.nonconformity.action_board_page import ActionBoardPage


class Voice(NamedTuple):
    """What the customer said, and what it led to."""

    survey: str
    complaint: str
    action: str


async def follow_up(company: Company) -> Voice:
    """Drawn, asked and analysed by the desk; a dissatisfied answer is a complaint before that."""
    desk, manager, quality = company.engineer, company.manager, company.quality
    company.to(12, 29)
    made = desk.book.add("survey", {"method": "random", "size": 3}, project=company.project)
    surveys.listed(desk.book, made.id, 6)
    desk.book.move(made.id, "draw")
    for at_, person in enumerate(surveys.drawn(desk.book, made.id)):
        levels = {"advice": "na"} if at_ else {"timeliness": "dissatisfied"}
        surveys.answer(desk.book, person, levels=levels)
    unhappy = surveys.people(desk.book, made.id, "answered")[0]
    said = {"analysis": "响应是短板，其余满意。"}
    company.barred(desk, made.id, "analyse", desk.get(unhappy).number, values=said)
    async with sitting(desk.workspace) as hand:
        hand.app.open_record(unhappy)
        await hand.press("P")
        await hand.fill(subject="夜间到场太慢", statement="两次报修，三小时才到。")
        await hand.press("ctrl+s")
        complaint = hand.newest("complaint")
        assert complaint.values()["response"] == unhappy
    given = {"acknowledged_by_way": "phone", "handler": company.me(manager)}
    desk.book.move(complaint.id, "confirm_receipt", given)
    desk.book.move(made.id, "analyse", said)
    company.meet()
    action = await _handled(company, complaint.id)
    company.barred(desk, made.id, "review")  # nobody reviews their own
    quality.book.move(made.id, "review")
    quality.book.move(made.id, "file")
    company.meet()
    desk.book.move(complaint.id, "accept", {"reaction": "satisfied"})
    company.meet()
    quality.book.move(complaint.id, "close", {"outcomes": "corrective_action"})
    company.meet()
    assert company.agreed(made.id).state == "filed"
    span = papers.Span(FIRST, LAST, date(2026, 12, 29))
    papers.agree(company, made.id, "follow_up", span)
    assert company.agreed(complaint.id).state == "closed"
    return Voice(made.id, complaint.id, action)


async def _handled(company: Company, complaint: str) -> str:
    manager = company.manager
    manager.book.move(complaint, "handle")
    due = {"sort": "corrective", "owner": company.me(manager), "due": "2027-01-04"}
    why = {"cause": "夜间只有一人值守", "measure": "夜间两人轮值"}
    made = manager.book.add(
        "corrective_action",
        {"subject": "夜间响应慢", "finding": "三小时才到", "source": complaint, **due},
        project=company.project,
    )
    manager.book.move(made.id, "plan", why)
    manager.book.move(
        complaint, "answer", {**why, "reply": "已改为两人轮值。", "answer_way": "phone"}
    )
    company.refused(manager, made.id, "finish", on=[manager])  # nothing proves it
    file = attach(manager.book, made.id)
    manager.book.move(made.id, "finish", {"outcome": "已排班三周", "evidence": file})
    company.meet()
    said = {"effect": "没有再发生"}  # its effect shows after some weeks only
    company.refused(company.quality, made.id, "verify", "起评定", values=said)
    return made.id


async def effect(company: Company, action: str) -> None:
    """Quality finds it effective after its time; the office signs it off on its board."""
    quality, office = company.quality, company.department
    said = {"effect": "四周没有再发生"}
    company.barred(company.manager, action, "verify", values=said)  # not who did it
    quality.book.move(action, "verify", said)
    company.meet()
    async with sitting(office.workspace) as hand:
        await hand.press("ctrl+a")
        page = at(hand.app, ActionBoardPage)
        assert "待监督确认 1" in hand.seen
        page.query_one("#actions").go_to(action)  # type: ignore[attr-defined]
        await hand.move("corrective_action", "sign")
        await hand.fill(opinion="同意关闭")
        await hand.press("ctrl+s")
    company.meet()
    assert company.agreed(action).state == "closed"
