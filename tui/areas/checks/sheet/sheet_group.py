"""Sheet group: what the action groups of the checklist page ask of the page."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from tui.areas.checks.sheet.checklist_items import ChecklistItems
from tui.areas.checks.sheet.reason_prompt import ReasonPrompt
from tui.areas.checks.sheet.sheet_answering import SheetAnswering
from tui.widgets.action_group import ActionGroup
from tui.widgets.commands import Command, is_letter, key_name

if TYPE_CHECKING:
    from sync.workspace.workspace import Workspace
    from tui.widgets.app_context import AppContext


class SheetPage(Protocol):
    """The checklist page, as its action groups see it."""

    @property
    def answering(self) -> SheetAnswering:
        """The answers of the sheet that is shown."""

    @property
    def site_app(self) -> AppContext:
        """The app."""

    @property
    def workspace(self) -> Workspace:
        """The open workspace."""

    @property
    def items(self) -> ChecklistItems:
        """The list of the questions."""

    @property
    def prompt(self) -> ReasonPrompt:
        """The line that asks for words."""

    @property
    def asking(self) -> bool:
        """Whether words are being asked for."""

    def say(self, outcome: Callable[[], str]) -> None:
        """Say in the foot of the list what a command did."""

    def take(self, *, stay: bool = False) -> None:
        """Save the value being typed; the cursor goes on, or stays."""

    def look(self) -> None:
        """Read and show the sheet again."""

    def show_neighbour(self, by: int) -> None:
        """Show another checklist of today."""

    def show_keys(self) -> None:
        """Show the keys that work now in the key bar."""


class SheetGroup(ActionGroup[SheetPage]):
    """Commands of the checklist page; none of them is offered while words are asked for."""

    def hidden(self, command: str) -> bool:  # noqa: ARG002
        """Whether words are being asked for."""
        return self.page.asking

    def key_of(self, command: Command) -> str:
        """The key to name in a sentence: no letter where letters are switched off."""
        letters = self.page.workspace.settings.letters
        return key_name(next(key for key in command.all_keys if letters or not is_letter(key)))

    def go_on(self, key: str) -> None:
        """Put the cursor on the next question to be answered."""
        to = self.page.answering.next_key(key)
        if to is not None:
            self.page.items.go_to(to)
