"""Apart: the people of a linked record who may not make a four-eyes move (`Move.apart_from`).

    Move(id="review", four_eyes=True, apart_from=(("campaign", "caller"),), …)

Who is meant is a person's field of the linked record, its 'author', or one of its moves, that is
who made it. A field should be settled at birth or filled by a move, since an older version of it
may be named.

The payload of the move names the versions that say so, and every replica reads them from
there:

    "apart": {"campaign.caller": [[device, sequence], …]}

without an entry where nothing is linked, or where a field that is settled at birth is empty.
Both records are in one space.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol

from models.book.approval.coverage import APART
from models.book.permissions import label_of
from models.schema.lifecycle import Move
from models.schema.record import Record, kinds
from models.text.words import Refused, W

if TYPE_CHECKING:
    from models.book.log.change_log import ChangeLog
    from models.book.writing.record_writer import RecordWriter
    from models.storage.store import Store

AUTHOR = "author"
UNKNOWN = W(
    "“{move}”之前须先知道 {number} 的“{what}”是谁。请先登记。",
    "“{move}” needs to know who is the “{what}” of {number}. Record it there first.",
)
_AUTHOR = W("填写人", "author")


def target(cls: type[Record], link: str) -> type[Record]:
    """The type that a link of `Move.apart_from` leads to."""
    return kinds[cls.specs()[link].target] if link else cls


def check(cls: type[Record]) -> None:
    """Raise `ValueError` for a declaration that names what the linked type does not have."""
    for move in cls.kind.moves:
        for link, what in move.apart_from:
            there = target(cls, link)
            spec = there.specs().get(what)
            if spec is not None and spec.target != "person":
                raise ValueError(f"{there.kind.name}.{what} is no person")
            if spec is None and what != AUTHOR and what not in there.kind.by_move:
                raise ValueError(f"{there.kind.name} has neither field nor move {what!r}")


class LinkReader(Protocol):
    """A reader of records, as far as linked ones and their versions are asked for."""

    store: Store
    change_log: ChangeLog
    writer: RecordWriter

    def find(self, id: str) -> Record | None:
        """A record by its id, or None."""

    def space_of(self, record: Record) -> str:
        """The space that a record is in."""


def people_apart(reader: LinkReader, record: Record, move: Move) -> frozenset[str]:
    """The people of the linked records, as far as they are known here."""
    found = frozenset[str]()
    for link, what in move.apart_from:
        other = _linked(reader, record, link)
        if other is not None:
            found |= _who(reader, other, what)[0]
    return found


def require_known(reader: LinkReader, record: Record, move: Move) -> None:
    """Raise `Refused` while a linked record does not say who is meant."""
    for link, what in move.apart_from:
        other = _linked(reader, record, link)
        if other is None or _nobody(other, what):
            continue
        if not _who(reader, other, what)[0]:
            label = _label(type(other), what)
            raise Refused(UNKNOWN, move=move.label, number=other.number, what=label)


def payload(reader: LinkReader, record: Record, move: Move) -> dict[str, Any]:
    """What a move says of it: the linked records, and the versions that say who is meant."""
    found = dict[str, list[list[Any]]]()
    for link, what in move.apart_from:
        other = _linked(reader, record, link)
        if other is not None and not _nobody(other, what):
            dots = _who(reader, other, what)[1]
            found[entry(link, what)] = [list(dot) for dot in dots]
    return {APART: found} if found else {}


def settled(cls: type[Record], what: str) -> bool:
    """Whether who is meant is given at birth or never: then the field may be empty."""
    spec = cls.specs().get(what)
    return spec is not None and spec.at_birth


def _nobody(other: Record, what: str) -> bool:
    return settled(type(other), what) and getattr(other, what) is None


def entry(link: str, what: str) -> str:
    """The name of a declaration in the payload."""
    return f"{link}.{what}"


def _linked(reader: LinkReader, record: Record, link: str) -> Record | None:
    if not link:
        return record
    id = getattr(record, link)
    other = reader.find(str(id)) if id else None
    if other is not None and reader.space_of(other) != reader.space_of(record):
        raise ValueError(f"{record.type}.{link}: apart_from leads to another space")
    return other


def _who(
    reader: LinkReader, other: Record, what: str
) -> tuple[frozenset[str], Sequence[tuple[str, int]]]:
    """The people meant, and the versions that say so."""
    cls = type(other)
    if what in cls.specs():
        person, register = getattr(other, what), cls.register_of()[what]
        dots = reader.writer.base_of((register,), other.dots)[register] if person else []
        return frozenset({str(person)} if person else ()), sorted(dots)
    if what == AUTHOR:
        births = [e for e in reader.change_log.history(other.id) if e.header is not None]
        people = {str((entry.header or {}).get("author")) for entry in births}
        return frozenset(people), sorted((entry.device, entry.seq) for entry in births)
    sql = "SELECT author, device, seq FROM transition WHERE record=? AND move=?"
    made = list(reader.store.rows(sql, (other.id, what)))
    dots = sorted((str(device), int(seq)) for _, device, seq in made)
    return frozenset(str(author) for author, _, _ in made), dots


def _label(cls: type[Record], what: str) -> W:
    if what == AUTHOR:
        return _AUTHOR
    spec = cls.specs().get(what)
    return spec.label if spec is not None else label_of(cls.kind, what)
