"""The app: opens the workspace, shows Today first, and holds what every page shares."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual.actions import parse
from textual.binding import BindingType
from textual.dom import DOMNode
from textual.filter import LineFilter
from textual.message import Message
from textual.screen import Screen

from models.storage.settings import Settings
from models.text.words import Lang, Refused, W, language
from sync.apply.open_book import open_book
from sync.workspace import workspace as books
from sync.workspace.workspace import Workspace
from tui.app import fault_notes, terminal
from tui.app.background_sync import Courier
from tui.app.layers import Layers
from tui.app.navigation import made
from tui.app.places import COMMANDS
from tui.pages.base import BaseScreen
from tui.widgets import themes
from tui.widgets.commands import bindings, is_letter
from tui.widgets.plain_content import Clean

if TYPE_CHECKING:
    from textual.actions import ActionParseResult

    from tui.display.sync_state import Truth

WATCH_SECONDS = 2.0
BOOK = "book"
"""The stack of pages after the first run, which has one of its own."""


class SiteApp(Layers):
    """The terminal application over one workspace; without one it asks for it first."""

    CSS_PATH = "sitebook.tcss"
    ENABLE_COMMAND_PALETTE = False
    NOTIFICATION_TIMEOUT = 6
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(COMMANDS)]

    def __init__(self, workspace: Workspace | None = None, home: Path | None = None) -> None:
        super().__init__()
        self.animation_level = "none"
        self.home = workspace.home if workspace is not None else home
        self._workspace = workspace
        self.fault = ""
        """What a person is told after the app went wrong."""
        self._seen = 0
        self._project_name = ""
        self._truth: Truth | None = None
        self.courier = Courier(self)
        self.between_books = False
        """Whether one book was closed and the other is not open yet."""
        if workspace is not None:
            language.now = workspace.settings.lang
        for theme in themes.THEMES:
            self.register_theme(theme)
        self._dress()

    @property
    def workspace(self) -> Workspace:
        """The open workspace."""
        if self._workspace is None:
            raise Refused(books.NO_BOOK, path=self.home)
        return self._workspace

    @property
    def is_open(self) -> bool:
        """Whether there is a workspace yet."""
        return self._workspace is not None

    @property
    def letters(self) -> bool:
        """Whether letter keys act; else only F-keys, arrows, Enter and Ctrl keys do."""
        return self._workspace is None or self._workspace.settings.letters

    def get_default_screen(self) -> Screen[Any]:
        """The first page on the stack: Today, or the questions of the first run."""
        if self._workspace is None:
            return made("tui.pages.general.welcome_page", "WelcomePage")
        return self._home()

    def on_mount(self) -> None:
        """Watch for what other processes write."""
        if self._workspace is not None:
            self._hold(self._workspace)
        self.set_interval(WATCH_SECONDS, self._watch)
        self.call_after_refresh(terminal.settled)

    def get_line_filters(self) -> list[LineFilter]:
        """The last gate against text that acts on the terminal."""
        return [*super().get_line_filters(), Clean()]

    def _home(self) -> Screen[Any]:
        return made("tui.pages.home.today_page", "TodayPage")

    async def _dispatch_message(self, message: Message) -> None:
        """What is refused on the way becomes a notice."""
        try:
            await super()._dispatch_message(message)
        except Refused as refused:
            self.tell(str(refused), bad=True)

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

    async def run_action(
        self,
        action: str | ActionParseResult,
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """What is refused becomes a notice; a dimmed key says why it does nothing."""
        try:
            done = await super().run_action(action, default_namespace, namespaces)
        except Refused as refused:
            self.tell(str(refused), bad=True)
            return True
        if not done and isinstance(default_namespace, BaseScreen) and isinstance(action, str):
            _, name, parameters = parse(action)
            why = default_namespace.why_not_so(name, parameters)
            if why is not None:
                self.tell(str(why), bad=True)
                return True
        return done

    async def _check_bindings(self, key: str, priority: bool = False) -> bool:
        """Letter keys can be switched off for those whose input method sends them by itself."""
        if not self.letters and is_letter(key):
            return False
        return await super()._check_bindings(key, priority)

    # -- the truth, again ------------------------------------------------------------------

    def corner(self, room: int) -> str:
        """The project and the truth about sync, for the corner of every page.

        The truth has the better claim to the room, in cells.
        """
        if self._workspace is None:
            return ""
        from tui.display.terminal_text import width
        from tui.display.values import Values

        going = self.courier.corner()
        every = [[going, *some] for some in self.standing().corners(Values(self._workspace))]
        every.insert(0, [self._project_name, *every[0]])
        lines = ["  ".join(filter(None, parts)) for parts in every]
        return next((line for line in lines if width(line) <= room), lines[-1] or lines[0])

    def standing(self) -> Truth:
        """How things stand with others, counted once until something is written."""
        if self._truth is None:
            from tui.display.sync_state import truth

            self._truth = truth(self.workspace)
        return self._truth

    def default_project(self) -> str | None:
        """The project that new records belong to: the chosen one, else the only running one."""
        from models.book.projects import all_projects

        running = [one for one in all_projects(self.workspace.book.store) if one.state == "running"]
        chosen = [one for one in running if one.id == self.workspace.settings.project]
        found = chosen or (running if len(running) == 1 else [])
        self._project_name = found[0].title() if found else ""
        return found[0].id if found else None

    def action_language(self) -> None:
        """Switch between Chinese and English at once."""
        to: Lang = "zh" if language.now == "en" else "en"
        if self._workspace is not None:
            self._workspace.change(replace(self._workspace.settings, lang=to))
        language.now = to
        self._say_again()

    def settle(self) -> None:
        """The settings were changed: dress and say everything as they want it."""
        language.now = self.workspace.settings.lang
        self.default_project()
        self._dress()
        self._say_again()
        self.courier.settle()

    def _dress(self) -> None:
        """Theme and marks as the settings want them."""
        settings = self._workspace.settings if self._workspace is not None else Settings()
        theme = themes.known(settings.theme)
        if self.is_running:
            self.theme = theme
        else:  # as a change it would have every style sheet parsed again, 20 ms
            self.set_reactive(SiteApp.theme, theme)
            self.stylesheet.set_variables(self.get_css_variables())
            self.set_class(self.current_theme.dark, "-dark-mode", update=False)
            self.set_class(not self.current_theme.dark, "-light-mode", update=False)
        themes.draw(settings.ascii)
        self.set_class(settings.ascii, "-ascii")

    def _say_again(self) -> None:
        for screen in self.screen_stack:
            if isinstance(screen, BaseScreen):
                screen.say_again()

    def begin(self) -> None:
        """The first run is over: open the book that was made, and show Today."""
        if self.home is None:
            return
        self._hold(open_book(self.home))
        self._dress()
        self.add_mode(BOOK, self._home)
        self.switch_mode(BOOK)

    async def reopen(self, what: W | None = None, work: Callable[[], None] | None = None) -> None:
        """Go on with the book anew: it is an older copy of itself, or `work` puts another one in
        its place while nobody has it open; `what` is said meanwhile.

        Pages that hold the old one are left first; what was typed there stays as drafts.
        """
        home = self.workspace.home
        while self.can_go_back():
            await self.pop_screen()
        self.close()
        self.between_books = True
        try:
            if what is not None and work is not None:
                await self._meanwhile(what, work)
        finally:
            self._hold(open_book(home))
            self.between_books = False
            self._look()

    async def _meanwhile(self, what: W, work: Callable[[], None]) -> None:
        from tui.pages.sync.join_dialog import Meanwhile

        await self.push_screen(Meanwhile(what))
        try:
            await asyncio.to_thread(work)
        finally:
            await self.pop_screen()

    def close(self) -> None:
        """Close the book; after this nothing is shown any more."""
        self.courier.close()
        if self._workspace is not None:
            self._workspace.close()
            self._workspace = None

    def _hold(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._seen = workspace.store.version()
        workspace.book.saved.append(self._saved)
        self.default_project()
        self.call_after_refresh(self._complete, workspace)
        for warning in workspace.warnings:
            self.tell(warning, bad=True)

    def _complete(self, workspace: Workspace) -> None:
        """What the first frame need not wait for: undo, and drafts that a crash left behind."""
        from models.storage.drafts import Drafts
        from tui.app.undo import Undo

        self.undo = Undo(workspace.book)
        if any(not draft.left for draft in Drafts(workspace.home).all()):
            self._open("tui.pages.forms.drafts_dialog", "DraftsDialog")
        self.courier.begin()

    def _saved(self, _touched: set[tuple[str, str]]) -> None:
        self.call_later(self._look)
        self.call_later(self.courier.saved)

    def _watch(self) -> None:
        if self._workspace is None:
            return
        version = self._workspace.store.version()
        if version != self._seen:
            self._seen = version
            self._workspace.people.refresh()
            self._look()
            self.courier.met()

    def look_again(self) -> None:
        """Others' work came in: show everything as it is now."""
        if self._workspace is not None:
            self._seen = self._workspace.store.version()
            self._look()

    def _look(self) -> None:
        """Every screen in sight looks again: the top one and what lies behind a dialog."""
        self.default_project()
        self._truth = None
        for screen in reversed(self.screen_stack):
            if isinstance(screen, BaseScreen):
                screen.look_again()
            if not screen.is_modal:
                return


def run(home: Path, complain: Callable[[str], None]) -> int:
    """Open the app on a workspace (the first run asks name and language). Returns an exit code.

    `complain` is given the sentence about a crash, once the terminal is as it was.
    """
    workspace = open_book(home) if books.exists(home) else None
    app = SiteApp(workspace, home)
    try:
        app.run()
    finally:
        app.close()
    if app.fault:
        complain(app.fault)
    return app.return_code or 0
