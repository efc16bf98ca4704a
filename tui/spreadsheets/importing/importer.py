"""Importer: the rows of a table become records of the book, good ones kept though others are
refused.

Rows are checked before anything is written. A chunk of them is one durable transaction, in which
every row (or group of rows) can still be taken back by itself. Each record keeps a `ref`, so an
import that was cut short, or is repeated, goes on where it is needed and adds nothing twice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from models.book import permissions
from models.book.rows.row_order import is_ordered, number_at_end
from models.book.writing.batch import alone, batch
from models.calendar import written_times
from models.schema import validation
from models.schema.record import Record
from models.storage import store
from models.text.words import Refused, W
from tui.spreadsheets import header_columns
from tui.spreadsheets.importing import import_undo, known_records
from tui.spreadsheets.importing import row_draft as drafts
from tui.spreadsheets.importing.import_undo import ImportNote
from tui.spreadsheets.importing.link_resolver import LinkResolver, remedied
from tui.spreadsheets.importing.recipe import Recipe
from tui.spreadsheets.importing.report import ImportReport
from tui.spreadsheets.importing.row_draft import CellPlace, RowDraft, RowError
from tui.spreadsheets.importing.row_tasks import ImportTask, Tasks
from tui.spreadsheets.reading.table import SourceTable, TableRow

CHUNK = 500
"""Tasks written in one transaction."""

DIFFERS = W(
    "已在簿中（{number}），但内容不同：{fields}。要按文件修改，请加 --update",
    "is already in the book ({number}) with other content: {fields}. Use --update to change it",
)
ELSEWHERE = W(
    "已在簿中（{number}），但属于另一条记录（{parent}）；导入不会移动它",
    "is already in the book ({number}) under another record ({parent}); an import does not move it",
)
DECIDED_HERE = W(
    "{number} 是在簿中填写的，它的状态不由文件修改；请在簿中操作",
    "{number} was written in the book; a file does not change its state. Take the action there",
)
COPIED = W(
    "与第 {row} 行是同一条记录（标识相同）；如果是新的一行，请清空标识",
    "is the same record as row {row} (the same id); for a new one clear the id",
)
PROVEN = W(
    "文件中的日期是 {order} 的顺序。请加 --dates {order} 再导入一次。",
    "The days in the file are in the order {order}. Import again with --dates {order}.",
)
MISSING = W(
    "文件 {file} 中没有配方要用的列：{columns}。有：{known}。",
    "The file {file} lacks columns that the recipe needs: {columns}. It has: {known}.",
)
_FAULTS = (store.BUSY, store.FULL, store.READ_ONLY, store.DAMAGED, store.TROUBLE)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOptions:
    """The options of an import."""

    update: bool = False
    """Change records that are here already where the file says something new."""
    dry: bool = False
    """Do everything, then take it back."""
    chunk: int = CHUNK
    progress: Callable[[ImportReport, float], None] | None = None
    """Called now and then with the report so far and the share of the file that is read."""
    stopped: Callable[[], bool] | None = None
    """Asked between rows whether to stop; what is finished stays saved."""
    refused: Callable[[TableRow, str, Refused], None] | None = None
    """Called with every refused row, the column at fault (or '') and the reason."""


class _Undone(Exception):
    """Ends a dry run's transaction."""


@dataclass(slots=True)
class _Written:
    """What one task has written so far."""

    ids: dict[str, str]
    """The record of each block."""
    done: list[tuple[str, str, str]]
    """(added, updated or same; type; id)."""
    late: list[tuple[RowDraft, Record, Mapping[str, Any]]]
    """Records whose state comes once the rows that belong to them are in."""
    alike: list[tuple[int, str]] = field(default_factory=list)
    """(row, number of the record that it looks like)."""
    kept: list[tuple[int, str, W]] = field(default_factory=list)
    """(row, name, label) of what a row changes in vain."""


def load(
    table: SourceTable, recipe: Recipe, place: CellPlace, way: ImportOptions | None = None
) -> ImportReport:
    """Import a table. Raises `Refused` only when nothing could begin; all else is in the report."""
    absent = [name for name in recipe.columns() if name not in table.columns]
    if absent and not table.loose:
        known = ", ".join(table.columns)
        raise Refused(MISSING, file=table.name, columns=", ".join(absent), known=known)
    for block in recipe.blocks:
        drafts.check_constants(place, block)
    return _Loader(table, recipe, place, way or ImportOptions()).run()


class _Loader:
    def __init__(
        self, table: SourceTable, recipe: Recipe, place: CellPlace, way: ImportOptions
    ) -> None:
        self.table = table
        self.place = place
        self.book = place.book
        self.way = way
        self.report = ImportReport(notes=list(table.notes), dry=way.dry)
        self.tasks = Tasks(table, recipe, place, self._refuse)
        self.links = LinkResolver(place.book, place.zone, place.project)
        self.report.label = self.book.cls(recipe.blocks[0].type).kind.label
        self._like = known_records.LikeRecords(place.book)
        self._orders = set[str]()
        self._ids = dict[str, int]()
        self._note = ImportNote(table.name)
        self._undone = import_undo.taken_back(self.book.store)

    def run(self) -> ImportReport:
        """Read, check and write to the end of the file, or to what stops it."""
        try:
            self._run()
        except Refused as refused:
            self.report.fault = refused
        except KeyboardInterrupt:
            self.report.stopped = True
        self.report.rows = self.tasks.rows
        self.report.left_out += tuple(self.tasks.unknown)
        self.report.empty, self.report.totals = self.tasks.empty, self.tasks.totals
        proven = {order for order in self._orders if order}
        if len(proven) == 1:
            self.report.notes.append(Refused(PROVEN, order=proven.pop()))
        return self.report

    def _run(self) -> None:
        chunk: list[ImportTask] = []
        for task in self.tasks:
            if self.way.stopped is not None and self.way.stopped():
                self.report.stopped = True
                break
            chunk.append(task)
            if len(chunk) >= self.way.chunk:
                self._write(chunk)
                chunk = []
        self._write(chunk)

    def _write(self, chunk: Sequence[ImportTask]) -> None:
        before, done = Counter(self.links.made), list[tuple[str, str, str]]()
        try:
            with batch(self.book):
                for task in chunk:
                    done += self._task(task)
                if self.way.dry:
                    raise _Undone
                self._note.updated += sum(what == "updated" for what, _, _ in done)
                new = [id for what, _, id in done if what == "added"]
                import_undo.keep(self.book, self._note, [*self.links.fresh(), *new])
        except _Undone:
            self.links.forget()
        self.links.settle()
        for what, type_, _ in done:
            getattr(self.report, what)[type_] += 1
        self.report.made += Counter(self.links.made) - before
        self.report.rows = self.tasks.rows
        self.report.last = max((row.number for task in chunk for row in task.rows), default=0)
        if self.way.progress is not None:
            self.way.progress(self.report, self.table.share())

    def _task(self, task: ImportTask) -> list[tuple[str, str, str]]:
        """Write one task: its heads together or not at all, then each tail by itself."""
        written = _Written({}, [], [])
        if not self._safely(task.rows, task.heads, written, late=bool(task.tails)):
            return []
        for one in task.tails:
            self._safely(one.rows, [one], written)
        for one, record, values in written.late:
            self._finish(one, record, values)
        return written.done

    def _safely(
        self,
        rows: Sequence[TableRow],
        some: Sequence[RowDraft],
        written: _Written,
        *,
        late: bool = False,
    ) -> bool:
        """Write drafts, or take back what was written of them and refuse the rows."""
        mark = self.links.mark()
        fresh = _Written(dict(written.ids), [], [])
        try:
            with alone(self.book), self.book.saving():
                for one in some:
                    self._record(one, fresh, late=late)
        except RowError as fault:
            self.links.undo(mark)
            self._refuse(rows, fault.column, fault.why)
            return False
        except Refused as refused:
            self.links.undo(mark)
            if refused.word in _FAULTS:
                raise
            self._refuse(rows, "", refused)
            return False
        written.ids = fresh.ids
        written.done += fresh.done
        written.late += fresh.late
        self.report.alike += fresh.alike
        for row, name, label in fresh.kept:
            self.report.kept.setdefault((name, label), []).append(row)
        return True

    def _record(self, one: RowDraft, written: _Written, *, late: bool) -> None:
        type_, specs = one.cls.kind.name, one.cls.specs()
        values = {**one.values, **self._linked(one, written.ids)}
        if one.id:
            first = self._ids.setdefault(one.id, one.rows[0].number)
            if first != one.rows[0].number:
                raise Refused(COPIED, row=first)
        known = known_records.find(self.book, one, values)
        if known is not None:
            id = known.record.id
            what = self._anew(known) if id in self._undone else self._again(one, known)
            written.done.append((what, type_, id))
            row = one.rows[0].number
            # A line of JSON that has no word of a field does not empty it.
            unsaid = one.block.fields.keys() if self.table.loose else ()
            kept = [name for name in known.kept if name not in unsaid]
            written.kept += [(row, name, header_columns.label(one.cls, name)) for name in kept]
            written.ids[one.block.name] = id
            return
        plain = {name: value for name, value in values.items() if not specs[name].by_move}
        kind = one.cls.kind
        if is_ordered(one.cls) and plain.get(kind.order) is None and plain.get(kind.parent):
            parent = str(plain[kind.parent])  # rows without a number keep the order of the file
            plain[kind.order] = number_at_end(self.book.store, one.cls, parent)
        if like := self._like.number(one, values):
            written.alike.append((one.rows[0].number, like))
        with self.book.bringing(bool(one.state) and one.state != one.cls.kind.states[0].name):
            record = self.book.add(
                type_, plain, project=one.project, ref=one.ref, occurred=one.occurred
            )
        written.ids[one.block.name] = record.id
        written.done.append(("added", type_, record.id))
        if late:
            self._may(one, record)
            written.late.append((one, record, values))
        else:
            self._finish(one, record, values)

    def _linked(self, one: RowDraft, ids: Mapping[str, str]) -> dict[str, Any]:
        """The ids of a draft's links, found or made now."""
        self.links.project = one.project or self.place.project
        specs, found = one.cls.specs(), dict[str, Any]()
        for name, link in one.links.items():
            try:
                value = self.links.resolve(specs[name], link, one.rows, ids)
            except Refused as refused:
                if refused.word in _FAULTS:
                    raise
                why = remedied(refused, name, specs[name], link)
                raise drafts.blame(drafts.column_of(one.block, name), why) from None
            if value is not None:
                found[name] = value
        return found

    def _may(self, one: RowDraft, record: Record) -> None:
        """Refuse now what `_finish` would be refused later."""
        if one.state and one.state != record.state:
            refused = permissions.importing(self.book.people, self.book.me, record, one.state)
            if refused is not None:
                raise refused

    def _finish(self, one: RowDraft, record: Record, values: Mapping[str, Any]) -> None:
        """Give a new record the state it had elsewhere, and take it out of use if it was."""
        by_move = {n: v for n, v in values.items() if one.cls.specs()[n].by_move}
        if by_move or (one.state and one.state != record.state):
            state = one.state or record.state
            self.book.imported(record.id, state, by_move, source=self.tasks.source)
        if one.void:
            self.book.void(record.id, one.void)

    def _again(self, one: RowDraft, known: known_records.Match) -> str:
        """What becomes of a row whose record is here already."""
        if known.same:
            return "same"
        specs, parent = one.cls.specs(), one.cls.kind.parent
        if parent and parent in known.changes:
            raise Refused(ELSEWHERE, number=known.record.number, parent=specs[parent].label)
        if known.state and one.id and self.way.update and not self._imported(known.record):
            raise Refused(DECIDED_HERE, number=known.record.number)
        if not self.way.update:
            labels = [str(specs[name].label) for name in known.changes]
            labels += [str(header_columns.HEADS["state"])] if known.state else []
            labels += [str(header_columns.HEADS["void"])] if known.void else []
            raise Refused(DIFFERS, number=known.record.number, fields="、".join(labels))
        by_move = {n: v for n, v in known.changes.items() if specs[n].by_move}
        plain = {n: v for n, v in known.changes.items() if n not in by_move}
        if plain:
            self.book.edit(known.record.id, plain, seen=known.seen)
        if known.state or by_move:
            state = known.state or known.record.state
            self.book.imported(known.record.id, state, by_move, source=self.tasks.source)
        if known.void:
            self.book.void(known.record.id, known.void)
        return "updated"

    def _anew(self, known: known_records.Match) -> str:
        """A row whose import was taken back is in the book again, as the file says now."""
        if known.record.void is None:
            return "same"
        self.book.restore(known.record.id)
        plain = {n: v for n, v in known.changes.items() if not known.record.specs()[n].by_move}
        if plain:
            self.book.edit(known.record.id, plain)
        return "added"

    def _imported(self, record: Record) -> bool:
        """Whether a record came by an import: what was written here is decided here."""
        entries = self.book.change_log.history(record.id)
        moved = any((entry.move or {}).get("move") == "import" for entry in entries)
        return moved or bool(record.ref and ":" in record.ref)

    def _refuse(self, rows: Sequence[TableRow], column: str, why: Refused) -> None:
        for row in sorted(rows, key=lambda row: row.number):
            self.report.refuse(row.number, column, why)
            if why.word == validation.REASONS["day_order"]:
                self._orders.add(written_times.order_of(row.cells.get(column, "")))
            if self.way.refused is not None:
                self.way.refused(row, column, why)
