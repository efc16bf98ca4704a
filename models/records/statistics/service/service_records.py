"""The records of a quarter that the service report counts and lists. Clause: 5.1.2."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from models.calendar.business_dates import instant
from models.derived.figures import Scope
from models.records.nonconformity.corrective_action import CorrectiveAction
from models.records.problems.escalation import Escalation
from models.records.problems.problem_report import ProblemReport
from models.schema.record import Record
from models.storage import rows
from models.storage.store import places

if TYPE_CHECKING:
    from models.book.book import Book

_APPROVED = ("approved", "issued", "published")


class ServiceRecords(NamedTuple):
    """What happened in some projects from one day to another."""

    fixes: list[str]
    escalations: list[Record]
    reports: list[Record]
    """Problem reports that were begun."""
    actions: list[Record]
    """Corrective actions that were begun, or were open at some time in between."""
    milestones: list[tuple[str, str]]
    """(id, state) of those due with a deliverable."""
    today: str

    @property
    def major(self) -> list[Record]:
        """Escalations of high severity."""
        return [one for one in self.escalations if one.values()["severity"] == "high"]

    @property
    def approved(self) -> list[Record]:
        """Reports that are approved."""
        return [one for one in self.reports if one.state in _APPROVED]

    @property
    def evaluated(self) -> list[Record]:
        """Actions whose effect was evaluated."""
        return [one for one in self.actions if one.values()["result"] is not None]

    @property
    def overdue(self) -> list[Record]:
        """Actions not done by their day."""
        doing = ("proposed", "assigned", "returned", "working")
        late = (one for one in self.actions if one.state in doing)
        return [one for one in late if str(one.values()["due"] or "9999") < self.today]


def records_of(book: Book, scope: Scope) -> ServiceRecords:
    """The records of a scope, void ones left out."""
    begin = instant(scope.first, 0, book.zone)
    end = instant(scope.last + timedelta(days=1), 0, book.zone) - 1
    here = f"project IN ({places(scope.projects)}) AND void IS NULL"
    between = (*scope.projects, begin, end)

    def found(cls: type[Record]) -> list[Record]:
        return rows.fetch(
            book.store, cls, f"WHERE {here} AND occurred BETWEEN ? AND ? ORDER BY n", between
        )

    fixes = book.store.rows(
        f"SELECT id FROM fix WHERE {here} AND occurred BETWEEN ? AND ? ORDER BY n", between
    )
    actions: Sequence[Record] = rows.fetch(
        book.store,
        CorrectiveAction,
        f"WHERE {here} AND occurred<=? AND (occurred>=? OR state<>'closed' OR signed_at>=?)"
        " ORDER BY n",
        (*scope.projects, end, begin, begin),
    )
    milestones = book.store.rows(
        f"SELECT id, state FROM milestone WHERE {here} AND deliverable IS NOT NULL"
        " AND due BETWEEN ? AND ? ORDER BY due, n",
        (*scope.projects, scope.first.isoformat(), scope.last.isoformat()),
    )
    return ServiceRecords(
        [str(row[0]) for row in fixes],
        found(Escalation),
        found(ProblemReport),
        list(actions),
        [(str(id), str(state)) for id, state in milestones],
        book.today.isoformat(),
    )
