"""Bundle files: whole, for the right eyes, or refused with nothing changed."""

from __future__ import annotations

import itertools
import os
import random
import shutil
import struct
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

import pytest

from models.schema.roles import QUALITY
from models.text.words import Refused, language
from sync.encoding.msgpack_values import packed as plain
from sync.encoding.segment import decode, encode
from sync.log.histories import forks
from sync.organisation import administration
from sync.transport.bundle import bundle, framing, reader, writer
from sync.transport.bundle.framing import HEADER, MAGIC, MEMBERS, PART, FrameWriter
from sync.trust import device_key
from sync.trust.encryption import lock
from sync.workspace import acknowledgements, workspace
from tests.support.replicas import Replica, Team, replica
from tests.support.signers import signer
from tests.sync.transport.test_every_way import rows, same, sound


def state(one: Replica) -> tuple[object, ...]:
    """Everything that a refused bundle must leave as it was."""
    run = one.workspace.store.rows
    tables = ("change", "seal", "membership", "waiting", "quarantine", "fork", "seen", "device")
    counts = tuple(run(f"SELECT count(*) FROM {table}") for table in tables)
    return one.digest(), *counts, sorted(p.name for p in one.home.iterdir())


def refused(one: Replica, path: Path, word: str = "", passphrase: str | None = None) -> None:
    """Insist on one sentence, in both languages, and on nothing changed."""
    before = state(one)
    with pytest.raises(Refused) as found:
        bundle.read(one.exchange, path, passphrase=passphrase)
    assert state(one) == before
    told = str(found.value)
    assert word in told, told
    assert path.name in told or "口令" in told
    language.now = "en"
    assert str(found.value) != told
    language.now = "zh"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the bundle lies."""
    return tmp_path / "week.sitebook"


def test_case_27_cut_at_every_byte(team: Team, path: Path) -> None:
    a, b, _ = team.all
    team.fix(a)
    bundle.write(a.exchange, path, to={b.device})
    whole, before = path.read_bytes(), state(b)
    assert len(whole) < 8_000
    for size in range(len(whole)):
        path.write_bytes(whole[:size])
        with pytest.raises(Refused) as found:
            bundle.read(b.exchange, path)
        assert "损坏" in str(found.value)
    assert state(b) == before
    path.write_bytes(whole + b"\0")
    refused(b, path, "损坏")
    path.write_bytes(whole)
    bundle.read(b.exchange, path)
    assert same(a, b)


def test_case_27_any_byte_flipped(team: Team, path: Path) -> None:
    a, b, _ = team.all
    team.fix(a)
    bundle.write(a.exchange, path, to={b.device})
    whole, before, rng = path.read_bytes(), state(b), random.Random(27)
    for at in range(len(whole)):
        bad = bytearray(whole)
        bad[at] ^= 1 << rng.randrange(8)
        path.write_bytes(bad)
        with pytest.raises(Refused):
            bundle.read(b.exchange, path)
    assert state(b) == before


def test_case_19_bundles_in_every_order(team: Team, tmp_path: Path) -> None:
    a, b, c = team.all
    paths = []
    for number in range(3):
        team.fix(a)
        paths.append(tmp_path / f"{number}.sitebook")
        bundle.write(a.exchange, paths[-1])
    for order in itertools.permutations(paths):
        for path in order:
            bundle.read(b.exchange, path)
            assert sound(b)
    for path in reversed(paths):
        bundle.read(c.exchange, path)
    assert same(a, b, c) and rows(b) == rows(c)


def test_case_29_only_a_temporary_file_is_left(
    team: Team, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The stick is pulled while the file is written: what stands there is no bundle."""
    a, b, _ = team.all
    team.fix(a)
    with writer.Writing(a.exchange, path) as carrier:
        carrier.give_members(a.exchange.members(0))
        (half,) = path.parent.glob(f"{path.name}.*.tmp")
        assert half.exists() and not path.exists()
        kept = half.read_bytes()
    assert list(path.parent.glob("*.sitebook*")) == []
    half.write_bytes(kept)
    refused(b, half)
    bundle.write(a.exchange, path)
    assert list(path.parent.glob("*.tmp")) == [half]


def test_case_28_the_disk_is_full_at_the_last_step(
    team: Team, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The name cannot be given: the older bundle stays, and no other file."""
    a, b, _ = team.all
    bundle.write(a.exchange, path)
    team.fix(a)
    older, there = path.read_bytes(), set(path.parent.iterdir())
    for name in ("replace", "open"):
        with monkeypatch.context() as full:
            full.setattr(Path, name, _full if name == "replace" else _full_writing)
            with pytest.raises(Refused, match="磁盘已满"):
                bundle.write(a.exchange, path)
        assert path.read_bytes() == older and set(path.parent.iterdir()) == there
    bundle.write(a.exchange, path)
    bundle.read(b.exchange, path)
    assert same(a, b)


def _full(*_told: object) -> NoReturn:
    raise OSError(28, "No space left on device")


def _full_writing(path: Path, mode: str = "r", *more: object) -> object:
    if "w" in mode:
        _full()
    return open(path, mode)  # noqa: PTH123


def test_case_30_conflict_copies_and_cut_ones(team: Team, path: Path) -> None:
    """A tool doubled the file, or copied half of it: read once more, or refused."""
    a, b, _ = team.all
    team.fix(a)
    bundle.write(a.exchange, path)
    bundle.read(b.exchange, path)
    before = b.digest(), rows(b)
    for name in ("week (conflicted copy).sitebook", "week.sync-conflict-20261122.sitebook"):
        copy = path.with_name(name)
        copy.write_bytes(path.read_bytes())
        bundle.read(b.exchange, copy)
        copy.write_bytes(path.read_bytes()[:-9])
        refused(b, copy, "损坏")
    assert (b.digest(), rows(b)) == before and same(a, b)


def test_case_37_the_stick_is_put_back_to_yesterday(team: Team, path: Path) -> None:
    """An older bundle after a newer one takes nothing away, and the next one has it all again."""
    a, b, c = team.all
    team.fix(a)
    bundle.write(a.exchange, path)
    yesterday, lost = path.read_bytes(), team.fix(a)
    bundle.write(a.exchange, path)
    bundle.read(b.exchange, path)
    path.write_bytes(yesterday)
    bundle.read(b.exchange, path)
    assert b.get(lost).id == lost
    bundle.write(b.exchange, path)
    bundle.read(c.exchange, path)
    assert same(a, b, c) and rows(a) == rows(b) == rows(c)


def test_case_36_a_fork_no_longer_than_what_is_known(team: Team, path: Path) -> None:
    """Nobody lacks it, so nobody would ask for it; it is reported all the same."""
    a, b, c = team.all
    bundle.write(a.exchange, path)
    bundle.read(b.exchange, path)
    b.workspace.close()
    twin_home = shutil.copytree(b.home, path.with_name("twin"))
    b.reopen()
    twin = replica(workspace.open_book(twin_home))
    team.fix(b, place="one")
    team.fix(twin, place="two")
    bundle.write(b.exchange, path)
    bundle.read(c.exchange, path)
    before = c.digest()
    bundle.write(twin.exchange, path)
    report = bundle.read(c.exchange, path)
    bundle.write(c.exchange, path)
    assert bundle.read(twin.exchange, path).refused
    assert (
        acknowledgements.unconfirmed(twin.workspace) == 1
    )  # c has that many changes, but not this one
    twin.workspace.close()
    assert [one.device for one in forks.listed(c.workspace.store.db.connection())] == [b.device]
    assert report.taken.refused and c.digest() == before


def test_case_55_altered_by_hand(team: Team, path: Path) -> None:
    """A member rebuilds a bundle, signed by their own key, with a change of others altered."""
    a, b, c = team.all
    team.fix(a)
    for space in a.exchange.spaces():
        blobs = list(a.exchange.offer(space, {}))
        forged = [_altered(blob) for blob in blobs]
        _forge(c, path, space, forged)
        refused(b, path, "签名不对")
        _forge(c, path, space, blobs)
        assert reader.BundleReader(b.exchange, path).meet(None).vectors  # type: ignore[arg-type]


def test_case_55_signed_by_an_unknown_key(team: Team, path: Path) -> None:
    a, b, _ = team.all
    with path.open("wb") as file:
        out = FrameWriter(file)
        out.frame(HEADER, plain([_organisation(a), "x", signer(7).public]))
        log = plain([[e.n, e.hash, e.body, e.sig] for e in a.exchange.members(0)])
        out.frame(MEMBERS, lock(log, [device_key.load(b.home).public]))
        out.end(signer(7))
    refused(b, path, "不认识")


def test_case_55_from_another_team(team: Team, path: Path, tmp_path: Path) -> None:
    other = Team(tmp_path / "other")
    other.fix(other.founder)
    bundle.write(other.founder.exchange, path)
    other.close()
    refused(team.all[1], path, "另一个组织")


def test_written_for_somebody_else(team: Team, path: Path) -> None:
    a, b, c = team.all
    fix = team.fix(a)
    bundle.write(a.exchange, path, to={b.device})
    refused(c, path, "不是写给本机")
    bundle.read(b.exchange, path)
    assert b.get(fix).id == fix


def test_each_space_is_for_those_who_may_hold_it(team: Team, path: Path) -> None:
    """An engineer of one project learns nothing of another one, nor of restricted records."""
    a, b, c = team.all
    secret = a.book.add("project", {"name": "另一个"}).id
    hidden = a.book.add("fix", {"phenomenon": "x", "place": "y"}, project=secret).id
    fix = team.fix(a)
    someone = team.person(c)
    administration.set_role(a.workspace, someone, "engineer", "*", grant=False)
    administration.set_role(a.workspace, someone, "engineer", team.project, grant=True)
    bundle.write(a.exchange, path)
    bundle.read(c.exchange, path)
    assert c.get(fix).id == fix and c.book.find(hidden) is None
    assert f"p:{secret}" not in c.exchange.spaces()
    bundle.read(b.exchange, path)
    assert b.get(hidden).id == hidden
    administration.set_role(a.workspace, someone, QUALITY, secret, grant=True)
    bundle.write(a.exchange, path)
    bundle.read(c.exchange, path)
    assert c.get(hidden).id == hidden


def test_case_56_a_wrong_passphrase(team: Team, path: Path) -> None:
    """Typed in full or half width; and it opens no space that its reader may not hold."""
    a, b, _ = team.all
    team.fix(a)
    secret = a.book.add("project", {"name": "另一个"}).id
    hidden = a.book.add("fix", {"phenomenon": "x", "place": "y"}, project=secret).id
    someone = team.person(b)
    administration.set_role(a.workspace, someone, "engineer", "*", grant=False)
    administration.set_role(a.workspace, someone, "engineer", team.project, grant=True)
    bundle.write(a.exchange, path, passphrase="Ｒight 口令")
    assert bundle.locked(path)
    refused(b, path, "有口令保护")
    refused(b, path, "口令不对", passphrase="right 口令")
    refused(b, path, "口令不对", passphrase="")
    bundle.read(b.exchange, path, passphrase="Right\u3000口令")
    assert b.book.find(hidden) is None
    space = f"p:{team.project}"
    assert b.exchange.vector(space) == a.exchange.vector(space)


def test_case_56_a_bomb_stops_at_its_declared_size(team: Team, path: Path) -> None:
    a, b, c = team.all
    team.fix(a)
    (blob,) = a.exchange.offer(f"p:{team.project}", {})
    one = decode(blob)
    bomb = zlib.compress(bytes(96 << 20), 9)
    for packed_bytes in (b"\x01" + bomb, b"\x02" + bomb, bomb):
        swollen = replace(one, packed=packed_bytes)
        _forge(c, path, one.space, [encode(swollen)])
        refused(b, path, "没有读入任何内容。")


def test_lengths_that_lie(team: Team, path: Path) -> None:
    b = team.all[1]
    for size in (0, 1, 1 << 20, (1 << 32) - 1):
        path.write_bytes(MAGIC + struct.pack(">BI", PART, size) + bytes(100))
        refused(b, path, "损坏")
    for junk in (b"", b"sitebook", MAGIC, MAGIC * 2):
        path.write_bytes(junk)
        refused(b, path, "损坏")
    path.write_bytes(b"PK\x03\x04" + bytes(200))
    refused(b, path, "不是 sitebook 的离线同步包")
    path.unlink()
    refused(b, path, "不能读取")


def test_bytes_that_change_between_check_and_taking(team: Team, path: Path) -> None:
    """A stick that gives other bytes the second time is found out."""
    team.fix(team.founder)
    bundle.write(team.founder.exchange, path)
    scanned = framing.Scanned(path)
    frame = next(scanned.of(PART))
    bad = bytearray(path.read_bytes())
    bad[frame.start + 5] ^= 1
    path.write_bytes(bad)
    with pytest.raises(Refused, match="损坏"):
        scanned.read(frame)


def test_a_file_of_the_person_is_never_overwritten(team: Team, path: Path) -> None:
    a = team.founder
    path.write_text("my thesis", encoding="utf-8")
    with pytest.raises(Refused, match="没有覆盖"):
        bundle.write(a.exchange, path)
    assert path.read_text(encoding="utf-8") == "my thesis"
    path.unlink()
    bundle.write(a.exchange, path)
    bundle.write(a.exchange, path)
    with pytest.raises(Refused, match="没有写出离线同步包"):
        bundle.write(a.exchange, path.parent / "no such folder" / "x")


def test_stopped_while_writing_leaves_the_last_one(team: Team, path: Path) -> None:
    a = team.founder
    bundle.write(a.exchange, path)
    before = path.read_bytes()
    team.fix(a)
    with pytest.raises(Refused, match="没有写出离线同步包"):
        bundle.write(a.exchange, path, stop=lambda: True)
    assert path.read_bytes() == before
    assert [one.name for one in path.parent.glob("*.sitebook*")] == [path.name]


def test_case_44_a_boast_marks_nothing_as_received(team: Team, path: Path) -> None:
    """A member claims to hold what does not exist; nobody takes that for the thing itself."""
    a, b, c = team.all
    team.fix(a)
    space, who = f"p:{team.project}", (a.device, b.device, c.device)
    blobs = list(a.exchange.offer(space, {}))
    _forge(c, path, space, blobs[:0], {one: [999, bytes(32)] for one in who})
    bundle.read(b.exchange, path)
    assert b.exchange.vector(space) == {}
    bundle.write(a.exchange, path)
    bundle.read(b.exchange, path)
    assert same(a, b)


def _organisation(one: Replica) -> str:
    return one.exchange.trust.membership.organisation


def _altered(blob: bytes) -> bytes:
    one = decode(blob)
    flipped = bytearray(one.hash)
    flipped[0] ^= 1
    return encode(replace(one, hash=bytes(flipped)))


def _forge(
    by: Replica,
    path: Path,
    space: str,
    blobs: list[bytes],
    told: dict[str, list[object]] | None = None,
) -> None:
    """A well-formed bundle of a member's making, for everybody."""
    key, log = device_key.load(by.home), by.exchange.trust.membership
    everybody = [one.key for one in log.devices.values()]
    box: Callable[[object], bytes] = lambda data: lock(plain(data), everybody)  # noqa: E731
    with path.open("wb") as file:
        out = FrameWriter(file)
        out.frame(HEADER, plain([log.organisation, key.id, key.public]))
        out.frame(MEMBERS, box([[e.n, e.hash, e.body, e.sig] for e in log.entries]))
        out.frame(PART, box([space, told or {}, blobs, ""]))
        out.end(key)


@pytest.mark.skipif(os.name == "nt", reason="links and pipes of Unix")
def test_no_link_is_followed_and_no_pipe_is_waited_for(team: Team, path: Path) -> None:
    a, _, _ = team.all
    victim = path.with_name("victim.txt")
    victim.write_text("mine", encoding="utf-8")
    path.with_name(path.name + ".tmp").symlink_to(victim)
    bundle.write(a.exchange, path)
    assert victim.read_text(encoding="utf-8") == "mine" and framing.Scanned(path).frames
    pipe = path.with_name("pipe.sitebook")
    os.mkfifo(pipe)
    with pytest.raises(Refused, match="不是普通文件"):
        bundle.read(a.exchange, pipe)
    with pytest.raises(Refused, match="不是普通文件"):
        bundle.write(a.exchange, pipe)
    endless = path.with_name("endless.sitebook")
    endless.symlink_to("/dev/zero")
    with pytest.raises(Refused, match="不是普通文件"):
        bundle.read(a.exchange, endless)
