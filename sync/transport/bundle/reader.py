"""Reader: the reading side of a bundle file, checked whole before anything is taken."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from models.schema.natural_keys import file_of
from models.text.words import Refused, W
from sync.encoding.msgpack_values import unpacked
from sync.encoding.segment import decode
from sync.log import logged_changes
from sync.transport import attachments
from sync.transport.bundle.framing import FILE, HEADER, LOCK, MEMBERS, PART, Frame, Scanned
from sync.transport.carrier import Side, Vector
from sync.transport.exchange import Exchange
from sync.trust import space_access
from sync.trust.encryption import AGE, PassphraseLock, unlock
from sync.trust.membership import Membership
from sync.trust.membership_entry import Head, MembershipEntry
from sync.validation.verify import ChainCheck

OTHER = W(
    "离线同步包 {name} 属于另一个组织，没有读入任何内容。",
    "The bundle {name} belongs to another organisation; nothing was read.",
)
STRANGER = W(
    "离线同步包 {name} 由成员日志不认识的电脑写成，没有读入任何内容。请向管理员核实来源。",
    "The bundle {name} was written by a device that is no member's; nothing was read."
    " Ask an administrator where it comes from.",
)
NOT_FOR_US = W(
    "离线同步包 {name} 不是写给本机的，打不开。请让写出的人在接入本机之后重新写一份。",
    "The bundle {name} was not written for this device and cannot be opened."
    " Ask for one written after this device was admitted.",
)
LOCKED = W(
    "离线同步包 {name} 有口令保护。请输入口令。",
    "The bundle {name} is protected by a passphrase. Enter it.",
)
UNSOUND = W(
    "离线同步包 {name} 不能采用，没有读入任何内容。{why}",
    "The bundle {name} cannot be taken; nothing was read. {why}",
)


class _Place(NamedTuple):
    """The place of one segment in the file, and its end."""

    frame: Frame
    number: int
    device: str
    last: int
    hash: bytes


class BundleReader:
    """A carrier that only gives. Raises `Refused`, nothing changed, unless all of it is valid."""

    name = "bundle"
    takes = False

    def __init__(self, exchange: Exchange, path: Path, *, passphrase: str | None = None) -> None:
        self.exchange = exchange
        self.refused: list[Refused] = []
        self._file = Scanned(path)
        self._name = path.name
        self._lid = self._header(passphrase)
        self._entries = self._members()
        self.membership = self._known()
        self._places: dict[str, list[_Place]] = {}
        self._files: dict[str, tuple[Frame, int]] = {}
        self._said: dict[str, dict[str, Head]] = {}
        self._digests: dict[str, str] = {}
        self._check()

    def meet(self, _mine: Side) -> Side:
        """The contents of the bundle, and what its writer had acknowledged."""
        vectors: dict[str, dict[str, int]] = {}
        for space, places in self._places.items():
            for one in places:
                held = vectors.setdefault(space, {})
                held[one.device] = max(one.last, held.get(one.device, 0))
        ours = self._public == self.exchange.sealing.key.public
        speaker = space_access.speaker(self.membership, self._public, self.writer)
        peers = {} if ours else {speaker: self._said}
        return Side(len(self._entries), vectors, peers, {speaker: self._digests})

    def members(self, after: int) -> Iterable[Sequence[MembershipEntry]]:
        """The membership log as its writer had it."""
        return [self._entries] if len(self._entries) > after else []

    def give_members(self, _entries: Sequence[MembershipEntry]) -> None:
        """Nothing."""

    def give(self, _space: str, _blobs: Iterable[bytes]) -> Vector | None:
        """Nothing."""
        return None

    def fetch(self, space: str, vector: Vector) -> Iterator[bytes]:
        """The segments that a holder of `vector` lacks, in the order of their writer."""
        last: tuple[Frame, list[bytes]] | None = None
        for one in self._places.get(space, ()):
            if one.last > vector.get(one.device, 0):
                if last is None or last[0] != one.frame:
                    last = one.frame, self._part(one.frame)[2]
                yield last[1][one.number]

    def files(self) -> Mapping[str, int]:
        """The attached files in it."""
        return {sha: size for sha, (_, size) in self._files.items()}

    def give_file(self, _sha256: str, _space: str, _path: Path) -> None:
        """Nothing."""

    def fetch_file(self, sha256: str, start: int) -> Iterator[bytes]:
        """A file's bytes."""
        data = self._read(self._files[sha256][0])[2]
        for at in range(start, len(data), attachments.PIECE):
            yield data[at : at + attachments.PIECE]

    def finish(self, _mine: Side) -> None:
        """Nothing."""

    def close(self) -> None:
        """Nothing: each part is read by itself."""

    def contradicting(self) -> Iterator[bytes]:
        """Segments of forks."""
        for space, places in self._places.items():
            for one in self._contradicting(space, places):
                yield self._part(one.frame)[2][one.number]

    def _contradicting(self, space: str, places: Sequence[_Place]) -> list[_Place]:
        """The segments whose last change is here, and is another one."""
        opened = self.exchange.workspace
        held, db = self.exchange.vector(space), opened.store.db.connection()
        known = [one for one in places if one.last <= held.get(one.device, 0)]
        here = [
            logged_changes.hash_at(
                db, space, one.device, opened.people.idx_of(one.device), one.last
            )
            for one in known
        ]
        return [one for one, hash in zip(known, here, strict=True) if one.hash != hash]

    # -- the check -------------------------------------------------------------------------------

    def _header(self, passphrase: str | None) -> PassphraseLock | None:
        """Who wrote it, for which organisation, before anything is opened."""
        first = next(self._file.of(HEADER), None)
        parts: Any = self._plain(self._file.read(first)) if first else None
        if not isinstance(parts, list) or [type(part) for part in parts] != [str, str, bytes]:
            self._file.damaged()
        organisation, self.writer, self._public = parts
        if not self._file.signed_by(self._public):
            self._file.damaged()
        if organisation != self.exchange.trust.membership.organisation:
            raise Refused(OTHER, name=self._name)
        return self._opened(passphrase)

    def _opened(self, passphrase: str | None) -> PassphraseLock | None:
        locks = list(self._file.of(LOCK))
        if not locks:
            return None
        if passphrase is None:
            raise Refused(LOCKED, name=self._name)
        return PassphraseLock.unwrapped(self._file.read(locks[0]), passphrase)

    def _members(self) -> list[MembershipEntry]:
        found = [self._read(frame) for frame in self._file.of(MEMBERS)] or [self._file.damaged()]
        rows: Any = next((rows for rows in found if rows is not None), None)
        if rows is None:
            raise Refused(NOT_FOR_US, name=self._name)
        try:
            return [MembershipEntry(*row) for row in rows]
        except TypeError:
            return self._file.damaged()  # type: ignore[no-any-return]

    def _known(self) -> Membership:
        """The membership as it will be; the writer must be one of its devices.

        A device that was revoked is told so by anybody: by entries that need no other voucher.
        """
        grown = self.exchange.trust.membership.extend(self._entries)
        me = self.exchange.sealing.key.public
        if any(one.revoked is not None for one in grown.keyed(me)):
            return grown
        if self._public not in {one.key for one in grown.devices.values()}:
            raise Refused(STRANGER, name=self._name)
        return grown

    def _check(self) -> None:
        """Every segment and every file, before the first is taken."""
        me = self.exchange.sealing.key.public
        mine = {one.person for one in self.membership.devices.values() if one.key == me}
        chain = ChainCheck(self.membership)
        for frame in self._file.of(PART):
            part = self._part(frame)
            if part and (file_of(part[0]) or any(self._opens(one, part[0]) for one in mine)):
                self._index(frame, part, chain)
        for frame in self._file.of(FILE):
            found = self._read(frame)
            if found is not None and found[1] in self._places:
                sha, _, data = found
                if hashlib.sha256(data).hexdigest() != sha:
                    self._file.damaged()
                self._files[sha] = frame, len(data)

    def _opens(self, person: str, space: str) -> bool:
        return space_access.entitled(self.membership, person, space)

    def _index(self, frame: Frame, part: Any, chain: ChainCheck) -> None:
        space, told, blobs, digest = part
        self._digests[space] = digest
        heads = {device: Head(seq, hash) for device, (seq, hash) in told.items()}
        self._said[space] = {**self._said.get(space, {}), **heads}
        if not blobs and file_of(space) is not None:
            return  # said to somebody who only wrote into it
        places = self._places.setdefault(space, [])
        for number, blob in enumerate(blobs):
            try:
                one = decode(blob)
                chain.add(one)
            except Refused as why:
                raise Refused(UNSOUND, name=self._name, why=why) from why
            if one.space != space:
                self._file.damaged()
            places.append(_Place(frame, number, one.device, one.last, one.hash))

    def _part(self, frame: Frame) -> Any:
        """(space, positions, segments, digest) of a frame; None when it is for others."""
        part = self._read(frame)
        if part is None:
            return None
        try:
            space, told, blobs, digest = part
            right = (
                isinstance(space, str)
                and isinstance(digest, str)
                and all(isinstance(one, bytes) for one in blobs)
            )
            heads = ([type(one) for one in head] for head in told.values())
            right = right and all(head == [int, bytes] for head in heads)
        except (TypeError, ValueError, AttributeError):
            right = False
        return part if right else self._file.damaged()

    def _read(self, frame: Frame) -> Any:
        """What a box holds; None when it is for others."""
        box = self._file.read(frame)
        key = self.exchange.sealing.key
        data = self._lid.unlock(box) if self._lid is not None else unlock(box, key)
        if self._lid is not None and data is not None and data.startswith(AGE):
            data = unlock(data, key)  # a restricted record
        return None if data is None else self._plain(data)

    def _plain(self, data: bytes) -> Any:
        try:
            return unpacked(data)
        except ValueError:
            return self._file.damaged()
