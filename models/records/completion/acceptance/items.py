"""Items: what is to be accepted, from the milestone plan in force and the list of documents.

交付成果与项目文档: a deliverable for each milestone of the plan, a document for each that has to be
there before the acceptance. Clause: 6.2
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from models.book.rows import child_rows
from models.derived import revisions
from models.records.completion.acceptance.acceptance import Acceptance
from models.records.completion.acceptance.acceptance_item import AcceptanceItem
from models.records.completion.archive import required
from models.records.completion.archive.holdings import NONE, WAIVED, holdings
from models.records.preparation.plans.milestone_plan import MilestonePlan
from models.records.preparation.plans.plan_life import IN_FORCE
from models.records.preparation.plans.plan_milestones import code_of, milestones_of, planned
from models.records.registers.project import Project
from models.schema.roles import LEADS
from models.storage import rows
from models.storage.store import places
from models.text.words import W

if TYPE_CHECKING:
    from models.book.book import Book
    from models.storage.store import Store

MILESTONE, DOCUMENT = "m-", "d-"
"""How the codes of items begin: the code of a milestone, of a document of the list."""
WITNESSES = LEADS
"""Who may record the result."""


class ItemDue(NamedTuple):
    """An item as the plan or the list has it."""

    code: str
    sort: str
    what: str
    expected: str | None = None
    due: str | None = None
    source: str | None = None


def plan_in_force(store: Store, project: str) -> MilestonePlan | None:
    """The milestone plan of a project that is in force, the newest of several."""
    look = revisions.versions(store, MilestonePlan.kind.name)
    where = f"WHERE project=? AND state IN ({places(IN_FORCE)}) AND void IS NULL ORDER BY n DESC"
    found = rows.fetch(store, MilestonePlan, where, (project, *IN_FORCE))
    return next((one for one in found if look.in_force(one)), None)


def basis(store: Store, project: str) -> str:
    """What the acceptance of a project rests on: contract and plan."""
    plan = plan_in_force(store, project)
    return "\n".join(text for text in (plan.contract, plan.title()) if text) if plan else ""


def due_items(store: Store, project: str) -> Iterator[ItemDue]:
    """What is to be accepted of a project now."""
    plan = plan_in_force(store, project)
    if plan is not None:
        known = milestones_of(store, project)
        for row in planned(store, plan):
            code = code_of(row)
            milestone = known.get(row.milestone or "") or known.get(code)
            source = milestone.id if milestone is not None else plan.id
            yield ItemDue(
                f"{MILESTONE}{code}", "deliverable", row.title(), row.deliverable, row.due, source
            )
    record = rows.one(store, Project, project)
    if record is not None:
        for one in holdings(store, record).entries:
            if one.paper.before == "handover" and one.standing not in (NONE, WAIVED):
                yield ItemDue(f"{DOCUMENT}{one.paper.code}", "document", one.paper.title)


def named(store: Store, item: AcceptanceItem) -> W:
    """What an item is called: a document by its name in the list, in either language."""
    known = {f"{DOCUMENT}{one.code}": one.name for one in required.papers(store)}
    said = item.title()
    return known.get(str(item.code), W(said, said))


def lacking(store: Store, acceptance: Acceptance) -> list[ItemDue]:
    """The deliverables that the acceptance has no item of."""
    here = {one.code for one in _items(store, acceptance) if one.void is None}
    due = due_items(store, str(acceptance.project))
    return [one for one in due if one.sort == "deliverable" and one.code not in here]


def fill(book: Book, acceptance: Acceptance) -> None:
    """Add what the plan and the list have and the acceptance lacks; put back what was voided."""
    known = {str(one.code): one for one in _items(book.store, acceptance)}
    for place, one in enumerate(due_items(book.store, str(acceptance.project)), 1):
        there = known.get(one.code)
        if there is None:
            values = {name: value for name, value in one._asdict().items() if value is not None}
            values |= {"acceptance": acceptance.id, "position": place}
            book.add("acceptance_item", values, project=acceptance.project)
        elif there.void is not None and one.sort == "deliverable":
            book.restore(there.id)


def _items(store: Store, acceptance: Acceptance) -> list[Any]:
    return child_rows.rows_of(store, acceptance, AcceptanceItem)
