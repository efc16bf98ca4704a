"""Tasks: the rows of a table one by one or group by group, each checked before any writing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from models.queries.facts import json_keys
from models.schema.record import kinds
from models.text.words import Refused, W
from tui.spreadsheets import header_columns
from tui.spreadsheets.formula_guard import unprotect
from tui.spreadsheets.importing import row_draft as drafts
from tui.spreadsheets.importing import row_groups
from tui.spreadsheets.importing.recipe import Block, Recipe
from tui.spreadsheets.importing.row_draft import CellPlace, RowDraft, RowError
from tui.spreadsheets.reading.table import MISREAD, SourceTable, TableRow, folded

SUMS = (W("合计", "total"), W("小计", "subtotal"), W("总计", "sum"), W("累计", "grand total"))
SIGNED = (W("签字", "signature"), W("签名", "signed"), W("盖章", "stamp"))
"""Words with which rows begin that are no records."""
Refuse = Callable[[Sequence[TableRow], str, Refused], None]


@dataclass(slots=True)
class ImportTask:
    """The rows of one record or group, and the checked drafts of what they become."""

    rows: Sequence[TableRow]
    heads: list[RowDraft] = field(default_factory=list)
    """Made once for all of the rows."""
    tails: list[RowDraft] = field(default_factory=list)
    """Made once for each of the rows."""


class Tasks:
    """The tasks of one import, in the order of the file; rows that fail a check are refused."""

    def __init__(
        self, table: SourceTable, recipe: Recipe, place: CellPlace, refuse: Refuse
    ) -> None:
        self.table = table
        self.recipe = recipe
        self.place = place
        self.refuse = refuse
        self.source = recipe.source or table.name
        if table.sheet:
            self.source = f"{self.source}/{table.sheet}"
        self.empty = 0
        """Rows that say nothing of what they are to become."""
        self.totals: list[int] = []
        """Numbers of the rows that look like a sum or a signature."""
        self.rows = 0
        """Rows met so far that have anything in them."""
        self.unknown: dict[str, None] = {}
        """Columns that turned up later and that nothing takes."""
        self._times: Counter[str] = Counter()
        self._ours = set(table.columns) >= header_columns.OWN
        self._protected = self._ours and table.name.lower().endswith((".csv", ".tsv", ".txt"))

    def __iter__(self) -> Iterator[ImportTask]:
        for rows in self._units():
            task = self._task(rows)
            if task is not None:
                yield task

    def _units(self) -> Iterator[tuple[TableRow, ...]]:
        if self.recipe.group:
            return row_groups.gather(self._filled(), self.recipe.group, self.recipe.order)
        return ((row,) for row in self._filled())

    def _filled(self) -> Iterator[TableRow]:
        """The rows with anything in them, without the second row of names in a list of ours."""
        known = {*self.table.columns, *self.recipe.columns(), *header_columns.HEADS}
        derived = frozenset[str]().union(*(json_keys(one.type) for one in self.recipe.blocks))
        known |= derived
        shown = derived - set(self.recipe.columns())
        for place, row in enumerate(self.table.rows):
            if row.nested and shown.issuperset(row.nested):
                row = row._replace(fault=None)  # our lists have them for people
            if (not row.cells and row.fault is None) or (place == 0 and self._is_labels(row)):
                continue
            self.rows += 1
            if self.table.loose:
                self.unknown.update(dict.fromkeys(name for name in row.cells if name not in known))
            yield self._as_typed(row) if self._protected else row

    def _is_labels(self, row: TableRow) -> bool:
        cls = self.place.book.cls(self.recipe.blocks[0].type)
        return self._ours and all(
            cell in header_columns.label(cls, name) for name, cell in row.cells.items()
        )

    def _as_typed(self, row: TableRow) -> TableRow:
        return row._replace(cells={name: unprotect(cell) for name, cell in row.cells.items()})

    def _task(self, rows: Sequence[TableRow]) -> ImportTask | None:
        """What rows become, checked; None when they are refused as a whole."""
        if rows[0].fault is not None and self._matters(rows[0]):
            self.refuse(rows, rows[0].column, rows[0].fault)
            return None
        if not any(_says(block, rows) for block in self.recipe.blocks):
            self.empty += len(rows)
            return None
        if len(rows) == 1 and _is_total(rows[0]):
            self.totals.append(rows[0].number)
            return None
        task = ImportTask(rows)
        for block in self.recipe.blocks:
            if block.each == "row":
                task.tails += self._tails(block, rows)
                continue
            try:
                if _wanted(block, rows):
                    task.heads.append(self._draft(block, rows))
            except RowError as fault:
                self.refuse(rows, fault.column, fault.why)
                return None
        return task

    def _matters(self, row: TableRow) -> bool:
        """Whether a row's fault is in a column that is used."""
        misread = row.fault is not None and row.fault.word in MISREAD
        return not misread or row.column in self.recipe.columns()

    def _tails(self, block: Block, rows: Sequence[TableRow]) -> Iterator[RowDraft]:
        for row in rows:
            try:
                if _wanted(block, (row,)):
                    yield self._draft(block, (row,))
            except RowError as fault:
                self.refuse((row,), fault.column, fault.why)

    def _draft(self, block: Block, rows: Sequence[TableRow]) -> RowDraft:
        keyed = self.place.book.cls(block.type).kind.key
        ref = None if keyed else self._ref(block, rows)
        return drafts.draft(self.place, block, rows, ref, self.source)

    def _ref(self, block: Block, rows: Sequence[TableRow]) -> str:
        """The ref of a record whose rows name none: of the group, or of the row's own content."""
        if self.recipe.group and block.each == "group":
            key = "/".join(rows[0].cells[name] for name in self.recipe.group)
            return f"{self.source}:{key}" + (f":{block.name}" if block.name != block.type else "")
        ref = drafts.derived(self.source, block.name, rows[0], drafts.fixed_links(block))
        self._times[ref] += 1
        return ref if self._times[ref] == 1 else f"{ref}.{self._times[ref]}"


def _says(block: Block, rows: Sequence[TableRow]) -> bool:
    """Whether rows say anything of a record: more than its number and what it belongs to.

    A block that is made of no column, and a row of a list of ours, always do.
    """
    kind = kinds[block.type].kind
    asked = [s for name, s in block.fields.items() if name not in (kind.order, kind.parent)]
    columns = {name for source in asked for name in source.columns()}
    for own in (block.id, block.state, block.void):  # a state that is refused is no empty row
        if own is not None:
            columns.update(own.columns())
    return not columns or any(row.cells.get(name, "").strip() for row in rows for name in columns)


def _is_total(row: TableRow) -> bool:
    """Whether a row looks like a sum or the place for signatures, and not like a record."""
    first = folded(next(iter(row.cells.values()), ""))
    name, colon, _ = first.partition(":")
    if any(name == folded(half) for word in SUMS for half in word):
        return True
    return bool(colon) and any(folded(half) in name for word in SIGNED for half in word)


def _wanted(block: Block, rows: Sequence[TableRow]) -> bool:
    """Whether a block makes anything of these rows."""
    try:
        return all(test.holds(rows) for test in block.when)
    except Refused as refused:
        raise drafts.blame("", refused) from None
