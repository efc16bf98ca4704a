"""The figures of a project's week. Clause: 5.3.1(2).

Each is counted from the week's content (`models.records.weekly.week.content`), so that page, paper
and files have the same, and an issued week those that it was issued with.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from models.book.projects import all_projects
from models.derived.figures import Counted, Reading, Scope, counted, figure, none, reading
from models.records.checks.limits import number
from models.records.preparation.execution import figures as plan
from models.records.preparation.execution import plan_execution
from models.records.weekly.week import issued_week
from models.records.weekly.week.content import FAMILY, CheckPart, MemberPart, WeekContent
from models.text.words import W

if TYPE_CHECKING:
    from models.book.book import Book

Of = Callable[[WeekContent], Counted]


@reading(FAMILY, W("项目周报", "Weekly project report"), of_weeks=True)
def read(book: Book, scope: Scope) -> Reading | None:
    """The week of one project: as it was issued, else as the records say it now."""
    week = scope.week
    if week is None or len(scope.projects) != 1:
        return None
    project = next((one for one in all_projects(book.store) if one.id == scope.projects[0]), None)
    if project is None:
        return None
    found = issued_week.content(book, project, week)
    return Reading(found.data, found.data.kept if found.issued else {})


# -- people ----------------------------------------------------------------------------------------


@figure(
    "week.people",
    W("应报人数", "reports expected"),
    W(
        "本周应报周报的人，以及另外写了周报的人",
        "people who owe an entry of the week, and others who wrote one",
    ),
)
def people(week: WeekContent) -> Counted:
    """Those who owe an entry, and others who wrote one."""
    return _members(week, week.members)


@figure(
    "week.handed_in",
    W("已提交", "submitted"),
    W("已提交或已接受的周报", "entries submitted or accepted"),
)
def handed_in(week: WeekContent) -> Counted:
    """Entries submitted or accepted."""
    return _members(week, week.handed_in)


@figure("week.accepted", W("已审", "accepted"), W("已接受的周报", "entries accepted"))
def accepted(week: WeekContent) -> Counted:
    """Entries accepted."""
    return _members(week, [one for one in week.members if one.standing == "accepted"])


@figure(
    "week.late",
    W("迟交", "late"),
    W("首次提交晚于截止时间的周报", "entries whose first submission was after their time"),
)
def late(week: WeekContent) -> Counted:
    """Entries submitted after their time."""
    return _members(week, [one for one in week.handed_in if one.late])


@figure(
    "week.missing",
    W("逾期未交", "overdue"),
    W(
        "到期仍未提交的人，只计其数据已到本机的",
        "people whose time has come without an entry, as far as their work is here",
    ),
)
def missing(week: WeekContent) -> Counted:
    """Not submitted though it is time, as far as is known."""
    return _members(week, [one for one in week.members if one.late and not one.handed_in])


@figure(
    "week.unsynced",
    W("未同步", "not synced"),
    W(
        "到期后没有收到其数据的人：可能已提交，也可能没有",
        "people of whom nothing was heard since it was due: perhaps submitted, perhaps not",
    ),
)
def unsynced(week: WeekContent) -> Counted:
    """Nothing heard of since: perhaps submitted, perhaps not."""
    return _members(week, [one for one in week.members if one.standing == "unsynced"])


@figure(
    "week.hours",
    W("工时合计", "total hours"),
    W(
        "已提交周报中工时之和；没有人填写时不可评定",
        "the sum of the hours of submitted entries; not assessable where nobody gave any",
    ),
    unit="h",
)
def hours(week: WeekContent) -> Counted:
    """The hours of the submitted entries."""
    given = [one for one in week.handed_in if _hours(one) is not None]
    total = sum((_hours(one) or Decimal(0) for one in given), Decimal(0))
    records = tuple(one.entry for one in given if one.entry is not None)
    return Counted(str(total) if given else None, len(given), records)


def _hours(member: MemberPart) -> Decimal | None:
    return number(member.hours if isinstance(member.hours, str) else None)


def _members(week: WeekContent, some: Sequence[MemberPart]) -> Counted:
    """So many people of all; behind are the entries that there are."""
    entries = tuple(one.entry for one in some if one.entry is not None)
    return Counted(len(some), len(week.members), entries)


# -- problems --------------------------------------------------------------------------------------


@figure(
    "week.found",
    W("新发现问题", "problems found"),
    W(
        "本周发生的问题（处置与其升级算一个）",
        "problems that occurred in the week (a fix and its escalation are one)",
    ),
)
def found(week: WeekContent) -> Counted:
    """Fixes and escalations that were found in the week."""
    return counted(week.found)


@figure(
    "week.solved",
    W("解决", "solved"),
    W(
        "本周解决的问题，加上本周补记的",
        "problems solved in the week, and those supplemented in it",
    ),
)
def solved(week: WeekContent) -> Counted:
    """Problems that were solved."""
    return counted([one.source for one in week.solved], len(week.problems))


@figure(
    "week.verified",
    W("已再次验证", "re-verified"),
    W("本周解决的问题中已再次验证的", "problems solved in the week that were re-verified"),
)
def verified(week: WeekContent) -> Counted:
    """Solved problems that were re-verified."""
    return counted([one.source for one in week.solved if one.verified], len(week.solved))


@figure(
    "week.supplements",
    W("补记", "supplements"),
    W("更早的周解决、记在本周的问题", "problems solved in an earlier week and told in this one"),
)
def supplements(week: WeekContent) -> Counted:
    """Problems solved in an earlier week."""
    return counted([one.source for one in week.problems if one.supplement], len(week.problems))


@figure(
    "week.cause_open",
    W("原因未填", "cause open"),
    W("本周解决的问题中没有写明原因的", "problems solved in the week without a cause"),
)
def cause_open(week: WeekContent) -> Counted:
    """Solved problems without a cause."""
    return counted([one.source for one in week.solved if one.cause_open], len(week.solved))


@figure(
    "week.unsolved",
    W("未解决", "open"),
    W(
        "周末前发生、到周末没有解决的问题",
        "problems that occurred by the week's end and were open then",
    ),
)
def unsolved(week: WeekContent) -> Counted:
    """Problems that were open at its end."""
    return counted([one.source for one in week.unsolved], len(week.problems))


@figure(
    "week.escalations",
    W("在办升级", "escalations open"),
    W("周末没有结束的问题升级", "escalations that had not ended at the week's end"),
)
def escalations(week: WeekContent) -> Counted:
    """Escalations that are open at the end."""
    return counted([one.id for one in week.escalations])


@figure(
    "week.overdue",
    W("逾期升级", "escalations overdue"),
    W(
        "周末没有结束、要求完成日期已到的问题升级",
        "escalations open at the week's end and due by then",
    ),
)
def overdue(week: WeekContent) -> Counted:
    """Open escalations whose day had come."""
    return counted(week.overdue, len(week.escalations))


# -- checklists ------------------------------------------------------------------------------------


@figure(
    "week.due",
    W("应检", "checklists due"),
    W("按频次本周应做的检查表", "checklists that fell due in the week by their frequency"),
)
def due(week: WeekContent) -> Counted:
    """Checklists that fell due."""
    total = sum(check.due for check in week.checks)
    return Counted(total, total)


@figure(
    "week.done",
    W("完成", "checklists done"),
    W(
        "日期在本周、已提交的检查表；没有应检也没有完成时不可评定",
        "submitted checklists of the week's days; not assessable where none was due and none done",
    ),
)
def done(week: WeekContent) -> Counted:
    """Checklists that were submitted."""
    submitted = _of_checks(week, lambda check: check.submitted)
    total = sum(check.due for check in week.checks)
    return Counted(len(submitted), total, submitted) if total or submitted else none()


@figure(
    "week.items",
    W("检查项", "items checked"),
    W("本周检查表中有结果的项", "items with a result on checklists of the week"),
)
def items(week: WeekContent) -> Counted:
    """Items with a result."""
    total = sum(check.items for check in week.checks)
    return Counted(total, total, _of_checks(week, lambda check: check.sheets))


@figure(
    "week.bad",
    W("异常项", "items not ok"),
    W(
        "本周检查表中结果为异常的项；没有检查结果时不可评定",
        "items not ok on checklists of the week; not assessable where nothing was checked",
    ),
)
def bad(week: WeekContent) -> Counted:
    """Items that are not ok."""
    total = sum(check.items for check in week.checks)
    not_ok = _of_checks(week, lambda check: check.not_ok)
    return Counted(sum(check.bad for check in week.checks), total, not_ok) if total else none()


def _of_checks(week: WeekContent, ids: Callable[[CheckPart], list[str]]) -> tuple[str, ...]:
    return tuple(id for check in week.checks for id in ids(check))


# -- the plan --------------------------------------------------------------------------------------


@figure(
    "week.planned", W("计划任务", "tasks planned"), plan.PLANNED, version=plan_execution.VERSION
)
def planned(week: WeekContent) -> Counted:
    """Planned tasks of the week."""
    return plan_execution.planned(week.plan)


@figure(
    "week.plan_due", W("已到期任务", "tasks fallen due"), plan.DUE, version=plan_execution.VERSION
)
def plan_due(week: WeekContent) -> Counted:
    """Tasks that had fallen due."""
    return plan_execution.fallen_due(week.plan)


@figure(
    "week.on_time",
    W("按期完成", "tasks done on time"),
    plan.ON_TIME_FORMULA,
    version=plan_execution.VERSION,
)
def on_time(week: WeekContent) -> Counted:
    """Tasks done on or before their due day."""
    return plan_execution.of_standing(week.plan, plan_execution.ON_TIME)


@figure(
    "week.done_late",
    W("逾期完成", "tasks done late"),
    plan.LATE_FORMULA,
    version=plan_execution.VERSION,
)
def done_late(week: WeekContent) -> Counted:
    """Tasks done after their due day."""
    return plan_execution.of_standing(week.plan, plan_execution.LATE)


@figure(
    "week.skipped",
    W("未执行任务", "tasks skipped"),
    plan.SKIPPED_FORMULA,
    version=plan_execution.VERSION,
)
def skipped(week: WeekContent) -> Counted:
    """Tasks skipped with a reason."""
    return plan_execution.of_standing(week.plan, plan_execution.SKIPPED)


@figure(
    "week.not_done",
    W("未完成任务", "tasks not done"),
    plan.OPEN_FORMULA,
    version=plan_execution.VERSION,
)
def not_done(week: WeekContent) -> Counted:
    """Tasks that had fallen due and were not done."""
    return plan_execution.of_standing(week.plan, plan_execution.OPEN)


@figure(
    "week.plan_rate",
    W("计划完成率", "completion rate of the plan"),
    plan.RATE_FORMULA,
    version=plan_execution.VERSION,
    unit="%",
)
def plan_rate(week: WeekContent) -> Counted:
    """The completion rate, by the formula of the plan."""
    return plan_execution.completion(week.plan)
