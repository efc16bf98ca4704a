"""The tours of a quarter as a document, of one project or of the whole company."""

from __future__ import annotations

from typing import Any

from models.calendar.business_dates import business_day
from models.schema.record import kinds
from models.storage import rows
from models.text.words import Refused, W
from tui.documents import gathering
from tui.documents.frame import DocumentSubject
from tui.documents.layout import (
    DocumentColumn,
    DocumentLayout,
    DocumentTable,
    Facts,
    Figures,
)
from tui.documents.record_text import RecordText

UNSETTLED = W(
    "{number} 还没有确认，本季度的文件不能签发。",
    "{number} is not settled; the document of this quarter cannot be issued.",
)
LAYOUT = DocumentLayout(
    W("巡视季报", "Tours of a quarter"),
    (
        Facts(W("范围", "Scope"), ((W("季度", "Quarter"), "period"),)),
        Figures(W("指标", "Figures"), ("tours.walked", "tours.settled")),
        DocumentTable(
            W("巡视", "Tours"),
            "tours",
            (
                DocumentColumn(W("编号", "Number"), "number", 3),
                DocumentColumn(W("路线", "Route"), "route", 8),
                DocumentColumn(W("状态", "State"), "state", 3),
            ),
        ),
    ),
)


def data(reading: RecordText, subject: DocumentSubject) -> dict[str, Any]:
    """The tours of the scope."""
    return {
        "tours": [
            {"number": one.number, "route": reading.text(one, "route"), "state": reading.state(one)}
            for one in _tours(reading, subject)
        ]
    }


def ready(reading: RecordText, subject: DocumentSubject) -> None:
    """All its tours are settled."""
    for one in _tours(reading, subject):
        if one.state != "settled":
            raise Refused(UNSETTLED, number=one.number)


def _tours(reading: RecordText, subject: DocumentSubject) -> list[Any]:
    scope = gathering.scope_of(reading, subject)
    every = rows.fetch(reading.store, kinds["tour"], "WHERE void IS NULL ORDER BY occurred, id")
    return [
        one
        for one in every
        if one.project in scope.projects
        and scope.first <= business_day(one.occurred, reading.zone) <= scope.last
    ]
