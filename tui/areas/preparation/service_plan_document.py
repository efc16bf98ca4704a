"""The detailed plan 二级进度计划: the year at a glance, then the tasks month by month."""

from __future__ import annotations

from typing import Any, cast

from models.calendar.business_dates import day_of
from models.derived.figures import NOT_ASSESSABLE
from models.records.preparation.execution import plan_execution
from models.records.preparation.execution.plan_execution import STANDINGS, TaskStanding
from models.records.preparation.execution.plan_in_force import PlanLines
from models.records.preparation.plans import task_generation
from models.records.preparation.plans.service_plan import ServicePlan
from models.records.preparation.plans.service_task import ServiceTask
from models.text.words import W, say
from tui.areas.preparation import plan_parts
from tui.documents import layout
from tui.documents.frame import DocumentSubject
from tui.documents.layout import (
    DocumentColumn,
    DocumentLayout,
    DocumentProse,
    DocumentTable,
    FieldProse,
)
from tui.documents.record_text import RecordText, Row

MONTHS = range(1, 13)
NAMES = (*("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),)
COUNTS = W(
    "任务 {planned} 项。按到期日有效的版本：已到期 {due} 项，按期完成 {on_time}，逾期完成 {late}，"
    "未执行 {skipped}，未完成 {open}；计划完成率 {rate}。",
    "{planned} tasks. By the version in force on each due day: {due} fallen due, {on_time} done on"
    " time, {late} done late, {skipped} skipped, {open} not done; completion rate {rate}.",
)
PROVISIONAL = W(
    "{years} 年放假安排尚未公布，该年日期为暂定。",
    "The holidays of {years} are not announced; days of that year are provisional.",
)
IN_MONTH = W("— 本月任务 {n} 项 —", "— {n} tasks in this month —")
TASK_COLUMNS = (
    DocumentColumn(W("期限", "Due"), "due", 4),
    DocumentColumn(W("任务", "Task"), "what", 9),
    DocumentColumn(W("现场", "Site"), "site", 5),
    DocumentColumn(W("设备类别", "Equipment"), "equipment_class", 4),
    DocumentColumn(W("执行人", "Done by"), "doer", 3),
    DocumentColumn(W("里程碑", "Milestone"), "milestone", 5),
    DocumentColumn(W("执行情况", "Execution"), "standing", 5),
)


LAYOUT = DocumentLayout(
    W("二级进度计划", "Detailed plan"),
    (
        plan_parts.head("milestone_plan"),
        FieldProse("scope"),
        FieldProse("basis"),
        DocumentProse(W("执行情况", "Execution"), "execution"),
        DocumentTable(
            W("年度总表（每月到期日）", "The year at a glance (due days)"),
            "overview",
            (
                DocumentColumn(W("任务", "Task"), "what", 9),
                DocumentColumn(W("执行人", "Done by"), "doer", 6),
                *(DocumentColumn(W(f"{n}月", NAMES[n - 1]), f"m{n}", 3) for n in MONTHS),
            ),
        ),
        DocumentTable(W("各月任务", "Tasks month by month"), "tasks", TASK_COLUMNS),
        *plan_parts.CHANGE,
        plan_parts.ANSWER,
        layout.MOVES,
        layout.ATTACHMENTS,
    ),
    wide=True,
)
FIELDS = ("due", "what", "site", "equipment_class", "doer", "milestone")


def data(reading: RecordText, subject: DocumentSubject) -> dict[str, Any]:
    """The tasks of the version month by month, with how those stand that count by it."""
    plan = cast(ServicePlan, subject.about)
    every = task_generation.tasks_of(reading.store, plan)
    lines = PlanLines(reading.store, [str(plan.project)], reading.zone)
    days = [day for one in every if (day := day_of(one.due)) is not None]
    found = lines.due(min(days), max(days)) if days else []
    root = lines.root(plan)
    standings = plan_execution.standings_of(
        reading.book, [one for one in found if one[0].root == root]
    )
    stands = {one.task: one for one in standings}
    months: dict[str, list[Row]] = {}
    for place, one in enumerate(every):
        row = _task(reading, one, stands.get(one.id))
        months.setdefault((one.due or "")[:7], []).append(row)
        reading.tell(place / len(every))
    return {
        **plan_parts.versions(reading, plan),
        "execution": _execution(reading, plan, len(every), standings),
        "overview": _overview(reading, every),
        "tasks": [row for month, some in months.items() for row in (_month(month, some), *some)],
    }


def _month(month: str, rows: list[Row]) -> Row:
    """The line above the tasks of a month: which one, and how many they are."""
    return {
        **dict.fromkeys(FIELDS, ""),
        "due": month,
        "what": say(IN_MONTH, n=len(rows)),
        "standing": "",
    }


def _task(reading: RecordText, task: ServiceTask, standing: TaskStanding | None) -> Row:
    said = ""
    if standing is not None:
        word = str(STANDINGS[standing.standing][0])
        said = " ".join(part for part in (word, standing.done_on, standing.reason) if part)
    return {**reading.texts(task, ServiceTask, *FIELDS), "standing": said}


def _execution(
    reading: RecordText, plan: ServicePlan, planned: int, found: list[TaskStanding]
) -> str:
    rate = plan_execution.completion(found)
    names = ("on_time", "late", "skipped", "open")
    counts = {name: plan_execution.of_standing(found, name).value for name in names}
    shown = str(NOT_ASSESSABLE) if rate.value is None else f"{rate.value} %"
    lines = [say(COUNTS, planned=planned, due=rate.n, rate=shown, **counts)]
    years = task_generation.provisional(plan, reading.calendar)
    if years:
        lines.append(say(PROVISIONAL, years="、".join(map(str, years))))
    return "\n".join(lines)


def _overview(reading: RecordText, tasks: list[ServiceTask]) -> list[Row]:
    """One line for each thing that is done again and again by one person: its days by month."""
    found: dict[tuple[str | None, str | None, str | None], dict[int, list[str]]] = {}
    for one in tasks:
        day = day_of(one.due)
        if day is not None:
            months = found.setdefault((one.what, one.site, one.doer), {})
            months.setdefault(day.month, []).append(str(day.day))
    rows = []
    for (what, site, doer), months in found.items():
        name = " ".join(part for part in (what, _title(reading, site)) if part)
        days = {f"m{n}": " ".join(months.get(n, ())) for n in MONTHS}
        rows.append({"what": name, "doer": reading.person(doer) if doer else "", **days})
    return rows


def _title(reading: RecordText, id: str | None) -> str:
    site = reading.book.find(id) if id else None
    return site.title() if site is not None else ""
