"""The shipped procedures: known roles, states that their records have, words in both languages."""

from __future__ import annotations

import re

from models.records.tables.shipped_procedures import COMPLAINTS
from models.schema.company_tables import procedures
from models.schema.record import kinds
from models.schema.roles import ROLES

HAN = re.compile(r"[\u4e00-\u9fff]")


def test_they_are_those_that_the_manual_names() -> None:
    labels = {one.label.zh for one in procedures.values()}
    named = {"客户投诉处理流程", "客户沟通管理制度", "纠正和预防措施控制程序"}
    assert labels == named | {"质量事故处理制度"}  # the heading of 5.4 itself


def test_each_step_has_a_role_and_both_languages() -> None:
    for one in procedures.values():
        codes = [step.code for step in one.steps]
        assert len(set(codes)) == len(codes) > 2
        for step in one.steps:
            assert step.who in ROLES
            for word in (step.what, step.text):
                assert bool(word.zh) == bool(word.en) and not HAN.search(word.en)


def test_the_stages_of_a_complaint_are_its_states() -> None:
    """Each state in which somebody has a next step has its time."""
    kind = kinds["complaint"].kind
    stages = {step.stage for step in procedures[COMPLAINTS].steps}
    assert stages == {state.name for state in kind.states if not state.ended}
    first = procedures[COMPLAINTS].steps[0]
    assert (first.stage, first.days) == ("received", 1)  # the next working day
