"""Stored segments: a segment again as bytes, from its seal and its changes in the log."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sync.changes import pruned
from sync.changes.change import Dot
from sync.encoding.segment import encode, sealed, thinned
from sync.log import device_aliases, logged_changes
from sync.log.seals import Seal
from sync.trust.seal import SealedHead
from sync.validation.pruning import dropped


def encoded(
    db: Any,
    head: SealedHead,
    one: Seal,
    after: int,
    held: Mapping[str, int],
    needed: set[Dot] | None = None,
) -> bytes:
    """What a seal covers after a sequence; bodies that are not kept are left out.

    `needed`: the changes whose bodies go along (None: all that are kept). `held` is the vector of
    the space.
    """
    space, device = head.space, head.device
    rows = logged_changes.of_segment(db, space, one.idx, after, one.last)
    if needed is not None:
        rows = list(dropped(device, rows, needed))
    prev = logged_changes.hash_at(db, space, device, one.idx, after)
    vouch = device_aliases.of(db, device)
    if needed is not None or any(pruned.is_stub(row.body) for row in rows):
        return encode(thinned(head, one.sig, rows, held, prev=prev, vouch=vouch))
    return encode(sealed(head, one.sig, [row.body for row in rows], prev=prev, vouch=vouch))


def head_of(organisation: str, space: str, device: str, one: Seal) -> SealedHead:
    """What a seal says."""
    return SealedHead(organisation, space, device, one.last, one.hash, one.members)
