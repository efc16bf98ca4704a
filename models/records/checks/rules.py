"""Rules of the checklists: a sheet is a round of a template in force, an answer one of its items.

They bind every screen, command and import alike; what a merge brings is shown (`verdicts`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from models.book.rules import before_move, before_write, given
from models.calendar.business_dates import day_of
from models.derived import revisions
from models.records.checks import limits, verdicts
from models.records.checks.answer import Answer
from models.records.checks.questions import ChecklistQuestion, asked_of, unanswered_items
from models.records.checks.rounds.frequency import period, serves
from models.records.checks.rounds.round_plan import EARLY
from models.records.checks.sheet import Sheet
from models.records.checks.template import Template
from models.records.checks.template_item import TemplateItem
from models.records.registers.project import Project
from models.storage import rows
from models.text.words import Refused, W, several

if TYPE_CHECKING:
    from models.book.book import Book

OUTCOME = ("result", "reading", "reason")
"""The fields that say together how an item was found."""
FIRST_YEAR = 2000

UNANSWERED = W(
    "还有 {count} 项没有结果：{items}。请填写，或标为未检并写原因。",
    "{count} items have no result: {items}. Answer them, or mark them not checked with a reason.",
)
CONTRADICTED = W(
    "有 {count} 项标为正常，但与测量值不符或没有测量值：{items}。请改为异常、写明原因或补测。",
    "{count} items are marked ok against their reading, or without one: {items}."
    " Mark them not ok, give the reason, or measure.",
)
NEEDS_REASON = W(
    "“{result}”需要写明原因。",
    "“{result}” needs a reason.",
)
OUT_OF_LIMITS = W(
    "{reading} {verdict}，标为正常需要写明原因。",
    "{reading} is {verdict}; marking it ok needs a reason.",
)
NEEDS_READING = W(
    "“{item}”要填测量值才能标为正常。没有测请标为未检并写原因。",
    "“{item}” takes a measured value before it is ok. If it was not measured, mark it not checked"
    " with a reason.",
)
OTHER_TEMPLATE = W(
    "检查项 {item} 属于检查模板 {of}，这份检查用的是 {used}。请选择 {used} 的检查项。",
    "The item {item} is of the template {of}; this checklist uses {used}."
    " Choose an item of that one.",
)
LIMITS_CROSSED = W(
    "下限 {low} 高于上限 {high}。请改正其中一个。",
    "The low limit {low} is above the high limit {high}. Correct one of them.",
)
DRAFT = W(
    "检查模板 {number} 还没有启用，不能按它检查。请先启用。",
    "The template {number} is not published. Publish it before checking by it.",
)
RETIRED = W(
    "检查模板 {number} 已停用，不能再按它开始检查。请选用启用的模板。",
    "The template {number} is retired. Choose one that is in force.",
)
REPLACED = W(
    "检查模板 {number} 已被{by}替代。请按{by}检查。",
    "The template {number} is replaced by {by}. Check by that one.",
)
VOIDED = W(
    "检查模板 {number} 已作废。请选用启用的模板。",
    "The template {number} is void. Choose one that is in force.",
)
OTHER_PROJECT = W(
    "检查模板 {number} 属于别的项目。请选用本项目或全公司的模板。",
    "The template {number} is of another project. Choose one of this project or of the company.",
)
NO_ROUND = W(
    "检查模板 {number} 每次检查只有第 1 到第 {most} 轮，没有第 {round} 轮。请改轮次。",
    "The template {number} has the rounds 1 to {most}, no round {round}. Change the round.",
)
ONE_ROUND = W(
    "检查模板 {number} 只有第 1 轮，没有第 {round} 轮。请改轮次。",
    "The template {number} has one round only, no round {round}. Change the round.",
)
TOO_EARLY = W(
    "{day} 还没有到，最多提前 {days} 天开始检查。请核对日期。",
    "{day} is too far ahead: a checklist begins {days} days early at most. Check the day.",
)
TOO_OLD = W(
    "{day} 不像是检查的日期。请核对日期。", "{day} cannot be the day of a check. Check the day."
)
NOT_SERVED = W(
    "{day} 不在项目“{project}”的服务期内（{first} 至 {last}）。请核对日期或服务期。",
    "{day} is outside the service period of “{project}” ({first} to {last})."
    " Check the day or the period.",
)


# -- answers ---------------------------------------------------------------------------------------


@before_write("answer")
def item_of_the_template(book: Book, values: Mapping[str, Any], answer: Answer | None) -> None:
    """An answer is to an item of the sheet's own version of the template."""
    if answer is not None:
        return  # both are settled when it is made
    item = rows.one(book.store, TemplateItem, str(values.get("item")))
    sheet = rows.one(book.store, Sheet, str(values.get("sheet")))
    if item is not None and sheet is not None and item.template != sheet.template:
        names = {
            name: _template_name(book, template)
            for name, template in (("of", item.template), ("used", sheet.template))
        }
        raise Refused(OTHER_TEMPLATE, item=item.number, **names)


@before_write("answer")
def result_fits_its_reading(book: Book, values: Mapping[str, Any], answer: Answer | None) -> None:
    """Not applicable and not checked carry a reason, and so does *ok* beyond the limits; what is
    to be measured is not ok without a reading. An edit of something else is not asked."""
    before = {name: getattr(answer, name, None) for name in OUTCOME}
    after = {name: values.get(name, before[name]) for name in OUTCOME}
    if answer is not None and after == before:
        return
    result, reading, reason = (after[name] for name in OUTCOME)
    if result in ("na", "unchecked") and not reason:
        raise Refused(NEEDS_REASON, result=Answer.specs()["result"].word(result))
    id = answer.item if answer is not None else values.get("item")
    item = rows.one(book.store, TemplateItem, str(id)) if result == "ok" else None
    wrong = verdicts.contradiction(item, result, reading, reason) if item is not None else None
    if wrong == verdicts.UNREAD and item is not None:
        raise Refused(NEEDS_READING, item=item.text())
    if wrong == verdicts.OUT and item is not None:
        verdict = limits.judge(reading, item.low, item.high)
        raise Refused(OUT_OF_LIMITS, reading=reading, verdict=verdict)


@before_write("template_item")
def limits_in_order(book: Book, values: Mapping[str, Any], item: TemplateItem | None) -> None:  # noqa: ARG001
    """The low limit is not above the high one."""
    text = {name: values.get(name, getattr(item, name, None)) for name in ("low", "high")}
    low, high = limits.number(text["low"]), limits.number(text["high"])
    if low is not None and high is not None and low > high:
        raise Refused(LIMITS_CROSSED, **text)


def _template_name(book: Book, id: str | None) -> W | str:
    found = rows.one(book.store, Template, id or "")
    return revisions.versions(book.store, found.type).version(found).name if found else str(id)


# -- sheets ----------------------------------------------------------------------------------------


@given("sheet")
def first_day(book: Book, values: Mapping[str, Any], project: str | None) -> dict[str, Any]:
    """A sheet is one round of a template in force; its day is the first one of its period.

    Raises `Refused` for a template that is not in force, a round that it does not have, and a day
    that lies too far ahead or outside the project's service period. What comes with a state from
    elsewhere was checked by a template of its time. Clause: 5.1.1.
    """
    template = rows.one(book.store, Template, str(values.get("template")))
    if template is None:
        return {}
    if not book.brings:
        _in_force(book, template)
        _has_round(template, values.get("round"))
    if template.project not in (None, project):
        raise Refused(OTHER_PROJECT, number=template.number)
    day = day_of(values.get("day"))
    if day is None:
        return {}
    first, last = period(template.frequency, day)
    if first > book.today + EARLY:
        raise Refused(TOO_EARLY, day=values["day"], days=EARLY.days)
    if first.year < FIRST_YEAR:
        raise Refused(TOO_OLD, day=values["day"])
    served = rows.one(book.store, Project, project or "") if not book.brings else None
    if served is not None and not (serves(served, first) or serves(served, last)):
        raise Refused(
            NOT_SERVED,
            day=values["day"],
            project=served.name or served.number,
            first=served.service_from or "…",
            last=served.service_to or "…",
        )
    return {"day": first.isoformat()}


def _has_round(template: Template, round: int | None) -> None:
    """Raise `Refused` for a round that a template does not have."""
    most = template.most_rounds()
    if round is not None and not 1 <= round <= most:
        word = ONE_ROUND if most == 1 else NO_ROUND
        raise Refused(word, number=template.number, most=most, round=round)


def _in_force(book: Book, template: Template) -> None:
    """Raise `Refused` for a template by which no sheet is begun now."""
    number = template.number
    if template.void is not None:
        raise Refused(VOIDED, number=number)
    look = revisions.versions(book.store, template.type)
    if look.in_force(template):
        return
    by = look.replaced_by(template) or next(iter(look.rivals(template)), None)
    if by is not None and template.state in look.how.in_force:
        raise Refused(REPLACED, number=number, by=by.name)
    raise Refused(RETIRED if template.kind.state(template.state).ended else DRAFT, number=number)


@before_move("sheet", "submit")
def sheet_complete(book: Book, sheet: Sheet) -> None:
    """A sheet is submitted when every item has a result that its reading bears out.

    Clause: 5.1.1.
    """
    absent = unanswered_items(book.store, sheet)
    if absent:
        raise Refused(UNANSWERED, count=len(absent), items=_named(item.text() for item in absent))
    wrong = [one for one in asked_of(book.store, sheet) if contradicted(one)]
    if wrong:
        raise Refused(CONTRADICTED, count=len(wrong), items=_named(one.text() for one in wrong))


def contradicted(question: ChecklistQuestion) -> bool:
    """Whether an answer is marked ok against its reading, as only a merge brings it."""
    return question.shown in (verdicts.OUT, verdicts.UNREAD)


def _named(texts: Any) -> str:
    some = list(texts)
    return several(some[:3]) + ("…" if len(some) > 3 else "")
