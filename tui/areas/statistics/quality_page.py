"""The quality page: all that is open by kind, week and project; Enter opens the records."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from textual import on, work
from textual.app import ComposeResult
from textual.message import Message

from models.derived.figures import Figure, Scope
from models.records.statistics.quality import open_items, quality_overview
from models.records.statistics.quality.quality_figures import TODAY
from models.records.statistics.quality.quality_overview import WEEKS, QualityOverview
from models.text.typed_path import path_of
from models.text.words import W, say
from tui.areas.statistics import quality_view, quality_workbook
from tui.areas.statistics.quality_view import PROJECT as PROJECT_ROWS
from tui.areas.statistics.quality_view import WEEK, FigureCell, QualityView
from tui.display.parts import TextPart
from tui.documents.document_pack import Progress
from tui.pages import project_filter
from tui.pages.base import Page
from tui.pages.dialogs import packing
from tui.pages.figures import figures_page
from tui.pages.figures.figure_page import FigurePage
from tui.pages.figures.figures_page import FiguresPage
from tui.pages.project_filter import ProjectFilter
from tui.widgets.action_group import ActionGroup, runs
from tui.widgets.app_context import Asked
from tui.widgets.commands import Command
from tui.widgets.document_view import DocumentView

TITLE = W("质量总览  {project}  {day}", "Quality overview  {project}  {day}")
ALL = W("全部项目", "all projects")
RECKONING = W("正在统计…", "Calculating…")
WHERE = W("质量总览写入的文件", "Quality overview: file to write")
WRITING = W("正在写工作簿…", "Writing the workbook…")
FOLDER = "exports"

PROJECT = project_filter.command("quality", shown=2)
FIGURES = figures_page.command("quality", shown=3)
LEFT = Command(
    id="quality.left",
    word=W("左一格", "Left"),
    help=W("到左边的数字", "the figure on the left"),
    keys="left,shift+tab",
)
RIGHT = Command(
    id="quality.right",
    word=W("右一格", "Right"),
    help=W("到右边的数字", "the figure on the right"),
    keys="right,tab",
)
EXPORT = Command(
    id="quality.export",
    word=W("导出", "Export"),
    help=W("写成 .xlsx，附图表", "an .xlsx with charts"),
    keys="x,ctrl+e",
    shown=1,
)


class QualityActions(ActionGroup["QualityPage"]):
    """The commands of the page."""

    @runs(PROJECT)
    def project(self) -> None:
        """All projects, or the next one alone."""
        self.page.filter.turn()
        self.page.begin_again()

    @runs(LEFT, -1)
    @runs(RIGHT, 1)
    def beside(self, by: int) -> None:
        """To the figure beside the one under the cursor."""
        self.page.beside(by)

    @runs(FIGURES)
    def figures(self) -> None:
        """The figures of all kinds, with their formulas."""
        page = self.page
        scope = Scope(page.where, page.book.today, page.book.today)
        page.site_app.push_screen(FiguresPage(scope, page.called, TODAY))

    @runs(EXPORT)
    def export(self) -> None:
        """Ask where to, then write the workbook in the background."""
        page = self.page
        offered = str(page.workspace.home / FOLDER / quality_workbook.name_of(page.book.today))
        asked = Asked(EXPORT.id, place="quality")
        page.site_app.ask(
            asked, WHERE, lambda typed: page.export(path_of(typed)), path=True, given=offered
        )


class QualityPage(Page):
    """One look at all that a quality department follows."""

    actions = (QualityActions,)
    AUTO_FOCUS = "#quality"
    DEFAULT_CSS = """
    QualityPage #chosen { height: 1; background: $panel; }
    """

    class Counted(Message):
        """The overview is there, or the rounds, which take longer."""

        def __init__(
            self,
            where: tuple[str, ...],
            found: QualityOverview,
            rounds: tuple[Scope, Sequence[Figure]] | None,
        ) -> None:
            super().__init__()
            self.where, self.found, self.rounds = where, found, rounds

    def __init__(self, project: str = "") -> None:
        super().__init__()
        self.filter = ProjectFilter(project)
        self.where: tuple[str, ...] = ()
        self.view: QualityView | None = None
        self._counted: QualityPage.Counted | None = None
        self._columns = {WEEK: WEEKS - 1, PROJECT_ROWS: WEEKS - 1}

    def heading(self) -> str:
        """Which project, which day."""
        return say(TITLE, project=self.called, day=self.book.today)

    @property
    def called(self) -> str:
        """The project that is shown alone, or all of them."""
        return self.filter.alone or str(ALL)

    def body(self) -> ComposeResult:
        """The tables, and the figure under the cursor in words."""
        yield DocumentView([TextPart(RECKONING, style="muted")], id="quality")
        yield DocumentView(focusable=False, id="chosen")

    # -- reading -------------------------------------------------------------------------------

    def look(self) -> None:
        """Count again, in the background. Raises `Refused` for who may not."""
        self.filter.projects = open_items.projects(self.book)
        alone = self.filter.project
        self.where = (alone,) if alone else open_items.everywhere(self.book)
        if self._counted is not None:
            self._show()
        self._count(self.where)

    @work(thread=True, exclusive=True, group="quality")
    def _count(self, where: tuple[str, ...]) -> None:
        with self.book.store.db.connection_context():
            found = quality_overview.overview(self.book, where)
            last = self._counted
            before = last.rounds if last is not None and last.where == where else None
            self.post_message(self.Counted(where, found, before))
            rounds = quality_overview.rounds(self.book, where)
        self.post_message(self.Counted(where, found, rounds))

    def on_quality_page_counted(self, event: Counted) -> None:
        """Show it, unless something else is wanted by now."""
        event.stop()
        if event.where == self.where:
            self._counted = event
            self._show()

    def begin_again(self) -> None:
        """Another project is wanted: count for it."""
        self._counted = self.view = None
        self.query_one("#quality", DocumentView).look([TextPart(RECKONING, style="muted")])
        self.look_again()

    def on_resize(self) -> None:
        """Columns are as wide as the window lets them be."""
        super().on_resize()
        self.call_after_refresh(self._show)

    # -- the figure under the cursor -----------------------------------------------------------

    @property
    def column(self) -> int:
        """The column of the cursor: each table has its own."""
        return self._columns.get(self._table, 0)

    @property
    def _row(self) -> str:
        return self.query_one("#quality", DocumentView).current

    @property
    def _table(self) -> str:
        return self._row.partition(":")[0]

    def chosen_figure(self) -> FigureCell | None:
        """The figure under the cursor."""
        return self.view.cell(self._row, self.column) if self.view is not None else None

    def beside(self, by: int) -> None:
        """Move the cursor along the row."""
        row = self.view.rows.get(self._row) if self.view is not None else None
        if row is not None and row.cells:
            last = len(row.cells) - 1
            self._columns[row.table] = max(min(min(self.column, last) + by, last), 0)
            self._draw()

    @on(DocumentView.Highlighted, "#quality")
    def _highlighted(self, event: DocumentView.Highlighted) -> None:
        event.stop()
        self._draw(row=event.id)

    @on(DocumentView.Opened, "#quality")
    def _opened(self, event: DocumentView.Opened) -> None:
        event.stop()
        cell = self.chosen_figure()
        if cell is not None:
            of = cell.of or self.called
            self.site_app.push_screen(FigurePage(cell.scope, cell.figure, of))

    # -- drawing -------------------------------------------------------------------------------

    def _show(self) -> None:
        if self._counted is None:
            return
        names = {one.id: one.name or one.number for one in self.filter.projects}
        room = max(self.size.width - 4, 20)
        self.view = QualityView(self._counted.found, self._counted.rounds, names, room)
        self._draw()

    def _draw(self, row: str = "") -> None:
        if self.view is None:
            return
        leaf = self.query_one("#quality", DocumentView)
        at = row or leaf.current or next(iter(self.view.rows))
        parts = self.view.parts(at, self._columns.get(at.partition(":")[0], 0))
        if list(leaf.parts) != parts:
            leaf.look(parts)
        said = quality_view.foot(self.chosen_figure(), self.called)
        self.query_one("#chosen", DocumentView).look([TextPart(said, clip=True)])

    # -- the workbook --------------------------------------------------------------------------

    def export(self, path: Path) -> None:
        """Write what is shown in the background. Raises `Refused` where the folder is not to be."""
        where, workspace = self.where, self.workspace

        def write(_progress: Progress) -> str:
            return quality_workbook.write(workspace, where, path, force=True)

        packing.pack(self.site_app, path, WRITING, write)
