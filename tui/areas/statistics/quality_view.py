"""The quality overview on the screen: tables of figures, each of which can be opened.

What is more is denser or higher, not only of another colour; the cell under the cursor stands in
brackets.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from models.derived import figures
from models.derived.figures import NOT_ASSESSABLE, Figure, Scope
from models.records.statistics.quality import quality_overview
from models.records.statistics.quality.open_items import OF_NONE
from models.records.statistics.quality.quality_figures import SPAN
from models.records.statistics.quality.quality_overview import (
    SERIES,
    WEEKS,
    KindLine,
    ProjectWeeks,
    QualityOverview,
)
from models.text.words import W, say
from tui.display.parts import Span, Style, TextPart
from tui.display.terminal_text import cut, pad, width
from tui.display.views import figure_text
from tui.widgets.drawing.bar_chart import bar, shade, step

KINDS_HEAD, WEEKS_HEAD = W("未结事项", "Open items"), W("每周", "By week")
ROUNDS_HEAD, HEAT_HEAD = W("检查 近7天", "Rounds, 7 days"), W("各项目未结", "Open by week")
KIND_COLUMNS = (
    *(W("合计", "all"), W("≤7天", "to 7 d"), W("8–30天", "8–30 d"), W("31–90天", "31–90 d")),
    *(W(">90天", "> 90 d"), W("逾期", "late")),
)
ROUND_COLUMNS = (
    *(W("应检", "due"), W("按时", "in time"), W("迟", "late"), W("未做", "missing")),
    W("未同步", "unsynced"),
)
SERIES_WORDS = (
    *(W("新增", "opened"), W("办完", "done"), W("未结", "open")),
    W("按期办完 %", "in time %"),
)
NOTHING = W("没有未结的事项。", "Nothing is open.")
CHOSEN = W("{label}  {of}：{value}", "{label}  {of}: {value}")
LATE = W(" 逾期 {n}", " {n} late")
NONE = W("–", "–")
"""A figure that is not assessable, in a cell; the foot says so in words."""
LABEL, CELL, WEEK_CELL = 14, 8, 5
"""Cells of the name of a row, of a figure, and of a week's figure at least."""
LABEL_WIDE, WEEK_WIDE, BAR_LEAST = 24, 7, 6
KIND, WEEK, ROUND, PROJECT = "kind", "week", "rounds", "project"
"""The tables, by how the ids of their rows begin."""


class FigureCell(NamedTuple):
    """One figure in a table, and the scope in which it is opened."""

    text: str
    figure: str
    scope: Scope
    of: str
    """What it is about, in words: a week, a project; '' for all that is shown."""
    value: str
    """The value as people read it."""
    style: Style = ""
    mark: str = ""
    """A glyph before it that says how much it is among others."""


class FigureRow(NamedTuple):
    """A row of figures; `tail` stands behind them."""

    id: str
    label: str
    cells: Sequence[FigureCell]
    tail: Span = ("", "")

    @property
    def table(self) -> str:
        """Which table it is in."""
        return self.id.partition(":")[0]


class QualityView:
    """Lays the overview out for so many cells; `rounds` follow, since they take longer."""

    def __init__(
        self,
        found: QualityOverview,
        rounds: tuple[Scope, Sequence[Figure]] | None,
        names: Mapping[str, str],
        room: int,
    ) -> None:
        self.found, self.rounds, self.names, self.room = found, rounds, names, room
        wide = room >= LABEL_WIDE + WEEKS * WEEK_WIDE
        self.label = LABEL_WIDE if wide else LABEL
        self.week_cell = WEEK_WIDE if wide else WEEK_CELL
        self.rows = {row.id: row for row in self._rows()}
        """The rows by their ids, in their order."""

    def parts(self, row: str = "", column: int = 0) -> list[TextPart]:
        """The tables, a figure of one row in brackets."""
        parts: list[TextPart] = []
        table = ""
        for one in self.rows.values():
            if one.table != table:
                table = one.table
                parts.append(self._head(table))
            parts.append(self._part(one, column if one.id == row else None))
        return parts

    def cell(self, row: str, column: int) -> FigureCell | None:
        """A figure by its place; the last one of the row where it has fewer."""
        cells = self.rows[row].cells if row in self.rows else ()
        return cells[min(column, len(cells) - 1)] if cells else None

    # -- rows ----------------------------------------------------------------------------------

    def _rows(self) -> Iterator[FigureRow]:
        most = max([1, *(_number(kind.total) for kind in self.found.kinds[1:])])
        yield from (self._kind(kind, most) for kind in self.found.kinds)
        yield self._rounds()
        yield from self._weeks()
        top = max([1, *(max(line.open) for line in self.found.projects)])
        yield from (self._project(line, top) for line in self.found.projects)

    def _kind(self, kind: KindLine, most: int) -> FigureRow:
        scope = self.found.scope
        cells = [_cell(kind.total, scope, "")]
        for place, one in enumerate(kind.ages):
            cells.append(_cell(one, scope, "", "warn" if place == len(kind.ages) - 1 else ""))
        cells.append(_cell(kind.late, scope, "", "bad"))
        room = self.room - self.label - len(cells) * CELL - 2
        whole = kind is self.found.kinds[0]
        tail = "" if whole or room < BAR_LEAST else " " + bar(_number(kind.total), most, room)
        return FigureRow(f"{KIND}:{kind.name}", str(kind.label), cells, (tail, "warn"))

    def _rounds(self) -> FigureRow:
        scope, found = self.rounds or (self.found.scope, ())
        tones: tuple[Style, ...] = ("", "", "warn", "bad", "warn")
        cells = [_cell(one, scope, "", tone) for one, tone in zip(found, tones, strict=False)]
        return FigureRow(f"{ROUND}:", "" if found else "…", cells)

    def _weeks(self) -> Iterator[FigureRow]:
        for at, (name, label) in enumerate(zip(SERIES, SERIES_WORDS, strict=True)):
            line = [week.figures[at] for week in self.found.weeks]
            most = 100 if line[0].kind.unit else max([1, *(_number(one) for one in line)])
            cells = []
            for week, one in zip(self.found.weeks, line, strict=True):
                scope = quality_overview.scope_of_week(self.found.scope, week.week)
                cell = _cell(one, scope, week.week)
                cells.append(cell._replace(mark=step(_number(one), most)))
            yield FigureRow(f"{WEEK}:{name}", str(label), cells)

    def _project(self, line: ProjectWeeks, most: int) -> FigureRow:
        name, cells = self.names.get(line.project, str(OF_NONE)), []
        kind = figures.kind_of(f"{SPAN}.open")
        for week, count in zip(self.found.weeks, line.open, strict=True):
            scope = quality_overview.scope_of_week(self.found.scope, week.week, line.project)
            tone: Style = "bad" if count * 2 > most else "warn" if count else "muted"
            of = f"{name} {week.week}"
            cells.append(
                FigureCell(
                    *(str(count), kind.name, scope, of, str(count), tone, shade(count, most))
                )
            )
        room = self.room - self.label - WEEKS * self.week_cell
        late = say(LATE, n=line.late) if line.late else ""
        tail: Span = (late if width(late) <= room else "", "bad")
        return FigureRow(f"{PROJECT}:{line.project}", name, cells, tail)

    # -- drawing -------------------------------------------------------------------------------

    def _head(self, table: str) -> TextPart:
        weeks = [week.week[5:] for week in self.found.weeks]
        words: Sequence[str]
        if table in (KIND, ROUND):
            title = KINDS_HEAD if table == KIND else ROUNDS_HEAD
            words = [str(word) for word in (KIND_COLUMNS if table == KIND else ROUND_COLUMNS)]
            wide = CELL
        else:
            title, words, wide = WEEKS_HEAD if table == WEEK else HEAT_HEAD, weeks, self.week_cell
        columns = "".join(_right(word, wide - 1) + " " for word in words)
        spans: list[Span] = [
            (cut(str(title), self.label, padded=True), "head"),
            (columns, "label"),
        ]
        return TextPart(spans, clip=True)

    def _part(self, row: FigureRow, chosen: int | None) -> TextPart:
        wide = CELL if row.table in (KIND, ROUND) else self.week_cell
        spans: list[Span] = [(pad(cut(row.label, self.label - 1), self.label), "label")]
        at = None if chosen is None else min(chosen, len(row.cells) - 1)
        for place, cell in enumerate(row.cells):
            spans.append((drawn(cell, wide, chosen=place == at), cell.style))
        return TextPart([*spans, row.tail], row.id, clip=True)


def foot(cell: FigureCell | None, all_of_them: str) -> str:
    """The figure under the cursor in words."""
    if cell is None:
        return ""
    label = figures.full_label(figures.kind_of(cell.figure))
    return say(CHOSEN, label=label, of=cell.of or all_of_them, value=cell.value)


def drawn(cell: FigureCell, wide: int, *, chosen: bool) -> str:
    """A cell of so many cells, its number on the right, in brackets where it is chosen."""
    if chosen:
        body = f"[{cell.text}]" if width(cell.text) + 2 <= wide else f"[{cell.text}"
        return _right(cell.mark + body if width(body) < wide and cell.mark else body, wide)
    mark = cell.mark if width(cell.text) + len(cell.mark) < wide else ""
    return mark + _right(cell.text, wide - 1 - width(mark)) + " "


def _cell(one: Figure, scope: Scope, of: str, tone: Style = "") -> FigureCell:
    if one.value is None:
        said = str(NOT_ASSESSABLE)
        return FigureCell(str(NONE), one.kind.name, scope, of, said, "muted")
    style = tone if _number(one) else "muted"
    return FigureCell(str(one.value), one.kind.name, scope, of, figure_text.said(one), style)


def _number(one: Figure) -> int:
    return one.value if isinstance(one.value, int) else 0


def _right(text: str, wide: int) -> str:
    return " " * max(wide - width(text), 0) + text
