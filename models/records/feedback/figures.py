"""The figures of complaints and of communication. Clause: 5.3.2(4), 5.5."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from models.book.tables import procedures
from models.calendar.business_dates import business_day, day_of
from models.derived.figures import Counted, Reading, Scope, counted, figure, reading, share
from models.records.feedback.communication import Communication
from models.records.feedback.complaint import Complaint
from models.records.feedback.promise import Promise
from models.records.registers import calendar_years
from models.storage import rows
from models.storage.store import places
from models.text.words import W

if TYPE_CHECKING:
    from models.book.book import Book

COMPLAINT, COMMUNICATION = "complaint", "communication"
NEXT_DAY = 1


class ComplaintReading(NamedTuple):
    """The complaints of a scope."""

    received: list[str]
    due: list[str]
    """Those whose acknowledgement was due by the end, or came before."""
    in_time: list[str]
    """Of these, acknowledged in time."""
    open: list[str]
    accepted: list[str]
    """Those of which the customer accepts the answer."""


class ContactReading(NamedTuple):
    """The contacts of a scope."""

    planned: list[str]
    held: list[str]
    """Of the planned ones, those that were held."""
    all_held: list[str]
    """All that were held in the scope, planned or not."""
    promised: list[str]
    """Promises due in the scope."""
    kept: list[str]


@reading(COMPLAINT, W("客户投诉", "Complaints"))
def read_complaints(book: Book, scope: Scope) -> Reading:
    """The complaints received in the scope."""
    where = (
        f"WHERE project IN ({places(scope.projects)}) AND received_on BETWEEN ? AND ?"
        " AND void IS NULL ORDER BY n"
    )
    days = (scope.first.isoformat(), scope.last.isoformat())
    found = rows.fetch(book.store, Complaint, where, (*scope.projects, *days))
    judged = {one.id: _in_time(book, one) for one in found}
    return Reading(
        ComplaintReading(
            received=[one.id for one in found],
            due=[id for id, verdict in judged.items() if verdict is not None],
            in_time=[id for id, verdict in judged.items() if verdict],
            open=[one.id for one in found if not one.kind.state(one.state).ended],
            accepted=[one.id for one in found if one.state in ("accepted", "closed")],
        )
    )


def _in_time(book: Book, one: Complaint) -> bool | None:
    """Whether it was acknowledged in time; None while there is time."""
    day = day_of(one.received_on)
    if day is None:
        return None
    followed = procedures.followed(book.store, one)
    days = followed.days("received") if followed is not None else None
    limit = calendar_years.calendar(book).add_workdays(day, NEXT_DAY if days is None else days)
    told: date | None = None
    if one.acknowledged_at is not None:
        told = business_day(one.acknowledged_at, book.zone)
    if told is not None:
        return told <= limit
    return False if book.today > limit else None


@figure(
    "complaint.received",
    W("投诉", "Complaints"),
    W("受理日期在这段时间的投诉", "complaints received in the span"),
)
def received(read: ComplaintReading) -> Counted:
    """Complaints that came."""
    return counted(read.received)


@figure(
    "complaint.in_time",
    W("投诉按时确认率", "Acknowledged in time"),
    W(
        "按流程期限（通常为下一工作日）确认的 ÷ 已确认或已到期的",
        "acknowledged by the procedure's day (mostly the next working day) ÷ acknowledged or due",
    ),
    unit="%",
)
def in_time(read: ComplaintReading) -> Counted:
    """Of the complaints to acknowledge, those that were in time."""
    return share(len(read.in_time), len(read.due), read.due)


@figure(
    "complaint.open",
    W("未结投诉", "Complaints open"),
    W("其中还没有关闭或撤回的", "of these, not closed or withdrawn"),
)
def open_now(read: ComplaintReading) -> Counted:
    """Those that go on."""
    return counted(read.open, len(read.received))


@figure(
    "complaint.accepted",
    W("客户接受率", "Answers accepted"),
    W("客户接受答复的 ÷ 受理的投诉", "complaints whose answer the customer accepts ÷ received"),
    unit="%",
)
def accepted(read: ComplaintReading) -> Counted:
    """Those whose answer is accepted."""
    return share(len(read.accepted), len(read.received), read.received)


@reading(COMMUNICATION, W("客户沟通", "Communication"))
def read_contacts(book: Book, scope: Scope) -> Reading:
    """The contacts planned for or held in the scope, and the promises due in it."""
    first, last = scope.first.isoformat(), scope.last.isoformat()
    where = f"WHERE project IN ({places(scope.projects)}) AND void IS NULL"
    every = rows.fetch(book.store, Communication, f"{where} ORDER BY n", scope.projects)
    promised = rows.fetch(
        book.store,
        Promise,
        f"{where} AND state<>'dropped' AND due BETWEEN ? AND ? ORDER BY n",
        (*scope.projects, first, last),
    )
    planned = [
        one for one in every if one.due and first <= one.due <= last and one.state != "cancelled"
    ]
    return Reading(
        ContactReading(
            planned=[one.id for one in planned],
            held=[one.id for one in planned if one.state == "held"],
            all_held=[
                one.id
                for one in every
                if one.state == "held" and one.held_on and first <= one.held_on <= last
            ],
            promised=[one.id for one in promised],
            kept=[one.id for one in promised if one.state == "kept"],
        )
    )


@figure(
    "communication.planned",
    W("计划沟通", "Contacts planned"),
    W("计划日期在这段时间、没有取消的沟通", "contacts planned for the span and not cancelled"),
)
def planned(read: ContactReading) -> Counted:
    """Contacts that were planned."""
    return counted(read.planned)


@figure(
    "communication.held",
    W("已完成沟通", "Contacts held"),
    W("沟通日期在这段时间的，不论有无计划", "contacts held in the span, planned or not"),
)
def held(read: ContactReading) -> Counted:
    """Contacts that were held."""
    return counted(read.all_held)


@figure(
    "communication.rate",
    W("沟通计划完成率", "Plan of contacts kept"),
    W("计划沟通中已完成的 ÷ 计划沟通", "planned contacts that were held ÷ planned"),
    unit="%",
)
def held_as_planned(read: ContactReading) -> Counted:
    """Of those planned, those held."""
    return share(len(read.held), len(read.planned), read.planned)


@figure(
    "communication.promises",
    W("承诺兑现率", "Promises kept"),
    W("期限在这段时间的承诺中已兑现的", "kept of the promises due in the span"),
    unit="%",
)
def promises(read: ContactReading) -> Counted:
    """Of the promises due, those that were kept."""
    return share(len(read.kept), len(read.promised), read.promised)
