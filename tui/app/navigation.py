"""Navigation: how pages open each other, without knowing each other's modules.

A page is imported when it is first opened, so that the first frame waits for none of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

from textual.app import App
from textual.screen import Screen

from models.schema.record import Record, kinds
from models.text.words import W
from tui.pages import registry
from tui.widgets.app_context import AppContext, Notice, Then
from tui.widgets.plain_content import notify

if TYPE_CHECKING:
    from sync.workspace.workspace import Workspace

RECENT = 12


class Doors(App[None]):
    """What every page asks the app to open, make or tell."""

    def __init__(self) -> None:
        super().__init__()
        self.notices: list[Notice] = []
        self.recent: list[str] = []
        """Ids of the records opened last, newest first."""

    @property
    def workspace(self) -> Workspace:
        """The open workspace."""
        raise NotImplementedError

    @property
    def is_open(self) -> bool:
        """Whether there is a workspace yet."""
        raise NotImplementedError

    def tell(self, text: str, *, bad: bool = False) -> None:
        """A notice at the edge of the screen; kept in the list of notices too."""
        from time import time_ns

        self.notices.append(Notice(time_ns() // 1_000_000, text, bad))
        notify(cast("App[object]", self), text, "error" if bad else "information")

    def open_record(self, id: str) -> None:
        """Open the page of a record."""
        if id in self.recent:
            self.recent.remove(id)
        self.recent = [id, *self.recent][:RECENT]
        self._open("tui.pages.records.record_page", "RecordPage", id)

    def open_form(
        self,
        type: str,
        values: Mapping[str, Any] | None = None,
        *,
        project: str | None = None,
        record: Record | None = None,
        move: str | None = None,
        then: Then | None = None,
    ) -> None:
        """Open the form of a new record, of an existing one, or of a move that asks something.

        `then` is called with the record once it is saved.
        """
        self._open(
            "tui.pages.forms.form_page",
            "FormPage",
            type,
            values,
            project=project,
            record=record,
            move=move,
            then=then,
        )

    def open_item(self, type: str, id: str) -> None:
        """Open a record where it is worked on: a row on the page of what it belongs to."""
        page = registry.ITEM_PAGES.get(type)
        if page is not None:
            self.push_screen(registry.load(page)(self, id))
            return
        kind = kinds[type].kind
        if kind.parent and not kind.menu:
            row = self.workspace.book.get(id)
            above = self.workspace.book.find(str(getattr(row, kind.parent)))
            self.open_record(above.id if above is not None else id)
        else:
            self.open_record(id)

    def open_conflict(self, id: str, field: str) -> None:
        """Open what several people wrote for one field, to choose."""
        self._open("tui.pages.conflicts.conflict_page", "ConflictPage", id, field)

    def open_file(self, id: str) -> None:
        """Take an attached file out of the book."""
        from tui.pages.records.attachments import take_out

        take_out(cast("AppContext", self), id)

    def attach(self, id: str) -> None:
        """Ask for a file, and attach it to a record."""
        from tui.pages.dialogs.text_prompt import Reason
        from tui.pages.records.attachments import ASK, attach

        def given(path: str | None) -> None:
            if path:
                attach(cast("AppContext", self), id, path)

        number = self.workspace.book.get(id).number
        question = W(*(half.format(number=number) for half in ASK))
        self.push_screen(Reason(question, path=True), given)

    def open_list(self, type: str, **filter: str) -> None:
        """Open the list of a type; `filter` as in the filter line (`state="open"`)."""
        self._open("tui.pages.records.record_list", "ListPage", type, **filter)

    def open_search(self, text: str = "") -> None:
        """Search in all records."""
        self._open("tui.pages.home.search_page", "SearchPage", text)

    def open_page(self, module: str, name: str, *given: Any) -> None:
        """Open a page that only some people need, by its module and class."""
        self._open(module, name, *given)

    def make_move(self, record_id: str, move_id: str, then: Then | None = None) -> None:
        """Make a move: at once when nothing asked or needed is missing, else through its dialog."""
        from tui.pages.forms.move_dialog import make_move

        make_move(cast("AppContext", self), record_id, move_id, then)

    def _open(self, module: str, name: str, *given: Any, **more: Any) -> None:
        self.push_screen(made(module, name, *given, **more))


def made(module: str, name: str, *given: Any, **more: Any) -> Screen[Any]:
    """A page of a module that is imported now: the first frame need not wait for it."""
    return cast("Screen[Any]", getattr(import_module(module), name)(*given, **more))
