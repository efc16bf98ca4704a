"""Layers: the stack of pages: what leads to a place, what lies on top, and what leaves."""

from __future__ import annotations

from inspect import isawaitable
from typing import TYPE_CHECKING, cast

from models.text.words import W
from tui.app.navigation import Doors
from tui.app.places import PLACES

if TYPE_CHECKING:
    from tui.app.undo import Undo
    from tui.pages.general.command_palette import PaletteEntry
    from tui.widgets.app_context import AppContext

HOW_TO_QUIT = W(
    "按 Ctrl+Q 退出；输入的内容都已保留。", "Press Ctrl+Q to quit; everything typed is kept."
)
OF_BOOK = ("go", "palette", "search", "undo", "sync_now")
"""Actions that there is nothing for on the first run, before there is a book."""


class Layers(Doors):
    """The actions of the app that open and close pages, and take back."""

    undo: Undo | None = None
    """Takes back the saves made here; None before there is a book."""

    def can_go_back(self) -> bool:
        """Whether there is a page below this one."""
        return len(self.screen_stack) > 1

    async def action_go(self, place: str) -> None:
        """Go to one of the numbered places; what lay between is closed, drafts keep its text."""
        found = next(p for p in PLACES if p.id == place)
        while self.can_go_back():
            await self.pop_screen()
        module, _, name = found.opens.partition(":")
        if found.opens.startswith("="):
            self.open_list(found.opens[1:])
        elif place != "today":
            self._open(module, name)

    def action_help(self) -> None:
        """Keys and commands that work here."""
        self._open("tui.pages.general.help_page", "HelpPage", self.screen)

    def action_palette(self) -> None:
        """Any command by name; it runs once the palette is gone."""
        from tui.pages.general.command_palette import Palette

        async def run(chosen: PaletteEntry | None) -> None:
            if chosen is not None:
                done = chosen.run()
                if isawaitable(done):
                    await done

        if not isinstance(self.screen, Palette):
            self.push_screen(Palette(self.screen), run)

    def action_search(self) -> None:
        """Search in all records."""
        self.open_search()

    def action_notices(self) -> None:
        """Past notices."""
        self._open("tui.pages.general.notices_page", "NoticesPage")

    def action_undo(self) -> None:
        """Take back the last change; where text is typed the key belongs to the text."""
        typing = self.focused is not None and self.focused.check_consume_key("z", "z")
        if self.undo is not None and not typing:
            self.tell(self.undo.undo())

    def action_sync_now(self) -> None:
        """Sync with whom it was last done; where nobody is known yet, show whom there could be."""
        from tui.pages.sync.sync_tasks import sync_now

        sync_now(cast("AppContext", self))

    def action_how_to_quit(self) -> None:
        """People press Ctrl+C by habit: say what quits."""
        self.tell(str(HOW_TO_QUIT))

    def action_leave(self) -> None:
        """Leave at once; drafts keep everything."""
        self.exit()

    def action_leave_home(self) -> None:
        """Leave from the home page."""
        self.exit()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The plain letter quits on the home page only."""
        if action == "leave_home" and self.can_go_back():
            return False
        if action in OF_BOOK and not self.is_open:
            return False
        return super().check_action(action, parameters)
