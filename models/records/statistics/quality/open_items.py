"""Open items: what is not done yet in some projects, and what was done since a day.

An item is one record of the kinds that a quality department follows. A fix that was escalated
counts as its escalation. What is open is found by the index of states, what was done by that of
the moves, so that the cost follows the open items and the span, not the records of all years.
Clause: 5.1, 5.2, 5.3, 5.4.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from models.book import permissions
from models.book.derived_state import StateView
from models.book.projects import all_projects
from models.calendar.business_dates import day_of, instant
from models.schema.kind import Kind
from models.schema.record import kinds
from models.schema.roles import GENERAL_OFFICE, LEADS, QUALITY
from models.storage.store import places
from models.text.words import Refused, W

if TYPE_CHECKING:
    from models.book.book import Book
    from models.records.registers.project import Project

READERS = (*LEADS, QUALITY, GENERAL_OFFICE)
"""Who looks at the open items of a project."""
COMPANY = ""
"""In place of a project's id: what belongs to none."""
DAY = timedelta(days=1)
AGES = (7, 30, 90)
"""Upper bounds of the age classes in days, today being 0; the last class has none."""
NO_PROJECT = W(
    "质量总览由项目经理、部门经理、质量专员和总经部查看；本机没有您以这些角色参与的项目。",
    "Project and department managers, quality and the general manager's office read the quality"
    " overview; you hold none of these roles on a project here.",
)

NOT_THIS = W(
    "“{project}”的质量总览由该项目的项目经理、部门经理、质量专员和总经部查看。",
    "The quality overview of “{project}” is read by its project manager, department manager,"
    " quality and the general manager's office.",
)
OF_NONE = W("不属于项目", "of no project")


class ItemSource(NamedTuple):
    """A record type whose records are items, and when they count."""

    type: str
    closes: tuple[str, ...] = ()
    """The states by which an item is done; () = those that are ended."""
    done: tuple[str, ...] = ()
    """Further states in which it is done already: what comes after is others' work."""
    apart: tuple[str, ...] = ()
    """States in which it is no item: another record has taken its place."""
    unless: str = ""
    """SQL by which a record (r) is no item."""
    due: str = ""
    """The day on which it is due, where the kind does not say so."""


class ItemKind(NamedTuple):
    """A kind of items, of one record type or of several."""

    name: str
    label: W
    sources: tuple[ItemSource, ...]


KINDS = (
    ItemKind(
        "fixes",
        W("现场处置", "Fixes"),
        (
            ItemSource(
                "fix",
                apart=("escalated",),
                unless="EXISTS (SELECT 1 FROM escalation e WHERE e.fix=r.id AND e.void IS NULL)",
            ),
        ),
    ),
    ItemKind("escalations", W("升级", "Escalations"), (ItemSource("escalation"),)),
    ItemKind("actions", W("纠正与预防", "Actions"), (ItemSource("corrective_action"),)),
    ItemKind("complaints", W("客户投诉", "Complaints"), (ItemSource("complaint"),)),
    ItemKind("incidents", W("质量事故", "Incidents"), (ItemSource("incident"),)),
    ItemKind("irregular", W("不规范服务", "Irregular"), (ItemSource("irregular_service"),)),
    ItemKind("concessions", W("让步申请", "Concessions"), (ItemSource("concession"),)),
    ItemKind(
        "confirmations",
        W("待确认", "To confirm"),
        (
            ItemSource("competence_confirmation", closes=("confirmed", "apart"), due="-"),
            ItemSource("pre_service_study", closes=("confirmed",)),
            ItemSource("reconfirmation"),
        ),
    ),
    ItemKind(
        "checks",
        W("检查未交", "Checks"),
        (
            ItemSource("sheet", closes=("submitted",), done=("reviewed",), due="day"),
            ItemSource("routine_check"),
            ItemSource("quarterly_check"),
            ItemSource("random_check"),
        ),
    ),
)
BY_NAME = {kind.name: kind for kind in KINDS}


class OpenItem(NamedTuple):
    """One record that is open, or was done."""

    id: str
    kind: str
    """The name of its kind."""
    project: str
    """Its project's id; `COMPANY` where it has none."""
    occurred: int
    """When it began, ms UTC."""
    due: date | None
    closed: int | None = None
    """When it was done last, ms UTC."""


def projects(book: Book) -> list[Project]:
    """The projects whose items a person looks at, completed ones too. Raises `Refused`."""
    roles, me = book.people.roles, book.me
    found = [one for one in all_projects(book.store) if roles(me, one.id) & set(READERS)]
    if not found:
        raise Refused(NO_PROJECT)
    return found


def everywhere(book: Book) -> tuple[str, ...]:
    """The ids of all of them; the company itself for who supervises it. Raises `Refused`."""
    ids = [one.id for one in projects(book)]
    company = not book.people.roles(book.me, None).isdisjoint((QUALITY, GENERAL_OFFICE))
    return (*ids, COMPANY) if company else tuple(ids)


def alone(book: Book, project: str) -> tuple[str, ...]:
    """One project by its id. Raises `Refused` for who may not look at it."""
    if project not in {one.id for one in projects(book)}:
        raise Refused(NOT_THIS, project=book.get(project).title())
    return (project,)


def open_now(book: Book, where: Sequence[str]) -> list[OpenItem]:
    """The items that are open in these projects (ids, `COMPANY`), in the order of `KINDS`."""
    view = StateView(book.store)
    return [
        item for kind in KINDS for source in kind.sources
        for item in _open(book, view, kind.name, source, where)
    ]  # fmt: skip


def done_since(book: Book, where: Sequence[str], first: date) -> list[OpenItem]:
    """The items of these projects that were done on that day or later."""
    view, since = StateView(book.store), instant(first, 0, book.zone)
    return [
        item for kind in KINDS for source in kind.sources
        for item in _done(book, view, kind.name, source, where, since)
    ]  # fmt: skip


def age_bounds(today: date, zone: str) -> list[int]:
    """The instants before which an item is older than each of `AGES`."""
    return [instant(today - timedelta(days=days), 0, zone) for days in AGES]


def dated(kind: ItemKind) -> bool:
    """Whether items of a kind have a day on which they are due."""
    return any(_due_sql(source) != "NULL" for source in kind.sources)


def closing_states(source: ItemSource) -> list[str]:
    """The states by which an item is done."""
    declared = kinds[source.type].kind.states
    return list(source.closes) or [one.name for one in declared if one.ended]


def _done_states(source: ItemSource) -> list[str]:
    return [*closing_states(source), *source.done]


def _due_sql(source: ItemSource) -> str:
    if source.due == "-":
        return "NULL"  # the day is that until which it holds
    return f'"{source.due}"' if source.due else kinds[source.type].kind.due_sql or "NULL"


def _condition(source: ItemSource, where: Sequence[str]) -> tuple[str, list[Any]]:
    """What makes a record an item of these projects."""
    # '+': states and moves are few, projects many: the index of the former is the better one.
    sql = f"r.void IS NULL AND COALESCE(+r.project, '') IN ({places(where)})"
    return sql + (f" AND NOT {source.unless}" if source.unless else ""), list(where)


def _open(
    book: Book, view: StateView, kind: str, source: ItemSource, where: Sequence[str]
) -> Iterator[OpenItem]:
    declared, done = kinds[source.type].kind, _done_states(source)
    stored = [one.name for one in declared.states if not one.derived]
    begun = [name for name in stored if name not in (*done, *source.apart)]
    shown, given = view.sql(source.type)
    here, params = _condition(source, where)
    columns = f"SELECT id, COALESCE(project, ''), occurred, {_due_sql(source)}"
    table = f'FROM "{source.type}" r WHERE {here}'
    sql = f"{columns}, {shown} {table} AND r.state IN ({places(begun)}) ORDER BY n"
    for id, project, occurred, due, state in book.store.rows(sql, (*given, *params, *begun)):
        if state not in done:
            yield OpenItem(id, kind, project, occurred, day_of(due))
    again = _shown_again(declared, done)
    if shown != "state" and again:  # ended, and open again by another record
        ended = f"AND r.state IN ({places(done)}) AND {shown} IN ({places(again)}) ORDER BY n"
        every = (*params, *done, *given, *again)
        for id, project, occurred, due in book.store.rows(f"{columns} {table} {ended}", every):
            yield OpenItem(id, kind, project, occurred, day_of(due))


def _shown_again(kind: Kind, done: Sequence[str]) -> list[str]:
    return [one.name for one in kind.states if one.derived and one.name not in done]


def _done(
    book: Book, view: StateView, kind: str, source: ItemSource, where: Sequence[str], since: int
) -> Iterator[OpenItem]:
    declared, done, closes = kinds[source.type], _done_states(source), closing_states(source)
    moves = [move.id for move in declared.kind.moves if move.to in closes]
    moves += [permissions.IMPORT, permissions.RESOLVE]
    at = "t.at"
    if "fixed_at" in declared.fields():  # what was brought in closed was closed when it was fixed
        imported = f"t.move='{permissions.IMPORT}'"
        at = f"CASE WHEN {imported} THEN min(t.at, COALESCE(r.fixed_at, t.at)) ELSE t.at END"
    shown, given = view.sql(source.type)
    here, params = _condition(source, where)
    sql = (
        f"SELECT id, COALESCE(project, ''), occurred, {_due_sql(source)}, {shown}, ended FROM"
        f' (SELECT r.*, max({at}) AS ended FROM transition t JOIN "{source.type}" r'
        f" ON r.id=t.record WHERE t.type=? AND t.move IN ({places(moves)}) AND t.at>=?"
        f" AND t.state IN ({places(closes)}) AND r.state IN ({places(done)}) AND {here}"
        " GROUP BY r.id) WHERE ended>=? ORDER BY n"
    )
    every = (*given, source.type, *moves, since, *closes, *done, *params, since)
    for id, project, occurred, due, state, ended in book.store.rows(sql, every):
        if state in done:
            yield OpenItem(id, kind, project, occurred, day_of(due), max(ended, occurred))
