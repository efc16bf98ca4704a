"""List columns: the columns and rows of a list of any record type, made from its declaration."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from models.book.approval import approvals
from models.queries.paging import Listed, Pages
from models.schema.fields import Spec
from models.schema.record import Record
from models.text.words import W, say
from tui.display.row_layout import ListColumn
from tui.display.row_source import DisplayLine
from tui.display.terminal_text import cut, width
from tui.display.values import LATE, VOID, Values

NUMBER = W("编号", "Number")
STATE = W("状态", "State")
EDITED = W(" 改", ", edited")
"""After the state of what was changed since its approval; the record's page names the fields."""
EDITED_CELLS = 16
"""Cells of the state where this may follow it."""
AGE = W("时长", "Age")
HEAD = ("n", "id", "number", "state", "occurred", "void")
LEAST = {"day": 10, "week": 8, "moment": 16, "flag": 4, "count": 4, "number": 6, "choice": 8}
LEAST |= {"quarter": 7, "money": 12}
"""Cells that a field of this kind needs at least; any other takes its share of the room."""
TITLE_LEAST, TEXT_LEAST = 24, 10
NUMBER_CELLS = 16


def columns(cls: type[Record]) -> list[ListColumn]:
    """Number, state and age, then the declared columns; the last of these go first when narrow."""
    kind = cls.kind
    found = [ListColumn("number", NUMBER, NUMBER_CELLS, priority=2)]
    if len(kind.states) > 1:
        cells = min(max(_cells(state.label) for state in kind.states), 10)
        if approvals.binding_moves(kind):
            cells = min(cells + _cells(EDITED), EDITED_CELLS)
        words = tuple(state.label for state in kind.states)
        found.append(ListColumn("state", STATE, max(cells, 6), priority=1, words=words))
    found.append(ListColumn("age", AGE, 10 if kind.due else 7, priority=3))
    for place, name in enumerate(kind.columns):
        spec = cls.specs().get(name)
        if spec is not None:
            found.append(_column(name, spec, place, place == 0 or name == kind.title))
    return found


def names(cls: type[Record]) -> tuple[str, ...]:
    """The columns of the database that a list reads."""
    kind = cls.kind
    more = [name for name in (*kind.columns, *kind.due_fields) if name in cls.fields()]
    return tuple(dict.fromkeys((*HEAD, *more)))


class ListColumns:
    """The rows of a type for `WindowedList`: read as tuples, shown in the current language."""

    def __init__(self, pages: Pages | Listed, values: Values) -> None:
        self.pages = pages
        self.values = values
        self._specs = pages.cls.specs()
        self._kind = pages.cls.kind

    def count(self) -> int:
        """How many rows there are."""
        return self.pages.count()

    def place(self, id: str) -> int | None:
        """The place of a row."""
        return self.pages.place(id)

    def window(self, top: int, size: int) -> Sequence[DisplayLine]:
        """Rows as lines; the titles of what they link to are read in one go."""
        rows = [
            dict(zip(self.pages.names, row, strict=True)) for row in self.pages.window(top, size)
        ]
        for name in self._kind.columns:
            spec = self._specs.get(name)
            if spec is not None and spec.kind == "link" and spec.target != "person":
                self.values.fetch({spec.target: [row[name] for row in rows if row[name]]})
        book, ids = self.values.workspace.book, [str(row["id"]) for row in rows]
        changed = approvals.changed_among(book.store, ids)
        return [self._line(row, row["id"] in changed) for row in rows]

    def _line(self, row: dict[str, Any], changed: bool) -> DisplayLine:
        state = self._kind.state(row["state"])
        overdue = self.values.overdue(self._kind, state, row.get(self._kind.due_in(state.name)))
        said: dict[str, str | W] = {
            name: self.values.say(self._specs[name], row[name])
            for name in self._kind.columns
            if name in self._specs
        }
        said["number"] = row["number"]
        shown = edited(state.label) if changed else state.label
        said["state"] = shown if row["void"] is None else VOID
        said["age"] = say(LATE, n=overdue) if overdue else self.values.age(row["occurred"])
        style = "error" if overdue else "muted" if state.ended or row["void"] is not None else ""
        style = "warning" if changed and row["void"] is None else style
        return DisplayLine(row["id"], said, style)


def edited(state: W) -> str:
    """The state of what was changed since its approval; a long one is cut, not the mark."""
    mark = str(EDITED)
    return cut(str(state), EDITED_CELLS - width(mark)) + mark


def _column(name: str, spec: Spec, place: int, first: bool) -> ListColumn:
    if first:
        return ListColumn(name, spec.label, TITLE_LEAST, weight=4, priority=0)
    least = LEAST.get(spec.kind, TEXT_LEAST)
    weight = 0 if spec.kind in LEAST and spec.kind != "choice" else 1
    right = spec.kind in ("count", "number", "money")
    title = max(least, min(_cells(spec.label), 12))
    return ListColumn(name, spec.label, title, weight=weight, priority=4 + place, right=right)


def _cells(word: W) -> int:
    """The wider of a word's two forms."""
    return max(width(word.zh), width(word.en))
