"""The figures of the checks: what was due, done, late and left out in a span. Clause: 5.1.1."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from models.derived.expected import DONE, LATE, MISSING, UNSYNCED
from models.derived.figures import Counted, Reading, Scope, counted, figure, none, reading, share
from models.records.checks.routine.plan_execution import Execution, execution
from models.text.words import W

if TYPE_CHECKING:
    from models.book.book import Book

FAMILY = "checks"


@reading(FAMILY, W("检查执行", "Checks done"))
def read(book: Book, scope: Scope) -> Reading:
    """The rounds of a scope."""
    return Reading(execution(book, scope.projects, scope.first, scope.last))


def _rounds(found: Execution, *standings: str) -> Counted:
    """So many rounds of these standings, of all; not assessable where none was due."""
    if not found.rounds:
        return none()
    some = [one for one in found.rounds if one.standing in standings] if standings else found.rounds
    return Counted(len(some), len(found.rounds), _ids(one.work.record for one in some))


def _ids(records: Iterable[object]) -> tuple[str, ...]:
    return tuple(str(getattr(one, "id")) for one in records if one is not None)  # noqa: B009


@figure(
    "checks.due",
    W("应检", "due"),
    W("按频次在这段时间到期的检查", "rounds of checklists that fell due in the span"),
)
def due(found: Execution) -> Counted:
    """Rounds that fell due."""
    return _rounds(found)


@figure(
    "checks.in_time",
    W("按时完成", "in time"),
    W("到期前提交的检查", "rounds submitted by their time"),
)
def in_time(found: Execution) -> Counted:
    """Rounds submitted in time."""
    return _rounds(found, DONE)


@figure(
    "checks.late",
    W("迟交或未交", "late"),
    W("到期后才提交，或已开始未提交的检查", "rounds submitted late, or begun and not submitted"),
)
def late(found: Execution) -> Counted:
    """Rounds submitted late, or begun and not submitted."""
    return _rounds(found, LATE)


@figure(
    "checks.missing",
    W("未做", "not done"),
    W("已到期、知道没有做的检查", "rounds known not to be done in time"),
)
def missing(found: Execution) -> Counted:
    """Rounds known to be not done."""
    return _rounds(found, MISSING)


@figure(
    "checks.unsynced",
    W("未同步", "not synced"),
    W("已到期、没有收到数据的检查", "rounds due of which nothing was heard"),
)
def unsynced(found: Execution) -> Counted:
    """Rounds of which nothing was heard."""
    return _rounds(found, UNSYNCED)


@figure(
    "checks.share_in_time",
    W("按时完成率", "share in time"),
    W("按时完成 ÷ 应检", "in time ÷ due"),
    unit="%",
)
def share_in_time(found: Execution) -> Counted:
    """Of the rounds due, those done in time."""
    some = [one for one in found.rounds if one.standing == DONE]
    return share(len(some), len(found.rounds), _ids(one.work.record for one in some))


@figure(
    "checks.skipped",
    W("未检或不适用的项", "items left out"),
    W("结果为未检或不适用的检查项", "items not checked, or not applicable"),
)
def skipped(found: Execution) -> Counted:
    """Items left out, with a reason."""
    return counted([one.answer for one in found.skipped]) if found.rounds else none()


@figure(
    "checks.not_ok",
    W("异常项", "items not ok"),
    W("结果为异常的检查项", "items that are not ok"),
)
def not_ok(found: Execution) -> Counted:
    """Items that are not ok."""
    return counted(found.not_ok) if found.rounds else none()
