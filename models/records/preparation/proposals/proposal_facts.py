"""Facts about proposals: newer versions of the methods that they were reviewed with."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from models.book.derived_state import StateView
from models.derived import revisions
from models.queries.facts import RecordFact, facts
from models.records.preparation.proposals.proposal_method import ProposalMethod
from models.records.preparation.proposals.service_method import ServiceMethod
from models.text.words import W, say

if TYPE_CHECKING:
    from models.book.book import Book

NEWER = W("已有{by}", "there is {by}")


@facts("proposal_method")
def newer_version(book: Book, row: ProposalMethod, states: StateView) -> Iterator[RecordFact]:  # noqa: ARG001
    """Which version of the method is in force now, where it is not the one that is pinned."""
    method = book.find(str(row.method))
    if not isinstance(method, ServiceMethod):
        return
    by = revisions.versions(book.store, "service_method").replaced_by(method)
    if by is not None:
        said = say(NEWER, by=by.name)
        yield RecordFact(said, "warn", short=said)
