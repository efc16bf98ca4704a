"""The service report as a workbook: figures, weeks and work in sheets, with charts of their own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from models.derived import compiled
from models.derived.figures import NOT_ASSESSABLE
from models.records.statistics.service.service_content import NOT_YET, ServiceContent
from models.text.words import W, say
from tui.areas.checks.service_report_document import part_row
from tui.documents.frame import DocumentSubject
from tui.documents.record_text import RecordText
from tui.spreadsheets.exporting.charted_workbook import Cell, ChartedSheet, charted, figure_sheet

TITLE = W("{project} {quarter}", "{project} {quarter}")


def write(path: Path, reading: RecordText, subject: DocumentSubject) -> None:
    """Write the report to a file; every number is the one that page and paper have."""
    told: ServiceContent = compiled.content(reading.book, subject.about).data
    title = say(TITLE, project=told.project.name, quarter=told.quarter)
    with charted(path, title) as made:
        made.table(_figures(told))
        made.columns(_weeks(told), 1, 2, line=3)
        work = _work(told)
        made.stacked_bars(work, *range(1, len(work.columns) - 1))
        for name, cells in _lists(reading, told):
            made.table(ChartedSheet(name, *cells))


def _figures(told: ServiceContent) -> ChartedSheet:
    known = {one.name.partition(".")[0] for one in told.figures}
    missing = [word for family, word in NOT_YET.items() if family not in known]
    more: list[list[Cell]] = [[str(word), str(NOT_ASSESSABLE), "", 0, "", None] for word in missing]
    return figure_sheet(W("服务指标", "Figures"), told.figures, *more)


def _weeks(told: ServiceContent) -> ChartedSheet:
    columns = (
        *((W("周", "Week"), 12), (W("新发", "Opened"), 10)),
        *((W("关闭", "Closed"), 10), (W("未结", "Open"), 10)),
    )
    rows: list[list[Cell]] = [[one.week, one.opened, one.closed, one.open] for one in told.weeks]
    return ChartedSheet(W("每周问题", "Problems by week"), columns, rows)


def _work(told: ServiceContent) -> ChartedSheet:
    columns = (
        *((W("工作", "Work"), 32), (W("按时", "In time"), 10), (W("迟", "Late"), 10)),
        *((W("未做", "Not done"), 10), (W("未同步", "Not synced"), 10), (W("应做", "Due"), 10)),
    )
    rows: list[list[Cell]] = [
        [one.name, one.in_time, one.late, one.missing, one.unsynced, one.due] for one in told.checks
    ]
    return ChartedSheet(W("例行工作", "Routine work"), columns, rows)


def _lists(
    reading: RecordText, told: ServiceContent
) -> Sequence[tuple[W, tuple[Sequence[tuple[W, int]], Sequence[Sequence[Cell]]]]]:
    """The lists of the quarter, as the paper has them."""
    number, state, due = W("编号", "Number"), W("状态", "State"), W("要求完成日期", "Due")
    subject = W("事项", "Subject")
    asked = (
        (W("重大故障", "Major faults"), told.faults, (("phenomenon", subject, 60),)),
        (W("问题报告", "Problem reports"), told.reports, (("subject", subject, 50),)),
        (
            W("纠正与预防措施", "Corrective actions"),
            told.actions,
            (("subject", subject, 40), ("sort", W("类别", "Kind"), 12), ("due", due, 14)),
        ),
        (
            W("备件评估", "Spare parts"),
            told.parts,
            (
                *(("part", W("备件", "Part"), 24), ("stock", W("库存", "Stock"), 8)),
                *(("safety", W("安全库存", "Safety"), 10), ("used", W("用量", "Used"), 8)),
                *(("verdict", W("结论", "Verdict"), 12), ("action", W("处置", "Action"), 24)),
            ),
        ),
    )
    found = []
    for name, some, fields in asked:
        columns = [(number, 22), *((word, wide) for _, word, wide in fields), (state, 14)]
        rows: list[list[Cell]] = []
        for one in some:
            row = part_row(reading, one)
            rows.append([row["number"], *(row.get(key, "") for key, _, _ in fields), row["state"]])
        found.append((name, (columns, rows)))
    return found
