"""Template actions: the library stands open from the list of the templates."""

from __future__ import annotations

from typing import Protocol

from models.queries.filters import Filter
from models.records.checks.template import Template
from models.schema.record import Record
from models.text.words import W
from tui.widgets.action_group import ActionGroup, runs
from tui.widgets.app_context import AppContext
from tui.widgets.commands import Command

READY = Command(
    id="templates.library",
    word=W("模板库", "Library"),
    help=W("取用现成的检查模板", "take a ready-made checklist template"),
    keys="L,ctrl+o",
    shown=10,
)


class TypeList(Protocol):
    """The list of a record type."""

    cls: type[Record]
    wanted: Filter

    @property
    def site_app(self) -> AppContext:
        """The app."""


class TemplateListActions(ActionGroup[TypeList]):
    """What only the list of templates offers."""

    def hidden(self, command: str) -> bool:  # noqa: ARG002
        """Other lists do not offer it."""
        return self.page.cls is not Template

    @runs(READY)
    def library(self) -> None:
        """Open the library, for the project that the list is narrowed to."""
        self.page.site_app.open_place("library", self.page.wanted.project or "")
