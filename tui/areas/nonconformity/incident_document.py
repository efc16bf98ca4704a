"""The report of a quality incident 质量事故报告, for us and for the customer. Clause: 5.4.

Neither edition says who is responsible: that stands in files of their own. The customer's has no
names of ours, no losses, no lessons and nothing of how the incident was levelled.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from models.queries import links
from models.records.nonconformity.incidents import incident_losses, incident_timeline
from models.records.nonconformity.incidents.incident import Incident
from models.records.nonconformity.incidents.incident_facts import totals_said
from models.records.nonconformity.incidents.incident_timeline import TimelinePoint
from models.text.words import W
from tui.documents import layout as blocks
from tui.documents.frame import DocumentSubject
from tui.documents.layout import (
    BASICS,
    CUSTOMER,
    PROJECT,
    DocumentColumn,
    DocumentLayout,
    DocumentProse,
    DocumentTable,
    FieldProse,
    Fields,
    RowColumns,
)
from tui.documents.record_text import RecordText, Row, clean

TITLE = W("质量事故报告", "Quality incident report")
_SHARED = (
    "subject",
    (PROJECT, "project"),
    (CUSTOMER, "customer"),
    "site",
    "equipment",
    "began_at",
    "found_at",
    "restored_at",
    "hours",
    "level",
    "system_impact",
    "business_impact",
)
_WITHIN = (
    "proposed_level",
    "reputation",
    "customer_loss",
    "company_loss",
    "outage",
    "at_fault",
    "cause_class",
    "handler",
    (W("状态", "State"), "state"),
)
_WHEN = DocumentColumn(W("时刻", "Time"), "at", 5)
_WHAT = DocumentColumn(W("经过", "What happened"), "what", 10)
_TIMELINE = W("时间线", "Timeline")
_ACTIONS = DocumentTable(
    W("纠正与预防措施", "Corrective and preventive actions"),
    "actions",
    (
        DocumentColumn(W("编号", "Number"), "number", 4),
        DocumentColumn(W("事项", "Subject"), "subject", 8),
        DocumentColumn(W("要求完成日期", "Due"), "due", 3),
        DocumentColumn(W("状态", "State"), "state", 3),
    ),
)
INTERNAL = DocumentLayout(
    TITLE,
    (
        Fields(BASICS, (*_SHARED, *_WITHIN)),
        FieldProse("facts"),
        DocumentTable(
            _TIMELINE,
            "timeline",
            (
                _WHEN,
                _WHAT,
                DocumentColumn(W("办理人", "By"), "who", 3),
                DocumentColumn(W("说明", "Comment"), "comment", 6),
            ),
        ),
        FieldProse("emergency"),
        RowColumns("incident_loss", W("损失", "Losses")),
        DocumentProse(W("损失合计", "Losses in all"), "losses"),
        FieldProse("cause"),
        FieldProse("measure"),
        Fields(W("事故评审", "Review"), ("review_on", "attendees")),
        FieldProse("review"),
        FieldProse("lessons"),
        _ACTIONS,
        FieldProse("no_actions"),
        blocks.MOVES,
        blocks.ATTACHMENTS,
    ),
)
CUSTOMERS = DocumentLayout(
    TITLE,
    (
        Fields(BASICS, _SHARED),
        FieldProse("facts"),
        DocumentTable(_TIMELINE, "timeline", (_WHEN, _WHAT)),
        FieldProse("emergency"),
        FieldProse("cause"),
        FieldProse("measure"),
        DocumentTable(_ACTIONS.title, "actions", _ACTIONS.columns[1:3]),
    ),
)


def layout(edition: str) -> DocumentLayout:
    """The parts of an edition."""
    return CUSTOMERS if edition == "customer" else INTERNAL


def data(reading: RecordText, subject: DocumentSubject) -> dict[str, Any]:
    """The incident as its edition tells it; what is internal is not in the customer's data."""
    incident = cast(Incident, subject.about)
    points = incident_timeline.points(reading.book, incident)
    found: dict[str, Any] = {"actions": list(_actions(reading, incident))}
    if subject.edition == "customer":
        told = (one for one in points if one.sort != "own")
        return {**found, "timeline": [_point(reading, one) for one in told]}
    losses = incident_losses.totals(incident_losses.losses(reading.store, incident.id))
    return {
        **found,
        "losses": totals_said(losses),
        "timeline": [
            {**_point(reading, one), "who": reading.person(one.who), "comment": clean(one.comment)}
            for one in points
        ],
    }


def _point(reading: RecordText, point: TimelinePoint) -> Row:
    return {"at": reading.moment(point.at), "what": clean(point.text)}


def _actions(reading: RecordText, incident: Incident) -> Iterator[Row]:
    """What was ordered because of it, the first one first."""
    found = links.linked_to(reading.store, incident.id, void=False).records
    for one in reversed([one for one in found if one.type == "corrective_action"]):
        words = reading.texts(one, type(one), "subject", "due")
        yield {**words, "number": one.number, "state": reading.state(one)}
