"""Next key: the key that is to take the place of a hub's, in a folder below the hub's own.

It counts from the entry on by which an administrator names it in the membership log; until then
the hub goes on with the one it has. Devices learn of it by that entry and need no new code.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from models.storage.atomic_file import held, make_folder, write_whole
from sync.trust import device_key
from sync.trust.device_key import FILE, DeviceKey, Identity

FOLDER = "next-key"


def exists(home: Path) -> bool:
    """Whether one was made."""
    return (home / FOLDER / FILE).exists()


def load(home: Path, passphrase: str | None = None) -> DeviceKey:
    """The key to come, under the passphrase of the one there is."""
    return device_key.load(home / FOLDER, passphrase)


def make(home: Path, passphrase: str | None = None) -> Identity:
    """Make one, or find the one that was made."""
    if not exists(home):
        make_folder(home / FOLDER)
        device_key.make(home / FOLDER, passphrase)
    found = read(home)
    assert found is not None
    return found


def read(home: Path) -> Identity | None:
    """Its public half; None where none was made."""
    return device_key.read(home / FOLDER) if exists(home) else None


def settle(home: Path, hub: str | None) -> None:
    """Put it in the old one's place, if the membership log names it as the hub."""
    if (made := read(home)) is not None and made.id == hub:
        with held(home):
            write_whole(home / FILE, (home / FOLDER / FILE).read_bytes())
            shutil.rmtree(home / FOLDER)
