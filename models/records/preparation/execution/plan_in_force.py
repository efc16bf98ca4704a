"""Plan in force: which version of a detailed plan counted on which day.

A task counts by the version that was in force on the day on which it was due: the one approved last
by the end of that day. So a change never rewrites what was due before it. Clause: 4.2.3.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

from models.calendar.business_dates import business_day
from models.frozen import NamedTuple
from models.records.preparation.plans.plan_life import IN_FORCE, WITHDRAWN
from models.records.preparation.plans.service_plan import ServicePlan
from models.records.preparation.plans.service_task import ServiceTask
from models.storage import rows
from models.storage.store import places

if TYPE_CHECKING:
    from models.storage.store import Store

DAY = timedelta(days=1)


class PlanSpan(NamedTuple):
    """A version that was in force from one day to another, both included; None = until now."""

    plan: ServicePlan
    root: str
    """The id of the first version of its line."""
    first: date
    last: date | None

    def counts(self, day: date | None) -> bool:
        """Whether this version was in force on a day."""
        return day is not None and self.first <= day <= (self.last or day)


class PlanLines:
    """The detailed plans of some projects, over one look at the store."""

    def __init__(self, store: Store, projects: Sequence[str], zone: str) -> None:
        self.store = store
        where = f"WHERE project IN ({places(projects)}) ORDER BY n"
        found = rows.fetch(store, ServicePlan, where, projects) if projects else []
        self.plans = {one.id: one for one in found}
        self._approved = _days(store, "min", IN_FORCE, zone)
        self._withdrawn = _days(store, "max", (WITHDRAWN,), zone)

    def root(self, plan: ServicePlan) -> str:
        """The id of the first version of a plan's line."""
        return self._line(plan)[-1].id

    def _line(self, plan: ServicePlan) -> list[ServicePlan]:
        """A version and those before it, the first one last."""
        found = [plan]
        while (before := self.plans.get(found[-1].follows or "")) not in (None, *found):
            assert before is not None
            found.append(before)
        return found

    def spans(self) -> list[PlanSpan]:
        """Which version was in force when, line by line."""
        lines: dict[str, list[ServicePlan]] = {}
        for one in self.plans.values():
            counts = one.state in (*IN_FORCE, WITHDRAWN) and one.id in self._approved
            if counts and one.void is None:
                lines.setdefault(self.root(one), []).append(one)
        return [span for root, line in lines.items() for span in self._spans(root, line)]

    def _spans(self, root: str, line: Sequence[ServicePlan]) -> Iterator[PlanSpan]:
        ends = {one.id: self._withdrawn[one.id] for one in line if one.state == WITHDRAWN}
        days = sorted({self._approved[one.id] for one in line} | set(ends.values()))
        for at, day in enumerate(days):
            here = [one for one in line if self._approved[one.id] <= day]
            replaced = {before.id for one in here for before in self._line(one)[1:]}
            left = [
                one
                for one in here
                if one.id not in replaced and (one.id not in ends or ends[one.id] > day)
            ]
            if left:
                best = min(left, key=lambda one: (-(one.version or 1), one.occurred, one.id))
                yield PlanSpan(best, root, day, days[at + 1] - DAY if at + 1 < len(days) else None)

    def current(self) -> list[PlanSpan]:
        """The versions in force now."""
        return [span for span in self.spans() if span.last is None]

    def due(self, first: date, last: date) -> list[tuple[PlanSpan, ServiceTask]]:
        """The tasks due from a day to another, each by the version in force on its day."""
        found = []
        for span in self.spans():
            low, high = max(first, span.first), min(last, span.last or last)
            if low <= high:
                found += [(span, task) for task in tasks_due(self.store, span.plan, low, high)]
        return sorted(found, key=lambda one: (one[1].due or "", one[1].occurred, one[1].id))


def tasks_due(store: Store, plan: ServicePlan, first: date, last: date) -> list[ServiceTask]:
    """The tasks of one version that are due from a day to another."""
    where = "WHERE plan=? AND void IS NULL AND due>=? AND due<=? ORDER BY due, occurred, id"
    return rows.fetch(store, ServiceTask, where, (plan.id, first.isoformat(), last.isoformat()))


def _days(
    store: Store, which: Literal["min", "max"], states: Sequence[str], zone: str
) -> dict[str, date]:
    """Version -> the day on which it first or last came into one of these states."""
    sql = (
        f"SELECT record, {which}(at) FROM transition WHERE type='service_plan'"
        f" AND state IN ({places(states)}) GROUP BY record"
    )
    return {str(id): business_day(at, zone) for id, at in store.rows(sql, states)}
