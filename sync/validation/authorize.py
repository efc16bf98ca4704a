"""Authorize: whether a change may count, from the history that it names and nothing else. Pure.

The hub, a peer and the reader of a bundle come to the same answer at any time: each change is held
to the states, versions and membership version that it names, never to today's roles. The rules are
those of the book's own door (`models.book.permissions`). What is refused is quarantined.

Rows are authorised by themselves: an answer written while somebody else submitted its sheet is no
forgery, so whether a parent was open is asked at the door only.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from models.book import permissions
from models.book.permissions import MARKED
from models.schema.natural_keys import COMPANY
from models.schema.record import kinds
from models.schema.roles import LEADS, QUALITY
from models.text.words import Refused
from sync.changes.change import Change, Dot
from sync.changes.compatibility import ADOPT
from sync.changes.merge import VOID
from sync.changes.pruned import PrunedChange
from sync.trust.membership import Membership
from sync.trust.membership_entry import Head
from sync.trust.space_access import reads
from sync.validation import reasons
from sync.validation.change_context import STATE, ChangeContext, WriterContext
from sync.validation.history import ChangeHistory, CurrentRow, Lacking, Writer
from sync.validation.level_rules import RULES, of_level
from sync.validation.reasons import Newer
from sync.validation.rules.conflict_rules import chosen
from sync.validation.rules.creation_rules import created, sound
from sync.validation.rules.field_rules import no_at_birth, no_by_move, reserved
from sync.validation.rules.floor_rules import sealed_in_time
from sync.validation.rules.move_rules import moved
from sync.validation.rules.reader_rules import named


def authorise(
    change: Change, writer: Writer, past: ChangeHistory, membership: Membership
) -> Refused | None:
    """The reason against a change, or None.

    A `Newer` reason means that only a newer version of the program can tell. Raises `Lacking`
    when a version that decides it is not kept here.
    """
    context = WriterContext(writer, membership)
    barred = _barred(change, context)
    if barred is not None and change.seq > barred.last:
        return barred.why
    return _against(change, context, past)


def _against(change: Change, writer: WriterContext, past: ChangeHistory) -> Refused | None:
    """The reason of the rules against a change, or None."""
    if isinstance(change, PrunedChange) or _unknown(change):
        return None  # without values there is nothing to authorise, and nothing to show
    try:
        _authorise(ChangeContext(change, writer, past))
    except Refused as reason:
        return reason
    return None


class _Barred(NamedTuple):
    """From where on the writer of a segment may write nothing at all."""

    last: int
    """The last sequence that counts."""
    why: Refused


def _barred(first: Change, writer: WriterContext) -> _Barred | None:
    """What bars a revoked device, or a person who had left when the segment was sealed."""
    last = writer.membership.revoked_after(writer.device, first.space, first.device)
    left = not writer.membership.is_active(writer.person, writer.members)
    if last is None and not left:
        return None
    word = reasons.LEFT if last is None else reasons.REVOKED
    upto = 0 if left or last is None else last.seq
    return _Barred(upto, Refused(word, who=writer.name))


@dataclass
class AuthoriseResult:
    """What is against the changes of a segment, by sequence."""

    faults: dict[int, Refused] = field(default_factory=dict)
    lacking: dict[int, Dot] = field(default_factory=dict)
    """Those that cannot be authorised here, with the version whose values are not kept."""


def authorise_all(
    changes: Sequence[Change], writer: Writer, past: ChangeHistory, membership: Membership
) -> AuthoriseResult:
    """Authorise consecutive changes of one device, each one after those before it.

    The past may know them already or not: of these changes only what comes before counts.
    """
    result, context = AuthoriseResult(), WriterContext(writer, membership)
    ahead = _Ahead(past, changes, result)
    torn, barred = _torn(changes[0], past), _barred(changes[0], context)
    for change in changes:
        ahead.at = change.seq
        try:
            if barred is not None and change.seq > barred.last:
                fault: Refused | None = barred.why
            else:
                fault = _against(change, context, ahead)
        except Lacking as lack:
            result.lacking[change.seq] = lack.dot
            continue
        if fault is None and torn == change.tx:
            fault = Refused(reasons.TORN, who=context.name)
        if fault is not None:
            result.faults[change.seq] = fault
            ahead.doubtful.add(change.record)
    return result


def _torn(first: Change, past: ChangeHistory) -> int | None:
    """The transaction that the first change claims to go on with, when that one had ended."""
    if first.tx == first.seq:
        return None
    before = past.change(first.device, first.seq - 1)
    return first.tx if before is not None and before.tx != first.tx else None


class _Ahead:
    """The past, and those changes of the segment that were authorised already."""

    def __init__(
        self, past: ChangeHistory, changes: Sequence[Change], result: AuthoriseResult
    ) -> None:
        self._past, self._result = past, result
        self._device, self._first = changes[0].device, changes[0].seq
        self._space = changes[0].space
        self._own = {change.seq: change for change in changes}
        self._births: dict[str, list[Change]] = {}
        for change in changes:
            if change.header is not None:
                self._births.setdefault(change.record, []).append(change)
        self.at = self._first
        self.doubtful: set[str] = set()
        """Records of which a change was refused: their rows say too much, or not the same."""

    def _here(self, device: str, seq: int) -> bool:
        return device == self._device and seq >= self._first

    def change(self, device: str, seq: int) -> Change | None:
        """The change that wrote a version."""
        if self._here(device, seq):
            return self._own.get(seq)
        return self._past.change(device, seq)

    def record(self, device: str, seq: int) -> str | None:
        """The record that a version is of."""
        if self._here(device, seq):
            return self._own[seq].record if seq in self._own else None
        return self._past.record(device, seq)

    def births(self, record: str) -> Sequence[Change]:
        """The creations of a record that count, up to the change being authorised."""
        before, own = self._past.births(record), self._births.get(record, ())
        if not before and len(own) == 1 and own[0].seq == self.at:
            return ()  # only the one being authorised
        found = [c for c in before if c.space != self._space or not self._here(c.device, c.seq)]
        for birth in own:
            if birth.seq < self.at and not self.quarantined(birth.device, birth.seq):
                found.append(birth)
        return found

    def quarantined(self, device: str, seq: int) -> bool:
        """Whether a change counts for nothing."""
        if self._here(device, seq):
            return seq in self._result.faults and not self.parked(device, seq)
        return self._past.quarantined(device, seq)

    def parked(self, device: str, seq: int) -> bool:
        """Whether only a newer version of the program understands a change."""
        if self._here(device, seq):
            return isinstance(self._result.faults.get(seq), Newer) or _unknown(self._own[seq])
        return self._past.parked(device, seq)

    def person(self, device: str) -> str | None:
        """Whose device it is."""
        return self._past.person(device)

    def sealed(self, device: str, seq: int) -> int:
        """The membership version that the seal over a change names."""
        return self._past.sealed(device, seq)

    def sealed_before(self, device: str, seq: int) -> int:
        """The highest version of the seals before a change."""
        return self._past.sealed_before(device, seq)

    def passes(self, device: str, head: Head) -> bool:
        """Whether the history of a device that is here passes a position."""
        return self._past.passes(device, head)

    def of_company(self, device: str, seq: int) -> Change | None:
        """A change of the company's space that counts."""
        if self._space == COMPANY and self._here(device, seq):
            return None if seq in self._result.faults else self._own.get(seq)
        return self._past.of_company(device, seq)

    def current_row(self, type: str, record: str) -> CurrentRow | None:
        """The row of a record."""
        return None if record in self.doubtful else self._past.current_row(type, record)


def _unknown(change: Change) -> bool:
    """Whether a newer version of the program declares this type, move or state: it is parked."""
    cls = kinds.get(change.type)
    if cls is None:
        return True
    state = change.fields.get(STATE)
    if state.__class__ is str and state not in cls.kind.by_state:
        return True
    if change.move is None:
        return False
    move = change.move.get("move")
    return isinstance(move, str) and move not in cls.kind.by_move and move not in MARKED


def _authorise(case: ChangeContext) -> None:
    change = case.change
    sealed_in_time(case)
    if change.header is not None:
        created(case)
    elif ADOPT in change.fields:
        _adopted(case)
    elif change.move is not None:
        moved(case)
    elif VOID in change.fields:
        _voided(case)
    else:
        _edited(case)
    if case.kind.readers is not None:
        named(case)
    if RULES:
        of_level(case)


def _edited(case: ChangeContext) -> None:
    if STATE in case.change.fields:
        case.refuse(reasons.BARE_STATE, state=case.state_label(case.change.fields[STATE]))
    case.own_versions(case.change.fields)
    if not reserved(case.cls).isdisjoint(case.change.fields):
        if chosen(case):
            case.unless(permissions.settling(case.roles(), case.me, case.subject(case.state()[0])))
            return
        no_by_move(case)
        no_at_birth(case)
    if _row_allows(case):
        return
    state, _ = case.state()
    case.unless(permissions.editing(case.roles(), case.me, case.subject(state)))


def _row_allows(case: ChangeContext) -> bool:
    """Whether the record's row is enough to allow an edit, as it mostly is; False says nothing."""
    row = case.row_in_state()
    return row is not None and permissions.editing(case.roles(), case.me, row) is None


def _voided(case: ChangeContext) -> None:
    """Taken out of use, or back into it; editing what is void brings it back in one step."""
    change, reason = case.change, case.change.fields[VOID]
    case.own_versions(change.fields)
    subject = case.subject(case.state()[0])
    if reason is None:
        case.unless(permissions.restoring(case.roles(), case.me, subject))
        if change.fields.keys() != {VOID}:
            _edited(case)
        return
    if change.fields.keys() != {VOID}:
        case.refuse(reasons.MIXED)
    if not isinstance(reason, str) or not reason.strip():
        case.refuse(reasons.NO_REASON)
    case.unless(permissions.voiding(case.roles(), case.me, subject))
    seen = [version.fields.get(VOID) for version in case.versions(VOID)]
    if seen and None not in seen:
        case.unless(Refused(permissions.VOIDED, number=subject.number))


def _adopted(case: ChangeContext) -> None:
    """A reviewer lets quarantined changes of somebody else count after all."""
    change = case.change
    dots = change.base.get(ADOPT, ())
    if change.fields.keys() != {ADOPT} or change.move is not None or not dots:
        case.refuse(reasons.MALFORMED, part=reasons.ADOPTION)
    for device, seq in dots:
        other = case.past.change(device, seq)
        if other is None:
            raise Lacking((device, seq))
        if (other.record, other.type) != (change.record, change.type):
            case.refuse(reasons.FOREIGN)
        whose = case.past.person(device)
        if other.header is not None and not sound(case, other):
            case.refuse(reasons.MALFORMED, part=reasons.HEADER)
        if not may_adopt(case.roles(), case.me, _project(case, other), whose, change.space):
            case.unless_taken()
            case.refuse(reasons.NOT_REVIEWER, roles=permissions.role_names(REVIEWERS))


REVIEWERS = (*LEADS, QUALITY)
"""Who lets quarantined work count."""


def may_adopt(
    roles: permissions.Roles, me: str, project: str | None, whose: str | None, space: str
) -> bool:
    """Whether a person may adopt a quarantined change; one's own only where there is no other
    reviewer. In a restricted record those only whose role reads it.
    """
    if not reads(space, roles.roles(me, project)):
        return False
    if not roles.roles(me, project) & set(REVIEWERS):
        return False
    return me != whose or not roles.second_person(project, REVIEWERS, me)


def _project(case: ChangeContext, adopted: Change) -> str | None:
    """The project of the record, which may exist by the adopted creation only."""
    births: Iterable[Change] = [*case.past.births(case.change.record), adopted]
    for birth in births:
        project = (birth.header or {}).get("project")
        if isinstance(project, str):
            return project
    return None
