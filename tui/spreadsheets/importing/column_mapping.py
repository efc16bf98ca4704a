"""Mapping: which column of a table gives which field, for a table imported without a recipe."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from models.queries.facts import json_keys
from models.schema.record import Record
from models.text.words import Refused, W
from tui.spreadsheets import header_columns
from tui.spreadsheets.importing.expressions import Constant, Expression, Link, Source, SourceColumn
from tui.spreadsheets.importing.recipe import Block, Recipe
from tui.spreadsheets.reading.table import TWICE, repeated

NO_COLUMN = W(
    "文件 {file} 中没有列“{column}”。有：{known}。",
    "The file {file} has no column “{column}”. It has: {known}.",
)
NO_FIELD = W(
    "{type}没有字段“{field}”。可用：{known}。", "A {type} has no field “{field}”. Known: {known}."
)
SAME_FIELD = W(
    '“{first}”和“{second}”两列都对应“{field}”。请用 --map 指明一列，另一列写 --map "列名="。',
    'The columns “{first}” and “{second}” both give “{field}”. Choose one with --map "Column=".',
)
NOTHING = W(
    '文件 {file} 的列名都不是{type}的字段：{columns}。请用 --map "列名=字段"。',
    'No column of {file} is a field of a {type}: {columns}. Use --map "Column=field".',
)
MAYBE_REF = W(
    '“{column}”列没有采用。如果它标识一行，请加 --ref "{column}"：改过的行再导入时才认得出。',
    'The column “{column}” is not used. If it identifies a row, add --ref "{column}":'
    " only then is a corrected row known again.",
)
NO_LINK = W(
    "“{field}”不是可以新建记录的关联。", "“{field}” is not a link to a record that can be created."
)
UNGIVEN = W(
    "没有哪一列给出{type}必须有的“{field}”。请用 --map 或 --set 指明。",
    "No column gives “{field}”, which a {type} needs. Use --map or --set.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What the options of the command add to the file."""

    maps: Mapping[str, str] = field(default_factory=dict)
    """Column -> field; '' leaves the column out."""
    sets: Mapping[str, str] = field(default_factory=dict)
    """Field -> the same text for every row."""
    makes: Sequence[str] = ()
    """Link fields whose missing records are made."""
    group: Sequence[str] = ()
    order: str = ""
    ref: str = ""
    """The column that identifies a row."""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Mapped:
    """A recipe made of a table's columns, and the columns it does not take."""

    recipe: Recipe
    left_out: tuple[str, ...]
    notes: tuple[Refused, ...] = ()
    """What a person should know of the columns."""


def plain(
    cls: type[Record], columns: Sequence[str], file: str, wishes: Wishes, *, loose: bool = False
) -> Mapped:
    """One record of a type per row (or group): columns by name or label, as the wishes say.

    `loose` takes columns too that the table may yet turn out to have. Raises `Refused` when a
    wish names what is not there, or when nothing fits.
    """
    for name in (*wishes.maps, *wishes.group, *filter(None, (wishes.order, wishes.ref))):
        if name not in columns and not loose:
            raise Refused(NO_COLUMN, file=file, column=name, known=", ".join(columns))
    taken = _taken(cls, columns, wishes)
    twice = repeated(columns).intersection(
        (*taken.values(), *wishes.group, wishes.order, wishes.ref)
    )
    if twice:
        raise Refused(TWICE, file=file, column=sorted(twice)[0])
    if loose:
        for name in (*cls.specs(), *header_columns.TAKEN):
            if name not in taken and name not in columns:
                taken[name] = name
    given: dict[str, Expression] = {name: SourceColumn(column) for name, column in taken.items()}
    for name, text in wishes.sets.items():
        given[_field(cls, name)] = Constant(text)
    if not any(name in cls.specs() for name in given):
        listed = ", ".join(columns)
        raise Refused(NOTHING, file=file, type=cls.kind.label, columns=listed)
    _complete(cls, given)
    recipe = Recipe(
        blocks=(_block(cls, given, wishes),),
        source=wishes.source,
        group=tuple(wishes.group),
        order=wishes.order,
    )
    used = {*taken.values(), *wishes.group, wishes.order, wishes.ref}
    own = loose or set(columns) >= header_columns.OWN
    shown = set(header_columns.HEADS) - header_columns.TAKEN if own else set[str]()
    if loose:
        used |= json_keys(cls.kind.name)
    left = [c for c in columns if c not in used and header_columns.target(cls, c) not in shown]
    left = [c for c in left if not c.endswith(header_columns.SHOWN)]
    named = [c for c in left if header_columns.target(cls, c) == "number" and not own]
    maybe = tuple(Refused(MAYBE_REF, column=c) for c in named if not wishes.ref)
    return Mapped(recipe, tuple(left), maybe)


def _taken(cls: type[Record], columns: Sequence[str], wishes: Wishes) -> dict[str, str]:
    """Field or head -> the column that gives it; options come before names that fit."""
    taken = {_field(cls, name): column for column, name in wishes.maps.items() if name}
    wished = set(taken)
    for column in columns:
        name = "" if column in wishes.maps else header_columns.target(cls, column)
        if name not in cls.specs() and name not in header_columns.TAKEN:
            continue
        if name in wished:
            continue
        if name in taken:
            raise Refused(
                SAME_FIELD, first=taken[name], second=column, field=header_columns.label(cls, name)
            )
        taken[name] = column
    return taken


def _field(cls: type[Record], name: str) -> str:
    found = header_columns.target(cls, name)
    if found not in cls.specs() and found not in header_columns.TAKEN:
        known = ", ".join((*cls.specs(), "state", "project", "occurred_at", "ref"))
        raise Refused(NO_FIELD, type=cls.kind.label, field=name, known=known)
    return found


def _complete(cls: type[Record], given: Mapping[str, Expression]) -> None:
    for name, spec in cls.specs().items():
        if spec.required and not spec.internal and name not in given:
            raise Refused(UNGIVEN, type=cls.kind.label, field=spec.label)


def _block(cls: type[Record], given: Mapping[str, Expression], wishes: Wishes) -> Block:
    specs = cls.specs()
    for name in wishes.makes:
        if name not in specs or specs[name].kind != "link" or specs[name].target in ("", "person"):
            raise Refused(NO_LINK, field=name)
    fields: dict[str, Source] = {}
    for name, source in given.items():
        if name in specs and specs[name].kind == "link":
            fields[name] = Link(find=source, make={} if name in wishes.makes else None)
        elif name in specs:
            fields[name] = source
    return Block(
        type=cls.kind.name,
        name=cls.kind.name,
        ref=SourceColumn(wishes.ref) if wishes.ref else given.get("ref"),
        id=given.get("id"),
        state=given.get("state"),
        project=given.get("project"),
        occurred=given.get("occurred_at"),
        void=given.get("void"),
        seen=given.get("seen"),
        fields=fields,
    )
