"""Kinds: what a record type declares besides its fields."""

from __future__ import annotations

from functools import cached_property
from typing import Literal

from models.frozen import Frozen
from models.schema.lifecycle import Move, State
from models.schema.roles import EVERYONE, OWNER, Roles
from models.text.words import W

Space = Literal["company", "project", "restricted", "parent"]
"""'parent': the space of the record that this one belongs to (notes, attachments).

'restricted': each record has a space of its own, which its `Readers` alone hold.
"""


class Readers(Frozen, kw_only=True):
    """Who reads a restricted record, with its rows, notes and files; everybody else has none of it.

    What somebody else writes into it reaches the readers and stays with its writer.
    """

    roles: Roles
    """Roles on its project (on any project, where it has none). They say who else reads it."""
    people: tuple[str, ...] = ()
    """Fields that name further people; 'author' is who created the record."""


class Acknowledge(Frozen, kw_only=True):
    """Who must acknowledge a record while it is in some states, and how soon."""

    by: Roles
    """Each of these roles: one person who holds it is enough."""
    states: tuple[str, ...]
    """The states in which it is asked; what leaves them and comes back is acknowledged anew."""
    days: int = 3
    """Working days until somebody above is told."""
    above: Roles = ()
    """Who is told then."""


class Kind(Frozen, kw_only=True):
    """What a record type is; `row` and `clause` name the requirement it fulfils."""

    name: str
    label: W
    code: str
    """Prefix of the human number ('FX')."""
    row: str = ""
    clause: str = ""
    space: Space = "project"
    readers: Readers | None = None
    """Who reads a record of a restricted type; declared for these and no others."""
    project: Literal["required", "optional", "none"] = "required"
    """In the space of projects, `optional` keeps a record without one in the company's space."""
    states: tuple[State, ...] = (State("kept", W("有效", "kept")),)
    moves: tuple[Move, ...] = ()
    title: str = ""
    """The field that names a record in a list."""
    columns: tuple[str, ...] = ()
    """Fields of the list on screen, most useful first; number, state and age need no mention."""
    key: tuple[str, ...] = ()
    """The natural key: fields (and 'project', 'author') that make two records the same one."""
    parent: str = ""
    """Link field to the record on whose page this one is edited, as a row."""
    beside: str = ""
    """Link field: where it names a restricted record or a part of one, this one is kept with it."""
    order: str = ""
    """The field by which rows are in order on their parent's page: a whole number, by which they
    are also moved, or a day; as they were written without."""
    section: int = 0
    """Where its rows stand among those of other types on their parent's page; smaller is first."""
    apart: bool = False
    """A row that is no part of what an approval of its parent is about."""
    stays: bool = False
    """A row that is about this one record: a copy and a new version of it have none."""
    table: str = ""
    """Its records are versions of company tables of this family (`models.schema.company_tables`):
    `subject` names the table, `version` counts, `content` holds the rows once it is in use."""
    add_only: bool = False
    writers: Roles = EVERYONE
    """Who may create and edit; the author may always edit what is open."""
    due: str = ""
    """The day field that says when it is overdue."""
    owner: str = ""
    """The person field that names who is to act (the role `OWNER`); it may be given to another
    person, and while it is empty what waits for the owner waits for the author."""
    own_only: bool = False
    """Only its author edits it; with an `owner`, which then never changes, that person does, and a
    lead may create it on their behalf or take it out of use."""
    indexes: tuple[tuple[str, ...], ...] = ()
    """Columns that queries filter by together, in addition to project and state; with all columns
    that a query names (`state`, `void` and `n` among them) it reads no record."""
    menu: int = 50
    """Place in the list of types; types with 0 are not listed (rows, notes)."""
    agenda: str = ""
    """The group of the agenda in which one's own open record waits; '' = by its state."""
    compiled: str = ""
    """The internal field that keeps the data of a compiled report from its issue on: it is filled
    by the move into a frozen state alone (`models.derived.compiled`)."""
    watched: bool = False
    """Leads see it in their inbox when its time runs out, whatever roles have to act."""
    watchers: tuple[str, ...] = ()
    """Who follows it in the inbox without a next step, until it is ended: roles, and person fields
    that name people."""
    acknowledge: Acknowledge | None = None
    """Who must acknowledge it; each does so by a row of their own."""

    @cached_property
    def rank(self) -> dict[object, int]:
        """State name -> advancement; the less advanced of two concurrent states is shown."""
        return {state.name: place for place, state in enumerate(self.states)}

    @cached_property
    def owner_acts(self) -> bool:
        """Whether anything is allowed to the owner as such: then each change names who that was."""
        named = [role for move in self.moves for role in move.who]
        return OWNER in (*named, *self.writers)

    @cached_property
    def by_state(self) -> dict[str, State]:
        """State name -> state."""
        return {state.name: state for state in self.states}

    @cached_property
    def by_move(self) -> dict[str, Move]:
        """Move id -> move."""
        return {move.id: move for move in self.moves}

    def due_in(self, state: str) -> str:
        """The day field that says when a record in this state is due; '' where none does."""
        own = self.state(state).due
        return self.due if own is None else own

    @cached_property
    def due_fields(self) -> tuple[str, ...]:
        """Every day field that says when it is due, in one state or another."""
        named = (self.due, *(state.due for state in self.states))
        return tuple(dict.fromkeys(name for name in named if name))

    @cached_property
    def due_sql(self) -> str:
        """SQL for the day on which a row is due; '' for a kind that is never due."""
        others = [(state.name, state.due) for state in self.states if state.due is not None]
        if not others:
            return f'"{self.due}"' if self.due else ""
        cases = " ".join(
            f"WHEN '{name}' THEN " + (f'"{due}"' if due else "NULL") for name, due in others
        )
        return f'CASE state {cases} ELSE "{self.due}" END'

    def asks(self, asked_from: str, state: str) -> bool:
        """Whether forms ask in a state for what is asked for from another state on."""
        rank = self.rank
        return not asked_from or rank.get(state, len(rank)) >= rank[asked_from]

    def state(self, name: str) -> State:
        """The declared state, or a plain stand-in for one that a newer version declares."""
        return self.by_state.get(name) or State(name, W(name, name))


HEADER = (
    *("n", "id", "ref", "number", "project", "occurred", "recorded", "synced", "author"),
    *("device", "state", "void", "dots", "digest"),
)
"""The columns of the header that every record has."""
RESERVED = {*HEADER, "type", "comment", "move", "kind", "occurred_at", "recorded_at", "synced_at"}
RESERVED |= {"owner_id"}
"""Names that no declared field may have."""
