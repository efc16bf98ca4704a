"""The content of a project's week: all that its page and its document say, in plain data.

Compiled from the records before the week's report is issued, and kept with it from then on; so it
holds the names and words of that time, and no record has to be read to show it. Clause: 5.3.1(2).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from models.book.approval import approvals
from models.book.derived_state import StateView
from models.book.rows.child_rows import chunks
from models.derived import figures
from models.derived.figures import Kept
from models.records.preparation.execution.plan_execution import TaskStanding
from models.records.preparation.milestone import Milestone
from models.records.problems.concessions.concession import Concession
from models.records.problems.escalation import Escalation
from models.records.registers.customer import Customer
from models.records.registers.project import Project
from models.records.weekly.week.week_problems import SOURCES
from models.schema.record import Record, kinds
from models.storage import rows
from models.storage.store import places
from models.text.words import W, language

if TYPE_CHECKING:
    from models.book.book import Book
    from models.records.weekly.week.project_week import EntryNews, WeekMember, WeekReport

FAMILY = "week"
"""The family of figures that is counted from a content."""
Scalar = str | int | bool | None
TEXTS = ("progress", "next_week", "risks", "help_needed")
TOLD = {
    Escalation.kind.name: ("phenomenon", "due"),
    Concession.kind.name: ("requirement", "valid_to", "follow_up_by"),
    Milestone.kind.name: ("name", "due", "deliverable", "payment"),
}
"""Type -> the fields that are told of its records."""


class ProjectHead(NamedTuple):
    """The project as it was called."""

    id: str
    name: str
    code: str
    customer: str
    department: str
    service_from: str | None
    service_to: str | None


class MemberPart(NamedTuple):
    """One person's part; `standing` is the entry's state, or why there is none."""

    person: str
    name: str
    standing: str
    late: bool
    entry: str | None
    """The entry's id; what it says only where it is submitted."""
    handed_in: bool
    number: str | None
    health: Scalar
    hours: Scalar
    progress: Scalar
    next_week: Scalar
    risks: Scalar
    help_needed: Scalar


class ProblemPart(NamedTuple):
    """A problem of the week; `source` is the id of the record that it began with."""

    source: str
    number: str
    type: str | None
    person: str
    """The name of who tells it."""
    solved: bool
    phenomenon: Scalar
    cause: Scalar
    measure: Scalar
    verified: Scalar
    supplement: Scalar
    solved_week: Scalar
    cause_open: bool
    """No cause was known: marked wherever the problem is shown."""
    raised: list[str]
    """The ids of the escalations that came of it."""


class CheckPart(NamedTuple):
    """A checklist in the week."""

    template: str
    name: str
    name_en: str | None
    due: int
    done: int
    items: int
    bad: int
    sheets: list[str]
    """The ids of the sheets, and of those that were submitted, and of the results not ok."""
    submitted: list[str]
    not_ok: list[str]

    @property
    def said(self) -> str:
        """Its name in the current language."""
        return (self.name_en if language.now == "en" else None) or self.name


class RecordPart(NamedTuple):
    """Something unfinished: an escalation, a concession, a milestone."""

    type: str
    id: str
    number: str
    state: str
    """The state that was shown."""
    changed: list[str]
    """Where it was changed after its approval, in Chinese and English; empty where it was not."""
    title: str
    manager: str
    values: dict[str, Scalar]


class FilePart(NamedTuple):
    """A file of an entry."""

    name: str
    size: int
    by: str
    sha256: str


class WeekContent(NamedTuple):
    """A project's week."""

    project: ProjectHead
    week: str
    health: str | None
    members: list[MemberPart]
    problems: list[ProblemPart]
    found: list[str]
    """The ids of the fixes and escalations that were found in the week."""
    overdue: list[str]
    """The ids of the escalations whose due day had come at its end."""
    checks: list[CheckPart]
    escalations: list[RecordPart]
    concessions: list[RecordPart]
    milestones: list[RecordPart]
    files: list[FilePart]
    figures: list[Kept]
    plan: list[TaskStanding]
    """The planned tasks of the week; `doer` is a name here."""

    @property
    def handed_in(self) -> list[MemberPart]:
        """Those who submitted their entry."""
        return [member for member in self.members if member.handed_in]

    @property
    def solved(self) -> list[ProblemPart]:
        """The problems that were solved."""
        return [one for one in self.problems if one.solved]

    @property
    def unsolved(self) -> list[ProblemPart]:
        """The problems that were not."""
        return [one for one in self.problems if not one.solved]

    @property
    def kept(self) -> dict[str, Kept]:
        """The figures by name."""
        return {one.name: one for one in self.figures}


def content_of(book: Book, report: WeekReport) -> WeekContent:
    """A compiled week in plain data."""
    handed = [m.weekly for m in report.members if m.handed_in and m.weekly is not None]
    gathered = WeekContent(
        project=head_of(book, report.project),
        week=report.week,
        health=report.health,
        members=[_member(book, member) for member in report.members],
        problems=_problems(book, report.problems),
        found=report.found,
        overdue=report.overdue,
        checks=[
            CheckPart(
                one.template.id,
                one.template.name_zh or one.template.number,
                one.template.name_en,
                *(one.due, one.done, one.items, one.bad),
                *(one.sheets, one.submitted, one.not_ok),
            )
            for one in report.rounds
        ],
        escalations=_records(book, report.escalations),
        concessions=_records(book, report.concessions),
        milestones=_records(book, report.milestones),
        files=_files(book, [one.id for one in handed]),
        figures=[],
        plan=[
            one._replace(doer=book.people.name(one.doer) if one.doer else None)
            for one in report.plan
        ],
    )
    return gathered._replace(figures=figures.keep(figures.of_data(FAMILY, gathered)))


def head_of(book: Book, project: Project) -> ProjectHead:
    """The project as it is called now."""
    customer = rows.one(book.store, Customer, project.customer) if project.customer else None
    return ProjectHead(
        project.id,
        project.name or project.number,
        project.code or project.number,
        customer.title() if customer is not None else "",
        project.department or "",
        project.service_from,
        project.service_to,
    )


def _member(book: Book, member: WeekMember) -> MemberPart:
    entry = member.weekly if member.handed_in else None
    there = member.weekly
    texts = {name: getattr(entry, name) if entry is not None else None for name in TEXTS}
    return MemberPart(
        person=member.person,
        name=book.people.name(member.person),
        standing=member.standing,
        late=member.late,
        entry=there.id if there is not None else None,
        handed_in=entry is not None,
        number=entry.number if entry is not None else None,
        health=entry.health if entry is not None else None,
        hours=entry.hours if entry is not None else None,
        **texts,
    )


def _problems(book: Book, problems: Sequence[EntryNews]) -> list[ProblemPart]:
    ids = sorted({one.source for one in problems})
    sources, raised = _named(book, ids), _raised(book, ids)
    found = []
    for one in problems:
        type, number = sources.get(one.source, (None, ""))
        told = one.values
        found.append(
            ProblemPart(
                source=one.source,
                number=number,
                type=type,
                person=book.people.name(one.person),
                solved=one.solved,
                **{name: told.get(name) for name in ("phenomenon", "cause", "measure")},
                verified=told.get("verified"),
                supplement=told.get("supplement"),
                solved_week=told.get("solved_week"),
                cause_open=not told.get("cause"),
                raised=raised.get(one.source, []),
            )
        )
    return found


def _named(book: Book, ids: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Id -> (type, number) of the records that problems began with."""
    found = dict[str, tuple[str, str]]()
    for some in chunks(ids):
        for type in SOURCES:
            sql = f'SELECT id, number FROM "{type}" WHERE id IN ({places(some)})'
            found.update({id: (type, number) for id, number in book.store.rows(sql, some)})
    return found


def _raised(book: Book, fixes: Sequence[str]) -> dict[str, list[str]]:
    """Fix -> the escalations that came of it."""
    found = dict[str, list[str]]()
    for some in chunks(fixes):
        sql = f"SELECT fix, id FROM escalation WHERE fix IN ({places(some)}) ORDER BY n"
        for fix, id in book.store.rows(sql, some):
            found.setdefault(fix, []).append(id)
    return found


def _records(book: Book, records: Sequence[Record]) -> list[RecordPart]:
    look = StateView(book.store)
    changed = approvals.changed_among(book.store, [one.id for one in records])
    return [_record(book, look, one, one.id in changed) for one in records]


def _record(book: Book, look: StateView, one: Record, changed: bool) -> RecordPart:
    manager = getattr(one, "department_manager", None)
    return RecordPart(
        type=one.type,
        id=one.id,
        number=one.number,
        state=look.state(one).name,
        changed=_changed(book, one) if changed else [],
        title=one.title(),
        manager=book.people.name(manager) if manager else "",
        values={name: getattr(one, name) for name in TOLD[one.type]},
    )


def _changed(book: Book, one: Record) -> list[str]:
    names = approvals.place_names(book.store, approvals.changed_since(book.store, one))
    return ["、".join(name.zh for name in names), ", ".join(name.en for name in names)]


def _files(book: Book, entries: Sequence[str]) -> list[FilePart]:
    cls, found = kinds["attachment"], list[FilePart]()
    for some in chunks(entries):
        where = f"WHERE about IN ({places(some)}) AND void IS NULL ORDER BY n"
        for one in rows.fetch(book.store, cls, where, some):
            values: Mapping[str, Any] = one.values()
            size, name = int(values["size"] or 0), book.people.name(one.author)
            found.append(FilePart(one.title(), size, name, str(values["sha256"])))
    return found


CAUSE_OPEN = W("{number} 原因未填", "{number} has no cause")


def open_points(content: WeekContent) -> list[W]:
    """The solved problems without a cause: 5.3.1(2) asks for the cause of each."""
    return [
        W(*(half.format(number=one.number or one.phenomenon) for half in CAUSE_OPEN))
        for one in content.solved
        if one.cause_open
    ]


def sources_of(content: WeekContent) -> dict[str, list[str]]:
    """Type -> ids of the records that it was compiled from."""
    found: dict[str, list[str]] = {
        "weekly": [member.entry for member in content.members if member.entry is not None],
        "sheet": [sheet for check in content.checks for sheet in check.sheets],
        "escalation": [id for problem in content.problems for id in problem.raised],
        "task_execution": [one.execution for one in content.plan if one.execution is not None],
    }
    for problem in content.problems:
        if problem.type is not None:
            found.setdefault(problem.type, []).append(problem.source)
    for part in (*content.escalations, *content.concessions, *content.milestones):
        found.setdefault(part.type, []).append(part.id)
    return found
