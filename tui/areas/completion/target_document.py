"""The assessment of the quality targets on paper: goal, value, formula and verdict of each."""

from __future__ import annotations

from typing import Any

from models.derived import compiled
from models.records.checks import remedies
from models.records.completion.targets import earlier_targets, target_facts
from models.records.completion.targets.target_content import (
    VERDICTS,
    TargetContent,
    TargetPart,
    targets_of,
)
from models.schema.record import Record
from models.text.words import Refused, W
from tui.documents import layout
from tui.documents.frame import DocumentSubject
from tui.documents.layout import (
    BASICS,
    CUSTOMER,
    PROJECT,
    DocumentColumn,
    DocumentLayout,
    DocumentTable,
    Facts,
    FieldProse,
)
from tui.documents.record_text import RecordText, Row, clean

TARGETS = (
    DocumentColumn(W("指标", "Target"), "name", 4),
    DocumentColumn(W("目标", "Goal"), "goal", 4),
    DocumentColumn(W("实测值", "Measured"), "value", 4),
    DocumentColumn(W("结果", "Verdict"), "verdict", 4),
    DocumentColumn(W("计算方法", "Formula"), "formula", 7),
    DocumentColumn(W("凭据", "Evidence"), "evidence", 4),
)
LAYOUT = DocumentLayout(
    W("质量目标考核表", "Quality target assessment"),
    (
        Facts(
            BASICS,
            (
                (PROJECT, "project"),
                (CUSTOMER, "customer"),
                (W("服务期", "Service period"), "served"),
                (W("考核结果", "Result"), "result"),
                (W("考核人", "Assessed by"), "assessed_by"),
                (W("状态", "State"), "state"),
            ),
        ),
        DocumentTable(W("各项目标", "Targets"), "targets", TARGETS),
        FieldProse("analysis"),
        DocumentTable(
            W("改进措施", "Improvements"),
            "actions",
            (
                DocumentColumn(W("编号", "Number"), "number", 4),
                DocumentColumn(W("事项", "Subject"), "subject", 8),
                DocumentColumn(W("负责人", "In charge"), "owner", 3),
                DocumentColumn(W("日期", "Due"), "due", 3),
                DocumentColumn(W("状态", "State"), "state", 3),
            ),
        ),
        DocumentTable(
            W("上一期未达到的目标", "Missed before"),
            "earlier",
            (DocumentColumn(W("情况", "What"), "text", 10),),
            optional=True,
        ),
        FieldProse("conclusion"),
        FieldProse("opinion"),
        layout.ATTACHMENTS,
    ),
)


def data(reading: RecordText, subject: DocumentSubject) -> dict[str, Any]:
    """The targets as they were assessed, else as they are measured now."""
    assessment = subject.about
    found = compiled.content(reading.book, assessment)
    told: TargetContent = found.data
    earlier = earlier_targets.missed_before(reading.book, assessment).missed
    return {
        "served": f"{told.first} – {told.service_to}",
        "targets": [target_row(one) for one in told.targets],
        "actions": _actions(reading, assessment),
        "earlier": [{"text": clean(target_facts.said(one))} for one in earlier],
        **({"state": str(found.fault)} if found.fault is not None else {}),
    }


def ready(reading: RecordText, subject: DocumentSubject) -> None:
    """Raise `Refused` for one whose data cannot be read."""
    found = compiled.content(reading.book, subject.about)
    if found.fault is not None:
        raise Refused(found.fault)


def target_row(one: TargetPart) -> Row:
    """A target in words."""
    return {
        "name": clean(str(one.name)),
        "goal": clean(target_facts.goal_said(one)),
        "value": clean(target_facts.value_said(one)),
        "verdict": str(VERDICTS.get(one.verdict, one.verdict)),
        "formula": clean(target_facts.formula_said(one)),
        "evidence": one.evidence or "",
    }


def _actions(reading: RecordText, assessment: Record) -> list[Row]:
    """What the targets led to."""
    led = [
        one
        for target in targets_of(reading.book, assessment)
        for one in remedies.remedies(reading.store, target)
    ]
    return [
        {
            "number": one.number,
            "subject": clean(one.title()),
            "owner": reading.person(one.owner_id),
            "due": str(getattr(one, "due", None) or ""),
            "state": reading.state(one),
        }
        for one in led
    ]
