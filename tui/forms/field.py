"""A field of a form: what it holds, what was typed, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from models.schema.fields import Spec
from models.schema.record import Record
from models.text.words import Refused, W


@dataclass(slots=True, kw_only=True)
class Field:
    """One field while a form is open; `value` is what would be saved."""

    name: str
    spec: Spec
    value: Any = None
    before: Any = None
    """What it held when the form was opened."""
    text: str | None = None
    """What was typed, while that is no value."""
    required: bool = False
    locked: bool = False
    """Shown, not edited: computed, set by a move, or fixed by where the form was opened."""
    fault: Refused | None = None
    note: Refused | W | None = None
    """What else there is to know (somebody changed it meanwhile)."""

    @property
    def changed(self) -> bool:
        """Whether anything was typed or chosen that is not saved."""
        return self.text is not None or self.value != self.before

    @property
    def single(self) -> bool:
        """Whether it is typed on one line."""
        return self.spec.kind != "prose"

    @property
    def chosen(self) -> bool:
        """Whether one of a few values is chosen rather than typed."""
        return self.spec.kind in ("choice", "choices", "flag")


def new_fields(cls: type[Record], start: Mapping[str, Any]) -> list[Field]:
    """The fields of a new record's form; what is filled or asked for later is shown if given."""
    found, first = [], cls.kind.states[0].name
    for name, spec in cls.specs().items():
        filled = spec.computed or spec.by_move
        value = start.get(name)
        if value is None and (filled or not cls.kind.asks(spec.asked_from, first)):
            continue
        fixed = filled or (value is not None and name == cls.kind.parent)
        field = Field(name=name, spec=spec, value=value, required=spec.required, locked=fixed)
        found.append(field)
    return found


def record_fields(record: Record) -> list[Field]:
    """The fields of a record's form; those that make its identity stay as they are."""
    kind = record.kind
    found = []
    for name, spec in type(record).specs().items():
        value = getattr(record, name)
        fixed = spec.computed or spec.by_move or spec.at_birth
        fixed = fixed or name in kind.key or name == kind.parent
        if value is None and (fixed or not kind.asks(spec.asked_from, record.state)):
            continue
        found.append(
            Field(
                name=name,
                spec=spec,
                value=value,
                before=value,
                required=spec.required,
                locked=fixed,
            )
        )
    return found
