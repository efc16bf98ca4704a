"""Import session: one list on its way in: how it is understood, what would come of it, and then it
is brought in. The import page shows it; nothing is written before `bring`.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from models.frozen import NamedTuple
from models.queries import lookup
from models.schema.record import Record, kinds
from models.text.words import Refused, W
from sync.workspace.workspace import Workspace
from tui.spreadsheets import header_columns
from tui.spreadsheets.importing.import_undo import ImportNote
from tui.spreadsheets.importing.importer import ImportOptions, load
from tui.spreadsheets.importing.link_resolver import LinkResolver
from tui.spreadsheets.importing.report import ImportReport
from tui.spreadsheets.importing.row_draft import CellPlace
from tui.spreadsheets.mapping import choice_words, column_mapping, kept_mappings, proposal
from tui.spreadsheets.mapping.column_mapping import LIMITS_LABEL
from tui.spreadsheets.mapping.list_mapping import LIMITS, ListMapping
from tui.spreadsheets.mapping.proposal import ListSample
from tui.spreadsheets.mapping.recipe import Recipe
from tui.spreadsheets.mapping.row_shape import RowShape, is_total
from tui.spreadsheets.reading import open_table

MOST = proposal.SAMPLE
"""Rows of a list that a page takes."""
PASTED = W("粘贴的表格", "Pasted table")
TOO_LONG = W(
    "这份清单超过 {most} 行。请用 sitebook import {file} --as {type}。",
    "This list has more than {most} rows. Use sitebook import {file} --as {type}.",
)
UNKNOWN = W(
    "看不出这些列是什么记录：{columns}。请从那一类记录的列表中打开导入。",
    "What these columns are is not clear: {columns}. Open the import from the list of that type.",
)


class RowLook(NamedTuple):
    """A row as it will come in: its number, field -> text, '', 'doubtful' or why it will not."""

    number: int
    fields: Mapping[str, str]
    mark: str
    heading: str = ""
    """The heading that the row is, where it is no record."""


class ImportSession:
    """A list that is looked at before it comes in, as records of `type` under `parent`, the number
    of a record; '' for both where the list is to tell.
    """

    def __init__(self, workspace: Workspace, type: str = "", parent: str = "") -> None:
        self.workspace, self.parent = workspace, parent
        self._type = type
        self.mapping = ListMapping(type=type)
        self.known = False
        """Whether a list of the same columns came in before."""
        self.report = ImportReport()
        """What would come of it, or what came of it."""
        self.done = False
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self.path = Path()
        self.found: ListSample

    @property
    def cls(self) -> type[Record]:
        """What a row becomes."""
        return kinds[self.mapping.type]

    # -- opening -------------------------------------------------------------------------------

    def paste(self, text: str) -> None:
        """Take a block of cells, as spreadsheets put it on the clipboard."""
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="sitebook-")
        path = Path(self._folder.name) / f"{PASTED}.tsv"
        path.write_text(text, encoding="utf-8")
        self.open(path)

    def open(self, path: Path) -> None:
        """Take a file. Raises `Refused` where it cannot be read or understood."""
        found = self._sample(path, "", 0)
        self.path, self.found, self.done = path, found, False
        self._begin()

    def close(self) -> None:
        """What was pasted goes."""
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None

    def _sample(self, path: Path, sheet: str, header: int) -> ListSample:
        with open_table.table(path, sheet=sheet, names=header) as table:
            found = proposal.sample(table)
            if next(table.rows, None) is not None:
                type = self._type or "TYPE"
                raise Refused(TOO_LONG, most=MOST, file=path.name, type=type)
        return found

    def _begin(self) -> None:
        """The mapping of before, else the likely one."""
        columns = self.found.table.columns
        kept = kept_mappings.find(self.workspace.store, columns)
        self.known = kept is not None and kept.type in kinds and self._type in ("", kept.type)
        if kept is not None and self.known:
            self.mapping = self._placed(kept)
        else:
            self._propose(self._type or proposal.likely_type(columns))
        self.try_out()

    def _propose(self, type: str) -> None:
        if not type:
            raise Refused(UNKNOWN, columns="、".join(self.found.table.columns[:8]))
        before = self.mapping
        made = proposal.propose(kinds[type], self.found, self.parent)
        self.mapping = replace(
            made, header=before.header, sheet=before.sheet, each_sheet=before.each_sheet
        )

    def _placed(self, kept: ListMapping) -> ListMapping:
        """A mapping of before, under the parent of now."""
        above = kinds[kept.type].kind.parent
        kept = replace(kept, header=0, sheet="", each_sheet=False)
        if not above or above in kept.maps.values():
            return kept
        title = self.parent or self.found.title
        return proposal.with_parent(kept, above, title, made=not self.parent)

    # -- changing ------------------------------------------------------------------------------

    def choose_header(self, number: int) -> None:
        """Another row has the column names."""
        self.found = self._sample(self.path, self.mapping.sheet, number)
        self.mapping = replace(self.mapping, header=number)
        self._propose(self._type or proposal.likely_type(self.found.table.columns))
        self.try_out()

    def choose_sheet(self, name: str) -> None:
        """Another sheet, or every sheet where `name` is ''."""
        self.mapping = ListMapping(type=self._type, sheet=name, each_sheet=not name)
        self.found = self._sample(self.path, name, 0)
        self._propose(self._type or proposal.likely_type(self.found.table.columns))
        self.try_out()

    def choose_field(self, column: str, name: str) -> None:
        """A column gives a field, '' for none; another column that gave it gives none then."""
        maps = dict(self.mapping.maps)
        if other := proposal.twice(self.mapping, name):
            maps[other] = ""
        maps[column] = name
        mapping = replace(self.mapping, maps=maps)
        makes = [one for one in mapping.makes if one in mapping.sets or one in maps.values()]
        if name and name not in makes and proposal.can_make(self.cls, name):
            makes.append(name)
        words = proposal.words_met(self.cls, mapping, self.found)
        fills = tuple(one for one in mapping.fills if maps.get(one))
        self.mapping = replace(mapping, makes=tuple(makes), words=words, fills=fills)
        self.try_out()

    def choose_word(self, name: str, word: str, choice: str) -> None:
        """A word of the list means a choice, '' for none."""
        words = {field: dict(table) for field, table in self.mapping.words.items()}
        words.setdefault(name, {})[word] = choice
        self.mapping = replace(self.mapping, words=words)
        self.try_out()

    def rename(self, title: str) -> None:
        """What the record that is made for the rows is called."""
        above = self.cls.kind.parent
        if above:
            self.mapping = replace(self.mapping, sets={**self.mapping.sets, above: title})
            self.try_out()

    @property
    def made(self) -> str:
        """The name of the record that is made for the rows; '' where there is none, or several."""
        above = self.cls.kind.parent
        if not above or above not in self.mapping.makes or self.mapping.each_sheet:
            return ""
        return self.mapping.sets.get(above, "")

    def parent_id(self) -> str:
        """The id of the one record that the rows belong to now, '' for none or several."""
        above = self.cls.kind.parent
        text = self.mapping.sets.get(above or "", "")
        if not above or not text or self.mapping.each_sheet:
            return ""
        links = LinkResolver(self.workspace.book, self.workspace.settings.zone, None)
        try:
            return links.find(self.cls.specs()[above].target, text)
        except Refused:
            return ""

    # -- what would come of it -----------------------------------------------------------------

    def label(self, name: str) -> W:
        """What a field, head or `limits` is called."""
        return LIMITS_LABEL if name == LIMITS else header_columns.label(self.cls, name)

    def options(self, name: str) -> list[tuple[str, W]]:
        """What a word for a field can mean."""
        return choice_words.options(self.cls, name)

    def recipe(self) -> Recipe:
        """What the mapping makes of the columns. Raises `Refused` where something is missing."""
        table = self.found.table
        return column_mapping.plain(self.cls, table.columns, table.name, self.mapping).recipe

    def try_out(self) -> None:
        """Import without saving; what is missing altogether is the fault of the report."""
        try:
            self.report = self._load(dry=True)[0]
        except Refused as refused:
            self.report = ImportReport(dry=True, fault=refused)

    def bring(self) -> None:
        """Import, and keep the mapping. Raises `Refused` where nothing could begin."""
        reports = self._load(dry=False)
        self.report, self.done = reports[0], True
        for more in reports[1:]:
            self.report.join(more)
        kept = replace(self.mapping, sheet="", each_sheet=False)
        kept_mappings.keep(self.workspace.store, self.found.table.columns, kept)

    def _load(self, *, dry: bool) -> list[ImportReport]:
        above, note = self.cls.kind.parent or "", ImportNote(self.path.name)
        book, settings = self.workspace.book, self.workspace.settings
        project = None
        if self._homed():
            project = lookup.home_project(book, self.cls, {}, None, settings.project)
        reports = []
        for one in self.mapping.by_sheet(self.found.table.sheets, above):
            with open_table.table(self.path, sheet=one.sheet, names=one.header) as table:
                mapped = column_mapping.plain(self.cls, table.columns, table.name, one)
                place = CellPlace(book, settings.zone, project, one.dates)
                reports.append(load(table, mapped.recipe, place, ImportOptions(dry=dry, note=note)))
        return reports

    def _homed(self) -> bool:
        """Whether the records need a project that no column gives."""
        return self.cls.kind.project == "required" and not self.cls.kind.parent

    def looks(self) -> Iterator[RowLook]:
        """The rows as they will look, headings among them."""
        recipe = self.recipe()
        block = recipe.blocks[0]
        refused = {n: str(one.why) for one in self.report.refusals for n in one.rows()}
        doubtful = set(self.report.doubtful)
        shape = RowShape(recipe, self.found.table.across, column_mapping.title_of(recipe))
        heads = 0
        for row in shape.rows(self.found.rows):
            for number in shape.bands[heads:]:
                yield RowLook(number, {}, "", heading=self._heading(number))
            heads = len(shape.bands)
            if is_total(row) or not row.cells:
                continue
            texts = dict[str, str]()
            for name, source in block.fields.items():
                try:
                    texts[name] = column_mapping.text_of(source, row)
                except Refused as fault:
                    texts[name] = str(fault)
            mark = refused.get(row.number) or ("doubtful" if row.number in doubtful else "")
            yield RowLook(row.number, texts, mark)

    def said(self, look: RowLook) -> tuple[str, str, str]:
        """Section, title, and the rest of a row, as people read it."""
        kind, texts = self.cls.kind, dict(look.fields)
        title, section = texts.pop(kind.title or "", ""), texts.pop(proposal.SECTION, "")
        for name in (kind.parent, kind.order):
            texts.pop(name or "", "")
        low, high, unit = (texts.pop(name, "") for name in ("low", "high", "unit"))
        rest = []
        if low or high:
            texts.pop("expected", "")
            bounds = f"{low}–{high}" if low and high else f"≥ {low}" if low else f"≤ {high}"
            rest.append(f"{bounds} {unit}".strip())
        for name, text in texts.items():
            words = {one: str(word) for one, word in self.options(name)}
            if text.strip():
                rest.append(words.get(text, " ".join(text.split())))
        return section, " ".join(title.split()), " · ".join(rest)

    def _heading(self, number: int) -> str:
        row = next(one for one in self.found.rows if one.number == number)
        return " ".join(next(iter(row.cells.values()), "").split())
