"""Rules of follow-ups: the draw decides who is asked, what is filed stays. Clause: 5.2."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from models.book.rules import after_move, before_move, carries, given
from models.book.tables import versions
from models.calendar.business_dates import day_of
from models.derived.compiled import compiles
from models.records.feedback.surveys import content, filed_survey, sampling, statistics
from models.records.feedback.surveys.survey import DAYS, Survey
from models.records.registers import calendar_years
from models.records.registers.project import Project
from models.schema.company_tables import WORDS
from models.schema.lifecycle import Move
from models.storage import rows
from models.text.words import Refused, W, several

if TYPE_CHECKING:
    from models.book.book import Book

compiles(filed_survey.REPORT)

MOST = 5
NO_END = W(
    "项目“{project}”没有服务期结束日。请先在项目中填写，或写明回访哪个服务期。",
    "“{project}” has no end of its service period. Give it in the project, or say which period the"
    " follow-up is of.",
)
NOT_OVER = W(
    "{day} 还没有到；服务期结束后才回访。请核对日期。",
    "{day} has not come yet; the follow-up is made once the service period is over. Check the day.",
)
BEGUN = W(
    "已经开始回访（{names}），不能重新抽样。请用替换。",
    "Calling has begun ({names}); the sample is not drawn again. Use replacements.",
)
DIFFERENT = W(
    "两次录入不一致：{names}。请核对原件后改正。",
    "Typed differently: {names}. Compare with the paper and correct it.",
)
ONCE_ONLY = W(
    "问卷须由第二个人复录：{names}。请补上“复录”。",
    "A second person has to type these questionnaires again: {names}. Fill in “Typed again”.",
)
NO_SCAN = W(
    "{names}以问卷答复，还没有附上扫描件或填好的文件。请在其页面附上（t）。",
    "{names} answered by questionnaire, and neither its scan nor the filled file is attached."
    " Attach it on their page (t).",
)
NO_COMPLAINT = W(
    "{names}有不满意的评价，还没有按投诉处理。请在它的页面新建投诉。",
    "{names} was dissatisfied, and there is no complaint of it yet. Open one on its page.",
)
NO_ACTION = W(
    "{names}还没有纠正或预防措施。请先“转为措施”。",
    "{names} has no corrective or preventive action yet. Use “Make it an action” first.",
)


@given("survey")
def survey_of_period(book: Book, values: Mapping[str, Any], project: str | None) -> dict[str, Any]:
    """A follow-up is of a service period that is over; it is due some working days later.

    Raises `Refused` for a project without an end, and for a period that goes on.
    """
    of = rows.one(book.store, Project, project or "")
    end = values.get("service_to") or (of.service_to if of is not None else None)
    if of is not None and end is None:
        raise Refused(NO_END, project=of.name or of.number)
    day = day_of(end)
    if day is None:
        return {}
    if day > book.today and not book.brings:
        raise Refused(NOT_OVER, day=end)
    due = calendar_years.calendar(book).add_workdays(max(day, book.today), DAYS)
    found: dict[str, Any] = {"service_to": end}
    if of is not None and not values.get("subject"):
        found["subject"] = f"{of.name or of.number} {end}"
    if of is not None and of.service_to == end and values.get("service_from") is None:
        found["service_from"] = of.service_from
    if values.get("due") is None:
        found["due"] = due.isoformat()
    return found


@carries("survey")
def sample_drawn(book: Book, survey: Survey, move: Move, _comment: str) -> dict[str, Any]:
    """The draw keeps its population, size and seed, and the version of the questions."""
    if move.id not in ("draw", "redraw"):
        return {}
    known = versions.in_force(book.store, WORDS).get(statistics.VOCABULARY)
    found = sampling.draw(survey, sampling.people_of(book.store, survey.id))
    return {**found, "question_version": known.version if known is not None else 0}


@before_move("survey", "redraw")
def nothing_was_asked(book: Book, survey: Survey) -> None:
    """A sample is drawn again only before anybody was asked: answers do not decide who is drawn."""
    begun = [
        one.number
        for one in sampling.people_of(book.store, survey.id)
        if one.state not in ("listed", "drawn") or _was_tried(book, one.id)
    ]
    if begun:
        raise Refused(BEGUN, names=_named(begun))


def _was_tried(book: Book, person: str) -> bool:
    tried = "SELECT 1 FROM survey_attempt WHERE response=? AND void IS NULL"
    told = "SELECT 1 FROM survey_answer WHERE response=? AND level IS NOT NULL"
    sql = f"{tried} UNION {told} LIMIT 1"
    return book.store.row(sql, (person, person)) is not None


@after_move("survey", "draw", "redraw")
def sample_taken(book: Book, survey: Survey) -> None:
    """Those who were drawn are to be asked; those who are drawn no more are not."""
    members = set(sampling.members_of(book.store, survey) or ())
    for one in sampling.people_of(book.store, survey.id):
        if one.id in members and one.state == "listed":
            book.move(one.id, "take")
        elif one.id not in members and one.state == "drawn":
            book.move(one.id, "release")


@before_move("survey", "analyse")
def answers_complete(book: Book, survey: Survey) -> None:
    """Both entries agree, each questionnaire is attached, and each dissatisfied answer has its
    complaint. Clause: 5.2(1), 5.3.2(4)."""
    wrong = _answers(book, survey, "level<>level_again")
    if wrong:
        raise Refused(DIFFERENT, names=_named(wrong))
    if survey.double_entry:
        once = "level IS NOT NULL AND level_again IS NULL AND channel='questionnaire'"
        missing = _answers(book, survey, once)
        if missing:
            raise Refused(ONCE_ONLY, names=_named(missing))
    bare = _without_scan(book, survey)
    if bare:
        raise Refused(NO_SCAN, names=_named(bare))
    open_ = content.without_complaint(book, survey)
    if open_:
        raise Refused(NO_COMPLAINT, names=_named(open_))


def _without_scan(book: Book, survey: Survey) -> list[str]:
    """The numbers of those whose questionnaire is not attached."""
    sql = (
        "SELECT number FROM survey_response r WHERE survey=? AND void IS NULL AND state='answered'"
        " AND channel='questionnaire' AND NOT EXISTS"
        " (SELECT 1 FROM attachment WHERE about=r.id AND void IS NULL) ORDER BY n"
    )
    return [str(row[0]) for row in book.store.rows(sql, (survey.id,))]


def _answers(book: Book, survey: Survey, where: str) -> list[str]:
    """The numbers of the people with an answer of which something holds."""
    sql = (
        "SELECT DISTINCT r.number FROM survey_response r JOIN survey_answer a ON a.response=r.id"
        f" WHERE r.survey=? AND r.void IS NULL AND a.void IS NULL AND {where} ORDER BY r.n"
    )
    return [str(row[0]) for row in book.store.rows(sql, (survey.id,))]


@before_move("survey", "file")
def suggestions_settled(book: Book, survey: Survey) -> None:
    """A follow-up is filed once each suggestion is an action with an owner and a day.

    Clause: 5.2(2), 5.2(3).
    """
    bare = [
        one.number
        for one in content.suggestions(book, survey)
        if one.state == "assigned" and not (one.owner and one.due and one.action)
    ]
    if bare:
        raise Refused(NO_ACTION, names=_named(bare))


def _named(numbers: list[str]) -> str:
    more = "…" if len(numbers) > MOST else ""
    return several(numbers[:MOST]) + more
