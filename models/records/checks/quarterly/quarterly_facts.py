"""Facts about the quarterly check: beside each question, the records that answer it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from models.book.derived_state import StateView
from models.book.rows import child_rows
from models.book.tables import vocabularies
from models.queries.facts import RecordFact, facts
from models.records.checks import remedies
from models.records.checks.quarterly.quarterly_answer import QuarterlyAnswer
from models.records.checks.quarterly.quarterly_check import QuarterlyCheck
from models.records.checks.quarterly.quarterly_rules import doubt, evidence_of
from models.schema.lifecycle import Tone
from models.text.words import Refused, W

if TYPE_CHECKING:
    from models.book.book import Book

FOUND = W("有关记录", "Records")
PROVES = W("可作依据", "As evidence")
LACKING = W("缺少", "Lacking")
REMEDIES = W("措施", "Remedies")
UNPROVEN = W("依据不成立", "the evidence does not hold")
UNREMEDIED = W("尚无负责人的措施", "nobody is in charge of a remedy")


@facts("quarterly_check")
def answered(book: Book, check: QuarterlyCheck, states: StateView) -> Iterator[RecordFact]:  # noqa: ARG001
    """What the records say to each question."""
    words = {one.name: one.label for one in vocabularies.terms(book.store, "quarter_question")}
    for row in child_rows.rows_of(book.store, check, QuarterlyAnswer):
        if row.void is None and isinstance(row, QuarterlyAnswer):
            found = evidence_of(book, row)
            label = words.get(str(row.question))
            if found and label is not None:
                text = "；".join(str(one.text) for one in found)
                yield RecordFact(text, _tone([one.tone for one in found]), label)
            unproven = _unproven(book, row)
            if unproven is not None:
                yield RecordFact(str(unproven), "bad", label or PROVES, short=str(UNPROVEN))


@facts("quarterly_answer")
def evidence(book: Book, row: QuarterlyAnswer, states: StateView) -> Iterator[RecordFact]:  # noqa: ARG001
    """What answers one question, record by record, and what it led to."""
    unproven = _unproven(book, row)
    if unproven is not None:
        yield RecordFact(str(unproven), "bad", short=str(UNPROVEN))
    for one in evidence_of(book, row):
        yield RecordFact(str(one.text), one.tone, FOUND)
        if one.records:
            yield RecordFact("", "", PROVES, records=one.records)
        if one.lacking:
            yield RecordFact("", "warn", LACKING, records=one.lacking)
    found = remedies.remedies(book.store, row)
    if found:
        yield RecordFact("", "", REMEDIES, records=tuple(one.id for one in found))
    if row.state == "no" and not remedies.owned(book.store, row):
        yield RecordFact(str(UNREMEDIED), "bad", short=str(UNREMEDIED))


def _unproven(book: Book, row: QuarterlyAnswer) -> Refused | None:
    """Why the evidence of a “yes” proves nothing: it arrived so, or was made void since."""
    if row.state != "yes" or not row.evidence or not row.check:
        return None
    return doubt(book, row.check, row.evidence)


def _tone(tones: list[Tone]) -> Tone:
    return "warn" if "warn" in tones else ""
