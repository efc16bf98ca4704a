"""Proposal: how a list is likely meant, guessed from its first rows; a person looks at it.

Nothing is read from outside the sample, and nothing is written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from models.frozen import NamedTuple
from models.schema.record import Record, kinds
from tui.spreadsheets import header_columns
from tui.spreadsheets.mapping import choice_words, column_mapping, column_names
from tui.spreadsheets.mapping.list_mapping import LIMITS, ListMapping
from tui.spreadsheets.reading.table import SourceTable, TableRow

SAMPLE = 2_000
"""Rows that are looked at."""
MOST_WORDS = 40
"""Different words of a column that are looked up one by one; a column of more is no choice."""
SECTION, ITEM = "section_zh", "text_zh"
"""What headings and repeated cells give, and what they stand above."""
NEW_PARENT = {"template.frequency": "daily", "template.on_days": "every_day"}
"""What a checklist that is made of a list is, until a person changes it."""
_PLAIN_SHEETS = ("sheet", "工作表")


class ListSample(NamedTuple):
    """The first rows of a table, and what was above its column names."""

    table: SourceTable
    rows: Sequence[TableRow]
    title: str
    """What the list is called: the title above it, else its sheet or file."""

    def words(self, column: str) -> Counter[str]:
        """The different texts of a column, by how often they are there."""
        texts = (row.cells.get(column, "").strip() for row in self.rows)
        return Counter(text for text in texts if text)


def sample(table: SourceTable) -> ListSample:
    """The first rows of a table; the table is read by it."""
    rows = [row for row, _ in zip(table.rows, range(SAMPLE), strict=False)]
    above = table.first[: max(table.names_at - 1, 0)]
    titles = [next(iter(texts)) for cells in above if len(texts := _texts(cells)) == 1]
    sheet = table.sheet or (table.sheets[0] if table.sheets else "")
    if sheet.lower().startswith(_PLAIN_SHEETS):
        sheet = ""
    return ListSample(table, rows, (titles or [sheet])[0] or Path(table.name).stem)


def _texts(cells: Sequence[str]) -> set[str]:
    return {" ".join(cell.split()) for cell in cells if cell.strip()}


def likely_type(columns: Sequence[str]) -> str:
    """The record type whose fields a list names most of; '' where none has what it needs."""
    best, most = "", (0, 0.0)
    for cls in kinds.values():
        found = column_mapping.fields_of(cls, columns, ListMapping(), bold=True, strict=False)
        specs, kind = cls.specs(), cls.kind
        own = [name for name in found if name in specs or name == LIMITS]
        needed = {n for n, s in specs.items() if s.required and not s.internal}
        whole = needed - {kind.parent} <= found.keys() and kind.title in found
        score = (len(own), 1 / (kind.menu or 1_000))
        if whole and len(own) * 4 >= len(columns) and score > most:
            best, most = kind.name, score
    return best


def propose(cls: type[Record], found: ListSample, parent: str = "") -> ListMapping:
    """How a list comes in as records of a type; `parent` is the number of the record that the rows
    belong to, '' to make one that is called like the list.
    """
    columns = found.table.columns
    known = column_mapping.fields_of(cls, columns, ListMapping(), bold=True, strict=False)
    if {SECTION, ITEM} <= cls.specs().keys():
        known = _items(cls, known, found)
    maps = dict.fromkeys(columns, "") | {column: name for name, column in known.items()}
    mapping = ListMapping(type=cls.kind.name, maps=maps)
    if SECTION in cls.specs():
        mapping = replace(mapping, bands=SECTION, fills=_gappy(known, found))
    mapping = replace(mapping, makes=_makes(cls, known), words=words_met(cls, mapping, found))
    above = cls.kind.parent
    if above and above not in known:
        return with_parent(mapping, above, parent or found.title, made=not parent)
    return mapping


def with_parent(mapping: ListMapping, link: str, text: str, *, made: bool) -> ListMapping:
    """The mapping with what all its rows belong to, made if it is not there."""
    sets = {name: said for name, said in mapping.sets.items() if name.partition(".")[0] != link}
    makes = [name for name in mapping.makes if name != link]
    if made:
        makes.append(link)
        sets |= {n: said for n, said in NEW_PARENT.items() if n.startswith(f"{link}.")}
    return replace(mapping, sets={**sets, link: text}, makes=tuple(makes))


def words_met(
    cls: type[Record], mapping: ListMapping, found: ListSample
) -> dict[str, dict[str, str]]:
    """Field -> word in the list -> choice, '' where none fits; choices made before are kept."""
    met = dict[str, dict[str, str]]()
    for column, name in mapping.maps.items():
        options = choice_words.options(cls, name) if name else []
        words = found.words(column) if options else Counter[str]()
        if words and len(words) <= MOST_WORDS:
            before = mapping.words.get(name, {})
            met[name] = {
                word: before.get(word, choice_words.guess(options, word)) for word in words
            }
    return met


def _items(cls: type[Record], known: dict[str, str], found: ListSample) -> dict[str, str]:
    """Of two columns that may be the item, the one with more different texts is it; the other one
    is the section if it repeats or has gaps, else the way to check.
    """
    free = [c for c in found.table.columns if c not in known.values()]
    columns = [known[name] for name in (ITEM, SECTION, "method_zh") if name in known] + free
    called = {c: [n for _, n in column_names.meant(cls, c)] for c in columns}
    items = [c for c in columns if ITEM in called[c] and found.words(c)]
    if len(items) < 2:
        return known
    best = max(items, key=lambda c: (len(found.words(c)), -items.index(c)))
    plain = {n: c for n, c in known.items() if c not in items}
    plain[ITEM] = best
    for column in items:
        if column != best:
            repeats = len(found.words(column)) * 2 <= len(found.words(best))
            plain.setdefault(SECTION if repeats else "method_zh", column)
    return plain


def _gappy(known: dict[str, str], found: ListSample) -> tuple[str, ...]:
    """The section's column if cells of it are empty: its first cell counts for those below."""
    column = known.get(SECTION, "")
    filled = sum(bool(row.cells.get(column, "").strip()) for row in found.rows)
    return (column,) if column and 0 < filled < len(found.rows) else ()


def _makes(cls: type[Record], known: dict[str, str]) -> tuple[str, ...]:
    """Links to what has nothing but a name: such a record is made where it is missing."""
    names = [name for name in known if name in cls.specs()]
    return tuple(name for name in names if can_make(cls, name))


def can_make(cls: type[Record], name: str) -> bool:
    """Whether a field is a link to what has nothing but a name, so that it can be made."""
    if name not in cls.specs():
        return False
    target = kinds.get(cls.specs()[name].target) if cls.specs()[name].kind == "link" else None
    if target is None or not target.kind.title or target.kind.parent:
        return False
    specs = target.specs()
    title = specs[target.kind.title]
    return title.kind == "line" and all(
        spec is title or not spec.required for spec in specs.values()
    )


def fields(cls: type[Record]) -> list[str]:
    """What a column may give: the fields a list can have, and the heads; limits in one cell."""
    specs = cls.specs()
    own = [n for n, s in specs.items() if not (s.internal or s.computed)]
    limits = [LIMITS] if {"low", "high"} <= specs.keys() else []
    heads = [n for n in ("ref", "occurred_at", "project") if n in header_columns.TAKEN]
    return [*own, *limits, *(["state"] if cls.kind.moves else []), *heads]


def twice(mapping: ListMapping, name: str) -> str:
    """The column that gives a field already; '' for none."""
    return next((column for column, field in mapping.maps.items() if name and field == name), "")
