"""States and moves: the lifecycle that a record type declares."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import field
from datetime import date
from typing import Any, Literal

from models.frozen import Frozen
from models.schema.roles import EVERYONE, Roles
from models.text.words import W

Tone = Literal["", "good", "bad", "warn", "busy"]


class State(Frozen):
    """A state of a lifecycle; the order in the kind is the order of advancement."""

    name: str
    label: W
    tone: Tone = ""
    frozen: bool = False
    """Refuses edits; a revision, a supplement or a reopening move comes first."""
    ended: bool = False
    """Final: no person has a next step."""
    returned: bool = False
    """Sent back to who waits, by a reviewer, an evaluation or the customer: Today says so."""
    waits: Roles = ()
    """The roles whose next step it is: the record is on their Today page."""
    waits_from: int | None = None
    """Days before its due day from which on it waits; None = from the first day."""
    due: str | None = None
    """The day field that says when it is due in this state, where that is not `Kind.due`; '' where
    its time does not run."""
    derived: bool = False
    """Shown, never stored: no move leads to it (`models.book.derived_state`)."""
    reopen: str = ""
    """The move that makes the record editable again (submitted work asks to be reopened)."""


FILLED = "*"
"""In `Need.when`: whatever value the other field has, as long as it has one."""


class Need(Frozen):
    """A field that a move needs where another one has a value: `Need("cause", when=("kind",
    "corrective"))`; a value in `when` may be a tuple of several, or `FILLED` for any.
    """

    field: str
    when: tuple[str, Any]

    def applies(self, values: Mapping[str, Any]) -> bool:
        """Whether a record with these values has to have the field."""
        name, wanted = self.when
        if wanted == FILLED:
            return values.get(name) not in (None, "")
        some = wanted if isinstance(wanted, tuple) else (wanted,)
        return values.get(name) in some


ME = "@me"
"""In `Bar.value`: the person who would make the move."""


class Bar(Frozen):
    """A value with which a move is not made: `Bar("outcome", "not_ready", NOT_READY)`.

    The value may be `FILLED` for any, or `ME`: who the record is about does not decide on it.
    `why` is the sentence of the refusal, which may name the record's `{number}`.
    """

    field: str
    value: str
    why: W
    unless: Roles = ()
    """Who is not barred by it: `Bar("duty", "management", OFFICE, unless=(GENERAL_OFFICE,))`."""

    def applies(self, value: object, me: str, held: Collection[str]) -> bool:
        """Whether a value bars a person, with what they are to the record and on its project."""
        if value in (None, "") or not set(self.unless).isdisjoint(held):
            return False
        return self.value == FILLED or value == (me if self.value == ME else self.value)


class Deadline(Frozen):
    """The days on which a move may be made, by a day field: `Deadline("appeal_until", "until",
    TOO_LATE)` or `"from"` that day, or only `"after"` it.

    On arrival the day is that of the clock which wrote the change, in whatever time zone: no
    person can prove when they wrote something, but what a change says of itself is held against it.
    `why` may name the `{day}` and the record's `{number}`.
    """

    field: str
    when: Literal["until", "from", "after"]
    why: W

    def missed(self, day: date, first: date, last: date) -> bool:
        """Whether a move is out of time that was made on one of the days `first` to `last`."""
        if self.when == "until":
            return first > day
        return last < day if self.when == "from" else last <= day


class WorstRow(Frozen):
    """A field that says the state of the worst row in use; the order ends with the worst.

    Without such a row it is the first state. The program fills it in; a move that binds names its
    rows, so that every replica calculates it again.
    """

    field: str
    type: str
    order: tuple[str, ...]

    def of(self, states: Iterable[str]) -> str:
        """The verdict over rows in these states."""
        known = [state for state in states if state in self.order]
        return max(known, key=self.order.index, default=self.order[0])


class NoRow(Frozen):
    """No row of a type may be in use in these states; without states: none at all."""

    type: str
    states: tuple[str, ...] = ()


class AtLeast(Frozen):
    """As many rows of a type must be in use, in these states where some are named."""

    type: str
    count: int = 1
    states: tuple[str, ...] = ()


RowNeed = NoRow | AtLeast


class Move(Frozen, kw_only=True):
    """A step between states: who may make it, what it needs, what it asks and fills."""

    id: str
    label: W
    from_: tuple[str, ...]
    to: str
    who: Roles = EVERYONE
    needs: tuple[str, ...] = ()
    """Fields that must hold a value once the move is made."""
    needs_when: tuple[Need, ...] = ()
    """The same, where another field has a certain value."""
    barred: tuple[Bar, ...] = ()
    """Values with which the move is refused, on arrival too where it binds: of fields that it
    needs, or that are settled at birth."""
    dated: tuple[Deadline, ...] = ()
    """The days on which it may be made, on arrival too where it binds, or writes the field."""
    worst: tuple[WorstRow, ...] = ()
    """Fields that it fills by its rows; such a move binds."""
    needs_rows: tuple[RowNeed, ...] = ()
    """What the rows of the record must be like (`models.book.approval.row_needs`)."""
    asks: tuple[str, ...] = ()
    """Fields offered for filling when the move is made; 'comment' asks for words."""
    requires_comment: bool = False
    fills: Mapping[str, str] = field(default_factory=dict)
    """Fields filled by the program: 'now', 'me' or '=value'; 'now?' spares one filled since
    the move was last made.

    'rows' is what the record's rows say, as one text, the first time (a version of a table).
    'attached' is the file attached last, unless another is given: the evidence of a decision.
    """
    four_eyes: bool = False
    """Refuses who wrote or submitted the content that it decides on (design §4)."""
    about: tuple[str, ...] = ()
    """A four-eyes move decides on these fields only; without any on all that people write, rows
    included (`models.book.approval.writers`)."""
    apart_from: tuple[tuple[str, str], ...] = ()
    """A four-eyes move that refuses the people of a linked record, too: (link field, who), where
    who is a person's field there, 'author', or a move, that is who made it. '' links to the record
    itself (`models.book.approval.apart`)."""
    not_author: bool = False
    """A four-eyes move that refuses the author too, however many hands it went through."""
    strict: bool = False
    """A four-eyes move without exception: it waits where there is no second person."""
    binds: bool = False
    """Names the versions of the record and its rows that it is about, as a four-eyes move does
    by itself; what differs since is reported (`models.book.approval.approvals`)."""
    decided_by: str = ""
    """The rule table (`models.schema.company_tables`) that fills its outcome; the move names the
    version of the table and what it is about, and is checked by that version on every device."""
    hidden: bool = False
    """Made by a rule or by another record's move, never offered."""

    @property
    def binding(self) -> bool:
        """Whether the move names what it is about."""
        return self.binds or self.four_eyes or bool(self.decided_by)

    def needed(self, values: Mapping[str, Any]) -> tuple[str, ...]:
        """The fields that the move needs of a record with these values."""
        if not self.needs_when:
            return self.needs
        more = (need.field for need in self.needs_when if need.applies(values))
        return tuple(dict.fromkeys((*self.needs, *more)))


MARKED_MOVES = ("import", "decide", "confirm_again")
"""Ids of the moves that every type has (`models.book.permissions.MARKED`), so that none declares
one of these names."""


class Life(Frozen):
    """The states and moves of a type; the order of the states is the order of advancement."""

    states: tuple[State, ...] = ()
    moves: tuple[Move, ...] = ()

    def __add__(self, other: Life) -> Life:
        return Life(self.states + other.states, self.moves + other.moves)

    def state(self, name: str, /, **changes: Any) -> Life:
        """The same with some attributes of one state changed."""
        _known(name, (state.name for state in self.states))
        changed = (s.but(**changes) if s.name == name else s for s in self.states)
        return Life(tuple(changed), self.moves)

    def move(self, id: str, /, **changes: Any) -> Life:
        """The same with some attributes of one move changed."""
        _known(id, (move.id for move in self.moves))
        changed = (m.but(**changes) if m.id == id else m for m in self.moves)
        return Life(self.states, tuple(changed))

    def add(self, *moves: Move, before: str) -> Life:
        """The same with more moves, placed before another one."""
        ids = [move.id for move in self.moves]
        _known(before, ids)
        place = ids.index(before)
        return Life(self.states, (*self.moves[:place], *moves, *self.moves[place:]))


def _known(name: str, names: Iterable[str]) -> None:
    """Refuse the change of a state or move that is not part of the lifecycle."""
    if name not in set(names):
        raise ValueError(f"{name!r} is not part of this lifecycle")


def with_reason(
    id: str, label: W, from_: tuple[str, ...], to: str, who: Roles = EVERYONE, **more: Any
) -> Move:
    """A move that asks for a comment and is refused without one."""
    more = {"asks": ("comment",), "requires_comment": True, **more}
    return Move(id=id, label=label, from_=from_, to=to, who=who, **more)
