"""Passed on: all that is one person's to do, by the declarations of the types alone."""

from __future__ import annotations

from datetime import date
from typing import Any

from models.records.handovers import passed_on
from models.schema.record import Record
from models.storage.drafts import Drafts, FormDraft
from sync.workspace.workspace import Workspace
from tests.support.checks import template
from tests.support.open_items import on
from tests.support.staff import Staff


def test_what_is_open_is_found_by_owner_author_and_whom_a_move_asks_for(
    staff: Staff, project: str, work: dict[str, Any]
) -> None:
    found = {one.id for one in passed_on.open_of(staff.manager, project, staff.engineer.me)}
    assert found == {work["fix"], work["action"], work["promise"]}
    assert {one.id for one in passed_on.open_of(staff.manager, project, staff.colleague.me)} == {
        work["other"]
    }
    staff.engineer.move(work["promise"], "keep", {"result": "已寄出"})
    again = {one.id for one in passed_on.open_of(staff.manager, project, staff.engineer.me)}
    assert again == {work["fix"], work["action"]}
    assert passed_on.open_of(staff.manager, "elsewhere", staff.engineer.me) == []


def test_a_working_groups_lead_has_its_escalation(staff: Staff, project: str) -> None:
    made = staff.colleague.add(
        "escalation",
        {"phenomenon": "断纤", "reason_kind": "complex", "severity": "medium"},
        project=project,
    )
    lead = {"due": "2026-12-10", "group_lead": staff.engineer.me}
    staff.department.move(made.id, "accept", lead)
    assert made.id in {
        one.id for one in passed_on.open_of(staff.manager, project, staff.engineer.me)
    }


def test_todays_sheets_and_own_drafts_are_told(
    staff: Staff, workspace: Workspace, project: str, work: dict[str, Any]
) -> None:
    template(staff.department, project, ())
    drafts = Drafts(workspace.home)
    drafts.keep(FormDraft(key="a", type="fix", texts={"phenomenon": "密"}))
    drafts.keep(FormDraft(key="b", type="fix", start={"project": "elsewhere"}))
    found = list(passed_on.everything_of(staff.engineer, project, staff.engineer.me))
    said = [one.what for one in found]
    assert any("机房日检" in one for one in said)
    assert [one for one in said if "草稿" in one] == ["未保存的草稿：现场处置"]
    others = passed_on.everything_of(staff.manager, project, staff.engineer.me)
    assert not [one for one in others if "草稿" in one.what]  # a draft is on its own device


def test_who_stands_in_today(staff: Staff, handover: Record, clock: Any) -> None:
    staff.engineer.move(handover.id, "give")
    staff.colleague.move(handover.id, "confirm")
    me = staff.colleague.me
    assert passed_on.in_force(staff.colleague, me) == []  # it begins on Monday
    for day, there in ((23, True), (29, True), (30, False)):
        on(clock, date(2026, 11, day))
        assert bool(passed_on.in_force(staff.colleague, me)) is there
    assert passed_on.in_force(staff.colleague, staff.engineer.me) == []


def test_a_day_is_written_as_fields_hold_it(
    staff: Staff, project: str, work: dict[str, Any]
) -> None:
    days = {
        one.record.id: passed_on.day_text(one)
        for one in passed_on.everything_of(staff.engineer, project, staff.engineer.me)
        if one.record is not None
    }
    assert days[work["promise"]] == "2026-11-27" and days[work["fix"]] is None
