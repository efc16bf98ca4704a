"""The project summary on paper: before the meeting what it discusses, then what it found."""

from __future__ import annotations

from typing import Any, cast

from models.derived import compiled, figures
from models.records.completion.summary import meeting_points, summary_facts
from models.records.completion.summary.left_overs import LeftOver
from models.records.completion.summary.project_summary import OPEN, ProjectSummary
from models.records.completion.summary.self_assessment import SelfAssessment
from models.records.completion.summary.summary_content import SummaryContent, mean, scores_of
from models.records.completion.summary.summary_records import RULE, WeekMark
from models.records.statistics.service.service_content import ListedRecord
from models.schema.record import kinds
from models.text.words import Refused, W, say, several
from tui.areas.completion.target_document import TARGETS, target_row
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
    FieldProse,
)
from tui.documents.record_text import RecordText, Row, clean

TO_DISCUSS = W("项目总结会讨论稿", "Project summary, to discuss")
STATE, NUMBER = W("状态", "State"), W("编号", "Number")
RATE = W("{met}/{n}", "{met} of {n}")
MEAN = W("平均", "mean")
_WEEK = (
    DocumentColumn(W("周", "Week"), "week", 4),
    DocumentColumn(W("新发问题", "Problems"), "opened", 3),
    DocumentColumn(W("关闭", "Closed"), "closed", 3),
    DocumentColumn(W("检查合格项", "Items ok"), "ok", 4),
)

LAYOUT = DocumentLayout(
    W("项目总结", "Project summary"),
    (
        Facts(
            BASICS,
            (
                (PROJECT, "project"),
                (CUSTOMER, "customer"),
                (W("服务期", "Service period"), "served"),
                (W("总结会日期", "Meeting on"), "meeting_on"),
                (W("参加人", "Attendees"), "attendees"),
                (W("其他参加人", "Others present"), "guests"),
                (STATE, "state"),
            ),
        ),
        DocumentTable(
            W("总结会议程", "Agenda of the meeting"),
            "points",
            (
                DocumentColumn(W("序号", "No."), "no", 1),
                DocumentColumn(W("议题", "Point"), "label", 3),
                DocumentColumn(W("情况", "What the records say"), "text", 12),
            ),
        ),
        FieldProse("overview"),
        DocumentTable(
            W("里程碑", "Milestones"),
            "milestones",
            (
                DocumentColumn(NUMBER, "number", 4),
                DocumentColumn(W("名称", "Name"), "name", 6),
                DocumentColumn(W("计划日期", "Due"), "due", 3),
                DocumentColumn(W("可交付物", "Deliverable"), "deliverable", 6),
                DocumentColumn(STATE, "state", 3),
            ),
        ),
        DocumentTable(W("质量目标", "Quality targets"), "targets", TARGETS, optional=True),
        DocumentTable(W("最差的几周", "Worst weeks"), "worst", _WEEK, optional=True),
        DocumentTable(W("最好的几周", "Best weeks"), "best", _WEEK, optional=True),
        DocumentTable(
            W("重复出现的问题", "Repeated faults"),
            "repeats",
            (
                DocumentColumn(W("设备或原因", "Equipment or cause"), "name", 10),
                DocumentColumn(W("次数", "Times"), "times", 3),
            ),
        ),
        DocumentTable(
            W("客户表扬", "Praise"),
            "praise",
            (
                DocumentColumn(NUMBER, "number", 4),
                DocumentColumn(W("内容", "Text"), "text", 12),
            ),
            optional=True,
        ),
        DocumentTable(
            W("客户投诉", "Complaints"),
            "complaints",
            (
                DocumentColumn(NUMBER, "number", 4),
                DocumentColumn(W("投诉事由", "Subject"), "subject", 9),
                DocumentColumn(STATE, "state", 3),
            ),
        ),
        FieldProse("strengths"),
        FieldProse("weaknesses"),
        FieldProse("lessons"),
        DocumentTable(
            W("遗留问题", "Left-overs"),
            "left",
            (
                DocumentColumn(NUMBER, "number", 4),
                DocumentColumn(W("事项", "Subject"), "title", 8),
                DocumentColumn(STATE, "state", 3),
                DocumentColumn(W("负责人", "In charge"), "owner", 3),
                DocumentColumn(W("日期", "Due"), "due", 3),
                DocumentColumn(W("措施或让步", "Action or concession"), "led_to", 4),
            ),
        ),
        DocumentTable(
            W("自我评价", "Self-assessment"),
            "scores",
            (
                DocumentColumn(W("评价项", "Criterion"), "name", 5),
                DocumentColumn(W("自评", "Score"), "score", 2),
                DocumentColumn(W("依据", "Basis"), "basis", 6),
                DocumentColumn(W("审核人评分", "Reviewer"), "review", 3),
                DocumentColumn(W("相差", "Difference"), "difference", 3),
                DocumentColumn(W("另评理由", "Reviewer's reason"), "note", 6),
            ),
        ),
        FieldProse("opinions"),
        FieldProse("minutes"),
        FieldProse("opinion"),
        DocumentTable(
            W("各项指标", "Figures"),
            "numbers",
            (
                DocumentColumn(W("指标", "Figure"), "name", 5),
                DocumentColumn(W("值", "Value"), "value", 3),
                DocumentColumn(W("件数", "Cases"), "n", 2),
                DocumentColumn(W("计算方法", "How this is calculated"), "formula", 9),
            ),
        ),
        DocumentProse(W("排序方法", "How weeks are ordered"), "rule"),
        layout.ATTACHMENTS,
    ),
)


def data(reading: RecordText, subject: DocumentSubject) -> dict[str, Any]:
    """The summary as it was submitted, else as the records say it now."""
    summary = cast(ProjectSummary, subject.about)
    found = compiled.content(reading.book, summary)
    told: SummaryContent = found.data
    points = list(meeting_points.points(summary, told))
    if found.fault is not None:
        points.insert(0, meeting_points.MeetingPoint(STATE, str(found.fault)))
    return {
        "served": f"{told.first} – {told.service_to}",
        "points": [
            {"no": str(no), "label": str(one.label), "text": clean(one.text)}
            for no, one in enumerate(points, 1)
        ],
        "milestones": [_listed(reading, one) for one in told.milestones],
        "targets": [target_row(one) for one in told.targets],
        "worst": [_week(one) for one in told.worst],
        "best": [_week(one) for one in told.best],
        "repeats": [
            {
                "name": clean(summary_facts.repeat_name(reading.book, one)),
                "times": str(len(one.records)),
            }
            for one in told.repeats
        ],
        "praise": [{"number": one.number, "text": clean(one.text)} for one in told.praise],
        "complaints": [_listed(reading, one) for one in told.complaints],
        "left": [_left(one) for one in told.left],
        "scores": _scores(reading, summary, told),
        "numbers": [kept_row(one) for one in told.figures if figures.known(one.name) is not None],
        "rule": str(RULE),
        "frame": _frame(summary, told, issued=found.issued),
    }


def ready(reading: RecordText, subject: DocumentSubject) -> None:
    """Raise `Refused` for one whose data cannot be read."""
    found = compiled.content(reading.book, subject.about)
    if found.fault is not None:
        raise Refused(found.fault)


def _frame(summary: ProjectSummary, told: SummaryContent, *, issued: bool) -> dict[str, str]:
    """What the frame says otherwise: its title before the meeting, the project's names of then."""
    if summary.state in OPEN:
        return {"title": str(TO_DISCUSS)}
    if not issued:
        return {}
    project = told.project
    return {
        "project": project.name,
        "project_code": project.code,
        "customer": project.customer,
        "department": project.department,
    }


def _week(one: WeekMark) -> Row:
    return {
        "week": one.week,
        "opened": str(one.opened),
        "closed": str(one.closed),
        "ok": say(RATE, met=one.met, n=one.n),
    }


def _listed(reading: RecordText, one: ListedRecord) -> Row:
    cls = kinds[one.type]
    specs = cls.specs()
    said = {
        name: clean(reading.values.say(specs[name], value))
        for name, value in one.values.items()
        if name in specs
    }
    return {**said, "number": one.number, "state": str(cls.kind.state(one.state).label)}


def _left(one: LeftOver) -> Row:
    cls = kinds.get(one.type)
    return {
        "number": one.number,
        "title": clean(one.title),
        "state": str(cls.kind.state(one.state).label) if cls is not None else one.state,
        "owner": clean(one.owner),
        "due": one.due or "",
        "led_to": several(one.led_to),
    }


def _scores(reading: RecordText, summary: ProjectSummary, told: SummaryContent) -> list[Row]:
    """Each criterion as the team submitted it, beside what the reviewer says; then the means."""
    theirs = {str(one.criterion): one for one in scores_of(reading.book, summary)}
    rows = []
    for one in told.scores:
        row = theirs.get(one.criterion)
        differs = row is not None and row.review_score is not None
        basis = several(part for part in (one.basis, one.evidence) if part)
        rows.append(
            {
                "name": clean(str(one.name)),
                "score": "" if one.score is None else str(one.score),
                "basis": clean(basis),
                **_review(reading, row if differs else None, one.score),
            }
        )
    if told.mean is not None:
        both = [_given(theirs.get(one.criterion), one.score) for one in told.scores]
        rescored = any(row.review_score is not None for row in theirs.values())
        total = mean(both) if rescored else ""
        empty = dict.fromkeys(("basis", "difference", "note"), "")
        rows.append({**empty, "name": str(MEAN), "score": told.mean, "review": total or ""})
    return rows


def _given(row: SelfAssessment | None, own: int | None) -> int | None:
    return own if row is None or row.review_score is None else row.review_score


def _review(reading: RecordText, row: SelfAssessment | None, own: int | None) -> Row:
    """What the reviewer says; nothing where they agree."""
    if row is None or row.review_score is None:
        return {"review": "", "difference": "", "note": ""}
    difference = row.review_score - own if own is not None else None
    return {
        "review": str(row.review_score),
        "difference": "" if difference is None else f"{difference:+d}",
        "note": reading.text(row, "review_note"),
    }
