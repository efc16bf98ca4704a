"""Files: the plain files of a shared folder, whose names tell their contents, each written whole.

Only a name of exactly the agreed form counts, with the size that is in it: a conflict copy, a half
file, a foreign file or a temporary one is ignored. A listing that fails is empty.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from models.schema.natural_keys import FILE
from models.storage import format
from models.storage.atomic_file import replacement
from models.text.os_errors import why
from models.text.words import Refused, W

SEGMENTS, FILES, KEYS, LOG, HEADS = "segments", "files", "keys", "members", "heads"
HEARD = "heard"
"""What single devices alone are told: up to where restricted records are held."""
_DEVICE = re.compile(r"[0-9A-Za-z-]{1,64}")
_SPACE = re.compile(r"([a-z]+)(?:_([0-9A-Za-z-]{1,64}))?")
_SEGMENT = re.compile(
    r"(\d{1,12})_([0-9A-Za-z-]{1,64})_(\d{1,18})_(\d{1,18})_([0-9a-f]{32})"
    r"_([0-9a-f]{16})_(\d{1,9})_([0-9a-f]{16})"
)
_LOG = re.compile(r"(\d{1,9})_([0-9a-f]{16})_(\d{1,9})_([0-9a-f]{16})")

CANNOT = W(
    "不能写入共享文件夹 {path}：{reason}。请检查磁盘空间和权限，或它是否还连接着。",
    "Cannot write the shared folder {path}: {reason}. Check its space and permissions, and"
    " whether it is still connected.",
)


class FolderFile(NamedTuple):
    """The file of a segment, as its name describes it."""

    path: Path
    number: int
    """Its place among those that its giver wrote."""
    device: str
    first: int
    last: int
    chain: str
    """The hash of its last change under the key, so that it reveals nothing."""
    key: str
    sum: str


class FolderReceipt(NamedTuple):
    """The file of a membership log, as its name describes it."""

    path: Path
    entries: int
    key: str
    sum: str


def root_of(path: Path, organisation: str) -> Path:
    """The sub-folder of an organisation in a shared folder; the format's number is in its name.

    The name is there as soon as the first file in it, whatever program synchronises the folder.
    Raises `Refused` where there is a sub-folder of another format.
    """
    named = re.compile(rf"sitebook-(?:(\d{{1,9}})-)?{re.escape(organisation)}")
    for one in _listed(path):
        parts = named.fullmatch(one.name)
        if parts and one.is_dir():
            format.accept("folder", one, int(parts[1] or 0))
    return path / f"sitebook-{format.FORMAT}-{organisation}"


def devices(root: Path) -> list[Path]:
    """The sub-folders of devices."""
    return [one for one in _listed(root) if _DEVICE.fullmatch(one.name) and one.is_dir()]


def spaces(root: Path) -> set[str]:
    """The spaces of which any device wrote a segment, restricted ones left out."""
    found = set[str]()
    for device in devices(root):
        for one in _listed(device / SEGMENTS):
            space = _SPACE.fullmatch(one.name)
            if space and space[1] != FILE:
                found.add(f"{space[1]}:{space[2]}" if space[2] else space[1])
    return found


def segments(root: Path, folders: Collection[str]) -> list[FolderFile]:
    """The segments in the folders of a space, each giver's in the order given; whole files only."""
    found = []
    places = [device / SEGMENTS / name for device in devices(root) for name in sorted(folders)]
    for path in (path for place in places for path in _listed(place)):
        parts = _SEGMENT.fullmatch(path.name)
        if parts and size_of(path) == int(parts[7]):
            number, first, last = int(parts[1]), int(parts[3]), int(parts[4])
            ends = parts[5], parts[6], parts[8]
            found.append(FolderFile(path, number, parts[2], first, last, *ends))
    return sorted(found, key=lambda one: (one.path.parent, one.number, one.path.name))


def logs(root: Path) -> list[FolderReceipt]:
    """Membership logs, the longest first."""
    found = []
    for device in devices(root):
        for path in _listed(device / LOG):
            parts = _LOG.fullmatch(path.name)
            if parts and size_of(path) == int(parts[3]):
                found.append(FolderReceipt(path, int(parts[1]), parts[2], parts[4]))
    return sorted(found, key=lambda one: (-one.entries, one.path))


def named(space: str) -> str:
    """A space as a folder's name; `Refused` never, since spaces are made by this program."""
    return space.replace(":", "_")


def sum_of(data: bytes) -> str:
    """The checksum in a file's name."""
    return hashlib.sha256(data).hexdigest()[:16]


def read(path: Path, sum: str | None = None) -> bytes | None:
    """A file's bytes; None when it is missing or does not match the checksum."""
    try:
        data = path.read_bytes()
    except OSError:
        return None
    return data if sum is None or sum_of(data) == sum else None


def put(path: Path, data: bytes) -> None:
    """Write a file whole or not at all, on the disk before this returns."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with replacement(path) as fresh:
            fresh.write_bytes(data)
    except OSError as error:
        raise Refused(CANNOT, path=path.parent.name, reason=why(error)) from error


def drop(path: Path) -> None:
    """Delete a file of this device that a newer one replaces."""
    with suppress(OSError):
        path.unlink()


def listed(folder: Path) -> Iterator[Path]:
    """The entries of a folder, in order; none when it cannot be listed."""
    return iter(_listed(folder))


def _listed(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []


def size_of(path: Path) -> int:
    """A file's size; -1 when it is not there any more."""
    try:
        return path.stat().st_size
    except OSError:
        return -1
