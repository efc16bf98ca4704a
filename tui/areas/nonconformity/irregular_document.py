"""The report on irregular services on paper: figures, groupings as a Pareto, causes, measures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from models.book.tables.vocabularies import worded
from models.derived import compiled, figures
from models.records.nonconformity.corrective_action import CorrectiveAction
from models.records.nonconformity.irregular import irregular_statistics as statistics
from models.records.nonconformity.irregular.irregular_content import GroupPart, IrregularContent
from models.records.nonconformity.irregular.irregular_service import IrregularService
from models.records.nonconformity.irregular.irregular_statistics import IrregularGroup
from models.text.words import Refused, W
from tui.areas.nonconformity.irregular_view import TOGETHER, UNNAMED
from tui.documents import layout
from tui.documents.frame import DocumentSubject
from tui.documents.gathering import kept_row
from tui.documents.layout import (
    BASICS,
    DocumentColumn,
    DocumentLayout,
    DocumentProse,
    DocumentTable,
    Facts,
)
from tui.documents.record_text import RecordText, Row, clean

BAR, CELLS = "█", 12
ALL = W("全部项目", "all projects")
_GROUPED = (
    DocumentColumn(W("分组", "Group"), "name", 6),
    DocumentColumn(W("件数", "Cases"), "cases", 2),
    DocumentColumn(W("占比", "Share"), "share", 2),
    DocumentColumn(W("累计", "Total"), "up_to", 2),
    DocumentColumn(W("图示", "Chart"), "bar", 5),
)
LAYOUT = DocumentLayout(
    W("不规范服务统计报告", "Irregular service report"),
    (
        Facts(
            BASICS,
            (
                (W("范围", "Scope"), "scope"),
                (W("统计期起", "From"), "first"),
                (W("统计期止", "To"), "last"),
                (W("统计人", "Prepared by"), "submitted_by"),
                (W("监督确认人", "Confirmed by"), "confirmed_by"),
            ),
        ),
        DocumentTable(
            W("指标", "Figures"),
            "numbers",
            (
                DocumentColumn(W("指标", "Figure"), "name", 4),
                DocumentColumn(W("值", "Value"), "value", 3),
                DocumentColumn(W("件数", "Cases"), "n", 2),
                DocumentColumn(W("计算方法", "How this is calculated"), "formula", 9),
            ),
        ),
        DocumentTable(W("按类别", "By category"), "categories", _GROUPED),
        DocumentTable(W("按项目", "By project"), "projects", _GROUPED),
        DocumentTable(W("按发现方式", "By how they were found"), "findings", _GROUPED),
        DocumentTable(W("按月份", "By month"), "months", _GROUPED),
        DocumentTable(
            W("各项情况", "Cases"),
            "cases",
            (
                DocumentColumn(W("编号", "Number"), "number", 4),
                DocumentColumn(W("类别", "Category"), "category", 4),
                DocumentColumn(W("产生原因", "Cause"), "cause", 6),
                DocumentColumn(W("纠正情况", "Correction"), "correction", 6),
            ),
        ),
        DocumentProse(W("原因分析", "Analysis of causes"), "analysis"),
        DocumentTable(
            W("纠正与预防措施", "Corrective actions"),
            "actions",
            (
                DocumentColumn(W("编号", "Number"), "number", 4),
                DocumentColumn(W("事项", "Subject"), "subject", 8),
                DocumentColumn(W("要求完成日期", "Due"), "due", 3),
                DocumentColumn(W("状态", "State"), "state", 3),
            ),
        ),
        DocumentProse(W("不另定措施的理由", "Why no measures"), "no_measures"),
        DocumentProse(W("监督意见", "Supervisor's opinion"), "opinion"),
        layout.ATTACHMENTS,
    ),
)


def data(reading: RecordText, subject: DocumentSubject) -> dict[str, Any]:
    """The report as it was submitted, else as the records say it now."""
    report = subject.about
    told: IrregularContent = compiled.content(reading.book, report).data
    names = GroupNamer(reading)
    texts = (
        *("first", "last", "submitted_by", "confirmed_by"),
        *("analysis", "no_measures", "opinion"),
    )
    return {
        **{name: reading.text(report, name) for name in texts},
        "scope": names.project(told.project) if told.project else str(ALL),
        "numbers": [kept_row(one) for one in told.figures if figures.known(one.name) is not None],
        "categories": _groups(told.categories, names.category),
        "projects": _groups(told.by_project, names.project),
        "findings": _groups(told.findings, names.finding),
        "months": _groups(told.months, str),
        "cases": [
            {
                "number": one.number,
                "category": names.category(one.category) if one.category else "",
                "cause": clean(one.cause or ""),
                "correction": clean(one.correction or ""),
            }
            for one in told.cases
        ],
        "actions": [
            {
                "number": one.number,
                "subject": clean(one.subject or ""),
                "due": one.due or "",
                "state": str(CorrectiveAction.kind.state(one.state).label),
            }
            for one in told.actions
        ],
        "attachments": reading.attachments([report]),
    }


def ready(reading: RecordText, subject: DocumentSubject) -> None:
    """Raise `Refused` for one whose data cannot be read."""
    found = compiled.content(reading.book, subject.about)
    if found.fault is not None:
        raise Refused(found.fault)


class GroupNamer:
    """How the groups of a report are called, for page, paper and spreadsheet alike."""

    def __init__(self, reading: RecordText) -> None:
        specs = IrregularService.specs()
        self._reading = reading
        self.category = worded(reading.book.store, specs["category"]).word
        self.finding = specs["found_in"].word

    def project(self, id: str) -> str:
        """The name of a project, or its id where it is not here."""
        found = self._reading.book.find(id)
        return clean(found.title()) if found is not None else id


class GroupLine(NamedTuple):
    """A group of a report: its name, how many, and in whole percent its share and the total."""

    name: str
    cases: int
    percent: int
    up_to: int


def lines(parts: Sequence[GroupPart], name: Callable[[str], str]) -> list[GroupLine]:
    """A line for each group, as a Pareto."""
    found = statistics.pareto([IrregularGroup(part.name, part.cases) for part in parts])
    return [
        GroupLine(_called(line.group, name), line.group.cases, line.percent, line.up_to)
        for line in found
    ]


def _called(group: IrregularGroup, name: Callable[[str], str]) -> str:
    if group.name == statistics.OTHERS:
        return str(TOGETHER)
    return name(group.name) if group.name else str(UNNAMED)


def _groups(parts: Sequence[GroupPart], name: Callable[[str], str]) -> list[Row]:
    """A row for each group, with a bar."""
    most = max((part.cases for part in parts), default=0)
    return [
        {
            "name": line.name,
            "cases": str(line.cases),
            "share": f"{line.percent}%",
            "up_to": f"{line.up_to}%",
            "bar": BAR * ((line.cases * CELLS + most - 1) // most),
        }
        for line in lines(parts, name)
    ]
