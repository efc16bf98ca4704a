"""The shared folder: whatever a tool does to it, nothing is lost, doubled or believed."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from models.book.conflict.conflicts import count as all_conflicts
from models.schema.roles import QUALITY
from models.text.words import Refused, W
from sync.apply.reevaluation.incarnation import COPIED
from sync.encoding.msgpack_values import packed
from sync.log import membership_store, pending_segments
from sync.log.histories import forks
from sync.organisation import administration
from sync.transport.carrier import Side
from sync.transport.folder import files
from sync.transport.folder.carrier import Folder
from sync.transport.folder.space_keys import _DOMAIN, tag
from sync.transport.round import RoundReport, SyncRound
from sync.trust import device_key
from sync.trust.encryption import lock
from sync.workspace import acknowledgements, workspace
from tests.support.replicas import Replica, Team, replica
from tests.support.signers import signer
from tests.sync.transport.test_every_way import portions, rows, same, sound
from tui.cli.commands.sync import facts_of


@pytest.fixture
def share(tmp_path: Path) -> Path:
    """The shared folder."""
    folder = tmp_path / "share"
    folder.mkdir()
    return folder


def go(one: Replica, share: Path) -> RoundReport:
    """One round."""
    return SyncRound(one.exchange, Folder(one.exchange, share)).run()


def every(share: Path, *kinds: str) -> Iterator[Path]:
    """The files there, of these kinds."""
    for path in sorted(share.rglob("*")):
        if path.is_file() and (not kinds or set(kinds) & set(path.parts)):
            yield path


def test_only_its_owner_writes_a_sub_folder(team: Team, share: Path) -> None:
    a, b, _ = team.all
    team.fix(a)
    go(a, share)
    before = {path: path.read_bytes() for path in every(share)}
    team.fix(b)
    go(b, share)
    assert all(path.read_bytes() == data for path, data in before.items())
    fresh = [path for path in every(share) if path not in before]
    assert fresh and all(b.device in path.parts for path in fresh)
    assert not list(share.rglob("*.tmp")) and not list(share.rglob("*.sqlite3*"))


def test_a_round_with_nothing_new_writes_nothing(team: Team, share: Path) -> None:
    a, b, _ = team.all
    team.fix(a)
    for one in (a, b, a, b):
        go(one, share)
    before = {path: path.stat().st_mtime_ns for path in every(share)}
    assert [(go(one, share).given, go(one, share).taken.outcome.applied) for one in (a, b)] == [
        (0, 0),
        (0, 0),
    ]
    assert {path: path.stat().st_mtime_ns for path in every(share)} == before


def test_case_17_a_listing_that_vanishes_for_a_while(team: Team, share: Path) -> None:
    a, b, _ = team.all
    fix = team.fix(a)
    for one in (a, b, a):
        go(one, share)
    before = a.digest(), rows(a)
    away = share.with_name("away")
    share.rename(away)
    with pytest.raises(Refused, match="没有文件夹"):
        go(a, share)
    share.mkdir()
    go(a, share)
    assert (a.digest(), rows(a)) == before
    shutil.rmtree(share)
    away.rename(share)
    team.fix(b)
    go(b, share)
    for path in list(every(share, files.SEGMENTS)):
        if a.device in path.parts[: path.parts.index(files.SEGMENTS)]:
            path.unlink()
    for one in (a, b):
        go(one, share)
    assert same(a, b) and rows(a) == rows(b)
    assert a.get(fix).void is None and b.get(fix).void is None


def test_case_20_a_base_that_is_not_there_yet(team: Team, share: Path) -> None:
    """A's file is late: what B built on it waits, and is no conflict when it comes."""
    a, b, c = team.all
    fix = team.fix(a)
    go(a, share)
    go(b, share)
    b.book.edit(fix, {"place": "B 改过"})
    go(b, share)
    late = [path for path in every(share, files.SEGMENTS) if a.device in path.parts]
    kept = {path: path.read_bytes() for path in late}
    for path in late:
        path.unlink()
    go(c, share)
    assert c.book.find(fix) is None
    assert pending_segments.listed(c.workspace.store.db.connection())
    for path, data in kept.items():
        path.write_bytes(data)
    go(c, share)
    assert c.get(fix).values()["place"] == "B 改过" and all_conflicts(c.book) == 0
    assert pending_segments.listed(c.workspace.store.db.connection()) == []
    assert same(b, c)


def test_case_30_conflict_copies_and_foreign_files(team: Team, share: Path) -> None:
    a, b, c = team.all
    team.fix(a)
    go(a, share)
    for path in list(every(share)):
        for name in (
            f"{path.stem} (conflicted copy 2026-11-22){path.suffix}",
            f"{path.stem}.sync-conflict-20261122-083000-ABC{path.suffix}",
            f"~${path.name}",
            f"{path.name}.tmp",
            f".{path.name}.swp",
        ):
            path.with_name(name).write_bytes(path.read_bytes()[:-3])
    (next(share.iterdir()) / "Thumbs.db").write_bytes(b"\0" * 99)
    (share / "desktop.ini").write_text("x", encoding="utf-8")
    go(b, share)
    assert same(a, b) and sound(b)
    root = next(path for path in share.iterdir() if path.is_dir())
    merged = root / b.device
    shutil.copytree(root / a.device, merged, dirs_exist_ok=True)
    go(c, share)
    go(b, share)
    assert same(a, b, c) and rows(a) == rows(b) == rows(c)


def test_case_27_every_cut_and_every_flipped_byte_of_a_segment(team: Team, share: Path) -> None:
    a, b, _ = team.all
    team.fix(a)
    go(a, share)
    (path,) = every(share / next(share.iterdir()).name, f"p_{team.project}")
    whole, rng, space = path.read_bytes(), random.Random(27), f"p:{team.project}"
    carrier = Folder(b.exchange, share)
    carrier.meet(Side())
    assert len(list(carrier.fetch(space, {}))) == 1
    for at in range(len(whole)):
        bad = bytearray(whole)
        bad[at] ^= 1 << rng.randrange(8)
        for damaged in (whole[:at], bytes(bad)):
            path.write_bytes(damaged)
            carrier._found.clear()
            assert list(carrier.fetch(space, {})) == []
    assert b.exchange.vector(space) == {}
    path.write_bytes(whole)
    go(b, share)
    assert same(a, b)


def test_case_29_the_folder_goes_away_while_it_is_written(
    team: Team, share: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is left of a file has no name that counts, and the next round writes it."""
    a, b, _ = team.all
    go(a, share)
    go(b, share)
    team.fix(a)
    with monkeypatch.context() as gone:
        gone.setattr(Path, "replace", _gone)
        gone.setattr(Path, "unlink", _gone)
        with pytest.raises(Refused, match="是否还连接着"):
            go(a, share)
    assert list(share.rglob("*.tmp"))
    assert go(b, share).taken.outcome.applied == 0
    go(a, share)
    go(b, share)
    assert same(a, b) and sound(b)


def test_case_28_the_disk_is_full_at_the_last_step(
    team: Team, share: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The name cannot be given: nothing is left half done, here or there."""
    a, b, _ = team.all
    go(a, share)
    go(b, share)
    team.fix(a)
    before = {path: path.read_bytes() for path in every(share)}
    with monkeypatch.context() as full:
        full.setattr(Path, "replace", _full)
        with pytest.raises(Refused, match="磁盘已满"):
            go(a, share)
    assert {path: path.read_bytes() for path in every(share)} == before and sound(a)
    go(a, share)
    go(b, share)
    assert same(a, b)


def _full(*_told: object) -> None:
    raise OSError(28, "No space left on device")


def _gone(*_told: object, **_more: object) -> None:
    raise OSError(5, "Input/output error")


def test_case_37_the_folder_is_put_back_to_yesterday(team: Team, share: Path) -> None:
    """Whoever comes next gives it again what it lost, others' changes included."""
    a, b, c = team.all
    team.fix(a)
    go(a, share)
    go(b, share)
    yesterday = Path(shutil.copytree(share, share.with_name("yesterday")))
    lost = team.fix(a)
    go(a, share)
    go(b, share)
    b.book.edit(lost, {"place": "今天"})
    go(b, share)
    shutil.rmtree(share)
    yesterday.rename(share)
    go(b, share)
    go(c, share)
    assert c.get(lost).values()["place"] == "今天"
    go(a, share)
    assert same(a, b, c) and rows(a) == rows(b) == rows(c)


def test_half_and_damaged_files_are_given_anew(team: Team, share: Path) -> None:
    a, b, _ = team.all
    for _ in range(4):
        team.fix(a)
        go(a, share)
    damaged = list(every(share, files.SEGMENTS))
    damaged[1].write_bytes(damaged[1].read_bytes()[:-7])
    flipped = bytearray(damaged[2].read_bytes())
    flipped[40] ^= 4
    damaged[2].write_bytes(flipped)
    assert go(b, share).done
    assert sound(b)
    go(a, share)
    go(b, share)
    assert same(a, b)


@pytest.mark.parametrize("seed", range(12))
def test_any_byte_anywhere_flipped_or_cut_does_no_harm(team: Team, share: Path, seed: int) -> None:
    a, b, _ = team.all
    rng = random.Random(seed)
    for _ in range(3):
        team.fix(a)
        go(a, share)
    for path in list(every(share)):
        data, at = bytearray(path.read_bytes()), rng.randrange(path.stat().st_size)
        if rng.random() < 0.5:
            data[at] ^= 1 << rng.randrange(8)
        else:
            del data[at:]
        if rng.random() < 0.5:
            path.write_bytes(data)
    go(b, share)
    assert sound(b)
    held = b.exchange.vector(f"p:{team.project}").get(a.device, 0)
    assert held <= 3
    fresh = share.with_name("fresh")
    fresh.mkdir()
    for one in (a, b):
        go(one, fresh)
    assert same(a, b)


def test_who_is_admitted_later_reads_what_was_before(team: Team, share: Path) -> None:
    """The writer is away: somebody else who knows the keys hands them on."""
    a, b, _ = team.all
    team.fix(a)
    go(a, share)
    go(b, share)
    newcomer = team.admit("丁")
    go(newcomer, share)
    assert newcomer.exchange.spaces() == []
    go(b, share)
    go(newcomer, share)
    assert same(a, newcomer)


def test_restricted_spaces_stay_closed(team: Team, share: Path) -> None:
    a, b, _ = team.all
    other = a.book.add("project", {"name": "另一个"}).id
    hidden = a.book.add("fix", {"phenomenon": "x", "place": "y"}, project=other).id
    someone = team.person(b)
    administration.set_role(a.workspace, someone, "engineer", "*", grant=False)
    administration.set_role(a.workspace, someone, "engineer", team.project, grant=True)
    team.tell()
    team.fix(a)
    go(a, share)
    go(b, share)
    assert b.book.find(hidden) is None and f"p:{other}" not in b.exchange.spaces()
    administration.set_role(a.workspace, someone, QUALITY, other, grant=True)
    go(a, share)
    go(b, share)
    go(b, share)
    assert b.get(hidden).id == hidden
    administration.set_role(a.workspace, someone, QUALITY, other, grant=False)
    later = a.book.add("fix", {"phenomenon": "later", "place": "y"}, project=other).id
    go(a, share)
    go(b, share)
    assert b.book.find(later) is None


def test_the_membership_log_travels_too(team: Team, share: Path) -> None:
    a, b, _ = team.all
    administration.add_person(a.workspace, "新人", "")
    go(a, share)
    assert go(b, share).taken.members == 1
    assert membership_store.stored(b.workspace.store.db) == membership_store.stored(
        a.workspace.store.db
    )


def test_case_55_what_a_stranger_puts_there_is_nothing(team: Team, share: Path) -> None:
    """Keys granted by nobody, heads of nobody, segments under keys that nobody gave."""
    a, b, _ = team.all
    team.fix(a)
    go(a, share)
    root = next(share.iterdir())
    stranger, mine = signer(9), device_key.load(b.home).public
    secret = bytes(32)
    inner = packed([["", secret, []], [f"p:{team.project}", secret, [tag(mine)]]])
    told = packed([stranger.public, stranger.sign(_DOMAIN + mine + inner), inner])
    for device in (b.device, "stranger"):
        files.put(root, root / device / files.KEYS / f"{tag(mine)}_x", lock(told, [mine]))
    go(b, share)
    team.fix(b)
    carrier = Folder(b.exchange, share)
    SyncRound(b.exchange, carrier).run()
    assert secret not in {key.secret for key in carrier.ring.keys.values()}
    assert same(a, b) is False
    go(a, share)
    assert same(a, b)


def test_case_44_a_boast_in_heads_marks_nothing_as_received(team: Team, share: Path) -> None:
    a, b, c = team.all
    fix = team.fix(a)
    go(c, share)
    carrier = Folder(c.exchange, share)
    carrier.ring.load(c.exchange.trust.membership)
    space = f"p:{team.project}"
    carrier.finish(Side(0, {space: {a.device: 99, b.device: 99}}))
    go(b, share)
    assert b.exchange.vector(space) == {}
    go(a, share)
    go(b, share)
    assert b.get(fix).id == fix and b.exchange.vector(space) == {a.device: 1}


@pytest.fixture
def twin(team: Team, tmp_path: Path) -> Iterator[Replica]:
    """Key, mark and database of the second device copied together."""
    _, b, _ = team.all
    b.workspace.close()
    shutil.copytree(b.home, tmp_path / "twin")
    team.all[1] = replica(workspace.open_book(b.home))
    found = replica(workspace.open_book(tmp_path / "twin"))
    yield found
    found.workspace.close()


def met(one: Replica) -> list[str]:
    """The devices of which a second history was met."""
    return [fork.device for fork in forks.listed(one.workspace.store.db.connection())]


def told_words(report: RoundReport) -> list[W]:
    """What a round complains of."""
    return [why.word for why in (*report.refused, *report.taken.refused)]


@pytest.mark.parametrize(("first", "second"), [(1, 1), (3, 1), (1, 3)])
def test_case_36_a_fork_of_any_length_is_told_once(
    team: Team, share: Path, twin: Replica, first: int, second: int
) -> None:
    """Whoever wrote it, whoever held the other one, and whoever looks later: each hears of it."""
    a, b, c = team.all
    for _ in range(first):
        team.fix(b, place="one")
    go(b, share)
    go(c, share)
    other = portions(team, twin, second)
    old = b.device
    told = go(twin, share)
    assert any("两种历史" in str(why) for why in told.refused + told.taken.refused)
    assert facts_of(told)["forks"]
    for one in (c, a):
        go(one, share)
        assert set(met(one)) == {old}
        assert go(one, share).done and sound(one, copied=True)
    for one in (twin, *([b] if COPIED in told_words(go(b, share)) else [])):
        assert one.device != old and sound(
            one, copied=True
        )  # under a new key, which waits for admission
        with pytest.raises(Refused, match="等管理员接入"):
            go(one, share)
    held = c.exchange.vector(f"p:{team.project}")
    assert held[old] == first and c.book.find(other[0]) is None
    assert acknowledgements.unconfirmed(twin.workspace) == second
    fix = team.fix(a)
    for one in (a, c):
        assert go(one, share).done
        assert one.get(fix).id == fix


def test_case_36_what_was_looked_at_is_not_read_again(
    team: Team, share: Path, twin: Replica
) -> None:
    """Other bytes in its place would be found damaged, and the heads would say so."""
    a, b, c = team.all
    team.fix(b, place="one")
    team.fix(twin, place="two")
    for one in (a, b, twin, c, a, c):
        go(one, share)
    for path in every(share, files.SEGMENTS):
        path.write_bytes(bytes(path.stat().st_size))
    before = {path: path.stat().st_mtime_ns for path in every(share)}
    for one in (a, c):
        assert go(one, share).done
    assert {path: path.stat().st_mtime_ns for path in every(share)} == before


def test_case_36_a_name_that_tells_of_the_other_history(
    team: Team, share: Path, twin: Replica
) -> None:
    """Nobody who lacks the range is given one history under the name of the other."""
    _, b, c = team.all
    team.fix(b, place="one")
    other = team.fix(twin, place="two")
    go(twin, share)
    (second,) = every(share, f"p_{team.project}")
    go(b, share)
    mine = set(every(share, f"p_{team.project}")) - {second}
    parts = second.name.split("_")
    parts[4] = next(iter(mine)).name.split("_")[4]
    second.rename(second.with_name("_".join(parts)))
    for first in mine:
        first.unlink()
    go(c, share)
    assert c.book.find(other) is None and not c.exchange.vector(f"p:{team.project}")


def lie(one: Replica, share: Path) -> None:
    """One device signs heads that call every file damaged."""
    carrier = Folder(one.exchange, share)
    carrier.meet(Side())
    carrier._found = {path.name for path in every(share, files.SEGMENTS, files.FILES)}
    carrier._say(Side())


def test_a_device_that_calls_every_file_damaged_hides_none_from_a_reader(
    team: Team, share: Path
) -> None:
    a, b, c = team.all
    for _ in range(3):
        team.fix(a)
        go(a, share)
    go(b, share)
    lie(b, share)
    assert go(c, share).taken.outcome.applied
    assert same(a, c) and rows(a) == rows(c)


def test_a_device_that_lies_again_and_again_has_little_written_anew(
    team: Team, share: Path
) -> None:
    a, b, _ = team.all
    for _ in range(3):
        team.fix(a)
        go(a, share)
    go(b, share)
    own = len(list(every(share, files.SEGMENTS)))
    counts = []
    for _ in range(6):
        lie(b, share)
        go(a, share)
        counts.append(len(list(every(share, files.SEGMENTS))))
    assert counts[-1] == counts[2] <= 4 * own


def test_a_damaged_file_that_its_writer_left_is_given_anew_by_another(
    team: Team, share: Path
) -> None:
    """The one who could not read it says so; the one who has its changes looks and agrees."""
    a, b, c = team.all
    team.fix(a)
    go(a, share)
    go(b, share)
    for path in every(share / next(share.iterdir()).name / a.device, files.SEGMENTS):
        data = bytearray(path.read_bytes())
        data[-1] ^= 1
        path.write_bytes(data)
    go(c, share)
    go(b, share)
    go(c, share)
    assert same(a, b, c)


@pytest.mark.skipif(os.name == "nt", reason="links and pipes of Unix")
@pytest.mark.parametrize("odd", ["pipe", "endless", "huge"])
@pytest.mark.parametrize("where", [files.HEADS, files.KEYS])
def test_what_is_no_plain_file_is_one_sentence_and_nothing_waits(
    team: Team, share: Path, odd: str, where: str
) -> None:
    a, b, _ = team.all
    team.fix(a)
    go(a, share)
    home = next(share.iterdir()) / a.device
    path = home / where
    if where == files.KEYS:
        path = path / f"{tag(device_key.load(b.home).public)}_0123456789abcdef"
    path.unlink(missing_ok=True)
    if odd == "pipe":
        os.mkfifo(path)
    elif odd == "endless":
        path.symlink_to("/dev/zero")
    else:
        with path.open("wb") as file:
            file.truncate(3 << 30)
    done = go(b, share)
    assert [refused.word for refused in done.refused] == [files.ODD]
    assert path.name in str(done.refused[0])
    if where == files.HEADS:
        assert same(a, b)
    go(a, share)
    assert go(b, share).done or where == files.KEYS


@pytest.mark.skipif(os.name == "nt", reason="links of Unix")
@pytest.mark.parametrize("part", ["", files.SEGMENTS, files.LOG])
def test_a_link_in_place_of_our_folder_leads_nowhere(
    team: Team, share: Path, tmp_path: Path, part: str
) -> None:
    a, _, _ = team.all
    go(a, share)
    own, victim = next(share.iterdir()) / a.device / part, tmp_path / "victim"
    victim.mkdir()
    (victim / "letter").write_text("mine", encoding="utf-8")
    shutil.rmtree(own)
    own.symlink_to(victim, target_is_directory=True)
    team.fix(a)
    administration.add_person(a.workspace, "New", "engineer")
    with pytest.raises(Refused, match="被换成了链接"):
        go(a, share)
    assert [path.name for path in victim.iterdir()] == ["letter"]
    assert (victim / "letter").read_text(encoding="utf-8") == "mine"


@pytest.mark.skipif(os.name == "nt", reason="links of Unix")
def test_a_link_by_a_temporary_name_is_not_followed(
    team: Team, share: Path, tmp_path: Path
) -> None:
    a, _, _ = team.all
    go(a, share)
    victim = tmp_path / "victim.txt"
    victim.write_text("mine", encoding="utf-8")
    home = next(share.iterdir()) / a.device
    for name in (files.HEADS, f"{files.HEADS}.{os.getpid()}"):
        (home / f"{name}.tmp").symlink_to(victim)
    (home / files.HEADS).unlink()
    (home / files.HEADS).symlink_to(victim)
    team.fix(a)
    go(a, share)
    assert victim.read_text(encoding="utf-8") == "mine"
    assert (home / files.HEADS).is_file() and not (home / files.HEADS).is_symlink()
