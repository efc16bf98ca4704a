"""Facts about service reports: the quarter's figures beside the narrative. Clause: 5.1.2."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from models.book.derived_state import StateView
from models.derived import compiled, figures
from models.derived.figures import NOT_ASSESSABLE
from models.queries.facts import RecordFact, facts
from models.records.statistics.service.service_content import NOT_YET, ServiceContent
from models.records.statistics.service.service_report import ServiceReport
from models.text.words import Refused

if TYPE_CHECKING:
    from models.book.book import Book


@facts("service_report")
def numbers(book: Book, report: ServiceReport, states: StateView) -> Iterator[RecordFact]:  # noqa: ARG001
    """The figures, as they were submitted or as they are now."""
    try:
        found = compiled.content(book, report)
    except Refused as refused:
        yield RecordFact(str(refused), "bad", short=str(refused))
        return
    if found.fault is not None:
        yield RecordFact(str(found.fault), "warn")
    data: ServiceContent = found.data
    for kept in data.figures:
        known = figures.known(kept.name)
        if known is not None:
            text = figures.value_text(known, kept.value)
            yield RecordFact(text, "warn" if kept.value is None else "", known.label)
    for family, word in NOT_YET.items():
        if not any(one.name.partition(".")[0] == family for one in data.figures):
            yield RecordFact(str(NOT_ASSESSABLE), "warn", word)
