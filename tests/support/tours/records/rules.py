"""Rules of the tours, one for each moment that the book asks at."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from models.book.rules import (
    after_add,
    after_move,
    before_import,
    before_move,
    before_void,
    before_write,
    follows,
    given,
)
from models.schema.record import Record
from models.text.words import Refused, W

if TYPE_CHECKING:
    from models.book.book import Book

NO_STOP = W("巡视至少要有一个站点。", "A tour has at least one stop.")
NO_RESULT = W("{number} 还没有结论，不能确认。", "{number} has no result and cannot be settled.")
WISHED = W("{number} 回应了一项建议，不能作废。", "{number} meets a wish and cannot be voided.")

follows("tour_wish", "meet", by=[("tour", "walk")])


@given("tour")
def unit_given(book: Book, values: Mapping[str, Any], project: str | None) -> dict[str, Any]:
    """A length without a unit is one in kilometres."""
    return {"unit": "km"} if values.get("length") and not values.get("unit") else {}


@before_write("tour")
def one_stop(book: Book, values: Mapping[str, Any], record: Record | None) -> None:
    """A tour without a stop is refused."""
    if values.get("stops") == 0:
        raise Refused(NO_STOP)


@after_add("tour")
def first_stop(book: Book, tour: Any) -> None:
    """A new tour has its site as its first stop."""
    if tour.site:
        name = book.get(tour.site).title()
        book.add("tour_stop", {"tour": tour.id, "place": name})


@before_move("tour", "settle")
def with_result(book: Book, tour: Any) -> None:
    """A tour is settled with a result."""
    if tour.result is None:
        raise Refused(NO_RESULT, number=tour.number)


@after_move("tour", "walk")
def meet_wish(book: Book, tour: Any) -> None:
    """A tour that was walked meets its wish."""
    if tour.meets and book.get(tour.meets).state == "open":
        book.move(tour.meets, "meet", by_rule=True)


@before_import("tour")
def imported_with_result(book: Book, tour: Any) -> None:
    """A file brings no settled tour without a result."""
    if tour.result is None:
        raise Refused(NO_RESULT, number=tour.number)


@before_void("tour")
def without_wish(book: Book, tour: Any) -> None:
    """A tour that meets a wish stays."""
    if tour.meets:
        raise Refused(WISHED, number=tour.number)
