"""A transaction: one space of a book while it is written, whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.apply.transaction import Transaction, begin
from sync.apply.verifier import SegmentVerifier
from tests.support.replicas import Team


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    made = Team.copied(tmp_path)
    yield made
    made.close()


def test_it_knows_its_space_the_members_and_the_time(team: Team) -> None:
    one, space = team.founder, f"p:{team.project}"
    one.clock(1_700_000_000_000)
    tx = Transaction(one.workspace, one.exchange.trust, space)
    assert (tx.space, tx.names.space) == (space, space)
    assert tx.now == tx.names.now == 1_700_000_000_000
    assert tx.membership is one.exchange.trust.membership
    assert one.device in tx.membership.devices
    assert tx.names.idx(one.device) == one.workspace.log.idx


def test_what_fails_leaves_nothing(team: Team) -> None:
    workspace = team.founder.workspace
    verifier, space = SegmentVerifier(workspace.store), f"p:{team.project}"
    with pytest.raises(KeyError), begin(workspace, verifier, space) as tx:
        tx.store.set_meta("half", 1)
        raise KeyError
    assert workspace.store.meta("half") is None
    with begin(workspace, verifier, space) as tx:
        tx.store.set_meta("whole", 1)
    assert workspace.store.meta("whole") is not None


def test_it_joins_a_transaction_that_runs(team: Team) -> None:
    workspace = team.founder.workspace
    verifier, space = SegmentVerifier(workspace.store), f"p:{team.project}"
    with pytest.raises(KeyError), workspace.store.write():
        with begin(workspace, verifier, space) as tx:
            tx.store.set_meta("inner", 1)
        raise KeyError
    assert workspace.store.meta("inner") is None
