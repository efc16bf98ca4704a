"""The register of confirmations of a project; what is missing is one key away."""

from __future__ import annotations

from pathlib import Path

from textual import on
from textual.app import ComposeResult

from models.book.projects import my_projects
from models.derived import expected
from models.records.preparation import confirmations
from models.records.preparation.confirmations import (
    GROUPS,
    RECONFIRMED,
    ConfirmationEntry,
    ConfirmationRegister,
)
from models.records.registers.project import Project
from models.text.typed_path import path_of
from models.text.words import Refused, W, say
from tui.areas.preparation import evidence_pack
from tui.display.parts import Span, TextPart
from tui.display.terminal_text import cut
from tui.display.values import Values
from tui.documents.document_pack import Progress
from tui.pages.base import Page
from tui.pages.dialogs import packing
from tui.pages.records.record_actions import DOCUMENT
from tui.pages.records.record_documents import offer_period
from tui.widgets.action_group import ActionGroup, runs
from tui.widgets.app_context import Asked
from tui.widgets.commands import Command
from tui.widgets.document_view import DocumentView

TITLE = W("过程确认  {project}", "Confirmations  {project}")
NO_PROJECT = W(
    "本机没有您参与的项目，没有可以列出的确认记录。",
    "There is no project of yours on this device whose confirmations could be listed.",
)
COUNTED = W("已确认 {done}/{all}", "{done} of {all} confirmed")
COMPLETE = W("确认记录齐全。", "All confirmations are there.")
MISSING = W("缺 {n} 项：在该行按 Enter 补上。", "{n} missing: Enter on a line adds it.")
CONFIRMED = W("{who} {day}", "{who} {day}")
NOTHING = W("没有变化需要再确认。", "No change needs a re-confirmation.")
WHERE = W("证据包写入的文件", "Evidence pack: file to write")
WORKING = W("正在打包确认记录…", "Packing the confirmations…")
PACKED = W("证据包已写入 {path}：{n} 个文件。", "Evidence pack written to {path}: {n} files.")
ABSENT = W("其中 {n} 个附件未到本机，未收入。", "{n} attachments are not on this device.")
FOLDER = "exports"
NAME, STATE = 34, 14
"""Cells of a line's name and state in a narrow window."""

PROJECT = Command(
    id="confirmations.project",
    word=W("换项目", "Project"),
    help=W("到下一个项目", "the next project"),
    keys="p,ctrl+g",
    shown=2,
)
PACK = Command(
    id="confirmations.pack",
    word=W("证据包", "Evidence pack"),
    help=W("把确认记录和附件打成 .zip，附目录和校验值", "confirmations and files as a .zip"),
    keys="x,ctrl+s",
    shown=1,
)


class ConfirmationsActions(ActionGroup["ConfirmationsPage"]):
    """The commands of the page."""

    @runs(PROJECT)
    def project(self) -> None:
        """Show the next project."""
        ids = [one.id for one in self.page.projects]
        self.page.project = ids[(ids.index(self.page.project) + 1) % len(ids)]
        self.page.look_again()

    @runs(PACK)
    def pack(self) -> None:
        """Ask where to, then pack in the background."""
        page = self.page
        if page.found is None:
            return
        record = page.found.project
        offered = str(page.workspace.home / FOLDER / evidence_pack.name_of(record))
        asked = Asked(PACK.id, place="confirmations", more=page.project)
        page.site_app.ask(
            asked, WHERE, lambda typed: page.pack(path_of(typed)), path=True, given=offered
        )

    @runs(DOCUMENT)
    def document(self) -> None:
        """Offer the register as a document."""
        offer_period(self.page.site_app, evidence_pack.REGISTER, self.page.project, "")


class ConfirmationsPage(Page):
    """The confirmations of one project, group by group."""

    actions = (ConfirmationsActions,)
    AUTO_FOCUS = "DocumentView"

    def __init__(self, project: str = "") -> None:
        super().__init__()
        self.project = project
        self.projects: list[Project] = []
        self.found: ConfirmationRegister | None = None

    def heading(self) -> str:
        """Whose register it is."""
        return say(TITLE, project=self.found.project.title() if self.found else "")

    def body(self) -> ComposeResult:
        """One leaf."""
        yield DocumentView(id="confirmations")

    def look(self) -> None:
        """Read the register again."""
        self.projects = my_projects(self.book)
        if not self.projects:
            raise Refused(NO_PROJECT)
        known = {one.id: one for one in self.projects}
        usual = self.project or self.site_app.default_project() or ""
        project = known.get(usual, self.projects[0])
        self.project = project.id
        self.found = confirmations.register(self.book, project)
        self.query_one(DocumentView).look(self._parts(self.found))

    def on_resize(self) -> None:
        """Columns are as wide as the window lets them be."""
        super().on_resize()
        if self.found is not None:
            self.query_one(DocumentView).look(self._parts(self.found))

    # -- drawing -------------------------------------------------------------------------------

    def _parts(self, found: ConfirmationRegister) -> list[TextPart]:
        missing, every = len(found.missing), len(found.entries)
        values = Values(self.workspace)
        word = say(MISSING, n=missing) if missing else str(COMPLETE)
        counted = say(COUNTED, done=every - missing, all=every)
        parts = [TextPart(f"{counted}  {word}", style="warn" if missing else "good")]
        for name, label in GROUPS.items():
            some = found.of(name)
            if not some and name != RECONFIRMED:
                continue
            parts.append(TextPart(label, head=True))
            parts += [self._line(one, values) for one in some]
            if not some:
                parts.append(TextPart(NOTHING, style="muted", indent=2))
        return parts

    def _line(self, one: ConfirmationEntry, values: Values) -> TextPart:
        room = max(self.size.width - NAME - STATE - 34, 0)
        name = values.person(str(one.name)) if one.person else str(one.name)
        mark: Span = ("✓ ", "good") if one.done else ("✗ ", "bad")
        said = ""
        if one.by and one.at is not None:
            said = say(CONFIRMED, who=values.person(one.by), day=values.moment(one.at)[:10])
        spans: list[Span] = [
            mark,
            (cut(name, NAME + room, padded=True) + " ", ""),
            (cut(str(one.state), STATE, padded=True) + " ", "good" if one.done else "warn"),
            (said, "muted"),
        ]
        return TextPart(spans, one.key, clip=True)

    # -- what is opened ------------------------------------------------------------------------

    @on(DocumentView.Opened)
    def _opened(self, event: DocumentView.Opened) -> None:
        event.stop()
        found = self.found
        entry = next((one for one in found.entries if one.key == event.id), None) if found else None
        if entry is not None:
            self.open_entry(entry)

    def open_entry(self, entry: ConfirmationEntry) -> None:
        """The record; where there is none, the form of a new one, or what begins by itself."""
        app = self.site_app
        if entry.record is not None:
            app.open_item(entry.record.type, entry.record.id)
        elif entry.values:
            made = expected.begin(self.book, entry.opens, entry.values, self.project)
            app.open_item(made.type, made.id)
        else:
            app.open_form(entry.opens, entry.values, project=self.project)

    # -- packing -------------------------------------------------------------------------------

    def pack(self, path: Path) -> None:
        """Write the evidence pack in the background."""
        assert self.found is not None
        app, project = self.site_app, self.found.project

        def write(progress: Progress) -> str:
            made = evidence_pack.write(app.workspace, project, path, progress=progress)
            told = say(PACKED, path=path, n=len(made.files) - len(made.absent))
            return told + (say(ABSENT, n=len(made.absent)) if made.absent else "")

        packing.pack(app, path, WORKING, write)
