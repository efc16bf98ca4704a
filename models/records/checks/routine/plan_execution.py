"""Plan and execution: what was due in a period, and what became of it. Clause: 5.1.1."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from models.book.projects import all_projects
from models.book.rows.child_rows import chunks
from models.derived.expected import (
    DONE,
    LATE,
    MISSING,
    UNSYNCED,
    DueWindow,
    Expected,
    expected,
)
from models.records.checks.sheet import Sheet
from models.records.checks.template import Template
from models.schema.record import Record, kinds
from models.storage import rows
from models.storage.store import places
from models.text.words import W, say

if TYPE_CHECKING:
    from models.book.book import Book
    from models.storage.store import Store

OVER = (DONE, LATE, MISSING, UNSYNCED)
"""What is counted: what was done, and that whose time is over; the rest may still be done."""
DAYS_NAMED = 6
"""Days that a line names; the others are counted."""
LINE = W(
    "应做 {due}，按时 {in_time}，迟 {late}，未做 {missing}",
    "due {due}, in time {in_time}, late {late}, not done {missing}",
)
UNHEARD = W("，未同步 {n}", ", not synced {n}")
ON = W("：{days}", ": {days}")
AND_MORE = W("等 {n} 天", "and others, {n} days")


class DoneWork(NamedTuple):
    """One thing that was due, and how it stands."""

    work: Expected
    standing: str
    """`models.derived.expected.STANDINGS`; late is what was done after its time, too."""


class SkippedItem(NamedTuple):
    """An item of a checklist that was left out, or did not apply."""

    answer: str
    result: str
    reason: str


class PlanLine(NamedTuple):
    """One kind of work: how often it was due, and what was late or not done."""

    code: str
    """Names it within its project and period."""
    name: str
    due: int
    in_time: int
    late: int
    missing: int
    unsynced: int
    days: list[str]
    """The days of what was late, not done or not heard of."""
    record: str | None
    """A record of it that was late, else any; none where none was begun."""

    @property
    def deviates(self) -> bool:
        """Whether something was late or not done, or may be: nothing was heard of it."""
        return bool(self.late or self.missing or self.unsynced)

    @property
    def text(self) -> str:
        """What is told of it, in the current language."""
        said = {"in_time": self.in_time, "late": self.late, "missing": self.missing}
        text = say(LINE, due=self.due, **said)
        text += say(UNHEARD, n=self.unsynced) if self.unsynced else ""
        if not self.days:
            return text
        days = "、".join(day[5:] for day in self.days[:DAYS_NAMED])
        more = say(AND_MORE, n=len(self.days)) if len(self.days) > DAYS_NAMED else ""
        return text + say(ON, days=f"{days} {more}".strip())


class Execution(NamedTuple):
    """A period of some projects: what was due, and what was left out on checklists."""

    works: list[DoneWork]
    skipped: list[SkippedItem]
    not_ok: list[str]
    """The answers that are not ok, by id."""

    @property
    def rounds(self) -> list[DoneWork]:
        """The rounds of checklists among what was due."""
        return [one for one in self.works if one.work.type == Sheet.kind.name]


def execution(book: Book, projects: Sequence[str], first: date, last: date) -> Execution:
    """What was due from a day to another, both included, as far as its time is over."""
    here = [one for one in all_projects(book.store) if one.id in projects]
    window = DueWindow(
        first=first, last=last, projects=here, reach=book.reach(), clock=book.week_due
    )
    due = [one for one in expected(book, window) if first <= one.day <= last]
    done_at = _done_at(book.store, [one.record for one in due if one.record and one.done])
    works = [DoneWork(one, _standing(one, done_at)) for one in due if one.standing in OVER]
    sheets = [
        one.work.record.id
        for one in works
        if one.work.type == Sheet.kind.name and one.work.record is not None
    ]
    return Execution(works, *_left_out(book.store, sheets))


def _standing(one: Expected, done_at: dict[str, int]) -> str:
    if one.done and one.record is not None and done_at.get(one.record.id, 0) > one.due:
        return LATE
    return one.standing


def _done_at(store: Store, records: Sequence[Record]) -> dict[str, int]:
    """When each was first brought out of the state in which it began (ms UTC).

    An import tells nothing of it: the work was done elsewhere, before.
    """
    found: dict[str, int] = {}
    for some in chunks([record.id for record in records]):
        sql = (
            "SELECT record, min(at) FROM transition WHERE move<>'import'"
            f" AND record IN ({places(some)}) GROUP BY record"
        )
        found |= {str(record): int(at) for record, at in store.rows(sql, some)}
    return found


def _left_out(store: Store, sheets: Sequence[str]) -> tuple[list[SkippedItem], list[str]]:
    skipped, bad = list[SkippedItem](), list[str]()
    for some in chunks(sheets):
        sql = (
            "SELECT id, result, reason FROM answer WHERE void IS NULL AND result<>'ok'"
            f" AND sheet IN ({places(some)}) ORDER BY n"
        )
        for id, result, reason in store.rows(sql, some):
            if result == "not_ok":
                bad.append(str(id))
            else:
                skipped.append(SkippedItem(str(id), str(result), str(reason or "")))
    return skipped, bad


def lines(book: Book, found: Execution) -> list[PlanLine]:
    """The same by kind of work: a checklist by its template, all else by its type."""
    by_code: dict[str, list[DoneWork]] = {}
    for one in found.works:
        by_code.setdefault(_code(one.work), []).append(one)
    return [_line(book, code, some) for code, some in by_code.items()]


def _code(work: Expected) -> str:
    template = work.values.get("template") if work.type == Sheet.kind.name else None
    return f"{work.type}:{template}" if template else work.type


def _line(book: Book, code: str, some: Sequence[DoneWork]) -> PlanLine:
    counts = dict.fromkeys((DONE, LATE, MISSING, UNSYNCED), 0)
    for one in some:
        counts[one.standing] = counts.get(one.standing, 0) + 1
    odd = [one for one in some if one.standing in (LATE, MISSING, UNSYNCED)]
    begun = [one.work.record for one in (*odd, *some) if one.work.record is not None]
    return PlanLine(
        code,
        _name(book, code),
        len(some),
        counts[DONE],
        counts[LATE],
        counts[MISSING],
        counts[UNSYNCED],
        list(dict.fromkeys(one.work.day.isoformat() for one in odd)),
        begun[0].id if begun else None,
    )


def _name(book: Book, code: str) -> str:
    type, _, template = code.partition(":")
    found = rows.one(book.store, Template, template) if template else None
    return found.name() if found is not None else str(kinds[type].kind.label)
