"""Follow ups: what a problem leads to, pre-filled so that nothing is typed twice.

A typical, special or avoidable problem leads to its report, what cannot be solved now to a
concession. Clause: 5.3.1(2), 5.3.1(3).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from models.book import permissions
from models.book.log import transitions
from models.calendar import business_dates
from models.records.common.follow_ups import follow_up
from models.records.problems.escalation import Escalation
from models.records.problems.fix import Fix
from models.records.registers import calendar_years
from models.schema.record import Record, kinds
from models.storage import rows
from models.text.words import W, say

if TYPE_CHECKING:
    from models.book.book import Book
    from models.storage.store import Store

REPORT_DAYS = 5
"""Working days that a report may take, unless another day is given."""
SUBJECT = 60
"""Most characters of a report's subject taken from the problem's text."""

FOUND = W("发现：{what}", "found: {what}")
STEP = W("{move}（{who}）", "{move} ({who})")
VERIFIED = W("{when} {who}：{result}", "{when} {who}: {result}")


def found(store: Store, record: Record, type: str) -> Record | None:
    """The report or concession that a record has led to already, the newest one in use."""
    names = [name for name in (record.type, "fix") if name in kinds[type].specs()]
    ids = {"fix": getattr(record, "fix", None), record.type: record.id}
    for name in dict.fromkeys(names):
        if ids.get(name):
            where = f'WHERE "{name}"=? AND void IS NULL ORDER BY n DESC LIMIT 1'
            known = rows.fetch(store, kinds[type], where, (ids[name],))
            if known and not (type == "concession" and _over(known[0])):
                return known[0]
    return None


def wanting(store: Store, record: Record) -> bool:
    """Whether a problem is marked typical, special or avoidable, and has no report yet."""
    typical = record.void is None and getattr(record, "typical", None)
    return bool(typical) and found(store, record, "problem_report") is None


@follow_up("fix", "escalation", to="problem_report")
def report_values(book: Book, record: Record) -> dict[str, Any]:
    """A problem report's start: what the fix or escalation says already."""
    had = record.values()
    phenomenon = str(had.get("phenomenon") or "")
    due = calendar_years.calendar(book).add_workdays(book.today, REPORT_DAYS)
    handled = [had.get(name) for name in ("correction", "solution", "measure")]
    return {
        **_taken(record, "site", "equipment", "phenomenon", "found_during", "cause_class"),
        "severity": had.get("severity"),
        "subject": phenomenon.split("\n", 1)[0][:SUBJECT] or None,
        "reason": "typical",
        "fix": record.id if isinstance(record, Fix) else had.get("fix"),
        "escalation": record.id if isinstance(record, Escalation) else None,
        "due": due.isoformat(),
        "timeline": "\n".join(_timeline(book, record)),
        "emergency": had.get("done_so_far"),
        "cause_direct": had.get("cause"),
        "solution": "\n".join(str(text) for text in handled if text) or None,
        "verification": _verified(book, record),
    }


@follow_up("fix", "escalation", to="concession")
def concession_values(book: Book, record: Record) -> dict[str, Any]:
    """A concession's start: the problem is the situation, the solution what follows."""
    had = record.values()
    measures = (had.get("done_so_far"), had.get("correction"))
    return {
        "situation": had.get("phenomenon"),
        "interim": "\n".join(str(text) for text in measures if text) or None,
        "follow_up": had.get("solution"),
        "follow_up_by": had.get("due"),
        **_going_on(book, _taken(record, "milestone", "delivery")),
        "fix": record.id if isinstance(record, Fix) else had.get("fix"),
        "escalation": record.id if isinstance(record, Escalation) else None,
    }


@follow_up("milestone", "delivery", to="concession")
def concession_of_held(book: Book, record: Record) -> dict[str, Any]:  # noqa: ARG001
    """A concession that names the milestone or delivery it is asked for."""
    return {record.type: record.id}


@follow_up("routine_deviation", to="escalation")
def escalation_of_deviation(book: Book, record: Record) -> dict[str, Any]:  # noqa: ARG001
    """A deviation from the plan that is beyond the project manager."""
    had = record.values()
    said = [had.get(name) for name in ("subject", "found", "reason")]
    text = "\n".join(str(one) for one in said if one)
    return {"phenomenon": text or record.number, "source": record.id}


def _going_on(book: Book, named: dict[str, Any]) -> dict[str, Any]:
    """Those of the records named that are in use and have not ended."""
    found = {name: book.find(id) for name, id in named.items() if id}
    return {
        name: one.id
        for name, one in found.items()
        if one is not None and one.void is None and not _over(one)
    }


def _taken(record: Record, *names: str) -> dict[str, Any]:
    return {name: getattr(record, name, None) for name in names}


def escalation_values(fix: Fix) -> dict[str, Any]:
    """What an escalation takes over from the fix it comes from, nothing retyped."""
    values = _taken(
        fix,
        *("phenomenon", "site", "equipment", "place", "answer", "cause", "cause_class"),
        *("typical", "milestone", "delivery", "reason_kind", "severity"),
    )
    return {**values, "fix": fix.id, "done_so_far": fix.correction}


def _timeline(book: Book, record: Record) -> Iterator[str]:
    """What happened when, to the minute: as it was found, and each move since."""
    first = str(getattr(record, "phenomenon", None) or record.number).split("\n", 1)[0]
    yield f"{_minute(book, record.occurred)} {say(FOUND, what=first)}"
    for move in transitions.made_by(book.store, record.id):
        label = permissions.label_of(record.kind, move.move)
        who = book.people.name(move.author)
        more = f" {move.comment}" if move.comment else ""
        yield f"{_minute(book, move.at)} {say(STEP, move=label, who=who)}{more}"


def _verified(book: Book, record: Record) -> str | None:
    """How it was re-verified, by whom, with which result."""
    at, result = getattr(record, "verified_at", None), getattr(record, "verify_result", None)
    if at is None or result is None:
        return None
    who = book.people.name(str(getattr(record, "verified_by", "")))
    said = type(record).specs()["verify_result"].word(result)
    line = say(VERIFIED, when=_minute(book, at), who=who, result=said)
    method = getattr(record, "verify_method", None)
    return f"{line}\n{method}" if method else line


def _minute(book: Book, ms: int) -> str:
    return f"{business_dates.local(ms, book.zone):%Y-%m-%d %H:%M}"


def _over(record: Record) -> bool:
    return record.kind.state(record.state).ended
