"""Service periods: the present one, those before a renewal, and who has to do something then."""

from __future__ import annotations

from datetime import date

from models.book.book import Book
from models.records.registers import service_periods
from models.schema.roles import PROJECT_MANAGER
from tests.support import surveys
from tests.support.staff import Staff


def periods(book: Book, project: str) -> dict[date, date | None]:
    return service_periods.periods(book, book.get(project))


def test_a_renewal_keeps_the_period_before_with_its_first_day(book: Book, project: str) -> None:
    assert periods(book, project) == {}
    book.edit(project, {"service_from": "2025-01-01", "service_to": "2025-12-31"})
    renewed = {"service_from": "2026-01-01", "service_to": "2099-12-31"}
    book.edit(project, renewed)
    assert periods(book, project) == {
        date(2025, 12, 31): date(2025, 1, 1),
        date(2099, 12, 31): date(2026, 1, 1),
    }
    book.edit(project, {"service_from": "2025-06-01"})  # a correction
    assert list(periods(book, project)) == [date(2099, 12, 31)]


def test_an_odd_day_is_no_period(book: Book, project: str) -> None:
    book.edit(project, {"service_from": "2025-01-01", "service_to": "2025-12-31"})
    book.store.db.execute_sql("UPDATE project SET service_to='soon'")
    assert periods(book, project) == {}


def test_what_ended_is_due_some_working_days_later(staff: Staff, book: Book, project: str) -> None:
    def ended() -> list[service_periods.EndedPeriod]:
        asked = [book.get(project)]
        return list(service_periods.ended(book, asked, (PROJECT_MANAGER,), 15))

    surveys.ended(book, project, days=0)
    assert ended() == []
    last = surveys.ended(book, project, days=3)
    (one,) = ended()
    assert one.last.isoformat() == last and staff.manager.me in one.doers
    assert (one.due - one.last).days >= 15 and one.first is not None
    surveys.ended(book, project, days=400)
    assert ended() == []
