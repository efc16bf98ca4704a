"""Library page: the ready-made checklist templates by trade; Enter shows one, to be taken."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal

from models.records.checks.library import taking
from models.records.checks.library.template_library import named
from models.records.checks.template import Template
from models.text.words import W
from tui.areas.checks.library.library_view import COLUMNS, parts, rows
from tui.areas.checks.library.ready_template_page import ReadyTemplatePage
from tui.pages.base import Page
from tui.pages.records.reading_pane import BREAKPOINTS, ReadingPane
from tui.widgets.action_group import ActionGroup
from tui.widgets.document_view import DocumentView
from tui.widgets.grouped_list import GroupedList
from tui.widgets.windowed_list import WindowedList

HOW = W("回车查看，再按 p 取用并启用", "Enter shows one; p there puts it to use")


class LibraryActions(ActionGroup["LibraryPage"]):
    """The commands of the library; areas add other ways to a template, as from a list in a file."""

    extended_as = "library"


class LibraryPage(Page):
    """Ready-made templates; what the book has already is greyed and says its number.

    `project`: the id of the project for which one is to be taken, where that is known.
    """

    title_word = W("模板库", "Template library")
    actions = (LibraryActions,)
    HORIZONTAL_BREAKPOINTS = BREAKPOINTS
    AUTO_FOCUS = "WindowedList"
    DEFAULT_CSS = """
    LibraryPage #ready { width: 3fr; }
    """

    def __init__(self, project: str = "") -> None:
        super().__init__()
        self.project = project
        self.reading = ReadingPane(self, "#preview")

    def body(self) -> ComposeResult:
        """The list, and beside it the template under the cursor."""
        with Horizontal():
            yield GroupedList(COLUMNS, id="ready")
            yield DocumentView(focusable=False, id="preview")

    def look(self) -> None:
        """What was taken by now."""
        lines = self.query_one(GroupedList)
        lines.show(list(rows(taking.taken(self.book.store))))
        lines.note = HOW
        self._show()

    def on_resize(self) -> None:
        """Where there is room by now, the preview is filled."""
        super().on_resize()
        self.call_after_refresh(self._show)

    @on(WindowedList.Highlighted)
    def _highlighted(self, event: WindowedList.Highlighted) -> None:
        event.stop()
        self._show()

    def _show(self) -> None:
        """Show the template under the cursor, where there is room for it."""
        id = self.query_one(GroupedList).current
        if id and self.reading.beside:
            self.reading.view.look(list(parts(named(id))), top=True)

    @on(WindowedList.Opened)
    def _opened(self, event: WindowedList.Opened) -> None:
        event.stop()
        self.app.push_screen(ReadyTemplatePage(event.id, self.project), self._taken)

    def _taken(self, made: Template | None) -> None:
        """A template was taken: the library has served; a draft is shown, to be changed."""
        if made is None:
            return
        self.dismiss(made)
        if made.state == "draft":
            self.site_app.call_later(self.site_app.open_record, made.id)
