"""Disk: encrypted only when every layer below the folder's file system says so."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from pathlib import Path

import pytest

from models.storage import disk_encryption
from models.storage.disk_encryption import encrypted

linux = pytest.mark.skipif(platform.system() != "Linux", reason="reads what Linux says")


def layer(place: Path, uuid: str | None, below: Sequence[Path] = ()) -> Path:
    """A block device as `/sys` shows it."""
    (place / "slaves").mkdir(parents=True)
    if uuid is not None:
        (place / "dm").mkdir()
        (place / "dm" / "uuid").write_text(uuid, encoding="ascii")
    for one in below:
        (place / "slaves" / one.name).symlink_to(one)
    return place


def block(folder: Path, device: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let this be the device of the folder's file system."""
    number = folder.stat().st_dev
    (folder / "block").mkdir()
    (folder / "block" / f"{os.major(number)}:{os.minor(number)}").symlink_to(device)
    monkeypatch.setattr(disk_encryption, "BLOCK", folder / "block")


@linux
@pytest.mark.parametrize(
    ("uuids", "found"),
    [
        ((None,), False),
        (("CRYPT-LUKS2-1234-home",), True),
        (("LVM-1234", "CRYPT-LUKS2-1234-x"), True),
        (("LVM-1234", None), False),
        (("LVM-1234", "CRYPT-LUKS2-1", "CRYPT-LUKS2-2"), True),
        (("LVM-1234", "CRYPT-LUKS2-1", None), False),
        (("mpath-CRYPT-", None), False),
    ],
)
def test_the_layers_below_decide(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    uuids: tuple[str | None, ...],
    found: bool,
) -> None:
    below = [layer(tmp_path / f"disk{n}", uuid) for n, uuid in enumerate(uuids[1:])]
    block(tmp_path, layer(tmp_path / "top", uuids[0], below), monkeypatch)
    assert encrypted(tmp_path) is found


@linux
def test_where_the_system_shows_no_device_nothing_is_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disk_encryption, "BLOCK", tmp_path / "nothing")
    assert encrypted(tmp_path) is None
    assert encrypted(tmp_path / "no such folder") is None


def test_of_another_system_nothing_is_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(platform, "system", lambda: "Windows")
    assert encrypted(tmp_path) is None
