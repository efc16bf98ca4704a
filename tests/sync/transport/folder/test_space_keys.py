"""Keys of a shared folder: in the hands of those who may read, and of nobody else."""

from __future__ import annotations

from pathlib import Path

import pytest

from sync.transport.folder import files
from sync.transport.folder.space_keys import EVERYBODY, Key, Ring, tag
from sync.trust.membership import Membership
from tests.support.signers import grant, signer, staffed

SPACE = "p:one"


@pytest.fixture
def log() -> Membership:
    """p0 (founder, no role on a project) on d0, p1 (engineer on 'one') on d1, p2 on d2."""
    return staffed().admit("p2", "d2", signer(2).public, "laptop", signer(0))


def ring(root: Path, number: int, log: Membership) -> Ring:
    """The keys that a device knows, as read now."""
    made = Ring(root, signer(number))
    made.load(log)
    return made


def test_who_may_read_a_space_is_given_its_key(tmp_path: Path, log: Membership) -> None:
    writer = ring(tmp_path, 0, log)
    key = writer.writing(SPACE, log)
    writer.grant(log)
    sealed = writer.seal(key, b"secret")
    assert ring(tmp_path, 1, log).open(key.id, sealed, SPACE) == b"secret"
    assert ring(tmp_path, 2, log).open(key.id, sealed, SPACE) is None
    assert key.id not in ring(tmp_path, 2, log).keys
    assert b"secret" not in sealed


def test_every_member_is_given_the_key_of_what_is_everybody_s(
    tmp_path: Path, log: Membership
) -> None:
    writer = ring(tmp_path, 0, log)
    key = writer.writing(EVERYBODY, log)
    writer.grant(log)
    sealed = writer.seal(key, b"log")
    for number in (0, 1, 2):
        assert ring(tmp_path, number, log).open(key.id, sealed, EVERYBODY) == b"log"
    assert ring(tmp_path, 9, log).keys == {}


def test_a_writer_goes_on_with_its_key_also_after_a_restart(
    tmp_path: Path, log: Membership
) -> None:
    writer = ring(tmp_path, 0, log)
    key = writer.writing(SPACE, log)
    writer.grant(log)
    assert writer.writing(SPACE, log).id == key.id
    again = ring(tmp_path, 0, log)
    assert again.writing(SPACE, log).id == key.id
    other = ring(tmp_path, 1, log)
    assert other.writing(SPACE, log).id != key.id


def test_after_a_role_is_withdrawn_the_writer_goes_on_with_a_new_key(
    tmp_path: Path, log: Membership
) -> None:
    writer = ring(tmp_path, 0, log)
    old = writer.writing(SPACE, log)
    writer.grant(log)
    later = log.append("role", grant("p1", "engineer", "one", on=False), signer(0))
    new = writer.writing(SPACE, later)
    writer.grant(later)
    assert new.id != old.id
    known = ring(tmp_path, 1, later)
    assert old.id in known.keys and new.id not in known.keys


def test_who_is_admitted_later_is_given_what_was_written_before(
    tmp_path: Path, log: Membership
) -> None:
    writer = ring(tmp_path, 0, log)
    key = writer.writing(SPACE, log)
    writer.grant(log)
    later = log.append("role", grant("p2", "engineer", "one"), signer(0))
    forwarder = ring(tmp_path, 1, later)
    forwarder.grant(later)
    sealed = writer.seal(key, b"earlier")
    assert ring(tmp_path, 2, later).open(key.id, sealed, SPACE) == b"earlier"


def test_nothing_is_written_where_nothing_is_new(tmp_path: Path, log: Membership) -> None:
    writer = ring(tmp_path, 0, log)
    writer.writing(SPACE, log)
    writer.grant(log)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    writer.grant(log)
    ring(tmp_path, 0, log).grant(log)
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before


def test_a_stranger_s_gift_is_not_taken(tmp_path: Path, log: Membership) -> None:
    other = log.admit("p2", "d9", signer(9).public, "laptop", signer(0))
    stranger = ring(tmp_path, 9, other)
    stranger.writing(EVERYBODY, other)
    stranger.grant(other)
    assert (tmp_path / "d9" / files.KEYS).is_dir()
    assert ring(tmp_path, 1, log).keys == {}
    assert ring(tmp_path, 1, other).keys != {}


def test_a_damaged_box_gives_nothing_and_harms_nothing(tmp_path: Path, log: Membership) -> None:
    writer = ring(tmp_path, 0, log)
    writer.writing(SPACE, log)
    writer.grant(log)
    (box,) = [p for p in (tmp_path / "d0" / files.KEYS).iterdir()
              if p.name.startswith(tag(signer(1).public))]  # fmt: skip
    whole = box.read_bytes()
    for data in (b"", whole[:-1], whole[:40] + bytes([whole[40] ^ 1]) + whole[41:], b"x" * 500):
        box.write_bytes(data)
        assert ring(tmp_path, 1, log).keys == {}
    box.write_bytes(whole)
    assert len(ring(tmp_path, 1, log).keys) == 1


def test_a_key_opens_its_own_space_only_and_whole_bytes_only(
    tmp_path: Path, log: Membership
) -> None:
    writer = ring(tmp_path, 0, log)
    key = writer.writing(SPACE, log)
    sealed = writer.seal(key, b"secret")
    assert writer.open(key.id, sealed, SPACE) == b"secret"
    for id, data, space in (
        (key.id, sealed, "p:other"),
        ("0" * 16, sealed, SPACE),
        (key.id, sealed[:-1], SPACE),
        (key.id, b"", SPACE),
    ):
        assert writer.open(id, data, space) is None
    assert writer.seal(key, b"secret") != sealed


def test_a_name_tells_nothing_of_the_key_and_a_veil_nothing_of_the_hash() -> None:
    one, other = (Key(SPACE, bytes([n]) * 32, frozenset()) for n in (1, 2))
    assert one.id != other.id and one.secret.hex() not in one.id
    assert one.veiled(b"hash") == one.veiled(b"hash") != other.veiled(b"hash")
    assert one.veiled(b"hash") != one.veiled(b"hasi") and len(one.veiled(b"hash")) == 32
