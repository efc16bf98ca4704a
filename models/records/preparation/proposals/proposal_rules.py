"""Rules of proposals: versions of methods, discussion points, and what an approval notes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from models.book.rules import before_move, carries, given
from models.derived import revisions
from models.records.preparation.proposals.discussion_point import DiscussionPoint
from models.records.preparation.proposals.proposal_method import ProposalMethod
from models.records.preparation.proposals.service_method import ServiceMethod
from models.records.preparation.proposals.service_proposal import (
    IN_FORCE,
    SECTIONS,
    ServiceProposal,
)
from models.records.preparation.reconfirmations import environment
from models.schema.lifecycle import Move
from models.schema.record import Record
from models.storage import rows
from models.text.words import Refused, W

if TYPE_CHECKING:
    from models.book.book import Book

NOT_APPROVED = W(
    "{number} 还没有批准启用，方案不能采用。请先批准它，或另选一个。",
    "{number} is not approved for use; a proposal cannot follow it. Have it approved, or choose"
    " another one.",
)
REPLACED = W(
    "{number}“{name}”已被{by}替代。请作废这一行，改用新版本。",
    "{number} “{name}” is replaced by {by}. Void this row and name the new version.",
)
RETIRED = W(
    "{number}“{name}”已停用。请作废这一行，或另选一个。",
    "{number} “{name}” is retired. Void this row, or choose another one.",
)
UNCHANGED = W(
    "“{section}”在提出意见之后没有改过。请先修改它，或改用“说明理由，不修改”。",
    "“{section}” has not been changed since the point was raised. Change it first, or give a"
    " reason instead.",
)


@given("proposal_method")
def method_pinned(book: Book, values: Mapping[str, Any], project: str | None) -> dict[str, Any]:  # noqa: ARG001
    """A proposal follows approved methods, each by its version. Clause: 4.1.3."""
    method = book.find(str(values.get("method") or ""))
    if not isinstance(method, ServiceMethod):
        return {}
    look = revisions.versions(book.store, "service_method")
    if not look.approved(method):
        raise Refused(NOT_APPROVED, number=method.number)
    return {"version": method.version or 1}


@given("discussion_point")
def section_noted(book: Book, values: Mapping[str, Any], project: str | None) -> dict[str, Any]:  # noqa: ARG001
    """A point knows how its section read when it was raised."""
    proposal = book.find(str(values.get("proposal") or ""))
    section = str(values.get("section") or "")
    if not isinstance(proposal, ServiceProposal) or section not in SECTIONS:
        return {}
    return {"text_then": environment.digest(getattr(proposal, section))}


@before_move("discussion_point", "change")
def section_changed(book: Book, point: DiscussionPoint) -> None:
    """A point is closed by a change where its section did change. Clause: 4.1.1."""
    proposal = book.find(str(point.proposal))
    if not isinstance(proposal, ServiceProposal) or point.section not in SECTIONS:
        return
    if environment.digest(getattr(proposal, point.section)) == point.text_then:
        raise Refused(UNCHANGED, section=type(proposal).specs()[point.section].label)


@before_move("service_proposal", "submit")
def proposal_whole(book: Book, proposal: ServiceProposal) -> None:
    """A submitted proposal names methods in use."""
    look = revisions.versions(book.store, "service_method")
    for row in methods_of(book, proposal):
        method = book.find(str(row.method))
        if not isinstance(method, ServiceMethod) or look.in_force(method):
            continue
        by = look.replaced_by(method)
        named = {"number": method.number, "name": method.title()}
        raise Refused(REPLACED, **named, by=by.name) if by else Refused(RETIRED, **named)


@carries("service_proposal")
def environment_noted(
    book: Book,
    proposal: Record,
    move: Move,
    comment: str,  # noqa: ARG001
) -> dict[str, Any]:
    """The customer's approval notes the environment that it was given in. Clause: 4.1.3."""
    if move.to not in IN_FORCE:
        return {}
    return {"environment": environment.noted(book.store, str(proposal.project))}


def methods_of(book: Book, proposal: Record) -> list[ProposalMethod]:
    """The methods in use of a proposal, in order."""
    where = "WHERE proposal=? AND void IS NULL ORDER BY position IS NULL, position, occurred, id"
    return rows.fetch(book.store, ProposalMethod, where, (proposal.id,))
