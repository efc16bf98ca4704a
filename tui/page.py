"""The page: what every screen shares: title bar, body, key bar, and looking again after writes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual.app import ComposeResult
from textual.screen import Screen

from models.words import Refused, W
from tui.commands import Command, bindings
from tui.widgets.bars import KeyBar, TitleBar

if TYPE_CHECKING:
    from models.book import Book
    from sync.workspace import Workspace
    from tui.app import SiteApp


class Page(Screen[Any]):
    """A full screen with a title bar above and a key bar below; subclasses give the body.

    `commands` declares what can be done here. `look()` is called when the page shows, after
    every durable save, when another process wrote and when the language changed: it reads
    again what the page shows.
    """

    title_word: ClassVar[W] = W("现场簿", "sitebook")
    commands: ClassVar[tuple[Command, ...]] = ()
    AUTO_FOCUS = "*"

    def __init_subclass__(cls, **more: Any) -> None:
        if "commands" in cls.__dict__:
            cls.BINDINGS = [*cls.__dict__.get("BINDINGS", []), *bindings(cls.commands)]
        super().__init_subclass__(**more)

    @property
    def site_app(self) -> SiteApp:
        """The app, typed."""
        return cast("SiteApp", self.app)

    @property
    def workspace(self) -> Workspace:
        """The open workspace."""
        return self.site_app.workspace

    @property
    def book(self) -> Book:
        """The open book."""
        return self.workspace.book

    def compose(self) -> ComposeResult:
        """Title bar, body, key bar."""
        yield TitleBar(id="title-bar")
        yield from self.body()
        yield KeyBar(id="key-bar")

    def body(self) -> ComposeResult:
        """The page's own widgets."""
        yield from ()

    def heading(self) -> str:
        """What the title bar says; the title word unless a page knows better."""
        return str(self.title_word)

    def look(self) -> None:
        """Read again what is shown."""

    def on_screen_resume(self) -> None:
        """Coming back to a page shows it as it is now."""
        self.look_again()

    def look_again(self) -> None:
        """Read again, and let the bars say it in the current language."""
        try:
            self.look()
        except Refused as refused:
            self.site_app.tell(str(refused), bad=True)
        for bar in self.query("#title-bar, #key-bar"):
            bar.refresh()
        self.refresh_bindings()

    def why_not(self, action: str) -> Refused | None:
        """Why an action is not possible now (its key is dimmed and says so), or None."""
        return None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Textual's question whether an action may run: None dims it."""
        return None if self.why_not(action) is not None else True
