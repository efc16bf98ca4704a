"""Pruned: what is kept of a change whose values are not shown any more: its digest and its base.

The digest keeps the chain and its seals checkable; the base keeps the merge exact, since it says
which versions the change replaced. In the log a zero byte comes first, which no JSON text does.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from json.encoder import encode_basestring

from models.frozen import NamedTuple
from sync.changes.change import Base, Change, Dot

MARK = b"\0"
_START = 33

_quoted = lru_cache(4096)(encode_basestring)


class Stub(NamedTuple):
    """What is kept of a pruned change, apart from its digest."""

    tx: int
    base: dict[str, list[Dot]]
    """Every register that the change wrote, with the versions it replaced."""


def is_stub(body: bytes) -> bool:
    """Whether these bytes stand for a body that is not here."""
    return body[:1] == MARK


def digest(body: bytes) -> bytes:
    """The digest of a change, from its body or its pruned form."""
    return body[1:_START] if body[:1] == MARK else sha256(body).digest()


def chain(prev_hash: bytes, body: bytes) -> bytes:
    """The chain hash of a change, from its body or its pruned form.

    As `sync.changes.change.chain`, and the same for the pruned form.
    """
    own = body[1:_START] if body[:1] == MARK else sha256(body).digest()
    return sha256(prev_hash + own).digest()


def stub(change: Change, body: bytes) -> bytes:
    """The pruned form of a change."""
    base = {name: change.base.get(name, ()) for name in change.fields}
    return made(sha256(body).digest(), change.tx, base)


def made(digest: bytes, tx: int, base: Base) -> bytes:
    """The pruned form from its parts."""
    parts = []
    for name, dots in sorted(base.items()):
        named = [f"[{_quoted(device)},{seq}]" for device, seq in dots]
        parts.append(f"{_quoted(name)}:[{','.join(named)}]")
    return MARK + digest + f"[{tx},{{{','.join(parts)}}}]".encode()


def read(body: bytes) -> Stub:
    """The parts of a pruned form. Raises `ValueError` or `TypeError` for anything else."""
    tx, base = json.loads(body[_START:])
    named = {
        str(name): [(str(device), int(seq)) for device, seq in dots] for name, dots in base.items()
    }
    return Stub(int(tx), named)


@dataclass(slots=True)
class PrunedChange(Change):
    """A change without fields: it only takes the versions of its base away."""


def change(
    space: str, device: str, seq: int, at: int, type: str, record: str, body: bytes
) -> Change:
    """A change from its row in the log; without values where it is pruned."""
    if not is_stub(body):
        return Change.parse(body)
    said = read(body)
    return PrunedChange(space, device, seq, at, type, record, said.tx, {}, said.base)
