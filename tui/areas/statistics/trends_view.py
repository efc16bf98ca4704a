"""Trends view: bars with their numbers, and the formulas below."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from models.derived.figures import FigureKind, kinds
from models.records.problems.escalation_board import AGES
from models.records.statistics.figures import FAMILY
from models.records.statistics.stage_times import StageTime
from models.records.statistics.trends import Point, Share, Trends
from models.text.words import W, say
from tui.display.parts import Span, TextPart
from tui.display.terminal_text import cut, pad, width
from tui.pages.records.decision_history import worked
from tui.widgets.drawing.bar_chart import bar

OPENED, CLOSED, OPEN = W("新发", "opened"), W("关闭", "closed"), W("未结", "open")
FIRST_TIME, PASSED = W("一次解决率", "first-time fix"), W("检查合格率", "checks ok")
WEEK = W("周", "week")
PROBLEMS = W("每周的问题", "Problems by week")
SHARES = W("每周的比率（n 为件数或项数）", "Shares by week (n = cases or items)")
AGE_HEAD = W("现在未结问题的时长  共 {n} 件", "Age of the problems open now: {n}")
UP_TO, BEYOND = W("{n} 天内", "up to {n} days"), W("超过 {n} 天", "over {n} days")
NO_CASES = W("无", "none")
OF = W("{percent}%  n={n}", "{percent}%  n={n}")
SUMS = W(
    "合计：新发 {opened}，关闭 {closed}，一次解决率 {first}，检查合格率 {passed}",
    "Total: opened {opened}, closed {closed}, first-time fix rate {first}, checks ok {passed}",
)
SLOW = W("各环节用时（工作时间中位数）", "Time at each stage (median of working time)")
STAGE = W("{type}·{state}", "{type}: {state}")
TOOK = W("{time}  n={n}", "{time}  n={n}")
HOW = W("计算方法", "How this is calculated")
FORMULA = W("{label}：{formula}（第 {version} 版）", "{label}: {formula} (version {version})")
LEAST = 4
"""Weeks that are shown even if nothing happened in them."""
SLOWEST = 10
"""Stages that are listed."""
GOOD = 90
"""Percent from which a share is shown as good."""

Tone = Literal["", "good", "bad", "warn", "muted", "label"]


class TrendsView:
    """Draws trends for so many cells."""

    def __init__(self, found: Trends, slow: Sequence[StageTime], room: int) -> None:
        self.points = _lived(found.points)
        self.ages = found.ages
        self.slow = slow[:SLOWEST]
        self.room = room

    def parts(self) -> list[TextPart]:
        """Sums, problems, ages, shares, and how it is calculated."""
        return [
            TextPart(self._sums(), style="title"),
            TextPart(PROBLEMS, head=True),
            *self._problems(),
            TextPart(say(AGE_HEAD, n=sum(self.ages)), head=True),
            *self._ages(),
            TextPart(SHARES, head=True),
            *self._shares(),
            *self._stages(),
            TextPart(HOW, head=True),
            *(TextPart(_formula(kind), style="muted", indent=2) for kind in kinds(FAMILY)),
        ]

    def _sums(self) -> str:
        return say(
            SUMS,
            opened=sum(point.opened for point in self.points),
            closed=sum(point.closed for point in self.points),
            first=said(_sum(point.first_time for point in self.points)),
            passed=said(_sum(point.passed for point in self.points)),
        )

    def _problems(self) -> list[TextPart]:
        """Opened and closed as bars side by side, and what was open."""
        most = max([1, *(max(point.opened, point.closed) for point in self.points)])
        cells = max((self.room - 30) // 2, 4)
        names = _columns((WEEK, 6), (OPENED, cells + 6), (CLOSED, cells + 6), (OPEN, 6))
        rows = [TextPart(names, style="label", clip=True)]
        for point in self.points:
            spans: list[Span] = [
                (pad(point.week[5:], 6), "label"),
                (bar(point.opened, most, cells), "warn"),
                (f" {point.opened:<5}", ""),
                (bar(point.closed, most, cells), "good"),
                (f" {point.closed:<5}", ""),
                (str(point.open), "bad" if point.open else "muted"),
            ]
            rows.append(TextPart(spans, f"week:{point.week}", clip=True))
        return rows

    def _ages(self) -> list[TextPart]:
        """How many are how old."""
        names = [say(UP_TO, n=n) for n in AGES] + [say(BEYOND, n=AGES[-1])]
        cells, most = max(self.room - 24, 4), max([1, *self.ages])
        tones: list[Tone] = ["good", "", "", "warn", "bad"]
        rows = []
        for name, count, tone in zip(names, self.ages, tones, strict=True):
            spans: list[Span] = [
                (pad(name, 14), "label"),
                (bar(count, most, cells), tone),
                (f" {count}", ""),
            ]
            rows.append(TextPart(spans, clip=True))
        return rows

    def _stages(self) -> list[TextPart]:
        """Where work stands the longest."""
        if not self.slow:
            return []
        rows = [TextPart(SLOW, head=True)]
        cells, most = max(self.room - 44, 4), max(stage.worked for stage in self.slow)
        for stage in self.slow:
            name = say(STAGE, type=stage.kind.label, state=stage.state.label)
            spans: list[Span] = [
                (cut(name, 24, padded=True) + " ", "label"),
                (bar(stage.worked, most, cells), "warn"),
                (f" {say(TOOK, time=worked(stage.worked), n=stage.n)}", ""),
            ]
            rows.append(TextPart(spans, clip=True))
        return rows

    def _shares(self) -> list[TextPart]:
        """Both shares as bars, with their cases."""
        cells = max((self.room - 38) // 2, 4)
        names = _columns((WEEK, 6), (FIRST_TIME, cells + 16), (PASSED, cells + 16))
        rows = [TextPart(names, style="label", clip=True)]
        for point in self.points:
            spans: list[Span] = [(pad(point.week[5:], 6), "label")]
            for share in (point.first_time, point.passed):
                tone: Tone = "good" if (share.percent or 0) >= GOOD else "warn"
                spans.append((bar(share.percent or 0, 100, cells), tone))
                spans.append((f" {pad(said(share), 15)}", "" if share.n else "muted"))
            rows.append(TextPart(spans, clip=True))
        return rows


def _formula(kind: FigureKind) -> str:
    return say(FORMULA, label=kind.label, formula=kind.formula, version=kind.version)


def _lived(points: list[Point]) -> list[Point]:
    """Without the weeks before anything happened, but some weeks in any case."""
    first = next((at for at, p in enumerate(points) if any(p[1:4]) or p.passed.n), len(points))
    return points[min(first, max(len(points) - LEAST, 0)) :]


def said(share: Share) -> str:
    """A share with its cases, or that there are none."""
    return str(NO_CASES) if share.percent is None else say(OF, percent=share.percent, n=share.n)


def _sum(shares: Iterable[Share]) -> Share:
    every = list(shares)
    return Share(sum(one.met for one in every), sum(one.n for one in every))


def _columns(*cells: tuple[W | str, int]) -> str:
    """Words in columns of so many cells."""
    return "".join(pad(str(word), max(most, width(str(word)) + 1)) for word, most in cells)
