"""Intake: a week's problems written into the rows of its status, and updated there.

Clause: 5.3.1(2).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from models.book import permissions
from models.records.weekly.week.week_problems import TakenProblem, WeekProblem, gather
from models.records.weekly.weekly_entry import Weekly
from models.records.weekly.weekly_problem import WeeklyProblem
from models.storage import rows
from models.text.words import W, say

if TYPE_CHECKING:
    from models.book.book import Book
    from models.storage.store import Store

NOT_MINE = W("已不是本条目的问题", "no longer a problem of this entry")


def take_in(book: Book, weekly: Weekly) -> None:
    """Write the problems of an entry into its rows, as long as it is open.

    What the author wrote there stays; what came from the source follows it.
    """
    if permissions.closed_by(weekly) is not None:
        return
    person, week = weekly.person or weekly.author, weekly.week or ""
    found = gather(book, str(weekly.project), week, person)
    have = {row.source: row for row in problems_of(book.store, weekly.id, gone=True)}
    with book.saving():
        for taken in found:
            row = have.pop(taken.problem.source.id, None)
            if row is None:
                named = {"weekly": weekly.id, "source": taken.problem.source.id}
                book.add("weekly_problem", {**named, **_filled(taken.values)})
            else:
                _refresh(book, row, taken)
        for row in have.values():
            if row.outcome == "open" and row.void is None and _gone(book, row, person):
                book.void(row.id, say(NOT_MINE))


def preview(
    book: Book, project: str, week: str, person: str, weekly: Weekly | None
) -> list[tuple[str, dict[str, Any]]]:
    """The problems of an entry as its rows will be: (source, values), nothing written."""
    rows_ = problems_of(book.store, weekly.id, gone=True) if weekly is not None else []
    if weekly is not None and permissions.closed_by(weekly) is not None:
        return [(row.source or "", row.values()) for row in rows_ if row.void is None]
    have = {row.source: row for row in rows_}
    found: list[tuple[str, dict[str, Any]]] = []
    for taken in gather(book, project, week, person):
        row = have.pop(taken.problem.source.id, None)
        if row is None:
            found.append((taken.problem.source.id, taken.values))
        elif not _taken_out(row):
            values = {**row.values(), **_changed(book, row, taken)}
            found.append((taken.problem.source.id, values))
    for row in have.values():
        if row.void is None and not (row.outcome == "open" and _gone(book, row, person)):
            found.append((row.source or "", row.values()))
    return sorted(found, key=lambda one: one[1]["outcome"] == "open")


def problems_of(store: Store, weekly: str, *, gone: bool = False) -> list[WeeklyProblem]:
    """The rows of an entry, solved ones first; void ones too if `gone`."""
    void = "" if gone else " AND void IS NULL"
    where = f"WHERE weekly=?{void} ORDER BY outcome='open', n"
    return rows.fetch(store, WeeklyProblem, where, (weekly,))


def _gone(book: Book, row: WeeklyProblem, person: str) -> bool:
    """Whether an open problem that is not gathered any more came from gathering at all."""
    source = book.find(row.source or "")
    if source is None or source.type not in ("fix", "escalation"):
        return False
    return source.void is not None or source.author == person


def _refresh(book: Book, row: WeeklyProblem, taken: TakenProblem) -> None:
    """Bring a row up to date; one that its author took out stays out."""
    if _taken_out(row):
        return
    if row.void is not None:
        book.restore(row.id)
    changed = _changed(book, row, taken)
    if changed:
        book.edit(row.id, changed)


def _taken_out(row: WeeklyProblem) -> bool:
    """Whether the author took a row out."""
    return row.void is not None and row.void not in (NOT_MINE.zh, NOT_MINE.en)


def _changed(book: Book, row: WeeklyProblem, taken: TakenProblem) -> dict[str, Any]:
    """What a row does not say yet; words of the author's own are left alone."""
    changed = {}
    for name, value in taken.values.items():
        if getattr(row, name) != value and (
            name in ("outcome", "verified", "supplement", "solved_week")
            or (value and _ours(book, taken.problem, name, getattr(row, name)))
        ):
            changed[name] = value
    return changed


def _ours(book: Book, problem: WeekProblem, name: str, text: str | None) -> bool:
    """Whether a row's text came from the source at some time, and not from the author."""
    if not text:
        return True
    names = {name, "correction", "measure"} if name == "measure" else {name}
    for record in {problem.source.id, problem.speaks.id}:
        for entry in book.change_log.history(record):
            if any(entry.fields.get(one) == text for one in names):
                return True
    return False


def _filled(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}
