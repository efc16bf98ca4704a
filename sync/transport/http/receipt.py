"""Receipt: the hub's signed word on what it holds, given only after it is durable. Pure.

Besides what a device brought, a receipt names how far the order of the space had grown, and a
hash over all of that order. A hub that was put back to an older state, or grew another way since,
is found out by any device that shows it a receipt.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from sync.trust.signature import Signer, signed

DOMAIN = "sitebook/receipt/1"
BEGUN = bytes(32)
"""The mark of an empty space."""


class Receipt(NamedTuple):
    """What the hub had when it signed."""

    epoch: str
    space: str
    n: int
    mark: bytes
    tips: Mapping[str, int]
    """Device -> sequence, of the devices asked about."""
    signature: bytes = b""


def mark(before: bytes, device: str, last: int, hash: bytes) -> bytes:
    """The mark of a space with one more segment."""
    text = json.dumps([device, last], ensure_ascii=True).encode("ascii")
    return hashlib.sha256(before + hash + text).digest()


def sign(key: Signer, organisation: str, one: Receipt) -> Receipt:
    """The receipt with its signature."""
    return one._replace(signature=key.sign(_text(organisation, one)))


def check(public: bytes, organisation: str, one: Receipt) -> bool:
    """Whether the owner of the key gave this receipt."""
    return signed(public, _text(organisation, one), one.signature)


def told(one: Receipt) -> dict[str, Any]:
    """The receipt as JSON."""
    return {**one._asdict(), "mark": one.mark.hex(), "signature": one.signature.hex()}


def heard(data: Any) -> Receipt | None:
    """The receipt again; None for anything else."""
    try:
        tips = {str(device): int(seq) for device, seq in data["tips"].items()}
        parts = str(data["epoch"]), str(data["space"]), int(data["n"])
        return Receipt(*parts, bytes.fromhex(data["mark"]), tips, bytes.fromhex(data["signature"]))
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


def _text(organisation: str, one: Receipt) -> bytes:
    form = [DOMAIN, organisation, one.epoch, one.space, one.n, one.mark.hex(), dict(one.tips)]
    return json.dumps(form, ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode()
