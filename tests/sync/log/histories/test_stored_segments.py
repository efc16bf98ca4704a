"""Stored segments: the bytes that were received come out again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.encoding.segment import decode
from sync.log import seals
from sync.log.histories.stored_segments import encoded, head_of
from tests.support.replicas import Team, give


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    found = Team.copied(tmp_path / "team", "乙", met=True)
    yield found
    found.close()


def test_a_segment_comes_out_as_it_came_in_or_from_a_sequence_on(team: Team) -> None:
    a, b = team.all
    space = f"p:{team.project}"
    for place in ("one", "two", "three"):
        team.fix(b, place=place)
    (blob,) = b.exchange.offer(space, {})
    give(b, a)
    db, idx = a.workspace.store.db.connection(), a.workspace.people.idx_of(b.device)
    (one,) = seals.of_device(db, space, idx, 0)
    head, held = head_of(decode(blob).organisation, space, b.device, one), {b.device: 3}
    assert encoded(db, head, one, 0, held) == blob
    assert seals.of_device(db, space, idx, 3) == []
    part = decode(encoded(db, head, one, 1, held))
    assert (part.first, part.last, part.hash) == (2, 3, decode(blob).hash)
    thin = decode(encoded(db, head, one, 0, held, set()))
    assert thin.thin is not None and thin.hash == part.hash
