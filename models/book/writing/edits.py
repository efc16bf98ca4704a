"""Edits: the values that are given, checked by the schema, and the registers that they change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from models.book.writing.record_writer import value_of
from models.schema import validation
from models.schema.record import Record
from models.schema.versions import FieldVersions
from models.text.words import Refused, W, several

UNKNOWN_FIELD = W(
    "{type}没有字段“{field}”。可用：{known}。", "{type} has no field “{field}”. Known: {known}."
)
AT_BIRTH = W(
    "“{field}”在新建时确定，之后不能改。请撤回或作废这一条，另建一条。",
    "“{field}” is settled when the record is made. Withdraw or void this one and make another.",
)
BY_MOVE = W("“{field}”只能通过操作填写。", "“{field}” is filled by a move only.")


def checked(
    cls: type[Record], values: Mapping[str, Any], *, by_move: bool = False
) -> dict[str, Any]:
    """Values as they are stored. Raises `Refused` for an unknown field or a value that is none.

    `by_move` says that a move gives them: some fields are filled by nothing else.
    """
    specs = cls.specs()
    for name in values:
        if name not in specs:
            known = ", ".join(specs)
            raise Refused(UNKNOWN_FIELD, type=cls.kind.label, field=name, known=known)
        if specs[name].by_move and not by_move:
            raise Refused(BY_MOVE, field=specs[name].label)
    return validation.check(cls, values)


def keep_settled(record: Record, values: Mapping[str, Any]) -> None:
    """Raise `Refused` for another value of a field that is settled when the record is made."""
    for name, spec in type(record).specs().items():
        if spec.at_birth and name in values and values[name] != getattr(record, name):
            raise Refused(AT_BIRTH, field=spec.label)


def changed_registers(
    record: Record, values: Mapping[str, Any], seen: str | None
) -> dict[str, Any]:
    """The registers an edit writes: what differs, or was typed over an older view."""
    cls = type(record)
    now, then = FieldVersions(record.dots), FieldVersions(seen or record.dots)
    by_field = cls.register_of()
    changed: dict[str, Any] = {}
    for name, value in values.items():
        register = by_field[name]
        if getattr(record, name) != value or now.of(register) != then.of(register):
            changed[register] = None
    have = {**record.values(), **values}
    for register in changed:
        changed[register] = value_of(cls, register, have)
    return changed


def labels(cls: type[Record], names: Iterable[str]) -> str:
    """Fields by their words."""
    return several(cls.specs()[name].label for name in names)
