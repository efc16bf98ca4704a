"""The write lock: one holder at a time, among processes too; the system frees a dead one's."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from models.storage.write_lock import WriteLock

CHILD = (
    "import sys; from pathlib import Path; from models.storage.write_lock import WriteLock;"
    "lock = WriteLock(Path(sys.argv[1]), 5); lock.take(); print('had', flush=True);"
    "sys.stdin.readline()"
)


@pytest.fixture
def lock(tmp_path: Path) -> Iterator[WriteLock]:
    """A lock that waits for nobody."""
    made = WriteLock(tmp_path / "book.lock", 0)
    yield made
    made.close()


def test_one_at_a_time_and_free_when_given(lock: WriteLock) -> None:
    other = WriteLock(lock.path, 0)
    lock.take()
    with pytest.raises(TimeoutError):
        other.take()
    lock.give()
    other.take()
    with pytest.raises(TimeoutError):
        lock.take()
    other.close()
    lock.take()


def test_closing_frees_it_and_it_can_be_taken_again(lock: WriteLock) -> None:
    lock.take()
    lock.close()
    other = WriteLock(lock.path, 0)
    other.take()
    other.close()
    lock.take()
    lock.give()
    lock.close()
    lock.close()


def test_giving_what_was_never_taken_does_nothing(lock: WriteLock) -> None:
    lock.give()
    assert not lock.path.exists()


def test_a_folder_that_is_not_there_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        WriteLock(tmp_path / "nowhere" / "book.lock", 0).take()


def test_a_process_that_dies_leaves_it_free(lock: WriteLock) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", CHILD, str(lock.path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as child:
        assert child.stdout is not None and child.stdout.readline() == "had\n"
        with pytest.raises(TimeoutError):
            lock.take()
        child.kill()
        child.wait()
    lock.take()
