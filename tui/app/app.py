"""The app: opens the workspace, shows Today first, and holds what every page shares."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from pathlib import Path
from time import time_ns
from typing import TYPE_CHECKING, Any, ClassVar, Final, cast

from textual.actions import parse
from textual.app import App
from textual.binding import BindingType
from textual.dom import DOMNode
from textual.events import Event, InputEvent, Paste
from textual.filter import LineFilter
from textual.message import Message
from textual.screen import Screen

from models.storage.drafts import Drafts
from models.text.words import Lang, Refused, W, language
from sync.apply.open_book import open_book
from sync.workspace import workspace as workspaces
from sync.workspace.workspace import Workspace
from tui.app import terminal
from tui.app.appearance import dress
from tui.app.current_book import CurrentBook
from tui.app.driver.own_driver import OWN
from tui.app.faults import fault_notes
from tui.app.idle_lock import ALLOWED, IdleLock
from tui.app.navigation import Navigator, page
from tui.app.places import COMMANDS, PLACES
from tui.app.small_window import unseen
from tui.app.syncing.background_sync import SyncRunner
from tui.app.undo import UndoCommands
from tui.pages import registry
from tui.pages.base import BaseScreen
from tui.widgets import themes
from tui.widgets.app_context import Notice
from tui.widgets.commands import bindings, is_letter
from tui.widgets.plain_content import Clean, notify

if TYPE_CHECKING:
    from textual.actions import ActionParseResult

WATCH_SECONDS: Final = 2.0
BOOK: Final = "book"
"""The stack of pages after the first run, which has one of its own."""
OF_BOOK: Final = (
    "go",
    "palette",
    "project",
    "search",
    "undo",
    "redo",
    "undo_list",
    "drafts",
    "sync_now",
)
"""Actions that do nothing on the first run, before there is a book."""
HOW_TO_QUIT = W(
    "按 Ctrl+Q 退出；输入的内容都已保留。", "Press Ctrl+Q to quit; everything typed is kept."
)


class SiteApp(App[None]):
    """The terminal application over one workspace; without one it asks for it first.

    It is the `AppContext` of its pages: what they ask of it is done by its parts.
    """

    CSS_PATH = "sitebook.tcss"
    ENABLE_COMMAND_PALETTE = False
    NOTIFICATION_TIMEOUT = 6
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(COMMANDS)]

    def __init__(self, workspace: Workspace | None = None, home: Path | None = None) -> None:
        super().__init__(driver_class=OWN)
        self.animation_level = "none"
        self.fault = ""
        """What a person is told after the app went wrong."""
        self.notices: list[Notice] = []
        self.undo_commands = UndoCommands(self)
        self.current = CurrentBook(workspace, home)
        self.sync_runner = SyncRunner(self)
        self.navigator = Navigator(self)
        self.idle_lock = IdleLock(self)
        self._give_parts()
        for theme in themes.THEMES:
            self.register_theme(theme)
        dress(self, self.current.settings)

    def _give_parts(self) -> None:
        """What pages ask of the app and its parts do."""
        book, pages = self.current, self.navigator
        self.standing, self.default_project = book.standing, book.default_project
        self.can_go_back, self.recent = pages.can_go_back, pages.recent
        self.open_record, self.open_form = pages.open_record, pages.open_form
        self.open_item, self.open_list = pages.open_item, pages.open_list
        self.open_page, self.open_search = pages.open_page, pages.open_search
        self.open_place = pages.open_place
        self.open_conflict, self.open_file = pages.open_conflict, pages.open_file
        self.open_draft, self.open_drafts = pages.open_draft, pages.open_drafts
        self.action_drafts = pages.open_drafts
        self.ask, self.attach, self.make_move = pages.ask, pages.attach, pages.make_move
        self.action_go = pages.go
        undoing, self.taken_back = self.undo_commands, self.undo_commands.taken_back
        self.action_undo, self.action_redo = undoing.undo_last, undoing.redo
        self.action_undo_list = undoing.show_list

    # -- the book ------------------------------------------------------------------------------

    @property
    def workspace(self) -> Workspace:
        """The open workspace."""
        return self.current.workspace

    @property
    def is_open(self) -> bool:
        """Whether there is a workspace yet."""
        return self.current.is_open

    @property
    def home(self) -> Path | None:
        """The folder of the book."""
        return self.current.home

    @property
    def between_books(self) -> bool:
        """Whether one book was closed and the other is not open yet."""
        return self.current.between_books

    @property
    def letters(self) -> bool:
        """Whether letter keys act; else only F-keys, arrows, Enter and Ctrl keys do."""
        return self.current.settings.letters

    def begin(self) -> None:
        """The first run is over: open the book that was made, and show Today."""
        self.current.open()
        self._opened()
        dress(self, self.current.settings)
        self.add_mode(BOOK, _first_page)
        self.switch_mode(BOOK)

    async def reopen(self, what: W | None = None, work: Callable[[], None] | None = None) -> None:
        """Close the book and open it again: it is an older copy of itself, or `work` puts another
        one in its place meanwhile, while `what` is shown.

        Pages that show the old one are left first; what was typed there stays as drafts.
        """
        await self.navigator.close_all()
        self.close()
        self.current.between_books = True
        try:
            if what is not None and work is not None:
                await self._meanwhile(what, work)
        finally:
            self.current.open()
            self._opened()
            self.current.between_books = False
            self.idle_lock.look()
            self._look()

    async def _meanwhile(self, what: W, work: Callable[[], None]) -> None:
        await self.push_screen(page("tui.pages.sync.join_dialog:WaitingDialog", what))
        try:
            await asyncio.to_thread(work)
        finally:
            await self.pop_screen()

    def close(self) -> None:
        """Close the book; after this nothing is shown any more."""
        self.sync_runner.close()
        self.current.close()

    def _opened(self) -> None:
        workspace = self.workspace
        workspace.book.saved.append(self._saved)
        self.call_after_refresh(self._complete, workspace)
        for warning in workspace.warnings:
            self.tell(warning, bad=True)

    def _complete(self, workspace: Workspace) -> None:
        """What the first frame need not wait for: undo, and drafts that a crash left behind."""
        self.undo_commands.begin(workspace.book)
        if any(not draft.left for draft in Drafts(workspace.home).waiting()):
            self.open_drafts()
        self.sync_runner.begin()

    # -- what is shown -------------------------------------------------------------------------

    def get_default_screen(self) -> Screen[Any]:
        """The first page on the stack: Today, or the questions of the first run."""
        return _first_page() if self.is_open else page("tui.pages.general.welcome_page:WelcomePage")

    def on_mount(self) -> None:
        """Watch for what other processes write."""
        if self.is_open:
            self._opened()
            self.idle_lock.begin()
        self.set_interval(WATCH_SECONDS, self._watch)
        self.call_after_refresh(terminal.settled)

    def tell(self, text: str, *, bad: bool = False) -> None:
        """A notice at the edge of the screen; kept in the list of notices too."""
        if self.idle_lock.locked:  # a notice may quote a record; it is in the list later
            self.notices.append(Notice(time_ns() // 1_000_000, text, bad))
            return
        before = self.notices[-1] if self.notices else None
        if before is None or bad or not before.bad:
            self.clear_notifications()  # only the newest: a pile covers what one works on
        self.notices.append(Notice(time_ns() // 1_000_000, text, bad))
        notify(cast("App[object]", self), text, "error" if bad else "information")

    def corner(self, room: int) -> str:
        """The project and the state of the sync, in so many cells of every page's corner."""
        return self.current.corner(room, self.sync_runner.corner())

    def settle(self) -> None:
        """The settings were changed: show everything as they want it."""
        language.now = self.workspace.settings.lang
        self.default_project()
        dress(self, self.current.settings)
        self._say_again()
        self.sync_runner.settle()

    def _say_again(self) -> None:
        """Every screen says its words anew; those that are covered read again when they return."""
        covered = False
        for screen in reversed(self.screen_stack):
            if isinstance(screen, BaseScreen):
                screen.say_again(covered=covered)
            covered = covered or not screen.is_modal

    def look_again(self) -> None:
        """Others' work came in: show everything as it is now."""
        self.current.catch_up()
        self._look()

    def _saved(self, _touched: set[tuple[str, str]]) -> None:
        self.call_later(self._look)
        self.call_later(self.sync_runner.saved)

    def _watch(self) -> None:
        self.idle_lock.look()
        if self.current.written_elsewhere():
            self._look()
            self.sync_runner.met()

    def _look(self) -> None:
        """Every visible screen reads again: the one on top and what is behind a dialog."""
        self.current.forget()
        for screen in reversed(self.screen_stack):
            if isinstance(screen, BaseScreen):
                screen.look_again()
            if not screen.is_modal:
                return

    # -- actions -------------------------------------------------------------------------------

    def action_help(self) -> None:
        """Keys and commands that work here."""
        self.open_page("tui.pages.general.help_page", "HelpPage", self.screen)

    def action_palette(self) -> None:
        """Any command by name."""
        self.navigator.open_palette()

    def action_search(self) -> None:
        """Search in all records."""
        self.open_search()

    def action_project(self) -> None:
        """The project of what is under the cursor."""
        self.navigator.open_project()

    def action_notices(self) -> None:
        """Past notices."""
        self.open_page("tui.pages.general.notices_page", "NoticesPage")

    def action_sync_now(self) -> None:
        """Sync with the last peer; without one, show which there could be."""
        registry.load("tui.pages.sync.sync_tasks:sync_now")(self)

    def action_language(self) -> None:
        """Switch between Chinese and English at once."""
        to: Lang = "zh" if language.now == "en" else "en"
        if self.is_open:
            self.workspace.change(self.workspace.settings.but(lang=to))
        language.now = to
        self._say_again()

    def action_how_to_quit(self) -> None:
        """People press Ctrl+C by habit: say what quits."""
        self.tell(str(HOW_TO_QUIT))

    def action_leave(self) -> None:
        """Leave at once; drafts keep everything."""
        self.exit()

    def end(self, code: int) -> None:
        """A signal, or a terminal that is gone, ends the app; drafts keep everything."""
        fault_notes.keep_drafts(list(self.screen_stack) if self._running else [])
        self.exit(return_code=code)

    def action_leave_home(self) -> None:
        """Leave from the first page."""
        self.exit()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The plain letter quits on the first page only."""
        if action == "leave_home" and self.can_go_back():
            return False
        if action in OF_BOOK and not self.is_open:
            return False
        if self.idle_lock.locked and action not in ALLOWED:
            return False
        return super().check_action(action, parameters)

    # -- what Textual asks ---------------------------------------------------------------------

    async def on_event(self, event: Event) -> None:
        """A key, the mouse or a paste keeps the lock away; in a window too small no more."""
        if isinstance(event, (InputEvent, Paste)):
            self.idle_lock.touch()
            if unseen(event, self.size):
                return
        await super().on_event(event)

    def get_line_filters(self) -> list[LineFilter]:
        """The last filter against text that acts on the terminal."""
        return [*super().get_line_filters(), Clean()]

    async def _dispatch_message(self, message: Message) -> None:
        """A refusal in a handler becomes a notice."""
        try:
            await super()._dispatch_message(message)
        except Refused as refused:
            self.tell(str(refused), bad=True)

    async def run_action(
        self,
        action: str | ActionParseResult,
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """A refusal becomes a notice; a dimmed key says why it does nothing."""
        try:
            done = await super().run_action(action, default_namespace, namespaces)
        except Refused as refused:
            self.tell(str(refused), bad=True)
            return True
        if not done and isinstance(default_namespace, BaseScreen) and isinstance(action, str):
            _, name, parameters = parse(action)
            dimmed = default_namespace.check_action(name, parameters) is None
            why = default_namespace.why_not_so(name, parameters) if dimmed else None
            if why is not None:
                self.tell(str(why), bad=True)
                return True
        return done

    async def _check_bindings(self, key: str, priority: bool = False) -> bool:
        """Letter keys can be switched off for those whose input method sends them by itself."""
        if not self.letters and is_letter(key):
            return False
        return await super()._check_bindings(key, priority)

    def _handle_exception(self, error: Exception) -> None:
        """No traceback reaches a person: drafts are kept, a report is written, the app ends."""
        refused = fault_notes.refused(error)
        if refused is not None:
            self.tell(str(refused), bad=True)
            return
        fault_notes.keep_drafts(list(self.screen_stack) if self._running else [])
        self.fault = fault_notes.reported(error, self.home or Path())
        self._return_code = 1
        if self._exception is None:  # for tests, which raise it again
            self._exception = error
            self._exception_event.set()
        self._close_messages_no_wait()


def _first_page() -> Screen[Any]:
    return page(PLACES[0].opens)


def run(home: Path, complain: Callable[[str], None]) -> int:
    """Open the app on a workspace (the first run asks name and language). Returns an exit code.

    `complain` is given the sentence about a crash, once the terminal is as it was.
    """
    terminal.own_size()
    workspace = open_book(home) if workspaces.exists(home) else None
    app = SiteApp(workspace, home)
    try:
        app.run()
    finally:
        app.close()
    if app.fault:
        complain(app.fault)
    return app.return_code or 0
