"""Named history: of a revoked device with two histories the one that its revocation names counts.

Who holds another one sets aside what lies beyond the common part, and takes the named one as soon
as it is here whole: the segments that contradict a log are kept (`sync.log.histories.forks`). What
was set aside is shown like what is in quarantine.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from models.frozen import NamedTuple
from sync.apply.transaction import Transaction
from sync.changes.pruned import chain
from sync.encoding.segment import Segment, decode
from sync.log import device_aliases, pending_segments, seals
from sync.log.histories import chain_cut, common_part, forks, set_aside
from sync.log.histories.stored_segments import encoded, head_of
from sync.log.logged_changes import Name
from sync.trust.membership import Membership
from sync.trust.membership_entry import Head


class NamedHistory(NamedTuple):
    """What leads to the history that a revocation names, from the common part on."""

    device: str
    common: int
    """The last sequence that both histories have."""
    blobs: list[bytes]


def head_of_named(db: Any, members: Membership, space: str, device: str) -> Head | None:
    """The position that the revocation of a device names; None where it is not revoked."""
    word = device_aliases.of(db, device)
    return members.revoked_after(word.old if word is not None else device, space, device)


def elsewhere(db: Any, members: Membership, space: str) -> list[str]:
    """The revoked devices of which another history is here than the one that is named.

    Of those of which less is here than is named only those with a known second history.
    """
    found, forked = list[str](), common_part.hashes(db, space)
    sql = "SELECT d.id FROM head h JOIN device d ON d.idx=h.idx WHERE h.space=?"
    for (device,) in db.execute(sql, (space,)).fetchall():
        head = head_of_named(db, members, space, str(device))
        if head is None or head.seq == 0:
            continue
        here = common_part.hash_here(db, space, device, head.seq)
        if here != head.hash and (here is not None or device in forked):
            found.append(str(device))
    return found


def asked_again(db: Any, members: Membership, space: str) -> list[str]:
    """The devices of whose chain everything is to be asked for: another history than the named one
    is here, or a second one was told of and is not here.
    """
    told = (
        device
        for device in forks.unread(db, space)
        if head_of_named(db, members, space, device) is None
    )
    return [*elsewhere(db, members, space), *told]


def due(db: Any, members: Membership, space: str) -> Iterator[NamedHistory]:
    """The named histories that are here whole while another one is in the log."""
    for device in elsewhere(db, members, space):
        head = head_of_named(db, members, space, device)
        assert head is not None
        known = list(_known(db, space, device))
        some = [one for one, _ in known]
        path = forks.path(some, (head.seq, head.hash), _holds(db, space, device))
        if path:
            blobs = [next(blob for two, blob in known if two is one) for one in path]
            yield NamedHistory(device, _common(db, path[0]), blobs)


def take_out(tx: Transaction, device: str, common: int) -> list[Name]:
    """Set aside what is in the log of a device after the common part (inside a transaction).

    Returns the (type, record) to be made anew.
    """
    idx, held = tx.names.idx(device), tx.log.vector(tx.space)
    for one in seals.of_device(tx.db, tx.space, idx, common):
        head = head_of(tx.membership.organisation, tx.space, device, one)
        blob = encoded(tx.db, head, one, max(one.first - 1, common), held)
        forks.keep(tx.db, decode(blob), blob, tx.now, common + 1)
    touched = chain_cut.cut(tx.db, tx.space, device, idx, common)
    tx.names.forget_all()
    return touched


def taken(db: Any, segment: Segment) -> None:
    """A segment that was kept as a second history is in the log by now, or waits for others."""
    forks.drop(db, segment)
    set_aside.drop(db, segment)


def note_rest(db: Any, members: Membership, space: str) -> None:
    """Note as set aside what is known of other histories than the named ones."""
    for device in common_part.hashes(db, space):
        head = head_of_named(db, members, space, device)
        if head is None or (
            head.seq and common_part.hash_here(db, space, device, head.seq) != head.hash
        ):
            continue
        for segment, _ in forks.segments(db, space, device):
            set_aside.note(db, segment)


def _known(db: Any, space: str, device: str) -> Iterable[tuple[Segment, bytes]]:
    yield from forks.segments(db, space, device)
    for blob in pending_segments.of_device(db, space, device):
        yield decode(blob), blob


def _holds(db: Any, space: str, device: str) -> Any:
    return lambda seq, hash: common_part.hash_here(db, space, device, seq) == hash


def _common(db: Any, first: Segment) -> int:
    """The last change of a segment's chain that is the same here."""
    hash, common = first.prev, first.first - 1
    for change, body in first.changes():
        hash = chain(hash, body)
        if common_part.hash_here(db, first.space, first.device, change.seq) != hash:
            break
        common = change.seq
    return common
