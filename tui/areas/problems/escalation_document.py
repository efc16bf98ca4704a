"""The escalation dossier: one problem from its report to its closing, with all that hangs on it."""

from __future__ import annotations

from typing import Any, cast

from models.records.problems.escalation import Escalation
from models.records.problems.fix import Fix
from models.records.problems.group_member import GroupMember
from models.schema.record import Record
from models.storage import rows
from models.text.words import W
from tui.documents import layout
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
from tui.documents.record_text import RecordText

LAYOUT = DocumentLayout(
    W("问题升级档案", "Escalation dossier"),
    (
        Facts(
            BASICS,
            (
                (PROJECT, "project"),
                (CUSTOMER, "customer"),
                (W("现场", "Site"), "site"),
                (W("设备", "Equipment"), "equipment"),
                (W("具体位置", "Location"), "place"),
                (W("发生时间", "Time"), "occurred"),
                (W("上报人", "Reported by"), "person"),
                (W("部门经理", "Manager"), "department_manager"),
                (W("升级原因", "Reason"), "reason_kind"),
                (W("严重程度", "Severity"), "severity"),
                (W("要求完成日期", "Due"), "due"),
                (W("状态", "State"), "state"),
            ),
        ),
        DocumentProse(W("问题现象", "Problem"), "phenomenon"),
        DocumentProse(W("已做的处理", "Actions taken"), "done_so_far"),
        DocumentTable(
            W("工作组", "Working group"),
            "group",
            (
                DocumentColumn(W("姓名", "Name"), "name", 3),
                DocumentColumn(W("分工", "Duty"), "duty", 8),
            ),
        ),
        DocumentProse(W("解决方案", "Solution"), "solution"),
        DocumentProse(W("退回意见", "Advice"), "advice"),
        Facts(
            W("处理与再次验证", "Handling and verification"),
            (
                (W("原因类别", "Cause category"), "cause_class"),
                (W("处理人", "Fixed by"), "fixed_by"),
                (W("处理时间", "Fixed at"), "fixed_at"),
                (W("验证结果", "Verification"), "verify_result"),
                (W("验证人", "Verified by"), "verified_by"),
                (W("验证时间", "Verified at"), "verified_at"),
                (W("验证方法", "Method"), "verify_method"),
            ),
        ),
        DocumentProse(W("原因", "Cause"), "cause"),
        DocumentProse(W("解决措施", "Measure"), "measure"),
        layout.MOVES,
        layout.LINKS,
        layout.NOTES,
        layout.ATTACHMENTS,
    ),
)


def data(reading: RecordText, subject: DocumentSubject) -> dict[str, Any]:
    """The escalation, the fix it came from, and both their notes and files."""
    record = cast(Escalation, subject.about)
    fix = rows.one(reading.store, Fix, record.fix) if record.fix else None
    both: list[Record] = [record, *([fix] if fix is not None else [])]
    where = "WHERE escalation=? AND void IS NULL ORDER BY n"
    group = rows.fetch(reading.store, GroupMember, where, (record.id,))
    return {
        "group": [member(reading, one) for one in group],
        "notes": reading.notes(both),
        "attachments": reading.attachments(both),
    }


def member(reading: RecordText, one: GroupMember) -> dict[str, str]:
    """One of the working group."""
    return {"name": reading.text(one, "person"), "duty": reading.text(one, "duty")}
