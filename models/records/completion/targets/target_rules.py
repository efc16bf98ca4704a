"""Rules of the quality targets: what they begin with, when they stand, how they are assessed.

Clause: 6.2.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from models.book.rules import (
    after_add,
    before_move,
    before_void,
    before_write,
    carries,
    given,
)
from models.book.tables import vocabularies
from models.derived import compiled, figures
from models.records.checks import remedies
from models.records.completion import period
from models.records.completion.targets import earlier_targets, target_content
from models.records.completion.targets.quality_target import GOAL, QualityTarget
from models.records.completion.targets.target_assessment import AGREED, TargetAssessment
from models.records.completion.targets.target_content import VOCABULARY, targets_of
from models.schema.lifecycle import Move
from models.schema.record import Record
from models.storage import rows
from models.text.words import Refused, W, listed

if TYPE_CHECKING:
    from models.book.book import Book

compiled.compiles(target_content.REPORT)

STANDS = W(
    "{number} 的目标已经确定，不能再改。要改请先在考核上执行“修改目标”，写明原因。",
    "The targets of {number} are agreed and stay as they are. To change them, take “Change the"
    " targets” on the assessment and give the reason.",
)
INCOMPLETE = W(
    "{names} 还没有写明要求和目标值。请补上，或作废这一项。",
    "{names}: what is to be reached is not said. Fill in “Is to be” and “Goal”, or void it.",
)
CALCULATED = W(
    "“{name}”由程序计算，不用填写实测值。要自己填写，请先清空“由程序计算”。",
    "“{name}” is calculated; no value is written. To write one, empty “Calculated by” first.",
)
NO_FIGURE = W(
    "没有名为“{name}”的指标。请从列表中选一个，或清空后填写实测值。",
    "There is no figure “{name}”. Choose one of the list, or empty it and write the value.",
)
NO_EVIDENCE = W(
    "{names} 的实测值还没有凭据。请写明记录或附件的编号。",
    "{names}: nothing proves the value. Name the record or file as evidence.",
)
NO_ANALYSIS_OF_ITEMS = W(
    "验收有 {n} 项不通过或有遗留，还没有原因分析。请先填写“原因分析”。",
    "The acceptance refused {n} items or left something over of them, and there is no analysis."
    " Fill in “Analysis” first.",
)
NO_ANALYSIS = W(
    "{names} 未达到，还没有原因分析。请先填写“原因分析”。",
    "{names} missed the goal, and there is no analysis. Fill in “Analysis” first.",
)


class ShippedTarget(NamedTuple):
    """A target that an assessment begins with where the project has none before: a proposal."""

    figure: str
    formula: W | None
    sign: str
    goal: str
    unit: W


SHIPPED = {
    "satisfaction": ShippedTarget("survey.rate", None, "at_least", "90", W("%", "%")),
    "accidents": ShippedTarget("service.major", None, "at_most", "0", W("起", "cases")),
    "reliability": ShippedTarget(
        "",
        W("（约定服务时间－停机时间）÷ 约定服务时间", "(agreed service time − outage) ÷ agreed"),
        "at_least",
        "99.9",
        W("%", "%"),
    ),
    "security": ShippedTarget(
        "",
        W("服务期内发生的信息安全事件", "security incidents in the service period"),
        "at_most",
        "0",
        W("起", "cases"),
    ),
}


@given("target_assessment")
def of_the_period(book: Book, values: Mapping[str, Any], project: str | None) -> dict[str, Any]:
    """The service period and the day by which it is assessed."""
    return period.given(book, values, project)


@before_write("target_assessment")
def in_order(book: Book, values: Mapping[str, Any], record: Record | None) -> None:  # noqa: ARG001
    """A period ends after it begins."""
    period.require_order(values, record)


@after_add("target_assessment")
def targets_proposed(book: Book, assessment: TargetAssessment) -> None:
    """It begins with the targets of the project's period before, else with the shipped ones."""
    if book.brings:
        return
    for place, values in enumerate(_earlier(book, assessment) or _shipped(book), 1):
        row = {"assessment": assessment.id, "position": place, **values}
        book.add("quality_target", row, project=assessment.project)


def _earlier(book: Book, assessment: TargetAssessment) -> list[dict[str, Any]]:
    where = "WHERE project=? AND service_to<? AND void IS NULL ORDER BY service_to DESC LIMIT 1"
    params = (assessment.project, assessment.service_to)
    for one in rows.fetch(book.store, TargetAssessment, where, params):
        return [{name: getattr(row, name) for name in GOAL} for row in targets_of(book, one)]
    return []


def _shipped(book: Book) -> list[dict[str, Any]]:
    """The shipped targets whose indicators are in force; units and formulas in the language of
    now, as a person would write them."""
    offered = [one.name for one in vocabularies.terms(book.store, VOCABULARY) if not one.retired]
    found = []
    for name in offered:
        if name in SHIPPED:
            one = SHIPPED[name]
            found.append(
                {
                    "indicator": name,
                    "figure": one.figure or None,
                    "formula": str(one.formula) if one.formula is not None else None,
                    "sign": one.sign,
                    "goal": one.goal,
                    "unit": str(one.unit),
                }
            )
    return found


@before_write("quality_target")
def target_stands(book: Book, values: Mapping[str, Any], target: QualityTarget | None) -> None:
    """Agreed targets stay; a value is calculated or written, not both."""
    known = target.values() if target is not None else {}
    above = book.find(str(values.get("assessment") or known.get("assessment")))
    changed = target is None or any(values.get(n, known[n]) != known[n] for n in GOAL)
    if above is not None and above.state in AGREED and changed and not book.brings:
        raise Refused(STANDS, number=above.number)
    now = {**known, **values}
    figure = now.get("figure")
    if figure and values.get("figure") and figures.known(str(figure)) is None:
        raise Refused(NO_FIGURE, name=figure)
    if figure and now.get("measured") is not None:
        kind = figures.known(str(figure))
        raise Refused(CALCULATED, name=kind.label if kind is not None else figure)


@before_void("quality_target")
def target_kept(book: Book, target: QualityTarget) -> None:
    """An agreed target is not taken out."""
    above = book.find(str(target.assessment))
    if above is not None and above.state in AGREED:
        raise Refused(STANDS, number=above.number)


@before_move("target_assessment", "agree")
def targets_whole(book: Book, assessment: TargetAssessment) -> None:
    """Every target says what is to be reached."""
    lacking = [one for one in targets_of(book, assessment) if not (one.sign and one.goal)]
    if lacking:
        raise Refused(INCOMPLETE, names=remedies.named(lacking))


@before_move("target_assessment", "assess")
def missed_ones_are_improved(book: Book, assessment: TargetAssessment) -> None:
    """A written value is proved; what is missed, or not accepted, is analysed and in somebody's
    charge (an acceptance itself asks for that of its items).

    Raises `Refused`, naming the targets.
    """
    targets = targets_of(book, assessment)
    unproved = [one for one in targets if one.measured is not None and not one.evidence]
    if unproved:
        raise Refused(NO_EVIDENCE, names=remedies.named(unproved))
    data = target_content.compile_assessment(book, assessment)
    missed = {one.id for one in data.missed}
    if missed and not assessment.analysis:
        names = listed(one.name for one in data.missed)
        raise Refused(NO_ANALYSIS, names=names)
    short = earlier_targets.short_items(book, [str(assessment.project)])
    if short and not assessment.analysis:
        raise Refused(NO_ANALYSIS_OF_ITEMS, n=len(short))
    remedies.require(book.store, [one for one in targets if one.id in missed])


@carries("target_assessment")
def result_of_all(
    book: Book,
    assessment: TargetAssessment,
    move: Move,
    comment: str,  # noqa: ARG001
) -> dict[str, Any]:
    """The result follows from the verdicts."""
    if move.id != "assess":
        return {}
    return {"result": target_content.compile_assessment(book, assessment).result}
