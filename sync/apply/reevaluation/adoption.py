"""Adoption: a reviewer lets quarantined changes count after all.

It is a change of the same record that writes the register `values.ADOPT`; its base names what it
adopts. On every device the record is then authorised again and rebuilt from the log.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from models.book import permissions
from models.book.book import Book
from models.book.writing.creation import opened
from models.book.writing.record_writer import Creation, spread
from models.schema.natural_keys import project_of
from models.schema.record import kinds
from models.text.words import Refused, W
from sync.apply.reevaluation import awaited_tables
from sync.apply.reevaluation.revalidate import reevaluate
from sync.apply.transaction import Transaction
from sync.apply.verifier import SegmentVerifier
from sync.changes.change import Change
from sync.changes.compatibility import ADOPT
from sync.log import quarantine
from sync.log.histories import set_aside
from sync.log.logged_changes import Name
from sync.validation import reasons
from sync.validation.authorize import REVIEWERS, may_adopt
from sync.workspace.workspace import Workspace

NOTHING = W(
    "{device} 第 {seq} 条改动不在隔离之中。请先查看隔离的改动。",
    "Change {seq} of {device} is not in quarantine. Look at what is in quarantine first.",
)

A_MOVE = W(
    "被搁置的一步（提交、审核等）不能采用。请在记录上重新办理。",
    "A step that was set aside (submitted, reviewed …) cannot be adopted. Take it anew on the"
    " record.",
)
NO_RECORD = W(
    "它所改的记录不在这里。请先采用建立这条记录的改动。",
    "The record that it changes is not here. First adopt the change that created it.",
)
SENSELESS = W(
    "这条改动不合规定的写法，采用后也成不了记录，没有采用。请其作者重新填写。",
    "This change has no proper form and makes no record even when adopted; it was not. Ask its"
    " author to write it again.",
)


def adopt(
    workspace: Workspace,
    space: str,
    device: str,
    seq: int,
    comment: str | None = None,
    hash: bytes = b"",
) -> None:
    """Let a quarantined change count: one change of ours, carried out on every device.

    With a hash, one that was set aside: what it says is written anew as this person's own.
    Raises `Refused` when there is nothing to adopt, or this person may not.
    """
    if hash:
        _written_anew(workspace, space, device, hash)
        return
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


def _written_anew(workspace: Workspace, space: str, device: str, hash: bytes) -> None:
    """By the one door, so that every rule holds; a step of a record is to be made anew."""
    book, db = workspace.book, workspace.store.db.connection()
    was = set_aside.find(db, space, device, hash)
    if was is None or was.type not in kinds:
        raise Refused(NOTHING, device=device, seq=was.seq if was is not None else 0)
    if was.move is not None:
        raise Refused(A_MOVE)
    cls = kinds[was.type]
    values = {
        name: value
        for register, content in was.fields.items()
        if register in cls.registers()
        for name, value in spread(cls, register, content).items()
    }
    with book.saving():
        _allowed(workspace, space, device)
        with workspace.log.repeating([device, was.seq, hash.hex()]):
            if book.find(was.record) is not None:
                book.edit(was.record, values)
            else:
                _created(book, was, {name: it for name, it in values.items() if it is not None})
        set_aside.repeated_by(db, space, (device, was.seq, hash), workspace.log.device)


def _created(book: Book, was: Change, values: dict[str, Any]) -> None:
    header, kind = was.header, kinds[was.type].kind
    if header is None:
        raise Refused(NO_RECORD)
    project: Any = header.get("project")
    refused = permissions.writing(book.people, book.me, kind, project)
    if refused is not None:
        raise refused
    times: Any = header.get("occurred"), header.get("recorded")
    birth = Creation(
        space=was.space, project=project, author=book.me, ref=None, occurred=times[0],
        recorded=times[1],
    )  # fmt: skip
    book.writer.create(kinds[was.type], was.record, values, opened(kind, birth, was.record))


def _allowed(workspace: Workspace, space: str, device: str) -> None:
    people, me = workspace.people, workspace.book.me
    project = project_of(space)
    if not may_adopt(people, me, project, people.person_of(device), space):
        roles = permissions.role_names(REVIEWERS)
        raise Refused(reasons.NOT_REVIEWER, who=people.name(me), roles=roles)


def adopting(changes: Iterable[Change], faults: Mapping[int, Refused]) -> set[Name]:
    """The records of which these changes, but for the faulty ones, adopt something."""
    return {(c.type, c.record) for c in changes if ADOPT in c.fields and c.seq not in faults}
