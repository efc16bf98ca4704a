"""Weekly review: people × weeks, and beside it the entry; one key reads on, accepts or returns."""

from __future__ import annotations

from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.containers import Container

from models.records.registers import calendar_years
from models.records.weekly import entries, review_grid
from models.records.weekly.review_grid import Team
from models.records.weekly.weekly_entry import Weekly
from models.text.words import Refused, W, say
from sync.workspace import sync_status
from tui.areas.weekly.review_actions import Reviewing
from tui.areas.weekly.review_view import Reviewed, absent
from tui.areas.weekly.week_grid import Weeks
from tui.display.parts import TextPart
from tui.display.values import Values
from tui.pages.project_filter import Projects
from tui.widgets.document_view import DocumentView

TITLE = W("周报审阅  {week}  待审 {count}", "Weekly review  {week}  {count} to read")
TITLE_OF = W(
    "周报审阅  {week}  待审 {count}  {project}", "Weekly review  {week}  {count} to read  {project}"
)
NO_PROJECT = W(
    "没有由您审阅周报的项目：需要项目经理、部门经理或质量专员的角色。",
    "There is no project whose entries you read: that takes a manager's or quality's role.",
)
NO_ENTRY = W("{who} 在 {week} 没有周报。", "There is no entry of {who} for {week}.")
LEGEND = {
    "accepted": W("受 接受 {n}", "OK accepted {n}"),
    "submitted": W("交 待审 {n}", "IN to read {n}"),
    "returned": W("退 退回 {n}", "RT returned {n}"),
    "draft": W("稿 草稿 {n}", "DR draft {n}"),
    review_grid.MISSING: W("缺 未交 {n}", "-- missing {n}"),
    review_grid.UNSYNCED: W("？ 未同步 {n}", "?? not synced {n}"),
    review_grid.DUE: W("． 未到期 {n}", ". not due {n}"),
}


class ReviewPage(Reviewing, Projects):
    """The team's weeks; the cursor begins where something waits to be read."""

    AUTO_FOCUS = "Weeks"
    DEFAULT_CSS = """
    ReviewPage.-wide #list { width: 66; }
    ReviewPage.-wide #pane { width: 1fr; padding-left: 1; }
    """

    def __init__(self, project: str = "") -> None:
        super().__init__()
        self.project = project

    def heading(self) -> str:
        """Which week, how many wait, which project."""
        week = self.grid.week if self.is_mounted else ""
        word = TITLE_OF if self.alone else TITLE
        return say(word, week=week, count=len(self.waits), project=self.alone)

    def body(self) -> ComposeResult:
        """The grid, and the entry beside or below it."""
        self.values = Values(self.workspace)
        with Container(id="desk"):
            yield Weeks(id="list")
            yield DocumentView(focusable=False, id="pane")

    # -- reading -------------------------------------------------------------------------------

    def look(self) -> None:
        """Read who reported, and the entry under the cursor again."""
        self.values.forget()
        self.projects = review_grid.led(self.book)
        if not self.projects:
            raise Refused(NO_PROJECT)
        first = self.grid.team is None
        team = Team(
            self.book,
            self.shown,
            sync_status.reach(self.workspace),
            calendar_years.calendar(self.book),
            self.workspace.settings.weekly_due,
        )
        self.waits = team.waiting()
        self.grid.show(team)
        if first and self.waits:
            self._go(self.waits[0])
        else:
            self.show()

    def show(self) -> None:
        """The entry under the cursor, from its beginning where it is another one."""
        grid, team = self.grid, self.grid.team
        if team is None:
            return
        grid.tell(self._legend(team, grid.week))
        row, cell = grid.here, grid.cell
        parts: list[TextPart] = []
        dots = ""
        if row is not None and cell.weekly:
            weekly = self.book.get(cell.weekly)
            assert isinstance(weekly, Weekly)
            dots = weekly.dots
            entry = entries.of_record(
                self.book,
                weekly,
                calendar_years.calendar(self.book),
                self.workspace.settings.weekly_due,
            )
            parts = Reviewed(self.book, self.values, entry, weekly).parts()
        elif row is not None:
            due, until = team.due(grid.week), team.reach.get(row.person, 0)
            parts = absent(self.values, row, grid.week, cell, due, until)
        same = self.read[0] == cell.weekly != ""
        self.read = (cell.weekly, dots)
        self.pane.look(parts, top=not same)

    def _legend(self, team: Team, week: str) -> str:
        """How the week stands, in the words of the grid."""
        found = team.count(week)
        return "  ".join(
            say(word, n=found[state]) for state, word in LEGEND.items() if found[state]
        )

    @on(Weeks.Highlighted)
    def _highlighted(self, event: Weeks.Highlighted) -> None:
        event.stop()
        self.soon(self.settled)

    @on(Weeks.Opened)
    def _opened(self, event: Weeks.Opened) -> None:
        event.stop()
        self.site_app.open_item("weekly", self.target().id)

    def chosen(self) -> str | None:
        """The entry under the cursor."""
        row, cell = self.grid.here, self.grid.cell
        if row is not None and not cell.weekly:
            raise Refused(NO_ENTRY, who=row.name, week=self.grid.week)
        return cell.weekly or None

    # -- doing ---------------------------------------------------------------------------------

    def action_consolidated(self) -> None:
        """The consolidated week of the project under the cursor."""
        self._beside("tui.areas.weekly.project_week_page", "ProjectWeekPage", self.grid.week)

    def action_trends(self) -> None:
        """The trends of the project under the cursor."""
        self._beside("tui.areas.statistics.trends_page", "TrendsPage")

    def _beside(self, module: str, name: str, *more: Any) -> None:
        row = self.grid.here
        if row is not None:
            self.site_app.open_page(module, name, row.project, *more)
