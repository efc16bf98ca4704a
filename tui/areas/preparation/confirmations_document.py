"""The register of confirmations 过程确认登记表 of a project: what is there, and what is missing."""

from __future__ import annotations

from typing import Any

from models.records.preparation import confirmations
from models.records.preparation.confirmations import GROUPS, ConfirmationEntry
from models.text.words import W, say
from tui.documents.frame import DocumentSubject
from tui.documents.layout import (
    BASICS,
    CUSTOMER,
    PROJECT,
    DocumentColumn,
    DocumentLayout,
    DocumentProse,
    DocumentTable,
    Facts,
)
from tui.documents.record_text import RecordText, Row

COUNTED = W(
    "共 {all} 项，已确认 {done} 项，缺 {missing} 项。",
    "Total {all}: {done} confirmed, {missing} missing.",
)
YES, NO = W("已确认", "confirmed"), W("待确认", "to confirm")
COLUMNS = (
    DocumentColumn(W("内容", "What"), "name", 11),
    DocumentColumn(W("编号", "Number"), "number", 9),
    DocumentColumn(W("是否确认", "Confirmed"), "done", 5),
    DocumentColumn(W("状态", "State"), "state", 6),
    DocumentColumn(W("确认人", "By"), "by", 5),
    DocumentColumn(W("日期", "Date"), "at", 6),
)
LAYOUT = DocumentLayout(
    W("过程确认登记表", "Register of confirmations"),
    (
        Facts(
            BASICS,
            (
                (PROJECT, "project"),
                (W("项目代号", "Code"), "project_code"),
                (CUSTOMER, "customer"),
                (W("负责部门", "Department"), "department"),
                (W("服务期", "Service period"), "service_period"),
            ),
        ),
        DocumentProse(W("概况", "Summary"), "summary"),
        *(DocumentTable(word, f"group_{name}", COLUMNS) for name, word in GROUPS.items()),
    ),
)


def data(reading: RecordText, subject: DocumentSubject) -> dict[str, Any]:
    """The register as it is now."""
    found = confirmations.register(reading.book, subject.about)
    done = sum(one.done for one in found.entries)
    counts = {"all": len(found.entries), "done": done, "missing": len(found.missing)}
    tables = {f"group_{name}": [_row(reading, one) for one in found.of(name)] for name in GROUPS}
    return {"summary": say(COUNTED, **counts), **tables}


def _row(reading: RecordText, one: ConfirmationEntry) -> Row:
    name = reading.person(str(one.name)) if one.person else str(one.name)
    return {
        "name": name,
        "number": one.record.number if one.record is not None else "",
        "done": str(YES if one.done else NO),
        "state": str(one.state),
        "by": reading.person(one.by) if one.by else "",
        "at": reading.day(one.at) if one.at is not None else "",
    }
