"""Facts about quality targets: what was measured, the verdict, and what it led to.

Clause: 6.2.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from models.book.derived_state import StateView
from models.derived import compiled, figures
from models.queries.facts import RecordFact, facts
from models.records.checks import remedies
from models.records.completion.targets import earlier_targets, target_content
from models.records.completion.targets.quality_target import SIGNS, QualityTarget
from models.records.completion.targets.target_assessment import TargetAssessment
from models.records.completion.targets.target_content import (
    MET,
    MISSED,
    VERDICTS,
    TargetContent,
    TargetPart,
)
from models.schema.fields import terms_of
from models.schema.lifecycle import Tone
from models.schema.record import Record
from models.text.words import Refused, W, say

if TYPE_CHECKING:
    from models.book.book import Book

VERDICT, MEASURED = W("考核结果", "Verdict"), W("程序计算", "Calculated")
BEHIND, FORMULA = W("所据记录", "Records behind"), W("计算方法", "Formula")
REMEDIES, EARLIER = W("改进措施", "Improvements"), W("上一期未达目标", "Missed before")
IMPROVING = W("上一期的改进措施", "Improvements from before")
SHORT_ITEMS = W("验收不通过或有遗留", "Refused or left over in the acceptance")
SAID = W("{name} {goal}，实测 {value}：{verdict}", "{name} {goal}, measured {value}: {verdict}")
UNKNOWN_SAID = W("{name} {goal}：{verdict}", "{name} {goal}: {verdict}")
GOAL = W("{sign} {goal}", "{sign} {goal}")
CASES = W("{value}（n={n}）", "{value} (n={n})")
PERCENT = "%"
VERSIONED = W("{formula}（第 {version} 版）", "{formula} (version {version})")
UNREMEDIED = W(
    "未达到，还没有负责人的改进措施（C 新建）", "missed, nobody is in charge (C begins one)"
)
MOST = 20
"""Records behind a figure that are named; the figures page has all."""
_SIGNS = {one.name: one.label for one in terms_of(SIGNS)}
TONES: dict[str, Tone] = {MET: "good", MISSED: "bad"}


def goal_said(one: TargetPart) -> str:
    """What is to be reached."""
    if one.goal is None or one.sign not in _SIGNS:
        return "—"
    return say(GOAL, sign=_SIGNS[one.sign], goal=_with_unit(one.goal, one.unit))


def _with_unit(value: str, unit: str) -> str:
    return f"{value}{unit}" if unit == PERCENT else f"{value} {unit}".strip()


def value_said(one: TargetPart) -> str:
    """What was measured, with the cases of a share."""
    if one.value is None:
        return str(figures.NOT_ASSESSABLE)
    value = _with_unit(one.value, one.unit)
    return say(CASES, value=value, n=one.n) if one.figure and one.unit == PERCENT else value


def formula_said(one: TargetPart) -> str:
    """How the value was found: a figure's formula with its version, or what was written."""
    kind = figures.known(one.figure) if one.figure else None
    if kind is None:
        return one.formula or one.figure or ""
    return say(VERSIONED, formula=kind.formula, version=one.version or kind.version)


def said(one: TargetPart) -> str:
    """A target in a line."""
    words = {"name": one.name, "goal": goal_said(one), "value": value_said(one)}
    verdict = VERDICTS.get(one.verdict, W(one.verdict, one.verdict))
    return say(UNKNOWN_SAID if one.value is None else SAID, **words, verdict=verdict)


@facts("target_assessment")
def verdicts(book: Book, one: TargetAssessment, states: StateView) -> Iterator[RecordFact]:  # noqa: ARG001
    """Each target with its goal, value and verdict."""
    try:
        found = compiled.content(book, one)
    except Refused as refused:
        yield RecordFact(str(refused), "bad", short=str(refused))
        return
    if found.fault is not None:
        yield RecordFact(str(found.fault), "warn")
    data: TargetContent = found.data
    for part in data.targets:
        yield RecordFact(said(part), TONES.get(part.verdict, "warn"), VERDICT)
    yield from _improving(book, one)


@facts("quality_target")
def measured(book: Book, target: QualityTarget, states: StateView) -> Iterator[RecordFact]:  # noqa: ARG001
    """What is measured, by which formula and from which records; what a missed one led to."""
    above = book.find(str(target.assessment))
    if not isinstance(above, TargetAssessment):
        return
    try:
        data: TargetContent = compiled.content(book, above).data
        behind = target_content.figure_of(book, above, target)
    except Refused:
        return
    part = next((one for one in data.targets if one.id == target.id), None)
    if part is None:
        return
    yield RecordFact(said(part), TONES.get(part.verdict, "warn"), VERDICT)
    yield RecordFact(formula_said(part), "", FORMULA)
    if behind is not None and behind.records and not compiled.is_issued(above):
        yield RecordFact("", "", BEHIND, records=behind.records[:MOST])
    led = remedies.remedies(book.store, target)
    if led:
        yield RecordFact("", "", REMEDIES, records=tuple(one.id for one in led))
    if part.verdict == MISSED and not remedies.owned(book.store, target):
        yield RecordFact(str(UNREMEDIED), "bad", short=str(UNREMEDIED))


@facts("service_proposal", "service_plan", "milestone_plan")
def before(book: Book, plan: Record, states: StateView) -> Iterator[RecordFact]:  # noqa: ARG001
    """What was missed in earlier projects of the same customer, and how it is improved."""
    yield from _improving(book, plan)


def _improving(book: Book, record: Record) -> Iterator[RecordFact]:
    found = earlier_targets.missed_before(book, record)
    for one in found.missed:
        yield RecordFact(said(one), "warn", EARLIER)
    if found.items:
        yield RecordFact("", "warn", SHORT_ITEMS, records=tuple(found.items))
    if found.actions:
        yield RecordFact("", "", IMPROVING, records=tuple(found.actions))
