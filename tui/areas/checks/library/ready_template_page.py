"""Ready template page: one ready-made template as it is, before it is taken for a project."""

from __future__ import annotations

from textual.app import ComposeResult

from models.records.checks.library import taking
from models.records.checks.library.template_library import named
from models.records.checks.rounds import due_days
from models.records.checks.template import Template
from models.records.registers import calendar_years
from models.records.registers.project import Project
from models.storage import rows
from models.text.words import Refused, W, say
from tui.areas.checks.library.library_view import parts, target_name
from tui.pages.base import Page
from tui.pages.dialogs.record_picker import pick
from tui.widgets.action_group import ActionGroup, runs
from tui.widgets.commands import Command
from tui.widgets.document_view import DocumentView

IN_USE = W("{number} 已启用：{days}。按 2 填写检查表。", "{number} is in use: {days}. Press 2.")
DRAFTED = W(
    "{number} 是草稿：改好后启用（m 操作）。",
    "{number} is a draft: change it, then publish it (m Actions).",
)
WHICH = W("模板用于哪个项目", "The project to take the template for")

USE = Command(
    id="library.use",
    word=W("取用并启用", "Take and use"),
    help=W("复制到现场簿并立即启用", "copy it into the book, in use at once"),
    keys="p,ctrl+s",
    shown=1,
)
DRAFT = Command(
    id="library.draft",
    word=W("存为草稿", "As a draft"),
    help=W("复制为草稿，修改后再启用", "copy it as a draft, to be changed before it is used"),
    keys="d,f4",
    shown=2,
)
PROJECT = Command(
    id="library.project",
    word=W("换项目", "Project"),
    help=W("选择模板用于哪个项目", "choose the project that it is taken for"),
    keys="o,f6",
    shown=3,
)
ALL = Command(
    id="library.all",
    word=W("全部项目", "All projects"),
    help=W("用于全部项目，或只用于一个", "take it for all projects, or for one alone"),
    keys="a,ctrl+a",
    shown=4,
)


class TakeActions(ActionGroup["ReadyTemplatePage"]):
    """Taking the template, and for which project."""

    def why_not(self, command: str) -> Refused | None:  # noqa: ARG002
        """A template is written by those who lead; the key says so to others."""
        page = self.page
        return page.why_not_take() if page.is_mounted else None

    @runs(USE, True)
    @runs(DRAFT, False)
    def take(self, publish: bool) -> None:
        """Take it, as a draft or in use at once; which project is asked where none is known."""
        page = self.page
        if page.known:
            page.take(publish)
            return

        def chosen(project: str) -> None:
            page.choose(project)
            page.take(publish)

        pick(page.site_app, WHICH, "project", chosen)

    @runs(PROJECT)
    def project(self) -> None:
        """Choose the project."""
        pick(self.page.site_app, WHICH, "project", self.page.choose)

    @runs(ALL)
    def for_all(self) -> None:
        """All projects, or the one before."""
        page = self.page
        page.choose(None if not page.known or page.project is not None else page.first)


class ReadyTemplatePage(Page):
    """Shows a ready-made template; answers with the template that was taken, or None.

    `project`: the id of the project to take it for; '' = the usual one, where there is one.
    """

    actions = (TakeActions,)
    AUTO_FOCUS = "DocumentView"

    def __init__(self, id: str, project: str = "") -> None:
        super().__init__()
        self.ready = named(id)
        self.first: str | None = project or None
        """The project that is proposed."""
        self.project: str | None = self.first
        self.known = bool(project)
        """Whether it is said for which project it is taken; with None for all of them."""

    def heading(self) -> str:
        """The template's name."""
        return str(self.ready.name)

    def body(self) -> ComposeResult:
        """One document."""
        yield DocumentView(id="template")

    def on_mount(self) -> None:
        """Where there is a usual project, or only one, it is that."""
        mine = taking.projects_for(self.book)
        usual = self.site_app.default_project()
        if not self.known and usual is not None and usual in mine:
            self.first = self.project = usual
            self.known = True

    def look(self) -> None:
        """Say for which project it is, and whether the book has it already."""
        project = rows.one(self.book.store, Project, self.project or "")
        target = target_name(project.title() if project is not None else None, known=self.known)
        number = taking.taken(self.book.store).get(self.ready.id, "")
        self.query_one(DocumentView).look(list(parts(self.ready, target, number)))

    def why_not_take(self) -> Refused | None:
        """Why this person may not take it for that project, or None."""
        return taking.why_not(self.book, self.project)

    def choose(self, project: str | None) -> None:
        """Take it for this project; None = all."""
        self.project, self.known = project, True
        self.look_again()

    def take(self, publish: bool) -> None:
        """Take it and close. Raises `Refused` where the person may not."""
        made = taking.take(self.book, self.ready, self.project, publish=publish)
        self.site_app.tell(self._said(made))
        self.dismiss(made)

    def _said(self, made: Template) -> str:
        if made.state == "draft":
            return say(DRAFTED, number=made.number)
        days = due_days.said(made, self.book.today, calendar_years.calendar(self.book))
        return say(IN_USE, number=made.number, days=days)
