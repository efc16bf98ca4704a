"""Rules of hand-overs: all that is open is listed, nothing is left out, both may do the work."""

from __future__ import annotations

from typing import Any

from models.schema.record import Record
from models.schema.roles import PROJECT_MANAGER
from sync.workspace.workspace import Workspace
from tests.models.records.handovers.test_handover_item import items
from tests.support.staff import Staff, no_add, no_edit, no_move
from tests.support.team import acting, admit


def test_it_lists_everything_and_takes_what_came_since(
    staff: Staff, project: str, handover: Record, work: dict[str, Any]
) -> None:
    giver = staff.engineer
    listed = {one.about for one in items(giver, handover) if one.about}
    assert listed == {work["fix"], work["action"], work["promise"]}
    assert [one.position for one in items(giver, handover)] == list(
        range(1, len(items(giver, handover)) + 1)
    )
    new = giver.add("fix", {"phenomenon": "刚发现"}, project=project)
    said = no_move(giver, handover.id, "give")
    assert "1 项" in said and "刚发现" in said and "列出未办事项" in said
    giver.move(handover.id, "fill")
    assert items(giver, handover)[-1].about == new.id
    assert giver.move(handover.id, "give").state == "given"


def test_what_is_not_handed_over_is_a_void_row(
    staff: Staff, handover: Record, work: dict[str, Any]
) -> None:
    giver = staff.engineer
    row = next(one for one in items(giver, handover) if one.about == work["fix"])
    giver.void(row.id, "自己远程处理")
    assert giver.move(handover.id, "fill").state == "draft"
    assert len([one for one in items(giver, handover) if one.about == work["fix"]]) == 1
    assert giver.move(handover.id, "give").state == "given"


def test_the_receiver_is_another_person_who_may_do_the_work(
    workspace: Workspace, staff: Staff, project: str, handover: Record
) -> None:
    giver = staff.engineer
    giver.edit(handover.id, {"receiver": giver.me})
    assert "自己" in no_move(giver, handover.id, "give")
    giver.edit(handover.id, {"receiver": staff.manager.me})
    said = no_move(giver, handover.id, "give")
    assert "段工" in said and "运维工程师" in said and "管理员" in said
    both = admit(workspace, "小吴", [PROJECT_MANAGER, "engineer"])
    giver.edit(handover.id, {"receiver": both})
    giver.move(handover.id, "give")
    assert acting(workspace, both).move(handover.id, "confirm").state == "confirmed"


def test_a_period_is_in_order(staff: Staff, project: str, handover: Record) -> None:
    assert "止日" in no_edit(staff.engineer, handover.id, until="2026-11-01")
    values = {"what": "x", "first": "2026-11-02", "until": "2026-11-01"}
    assert "止日" in no_add(staff.engineer, "handover", values, project)
