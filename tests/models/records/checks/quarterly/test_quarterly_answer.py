"""Answers: yes with evidence, no with a finding, not applicable with an explanation."""

from __future__ import annotations

import pytest

from models.book.tables import vocabularies
from models.records.checks.quarterly.quarterly_answer import QUESTIONS
from models.schema.record import Record
from tests.support.quarterly_checks import check, questions
from tests.support.staff import Staff, attach, no_add, no_move


@pytest.fixture
def made(staff: Staff, project: str) -> Record:
    return check(staff.manager, project)


@pytest.mark.shows("Q-512", 15)
def test_the_six_questions_of_the_clause_are_asked(staff: Staff, made: Record) -> None:
    found = questions(staff.manager, made)
    assert list(found) == [name for name, _, _ in QUESTIONS] and len(found) == 6
    asked = [one.name for one in vocabularies.terms(staff.manager.store, "quarter_question")]
    assert list(found) == asked


def test_each_answer_has_what_it_needs(staff: Staff, made: Record) -> None:
    row = questions(staff.manager, made)["faults"]
    assert "依据" in no_move(staff.manager, row.id, "yes")
    assert "发现的问题" in no_move(staff.manager, row.id, "no")
    assert "说明" in no_move(staff.manager, row.id, "na")
    assert "角色" in no_move(staff.engineer, row.id, "na", basis="x")
    file = attach(staff.manager, made.id)
    assert staff.manager.move(row.id, "yes", {"evidence": file}).state == "yes"
    assert staff.manager.move(row.id, "no", {"finding": "缺一份"}).state == "no"
    assert staff.manager.move(row.id, "na", {"basis": "本季没有"}).state == "na"


def test_no_question_is_asked_twice(staff: Staff, made: Record) -> None:
    values = {"check": made.id, "question": "faults"}
    assert "已有相同" in no_add(staff.manager, "quarterly_answer", values)
