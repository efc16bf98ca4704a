"""Refusals: a refusal in a widget's handler becomes a notice, and the widget stays."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual.message import Message
from textual.widget import Widget

from models.text.words import Refused

if TYPE_CHECKING:
    from tui.widgets.app_context import AppContext


class TellsRefusals(Widget):
    """What is refused in a handler becomes a notice; anything else is a fault of the program."""

    @property
    def site_app(self) -> AppContext:
        """The app, typed."""
        return cast("AppContext", self.app)

    async def _dispatch_message(self, message: Message) -> None:
        try:
            await super()._dispatch_message(message)
        except Refused as refused:
            self.site_app.tell(str(refused), bad=True)
