"""Actions: the command that leads from a problem to a tour."""

from __future__ import annotations

from importlib import import_module

from models.records.common import follow_ups
from models.text.words import W
from tui.pages.records.record_actions import RecordHolder, target
from tui.widgets.action_group import ActionGroup, runs
from tui.widgets.commands import Command

import_module("models.records.tours.follow_ups")  # which registers what the command asks for

TOUR = Command(
    id="tours.follow_up",
    word=W("巡视", "Tour"),
    help=W("由处置引出巡视", "a tour that follows a fix"),
    keys="f11",
)


class TourActions(ActionGroup[RecordHolder]):
    """Opens the pre-filled form of a tour."""

    @runs(TOUR)
    def lead(self) -> None:
        """To the tour that the chosen record leads to."""
        record, app = target(self.page), self.page.site_app
        values = follow_ups.values(self.page.book, record, "tour")
        app.open_form("tour", values, project=record.project)
