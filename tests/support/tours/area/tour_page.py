"""The page of a tour: its route and stops, with a key of its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual.app import ComposeResult

from models.schema.record import Record, kinds
from models.storage import rows
from models.text.words import W, say
from tui.display.parts import TextPart
from tui.pages.base import Page
from tui.widgets.commands import Command
from tui.widgets.document_view import DocumentView

TITLE = W("巡视 {route}", "Tour {route}")
FIRST = W("还没有巡视。按 n 计划第一次。", "No tour yet; n plans the first one.")
STOP = W("站点 {place}", "stop {place}")

COMMANDS = (
    Command(
        id="tours.walk",
        word=W("走完", "Walked"),
        help=W("这次巡视走完了", "this tour is walked"),
        keys="ctrl+g",
        action="walk",
        shown=1,
    ),
    Command(
        id="tours.new",
        word=W("计划", "Plan"),
        help=W("计划一次巡视", "plan a tour"),
        keys="n,insert",
        action="plan",
        shown=2,
    ),
)


class TourPage(Page):
    """One tour, or what a project owes before there is one."""

    commands: ClassVar = COMMANDS
    AUTO_FOCUS = "DocumentView"

    def __init__(self, id: str) -> None:
        super().__init__()
        self._tour_id = id

    @property
    def tour(self) -> Record | None:
        """The tour, if it is begun."""
        return rows.one(self.book.store, kinds["tour"], self._tour_id)

    def heading(self) -> str:
        """Which tour."""
        return say(TITLE, route=self.tour.title()) if self.tour else str(kinds["tour"].kind.label)

    def body(self) -> ComposeResult:
        """Its text."""
        yield DocumentView()

    def look(self) -> None:
        """Read it again."""
        self.query_one(DocumentView).look(list(self._parts()))

    def _parts(self) -> Iterator[TextPart]:
        tour = self.tour
        if tour is None:
            yield TextPart(FIRST)
            return
        yield TextPart(str(tour.kind.state(tour.state).label), style="title")
        for stop in rows.fetch(self.book.store, kinds["tour_stop"], "WHERE tour=?", (tour.id,)):
            yield TextPart(say(STOP, place=stop.title()))

    def action_walk(self) -> None:
        """Make the move, which asks for what was seen."""
        if self.tour is not None:
            self.site_app.make_move(self.tour.id, "walk")

    def action_plan(self) -> None:
        """Open the form of a new tour."""
        self.site_app.open_form("tour", project=self.site_app.default_project())


def tour_page(app: object, id: str) -> TourPage:
    """The page of a tour, or of what is awaited under this id."""
    return TourPage(id)
