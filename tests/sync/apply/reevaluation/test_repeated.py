"""Repeated: the same changes under another id; what names them names them as they are now."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.apply.reevaluation import incarnation, repeated
from sync.apply.transaction import begin
from sync.changes.change import Change
from sync.log.change_log import REPEATS
from tests.support.replicas import Replica, Team


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    found = Team.copied(tmp_path / "team", "乙", met=True)
    yield found
    found.close()


def changes(one: Replica, space: str) -> list[tuple[Change, bytes]]:
    """Those of its present id."""
    with begin(one.workspace, one.exchange.trust, space) as tx:
        return list(repeated.beyond(tx, one.device, 0))


def test_records_values_times_and_order_stay(team: Team) -> None:
    b, space = team.all[1], f"p:{team.project}"
    with b.book.saving():
        fix = team.fix(b, place="one")
        b.book.edit(fix, {"cause": "x"})
    b.book.edit(fix, {"cause": "y"})
    b.book.void(fix, "twice")
    before, old = changes(b, space), b.device
    incarnation.renew(b.workspace, b.exchange.trust, b.exchange.sealing)
    after = changes(b, space)

    def plain(c: Change) -> tuple[object, ...]:
        return c.at, c.type, c.record, c.tx, c.fields, c.header, c.move

    assert [plain(c) for c, _ in after] == [plain(c) for c, _ in before]
    for (was, hash), (now, _) in zip(before, after, strict=True):
        assert now.extra[REPEATS] == [old, was.seq, hash.hex()]
        renamed = {
            name: [(b.device if device == old else device, seq) for device, seq in dots]
            for name, dots in was.base.items()
        }
        assert dict(now.base) == renamed
    assert b.get(fix).values()["cause"] == "y" and b.get(fix).void == "twice"


def test_a_change_repeated_twice_names_the_first_one(team: Team) -> None:
    b, space = team.all[1], f"p:{team.project}"
    team.fix(b)
    ((first, hash),) = changes(b, space)
    for _ in range(2):
        incarnation.renew(b.workspace, b.exchange.trust, b.exchange.sealing)
    ((last, _),) = changes(b, space)
    assert last.extra[REPEATS] == [first.device, 1, hash.hex()]
