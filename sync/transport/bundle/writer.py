"""Writer: the writing side of a bundle file."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO

from models.schema.natural_keys import file_of
from models.storage.atomic_file import USUAL, create, open_plain, put_in_place
from models.text.os_errors import why
from models.text.words import Refused, W
from sync.encoding.msgpack_values import packed, packed_entries
from sync.transport import attachments
from sync.transport.bundle.framing import (
    DAMAGED,
    FILE,
    HEADER,
    LOCK,
    MEMBERS,
    NO_BUNDLE,
    PART,
    FrameWriter,
    accepted,
)
from sync.transport.carrier import Side, Vector
from sync.transport.exchange import Exchange
from sync.trust import space_access
from sync.trust.encryption import PassphraseLock, lock
from sync.trust.membership_entry import Heads, MembershipEntry

PORTION = 4 << 20
"""Bytes of segments after which the next go into another frame."""

CANNOT_WRITE = W(
    "不能写入 {name}：{reason}。请检查磁盘空间，或 U 盘是否还在；没有写出离线同步包。",
    "Cannot write {name}: {reason}. Check the disk's space, or whether the stick is still there;"
    " no bundle was written.",
)
NOT_OURS = W(
    "{name} 已存在，而且不是离线同步包，没有覆盖。请换一个文件名。",
    "{name} is there already and is no bundle; it was not overwritten. Choose another name.",
)


class Writing:
    """A carrier that only takes; the file is in place when its round finishes."""

    name = "bundle"
    takes = True

    def __init__(
        self,
        exchange: Exchange,
        path: Path,
        *,
        to: Collection[str] | None = None,
        passphrase: str | None = None,
    ) -> None:
        self.path = path
        self.exchange = exchange
        self.refused: list[Refused] = []
        self.roster = exchange.trust.membership
        self.key = exchange.sealing.key
        self._to = to
        self._lid = PassphraseLock.fresh() if passphrase is not None else None
        self._lock = self._lid.wrapped(passphrase) if self._lid and passphrase else b""
        self._digests: Mapping[str, str] = {}
        self._fresh = path.with_name(f"{path.name[:80]}.{os.urandom(8).hex()}.tmp")

    def __enter__(self) -> Writing:
        try:
            if self.path.exists():
                _replaceable(self.path)
            self._file: BinaryIO = create(self._fresh, USUAL)
            self._out = FrameWriter(self._file)
        except OSError as error:
            raise self._failed(error) from error
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with suppress(OSError):
            self._file.close()
        with suppress(OSError):
            self._fresh.unlink(missing_ok=True)

    def meet(self, _mine: Side) -> Side:
        """Begin the file; its readers may have nothing yet."""
        self._digests = self.exchange.digests()
        header = [self.roster.organisation, self.key.id, self.key.public]
        self._frame(HEADER, packed(header))
        if self._lid is not None:
            self._frame(LOCK, self._lock)
        return Side()

    def members(self, _after: int) -> Iterable[Sequence[MembershipEntry]]:
        """Nothing comes from a file that is being written."""
        return ()

    def give_members(self, entries: Sequence[MembershipEntry]) -> None:
        """The whole log, for every member; for devices that were revoked, the log up to there."""
        self._frame(MEMBERS, self._boxed(packed_entries(entries), None))
        for one in space_access.stopped(self.roster) if self._lid is None else ():
            self._frame(MEMBERS, lock(packed_entries(entries[: one.revoked]), [one.key]))

    def give(self, space: str, blobs: Iterable[bytes]) -> Vector | None:
        """The segments of a space, for the devices that may hold it.

        Who only wrote into a restricted record hears up to where their own part is held.
        """
        portion, size, begun = list[bytes](), 0, False
        for blob in blobs:
            if portion and size + len(blob) > PORTION:
                self._part(space, portion)
                portion, size, begun = [], 0, True
            portion.append(blob)
            size += len(blob)
        if portion or not begun:
            self._part(space, portion)
        if file_of(space) is not None:
            self._hear(space)
        return None

    def _hear(self, space: str) -> None:
        """Say to those who only wrote into a restricted record what is held of theirs."""
        vector, named = self.exchange.heads(space), self.exchange.named(space)
        whose = self.exchange.workspace.people.person_of
        writers = {whose(device) for device in vector}
        for one in space_access.members(self.roster):
            if one.person not in writers or one.key == self.key.public or not self._is_for(one.id):
                continue
            if not space_access.entitled(self.roster, one.person, space, named):
                held = space_access.own(vector, one.person, whose)
                box = lock(packed([space, _told(held), [], ""]), [one.key])
                self._frame(PART, self._lid.lock(box) if self._lid is not None else box)

    def fetch(self, _space: str, _vector: Vector) -> Iterator[bytes]:
        """Nothing."""
        return iter(())

    def contradicting(self) -> Iterator[bytes]:
        """Nothing."""
        return iter(())

    def files(self) -> Mapping[str, int]:
        """None yet."""
        return {}

    def give_file(self, sha256: str, space: str, path: Path) -> None:
        """A file's bytes, for the devices that may hold the space of its record."""
        data = b"".join(attachments.pieces(path))
        self._frame(FILE, self._boxed(packed([sha256, space, data]), space))

    def fetch_file(self, _sha256: str, _start: int) -> Iterator[bytes]:
        """Nothing."""
        return iter(())

    def finish(self, _mine: Side) -> None:
        """The totals; then the file is put in its place, on the disk."""
        try:
            self._out.end(self.key)
            self._file.close()
            put_in_place(self._fresh, self.path)
        except OSError as error:
            raise self._failed(error) from error

    def close(self) -> None:
        """Nothing: what was not finished goes when the writing ends."""

    def _part(self, space: str, portion: Sequence[bytes]) -> None:
        told, digest = _told(self.exchange.heads(space)), self._digests.get(space, "")
        self._frame(PART, self._boxed(packed([space, told, portion, digest]), space))

    def _boxed(self, data: bytes, space: str | None) -> bytes:
        """The data for the devices that may hold the space (None: every member's), and for us.

        With a passphrase for those who know it; a restricted record for its readers all the same.
        """
        file = space is not None and file_of(space) is not None
        if self._lid is not None and not file:
            return self._lid.lock(data)
        roster, some = self.roster, space_access.members(self.roster)
        if space is not None:
            some = space_access.devices(roster, space, self.exchange.named(space))
        owners = [one.key for one in some if self._is_for(one.id)]
        box = lock(data, [self.key.public, *owners])
        return box if self._lid is None else self._lid.lock(box)

    def _is_for(self, device: str) -> bool:
        return self._to is None or device in self._to

    def _frame(self, kind: int, data: bytes) -> None:
        try:
            self._out.frame(kind, data)
        except OSError as error:
            raise self._failed(error) from error

    def _failed(self, error: OSError) -> Refused:
        return Refused(CANNOT_WRITE, name=self.path.name, reason=why(error))


def _told(heads: Heads) -> dict[str, list[Any]]:
    return {device: [*head] for device, head in heads.items()}


def _replaceable(path: Path) -> None:
    """Refuse to replace what is no bundle, or one of a format that is not known here."""
    with open_plain(path, follow=True) as file:
        if not file.read(1):
            return
        file.seek(0)
        try:
            accepted(file, path)
        except Refused as refused:
            if refused.word in (NO_BUNDLE, DAMAGED):
                raise Refused(NOT_OURS, name=path.name) from None
            raise
