"""Preparation on arrival: a changed program carries no proposal or person past its confirmation."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from models.book.writing import moves
from models.records.preparation.reconfirmations import environment
from models.schema.roles import DEPARTMENT_MANAGER, ENGINEER, PROJECT_MANAGER
from tests.support.preparation import DECIDED, PROPOSAL
from tests.support.replicas import Replica, Team
from tests.support.staff import attach

ROLES = {"eng": (ENGINEER,), "lead": (PROJECT_MANAGER,), "boss": (DEPARTMENT_MANAGER,)}


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    """A founder with every role, an engineer, a project manager and a department manager."""
    made = Team(tmp_path / "team")
    for name, roles in ROLES.items():
        made.admit(name, roles)
    made.meet()
    yield made
    made.close()


def forged(at: Replica, id: str, move: str, role: str, **fields: Any) -> None:
    """A move as a changed program writes it: without asking anything."""
    book, record = at.book, at.get(id)
    chosen = record.kind.by_move[move]
    payload: dict[str, Any] = {
        "move": move,
        "from": record.state,
        "to": chosen.to,
        "role": role,
        "members": at.workspace.store.meta("members"),
    }
    if chosen.binding:
        payload |= moves.about(book.reader, record)
    with book.saving():
        registers = {"state": chosen.to, **fields}
        seq = book.writer.write(record, book.space_of(record), registers, record.dots, payload)
        book.writer.passed(record, payload, book.me, seq)


def refused(team: Team, by: Replica, id: str, state: str) -> None:
    """The move is in quarantine on every other device, and the record is as it was."""
    team.meet()
    for one in team.all:
        if one is not by:
            assert one.get(id).state == state
            assert one.workspace.store.rows("SELECT COUNT(*) FROM quarantine") == [(1,)]


def submitted(team: Team, by: Replica) -> str:
    """A proposal by somebody that waits for its review."""
    made = by.book.add("service_proposal", PROPOSAL, project=team.project).id
    by.book.move(made, "discuss")
    values = {"feasibility": "feasible", "participants": by.book.me}
    by.book.move(made, "submit", {**values, "discussed_on": "2026-11-12"})
    team.meet()
    return made


def test_an_engineer_does_not_review(team: Team) -> None:
    _, eng, lead, _ = team.all
    made = submitted(team, lead)
    forged(eng, made, "endorse", DEPARTMENT_MANAGER)
    refused(team, eng, made, "submitted")


def test_nobody_reviews_their_own(team: Team) -> None:
    boss = team.all[3]
    made = submitted(team, boss)
    forged(boss, made, "endorse", DEPARTMENT_MANAGER)
    refused(team, boss, made, "submitted")


def test_no_review_with_an_open_point(team: Team) -> None:
    _, eng, lead, boss = team.all
    made = submitted(team, eng)
    eng.book.move(made, "take_back")
    team.meet()
    point = {"proposal": made, "section": "scope", "finding": "范围不清"}
    lead.book.add("discussion_point", point)
    team.meet()
    forged(eng, made, "submit", "author")
    refused(team, eng, made, "discussing")
    assert boss.get(made).state == "discussing"


def test_no_customers_decision_before_it_was_sent(team: Team) -> None:
    _, eng, lead, boss = team.all
    made = submitted(team, eng)
    boss.book.move(made, "endorse")
    team.meet()
    evidence = attach(lead.book, made)
    forged(lead, made, "approve", PROJECT_MANAGER, evidence=evidence, **DECIDED)
    refused(team, lead, made, "endorsed")


def test_a_project_manager_confirms_nobody(team: Team) -> None:
    _, eng, lead, _ = team.all
    values = {"member": team.person(eng)}
    made = lead.book.add("competence_confirmation", values, project=team.project).id
    team.meet()
    able = {"service_kinds": "routine", "basis": "resume"}
    forged(lead, made, "confirm", DEPARTMENT_MANAGER, **able)
    refused(team, lead, made, "proposed")


def test_nobody_confirms_themselves(team: Team) -> None:
    _, _, lead, boss = team.all
    values = {"member": team.person(boss)}
    made = lead.book.add("competence_confirmation", values, project=team.project).id
    team.meet()
    able = {"service_kinds": "routine", "basis": "resume"}
    forged(boss, made, "confirm", DEPARTMENT_MANAGER, **able)
    refused(team, boss, made, "proposed")


def test_an_exception_is_signed_by_the_department_manager(team: Team) -> None:
    lead = team.all[2]
    values = {"lacking": "study", "reason": "赶工", "measures": "无", "valid_to": "2099-01-01"}
    made = lead.book.add("start_exception", values, project=team.project).id
    lead.book.move(made, "submit")
    team.meet()
    forged(lead, made, "sign", DEPARTMENT_MANAGER)
    refused(team, lead, made, "submitted")


def test_a_plain_edit_fills_no_field_of_the_approval(team: Team) -> None:
    """What the customer's approval notes cannot be written by hand to hide a change."""
    _, eng, lead, boss = team.all
    made = submitted(team, eng)
    boss.book.move(made, "endorse")
    team.meet()
    lead.book.move(made, "send", {"addressee": "信息科"})
    attach(lead.book, made)
    lead.book.move(made, "approve", DECIDED)
    lead.book.edit(team.project, {"sla": "15 分钟响应"})
    team.meet()
    said = environment.noted(lead.workspace.store, team.project)
    record = lead.get(made)
    with lead.book.saving():
        lead.book.writer.write(
            record, lead.book.space_of(record), {"environment": said}, record.dots
        )
    team.meet()
    for one in team.all[:2]:
        assert environment.changes(one.workspace.store, team.project)
        assert one.workspace.store.rows("SELECT COUNT(*) FROM quarantine") == [(1,)]
