"""Incarnation: a new key and id, and nothing lost of what nobody else is known to hold."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.apply.open_book import open_book
from sync.apply.reevaluation import incarnation
from sync.organisation import administration
from sync.trust import device_key
from sync.workspace import acknowledgements
from tests.support.replicas import Team, give, replica
from tests.support.twins import parted, places, show, twin_of
from tests.sync.transport.test_every_way import sound


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    found = Team.copied(tmp_path / "team", "乙", "丙", met=True)
    yield found
    found.close()


def test_what_was_not_sent_is_written_anew_under_a_new_key(team: Team, tmp_path: Path) -> None:
    b, twin, common = parted(team, tmp_path)
    assert incarnation.copied(twin.workspace) is None
    show(b, twin)
    assert incarnation.copied(twin.workspace) == 2
    before, public = twin.device, device_key.load(twin.home).public
    old = twin.workspace.store.rows("SELECT id, number, recorded FROM fix ORDER BY id")
    assert incarnation.renew(twin.workspace, twin.exchange.trust, twin.exchange.sealing) == 2
    key = device_key.load(twin.home)
    assert twin.device == key.id != before and key.public != public and key.was == ()
    assert acknowledgements.former(twin.workspace) == (before,)
    assert twin.exchange.vector(f"p:{team.project}") == {before: 1, key.id: 2}
    assert twin.workspace.store.rows("SELECT id, number, recorded FROM fix ORDER BY id") == old
    assert twin.get(common).values()["cause"] == "the twin says" and sound(twin, copied=True)
    assert twin.book.me == team.person(b)
    assert incarnation.copied(twin.workspace) is None
    awaited = incarnation.admission_awaited(twin.workspace)
    assert awaited is not None and "member revoke B" in awaited.word.en.format(**awaited.values)
    new = team.fix(twin, place="later")
    twin.reopen()
    assert twin.device == key.id and places(twin, new) == ["later"] and sound(twin, copied=True)
    twin.workspace.close()


def test_another_process_with_the_book_open_goes_on_under_the_new_id(
    team: Team, tmp_path: Path
) -> None:
    b, twin, _ = parted(team, tmp_path)
    beside = replica(open_book(twin.home))
    show(b, twin)
    incarnation.renew(twin.workspace, twin.exchange.trust, twin.exchange.sealing)
    fix = team.fix(beside, place="beside")
    assert beside.device == twin.device and beside.get(fix).device == twin.device
    assert beside.workspace.mark.device == twin.device and sound(beside, copied=True)
    for one in (beside, twin):
        one.workspace.close()


def test_a_kill_before_or_after_the_new_key_is_in_place_leaves_one_identity(
    team: Team, tmp_path: Path
) -> None:
    b = team.all[1]
    team.fix(b)
    twin = twin_of(b, tmp_path)
    device, prepared = twin.device, device_key.prepare(twin.home)
    twin.reopen()  # killed before the book was the new device's
    assert twin.device == device and not (twin.home / device_key.NEXT).exists()
    prepared = device_key.prepare(twin.home)
    with twin.workspace.store.write():
        twin.workspace.store.set_meta("device", prepared.id)
    twin.reopen()  # killed right after
    found = device_key.read(twin.home)
    assert found is not None and found.id == twin.device == prepared.id
    twin.workspace.close()


def test_a_revoked_device_that_asks_again_brings_what_was_not_sent(
    team: Team, tmp_path: Path
) -> None:
    a, b, _ = team.all
    team.fix(b, place="sent")
    give(b, a)
    kept = team.fix(b, place="kept")
    assert not incarnation.stopped(b.workspace)
    administration.revoke(a.workspace, b.device)
    give(a, b)
    assert incarnation.stopped(b.workspace) and b.book.find(kept) is None
    assert incarnation.renew(b.workspace, b.exchange.trust, b.exchange.sealing) == 1
    assert places(b, kept) == ["kept"] and sound(b)
