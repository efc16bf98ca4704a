"""Environment: what a proposal was approved for, and what has changed around it since.

内外部环境发生变化时，需再次确认: who serves the project, its SLA, sites,
subcontractors and the customer's needs are noted when the customer approves the proposal. What is
different now is calculated at every look, so a change counts however it came: by an edit, from
another device, or as a role was taken. Clause: 4.1.3
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from models.book.people import EVERY, People
from models.derived import revisions
from models.frozen import NamedTuple
from models.records.preparation.proposals.service_proposal import IN_FORCE, ServiceProposal
from models.records.preparation.reconfirmations.reconfirmation import Reconfirmation
from models.schema.record import kinds
from models.schema.roles import ENGINEER, PROJECT_MANAGER
from models.storage import rows
from models.storage.store import places
from models.text.words import W

if TYPE_CHECKING:
    from models.storage.store import Store

SERVING = (ENGINEER, PROJECT_MANAGER)
"""The roles of those who do the service of a project."""
TEXTS = {
    "sla": (
        "sla_changed",
        W("服务级别协议与方案批准时不同", "The SLA differs from the approved one"),
    ),
    "subcontractors": (
        "subcontractor_changed",
        W("外包服务提供商与方案批准时不同", "The subcontractors differ from those approved"),
    ),
    "needs": (
        "need_changed",
        W("用户需求与方案批准时不同", "The customer's needs differ from those approved"),
    ),
}
"""Texts of a project that a proposal rests on: field -> (trigger, what is said of a change)."""
LEFT = W("{name}已离开项目", "{name} has left the project")
NEW_SITE = W("新增现场“{name}”", "A site was added: “{name}”")


class EnvironmentChange(NamedTuple):
    """One thing that is not as it was when the proposal was approved."""

    trigger: str
    subject: str
    """Names the change on every device alike."""
    why: W


class PendingChange(NamedTuple):
    """A change that waits for its re-confirmation, opened or not."""

    trigger: str
    subject: str
    why: str | W
    record: Reconfirmation | None = None


def serving(store: Store, project: str) -> list[str]:
    """The ids of those who hold a role in the service of a project, in order."""
    sql = (
        f"SELECT DISTINCT person FROM role_grant WHERE role IN ({places(SERVING)})"
        " AND project IN (?, ?) ORDER BY person"
    )
    return [str(id) for (id,) in store.rows(sql, (*SERVING, project, EVERY))]


def taking_part(store: Store, project: str) -> list[str]:
    """The same without those of whom a lead said that they take no part."""
    sql = (
        "SELECT member FROM competence_confirmation"
        " WHERE project=? AND state='apart' AND void IS NULL"
    )
    without = {str(id) for (id,) in store.rows(sql, (project,))}
    return [id for id in serving(store, project) if id not in without]


def proposal_in_force(store: Store, project: str) -> ServiceProposal | None:
    """The project's proposal that the customer has approved, the newest of several."""
    look = revisions.versions(store, "service_proposal")
    where = f"WHERE project=? AND state IN ({places(IN_FORCE)}) AND void IS NULL ORDER BY n DESC"
    found = rows.fetch(store, ServiceProposal, where, (project, *IN_FORCE))
    return next((one for one in found if look.in_force(one)), None)


def noted(store: Store, project: str) -> str:
    """The environment of a project now, as the approval of its proposal notes it."""
    record: Any = rows.one(store, kinds["project"], project)
    found: dict[str, Any] = {name: digest(getattr(record, name, None)) for name in TEXTS}
    found["members"] = taking_part(store, project)
    found["sites"] = [id for id, _ in _sites(store, project)]
    return json.dumps(found, sort_keys=True, separators=(",", ":"))


def changes(store: Store, project: str) -> list[EnvironmentChange]:
    """What is different now from what the proposal in force was approved for."""
    proposal = proposal_in_force(store, project)
    before = _read(proposal.environment) if proposal is not None else None
    return list(_changes(store, project, before)) if before is not None else []


def _changes(store: Store, project: str, before: dict[str, Any]) -> Iterator[EnvironmentChange]:
    people = People(store.db)
    here = set(serving(store, project))
    for id in (one for one in _names(before.get("members")) if one not in here):
        name = people.name(id)
        yield EnvironmentChange("member_left", id, _with(LEFT, name))
    record: Any = rows.one(store, kinds["project"], project)
    for field, (trigger, why) in TEXTS.items():
        now = digest(getattr(record, field, None))
        if field in before and now != before[field]:
            yield EnvironmentChange(trigger, now, why)
    known = set(_names(before.get("sites")))
    for id, name in _sites(store, project):
        if id not in known:
            yield EnvironmentChange("site_added", id, _with(NEW_SITE, name))


def pending(store: Store, project: str) -> list[PendingChange]:
    """What waits for a re-confirmation: opened ones first, then changes without a record."""
    where = "WHERE project=? AND void IS NULL ORDER BY n"
    every = rows.fetch(store, Reconfirmation, where, (project,))
    found = [
        PendingChange(str(one.trigger), str(one.subject), one.why or "", one)
        for one in every
        if one.state != "confirmed"
    ]
    known = {(one.trigger, one.subject) for one in every}
    found += [
        PendingChange(one.trigger, one.subject, one.why)
        for one in changes(store, project)
        if (one.trigger, one.subject) not in known
    ]
    return found


def digest(text: object) -> str:
    """A short digest of a text, blanks around it left out."""
    said = str(text or "").strip().encode("utf-8", "replace")
    return hashlib.sha256(said).hexdigest()[:16]


def _sites(store: Store, project: str) -> list[tuple[str, str]]:
    """The confirmed sites of a project's customer: id and name."""
    sql = (
        "SELECT id, name FROM site WHERE state='confirmed' AND void IS NULL AND customer="
        "(SELECT customer FROM project WHERE id=?) ORDER BY id"
    )
    return [(str(id), str(name or "")) for id, name in store.rows(sql, (project,))]


def _read(text: str | None) -> dict[str, Any] | None:
    """What was noted; None for nothing, and for what is no environment."""
    try:
        found = json.loads(text or "null")
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _names(value: object) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


def _with(word: W, name: str) -> W:
    return W(word.zh.replace("{name}", name), word.en.replace("{name}", name))
