"""Moves: what a move fills in by itself, what it needs, and what is logged of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from copy import copy
from typing import Any

from models.book import permissions
from models.book.approval import apart, coverage, parts
from models.book.log.change_log import Dot
from models.book.tables import decisions, versions
from models.book.writing import move_conditions
from models.book.writing.edits import labels
from models.book.writing.evidence import ATTACHED, newest_file
from models.book.writing.record_reader import RecordReader
from models.frozen import NamedTuple
from models.schema import validation
from models.schema.lifecycle import Move
from models.schema.record import Record
from models.schema.versions import LocalDot
from models.text.words import Refused, W, listed

ROWS = "rows"
"""The source of what a table holds: its rows as one text, noted once (`Move.fills`)."""
UNKNOWN_MOVE = W(
    "{type}没有操作“{move}”。可用：{known}。", "{type} has no move “{move}”. Known: {known}."
)
NEEDED = W("“{move}”还需要填写：{fields}。", "“{move}” still needs: {fields}.")
NEEDS_COMMENT = W("“{move}”需要写明理由。", "“{move}” needs a reason.")
COMMENT = W("说明", "Comment")


class Work(NamedTuple):
    """Whose work a move decides on."""

    submitter: Collection[str]
    """Who brought the record into the state before."""
    writers: permissions.Writers


def chosen(record: Record, move: str, *, by_rule: bool) -> Move:
    """The move of this id. Raises `Refused` for an unknown one, or one that only rules make."""
    found = record.kind.by_move.get(move)
    if found is None:
        known = listed(m.label for m in record.kind.moves if not m.hidden)
        raise Refused(UNKNOWN_MOVE, type=record.kind.label, move=move, known=known)
    if found.hidden and not by_rule:
        raise Refused(permissions.BY_RULE, move=found.label)
    return found


def fills(
    reader: RecordReader, me: str, record: Record, move: Move, given: Mapping[str, Any]
) -> dict[str, Any]:
    """What the move itself fills in: the time, the person, the evidence, a fixed value.

    A source that ends in `?` leaves a value alone that is given, or written since this move was
    made last.
    """
    filled: dict[str, Any] = {**move_conditions.verdicts(reader.store, record, move)}
    sources = {"now": reader.change_log.now(), "me": me}
    for name, what in move.fills.items():
        if what == ROWS:
            there = getattr(record, name)
            some = parts.rows_of(reader.store, record) if there is None else []
            from models.book.tables import typed_rules

            content = typed_rules.content_of(record, some) or versions.content_of(some)
            filled[name] = content if there is None else there
            continue
        if what == ATTACHED:
            filled[name] = given.get(name) or newest_file(reader.store, record.id)
            continue
        if what.endswith("?") and given.get(name) is not None:
            continue
        there = getattr(record, name) is not None
        if there and what.endswith("?") and not _spent(reader, record, move, name):
            continue
        what = what.removesuffix("?")
        filled[name] = what[1:] if what.startswith("=") else sources[what]
    return filled


def _spent(reader: RecordReader, record: Record, move: Move, name: str) -> bool:
    """Whether a value was written before this move was last made: it is of that time."""
    space, at_of = reader.space_of(record), reader.change_log.at_of
    sql = "SELECT device, seq FROM transition WHERE record=? AND move=?"
    made = [at_of(space, *row) for row in reader.store.rows(sql, (record.id, move.id))]
    register = type(record).register_of()[name]
    dots = reader.writer.base_of((register,), record.dots)[register]
    return bool(made) and max(made) >= max(at_of(space, *dot) for dot in dots)


def together(move: Move, values: Mapping[str, Any], carried: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a move and those that rules add; who decides, and on what, stays as filled."""
    fixed = [name for name, what in move.fills.items() if what == "me" or what.startswith("=")]
    return {**values, **carried, **{name: values[name] for name in fixed if name in values}}


def coming(record: Record, values: Mapping[str, Any]) -> Record:
    """The record with the values that come with a move: what rules look at before it is made."""
    if not values:
        return record
    found = copy(record)
    found.__data__ = {**record.__data__, **values}
    return found


def require_ready(record: Record, move: Move, values: Mapping[str, Any], comment: str) -> None:
    """Raise `Refused` while the move lacks a field or its reason."""
    absent = permissions.missing(record, move, values)
    if absent:
        raise Refused(NEEDED, move=move.label, fields=labels(type(record), absent))
    if move.requires_comment and not comment.strip():
        raise Refused(NEEDS_COMMENT, move=move.label)
    validation.words(comment, COMMENT)


def payload(
    reader: RecordReader,
    me: str,
    record: Record,
    move: Move,
    comment: str,
    work: Work,
) -> dict[str, Any]:
    """What is logged of a move: from where, into which state, in which role, over what."""
    found: dict[str, Any] = {
        "move": move.id,
        "from": record.state,
        "to": move.to,
        "role": permissions.role_used(reader.people, me, record, move),
        "members": reader.store.meta("members") or 1,
    }
    if comment:
        found["comment"] = comment
    if move.binding:
        found |= about(reader, record, rows=move.id != permissions.IMPORT)
    if move.decided_by:
        found[decisions.DECIDED] = decisions.named(reader, move)
    found |= apart.payload(reader, record, move)
    if move.four_eyes and permissions.own_work(me, record, move, *work):
        found["alone"] = True
    return found


def about(reader: RecordReader, record: Record, *, rows: bool = True) -> dict[str, Any]:
    """What a binding move says it is about: the versions of the record, and of its rows."""

    def named(versions: Iterable[LocalDot]) -> list[Dot]:
        return sorted((reader.people.device_of(idx), seq) for idx, seq in versions)

    shown = parts.versions(record)
    filled = {name: dots for name, dots in shown.items() if name in type(record).registers()}
    saw = {name: named(dots) for name, dots in (filled or {"state": shown["state"]}).items()}
    if not rows or not parts.row_types(record.type):
        return {"saw": saw}
    covered = {
        row.id: frozenset(named(frozenset().union(*parts.versions(row).values())))
        for row in parts.rows_of(reader.store, record)
    }
    return {"saw": saw, coverage.ROWS: coverage.encode(covered)}
