"""Case 28: the disk is full at each write; the old state stands and the sentence names the disk.

On a small file system where the tests may mount one, else under a limit for the size of files.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from models.words import Refused
from sync.carriers import bundle
from sync.carriers.folder import Folder
from sync.round import Round
from tests.sync.carriers.test_every_way import same, sound
from tests.sync.replicas import Team

STEP = 1024
ROOT = Path(__file__).parents[3]
NAMES = ("space", "空间", "磁盘")

LIMITED = """
import resource, sys
from pathlib import Path
from models.words import Refused
from sync import workspace
from sync.carriers import bundle
from sync.exchange import Exchange
opened = workspace.open_book(Path(sys.argv[1]))
exchange = Exchange(opened)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[4]), resource.RLIM_INFINITY))
try:
    getattr(bundle, sys.argv[2])(exchange, Path(sys.argv[3]))
except Refused as why:
    print(why)
    sys.exit(1)
"""


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


def test_a_bundle_at_every_kibibyte_of_room(team: Team, small: Path) -> None:
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
            assert "week.sitebook" in str(why) and "space" in str(why).lower(), why
            assert list(small.iterdir()) == [filler]
    assert tries > 3 and path.exists()
    bundle.read(b.exchange, path)
    assert same(a, b)


def test_a_folder_at_every_step_of_room(team: Team, small: Path) -> None:
    a, b, _ = team.all
    tries = 0
    for free in range(0, 400 * STEP, 12 * STEP):
        team.fix(a)
        filler = _leave(small, free)
        try:
            Round(a.exchange, Folder(a.exchange, small)).run()
            break
        except Refused as why:
            tries += 1
            assert any(name in str(why) for name in NAMES), why
            assert not list(small.rglob("*.tmp")) and sound(a)
    assert tries > 1
    filler.unlink()
    for one in (a, b):
        Round(one.exchange, Folder(one.exchange, small)).run()
    assert same(a, b)


@pytest.mark.skipif(os.name == "nt", reason="limits of a process")
@pytest.mark.parametrize("what", ["write", "read"])
def test_a_limit_on_files_at_each_size(team: Team, tmp_path: Path, what: str) -> None:
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
        done = _limited(who.home, what, path, limit)
        if done.returncode == 0:
            break
        refusals += 1
        assert done.returncode == 1 and "Traceback" not in done.stderr, done
        assert any(word in done.stdout for word in (*NAMES, "Cannot", "失败", "不能")), done
        if what == "write":
            assert not path.exists() and not list(tmp_path.glob("*.tmp"))
    assert refusals
    who.reopen()
    assert sound(who)
    if what == "write" or not same(a, b):
        bundle.write(a.exchange, path)
        bundle.read(b.exchange, path)
    assert same(a, b)


def _limited(home: Path, what: str, path: Path, limit: int) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", LIMITED, str(home), what, str(path), str(limit)],
        capture_output=True, text=True, cwd=ROOT, check=False,
        preexec_fn=lambda: signal.signal(signal.SIGXFSZ, signal.SIG_IGN),
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
