"""The record of a routine check: the period's figures, the work, each deviation as assessed."""

from __future__ import annotations

from typing import Any

from models.derived import compiled, figures
from models.records.checks.routine.routine_content import RoutineContent
from models.text.words import W
from tui.areas.checks.service_report_document import work_row
from tui.documents import layout
from tui.documents.frame import DocumentSubject
from tui.documents.gathering import kept_row
from tui.documents.layout import (
    BASICS,
    CUSTOMER,
    PROJECT,
    DocumentColumn,
    DocumentLayout,
    DocumentProse,
    DocumentTable,
    Facts,
    RowColumns,
)
from tui.documents.record_text import RecordText

LAYOUT = DocumentLayout(
    W("常规质量检查记录", "Record of a routine check"),
    (
        Facts(
            BASICS,
            (
                (PROJECT, "project"),
                (CUSTOMER, "customer"),
                (W("检查期起", "From"), "first"),
                (W("检查期止", "To"), "last"),
                (W("检查人", "Checked by"), "issued_by"),
                (W("是否偏差", "Deviation"), "verdict"),
            ),
        ),
        DocumentTable(
            W("执行情况", "Figures"),
            "numbers",
            (
                DocumentColumn(W("指标", "Figure"), "name", 5),
                DocumentColumn(W("值", "Value"), "value", 3),
                DocumentColumn(W("计算方法", "How this is calculated"), "formula", 9),
            ),
        ),
        DocumentTable(
            W("计划与执行", "Plan and execution"),
            "checks",
            (
                DocumentColumn(W("工作", "Work"), "name", 7),
                DocumentColumn(W("应做", "Due"), "due", 2),
                DocumentColumn(W("按时", "In time"), "in_time", 2),
                DocumentColumn(W("迟", "Late"), "late", 2),
                DocumentColumn(W("未做", "Not done"), "missing", 2),
                DocumentColumn(W("未同步", "Not synced"), "unsynced", 3),
            ),
        ),
        RowColumns(
            "routine_deviation", W("偏差判定", "Deviations"), ("subject", "found", "reason")
        ),
        DocumentProse(W("检查说明", "Remark"), "remark"),
        DocumentProse(W("结论", "Conclusion"), "conclusion"),
        layout.ATTACHMENTS,
    ),
)


def data(reading: RecordText, subject: DocumentSubject) -> dict[str, Any]:
    """The check as it was issued, else as the records say it now."""
    check = subject.about
    told: RoutineContent = compiled.content(reading.book, check).data
    known = [one for one in told.figures if figures.known(one.name) is not None]
    names = ("first", "last", "issued_by", "verdict", "remark", "conclusion")
    return {
        **{name: reading.text(check, name) for name in names},
        "numbers": [kept_row(one) for one in known],
        "checks": [work_row(one) for one in told.lines],
        "attachments": reading.attachments([check]),
    }
