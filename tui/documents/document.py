"""Documents: the kinds there are, as the areas register them.

The tables are filled by `tui.areas.contributions`; nothing here loads what makes a document.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from models.text.words import W

Moves = tuple[str, ...]
"""Ids of moves; the first one that was made counts."""


class Document(NamedTuple):
    """A kind of document: the record type it is about, and the module that knows the rest."""

    name: str
    label: W
    type: str
    """The record type; '' for any."""
    module: str
    """Has `LAYOUT`, or `layout(edition)` where there are editions, and `data(reading, subject)`;
    the key `frame` of the data replaces parts of the frame. What may refuse the issue by `Refused`
    is `ready(reading, subject)`."""
    editions: tuple[str, ...] = ()
    of_type: bool = True
    """Whether records of the type are printed as it; else it is asked for by its name."""
    weeks: tuple[str, ...] = ()
    """Types whose records have a `week`: it is about their project's week, and offered by them."""


RECORD = Document("record", W("记录", "Record"), "", "tui.documents.record_document")
COMPARISON = Document(
    "comparison",
    W("版本对照", "Comparison of versions"),
    "",
    "tui.documents.comparison_document",
    of_type=False,
)
DOCUMENTS: Final[dict[str, Document]] = {RECORD.name: RECORD, COMPARISON.name: COMPARISON}
"""Every kind by its stable name."""
USUAL = (("submit",), ("review",), ("approve", "accept", "confirm", "publish"))
SIGNED: Final[dict[str, tuple[Moves, Moves, Moves]]] = {}
"""Type -> the moves that sign it as prepared, reviewed and approved; others have `USUAL`."""
ISSUED_AFTER: Final[dict[str, Moves]] = {}
"""Type -> the moves of which one must have been made before it is issued."""


def by_type(type: str) -> Document | None:
    """The document that records of a type are printed as, if they have their own."""
    found = (one for one in DOCUMENTS.values() if one.type == type and one.of_type)
    return next(found, None) if type else None


def of_weeks(type: str) -> Document | None:
    """The document about a project's week that records of a type offer, if there is one."""
    return next((one for one in DOCUMENTS.values() if type in one.weeks), None)
