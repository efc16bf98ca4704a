"""The content of a project summary: the service period's figures, weeks and lists, in plain data.

Compiled from the records until the summary is submitted, and kept with it from then on; so it holds
the names of that time. Clause: 6.1.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from models.book.derived_state import StateView
from models.book.rows import child_rows
from models.book.tables import vocabularies
from models.derived import compiled, figures
from models.derived.compiled import CompiledReport
from models.derived.figures import Kept, Scope
from models.records.completion import period
from models.records.completion.summary import left_overs, summary_records
from models.records.completion.summary.left_overs import LeftOver
from models.records.completion.summary.project_summary import ProjectSummary
from models.records.completion.summary.self_assessment import SelfAssessment
from models.records.completion.summary.summary_records import (
    PraisePart,
    RepeatPart,
    WeekMark,
)
from models.records.completion.targets.target_assessment import TargetAssessment
from models.records.completion.targets.target_content import TargetPart
from models.records.feedback.complaint import Complaint
from models.records.statistics.service.service_content import FAMILIES, ListedRecord
from models.records.weekly.week.content import ProjectHead, head_of
from models.schema.record import Record
from models.storage import rows
from models.storage.store import places
from models.text.words import Refused, W

if TYPE_CHECKING:
    from models.book.book import Book

FORM = 1
VOCABULARY = "self_criterion"
TOLD = {"complaint": ("subject", "complainant"), "milestone": ("name", "due", "deliverable")}
"""Type -> the fields that are told of its records."""


class ScorePart(NamedTuple):
    """A criterion as the team scored it; `words` is what it was called in both languages."""

    criterion: str
    words: list[str]
    score: int | None
    basis: str | None
    evidence: str | None

    @property
    def name(self) -> W:
        """What it is called."""
        whole = len(self.words) == len(W._fields)
        return W(*self.words) if whole else W(self.criterion, self.criterion)


class SummaryContent(NamedTuple):
    """A project's service period."""

    project: ProjectHead
    first: str
    service_to: str
    until: str
    """The last day that was counted: that of the submission where the period went on."""
    figures: list[Kept]
    milestones: list[ListedRecord]
    best: list[WeekMark]
    worst: list[WeekMark]
    repeats: list[RepeatPart]
    praise: list[PraisePart]
    complaints: list[ListedRecord]
    left: list[LeftOver]
    targets: list[TargetPart]
    scores: list[ScorePart]

    @property
    def kept(self) -> dict[str, Kept]:
        """The figures by name."""
        return {one.name: one for one in self.figures}

    @property
    def done(self) -> list[ListedRecord]:
        """The milestones that are done."""
        return [one for one in self.milestones if one.state == "done"]

    @property
    def mean(self) -> str | None:
        """The mean of the scores, with one place; None without any."""
        return mean([one.score for one in self.scores])


def mean(scores: Iterable[int | None]) -> str | None:
    """The mean of those scores that there are, with one place; None without any."""
    found = [one for one in scores if one is not None]
    if not found:
        return None
    exact = Decimal(sum(found)) / len(found)
    return str(exact.quantize(Decimal("0.1"), ROUND_HALF_UP))


def compile_summary(book: Book, summary: ProjectSummary) -> SummaryContent:
    """The period as the records say it now. Raises `Refused` for one that is none."""
    project, scope = period.project_of(book, summary), period.scope_of(book, summary)
    best, worst = summary_records.weeks_of(book, scope)
    return SummaryContent(
        project=head_of(book, project),
        first=scope.first.isoformat(),
        service_to=scope.last.isoformat(),
        until=min(scope.last, book.today).isoformat(),
        figures=figures.keep(_figures(book, scope)),
        milestones=_listed(book, summary_records.milestones(book, scope)),
        best=best,
        worst=worst,
        repeats=[
            one._replace(name=summary_records.names_of(book, one))
            for one in summary_records.repeats(book, scope)
        ],
        praise=summary_records.praise(book, scope),
        complaints=_listed(book, _complaints(book, scope)),
        left=left_overs.left_overs(book, summary),
        targets=_targets(book, summary),
        scores=_scores(book, summary),
    )


def _figures(book: Book, scope: Scope) -> list[figures.Figure]:
    known = [family for family in FAMILIES if family in figures.families()]
    return [one for family in known for one in figures.of_family(book, scope, family)]


def _complaints(book: Book, scope: Scope) -> list[Complaint]:
    where = (
        f"WHERE project IN ({places(scope.projects)}) AND received_on BETWEEN ? AND ?"
        " AND void IS NULL ORDER BY received_on, n"
    )
    days = (scope.first.isoformat(), scope.last.isoformat())
    return rows.fetch(book.store, Complaint, where, (*scope.projects, *days))


def _listed(book: Book, some: Sequence[Record]) -> list[ListedRecord]:
    look = StateView(book.store)
    found = []
    for one in some:
        told = {name: one.values()[name] for name in TOLD[one.type]}
        state = look.state(one).name
        found.append(ListedRecord(one.type, one.id, one.number, state, one.title(), told))
    return found


def _targets(book: Book, summary: ProjectSummary) -> list[TargetPart]:
    """Those of the same period, as they were assessed or as they are measured now."""
    where = "WHERE project=? AND service_to=? AND void IS NULL"
    found = rows.fetch(book.store, TargetAssessment, where, (summary.project, summary.service_to))
    try:
        return list(compiled.content(book, found[0]).data.targets) if found else []
    except Refused:
        return []


def scores_of(book: Book, summary: Record) -> list[SelfAssessment]:
    """The criteria in use, in their order."""
    found = child_rows.rows_of(book.store, summary, SelfAssessment)
    return [one for one in found if isinstance(one, SelfAssessment) and one.void is None]


def _scores(book: Book, summary: Record) -> list[ScorePart]:
    words = {one.name: one.label for one in vocabularies.terms(book.store, VOCABULARY)}
    made = []
    for one in scores_of(book, summary):
        proof = book.find(one.evidence) if one.evidence else None
        name = str(one.criterion)
        number = proof.number if proof is not None else None
        made.append(ScorePart(name, list(words.get(name, ())), one.score, one.basis, number))
    return made


def sources_of(data: SummaryContent) -> dict[str, list[str]]:
    """The records that it is about: an open conflict in one of them refuses the submission."""
    found: dict[str, list[str]] = {}
    named = [(one.type, one.id) for one in (*data.milestones, *data.complaints)]
    for type, id in dict.fromkeys([*named, *((one.type, one.id) for one in data.left)]):
        found.setdefault(type, []).append(id)
    return found


def open_points(data: SummaryContent) -> list[W]:
    """What is submitted with a comment only: a period that goes on, what has no one in charge."""
    goes_on = [] if data.until == data.service_to else [period.not_over(data.service_to)]
    return [*goes_on, *left_overs.open_points(data.left)]


def _key(data: SummaryContent) -> dict[str, Any]:
    return {"project": data.project.id, "service_to": data.service_to}


REPORT = CompiledReport(
    type=ProjectSummary.kind.name,
    form=SummaryContent,
    version=FORM,
    key=_key,
    compile=compile_summary,
    sources=sources_of,
    open_points=open_points,
    later=lambda _book, _record, _data: (),
    scope=period.scope_of,
)
