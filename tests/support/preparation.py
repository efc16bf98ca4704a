"""Preparation for tests: proposals, studies and competence, as far as a case needs them."""

from __future__ import annotations

from typing import Any

from models.book.book import Book
from models.records.preparation.reconfirmations import environment
from models.schema.record import Record
from tests.support.staff import Staff, attach

PROPOSAL: dict[str, Any] = {
    "name": "机房运维技术服务方案",
    "scope": "三个机房的巡检与维修",
    "sla": "30 分钟响应",
    "methods": "按例行巡检程序",
    "service_kinds": "response,routine",
}
DECIDED = {"decided_by": "信息科科长", "decided_on": "2026-11-20", "decision_channel": "letter"}
RISK = {"risk": "夜间无人值守", "before": "high", "measures": "电话值班", "after": "low"}


def method(staff: Staff, name: str = "例行巡检程序", **values: Any) -> Record:
    """A method that is in use."""
    given = {"name": name, "sort": "procedure", "steps": "逐项检查", **values}
    made = staff.engineer.add("service_method", given)
    staff.engineer.move(made.id, "submit")
    return staff.department.move(made.id, "approve")


def proposal(staff: Staff, project: str, state: str = "draft", **values: Any) -> Record:
    """A proposal of the engineer, brought as far as a state."""
    made = staff.engineer.add("service_proposal", {**PROPOSAL, **values}, project=project)
    return brought(staff, made, state)


def brought(staff: Staff, made: Record, state: str) -> Record:
    """A proposal brought from its draft to a state."""
    steps: tuple[tuple[str, Book, str, dict[str, Any]], ...] = (
        ("discussing", staff.engineer, "discuss", {}),
        ("submitted", staff.engineer, "submit", _discussed(staff)),
        ("endorsed", staff.department, "endorse", {"opinion": "可行"}),
        ("sent", staff.manager, "send", {"addressee": "信息科"}),
        ("approved", staff.manager, "approve", DECIDED),
    )
    order = [name for name, *_ in steps]
    done = order.index(made.state) + 1 if made.state in order else 0
    for reached, book, move, values in steps[done:]:
        if made.state == state:
            break
        if reached == "approved":
            attach(staff.manager, made.id)
        made = book.move(made.id, move, values)
    return made


def _discussed(staff: Staff) -> dict[str, Any]:
    who = ",".join(sorted((staff.engineer.me, staff.department.me)))
    return {"feasibility": "feasible", "participants": who, "discussed_on": "2026-11-12"}


def file_of(staff: Staff, person: str, **certificate: Any) -> Record:
    """The confirmed competence file of a person, with one certificate."""
    values = {"member": person, "education": "bachelor", "resume": "运维五年"}
    made = staff.office.add("competence", values)
    given = {
        "competence": made.id,
        "sort": "certificate",
        "name": "网络工程师",
        "document_no": "N-1",
        "issuer": "发证机构",
        **certificate,
    }
    staff.office.add("qualification", given)
    staff.office.move(made.id, "submit")
    return staff.department.move(made.id, "confirm", {"conclusion": "具备"})


def confirmed(staff: Staff, project: str, person: str) -> Record:
    """A person confirmed for the project, with a file."""
    file_of(staff, person)
    made = staff.manager.add("competence_confirmation", {"member": person}, project=project)
    values = {"service_kinds": "routine", "basis": "certificate"}
    return staff.department.move(made.id, "confirm", values)


def set_apart(book: Book, project: str, person: str) -> Record:
    """A person who takes no part in the service."""
    made = book.add("competence_confirmation", {"member": person}, project=project)
    return book.move(made.id, "set_apart", comment="只管系统")


def study(staff: Staff, project: str, state: str = "confirmed") -> Record:
    """A pre-service study with one risk, brought to a state."""
    made = staff.engineer.add("pre_service_study", {"subject": "服务前讨论"}, project=project)
    staff.engineer.add("study_risk", {"study": made.id, **RISK})
    given = {"held_on": "2026-11-18", "attended": staff.engineer.me, "topics": "值班与备件"}
    made = staff.engineer.edit(made.id, given)
    if state != "draft":
        made = staff.engineer.move(made.id, "submit", {"outcome": "ready"})
    return staff.department.move(made.id, "confirm") if state == "confirmed" else made


def everybody_confirmed(staff: Staff, project: str) -> None:
    """Nobody is left whose competence the start of the service waits for."""
    working = (staff.engineer.me, staff.colleague.me, staff.manager.me)
    for person in environment.serving(staff.engineer.store, project):
        if person in working:
            confirmed(staff, project, person)
        else:
            set_apart(staff.manager, project, person)
