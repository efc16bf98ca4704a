"""Navigation: how pages open each other, without knowing each other's modules.

A page is imported when it is first opened, so that the first frame waits for none of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from inspect import isawaitable
from typing import TYPE_CHECKING, Any, Final, cast

from models.book.projects import my_projects
from models.schema.record import Record, kinds
from models.text.words import Refused, W
from tui.app.places import PLACES
from tui.pages import registry
from tui.pages.base import Page
from tui.pages.records import attachments
from tui.widgets.app_context import Asked, Then

if TYPE_CHECKING:
    from textual.screen import Screen

    from models.storage.drafts import FormDraft
    from tui.pages.general.command_palette import PaletteEntry
    from tui.widgets.app_context import AppContext

NOT_HERE = W(
    "这条记录不在本机：还没有同步到，或者不给您查看。",
    "This record is not on this device: it has not come yet, or is not shown to you.",
)
NO_PROJECT = W(
    "本机没有您参与的项目。请先同步，或在“全部记录”中新建项目。",
    "There is no project of yours on this device. Sync first, or create one in Records.",
)
PROJECT_PAGE: Final = "tui.pages.home.project_page:ProjectPage"
RECENT: Final = 12
"""Records that the palette offers again."""


class Navigator:
    """Opens pages and dialogs of one app, by the names of their modules."""

    def __init__(self, app: AppContext) -> None:
        self.app = app
        self.recent: list[str] = []
        """Ids of the records opened last, newest first."""

    def can_go_back(self) -> bool:
        """Whether there is a page below the one on top."""
        return len(self.app.screen_stack) > 1

    async def close_all(self) -> None:
        """Close every page but the first; what was typed there stays as drafts."""
        while self.can_go_back():
            await self.app.pop_screen()

    async def go(self, place: str) -> None:
        """Go to one of the places, over the first page alone."""
        found = next(one for one in PLACES if one.id == place)
        await self.close_all()
        if found.opens.startswith("="):
            self.open_list(found.opens[1:])
        elif place != PLACES[0].id:
            self.app.push_screen(page(found.opens))

    def open_place(self, place: str, project: str) -> None:
        """Open one of the places on top of this page, with a project where it begins with one."""
        found = next(one for one in PLACES if one.id == place)
        self.app.push_screen(page(found.opens, *([project] if found.of_project else [])))

    def open_project(self) -> None:
        """Open the page of the project that the page on top is about; else of the usual one."""
        screen, book = self.app.screen, self.app.workspace.book
        if not isinstance(screen, Page):
            return  # a dialog is answered first
        mine = my_projects(book)
        usual = self.app.default_project() or (mine[0].id if mine else "")
        project = screen.project_here() or usual
        if not project:
            raise Refused(NO_PROJECT)
        if getattr(screen, "opened_project", "") != project:
            self.app.push_screen(page(PROJECT_PAGE, project))

    def open_page(self, module: str, name: str, *given: Any) -> None:
        """Open a page by its module and class."""
        self.app.push_screen(page(f"{module}:{name}", *given))

    def open_record(self, id: str, row: str = "") -> None:
        """Open the page of a record; say so where it is not here, as a link may point anywhere.

        `row`: the id of one of its rows, to put the cursor on.
        """
        if self.app.workspace.book.find(id) is None:
            self.app.tell(str(NOT_HERE), bad=True)
            return
        others = [known for known in self.recent if known != id]
        self.recent[:] = [id, *others][:RECENT]
        self.app.push_screen(page("tui.pages.records.record_page:RecordPage", id, row))

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
        name = "tui.pages.forms.form_page:FormPage"
        given = {"project": project, "record": record, "move": move, "then": then}
        self.app.push_screen(page(name, type, values, **given))

    def open_item(self, type: str, id: str) -> None:
        """Open a record where it is worked on: a row on the page of what it belongs to."""
        name = registry.ITEM_PAGES.get(type)
        if name is not None:
            self.app.push_screen(page(name, self.app, id))
            return
        kind, book = kinds[type].kind, self.app.workspace.book
        if kind.parent and not kind.menu:
            above = book.find(str(getattr(book.get(id), kind.parent)))
            if above is not None:
                self.open_record(above.id, row=id)
                return
        self.open_record(id)

    def open_conflict(self, id: str, field: str) -> None:
        """Open what several people wrote for one field, to choose."""
        self.app.push_screen(page("tui.pages.conflicts.conflict_page:ConflictPage", id, field))

    def open_list(self, type: str, **filter: str) -> None:
        """Open the list of a type; `filter` as in the filter line (`state="open"`)."""
        self.app.push_screen(page("tui.pages.records.record_list:ListPage", type, **filter))

    def open_search(self, text: str = "") -> None:
        """Search in all records."""
        self.app.push_screen(page("tui.pages.home.search_page:SearchPage", text))

    def open_palette(self) -> None:
        """Offer every command by name; the chosen one runs once the palette is gone."""
        from tui.pages.general.command_palette import Palette

        async def run(chosen: PaletteEntry | None) -> None:
            if chosen is not None:
                done = chosen.run()
                if isawaitable(done):
                    await done

        if not isinstance(self.app.screen, Palette):
            self.app.push_screen(Palette(self.app.screen), run)

    def open_draft(self, draft: FormDraft) -> None:
        """Go on with what was typed and not saved. Raises `Refused` for an unknown type."""
        registry.load("tui.pages.forms.drafts_dialog:continue_draft")(self.app, draft)

    def open_drafts(self) -> None:
        """Offer everything that was typed and not saved."""
        self.app.push_screen(page("tui.pages.forms.drafts_dialog:DraftsDialog"))

    def open_file(self, id: str) -> None:
        """Copy an attached file out of the book."""
        attachments.take_out(self.app, id)

    def attach(self, id: str) -> None:
        """Ask for a file, and attach it to a record."""
        number = self.app.workspace.book.get(id).number
        question = W(*(half.format(number=number) for half in attachments.ASK))
        asked = Asked("record.attach", id)
        self.ask(asked, question, lambda path: attachments.attach(self.app, id, path), path=True)

    def ask(
        self,
        asked: Asked,
        question: W,
        then: Callable[[str], None],
        *,
        path: bool = False,
        given: str = "",
        label: W | None = None,
    ) -> None:
        """Ask for one line of text, or for a path; `then` gets what was given, unless nothing.

        What is typed is a draft by the name `asked` until it is given.
        """

        def answered(text: str | None) -> None:
            if text:
                then(text)

        name = "tui.pages.dialogs.text_prompt:TextPrompt"
        self.app.push_screen(
            page(name, asked, question, path=path, given=given, label=label), answered
        )

    def make_move(self, record_id: str, move_id: str, then: Then | None = None) -> None:
        """Make a move: at once when nothing asked or needed is missing, else through its dialog."""
        registry.load("tui.pages.forms.move_dialog:make_move")(self.app, record_id, move_id, then)


def page(name: str, *given: Any, **more: Any) -> Screen[Any]:
    """A page by its `module:class`, which is imported now."""
    return cast("Screen[Any]", registry.load(name)(*given, **more))
