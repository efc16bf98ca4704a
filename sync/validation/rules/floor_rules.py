"""Floor rules: nobody keeps a role, or an empty office, by naming an old membership version. Pure.

A change is judged by the version that its seal names, and a move by the one that it names itself.
Neither may be older than what the device named or sealed before it in this space's chain, nor than
the seals over what the change builds on: its base, what it saw, the record's creation. What is
under the same seal counts by the versions that its moves name, for a seal is put on later.
"""

from __future__ import annotations

from sync.changes.change import Dot
from sync.validation import reasons
from sync.validation.change_context import ChangeContext, version_named


def sealed_in_time(case: ChangeContext) -> None:
    """Refuse a change under a seal that names too old a version."""
    members = case.writer.members
    if members < case.writer.membership.version:
        _at_least(case, members, _built_on(case))


def named_in_time(case: ChangeContext, members: int) -> None:
    """Refuse a move that names too old a version, or a later one than its seal."""
    sealed = case.writer.members
    if members > sealed:
        case.refuse(reasons.AHEAD, said=members, sealed=sealed)
    if members < case.writer.membership.version:
        before = min(case.writer.named_before(case.change, case.past), sealed)
        _at_least(
            case, members, max(_built_on(case), before, *(_of(case, dot) for dot in _births(case)))
        )


def _births(case: ChangeContext) -> list[Dot]:
    births = case.past.births(case.change.record)
    return [birth.dot for birth in births if birth.space == case.change.space]


def _at_least(case: ChangeContext, said: int, floor: int) -> None:
    if said < floor:
        case.refuse(reasons.BEHIND, said=said, known=floor)


def _built_on(case: ChangeContext) -> int:
    change = case.change
    before = case.past.sealed_before(change.device, case.writer.first)
    return max(before, *(_of(case, dot) for dot in change.named()), 0)


def _of(case: ChangeContext, dot: Dot) -> int:
    """The version that was known when another change was written, as far as it shows."""
    device, seq = dot
    if device == case.change.device and seq >= case.writer.first:
        return min(version_named(case.past.change(device, seq)), case.writer.members)
    return case.past.sealed(device, seq)
