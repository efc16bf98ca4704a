"""The lock between processes, taken for each write transaction.

One open file, one system call to take the lock and one to give it back: a general lock library
was measured at half the cost of a whole durable save, which this must not add.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

if sys.platform == "win32":  # pragma: no cover
    import msvcrt

    def _take(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

    def _give(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)
else:
    import fcntl

    def _take(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _give(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_UN)


POLL_SECONDS = 0.01


class WriteLock:
    """An exclusive lock on a file next to the database; the system frees it when a process dies.

    `timeout` is in seconds. Not reentrant: the store takes it once per transaction.
    """

    def __init__(self, path: Path, timeout: float) -> None:
        self.path = path
        self.timeout = timeout
        self._handle: int | None = None

    def take(self) -> None:
        """Wait for the lock. Raises `TimeoutError`, or `OSError` when the file cannot be had."""
        if self._handle is None:
            flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0)
            self._handle = os.open(self.path, flags, 0o600)
        end = time.monotonic() + self.timeout
        while True:
            try:
                _take(self._handle)
            except (BlockingIOError, PermissionError):
                if time.monotonic() >= end:
                    raise TimeoutError(self.path) from None
                time.sleep(POLL_SECONDS)
            else:
                return

    def give(self) -> None:
        """Let the next one write."""
        if self._handle is not None:
            _give(self._handle)

    def close(self) -> None:
        """Close the file (a lock still held is freed)."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None
