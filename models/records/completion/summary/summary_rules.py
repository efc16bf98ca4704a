"""Rules of the project summary: its period, its criteria, what the meeting begins with.

Clause: 6.1.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from models.book.rules import after_add, before_move, before_write, given, proposes
from models.book.tables import vocabularies
from models.derived import compiled
from models.records.checks import remedies
from models.records.completion import period
from models.records.completion.summary import meeting_points, summary_content
from models.records.completion.summary.project_summary import ProjectSummary
from models.records.completion.summary.self_assessment import SelfAssessment
from models.records.completion.summary.summary_content import VOCABULARY, scores_of
from models.records.problems.anonymisation import LessonSource, lesson_sources
from models.schema.record import Record
from models.text.words import Refused, W

if TYPE_CHECKING:
    from models.book.book import Book

compiled.compiles(summary_content.REPORT)
KEPT_FROM = ("reviewed",)
"""The states in which its lessons may be kept as experience."""
SUBJECT = 60
"""Most characters of an experience's subject taken from the lessons."""
NO_CRITERIA = W(
    "{number} 没有自我评价项。请先添加（n），再逐项评分。",
    "{number} has no criterion of the self-assessment. Add some (n) and score them.",
)
NO_SCORE = W(
    "自我评价还没有写完：{names}。每项要有得分，以及评分依据或依据记录。",
    "The self-assessment is not complete: {names}. Each criterion needs a score, and a basis or a"
    " record as evidence.",
)
NOT_YOURS = W(
    "这一项由{name}另评，只能由{name}更正。", "{name} gave this score; only {name} corrects it."
)
NOT_NOW = W(
    "{number} 是“{state}”；审核人只在审核项目总结时另评。",
    "{number} is “{state}”; the reviewer scores while the summary is under review.",
)


def lesson_texts(summary: ProjectSummary) -> dict[str, str | None]:
    """What an experience begins with, names and all: the lessons, the first line as its subject."""
    first = (summary.lessons or "").strip().split("\n", 1)[0]
    return {"subject": first[:SUBJECT] or None, "lessons": summary.lessons}


lesson_sources[ProjectSummary.kind.name] = LessonSource(KEPT_FROM, lesson_texts)


@given("project_summary")
def of_the_period(book: Book, values: Mapping[str, Any], project: str | None) -> dict[str, Any]:
    """The service period and the day by which it is summed up."""
    return period.given(book, values, project)


@before_write("project_summary")
def in_order(book: Book, values: Mapping[str, Any], record: Record | None) -> None:  # noqa: ARG001
    """A period ends after it begins."""
    period.require_order(values, record)


@after_add("project_summary")
def criteria_asked(book: Book, summary: ProjectSummary) -> None:
    """A summary begins with the criteria that are in force: the same for every project."""
    if book.brings:
        return
    asked = [one for one in vocabularies.terms(book.store, VOCABULARY) if not one.retired]
    for place, one in enumerate(asked, 1):
        values = {"summary": summary.id, "position": place, "criterion": one.name}
        book.add("self_assessment", values, project=summary.project)


@proposes("project_summary", "submit")
def minutes_begin(book: Book, summary: ProjectSummary) -> dict[str, Any]:
    """The minutes begin with the agenda, filled in."""
    if summary.minutes:
        return {}
    data = summary_content.compile_summary(book, summary)
    found = enumerate(meeting_points.points(summary, data), 1)
    return {"minutes": "\n".join(f"{no}. {one.label}\n{one.text}\n" for no, one in found).strip()}


@before_move("project_summary", "submit")
def scored_by_all_criteria(book: Book, summary: ProjectSummary) -> None:
    """Every criterion has a score, and says what it rests on."""
    scores = scores_of(book, summary)
    if not scores:
        raise Refused(NO_CRITERIA, number=summary.number)
    lacking = [one for one in scores if one.score is None or not (one.basis or one.evidence)]
    if lacking:
        raise Refused(NO_SCORE, names=remedies.named(lacking))


@before_move("self_assessment", "correct")
def by_who_scored(book: Book, row: SelfAssessment) -> None:
    """A reviewer's score is corrected by that reviewer."""
    scorer = book.get(row.id).values()["rescored_by"]
    if scorer is not None and scorer != book.me:
        raise Refused(NOT_YOURS, name=book.people.name(str(scorer)))


@before_move("self_assessment", "rescore", "correct")
def while_it_is_reviewed(book: Book, row: SelfAssessment) -> None:
    """A reviewer scores what lies before them, neither a draft nor what is settled."""
    above = book.find(str(row.summary))
    if above is not None and above.state != "submitted":
        state = above.kind.state(above.state).label
        raise Refused(NOT_NOW, number=above.number, state=state)
