"""Follow-ups: a dissatisfied answer leads to a complaint, a complaint to its measures.

Clause: 5.2(3), 5.3.2(4).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from models.records.common.follow_ups import follow_up
from models.records.feedback.complaint import Complaint
from models.records.feedback.surveys import statistics
from models.records.feedback.surveys.suggestion import Suggestion
from models.records.feedback.surveys.survey_answer import LEVELS, UNMET, SurveyAnswer
from models.records.feedback.surveys.survey_response import SurveyResponse
from models.schema.fields import terms_of
from models.storage import rows
from models.text.words import W, say, several

if TYPE_CHECKING:
    from models.book.book import Book

SUBJECT = W("回访不满意：{questions}", "Dissatisfied in the follow-up: {questions}")
SAID = W("{question}：{level}", "{question}: {level}")
BY = {"phone": "phone", "questionnaire": "survey"}
MOST = 200
_LEVELS = {one.name: one.label for one in terms_of(LEVELS)}


@follow_up("survey_response", to="complaint")
def complaint_of(book: Book, person: SurveyResponse) -> dict[str, Any]:
    """A complaint's start: who was dissatisfied with what, in their words."""
    where = "WHERE response=? AND void IS NULL AND level IS NOT NULL ORDER BY position"
    found = rows.fetch(book.store, SurveyAnswer, where, (person.id,))
    unmet = [one for one in found if one.level in UNMET]
    words = {one.id: statistics.question_word(book.store, str(one.question)) for one in unmet}
    lines = [say(SAID, question=words[one.id], level=_LEVELS[str(one.level)]) for one in unmet]
    lines += [one.remark for one in unmet if one.remark]
    lines += [person.complaint] if person.complaint else []
    subject = say(SUBJECT, questions=several(words.values()))
    return {
        "subject": subject[:MOST] if unmet else None,
        "source": "survey",
        "way": BY.get(person.channel or "", "survey"),
        "response": person.id,
        "complainant": person.answered_by or person.name,
        "contact": person.phone or person.mail,
        "statement": "\n".join(lines) or None,
    }


@follow_up("complaint", to="corrective_action")
def action_of(book: Book, complaint: Complaint) -> dict[str, Any]:  # noqa: ARG001
    """An action's start: what was complained of, and its cause."""
    text = complaint.statement or complaint.subject or ""
    return {
        "subject": (complaint.subject or text)[:MOST],
        "source": complaint.id,
        "sort": "corrective",
        "finding": text,
        "cause": complaint.cause,
        "owner": complaint.handler,
    }


@follow_up("suggestion", to="corrective_action")
def action_of_suggestion(book: Book, suggestion: Suggestion) -> dict[str, Any]:  # noqa: ARG001
    """An action's start: what the service desk suggests. Clause: 5.2(3)."""
    text = suggestion.text or ""
    return {
        "subject": text.split("\n", 1)[0][:MOST],
        "source": suggestion.id,
        "sort": suggestion.sort,
        "finding": text,
        "owner": suggestion.owner,
        "due": suggestion.due,
    }
