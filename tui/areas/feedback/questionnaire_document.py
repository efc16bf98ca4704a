"""The questionnaire 客户满意度调查表 of one person: five boxes a question, filled where known."""

from __future__ import annotations

from typing import Any, cast

from models.book.rows.child_rows import order_by
from models.book.tables import vocabularies
from models.records.feedback.surveys import statistics
from models.records.feedback.surveys.survey import Survey
from models.records.feedback.surveys.survey_answer import LEVELS, SurveyAnswer
from models.records.feedback.surveys.survey_response import SurveyResponse
from models.storage import rows
from models.text.words import W
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

EMPTY, MARKED = "□", "■"
LAYOUT = DocumentLayout(
    W("客户满意度调查表", "Customer satisfaction questionnaire"),
    (
        Facts(
            BASICS,
            (
                (PROJECT, "project"),
                (CUSTOMER, "customer"),
                (W("服务期", "Service period"), "served"),
                (W("编号", "Number"), "own_number"),
                (W("姓名", "Name"), "name"),
                (W("单位部门", "Unit"), "unit"),
                (W("职务", "Post"), "post"),
                (W("电话", "Phone"), "phone"),
            ),
        ),
        DocumentProse(W("填写说明", "How to fill it in"), "script"),
        DocumentTable(
            W("评价", "Your verdict"),
            "questions",
            (
                DocumentColumn(W("问题", "Question"), "question", 5),
                *(DocumentColumn(W(zh, en), name, 4) for name, zh, en in LEVELS),
            ),
        ),
        Facts(
            W("您的话", "In your words"),
            (
                (W("表扬", "What pleased"), "praise"),
                (W("不满之处", "What displeased"), "complaint"),
                (W("建议", "Suggestions"), "wish"),
                (W("其他", "Anything else"), "more"),
            ),
            tall=("praise", "complaint", "wish", "more"),
        ),
        Facts(
            W("签署", "Signature"),
            (
                (W("是否愿意续约", "Would renew"), "renewal"),
                (W("是否同意引用", "May be quoted"), "consent"),
                (W("答复人签字", "Signature"), "signature"),
                (W("日期", "Date"), "signed_on"),
            ),
            tall=("signature", "signed_on"),
        ),
    ),
)


def data(reading: RecordText, subject: DocumentSubject) -> dict[str, Any]:
    """The questions in force for a person, or those that they were asked."""
    record = cast(SurveyResponse, subject.about)
    survey = rows.one(reading.store, Survey, record.survey or "")
    return {
        "served": f"{survey.service_from or '…'} – {survey.service_to}" if survey else "",
        "own_number": record.number,
        "script": reading.text(survey, "script"),
        "questions": _questions(reading, record),
        "more": "",
        "signature": "",
        "signed_on": "",
    }


def _questions(reading: RecordText, record: SurveyResponse) -> list[dict[str, str]]:
    where = f"WHERE response=? AND void IS NULL ORDER BY {order_by(SurveyAnswer.kind)}"
    given = {
        str(one.question): one.level
        for one in rows.fetch(reading.store, SurveyAnswer, where, (record.id,))
    }
    terms = vocabularies.terms(reading.store, statistics.VOCABULARY)
    codes = list(given) or [one.name for one in terms if not one.retired]
    return [
        {
            "question": str(statistics.question_word(reading.store, code)),
            **{name: MARKED if given.get(code) == name else EMPTY for name, *_ in LEVELS},
        }
        for code in codes
    ]
