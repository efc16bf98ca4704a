"""Rules of suggestions: each becomes an action of somebody who leads. Clause: 5.2(3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from models.book.rules import after_move, before_move, proposes
from models.records.common import follow_ups
from models.records.feedback.surveys import content
from models.records.feedback.surveys.response_rules import survey_of
from models.records.feedback.surveys.suggestion import Suggestion
from models.schema.roles import LEADS
from models.text.words import Refused, W

if TYPE_CHECKING:
    from models.book.book import Book

FILED = W(
    "{number} 已备案，它的建议不能再改。请另写备注。",
    "{number} is filed; its suggestions stay as they are. Add a note instead.",
)
NO_LEAD = W(
    "{name}不是这个项目的负责人。改进建议由项目经理或部门经理落实，请另选。",
    "{name} does not lead this project. A suggestion is carried out by a project or department"
    " manager; choose another person.",
)


@before_move("suggestion", "assign", "drop", "propose_again")
def suggestion_is_open(book: Book, suggestion: Suggestion) -> None:
    """What was filed with a decision keeps it."""
    survey = survey_of(book, suggestion.values())
    if survey is not None and survey.kind.state(survey.state).frozen:
        raise Refused(FILED, number=survey.number)


@proposes("suggestion", "assign")
def lead_owns(book: Book, suggestion: Suggestion) -> dict[str, Any]:
    """A suggestion is carried out by the project's manager."""
    leads = book.people.second_people(suggestion.project, LEADS[:1], ())
    return {"owner": leads[0]} if leads else {}


@after_move("suggestion", "assign")
def action_opened(book: Book, suggestion: Suggestion) -> None:
    """The owner leads the project, and gets the action. Clause: 5.2(3)."""
    owner = str(suggestion.owner)
    if book.people.roles(owner, suggestion.project).isdisjoint(LEADS):
        raise Refused(NO_LEAD, name=book.people.name(owner))
    if not content.action_number(book, suggestion.id):
        values = follow_ups.values(book, suggestion, content.ACTION)
        book.add(content.ACTION, values, project=suggestion.project)
