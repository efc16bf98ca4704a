"""`quarantine` and `adopt`: what the sync page shows and does, for scripts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.schema.roles import DEPARTMENT_MANAGER, ENGINEER
from sync.trust import device_key
from tests.support.replicas import Replica, Team
from tests.sync.log.test_quarantine import forge
from tests.tui.cli.conftest import Shell


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    """A founder, an engineer who is department manager as well, and an engineer."""
    made = Team.copied(tmp_path, "甲")
    made.admit("乙", (ENGINEER, DEPARTMENT_MANAGER))
    made.admit("丙", (ENGINEER,))
    made.meet()
    yield made
    made.close()


def forged(team: Team, one: Replica, seen: Replica) -> str:
    """A record that one closed by a bare write, as it is quarantined at another."""
    bad = team.fix(one)
    forge(one, f"p:{team.project}", bad, fields={"state": "closed"})
    team.meet()
    assert seen.workspace.store.row("SELECT count(*) FROM quarantine") == (1,)
    return bad


def at(shell: Shell, one: Replica) -> Shell:
    """The shell on another home, closed first."""
    one.workspace.close()
    shell.home = one.home
    return shell


def test_listed_with_its_reason_and_adopted_by_the_record(team: Team, bare: Shell) -> None:
    _, a, b, _ = team.all
    bad = forged(team, a, b)
    shell = at(bare, b)
    (one,) = shell.ok("quarantine", "--json").lines
    assert (one["record"], one["device"], one["type"]) == (bad, a.device, "fix")
    assert one["reason"]["zh"] != one["reason"]["en"]
    told = shell.ok("quarantine").out
    assert one["number"] in told and one["id"] in told and one["reason"]["zh"] in told
    assert "已采用" in shell.ok("adopt", one["number"]).out
    assert "没有被隔离" in shell.ok("quarantine").out
    assert "没有被隔离" in shell.refused("adopt", bad)
    b.reopen()
    team.meet()
    for other in team.all:
        sql = "SELECT count(*) FROM quarantine WHERE adopted IS NULL"
        assert other.workspace.store.row(sql) == (0,)


@pytest.mark.parametrize("full", [False, True])
def test_adopted_by_the_name_of_the_change(team: Team, bare: Shell, full: bool) -> None:
    _, a, b, _ = team.all
    forged(team, a, b)
    shell = at(bare, b)
    (one,) = shell.ok("quarantine", "--json").lines
    assert "没有被隔离" in shell.refused("adopt", f"{one['device']}:{one['seq'] + 9}")
    shell.ok("adopt", one["id"] if full else f"{one['device']}:{one['seq']}")
    assert shell.ok("quarantine", "--json").lines == []


def test_who_may_not_adopt_is_told(team: Team, bare: Shell) -> None:
    _, a, _, c = team.all
    bad = forged(team, a, c)
    shell = at(bare, c)
    shell.refused("adopt", bad)
    assert len(shell.ok("quarantine", "--json").lines) == 1


def test_it_asks_for_the_passphrase(team: Team, bare: Shell) -> None:
    _, a, b, _ = team.all
    bad = forged(team, a, b)
    shell = at(bare, b)
    device_key.set_passphrase(b.home, None, "one")
    assert "口令" in shell.refused("adopt", bad)
    assert len(shell.ok("quarantine", "--json").lines) == 1
