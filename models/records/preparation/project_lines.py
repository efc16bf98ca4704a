"""Lines of the preparation on the page of a project: its stages, plans and confirmations.

Clause: 4
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from models.calendar.business_dates import quarter_of, quarter_span
from models.queries.project_lines import (
    ProjectLine,
    ProjectLook,
    StageStanding,
    comes_next,
    project_lines,
    project_section,
    project_stage,
)
from models.records.preparation import confirmations
from models.records.preparation.confirmations import (
    CUSTOMER,
    FEASIBILITY,
    METHODS,
    PLAN_TYPES,
    PLANS,
    RECONFIRMED,
    STUDY,
    ConfirmationEntry,
    ConfirmationRegister,
)
from models.records.preparation.execution import plan_execution
from models.records.preparation.milestone import Milestone
from models.records.preparation.plans.service_plan import ServicePlan
from models.records.preparation.start.service_start import ServiceStart
from models.schema.lifecycle import Tone
from models.storage import rows
from models.text.words import W, say

if TYPE_CHECKING:
    from models.book.book import Book
    from models.records.registers.project import Project

COMPLETE = W("{done}/{all} 项已确认，齐全", "{done} of {all} confirmed, complete")
MISSING = W("{done}/{all} 项已确认，缺 {n} 项", "{done} of {all} confirmed, {n} missing")
QUARTER = W(
    "{quarter} 到期 {due} 项：按期 {on_time}，未完成 {open}；完成率 {rate}",
    "{quarter}: {due} fallen due, {on_time} on time, {open} not done; rate {rate}",
)
NONE_DUE = W("{quarter} 还没有任务到期，不可评定", "{quarter}: no task has fallen due")
OF_GROUP = W("{group}：{name}", "{group}: {name}")
GATHERED = (CUSTOMER, FEASIBILITY, METHODS)
TOLD = (METHODS, RECONFIRMED)
"""Groups that are named with what is missing, since its name alone does not say it."""
NAMED = 2
"""Lines of what is missing; the register has all of it."""

project_section("confirmations", W("过程确认", "Confirmed"), 20)
project_section("plans", W("计划", "Plans"), 30, list="service_plan")


def register(book: Book, project: Project) -> ConfirmationRegister:
    """The register of confirmations, asked once in a look."""
    return confirmations.register(book, project)


def _missing(look: ProjectLook, *groups: str) -> Iterator[ProjectLine]:
    for one in look.once(register).missing:
        if one.group in groups:
            yield _line(look, one)


def _line(look: ProjectLook, one: ConfirmationEntry) -> ProjectLine:
    if one.record is not None and one.group not in TOLD:
        return look.line(one.record)
    group = confirmations.GROUPS[one.group]
    text = say(OF_GROUP, group=group, name=one.name) if one.group in TOLD else one.name
    if one.record is not None:
        return look.line(one.record, text=text, state=one.state)
    return ProjectLine(
        text=text, state=one.state, tone="warn", type=one.opens, begins=True, values=one.values
    )


# -- stages ----------------------------------------------------------------------------------------


@project_stage("proposal", W("方案", "Proposal"), 10)
def proposal(look: ProjectLook) -> StageStanding:
    """Done when the customer approved the service proposal."""
    found = look.once(register).of(CUSTOMER)
    return StageStanding(any(one.done for one in found), True)


@project_stage("plans", W("计划", "Plans"), 20)
def plans(look: ProjectLook) -> StageStanding:
    """Done when there is a plan of each level in force."""
    found = look.once(register).of(PLANS)
    approved = {one.record.type for one in found if one.done and one.record is not None}
    return StageStanding(
        approved.issuperset(PLAN_TYPES), any(one.record is not None for one in found)
    )


@project_stage("start", W("启动", "Start"), 30)
def start(look: ProjectLook) -> StageStanding:
    """Done when the start of the service was recorded."""
    found = look.once(register).of(STUDY)
    started = [one for one in found if one.record is not None]
    done = any(one.done and isinstance(one.record, ServiceStart) for one in started)
    return StageStanding(done, bool(started))


@comes_next("proposal")
def for_proposal(look: ProjectLook) -> Iterator[ProjectLine]:
    """What the proposal lacks; while nothing of it exists, the proposal itself."""
    found = (line for group in GATHERED for line in _missing(look, group))
    yield from islice(found, 1)


@comes_next("plans")
def for_plans(look: ProjectLook) -> Iterator[ProjectLine]:
    """The plans that are missing or not approved."""
    yield from _missing(look, PLANS)


@comes_next("start")
def for_start(look: ProjectLook) -> Iterator[ProjectLine]:
    """The study, the people to confirm, and the start itself."""
    yield from islice(_missing(look, STUDY), NAMED)


@comes_next("service")
def for_service(look: ProjectLook) -> Iterator[ProjectLine]:
    """The milestone that is due next."""
    where = (
        "WHERE project=? AND void IS NULL AND state='planned' ORDER BY due IS NULL, due, n LIMIT 1"
    )
    for one in rows.fetch(look.store, Milestone, where, (look.id,)):
        yield look.line(one)


# -- sections --------------------------------------------------------------------------------------


@project_lines("confirmations")
def confirmed(look: ProjectLook) -> Iterator[ProjectLine]:
    """How many of the confirmations are there, and what changed and waits for a new one."""
    found = look.once(register)
    every, missing = len(found.entries), len(found.missing)
    word = MISSING if missing else COMPLETE
    said = {"done": every - missing, "all": every, "n": missing}
    tone: Tone = "warn" if missing else "good"
    yield ProjectLine(text=say(word, **said), tone=tone, place="confirmations")
    # What the stages lack stands above, as what comes next; the register names the people.
    yield from islice(_missing(look, RECONFIRMED), NAMED)


@project_lines("plans")
def in_force(look: ProjectLook) -> Iterator[ProjectLine]:
    """The plans in force and their changes under way, and how this quarter is carried out."""
    found = [one for one in look.once(register).of(PLANS) if one.record is not None]
    for one in found:
        assert one.record is not None
        yield look.line(one.record)
    plan = next((one.record for one in found if isinstance(one.record, ServicePlan)), None)
    if plan is not None:
        yield _execution(look, plan)


def _execution(look: ProjectLook, plan: ServicePlan) -> ProjectLine:
    """The tasks of this quarter that have fallen due, by the figures of the plan."""
    quarter = quarter_of(look.today)
    first, _ = quarter_span(quarter)
    found = plan_execution.standings(look.book, [look.id], first, look.today)
    rate = plan_execution.completion(found)
    said = {"quarter": quarter, "due": rate.n, "rate": f"{rate.value} %"}
    counts = {name: _count(found, name) for name in ("on_time", "open")}
    word = QUARTER if rate.n else NONE_DUE
    tone: Tone = "bad" if counts["open"] else "good" if rate.n else ""
    return ProjectLine(text=say(word, **said, **counts), record=plan, tone=tone)


def _count(found: Sequence[plan_execution.TaskStanding], name: str) -> int:
    return len(plan_execution.of_standing(found, name).records) if found else 0
