"""Quality incidents of tests, brought as far as a test wants them."""

from __future__ import annotations

from datetime import date
from typing import Any

from models.book.book import Book
from models.calendar.business_dates import instant
from models.schema.record import Record
from tests.support.staff import Staff

DAY = date(2026, 11, 20)
BEGAN, FOUND, RESTORED = (instant(DAY, minute) for minute in (600, 612, 870))
"""10:00, 10:12 and 14:30."""
NOTED = {
    "subject": "误断核心交换机电源",
    "facts": "更换电源模块时断开了两路电源，核心交换机停机。",
    "began_at": BEGAN,
    "found_at": FOUND,
}
IMPACT = {
    "system_impact": "down",
    "business_impact": "partial",
    "hours": "4.5",
    "customer_loss": "CNY 20000",
    "company_loss": "CNY 3000",
    "reputation": "spoken",
}
"""Of level two."""
CONCLUDED = {
    "restored_at": RESTORED,
    "cause": "没有核对两路电源的标识",
    "cause_class": "maintenance",
    "measure": "恢复供电，重启后核对配置",
    "at_fault": "staff",
}
REVIEWED = {
    "review_on": "2026-11-24",
    "review": "同意原因分析；标识补全后复查",
    "lessons": "断电前两人核对标识",
}
PROPOSED = {
    "facts": "作业时未核对标识",
    "share": "major",
    "gravity": "ordinary",
    "penalty": "warning",
    "basis": "rule",
    "clause": "《员工奖惩规定》第 12 条",
}
DECIDED = {"decision": "给予警告", "appeal_until": "2099-01-05"}


def noted(book: Book, project: str, **more: Any) -> Record:
    """One that somebody noted."""
    return book.add("incident", {**NOTED, **more}, project=project)


def reported(staff: Staff, project: str, **more: Any) -> Record:
    """One that the engineer reported."""
    made = noted(staff.engineer, project)
    return staff.engineer.move(made.id, "report", {**IMPACT, **more})


def levelled(staff: Staff, project: str, level: str = "two", **more: Any) -> Record:
    """One whose level quality confirmed; the project manager handles it."""
    made = reported(staff, project, **more)
    given = {"level": level, "handler": staff.manager.me}
    return staff.quality.move(made.id, "confirm_level", given, comment="影响属实")


def concluded(staff: Staff, project: str) -> Record:
    """One whose cause is known."""
    made = levelled(staff, project)
    return staff.manager.move(made.id, "conclude", CONCLUDED)


def reviewed(staff: Staff, project: str) -> Record:
    """One that was reviewed."""
    made = concluded(staff, project)
    given = {**REVIEWED, "attendees": f"{staff.manager.me},{staff.quality.me}"}
    return staff.department.move(made.id, "review", given)


def file_of(book: Book, incident: Record, person: str | None = None, **more: Any) -> Record:
    """The responsibility file of somebody, or with `provider` of a subcontractor."""
    duty = "main" if person else "provider"
    values = {"incident": incident.id, "duty": duty, "concerned": person, **more}
    return book.add("incident_file", values, project=incident.project)


def proposed(staff: Staff, incident: Record, **more: Any) -> Record:
    """The file of the engineer, who said what they had to say; a decision is proposed."""
    made = file_of(staff.quality, incident, staff.engineer.me, **more)
    staff.engineer.move(made.id, "explain", {"statement": "标识看不清"})
    return staff.quality.move(made.id, "propose", PROPOSED)


def decided(staff: Staff, incident: Record, **more: Any) -> Record:
    """The same, decided on by the department manager."""
    made = proposed(staff, incident)
    return staff.department.move(made.id, "give_decision", {**DECIDED, **more})


def final(staff: Staff, incident: Record) -> Record:
    """The same, accepted."""
    return staff.engineer.move(decided(staff, incident).id, "consent")
