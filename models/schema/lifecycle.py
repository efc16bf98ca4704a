"""States and moves: the lifecycle that a record type declares."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from models.schema.roles import EVERYONE, Roles
from models.text.words import W

Tone = Literal["", "good", "bad", "warn", "busy"]


@dataclass(frozen=True, slots=True)
class State:
    """A state of a lifecycle; the order in the kind is the order of advancement."""

    name: str
    label: W
    tone: Tone = ""
    frozen: bool = False
    """Refuses edits; a revision, a supplement or a reopening move comes first."""
    ended: bool = False
    """Final: no person has a next step."""
    waits: Roles = ()
    """The roles whose next step it is: the record is on their Today page."""
    waits_from: int | None = None
    """Days before its due day from which on it waits; None = from the first day."""
    derived: bool = False
    """Shown, never stored: no move leads to it (`models.book.derived_state`)."""
    reopen: str = ""
    """The move that makes the record editable again (submitted work asks to be reopened)."""


@dataclass(frozen=True, slots=True)
class Need:
    """A field that a move needs where another one has a value: `Need("cause", when=("kind",
    "corrective"))`; a value in `when` may be a tuple of several.
    """

    field: str
    when: tuple[str, Any]

    def applies(self, values: Mapping[str, Any]) -> bool:
        """Whether a record with these values has to have the field."""
        name, wanted = self.when
        some = wanted if isinstance(wanted, tuple) else (wanted,)
        return values.get(name) in some


@dataclass(frozen=True, slots=True)
class NoRow:
    """No row of a type may be in use in these states; without states: none at all."""

    type: str
    states: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AtLeast:
    """As many rows of a type must be in use, in these states where some are named."""

    type: str
    count: int = 1
    states: tuple[str, ...] = ()


RowNeed = NoRow | AtLeast


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
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


@dataclass(frozen=True, slots=True)
class Life:
    """The states and moves of a type; the order of the states is the order of advancement."""

    states: tuple[State, ...] = ()
    moves: tuple[Move, ...] = ()

    def __add__(self, other: Life) -> Life:
        return Life(self.states + other.states, self.moves + other.moves)

    def state(self, name: str, /, **changes: Any) -> Life:
        """The same with some attributes of one state changed."""
        _known(name, (state.name for state in self.states))
        changed = (replace(s, **changes) if s.name == name else s for s in self.states)
        return Life(tuple(changed), self.moves)

    def move(self, id: str, /, **changes: Any) -> Life:
        """The same with some attributes of one move changed."""
        _known(id, (move.id for move in self.moves))
        changed = (replace(m, **changes) if m.id == id else m for m in self.moves)
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
