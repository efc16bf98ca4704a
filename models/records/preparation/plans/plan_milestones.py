"""Plan milestones: the project's milestones are brought up to the plan that was approved.

Deliveries, concessions and tasks name the project's milestones; a version of the plan names them by
the code of its rows. Clause: 4.2.1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from models.book.rows.child_rows import rows_of
from models.records.preparation.milestone import Milestone
from models.records.preparation.plans.milestone_plan import MilestonePlan
from models.records.preparation.plans.plan_milestone import PlanMilestone
from models.storage import rows
from models.text.words import W, say

if TYPE_CHECKING:
    from models.book.book import Book
    from models.storage.store import Store

SHARED = ("name", "due", "deliverable", "payment", "amount", "payment_due")
"""What a milestone has from its row of the plan."""
DROPPED = W("{plan} 不再有这个里程碑", "{plan} has this milestone no more")


def bring_up(book: Book, plan: MilestonePlan) -> None:
    """Create, change and void the project's milestones as an approved plan says.

    A milestone that is done stays as it is. Raises `Refused` where one is on hold and would be due
    earlier, or would be voided.
    """
    mine = planned(book.store, plan)
    known = milestones_of(book.store, plan.project or "")
    for row in mine:
        values = {name: getattr(row, name) for name in SHARED}
        code = code_of(row)
        there = known.get(row.milestone or "") or known.get(code)
        if there is None:
            values = {name: value for name, value in values.items() if value is not None}
            book.add("milestone", {**values, "plan_code": code}, project=plan.project)
        elif there.void is None and not there.kind.state(there.state).frozen:
            changed = {n: v for n, v in values.items() if v != getattr(there, n)}
            changed |= {"plan_code": code} if there.plan_code != code else {}
            if changed:
                book.edit(there.id, changed)
    kept = {code_of(row) for row in mine}
    for code in _codes_before(book.store, plan) - kept:
        gone = known.get(code)
        if gone is not None and gone.void is None and not gone.kind.state(gone.state).frozen:
            book.void(gone.id, say(DROPPED, plan=plan.number))


def planned(store: Store, plan: MilestonePlan) -> list[PlanMilestone]:
    """The milestones of a version, in order."""
    found = cast("list[PlanMilestone]", rows_of(store, plan, PlanMilestone))
    return [row for row in found if row.void is None]


def code_of(row: PlanMilestone) -> str:
    """The code of a row in every version."""
    return row.code or row.number


def milestones_of(store: Store, project: str) -> dict[str, Milestone]:
    """Id, and code in the plan -> milestone of a project."""
    found: dict[str, Milestone] = {}
    for one in rows.fetch(store, Milestone, "WHERE project=? ORDER BY n DESC", (project,)):
        found[one.id] = one
        if one.plan_code:
            found[one.plan_code] = one
    return found


def _codes_before(store: Store, plan: MilestonePlan) -> set[str]:
    """The codes of the version that this one follows."""
    before = rows.one(store, MilestonePlan, plan.follows or "")
    return {code_of(row) for row in planned(store, before)} if before is not None else set()


def without_days(found: list[Any], *names: str) -> list[Any]:
    """The rows in which one of these fields is empty."""
    return [row for row in found if any(getattr(row, name) in (None, "") for name in names)]
