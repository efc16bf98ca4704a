"""Rules of studies: each risk is rated before and after, and lowered as far as can be."""

from __future__ import annotations

import pytest

from models.records.preparation.start.study_rules import risks
from tests.support.preparation import study
from tests.support.staff import Staff, no_move


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"before": "high", "after": "low"}, "措施"),
        ({"before": "high", "measures": "值班"}, "措施后"),
        ({"before": "low", "measures": "值班", "after": "medium"}, "反而更高"),
        ({"before": "high", "measures": "值班", "after": "high"}, "仍为高"),
    ],
)
def test_a_risk_is_accounted_for(
    staff: Staff, project: str, values: dict[str, str], said: str
) -> None:
    made = study(staff, project, "draft")
    row = staff.engineer.add("study_risk", {"study": made.id, "risk": "备件不足", **values})
    found = no_move(staff.engineer, made.id, "submit", outcome="ready")
    assert "备件不足" in found and said in found
    staff.engineer.void(row.id, "不适用")
    assert staff.engineer.move(made.id, "submit", {"outcome": "ready"}).state == "submitted"


def test_a_high_risk_may_be_accepted_with_a_reason(staff: Staff, project: str) -> None:
    made = study(staff, project, "draft")
    values = {"before": "high", "measures": "值班", "after": "high", "accepted_because": "客户同意"}
    staff.engineer.add("study_risk", {"study": made.id, "risk": "单路供电", **values})
    assert staff.engineer.move(made.id, "submit", {"outcome": "ready"}).state == "submitted"
    assert [one.title() for one in risks(staff.engineer, made.id)][-1] == "单路供电"


def test_not_yet_is_not_confirmed(staff: Staff, project: str) -> None:
    made = study(staff, project, "draft")
    staff.engineer.move(made.id, "submit", {"outcome": "not_ready"})
    assert "暂不开始" in no_move(staff.department, made.id, "confirm")
    assert staff.department.move(made.id, "return", comment="再研究").state == "returned"
