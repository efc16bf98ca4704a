"""The archive of a project: one for each, filed and reopened with a reason."""

from __future__ import annotations

from tests.support.completion import archive
from tests.support.staff import Staff, no_move


def test_a_project_has_one(staff: Staff, project: str) -> None:
    made = archive(staff.manager, project)
    assert archive(staff.department, project).id == made.id
    assert made.name == staff.manager.get(project).title()
    assert "需要角色" in no_move(staff.engineer, made.id, "file")
