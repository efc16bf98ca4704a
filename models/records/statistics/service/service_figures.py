"""The figures of the service report that no other family has. Clause: 5.1.2."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from models.derived.figures import Counted, Reading, Scope, counted, figure, none, reading, share
from models.records.statistics.service.service_records import ServiceRecords, records_of
from models.schema.record import Record
from models.text.words import W

if TYPE_CHECKING:
    from models.book.book import Book

FAMILY = "service"


@reading(FAMILY, W("运维服务", "Service"))
def read(book: Book, scope: Scope) -> Reading:
    """The records of a scope."""
    return Reading(records_of(book, scope))


def _ids(some: Sequence[Record]) -> list[str]:
    return [one.id for one in some]


@figure(
    "service.fixes",
    W("现场处置", "on-site fixes"),
    W("这段时间发生的现场处置", "fixes that occurred in the span"),
)
def fixes(found: ServiceRecords) -> Counted:
    """On-site fixes."""
    return counted(found.fixes)


@figure(
    "service.escalations",
    W("问题升级", "escalations"),
    W("这段时间上报的问题升级", "escalations reported in the span"),
)
def escalations(found: ServiceRecords) -> Counted:
    """Escalations."""
    return counted(_ids(found.escalations))


@figure(
    "service.major",
    W("重大故障", "major faults"),
    W("严重程度为高的问题升级", "escalations of high severity"),
)
def major(found: ServiceRecords) -> Counted:
    """Escalations of high severity."""
    return counted(_ids(found.major), len(found.escalations))


@figure(
    "service.reports",
    W("问题分析处理报告", "problem reports"),
    W("这段时间编写的报告中已批准的", "approved ones of the reports begun in the span"),
)
def reports(found: ServiceRecords) -> Counted:
    """Approved problem reports, of those begun."""
    return counted(_ids(found.approved), len(found.reports))


@figure(
    "service.deliverables",
    W("交付物按期完成率", "deliverables done"),
    W("已完成 ÷ 这段时间到期、有交付物的里程碑", "done ÷ milestones due with a deliverable"),
    unit="%",
)
def deliverables(found: ServiceRecords) -> Counted:
    """Of the milestones due with a deliverable, those done."""
    done = [id for id, state in found.milestones if state == "done"]
    return share(len(done), len(found.milestones), done)


@figure(
    "service.actions",
    W("纠正与预防措施", "corrective actions"),
    W("这段时间新建或未结束的措施", "actions begun in the span, or open in it"),
)
def actions(found: ServiceRecords) -> Counted:
    """Corrective actions."""
    return counted(_ids(found.actions))


@figure(
    "service.actions_overdue",
    W("逾期措施", "actions overdue"),
    W("到今天没有按期完成的措施", "actions not done by their day, as of today"),
)
def actions_overdue(found: ServiceRecords) -> Counted:
    """Actions that are overdue."""
    return counted(_ids(found.overdue), len(found.actions)) if found.actions else none()


@figure(
    "service.actions_effective",
    W("措施有效率", "actions effective"),
    W("评定为有效 ÷ 已评定", "found effective ÷ evaluated"),
    unit="%",
)
def actions_effective(found: ServiceRecords) -> Counted:
    """Of the actions evaluated, those found effective."""
    good = [one for one in found.evaluated if one.values()["result"] == "effective"]
    return share(len(good), len(found.evaluated), _ids(good))
