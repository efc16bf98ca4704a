"""Follow ups: what a summary leads to, and the left-overs that become owned tasks. Clause: 6.1."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from models.derived import compiled
from models.records.common.follow_ups import follow_up
from models.records.completion.summary import summary_rules
from models.records.completion.summary.project_summary import ProjectSummary
from models.records.nonconformity.follow_ups import action_values
from models.records.problems import anonymisation
from models.schema.record import Record
from models.text.words import Refused, W, say

if TYPE_CHECKING:
    from models.book.book import Book

LINE = W("{number} {title}", "{number} {title}")


@follow_up("project_summary", to="corrective_action")
def to_action(book: Book, summary: ProjectSummary) -> dict[str, Any]:
    """One task for all that has no one in charge; without any, for what went badly."""
    text = _free(book, summary) or summary.weaknesses
    return action_values(
        summary, text, "correction" if text != summary.weaknesses else "corrective"
    )


@follow_up("project_summary", to="concession")
def to_concession(book: Book, summary: ProjectSummary) -> dict[str, Any]:
    """A concession for what cannot be solved before the project ends."""
    return {"situation": _free(book, summary)}


@follow_up("project_summary", to="experience")
def to_experience(book: Book, summary: ProjectSummary) -> dict[str, Any]:
    """The lessons without names, to be read and changed. Raises `Refused` before the review."""
    if summary.state not in summary_rules.KEPT_FROM:
        raise Refused(anonymisation.NOT_REVIEWED, number=summary.number)
    return anonymisation.lessons(book, summary)


@follow_up("milestone", "delivery", "promise", to="corrective_action")
def of_open(book: Book, record: Record) -> dict[str, Any]:  # noqa: ARG001
    """What is not done yet, as a task of somebody's with a day."""
    return action_values(record, None, "correction")


def _free(book: Book, summary: ProjectSummary) -> str | None:
    try:
        data = compiled.content(book, summary).data
    except Refused:
        return None
    lines = [
        say(LINE, number=one.number, title=one.title) for one in data.left if not one.in_charge
    ]
    return "\n".join(lines) or None
