"""The O&M service report 《运维服务报告》: numbers from the records, the narrative apart."""

from __future__ import annotations

from typing import Any

from models.derived import compiled, figures
from models.derived.compiled import Content
from models.derived.figures import NOT_ASSESSABLE, Kept
from models.records.checks.routine.plan_execution import PlanLine
from models.records.statistics.service.service_content import (
    NOT_YET,
    ListedRecord,
    ServiceContent,
    WeekPoint,
)
from models.records.statistics.service.service_report import NARRATIVE
from models.schema.record import Record, kinds
from models.text.words import Refused, W
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
)
from tui.documents.record_text import RecordText, Row, clean

BAR = "█"
CELLS = 12
"""The longest bar of a chart."""
STATE, NUMBER = W("状态", "State"), W("编号", "Number")


def _columns(*some: tuple[W, str, int]) -> tuple[DocumentColumn, ...]:
    return tuple(DocumentColumn(word, key, share) for word, key, share in some)


LAYOUT = DocumentLayout(
    W("运维服务报告", "O&M service report"),
    (
        Facts(
            BASICS,
            (
                (PROJECT, "project"),
                (CUSTOMER, "customer"),
                (W("季度", "Quarter"), "quarter"),
                (W("服务期", "Service period"), "service_period"),
                (W("编制人", "Prepared by"), "submitted_by"),
                (STATE, "state"),
            ),
        ),
        DocumentProse(W("综述", "Summary"), "summary"),
        DocumentProse(W("服务级别达成情况", "Service levels"), "service_levels"),
        DocumentTable(
            W("服务指标", "Figures"),
            "numbers",
            _columns(
                (W("指标", "Figure"), "name", 5),
                (W("值", "Value"), "value", 3),
                (W("件数", "Cases"), "n", 2),
                (W("计算方法", "How this is calculated"), "formula", 8),
            ),
        ),
        DocumentTable(
            W("每周问题", "Problems by week"),
            "weeks",
            _columns(
                (W("周", "Week"), "week", 3),
                (W("新发", "Opened"), "opened", 2),
                (W("关闭", "Closed"), "closed", 2),
                (W("未结", "Open"), "open", 2),
                (W("未结趋势", "Open, as a chart"), "bar", 6),
            ),
        ),
        DocumentProse(W("例行工作", "Routine work"), "routine"),
        DocumentTable(
            W("例行工作执行情况", "Routine work done"),
            "checks",
            _columns(
                (W("工作", "Work"), "name", 6),
                (W("应做", "Due"), "due", 2),
                (W("按时", "In time"), "in_time", 2),
                (W("迟", "Late"), "late", 2),
                (W("未做", "Not done"), "missing", 2),
                (W("未同步", "Not synced"), "unsynced", 2),
            ),
        ),
        DocumentProse(W("重大故障与分析", "Major faults and their analysis"), "faults_text"),
        DocumentTable(
            W("重大故障", "Major faults"),
            "faults",
            _columns(
                (NUMBER, "number", 4),
                (W("问题现象", "Problem"), "phenomenon", 9),
                (W("要求完成日期", "Due"), "due", 3),
                (STATE, "state", 3),
            ),
        ),
        DocumentTable(
            W("问题分析处理报告", "Problem reports"),
            "reports",
            _columns(
                (NUMBER, "number", 4), (W("标题", "Subject"), "subject", 9), (STATE, "state", 3)
            ),
        ),
        DocumentProse(W("变更情况", "Changes"), "changes"),
        DocumentProse(W("备件情况", "Spare parts"), "spares"),
        DocumentTable(
            W("备件评估", "Spare parts evaluated"),
            "parts",
            _columns(
                (W("备件", "Part"), "part", 4),
                (W("库存", "Stock"), "stock", 2),
                (W("安全库存", "Safety"), "safety", 2),
                (W("用量", "Used"), "used", 2),
                (W("到货（天）", "Lead (days)"), "lead_days", 2),
                (W("故障率%", "Failure %"), "failure_rate", 2),
                (W("年限", "Age"), "years", 2),
                (W("结论", "Verdict"), "verdict", 3),
                (W("处置", "Action"), "action", 4),
            ),
        ),
        DocumentTable(
            W("季度检查", "Quarterly check"),
            "questions",
            _columns(
                (W("问题", "Question"), "question", 6),
                (W("结果", "Answer"), "state", 2),
                (W("说明", "Explanation"), "basis", 5),
                (W("发现的问题", "Finding"), "finding", 5),
            ),
        ),
        DocumentProse(W("容量与可用性", "Capacity and availability"), "capacity"),
        DocumentTable(
            W("纠正与预防措施", "Corrective actions"),
            "actions",
            _columns(
                (NUMBER, "number", 4),
                (W("事项", "Subject"), "subject", 7),
                (W("类别", "Kind"), "sort", 3),
                (W("要求完成日期", "Due"), "due", 3),
                (STATE, "state", 3),
            ),
        ),
        DocumentProse(W("风险与改进建议", "Risks and suggestions"), "improvement"),
        DocumentProse(W("下季度计划", "Next quarter"), "next_quarter"),
        layout.ATTACHMENTS,
    ),
    wide=True,
)


def data(reading: RecordText, subject: DocumentSubject) -> dict[str, Any]:
    """The report as it was submitted, else as the records say it now."""
    report = subject.about
    found = compiled.content(reading.book, report)
    told: ServiceContent = found.data
    texts = {name: reading.text(report, name) for name in NARRATIVE}
    texts["faults_text"] = texts.pop("faults")
    if found.fault is not None:
        texts["summary"] = f"{found.fault}\n{texts['summary']}"
    return {
        **texts,
        "quarter": told.quarter,
        "submitted_by": reading.text(report, "submitted_by"),
        "state": reading.state(report),
        "numbers": [*map(kept_row, _known(told)), *_not_assessable(told)],
        "weeks": [_week(one, told.weeks) for one in told.weeks],
        "checks": [work_row(one) for one in told.checks],
        "faults": [part_row(reading, one) for one in told.faults],
        "reports": [part_row(reading, one) for one in told.reports],
        "parts": [part_row(reading, one) for one in told.parts],
        "questions": [part_row(reading, one) for one in told.questions],
        "actions": [part_row(reading, one) for one in told.actions],
        "attachments": reading.attachments([report]),
        "frame": _head(found),
    }


def ready(reading: RecordText, subject: DocumentSubject) -> None:
    """Raise `Refused` for one whose data cannot be read."""
    found = compiled.content(reading.book, subject.about)
    if found.fault is not None:
        raise Refused(found.fault)


def _known(told: ServiceContent) -> list[Kept]:
    return [one for one in told.figures if figures.known(one.name) is not None]


def _not_assessable(told: ServiceContent) -> list[Row]:
    """What the program has no figures of."""
    known = {one.name.partition(".")[0] for one in told.figures}
    return [
        {"name": str(word), "value": str(NOT_ASSESSABLE), "n": "0", "formula": ""}
        for family, word in NOT_YET.items()
        if family not in known
    ]


def _week(one: WeekPoint, every: list[WeekPoint]) -> Row:
    most = max((point.open for point in every), default=0)
    cells = (one.open * CELLS + most - 1) // most if most else 0
    counts = {name: str(getattr(one, name)) for name in ("opened", "closed", "open")}
    return {"week": one.week, **counts, "bar": BAR * cells}


def work_row(one: PlanLine) -> Row:
    """A kind of work, and how often it was done."""
    counts = ("due", "in_time", "late", "missing", "unsynced")
    return {"name": clean(one.name), **{name: str(getattr(one, name)) for name in counts}}


def part_row(reading: RecordText, one: ListedRecord) -> Row:
    """A record that is listed, in words."""
    cls: type[Record] = kinds[one.type]
    specs = cls.specs()
    said = {
        name: clean(reading.values.say(specs[name], value))
        for name, value in one.values.items()
        if name in specs
    }
    return {**said, "number": one.number, "state": str(cls.kind.state(one.state).label)}


def _head(found: Content) -> dict[str, str]:
    """What the frame says of the project: as it was called when the report was submitted."""
    if not found.issued:
        return {}
    project = found.data.project
    given = [project.service_from or "…", project.service_to or "…"]
    return {
        "project": project.name,
        "project_code": project.code,
        "customer": project.customer,
        "department": project.department,
        "service_period": " – ".join(given) if given != ["…", "…"] else "",
    }
