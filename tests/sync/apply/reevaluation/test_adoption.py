"""Adoption: a reviewer lets a quarantined change count, on every device alike."""

from __future__ import annotations

import pytest

from models.text.words import Refused, W
from sync.apply.reevaluation.adoption import adopt, adopting
from sync.changes.change import Change
from sync.changes.compatibility import ADOPT
from sync.organisation import administration
from tests.support.replicas import Team, give
from tests.sync.log.test_quarantine import DONE, listed, settled
from tests.sync.log.test_quarantine import team as team


def test_an_adopted_change_counts_again_and_so_does_what_was_built_on_it(team: Team) -> None:
    a, b, c = team.all
    id = team.fix(a, **DONE)
    team.meet()
    administration.revoke(a.workspace, b.device)
    b.book.move(id, "fix")
    b.book.move(id, "verify", {"verify_method": "看"})
    give(b, c)
    team.tell()
    give(c, a)
    assert [found.seq for found in listed(a)] == [1, 2]
    adopt(c.workspace, f"p:{team.project}", b.device, 1, "现场确认")
    team.meet()
    assert [one.get(id).state for one in team.all] == ["fixed"] * 3
    adopt(a.workspace, f"p:{team.project}", b.device, 2)
    team.meet()
    assert [one.get(id).state for one in team.all] == ["verified"] * 3
    assert not any(listed(one) for one in team.all)
    assert {found.adopted for found in a.exchange.quarantined()} == {
        f"{c.device}:{c.exchange.vector(f'p:{team.project}')[c.device]}",
        f"{a.device}:{a.exchange.vector(f'p:{team.project}')[a.device]}",
    }
    settled(team)


def test_an_engineer_adopts_nothing(team: Team) -> None:
    a, b, c = team.all
    engineer = team.admit("d")
    administration.revoke(a.workspace, b.device)
    id = team.fix(b)
    team.tell()
    give(b, engineer)
    (found,) = listed(engineer, id)
    with pytest.raises(Refused, match="采纳"):
        adopt(engineer.workspace, found.space, found.device, found.seq)
    with pytest.raises(Refused, match="隔离"):
        adopt(c.workspace, found.space, found.device, 99)
    assert engineer.book.find(id) is None


def test_only_changes_that_count_adopt() -> None:
    def change(seq: int, **fields: object) -> Change:
        return Change("p:one", "d1", seq, seq, "fix", f"r{seq}", seq, fields, {})

    some = [change(1, cause="x"), change(2, **{ADOPT: None}), change(3, **{ADOPT: "好"})]
    assert adopting(some, {}) == {("fix", "r2"), ("fix", "r3")}
    assert adopting(some, {3: Refused(WHY)}) == {("fix", "r2")}


WHY = W("不行", "no")
