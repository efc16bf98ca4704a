"""Facts of the plans: how a plan is carried out, how a task stands, years not announced yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from models.book.derived_state import StateView
from models.calendar.business_dates import day_of
from models.derived.revision_comparison import Comparison, Touched, touches
from models.queries.facts import RecordFact, facts
from models.records.preparation.execution import plan_execution
from models.records.preparation.execution.plan_execution import STANDINGS
from models.records.preparation.execution.plan_in_force import PlanLines, PlanSpan
from models.records.preparation.execution.task_execution import TaskExecution
from models.records.preparation.milestone import Milestone
from models.records.preparation.plans import task_generation
from models.records.preparation.plans.plan_milestone import PlanMilestone
from models.records.preparation.plans.service_plan import ServicePlan
from models.records.preparation.plans.service_task import ServiceTask
from models.records.registers import calendar_years
from models.storage import rows
from models.text.money import money_of
from models.text.words import W, say

if TYPE_CHECKING:
    from models.book.book import Book
    from models.storage.store import Store

EXECUTION, CALENDAR, TASK = W("执行情况", "Execution"), W("工作日历", "Calendar"), W("任务", "Task")
COUNTS = W(
    "已到期 {due} 项：按期 {on_time}，逾期 {late}，未执行 {skipped}，未完成 {open}；完成率 {rate}",
    "{due} fallen due: {on_time} on time, {late} late, {skipped} skipped, {open} not done;"
    " completion rate {rate}",
)
NONE_DUE = W("还没有任务到期，完成率不可评定", "no task has fallen due; not assessable")
PROVISIONAL = W(
    "{years} 年放假安排尚未公布，期限按周一至周五和固定节日暂定；公布后请重新生成任务",
    "The holidays of {years} are not announced: days are provisional (Monday to Friday, fixed"
    " holidays). Generate the tasks again afterwards.",
)
OF_TASK = W(
    "{standing}，期限 {due}（{plan} 第 {version} 版）",
    "{standing}, due {due} ({plan}, version {version})",
)
ON_DAY = W("{standing}，{day}", "{standing} on {day}")
NOT_NOW = W("现行计划中没有此任务", "the plan in force has no such task")
MILESTONE = W("受影响的里程碑", "Milestone concerned")
PAYMENT = W("受影响的收款", "Payment concerned")
UNTIL = W("计划 {due}", "due {due}")
TASKS = W("涉及任务 {n} 项，最晚 {last}", "{n} tasks, the last on {last}")
AFTER = W(
    "涉及任务 {n} 项，最晚 {last}，晚于里程碑日期",
    "{n} tasks, the last on {last}: after its day",
)
PAID = W("{what}（{due}）", "{what} ({due})")
LATER = W("随里程碑移动", "moves with the milestone")


@facts("service_plan")
def carried_out(book: Book, plan: ServicePlan, states: StateView) -> Iterator[RecordFact]:  # noqa: ARG001
    """How far a plan in force is carried out, and whether its days are provisional."""
    lines = PlanLines(book.store, [str(plan.project)], book.zone)
    span = next((one for one in lines.current() if one.plan.id == plan.id), None)
    if span is not None:
        yield _execution(book, lines, span)
    years = task_generation.provisional(plan, calendar_years.calendar(book))
    if years:
        said = "、".join(map(str, years))
        yield RecordFact(say(PROVISIONAL, years=said), "warn", CALENDAR)


def _execution(book: Book, lines: PlanLines, span: PlanSpan) -> RecordFact:
    first = day_of(span.plan.period_from) or span.first
    found = [one for one in lines.due(first, max(first, book.today)) if one[0].root == span.root]
    every = plan_execution.standings_of(book, found)
    rate = plan_execution.completion(every)
    if rate.value is None:
        return RecordFact(str(NONE_DUE), "", EXECUTION)
    names = ("on_time", "late", "skipped", "open")
    counts = {name: plan_execution.of_standing(every, name).value for name in names}
    open_ = counts["open"]
    text = say(COUNTS, due=rate.n, rate=f"{rate.value} %", **counts)
    return RecordFact(text, "bad" if open_ else "good", EXECUTION)


@facts("service_task")
def standing(book: Book, task: ServiceTask, states: StateView) -> Iterator[RecordFact]:  # noqa: ARG001
    """How a task of the version in force on its day stands."""
    plan, due = rows.one(book.store, ServicePlan, task.plan or ""), day_of(task.due)
    if plan is None or due is None:
        return
    lines = PlanLines(book.store, [str(plan.project)], book.zone)
    found = [one for one in lines.due(due, due) if one[1].id == task.id]
    for one in plan_execution.standings_of(book, found):
        word, tone = STANDINGS[one.standing]
        text = say(ON_DAY, standing=word, day=one.done_on) if one.done_on else str(word)
        records = (one.record,) if one.record else ()
        yield RecordFact(text, tone, EXECUTION)
        if records:
            yield RecordFact("", tone, TASK, records=records)


@facts("task_execution")
def of_task(book: Book, execution: TaskExecution, states: StateView) -> Iterator[RecordFact]:  # noqa: ARG001
    """The task of the version in force that it is of, and how it stands."""
    lines = PlanLines(book.store, [str(execution.project)], book.zone)
    spans = [one for one in lines.spans() if one.root == execution.plan]
    for span in reversed(spans):
        where = "WHERE plan=? AND code=? AND void IS NULL"
        found = rows.fetch(book.store, ServiceTask, where, (span.plan.id, execution.task))
        due = day_of(found[0].due) if found else None
        if not span.counts(due):
            continue
        (one,) = plan_execution.standings_of(book, [(span, found[0])])
        word, tone = STANDINGS[one.standing]
        said = {"due": one.due, "plan": span.plan.number, "version": span.plan.version or 1}
        yield RecordFact(say(OF_TASK, standing=word, **said), tone, TASK)
        return
    yield RecordFact(str(NOT_NOW), "warn", TASK)


# -- what a change concerns ------------------------------------------------------------------------


@touches("service_plan")
def by_tasks(store: Store, found: Comparison) -> Iterable[Touched]:
    """The milestones of the tasks that differ, with the payments that follow them."""
    last: dict[str, list[str]] = {}
    for row in found.rows:
        for version in (row.before, row.after):
            if isinstance(version, ServiceTask) and version.milestone:
                last.setdefault(version.milestone, [])
        if isinstance(row.row, ServiceTask) and row.row.milestone:
            last[row.row.milestone].append(row.row.due or "")
    for id, days in last.items():
        milestone = rows.one(store, Milestone, id)
        if milestone is None:
            continue
        end, due = max(days, default=""), milestone.due
        word = AFTER if due and end > due else TASKS
        after = say(word, n=len(days), last=end)
        yield Touched(milestone, MILESTONE, say(UNTIL, due=due or "—"), after)
        if milestone.amount or milestone.payment:
            yield Touched(milestone, PAYMENT, _payment(milestone), str(LATER))


@touches("milestone_plan")
def by_milestones(store: Store, found: Comparison) -> Iterable[Touched]:  # noqa: ARG001
    """The payments of the milestones that differ, before and after."""
    for row in found.rows:
        before, after = row.before, row.after
        had = _payment(before) if isinstance(before, PlanMilestone) else ""
        has = _payment(after) if isinstance(after, PlanMilestone) else ""
        if had or has:
            yield Touched(row.row, PAYMENT, had, has)


def _payment(one: Any) -> str:
    """A payment in words: its instalment and amount, and when it is due."""
    said = " ".join(text for text in (one.payment, _amount(one.amount)) if text)
    due = one.payment_due or one.due
    return say(PAID, what=said, due=due) if said and due else said


def _amount(value: str | None) -> str:
    return str(money_of(value) or value) if value else ""
