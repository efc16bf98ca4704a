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
from models.records.weekly.week import supplements
from models.schema.record import Record
from models.text.words import W, language, say
from tui.documents.document import SIGNED, USUAL
from tui.documents.layout import EMPTY, DocumentLayout
from tui.documents.record_text import ALONE, VOIDED, RecordText, clean

DRAFT = W("草稿（未签发）", "DRAFT (not issued)")
FIRST = W("首次签发", "first issue")
SINCE = W("（此后内容有改动）", "(changed since)")
EDITIONS = {
    "internal": W("内部版", "internal edition"),
    "customer": W("客户版", "customer edition"),
}


class DocumentSubject(NamedTuple):
    """What a document is about, and which of its kind it is."""

    document: str
    """Its stable name, as issued documents record it."""
    layout: DocumentLayout
    record: Record
    number: str
    project: Project | None
    edition: str = ""
    week: str = ""
    header: str = ""
    """The head of each page; '' = the project's name and the title."""


class Issue(NamedTuple):
    """That it is issued now, as which version, and why."""

    version: int
    reason: str
    to: str = ""
    """Who gets it."""


def earlier(reading: RecordText, subject: DocumentSubject) -> list[IssuedVersion]:
    """The versions of a document that were issued before, the first one first."""
    return issued_documents.versions(
        reading.store, subject.record.id, subject.document, subject.edition, subject.week
    )


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
    """Who prepared, reviewed and approved it, by the moves that still hold; blank without."""
    record = subject.record
    wrote, reviewed, approved = SIGNED.get(record.type, USUAL)
    found = {
        "prepared": _signed(reading, record, wrote),
        "reviewed": _signed(reading, record, reviewed),
        "approved": _signed(reading, record, approved),
    }
    if not found["prepared"]["name"]:
        person, at = record.author, record.recorded
        if subject.week:
            person, at = _compiler(reading, record.id, subject.week)
        found["prepared"] = _by(reading, person, at, "")
    return found


def _compiler(reading: RecordText, project: str, week: str) -> tuple[str, int]:
    """Who compiled a project's week: who issued its report, else the person who prints it now."""
    report = supplements.report_of(reading.book, project, week)
    if report is not None and report.issued_by and report.issued_at:
        return report.issued_by, report.issued_at
    return reading.book.me, reading.book.change_log.now()


def _signed(reading: RecordText, record: Record, moves: Sequence[str]) -> dict[str, str]:
    move = valid_move(reading, record, moves)
    if move is None:
        return {"name": "", "date": "", "remark": ""}
    said = [clean(move.comment or ""), str(ALONE) if move.alone else ""]
    found = approvals.binding(reading.store, record.id)
    if found is not None and found.changed and found.move in (move.move, CONFIRM):
        said.append(str(SINCE))
    return _by(reading, move.author, move.at, " ".join(part for part in said if part))


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


def _by(reading: RecordText, person: str, at: int, remark: str) -> dict[str, str]:
    return {"name": reading.person(person), "date": reading.day(at), "remark": remark}
