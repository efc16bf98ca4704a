"""The archive of a project: each document of the list; Enter opens or begins what is missing."""

from __future__ import annotations

from pathlib import Path

from textual import on
from textual.app import ComposeResult

from models.book.projects import all_projects, my_projects
from models.derived import compiled, expected
from models.records.completion.archive.holdings import (
    KEPT,
    MISSING,
    NONE,
    OPEN,
    OUTDATED,
    PRESENT,
    STANDINGS,
    WAIVED,
    ArchiveEntry,
    Holdings,
    holdings,
)
from models.records.completion.archive.lacking import detail, require_complete
from models.records.completion.archive.project_archive import FILED
from models.records.registers.project import Project
from models.schema.record import Record, kinds
from models.text.typed_path import path_of
from models.text.words import Refused, W, say
from tui.areas.completion import archive_pack
from tui.display.parts import Span, Style, TextPart
from tui.display.terminal_text import cut
from tui.display.values import Values
from tui.documents.document_pack import Progress
from tui.pages.base import Page
from tui.pages.dialogs import packing
from tui.pages.records.record_actions import RecordActions
from tui.widgets.action_group import ActionGroup, runs
from tui.widgets.app_context import AppContext, Asked
from tui.widgets.commands import Command
from tui.widgets.document_view import DocumentView

TITLE = W("项目归档  {project}", "Archive  {project}")
NO_PROJECT = W(
    "本机没有您参与的项目，没有可以归档的文件。",
    "There is no project of yours on this device whose documents could be filed.",
)
COUNTED = W("齐全 {done}/{all}", "{done} of {all} there")
COMPLETE = W("文件齐全，可以归档（f）。", "Everything is there; it can be filed (f).")
LACKING = W("缺 {n} 项：在该行按 Enter 补上。", "{n} lacking: Enter on a line adds it.")
FILED_ON = W("{day} 由 {who} 归档。", "Filed on {day} by {who}.")
SINCE = W("归档后的变化", "Since the filing")
SECTIONS = {
    "handover": W("验收前须有", "Before the acceptance"),
    "filing": W("归档前须有", "Before the filing"),
}
COUNT = W("{n} 份", "{n}")
WHERE = W("归档文件写入", "Archive: file to write")
WORKING = W("正在打包归档文件…", "Packing the archive…")
PACKED = W("归档文件已写入 {path}：{n} 个文件。", "Archive written to {path}: {n} files.")
ABSENT = W("其中 {n} 个附件未到本机，未收入。", "{n} attachments are not on this device.")
WHY_NOT = W("“{name}”：本项目为什么不需要", "“{name}”: why this project does not need it")
SETTLED = W("“{name}”已经齐全。", "“{name}” is there.")
NOT_ON = W("光标不在文件行上。", "The cursor is on no document.")
FOLDER = "exports"
NAME, STANDING = 28, 12
"""Cells of a document's name and standing in a narrow window."""
TONES: dict[str, tuple[str, Style]] = {
    PRESENT: ("✓ ", "good"),
    KEPT: ("✓ ", "good"),
    NONE: ("· ", "muted"),
    WAIVED: ("· ", "muted"),
    OUTDATED: ("! ", "warn"),
    OPEN: ("✗ ", "warn"),
    MISSING: ("✗ ", "bad"),
}

PROJECT = Command(
    id="archive.project",
    word=W("换项目", "Project"),
    help=W("到下一个项目", "the next project"),
    keys="p,ctrl+g",
    shown=3,
)
FILE = Command(
    id="archive.file",
    word=W("归档", "File"),
    help=W("文件齐全后归档，保存清单", "file what is there, once nothing is lacking"),
    keys="f,ctrl+s",
    shown=1,
)
PACK = Command(
    id="archive.pack",
    word=W("打包", "Pack"),
    help=W("把归档文件打成 .zip，附目录、校验值和页数", "all documents as a .zip with an index"),
    keys="x,f4",
    shown=2,
)
WAIVE = Command(
    id="archive.waive",
    word=W("不需要", "Not needed"),
    help=W(
        "写明本项目不需要光标下这份文件的原因", "say why the project does not need this document"
    ),
    keys="w,ctrl+w",
    shown=4,
)
RECORD = Command(
    id="archive.record",
    word=W("归档记录", "Archive record"),
    help=W("归档的记录页：操作、历史、备注", "the archive's own page: actions, history, notes"),
    keys="o,ctrl+r",
    shown=5,
)


class ArchiveActions(ActionGroup["ArchivePage"]):
    """The commands of the page."""

    @runs(PROJECT)
    def project(self) -> None:
        """Show the next project."""
        ids = [one.id for one in self.page.projects]
        self.page.project = ids[(ids.index(self.page.project) + 1) % len(ids)]
        self.page.look_again()

    @runs(FILE)
    def file(self) -> None:
        """File the archive, or say what is lacking."""
        page = self.page
        page.look()
        require_complete(page.holdings)
        record = page.archive()
        chance = page.book.chance(record, "file")
        if chance.why is not None:
            raise chance.why
        page.site_app.make_move(record.id, "file")

    @runs(PACK)
    def pack(self) -> None:
        """Ask where to, then pack in the background."""
        page = self.page
        project = page.holdings.project
        offered = str(page.workspace.home / FOLDER / archive_pack.name_of(project))
        asked = Asked(PACK.id, place="archive", more=project.id)
        page.site_app.ask(
            asked, WHERE, lambda typed: page.pack(path_of(typed)), path=True, given=offered
        )

    @runs(WAIVE)
    def waive(self) -> None:
        """Ask why the document is not needed, and say so."""
        page = self.page
        entry = page.current()
        if not entry.lacks:
            raise Refused(SETTLED, name=entry.paper.name)
        name = entry.paper.name
        question = W(WHY_NOT.zh.format(name=name.zh), WHY_NOT.en.format(name=name.en))

        def given(why: str) -> None:
            with page.book.saving():
                item = page.item(entry)
                page.book.move(item.id, "waive", {"why": why})
            page.look_again()

        asked = Asked(WAIVE.id, place="archive", more=f"{page.archive().id} {name.en}")
        page.site_app.ask(asked, question, given)

    @runs(RECORD)
    def record(self) -> None:
        """Open the record of the archive."""
        self.page.site_app.open_record(self.page.archive().id)


class ArchivePage(Page):
    """The documents of one project."""

    actions = (ArchiveActions, RecordActions)
    AUTO_FOCUS = "DocumentView"

    def __init__(self, project: str = "") -> None:
        super().__init__()
        self.project = project
        self.projects: list[Project] = []
        self.found: Holdings | None = None

    def heading(self) -> str:
        """Whose archive it is."""
        return say(TITLE, project=self.found.project.title() if self.found else "")

    def body(self) -> ComposeResult:
        """One leaf."""
        yield DocumentView(id="archive")

    def look(self) -> None:
        """Read the documents again."""
        known = {one.id: one for one in all_projects(self.book.store)}
        self.projects = my_projects(self.book)
        if self.project in known and self.project not in {one.id for one in self.projects}:
            self.projects = [*self.projects, known[self.project]]
        if not self.projects:
            raise Refused(NO_PROJECT)
        usual = self.project or self.site_app.default_project() or ""
        project = next((one for one in self.projects if one.id == usual), self.projects[0])
        self.project = project.id
        self.found = holdings(self.book.store, project)
        self.query_one(DocumentView).look(self._parts(self.found))

    def on_resize(self) -> None:
        """Columns are as wide as the window lets them be."""
        super().on_resize()
        if self.found is not None:
            self.query_one(DocumentView).look(self._parts(self.found))

    # -- what is chosen ------------------------------------------------------------------------

    @property
    def holdings(self) -> Holdings:
        """What is shown."""
        assert self.found is not None
        return self.found

    def chosen(self) -> str | None:
        """The record of the line under the cursor, else the archive."""
        id = self.query_one(DocumentView).current
        entry = next((one for one in self.holdings.entries if one.paper.code == id), None)
        record = entry.first if entry is not None else None
        archive = self.holdings.archive
        return record.id if record is not None else archive.id if archive is not None else None

    def current(self) -> ArchiveEntry:
        """The document under the cursor. Raises `Refused` where there is none."""
        id = self.query_one(DocumentView).current
        found = next((one for one in self.holdings.entries if one.paper.code == id), None)
        if found is None:
            raise Refused(NOT_ON)
        return found

    def archive(self) -> Record:
        """The record of the archive, begun if there was none."""
        return self.book.ensure("project_archive", {}, project=self.project)

    def item(self, entry: ArchiveEntry) -> Record:
        """The file that is kept for a document, begun if there was none."""
        values = {"archive": self.archive().id, "document": entry.paper.code}
        return self.book.ensure("archive_item", values, project=self.project)

    # -- drawing -------------------------------------------------------------------------------

    def _parts(self, found: Holdings) -> list[TextPart]:
        lacking, every = len(found.lacking()), len(found.entries)
        parts = [self._head(found, lacking, every)]
        archive = found.archive
        news = compiled.news(self.book, archive) if archive is not None else ()
        if news:
            parts.append(TextPart(SINCE, head=True))
            parts += [
                TextPart(f"{one.what}  {one.number}", f"record:{one.record}", style="warn")
                for one in news
            ]
        for before, word in SECTIONS.items():
            some = [one for one in found.entries if one.paper.before == before]
            if some:
                parts.append(TextPart(word, head=True))
                parts += [self._line(one) for one in some]
        return parts

    def _head(self, found: Holdings, lacking: int, every: int) -> TextPart:
        counted = say(COUNTED, done=every - lacking, all=every)
        archive = found.archive
        if archive is not None and archive.state == FILED:
            values = Values(self.workspace)
            day = values.moment(archive.filed_at)[:10] if archive.filed_at else ""
            said = say(FILED_ON, day=day, who=values.person(str(archive.filed_by or "")))
            return TextPart(f"{counted}  {said}", style="good")
        word = say(LACKING, n=lacking) if lacking else str(COMPLETE)
        return TextPart(f"{counted}  {word}", style="warn" if lacking else "good")

    def _line(self, one: ArchiveEntry) -> TextPart:
        room = max(self.size.width - NAME - STANDING - 38, 0)
        mark = TONES[one.standing]
        spans: list[Span] = [
            mark,
            (cut(str(one.paper.name), NAME + min(room, 20), padded=True) + " ", ""),
            (cut(str(STANDINGS[one.standing]), STANDING, padded=True) + " ", mark[1]),
            (self._said(one), "muted"),
        ]
        return TextPart(spans, one.paper.code, clip=True)

    def _said(self, one: ArchiveEntry) -> str:
        """The rest of the line: how many there are, what is lacking, why it is not needed."""
        item = one.item
        if one.standing in (WAIVED, KEPT) and item is not None:
            return " ".join(str((item.why if one.standing == WAIVED else item.place) or "").split())
        if one.lacks:
            return str(detail(one))
        if len(one.records) == 1:
            return one.records[0].number
        return say(COUNT, n=len(one.records)) if one.records else ""

    # -- what is opened ------------------------------------------------------------------------

    @on(DocumentView.Opened)
    def _opened(self, event: DocumentView.Opened) -> None:
        event.stop()
        if event.id.startswith("record:"):
            self.site_app.open_record(event.id.partition(":")[2])
            return
        entry = next((one for one in self.holdings.entries if one.paper.code == event.id), None)
        if entry is not None:
            self.open_entry(entry)

    def open_entry(self, entry: ArchiveEntry) -> None:
        """The record in which something is to be done; where there is none, it is begun."""
        app, source = self.site_app, entry.paper.source
        if len(entry.records) > 1 and not entry.lacks:
            app.open_list(source, project=self.holdings.project.number)
        elif entry.first is not None:
            app.open_item(entry.first.type, entry.first.id)
        elif entry.periods:
            values = {"quarter": entry.periods[0]}
            made = expected.begin(self.book, source, values, self.project)
            app.open_item(made.type, made.id)
        elif not source:
            app.open_record(self.item(entry).id)
        elif kinds[source].kind.key == ("project",):
            app.open_item(source, self.book.ensure(source, {}, project=self.project).id)
        else:
            app.open_form(source, {}, project=self.project)

    # -- packing -------------------------------------------------------------------------------

    def pack(self, path: Path) -> None:
        """Write the archive in the background."""
        app, project = self.site_app, self.holdings.project

        def write(progress: Progress) -> str:
            made = archive_pack.write(app.workspace, project, path, progress=progress)
            told = say(PACKED, path=path, n=len(made.files) - len(made.absent))
            return told + (say(ABSENT, n=len(made.absent)) if made.absent else "")

        packing.pack(app, path, WORKING, write)


def archive_page(app: AppContext, id: str) -> ArchivePage:
    """The page of an archive's project."""
    return ArchivePage(str(app.workspace.book.get(id).project))
