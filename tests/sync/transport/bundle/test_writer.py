"""Writing a bundle: the file is in place when all of it is on the disk, and never before."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.text.words import Refused
from sync.encoding.msgpack_values import unpacked
from sync.transport.bundle import bundle, writer
from sync.transport.bundle.framing import HEADER, LOCK, MAGIC, MEMBERS, PART, Scanned
from sync.transport.bundle.writer import Writing
from sync.transport.carrier import Side
from tests.support.other_formats import OTHERS, renumber_bundle
from tests.support.replicas import Team


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the bundle lies, alone in a folder."""
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder / "week.sitebook"


def names(path: Path) -> list[str]:
    """What lies beside it."""
    return sorted(one.name for one in path.parent.iterdir())


def test_the_header_says_who_wrote_it_for_which_organisation(team: Team, path: Path) -> None:
    a = team.founder
    bundle.write(a.exchange, path)
    found = Scanned(path)
    header = unpacked(found.read(next(found.of(HEADER))))
    key = a.exchange.sealing.key
    assert header == [a.exchange.trust.membership.organisation, key.id, key.public]
    assert found.signed_by(key.public) and names(path) == [path.name]
    kinds = [one.kind for one in found.frames]
    assert kinds[0] == HEADER and kinds.count(MEMBERS) == 1 and PART in kinds
    assert LOCK not in kinds


def test_the_file_is_there_only_when_it_is_finished(team: Team, path: Path) -> None:
    a = team.founder
    with Writing(a.exchange, path) as carrier:
        carrier.meet(Side())
        carrier.give_members(a.exchange.members(0))
        assert not path.exists()
        carrier.give("company", a.exchange.offer("company", {}))
        assert not path.exists()
        carrier.finish(Side())
        assert path.exists()
    assert names(path) == [path.name]


def test_an_unfinished_one_leaves_what_was_there(team: Team, path: Path) -> None:
    bundle.write(team.founder.exchange, path)
    before = path.read_bytes()
    with pytest.raises(ZeroDivisionError), Writing(team.founder.exchange, path) as carrier:
        carrier.meet(Side())
        raise ZeroDivisionError
    assert path.read_bytes() == before and names(path) == [path.name]


def test_an_older_bundle_or_an_empty_file_is_replaced(team: Team, path: Path) -> None:
    path.touch()
    bundle.write(team.founder.exchange, path)
    first = path.read_bytes()
    assert first.startswith(MAGIC)
    team.fix(team.founder)
    bundle.write(team.founder.exchange, path)
    assert len(path.read_bytes()) > len(first)


@pytest.mark.parametrize("data", [b"mine", b"sitebook bundle x\n", b"PK\x03\x04", b"\n"])
def test_another_file_is_never_replaced(team: Team, path: Path, data: bytes) -> None:
    path.write_bytes(data)
    with pytest.raises(Refused, match="没有覆盖"):
        bundle.write(team.founder.exchange, path)
    assert path.read_bytes() == data and names(path) == [path.name]


@pytest.mark.parametrize("meaning", OTHERS)
def test_a_bundle_of_another_format_is_never_replaced(team: Team, path: Path, meaning: str) -> None:
    bundle.write(team.founder.exchange, path)
    renumber_bundle(path, OTHERS[meaning])
    before = path.read_bytes()
    with pytest.raises(Refused, match=path.name):
        bundle.write(team.founder.exchange, path)
    assert path.read_bytes() == before and names(path) == [path.name]


def test_many_segments_go_into_several_frames(
    team: Team, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "PORTION", 1)
    a, b, _ = team.all
    for _ in range(3):
        team.fix(a)
        a.exchange.seal_now(f"p:{team.project}")
    bundle.write(a.exchange, path)
    found = Scanned(path)
    assert len(list(found.of(PART))) > len(a.exchange.spaces())
    bundle.read(b.exchange, path)
    assert b.exchange.vector(f"p:{team.project}") == a.exchange.vector(f"p:{team.project}")


def test_a_passphrase_is_asked_for_and_named_in_the_file(team: Team, path: Path) -> None:
    a, b, _ = team.all
    bundle.write(a.exchange, path, passphrase="correct horse")
    assert bundle.locked(path) and len(list(Scanned(path).of(LOCK))) == 1
    assert b"correct horse" not in path.read_bytes()
    bundle.read(b.exchange, path, passphrase="correct horse")
    bundle.write(a.exchange, path)
    assert not bundle.locked(path)


def test_a_folder_that_is_not_there_is_one_sentence(team: Team, path: Path) -> None:
    with pytest.raises(Refused, match="不能写入"):
        bundle.write(team.founder.exchange, path.parent / "nowhere" / "week.sitebook")
