"""Adoption: a reviewer lets quarantined changes count after all.

It is a change of the same record that writes the register `values.ADOPT`; its base names what it
adopts. On every device the record is then authorised again and rebuilt from the log.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from models.book import permissions
from models.schema.natural_keys import project_of
from models.text.words import Refused, W
from sync.apply.reevaluation import awaited_tables
from sync.apply.reevaluation.revalidate import reevaluate
from sync.apply.transaction import Transaction
from sync.apply.verifier import SegmentVerifier
from sync.changes.change import Change
from sync.changes.compatibility import ADOPT
from sync.log import quarantine
from sync.log.logged_changes import Name
from sync.validation import reasons
from sync.validation.authorize import REVIEWERS, may_adopt
from sync.workspace.workspace import Workspace

NOTHING = W(
    "{device} 第 {seq} 条改动不在隔离之中。请先查看隔离的改动。",
    "Change {seq} of {device} is not in quarantine. Look at what is in quarantine first.",
)

SENSELESS = W(
    "这条改动不合规定的写法，采用后也成不了记录，没有采用。请其作者重新填写。",
    "This change has no proper form and makes no record even when adopted; it was not. Ask its"
    " author to write it again.",
)


def adopt(
    workspace: Workspace, space: str, device: str, seq: int, comment: str | None = None
) -> None:
    """Let a quarantined change count: one change of ours, carried out on every device.

    Raises `Refused` when there is nothing to adopt, or this person may not.
    """
    book, store = workspace.book, workspace.store
    db = store.db.connection()
    found = quarantine.find(db, space, device, seq)
    if found is None:
        raise Refused(NOTHING, device=device, seq=seq)
    type, record = found
    with book.saving():
        _allowed(workspace, space, device)
        dots = {ADOPT: [(device, seq)]}
        fields: dict[str, object] = {ADOPT: comment}
        workspace.log.append(space=space, type=type, record=record, fields=fields, base=dots)
        tx = Transaction(workspace, SegmentVerifier(store), space)
        made = reevaluate(tx, [found])
        made |= awaited_tables.arrived(workspace, tx.verifier, made)
        book.writer.touched |= made
        if quarantine.find(db, space, device, seq) is not None:
            raise Refused(SENSELESS)


def _allowed(workspace: Workspace, space: str, device: str) -> None:
    people, me = workspace.people, workspace.book.me
    project = project_of(space)
    if not may_adopt(people, me, project, people.person_of(device), space):
        roles = permissions.role_names(REVIEWERS)
        raise Refused(reasons.NOT_REVIEWER, who=people.name(me), roles=roles)


def adopting(changes: Iterable[Change], faults: Mapping[int, Refused]) -> set[Name]:
    """The records of which these changes, but for the faulty ones, adopt something."""
    return {(c.type, c.record) for c in changes if ADOPT in c.fields and c.seq not in faults}
