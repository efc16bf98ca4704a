"""Statistics of irregular services: how many of which category, project, month and finding.

Groups under three are shown together wherever it is not certain that only those entitled look: from
a small group one could tell who it was. By person there are figures only for those who may read the
names. Clause: 5.3.2(3)
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from models.calendar.business_dates import instant
from models.derived.figures import Scope
from models.records.nonconformity.irregular.irregular_person import READERS
from models.storage.store import places

if TYPE_CHECKING:
    from models.book.book import Book

LEAST = 3
"""Cases of a group that is shown by itself where names are not read."""
OTHERS = "*"
"""The group of all groups that are too small."""
FEW_TASKS = 30
"""Tasks below which a rate says little."""
_TASKS = (
    ("sheet", "submit"),
    ("fix", "fix"),
    ("escalation", "fix"),
    ("task_execution", "finish"),
)
"""Moves by which a task is done."""


class IrregularGroup(NamedTuple):
    """The services that have something in common: a category, project, month or person."""

    name: str
    cases: int
    records: tuple[str, ...] = ()


class ParetoLine(NamedTuple):
    """A group with its part of all, and of all with those before it, in whole percent."""

    group: IrregularGroup
    percent: int
    up_to: int


class CountedService(NamedTuple):
    """What is counted of a service; its texts are read where they are shown."""

    id: str
    number: str
    project: str | None
    category: str | None
    found_in: str | None
    found_on: str | None
    recorded: int
    referred_at: int | None
    corrected_at: int | None


def services(book: Book, scope: Scope) -> list[CountedService]:
    """The services found in a scope, oldest first; none of the void ones."""
    where = (
        f"WHERE project IN ({places(scope.projects)}) AND found_on BETWEEN ? AND ? AND void IS NULL"
    )
    params = (*scope.projects, scope.first.isoformat(), scope.last.isoformat())
    return _counted(book, where, params)


def numbered(book: Book, numbers: Sequence[str]) -> list[CountedService]:
    """The services of these numbers, void ones too: those that a report has counted."""
    where = "WHERE number IN (SELECT value FROM json_each(?))"
    return _counted(book, where, (json.dumps(list(numbers)),))


def _counted(book: Book, where: str, params: Sequence[str]) -> list[CountedService]:
    columns = ", ".join(CountedService._fields)
    sql = f"SELECT {columns} FROM irregular_service {where} ORDER BY found_on, n"
    return [CountedService(*row) for row in book.store.rows(sql, params)]


def grouped(
    found: Iterable[CountedService], name: Callable[[CountedService], str | None]
) -> list[IrregularGroup]:
    """The groups by a name, the largest first; what has no name is a group of its own ('')."""
    groups: dict[str, list[str]] = {}
    for one in found:
        groups.setdefault(name(one) or "", []).append(one.id)
    made = [IrregularGroup(name, len(ids), tuple(ids)) for name, ids in groups.items()]
    return sorted(made, key=lambda group: (-group.cases, group.name))


def by_category(found: Iterable[CountedService]) -> list[IrregularGroup]:
    """How many of each category."""
    return grouped(found, lambda one: one.category)


def by_project(found: Iterable[CountedService]) -> list[IrregularGroup]:
    """How many of each project."""
    return grouped(found, lambda one: one.project)


def by_finding(found: Iterable[CountedService]) -> list[IrregularGroup]:
    """How many were found in which way."""
    return grouped(found, lambda one: one.found_in)


def by_month(found: Iterable[CountedService]) -> list[IrregularGroup]:
    """How many in each month ('2026-11'), in the order of time."""
    groups = grouped(found, lambda one: str(one.found_on)[:7])
    return sorted(groups, key=lambda group: group.name)


def by_person(book: Book, found: Sequence[CountedService]) -> list[IrregularGroup] | None:
    """How many of whom; None for somebody who may not read the names of all of these projects."""
    for project in {one.project for one in found}:
        if book.people.roles(book.me, project).isdisjoint(READERS):
            return None
    sql = (
        "SELECT service, person FROM irregular_person WHERE void IS NULL"
        " AND service IN (SELECT value FROM json_each(?))"
    )
    people = dict(book.store.rows(sql, (json.dumps([one.id for one in found]),)))
    return [group for group in grouped(found, lambda one: people.get(one.id)) if group.name]


def merged(groups: Sequence[IrregularGroup]) -> list[IrregularGroup]:
    """The same total with all groups under three as one, which comes last."""
    small = [group for group in groups if group.cases < LEAST]
    kept = [group for group in groups if group.cases >= LEAST]
    if not small:
        return kept
    ids = tuple(id for group in small for id in group.records)
    return [*kept, IrregularGroup(OTHERS, sum(group.cases for group in small), ids)]


def pareto(groups: Sequence[IrregularGroup]) -> list[ParetoLine]:
    """Each group's part, and how far the groups so far go."""
    total = sum(group.cases for group in groups)
    sums = accumulate(group.cases for group in groups)
    return [
        ParetoLine(group, _percent(group.cases, total), _percent(so_far, total))
        for group, so_far in zip(groups, sums, strict=True)
    ]


def tasks(book: Book, scope: Scope) -> int:
    """How many tasks were done in a scope: checklists, fixes, escalations, planned tasks."""
    since = instant(scope.first, 0, book.zone)
    until = instant(scope.last + timedelta(days=1), 0, book.zone)
    found = 0
    for type, move in _TASKS:
        sql = (
            "SELECT COUNT(DISTINCT record) FROM transition WHERE type=? AND move=? AND at>=? AND"
            f" at<? AND project IN ({places(scope.projects)})"
        )
        found += int(book.store.rows(sql, (type, move, since, until, *scope.projects))[0][0])
    return found


def _percent(part: int, of: int) -> int:
    return (200 * part + of) // (2 * of) if of else 0
