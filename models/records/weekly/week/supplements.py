"""Supplements: what a weekly report was issued with, and what came or changed since.

An issued report never changes silently: what this device knows of when it comes is added as a
row, and what a merge brought is shown too, since it is computed at every look.
Clause: 5.3.1(2).
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, NamedTuple, cast

from models.records.weekly import problem_intake
from models.records.weekly.weekly_entry import HANDED_IN, Weekly
from models.records.weekly.weekly_report import WeeklyReport, WeeklySupplement
from models.schema.record import Record
from models.storage import rows
from models.storage.store import places

if TYPE_CHECKING:
    from models.book.book import Book


class Later(NamedTuple):
    """An entry whose present content an issued report does not have."""

    weekly: Weekly
    new: bool
    """It was not there at all; else it was changed."""


def report_of(book: Book, project: str, week: str) -> WeeklyReport | None:
    """The report of a project's week, if it was compiled."""
    found = book.twin("weekly_report", {"week": week}, project=project)
    return cast("WeeklyReport | None", found if found is not None and found.void is None else None)


def compiled(book: Book, project: str, week: str) -> WeeklyReport:
    """The report of a project's week, begun now if it was not."""
    twin = book.twin("weekly_report", {"week": week}, project=project)
    if twin is not None and twin.void is not None:
        twin = book.restore(twin.id)
    made = twin or book.add("weekly_report", {"week": week}, project=project)
    return cast(WeeklyReport, made)


def cover(book: Book, report: WeeklyReport) -> None:
    """Note which versions it is issued with (in the transaction of the issuing)."""
    found = {one.id: _stand(book, one) for one in entries(book, report)}
    book.edit(report.id, {"covers": json.dumps(found, sort_keys=True)})


def entries(book: Book, report: WeeklyReport) -> list[Weekly]:
    """The entries of its week that were submitted."""
    where = (
        f"WHERE project=? AND week=? AND void IS NULL AND state IN ({places(HANDED_IN)}) ORDER BY n"
    )
    return rows.fetch(book.store, Weekly, where, (report.project, report.week, *HANDED_IN))


def later(book: Book, report: WeeklyReport) -> list[Later]:
    """What differs from what it was issued with; nothing while it is not issued."""
    if report.state != "issued":
        return []
    known = _covered(report)
    return [
        Later(one, one.id not in known)
        for one in entries(book, report)
        if known.get(one.id) != _stand(book, one)
    ]


def supplements(book: Book, report: WeeklyReport) -> list[WeeklySupplement]:
    """The rows that were added since."""
    where = "WHERE report=? AND void IS NULL ORDER BY n"
    return rows.fetch(book.store, WeeklySupplement, where, (report.id,))


def add_later(book: Book, weekly: Weekly) -> None:
    """An entry accepted after its week's report was issued is added to it as a supplement."""
    report = report_of(book, str(weekly.project), weekly.week or "")
    if report is None or report.state != "issued":
        return
    if weekly.id in {one.weekly.id for one in later(book, report)}:
        text = weekly.progress or weekly.number
        if any((one.source, one.text) == (weekly.id, text) for one in supplements(book, report)):
            return
        book.add("weekly_supplement", {"report": report.id, "source": weekly.id, "text": text})


def _covered(report: WeeklyReport) -> dict[str, str]:
    """Entry -> the versions it was issued with; what another person's device wrote may be odd."""
    try:
        found = json.loads(report.covers or "{}")
    except (ValueError, RecursionError):
        return {}
    return {str(key): str(value) for key, value in found.items()} if isinstance(found, dict) else {}


def _stand(book: Book, weekly: Weekly) -> str:
    """A digest over the versions of an entry and its problems; accepting it changes none."""
    problems = sorted(problem_intake.problems_of(book.store, weekly.id), key=lambda row: row.id)
    words = [_words(book, record) for record in (weekly, *problems)]
    return hashlib.blake2b("/".join(words).encode(), digest_size=12).hexdigest()


def _words(book: Book, record: Record) -> str:
    registers = type(record).registers()
    base = book.writer.base_of(registers, record.dots)
    return ",".join(f"{device}.{seq}" for name in registers for device, seq in sorted(base[name]))
