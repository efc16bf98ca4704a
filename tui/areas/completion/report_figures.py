"""Figures of a report: from the page of a record to its figures, and the records behind each."""

from __future__ import annotations

from models.derived import compiled
from models.text.words import Refused, W, say
from tui.pages import registry
from tui.pages.records.record_actions import RecordHolder, target
from tui.widgets.action_group import ActionGroup, runs
from tui.widgets.commands import Command

FIGURES = Command(
    id="record.figures",
    word=W("指标", "Figures"),
    help=W(
        "报告的各项指标：算法、件数、所据记录",
        "each figure of a report: formula, cases, records behind",
    ),
    keys="percent_sign",
)
PAGE = "tui.pages.figures.figures_page:FiguresPage"
"""By name: the page is loaded when it is opened, not with the first page of every start."""
NONE = W(
    "{type}没有指标。项目总结、质量目标考核、运维服务报告等有指标。",
    "{type}: no figures. Summaries, target assessments, service reports and the like have some.",
)
OF = W("{number}  {first} – {last}", "{number}  {first} – {last}")


class ReportFigures(ActionGroup[RecordHolder]):
    """Opens the figures of the days that the chosen report is about, as they are now."""

    @runs(FIGURES)
    def figures(self) -> None:
        """The figures of its projects and days. Raises `Refused` for what has none."""
        record, book = target(self.page), self.page.book
        found = compiled.of(record.type).scope if record.kind.compiled else None
        if found is None:
            raise Refused(NONE, type=record.kind.label)
        scope = found(book, record)
        name = say(OF, number=record.number, first=scope.first, last=scope.last)
        self.page.site_app.push_screen(registry.load(PAGE)(scope, name))
