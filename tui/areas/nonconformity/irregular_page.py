"""Statistics of irregular services: by category, project, month and finding, for a quarter."""

from __future__ import annotations

from textual.app import ComposeResult

from models.book.projects import my_projects
from models.book.tables.vocabularies import worded
from models.calendar.business_dates import quarter_of, quarter_span, shift_quarter
from models.derived import figures
from models.derived.figures import Scope
from models.records.nonconformity.irregular import irregular_statistics as statistics
from models.records.nonconformity.irregular.irregular_figures import FAMILY, IrregularReading
from models.records.nonconformity.irregular.irregular_service import IrregularService
from models.schema.roles import GENERAL_OFFICE, LEADS, QUALITY
from models.text.words import Refused, W, say
from tui.areas.nonconformity.irregular_view import (
    GroupNames,
    IrregularNumbers,
    IrregularView,
)
from tui.pages import project_filter
from tui.pages.base import Page
from tui.pages.figures import figures_page
from tui.pages.figures.figures_page import FiguresPage
from tui.pages.project_filter import ProjectFilter
from tui.widgets.action_group import ActionGroup, runs
from tui.widgets.commands import Command
from tui.widgets.document_view import DocumentView

TITLE = W("不规范服务统计  {project}  {quarter}", "Irregular services  {project}  {quarter}")
ALL = W("全部项目", "all projects")
NO_PROJECT = W(
    "统计由项目经理、部门经理、质量专员和总经部查看；本机没有您以这些角色参与的项目。",
    "Project and department managers, quality and the general manager's office read the"
    " statistics; you hold none of these roles on a project here.",
)
AHEAD = W("这个季度还没有开始。", "That quarter has not started.")

PROJECT = project_filter.command("irregular", shown=1)
FIGURES = figures_page.command("irregular", shown=4)
EARLIER = Command(
    id="irregular.earlier",
    word=W("上一季度", "Earlier"),
    help=W("前一个季度", "the quarter before"),
    keys="left,ctrl+left",
    shown=2,
)
LATER = Command(
    id="irregular.later",
    word=W("下一季度", "Later"),
    help=W("后一个季度", "the quarter after"),
    keys="right,ctrl+right",
    shown=3,
)


class IrregularActions(ActionGroup["IrregularPage"]):
    """The commands of the page."""

    @runs(PROJECT)
    def project(self) -> None:
        """All projects, or the next one alone."""
        self.page.filter.turn()
        self.page.look_again()

    @runs(EARLIER, -1)
    @runs(LATER, 1)
    def step(self, quarters: int) -> None:
        """Another quarter. Raises `Refused` for one ahead."""
        quarter = shift_quarter(self.page.quarter, quarters)
        if quarter_span(quarter)[0] > self.page.book.today:
            raise Refused(AHEAD)
        self.page.quarter = quarter
        self.page.look_again()

    @runs(FIGURES)
    def figures(self) -> None:
        """The figures of the quarter, with the records behind them."""
        name = f"{self.page.quarter}  {self.page.filter.alone or ALL}"
        self.page.site_app.push_screen(FiguresPage(self.page.scope, name, FAMILY))


class IrregularPage(Page):
    """The statistics of one project, or of all that a person leads or supervises."""

    actions = (IrregularActions,)
    AUTO_FOCUS = "DocumentView"

    def __init__(self, project: str = "") -> None:
        super().__init__()
        self.filter = ProjectFilter(project)
        self.quarter = ""

    def heading(self) -> str:
        """Which project, which quarter."""
        return say(TITLE, project=self.filter.alone or ALL, quarter=self.quarter)

    def body(self) -> ComposeResult:
        """One leaf."""
        yield DocumentView(id="irregular")

    @property
    def scope(self) -> Scope:
        """What is counted."""
        return Scope(tuple(one.id for one in self.filter.shown), *quarter_span(self.quarter))

    def look(self) -> None:
        """Count again."""
        self.filter.projects = my_projects(self.book, (*LEADS, QUALITY, GENERAL_OFFICE))
        if not self.filter.projects:
            raise Refused(NO_PROJECT)
        self.quarter = self.quarter or quarter_of(self.book.today)
        view = IrregularView(self._numbers(), self._names(), max(self.size.width - 6, 20))
        self.query_one(DocumentView).look(view.parts())

    def on_resize(self) -> None:
        """Bars are as long as the window lets them be."""
        super().on_resize()
        self.call_after_refresh(self.look_again)

    def _numbers(self) -> IrregularNumbers:
        found = statistics.services(self.book, self.scope)
        tasks = statistics.tasks(self.book, self.scope)
        people = statistics.by_person(self.book, found)
        shown = (lambda groups: groups) if people is not None else statistics.merged
        return IrregularNumbers(
            figures=figures.of_data(FAMILY, IrregularReading(found, tasks)),
            tasks=tasks,
            categories=list(shown(statistics.by_category(found))),
            projects=list(shown(statistics.by_project(found))),
            months=list(shown(statistics.by_month(found))),
            findings=list(shown(statistics.by_finding(found))),
            people=people,
        )

    def _names(self) -> GroupNames:
        specs, store = IrregularService.specs(), self.book.store
        names = {one.id: one.name or one.number for one in self.filter.projects}
        return GroupNames(
            category=lambda name: worded(store, specs["category"]).word(name),
            project=lambda id: names.get(id, id),
            finding=specs["found_in"].word,
            person=self.book.people.name,
        )
