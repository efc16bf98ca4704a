"""Trends: problems opened and closed, how old they are, fixed at once, checks passed; by week."""

from __future__ import annotations

from textual import on, work
from textual.app import ComposeResult
from textual.message import Message

from models.book.projects import my_projects
from models.calendar.business_dates import first_day, instant, last_day, shift_week, week_of
from models.derived.figures import Scope
from models.records.registers import calendar_years
from models.records.statistics.stage_times import StageTime, stages
from models.records.statistics.trends import Trends, trends
from models.text.words import Refused, W, say
from tui.areas.statistics.trends_view import TrendsView
from tui.display.parts import TextPart
from tui.pages import project_filter
from tui.pages.base import Page
from tui.pages.figures import figures_page
from tui.pages.figures.figures_page import FiguresPage
from tui.pages.project_filter import ProjectFilter
from tui.widgets.action_group import ActionGroup, runs
from tui.widgets.commands import Command
from tui.widgets.document_view import DocumentView

TITLE = W("趋势  {project}  近 {weeks} 周", "Trends  {project}  the last {weeks} weeks")
ALL = W("全部项目", "all projects")
NO_PROJECT = W(
    "本机没有您参与的项目，没有可以统计的。",
    "There is no project of yours on this device to calculate for.",
)
RECKONING = W("正在统计…", "Calculating…")
SPANS = (13, 26, 52)

PROJECT = project_filter.command("trends", shown=1)
FIGURES = figures_page.command("trends", shown=3)
SPAN = Command(
    id="trends.span",
    word=W("时段", "Span"),
    help=W("近 13、26、52 周，依次切换", "the last 13, 26 or 52 weeks"),
    keys="s,f6",
    shown=2,
)


class TrendsActions(ActionGroup["TrendsPage"]):
    """The commands of the page."""

    @runs(PROJECT)
    def project(self) -> None:
        """The figures of all projects, or of the next one alone."""
        self.page.filter.turn()
        self.page.begin_again()

    @runs(SPAN)
    def span(self) -> None:
        """The next span of weeks."""
        page = self.page
        page.span = SPANS[(SPANS.index(page.span) + 1) % len(SPANS)]
        page.begin_again()

    @runs(FIGURES)
    def figures(self) -> None:
        """The figures of all the weeks that are shown."""
        weeks = self.page.weeks
        self.page.show_figures(weeks[0], weeks[-1])


class TrendsPage(Page):
    """The figures of one project, or of all, drawn as bars with the numbers beside them."""

    actions = (TrendsActions,)
    AUTO_FOCUS = "DocumentView"

    class Reckoned(Message):
        """The figures are there."""

        def __init__(self, wanted: tuple[str, int], found: Trends, slow: list[StageTime]) -> None:
            super().__init__()
            self.wanted, self.found, self.slow = wanted, found, slow

    def __init__(self, project: str = "") -> None:
        super().__init__()
        self.filter = ProjectFilter(project)
        self.span = SPANS[0]
        self.trends: Trends | None = None
        self.slow: list[StageTime] = []

    def heading(self) -> str:
        """Which project, how many weeks."""
        return say(TITLE, project=self.filter.alone or ALL, weeks=self.span)

    def body(self) -> ComposeResult:
        """One leaf."""
        yield DocumentView([TextPart(RECKONING, style="muted")], id="trends")

    # -- reading -------------------------------------------------------------------------------

    def look(self) -> None:
        """Calculate again, in the background."""
        self.filter.projects = my_projects(self.book)
        if not self.filter.projects:
            raise Refused(NO_PROJECT)
        if self.trends is not None:
            self._show(self.trends)
        ids = [one.id for one in self.filter.shown]
        self._reckon((self.filter.project, self.span), ids, self.weeks)

    @property
    def weeks(self) -> list[str]:
        """The weeks that are shown, this one the last."""
        week = week_of(self.book.today)
        return [shift_week(week, n + 1 - self.span) for n in range(self.span)]

    @on(DocumentView.Opened)
    def _opened(self, event: DocumentView.Opened) -> None:
        event.stop()
        week = event.id.partition(":")[2]
        self.show_figures(week, week)

    def show_figures(self, first: str, last: str) -> None:
        """Open the figures from one week to another."""
        projects = tuple(one.id for one in self.filter.shown)
        scope = Scope(projects, first_day(first), last_day(last))
        weeks = first if first == last else f"{first} – {last}"
        name = f"{weeks}  {self.filter.alone or ALL}"
        self.site_app.push_screen(FiguresPage(scope, name))

    @work(thread=True, exclusive=True, group="trends")
    def _reckon(self, wanted: tuple[str, int], projects: list[str], weeks: list[str]) -> None:
        with self.book.store.db.connection_context():
            found = trends(self.book, projects, weeks)
            since = instant(first_day(weeks[0]), 0, self.book.zone)
            slow = stages(self.book, projects, since, calendar_years.calendar(self.book))
        self.post_message(self.Reckoned(wanted, found, slow))

    def on_trends_page_reckoned(self, event: Reckoned) -> None:
        """Show them, unless something else is wanted by now."""
        event.stop()
        if event.wanted == (self.filter.project, self.span):
            self.trends, self.slow = event.found, event.slow
            self._show(event.found)

    def on_resize(self) -> None:
        """Bars are as long as the window lets them be."""
        super().on_resize()
        if self.trends is not None:
            self.call_after_refresh(self._show, self.trends)

    # -- drawing -------------------------------------------------------------------------------

    def _show(self, found: Trends) -> None:
        room = max(self.size.width - 6, 20)
        self.query_one(DocumentView).look(TrendsView(found, self.slow, room).parts())

    def begin_again(self) -> None:
        """Other figures are wanted: compute them."""
        self.trends = None
        self.query_one(DocumentView).look([TextPart(RECKONING, style="muted")])
        self.look_again()
