"""Frame: what every document has: title, number, version, sign-off, change history, mark."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from models.book.approval import approvals
from models.book.log import transitions
from models.book.log.transitions import Transition
from models.book.permissions import CONFIRM
from models.records.common import issued_documents
from models.records.common.issued_documents import IssuedVersion
from models.records.registers.project import Project
from models.schema.record import Record
from models.text.words import W, language, say
from tui.display.views import clock_text
from tui.documents.document import Document, declared_for, signing
from tui.documents.layout import EMPTY, DocumentLayout
from tui.documents.record_text import ALONE, VOIDED, RecordText, clean

DRAFT = W("草稿（未签发）", "DRAFT (not issued)")
FIRST = W("首次签发", "first issue")
SINCE = W("（此后内容有改动）", "(changed since)")
UNSIGNED = {"name": "", "date": "", "remark": ""}
EDITIONS = {
    "internal": W("内部版", "internal edition"),
    "customer": W("客户版", "customer edition"),
}


class DocumentSubject(NamedTuple):
    """What a document is about, and which of its kind it is."""

    document: Document
    layout: DocumentLayout
    """As it is printed."""
    declared: DocumentLayout
    """As it is declared: with the names of rows and figures."""
    record: Record | None
    """A project for what is compiled about it; None for what is about the company."""
    number: str
    project: Project | None
    edition: str = ""
    week: str = ""
    quarter: str = ""
    header: str = ""
    """The head of each page; '' = the project's name and the title."""

    @property
    def about(self) -> Record:
        """The record of a document that is about one."""
        assert self.record is not None
        return self.record

    @property
    def period(self) -> str:
        """The week or quarter that it is of; '' for none."""
        return self.week or self.quarter


class Issue(NamedTuple):
    """That it is issued now, as which version, and why."""

    version: int
    reason: str
    to: str = ""
    """Who gets it."""


def earlier(reading: RecordText, subject: DocumentSubject) -> list[IssuedVersion]:
    """The versions of a document that were issued before, the first one first."""
    about = subject.record.id if subject.record is not None else ""
    which = (subject.document.name, subject.edition, subject.week, subject.quarter)
    return issued_documents.versions(reading.store, about, *which)


def frame(reading: RecordText, subject: DocumentSubject, issue: Issue | None) -> dict[str, Any]:
    """The part of the data that is the same for every document."""
    before = earlier(reading, subject)
    now = reading.book.change_log.now()
    version = issue.version if issue else max((one.version or 0 for one in before), default=0) + 1
    changes = [_change(reading, one) for one in before]
    if issue is not None:
        changes.append(
            {
                "version": version_text(version),
                "date": reading.day(now),
                "reason": clean(issue.reason) or str(FIRST),
                "to": clean(issue.to),
                "by": reading.person(reading.book.me),
            }
        )
    project = subject.project
    title = str(subject.layout.title)
    if subject.edition:
        title = (
            f"{title}（{EDITIONS[subject.edition].zh}）"
            if language.now == "zh"
            else (f"{title} ({EDITIONS[subject.edition].en})")
        )
    name = clean(project.name or project.number) if project is not None else ""
    return {
        "title": title,
        "number": subject.number,
        "version": version_text(version),
        "date": reading.day(now),
        "mark": "" if issue is not None else str(DRAFT),
        "organisation": reading.organisation,
        "header": subject.header or " · ".join(part for part in (name, title) if part),
        "empty": str(EMPTY),
        "project": name,
        "project_code": clean(project.code or project.number) if project else "",
        "customer": reading.text(project, "customer"),
        "department": reading.text(project, "department"),
        "service_period": _period(project),
        "changes": changes,
        **_signatures(reading, subject),
    }


def version_text(version: int) -> str:
    """A version as documents have it."""
    return f"V{version}.0"


def _change(reading: RecordText, one: IssuedVersion) -> dict[str, str]:
    why = clean(one.reason or (str(FIRST) if one.version == 1 else ""))
    gone = say(VOIDED, reason=clean(one.void)) if one.void is not None else ""
    return {
        "version": version_text(one.version or 1),
        "date": reading.day(one.occurred),
        "reason": "\n".join(part for part in (why, gone) if part),
        "to": clean(one.distribution or ""),
        "by": reading.person(one.author),
    }


def _period(project: Project | None) -> str:
    if project is None or not (project.service_from or project.service_to):
        return ""
    return f"{project.service_from or '…'} – {project.service_to or '…'}"


def _signatures(reading: RecordText, subject: DocumentSubject) -> dict[str, dict[str, str]]:
    """Who prepared, reviewed and approved it, by the moves that still hold; blank without.

    What is compiled about a project or the company is prepared by the person who prints it.
    """
    keys = [key for key, _ in subject.layout.signatures]
    record = subject.record
    found = {key: dict(UNSIGNED) for key in keys}
    if record is not None and subject.document.per == "record":
        declared = declared_for(subject.document, record.type)
        signed = declared.signed or signing(record.kind)
        for key, moves in zip(keys, signed, strict=False):
            found[key] = _signed(reading, record, moves)
    if not found[keys[0]]["name"]:
        person, at = reading.book.me, reading.book.change_log.now()
        if record is not None and subject.document.per == "record":
            person, at = record.author, record.recorded
        found[keys[0]] = signed_by(reading, person, at)
    return found


def _signed(reading: RecordText, record: Record, moves: Sequence[str]) -> dict[str, str]:
    move = valid_move(reading, record, moves)
    if move is None:
        return dict(UNSIGNED)
    space = reading.book.space_of(record)
    clock = clock_text.mark(reading.workspace, space, move.device, move.seq, move.at)
    said = [clean(move.comment or ""), str(ALONE) if move.alone else "", clock]
    found = approvals.binding(reading.store, record.id)
    if found is not None and found.changed and found.move in (move.move, CONFIRM):
        said.append(str(SINCE))
    return signed_by(reading, move.author, move.at, " ".join(part for part in said if part))


def valid_move(reading: RecordText, record: Record, moves: Sequence[str]) -> Transition | None:
    """The last of these moves, or its confirmation, unless the record was sent back since."""
    passed = transitions.made_by(reading.store, record.id)
    rank = record.kind.rank
    for place in range(len(passed) - 1, -1, -1):
        move = passed[place]
        reached = rank.get(move.state, 0)
        if move.move in moves:
            later = passed[place + 1 :]
            again = [one for one in later if one.move == CONFIRM and one.state == move.state]
            held = all(rank.get(one.state, 0) >= reached for one in later)
            return (again[-1] if again else move) if held else None
    return None


def signed_by(reading: RecordText, person: str, at: int, remark: str = "") -> dict[str, str]:
    """One line of the sign-off."""
    return {"name": reading.person(person), "date": reading.day(at), "remark": remark}
