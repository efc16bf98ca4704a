"""Figures of quality incidents: how many, of which level, how long and what was lost. Clause: 5.4.

Counted is what was reported and not found to be none; which are of a span goes by when it began.
"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from models.calendar.business_dates import instant
from models.derived.figures import Counted, Reading, Scope, counted, figure, none, reading
from models.records.nonconformity.incidents.incident import Incident
from models.storage import rows
from models.storage.store import places
from models.text.money import USUAL, Money, money_of
from models.text.words import W

if TYPE_CHECKING:
    from models.book.book import Book

FAMILY = "incident"


class IncidentReading(NamedTuple):
    """The incidents of a scope."""

    incidents: list[Incident]

    def level(self, name: str) -> list[str]:
        """The ids of those of a level: as confirmed, until then as proposed."""
        return [one.id for one in self.incidents if (one.level or one.proposed_level) == name]


def incidents(book: Book, scope: Scope) -> list[Incident]:
    """Those of a scope, the first one first; drafts and what proved to be none are left out."""
    begin = instant(scope.first, 0, book.zone)
    end = instant(scope.last + timedelta(days=1), 0, book.zone) - 1
    where = (
        f"WHERE project IN ({places(scope.projects)}) AND void IS NULL AND reported_at IS NOT NULL"
        " AND state<>'dismissed' AND began_at BETWEEN ? AND ? ORDER BY began_at, n"
    )
    return rows.fetch(book.store, Incident, where, (*scope.projects, begin, end))


@reading(FAMILY, W("质量事故", "Quality incidents"))
def read(book: Book, scope: Scope) -> Reading:
    """Those of a scope."""
    return Reading(IncidentReading(incidents(book, scope)))


@figure(
    "incident.all",
    W("质量事故", "quality incidents"),
    W("这段时间发生并已上报的质量事故", "incidents that began in the span and were reported"),
)
def every(read: IncidentReading) -> Counted:
    """How many there were."""
    return counted([one.id for one in read.incidents])


@figure(
    "incident.one",
    W("一级事故", "of level 1"),
    W("其中一级的；未定级的按规则级别", "those of level 1; before it is set, by the rules"),
)
def first_level(read: IncidentReading) -> Counted:
    """Those of the gravest level."""
    return counted(read.level("one"), len(read.incidents))


@figure(
    "incident.two",
    W("二级事故", "of level 2"),
    W("其中二级的；未定级的按规则级别", "those of level 2; before it is set, by the rules"),
)
def second_level(read: IncidentReading) -> Counted:
    """Those of the second level."""
    return counted(read.level("two"), len(read.incidents))


@figure(
    "incident.three",
    W("三级事故", "of level 3"),
    W("其中三级的；未定级的按规则级别", "those of level 3; before it is set, by the rules"),
)
def third_level(read: IncidentReading) -> Counted:
    """Those of the least level."""
    return counted(read.level("three"), len(read.incidents))


@figure(
    "incident.open",
    W("未结案", "not closed"),
    W("这段时间发生、还没有结案的", "began in the span and not closed yet"),
)
def open_still(read: IncidentReading) -> Counted:
    """Those that are not closed yet."""
    left = [one.id for one in read.incidents if one.state != "closed"]
    return counted(left, len(read.incidents))


@figure(
    "incident.outages",
    W("同时是系统事故", "also system accidents"),
    W("其中客户系统中断的", "those in which the customer's system was down"),
)
def outages(read: IncidentReading) -> Counted:
    """Those that were outages of the customer's system, too. Clause: 6.2."""
    return counted([one.id for one in read.incidents if one.outage], len(read.incidents))


@figure(
    "incident.customer_loss",
    W("客户损失（元）", "customers' losses (CNY)"),
    W("各事故客户损失之和，只计人民币", "the sum of the customers' losses, those in CNY"),
)
def customer_loss(read: IncidentReading) -> Counted:
    """What they cost the customers."""
    return _sum(read, "customer_loss")


@figure(
    "incident.company_loss",
    W("公司损失（元）", "our losses (CNY)"),
    W("各事故公司损失之和，只计人民币", "the sum of our own losses, those in CNY"),
)
def company_loss(read: IncidentReading) -> Counted:
    """What they cost the company."""
    return _sum(read, "company_loss")


def _sum(read: IncidentReading, field: str) -> Counted:
    """The sum in the usual currency; not assessable where no incident gives an amount in it."""
    held = [(one.id, money_of(getattr(one, field))) for one in read.incidents]
    told = [(id, money.amount) for id, money in held if money and money.currency == USUAL]
    if not told:
        return none()
    total = Money(USUAL, sum((amount for _, amount in told), Decimal(0)))
    return Counted(total.text.partition(" ")[2], len(told), tuple(id for id, _ in told))
