"""The page of a project: the hub of its life. Every line opens what it names by one Enter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult

from models.book.projects import my_projects
from models.derived import expected
from models.queries.project_lines import ProjectLine
from models.records.registers.project import Project
from models.storage import rows
from models.text.words import Refused, W, say
from tui.pages.base import Page
from tui.pages.home import project_view
from tui.pages.home.project_view import FILES, ProjectView
from tui.pages.records.record_actions import DOCUMENT
from tui.pages.records.record_documents import offer
from tui.widgets.action_group import ActionGroup, runs
from tui.widgets.commands import Command
from tui.widgets.document_view import DocumentView

if TYPE_CHECKING:
    from tui.widgets.app_context import AppContext

TITLE = W("项目  {project}", "Project  {project}")
GONE = W("本机没有这个项目。请先同步。", "This project is not on this device. Sync first.")

NEXT = Command(
    id="project.next",
    word=W("换项目", "Project"),
    help=W("到我的下一个项目", "my next project"),
    keys="p,ctrl+g",
    shown=2,
)


class ProjectActions(ActionGroup["ProjectPage"]):
    """The commands of the page."""

    @runs(NEXT)
    def next(self) -> None:
        """Show the next project of this person."""
        page = self.page
        ids = [one.id for one in my_projects(page.book)]
        if ids:
            at = ids.index(page.project) + 1 if page.project in ids else 0
            page.project = ids[at % len(ids)]
            page.look_again()

    @runs(DOCUMENT)
    def document(self) -> None:
        """Offer what can be printed of the project."""
        self.page.papers()


class ProjectPage(Page):
    """Where one project stands, what comes next, and what it has."""

    actions = (ProjectActions,)
    AUTO_FOCUS = "DocumentView"

    def __init__(self, project: str) -> None:
        super().__init__()
        self.project = project
        self.record: Project | None = None
        self.view: ProjectView | None = None

    @property
    def opened_project(self) -> str:
        """The project that is shown already."""
        return self.project

    def project_here(self) -> str:
        """The project itself, whatever is under the cursor."""
        return self.project

    def heading(self) -> str:
        """Which project it is."""
        return say(TITLE, project=self.record.title() if self.record else "")

    def body(self) -> ComposeResult:
        """One leaf."""
        yield DocumentView(id="project")

    def look(self) -> None:
        """Read everything again."""
        fresh = self.record is None or self.record.id != self.project
        self.record = rows.one(self.book.store, Project, self.project)
        if self.record is None:
            raise Refused(GONE)
        found = project_view.read(self.workspace, self.record)
        self.view = ProjectView(self.workspace, self.record, found)
        self._draw(top=fresh)

    def on_resize(self) -> None:
        """Columns are as wide as the window lets them be."""
        super().on_resize()
        self._draw()

    def _draw(self, *, top: bool = False) -> None:
        if self.view is not None:
            self.query_one(DocumentView).look(self.view.parts(self.size.width), top=top)

    def papers(self) -> None:
        """Offer what can be printed of the project."""
        if self.record is not None:
            offer(self.site_app, self.record)

    @on(DocumentView.Opened)
    def _opened(self, event: DocumentView.Opened) -> None:
        event.stop()
        if event.id == FILES:
            self.papers()
        elif self.view is not None and event.id in self.view.opens:
            self._open(self.view.opens[event.id])

    def _open(self, line: ProjectLine) -> None:
        app = self.site_app
        if line.record is not None and line.record.id == self.project:
            app.open_record(self.project)
        elif line.record is not None:
            app.open_item(line.record.type, line.record.id)
        elif line.place:
            app.open_place(line.place, self.project)
        elif line.begins and line.values:
            made = expected.begin(self.book, line.type, line.values, self.project)
            app.open_item(made.type, made.id)
        elif line.begins:
            app.open_form(line.type, line.values, project=self.project)
        else:
            states = {"state": ",".join(line.states)} if line.states else {}
            app.open_list(line.type, project=self.project, **states)


def project_page(app: AppContext, id: str) -> ProjectPage:  # noqa: ARG001
    """The page on which a project is opened from a list."""
    return ProjectPage(id)
