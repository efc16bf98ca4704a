"""Missing values: asked for where they are needed again, and taken from whoever brings them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.apply.reevaluation import missing_values
from sync.apply.transaction import Transaction, begin
from sync.changes.pruned import chain, stub
from sync.log import logged_changes
from tests.support.replicas import Team


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    made = Team.copied(tmp_path)
    made.fix(made.founder)
    yield made
    made.close()


@pytest.fixture
def tx(team: Team) -> Iterator[Transaction]:
    one = team.founder
    with begin(one.workspace, one.exchange.trust, f"p:{team.project}") as found:
        yield found


def prune(tx: Transaction, device: str, seq: int) -> list[tuple[object, bytes, bytes]]:
    """Leave out the values of a change; returns it as its sender would bring it."""
    change = tx.names.change((tx.names.idx(device), seq))
    assert change is not None
    body = change.canonical()
    tx.db.execute(
        "UPDATE change SET body=? WHERE space=? AND idx=? AND seq=?",
        (stub(change, body), tx.space, tx.names.idx(device), seq),
    )
    return [(change, body, chain(bytes(32), body))]


def test_values_that_were_left_out_are_put_in_their_place(team: Team, tx: Transaction) -> None:
    device, idx = team.founder.device, team.founder.workspace.log.idx
    brought = prune(tx, device, 1)
    logged_changes.note_lacking(tx.db, tx.space, "r", [(idx, 1)])
    assert missing_values.lacking(tx.db, tx.people, tx.space) == {device: 1}
    (fix,) = tx.store.rows("SELECT id FROM fix")
    stale = missing_values.fill(tx, device, brought)  # type: ignore[arg-type]
    assert stale == {("fix", fix[0])}
    assert logged_changes.left_out(tx.db, tx.space, idx, 1, 1) == {}
    assert missing_values.lacking(tx.db, tx.people, tx.space) == {}


def test_where_nothing_was_left_out_nothing_is_to_be_done(team: Team, tx: Transaction) -> None:
    change = tx.names.change((team.founder.workspace.log.idx, 1))
    assert change is not None
    brought = [(change, change.canonical(), bytes(32))]
    assert missing_values.fill(tx, team.founder.device, brought) == set()


def test_segments_that_wait_for_values_ask_for_them(team: Team, tx: Transaction) -> None:
    put = "INSERT INTO waiting VALUES(?,?,?,?,?,?,?,?,?,?)"
    for first, seq in ((3, 9), (5, 7)):
        want = ("body", "d2", seq)
        tx.db.execute(put, (tx.space, "d1", first, first + 1, bytes(32), *want, 1, b""))
    logged_changes.note_lacking(tx.db, tx.space, "r", [(tx.names.idx("d2"), 8)])
    assert missing_values.lacking(tx.db, tx.people, tx.space) == {"d2": 7}
