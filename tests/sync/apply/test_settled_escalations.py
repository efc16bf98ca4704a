"""Fixed here, escalated there: the decision for the fix settles the escalation, on every device."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.book.conflict.conflict_resolution import resolve
from models.book.conflict.conflicts import conflict_of
from models.book.rules import causes_of
from models.records.problems import rules
from models.schema.roles import DEPARTMENT_MANAGER, ENGINEER
from models.text.words import Refused
from tests.support.escalations import ESCALATED, taken_up
from tests.support.replicas import Team, differences


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    """A founder, a department manager and two engineers, in sync."""
    made = Team.copied(tmp_path / "team")
    made.admit("boss", (DEPARTMENT_MANAGER,))
    made.admit("eng", (ENGINEER,))
    made.admit("mate", (ENGINEER,))
    made.meet()
    yield made
    made.close()


def disputed(team: Team) -> tuple[str, str]:
    """A fix that one engineer put right and another escalated; it, and its escalation."""
    eng, mate = team.all[2:]
    fix = team.fix(eng, cause="c", correction="y")
    team.meet()
    eng.book.move(fix, "fix")
    mate.book.move(fix, "escalate", ESCALATED)
    team.meet()
    row = mate.book.store.row("SELECT id FROM escalation WHERE fix=?", (fix,))
    assert row is not None
    return fix, str(row[0])


def decide(team: Team, fix: str, state: str) -> None:
    book = team.all[2].book
    conflict = conflict_of(book, book.get(fix), "state")
    assert conflict is not None
    keep = next(stand.dot for stand in conflict.stands if stand.value == state)
    resolve(book, fix, "state", keep=keep)
    team.meet()


def agreed(team: Team) -> None:
    for one in team.all:
        assert not any(differences(team.founder, one))
        assert not list(one.workspace.store.rows("SELECT reason FROM quarantine"))


def test_decided_for_fixed_nothing_waits_with_the_manager(team: Team) -> None:
    fix, raised = disputed(team)
    decide(team, fix, "fixed")
    agreed(team)
    for one in team.all:
        assert (one.get(fix).state, one.get(raised).state) == ("fixed", "closed")
    assert team.all[2].book.move(fix, "verify").state == "verified"


def test_decided_for_escalated_it_stays_with_the_manager(team: Team) -> None:
    fix, raised = disputed(team)
    decide(team, fix, "escalated")
    agreed(team)
    assert {one.get(raised).state for one in team.all} == {"reported"}


def test_what_the_manager_took_up_is_not_verified_on_site(team: Team) -> None:
    fix, raised = disputed(team)
    boss, eng = team.all[1], team.all[2]
    boss.book.move(raised, "accept", taken_up(boss.book))
    team.meet()
    decide(team, fix, "fixed")
    agreed(team)
    assert {one.get(raised).state for one in team.all} == {"accepted"}
    with pytest.raises(Refused) as refused:
        eng.book.move(fix, "verify")
    assert refused.value.word == rules.WITH_MANAGER


def test_it_is_settled_by_that_decision_alone(team: Team) -> None:
    assert causes_of("escalation", "settle") == (("fix", "decide"),)
    _, raised = disputed(team)
    eng = team.all[2]
    eng.book.move(raised, "settle", by_rule=True)  # as a program would that knows no causes
    team.meet()
    for one in team.all:
        assert one.get(raised).state == "reported"
        assert len(list(one.workspace.store.rows("SELECT 1 FROM quarantine"))) == 1
