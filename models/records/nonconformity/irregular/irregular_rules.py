"""Rules of irregular services and trainings. Clause: 5.3.2(1), 5.3.2(2)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from models.book.rules import before_move, carries, given
from models.calendar.business_dates import add_months, day_of
from models.records.nonconformity.irregular.irregular_service import IrregularService
from models.records.nonconformity.repeated_service import repeated
from models.records.nonconformity.training import Training
from models.records.registers import calendar_years
from models.schema.lifecycle import Move
from models.text.words import Refused, W

if TYPE_CHECKING:
    from models.book.book import Book

USUAL_MONTHS = 3
"""Months after which a training's effect is evaluated where it does not say."""

TO_ONESELF = W(
    "{number} 不能转交给您自己。请选择接收处理的人。",
    "{number} cannot be referred to yourself. Choose who is to deal with it.",
)
NO_TRAINING = W(
    "{number} 决定安排培训，但还没有为它安排的培训。请先新建培训并列入它。",
    "{number} is to be answered by a training, and none lists it yet. Create one first.",
)


@given("irregular_service")
def found_today(book: Book, values: Mapping[str, Any], project: str | None) -> dict[str, Any]:  # noqa: ARG001
    """It was found on the day on which it is written, unless it says otherwise."""
    return {} if values.get("found_on") else {"found_on": book.today.isoformat()}


@before_move("irregular_service", "close")
def training_ordered(book: Book, record: IrregularService) -> None:
    """Where a training was decided, it is there before the record is closed."""
    if record.training != "needed":
        return
    sql = "SELECT 1 FROM training_case WHERE service=? AND void IS NULL LIMIT 1"
    if book.store.row(sql, (record.id,)) is None:
        raise Refused(NO_TRAINING, number=record.number)


@carries("irregular_service")
def to_somebody_else(
    book: Book,
    record: IrregularService,
    move: Move,
    comment: str,  # noqa: ARG001
) -> dict[str, Any]:
    """It is referred to another person: referred to oneself it would be with no one."""
    if move.id == "refer" and record.handler == book.me:
        raise Refused(TO_ONESELF, number=record.number)
    return {}


@carries("training")
def evaluation(
    book: Book,
    record: Training,
    move: Move,
    comment: str,  # noqa: ARG001
) -> dict[str, Any]:
    """The day of the evaluation, and at an evaluation the repeats that it knows of."""
    if move.id in ("verify", "weigh", "fail"):
        known = repeated(book.store, record.id).get(record.id, [])
        return {"weighed": json.dumps(sorted(known))}
    held = day_of(record.held_on)
    if move.id != "hold" or held is None:
        return {}
    months = USUAL_MONTHS if record.check_months is None else record.check_months
    day = add_months(held, months)
    return {"check_on": calendar_years.calendar(book).add_workdays(day, 0).isoformat()}
