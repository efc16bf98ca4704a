"""Files: the plain files of a shared folder, whose names tell their contents, each written whole.

Only a name of exactly the agreed form counts, with the size that is in it: a conflict copy, a half
file, a foreign file or a temporary one is ignored. A listing that fails is empty.

Others may write anything to the shared folder. So no link below it is followed, only plain files
up to a bound are read, and our own files are created under random names.
"""

from __future__ import annotations

import hashlib
import re
import stat
from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from models.schema.natural_keys import FILE
from models.storage import format
from models.storage.atomic_file import USUAL, open_plain, replacement
from models.text.os_errors import why
from models.text.words import Refused, W

SEGMENTS, FILES, KEYS, LOG, HEADS = "segments", "files", "keys", "members", "heads"
MOST = 64 << 20
"""Most bytes of a file that is read: more than any file that this program writes there."""
HEARD = "heard"
"""What single devices alone are told: up to where restricted records are held."""
STOPPED = "stopped"
"""What revoked devices alone are told: the membership log up to there."""
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


ODD = W(
    "共享文件夹里的 {path} 不是普通文件，或大于 {limit} MiB，没有读取。请让管理员删除它。",
    "{path} in the shared folder is no plain file, or is larger than {limit} MiB; it was not read."
    " Ask an administrator to delete it.",
)
LINKED = W(
    "共享文件夹里本机的文件夹 {path} 被换成了链接，没有写入。请删除这个链接后再同步。",
    "This device's folder {path} in the shared folder is a link; nothing was written. Delete the"
    " link and sync again.",
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
    found = (one for one in _listed(root) if _DEVICE.fullmatch(one.name))
    return [one for one in found if one.is_dir() and not one.is_symlink()]


def spaces(root: Path) -> set[str]:
    """The spaces of which any device wrote a segment, restricted ones left out."""
    found = set[str]()
    for device in devices(root):
        for one in listed(device / SEGMENTS):
            space = _SPACE.fullmatch(one.name)
            if space and space[1] != FILE:
                found.add(f"{space[1]}:{space[2]}" if space[2] else space[1])
    return found


def segments(root: Path, folders: Collection[str]) -> list[FolderFile]:
    """The segments in the folders of a space, each giver's in the order given; whole files only."""
    found = []
    places = [device / SEGMENTS / name for device in devices(root) for name in sorted(folders)]
    for path in (path for place in places for path in listed(place)):
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
        for path in listed(device / LOG):
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
    """A file's bytes; None when it is missing, odd, or does not match the checksum."""
    try:
        with open_plain(path) as file:
            data = file.read(MOST + 1)
    except OSError:
        return None
    return data if len(data) <= MOST and (sum is None or sum_of(data) == sum) else None


def oddities(root: Path, own: Path) -> Iterator[Refused]:
    """What other devices' folders have in place of heads, keys and logs."""
    for device in devices(root):
        if device != own:
            every = (device / HEADS, *listed(device / KEYS), *listed(device / LOG))
            yield from (said for one in every if (said := odd(one)) is not None)


def odd(path: Path) -> Refused | None:
    """The sentence for what has the name of a file and is never read: a link, a pipe, too large."""
    try:
        found = path.lstat()
    except OSError:
        return None
    if stat.S_ISREG(found.st_mode) and found.st_size <= MOST:
        return None
    return Refused(ODD, path="/".join(path.parts[-2:]), limit=MOST >> 20)


def put(root: Path, path: Path, data: bytes) -> None:
    """Write a file below `root` whole or not at all, on the disk before this returns.

    Raises `Refused` when that fails, or one of the folders on the way is a link.
    """
    try:
        for folder in (root, *(root / part for part in _ways(root, path.parent))):
            if folder.is_symlink():
                raise Refused(LINKED, path=folder.name)
        path.parent.mkdir(parents=True, exist_ok=True)
        with replacement(path, mode=USUAL) as fresh:
            fresh.write_bytes(data)
    except OSError as error:
        raise Refused(CANNOT, path=path.parent.name, reason=why(error)) from error


def _ways(root: Path, folder: Path) -> list[Path]:
    """The folders from `root` down to this one, as parts of a path."""
    parts = folder.relative_to(root).parts
    return [Path(*parts[: count + 1]) for count in range(len(parts))]


def drop(path: Path) -> None:
    """Delete a file of this device that a newer one replaces."""
    with suppress(OSError):
        path.unlink()


def listed(folder: Path) -> Iterator[Path]:
    """The entries of a folder, in order; none when it cannot be listed, or is a link."""
    return iter(() if folder.is_symlink() else _listed(folder))


def _listed(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []


def size_of(path: Path) -> int:
    """A plain file's size; -1 for what is not there any more, a link, a pipe, or too large."""
    try:
        found = path.lstat()
    except OSError:
        return -1
    return found.st_size if stat.S_ISREG(found.st_mode) and found.st_size <= MOST else -1
