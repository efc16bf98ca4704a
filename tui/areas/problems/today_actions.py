"""Today: a problem on site is noted with one key."""

from __future__ import annotations

from models.text.words import W
from tui.pages.base import Page
from tui.widgets.action_group import ActionGroup, runs
from tui.widgets.commands import Command

NEW_FIX = Command(
    id="today.fix",
    word=W("新建处置", "New fix"),
    help=W("记录一个现场问题和处置", "record a problem on site and its fix"),
    keys="n,insert,ctrl+n",
    shown=6,
)


class ReportProblem(ActionGroup[Page]):
    """The command that begins a new on-site fix."""

    @runs(NEW_FIX)
    def new_fix(self) -> None:
        """Open the form of a new fix."""
        app = self.page.site_app
        app.open_form("fix", project=app.default_project())
