"""Rules of those who are asked: only the draw takes people in, two people type. Clause: 5.2."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from models.book import permissions
from models.book.rules import after_move, before_move, before_void, before_write, proposes
from models.book.tables import vocabularies
from models.records.feedback.surveys import sampling, statistics
from models.records.feedback.surveys.survey import CALLING, Survey
from models.records.feedback.surveys.survey_answer import SurveyAnswer
from models.records.feedback.surveys.survey_response import SurveyResponse
from models.schema.record import Record
from models.schema.versions import FieldVersions
from models.storage import rows
from models.text.words import Refused, W

if TYPE_CHECKING:
    from models.book.book import Book

NOT_CALLING = W(
    "{number} 是“{state}”，不能登记答复。请先撤回或退回它。",
    "{number} is “{state}” and takes no answers. Take it back or return it first.",
)
NOT_DRAWN = W(
    "{number} 不在样本中。样本由抽样决定，只有替换时才列入下一个。",
    "{number} is not in the sample. The draw decides who is; the next one comes in by a"
    " replacement only.",
)
STAYS = W(
    "{number} 在样本中，不能移出。联系不上或不愿答复时请替换。",
    "{number} is in the sample and stays in it. If not reached or declined, replace them.",
)
NOBODY_LEFT = W(
    "{number} 所在分层没有可以替换的对象了。请保留它的结果。",
    "Nobody is left in the stratum of {number} to replace it. Keep its result.",
)
NO_ANSWERS = W(
    "{number} 还没有任何评价。请先填写答案，或登记为联系不上、不愿答复。",
    "{number} has no answer yet. Fill in the answers, or note that they were not reached or"
    " declined.",
)
SAME_PERSON = W(
    "“复录”须由第二个人录入；“评价”是您录的。",
    "“Typed again” is filled in by a second person; the level was typed by you.",
)


@before_write("survey_response", "survey_answer", "survey_attempt")
def closed_stays(book: Book, values: Mapping[str, Any], record: Record | None) -> None:
    """Nothing is written below a follow-up that is submitted, however far below."""
    survey = survey_of(book, {**(record.values() if record is not None else {}), **values})
    refused = permissions.closed_by(survey) if survey is not None else None
    if refused is not None:
        raise refused


@before_void("survey_response", "survey_answer", "survey_attempt")
def closed_is_not_voided(book: Book, record: Record) -> None:
    """Nothing of it is taken out of use either."""
    closed_stays(book, {}, record)


@before_move(
    "survey_response", "take", "release", "answer", "give_up", "decline", "replace", "reopen"
)
def still_collecting(book: Book, person: SurveyResponse) -> None:
    """Answers are collected between the draw and the analysis."""
    survey = survey_of(book, person.values())
    if survey is not None and survey.state not in CALLING:
        state = survey.kind.state(survey.state).label
        raise Refused(NOT_CALLING, number=survey.number, state=state)


@before_move("survey_response", "take")
def only_who_was_drawn(book: Book, person: SurveyResponse) -> None:
    """Only the draw and its replacements take people into the sample."""
    survey = survey_of(book, person.values())
    members = sampling.members_of(book.store, survey) if survey is not None else None
    if members is None or person.id not in members:
        raise Refused(NOT_DRAWN, number=person.number)


@before_move("survey_response", "release")
def only_who_is_drawn_no_more(book: Book, person: SurveyResponse) -> None:
    """Only another draw takes people out of the sample."""
    survey = survey_of(book, person.values())
    members = sampling.members_of(book.store, survey) if survey is not None else None
    if members is not None and person.id in members:
        raise Refused(STAYS, number=person.number)


@after_move("survey_response", "take")
def questions_laid_out(book: Book, person: SurveyResponse) -> None:
    """Who is asked gets a line for each question in force."""
    terms = [
        one for one in vocabularies.terms(book.store, statistics.VOCABULARY) if not one.retired
    ]
    for at, term in enumerate(terms, 1):
        key = {"response": person.id, "question": term.name}
        if book.twin(SurveyAnswer.kind.name, key, project=person.project) is None:
            book.add(SurveyAnswer.kind.name, {**key, "position": at})


@before_move("survey_response", "answer")
def something_was_answered(book: Book, person: SurveyResponse) -> None:
    """Who answers is in the sample, and has said something to at least one question."""
    if person.state == sampling.LISTED:
        only_who_was_drawn(book, person)
    sql = "SELECT 1 FROM survey_answer WHERE response=? AND level IS NOT NULL AND void IS NULL"
    if book.store.row(sql, (person.id,)) is None:
        raise Refused(NO_ANSWERS, number=person.number)


@proposes("survey_response", "answer")
def answered_by_themselves(book: Book, person: SurveyResponse) -> dict[str, Any]:  # noqa: ARG001
    """Who answers is mostly who was to be asked."""
    return {"answered_by": person.name}


@before_move("survey_response", "replace")
def somebody_is_left(book: Book, person: SurveyResponse) -> None:
    """A replacement is the next of the draw; without one the result is kept as it is."""
    survey = survey_of(book, person.values())
    sample = sampling.sample_of(survey) if survey is not None else None
    if survey is None or sample is None:
        return
    members = sampling.members_of(book.store, survey) or []
    from_draw = sample.members({person.id, *_replaced(book, survey)})
    if person.id in members and len(from_draw) <= len(members):
        raise Refused(NOBODY_LEFT, number=person.number)


def _replaced(book: Book, survey: Survey) -> set[str]:
    sql = "SELECT id FROM survey_response WHERE survey=? AND state=? AND void IS NULL"
    return {row[0] for row in book.store.rows(sql, (survey.id, sampling.REPLACED))}


@after_move("survey_response", "replace")
def next_one_taken(book: Book, person: SurveyResponse) -> None:
    """The next of the draw comes in."""
    survey = survey_of(book, person.values())
    members = sampling.members_of(book.store, survey) if survey is not None else None
    for id in members or ():
        one = book.find(id)
        if one is not None and one.state == "listed" and one.void is None:
            book.move(id, "take")


@before_write("survey_answer")
def two_people_type(book: Book, values: Mapping[str, Any], record: Record | None) -> None:
    """The second entry of a questionnaire is another person's than the first."""
    again = values.get("level_again")
    if again is None or book.brings:
        return
    if record is None or ("level" in values and values["level"] != getattr(record, "level", None)):
        first = {book.me} if values.get("level") else set[str]()
    else:
        first = _who_typed(book, record, "level") if getattr(record, "level", None) else set()
    if again != getattr(record, "level_again", None) and book.me in first:
        raise Refused(SAME_PERSON)


def _who_typed(book: Book, record: Record, field: str) -> set[str]:
    dots = FieldVersions(record.dots).standing(field, True)
    people = (book.people.person_of(book.people.device_of(idx)) for idx, _ in dots)
    return {person for person in people if person is not None}


def survey_of(book: Book, values: Mapping[str, Any]) -> Survey | None:
    """The follow-up that a row belongs to, however far below."""
    id = values.get("survey")
    if id is None and values.get("response"):
        person = rows.one(book.store, SurveyResponse, str(values["response"]))
        id = person.survey if person is not None else None
    return rows.one(book.store, Survey, str(id)) if id else None
