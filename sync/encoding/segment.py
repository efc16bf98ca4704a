"""Segment: consecutive changes of one device in one space, under one seal; the unit that travels.

Its bounds never change once it is sealed, and a device that forwards it forwards the same changes
and the same seal; of a snapshot's segments some changes are there as digests only
(`sync.encoding.snapshot`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from models.frozen import NamedTuple
from models.text.words import Refused
from sync.changes.change import NAME, WHOLE, Change, LoggedRow, chain
from sync.encoding import snapshot
from sync.encoding.columns import known_ids
from sync.encoding.decode_error import NEWER, TOO_BIG, refuse
from sync.encoding.pack import CHANGES, pack
from sync.encoding.snapshot import Thin
from sync.encoding.unpack import Opened, unpack
from sync.trust import seal
from sync.trust.seal import SealedHead
from sync.trust.signature import Signer

FORMAT = 1
THINNED = 2
"""The form of a segment some of whose bodies were left out."""
HOLDERS = 20_000
"""Most devices whose versions a snapshot may name."""
LIMIT = 8 << 20
"""Most bytes of an encoded segment."""
_HASH, _SIGNATURE, _ID = 32, 64, 16


class DeviceAlias(NamedTuple):
    """A key's word that its device goes on under this segment's device id."""

    old: str
    """The device id by which the members know the key."""
    signature: bytes


@dataclass(frozen=True, slots=True)
class Segment:
    """Changes `first` to `last` of a device in a space, packed, and their seal."""

    organisation: str
    space: str
    device: str
    first: int
    last: int
    prev: bytes
    """Chain hash of the change before `first`."""
    hash: bytes
    """Chain hash of `last`: what the seal is about."""
    members: int
    """The membership version that its device knew when it sealed."""
    signature: bytes
    packed: bytes
    vouch: DeviceAlias | None = None
    thin: Thin | None = None

    @property
    def head(self) -> SealedHead:
        """What the seal says."""
        return SealedHead(
            self.organisation, self.space, self.device, self.last, self.hash, self.members
        )

    def changes(self) -> Opened:
        """Its changes with their canonical bodies; `Refused` for anything malformed.

        Of a pruned change the kept form. Whether they are the sealed ones is checked by
        `sync.validation.verify`.
        """
        if self.thin is not None:
            place = self.space, self.device, self.first, self.last
            return snapshot.opened(self.packed, self.thin, *place)
        found = unpack(self.packed, self.space, self.device, self.first)
        return found if len(found) == self.last - self.first + 1 else refuse()


def make(
    key: Signer,
    bodies: Sequence[bytes],
    *,
    organisation: str,
    prev: bytes,
    members: int,
    vouch: DeviceAlias | None = None,
    zstd: bool = True,
) -> Segment:
    """Seal canonical bodies of one's own log, which follow the change with the hash `prev`."""
    first, hash = Change.parse(bodies[0]), prev
    for body in bodies:
        hash = chain(hash, body)
    last = first.seq + len(bodies) - 1
    head = SealedHead(organisation, first.space, first.device, last, hash, members)
    return sealed(head, seal.seal(key, head), bodies, prev=prev, vouch=vouch, zstd=zstd)


def sealed(
    head: SealedHead,
    signature: bytes,
    bodies: Sequence[bytes],
    *,
    prev: bytes,
    vouch: DeviceAlias | None = None,
    zstd: bool = True,
) -> Segment:
    """A segment again from its stored seal and bodies, for sending it on."""
    first, packed = head.seq - len(bodies) + 1, pack(bodies, zstd=zstd)
    return Segment(
        head.organisation, head.space, head.device, first, head.seq, prev, head.hash,
        head.members, signature, packed, vouch,
    )  # fmt: skip


def thinned(
    head: SealedHead,
    signature: bytes,
    rows: Sequence[LoggedRow],
    until: Mapping[str, int],
    *,
    prev: bytes,
    vouch: DeviceAlias | None = None,
) -> Segment:
    """A segment again from its stored seal and rows, some of which are pruned."""
    packed, thin = snapshot.thinned(head.space, head.device, rows, until)
    return Segment(
        head.organisation, head.space, head.device, rows[0].seq, head.seq, prev, head.hash,
        head.members, signature, packed, vouch, thin,
    )  # fmt: skip


def encode(segment: Segment) -> bytes:
    """The bytes that travel, always the same ones for the same segment."""
    from msgpack import packb  # type: ignore[import-untyped]

    one = segment
    vouch = [] if one.vouch is None else [_short(one.vouch.old), one.vouch.signature]
    form = FORMAT if one.thin is None else THINNED
    head = [form, _short(one.organisation), _short_space(one.space), _short(one.device)]
    chain = [one.first, one.last, one.prev, one.hash, one.members, one.signature]
    thin = [] if one.thin is None else [_flat(one.thin)]
    data: bytes = packb([*head, *chain, one.packed, *thin, *vouch])
    return data if len(data) <= LIMIT else refuse(TOO_BIG)


def decode(data: bytes) -> Segment:
    """Read what `encode` wrote, and nothing else. Raises `Refused` with the reason."""
    from msgpack import unpackb

    if len(data) > LIMIT:
        refuse(TOO_BIG)
    try:
        parts = unpackb(data, max_array_len=64, max_map_len=0, max_ext_len=0)
        if parts.__class__ is list and parts[0].__class__ is int and parts[0] > THINNED:
            raise Refused(NEWER)
        segment = _read(*parts)
        return segment if encode(segment) == data else refuse()
    except (ValueError, TypeError, IndexError, RecursionError):
        refuse()


def _read(
    version: int, organisation: Any, space: Any, device: Any, first: int, last: int,
    prev: bytes, hash: bytes, members: int, signature: bytes, packed: bytes, *more: Any,
) -> Segment:  # fmt: skip
    for number in (first, last, members):
        if number.__class__ is not int or not 0 < number < WHOLE:
            refuse()
    if (
        version not in (FORMAT, THINNED)
        or not 0 <= last - first < CHANGES
        or packed.__class__ is not bytes
    ):
        refuse()
    _sized((prev, _HASH), (hash, _HASH), (signature, _SIGNATURE))
    told, thin, vouch = None, None, list(more)
    if version == THINNED:
        thin = _thin(*vouch.pop(0))
    if vouch:
        old, word = vouch
        _sized((word, _SIGNATURE))
        told = DeviceAlias(_long(old), word)
    ids = _long(organisation), _long_space(space), _long(device)
    return Segment(*ids, first, last, prev, hash, members, signature, packed, told, thin)


def _flat(thin: Thin) -> list[bytes]:
    from msgpack import packb

    until = [part for device, seq in thin.until for part in (_short(device), seq)]
    return [thin.gone, thin.digests, thin.packed, packb(until)]


def _thin(gone: bytes, digests: bytes, packed: bytes, said: bytes) -> Thin:
    from msgpack import unpackb

    flat = unpackb(said, max_array_len=2 * HOLDERS, max_map_len=0, max_ext_len=0)
    until = tuple(zip(map(_long, flat[::2]), flat[1::2], strict=True))
    right = all(seq.__class__ is int and 0 < seq < WHOLE for _, seq in until)
    if not right or {gone.__class__, digests.__class__, packed.__class__} != {bytes}:
        refuse()
    return Thin(gone, digests, packed, until)


def _sized(*parts: tuple[object, int]) -> None:
    for part, size in parts:
        if not isinstance(part, bytes) or len(part) != size:
            refuse()


def _short(id: str) -> bytes | str:
    return bytes.fromhex(id.replace("-", "")) if known_ids(id) else id


def _long(short: object) -> str:
    if isinstance(short, bytes):
        return str(UUID(bytes=short))
    return short if isinstance(short, str) and 0 < len(short) <= NAME else refuse()


def _short_space(space: str) -> bytes | str:
    """'p:' and an id in 17 bytes."""
    kind, _, id = space.partition(":")
    short = _short(id)
    plain = len(kind) == 1 and kind.isascii()
    return kind.encode() + short if plain and isinstance(short, bytes) else space


def _long_space(short: object) -> str:
    if isinstance(short, bytes):
        return f"{short[:1].decode('ascii')}:{_long(short[1:])}"
    return _long(short)
