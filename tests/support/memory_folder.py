"""Where tests put their files: in memory, where the system offers enough of it.

A book waits for the disk at every save, as it must, and tests save hundreds of thousands of times.
In memory nothing is waited for, and a full disk is not the end of a run.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from pathlib import Path

MEMORY = Path("/dev/shm")
ABOUT = Path("/proc/meminfo")
LIMIT = Path("/sys/fs/cgroup/memory.max")
ROOM = 6 << 30
"""Bytes that must be free: a whole run needs a third of them at most."""


def use() -> None:
    """Let temporary folders be made there, unless `TMPDIR` names another place or room is short."""
    if "TMPDIR" not in os.environ and _room() >= ROOM:
        os.environ["TMPDIR"] = str(MEMORY)
        tempfile.tempdir = None


def _room() -> int:
    """Bytes free in memory for files, at most what this group of processes may use."""
    try:
        room = shutil.disk_usage(MEMORY).free if os.access(MEMORY, os.W_OK | os.X_OK) else 0
        about = re.search(r"MemAvailable:\s*(\d+)", ABOUT.read_text(encoding="ascii"))
    except OSError:
        return 0
    room = min(room, int(about[1]) << 10 if about is not None else 0)
    try:
        return min(room, int(LIMIT.read_text(encoding="ascii")))
    except (OSError, ValueError):  # no group, or "max"
        return room
