"""Incarnation: a device that learns of a second history of its own goes on under a new key and id.

Two computers have its key: one is a copy of the other. What no other device is known to hold as it
is here is written anew under the new id (`repeated`), so nothing is lost and nothing has two
meanings. An administrator revokes the old id and admits the new one; of the old id the history
counts that the revocation names, and what is here beyond that is then written anew as well.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from models.text.words import Refused, W
from sync.apply.reevaluation import named_history, repeated
from sync.apply.reevaluation.revalidate import reevaluate
from sync.apply.seal_own import Sealing
from sync.apply.transaction import Transaction, begin
from sync.apply.verifier import SegmentVerifier
from sync.changes.change import Change
from sync.log import logged_changes
from sync.log.change_log import FORMER
from sync.log.histories import chain_cut, common_part, forks
from sync.log.logged_changes import Name
from sync.trust import device_key
from sync.workspace import acknowledgements
from sync.workspace.workspace import Workspace

COPIED = W(
    "本机的数据有另一份副本也在使用：电脑 {tag} 从第 {seq} 条改动起有两种历史。本机已换用新的密钥，"
    "待同步的 {count} 条改动都保留着，会随新的密钥送出。请管理员停用电脑 {tag}，再接入本机："
    "sitebook join request 文件 --name {name}。",
    "A copy of this device's data is in use elsewhere: device {tag} has two histories from change"
    " {seq} on. This device now has a new key; its {count} unsent changes are kept and go out under"
    " it. Ask an administrator to revoke device {tag} and to admit this one:"
    " sitebook join request FILE --name {name}.",
)


WAITS = W(
    "本机已换用新的密钥，在等管理员接入；本机的改动都保留着。请写一份请求："
    "sitebook join request 文件 --name {name}；管理员停用原来的电脑（sitebook member revoke"
    " {tag}），再接入：sitebook member admit 文件 -o 回复 --person {name}；"
    "最后在本机运行 sitebook join reply 回复。",
    "This device has a new key and waits to be admitted; its changes are kept. Write a request:"
    " sitebook join request FILE --name {name}. An administrator revokes the old device (sitebook"
    " member revoke {tag}) and admits this one (sitebook member admit FILE -o REPLY --person"
    " {name}). Then run here: sitebook join reply REPLY.",
)
REVOKED = W(
    "本机已被管理员停用。本机的内容都保留着；要继续，请写一份加入请求交给管理员，本机会换用新的密钥："
    "sitebook join request 文件 --name {name}。",
    "An administrator has revoked this device. What is on it is kept. To go on, give an"
    " administrator a request to join, for which this device takes a new key:"
    " sitebook join request FILE --name {name}.",
)
STOPPED = "stopped"
"""The fact that a hub said this device was revoked."""


def admission_awaited(workspace: Workspace) -> Refused | None:
    """What is to be done while a device that took a new key waits to be admitted."""
    old, me = acknowledgements.former(workspace), workspace.log.device
    known = workspace.people.facts(me)
    if not old or (known is not None and known.tag is not None):
        return None
    tags = [workspace.people.facts(one) for one in reversed(old)]
    tag = next((one.tag for one in tags if one is not None and one.tag), old[-1])
    return Refused(WAITS, name=workspace.people.name(workspace.book.me), tag=tag)


ADMINISTRATOR = W(
    "{who} 的电脑 {device} 从第 {seq} 条改动起有两种历史。请管理员：一、停用它（sitebook member"
    " revoke {device}）；二、接入两台电脑的新密钥（sitebook member admit 请求 -o 回复"
    " --person {who}）；"
    "三、各电脑同步一次，采用或重写被搁置的改动（sitebook quarantine）。",
    "The device {device} of {who} has two histories from change {seq} on. An administrator:"
    " 1. revokes it (sitebook member revoke {device}); 2. admits the new key of either computer"
    " (sitebook member admit REQUEST -o REPLY --person {who}); 3. after every device has synced,"
    " adopts what was set aside (sitebook quarantine).",
)


def advice(workspace: Workspace) -> list[Refused]:
    """What people are to do about devices with two histories, one sentence for each; at a device
    that was revoked, or waits to be admitted, what it needs alone.
    """
    found, people = dict[str, Refused](), workspace.people
    for one in forks.standing(workspace.store.db.connection()):
        known = people.facts(one.device)
        if one.device not in found and known is not None and known.person is not None:
            named = {"who": people.name(known.person), "device": known.tag or one.device}
            found[one.device] = Refused(ADMINISTRATOR, seq=one.first or one.seq, **named)
    awaited = admission_awaited(workspace)
    if awaited is None and stopped(workspace):
        awaited = revoked(workspace)
    return [awaited] if awaited is not None else [*found.values()]


def stopped(workspace: Workspace) -> bool:
    """Whether this device was revoked, as far as is known here."""
    known = (workspace.people.facts(one) for one in acknowledgements.own(workspace))
    revoked = any(one is not None and one.revoked is not None for one in known)
    return revoked or bool(workspace.store.meta(STOPPED))


def revoked(workspace: Workspace) -> Refused:
    """What the person at a revoked device is to do."""
    return Refused(REVOKED, name=workspace.people.name(workspace.book.me))


def copied(workspace: Workspace) -> int | None:
    """The first change from which on this device is known to have two histories; None: it is not.

    Of its present id, and of those of the same key. Only what that key sealed proves it.
    """
    db = workspace.store.db.connection()
    found = [first for one in acknowledgements.own(workspace) for first in forks.proven(db, one)]
    return min(found) if found else None


def renew(workspace: Workspace, trust: SegmentVerifier, sealing: Sealing) -> int:
    """Take a new key and id; returns how many changes were written anew under it.

    Raises `Refused`, nothing changed, when the key or the disk fails.
    """
    store, own = workspace.store, acknowledgements.own(workspace)
    who = device_key.prepare(workspace.home, sealing.passphrase)
    person, earlier, count = workspace.people.me, acknowledgements.former(workspace), 0
    with store.write():
        store.set_meta("device", who.id)
        store.set_meta(STOPPED, None)
        store.set_meta(FORMER, json.dumps([*earlier, *own]))
        workspace.people.idx_of(who.id)
        store.db.execute_sql("UPDATE device SET person=? WHERE id=?", (person, who.id))
        workspace.log.follow()
        workspace.people.go_on(who.id)
        for space in logged_changes.spaces(store.db.connection()):
            with begin(workspace, trust, space) as tx:
                count += _again(tx, {device: _shared(tx, device) for device in own})
    device_key.settle(workspace.home, who.id)
    sealing.forget()
    return count


def _shared(tx: Transaction, device: str) -> int:
    """Up to where a chain of ours counts, or is known to be elsewhere as it is here."""
    head = named_history.head_of_named(tx.db, tx.membership, tx.space, device)
    if head is not None and common_part.hash_here(tx.db, tx.space, device, head.seq) == (
        head.hash if head.seq else common_part.hash_here(tx.db, tx.space, device, 0)
    ):
        return head.seq
    confirmed = acknowledgements.confirmed(tx.workspace, tx.space, device)
    return max(confirmed, common_part.common(tx.db, tx.space, device) or 0)


def _again(tx: Transaction, ends: Mapping[str, int]) -> int:
    """Write anew what comes after these positions of our ids."""
    some, touched = list[tuple[Change, bytes]](), set[Name]()
    for device, upto in ends.items():
        found = repeated.beyond(tx, device, upto)
        if found:
            some += found
            touched |= {*chain_cut.cut(tx.db, tx.space, device, tx.names.idx(device), upto)}
    if some:
        touched |= repeated.repeat(tx, some)
        reevaluate(tx, sorted(touched), anew=touched)
    return len(some)


def outlived(workspace: Workspace, trust: SegmentVerifier, space: str) -> set[Name]:
    """Write anew what an earlier id of this device has here beyond the position that its revocation
    names; returns the (type, record) that were made anew.
    """
    db, touched = workspace.store.db.connection(), set[Name]()
    for device in acknowledgements.former(workspace):
        head = named_history.head_of_named(db, trust.membership, space, device)
        if head is None or not logged_changes.tip_of(db, space, device) > head.seq:
            continue
        if head.seq and common_part.hash_here(db, space, device, head.seq) != head.hash:
            continue  # the named history is still to come
        with begin(workspace, trust, space) as tx:
            touched |= {(c.type, c.record) for c, _ in repeated.beyond(tx, device, head.seq)}
            _again(tx, {device: head.seq})
    return touched
