"""Case 28: the disk is full at each write; the old state stands and the sentence names the disk.

On a small file system where the tests may mount one, else under a limit for the size of files.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from models.text.words import Refused
from sync.transport.bundle import bundle, framing
from sync.transport.folder.carrier import Folder
from sync.transport.round import SyncRound
from tests.support.forked_processes import Nursery
from tests.support.replicas import Team
from tests.sync.transport.test_every_way import same, sound

STEP = 1024
NAMES = ("space", "空间", "磁盘")


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    """Where the processes under a limit come from."""
    with Nursery("tests.sync.transport.lives") as found:
        yield found


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A disk of 1 MiB."""
    place = tmp_path / "small"
    place.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(place)],
        capture_output=True,
        check=False,
    )
    if done.returncode:
        pytest.skip("no small file system can be mounted here")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def _leave(place: Path, free: int) -> Path:
    """Fill a disk up to so many free bytes."""
    filler = place / "filler"
    filler.unlink(missing_ok=True)
    room = os.statvfs(place).f_bavail * os.statvfs(place).f_frsize
    filler.write_bytes(bytes(max(0, room - free)))
    return filler


def test_case_28_a_bundle_at_every_kibibyte_of_room(team: Team, small: Path) -> None:
    a, b, _ = team.all
    for number in range(60):
        team.fix(a, phenomenon=os.urandom(200).hex(), place=f"{number}")
    path, tries = small / "week.sitebook", 0
    for free in range(0, 64 * STEP, 4 * STEP):
        filler = _leave(small, free)
        try:
            bundle.write(a.exchange, path)
            break
        except Refused as why:
            tries += 1
            assert "week.sitebook" in str(why) and "磁盘已满" in str(why), why
            assert list(small.iterdir()) == [filler]
    assert tries > 3 and path.exists()
    bundle.read(b.exchange, path)
    assert same(a, b)


def test_case_28_a_folder_at_every_step_of_room(team: Team, small: Path) -> None:
    a, b, _ = team.all
    tries = 0
    for free in range(0, 400 * STEP, 12 * STEP):
        team.fix(a)
        filler = _leave(small, free)
        try:
            SyncRound(a.exchange, Folder(a.exchange, small)).run()
            break
        except Refused as why:
            tries += 1
            assert any(name in str(why) for name in NAMES), why
            assert not list(small.rglob("*.tmp")) and sound(a)
    assert tries > 1
    filler.unlink()
    for one in (a, b):
        SyncRound(one.exchange, Folder(one.exchange, small)).run()
    assert same(a, b)


@pytest.mark.skipif(os.name == "nt", reason="limits of a process")
@pytest.mark.parametrize("what", ["write", "read"])
def test_case_28_a_limit_on_files_at_each_size(
    team: Team, tmp_path: Path, nursery: Nursery, what: str
) -> None:
    """Reading: the database cannot grow. Nothing half applied, and it goes on once it can."""
    a, b, _ = team.all
    for _ in range(30):
        team.fix(a, phenomenon=os.urandom(400).hex())
    path = tmp_path / "week.sitebook"
    if what == "read":
        bundle.write(a.exchange, path)
    who = a if what == "write" else b
    who.workspace.close()
    refusals = 0
    for limit in range(0, 2000 * STEP, 24 * STEP):
        nursery.begin("tests.sync.transport.lives:limited", f"{who.home}", what, f"{path}", limit)
        told = " ".join(nursery.end())
        if nursery.status == 0:
            break
        refusals += 1
        assert nursery.status == 1 and told.startswith("REFUSED"), told
        assert any(word in told for word in (*NAMES, "Cannot", "失败", "不能")), told
        if what == "write":
            assert not list(tmp_path.glob("*.tmp"))
            assert not path.exists() or framing.Scanned(path).frames  # it could not be noted
    assert refusals
    who.reopen()
    assert sound(who)
    if what == "write" or not same(a, b):
        bundle.write(a.exchange, path)
        bundle.read(b.exchange, path)
    assert same(a, b)
