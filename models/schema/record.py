"""The base of every record type, and what a type declares: its kind, states, moves and roles.

Adding a record type is one file in `models/records/`: a class whose fields carry labels and
bounds, and one `kind = Kind(…)`. Lists, forms, validation, rights, wire, search, spreadsheets
and tests derive from it. Declarations are checked when the module is imported.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, ClassVar, Literal, TypeVar

from peewee import Field, IntegerField, Model, TextField

from models.schema.fields import FieldChoice, Spec, spec_of
from models.text.words import W

F = TypeVar("F", bound="Field[Any]")
Role = str
ENGINEER: Role = "engineer"
PROJECT_MANAGER: Role = "project_manager"
DEPARTMENT_MANAGER: Role = "department_manager"
QUALITY: Role = "quality"
SERVICE_DESK: Role = "service_desk"
GENERAL_OFFICE: Role = "general_office"
ROLES: dict[Role, W] = {
    ENGINEER: W("运维工程师", "Engineer"),
    PROJECT_MANAGER: W("项目经理", "Project manager"),
    DEPARTMENT_MANAGER: W("部门经理", "Department manager"),
    QUALITY: W("质量专员", "Quality specialist"),
    SERVICE_DESK: W("服务台专员", "Service desk"),
    GENERAL_OFFICE: W("总经部", "General manager's office"),
}
AUTHOR: Role = "author"
"""In `Move.who` and `State.waits`: the person who created the record, whatever their role."""
EVERYONE: tuple[Role, ...] = tuple(ROLES)
LEADS: tuple[Role, ...] = (PROJECT_MANAGER, DEPARTMENT_MANAGER)

Space = Literal["company", "project", "restricted", "parent"]
"""'parent': wherever the record is kept that this one belongs to (notes, attachments)."""
Tone = Literal["", "good", "bad", "warn", "busy"]


@dataclass(frozen=True, slots=True)
class State:
    """One stage of a record's life; the order in the kind is the order of advancement."""

    name: str
    label: W
    tone: Tone = ""
    frozen: bool = False
    """Refuses edits: a revision, a supplement or a reopening move is the way."""
    ended: bool = False
    """Nothing waits for anybody any more."""
    waits: tuple[Role, ...] = ()
    """Whose next step it is: the record stands on their first screen."""
    derived: bool = False
    """Shown, never stored: no move leads to it (`models.book.derived_state`)."""
    reopen: str = ""
    """The move that makes the record editable again (submitted work asks to be reopened)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A step between states: who may make it, what it needs, what it asks and fills."""

    id: str
    label: W
    from_: tuple[str, ...]
    to: str
    who: tuple[Role, ...] = EVERYONE
    needs: tuple[str, ...] = ()
    """Fields that must hold a value once the move is made."""
    asks: tuple[str, ...] = ()
    """Fields offered for filling when the move is made; 'comment' asks for words."""
    requires_comment: bool = False
    fills: Mapping[str, str] = field(default_factory=dict)
    """Fields filled by the program: 'now', 'me' or '=value'; 'now?' spares one filled since
    the move was last made.

    'attached' is the file attached last, unless another is given: the evidence of a decision.
    """
    four_eyes: bool = False
    """Refuses the person who submitted the content (design §4)."""
    not_author: bool = False
    """A four-eyes move that refuses the author too, however many hands it went through."""
    binds: bool = False
    """Names the versions of the record and its rows that it is about, as a four-eyes move does
    by itself: what differs since is told (`models.book.approvals`)."""
    expects: Mapping[str, object] = field(default_factory=dict)
    """Field values without which the move makes no sense (re-verification: conforms)."""
    hidden: bool = False
    """Made by a rule or another record's move, never offered by itself."""

    @property
    def binding(self) -> bool:
        """Whether the move names what it is about."""
        return self.binds or self.four_eyes


@dataclass(frozen=True, kw_only=True)
class Kind:
    """What a record type is; `row` and `clause` name the requirement it fulfils."""

    name: str
    label: W
    code: str
    """Prefix of the human number ('FX')."""
    row: str = ""
    clause: str = ""
    space: Space = "project"
    project: Literal["required", "optional", "none"] = "required"
    states: tuple[State, ...] = (State("kept", W("有效", "kept")),)
    moves: tuple[Move, ...] = ()
    title: str = ""
    """The field that names a record in a list."""
    columns: tuple[str, ...] = ()
    """Fields shown in lists, most useful first; number, state and age come by themselves."""
    key: tuple[str, ...] = ()
    """The natural key: fields (and 'project', 'author') that make two records the same one."""
    parent: str = ""
    """Link field to the record on whose page this one is edited, as a row."""
    apart: bool = False
    """A row that is no part of what an approval of its parent is about."""
    add_only: bool = False
    writers: tuple[Role, ...] = EVERYONE
    """Who may create and edit; the author may always edit what is open."""
    due: str = ""
    """The day field that says when it is overdue."""
    owner: str = ""
    """The person field that names who is to act; while filled, the record waits for them."""
    own_only: bool = False
    """Only its author edits it (a weekly status is one person's word)."""
    indexes: tuple[tuple[str, ...], ...] = ()
    """Columns that named queries go by together, beside project and state."""
    menu: int = 50
    """Place in the list of types; 0 leaves it out (rows, notes)."""
    agenda: str = ""
    """The group of the agenda in which one's own open record waits; '' = by its state."""
    watched: bool = False
    """Whether leads watch it in their inbox when its time runs out, whoever has to act."""

    @cached_property
    def rank(self) -> dict[object, int]:
        """State name -> advancement; the less advanced of two concurrent states is shown."""
        return {state.name: place for place, state in enumerate(self.states)}

    @cached_property
    def by_state(self) -> dict[str, State]:
        """State name -> state."""
        return {state.name: state for state in self.states}

    @cached_property
    def by_move(self) -> dict[str, Move]:
        """Move id -> move."""
        return {move.id: move for move in self.moves}

    def state(self, name: str) -> State:
        """The declared state, or a plain stand-in for one that a newer version declares."""
        return self.by_state.get(name) or State(name, W(name, name))


kinds: dict[str, type[Record]] = {}
"""Every declared record type by name."""

HEADER = (
    *("n", "id", "ref", "number", "project", "occurred", "recorded", "synced", "author"),
    *("device", "state", "void", "dots", "digest"),
)
RESERVED = {*HEADER, "type", "comment", "move", "kind", "occurred_at", "recorded_at", "synced_at"}


def _header(field: F) -> F:
    """A field of the header. Every type has a copy of it, made without the walk of `deepcopy`:
    that took 15 ms of the program's start (nothing in a field is changed before it is bound)."""

    def copied(_memo: object) -> F:
        made = object.__new__(type(field))
        made.__dict__.update(field.__dict__)
        return made

    field.__deepcopy__ = copied  # type: ignore[attr-defined]
    return field


class Record(Model):
    """The header every record has; ids are made on the device, header values never conflict.

    `n` orders records newest first: milliseconds of `occurred`, then twelve bits of the id.
    """

    kind: ClassVar[Kind]

    n = _header(IntegerField(primary_key=True))
    id = _header(TextField(unique=True))
    ref = _header(TextField(null=True))
    number = _header(TextField(index=True))
    project = _header(TextField(null=True, index=True))
    occurred = _header(IntegerField())
    recorded = _header(IntegerField())
    synced = _header(IntegerField(null=True))
    author = _header(TextField())
    device = _header(TextField())
    state = _header(TextField(index=True))
    void = _header(TextField(null=True))
    dots = _header(TextField())
    digest = _header(TextField())

    class Meta:
        """Table names are the kind's names; the database is always given explicitly."""

        legacy_table_names = False

    @classmethod
    def fields(cls) -> dict[str, Field[Any]]:
        """Declared fields by name, in order of declaration, header left out."""
        return _fields(cls)

    @classmethod
    def specs(cls) -> dict[str, Spec]:
        """Declared field name -> what it declares."""
        return _specs(cls)

    @classmethod
    def registers(cls) -> dict[str, tuple[str, ...]]:
        """Register name -> its fields: one field, or a group that merges as one."""
        return _registers(cls)

    @classmethod
    def register_of(cls) -> dict[str, str]:
        """Declared field name -> the register it is part of."""
        return _owners(cls)

    @classmethod
    def validate_model(cls) -> None:
        """Peewee's hook after a class is built: check the declaration and register it."""
        super().validate_model()
        if "kind" in cls.__dict__:
            _check(cls)
            cls._meta.table_name = cls.kind.name
            kinds[cls.kind.name] = cls

    @property
    def type(self) -> str:
        """The type's stable name."""
        return self.kind.name

    def values(self) -> dict[str, Any]:
        """Declared fields and their values."""
        return {name: getattr(self, name) for name in self.fields()}

    def title(self) -> str:
        """What a list calls this record: its title field, else its number."""
        text = getattr(self, self.kind.title, None) if self.kind.title else None
        return str(text) if text else str(self.number)


_field_cache: dict[type[Record], dict[str, Field[Any]]] = {}
_spec_cache: dict[type[Record], dict[str, Spec]] = {}
_register_cache: dict[type[Record], dict[str, tuple[str, ...]]] = {}
_owner_cache: dict[type[Record], dict[str, str]] = {}


def add_choice(cls: type[Record], name: str, option: FieldChoice) -> None:
    """Add a value to a choice field of a type that is declared already, as areas do at import."""
    field = cls._meta.fields[name]
    spec = spec_of(field)
    field.spec = replace(spec, choices=(*spec.choices, option))
    _spec_cache.pop(cls, None)


def _fields(cls: type[Record]) -> dict[str, Field[Any]]:
    found = _field_cache.get(cls)
    if found is None:
        declared = cls._meta.sorted_fields
        found = {f.name: f for f in declared if f.name not in HEADER}
        _field_cache[cls] = found
    return found


def _specs(cls: type[Record]) -> dict[str, Spec]:
    found = _spec_cache.get(cls)
    if found is None:
        found = _spec_cache[cls] = {name: spec_of(f) for name, f in _fields(cls).items()}
    return found


def _registers(cls: type[Record]) -> dict[str, tuple[str, ...]]:
    found = _register_cache.get(cls)
    if found is None:
        members: dict[str, list[str]] = {}
        for name, spec in _specs(cls).items():
            members.setdefault(spec.group or name, []).append(name)
        found = _register_cache[cls] = {k: tuple(v) for k, v in members.items()}
    return found


def _owners(cls: type[Record]) -> dict[str, str]:
    found = _owner_cache.get(cls)
    if found is None:
        registers = _registers(cls).items()
        found = _owner_cache[cls] = {f: register for register, fs in registers for f in fs}
    return found


def _check(cls: type[Record]) -> None:
    """Refuse a wrong declaration at import, naming the type and the mistake."""
    kind = cls.kind
    names = {f.name for f in cls._meta.sorted_fields} - set(HEADER)

    def wrong(what: str) -> None:
        raise TypeError(f"record type {kind.name!r}: {what}")

    if kind.name in kinds and kinds[kind.name].__module__ != cls.__module__:
        wrong(f"declared twice ({kinds[kind.name].__module__}, {cls.__module__})")
    if any(
        other.kind.code == kind.code for other in kinds.values() if other.kind.name != kind.name
    ):
        wrong(f"number prefix {kind.code!r} is taken")
    for name in names:
        if not hasattr(cls._meta.fields[name], "spec"):
            wrong(f"field {name!r} is not made by a factory of models.schema.fields")
        if name in RESERVED:
            wrong(f"field name {name!r} is reserved")
    named = [kind.title, kind.parent, kind.due, kind.owner, *kind.columns, *kind.key]
    named += [name for index in kind.indexes for name in index]
    _known(wrong, [n for n in named if n], names | {"project", "author"}, "field")
    states = [state.name for state in kind.states]
    if len(set(states)) != len(states) or not states:
        wrong("states must be there, and be named once each")
    moves = {move.id for move in kind.moves}
    if len(moves) != len(kind.moves):
        wrong("two moves have one id")
    for move in kind.moves:
        _known(wrong, [*move.from_, move.to], states, "state")
        _known(wrong, [*move.needs, *move.fills, *move.expects], names, "field")
        _known(wrong, move.asks, names | {"comment"}, "field")
        _known(wrong, move.who, {*ROLES, AUTHOR}, "role")
    _known(wrong, [s.reopen for s in kind.states if s.reopen], moves, "move")
    _known(wrong, kind.writers, {*ROLES, AUTHOR}, "role")
    for state in kind.states:
        _known(wrong, state.waits, {*ROLES, AUTHOR}, "role")
    if kind.space == "project" and kind.project != "required":
        wrong("a record in a project's space needs its project")
    # SQLite gives tables and indexes their names from one set.
    clash = next((name for name in kinds if name in _indexes(cls) and name != kind.name), None)
    clash = clash or (kind.name if any(kind.name in _indexes(c) for c in kinds.values()) else None)
    if clash is not None:
        wrong(f"table {clash!r} has the name of an index: rename the type or the field")


def _indexes(cls: type[Record]) -> set[str]:
    """The names of a type's indexes on single fields."""
    indexed = (field for field in cls._meta.sorted_fields if field.index)
    return {f"{cls.kind.name}_{field.name}" for field in indexed}


def _known(wrong: Any, used: Iterable[str], known: Iterable[str], what: str) -> None:
    for name in used:
        if name not in known:
            wrong(f"unknown {what} {name!r}")
