"""Rollback guard: the last own sequence per space, in a file next to the key, outside the database.

A database whose own sequences are lower than the mark is an older copy: new changes in it would
repeat numbers. The mark is noted only *after* a commit, so it is never ahead of what is durable and
there is no false alarm. It is on the disk after `flush`: before any segment leaves the device, at
close, and every `EVERY` saves. So a restored copy that lacks a change which others may have is
always detected. A crash can hide at most the last `EVERY - 1` changes of each process, none of
which ever left the device: repeating their numbers does no harm. Not detected here: key, mark and
database all restored together (other devices detect that fork).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Literal

from models.storage.atomic_file import held, write_whole
from models.text.words import Refused
from sync.trust import device_key

FILE = "device.mark"
EVERY = 64

Sameness = Literal["ok", "copied", "restored"]


class Mark:
    """The mark of one device; several processes may each hold one."""

    def __init__(self, home: Path, device: str) -> None:
        self.home = home
        self.device = device
        self._high: dict[str, int] = {}
        self._notes = 0

    def note(self, space: str, seq: int) -> None:
        """Remember that this sequence is committed; costs a disk write every `EVERY` times only.

        A disk error at that time does not stop the work: `flush` before sending raises it.
        """
        self._high[space] = max(seq, self._high.get(space, 0))
        self._notes += 1
        if self._notes % EVERY == 0:
            with suppress(Refused):
                self.flush()

    def flush(self, sending: Mapping[str, int] | None = None) -> None:
        """Put everything noted on the disk; `Refused` when that fails.

        Call it at close, and before a segment leaves with the last sequences it carries per
        space, since another process may have written them.
        """
        for space, seq in (sending or {}).items():
            self._high[space] = max(seq, self._high.get(space, 0))
        if not self._high:
            return
        with held(self.home):
            who = device_key.read(self.home)
            if who is not None and who.id != self.device:
                return  # renewed by another process: these sequences belong to the past
            high = marks(self.home, self.device)
            for space, seq in self._high.items():
                high[space] = max(seq, high.get(space, 0))
            data = {"v": 1, "device": self.device, "marks": high}
            write_whole(self.home / FILE, json.dumps(data).encode())
        self._high = {}


def marks(home: Path, device: str) -> dict[str, int]:
    """The highest sequence of a device per space; empty when the file is missing or damaged."""
    try:
        data = json.loads((home / FILE).read_bytes())
        if data["device"] != device:
            return {}
        return {str(space): int(seq) for space, seq in data["marks"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}


def same_device(home: Path, db_device_id: str | None, heads: Mapping[str, int]) -> Sameness:
    """Whether this database may go on under its device id; ask before its first write.

    `heads` are the database's own last sequences per space. 'copied': the key beside it is of
    another device, or is missing; 'restored': the database lacks changes it once had. Both need
    `keys.renew`. A database without a device id yet is 'ok'.
    """
    if db_device_id is None:
        return "ok"
    who = device_key.read(home)
    if who is None or who.id != db_device_id:
        return "copied"
    behind = any(seq > heads.get(space, 0) for space, seq in marks(home, who.id).items())
    return "restored" if behind else "ok"
