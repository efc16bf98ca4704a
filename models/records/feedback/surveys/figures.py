"""The figures of follow-ups: how many were asked and answered, how many are satisfied.

Clause: 5.2(1), 6.2. A follow-up belongs to the days in which its service period ended.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.derived import compiled
from models.derived.figures import Counted, Reading, Scope, figure, reading, share
from models.records.feedback.surveys import filed_survey, statistics
from models.records.feedback.surveys.content import FAMILY
from models.records.feedback.surveys.statistics import SurveyReading
from models.records.feedback.surveys.survey import Survey
from models.storage import rows
from models.storage.store import places
from models.text.words import W

if TYPE_CHECKING:
    from models.book.book import Book


@reading(FAMILY, W("质量回访", "Satisfaction follow-up"))
def read(book: Book, scope: Scope) -> Reading | None:
    """The follow-ups of the service periods that ended in the scope; None where there are none."""
    where = (
        f"WHERE project IN ({places(scope.projects)}) AND service_to BETWEEN ? AND ?"
        " AND void IS NULL ORDER BY service_to, n"
    )
    days = (scope.first.isoformat(), scope.last.isoformat())
    found = rows.fetch(book.store, Survey, where, (*scope.projects, *days))
    if not found:
        return None
    counted = statistics.together(filed_survey.figures_now(book, one) for one in found)
    data = SurveyReading(counted, tuple(one.id for one in found))
    kept = compiled.kept(found[0])[0] if len(found) == 1 and compiled.is_issued(found[0]) else None
    return Reading(data, kept.kept if kept is not None else {})


@figure(
    "survey.asked",
    W("回访样本", "asked"),
    W("抽中和替补的对象，不含已替换的", "those drawn or taken in, without those replaced"),
)
def asked(read: SurveyReading) -> Counted:
    """The sample."""
    return Counted(read.counted.asked, read.counted.asked, read.surveys)


@figure("survey.answered", W("已答复", "answered"), W("已登记答复的对象", "whose answer came"))
def answered(read: SurveyReading) -> Counted:
    """Those who answered."""
    return Counted(read.counted.answered, read.counted.asked, read.surveys)


@figure(
    "survey.response_rate",
    W("回收率", "Response rate"),
    W("已答复 ÷ 回访样本", "answered ÷ asked"),
    unit="%",
)
def response_rate(read: SurveyReading) -> Counted:
    """Of those asked, those who answered."""
    return share(read.counted.answered, read.counted.asked, read.surveys)


@figure(
    "survey.rate",
    W("满意率", "Satisfaction rate"),
    W(
        "（非常满意＋满意）÷ 有效评价，各问题合计；不适用不计",
        "(very satisfied + satisfied) ÷ valid answers, of all questions; n/a is not counted",
    ),
    unit="%",
)
def rate(read: SurveyReading) -> Counted:
    """Of the valid answers, the satisfied ones."""
    whole = read.counted.whole
    return share(whole.met, whole.n, read.surveys)


@figure(
    "survey.overall",
    W("总体满意率", "Overall satisfaction"),
    W(
        "“总体评价”中（非常满意＋满意）÷ 有效评价",
        "(very satisfied + satisfied) ÷ valid answers to “overall”",
    ),
    unit="%",
)
def overall(read: SurveyReading) -> Counted:
    """The same of the question that asks for the whole."""
    return share(read.counted.overall.met, read.counted.overall.n, read.surveys)


@figure(
    "survey.dissatisfied",
    W("不满意评价", "Dissatisfied answers"),
    W("不满意＋非常不满意的评价", "dissatisfied and very dissatisfied answers"),
)
def dissatisfied(read: SurveyReading) -> Counted:
    """The dissatisfied answers."""
    whole = read.counted.whole
    return Counted(whole.unmet, whole.n, read.surveys)
