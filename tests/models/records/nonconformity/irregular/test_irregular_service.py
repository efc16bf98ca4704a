"""Irregular services: corrected at once, or referred to somebody who accepts them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.book.book import Book
from models.queries.waiting import agenda
from models.schema.roles import DEPARTMENT_MANAGER, ENGINEER, PROJECT_MANAGER, QUALITY
from tests.support.irregular_services import CORRECTED, NOTED, corrected, noted
from tests.support.replicas import Team
from tests.support.staff import Staff, no_add, no_move

REFERRED = {"referral": "department", "department": "采购部"}


def test_it_is_corrected_at_once_and_closed_by_another_person(staff: Staff, project: str) -> None:
    made = noted(staff.manager, project, norm=None)
    assert made.values()["found_on"] == staff.manager.today.isoformat()
    assert "违反的规范" in no_move(staff.manager, made.id, "correct", **CORRECTED)
    staff.manager.edit(made.id, {"norm": NOTED["norm"]})
    assert staff.manager.move(made.id, "correct", CORRECTED).state == "corrected"
    assert "产生原因" in no_move(staff.department, made.id, "close")
    told = {"cause": "图省事", "training": "told"}
    assert staff.department.move(made.id, "close", told).state == "closed"


def test_who_corrected_it_does_not_close_it(staff: Staff, project: str) -> None:
    made = noted(staff.manager, project)
    staff.department.move(made.id, "correct", CORRECTED)
    said = no_move(staff.department, made.id, "close", cause="图省事", training="told")
    assert "另一个人" in said
    assert staff.quality.move(
        made.id, "close", {"cause": "图省事", "training": "told"}
    ).state == "closed"  # fmt: skip


def test_an_engineer_does_not_write_it(staff: Staff, project: str) -> None:
    assert "角色" in no_add(staff.engineer, "irregular_service", NOTED, project)


def test_it_is_referred_to_somebody_who_accepts_it(staff: Staff, project: str) -> None:
    made = noted(staff.manager, project)
    for values, lacking in (({}, "上报或转交"), (REFERRED, "接收处理人")):
        with_reason = {**values}
        said = no_move(staff.manager, made.id, "refer", **with_reason)
        assert lacking in said
    given = {**REFERRED, "handler": staff.department.me}
    staff.manager.move(made.id, "refer", given, comment="备件由采购部管")
    assert made.id in waiting(staff.department) and made.id not in waiting(staff.manager)
    assert "负责人" in no_move(staff.quality, made.id, "accept")
    assert staff.department.move(made.id, "accept", {"due": "2026-12-01"}).state == "accepted"
    assert staff.department.move(made.id, "correct", CORRECTED).state == "corrected"


@pytest.mark.shows("Q-532a", 39)
def test_nobody_owns_nothing(staff: Staff, project: str) -> None:
    """It is not referred to oneself; who does not take it sends it back to where it came from."""
    made = noted(staff.manager, project)
    own = {**REFERRED, "handler": staff.manager.me}
    assert "您自己" in no_move_with_reason(staff.manager, made.id, "refer", own)
    given = {**REFERRED, "handler": staff.department.me}
    staff.manager.move(made.id, "refer", given, comment="备件由采购部管")
    assert staff.department.move(made.id, "send_back", comment="不归我们").state == "sent_back"
    assert made.id in waiting(staff.manager) and made.id not in waiting(staff.department)


def no_move_with_reason(book: Book, id: str, move: str, values: dict[str, str]) -> str:
    from models.text.words import Refused

    with pytest.raises(Refused) as caught:
        book.move(id, move, values, comment="理由")
    return str(caught.value)


def test_a_training_that_was_decided_is_ordered_before_it_is_closed(
    staff: Staff, project: str
) -> None:
    made = corrected(staff, project)
    needed = {"cause": "不熟悉规范", "training": "needed"}
    assert "还没有" in no_move(staff.department, made.id, "close", **needed)
    training = staff.department.add(
        "training", {"subject": "工作票", "organiser": staff.manager.me}, project=project
    )
    staff.department.add("training_case", {"training": training.id, "service": made.id})
    assert staff.department.move(made.id, "close", needed).state == "closed"


def waiting(book: Book) -> set[str]:
    """The ids of the records that wait for this person."""
    return {one.record.id for one in agenda.agenda(book) if one.record is not None}


# -- over devices ----------------------------------------------------------------------------------


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    made = Team.copied(tmp_path / "team")
    for name, role in (
        *(("eng", ENGINEER), ("lead", PROJECT_MANAGER)),
        *(("boss", DEPARTMENT_MANAGER), ("qa", QUALITY)),
    ):
        made.admit(name, (role,))
    made.meet()
    yield made
    made.close()


def test_sent_back_while_it_is_given_to_another(team: Team) -> None:
    """Both facts stay; it is with whoever referred it, and nobody has lost it."""
    _, _, lead, boss, qa = team.all
    made = lead.book.add("irregular_service", NOTED, project=team.project)
    values = {**REFERRED, "handler": team.person(boss)}
    lead.book.move(made.id, "refer", values, comment="归采购部")
    team.meet()
    boss.book.move(made.id, "accept")
    qa.book.edit(made.id, {"norm": "第 4 条"})
    team.meet()
    boss.book.move(made.id, "send_back", comment="已划归信息部")
    boss_done = boss.get(made.id).state
    team.meet()
    assert boss_done == "sent_back"
    assert {one.get(made.id).state for one in team.all} == {"sent_back"}
    assert len({one.digest() for one in team.all}) == 1
