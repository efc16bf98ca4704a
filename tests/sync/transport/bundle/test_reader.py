"""Reading a bundle: all of it is checked before any of it is given."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from models.text.words import Refused
from sync.encoding.msgpack_values import packed
from sync.encoding.segment import decode
from sync.transport.bundle import bundle
from sync.transport.bundle.framing import FILE, HEADER, MEMBERS, PART, FrameWriter
from sync.transport.bundle.reader import BundleReader
from sync.transport.carrier import Side
from sync.trust import device_key
from sync.trust.encryption import lock
from tests.support.replicas import Replica, Team


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the bundle lies."""
    return tmp_path / "week.sitebook"


def made(by: Replica, path: Path, *frames: tuple[int, bytes], header: object = None) -> None:
    """A bundle that a member put together from frames."""
    key, log = device_key.load(by.home), by.exchange.trust.membership
    with path.open("wb") as file:
        out = FrameWriter(file)
        out.frame(HEADER, packed(header or [log.organisation, key.id, key.public]))
        for kind, data in frames:
            out.frame(kind, data)
        out.end(key)


def boxed(by: Replica, data: object) -> bytes:
    """Bytes for every member's device."""
    everybody = [one.key for one in by.exchange.trust.membership.devices.values()]
    return lock(packed(data), everybody)


def members(by: Replica) -> tuple[int, bytes]:
    """The frame with the membership log."""
    return MEMBERS, boxed(by, [[e.n, e.hash, e.body, e.sig] for e in by.exchange.members(0)])


def test_it_says_what_lies_in_it_and_what_its_writer_holds(team: Team, path: Path) -> None:
    a, b, _ = team.all
    team.fix(a)
    bundle.write(a.exchange, path)
    found = BundleReader(b.exchange, path).meet(Side())
    space = f"p:{team.project}"
    assert found.vectors[space][a.device] == a.exchange.vector(space)[a.device]
    assert found.members == len(a.exchange.members(0))
    assert found.peers[a.device][space] == a.exchange.heads(space)


def test_its_own_writer_learns_nothing_of_itself(team: Team, path: Path) -> None:
    a = team.founder
    team.fix(a)
    bundle.write(a.exchange, path)
    assert BundleReader(a.exchange, path).meet(Side()).peers == {}


def test_only_what_somebody_lacks_is_given(team: Team, path: Path) -> None:
    a, b, _ = team.all
    team.fix(a)
    space = f"p:{team.project}"
    held = dict(a.exchange.vector(space))
    bundle.write(a.exchange, path)
    team.fix(a)
    bundle.write(a.exchange, path)
    reader = BundleReader(b.exchange, path)
    every = [decode(blob) for blob in reader.fetch(space, {})]
    late = [decode(blob) for blob in reader.fetch(space, held)]
    assert every[0].first == 1 and len(every) > len(late) == 1
    assert late[0].last == held[a.device] + 1
    assert list(reader.fetch(space, a.exchange.vector(space))) == []
    assert list(reader.fetch("p:nowhere", {})) == []


def test_it_only_gives(team: Team, path: Path) -> None:
    bundle.write(team.founder.exchange, path)
    before = path.read_bytes()
    reader = BundleReader(team.all[1].exchange, path)
    reader.give_members([])
    reader.give_file("ab" * 32, "company", path)
    assert reader.give("company", [b"x"]) is None and not reader.takes
    assert path.read_bytes() == before


@pytest.mark.parametrize("after", [0, 1])
def test_the_membership_log_is_given_where_it_is_longer(team: Team, path: Path, after: int) -> None:
    bundle.write(team.founder.exchange, path)
    reader = BundleReader(team.all[1].exchange, path)
    count = len(team.founder.exchange.members(0))
    assert [len(one) for one in reader.members(count * after)] == ([] if after else [count])


HEADERS: dict[str, Callable[[list[object]], object]] = {
    "empty": lambda parts: [],
    "short": lambda parts: parts[:2],
    "with a number": lambda parts: [1, *parts],
    "no list": lambda parts: {"o": parts},
    "text for bytes": lambda parts: [*parts[:2], "key"],
    "number for text": lambda parts: [7, *parts[1:]],
}


@pytest.mark.parametrize("name", HEADERS)
def test_a_header_of_another_form_is_damage(team: Team, path: Path, name: str) -> None:
    a, b, _ = team.all
    key, log = device_key.load(a.home), a.exchange.trust.membership
    header = HEADERS[name]([log.organisation, key.id, key.public]) or [None]
    made(a, path, members(a), header=header)
    with pytest.raises(Refused, match="损坏"):
        BundleReader(b.exchange, path)


def test_a_header_in_another_s_name_is_damage(team: Team, path: Path) -> None:
    """The totals are signed by the key that the header names, or it is no header."""
    a, b, c = team.all
    log, other = a.exchange.trust.membership, device_key.load(c.home)
    made(a, path, members(a), header=[log.organisation, other.id, other.public])
    with pytest.raises(Refused, match="损坏"):
        BundleReader(b.exchange, path)


PARTS: dict[str, object] = {
    "no list": 7,
    "short": ["company", {}],
    "space no text": [7, {}, []],
    "vector no map": ["company", [], []],
    "sequence no number": ["company", {"x": "1"}, []],
    "segment no bytes": ["company", {}, ["x"]],
    "no segment": ["company", {}, [b"x"]],
}


@pytest.mark.parametrize("name", PARTS)
def test_a_part_of_another_form_refuses_all_of_it(team: Team, path: Path, name: str) -> None:
    a, b, _ = team.all
    before = b.digest()
    made(a, path, members(a), (PART, boxed(a, PARTS[name])))
    with pytest.raises(Refused, match="没有读入"):
        bundle.read(b.exchange, path)
    assert b.digest() == before


def test_a_segment_under_another_space_refuses_all_of_it(team: Team, path: Path) -> None:
    a, b, _ = team.all
    team.fix(a)
    blobs = list(a.exchange.offer(f"p:{team.project}", {}))
    made(a, path, members(a), (PART, boxed(a, ["company", {}, blobs])))
    with pytest.raises(Refused, match="损坏"):
        BundleReader(b.exchange, path)


def test_a_file_that_is_not_what_its_checksum_says_refuses_all_of_it(
    team: Team, path: Path
) -> None:
    a, b, _ = team.all
    part = PART, boxed(a, ["company", {}, []])
    made(a, path, members(a), part, (FILE, boxed(a, ["ab" * 32, "company", b"x"])))
    with pytest.raises(Refused, match="损坏"):
        BundleReader(b.exchange, path)


def test_without_a_membership_log_it_is_damage(team: Team, path: Path) -> None:
    a, b, _ = team.all
    made(a, path)
    with pytest.raises(Refused, match="损坏"):
        BundleReader(b.exchange, path)
