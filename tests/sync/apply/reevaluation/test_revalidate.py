"""Revalidate: a change is held to its seal again, and what it brought about goes with it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.text.words import Refused, W
from sync.apply.reevaluation.revalidate import reevaluate, rejudge
from sync.apply.transaction import Transaction, begin
from sync.log import parked, quarantine
from tests.support.replicas import Team, contents
from tests.sync.log.test_quarantine import forge

WHY = Refused(W("不行", "no"))


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    made = Team.copied(tmp_path)
    yield made
    made.close()


def opened(team: Team) -> Transaction:
    """A transaction in the project's space."""
    one = team.founder
    return Transaction(one.workspace, one.exchange.trust, f"p:{team.project}")


def test_what_counts_as_before_changes_nothing(team: Team) -> None:
    fix = team.fix(team.founder, cause="x")
    before = contents(team.founder.book)
    with team.founder.workspace.store.write():
        assert rejudge(opened(team), [("fix", fix)]) == set()
        assert reevaluate(opened(team), [("fix", fix)]) == set()
        assert reevaluate(opened(team), [], anew=[("fix", fix)]) == {("fix", fix)}
    assert contents(team.founder.book) == before


def test_what_was_refused_for_nothing_counts_again(team: Team) -> None:
    fix = team.fix(team.founder)
    team.founder.book.edit(fix, {"cause": "x"})
    with team.founder.workspace.store.write():
        tx = opened(team)
        change = tx.names.change((team.founder.workspace.log.idx, 2))
        assert change is not None
        quarantine.put(tx.names, [(change, WHY)])
        assert reevaluate(tx, [("fix", fix)]) == {("fix", fix)}
        assert quarantine.notes(tx.db, tx.space, fix) == []
    assert team.founder.get(fix).cause == "x"  # type: ignore[attr-defined]


def test_what_should_have_been_refused_is_refused_now(team: Team) -> None:
    fix = team.fix(team.founder)
    one, space = team.founder, f"p:{team.project}"
    dots = one.book.writer.base_of(["state"], one.get(fix).dots)
    forge(one, space, fix, fields={"state": "closed"}, base=dots)
    with one.workspace.store.write():
        tx = opened(team)
        assert reevaluate(tx, [("fix", fix)]) == {("fix", fix)}
        assert [note[1] for note in quarantine.notes(tx.db, space, fix)] == [2]
        assert rejudge(opened(team), [("fix", fix)]) == set()  # the same answer again
    assert one.get(fix).state == "open"


def test_what_was_parked_is_noted_anew(team: Team) -> None:
    fix = team.fix(team.founder)
    with begin(team.founder.workspace, team.founder.exchange.trust, f"p:{team.project}") as tx:
        change = tx.names.change((team.founder.workspace.log.idx, 1))
        assert change is not None
        parked.put(tx.names, [(change, [("field", "size")])])
        assert reevaluate(tx, [("fix", fix)]) == {("fix", fix)}
        assert parked.notes(tx.db, tx.space, fix) == []
