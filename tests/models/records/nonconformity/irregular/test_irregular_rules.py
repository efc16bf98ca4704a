"""Rules of irregular services and trainings, each at its moment."""

from __future__ import annotations

import json

import pytest

from models.records.nonconformity.irregular import irregular_rules
from models.text.words import Refused
from tests.support.irregular_services import NOTED, corrected, held, noted, person_of
from tests.support.staff import Staff


def test_the_day_on_which_it_was_found_is_kept_where_it_is_given(
    staff: Staff, project: str
) -> None:
    assert noted(staff.manager, project, found_on="2026-11-02").values()["found_on"] == "2026-11-02"
    today = staff.manager.today.isoformat()
    assert noted(staff.manager, project).values()["found_on"] == today


def test_nobody_refers_it_to_themself(staff: Staff, project: str) -> None:
    made = noted(staff.manager, project)
    values = {"referral": "up", "handler": staff.manager.me}
    with pytest.raises(Refused) as caught:
        staff.manager.move(made.id, "refer", values, comment="超出权限")
    assert caught.value.word == irregular_rules.TO_ONESELF
    assert staff.manager.get(made.id).state == "found"


def test_a_training_decision_needs_the_training(staff: Staff, project: str) -> None:
    made = corrected(staff, project)
    with pytest.raises(Refused) as caught:
        staff.quality.move(made.id, "close", {"cause": "不熟悉", "training": "needed"})
    assert caught.value.word == irregular_rules.NO_TRAINING


def test_an_evaluation_keeps_what_it_knew(staff: Staff, project: str) -> None:
    first = corrected(staff, project, found_on="2026-11-02")
    person_of(staff.manager, first, staff.engineer.me)
    made = held(staff, first, who=staff.engineer.me, on="2026-11-03", check_months=0)
    again = staff.manager.add(
        "irregular_service", {**NOTED, "found_on": "2026-11-10"}, project=project
    )
    person_of(staff.manager, again, staff.engineer.me)
    staff.quality.move(made.id, "fail", comment="又发生")
    assert json.loads(str(staff.quality.get(made.id).values()["weighed"])) == [again.id]


def test_months_of_none_mean_the_same_day(staff: Staff, project: str) -> None:
    made = held(staff, corrected(staff, project), who=staff.engineer.me, check_months=0)
    assert made.values()["check_on"] == made.values()["held_on"] == "2026-11-20"
