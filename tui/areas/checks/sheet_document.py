"""A checklist sheet as a document: every item with its limits, result and reading."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, cast

from models.book.rows import child_rows
from models.records.checks import questions, verdicts
from models.records.checks.answer import Answer
from models.records.checks.limits import span
from models.records.checks.problem_links import led_to
from models.records.checks.questions import ChecklistQuestion
from models.records.checks.samples.check_sample import CheckSample
from models.records.checks.sheet import Sheet
from models.records.checks.template import Template
from models.storage import rows
from models.text.words import W, language, say
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
from tui.documents.record_text import RecordText, Row, clean, numbered

TOTALS = W(
    "共 {all} 项：正常 {ok}，异常 {not_ok}，不适用 {na}，未检 {unchecked}，未填 {left}。",
    "{all} items: {ok} ok, {not_ok} not ok, {na} n/a, {unchecked} not checked, {left} unanswered.",
)
CONTRADICTED = W(
    "{n} 项标为正常而测量值超限，计为异常。", "{n} marked ok beyond the limits, counted as not ok."
)
UNREAD = W(
    "{n} 项标为正常而没有测量值，计为未填。",
    "{n} marked ok without a reading, counted as unanswered.",
)
FOREIGN = W("另有 {n} 项不属于本模板，不计入。", "{n} of another template, not counted.")
CRITICAL = W("★", "★")
SAMPLED = ("subject", "population", "size", "seed", "drawn")

LAYOUT = DocumentLayout(
    W("日常检查记录表", "Checklist sheet"),
    (
        Facts(
            BASICS,
            (
                (PROJECT, "project"),
                (CUSTOMER, "customer"),
                (W("检查表", "Checklist"), "template"),
                (W("检查表版本", "Template version"), "template_version"),
                (W("检查日期", "Day"), "day"),
                (W("轮次", "Round"), "round"),
                (W("检查人", "Checked by"), "person"),
                (W("状态", "State"), "state"),
                (W("检查结果", "Result"), "totals"),
            ),
        ),
        DocumentTable(
            W("检查内容（★ 为关键项）", "Items (★ critical)"),
            "items",
            (
                DocumentColumn(W("序号", "No."), "no", 4),
                DocumentColumn(W("分组", "Section"), "section", 8),
                DocumentColumn(W("检查内容", "Item"), "text", 15),
                DocumentColumn(W("限值或期望", "Limits"), "limits", 8),
                DocumentColumn(W("测量值", "Reading"), "reading", 8),
                DocumentColumn(W("结果", "Result"), "result", 6),
                DocumentColumn(W("原因与备注", "Reason, remark"), "remark", 11),
            ),
        ),
        DocumentTable(
            CheckSample.kind.label,
            "samples",
            (
                DocumentColumn(W("抽样对象", "Of what"), "subject", 4),
                DocumentColumn(W("总体", "Population"), "population", 7),
                DocumentColumn(W("样本数", "Size"), "size", 2),
                DocumentColumn(W("种子", "Seed"), "seed", 5),
                DocumentColumn(W("抽中", "Drawn"), "drawn", 6),
            ),
            optional=True,
        ),
        DocumentProse(W("备注", "Remark"), "remark"),
        DocumentTable(
            W("异常项的处理", "Follow-up of items not ok"),
            "led_to",
            (
                DocumentColumn(W("编号", "Number"), "number", 3),
                DocumentColumn(W("类型", "Type"), "type", 2),
                DocumentColumn(W("问题现象", "Problem"), "phenomenon", 7),
                DocumentColumn(W("状态", "State"), "state", 2),
            ),
        ),
        layout.NOTES,
        layout.ATTACHMENTS,
    ),
)


def data(reading: RecordText, subject: DocumentSubject) -> dict[str, Any]:
    """The sheet's questions in order, and the fixes and escalations they led to."""
    sheet = cast(Sheet, subject.about)
    template = rows.one(reading.store, Template, sheet.template or "")
    every = questions.questions(reading.store, sheet.template or "", sheet.project, sheet)
    answers = [question.answer for question in every if question.answer is not None]
    raised = led_to(reading.store, [answer.id for answer in answers])
    return {
        "template": clean(template.name()) if template else "",
        "template_version": f"V{template.version or 1}" if template else "",
        "totals": totals(every),
        "items": numbered([_item(reading, question) for question in every]),
        "samples": [
            {name: reading.text(one, name) for name in SAMPLED}
            for one in child_rows.rows_of(reading.store, sheet, CheckSample)
            if one.void is None
        ],
        "led_to": [
            {
                "number": record.number,
                "type": str(record.kind.label),
                "phenomenon": reading.text(record, "phenomenon"),
                "state": reading.state(record),
            }
            for answer in answers
            for record in raised.get(answer.id, [])
        ],
        "attachments": reading.attachments([sheet, *answers]),
    }


def totals(every: Sequence[ChecklistQuestion]) -> str:
    """How many items were found how; what contradicts its reading is told and never normal."""
    shown = Counter(question.shown for question in every)
    own = [question for question in every if question.shown != verdicts.FOREIGN]
    count = Counter(question.counted or "left" for question in own)
    counts = {name: count[name] for name in ("ok", "not_ok", "na", "unchecked", "left")}
    said = [say(TOTALS, all=len(own), **counts)]
    told = {verdicts.OUT: CONTRADICTED, verdicts.UNREAD: UNREAD, verdicts.FOREIGN: FOREIGN}
    said += [say(word, n=shown[name]) for name, word in told.items() if shown[name]]
    return " ".join(said)


def _result(question: ChecklistQuestion) -> str:
    """What an item was found as, in a word."""
    if question.shown is not None:
        return str(Answer.kind.state(question.shown).label)
    return Answer.specs()["result"].word(question.result)


def _item(reading: RecordText, question: ChecklistQuestion) -> Row:
    item, answer = question.item, question.answer
    unit = item.unit or ""
    limits = span(item.low, item.high) or item.expected or ""
    reason = [reading.text(answer, name) for name in ("reason", "remark")]
    section = item.section_en if language.now == "en" and item.section_en else item.section_zh
    return {
        "section": clean(section or ""),
        "text": clean(f"{CRITICAL if item.critical else ''}{question.text()}"),
        "limits": clean(f"{limits} {unit}".strip() if limits else ""),
        "reading": clean(f"{question.reading} {unit}".strip() if question.reading else ""),
        "result": _result(question),
        "remark": "\n".join(text for text in reason if text),
    }
