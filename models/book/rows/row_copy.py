"""Row copy: a record made like another one, with its rows; a copy begins its own life.

A copy has the fields that people fill in. What moves ask for or fill is what was done with the
original: it is left out, as are rows out of use, notes, files, add-only rows and those that stay
with their record (`Kind.stays`). A link between two rows of the original becomes one between their
copies.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from models.book.rows.child_rows import child_types, rows_of
from models.book.rows.row_order import first_values
from models.schema.record import Record
from models.text.words import Refused, W, several

if TYPE_CHECKING:
    from models.book.book import Book

ONE_EACH = W(
    "每个{type}由“{fields}”唯一确定，不能照原样复制。请新建，并填写别的值。",
    "There is one {type} for each {fields}, so it is not copied as it is. Make a new one with"
    " other values.",
)


def copy_record(book: Book, old: Record, values: Mapping[str, Any] | None = None) -> Record:
    """A new record like `old`, with its rows, in one durable save; `values` take precedence.

    Raises `Refused` where a natural key is the same, and for whatever a new record is refused for.
    """
    kind, given, have = old.kind, dict(values or {}), old.values()
    same = [name for name in kind.key if name in have]
    if kind.key and all(given.get(name, have[name]) == have[name] for name in same):
        specs = type(old).specs()
        fields = several(specs[name].label for name in same)
        raise Refused(ONE_EACH, type=kind.label, fields=fields)
    above = book.find(str(have[kind.parent])) if kind.parent and not kind.add_only else None
    if above is not None:
        given = first_values(book, above, type(old)) | given  # the copy of a row comes last
    with book.saving():
        made = book.add(old.type, {**copied_values(old), **given}, project=old.project)
        copy_rows(book, old, made)
    return book.get(made.id)


def copy_rows(
    book: Book,
    old: Record,
    new: Record,
    *,
    types: Sequence[type[Record]] | None = None,
    values: Mapping[str, Any] | None = None,
) -> dict[str, str]:
    """Give `new` the living rows of `old`, with the rows of these; id of each row -> of its copy.

    `types` are the row types to copy: where it is not said, every one that is edited and does not
    stay. `values` are given to each direct row besides. Nothing is saved where one of them is
    refused.
    """
    if types is None:
        types = [cls for cls in child_types(old.type) if not (cls.kind.add_only or cls.kind.stays)]
    made = dict[str, str]()
    with book.saving():
        for cls in types:
            living = [row for row in rows_of(book.store, old, cls) if row.void is None]
            _copy(book, living, new, values or {}, made)
            for row in living:
                made |= copy_rows(book, row, book.get(made[row.id]))
    return made


def _copy(
    book: Book, rows: list[Record], new: Record, more: Mapping[str, Any], made: dict[str, str]
) -> None:
    """Copy rows of one type; one that names another comes after it, as far as that can be."""
    own, left = {row.id for row in rows}, list(rows)
    times = _times(book, rows)
    later: list[tuple[Record, dict[str, str]]] = []
    while left:
        ready = [row for row in left if not own & set(_links(row).values()) - made.keys()]
        for row in ready or left[:1]:
            ahead = {name: id for name, id in _links(row).items() if id in own - made.keys()}
            given = copied_values(row, made) | dict(more) | {row.kind.parent: new.id}
            given = {name: value for name, value in given.items() if name not in ahead}
            made[row.id] = book.add(row.type, given, occurred=times[row.id]).id
            later += [(row, ahead)] if ahead else []
        left = [row for row in left if row.id not in made]
    for row, ahead in later:
        book.edit(made[row.id], {name: made[id] for name, id in ahead.items()})


def _times(book: Book, rows: Sequence[Record]) -> dict[str, int]:
    """When each copy occurs: just now, a millisecond apart, so that they stay in order."""
    first = book.change_log.now() - len(rows)
    return {row.id: first + at for at, row in enumerate(rows)}


def copied_values(record: Record, made: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The fields of a copy: what people fill in; `made` are ids that became others."""
    kind, found = record.kind, dict[str, Any]()
    done = {name for move in kind.moves for name in (*move.asks, *move.fills)}
    for name, spec in type(record).specs().items():
        value = getattr(record, name)
        work = spec.by_move or spec.computed or spec.internal or name in done
        if value is None or (work and not spec.required):
            continue
        found[name] = (made or {}).get(value, value) if spec.kind == "link" else value
    return found


def _links(row: Record) -> dict[str, str]:
    """The records that a row names, by field."""
    specs, given = type(row).specs(), copied_values(row)
    return {name: str(value) for name, value in given.items() if specs[name].kind == "link"}
