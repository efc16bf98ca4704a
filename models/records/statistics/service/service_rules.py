"""Rules of the service report: it is compiled, and of a quarter that has begun. Clause: 5.1.2."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from models.book.rules import before_write, proposes
from models.calendar.business_dates import quarter_span
from models.derived.compiled import compiles
from models.records.checks.quarterly.quarterly_rules import AHEAD
from models.records.statistics.service import service_content
from models.records.statistics.service.service_report import ServiceReport
from models.schema.record import Record
from models.storage import rows
from models.text.words import Refused

if TYPE_CHECKING:
    from models.book.book import Book

compiles(service_content.REPORT)


@before_write("service_report")
def quarter_has_begun(book: Book, values: Mapping[str, Any], record: Record | None) -> None:
    """Nothing is reported of a quarter that is still to come."""
    named = values.get("quarter")
    if record is None and named and quarter_span(str(named))[0] > book.today:
        raise Refused(AHEAD, quarter=named)


@proposes("quarterly_check", "report")
def report_of_the_quarter(book: Book, check: Record) -> dict[str, Any]:
    """The check is made by means of the report of the same quarter."""
    where = "WHERE project=? AND quarter=? AND void IS NULL"
    params = (check.project, check.values()["quarter"])
    found = rows.fetch(book.store, ServiceReport, where, params)
    return {"service_report": found[0].id} if found else {}
