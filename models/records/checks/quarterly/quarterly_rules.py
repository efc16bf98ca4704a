"""Rules of the quarterly check: its questions, their evidence, its findings. Clause: 5.1.2."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from models.book.rows import child_rows
from models.book.rules import after_add, before_move, before_write, proposes
from models.book.tables import vocabularies
from models.calendar.business_dates import quarter_span
from models.records.checks import remedies
from models.records.checks.quarterly.quarterly_answer import QuarterlyAnswer
from models.records.checks.quarterly.quarterly_check import QuarterlyCheck
from models.records.checks.quarterly.question_evidence import Evidence, Quarter, evidence
from models.records.checks.quarterly.record_days import days_of
from models.records.checks.quarterly.spare_part import SparePart
from models.schema.record import Record
from models.storage import rows
from models.text.words import Refused, W

if TYPE_CHECKING:
    from models.book.book import Book

AHEAD = W(
    "{quarter} 还没有开始。请检查已经开始的季度。",
    "{quarter} has not started. Choose a quarter that has.",
)
TOO_FEW = W(
    "{part} 库存 {stock} 低于安全库存 {safety}，不能评估为满足。请改结论或补货。",
    "{part}: the stock {stock} is below the safety stock {safety}, so it is not enough."
    " Change the verdict or restock.",
)
NO_EVIDENCE = W(
    "{number} 不能作为依据：它已作废，或属于别的项目。请选择本项目的有效记录。",
    "{number} cannot prove it: it is void, or of another project. Choose a record of this project.",
)
NOT_THEN = W(
    "{number} 不能作为 {quarter} 的依据：自 {first} 以来没有发生、到期或办理。请选择本季度的记录。",
    "{number} proves nothing of {quarter}: it did not occur, was not due and was not acted on since"
    " {first}. Choose a record of the quarter.",
)
UNEVALUATED = W(
    "还没有评估任何备件。请先在本次检查中添加备件评估，或回答“否”。",
    "No spare part was evaluated. Add spare parts to this check first, or answer “no”.",
)


@before_write("quarterly_check")
def quarter_has_begun(book: Book, values: Mapping[str, Any], record: Record | None) -> None:
    """Nothing is checked of a quarter that is still to come."""
    named = values.get("quarter")
    if record is None and named and quarter_span(str(named))[0] > book.today:
        raise Refused(AHEAD, quarter=named)


@after_add("quarterly_check")
def questions_asked(book: Book, check: QuarterlyCheck) -> None:
    """A check begins with the questions that are in force."""
    if book.brings:
        return
    asked = [one for one in vocabularies.terms(book.store, "quarter_question") if not one.retired]
    for place, one in enumerate(asked, 1):
        values = {"check": check.id, "position": place, "question": one.name}
        book.add("quarterly_answer", values, project=check.project)


@before_write("spare_part")
def enough_is_enough(book: Book, values: Mapping[str, Any], record: Record | None) -> None:  # noqa: ARG001
    """A part of which there are fewer than the safety stock is not enough."""
    now = {name: getattr(record, name, None) for name in ("part", "stock", "safety", "verdict")}
    now |= {name: values[name] for name in now if name in values}
    stock, safety = now["stock"], now["safety"]
    if now["verdict"] == "enough" and stock is not None and safety is not None and stock < safety:
        raise Refused(TOO_FEW, part=now["part"], stock=stock, safety=safety)


def quarter_of_check(check: QuarterlyCheck) -> Quarter:
    """The project's quarter. Raises `Refused` for a record whose quarter is none."""
    return Quarter(str(check.project), *quarter_span(str(check.quarter or "")))


def evidence_of(book: Book, row: QuarterlyAnswer) -> list[Evidence]:
    """The records that answer a question; nothing where its check or quarter is not known here."""
    check = rows.one(book.store, QuarterlyCheck, str(row.check))
    if check is None or not row.question:
        return []
    try:
        return list(evidence(book, row.question, quarter_of_check(check)))
    except Refused:
        return []


@proposes("quarterly_answer", "yes")
def best_evidence(book: Book, row: QuarterlyAnswer) -> dict[str, Any]:
    """The first record that answers the question."""
    found = [id for one in evidence_of(book, row) for id in one.records]
    return {"evidence": found[0]} if found else {}


@before_write("quarterly_answer")
def evidence_written(book: Book, values: Mapping[str, Any], record: Record | None) -> None:
    """An edit names evidence of the project's quarter, or none."""
    check = values.get("check") or (record is not None and record.values()["check"])
    if values.get("evidence") and check and not book.brings:
        _belongs(book, str(check), str(values["evidence"]))


@before_move("quarterly_answer", "yes")
def evidence_given(book: Book, row: QuarterlyAnswer) -> None:
    """“Yes” rests on a record of this project, of the quarter."""
    if row.evidence:
        _belongs(book, str(row.check), row.evidence)


def _belongs(book: Book, check: str, evidence: str) -> None:
    """Raise `Refused` for evidence that is void, of another project or of another time."""
    refused = doubt(book, check, evidence)
    if refused is not None:
        raise refused


def doubt(book: Book, check: str, evidence: str) -> Refused | None:
    """Why a record proves nothing in a check, or None.

    An answer names its evidence by id only, and the record may lie in a space that a replica has
    no part in: on arrival nothing can be said of it that is the same everywhere. So it is asked at
    the door, and what arrived is marked where it is seen (`quarterly_facts`).
    """
    asked, found = rows.one(book.store, QuarterlyCheck, check), book.find(evidence)
    if asked is None or found is None:
        return None  # what is not on this device cannot be looked at here
    if found.void is not None or found.project not in (None, asked.project):
        return Refused(NO_EVIDENCE, number=found.number)
    try:
        first, last = quarter_of_check(asked)[1:]
    except Refused as refused:  # a quarter that is none came by a merge
        return refused
    # A check is made after its quarter, too: what was written down until then may tell of it.
    if any(first <= one <= max(last, book.today) for one in days_of(book, found)):
        return None
    return Refused(NOT_THEN, number=found.number, quarter=asked.quarter, first=first)


@before_move("quarterly_answer", "yes")
def parts_were_evaluated(book: Book, row: QuarterlyAnswer) -> None:
    """Spare parts were evaluated only where some were: a missing evaluation is a finding."""
    check = rows.one(book.store, QuarterlyCheck, str(row.check))
    if row.question != "spares" or check is None:
        return
    parts = child_rows.rows_of(book.store, check, SparePart)
    if not any(one.void is None and one.values()["verdict"] for one in parts):
        raise Refused(UNEVALUATED)


@before_move("quarterly_check", "report")
def findings_have_a_remedy(book: Book, check: QuarterlyCheck) -> None:
    """What is answered with “no” is in somebody's charge before it is reported."""
    found = child_rows.rows_of(book.store, check, QuarterlyAnswer)
    remedies.require(book.store, [one for one in found if one.void is None and one.state == "no"])
