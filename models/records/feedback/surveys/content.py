"""The content of a follow-up: all that its page and its report say, in plain data. Clause: 5.2.

Compiled from the records before it is filed, and kept with it from then on. It has no names: a
person asked is told by number and unit, and words are quoted only where that was allowed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from models.derived import figures
from models.derived.figures import Kept
from models.frozen import NamedTuple
from models.queries import links
from models.records.feedback.surveys import sampling, statistics
from models.records.feedback.surveys.statistics import AnswerTally, SurveyFigures
from models.records.feedback.surveys.suggestion import Suggestion
from models.records.feedback.surveys.survey import ANALYSED, Survey
from models.records.feedback.surveys.survey_answer import SurveyAnswer
from models.records.feedback.surveys.survey_response import SurveyResponse
from models.records.registers.customer import Customer
from models.records.registers.project import Project
from models.storage import rows
from models.text.words import W

if TYPE_CHECKING:
    from models.book.book import Book

FAMILY = "survey"
"""The family of figures that is counted from it."""
QUOTED = ("praise", "complaint", "wish")
ACTION = "corrective_action"
COMPLAINT = "complaint"
TREND = 6
"""Earlier follow-ups that are compared."""


class SurveyHead(NamedTuple):
    """What it is about, as that was called."""

    id: str
    """The id of the follow-up, and of its project."""
    project: str
    name: str
    code: str
    customer: str
    number: str
    service_from: str | None
    service_to: str


class SamplePart(NamedTuple):
    """How the sample came about."""

    method: str | None
    population: int
    size: int
    seed: str
    is_true: bool
    """Whether the seed follows from the population and the size."""
    replaced: list[str]
    """Number and reason of each one who was replaced."""
    outside: list[str]
    """The numbers of those who were asked beside the sample; they are not counted."""


class QuestionPart(NamedTuple):
    """A question with its answers; `counts` by level, the best first."""

    code: str
    zh: str
    en: str
    counts: list[int]
    na: int

    @property
    def tally(self) -> AnswerTally:
        """Its answers as they are counted."""
        return AnswerTally(self.code, tuple(self.counts), self.na)

    @property
    def word(self) -> W:
        """What it asks."""
        return W(self.zh, self.en)


class PersonPart(NamedTuple):
    """One who was asked: by number, never by name."""

    id: str
    number: str
    unit: str
    state: str
    channel: str | None
    levels: dict[str, str]
    """Question -> level."""


class QuotePart(NamedTuple):
    """What somebody said, where it may be quoted."""

    number: str
    field: str
    text: str


class SuggestionPart(NamedTuple):
    """A suggestion, and the action that it became."""

    id: str
    number: str
    state: str
    text: str
    sort: str | None
    owner: str
    due: str | None
    action: str
    """The number of the action; '' without."""


class TrendPart(NamedTuple):
    """An earlier follow-up of the same customer."""

    id: str
    number: str
    project: str
    service_to: str
    asked: int
    answered: int
    met: int
    n: int

    @property
    def rate(self) -> int | None:
        """Satisfied of all valid answers, in whole percent."""
        return self.met * 100 // self.n if self.n else None


class SurveyContent(NamedTuple):
    """A follow-up."""

    head: SurveyHead
    sample: SamplePart
    asked: int
    answered: int
    unreachable: int
    declined: int
    replaced: int
    questions: list[QuestionPart]
    weakest: list[str]
    """The codes of the questions with the lowest rates."""
    people: list[PersonPart]
    quotes: list[QuotePart]
    suggestions: list[SuggestionPart]
    dissatisfied: list[str]
    """The ids of those who were dissatisfied with something."""
    complaints: list[str]
    """The numbers of the complaints that came of it."""
    trend: list[TrendPart]
    analysis: str
    figures: list[Kept]

    @property
    def counted(self) -> SurveyFigures:
        """Its figures, whatever it is made of."""
        tallies = [one.tally for one in self.questions]
        parts = (self.asked, self.answered, self.unreachable, self.declined, self.replaced)
        return SurveyFigures(*parts, tallies)

    @property
    def surveys(self) -> tuple[str, ...]:
        """The ids of the follow-ups that are counted: its own."""
        return (self.head.id,)

    @property
    def kept(self) -> dict[str, Kept]:
        """The figures by name."""
        return {one.name: one for one in self.figures}


def compiled_content(book: Book, survey: Survey) -> SurveyContent:
    """A follow-up as the records say it now."""
    counted = statistics.of_survey(book.store, survey)
    people = sampling.people_of(book.store, survey.id)
    answers = _answers(book, survey)
    unmet = dissatisfied(book, survey)
    gathered = SurveyContent(
        head=_head(book, survey),
        sample=_sample(book, survey, people),
        asked=counted.asked,
        answered=counted.answered,
        unreachable=counted.unreachable,
        declined=counted.declined,
        replaced=counted.replaced,
        questions=[_question(book, one) for one in counted.questions],
        weakest=[one.code for one in counted.weakest],
        people=[
            PersonPart(
                one.id,
                one.number,
                one.unit or "",
                one.state,
                one.channel,
                answers.get(one.id, {}),
            )
            for one in people
            if one.state != sampling.LISTED
        ],
        quotes=_quotes(book, people),
        suggestions=suggestions(book, survey),
        dissatisfied=unmet,
        complaints=complaints_of(book, unmet),
        trend=trend(book, survey),
        analysis=survey.analysis or "",
        figures=[],
    )
    return gathered._replace(figures=figures.keep(figures.of_data(FAMILY, gathered)))


def _head(book: Book, survey: Survey) -> SurveyHead:
    project = rows.one(book.store, Project, survey.project or "")
    customer = rows.one(book.store, Customer, project.customer or "") if project else None
    return SurveyHead(
        survey.id,
        survey.project or "",
        (project.name or project.number) if project else "",
        (project.code or project.number) if project else "",
        customer.title() if customer is not None else "",
        survey.number,
        survey.service_from,
        survey.service_to or "",
    )


def _sample(book: Book, survey: Survey, people: list[SurveyResponse]) -> SamplePart:
    found = sampling.sample_of(survey)
    numbers = {one.id: one.number for one in people}
    out = [numbers.get(id, id) for id in sampling.outside(book.store, survey)]
    replaced = [f"{one.number} {_reason(book, one)}" for one in people if one.state == "replaced"]
    return SamplePart(
        method=survey.method,
        population=len(found.population) if found is not None else 0,
        size=found.size if found is not None else 0,
        seed=found.seed if found is not None else "",
        is_true=found is not None and found.is_true(survey.id),
        replaced=replaced,
        outside=out,
    )


def _reason(book: Book, one: SurveyResponse) -> str:
    sql = (
        "SELECT comment FROM transition WHERE record=? AND move='replace' ORDER BY at DESC LIMIT 1"
    )
    found = book.store.row(sql, (one.id,))
    return str(found[0] or "") if found is not None else ""


def _question(book: Book, tally: AnswerTally) -> QuestionPart:
    word = statistics.question_word(book.store, tally.code)
    return QuestionPart(tally.code, word.zh, word.en, list(tally.counts), tally.na)


def _answers(book: Book, survey: Survey) -> dict[str, dict[str, str]]:
    """Person -> question -> level."""
    sql = (
        "SELECT a.response, a.question, a.level FROM survey_response r"
        " JOIN survey_answer a ON a.response=r.id WHERE r.survey=? AND a.void IS NULL"
        " AND a.level IS NOT NULL AND (a.level_again IS NULL OR a.level_again=a.level)"
    )
    found: dict[str, dict[str, str]] = {}
    for person, question, level in book.store.rows(sql, (survey.id,)):
        found.setdefault(person, {})[question] = level
    return found


def dissatisfied(book: Book, survey: Survey) -> list[str]:
    """The ids of those in the sample who were dissatisfied with something."""
    sql = (
        "SELECT DISTINCT r.id FROM survey_response r JOIN survey_answer a ON a.response=r.id"
        " WHERE r.survey=? AND r.state='answered' AND r.void IS NULL AND a.void IS NULL"
        " AND a.level IN ('dissatisfied', 'very_dissatisfied')"
        " AND (a.level_again IS NULL OR a.level_again=a.level)"
        " AND r.id NOT IN (SELECT value FROM json_each(?)) ORDER BY r.n"
    )
    out = json.dumps(sampling.outside(book.store, survey))
    return [str(row[0]) for row in book.store.rows(sql, (survey.id, out))]


def complaints_of(book: Book, people: list[str]) -> list[str]:
    """The numbers of the complaints that came of these people's answers."""
    sql = (
        "SELECT number FROM complaint WHERE void IS NULL"
        " AND response IN (SELECT value FROM json_each(?)) ORDER BY n"
    )
    return [str(row[0]) for row in book.store.rows(sql, (json.dumps(people),))]


def without_complaint(book: Book, survey: Survey, people: Sequence[str] | None = None) -> list[str]:
    """The numbers of those who were dissatisfied (`people`, where they are known) and of whom there
    is no complaint."""
    sql = (
        "SELECT number FROM survey_response WHERE id IN (SELECT value FROM json_each(?))"
        " AND NOT EXISTS (SELECT 1 FROM complaint c WHERE c.response=survey_response.id"
        " AND c.void IS NULL)"
        " ORDER BY n"
    )
    found = dissatisfied(book, survey) if people is None else list(people)
    return [str(row[0]) for row in book.store.rows(sql, (json.dumps(found),))]


def _quotes(book: Book, people: list[SurveyResponse]) -> list[QuotePart]:
    found = []
    allowed = {one.id: one for one in people if one.consent == "yes" and one.state == "answered"}
    for one in allowed.values():
        texts: Mapping[str, Any] = one.values()
        found += [QuotePart(one.number, name, texts[name]) for name in QUOTED if texts[name]]
    where = (
        "WHERE response IN (SELECT value FROM json_each(?)) AND void IS NULL AND remark IS NOT NULL"
        " ORDER BY response, position"
    )
    for answer in rows.fetch(book.store, SurveyAnswer, where, (json.dumps(list(allowed)),)):
        number = allowed[str(answer.response)].number
        found.append(QuotePart(number, str(answer.question), answer.remark or ""))
    return found


def suggestions(book: Book, survey: Survey) -> list[SuggestionPart]:
    """The suggestions of a follow-up, each with the action that it became."""
    found = rows.fetch(
        book.store, Suggestion, "WHERE survey=? AND void IS NULL ORDER BY n", (survey.id,)
    )
    return [
        SuggestionPart(
            one.id,
            one.number,
            one.state,
            one.text or "",
            one.sort,
            book.people.name(one.owner) if one.owner else "",
            one.due,
            action_number(book, one.id),
        )
        for one in found
    ]


def action_number(book: Book, id: str) -> str:
    """The number of the action that came of a record; '' without."""
    found = links.linked_to(book.store, id, void=False).records
    return next((one.number for one in found if one.type == ACTION), "")


def trend(book: Book, survey: Survey) -> list[TrendPart]:
    """The earlier follow-ups of the customer's projects, the last one first."""
    project = rows.one(book.store, Project, survey.project or "")
    customer = project.customer if project is not None else None
    same = "SELECT id FROM project WHERE id=? OR (customer IS NOT NULL AND customer=?)"
    where = (
        f"WHERE project IN ({same}) AND service_to<? AND void IS NULL"
        " AND state IN (SELECT value FROM json_each(?)) ORDER BY service_to DESC, n DESC LIMIT ?"
    )
    given = (survey.project, customer, survey.service_to, json.dumps(ANALYSED), TREND)
    before = rows.fetch(book.store, Survey, where, given)
    counted = statistics.of_surveys(book.store, before)
    names = dict(book.store.rows("SELECT id, name FROM project"))
    return [
        TrendPart(
            one.id,
            one.number,
            str(names.get(one.project) or ""),
            one.service_to or "",
            counted[one.id].asked,
            counted[one.id].answered,
            counted[one.id].whole.met,
            counted[one.id].whole.n,
        )
        for one in before
    ]


OUTSIDE = W("样本外的 {numbers} 没有计入", "{numbers}, outside the sample, are not counted")


def open_points(content: SurveyContent) -> list[W]:
    """Those who were asked beside the sample: filing says why."""
    out = content.sample.outside
    if not out:
        return []
    return [W(*(half.format(numbers=", ".join(out)) for half in OUTSIDE))]


def sources_of(content: SurveyContent) -> dict[str, list[str]]:
    """Type -> ids of the records that it was compiled from; rows come with them."""
    return {
        SurveyResponse.kind.name: [one.id for one in content.people],
        Suggestion.kind.name: [one.id for one in content.suggestions],
    }
