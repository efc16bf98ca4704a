"""Satisfaction: the follow-ups of all projects or of one, by period, project and question."""

from __future__ import annotations

from datetime import date, timedelta

from textual import on
from textual.app import ComposeResult

from models.book.projects import all_projects
from models.derived.figures import Scope
from models.records.feedback.surveys.overview import Overview, overview
from models.text.words import Refused, W, say
from tui.areas.feedback.contacts_page import ContactsPage
from tui.areas.feedback.satisfaction_view import SatisfactionView
from tui.areas.feedback.survey_page import SurveyPage
from tui.pages import project_filter
from tui.pages.base import Page
from tui.pages.figures import figures_page
from tui.pages.figures.figures_page import FiguresPage
from tui.pages.project_filter import ProjectFilter
from tui.widgets.action_group import ActionGroup, runs
from tui.widgets.commands import Command
from tui.widgets.document_view import DocumentView

TITLE = W("满意度  {project}  近 {years} 年", "Satisfaction  {project}  the last {years} years")
ALL = W("全部项目", "all projects")
NO_PROJECT = W(
    "本机没有您参与的项目，没有可以统计的。",
    "There is no project of yours on this device to calculate for.",
)
SPANS = (1, 2, 5)
YEAR = timedelta(days=365)

PROJECT = project_filter.command("satisfaction", shown=1)
SPAN = Command(
    id="satisfaction.span",
    word=W("时段", "Span"),
    help=W("近 1、2、5 年，依次切换", "the last 1, 2 or 5 years"),
    keys="s,f6",
    shown=2,
)
CONTACTS = Command(
    id="satisfaction.contacts",
    word=W("客户沟通", "Communication"),
    help=W("沟通计划与完成的矩阵", "contacts planned and held, by channel and form"),
    keys="v,f7",
    shown=3,
)
FIGURES = figures_page.command("satisfaction", shown=4)


class SatisfactionActions(ActionGroup["SatisfactionPage"]):
    """The commands of the page."""

    @runs(PROJECT)
    def project(self) -> None:
        """The follow-ups of all projects, or of the next one alone."""
        self.page.filter.turn()
        self.page.look_again()

    @runs(SPAN)
    def span(self) -> None:
        """The next span of years."""
        page = self.page
        page.years = SPANS[(SPANS.index(page.years) + 1) % len(SPANS)]
        page.look_again()

    @runs(CONTACTS)
    def contacts(self) -> None:
        """What was planned and held with the customers."""
        self.page.site_app.push_screen(ContactsPage(self.page.filter.project))

    @runs(FIGURES)
    def figures(self) -> None:
        """The figures of what is shown."""
        page = self.page
        scope = Scope(tuple(one.id for one in page.filter.shown), page.first, page.book.today)
        page.site_app.push_screen(FiguresPage(scope, page.heading(), "survey"))


class SatisfactionPage(Page):
    """How satisfied the customers are, drawn as bars with the numbers beside them."""

    actions = (SatisfactionActions,)
    AUTO_FOCUS = "DocumentView"

    def __init__(self, project: str = "") -> None:
        super().__init__()
        self.filter = ProjectFilter(project)
        self.years = SPANS[1]
        self.found: Overview | None = None

    @property
    def first(self) -> date:
        """The first day that is shown."""
        return self.book.today - self.years * YEAR

    def heading(self) -> str:
        """Which projects, how many years."""
        return say(TITLE, project=self.filter.alone or ALL, years=self.years)

    def body(self) -> ComposeResult:
        """One leaf."""
        yield DocumentView(id="satisfaction")

    def look(self) -> None:
        """Count again: a project that was completed is shown, too."""
        every = all_projects(self.book.store)
        self.filter.projects = [
            one for one in every if self.book.people.roles(self.book.me, one.id)
        ]
        if not self.filter.projects:
            raise Refused(NO_PROJECT)
        ids = [one.id for one in self.filter.shown]
        self.found = overview(self.book, ids, self.first, self.book.today)
        self._show()

    def _show(self) -> None:
        if self.found is not None:
            names = {one.id: one.name or one.number for one in self.filter.projects}
            room = max(self.size.width - 6, 20)
            view = SatisfactionView(self.book, self.found, names, room)
            self.query_one(DocumentView).look(view.parts())

    def on_resize(self) -> None:
        """Bars are as long as the window lets them be."""
        super().on_resize()
        self.call_after_refresh(self._show)

    @on(DocumentView.Opened)
    def _opened(self, event: DocumentView.Opened) -> None:
        event.stop()
        self.site_app.push_screen(SurveyPage(event.id.partition(":")[2]))
