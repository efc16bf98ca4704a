"""Targets: measured by a figure of any days, or written with evidence; of the company's words."""

from __future__ import annotations

import pytest

from models.derived import figures
from models.records.completion.targets.quality_target import GOAL, QualityTarget
from tests.support.completions import assessment, targets
from tests.support.staff import Staff

pytestmark = pytest.mark.usefixtures("clock")


def test_every_figure_of_any_days_may_measure_one() -> None:
    offered = {one.name for one in QualityTarget.specs()["figure"].known}
    assert offered == {one.name for one in figures.kinds() if one.family not in ("week", "backlog")}
    assert QualityTarget.specs()["figure"].word("survey.rate") == "质量回访：满意率"
    assert set(GOAL) <= set(QualityTarget.specs())


def test_one_of_ones_own_is_added(staff: Staff, project: str) -> None:
    made = assessment(staff.manager, project)
    own = {"indicator": "own", "what": "备份成功率", "sign": "at_least", "goal": "99", "unit": "%"}
    row = staff.manager.add("quality_target", {"assessment": made.id, **own})
    assert targets(staff.manager, made)["own"].id == row.id
    assert row.title() == "自定指标"
