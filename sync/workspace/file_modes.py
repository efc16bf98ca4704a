"""File modes: what a book or a hub wrote is its owner's alone, whatever the umask was.

Every file is made that way; this repairs what an older version or a copy left open. The folder
decides: while only its owner may enter it, the modes inside it protect nothing more, so an opening
looks at the folder alone. Windows has no such modes; there a person's folder is private.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

OWNERS, OTHERS = 0o700, 0o077
"""What the owner may do, and anybody else. A book that its owner made read-only stays so."""
_FILES = ("book.*", "first.*", "begin.lock", "device.*", "hub*", "settings.toml*", "filters.json")
_FOLDERS = ("files", "backups", "drafts", "reports", "copies", "exports", "before-*")


def exposed(home: Path) -> bool:
    """Whether other users of this computer may enter the folder."""
    try:
        return os.name != "nt" and bool(home.stat().st_mode & OTHERS)
    except OSError:
        return False


def repair(home: Path) -> None:
    """Close an exposed folder and what this program wrote into it; never raises.

    Other things in it are left as they are. A disk without modes stays as it is: `exposed` says so.
    """
    if sys.platform == "win32" or not exposed(home):
        return
    with suppress(OSError):
        for path in _own(home):
            with suppress(OSError):
                path.chmod(path.stat().st_mode & OWNERS)
    with suppress(OSError):
        found = home.stat()
        if found.st_uid == os.getuid() and not found.st_mode & stat.S_ISVTX:  # no common folder
            home.chmod(found.st_mode & OWNERS)


def _own(home: Path) -> Iterator[Path]:
    """What this program wrote, without links."""
    for pattern in (*_FILES, *_FOLDERS):
        for path in home.glob(pattern):
            if path.is_symlink():
                continue
            yield path
            if path.is_dir():
                yield from (inside for inside in path.rglob("*") if not inside.is_symlink())
