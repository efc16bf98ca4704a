"""Issue: a document is issued as a numbered version that never changes again.

The issued file, its data and its template are stored, each by its
checksum, so that anybody can make it again and see that it is the same.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from models.book import permissions
from models.book.approval.settled import require_as_approved
from models.book.derived_state import StateView
from models.records.common import issued_documents
from models.records.common.issued_documents import IssuedVersion
from models.schema.record import Record
from models.schema.roles import ROLES
from models.storage import blobs
from models.text.words import Refused, W, listed
from tui.documents import frame
from tui.documents.document import Document, declared_for
from tui.documents.frame import DocumentSubject, Issue
from tui.documents.produce import Made, Progress, make
from tui.documents.record_text import RecordText
from tui.documents.word.fill import fill
from tui.documents.word.reproducible_zip import parts

DATA, TEMPLATE = "data.json", "template.docx"
VOID = W("{number} 已作废，不能签发。", "{number} is void and cannot be issued.")
NOT_READY = W(
    "{number} 现为“{state}”，尚未“{moves}”，不能签发；可以导出草稿。",
    "{number} is “{state}”; before “{moves}” it cannot be issued, only exported as a draft.",
)
NEEDS_REASON = W(
    "{title} 已签发过 {version}，再次签发需要写明变更说明。",
    "{title} was issued as {version}; issuing it again needs a reason.",
)
OTHER_STATE = W(
    "{number} 现为“{state}”，只有“{states}”时才能签发；可以导出草稿。",
    "{number} is “{state}”; it is issued as “{states}” only, and can be exported as a draft.",
)
NOT_ISSUER = W(
    "{title}由{roles}签发。您可以导出草稿。",
    "The {title} is issued by: {roles}. You can export a draft.",
)
LOST = W(
    "{number} 的文件未到本机，不能核对。请先同步。",
    "The files of {number} are not on this device and cannot be checked. Sync first.",
)
DIFFERS = W(
    "{number} 核对不符：{what}。请与签发人核实。",
    "{number} does not match: {what}. Ask whoever issued it.",
)
WRONG_SUM = W("校验值不同", "the checksum differs")
OTHER_FILE = W(
    "用同样的数据和模板得到的文件不同", "the same data and template give a different file"
)


@dataclass(frozen=True, slots=True)
class Ready:
    """A version that is made and not recorded yet."""

    subject: DocumentSubject
    made: Made
    version: int
    reason: str
    to: str = ""


@dataclass(frozen=True, slots=True)
class Issued:
    """What was issued: its record and its file."""

    record: IssuedVersion
    made: Made


def issue(
    reading: RecordText,
    subject: DocumentSubject,
    reason: str = "",
    to: str = "",
    progress: Progress | None = None,
) -> Issued:
    """Issue the next version of a document; `to` is its distribution."""
    ready = prepare(reading, subject, reason, to, progress)
    return Issued(keep(reading, ready), ready.made)


def prepare(
    reading: RecordText,
    subject: DocumentSubject,
    reason: str = "",
    to: str = "",
    progress: Progress | None = None,
) -> Ready:
    """Make the next version; nothing is written yet. Raises `Refused` where it may not be."""
    _allowed(reading, subject)
    before = frame.earlier(reading, subject)
    version = max((one.version or 0 for one in before), default=0) + 1
    if before and not reason.strip():
        last = frame.version_text(before[-1].version or 1)
        raise Refused(NEEDS_REASON, title=subject.layout.title, version=last)
    made = make(reading, subject, issue=Issue(version, reason, to), progress=progress)
    return Ready(subject, made, version, reason, to)


def keep(reading: RecordText, ready: Ready) -> IssuedVersion:
    """Keep the bytes, and only then the record, with the three attached to it."""
    subject, made, version = ready.subject, ready.made, ready.version
    book, home = reading.book, reading.workspace.home
    named = f"{subject.number}-{frame.version_text(version)}"
    attached = (
        (f"{named}.docx", made.content),
        (f"{named}-{DATA}", made.data),
        (f"{named}-{TEMPLATE}", made.template.content),
    )
    kept = [(name, blobs.keep_bytes(home, content, name)) for name, content in attached]
    file_sum, data_sum, template_sum = (stored.sha256 for _, stored in kept)
    values = {
        "name": f"{subject.layout.title} {subject.number} {frame.version_text(version)}"[:200],
        "document": subject.document.name,
        "about": subject.record.id if subject.record is not None else None,
        "edition": subject.edition or None,
        "week": subject.week or None,
        "quarter": subject.quarter or None,
        "version": version,
        "reason": ready.reason.strip() or None,
        "distribution": ready.to.strip() or None,
        "template": made.template.name[:200],
        "sha256": file_sum,
        "data_sha256": data_sum,
        "template_sha256": template_sum,
    }
    project = subject.project.id if subject.project is not None else None
    return issued_documents.record_version(book, values, project, kept)


def check(reading: RecordText, record: IssuedVersion) -> None:
    """Raise `Refused` unless the kept file is the issued one and can be made again from the rest.

    Compared are the parts of the file: how tightly they are packed depends on the machine.
    """
    kept = {
        what: _kept(reading, record, sha)
        for what, sha in (
            ("file", record.sha256),
            ("data", record.data_sha256),
            ("template", record.template_sha256),
        )
    }
    again = fill(kept["template"], json.loads(kept["data"]), record.template or TEMPLATE)
    if parts(again) != parts(kept["file"]):
        raise Refused(DIFFERS, number=record.number, what=OTHER_FILE)


def _allowed(reading: RecordText, subject: DocumentSubject) -> None:
    """Raise `Refused` where a document may not be issued (yet)."""
    record, book, document = subject.record, reading.book, subject.document
    if record is not None:
        document = declared_for(document, record.type)
    if record is not None and record.void is not None:
        raise Refused(VOID, number=record.number)
    project = subject.project.id if subject.project is not None else None
    if document.by and not book.people.roles(book.me, project) & set(document.by):
        roles = listed(ROLES[role] for role in document.by)
        raise Refused(NOT_ISSUER, title=subject.layout.title, roles=roles)
    if record is not None and document.per == "record":
        require_as_approved(book.store, record)
        _ready(reading, document, record)
    module = subject.document.module
    ready = getattr(import_module(module), "ready", None) if module else None
    if ready is not None:
        ready(reading, subject)


def _ready(reading: RecordText, document: Document, record: Record) -> None:
    """Raise `Refused` where the state or the moves of the record are not those declared."""
    kind, state = record.kind, StateView(reading.store).state(record)
    if document.states and state.name not in document.states:
        states = listed(kind.state(name).label for name in document.states)
        raise Refused(OTHER_STATE, number=record.number, state=state.label, states=states)
    if document.after and not frame.valid_move(reading, record, document.after):
        labels = listed(permissions.label_of(kind, move) for move in document.after)
        raise Refused(NOT_READY, number=record.number, state=state.label, moves=labels)


def _kept(reading: RecordText, record: IssuedVersion, sha: str | None) -> bytes:
    """The bytes with this checksum; `Refused` where they are not here or not right."""
    path: Path = blobs.place(reading.workspace.home, sha or "-")
    whole = blobs.whole(reading.workspace.home, sha or "-")
    if whole is None:
        raise Refused(LOST, number=record.number)
    if not whole:
        raise Refused(DIFFERS, number=record.number, what=WRONG_SUM)
    return path.read_bytes()
