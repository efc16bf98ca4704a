"""Statistics of irregular services on the screen: figures, and a Pareto of each grouping."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from models.derived.figures import Figure
from models.records.nonconformity.irregular import irregular_statistics as statistics
from models.records.nonconformity.irregular.irregular_statistics import IrregularGroup, ParetoLine
from models.text.words import W, say
from tui.display.parts import Span, TextPart
from tui.display.terminal_text import cut, pad
from tui.display.views import figure_text
from tui.widgets.drawing.bar_chart import bar

CATEGORIES = W("按类别", "By category")
PROJECTS = W("按项目", "By project")
MONTHS = W("按月份", "By month")
FINDINGS = W("按发现方式", "By how they were found")
PEOPLE = W("按人员（只有您这样有权的人能看到）", "By person (for those entitled, as you are)")
NONE = W("这段时间没有不规范服务。", "No irregular service in this time.")
FEW = W(
    "完成的任务只有 {n} 项，每百项的数值仅供参考。",
    "Only {n} tasks were done: the rate says little.",
)
TOGETHER = W("其他（少于 3 项）", "others (under three)")
UNNAMED = W("未填写", "not given")
SHARE = W("{percent}%  累计 {up_to}%", "{percent}%  total {up_to}%")
FORMULAS = W("计算方法", "How this is calculated")
FORMULA = W("{label}：{formula}（第 {version} 版）", "{label}: {formula} (version {version})")

Say = Callable[[str], str]


class IrregularNumbers(NamedTuple):
    """What is drawn."""

    figures: list[Figure]
    tasks: int
    categories: list[IrregularGroup]
    projects: list[IrregularGroup]
    months: list[IrregularGroup]
    findings: list[IrregularGroup]
    people: list[IrregularGroup] | None
    """None where the names may not be read; then small groups are merged already."""


class GroupNames(NamedTuple):
    """How the groups are called."""

    category: Say
    project: Say
    finding: Say
    person: Say


class IrregularView:
    """Draws them for so many cells."""

    def __init__(self, found: IrregularNumbers, names: GroupNames, room: int) -> None:
        self.found, self.names, self.room = found, names, room

    def parts(self) -> list[TextPart]:
        """Figures, groupings, formulas."""
        found, names = self.found, self.names
        parts = [self._figures()]
        if 0 < found.tasks < statistics.FEW_TASKS:
            parts.append(TextPart(say(FEW, n=found.tasks), style="warn"))
        if not found.categories:
            return [*parts, TextPart(""), TextPart(NONE, style="muted"), *self._formulas()]
        parts += self._groups(CATEGORIES, statistics.pareto(found.categories), names.category)
        parts += self._groups(PROJECTS, statistics.pareto(found.projects), names.project)
        parts += self._groups(FINDINGS, statistics.pareto(found.findings), names.finding)
        parts += self._groups(MONTHS, statistics.pareto(found.months), str, in_time=True)
        if found.people:
            parts += self._groups(PEOPLE, statistics.pareto(found.people), names.person)
        return [*parts, *self._formulas()]

    def _figures(self) -> TextPart:
        said = [
            f"{one.kind.label} {figure_text.said(one)}" for one in self.found.figures
        ]  # fmt: skip
        return TextPart("  ".join(said), style="title")

    def _groups(
        self, head: W, lines: Sequence[ParetoLine], name: Say, *, in_time: bool = False
    ) -> list[TextPart]:
        """A bar for each group with its number, its part and the parts so far."""
        most = max(line.group.cases for line in lines)
        wide = min(24, self.room // 3)
        cells = max(self.room - wide - 28, 4)
        parts = [TextPart(head, head=True)]
        for line in lines:
            called = self._called(line.group, name)
            share = f"{line.percent}%" if in_time else say(SHARE, **line._asdict())
            spans: list[Span] = [
                (pad(cut(called, wide), wide + 1), "label"),
                (bar(line.group.cases, most, cells), "warn"),
                (f" {line.group.cases:<4}", ""),
                (share, "muted"),
            ]
            parts.append(TextPart(spans, clip=True))
        return parts

    def _called(self, group: IrregularGroup, name: Say) -> str:
        if group.name == statistics.OTHERS:
            return str(TOGETHER)
        return name(group.name) if group.name else str(UNNAMED)

    def _formulas(self) -> list[TextPart]:
        parts = [TextPart(FORMULAS, head=True)]
        for one in self.found.figures:
            kind = one.kind
            text = say(FORMULA, label=kind.label, formula=kind.formula, version=kind.version)
            parts.append(TextPart(text, style="muted", indent=2))
        return parts
