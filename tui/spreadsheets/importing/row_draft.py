"""Drafts: what one row (or group of rows) is to become, checked before anything is written."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, NamedTuple

from models.book.book import Book
from models.book.tables import vocabularies
from models.calendar import business_dates
from models.queries import lookup, value_parser
from models.schema import validation
from models.schema.record import Record, kinds
from models.text.words import Refused, W, listed
from tui.spreadsheets.header_columns import HEADS
from tui.spreadsheets.importing.expressions import Constant, Expression, Link
from tui.spreadsheets.importing.recipe import Block
from tui.spreadsheets.reading.table import TableRow, storable

NO_STATE = W(
    "{type}没有状态“{state}”。可用：{known}", "a {type} has no state “{state}”. Known: {known}"
)
BAD_REF = W(
    "不能用作编号：太长，或含有换行或残缺字符",
    "cannot be a reference: it is too long, or has line breaks or broken characters",
)
MOST_REF = 200
ZONE_MARK = "@"
"""Comes before the zone of a list of ours in its column of versions."""
_OURS = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
"""The form of an id of a book."""


class RowError(Exception):
    """A row that cannot become a record, with the column at fault."""

    def __init__(self, column: str, why: Refused) -> None:
        super().__init__(column)
        self.column = column
        self.why = why


@dataclass(frozen=True, slots=True, kw_only=True)
class RowDraft:
    """One record to be: checked values; links are still to be found or made."""

    block: Block
    cls: type[Record]
    rows: Sequence[TableRow]
    values: Mapping[str, Any]
    project: str | None
    ref: str | None
    id: str
    state: str
    occurred: int | None
    void: str
    seen: str

    @property
    def links(self) -> dict[str, Link]:
        """The fields that point to other records."""
        return {n: s for n, s in self.block.fields.items() if isinstance(s, Link)}


class CellPlace(NamedTuple):
    """Where an import goes: the book, its time zone, the project of rows that name none."""

    book: Book
    zone: str
    project: str | None
    dates: str = ""
    """The order of day, month and year in the file, '' where the year comes first."""


def draft(
    place: CellPlace,
    block: Block,
    rows: Sequence[TableRow],
    ref: str | None,
    source: str = "",
) -> RowDraft:
    """What the rows become by a block; `ref` is the derived one. Raises `RowError`.

    An id that is none of ours is a reference of its `source`: others number from 1, too.
    """
    cls = kinds[block.type]
    given = _Given(rows)
    seen = given.text(block.seen)
    place = place._replace(zone=_zone_of(seen) or place.zone)
    values = _values(place, cls, block, given)
    occurred = None
    if when := given.text(block.occurred):
        now = place.book.change_log.now()
        with given.blaming(block.occurred):
            occurred = value_parser.moment(when, place.zone, now, HEADS["occurred_at"], place.dates)
    project = place.project
    if cls.kind.project == "none":
        project = None
    elif name := given.text(block.project):
        with given.blaming(block.project):
            project = lookup.project(place.book, name).id
    with given.blaming(block.state):
        state = state_named(cls, given.text(block.state))
    id, own = given.name(block.id), given.name(block.ref)
    if id and not _OURS.fullmatch(id):
        id, own = "", own or f"{source}:{id}"
    return RowDraft(
        block=block,
        cls=cls,
        rows=rows,
        values=values,
        project=project,
        ref=own or id or ref,
        id=id,
        state=state,
        occurred=occurred,
        void=given.text(block.void),
        seen=seen,
    )


def check_constants(place: CellPlace, block: Block) -> None:
    """Raise `Refused` once, not for every row, for what a recipe says of all rows."""
    fixed = {n: s for n, s in block.fields.items() if isinstance(s, Constant)}
    specs = kinds[block.type].specs()
    for name, source in block.fields.items():
        if isinstance(source, Link) and isinstance(source.find, Constant) and source.make is None:
            value_parser.one(place.book, specs[name], source.find.value, place.zone)
    try:
        alone = Block(
            type=block.type,
            state=_fixed(block.state),
            project=_fixed(block.project),
            occurred=_fixed(block.occurred),
            fields=fixed,
        )
        draft(place, alone, [TableRow(0, {})], None)
    except RowError as fault:
        raise fault.why from None


def derived(source: str, type: str, row: TableRow, fixed: Mapping[str, str] = {}) -> str:
    """A ref for a row that has none: the same for the same row of the same file, brought to the
    same records (`fixed_links`).
    """
    text = json.dumps(
        [type, sorted(row.cells.items()), *([sorted(fixed.items())] if fixed else [])]
    )
    return f"{source}:{hashlib.blake2b(text.encode(), digest_size=10).hexdigest()}"


def fixed_links(block: Block) -> dict[str, str]:
    """What all rows of a file are brought to, such as its template or site: field -> its text."""
    return {
        name: link.find.value
        for name, link in block.fields.items()
        if isinstance(link, Link) and isinstance(link.find, Constant)
    }


def blame(column: str, why: Refused) -> RowError:
    """The fault of a column, its name not repeated."""
    reason = why.values.get("reason") if column and why.word is validation.BAD else None
    told = Refused(reason) if isinstance(reason, W) else why
    return RowError(column, told)


def column_of(block: Block, name: str) -> str:
    """The chief column a field is made of, for naming it in a refusal."""
    source = block.fields.get(name)
    return next(source.columns(), "") if source is not None else ""


def _values(place: CellPlace, cls: type[Record], block: Block, given: _Given) -> dict[str, Any]:
    specs, values = cls.specs(), dict[str, Any]()
    for name, source in block.fields.items():
        if isinstance(source, Link):
            continue
        with given.blaming(source):
            text = source.text(given.rows)
            if specs[name].kind not in ("line", "prose"):
                text = text.strip()
            value = value_parser.one(place.book, specs[name], text, place.zone, place.dates)
        if value is not None:
            values[name] = value
    try:
        checked = validation.check(cls, values)
        vocabularies.require_known(place.book.store, cls, checked)
        return checked
    except Refused as refused:
        label = refused.values.get("field")
        at = next((name for name in values if specs[name].label is label), "")
        raise blame(column_of(block, at), refused) from None


def state_named(cls: type[Record], text: str) -> str:
    """A state by its name or its word in either language; '' for none."""
    if not text:
        return ""
    meant = lookup.named([(state.name, state.label) for state in cls.kind.states], text)
    if meant:
        return "" if cls.kind.state(meant[0]).derived else meant[0]
    known = listed(state.label for state in cls.kind.states if not state.derived)
    raise Refused(NO_STATE, type=cls.kind.label, state=text, known=known)


def _zone_of(seen: str) -> str:
    """The zone of the times in a list of ours, where it says so (`known_records.mark`)."""
    with suppress(Refused):
        name = seen.partition(ZONE_MARK)[2]
        return name if name and business_dates.zone(name) else ""
    return ""


def _fixed(source: Expression | None) -> Constant | None:
    return source if isinstance(source, Constant) else None


class _Given:
    """The cells of the rows; blames the column that a refused value came from."""

    def __init__(self, rows: Sequence[TableRow]) -> None:
        self.rows = rows
        self._column = ""

    def text(self, source: Expression | None) -> str:
        """What an expression makes of the rows, blanks around dropped."""
        if source is None:
            return ""
        with self.blaming(source):
            return source.text(self.rows).strip()

    def name(self, source: Expression | None) -> str:
        """The same for what names a record: short, and of characters that can be stored."""
        found = self.text(source)
        acts = any(char in found for char in "\0\n\r")
        if len(found) > MOST_REF or acts or not storable(found):
            raise blame(self._column, Refused(BAD_REF))
        return found

    def blaming(self, source: Expression | None) -> _Given:
        """A block in which a refusal is the fault of that expression's column."""
        self._column = next(source.columns(), "") if source is not None else ""
        return self

    def __enter__(self) -> None:
        return None

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, Refused):
            raise blame(self._column, error) from None
