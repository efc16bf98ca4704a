"""What went where and who holds it: never more than was written, or said by the holder itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.trust import device_key
from sync.workspace.acknowledgements import (
    Acknowledged,
    confirmed,
    forget,
    heads,
    marks,
    newly,
    note,
    note_seen,
    own,
    standing,
    unconfirmed,
    written,
)
from sync.workspace.workspace import Workspace, open_book
from tests.support.replicas import Team


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    """A founder and an engineer; nobody has anything of the other."""
    found = Team.copied(tmp_path / "team", "乙")
    yield found
    found.close()


@pytest.fixture
def book(team: Team) -> Workspace:
    """The founder's book."""
    return team.founder.workspace


def space(team: Team) -> str:
    """The space of the team's project."""
    return f"p:{team.project}"


def test_nothing_is_confirmed_by_what_was_only_written(team: Team, book: Workspace) -> None:
    team.fix(team.founder)
    here = heads(book, book.log.device)
    total = sum(here.values())
    assert unconfirmed(book) == total > 1
    for one, seq in here.items():
        note(book, "folder share", one, {book.log.device: seq})
        assert written(book, one, book.log.device) == seq
        assert confirmed(book, one, book.log.device) == 0
    assert unconfirmed(book) == total


def test_what_another_device_says_to_hold_is_confirmed_up_to_there(
    team: Team, book: Workspace
) -> None:
    team.fix(team.founder)
    team.fix(team.founder)
    device, other = book.log.device, team.all[1].device
    before = unconfirmed(book)
    note_seen(book, other, space(team), {device: 1})
    assert confirmed(book, space(team), device) == 1 and unconfirmed(book) == before - 1
    note_seen(book, other, space(team), {device: 2})
    assert confirmed(book, space(team), device) == 2 and unconfirmed(book) == before - 2


def test_a_word_never_goes_back_unless_it_is_forgotten(team: Team, book: Workspace) -> None:
    device = book.log.device
    note_seen(book, "hub", space(team), {device: 5})
    note_seen(book, "hub", space(team), {device: 3})
    note(book, "bundle", space(team), {device: 5})
    note(book, "bundle", space(team), {device: 4})
    assert confirmed(book, space(team), device) == written(book, space(team), device) == 5
    forget(book, "hub")
    assert confirmed(book, space(team), device) == 0
    assert written(book, space(team), device) == 5


def test_one_s_own_word_confirms_nothing(team: Team, book: Workspace) -> None:
    note_seen(book, book.log.device, space(team), {book.log.device: 9})
    assert confirmed(book, space(team), book.log.device) == 0


def test_more_than_there_is_counts_as_all_of_it(team: Team, book: Workspace) -> None:
    team.fix(team.founder)
    for one in heads(book, book.log.device):
        note_seen(book, "hub", one, {book.log.device: 10_000})
    assert unconfirmed(book) == 0


def test_where_a_record_is(team: Team, book: Workspace) -> None:
    record = book.book.get(team.fix(team.founder))
    seq = heads(book, book.log.device)[space(team)]
    assert standing(book, record) == Acknowledged((), ())
    note(book, "bundle", space(team), {book.log.device: seq - 1})
    assert standing(book, record) == Acknowledged((), ())
    note(book, "bundle", space(team), {book.log.device: seq})
    note_seen(book, team.all[1].device, space(team), {book.log.device: seq})
    assert standing(book, record) == Acknowledged(("bundle",), (team.all[1].device,))


def test_a_record_of_two_devices_is_where_both_parts_are(team: Team, book: Workspace) -> None:
    id = team.fix(team.founder)
    team.meet()
    team.all[1].book.edit(id, {"cause": "c"})
    team.meet()
    here, there = book.log.device, team.all[1].device
    vector = book.log.vector(space(team))
    note(book, "bundle", space(team), {here: vector[here]})
    assert standing(book, book.book.get(id)).written == ()
    note(book, "bundle", space(team), {there: vector[there]})
    assert standing(book, book.book.get(id)).written == ("bundle",)


def test_what_is_confirmed_since(team: Team, book: Workspace) -> None:
    first, device = team.fix(team.founder), book.log.device
    seq = heads(book, device)[space(team)]
    before = marks(book)
    assert list(newly(book, before)) == []
    second = team.fix(team.founder)
    note_seen(book, "hub", space(team), {device: seq})
    assert ("fix", first) in set(newly(book, before))
    assert ("fix", second) not in set(newly(book, before))
    between = marks(book)
    note_seen(book, "hub", space(team), {device: seq + 1})
    assert list(newly(book, between)) == [("fix", second)]


def test_a_record_is_confirmed_with_its_last_change(team: Team, book: Workspace) -> None:
    id, device = team.fix(team.founder), book.log.device
    seq = heads(book, device)[space(team)]
    book.book.edit(id, {"cause": "c"})
    before = marks(book)
    note_seen(book, "hub", space(team), {device: seq})
    assert ("fix", id) not in set(newly(book, before))
    note_seen(book, "hub", space(team), {device: seq + 1})
    assert ("fix", id) in set(newly(book, before))


def test_earlier_ids_of_the_same_key_are_one_s_own(team: Team) -> None:
    home, earlier = team.founder.home, team.founder.device
    team.fix(team.founder)
    team.founder.workspace.close()
    device_key.renew(home)
    opened = open_book(home)
    assert opened.log.device != earlier and own(opened)[0] == earlier
    assert own(opened)[-1] == opened.log.device
    assert unconfirmed(opened) >= sum(heads(opened, earlier).values()) > 0
    opened.close()
    team.founder.reopen()
