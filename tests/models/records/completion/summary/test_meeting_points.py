"""The agenda: the six points of the manual, each with what the records say."""

from __future__ import annotations

from typing import cast

import pytest

from models.derived.figures import Kept
from models.records.completion.summary import meeting_points
from models.records.completion.summary.meeting_points import rate_said
from models.records.completion.summary.project_summary import ProjectSummary
from models.records.completion.summary.summary_content import compile_summary
from models.text.words import Lang, language
from tests.support.completions import assessment, measured, scored, summary
from tests.support.staff import Staff

pytestmark = pytest.mark.usefixtures("clock")


def points(staff: Staff, id: str) -> dict[str, str]:
    """Point -> what is said."""
    made = cast(ProjectSummary, staff.manager.get(id))
    found = meeting_points.points(made, compile_summary(staff.manager, made))
    return {str(one.label): one.text for one in found}


@pytest.mark.shows(51)
def test_the_six_points_are_those_of_the_manual(staff: Staff, project: str) -> None:
    made = summary(staff.manager, project, opinions="续签")
    assert points(staff, made.id) == {
        "项目完成情况": "期内没有到期的里程碑",
        "计划完成率": "不可评定（期内没有到期的计划任务）",
        "项目质量": "满意率 不可评定、投诉 0、质量事故 0、不规范服务 0、重大故障 0、"
        "一次解决率 不可评定、检查合格率 不可评定",
        "遗留问题": "无",
        "自我评价": "不可评定",
        "意见和建议": "续签",
    }


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("zh", ("里程碑完成 1/1", "1 项，其中 1 项无人负责", "平均 3.0/5", "系统可靠性 未达到")),
        (
            "en",
            ("done: 1 of 1", "1, of which nobody", "mean 3.0 of 5", "reliability missed"),
        ),
    ],
)
def test_they_are_filled_in_from_the_records(
    staff: Staff, project: str, lang: Lang, said: tuple[str, ...]
) -> None:
    one = staff.manager.add("milestone", {"name": "初验", "due": "2026-10-15"}, project=project)
    staff.manager.move(one.id, "done")
    staff.engineer.add("fix", {"phenomenon": "告警"}, project=project)
    measured(staff.manager, assessment(staff.manager, project), reliability="99.5")
    made = scored(staff.manager, summary(staff.manager, project), 3)
    language.now = lang
    text = "\n".join(points(staff, made.id).values())
    for part in said:
        assert part in text, part


def test_a_share_is_never_said_without_its_cases() -> None:
    assert rate_said(Kept("plan.rate", 1, 92, 40)) == "92%（n=40）"
    assert (
        rate_said(Kept("plan.rate", 1, None, 0))
        == rate_said(None)
        == ("不可评定（期内没有到期的计划任务）")
    )
