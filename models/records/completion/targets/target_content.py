"""The content of a target assessment: each target, what was measured, and the verdict.

Measured from the records until it is assessed, and kept with it from then on. A target without a
value is not assessable; it is neither met nor missed. Clause: 6.2.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, NamedTuple

from models.book.rows import child_rows
from models.book.tables import vocabularies
from models.derived import figures
from models.derived.compiled import CompiledReport
from models.derived.figures import Figure, Scope
from models.records.completion import period
from models.records.completion.targets.quality_target import QualityTarget
from models.records.completion.targets.target_assessment import TargetAssessment
from models.records.weekly.week.content import ProjectHead, head_of
from models.text.words import W

if TYPE_CHECKING:
    from models.book.book import Book
    from models.schema.record import Record

FORM = 1
VOCABULARY = "target_indicator"
MET, MISSED, UNKNOWN = "met", "missed", "unknown"
VERDICTS = {
    MET: W("达到", "met"),
    MISSED: W("未达到", "missed"),
    UNKNOWN: figures.NOT_ASSESSABLE,
}
NOT_ASSESSABLE = W("{name} 不可评定", "{name} is not assessable")


class TargetPart(NamedTuple):
    """A target as it was measured."""

    id: str
    indicator: str
    words: list[str]
    """What the indicator was called, in Chinese and English."""
    what: str | None
    figure: str | None
    """The name of the figure that measures it; None where the value was written."""
    version: int
    """Of the figure's formula; 0 where the value was written."""
    formula: str | None
    """How a written value was found."""
    sign: str | None
    goal: str | None
    unit: str
    value: str | None
    n: int
    """The cases that the figure was calculated from; 0 where the value was written."""
    evidence: str | None
    """The number of what proves a written value."""
    verdict: str

    @property
    def name(self) -> W:
        """What it is called: its own words, else those of the indicator."""
        if self.what:
            return W(self.what, self.what)
        return W(*self.words) if len(self.words) == len(W._fields) else W(self.indicator, "")


class TargetContent(NamedTuple):
    """The targets of a service period."""

    project: ProjectHead
    first: str
    service_to: str
    until: str
    """The last day that was counted: that of the assessment where the period went on."""
    targets: list[TargetPart]

    @property
    def missed(self) -> list[TargetPart]:
        """Those that were not reached."""
        return [one for one in self.targets if one.verdict == MISSED]

    @property
    def result(self) -> str:
        """Of all together: the worst of the verdicts."""
        found = {one.verdict for one in self.targets}
        return next((one for one in (MISSED, UNKNOWN) if one in found), MET)


def verdict(sign: object, goal: object, value: object) -> str:
    """Whether a value reaches a goal; `UNKNOWN` without a value, a goal or what it is to be."""
    found, wanted = _amount(value), _amount(goal)
    if found is None or wanted is None or sign not in ("at_least", "at_most"):
        return UNKNOWN
    reached = found >= wanted if sign == "at_least" else found <= wanted
    return MET if reached else MISSED


def _amount(value: object) -> Decimal | None:
    try:
        found = Decimal(str(value)) if value is not None else None
    except InvalidOperation:
        return None
    return found if found is not None and found.is_finite() else None


def compile_assessment(book: Book, assessment: TargetAssessment) -> TargetContent:
    """The targets as the records say them now. Raises `Refused` for a period that is none."""
    project, scope = period.project_of(book, assessment), period.scope_of(book, assessment)
    targets = targets_of(book, assessment)
    return TargetContent(
        project=head_of(book, project),
        first=scope.first.isoformat(),
        service_to=scope.last.isoformat(),
        until=min(scope.last, book.today).isoformat(),
        targets=list(_measured(book, scope, targets)),
    )


def targets_of(book: Book, assessment: Record) -> list[QualityTarget]:
    """The targets in use, in their order."""
    found = child_rows.rows_of(book.store, assessment, QualityTarget)
    return [one for one in found if isinstance(one, QualityTarget) and one.void is None]


def _measured(book: Book, scope: Scope, targets: Sequence[QualityTarget]) -> Iterator[TargetPart]:
    found = _figures(book, scope, targets)
    words = {one.name: one.label for one in vocabularies.terms(book.store, VOCABULARY)}
    for one in targets:
        by = found.get(one.figure or "")
        if one.figure:
            value = None if by is None or by.value is None else str(by.value)
        else:
            value = one.measured
        kind = figures.known(one.figure) if one.figure else None
        yield TargetPart(
            id=one.id,
            indicator=str(one.indicator),
            words=list(words.get(str(one.indicator), ())),
            what=one.what,
            figure=one.figure,
            version=by.version if by is not None else 0,
            formula=one.formula if not one.figure else None,
            sign=one.sign,
            goal=one.goal,
            unit=one.unit or (kind.unit if kind is not None else ""),
            value=value,
            n=by.n if by is not None else 0,
            evidence=_number(book, one.evidence) if not one.figure else None,
            verdict=verdict(one.sign, one.goal, value),
        )


def _figures(book: Book, scope: Scope, targets: Iterable[QualityTarget]) -> dict[str, Figure]:
    """The figures that measure the targets, each family read once."""
    names = [one.figure for one in targets if one.figure and figures.known(one.figure)]
    families = dict.fromkeys(name.partition(".")[0] for name in names)
    return {
        one.kind.name: one for family in families for one in figures.of_family(book, scope, family)
    }


def figure_of(book: Book, assessment: TargetAssessment, target: QualityTarget) -> Figure | None:
    """The figure that measures a target now, with the records behind it."""
    if not target.figure or figures.known(target.figure) is None:
        return None
    return figures.figure_of(book, period.scope_of(book, assessment), target.figure)


def _number(book: Book, id: str | None) -> str | None:
    found = book.find(id) if id else None
    return found.number if found is not None else None


def open_points(data: TargetContent) -> list[W]:
    """What is assessed with a comment only: a period that goes on, a target without a value."""
    points = [] if data.until == data.service_to else [period.not_over(data.service_to)]
    for one in data.targets:
        if one.verdict == UNKNOWN:
            pairs = zip(NOT_ASSESSABLE, one.name, strict=True)
            points.append(W(*(half.format(name=name) for half, name in pairs)))
    return points


def _key(data: TargetContent) -> dict[str, Any]:
    return {"project": data.project.id, "service_to": data.service_to}


REPORT = CompiledReport(
    type=TargetAssessment.kind.name,
    form=TargetContent,
    version=FORM,
    key=_key,
    compile=compile_assessment,
    sources=lambda _data: {},
    open_points=open_points,
    later=lambda _book, _record, _data: (),
    scope=period.scope_of,
)
