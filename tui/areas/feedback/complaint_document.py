"""A complaint on paper: the sheet of its handling, and the letter of answer to the customer."""

from __future__ import annotations

from typing import Any, cast

from models.records.feedback.complaint import Complaint
from models.text.words import W, say
from tui.documents import layout as blocks
from tui.documents.frame import DocumentSubject
from tui.documents.gathering import procedure_of
from tui.documents.layout import (
    BASICS,
    CUSTOMER,
    PROJECT,
    DocumentLayout,
    DocumentProse,
    Facts,
    FieldProse,
    Fields,
)
from tui.documents.record_text import RecordText

SHEET = DocumentLayout(
    W("投诉处理单", "Complaint sheet"),
    (
        Fields(
            BASICS,
            (
                (PROJECT, "project"),
                "customer",
                "subject",
                "category",
                "source",
                "way",
                "received_on",
                "complainant",
                "contact",
                "handler",
                (W("状态", "State"), "state"),
                blocks.FOLLOWED,
            ),
        ),
        FieldProse("statement"),
        Fields(
            W("确认收到", "Acknowledgement"),
            ("acknowledged_by_way", "acknowledged_at", "acknowledged_by"),
        ),
        FieldProse("investigation"),
        FieldProse("cause"),
        FieldProse("measure"),
        FieldProse("reply"),
        Fields(
            W("客户反馈", "Reaction of the customer"),
            ("answered_at", "answer_way", "reaction", "reaction_at", "reaction_by", "outcomes"),
        ),
        FieldProse("reaction_words"),
        blocks.STEPS,
        blocks.LINKS,
        blocks.MOVES,
        blocks.NOTES,
        blocks.ATTACHMENTS,
    ),
)
LETTER = DocumentLayout(
    W("投诉答复函", "Answer to a complaint"),
    (
        Facts(
            BASICS,
            (
                (PROJECT, "project"),
                (CUSTOMER, "customer"),
                (W("投诉事由", "Subject"), "subject"),
                (W("投诉人", "Complainant"), "complainant"),
                (W("受理日期", "Received on"), "received_on"),
                (W("答复日期", "Answered on"), "answered_on"),
            ),
        ),
        DocumentProse(W("致", "To you"), "opening"),
        DocumentProse(W("您反映的情况", "What you told us"), "statement"),
        DocumentProse(W("查明的原因", "What we found"), "cause"),
        DocumentProse(W("我们的处理", "What we did"), "measure"),
        DocumentProse(W("答复", "Our answer"), "reply"),
        DocumentProse(W("联系我们", "How to reach us"), "closing"),
    ),
    signatures=(("prepared", W("经办", "Handled by")), ("approved", W("签发", "Signed"))),
)
OPENING = W(
    "{name}：\n您于 {day} 反映的情况，我们已调查处理，现答复如下。给您带来的不便，谨致歉意。",
    "Dear {name},\nWe have looked into what you told us on {day}, and answer as follows. We"
    " apologise for the trouble it caused you.",
)
CLOSING = W(
    "对答复有不同意见的，请告知{whom}，我们继续处理。",
    "If this does not settle it, please tell {whom}, and we shall go on.",
)
DESK, OR_DESK = W("服务台", "the service desk"), W("{name}或服务台", "{name} or the service desk")


def layout(edition: str) -> DocumentLayout:
    """The sheet for us, or the letter."""
    return LETTER if edition == "customer" else SHEET


def data(reading: RecordText, subject: DocumentSubject) -> dict[str, Any]:
    """The complaint as its edition tells it; what is internal is not in the letter at all."""
    record = cast(Complaint, subject.about)
    if subject.edition == "customer":
        name = reading.text(record, "complainant") or reading.text(record, "customer")
        handler, answered = reading.text(record, "handler"), record.answered_at
        whom = say(OR_DESK, name=handler) if handler else DESK
        return {
            "opening": say(OPENING, name=name, day=reading.text(record, "received_on")),
            "answered_on": reading.day(answered) if answered is not None else "",
            "closing": say(CLOSING, whom=whom),
        }
    return procedure_of(reading, record)
