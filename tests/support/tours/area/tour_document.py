"""A tour as a document: where it led, what was seen, its stops."""

from __future__ import annotations

from typing import Any

from models.schema.record import kinds
from models.storage import rows
from models.text.words import W
from tui.documents.frame import DocumentSubject
from tui.documents.layout import (
    BASICS,
    PROJECT,
    DocumentColumn,
    DocumentLayout,
    DocumentProse,
    DocumentTable,
    Facts,
)
from tui.documents.record_text import RecordText, clean

LAYOUT = DocumentLayout(
    W("巡视单", "Tour sheet"),
    (
        Facts(BASICS, ((PROJECT, "project"), (W("路线", "Route"), "route"))),
        DocumentProse(W("见闻", "Seen there"), "seen_there"),
        DocumentTable(
            W("站点", "Stops"),
            "stops",
            (DocumentColumn(W("站点", "Place"), "place", 8),),
        ),
    ),
)


def data(reading: RecordText, subject: DocumentSubject) -> dict[str, Any]:
    """What is printed of a tour."""
    tour = subject.record
    stops = rows.fetch(reading.store, kinds["tour_stop"], "WHERE tour=? ORDER BY n", (tour.id,))
    return {
        "route": reading.text(tour, "route"),
        "seen_there": reading.text(tour, "seen_there"),
        "stops": [{"place": clean(one.title())} for one in stops],
    }
