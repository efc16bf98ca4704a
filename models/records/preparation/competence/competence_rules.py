"""Rules of competence: what a confirmation rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from models.book.rules import after_move, before_move, proposes
from models.records.preparation.competence.competence import Competence
from models.records.preparation.competence.competence_confirmation import CompetenceConfirmation
from models.records.preparation.competence.qualification import Qualification
from models.storage import rows
from models.text.lists import names_of
from models.text.words import Refused, W

if TYPE_CHECKING:
    from models.book.book import Book

UNNAMED = W(
    "证书“{name}”还没有{fields}。请补齐后再提交。",
    "The certificate “{name}” has no {fields}. Fill it in before submitting.",
)
NO_FILE = W(
    "{who}的人员能力档案还没有确认。请先确认档案，再为项目确认能力。",
    "The competence file of {who} is not confirmed. Confirm the file first, then the competence for"
    " the project.",
)
EXPIRED = W(
    "{who}的证书“{name}”已于 {day} 到期，不能作为确认依据。请先更新档案，或去掉这项依据。",
    "The certificate “{name}” of {who} expired on {day} and cannot be a basis. Update the file"
    " first, or leave this basis out.",
)


@before_move("competence", "submit")
def certificates_named(book: Book, competence: Competence) -> None:
    """A certificate has its number and its issuer. Clause: 4.1.2."""
    for one in qualifications(book, competence.id):
        if one.sort != "certificate":
            continue
        specs = type(one).specs()
        for field in ("document_no", "issuer"):
            if not getattr(one, field):
                raise Refused(UNNAMED, name=one.title(), fields=specs[field].label)


@before_move("competence_confirmation", "confirm")
def file_confirmed(book: Book, confirmation: CompetenceConfirmation) -> None:
    """Somebody is confirmed for a project after the file of their competence was. Clause: 4.1.2."""
    who = book.people.name(str(confirmation.member))
    file = file_of(book, str(confirmation.member))
    if file is None or file.state != "confirmed":
        raise Refused(NO_FILE, who=who)


@after_move("competence_confirmation", "confirm")
def basis_valid(book: Book, confirmation: CompetenceConfirmation) -> None:
    """Certificates are a basis while none of them has expired."""
    who, today = str(confirmation.member), book.today.isoformat()
    file = file_of(book, who)
    if file is None or "certificate" not in names_of(confirmation.basis):
        return
    for one in qualifications(book, file.id):
        if one.sort == "certificate" and one.valid_to is not None and one.valid_to < today:
            name = book.people.name(who)
            raise Refused(EXPIRED, who=name, name=one.title(), day=one.valid_to)


@proposes("competence_confirmation", "confirm")
def basis_proposed(book: Book, confirmation: CompetenceConfirmation) -> dict[str, Any]:
    """What the file says: the kinds of its rows as the basis, and the first expiry as its end."""
    file = file_of(book, str(confirmation.member))
    if file is None:
        return {}
    living = [
        one
        for one in qualifications(book, file.id)
        if one.valid_to is None or one.valid_to >= book.today.isoformat()
    ]
    sorts = {str(one.sort) for one in living} | {"resume"}
    days = [one.valid_to for one in living if one.sort == "certificate" and one.valid_to]
    found: dict[str, Any] = {"basis": ",".join(sorted(sorts))}
    return found | ({"valid_to": min(days)} if days else {})


def file_of(book: Book, person: str) -> Competence | None:
    """The competence file of a person, where this device has it."""
    where = "WHERE member=? AND void IS NULL ORDER BY n DESC LIMIT 1"
    return next(iter(rows.fetch(book.store, Competence, where, (person,))), None)


def qualifications(book: Book, file: str) -> list[Qualification]:
    """The rows in use of a file, those that expire first at the beginning."""
    where = "WHERE competence=? AND void IS NULL ORDER BY valid_to IS NULL, valid_to, occurred, id"
    return rows.fetch(book.store, Qualification, where, (file,))
