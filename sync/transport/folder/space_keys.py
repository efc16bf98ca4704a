"""Space keys: the keys of a shared folder, granted to each device in an encrypted file of its own.

Each writer has a key per space. Every device that has keys grants them, signed, to every device
that may hold the space; so a device that is admitted later can read what was written before, even
if the writer is away. When a person who had a key may hold the space no more, its writer goes on
with a new one.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from models.schema.natural_keys import FILE, file_of
from sync.encoding.msgpack_values import packed, packed_entries, unpacked
from sync.transport.folder import files
from sync.trust import space_access
from sync.trust.device_key import DeviceKey
from sync.trust.encryption import lock, unlock
from sync.trust.membership_entry import MembershipEntry
from sync.trust.roster import Roster
from sync.trust.signature import signed
from sync.trust.space_access import Named, nobody

EVERYBODY = ""
"""Used as a space: contents that every member may read."""
_DOMAIN = b"sitebook/folder/grant/1\0"
_SEALED = b"sitebook/folder/1\0"
_HEARD = b"sitebook/folder/heard/1\0"
_NONCE = 12


class Key(NamedTuple):
    """One key of one space."""

    space: str
    secret: bytes
    to: frozenset[str]
    """Of our own keys: the tags of those it was given to."""

    @property
    def id(self) -> str:
        """The key's name, from which the key cannot be derived."""
        return hashlib.sha256(_SEALED + self.secret).hexdigest()[:16]

    @property
    def folder(self) -> str:
        """The folder of the segments that it encrypts."""
        if file_of(self.space) is None:
            return files.named(self.space)
        return f"{FILE}_{self.veiled(self.space.encode())}"

    def veiled(self, hash: bytes) -> str:
        """A hash for use in a file name: equal for equal hashes, and of no use without the key."""
        return hmac.digest(self.secret, hash, "sha256").hex()[:32]


class Ring:
    """The keys that this device has in one shared folder."""

    def __init__(self, root: Path, me: DeviceKey, named: Named = nobody) -> None:
        self.root = root
        self.me = me
        self.named = named
        """The people whom a restricted record names as its readers."""
        self.keys: dict[str, Key] = {}
        self._own: dict[str, str] = {}
        """Space -> id of the key that we write with."""
        self._people: dict[str, set[str]] = {}
        """Space, or what its name has in common with others -> the people who may hold it."""
        self._version = 0
        """The membership version that this follows from."""

    @property
    def home(self) -> Path:
        """Our own sub-folder."""
        return self.root / self.me.id

    def load(self, roster: Roster) -> None:
        """Read the keys that members' devices granted to this one."""
        self.forget()
        trusted = {one.key for one in roster.devices.values()} | {self.me.public}
        for device in files.devices(self.root):
            for path in files.listed(device / files.KEYS):
                if path.name.partition("_")[0] == tag(self.me.public):
                    self._take(files.read(path), trusted, ours=device == self.home)

    def writing(self, space: str, roster: Roster) -> Key:
        """The key to write with: a new one if a device has the old one that may not."""
        may = {tag(key) for key in self._readers(roster, space)} | {tag(self.me.public)}
        known = self.keys.get(self._own.get(space, ""))
        if known is None or not known.to <= may:
            known = Key(space, os.urandom(32), frozenset())
            self.keys[known.id] = known
            self._own[space] = known.id
        return known

    def forget(self) -> None:
        """The records may have changed: who may hold a space is asked anew."""
        self._people.clear()

    def people(self, roster: Roster, space: str) -> set[str]:
        """The people who may hold a space."""
        if self._version != roster.version:
            self.forget()
            self._version = roster.version
        if space not in self._people:
            alike = space.rpartition(":")[0] if file_of(space) else space  # the roles are the same
            if alike not in self._people:
                some = {one.person for one in space_access.members(roster)}
                some = {one for one in some if space_access.entitled(roster, one, space)}
                self._people[alike] = some
            self._people[space] = self._people[alike] | set(self.named(space))
        return self._people[space]

    def _readers(self, roster: Roster, space: str) -> set[bytes]:
        some = space_access.members(roster)
        if space == EVERYBODY:
            return {one.key for one in some}
        may = self.people(roster, space)
        return {one.key for one in some if one.person in may}

    def covers(self, key: Key, roster: Roster) -> bool:
        """Whether one of our keys was granted to everybody who may have it."""
        known = self.keys[key.id]
        owed = {tag(one) for one in self._readers(roster, key.space) - {self.me.public}}
        return owed <= known.to

    def folders(self, space: str) -> set[str]:
        """The folders that hold a space: of a restricted record one for each key, without a name
        that says anything to others.
        """
        if file_of(space) is None:
            return {files.named(space)}
        return {one.folder for one in self.keys.values() if one.space == space}

    def grant(self, roster: Roster) -> None:
        """Grant every device the keys of what it may read; call it before anything is written."""
        readers = {one.key for one in space_access.members(roster)} | {self.me.public}
        spaces = {one.space for one in self.keys.values()}
        may = {space: self._readers(roster, space) for space in spaces}
        for public in sorted(readers):
            mine = public == self.me.public
            some = [one for one in self.keys.values() if mine or public in may[one.space]]
            for one in some:
                if self._own.get(one.space) == one.id:
                    self.keys[one.id] = one._replace(to=one.to | {tag(public)})
            if some and not mine:
                self._give(public, [one._replace(to=frozenset()) for one in some])
        self._give(self.me.public, self.keys.values())

    def seal(self, key: Key, data: bytes) -> bytes:
        """Bytes under a key."""
        from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

        nonce = os.urandom(_NONCE)
        bound = _SEALED + key.space.encode()
        return nonce + ChaCha20Poly1305(key.secret).encrypt(nonce, data, bound)

    def open(self, id: str, data: bytes, space: str) -> bytes | None:
        """The bytes again; None for a key not known here, another space's, or damage."""
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

        key = self.keys.get(id)
        if key is None or key.space != space:
            return None
        try:
            bound = _SEALED + space.encode()
            return ChaCha20Poly1305(key.secret).decrypt(data[:_NONCE], data[_NONCE:], bound)
        except (InvalidTag, ValueError):
            return None

    def _take(self, box: bytes | None, trusted: set[bytes], *, ours: bool) -> None:
        """The keys of one box, when a member signed it for us."""
        data = unlock(box, self.me) if box is not None else None
        try:
            public, signature, inner = unpacked(data or b"")
            if public not in trusted or not signed(public, self._bound(inner), signature):
                return
            mine = ours and public == self.me.public
            for space, secret, to in unpacked(inner):
                key = Key(str(space), bytes(secret), frozenset(to) if mine else frozenset())
                if key.id not in self.keys or mine:
                    self.keys[key.id] = key
                if mine and to:
                    self._own[key.space] = key.id
        except (ValueError, TypeError):
            return

    def _give(self, public: bytes, some: Iterable[Key]) -> None:
        """Write the keys for one device, unless the file has them already."""
        rows = [[one.space, one.secret, sorted(one.to)] for one in some]
        inner = packed(sorted(rows))
        path = self.home / files.KEYS / f"{tag(public)}_{files.sum_of(inner)}"
        if path.exists():
            return
        told = packed([self.me.public, self.me.sign(self._bound(inner, public)), inner])
        files.put(self.root, path, lock(told, [public]))
        for old in files.listed(path.parent):
            if old.name.startswith(tag(public) + "_") and old != path:
                files.drop(old)

    # -- what one device alone is told -------------------------------------------------------------

    def stop(self, public: bytes, entries: Sequence[MembershipEntry]) -> None:
        """Leave a device the membership log up to its revocation, unless it is there already: what
        is written from then on it cannot read.
        """
        path = self.home / files.STOPPED / f"{tag(public)}_{len(entries)}"
        if not path.exists():
            files.put(self.root, path, lock(packed_entries(entries), [public]))

    def stopped(self) -> Iterator[bytes]:
        """What was left so for this device."""
        for device in files.devices(self.root):
            for path in files.listed(device / files.STOPPED):
                if path.name.startswith(tag(self.me.public) + "_"):
                    yield unlock(files.read(path) or b"", self.me) or b""

    def tell(self, public: bytes, said: bytes) -> None:
        """Write something for one device, unless it is there already."""
        folder, name = self.home / files.HEARD, tag(public)
        path = folder / f"{name}_{files.sum_of(said)}"
        if path.exists():
            return
        signature = self.me.sign(_HEARD + public + said)
        files.put(self.root, path, lock(packed([self.me.public, signature, said]), [public]))
        for old in files.listed(folder):
            if old.name.startswith(name + "_") and old != path:
                files.drop(old)

    def heard(self, device: Path, public: bytes) -> bytes | None:
        """What the owner of a key told this device in a sub-folder; None without any."""
        for path in files.listed(device / files.HEARD):
            box = files.read(path) if path.name.startswith(tag(self.me.public) + "_") else None
            data = unlock(box, self.me) if box is not None else None
            try:
                giver, signature, said = unpacked(data or b"")
            except (ValueError, TypeError):
                continue
            if giver == public and signed(public, _HEARD + self.me.public + said, signature):
                return bytes(said)
        return None

    def _bound(self, inner: bytes, public: bytes | None = None) -> bytes:
        """What is signed: the keys, and whom they are for."""
        return _DOMAIN + (public or self.me.public) + inner


def tag(public: bytes) -> str:
    """A device's name among the boxes."""
    return hashlib.sha256(public).hexdigest()[:16]
