"""Today: the next checklist is opened with one key."""

from __future__ import annotations

from collections.abc import Awaitable

from models.text.words import W
from tui.pages.base import Page
from tui.widgets.action_group import ActionGroup, runs
from tui.widgets.commands import Command

BEGIN = Command(
    id="today.checklist",
    word=W("开始检查", "Checklist"),
    help=W("打开今天的下一份检查表", "open the next checklist of today"),
    keys="c,2",
    shown=5,
)


class BeginChecklist(ActionGroup[Page]):
    """The command that goes on with today's checklists."""

    @runs(BEGIN)
    def begin(self) -> Awaitable[None]:
        """Go to the checklists."""
        return self.page.site_app.action_go("checklist")
