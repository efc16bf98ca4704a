"""Left-overs: what is open, each problem once, and whether somebody is in charge of it."""

from __future__ import annotations

import pytest

from models.records.common import follow_ups
from models.records.completion.summary.left_overs import LeftOver, left_overs
from models.schema.record import Record
from tests.support.completions import summary
from tests.support.corrective_actions import action, done
from tests.support.staff import Staff

pytestmark = pytest.mark.usefixtures("clock")


def found(staff: Staff, made: Record) -> dict[str, LeftOver]:
    """Number -> what is left over."""
    return {one.number: one for one in left_overs(staff.manager, made)}


def test_what_is_open_is_left_over_and_a_fix_with_its_escalation_once(
    staff: Staff, project: str
) -> None:
    made = summary(staff.manager, project)
    assert found(staff, made) == {}
    fix = staff.engineer.add("fix", {"phenomenon": "告警\n细节"}, project=project)
    void = staff.engineer.add("fix", {"phenomenon": "重复"}, project=project)
    staff.engineer.void(void.id, "重复")
    milestone = staff.manager.add(
        "milestone", {"name": "验收", "due": "2026-12-01"}, project=project
    )
    done_ = staff.manager.add("milestone", {"name": "初验", "due": "2026-10-01"}, project=project)
    staff.manager.move(done_.id, "done")
    assert list(found(staff, made)) == [fix.number, milestone.number]
    assert found(staff, made)[fix.number].title == "告警"
    staff.engineer.move(
        fix.id, "escalate", {"reason_kind": "complex", "severity": "high", "correction": "重启"}
    )
    titles = [one.type for one in found(staff, made).values()]
    assert titles == ["escalation", "milestone"]


def test_an_owner_an_action_or_a_concession_is_in_charge(staff: Staff, project: str) -> None:
    made = summary(staff.manager, project)
    fix = staff.engineer.add("fix", {"phenomenon": "告警"}, project=project)
    milestone = staff.manager.add("milestone", {"name": "验收"}, project=project)
    loose = action(staff.manager, project)
    free = {number for number, one in found(staff, made).items() if not one.in_charge}
    assert free == {fix.number, milestone.number, loose.number}
    staff.manager.edit(loose.id, {"owner": staff.engineer.me})
    assert found(staff, made)[loose.number].owner == "小林"
    values = follow_ups.values(staff.manager, fix, "corrective_action")
    unowned = staff.manager.add("corrective_action", values, project=project)
    assert not found(staff, made)[fix.number].in_charge
    staff.manager.edit(unowned.id, {"owner": staff.engineer.me})
    assert found(staff, made)[fix.number].led_to == [unowned.number]
    values = follow_ups.values(staff.manager, milestone, "concession")
    applied = staff.manager.add("concession", {**values, "requirement": "延期"}, project=project)
    assert found(staff, made)[milestone.number].led_to == [applied.number]
    assert found(staff, made)[applied.number].in_charge
    staff.manager.store.db.execute_sql("UPDATE concession SET state='withdrawn'")
    assert not found(staff, made)[milestone.number].in_charge


def test_one_action_of_the_summary_takes_what_it_names(staff: Staff, project: str) -> None:
    made = summary(staff.manager, project)
    some = [
        staff.engineer.add("fix", {"phenomenon": text}, project=project) for text in ("一", "二")
    ]
    values = follow_ups.values(staff.manager, made, "corrective_action")
    for one in some:
        assert one.number in values["finding"]
    owned = {**values, "owner": staff.engineer.me}
    staff.manager.add("corrective_action", owned, project=project)
    assert all(one.in_charge for one in found(staff, made).values())
    more = staff.engineer.add("fix", {"phenomenon": "三"}, project=project)
    assert not found(staff, made)[more.number].in_charge


def test_a_closed_action_is_no_left_over(staff: Staff, project: str) -> None:
    made = summary(staff.manager, project)
    one = done(staff, project, check_weeks=0)
    staff.quality.move(one.id, "verify", {"effect": "有效"})
    assert list(found(staff, made)) == [one.number]
    staff.office.move(one.id, "sign")
    assert found(staff, made) == {}
