"""The report on irregular services as a workbook: a Pareto for each grouping, drawn natively.

The numbers are those of page and paper. Whose services they were is added for a person who may
read the names, in the file that this person makes; no other sheet has a name.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from models.derived import compiled
from models.records.nonconformity.corrective_action import CorrectiveAction
from models.records.nonconformity.irregular import irregular_statistics as statistics
from models.records.nonconformity.irregular.irregular_content import GroupPart, IrregularContent
from models.text.words import W, say
from tui.areas.nonconformity import irregular_document
from tui.areas.nonconformity.irregular_document import ALL, GroupNamer
from tui.documents.frame import DocumentSubject
from tui.documents.record_text import RecordText
from tui.spreadsheets.exporting.charted_workbook import ChartedSheet, charted, figure_sheet

TITLE = W("{scope} {first} – {last}", "{scope} {first} – {last}")
PEOPLE = W("按人员", "By person")
_GROUPED = (
    *((W("分组", "Group"), 34), (W("件数", "Cases"), 10)),
    *((W("占比 %", "Share %"), 10), (W("累计 %", "Total %"), 10)),
)
_NUMBER = W("编号", "Number")


def write(path: Path, reading: RecordText, subject: DocumentSubject) -> None:
    """Write the report to a file."""
    told: IrregularContent = compiled.content(reading.book, subject.about).data
    names = GroupNamer(reading)
    scope = names.project(told.project) if told.project else str(ALL)
    with charted(path, say(TITLE, scope=scope, first=told.first, last=told.last)) as made:
        made.table(figure_sheet(W("指标", "Figures"), told.figures))
        made.pareto(_grouped(W("按类别", "By category"), told.categories, names.category), 1, 3)
        made.pareto(_grouped(W("按项目", "By project"), told.by_project, names.project), 1, 3)
        found_in = W("按发现方式", "By how they were found")
        made.pareto(_grouped(found_in, told.findings, names.finding), 1, 3)
        made.columns(_grouped(W("按月份", "By month"), told.months, str), 1)
        people = _people(reading, told)
        if people:
            made.pareto(_grouped(PEOPLE, people, reading.book.people.name), 1, 3)
        made.table(_cases(told, names))
        made.table(_actions(told))


def _grouped(title: W, parts: Sequence[GroupPart], name: Callable[[str], str]) -> ChartedSheet:
    return ChartedSheet(title, _GROUPED, irregular_document.lines(parts, name))


def _people(reading: RecordText, told: IrregularContent) -> list[GroupPart]:
    """Whose the counted services were, as the reader may know; [] for everybody else."""
    known = statistics.by_person(reading.book, statistics.numbered(reading.book, told.numbers))
    return [GroupPart(group.name, group.cases) for group in known or ()]


def _cases(told: IrregularContent, names: GroupNamer) -> ChartedSheet:
    columns = (
        *((_NUMBER, 22), (W("类别", "Category"), 26)),
        *((W("产生原因", "Cause"), 40), (W("纠正情况", "Correction"), 40)),
    )
    rows = [
        [
            one.number,
            names.category(one.category) if one.category else "",
            one.cause,
            one.correction,
        ]
        for one in told.cases
    ]
    return ChartedSheet(W("各项情况", "Cases"), columns, rows)


def _actions(told: IrregularContent) -> ChartedSheet:
    columns = (
        *((_NUMBER, 22), (W("事项", "Subject"), 50)),
        *((W("要求完成日期", "Due"), 14), (W("状态", "State"), 14)),
    )
    kind = CorrectiveAction.kind
    rows = [
        [one.number, one.subject, one.due, str(kind.state(one.state).label)] for one in told.actions
    ]
    return ChartedSheet(W("纠正与预防措施", "Corrective actions"), columns, rows)
