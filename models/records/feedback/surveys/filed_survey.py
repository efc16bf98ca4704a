"""A follow-up as it was filed, else as it is now; and what came after it was filed.

Clause: 5.2(2). Filing freezes its data with a checksum; an answer that a merge brings later changes
no figure of it and is told beside it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from models.derived import compiled
from models.derived.compiled import CompiledReport, LaterNews
from models.records.feedback.surveys import statistics
from models.records.feedback.surveys.content import (
    FAMILY,
    PersonPart,
    SurveyContent,
    compiled_content,
    open_points,
    sources_of,
)
from models.records.feedback.surveys.statistics import SurveyFigures
from models.records.feedback.surveys.survey import Survey
from models.records.feedback.surveys.survey_answer import LEVELS
from models.schema.fields import terms_of
from models.text.words import W, say, several

if TYPE_CHECKING:
    from models.book.book import Book

FORM = 1
"""The version of `SurveyContent`; raised with every change of it."""
CLOCK_BITS = 16
NEW = W("备案后才到的答复", "an answer that came after filing")
CHANGED = W("备案后改过的答复", "an answer changed after filing")
GONE = W("备案后撤出的答复", "an answer taken out after filing")
SUGGESTED = W("备案后增加的建议", "a suggestion added after filing")
ANSWER = W("{question}：{level}", "{question}: {level}")
_LEVELS = {one.name: one.label for one in terms_of(LEVELS)}


def figures_now(book: Book, survey: Survey) -> SurveyFigures:
    """What was counted: as filed, else by the records now."""
    if compiled.is_issued(survey):
        data, _ = compiled.kept(survey)
        if data is not None:
            counted: SurveyFigures = data.counted
            return counted
    return statistics.of_survey(book.store, survey)


def checksum(survey: Survey) -> str:
    """The SHA-256 of the data as filed, hexadecimal; '' before."""
    text = survey.content if compiled.is_issued(survey) else None
    return hashlib.sha256(text.encode()).hexdigest() if text else ""


def _later(book: Book, survey: Survey, filed: SurveyContent) -> list[LaterNews]:
    """What differs from what was filed: answers and suggestions."""
    now = compiled_content(book, survey)
    return [*_answers(book, filed, now), *_suggestions(filed, now)]


def _answers(book: Book, filed: SurveyContent, now: SurveyContent) -> Iterator[LaterNews]:
    before = {one.id: one for one in filed.people}
    here = {one.id: one for one in now.people}
    for one in now.people:
        was = before.get(one.id)
        levels = dict(one.levels) if was is None else _changed(was, one)
        if levels:
            what = NEW if was is None or not was.levels else CHANGED
            text = several(_said(book, *pair) for pair in levels.items())
            yield LaterNews(_last_change(book, one.id), one.id, one.number, what, ((None, text),))
    for one in filed.people:
        if one.id not in here:
            yield LaterNews(_last_change(book, one.id), one.id, one.number, GONE)


def _changed(was: PersonPart, now: PersonPart) -> dict[str, str]:
    return {q: level for q, level in now.levels.items() if was.levels.get(q) != level}


def _said(book: Book, question: str, level: str) -> str:
    word = statistics.question_word(book.store, question)
    return say(ANSWER, question=word, level=_LEVELS.get(level, level))


def _suggestions(filed: SurveyContent, now: SurveyContent) -> Iterator[LaterNews]:
    known = {one.id for one in filed.suggestions}
    for one in now.suggestions:
        if one.id not in known:
            yield LaterNews(None, one.id, one.number, SUGGESTED, ((None, one.text),))


def _last_change(book: Book, person: str) -> int | None:
    """When a person's answers were last changed, ms UTC, by the log."""
    ids = [person]
    sql = "SELECT id FROM survey_answer WHERE response=?"
    ids += [str(row[0]) for row in book.store.rows(sql, (person,))]
    times = [entry.at for id in ids for entry in book.change_log.history(id)]
    return max(times) >> CLOCK_BITS if times else None


REPORT = CompiledReport(
    type=Survey.kind.name,
    form=SurveyContent,
    version=FORM,
    key=lambda content: {"project": content.head.project, "service_to": content.head.service_to},
    compile=compiled_content,
    sources=sources_of,
    open_points=open_points,
    later=_later,
    figures=FAMILY,
)
