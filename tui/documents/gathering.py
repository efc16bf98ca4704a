"""Gathering: what a layout prints of a record by itself, so that a document says only the rest.

Keys that are fields of the record are their texts; those in `OF_RECORD` and `LISTS` are what every
record has. Rows and figures are named by the layout (`RowColumns`, `Figures`) and become tables.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from models.book.projects import all_projects
from models.book.tables import procedures
from models.calendar.business_dates import quarter_span
from models.derived import figures
from models.derived.figures import NOT_ASSESSABLE, Figure, Kept, Scope
from models.queries import links
from models.records.tables.facts import said
from models.schema.natural_keys import file_of
from models.schema.record import Record, kinds
from models.schema.roles import ROLES
from models.text.words import W, say
from tui.documents import row_tables
from tui.documents.layout import (
    Block,
    DocumentColumn,
    DocumentLayout,
    DocumentProse,
    DocumentTable,
    Facts,
    FieldProse,
    Fields,
    Figures,
    PrintedBlock,
    RowColumns,
)
from tui.documents.record_text import RecordText, Row

if TYPE_CHECKING:
    from tui.documents.frame import DocumentSubject

MORE = W("另有 {n} 条", "{n} more")
FIGURE_COLUMNS = (
    DocumentColumn(W("指标", "Figure"), "name", 5),
    DocumentColumn(W("数值", "Value"), "value", 3),
    DocumentColumn(W("样本数", "Cases"), "n", 2),
    DocumentColumn(W("口径", "Formula"), "formula", 9),
)
OF_RECORD: dict[str, Callable[[RecordText, Record], str]] = {
    "state": RecordText.state,
    "person": lambda reading, record: reading.person(record.author),
    "occurred": lambda reading, record: reading.moment(record.occurred),
    "recorded": lambda reading, record: reading.moment(record.recorded),
}
"""Short texts that every record has."""
LISTS: dict[str, Callable[[RecordText, Record], list[Row]]] = {
    "moves": RecordText.moves,
    "notes": lambda reading, record: reading.notes([record]),
    "attachments": lambda reading, record: reading.attachments([record]),
    "links": lambda reading, record: linked_records(reading, record),
}
"""Tables that every record has."""


def printed(layout: DocumentLayout, type: str) -> DocumentLayout:
    """The layout as templates and Markdown print it: fields with their words, rows as tables.

    Raises `ValueError` for a field, a type of rows or a figure that is not declared.
    """
    blocks = tuple(_printed(block, type) for block in layout.blocks)
    return DocumentLayout(layout.title, blocks, layout.wide, layout.signatures)


def _printed(block: Block, type: str) -> PrintedBlock:
    if isinstance(block, RowColumns):
        return row_tables.declared(block)
    if isinstance(block, Figures):
        known = {kind.name for kind in figures.kinds()}
        if not known.issuperset(block.names):
            raise ValueError(f"no such figures: {sorted({*block.names} - known)}")
        return DocumentTable(block.title, block.key, FIGURE_COLUMNS)
    if isinstance(block, Fields):
        pairs = (one if isinstance(one, tuple) else (_word(type, one), one) for one in block.rows)
        return Facts(block.title, tuple(pairs))
    if isinstance(block, FieldProse):
        return DocumentProse(_word(type, block.key), block.key)
    return block


def _word(type: str, field: str) -> W:
    spec = kinds[type].specs().get(field) if type in kinds else None
    if spec is None:
        raise ValueError(f"{type!r} has no field {field!r}; give it a word")
    return spec.label


def gathered(
    reading: RecordText, subject: DocumentSubject, given: dict[str, Any]
) -> dict[str, Any]:
    """What the layout prints and the document itself did not give."""
    found: dict[str, Any] = {}
    for block in subject.declared.blocks:
        for key, value in _of_block(reading, subject, block, given):
            found[key] = value
    return found


def _of_block(
    reading: RecordText, subject: DocumentSubject, block: Block, given: dict[str, Any]
) -> Iterator[tuple[str, Any]]:
    record = subject.record
    if isinstance(block, Figures):
        yield block.key, list(_figures(reading, subject, block))
    elif isinstance(block, RowColumns):
        assert record is not None
        yield block.key, row_tables.cells(reading, record, kinds[block.type])
    elif isinstance(block, DocumentTable):
        if block.key not in given and record is not None and block.key in LISTS:
            yield block.key, LISTS[block.key](reading, record)
    else:
        for key in _keys(block):
            if key not in given and record is not None:
                yield from _text(reading, record, key)


def _keys(block: Facts | Fields | DocumentProse | FieldProse) -> tuple[str, ...]:
    if isinstance(block, Fields):
        return block.keys
    return tuple(key for _, key in block.rows) if isinstance(block, Facts) else (block.key,)


def _text(reading: RecordText, record: Record, key: str) -> Iterator[tuple[str, str]]:
    if key in type(record).visible():
        yield key, reading.text(record, key)
    elif key in OF_RECORD:
        yield key, OF_RECORD[key](reading, record)


def scope_of(reading: RecordText, subject: DocumentSubject) -> Scope:
    """The projects and days that a document of a period is about."""
    every = [one.id for one in all_projects(reading.store)]
    projects = (subject.project.id,) if subject.project is not None else tuple(every)
    if subject.week:
        return figures.of_week(projects, subject.week)
    return Scope(projects, *quarter_span(subject.quarter))


def _figures(reading: RecordText, subject: DocumentSubject, block: Figures) -> Iterator[Row]:
    """The figures of a block, each family read once; None is said to be not assessable."""
    scope, found = scope_of(reading, subject), dict[str, Figure]()
    for family in dict.fromkeys(name.partition(".")[0] for name in block.names):
        of_it = figures.of_family(reading.book, scope, family)
        found |= {one.kind.name: one for one in of_it}
    for name in block.names:
        kind, one = figures.kind_of(name), found.get(name)
        value = one.value if one is not None else None
        yield {
            "id": name,
            "name": str(kind.label),
            "value": str(NOT_ASSESSABLE) if value is None else f"{value}{kind.unit}",
            "n": str(one.n if one is not None else 0),
            "formula": str(kind.formula),
            "version": str(one.version if one is not None else kind.version),
        }


def linked_records(reading: RecordText, record: Record) -> list[Row]:
    """What a record points to and what points to it, rows, notes and files left out."""
    ahead = [
        str(value)
        for name, spec in type(record).specs().items()
        if spec.kind == "link" and spec.target != "person" and (value := getattr(record, name))
    ]
    found = [one for id in ahead if (one := reading.book.find(id)) is not None]
    linked, more = links.linked_to(reading.store, record.id, void=False)
    open_to_all = [one for one in linked if not _is_hidden(reading, record, one)]
    kept = {one.id: one for one in (*found, *open_to_all) if not _added(one)}
    told = [
        {"type": str(o.kind.label), "name": reading.named(o.id), "state": reading.state(o)}
        for o in kept.values()
    ]
    return [*told, {"type": "", "name": say(MORE, n=more), "state": ""}] if more else told


def _is_hidden(reading: RecordText, record: Record, other: Record) -> bool:
    """Whether a record is restricted and not part of what this document is about.

    A document is given to people who may read its record, and nothing beyond.
    """
    space = reading.book.space_of(other)
    return file_of(space) is not None and space != reading.book.space_of(record)


def _added(one: Record) -> bool:
    """Whether it is one of the types that are added to any record: a note, a file, a document."""
    return one.kind.add_only and "about" in type(one).specs()


def kept_row(one: Kept) -> Row:
    """A figure as a report keeps it: its name, value, cases and formula."""
    kind = figures.kind_of(one.name)
    return {
        "name": str(kind.label),
        "value": figures.value_text(kind, one.value),
        "n": str(one.n),
        "formula": str(kind.formula),
    }


def procedure_of(reading: RecordText, record: Record) -> dict[str, Any]:
    """The version of the procedure that was in force when a record began, and its steps."""
    found = procedures.followed(reading.store, record)
    steps = [
        {
            "no": str(no),
            "what": str(step.what),
            "who": str(ROLES.get(step.who, step.who)),
            "days": "" if step.days is None else str(step.days),
            "text": str(step.text),
        }
        for no, step in enumerate(found.steps if found is not None else (), 1)
    ]
    return {"procedure_name": said(found) if found is not None else "", "procedure_steps": steps}
