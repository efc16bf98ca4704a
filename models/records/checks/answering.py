"""Answering: how the questions of a checklist are answered, one durable save each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

from models.records.checks.answer import Answer
from models.records.checks.questions import ChecklistQuestion
from models.schema.validation import canonical_number, not_read
from models.text.words import Refused, W

if TYPE_CHECKING:
    from models.book.book import Book

NOT_USED = (
    W("设备停用", "not in service"),
    W("现场无此设备", "no such equipment here"),
    W("本次不涉及", "not part of this round"),
)
NOT_DONE = (
    W("无法进入现场", "no access to the place"),
    W("客户不允许", "the customer did not allow it"),
    W("设备检修中", "under maintenance"),
    W("缺少仪表或工具", "no instrument or tool at hand"),
    W("时间不足", "not enough time"),
)
STILL_OK = (
    W("复测后在限值内", "measured again: within limits"),
    W("仪表误差", "error of the instrument"),
    W("临时工况，客户认可", "temporary load, the customer agrees"),
)
REASONS: Mapping[str, Sequence[W]] = {"na": NOT_USED, "unchecked": NOT_DONE, "ok": STILL_OK}
"""Reasons offered for a result; any other can be typed."""

NO_NUMBER = W(
    "“{text}”不是数字：{reason}。",
    "“{text}” is no number: {reason}.",
)


def measure(
    book: Book, sheet: str, question: ChecklistQuestion, text: str, reason: str | None = None
) -> Answer:
    """Take a measured value: beyond its limits it is not ok by itself, unless a reason says why.

    Without limits it says nothing of the result, which a person gives. What a person marked not ok
    stays so, since there may be another cause than the reading. Raises `Refused` for no number.
    """
    reading = number_of(text)
    out = is_out(question, reading)
    kept = question.result == "not_ok" and not is_out(question, question.reading)
    result: str | None = "not_ok" if (out or kept) and not reason else "ok"
    if result == "ok" and not reason and not question.bound:
        same = reading == question.reading and question.result == "ok"
        result = "ok" if same else None
    return mark(book, sheet, question, result, reading=reading, reason=reason)


def number_of(text: str) -> str:
    """The number that was typed, as canonical text. Raises `Refused` for what is none."""
    reading = canonical_number(text)
    if reading is None:
        raise Refused(NO_NUMBER, text=text.strip(), reason=not_read(text))
    return reading


def is_out(question: ChecklistQuestion, reading: str | None) -> bool:
    """Whether a reading is beyond the limits of its item."""
    verdict = question.verdict(reading) if reading else None
    return verdict is not None and verdict.where == "out"


def mark(
    book: Book,
    sheet: str,
    question: ChecklistQuestion,
    result: str | None,
    *,
    reading: str | None = None,
    reason: str | None = None,
) -> Answer:
    """Answer a question, or take its answer back with a result of None; one durable save."""
    return put(book, sheet, question, {"result": result, "reading": reading, "reason": reason})


def put(book: Book, sheet: str, question: ChecklistQuestion, values: Mapping[str, Any]) -> Answer:
    """Write fields of a question's answer, which is made when there is none yet."""
    device = question.device.id if question.device else None
    named = {"sheet": sheet, "item": question.item.id, "device_row": device}
    with book.saving():
        known = question.answer or book.twin("answer", named)
        if known is None:
            return cast(Answer, book.add("answer", {**named, **values}))
        if known.void is not None:
            book.restore(known.id)
            return cast(Answer, book.edit(known.id, values))
        return cast(Answer, book.edit(known.id, values, seen=known.dots))
