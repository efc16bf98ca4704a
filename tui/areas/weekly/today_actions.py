"""Today: those who lead a project read the team's weekly entries with one key."""

from __future__ import annotations

from collections.abc import Awaitable

from models.schema.roles import LEADS
from models.text.words import W
from tui.pages.base import Page
from tui.widgets.action_group import ActionGroup, runs
from tui.widgets.commands import Command

REVIEW = Command(
    id="today.review",
    word=W("审阅周报", "Review"),
    help=W("全员周报，逐份审阅", "weekly status of all people"),
    keys="r,f4",
    shown=7,
)


class ReviewEntries(ActionGroup[Page]):
    """The command that leads to the review of the week."""

    @runs(REVIEW)
    def review(self) -> Awaitable[None]:
        """Go to the team's weekly entries."""
        return self.page.site_app.action_go("review")

    def hidden(self, command: str) -> bool:  # noqa: ARG002
        """Entries are read by those who lead a project."""
        page = self.page
        if not page.site_app.is_open:
            return False
        return not page.book.people.roles(page.book.me, None) & set(LEADS)
