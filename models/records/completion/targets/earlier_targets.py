"""Earlier targets: what was missed before, for those who plan the next service of a customer.

Clause: 6.2: the department analyses what was missed and improves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from models.derived import compiled
from models.records.completion.acceptance.acceptance_item import SHORT
from models.records.completion.targets.target_assessment import TargetAssessment
from models.records.completion.targets.target_content import TargetPart
from models.records.registers.project import Project
from models.schema.record import Record
from models.storage import rows
from models.storage.store import places

if TYPE_CHECKING:
    from models.book.book import Book

MOST = 5
"""Earlier assessments that are looked at, the latest ones."""


class MissedTargets(NamedTuple):
    """Targets that were missed, the items that an acceptance refused or left something over of,
    and the ids of the actions that are to improve them."""

    missed: list[TargetPart]
    items: list[str]
    actions: list[str]


def missed_before(book: Book, record: Record) -> MissedTargets:
    """What the projects of the same customer missed in service periods that ended before.

    Of a record that is about a service period itself only the periods before it.
    """
    projects = _projects(book, str(record.project))
    before = str(record.values().get("service_to") or "9999")
    where = (
        f"WHERE project IN ({places(projects)}) AND result='missed' AND service_to<? AND id<>?"
        " AND void IS NULL AND state IN ('assessed', 'confirmed')"
        f" ORDER BY service_to DESC LIMIT {MOST}"
    )
    found = rows.fetch(book.store, TargetAssessment, where, (*projects, before, record.id))
    missed = list[TargetPart]()
    for one in found:
        data, _ = compiled.kept(one)
        missed += data.missed if data is not None else []
    items = short_items(book, projects)
    return MissedTargets(missed, items, _actions(book, [*(one.id for one in missed), *items]))


def short_items(book: Book, projects: list[str]) -> list[str]:
    """The ids of the items of these projects that were refused, or accepted with a left-over."""
    sql = (
        "SELECT i.id FROM acceptance_item i JOIN acceptance a ON i.acceptance=a.id"
        f" WHERE a.project IN ({places(projects)}) AND i.state IN ({places(SHORT)})"
        " AND a.void IS NULL AND i.void IS NULL ORDER BY i.n"
    )
    return [str(row[0]) for row in book.store.rows(sql, (*projects, *SHORT))]


def _projects(book: Book, id: str) -> list[str]:
    """The project itself, and the others of its customer."""
    project = rows.one(book.store, Project, id)
    if project is None or project.customer is None:
        return [id]
    sql = "SELECT id FROM project WHERE customer=? AND void IS NULL ORDER BY id"
    return [str(row[0]) for row in book.store.rows(sql, (project.customer,))]


def _actions(book: Book, sources: list[str]) -> list[str]:
    if not sources:
        return []
    sql = (
        f"SELECT id FROM corrective_action WHERE source IN ({places(sources)}) AND void IS NULL"
        " ORDER BY n"
    )
    return [str(row[0]) for row in book.store.rows(sql, sources)]
