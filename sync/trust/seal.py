"""Seal: one signature over the end of a device's chain in a space. Pure.

Checking it checks every change before it, since the last hash depends on all of them. A second
statement, the *vouching*, lets a key say that it goes on under a new device id (after a copied
or restored database), so that a new incarnation is believed before an administrator admits it.
"""

from __future__ import annotations

import json

from models.frozen import NamedTuple
from sync.trust.signature import Signer, signed

_SEAL = "sitebook/seal/1"
_VOUCH = "sitebook/vouch/1"


class SealedHead(NamedTuple):
    """What a seal says: how far this device's chain in this space goes."""

    organisation: str
    space: str
    device: str
    seq: int
    hash: bytes
    """Chain hash of change `seq`."""
    members: int
    """The membership version its owner knew."""


def seal(key: Signer, head: SealedHead) -> bytes:
    """The signature over a head, 64 bytes."""
    return key.sign(_text(_SEAL, *head))


def check(public: bytes, head: SealedHead, signature: bytes) -> bool:
    """Whether the owner of the key sealed exactly this head."""
    return signed(public, _text(_SEAL, *head), signature)


def vouch(key: Signer, organisation: str, old: str, new: str) -> bytes:
    """The key's word that device `new` is device `old` going on."""
    return key.sign(_text(_VOUCH, organisation, old, new))


def vouched(public: bytes, organisation: str, old: str, new: str, signature: bytes) -> bool:
    """Whether the owner of the key of device `old` said that it goes on as `new`."""
    return signed(public, _text(_VOUCH, organisation, old, new), signature)


def _text(*parts: str | int | bytes) -> bytes:
    """The bytes signed: a JSON list, so that no two statements have the same bytes."""
    plain = [part.hex() if isinstance(part, bytes) else part for part in parts]
    return json.dumps(plain, ensure_ascii=True, separators=(",", ":")).encode("ascii")
