"""Facts about routine checks: the figures of the period, and what still lacks a remedy."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from models.book.derived_state import StateView
from models.derived import compiled, figures
from models.queries.facts import RecordFact, facts
from models.records.checks import remedies
from models.records.checks.routine.routine_check import RoutineCheck
from models.records.checks.routine.routine_deviation import RoutineDeviation
from models.text.words import Refused, W

if TYPE_CHECKING:
    from models.book.book import Book

UNREMEDIED = W("重大偏差尚无负责人的措施", "major, and nobody is in charge of a remedy")
REMEDIES = W("措施", "Remedies")


@facts("routine_check")
def execution(book: Book, check: RoutineCheck, states: StateView) -> Iterator[RecordFact]:  # noqa: ARG001
    """The figures of the period, as they were issued or as they are now."""
    try:
        found = compiled.content(book, check)
    except Refused as refused:
        yield RecordFact(str(refused), "bad", short=str(refused))
        return
    if found.fault is not None:
        yield RecordFact(str(found.fault), "warn")
    for kept in found.data.figures:
        known = figures.known(kept.name)
        if known is not None:
            yield RecordFact(figures.value_text(known, kept.value), "", known.label)


@facts("routine_deviation")
def remedy(book: Book, row: RoutineDeviation, states: StateView) -> Iterator[RecordFact]:  # noqa: ARG001
    """What a deviation led to; a major one that led to nothing is marked."""
    found = remedies.remedies(book.store, row)
    if found:
        yield RecordFact("", "", REMEDIES, records=tuple(one.id for one in found))
    if row.state == "major" and not remedies.owned(book.store, row):
        yield RecordFact(str(UNREMEDIED), "bad", short=str(UNREMEDIED))
