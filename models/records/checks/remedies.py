"""Remedies: the escalations and actions that a finding of a check led to. Clause: 5.1, 5.3.2."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from models.queries import links
from models.records.common import follow_ups
from models.schema.record import Record
from models.text.words import Refused, W, listed

if TYPE_CHECKING:
    from models.storage.store import Store

NO_REMEDY = W(
    "{findings} 还没有负责人的措施。请从该项新建纠正与预防措施（C）或问题升级，并写明负责人。",
    "{findings}: nobody is in charge of a remedy. Begin a corrective action (C) or an escalation"
    " from it and name who is in charge.",
)
MOST = 5
"""Findings that a refusal names."""


def remedies(store: Store, finding: Record) -> list[Record]:
    """What a finding led to and is in use: records that name it, of the types it leads to."""
    types = set(follow_ups.destinations(finding.type))
    found = links.linked_to(store, finding.id, void=False).records
    return [one for one in found if one.type in types]


def owned(store: Store, finding: Record) -> bool:
    """Whether somebody is in charge of what it led to.

    What has no owner, or is given one by a later move only, is in the charge of a role until then.
    """
    return any(_in_charge(one) for one in remedies(store, finding))


def _in_charge(one: Record) -> bool:
    owner = one.kind.owner
    return not owner or one.owner_id is not None or type(one).specs()[owner].by_move


def without(store: Store, findings: Iterable[Record]) -> list[Record]:
    """Those of the findings that led to nothing anybody is in charge of."""
    return [one for one in findings if not owned(store, one)]


def require(store: Store, findings: Iterable[Record]) -> None:
    """Raise `Refused` while a finding has no remedy with somebody in charge."""
    lacking = without(store, findings)
    if lacking:
        raise Refused(NO_REMEDY, findings=named(lacking))


def named(findings: Sequence[Record]) -> W:
    """The first of some findings, for a sentence."""
    return listed(W(one.title(), one.title()) for one in findings[:MOST])
