"""Story: a record's history as people read it: who changed which field from what to what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from models.book.log.change_log import LoggedChange
from models.frozen import Frozen
from models.schema.record import Record

CLOCK_BITS = 16
"""Low bits of a hybrid time that count within a millisecond (`sync.changes.hybrid_clock`)."""


class Turn(Frozen):
    """One field that one change set; `before` holds the values that its writer replaced."""

    field: str
    before: tuple[Any, ...]
    """Usually one value; none for a field never set, several where a conflict was resolved."""
    after: Any


class Step(Frozen):
    """One change of a record: when (ms UTC, as the device's clock said), where, and what."""

    at: int
    device: str
    seq: int
    created: bool
    move: Mapping[str, Any] | None
    turns: tuple[Turn, ...]


def story(cls: type[Record], entries: Iterable[LoggedChange]) -> Iterator[Step]:
    """The steps of a record's log; a register that is a group is listed field by field."""
    known: dict[tuple[str, str, int], Any] = {}
    for entry in entries:
        turns: list[Turn] = []
        for register, value in entry.fields.items():
            named = entry.base.get(register, ())
            seen = [known.get((register, device, seq)) for device, seq in named]
            turns += _turns(cls, register, seen, value)
            known[register, entry.device, entry.seq] = value
        yield Step(
            at=entry.at >> CLOCK_BITS,
            device=entry.device,
            seq=entry.seq,
            created=entry.header is not None,
            move=entry.move,
            turns=tuple(turns),
        )


def _turns(cls: type[Record], register: str, seen: list[Any], value: Any) -> list[Turn]:
    fields = cls.registers().get(register, (register,))
    if fields == (register,) or not isinstance(value, Mapping):
        return [Turn(register, _different(seen), value)]
    turns = []
    for name in [*fields, *(extra for extra in value if extra not in fields)]:
        before = _different([one.get(name) if isinstance(one, Mapping) else None for one in seen])
        if before != (value.get(name),) and (before or value.get(name) is not None):
            turns.append(Turn(name, before, value.get(name)))
    return turns


def _different(values: list[Any]) -> tuple[Any, ...]:
    """The values once each, in order; a lone 'nothing' counts as nothing."""
    found: list[Any] = []
    for value in values:
        if not any(value is one or (type(value) is type(one) and value == one) for one in found):
            found.append(value)
    return () if found == [None] else tuple(found)
