"""Rules of witness statements: not of a closed incident, not by a person concerned."""

from __future__ import annotations

import pytest

from models.book.book import Book
from models.book.derived_state import StateView
from models.queries.facts import facts_of
from models.text.words import Refused
from tests.support import incidents
from tests.support.staff import Staff, no_add, no_move

NO_ACTIONS = {"no_actions": "已有标识，仅提醒"}


def test_whom_a_file_is_about_is_no_witness(staff: Staff, project: str) -> None:
    incident = incidents.levelled(staff, project)
    file = incidents.file_of(staff.quality, incident, staff.engineer.me)
    values = {"incident": incident.id, "witness": staff.engineer.me}
    assert file.number in no_add(staff.quality, "witness_statement", values, project)
    assert staff.quality.add(
        "witness_statement", {**values, "witness": staff.colleague.me}, project=project
    )


def test_a_closed_incident_asks_nobody(staff: Staff, project: str) -> None:
    incident = incidents.reviewed(staff, project)
    incidents.final(staff, incident)
    staff.quality.move(incident.id, "close", {"no_actions": "已有标识，仅提醒"})
    values = {"incident": incident.id, "witness": staff.colleague.me}
    assert "已结案" in no_add(staff.quality, "witness_statement", values, project)


def test_closing_waits_for_the_statements_that_were_asked_for(staff: Staff, project: str) -> None:
    incident = incidents.reviewed(staff, project)
    incidents.final(staff, incident)
    values = {"incident": incident.id, "witness": staff.colleague.me}
    asked = staff.quality.add("witness_statement", values, project=project)
    other = {"incident": incident.id, "witness": staff.desk.me}
    gone = staff.quality.add("witness_statement", other, project=project)
    why = no_move(staff.quality, incident.id, "close", **NO_ACTIONS)
    assert asked.number in why and gone.number in why and "代录" in why
    staff.quality.void(gone.id, "不在现场")
    staff.colleague.move(asked.id, "give", {"statement": "看到两路电源先后断开。"})
    assert staff.quality.move(incident.id, "close", NO_ACTIONS).state == "closed"
    with pytest.raises(Refused, match=f"{incident.number} 已结案。请先重新处理"):
        staff.quality.move(asked.id, "ask_again", comment="时间未说明")


def test_a_closed_incident_says_that_a_statement_is_lacking(staff: Staff, project: str) -> None:
    incident = incidents.reviewed(staff, project)
    incidents.final(staff, incident)
    values = {"incident": incident.id, "witness": staff.colleague.me}
    asked = staff.quality.add("witness_statement", values, project=project)
    staff.colleague.move(asked.id, "give", {"statement": "看到两路电源先后断开。"})
    staff.quality.move(incident.id, "close", NO_ACTIONS)
    with staff.quality.store.write():  # asked again where nobody had heard of the closing
        db = staff.quality.store.db
        db.execute_sql("UPDATE witness_statement SET state='asked' WHERE id=?", (asked.id,))

    def told(book: Book) -> str:
        found = facts_of(book, book.get(incident.id), StateView(book.store))
        return " ".join(one.text for one in found)

    assert asked.number in told(staff.quality) and asked.number in told(staff.department)
    assert asked.number not in told(staff.engineer)
