"""Floor rules: an old membership version cannot be named to keep a role that was taken. Pure.

A change is authorised by the version that its seal names, and a move by the one that it names
itself. Neither may be older than what the device named or sealed before it in this space's chain,
nor than the seals over what the change builds on: its base, what it saw, the record's creation.
What is under the same seal counts by the versions that its moves name, for a seal is put on later.
"""

from __future__ import annotations

from collections.abc import Iterable

from sync.changes.change import Change, Dot
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
        _at_least(case, members, max(_built_on(case), before))


def _at_least(case: ChangeContext, said: int, floor: int) -> None:
    if said < floor:
        case.refuse(reasons.BEHIND, said=said, known=floor)


def _built_on(case: ChangeContext) -> int:
    """The highest version that was known where something was written that the change builds on."""
    past, writer, device = case.past, case.writer, case.change.device
    floor = past.sealed_before(device, writer.first)
    todo, met = list(case.change.named()), set[Dot]()
    while todo:
        dot = todo.pop()
        if dot in met:
            continue
        met.add(dot)
        if dot[0] == device and dot[1] >= writer.first:
            change = past.change(*dot)
            floor = max(floor, min(version_named(change), writer.members))
            todo += _beneath(change)
        else:
            floor = max(floor, past.sealed(*dot))
            if past.quarantined(*dot):
                todo += _beneath(past.change(*dot))
    return floor


def _beneath(change: Change | None) -> Iterable[Dot]:
    """What a change builds on whose own seal says nothing: it is under the same one, or refused."""
    return change.named() if change is not None else ()
