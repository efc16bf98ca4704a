"""A new area: what a test declares and registers is forgotten after it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from typing import Any

from models.book import derived_state, rules
from models.queries import agenda, facts
from models.records import LATE
from models.schema import late_modules
from models.schema.record import kinds


def _tables() -> list[Any]:
    moments = (
        rules.given,
        rules.before_write,
        rules.after_add,
        rules.before_import,
        rules.before_void,
        rules._before_move,
        rules._after_move,
    )
    tables: list[Any] = [kinds, rules._follows, derived_state._makers, facts._facts, facts._json]
    return [*tables, agenda._waits, agenda._reminds, *(moment._rules for moment in moments)]


@contextmanager
def new_area() -> Iterator[None]:
    """What is declared and registered within is forgotten at the end."""
    for name in LATE:
        late_modules.load(name)  # what is loaded within would be forgotten, too
    before = [copy(table) for table in _tables()]
    lists = [{key: list(value) for key, value in table.items()} for table in _nested()]
    try:
        yield
    finally:
        for table, old in zip(_tables(), before, strict=True):
            if isinstance(table, dict):
                table.clear()
                table.update(old)
            else:
                table[:] = old
        for table, old_lists in zip(_nested(), lists, strict=True):
            table.clear()
            table.update(old_lists)


def _nested() -> list[dict[Any, list[Any]]]:
    """Tables whose values are lists, which registering lengthens."""
    return [
        table
        for table in _tables()
        if isinstance(table, dict) and all(isinstance(value, list) for value in table.values())
    ]
