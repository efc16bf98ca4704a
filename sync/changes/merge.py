"""The merge: pure functions over registers; the same changes give the same state everywhere.

A record is a set of registers, each one field, one field group, `state` or `void`. A register has
its current versions, normally one. A change removes exactly the versions named in its base and adds
its own; every other version is then concurrent. No clock, no history and no vector per change are
needed, because changes apply in a causally closed order: per device without gaps, and a change
whose base names an unknown version waits (`missing`).

**Void.** A voiding writes only the register `void` (its reason), but its base lists, under every
register, the versions that were on the screen. Those are not removed: they are what the void *saw*.
A current version that no current void saw was written concurrently, and the record stays visible
for review (`edited_against_void`). Who edits a record seen as void restores it: the same change
writes `void: null` over the void it saw. Two voidings agree, whatever their reasons.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from operator import itemgetter

from models.frozen import NamedTuple
from sync.changes.change import Change, Dot


class Version(NamedTuple):
    """One value of a register and who wrote it when; `at` serves for showing and ties only."""

    device: str
    seq: int
    at: int
    value: object

    @property
    def dot(self) -> Dot:
        """What a base calls this version."""
        return self.device, self.seq


Register = tuple[Version, ...]
"""Standing versions in the order of their dots, so that equal sets are equal tuples."""

State = Mapping[str, Register]
Rank = Mapping[object, int] | None
"""Place of each value, the least advanced first; None where all are alike."""
Vector = Mapping[str, int]
"""Device -> the last sequence held, all before it included."""

VOID = "void"
LIVING: Mapping[object, int] = {None: 0}
"""The rank of `void`: while people disagree whether a record is void, it is shown."""


def apply(standing: Register, base: Iterable[Dot], new: Version) -> Register:
    """The register after a change that saw `base` and wrote `new`: the whole rule."""
    gone = {(device, seq) for device, seq in base} | {new.dot}
    return _sorted([*(v for v in standing if v.dot not in gone), new])


def merge(state: State, change: Change) -> dict[str, Register]:
    """The record after a change, whose base must be known and which must not have come before."""
    merged = dict(state)
    for name, value in change.fields.items():
        new = Version(change.device, change.seq, change.at, value)
        merged[name] = apply(merged.get(name, ()), change.base.get(name, ()), new)
    return merged


def passed(state: State, change: Change) -> dict[str, Register]:
    """The record after a change of which only its base is known (`sync.changes.pruned`): what it
    replaced is gone. Its own values were replaced in turn, or their successors stand before it is
    looked at.
    """
    left = dict(state)
    for name, base in change.base.items():
        gone = {(device, seq) for device, seq in base}
        left[name] = tuple(v for v in state.get(name, ()) if v.dot not in gone)
    return left


def missing(change: Change, held: Vector) -> list[Dot]:
    """The versions that must come first: the device's own previous one and all that it saw."""
    named = change.named()
    if change.seq > 1:
        named.add((change.device, change.seq - 1))
    return sorted(dot for dot in named if dot[1] > held.get(dot[0], 0))


def shown(register: Register, rank: Rank = None) -> Version:
    """The version that people see first: lowest rank, then latest `at`, device, sequence.

    `rank` counts from the least advanced state; a value without one comes after all others.
    The register must not be empty.
    """
    if not rank:
        return max(register, key=_latest)
    return max(register, key=lambda v: (-_place(v.value, rank), *_latest(v)))


def seen(register: Register, rank: Rank = None) -> list[Dot]:
    """What a form showing this register names as its base: every version of the shown value.

    A rival with another value is not named, so it stays listed until somebody resolves it.
    """
    if not register:
        return []
    value = _key(shown(register, rank).value)
    return [v.dot for v in register if _key(v.value) == value]


def past_creations(register: Register, creations: Collection[Dot]) -> Register:
    """The versions that count of a state, of which some may be those of creations.

    Two devices may create the record of one natural key. Each gives it the first state, which is no
    decision: it is no rival of a move over the other creation. What comes out is the same in any
    order, and whether this is asked once at the end or after each change: from the first move on
    some move stands, because only a move replaces one; and no base names a version left out here,
    but that of a writer who saw no move.
    """
    moved = tuple(version for version in register if version.dot not in creations)
    return moved or register


def conflicts(register: Register) -> bool:
    """Whether different values stand; equal ones are one for people."""
    return len(register) > 1 and len({_key(v.value) for v in register}) > 1


def in_conflict(state: State) -> list[str]:
    """The registers in conflict. For `void` only whether counts: two reasons agree."""
    return [name for name, register in state.items() if conflicts(_facts(name, register))]


def saw(voids: Iterable[Change]) -> set[Dot]:
    """What the standing voids of a record saw, themselves included."""
    return {dot for c in voids for dots in (*c.base.values(), [c.dot]) for dot in dots}


def edited_against_void(state: State, saw: Collection[Dot]) -> bool:
    """Whether a void record was edited by somebody who had not seen the void, nor it the edit.

    `saw` is `saw(changes that wrote the standing versions of void)`. Such a record stays visible.
    """
    void = state.get(VOID, ())
    if not void or shown(void, LIVING).value is None:
        return False
    return any(v.dot not in saw for name, r in state.items() if name != VOID for v in r)


def _sorted(versions: Iterable[Version]) -> Register:
    return tuple(sorted(versions, key=_dot))


def _place(value: object, rank: Rank) -> int:
    if not rank:
        return 0
    return rank.get(value, len(rank)) if value is None or isinstance(value, str) else len(rank)


def _facts(name: str, register: Register) -> Register:
    if name != VOID:
        return register
    return tuple(v._replace(value=v.value is None) for v in register)


_dot, _latest = itemgetter(0, 1), itemgetter(2, 0, 1)


def _key(value: object) -> str:
    # Python holds True == 1, and a group's members have no order.
    return json.dumps(value, sort_keys=True)
