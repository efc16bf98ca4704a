"""Segment check: the hub verifies a segment by the same rules as every book."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from models.text.words import Refused, W
from sync.changes.change import Change
from sync.encoding.decode_error import refuse
from sync.encoding.segment import Segment, decode
from sync.trust.membership import Membership
from sync.validation.history import Writer
from sync.validation.verify import Refuse, Want, verify

WAITS = W("它要等前面的内容", "it names a membership version that is not known here")


class Proven(NamedTuple):
    """A verified segment with its changes, their hashes and its writer."""

    segment: Segment
    blob: bytes
    changes: Sequence[Change]
    hashes: Sequence[bytes]
    writer: Writer


def prove(blob: bytes, space: str, membership: Membership) -> Proven:
    """A segment whose seal and chain are right. Raises `Refused` with the reason.

    A segment that names a membership version not known here is refused too: the device has to
    bring the membership log first.
    """
    segment = decode(blob)
    if segment.space != space:
        refuse()
    verdict = verify(segment, membership, segment.prev)
    if isinstance(verdict, Refuse):
        raise verdict.why
    if isinstance(verdict, Want):
        raise Refused(WAITS)
    changes = [change for change, _, _ in verdict.changes]
    return Proven(segment, blob, changes, [hash for _, _, hash in verdict.changes], verdict.writer)


def seen(proven: Proven) -> dict[str, int]:
    """Device -> the latest of its versions that these changes name."""
    latest: dict[str, int] = {}
    for change in proven.changes:
        for device, seq in change.named():
            latest[device] = max(seq, latest.get(device, 0))
    return latest
