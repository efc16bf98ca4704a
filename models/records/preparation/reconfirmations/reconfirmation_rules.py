"""Rules of re-confirmations: they open with the change that asks for them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from models.book import permissions
from models.book.rules import after_edit, after_move, given
from models.records.preparation.reconfirmations import environment
from models.records.preparation.reconfirmations.reconfirmation import Reconfirmation
from models.records.registers import calendar_years
from models.schema.record import Record
from models.text.words import Refused, W

if TYPE_CHECKING:
    from models.book.book import Book

DAYS = 10
"""Working days within which a change is to be re-confirmed."""
NO_PROPOSAL = W(
    "本项目还没有客户批准的技术服务方案，没有可以再确认的。请先起草方案。",
    "The project has no service proposal that the customer approved, so there is nothing to"
    " re-confirm. Draft the proposal first.",
)


@given("reconfirmation")
def reconfirmation_given(
    book: Book, values: Mapping[str, Any], project: str | None
) -> dict[str, Any]:
    """Which proposal is to be confirmed anew, until when, and which change it is about."""
    proposal = environment.proposal_in_force(book.store, str(project))
    if proposal is None and not book.brings:
        raise Refused(NO_PROPOSAL)
    found: dict[str, Any] = {}
    if not values.get("subject"):
        found["subject"] = environment.digest(values.get("why"))
    if proposal is not None and not values.get("proposal"):
        found["proposal"] = proposal.id
    if not values.get("due"):
        day = calendar_years.calendar(book).add_workdays(book.today, DAYS)
        found["due"] = day.isoformat()
    return found


@after_edit("project")
def project_changed(book: Book, project: Record) -> None:
    """An edit of the SLA, the needs or the subcontractors opens what it asks for. Clause: 4.1.3."""
    open_pending(book, project.id)


@after_move("site", "confirm", "restore")
def site_added(book: Book, site: Any) -> None:
    """A new site opens a re-confirmation in each project of its customer. Clause: 4.1.3."""
    sql = "SELECT id FROM project WHERE customer=? AND void IS NULL ORDER BY id"
    for (project,) in book.store.rows(sql, (site.customer,)) if site.customer else ():
        open_pending(book, str(project))


def open_pending(book: Book, project: str) -> list[Record]:
    """Open a re-confirmation for each change that has none, where this person may write one."""
    kind = Reconfirmation.kind
    if permissions.writing(book.people, book.me, kind, project) is not None:
        return []
    return [
        book.add(
            kind.name,
            {"trigger": one.trigger, "subject": one.subject, "why": str(one.why)},
            project=project,
        )
        for one in environment.pending(book.store, project)
        if one.record is None
    ]
