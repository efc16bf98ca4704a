"""Revision actions: a new version of the record on the page, and what differs between two."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from models.derived import revisions
from models.derived.revision_copy import new_revision
from models.schema.record import Record
from models.text.words import Refused, W, say
from tui.widgets.action_group import ActionGroup, runs
from tui.widgets.commands import Command

if TYPE_CHECKING:
    from models.book.book import Book
    from tui.widgets.app_context import AppContext

MADE = W(
    "{number} 是新版本的草稿，内容与 {before} 相同，{before} 仍然有效。",
    "{number} is the draft of the new version, as {before} is. {before} stays in force.",
)
REVISE = Command(
    id="record.revise",
    word=W("新版本", "New version"),
    help=W("复制为新版本的草稿，原版本仍有效", "a draft that follows this version, copied from it"),
    keys="R",
    shown=22,
    via="record.versions",
)
COMPARE = Command(
    id="record.versions",
    word=W("版本", "Versions"),
    help=W("与前一版本对照，标出不同；建立新版本", "what differs from the version before"),
    keys="V,ctrl+a",
    shown=23,
)


def revise(app: AppContext, before: Record) -> None:
    """Make a new version of a record and open it. Raises `Refused` where there can be none."""
    made = new_revision(app.workspace.book, before)
    app.open_record(made.id)
    app.tell(say(MADE, number=made.number, before=before.number))


class VersionedPage(Protocol):
    """The page of one record, as these commands see it."""

    record: Record | None
    record_id: str

    @property
    def site_app(self) -> AppContext:
        """The app."""

    @property
    def book(self) -> Book:
        """The open book."""


class RevisionActions(ActionGroup[VersionedPage]):
    """The commands of a record that has versions; other records do not offer them."""

    def hidden(self, command: str) -> bool:  # noqa: ARG002
        """Whether the record on the page has no versions."""
        record = self.page.record
        return record is None or revisions.declared(record.type) is None

    def why_not(self, command: str) -> Refused | None:
        """A new version is made of an approved one that nothing replaces; the key says why not."""
        record = self.page.record
        if command != REVISE.id or record is None:
            return None
        return revisions.versions(self.page.book.store, record.type).refuses(record)

    @runs(REVISE)
    def revise(self) -> None:
        """Make a new version and open it."""
        revise(self.page.site_app, self.page.book.get(self.page.record_id))

    @runs(COMPARE)
    def compare(self) -> None:
        """Open the page of the versions."""
        self.page.site_app.open_page(
            "tui.pages.revisions.revision_page", "RevisionPage", self.page.record_id
        )
