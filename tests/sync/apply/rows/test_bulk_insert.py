"""Bulk insert: what was created alike comes out as if each had been taken alone."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from models.schema.record import kinds
from models.storage import rows
from sync.apply import apply_changes
from sync.apply.rows import bulk_insert
from sync.transport.exchange import Exchange
from sync.workspace.workspace import open_book
from tests.support import hostile_book
from tests.support.replicas import Replica, Team, differences, give, replica

Everything = dict[str, list[tuple[Any, ...]]]


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    made = Team.copied(tmp_path, "b")
    yield made
    made.close()


def everything(one: Replica) -> Everything:
    """Every row of every type, its checksum and place too, but not when it came."""
    found: Everything = {}
    for name, cls in kinds.items():
        wanted = [f'"{column}"' for column in rows.columns(cls) if column != "synced"]
        found[name] = one.workspace.store.rows(f'SELECT {",".join(wanted)} FROM "{name}"')
    return found


def fork(one: Replica) -> Replica:
    """The same book again."""
    copied = one.home.with_name(f"{one.home.name}-again")
    one.workspace.close()
    shutil.copytree(one.home, copied)
    one.reopen()
    return replica(open_book(copied))


def test_every_type_comes_out_as_if_taken_one_by_one(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    giver, taker = team.all
    hostile_book.fill(giver.book, [giver.book.me])
    for number in range(8):
        values = {"phenomenon": f"{number}", "cause": None, "typical": True}
        ref = f"r{number}" if number % 2 else None
        giver.book.add("fix", values, project=team.project, ref=ref)
    alone = fork(taker)
    made = list[bulk_insert.InsertBatch]()

    def noted(*args: Any) -> bulk_insert.InsertBatch | None:
        one = bulk_insert.insert_batch(*args)
        made.extend([one] if one is not None else [])
        return one

    with monkeypatch.context() as patch:
        patch.setattr(apply_changes, "insert_batch", noted)
        give(giver, taker)
    assert {one.cls.kind.name for one in made} >= {"fix", "answer", "template_item"}
    with monkeypatch.context() as patch:
        patch.setattr(apply_changes, "FEW", 1 << 30)
        give(giver, alone)
    assert everything(taker) == everything(alone)
    assert not differences(giver, taker) and not differences(giver, alone)
    assert giver.digest() == taker.digest() == alone.digest()
    alone.workspace.close()


def test_what_is_edited_on_the_way_steps_out(team: Team) -> None:
    giver, taker = team.all
    ids = [team.fix(giver, phenomenon=f"{number}") for number in range(12)]
    for id in ids[::3]:
        giver.book.edit(id, {"cause": "接头松动", "phenomenon": "后来"})
    giver.book.void(ids[1], "重复")
    for space in giver.exchange.spaces():
        taker.exchange.take(giver.exchange.snapshot(space, {}))
    assert not differences(giver, taker)
    assert everything(giver)["fix"] == everything(taker)["fix"]


def test_two_records_of_one_millisecond_have_places_of_their_own(team: Team) -> None:
    giver, taker = team.all
    giver.clock(1_795_000_000_000)
    taker.clock(1_795_000_000_000)
    ids = {team.fix(giver, phenomenon=f"{number}") for number in range(300)}
    own = {team.fix(taker, phenomenon=f"{number}") for number in range(300)}
    giver.clock(None)
    taker.clock(None)
    give(giver, taker)
    places = [row[0] for row in everything(taker)["fix"]]
    assert len(places) == len(set(places)) == len(ids | own)
    assert Exchange(taker.workspace).vector(f"p:{team.project}")[giver.device] >= 300
