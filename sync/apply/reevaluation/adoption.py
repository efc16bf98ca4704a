"""Adoption: a reviewer lets quarantined changes count after all.

It is a change of the same record that writes the register `values.ADOPT`; its base names what it
adopts. On every device the record is then judged again and made anew from the log.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from models.book import permissions
from models.storage.store import Store
from models.text.words import Refused, W
from sync.apply.reevaluation.rebuild import rebuild
from sync.apply.reevaluation.revalidate import Name, rejudge
from sync.apply.verifier import SegmentVerifier
from sync.changes.change import Change
from sync.changes.compatibility import ADOPT
from sync.log.version_lookup import VersionLookup
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
    sql = (
        "SELECT q.type, q.record FROM quarantine q JOIN device d ON d.idx=q.idx"
        " WHERE q.space=? AND d.id=? AND q.seq=? AND q.adopted IS NULL"
    )
    found = store.row(sql, (space, device, seq))
    if found is None:
        raise Refused(NOTHING, device=device, seq=seq)
    type, record = found
    with book.saving():
        _allowed(workspace, space, device)
        dots = {ADOPT: [(device, seq)]}
        fields: dict[str, object] = {ADOPT: comment}
        workspace.log.append(space=space, type=type, record=record, fields=fields, base=dots)
        names = VersionLookup(store.db.connection(), workspace.people, space, workspace.log.now())
        trust = SegmentVerifier(workspace.store)
        book.ledger.touched |= rebuild(store, names, sorted(rejudge(names, trust, [found])))
        if store.row(sql, (space, device, seq)) is not None:
            raise Refused(SENSELESS)


def _allowed(workspace: Workspace, space: str, device: str) -> None:
    people, me = workspace.people, workspace.book.me
    project = space.partition(":")[2] or None
    if not may_adopt(people, me, project, people.person_of(device)):
        roles = permissions.role_names(REVIEWERS)
        raise Refused(reasons.NOT_REVIEWER, who=people.name(me), roles=roles)


def carry_out(
    store: Store,
    names: VersionLookup,
    trust: SegmentVerifier,
    changes: Sequence[Change],
    faults: Mapping[int, Refused],
) -> set[Name]:
    """Let what these changes adopt count from now on; returns the records made anew."""
    named = {(c.type, c.record) for c in changes if ADOPT in c.fields and c.seq not in faults}
    if not named:
        return set()
    return rebuild(store, names, sorted(rejudge(names, trust, sorted(named))))
