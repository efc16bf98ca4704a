"""Statistics of follow-ups: how satisfied, of how many answers, of how many asked.

Clause: 5.2(1). Counted by the database in one pass, however many answers there are. An answer is
valid if it is one of the five levels, its two entries (if there are two) agree and its person is in
the sample; *not applicable* is counted apart.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from models.book.tables import vocabularies
from models.frozen import NamedTuple
from models.records.feedback.surveys import sampling
from models.records.feedback.surveys.survey import OVERALL, Survey
from models.records.feedback.surveys.survey_answer import MET, UNMET, VALID
from models.text.words import W

if TYPE_CHECKING:
    from models.storage.store import Store

VOCABULARY = "survey_question"
WEAKEST = 3
"""Questions that are named as the weakest."""
_COUNT = (
    "SELECT r.survey, a.question, a.level, count(*) FROM survey_response r"
    " JOIN survey_answer a ON a.response=r.id"
    " WHERE r.survey IN (SELECT value FROM json_each(?)) AND r.state='answered'"
    " AND r.void IS NULL AND a.void IS NULL AND a.level IS NOT NULL"
    " AND (a.level_again IS NULL OR a.level_again=a.level)"
    " AND r.id NOT IN (SELECT value FROM json_each(?))"
    " GROUP BY 1, 2, 3"
)
_STATES = (
    "SELECT survey, state, count(*) FROM survey_response WHERE void IS NULL"
    " AND survey IN (SELECT value FROM json_each(?))"
    " AND id NOT IN (SELECT value FROM json_each(?)) GROUP BY 1, 2"
)


class AnswerTally(NamedTuple):
    """The answers to one question, or to several together."""

    code: str
    counts: tuple[int, ...]
    """By level, in the order of `VALID`."""
    na: int = 0

    @property
    def n(self) -> int:
        """The valid answers."""
        return sum(self.counts)

    @property
    def met(self) -> int:
        """Those that are satisfied."""
        return sum(self.counts[: len(MET)])

    @property
    def unmet(self) -> int:
        """Those that are not."""
        return sum(self.counts[-len(UNMET) :])

    @property
    def rate(self) -> int | None:
        """Satisfied of all valid ones, in whole percent; None without any."""
        return self.met * 100 // self.n if self.n else None


class SurveyFigures(NamedTuple):
    """What was counted of one follow-up, or of several."""

    asked: int
    """The sample, those replaced left out."""
    answered: int
    unreachable: int
    declined: int
    replaced: int
    questions: list[AnswerTally]
    """In the order of the questions in force; those without any answer left out."""

    @property
    def response_rate(self) -> int | None:
        """Answered of those asked, in whole percent; None without any."""
        return self.answered * 100 // self.asked if self.asked else None

    @property
    def whole(self) -> AnswerTally:
        """All questions together."""
        return added(self.questions)

    @property
    def overall(self) -> AnswerTally:
        """The question that asks for a verdict on the whole."""
        none = AnswerTally(OVERALL, (0,) * len(VALID))
        return next((one for one in self.questions if one.code == OVERALL), none)

    @property
    def weakest(self) -> list[AnswerTally]:
        """The questions with the lowest rates; of equal ones those with more dissatisfied."""
        found = [one for one in self.questions if one.rate is not None and one.rate < 100]
        return sorted(found, key=lambda one: (one.rate, -one.unmet))[:WEAKEST]


class SurveyReading(NamedTuple):
    """What the figures of some follow-ups are counted from; a content of one has the same names."""

    counted: SurveyFigures
    surveys: tuple[str, ...]
    """The ids of the follow-ups."""


def added(some: Iterable[AnswerTally], code: str = "") -> AnswerTally:
    """Several tallies as one."""
    every = list(some)
    columns = zip(*(one.counts for one in every), strict=True) if every else ((0,),) * len(VALID)
    return AnswerTally(code, tuple(map(sum, columns)), sum(one.na for one in every))


def of_surveys(store: Store, surveys: Sequence[Survey]) -> dict[str, SurveyFigures]:
    """Follow-up -> its figures as the records say them now."""
    ids = json.dumps([one.id for one in surveys])
    out = json.dumps([id for one in surveys for id in sampling.outside(store, one)])
    states: dict[str, dict[str, int]] = {}
    for survey, state, count in store.rows(_STATES, (ids, out)):
        states.setdefault(survey, {})[state] = count
    counts: dict[str, dict[str, dict[str, int]]] = {}
    for survey, question, level, count in store.rows(_COUNT, (ids, out)):
        counts.setdefault(survey, {}).setdefault(question, {})[level] = count
    order = [one.name for one in vocabularies.terms(store, VOCABULARY)]
    return {
        one.id: _figures(states.get(one.id, {}), counts.get(one.id, {}), order) for one in surveys
    }


def of_survey(store: Store, survey: Survey) -> SurveyFigures:
    """The figures of one follow-up as the records say them now."""
    return of_surveys(store, [survey])[survey.id]


def together(some: Iterable[SurveyFigures]) -> SurveyFigures:
    """Several follow-ups as one."""
    every = list(some)
    by_code: dict[str, list[AnswerTally]] = {}
    for one in every:
        for tally in one.questions:
            by_code.setdefault(tally.code, []).append(tally)
    return SurveyFigures(
        asked=sum(one.asked for one in every),
        answered=sum(one.answered for one in every),
        unreachable=sum(one.unreachable for one in every),
        declined=sum(one.declined for one in every),
        replaced=sum(one.replaced for one in every),
        questions=[added(tallies, code) for code, tallies in by_code.items()],
    )


def question_word(store: Store, code: str) -> W:
    """A question as the company words it now; its code where it is unknown here."""
    found = (one.label for one in vocabularies.terms(store, VOCABULARY) if one.name == code)
    return next(found, W(code, code))


def _figures(
    states: Mapping[str, int], counts: Mapping[str, Mapping[str, int]], order: Sequence[str]
) -> SurveyFigures:
    codes = [code for code in order if code in counts]
    codes += sorted(set(counts) - set(order))
    return SurveyFigures(
        asked=sum(states.get(name, 0) for name in ("drawn", "answered", "unreachable", "declined")),
        answered=states.get("answered", 0),
        unreachable=states.get("unreachable", 0),
        declined=states.get("declined", 0),
        replaced=states.get("replaced", 0),
        questions=[
            AnswerTally(
                code,
                tuple(counts[code].get(level, 0) for level in VALID),
                counts[code].get("na", 0),
            )
            for code in codes
        ],
    )
