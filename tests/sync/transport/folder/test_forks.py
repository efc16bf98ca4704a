"""Second histories in a shared folder: told apart by their names, and looked at once."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest

from models.text.words import Refused
from sync.log.histories import forks as noted
from sync.organisation import administration
from sync.transport.folder import files
from sync.transport.folder.carrier import Folder
from sync.transport.folder.forks import Sorted, parted
from sync.transport.round import SyncRound
from sync.workspace import differences as different
from tests.support.replicas import Replica, Team, differences
from tests.support.twins import readmitted, twin_of


@pytest.fixture
def share(tmp_path: Path) -> Path:
    """The shared folder."""
    folder = tmp_path / "share"
    folder.mkdir()
    return folder


def go(one: Replica, share: Path) -> None:
    """One round."""
    SyncRound(one.exchange, Folder(one.exchange, share)).run()


def looked(one: Replica, share: Path, space: str) -> Sorted:
    """The files of a space as this book sorts them now."""
    folder = Folder(one.exchange, share)
    folder.ring.load(one.exchange.trust.membership)
    some = [
        one
        for one in files.segments(folder.root, folder.ring.folders(space))
        if one.key in folder.ring.keys
    ]
    return parted(one.exchange, folder.ring.keys, space, some)


@pytest.fixture
def twins(team: Team, share: Path, tmp_path: Path) -> tuple[Replica, Replica, str]:
    """A book and a copy of it that wrote something else under the same numbers; the copy's work
    lies in the folder first, and is known to the third book.
    """
    a, b, _ = team.all
    team.fix(b)
    go(a, share)
    go(b, share)
    twin = twin_of(b, tmp_path)
    team.fix(b, place="one")
    team.fix(twin, place="two")
    return b, twin, f"p:{team.project}"


def test_what_is_here_or_continues_it_is_good(team: Team, share: Path) -> None:
    a, b, _ = team.all
    team.fix(a)
    go(a, share)
    space = f"p:{team.project}"
    go(b, share)
    found = looked(b, share, space)
    assert len(found.good) >= 1 and found.other == []
    team.fix(a)
    go(a, share)
    later = looked(b, share, space)
    assert len(later.good) == len(found.good) + 1 and later.other == []
    assert looked(a, share, space).other == []


def test_another_history_under_known_numbers_is_told_apart_by_its_name(
    team: Team, share: Path, twins: tuple[Replica, Replica, str]
) -> None:
    a = team.founder
    b, twin, space = twins
    go(b, share)
    go(a, share)
    held = a.exchange.vector(space)
    assert looked(a, share, space).other == []
    go(twin, share)
    other = looked(a, share, space).other
    assert {one.device for one in other} == {b.device}
    assert other[0].last <= held[b.device]
    twin.workspace.close()


def test_one_that_was_looked_at_is_noted_and_no_news(
    team: Team, share: Path, twins: tuple[Replica, Replica, str]
) -> None:
    a = team.founder
    b, twin, space = twins
    go(b, share)
    go(a, share)
    go(twin, share)
    go(a, share)
    assert [one.device for one in noted.listed(a.workspace.store.db.connection())] == [b.device]
    found = looked(a, share, space)
    assert found.other == []
    assert all(one.last <= a.exchange.vector(space)[one.device] for one in found.good)
    twin.workspace.close()


def test_what_is_longer_than_what_is_here_is_good_as_far_as_its_name_tells(
    team: Team, share: Path, twins: tuple[Replica, Replica, str]
) -> None:
    """Its bytes decide: only a history no longer than the known one is doubted by its name."""
    a = team.founder
    b, twin, space = twins
    go(b, share)
    go(a, share)
    team.fix(twin, place="three")
    team.fix(twin, place="four")
    go(twin, share)
    found = looked(a, share, space)
    held = a.exchange.vector(space)[b.device]
    longer = [one for one in found.good if one.device == b.device and one.last > held]
    assert len(longer) + len(found.other) >= 1
    assert all(one.last <= held for one in found.other)
    twin.workspace.close()


def test_the_named_history_is_taken_once_the_copy_has_a_new_id(
    team: Team, share: Path, tmp_path: Path
) -> None:
    """Also where both histories begin with the first change, and both lie in the folder."""
    a, b, _ = team.all
    twin = twin_of(b, tmp_path)
    for one, place in ((twin, "two"), (b, "one")):
        team.fix(one, place=place)
    before = twin.device
    for one in (b, twin, a, b, twin):
        with suppress(Refused):  # a new key waits for admission
            go(one, share)
    assert twin.device != before
    administration.revoke(a.workspace, before)
    go(a, share)
    readmitted(a, twin, tmp_path, new_key=True)
    for one in (a, twin, a, twin):
        go(one, share)
    assert differences(a, twin) == [] and a.digest() == twin.digest()
    assert {row[0] for row in a.workspace.store.rows("SELECT place FROM fix")} == {"one", "two"}
    twin.workspace.close()


def test_what_two_copies_wrote_after_their_revocation_is_no_difference(
    team: Team, share: Path, tmp_path: Path
) -> None:
    """Each holds its own history of it, in quarantine, and has written it anew."""
    a, b, _ = team.all
    twin = twin_of(b, tmp_path)
    for one, place in ((twin, "two"), (b, "one")):
        team.fix(one, place=place)
    administration.revoke(a.workspace, b.device)
    go(a, share)
    for one in (b, twin):
        with suppress(Refused):
            go(one, share)
    for one in (b, twin):
        readmitted(a, one, tmp_path, new_key=True)
    for one in (a, b, twin) * 3:
        go(one, share)
    assert a.digest() == b.digest() == twin.digest()
    assert [different.listed(one.workspace) for one in (a, b, twin)] == [[], [], []]
    twin.workspace.close()
