"""Rules of the summary: what it begins with, what is refused, what goes into the library."""

from __future__ import annotations

import pytest

from models.book.rules import proposed_values
from models.records.common import follow_ups
from models.text.words import Refused
from tests.support.completions import criteria, scored, submitted, summary
from tests.support.staff import Staff, no_add, no_move

pytestmark = pytest.mark.usefixtures("clock")
DONE = {"minutes": "通过"}


def test_it_begins_with_every_criterion_in_order(staff: Staff, project: str) -> None:
    rows = criteria(staff.manager, summary(staff.manager, project))
    assert [row.position for row in rows.values()] == [1, 2, 3, 4, 5, 6, 7]


def test_every_criterion_is_scored_and_says_why(staff: Staff, project: str) -> None:
    made = summary(staff.manager, project)
    values = {**DONE, "attendees": staff.manager.me}
    assert "计划执行、" in no_move(staff.manager, made.id, "submit", **values)
    scored(staff.manager, made)
    row = criteria(staff.manager, made)["team"]
    staff.manager.edit(row.id, {"basis": None})
    refused = no_move(staff.manager, made.id, "submit", **values)
    assert "人员与协作" in refused and "计划执行" not in refused
    staff.manager.edit(row.id, {"evidence": made.id})
    assert staff.manager.move(made.id, "submit", values).state == "submitted"


def test_what_nobody_is_in_charge_of_is_explained(staff: Staff, project: str) -> None:
    made = scored(staff.manager, summary(staff.manager, project))
    fix = staff.engineer.add("fix", {"phenomenon": "告警"}, project=project)
    values = {**DONE, "attendees": staff.manager.me}
    assert f"{fix.number} 无人负责" in no_move(staff.manager, made.id, "submit", **values)
    found = follow_ups.values(staff.manager, fix, "corrective_action")
    owned = {**found, "owner": staff.engineer.me}
    staff.manager.add("corrective_action", owned, project=project)
    staff.manager.move(made.id, "submit", values)


def test_the_minutes_begin_with_the_agenda(staff: Staff, project: str) -> None:
    made = summary(staff.manager, project)
    begun = proposed_values(staff.manager, made, "submit")["minutes"]
    assert begun.startswith("1. 项目完成情况\n") and "6. 意见和建议" in begun
    written = staff.manager.edit(made.id, {"minutes": "已写"})
    assert proposed_values(staff.manager, written, "submit") == {}


def test_a_reviewer_scores_during_the_review_only(staff: Staff, project: str) -> None:
    made = scored(staff.manager, summary(staff.manager, project))
    row = criteria(staff.manager, made)["plan"]
    other = {"review_score": 2, "review_note": "漏检"}
    assert "准备讨论稿" in no_move(staff.department, row.id, "rescore", **other)
    values = {**DONE, "attendees": staff.manager.me}
    staff.manager.move(made.id, "submit", values)
    staff.department.move(row.id, "rescore", other)
    staff.department.move(made.id, "review")
    assert "已审核" in no_move(staff.department, row.id, "correct", review_score=4)


@pytest.mark.shows("Q-61b", 53)
def test_lessons_go_into_the_library_reviewed_and_without_names(staff: Staff, project: str) -> None:
    site = staff.manager.add("site", {"name": "滨河三号机房"})
    lessons = f"备件先行\n{site.title()}停电时小林才发现缺件"
    made = submitted(staff, project, lessons=lessons)
    assert "还没有审核通过" in no_add(
        staff.manager, "experience", {"source": made.id, "subject": "x"}
    )
    with pytest.raises(Refused, match="还没有审核通过"):
        follow_ups.values(staff.manager, staff.manager.get(made.id), "experience")
    staff.department.move(made.id, "review")
    values = follow_ups.values(staff.manager, staff.manager.get(made.id), "experience")
    assert values["subject"] == "备件先行" and "某现场停电时某人员才发现缺件" in values["lessons"]
    named = {**values, "lessons": lessons}
    assert "“小林”" in no_add(staff.manager, "experience", named)
    kept = staff.manager.add("experience", values)
    assert kept.state == "submitted" and staff.manager.get(made.id).state == "reviewed"
    more = staff.manager.add("experience", {**values, "subject": "第二条"})  # lessons are several
    assert more.id != kept.id
    assert "由您填写" in no_move(staff.manager, kept.id, "publish")
    assert staff.quality.move(kept.id, "publish").state == "published"
    bare = staff.manager.add("experience", {"source": made.id, "subject": None})
    assert bare.values()["subject"] == "备件先行"


def test_what_a_file_brings_has_no_second_rows(staff: Staff, project: str) -> None:
    with staff.manager.bringing():
        made = summary(staff.manager, project)
    assert criteria(staff.manager, made) == {}
    values = {**DONE, "attendees": staff.manager.me}
    assert "没有自我评价项" in no_move(staff.manager, made.id, "submit", **values)
