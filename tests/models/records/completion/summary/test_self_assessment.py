"""Self-assessment: the same criteria for every project; the reviewer may score differently."""

from __future__ import annotations

import pytest

from tests.support.completions import criteria, submitted, summary
from tests.support.staff import Staff, no_edit, no_move

pytestmark = pytest.mark.usefixtures("clock")
OTHER = {"review_score": 2, "review_note": "漏检两次"}


@pytest.mark.shows(52)
def test_the_reviewer_gives_another_score_and_says_why(staff: Staff, project: str) -> None:
    made = submitted(staff, project)
    row = criteria(staff.manager, made)["plan"]
    assert "另评理由" in no_move(staff.department, row.id, "rescore", review_score=2)
    assert "角色" in no_move(staff.manager, row.id, "rescore", **OTHER)
    assert "范围" in no_move(staff.department, row.id, "rescore", review_score=6, review_note="x")
    staff.department.move(row.id, "rescore", OTHER)
    found = criteria(staff.manager, made)
    assert found["plan"].difference == -2 and found["team"].difference is None
    assert "角色" in no_move(staff.manager, row.id, "correct", review_score=4)
    staff.department.move(row.id, "correct", {"review_score": 3})
    assert criteria(staff.manager, made)["plan"].difference == -1


def test_a_score_is_a_whole_number_from_0_to_5(staff: Staff, project: str) -> None:
    row = criteria(staff.manager, summary(staff.manager, project))["plan"]
    for wrong in (6, -1):
        assert "范围" in no_edit(staff.manager, row.id, score=wrong)
    assert staff.manager.edit(row.id, {"score": 0}).values()["score"] == 0


def test_the_criteria_are_the_companys(staff: Staff, project: str) -> None:
    made = staff.quality.add("vocabulary", {"subject": "self_criterion"})
    word = {"code": "cost", "word_zh": "成本控制", "word_en": "cost"}
    staff.quality.add("term", {"vocabulary": made.id, "position": 99, **word})
    sql = "SELECT id FROM term WHERE vocabulary=? AND code='team'"
    (team,) = staff.quality.store.row(sql, (made.id,)) or ("",)
    staff.quality.edit(team, {"retired": True})
    staff.quality.move(made.id, "use", {"reason": "按新制度"})
    found = criteria(staff.manager, summary(staff.manager, project))
    assert "cost" in found and "team" not in found
