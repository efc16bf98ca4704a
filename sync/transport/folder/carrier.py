"""Carrier: a shared folder that another program synchronises; only small files that never change.

Each device writes in its own sub-folder only: segments named by range and hash, keys, the
membership log, attached files, and one file of heads with what the device holds. A file that
vanishes changes nothing; one that a tool doubles, cuts or renames is ignored. The database is never
put there.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from models.schema.natural_keys import file_of
from models.text.words import Refused, W
from sync.encoding.msgpack_values import packed, packed_entries, unpacked
from sync.encoding.segment import decode
from sync.transport import attachments
from sync.transport.carrier import Side, Vector
from sync.transport.exchange import Exchange
from sync.transport.folder import files, forks
from sync.transport.folder.files import FolderFile
from sync.transport.folder.space_keys import EVERYBODY, Key, Ring
from sync.trust import space_access
from sync.trust.membership_entry import Head, Heads, MembershipEntry
from sync.trust.signature import signed

NO_FOLDER = W(
    "没有文件夹 {path}。请检查路径，或共享文件夹是否已连接。",
    "There is no folder {path}. Check the path, or whether the shared folder is connected.",
)
_HEADS = b"sitebook/folder/heads/1\0"


class Folder:
    """A shared folder, as a carrier."""

    takes = True

    def __init__(self, exchange: Exchange, path: Path) -> None:
        if not path.is_dir():
            raise Refused(NO_FOLDER, path=path)
        self.name = f"folder {path.name}"
        self.exchange = exchange
        self.refused: list[Refused] = []
        self.root = files.root_of(path, self._roster.organisation)
        self.ring = Ring(self.root, exchange.sealing.key, exchange.named)
        self._claimed = set[str]()
        """Names of files that a device reported as damaged: a claim, to be checked here."""
        self._found = set[str]()
        """Names of files that were found damaged here."""
        self._seen = set[str]()
        """Names of the files that were taken in this round."""
        self._digests: dict[str, dict[str, str]] = {}
        """By device, what its records of each space come to."""
        self._due: list[str] = []
        """Restricted records of which something is to be given in this round."""
        self._doubted = set[str]()
        """Spaces with files of forks."""

    @property
    def _roster(self) -> Any:
        return self.exchange.trust.membership

    # -- the round -------------------------------------------------------------------------------

    def meet(self, mine: Side) -> Side:
        """The contents that this device can open, and what each device has acknowledged."""
        self.ring.load(self._roster)
        self.refused += files.oddities(self.root, self.ring.home)
        peers = dict(self._heads())
        restricted = {key.space for key in self.ring.keys.values() if file_of(key.space)}
        there = {space: self._parted(space) for space in files.spaces(self.root) | restricted}
        self._doubted = {space for space, some in there.items() if some.other}
        vectors = {space: _reach(self._sound(space, one.good)) for space, one in there.items()}
        self._due = [
            space
            for space, held in mine.vectors.items()
            if file_of(space) and any(q > vectors.get(space, {}).get(d, 0) for d, q in held.items())
        ]
        logs = [one.entries for one in files.logs(self.root) if one.key in self.ring.keys]
        return Side(max(logs, default=0), vectors, peers, self._digests)

    def members(self, after: int) -> Iterable[Sequence[MembershipEntry]]:
        """Every copy of the membership log that is longer than ours, the longest first; and what
        says that this device was revoked.
        """
        for one in files.logs(self.root):
            if one.entries > after:
                data = self.ring.open(one.key, files.read(one.path, one.sum) or b"", EVERYBODY)
                yield from _entries(data)
        for data in self.ring.stopped():
            yield from (some for some in _entries(data) if len(some) > after)
        self.ring.load(self._roster)

    def give_members(self, _entries: Sequence[MembershipEntry]) -> None:
        """Write the membership log of this book."""
        entries = self.exchange.members(0)
        key = self._key(EVERYBODY)
        data = self.ring.seal(key, packed_entries(entries))
        folder = self.ring.home / files.LOG
        path = folder / f"{len(entries)}_{key.id}_{len(data)}_{files.sum_of(data)}"
        files.put(self.root, path, data)
        for old in files.listed(folder):
            if old != path:
                files.drop(old)

    def give(self, space: str, blobs: Iterable[bytes]) -> Vector | None:
        """Write segments, each in a file of its own; there is no receipt."""
        key = self._key(space)
        folder = self.ring.home / files.SEGMENTS / key.folder
        own = [one.number for one in self._all(space) if one.path.parent == folder]
        for number, blob in enumerate(blobs, max(own, default=0) + 1):
            one, data = decode(blob), self.ring.seal(key, blob)
            span = f"{number}_{one.device}_{one.first}_{one.last}_{key.veiled(one.hash)}"
            files.put(self.root, folder / f"{span}_{key.id}_{len(data)}_{files.sum_of(data)}", data)
        return None

    def fetch(self, space: str, vector: Vector) -> Iterator[bytes]:
        """The segments that a holder of `vector` lacks."""
        for one in self._parted(space).good:
            if one.last > vector.get(one.device, 0):
                yield from self._opened(one, space)

    def contradicting(self) -> Iterator[bytes]:
        """Segments of forks."""
        for space in sorted(self._doubted):
            for one in self._parted(space).other:
                if one.path.name not in self._seen:
                    yield from self._opened(one, space)

    def files(self) -> Mapping[str, int]:
        """The attached files of known records that are in the folder, without damaged ones."""
        for sha, (path, _, _) in self._files().items():
            if path.name in self._claimed and attachments.here(self.exchange.workspace, sha):
                for _piece in self.fetch_file(sha, 0):
                    pass  # a damaged one is noted
        return {sha: size for sha, (_, _, size) in self._files().items()}

    def give_file(self, sha256: str, space: str, path: Path) -> None:
        """A file's bytes, under the key of its record's space."""
        key = self._key(space)
        data = self.ring.seal(key, b"".join(attachments.pieces(path)))
        name = f"{key.veiled(sha256.encode())}_{key.id}_{len(data)}"
        files.put(self.root, self.ring.home / files.FILES / name, data)

    def fetch_file(self, sha256: str, start: int) -> Iterator[bytes]:
        """A file's bytes; none of a damaged file, which another device has to write again."""
        found = self._files().get(sha256)
        if found is None:
            return
        path, key, _ = found
        data = self.ring.open(key.id, files.read(path) or b"", key.space) or b""
        if hashlib.sha256(data).hexdigest() != sha256 and path.exists():
            self._found.add(path.name)
            data = b""
        for at in range(start, len(data), attachments.PIECE):
            yield data[at : at + attachments.PIECE]

    def finish(self, mine: Side) -> None:
        """Grant the keys to newly admitted devices, and write the heads."""
        self.ring.forget()
        self._key(EVERYBODY)
        self.ring.grant(self._roster)
        self._say(mine)
        there = {one.name for one in files.devices(self.root)}
        for one in space_access.stopped(self._roster):
            if there.intersection(self.exchange.ids(one.id)) and one.key != self.ring.me.public:
                self.ring.stop(one.key, self._roster.entries[: one.revoked])

    def close(self) -> None:
        """Nothing: no file stays open."""

    # -- what lies there -------------------------------------------------------------------------

    def _key(self, space: str) -> Key:
        """The key to write a space with, granted to its readers before it is used."""
        key = self.ring.writing(space, self._roster)
        if not self.ring.covers(key, self._roster):
            for other in self._due:  # many are granted at once
                self.ring.writing(other, self._roster)
            self.ring.grant(self._roster)
        return key

    def _all(self, space: str) -> list[FolderFile]:
        return files.segments(self.root, self.ring.folders(space))

    def _parted(self, space: str) -> forks.Sorted:
        """The files of a space that this device can open and did not find damaged."""
        some = (one for one in self._all(space) if one.key in self.ring.keys)
        good = (one for one in some if one.path.name not in self._found)
        return forks.parted(self.exchange, self.ring.keys, space, good)

    def _sound(self, space: str, some: Sequence[FolderFile]) -> list[FolderFile]:
        """Without those that have to be written anew because a device called them damaged.

        Its word hides nothing from a reader: who lacks a segment tries the file. Who holds the
        segment looks at the file, and gives the segment anew when it is damaged. Of a file that is
        whole here the writer makes one more copy, since a tool may have spoilt it on its way to
        the other device; not more, whatever is called damaged.
        """
        held, own = self.exchange.vector(space), self.ring.home
        claimed = [one for one in some if one.path.name in self._claimed]
        again = set[Path]()
        for one in (one for one in claimed if one.last <= held.get(one.device, 0)):
            if self._blob(one, space) is None or (
                one.path.is_relative_to(own) and not any(_covers(two, one, own) for two in some)
            ):
                again.add(one.path)
        return [one for one in some if one.path not in again]

    def _opened(self, one: FolderFile, space: str) -> Iterator[bytes]:
        """The segment in a file; none when it is damaged or does not match its name."""
        blob = self._blob(one, space)
        if blob is not None:
            self._seen.add(one.path.name)
            yield blob

    def _blob(self, one: FolderFile, space: str) -> bytes | None:
        """The same; a damaged file is noted."""
        data = files.read(one.path, one.sum)
        blob = self.ring.open(one.key, data, space) if data is not None else None
        if blob is not None and self._is(blob, one):
            return blob
        if one.path.exists():
            self._found.add(one.path.name)
        return None

    def _is(self, blob: bytes, one: FolderFile) -> bool:
        """Whether a segment ends with the hash in its file name.

        Otherwise a fork could be given to a device that lacks it under the name of the other
        history, and no other device would read it.
        """
        try:
            return self.ring.keys[one.key].veiled(decode(blob).hash) == one.chain
        except Refused:
            return True  # taking it reports what is wrong

    def _files(self) -> dict[str, tuple[Path, Key, int]]:
        there = {}
        for device in files.devices(self.root):
            for path in files.listed(device / files.FILES):
                size = path.name.rpartition("_")[2]
                if path.name not in self._found and size == str(files.size_of(path)):
                    there[path.name.rpartition("_")[0]] = path
        found = {}
        for one in attachments.listed(self.exchange.workspace):
            for key in self.ring.keys.values():
                lies = there.get(f"{key.veiled(one.sha256.encode())}_{key.id}")
                if lies is not None and key.space == one.space:
                    found[one.sha256] = lies, key, one.size
        return found

    def _heads(self) -> Iterator[tuple[str, Mapping[str, Heads]]]:
        """Device -> what it has acknowledged, signed by its key."""
        known = {one.key for one in self._roster.devices.values()} - {self.ring.me.public}
        for device in files.devices(self.root):
            try:
                id, data = unpacked(files.read(device / files.HEADS) or b"")
                public, signature, inner = unpacked(self.ring.open(id, data, EVERYBODY) or b"")
                if public in known and signed(public, _HEADS + inner, signature):
                    name, vectors, bad, digests = unpacked(inner)
                    self._claimed |= {str(one) for one in bad}
                    told = {**vectors, **self._heard(device, public)}
                    speaker = space_access.speaker(self._roster, public, str(name))
                    self._digests[speaker] = {str(s): str(one) for s, one in digests.items()}
                    yield speaker, _clean(told)
            except (ValueError, TypeError, AttributeError):
                continue

    def _tell(self, mine: Side) -> None:
        """Tell each device up to where restricted records are held here, as far as it may know."""
        told: dict[str, dict[str, Mapping[str, Any]]] = {}
        whose = self.exchange.workspace.people.person_of
        for space, held in sorted(mine.vectors.items()):
            if file_of(space) is None:
                continue
            all_of_it = _told(self.exchange.heads(space))
            for person in self.ring.people(self._roster, space):
                told.setdefault(person, {})[space] = all_of_it
            for person in {one for one in map(whose, held) if one}:
                own = space_access.own(all_of_it, person, whose)
                told.setdefault(person, {}).setdefault(space, own)
        for one in space_access.members(self._roster) if told else ():
            if one.person in told and one.key != self.ring.me.public:
                self.ring.tell(one.key, packed(told[one.person]))

    def _heard(self, device: Path, public: bytes) -> Any:
        """What a device told us alone."""
        data = self.ring.heard(device, public)
        return unpacked(data) if data else {}

    def _say(self, mine: Side) -> None:
        """Write our heads, unless the file has them already."""
        open_to_all = {s: held for s, held in mine.vectors.items() if file_of(s) is None}
        self._tell(mine)
        vectors = {space: _told(self.exchange.heads(space)) for space in open_to_all}
        digests = {s: one for s, one in self.exchange.digests().items() if s in vectors}
        held = dict(sorted(vectors.items())), sorted(self._found), dict(sorted(digests.items()))
        inner = packed([self.ring.me.id, *held])
        key, path = self._key(EVERYBODY), self.ring.home / files.HEADS
        try:
            id, data = unpacked(files.read(path) or b"")
            same = unpacked(self.ring.open(id, data, EVERYBODY) or b"")[2] == inner
        except (ValueError, TypeError, IndexError):
            same, id = False, ""
        if not same or id != key.id:
            told = packed([self.ring.me.public, self.ring.me.sign(_HEADS + inner), inner])
            files.put(self.root, path, packed([key.id, self.ring.seal(key, told)]))


def _entries(data: bytes | None) -> Iterator[list[MembershipEntry]]:
    """The membership log in some bytes; nothing where they are damaged."""
    try:
        yield [MembershipEntry(*row) for row in unpacked(data or b"")]
    except (ValueError, TypeError):
        return


def _covers(two: FolderFile, one: FolderFile, own: Path) -> bool:
    """Whether another file of our own has the same changes."""
    return (
        two.path != one.path
        and two.path.is_relative_to(own)
        and two.device == one.device
        and two.first <= one.first
        and one.last <= two.last
    )


def _reach(some: Sequence[FolderFile]) -> dict[str, int]:
    """Up to which sequence each device's chain is there without a gap."""
    found: dict[str, int] = {}
    for one in sorted(some, key=lambda one: (one.device, one.first)):
        if one.first <= found.get(one.device, 0) + 1:
            found[one.device] = max(one.last, found.get(one.device, 0))
    return found


def _told(heads: Heads) -> dict[str, list[Any]]:
    return {device: [*head] for device, head in sorted(heads.items())}


def _clean(told: Any) -> Mapping[str, Heads]:
    return {
        str(space): {
            str(device): Head(int(seq), bytes(hash)) for device, (seq, hash) in held.items()
        }
        for space, held in told.items()
    }
