"""Competence files: kept by few, confirmed by the department manager, read by nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.schema.roles import DEPARTMENT_MANAGER, ENGINEER, GENERAL_OFFICE, PROJECT_MANAGER
from models.text.words import Refused
from tests.support.preparation import file_of
from tests.support.replicas import Team
from tests.support.staff import Staff, no_add, no_edit, no_move

SECRET = "曾在外省机房任值班长"


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    """The office keeps files; a manager, a project manager, an engineer and a colleague."""
    made = Team(tmp_path / "team")
    made.admit("office", (GENERAL_OFFICE,))
    made.admit("boss", (DEPARTMENT_MANAGER,))
    made.admit("lead", (PROJECT_MANAGER,))
    made.admit("eng", (ENGINEER,))
    made.admit("mate", (ENGINEER,))
    made.meet()
    yield made
    made.close()


@pytest.mark.shows("Q-412", 3)
def test_the_office_keeps_it_and_the_manager_confirms(staff: Staff) -> None:
    for book in (staff.engineer, staff.manager, staff.quality):
        assert "角色" in no_add(book, "competence", {"member": staff.colleague.me})
    values = {"member": staff.engineer.me, "education": "bachelor", "resume": "五年"}
    made = staff.office.add("competence", values)
    assert "至少需要 1 条" in no_move(staff.office, made.id, "submit")
    row = {"competence": made.id, "sort": "training", "name": "登高作业培训"}
    staff.office.add("qualification", row)
    staff.office.move(made.id, "submit")
    assert "需要角色" in no_move(staff.office, made.id, "confirm", conclusion="具备")
    assert "确认结论" in no_move(staff.department, made.id, "confirm")
    done = staff.department.move(made.id, "confirm", {"conclusion": "具备"})
    assert (done.state, done.values()["confirmed_by"]) == ("confirmed", staff.department.me)
    assert "不能修改" in no_edit(staff.office, made.id, resume="六年")
    assert staff.office.move(made.id, "update", comment="新证书").state == "draft"


def test_there_is_one_file_for_a_person(staff: Staff) -> None:
    file_of(staff, staff.engineer.me)
    assert "已有相同的" in no_add(staff.department, "competence", {"member": staff.engineer.me})


def test_the_person_reads_and_does_not_write(team: Team) -> None:
    _, office, _, _, eng, _ = team.all
    values = {"member": team.person(eng), "education": "college", "resume": SECRET}
    made = office.book.add("competence", values).id
    team.meet()
    with pytest.raises(Refused, match="角色"):
        eng.book.edit(made, {"resume": "更好的履历"})


def test_two_who_open_a_file_at_once_have_one(team: Team) -> None:
    _, office, boss, _, eng, _ = team.all
    person = team.person(eng)
    first = office.book.add("competence", {"member": person, "resume": "五年运维"})
    second = boss.book.add("competence", {"member": person, "post": "传输工程师"})
    assert first.id == second.id
    team.meet()
    for one in (office, boss, eng):
        values = one.get(first.id).values()
        assert (values["resume"], values["post"]) == ("五年运维", "传输工程师")
