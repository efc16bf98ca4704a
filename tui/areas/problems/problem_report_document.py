"""The problem analysis and handling report 问题分析处理报告, in its two editions."""

from __future__ import annotations

from typing import Any, cast

from models.records.problems.problem_report import ProblemReport
from models.schema.record import Record
from models.text.words import W
from tui.documents import layout as blocks
from tui.documents.frame import DocumentSubject
from tui.documents.layout import (
    BASICS,
    CUSTOMER,
    PROJECT,
    Block,
    DocumentLayout,
    DocumentProse,
    Facts,
)
from tui.documents.record_text import RecordText

TITLE = W("问题分析处理报告", "Problem analysis and handling report")
_SHARED = (
    (W("报告标题", "Subject"), "subject"),
    (PROJECT, "project"),
    (CUSTOMER, "customer"),
    (W("现场", "Site"), "site"),
    (W("设备或系统", "Equipment"), "equipment"),
    (W("严重程度", "Severity"), "severity"),
    (W("发生时间", "Time"), "occurred"),
)
_WITHIN = (
    (W("填写人", "Author"), "person"),
    (W("编写原因", "Why a report"), "reason"),
    (W("发现途径", "Found during"), "found_during"),
    (W("原因类别", "Cause category"), "cause_class"),
    (W("来源记录", "Source"), "source"),
    (W("去向", "Audience"), "audience"),
    (W("状态", "State"), "state"),
)
CUSTOMER_BLOCKS: tuple[Block, ...] = (
    Facts(BASICS, _SHARED),
    DocumentProse(W("问题现象", "Problem"), "phenomenon"),
    DocumentProse(W("经过", "Timeline"), "timeline"),
    DocumentProse(W("影响范围", "Impact"), "impact"),
    DocumentProse(W("应急处置", "Emergency handling"), "emergency"),
    DocumentProse(W("原因分析", "Cause analysis"), "causes"),
    DocumentProse(W("处理过程与解决方案", "Handling and solution"), "solution"),
    DocumentProse(W("验证情况", "Verification"), "verification"),
    DocumentProse(W("后续解决情况与遗留问题", "Follow-up and leftovers"), "follow_up"),
    DocumentProse(W("纠正和预防措施", "Corrective and preventive measures"), "measures"),
    blocks.ATTACHMENTS,
)
INTERNAL_BLOCKS: tuple[Block, ...] = (
    Facts(BASICS, (*_SHARED, *_WITHIN)),
    *CUSTOMER_BLOCKS[1:-1],
    DocumentProse(W("经验教训", "Lessons"), "lessons"),
    blocks.MOVES,
    blocks.NOTES,
    blocks.ATTACHMENTS,
)
INTERNAL, CUSTOMERS = DocumentLayout(TITLE, INTERNAL_BLOCKS), DocumentLayout(TITLE, CUSTOMER_BLOCKS)

CAUSES = ("cause_direct", "cause_root", "cause_contributing")
OWN = {
    "phenomenon": "customer_phenomenon",
    "impact": "customer_impact",
    "causes": "customer_cause",
    "solution": "customer_solution",
    "follow_up": "customer_follow_up",
}
"""Part -> the field that holds what the customer reads instead, where it is filled."""


def layout(edition: str) -> DocumentLayout:
    """The parts of an edition."""
    return CUSTOMERS if edition == "customer" else INTERNAL


def data(reading: RecordText, subject: DocumentSubject) -> dict[str, Any]:
    """The report as its edition tells it; what is internal is not in the customer's data at all."""
    record = cast(ProblemReport, subject.about)
    found: dict[str, Any] = {
        "occurred": reading.moment(_origin(reading, record).occurred),
        "causes": _causes(reading, record),
    }
    if subject.edition == "customer":
        own = {part: reading.text(record, name) for part, name in OWN.items()}
        return {**found, **{part: text for part, text in own.items() if text}}
    return {**found, "source": reading.named(_source(record))}


def _causes(reading: RecordText, record: ProblemReport) -> str:
    """Direct, root and contributing causes, each named."""
    specs = ProblemReport.specs()
    told = [(specs[name].label, reading.text(record, name)) for name in CAUSES]
    colon = W("：", ": ")
    return "\n".join(f"{label}{colon}{text}" for label, text in told if text)


def _source(record: ProblemReport) -> str | None:
    return record.escalation or record.fix or record.incident


def _origin(reading: RecordText, record: ProblemReport) -> Record:
    """The record of the problem itself; the report where there is none."""
    for id in (record.fix, record.escalation, record.incident):
        found = reading.book.find(id) if id else None
        if found is not None:
            return found
    return record
