"""Facts about follow-ups and complaints: the draw, the figures, the checksum, what came of it.

Clause: 5.2, 5.3.2(4).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from models.book.derived_state import StateView
from models.queries.facts import RecordFact, facts, json_facts
from models.records.feedback.surveys import content, filed_survey, sampling, statistics
from models.records.feedback.surveys.statistics import SurveyFigures
from models.records.feedback.surveys.suggestion import Suggestion
from models.records.feedback.surveys.survey import Survey
from models.records.feedback.surveys.survey_response import SurveyResponse
from models.text.words import W, say

if TYPE_CHECKING:
    from models.book.book import Book

RATE, RESPONSE = W("满意率", "Satisfaction"), W("回收率", "Response rate")
SHARE = W("{percent}%（n={n}）", "{percent}% (n={n})")
NONE = W("不可评定（n=0）", "not assessable (n=0)")
SAMPLE = W("抽样核对", "Draw checked")
TRUE = W(
    "总体 {count}，样本 {size}，种子 {seed}；按种子重抽，结果一致",
    "population {count}, sample {size}, seed {seed}; drawn again by the seed, the same",
)
FALSE = W(
    "总体 {count}，样本 {size}，种子 {seed}；种子与总体不符，请重新抽样",
    "population {count}, sample {size}, seed {seed}; the seed is not that of the population: draw"
    " again",
)
BESIDE = W("样本外，不计入", "Outside the sample")
CHECKSUM = W("备案数据校验（SHA-256）", "Data as filed (SHA-256)")
DISPLEASED = W("不满意", "Dissatisfied")
TO_OPEN = W("有不满意的评价，还没有投诉（Shift+P 新建）", "no complaint yet (Shift+P opens one)")
ACTION = W("措施", "Action")


def said(percent: int | None, n: int) -> str:
    """A share with its cases."""
    return str(NONE) if percent is None else say(SHARE, percent=percent, n=n)


@facts("survey")
def survey_facts(book: Book, survey: Survey, states: StateView) -> Iterator[RecordFact]:  # noqa: ARG001
    """How the sample was drawn, how satisfied they are, and the checksum of what was filed."""
    sample = sampling.sample_of(survey)
    if sample is not None:
        true = sample.is_true(survey.id)
        word, tone = (TRUE, "good") if true else (FALSE, "bad")
        text = say(word, count=len(sample.population), size=sample.size, seed=sample.seed)
        yield RecordFact(text, tone, SAMPLE)  # type: ignore[arg-type]
        figures = filed_survey.figures_now(book, survey)
        yield RecordFact(said(figures.whole.rate, figures.whole.n), "", RATE)
        yield RecordFact(said(figures.response_rate, figures.asked), "", RESPONSE)
        out = sampling.outside(book.store, survey)
        if out:
            yield RecordFact("", "warn", BESIDE, records=tuple(out))
    digest = filed_survey.checksum(survey)
    if digest:
        yield RecordFact(digest, "", CHECKSUM)


@facts("survey_response")
def response_facts(
    book: Book,
    person: SurveyResponse,
    states: StateView,  # noqa: ARG001
) -> Iterator[RecordFact]:
    """That a dissatisfied answer is no complaint yet."""
    survey = book.find(str(person.survey)) if person.survey else None
    if isinstance(survey, Survey) and person.number in content.without_complaint(book, survey):
        yield RecordFact(str(TO_OPEN), "warn", DISPLEASED)


@facts("suggestion")
def suggestion_facts(
    book: Book,
    suggestion: Suggestion,
    states: StateView,  # noqa: ARG001
) -> Iterator[RecordFact]:
    """The action that a suggestion became."""
    number = content.action_number(book, suggestion.id)
    if number:
        yield RecordFact(number, "", ACTION)


@json_facts(
    "survey", keys=("rate", "valid", "response_rate", "levels", "drawn", "draw_true", "sum")
)
def survey_json(states: StateView, survey: Survey) -> dict[str, Any]:
    """`rate` and `response_rate` in percent, or null; `valid` answers; `levels`: each question with
    the number of each level, the best first, and behind `|` of those not applicable; `drawn`: the
    ids of the sample, to be drawn again; `draw_true`; `sum`: checksum of the data as filed.
    """
    sample = sampling.sample_of(survey)
    counted: SurveyFigures = statistics.of_survey(states.store, survey)
    return {
        "rate": counted.whole.rate,
        "valid": counted.whole.n,
        "response_rate": counted.response_rate,
        "levels": [
            f"{one.code} {'/'.join(map(str, one.counts))}|{one.na}" for one in counted.questions
        ],
        "drawn": sample.drawn() if sample is not None else None,
        "draw_true": sample.is_true(survey.id) if sample is not None else None,
        "sum": filed_survey.checksum(survey) or None,
    }
