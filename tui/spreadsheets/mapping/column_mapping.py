"""Mapping: which column of a table gives which field, for a table imported without a recipe."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from models.queries.facts import json_keys
from models.schema.record import Record, kinds
from models.text.words import Refused, W, say
from tui.spreadsheets import header_columns
from tui.spreadsheets.mapping import column_names, limit_text
from tui.spreadsheets.mapping.expressions import (
    Constant,
    Expression,
    FirstOf,
    LimitPart,
    Link,
    Lookup,
    Source,
    SourceColumn,
)
from tui.spreadsheets.mapping.list_mapping import LIMITS, ListMapping
from tui.spreadsheets.mapping.recipe import BAND, Block, Recipe
from tui.spreadsheets.reading.table import TWICE, SourceTable, TableRow, repeated

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
NAMES_AT = W("第 {number} 行是列名。", "Row {number} has the column names.")
GIVES = W("{column} → {field}（例：{example}）", "{column} → {field} (such as {example})")
LIMITS_LABEL = W("上下限（一格）", "Limits (one cell)")
UNGIVEN = W(
    "没有哪一列给出{type}必须有的“{field}”。请用 --map 或 --set 指明。",
    "No column gives “{field}”, which a {type} needs. Use --map or --set.",
)


@dataclass(frozen=True, slots=True)
class Mapped:
    """A recipe made of a table's columns, and the columns it does not take."""

    recipe: Recipe
    left_out: tuple[str, ...]
    notes: tuple[Refused, ...] = ()
    """What a person should know of the columns."""
    taken: Mapping[str, str] = field(default_factory=dict)
    """Field or head -> the column that gives it."""

    def lines(self, table: SourceTable) -> Iterator[str]:
        """Which row has the column names, and what each column gives, with an example."""
        if table.names_at:
            yield say(NAMES_AT, number=table.names_at)
        cls = kinds[self.recipe.blocks[0].type]
        below = table.first[table.names_at :]
        for name, column in self.taken.items():
            at = table.columns.index(column) if column in table.columns else len(table.columns)
            filled = (cells[at] for cells in below if len(cells) > at and cells[at].strip())
            label = LIMITS_LABEL if name == LIMITS else header_columns.label(cls, name)
            yield say(GIVES, column=column, field=label, example=next(filled, "—"))


def plain(
    cls: type[Record],
    columns: Sequence[str],
    file: str,
    wishes: ListMapping,
    *,
    loose: bool = False,
) -> Mapped:
    """One record of a type per row (or group): columns by name or label, as the wishes say.

    `loose` takes columns too that the table may yet turn out to have. Raises `Refused` when a
    wish names what is not there, or when nothing fits.
    """
    asked = (*wishes.maps, *wishes.fills, *wishes.group, wishes.order, wishes.ref)
    for name in filter(None, asked):
        if name not in columns and not loose:
            raise Refused(NO_COLUMN, file=file, column=name, known=", ".join(columns))
    taken = fields_of(cls, columns, wishes, loose=loose)
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
        if "." not in name:
            given[_field(cls, name)] = Constant(text)
    _add_limits(cls, given)
    _add_words(cls, given, wishes)
    if not any(name in cls.specs() for name in given):
        listed = ", ".join(columns)
        raise Refused(NOTHING, file=file, type=cls.kind.label, columns=listed)
    _complete(cls, given)
    recipe = Recipe(
        blocks=(_block(cls, given, wishes),),
        source=wishes.source,
        group=tuple(wishes.group),
        order=wishes.order,
        dates=wishes.dates,
        fills=tuple(wishes.fills),
        bands=bool(wishes.bands),
    )
    used = {*taken.values(), *wishes.fills, *wishes.group, wishes.order, wishes.ref}
    own = loose or set(columns) >= header_columns.OWN
    shown = set(header_columns.HEADS) - header_columns.TAKEN if own else set[str]()
    if loose:
        used |= json_keys(cls.kind.name)
    left = [c for c in columns if c not in used and header_columns.target(cls, c) not in shown]
    left = [c for c in left if not c.endswith(header_columns.SHOWN)]
    named = [c for c in left if header_columns.target(cls, c) == "number" and not own]
    maybe = tuple(Refused(MAYBE_REF, column=c) for c in named if not wishes.ref)
    return Mapped(recipe, tuple(left), maybe, taken)


def fields_of(
    cls: type[Record],
    columns: Sequence[str],
    wishes: ListMapping,
    *,
    loose: bool = False,
    bold: bool = False,
    strict: bool = True,
) -> dict[str, str]:
    """Field or head -> the column that gives it; options come before names that fit, those before
    what people call a field (`column_names`).

    What people call a link, a choice or the state is guessed only when `bold`, since rows whose
    words are not known would be refused. Raises `Refused` for a field that is not there, and, if
    `strict`, where two columns are called like one.
    """
    taken = {_field(cls, name): column for column, name in wishes.maps.items() if name}
    taken |= {} if not wishes.ref else {"ref": wishes.ref}
    wished = set(taken)
    for column in columns:
        name = "" if column in wishes.maps else header_columns.target(cls, column)
        if name not in cls.specs() and name not in header_columns.TAKEN:
            continue
        if name in wished:
            continue
        if name in taken and not strict:
            continue
        if name in taken:
            raise Refused(
                SAME_FIELD, first=taken[name], second=column, field=header_columns.label(cls, name)
            )
        taken[name] = column
    if not loose:
        given = {_field(cls, name) for name in wishes.sets if "." not in name}
        free = [c for c in columns if c not in wishes.maps and c not in taken.values()]
        for name, column in _called(cls, free):
            spec = cls.specs().get(name)
            risky = name == "state" or (spec is not None and spec.kind in ("link", "choice"))
            if risky and not bold and name not in wishes.makes:
                continue
            if name not in taken and name not in given and column not in taken.values():
                taken[name] = column
    return taken


def _called(cls: type[Record], columns: Sequence[str]) -> list[tuple[str, str]]:
    """(field, column) of columns that people call like a field, the likeliest pairs first."""
    found = [
        (rank, place, at, name, column)
        for at, column in enumerate(columns)
        for place, (rank, name) in enumerate(column_names.meant(cls, column))
    ]
    # What a record cannot do without comes first, then the better word, then the place.
    required = {name for name, spec in cls.specs().items() if spec.required}
    found.sort(key=lambda one: (one[3] not in required, one[0], one[1], one[2]))
    return [(name, column) for _, _, _, name, column in found]


def _add_limits(cls: type[Record], given: dict[str, Expression]) -> None:
    """A column of limits gives low and high, the unit, the kind of answer and the text itself."""
    source, specs = given.pop(LIMITS, None), cls.specs()
    if source is None:
        return
    title = next(source.columns(), "")
    beside = given.get("unit")
    parts = {"low": "low", "high": "high", "unit": "unit", "answer_kind": "kind"}
    for name, part in parts.items():
        if name in specs:
            given.setdefault(name, LimitPart(source, part, limit_text.unit_of(title), beside))
    if "expected" in specs:
        given.setdefault("expected", source)


def _add_words(cls: type[Record], given: dict[str, Expression], wishes: ListMapping) -> None:
    """Words of the list are looked up; headings over several rows give a field of those below."""
    for name, table in wishes.words.items():
        target = _field(cls, name)
        if target in given:
            given[target] = Lookup(given[target], table, keep=True)
    if wishes.bands:
        target, heading = _field(cls, wishes.bands), SourceColumn(BAND)
        given[target] = FirstOf((given[target], heading)) if target in given else heading


def _field(cls: type[Record], name: str) -> str:
    if name == LIMITS and {"low", "high"} <= cls.specs().keys():
        return LIMITS
    found = header_columns.target(cls, name)
    if found not in cls.specs() and found not in header_columns.TAKEN:
        known = ", ".join((*cls.specs(), "state", "project", "occurred_at", "ref"))
        raise Refused(NO_FIELD, type=cls.kind.label, field=name, known=known)
    return found


def _complete(cls: type[Record], given: Mapping[str, Expression]) -> None:
    for name, spec in cls.specs().items():
        if spec.required and not spec.internal and name not in given:
            raise Refused(UNGIVEN, type=cls.kind.label, field=spec.label)


def _block(cls: type[Record], given: Mapping[str, Expression], wishes: ListMapping) -> Block:
    specs = cls.specs()
    for name in wishes.makes:
        if name not in specs or specs[name].kind != "link" or specs[name].target in ("", "person"):
            raise Refused(NO_LINK, field=name)
    fields: dict[str, Source] = {}
    for name, source in given.items():
        if name in specs and specs[name].kind == "link":
            fields[name] = Link(find=source, make=_making(name, wishes))
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


def _making(of: str, wishes: ListMapping) -> dict[str, Expression | Link] | None:
    """The fields of a record that is made for a link: those set as `link.field`."""
    if of not in wishes.makes:
        return None
    parts = [(name.partition("."), text) for name, text in wishes.sets.items()]
    return {own: Constant(text) for (link, _, own), text in parts if link == of and own}


def title_of(recipe: Recipe) -> str:
    """The column that names what a row becomes; '' without one."""
    block = recipe.blocks[0]
    source = block.fields.get(kinds[block.type].kind.title or "")
    return next(source.columns(), "") if source is not None else ""


def text_of(source: Source, row: TableRow) -> str:
    """What a field gets from a row; of a link, the text that finds its record."""
    if isinstance(source, Link):
        return source.find.text((row,)) if source.find is not None else ""
    return source.text((row,))
