"""Rebuild: a record made anew from the log is the record that was there, moves and all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.text.words import Refused, W
from sync.apply.reevaluation.rebuild import rebuild, state_of
from sync.apply.transaction import Transaction
from sync.changes.pruned import PrunedChange, stub
from sync.log import logged_changes, quarantine
from sync.log.change_log import wall
from tests.support.replicas import Team, contents

WHY = Refused(W("不行", "no"))


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    made = Team.copied(tmp_path)
    yield made
    made.close()


@pytest.fixture
def fix(team: Team) -> str:
    """A fix that was edited, moved and torn by two forms open at once, within one millisecond.

    A move is noted with the time of its noting, rebuilt with that of its change.
    """
    book = team.founder.book
    team.founder.clock(wall() + 1_000)
    id = team.fix(team.founder, cause="a", correction="b")
    seen = book.get(id).dots
    book.edit(id, {"cause": "x"}, seen=seen)
    book.edit(id, {"cause": "y"}, seen=seen)
    book.move(id, "fix")
    return id


def opened(team: Team) -> Transaction:
    """A transaction in the project's space."""
    one = team.founder
    return Transaction(one.workspace, one.exchange.trust, f"p:{team.project}")


def moves(team: Team) -> list[tuple[object, ...]]:
    """The moves that are noted."""
    return team.founder.workspace.store.rows("SELECT record, move, at, seq FROM transition")


def test_a_record_comes_out_as_it_was(team: Team, fix: str) -> None:
    before, made = contents(team.founder.book), moves(team)
    (stamp,) = team.founder.workspace.store.row("SELECT synced FROM fix") or (None,)
    with team.founder.workspace.store.write():
        assert rebuild(opened(team), [("fix", fix), ("unheard", fix)]) == {("fix", fix)}
    assert contents(team.founder.book) == before and moves(team) == made
    assert team.founder.workspace.store.row("SELECT synced FROM fix") == (stamp,)


def test_without_a_creation_that_counts_there_is_no_record(team: Team, fix: str) -> None:
    with team.founder.workspace.store.write():
        tx = opened(team)
        change = tx.names.change((team.founder.workspace.log.idx, 1))
        assert change is not None
        quarantine.put(tx.names, [(change, WHY)])
        rebuild(tx, [("fix", fix)])
    assert team.founder.book.find(fix) is None and moves(team) == []


def test_a_record_of_another_space_is_left_alone(team: Team, fix: str) -> None:
    one = team.founder
    before = contents(one.book)
    with one.workspace.store.write():
        tx = Transaction(one.workspace, one.exchange.trust, "company")
        assert rebuild(tx, [("fix", fix)]) == set()
    assert contents(one.book) == before


def test_values_that_would_count_again_are_noted_as_lacking(team: Team) -> None:
    one, space = team.founder, f"p:{team.project}"
    id, idx = team.fix(one), one.workspace.log.idx
    one.book.edit(id, {"cause": "x"})
    one.book.edit(id, {"cause": "y"})
    with one.workspace.store.write():
        tx = opened(team)
        second, third = (tx.names.change((idx, seq)) for seq in (2, 3))
        assert second is not None and third is not None
        tx.db.execute("UPDATE change SET body=? WHERE seq=2", (stub(second, second.canonical()),))
        rebuild(tx, [("fix", id)])
        assert logged_changes.lacking(tx.db, space) == {}
        quarantine.put(tx.names, [(third, WHY)])
        rebuild(tx, [("fix", id)])
        assert logged_changes.lacking(tx.db, space) == {idx: 2}


def test_the_plain_rule_takes_what_a_pruned_change_replaced(team: Team, fix: str) -> None:
    with team.founder.workspace.store.write():
        tx = opened(team)
        idx = team.founder.workspace.log.idx
        first = tx.names.change((idx, 1))
        assert first is not None
        bare = PrunedChange(tx.space, first.device, 9, 9, "fix", fix, 9, {}, {"cause": [first.dot]})
        found = state_of(tx.names, [first, bare])
        assert found["cause"] == () and len(found["place"]) == 1
