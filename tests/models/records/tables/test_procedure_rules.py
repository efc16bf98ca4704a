"""Rules of procedures bind their keepers' writes, and nobody else writes them."""

from __future__ import annotations

from tests.support.staff import Staff, no_add, no_move


def test_leads_and_quality_keep_them(staff: Staff) -> None:
    assert "没有可填写制度与流程的角色" in no_add(
        staff.desk, "procedure", {"subject": "complaint_handling"}
    )
    made = staff.quality.add("procedure", {"subject": "complaint_handling"})
    assert "“启用”需要角色" in no_move(staff.engineer, made.id, "use", reason="试")
    used = staff.manager.move(made.id, "use", {"reason": "试"})
    assert used.state == "in_use"
    again = staff.quality.add("procedure", {"subject": "complaint_handling"})
    assert again.values()["version"] == 2
