"""Rules of the records that every type has: what may be issued, which files stay."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from models.book.approval import acknowledgements
from models.book.approval.settled import require_as_approved
from models.book.rules import before_void, before_write, given
from models.book.writing.evidence import ATTACHED
from models.schema.record import Record, kinds
from models.text.words import Refused, W

if TYPE_CHECKING:
    from models.book.book import Book


NO_RECORD = W(
    "文件须写明所据记录；没有所据记录的文件属于全公司，不属于某个项目。",
    "A document names the record that it is about; one without belongs to the whole company, not"
    " to a project.",
)
ELSEWHERE = W(
    "{number} 的文件须签发在它所属的项目中。",
    "A document about {number} is issued in the project to which that belongs.",
)
NAMED = W(
    "{number} 是 {by} 的凭据，不能作废。",
    "{number} is the evidence of {by} and cannot be voided.",
)


@given("issued")
def issued_where_it_belongs(
    book: Book, values: Mapping[str, Any], project: str | None
) -> dict[str, str]:
    """An issued document is kept where its record is; one about no record is the whole company's.

    Raises `Refused` for another project.
    """
    about = book.find(str(values.get("about") or ""))
    home = about.id if about is not None and about.type == "project" else None
    if about is not None and home is None:
        home = about.project
    absent = about is None and values.get("about")
    if home == project or absent:
        return {}
    if about is None:
        raise Refused(NO_RECORD)
    raise Refused(ELSEWHERE, number=about.number)


@before_write("issued")
def issued_as_approved(book: Book, values: Mapping[str, Any], record: Record | None) -> None:
    """Refuse to issue what is in conflict, or was changed after its approval."""
    about = book.find(str(values.get("about"))) if record is None else None
    if about is not None and not values.get("week") and not values.get("quarter"):
        require_as_approved(book.store, about)


@given("acknowledgement")
def submission_meant(
    book: Book,
    values: Mapping[str, Any],
    project: str | None,  # noqa: ARG001
) -> dict[str, str]:
    """An acknowledgement is about the present submission, by somebody who is asked for it."""
    about = book.get(str(values.get("about") or ""))
    told = acknowledgements.values(book.store, book.people, book.me, about)
    if values.get("round") not in (None, told["round"]):
        raise Refused(acknowledgements.BY_ACTION)
    return told


@before_void("attachment")
def evidence_stays(book: Book, file: Record) -> None:
    """A file that a decision names, or that an issued document is made of, is not voided."""
    by = _named_by(book, file)
    if by is not None:
        raise Refused(NAMED, number=file.number, by=by)


def _named_by(book: Book, file: Record) -> str | None:
    """The number of a record whose evidence this file is."""
    for cls in kinds.values():
        fills = [fill for move in cls.kind.moves for fill in move.fills.items()]
        for name in sorted({name for name, what in fills if what == ATTACHED}):
            sql = f'SELECT number FROM "{cls.kind.name}" WHERE "{name}"=? AND void IS NULL'
            row = book.store.row(sql, (file.id,))
            if row is not None:
                return str(row[0])
    about = book.find(str(file.values()["about"]))
    issued = about is not None and about.type == "issued" and about.void is None
    return about.number if issued and about is not None else None
