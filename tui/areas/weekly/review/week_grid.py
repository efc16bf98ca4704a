"""People down, weeks across, one short word for each cell; only what is in sight is read."""

from __future__ import annotations

from typing import ClassVar, Final

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from models.records.weekly.review_grid import DUE, MISSING, NONE, UNSYNCED, Cell, ReviewRow, Team
from models.text.words import W
from tui.areas.weekly.review.week_cells import WeekCells
from tui.areas.weekly.review.week_window import WeekWindow
from tui.display.terminal_text import cut, drawing, width
from tui.widgets.commands import Command, bindings
from tui.widgets.drawing.list_strips import EDGE
from tui.widgets.windowed_list import COMMANDS as MOVES
from tui.widgets.windowed_list import WHEEL

CELL: Final = 5
"""Cells of one week: a gap, two of the word, one of the mark for 'late', a gap."""
NAME, PROJECT = 14, 12
ROOMY: Final = 64
"""Columns from which the project is shown after the name."""
LATE: Final = "!"
PERSON, PLACE = W("姓名", "Person"), W("项目", "Project")
WORDS: Final = {
    "accepted": W("受", "OK"),
    "submitted": W("交", "IN"),
    "returned": W("退", "RT"),
    "draft": W("稿", "DR"),
    MISSING: W("缺", "--"),
    UNSYNCED: W("？", "??"),
    DUE: W("．", ". "),
    NONE: W("  ", "  "),
}
TONES: Final = {
    "accepted": "good",
    "submitted": "wait",
    "returned": "bad",
    "draft": "plain",
    MISSING: "bad",
    UNSYNCED: "warn",
}
COMMANDS = (
    Command(
        id="weeks.before",
        word=W("前一周", "Previous week"),
        help=W("光标左移一周", "move the cursor one week back"),
        keys="left",
        action="week(-1)",
    ),
    Command(
        id="weeks.after",
        word=W("后一周", "Week after"),
        help=W("光标右移一周", "move the cursor one week on"),
        keys="right",
        action="week(1)",
    ),
)


class WeekGrid(Widget, can_focus=True):
    """The grid of a team. A step repaints two lines; what is in sight is asked of the team."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        *(f"week-grid--{name}" for name in ("head", "foot", "here", "cursor", "muted")),
        *(f"week-grid--{name}" for name in ("good", "bad", "warn", "wait", "plain")),
    }
    DEFAULT_CSS = """
    WeekGrid {
        width: 1fr;
        height: 1fr;
        background: $surface;
        color: $foreground;
        & > .week-grid--head { color: $text-primary; text-style: bold; }
        & > .week-grid--foot { color: $text-muted; background: $panel; }
        & > .week-grid--here { text-style: bold; }
        & > .week-grid--cursor {
            color: $block-cursor-foreground;
            background: $block-cursor-background;
            text-style: $block-cursor-text-style;
        }
        & > .week-grid--muted { color: $text-muted; }
        & > .week-grid--good { color: $text-success; }
        & > .week-grid--bad { color: $text-error; }
        & > .week-grid--warn { color: $text-warning; }
        & > .week-grid--wait { color: $text-accent; text-style: bold; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*bindings((*MOVES, *COMMANDS))]

    class Highlighted(Message):
        """The cursor came to another cell."""

    class Opened(Message):
        """The cell under the cursor was opened, by Enter or a double click."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.team: Team | None = None
        self.window = WeekWindow()
        self.note = ""
        self._cells: WeekCells | None = None
        self._styles: dict[str, Style] = {}

    # -- what is shown -----------------------------------------------------------------------

    def show(self, team: Team) -> None:
        """Show a team as it is now; the cursor stays on its person and week."""
        before, window = self.here, self.window
        first = self.team is None
        self.team, self._cells = team, WeekCells(team, window)
        if first:
            window.row, window.column = 0, max(len(team.weeks) - 2, 0)
        elif before is not None and before in team.rows:
            window.row = team.rows.index(before)
        self._fit()
        self.refresh()

    def tell(self, note: str) -> None:
        """Show another note after the cursor's place."""
        if note != self.note:
            self.note = note
            self.refresh(Region(0, self.size.height - 1, self.size.width, 1))

    @property
    def here(self) -> ReviewRow | None:
        """The person under the cursor."""
        rows = self.team.rows if self.team is not None else []
        return rows[self.window.row] if self.window.row < len(rows) else None

    @property
    def week(self) -> str:
        """The week under the cursor."""
        return self.team.weeks[self.window.column] if self.team is not None else ""

    @property
    def cell(self) -> Cell:
        """The cell under the cursor."""
        if self._cells is None or self.here is None:
            return Cell(NONE)
        return self._cells.at(self.window.row, self.window.column)

    def go(self, project: str, person: str, week: str) -> None:
        """Put the cursor on a person's week; one that is not in the grid changes nothing."""
        team, window = self.team, self.window
        if team is None:
            return
        found = [
            at for at, row in enumerate(team.rows) if (row.project, row.person) == (project, person)
        ]
        column = team.weeks.index(week) if week in team.weeks else window.column
        self._move(found[0] if found else window.row, column)

    # -- moving --------------------------------------------------------------------------------

    def action_step(self, by: int) -> None:
        self._move(self.window.row + by, self.window.column)

    def action_page(self, pages: int) -> None:
        by = pages * max(self.window.high - 1, 1)
        self._move(self.window.row + by, self.window.column, scroll=by)

    def action_edge(self, last: bool) -> None:
        self._move(self.window.rows - 1 if last else 0, self.window.column)

    def action_week(self, by: int) -> None:
        self._move(self.window.row, self.window.column + by)

    def action_open(self) -> None:
        self.post_message(self.Opened())

    def _move(self, row: int, column: int, *, scroll: int = 0) -> None:
        """Put the cursor somewhere, and have repainted what changed."""
        window = self.window
        before, corner = (window.row, window.column), (window.top, window.left)
        moved = window.move(row, column, scroll=scroll)
        if corner != (window.top, window.left):
            self.refresh()
        elif moved:
            for line in {before[0], window.row}:
                self.refresh(Region(0, 1 + line - window.top, self.size.width, 1))
            if before[1] != window.column:
                self.refresh(Region(0, 0, self.size.width, 1))
            self.refresh(Region(0, self.size.height - 1, self.size.width, 1))
        if moved:
            self.post_message(self.Highlighted())

    def _fit(self) -> None:
        """Keep the cursor within the grid, and the window around the cursor."""
        rows, weeks = (len(self.team.rows), len(self.team.weeks)) if self.team else (0, 0)
        wide = (self.size.width - self._labels) // CELL
        self.window.fit(rows, weeks, self.size.height - 2, wide)

    @property
    def _labels(self) -> int:
        """Cells before the first week."""
        return EDGE + NAME + (PROJECT + 1 if self._projects else 0)

    @property
    def _projects(self) -> bool:
        several = self.team is not None and len(self.team.projects) > 1
        return several and self.size.width >= ROOMY

    def on_resize(self) -> None:
        """Another size: as many newest weeks as fit."""
        self._fit()
        self.window.show_last()

    def on_click(self, event: events.Click) -> None:
        """A click selects, a double click opens."""
        offset = event.get_content_offset(self)
        if offset is None or self.team is None:
            return
        at = self.window.top + offset.y - 1
        if 0 < offset.y < self.size.height - 1 and at < len(self.team.rows):
            column = self.window.left + (offset.x - self._labels) // CELL
            self._move(at, column if offset.x >= self._labels else self.window.column)
            if event.chain == 2:
                self.action_open()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self.action_step(WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self.action_step(-WHEEL)

    # -- drawing -------------------------------------------------------------------------------

    def say_again(self) -> None:
        """The words are looked up when they are drawn."""
        self.refresh()

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._styles.clear()

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines in sight; their number is not known before the first layout."""
        self._fit()
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """The header, a person, or the foot."""
        if y == 0:
            return self._strip(self._head())
        if y == self.size.height - 1:
            return self._strip([(cut(self._foot(), self.size.width, padded=True), "foot")], "foot")
        at = self.window.top + y - 1
        if self.team is None or at >= len(self.team.rows):
            return self._strip([])
        return self._strip(self._person(at))

    def _head(self) -> list[tuple[str, str]]:
        window = self.window
        weeks = self.team.weeks[window.left : window.last_column] if self.team else []
        said = [(self._label(str(PERSON), str(PLACE), " " * EDGE), "head")]
        for at, week in enumerate(weeks, window.left):
            said.append((f" {week[5:]} ", "cursor" if at == window.column else "head"))
        return said

    def _person(self, at: int) -> list[tuple[str, str]]:
        assert self.team is not None and self._cells is not None
        window = self.window
        row, here = self.team.rows[at], at == window.row
        edge = f"{drawing.now.mark} " if here else " " * EDGE
        said = [(self._label(row.name, row.project_name, edge), "here" if here else "")]
        for column in range(window.left, window.last_column):
            cell = self._cells.at(at, column)
            word = str(WORDS.get(cell.state, cell.state))
            text = f" {cut(word, 2, padded=True)}{LATE if cell.late else ' '} "
            marked = here and column == window.column
            said.append((text, "cursor" if marked else TONES.get(cell.state, "muted")))
        return said

    def _label(self, name: str, project: str, edge: str) -> str:
        text = edge + cut(name, NAME - 1, padded=True) + " "
        return text + cut(project, PROJECT, padded=True) + " " if self._projects else text

    def _foot(self) -> str:
        total = len(self.team.rows) if self.team is not None else 0
        place = f" {self.window.row + 1} / {total}" if total else " 0"
        return f"{place}   {self.note}"

    def _strip(self, said: list[tuple[str, str]], fill: str = "") -> Strip:
        wide, used, segments = self.size.width, 0, list[Segment]()
        for text, style in said:
            room = wide - used
            piece = text if width(text) <= room else cut(text, room, padded=True)
            segments.append(Segment(piece, self._style(style)))
            used += min(width(text), room)
        segments.append(Segment(" " * (wide - used), self._style(fill)))
        return Strip(segments, wide)

    def _style(self, name: str) -> Style:
        if name not in self._styles:
            known = f"week-grid--{name}" in self.COMPONENT_CLASSES
            style = (
                self.get_component_rich_style(f"week-grid--{name}") if known else self.rich_style
            )
            self._styles[name] = style
        return self._styles[name]
