"""Incidents from the report to the closing: who does what, and what each step needs."""

from __future__ import annotations

import pytest

from models.book.book import Book
from models.queries.waiting import agenda
from models.records.nonconformity.incidents.incident import Incident
from tests.support import incidents
from tests.support.incidents import CONCLUDED, IMPACT, REVIEWED
from tests.support.staff import Staff, last_change, no_move


@pytest.mark.shows("Q-54", 45)
def test_rules_propose_a_level_and_quality_confirms_one_with_a_reason(
    staff: Staff, project: str
) -> None:
    made = incidents.noted(staff.engineer, project)
    assert "影响时长" in no_move(staff.engineer, made.id, "report")
    told = staff.engineer.move(made.id, "report", IMPACT).values()
    assert told["proposed_level"] == "two" and told["level"] is None
    given = {"level": "one", "handler": staff.manager.me}
    assert "需要角色" in no_move(staff.manager, made.id, "confirm_level", **given)
    assert "理由" in no_move(staff.quality, made.id, "confirm_level", **given)
    done = staff.quality.move(made.id, "confirm_level", given, comment="波及急诊")
    assert (done.state, done.values()["level"]) == ("handling", "one")
    assert done.values()["proposed_level"] == "two"


def _group(book: Book, id: str) -> list[str]:
    return [one.group for one in agenda.agenda(book) if one.record and one.record.id == id]


def test_to_be_levelled_it_was_not_returned_nor_is_an_appeal(staff: Staff, project: str) -> None:
    incident = incidents.reported(staff, project)
    assert _group(staff.quality, incident.id) == ["decide"]
    file = incidents.decided(staff, incident)
    staff.engineer.move(file.id, "appeal", {"appeal": "标识缺失"})
    assert _group(staff.office, file.id) == ["decide"]


def test_who_reported_it_does_not_confirm_its_level(staff: Staff, project: str) -> None:
    made = incidents.noted(staff.quality, project)
    staff.quality.move(made.id, "report", IMPACT)
    given = {"level": "two", "handler": staff.manager.me}
    assert "另一个人" in no_move(staff.quality, made.id, "confirm_level", **given)


def test_the_report_names_the_table_that_decided(staff: Staff, project: str) -> None:
    made = incidents.reported(staff, project)
    history = list(staff.engineer.change_log.history(made.id))
    decided = (history[-1].move or {})["decided"]
    assert (decided["table"], decided["version"]) == ("incident_level", 0)
    assert last_change(staff.engineer, made.id)["proposed_level"] == "two"


@pytest.mark.shows(47)
def test_its_handler_finds_the_cause_and_somebody_else_reviews(staff: Staff, project: str) -> None:
    made = incidents.levelled(staff, project)
    assert "需要角色" in no_move(staff.engineer, made.id, "conclude", **CONCLUDED)
    assert "原因" in no_move(staff.manager, made.id, "conclude")
    staff.manager.move(made.id, "conclude", CONCLUDED)
    given = {**REVIEWED, "attendees": staff.quality.me}
    assert "经验教训" in no_move(staff.quality, made.id, "review", **{**given, "lessons": None})
    assert staff.quality.move(made.id, "review", given).state == "reviewed"
    assert staff.quality.move(made.id, "reopen", comment="原因不全").state == "handling"


def test_whoever_concluded_it_does_not_review_it(staff: Staff, project: str) -> None:
    made = incidents.reported(staff, project)
    given = {"level": "two", "handler": staff.department.me}
    staff.quality.move(made.id, "confirm_level", given, comment="影响属实")
    staff.department.move(made.id, "conclude", CONCLUDED)
    review = {**REVIEWED, "attendees": staff.quality.me}
    assert "另一个人" in no_move(staff.department, made.id, "review", **review)


def test_it_can_be_levelled_anew(staff: Staff, project: str) -> None:
    made = incidents.concluded(staff, project)
    assert staff.quality.move(made.id, "relevel", comment="损失更大").state == "noted"
    grown = staff.manager.move(made.id, "report", {**IMPACT, "customer_loss": "CNY 250000"})
    assert grown.values()["proposed_level"] == "one"


def test_what_is_none_is_dismissed_with_a_reason(staff: Staff, project: str) -> None:
    made = incidents.reported(staff, project)
    assert "理由" in no_move(staff.quality, made.id, "dismiss")
    assert staff.quality.move(made.id, "dismiss", comment="客户自行断电").state == "dismissed"


def test_every_open_state_waits_for_somebody() -> None:
    assert all(state.waits for state in Incident.kind.states if not state.ended)
