"""Suggestions: written by who follows up, and by nobody else."""

from __future__ import annotations

from models.records.feedback.surveys.survey import Survey
from tests.support.staff import Staff, no_add


def test_an_engineer_suggests_nothing(staff: Staff, survey: Survey) -> None:
    assert "角色" in no_add(staff.engineer, "suggestion", {"survey": survey.id, "text": "x"})
