"""Figures of the tours: how many were walked, and the share of them that is settled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.calendar.business_dates import business_day
from models.derived.figures import Counted, Reading, Scope, counted, figure, reading, share
from models.schema.record import Record, kinds
from models.storage import rows
from models.text.words import W

if TYPE_CHECKING:
    from models.book.book import Book


@reading("tours", W("巡视", "Tours"))
def read(book: Book, scope: Scope) -> Reading:
    """The tours of the scope that were walked."""
    walked = rows.fetch(book.store, kinds["tour"], "WHERE void IS NULL AND state!='planned'")
    return Reading(
        [
            one
            for one in walked
            if one.project in scope.projects
            and scope.first <= business_day(one.occurred) <= scope.last
        ]
    )


@figure("tours.walked", W("走完的巡视", "Tours walked"), W("走完的", "tours that were walked"))
def walked(tours: list[Record]) -> Counted:
    """All of them."""
    return counted([one.id for one in tours])


@figure(
    "tours.settled",
    W("已确认", "Settled"),
    W("已确认的 ÷ 走完的", "settled ÷ walked"),
    unit="%",
)
def settled(tours: list[Record]) -> Counted:
    """Their share."""
    met = [one.id for one in tours if one.state == "settled"]
    return share(len(met), len(tours), met)
