"""The consolidated project week: what its people and records say; compiled, then issued."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult

from models.calendar.business_dates import first_day, last_day, previous_week, shift_week, week_of
from models.derived import compiled
from models.derived.figures import of_week
from models.records.registers.project import Project
from models.records.weekly import review_grid
from models.records.weekly.week import issued_week, supplements
from models.records.weekly.week.content import FAMILY, WeekContent, open_points
from models.records.weekly.weekly_report import WeeklyReport
from models.text.words import Refused, W, say, several
from tui.areas.weekly.project_week_view import ProjectWeekView
from tui.display.values import Values
from tui.pages.base import Page
from tui.pages.dialogs.confirm import Confirm
from tui.pages.figures import figures_page
from tui.pages.figures.figures_page import FiguresPage
from tui.pages.records.record_actions import DOCUMENT, EDIT, RecordActions
from tui.pages.records.record_documents import offer_period
from tui.widgets.action_group import ActionGroup, runs
from tui.widgets.app_context import AppContext
from tui.widgets.commands import Command
from tui.widgets.document_view import DocumentView

TITLE = W("项目周报 {week}  {days}  {project}", "Weekly project report {week}  {days}  {project}")
NO_PROJECT = W(
    "没有由您汇编周报的项目：需要项目经理、部门经理或质量专员的角色。",
    "There is no project whose week you compile. It requires the role of project manager,"
    " department manager or quality.",
)
FUTURE = W("{week} 还没有到。", "{week} has not come yet.")
SURE = W(
    "签发 {project} 的 {week} 周报？签发后不能修改，之后的内容只能补记。",
    "Issue {week} of {project}? It cannot be changed afterwards; later entries become supplements.",
)
MARKED = W(
    "其中将标明：{points}。补上后成为补记。",
    "It will be marked: {points}. What completes that becomes a supplement.",
)
YES = W("签发", "Issue it")
DONE = W("{number}：已签发。", "{number}: issued.")
NOT_COMPILED = W(
    "这一周还没有汇编。按 e 写综述，或按 i 签发。",
    "Not compiled yet. e writes the summary, i issues.",
)

PREVIOUS = Command(
    id="project_week.previous",
    word=W("上一周", "Previous week"),
    help=W("到上一周", "the previous week"),
    keys="left",
    shown=2,
)
NEXT = Command(
    id="project_week.next",
    word=W("下一周", "Next week"),
    help=W("到下一周", "the next week"),
    keys="right",
    shown=3,
)
PROJECT = Command(
    id="project_week.project",
    word=W("换项目", "Project"),
    help=W("到下一个项目", "the next project"),
    keys="p,ctrl+g",
    shown=5,
)
ISSUE = Command(
    id="project_week.issue",
    word=W("签发", "Issue"),
    help=W("汇编并签发这一周的项目周报", "compile and issue the report of this week"),
    keys="i,ctrl+s",
    shown=1,
)
FIGURES = figures_page.command("project_week", shown=8)
TRENDS = Command(
    id="project_week.trends",
    word=W("趋势", "Trends"),
    help=W("这个项目的趋势图", "the trends of this project"),
    keys="v,ctrl+b",
    shown=9,
)


class WeekActions(ActionGroup["ProjectWeekPage"]):
    """Compiling and issuing the week that is shown, and the ways to other weeks."""

    def why_not(self, command: str) -> Refused | None:
        """An issued report is not issued again."""
        report = self.page.report
        if command != ISSUE.id or report is None:
            return None
        return next(c.why for c in self.page.book.chances(report) if c.move.id == "issue")

    @runs(PREVIOUS, -1)
    @runs(NEXT, 1)
    def week(self, by: int) -> None:
        """Show the week before or after."""
        to = shift_week(self.page.week, by)
        if to > self.page.now:
            raise Refused(FUTURE, week=to)
        self.page.week = to
        self.page.look_again()

    @runs(PROJECT)
    def project(self) -> None:
        """Show the next project."""
        ids = [one.id for one in self.page.projects]
        self.page.project = ids[(ids.index(self.page.project) + 1) % len(ids)]
        self.page.look_again()

    @runs(ISSUE)
    def issue(self) -> None:
        """Issue it, once that is confirmed: it cannot be undone."""
        page, found = self.page, self.page.found
        if found is None:
            return

        points = several(open_points(found))

        def answered(yes: bool | None) -> None:
            if yes:
                with page.book.saving():
                    report = supplements.compiled(page.book, page.project, page.week)
                    made = page.book.move(report.id, "issue", comment=points)
                page.site_app.tell(say(DONE, number=made.number))

        question = say(SURE, project=found.project.name, week=page.week)
        if points:
            question = f"{question}\n{say(MARKED, points=points)}"
        page.site_app.push_screen(Confirm(question, YES), answered)

    @runs(TRENDS)
    def trends(self) -> None:
        """Open the trends of this project."""
        app = self.page.site_app
        app.open_page("tui.areas.statistics.trends_page", "TrendsPage", self.page.project)

    @runs(FIGURES)
    def figures(self) -> None:
        """The figures of this week: as issued, where it is."""
        page = self.page
        if page.found is not None:
            name = f"{page.week}  {page.found.project.name}"
            scope = of_week([page.project], page.week)
            page.site_app.push_screen(FiguresPage(scope, name, FAMILY))

    @runs(EDIT)
    def edit(self) -> None:
        """Write the summary; compiling the report begins its record."""
        page = self.page
        report = supplements.compiled(page.book, page.project, page.week)
        page.site_app.open_form("weekly_report", record=report)

    @runs(DOCUMENT)
    def document(self) -> None:
        """Offer the week as a document."""
        offer_period(self.page.site_app, "week", self.page.project, self.page.week)


class ProjectWeekPage(Page):
    """One project's week; without any, last week of the first project that one leads."""

    actions = (WeekActions, RecordActions)
    AUTO_FOCUS = "DocumentView"

    def __init__(self, project: str = "", week: str = "") -> None:
        super().__init__()
        self.project, self.week = project, week
        self.projects: list[Project] = []
        self.found: WeekContent | None = None
        self.report: WeeklyReport | None = None

    def heading(self) -> str:
        """Which week of which project."""
        if not self.week or not self.found:
            return str(WeeklyReport.kind.label)
        days = f"{first_day(self.week):%m-%d}..{last_day(self.week):%m-%d}"
        return say(TITLE, week=self.week, days=days, project=self.found.project.name)

    def body(self) -> ComposeResult:
        """The week as one document."""
        yield DocumentView(id="week")

    # -- reading -------------------------------------------------------------------------------

    def look(self) -> None:
        """Compile the week again."""
        self.projects = review_grid.led(self.book)
        if not self.projects:
            raise Refused(NO_PROJECT)
        self.week = self.week or previous_week(self.now)
        usual = self.project or self.site_app.default_project()
        known = {one.id: one for one in self.projects}
        project = known.get(usual or "", self.projects[0])
        self.project = project.id
        found = issued_week.content(self.book, project, self.week)
        self.found = found.data
        self.report = supplements.report_of(self.book, project.id, self.week)
        later = compiled.news(self.book, self.report) if self.report is not None else ()
        said = ProjectWeekView(self.book, Values(self.workspace), found, self.report, later)
        self.query_one(DocumentView).look(said.parts())

    @property
    def now(self) -> str:
        """This week."""
        return week_of(self.book.today)

    def chosen(self) -> str | None:
        """The report of the week; one not compiled has none."""
        if self.report is None:
            raise Refused(NOT_COMPILED)
        return self.report.id

    @on(DocumentView.Opened)
    def _opened(self, event: DocumentView.Opened) -> None:
        event.stop()
        kind, _, id = event.id.partition(":")
        if kind == "field":
            self.group(WeekActions).edit()
            return
        record = self.book.get(id)
        self.site_app.open_item(record.type, record.id)


def report_page(app: AppContext, id: str) -> ProjectWeekPage:
    """The page of a weekly report: its project's week."""
    report = app.workspace.book.get(id)
    return ProjectWeekPage(str(report.project), str(report.values()["week"]))
