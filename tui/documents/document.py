"""Documents: what an area declares of each, in its `registry`; all else about it follows.

    Document(
        "service_report", W("运维服务报告", "Service report"), per="project", period="quarter",
        by=LEADS, layout=DocumentLayout(TITLE, (Figures(FIGURES, ("trends.closed",)),)),
    )

The menu, the commands, the READMEs, the Word template, Markdown, the issue with its versions and
the tests read this declaration. The tables are filled by `tui.areas.contributions`; nothing here
loads what makes a document.
"""

from __future__ import annotations

from typing import Final, Literal

from models.frozen import Frozen, NamedTuple
from models.schema.kind import Kind
from models.schema.roles import DEPARTMENT_MANAGER, QUALITY, Roles
from models.text.words import W
from tui.documents.layout import DocumentLayout

Moves = tuple[str, ...]
"""Ids of moves; the first one that was made counts."""
Per = Literal["record", "project", "company"]
Period = Literal["", "week", "quarter"]
ANY = "record"
"""The name under which every record is printed that has no document of its own."""


class Document(Frozen):
    """A kind of document: what it is about, what it consists of, who signs it, when it is issued.

    Raises `ValueError` where the parts of the declaration do not go together.
    """

    name: str
    """Stable: issued documents, templates and commands have it."""
    label: W
    type: str = ""
    """The record type; '' for any, and for what is about no single record."""
    module: str = ""
    """What has `LAYOUT` (or `layout(edition)` where there are editions) and, where the keys of that
    are more than fields of the record, `data(reading, subject)`; the key `frame` of the data
    replaces parts of the frame. What may refuse the issue by `Refused` is `ready(reading,
    subject)`. '' where `layout` says all."""
    layout: DocumentLayout | None = None
    workbook: str = ""
    """A module with `write(path, reading, subject)`: the same data as a spreadsheet with charts. ''
    = its tables are written as they are printed."""
    editions: tuple[str, ...] = ()
    of_type: bool = True
    """Whether records of the type are printed as it; else it is asked for by its name."""
    per: Per = "record"
    """About one record, about a project (its record is the subject), or about the company."""
    period: Period = ""
    """Of which period it is, if it is compiled from records."""
    offered_by: tuple[str, ...] = ()
    """Types whose records have a field named like the period: they offer it, too."""
    signed: tuple[Moves, ...] = ()
    """The moves that sign it, in the order of the layout's signatures: prepared, reviewed,
    approved. () = those of its type that bind (`signing`)."""
    after: Moves = ()
    """Moves of which one must have been made, and still hold, before it is issued."""
    states: tuple[str, ...] = ()
    """The states in which its record may be issued; () = any."""
    by: Roles = ()
    """Roles of which one is needed to issue it; () = any that may write."""
    number: str = ""
    """Its number, of `{number}` (of the record or the project) and `{period}`; by itself it is
    these two, joined. One of the company has to say it: `SR-{period}`."""
    file: str = "{title}-{number}-{edition}"
    """What its file is called, of these three."""
    mailed: bool = False
    """Whether it goes to the customer: the menu offers it as a mail with the Word file."""
    sheets: bool = False
    """Whether its tables are used as such: the menu offers it as a spreadsheet."""

    def __post_init__(self) -> None:
        if not self.module and self.layout is None:
            raise ValueError(f"document {self.name!r}: it has neither a layout nor a module")
        if self.per == "company" and "{period}" not in self.number and self.period:
            raise ValueError(f"document {self.name!r}: its number has to name the period")
        if self.per == "company" and not self.number:
            raise ValueError(f"document {self.name!r}: one of the company needs a number")
        if self.period and self.per == "record":
            raise ValueError(f"document {self.name!r}: of a period, it is about no single record")
        if self.per != "record" and (self.after or self.states or self.type):
            raise ValueError(f"document {self.name!r}: moves and states are those of one record")

    def numbered(self, number: str, period: str) -> str:
        """Its number, of that of its record and its period."""
        pattern = self.number or ("{number}-{period}" if period else "{number}")
        return pattern.format(number=number, period=period)


RECORD = Document(
    ANY, W("记录", "Record"), module="tui.documents.general.record_document", of_type=False
)
COMPARISON = Document(
    "comparison",
    W("版本对照", "Comparison of versions"),
    module="tui.documents.general.comparison_document",
    of_type=False,
    sheets=True,
)
RIGHTS = Document(
    "rights",
    W("权限表", "Table of rights"),
    module="tui.documents.general.rights_document",
    of_type=False,
    per="company",
    by=(DEPARTMENT_MANAGER, QUALITY),
    number="RT",
    file="{title}",
    sheets=True,
)
DOCUMENTS: Final[dict[str, Document]] = {one.name: one for one in (RECORD, COMPARISON, RIGHTS)}
"""Every kind by its stable name."""
RECORDS: Final[dict[str, Document]] = {}
"""Type -> what an area says of the document of any record for its type: who signs it, when it is
issued (`record_of`)."""
USUAL = (("submit",), ("review",), ("approve", "accept", "confirm", "publish"))
"""Who signs where the type has no moves that bind."""


def record_of(
    type: str,
    *,
    signed: tuple[Moves, ...] = (),
    after: Moves = (),
    states: tuple[str, ...] = (),
    by: Roles = (),
) -> Document:
    """The document of any record, as records of one type are signed and issued."""
    more = {"signed": signed, "after": after, "states": states, "by": by}
    return Document(ANY, RECORD.label, type, RECORD.module, **more)  # type: ignore[arg-type]


def take(documents: tuple[Document, ...]) -> None:
    """Take what an area declares."""
    for one in documents:
        table, key = (RECORDS, one.type) if one.name == ANY else (DOCUMENTS, one.name)
        if table.get(key, one) != one:
            raise ValueError(f"document {one.name!r} is declared twice")
        table[key] = one


def by_type(type: str) -> Document | None:
    """The document that records of a type are printed as, if they have their own."""
    found = (one for one in DOCUMENTS.values() if one.type == type and one.of_type)
    return next(found, None) if type else None


def declared_for(document: Document, type: str) -> Document:
    """What says who signs and issues a document of a record: of those of any record, its type's."""
    if document.type or document.per != "record":
        return document
    return by_type(type) or RECORDS.get(type, document)


def offered_by(type: str) -> tuple[Document, ...]:
    """The documents of a period that records of a type offer."""
    return tuple(one for one in DOCUMENTS.values() if type in one.offered_by)


def compiled() -> tuple[Document, ...]:
    """The documents that are about a project or the company."""
    return tuple(one for one in DOCUMENTS.values() if one.per != "record")


def signing(kind: Kind) -> tuple[Moves, ...]:
    """Who signs the records of a type: what hands them in, and the moves of a second person.

    The last of several four-eyes moves approves, those before it review.
    """
    second = [move.id for move in kind.moves if move.four_eyes]
    wrote = tuple(move.id for move in kind.moves if move.binds and not move.four_eyes)
    if not second:
        return (wrote or USUAL[0], USUAL[1], USUAL[2])
    return (wrote or USUAL[0], tuple(second[:-1]), (second[-1],))


class DocumentChoice(NamedTuple):
    """One way to put something on paper, as a menu offers it."""

    document: Document
    record: str
    """The id of the record it is about: a project, or '' for the company."""
    word: W
    suffix: str = ".docx"
    issue: bool = False
    edition: str = ""
    period: str = ""
    """'' where it is asked for, if there is one."""
    name: W = W("", "")
    """What is made, without the way it is made."""

    @property
    def id(self) -> str:
        """Names it in a menu."""
        issue = "issue" if self.issue else "draft"
        return f"{self.document.name}/{self.edition}/{issue}{self.suffix}"
