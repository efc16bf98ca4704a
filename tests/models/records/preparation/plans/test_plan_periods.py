"""Plan periods: complete, of a year, and within the service period of the project."""

from __future__ import annotations

import pytest

from models.book.book import Book
from models.records.preparation.plans.plan_periods import period_of, require_within_service
from models.text.words import Refused
from tests.support.service_plans import plan_of


@pytest.mark.parametrize(
    ("first", "last"),
    [(None, "2026-12-31"), ("2026-01-01", None), ("2026-12-31", "2026-01-01")],
)
def test_a_period_has_two_days_in_order(
    book: Book, project: str, first: str | None, last: str | None
) -> None:
    plan = plan_of(book, project, period_from=first, period_to=last)
    with pytest.raises(Refused, match="计划期间不完整"):
        period_of(plan)


def test_a_period_is_no_decade(book: Book, project: str) -> None:
    plan = plan_of(book, project, period_to="2035-12-31")
    with pytest.raises(Refused, match="超过两年"):
        period_of(plan)


def test_a_plan_lies_within_the_service_period(book: Book, project: str) -> None:
    plan = plan_of(book, project)
    require_within_service(book.store, plan)  # the project says no period
    book.edit(project, {"service_from": "2026-01-01", "service_to": "2026-12-31"})
    require_within_service(book.store, plan)
    book.edit(project, {"service_from": "2026-01-15", "service_to": "2026-12-31"})
    with pytest.raises(Refused, match=r"超出项目.*2026-01-15 至 2026-12-31"):
        require_within_service(book.store, plan)
