"""Second histories in a shared folder: told apart by their names, and looked at once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from sync.log import forks as noted
from sync.transport.folder import files
from sync.transport.folder.carrier import Folder
from sync.transport.folder.forks import Sorted, parted
from sync.transport.round import SyncRound
from sync.workspace.workspace import open_book
from tests.support.replicas import Replica, Team, replica


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
    b.workspace.close()
    home = Path(shutil.copytree(b.home, tmp_path / "twin"))
    b.reopen()
    twin = replica(open_book(home))
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
    assert [one.device for one in other] == [b.device]
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
