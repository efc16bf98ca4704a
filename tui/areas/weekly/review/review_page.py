"""Weekly review: people × weeks, and the entry under the cursor; one key accepts or returns."""

from __future__ import annotations

from typing import Any

from textual import on
from textual.app import ComposeResult

from models.records.registers import calendar_years
from models.records.weekly import entries, review_grid
from models.records.weekly.review_grid import AwaitingReview, Team
from models.records.weekly.weekly_entry import Weekly
from models.schema.record import Record
from models.text.words import Refused, W, say
from sync.workspace import sync_status
from tui.areas.weekly.review.entry_review import EntryReview, ReviewDecision
from tui.areas.weekly.review.review_view import ReviewView, absent
from tui.areas.weekly.review.week_grid import WeekGrid
from tui.display.parts import TextPart
from tui.display.values import Values
from tui.pages import project_filter
from tui.pages.base import Page
from tui.pages.dialogs.passphrase import signed
from tui.pages.project_filter import ProjectFilter
from tui.pages.records.reading_pane import BREAKPOINTS, ReadingActions, ReadingDesk, ReadingPane
from tui.pages.records.record_actions import RecordActions
from tui.widgets.action_group import ActionGroup, runs
from tui.widgets.app_context import Asked
from tui.widgets.commands import Command
from tui.widgets.document_view import DocumentView

TITLE = W("周报审阅  {week}  待审 {count}", "Weekly review  {week}  {count} to read")
TITLE_OF = W(
    "周报审阅  {week}  待审 {count}  {project}", "Weekly review  {week}  {count} to read  {project}"
)
NO_PROJECT = W(
    "没有由您审阅周报的项目：需要项目经理、部门经理或质量专员的角色。",
    "There is no project whose entries you review. It requires the role of project"
    " manager, department manager or quality.",
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
FIRST_EXPLAINED = ("accepted", "draft", review_grid.DUE)
"""The states explained first of those that no entry of the week is in."""

NEXT = Command(
    id="review.next",
    word=W("下一份", "Next"),
    help=W("到下一份待审的周报", "the next entry that waits"),
    keys="n,tab",
    shown=1,
)
PREVIOUS = Command(
    id="review.previous",
    word=W("上一份", "Previous"),
    help=W("到上一份待审的周报", "the previous entry that waits"),
    keys="N,shift+tab",
)
ACCEPT = Command(
    id="review.accept",
    word=W("接受", "Accept"),
    help=W("接受这份周报，到下一份", "accept this entry and go to the next"),
    keys="a,ctrl+s",
    shown=2,
)
RETURN = Command(
    id="review.return",
    word=W("退回", "Return"),
    help=W("写明原因退回，到下一份", "return it with a reason and go to the next"),
    keys="h,ctrl+r",
    shown=3,
)
PROJECT = project_filter.command("review", shown=8)
WEEK = Command(
    id="review.week",
    word=W("项目周报", "Weekly project report"),
    help=W("光标所在项目和周的汇总周报", "the consolidated week under the cursor"),
    keys="w,ctrl+w",
    shown=5,
)
TRENDS = Command(
    id="review.trends",
    word=W("趋势", "Trends"),
    help=W("光标所在项目的趋势图", "the trends of the project under the cursor"),
    keys="v,ctrl+b",
    shown=9,
)


class ReviewActions(ActionGroup["ReviewPage"]):
    """Deciding about the entry that is shown, and the ways to other pages."""

    @runs(NEXT, 1)
    @runs(PREVIOUS, -1)
    def next(self, by: int) -> None:
        """Go to the next entry that waits, round and round."""
        self.page.go(self.page.review.next(self.page.grid.cell.weekly, by))

    @runs(ACCEPT)
    def accept(self) -> None:
        """Accept what is shown, and go on."""
        weekly = self._decidable("accept")
        move = weekly.kind.by_move["accept"]
        signed(self.page.site_app, move, lambda: self._decided(self.page.review.accept(weekly)))

    @runs(RETURN)
    def send_back(self) -> None:
        """Ask for the reason, return what is shown, and go on."""
        review, weekly = self.page.review, self._decidable("return")

        def given(reason: str) -> None:
            self._decided(review.send_back(weekly, reason))

        asked = Asked(RETURN.id, weekly.id, move="return", field="comment")
        self.page.site_app.ask(asked, review.why_return(weekly), given)

    @runs(PROJECT)
    def project(self) -> None:
        """Show the entries of all projects, or of the next one alone."""
        self.page.filter.turn()
        self.page.look_again()

    @runs(WEEK)
    def week(self) -> None:
        """Open the consolidated week of the project under the cursor."""
        self._open("tui.areas.weekly.project_week_page", "ProjectWeekPage", self.page.grid.week)

    @runs(TRENDS)
    def trends(self) -> None:
        """Open the trends of the project under the cursor."""
        self._open("tui.areas.statistics.trends_page", "TrendsPage")

    def _decidable(self, move: str) -> Weekly:
        """The entry, if the move is possible and it is still what is shown."""
        page = self.page
        page.reading.drop()
        weekly = page.group(RecordActions).target()
        assert isinstance(weekly, Weekly)
        try:
            return page.review.decidable(weekly, move)
        except Refused:
            page.show()  # as it is now: it can be read and decided then
            raise

    def _decided(self, decision: ReviewDecision) -> None:
        page = self.page
        page.look()
        page.site_app.tell(decision.text(len(page.review.waits)))
        to = page.review.after(decision)
        if to is not None:
            page.go(to)

    def _open(self, module: str, name: str, *more: Any) -> None:
        row = self.page.grid.here
        if row is not None:
            self.page.site_app.open_page(module, name, row.project, *more)


class ReviewPage(Page):
    """The team's weeks; the cursor begins where something waits to be read."""

    actions = (ReviewActions, ReadingActions, RecordActions)
    HORIZONTAL_BREAKPOINTS = BREAKPOINTS
    AUTO_FOCUS = "WeekGrid"
    DEFAULT_CSS = """
    ReviewPage.-wide ReadingDesk #list { width: 66; }
    ReviewPage.-wide ReadingDesk #pane { width: 1fr; padding-left: 1; }
    """

    def __init__(self, project: str = "") -> None:
        super().__init__()
        self.filter = ProjectFilter(project)
        self.reading = ReadingPane(self, "#pane")
        self._review: EntryReview | None = None

    @property
    def review(self) -> EntryReview:
        """What waits to be read, and what is shown."""
        if self._review is None:
            self._review = EntryReview(self.book)
        return self._review

    @property
    def grid(self) -> WeekGrid:
        """The grid."""
        return self.query_one(WeekGrid)

    def heading(self) -> str:
        """Which week, how many wait, which project."""
        week = self.grid.week if self.is_mounted else ""
        alone = self.filter.alone
        word = TITLE_OF if alone else TITLE
        return say(word, week=week, count=len(self.review.waits), project=alone)

    def body(self) -> ComposeResult:
        """The grid, and the entry to the right of it or below it."""
        self.values = Values(self.workspace)
        with ReadingDesk():
            yield WeekGrid(id="list")
            yield DocumentView(focusable=False, id="pane")

    # -- reading -------------------------------------------------------------------------------

    def look(self) -> None:
        """Read who reported, and the entry under the cursor again."""
        self.values.forget()
        self.filter.projects = review_grid.led(self.book)
        if not self.filter.projects:
            raise Refused(NO_PROJECT)
        first = self.grid.team is None
        team = Team(
            self.book,
            self.filter.shown,
            sync_status.reach(self.workspace),
            calendar_years.calendar(self.book),
            self.workspace.settings.weekly_due,
        )
        self.review.read(team)
        self.grid.show(team)
        if first and self.review.waits:
            self.go(self.review.waits[0])
        else:
            self.show()

    def show(self) -> None:
        """Show the entry under the cursor, from its beginning where it is another one."""
        grid, team = self.grid, self.grid.team
        if team is None:
            return
        grid.tell(_legend(team, grid.week))
        row, cell = grid.here, grid.cell
        parts: list[TextPart] = []
        weekly: Weekly | None = None
        if row is not None and cell.weekly:
            found = self.book.get(cell.weekly)
            assert isinstance(found, Weekly)
            weekly, parts = found, self._parts(found)
        elif row is not None:
            due, until = team.due(grid.week), team.reach.get(row.person, 0)
            parts = absent(self.values, row, grid.week, cell, due, until)
        self.reading.view.look(parts, top=self.review.show(weekly))

    def _parts(self, weekly: Weekly) -> list[TextPart]:
        """An entry as a lead reads it."""
        calendar, clock = calendar_years.calendar(self.book), self.workspace.settings.weekly_due
        entry = entries.of_record(self.book, weekly, calendar, clock)
        return ReviewView(self.book, self.values, entry, weekly).parts()

    def go(self, to: AwaitingReview) -> None:
        """Put the cursor on an entry, and show it."""
        self.grid.go(to.project, to.person, to.week)
        self._settled()

    def _settled(self) -> None:
        """The cursor has stayed for a moment: show what it is on."""
        self.show()
        self.query_one("#title-bar").refresh()

    @on(WeekGrid.Highlighted)
    def _highlighted(self, event: WeekGrid.Highlighted) -> None:
        event.stop()
        self.reading.soon(self._settled)

    @on(WeekGrid.Opened)
    def _opened(self, event: WeekGrid.Opened) -> None:
        event.stop()
        self.site_app.open_item("weekly", self.group(RecordActions).target().id)

    def chosen(self) -> str | None:
        """The entry under the cursor."""
        row, cell = self.grid.here, self.grid.cell
        if row is not None and not cell.weekly:
            raise Refused(NO_ENTRY, who=row.name, week=self.grid.week)
        return cell.weekly or None

    def is_in_view(self, record: Record) -> bool:
        """Every entry is in the grid, the one that was just decided too."""
        return isinstance(record, Weekly)


def _legend(team: Team, week: str) -> str:
    """How many entries of a week are in which state, in the words of the grid.

    Other weeks have other states, so all are explained; those without an entry come last, since
    a narrow grid cuts the line there.
    """
    found = team.count(week)
    rest = sorted((s for s in LEGEND if not found[s]), key=lambda s: s not in FIRST_EXPLAINED)
    states = [*(state for state in LEGEND if found[state]), *rest]
    return "  ".join(say(LEGEND[state], n=found[state] or "").rstrip() for state in states)
