"""Lines of the page of a project that its own record gives: its service period, its manager."""

from __future__ import annotations

from collections.abc import Iterator

from models.calendar.business_dates import day_of
from models.queries.project_lines import (
    ProjectLine,
    ProjectLook,
    StageStanding,
    comes_next,
    project_lines,
    project_section,
    project_stage,
)
from models.schema.roles import PROJECT_MANAGER
from models.text.words import W, say

MANAGER = W("项目经理（对项目负责）", "Project manager (accountable)")
NO_MANAGER = W("未授予", "nobody has the role")
PERIOD = W("服务期 {first} 至 {last}", "In service {first} to {last}")
NO_PERIOD = W("服务期未填写", "No service period given")
OPEN = W("未定", "open")
LEFT = W("剩 {n} 天", "{n} days left")
OVER = W("已过 {n} 天", "over for {n} days")
COMPLETE = W("服务期已结束：办理完工", "The service period is over: complete the project")

project_section("project", W("项目", "Project"), 0)


@project_lines("project")
def whose(look: ProjectLook) -> Iterator[ProjectLine]:
    """Who is accountable, and from when to when the service lasts."""
    managers = look.book.people.holders(PROJECT_MANAGER, look.id)
    if not managers:
        yield ProjectLine(text=MANAGER, state=NO_MANAGER, tone="warn", place="members")
    for person in managers:
        yield ProjectLine(text=MANAGER, person=person, place="members")
    first, last = look.project.service_from, look.project.service_to
    dated = say(PERIOD, first=first or OPEN, last=last or OPEN)
    text = dated if first or last else str(NO_PERIOD)
    end = day_of(last)
    n = (end - look.today).days if end is not None else None
    state = "" if n is None else say(LEFT if n >= 0 else OVER, n=abs(n))
    yield ProjectLine(text=text, record=look.project, state=state)


@project_stage("service", W("服务", "Service"), 40)
def service(look: ProjectLook) -> StageStanding:
    """Under way from the first day of the service period on, done when it is over."""
    first, last = day_of(look.project.service_from), day_of(look.project.service_to)
    over = last is not None and last < look.today
    done = over or look.project.state == "completed"
    return StageStanding(done, first is not None and first <= look.today)


@project_stage("completion", W("完工", "Completion"), 50)
def completion(look: ProjectLook) -> StageStanding:
    """Done when the project is completed."""
    return StageStanding(look.project.state == "completed")


@comes_next("completion")
def to_complete(look: ProjectLook) -> Iterator[ProjectLine]:
    """The completion itself, on the record of the project."""
    yield ProjectLine(text=COMPLETE, record=look.project, due=day_of(look.project.service_to))
