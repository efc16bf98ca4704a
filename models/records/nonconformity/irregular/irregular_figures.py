"""Figures of irregular services. Clause: 5.3.2(3)."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, NamedTuple

from models.derived.figures import Counted, Reading, Scope, counted, figure, none, reading, share
from models.records.nonconformity.irregular import irregular_statistics
from models.records.nonconformity.irregular.irregular_statistics import CountedService
from models.text.words import W

if TYPE_CHECKING:
    from models.book.book import Book

FAMILY = "irregular"


class IrregularReading(NamedTuple):
    """The services of a scope, and the tasks done in it."""

    services: list[CountedService]
    tasks: int


@reading(FAMILY, W("不规范服务", "Irregular services"))
def read(book: Book, scope: Scope) -> Reading:
    """Those of a scope."""
    found = irregular_statistics.services(book, scope)
    return Reading(IrregularReading(found, irregular_statistics.tasks(book, scope)))


@figure(
    "irregular.found",
    W("不规范服务", "Found"),
    W("这段时间发现的不规范服务", "irregular services found in the span"),
)
def found(read: IrregularReading) -> Counted:
    """How many there were."""
    return counted([one.id for one in read.services])


@figure(
    "irregular.at_once",
    W("当场纠正率", "Corrected at once"),
    W("没有上报或转交就纠正的 ÷ 已纠正的", "corrected without a referral ÷ corrected"),
    unit="%",
)
def at_once(read: IrregularReading) -> Counted:
    """Of those corrected, those that were not referred."""
    done = [one for one in read.services if one.corrected_at is not None]
    here = [one.id for one in done if one.referred_at is None]
    return share(len(here), len(done), [one.id for one in done])


@figure(
    "irregular.open",
    W("未纠正", "Not corrected"),
    W("这段时间发现、还没有纠正的", "found in the span and not corrected yet"),
)
def open_still(read: IrregularReading) -> Counted:
    """Those that are not corrected yet."""
    left = [one.id for one in read.services if one.corrected_at is None]
    return counted(left, len(read.services))


@figure(
    "irregular.rate",
    W("每百项任务", "Per 100 tasks"),
    W(
        "不规范服务 × 100 ÷ 完成的任务（检查表、处置、升级、计划任务）",
        "irregular services × 100 ÷ tasks done (checklists, fixes, escalations, planned tasks)",
    ),
)
def rate(read: IrregularReading) -> Counted:
    """How many for each hundred tasks; not assessable without tasks."""
    if not read.tasks:
        return none()
    exact = Decimal(100 * len(read.services)) / read.tasks
    value = str(exact.quantize(Decimal("0.1"), ROUND_HALF_UP))
    return Counted(value, read.tasks, tuple(one.id for one in read.services))
