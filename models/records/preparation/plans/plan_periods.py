"""Plan periods: the days that a plan covers, and whether they lie within the service period."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from models.calendar.business_dates import day_of
from models.records.registers.project import Project
from models.schema.record import Record
from models.storage import rows
from models.text.words import Refused, W

if TYPE_CHECKING:
    from models.storage.store import Store

LONGEST = timedelta(days=2 * 366)
NO_PERIOD = W(
    "{number} 的计划期间不完整。请填写开始和结束日期，结束不早于开始。",
    "The period of {number} is not complete. Give its first and last day, in this order.",
)
TOO_LONG = W(
    "{number} 的计划期间超过两年。计划按年度编制，请缩短期间。",
    "The period of {number} is longer than two years. Plans are made for a year; shorten it.",
)
OUTSIDE = W(
    "计划期间 {first} 至 {last} 超出项目“{project}”的服务期（{since} 至 {until}）。"
    "请改计划期间或服务期。",
    "The period {first} to {last} goes beyond the service period of “{project}”"
    " ({since} to {until}). Change one of the two.",
)


def period_of(plan: Record) -> tuple[date, date]:
    """The first and last day of a plan. Raises `Refused` where they are not given in order."""
    days = [day_of(getattr(plan, name)) for name in ("period_from", "period_to")]
    first, last = days
    if first is None or last is None or last < first:
        raise Refused(NO_PERIOD, number=plan.number)
    if last - first > LONGEST:
        raise Refused(TOO_LONG, number=plan.number)
    return first, last


def require_within_service(store: Store, plan: Record) -> None:
    """Raise `Refused` where a plan goes beyond the service period of its project, if it has one."""
    first, last = (day.isoformat() for day in period_of(plan))
    project = rows.one(store, Project, plan.project or "")
    if project is None:
        return
    since, until = project.service_from, project.service_to
    if (since and first < since) or (until and last > until):
        said = {"since": since or "…", "until": until or "…"}
        raise Refused(OUTSIDE, first=first, last=last, project=project.title(), **said)
