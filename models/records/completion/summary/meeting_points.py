"""The points of the summary meeting, each with what the records say of it. Clause: 6.1.

They are those of the manual: completion, completion rate of the plan, quality, left-overs,
self-assessment, opinions and suggestions.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from models.derived import figures
from models.derived.figures import NOT_ASSESSABLE, Kept
from models.records.completion.summary.project_summary import ProjectSummary
from models.records.completion.summary.self_assessment import MOST
from models.records.completion.summary.summary_content import SummaryContent
from models.records.completion.targets.target_content import VERDICTS
from models.text.words import W, say, several

COMPLETION = W("项目完成情况", "Completion")
PLAN = W("计划完成率", "Completion rate of the plan")
QUALITY = W("项目质量", "Quality")
LEFT = W("遗留问题", "Left-overs")
SELF = W("自我评价", "Self-assessment")
OPINIONS = W("意见和建议", "Opinions and suggestions")
MILESTONES = W("里程碑完成 {done}/{all}", "milestones done: {done} of {all}")
VALUE = W("{label} {value}", "{label} {value}")
CASES = W("{label} {value}（n={n}）", "{label} {value} (n={n})")
WHY = W("{said}（{why}）", "{said} ({why})")
NO_PLAN = W("期内没有到期的计划任务", "no planned task fell due in the period")
NO_MILESTONES = W("期内没有到期的里程碑", "no milestone was due in the period")
TARGETS = W("质量目标：{all}", "quality targets: {all}")
VERDICT = W("{name} {verdict}", "{name} {verdict}")
LEFT_SAID = W("{n} 项，其中 {open} 项无人负责", "{n}, of which nobody is in charge of {open}")
MEAN = W("平均 {mean}/{most}", "mean {mean} of {most}")
NONE = W("无", "none")
PLAN_FIGURES = ("plan.due", "plan.on_time")
QUALITY_FIGURES = (
    *("survey.rate", "complaint.received", "incident.all", "irregular.found"),
    *("service.major", "trends.first_time", "trends.passed"),
)
"""Those that say how good the service was, as far as the program has them."""


class MeetingPoint(NamedTuple):
    """A point of the agenda, with what is known of it before the meeting."""

    label: W
    text: str


def points(summary: ProjectSummary, data: SummaryContent) -> Iterator[MeetingPoint]:
    """The agenda, filled in."""
    every, done = len(data.milestones), len(data.done)
    first = say(MILESTONES, done=done, all=every) if every else str(NO_MILESTONES)
    planned = [name for name in PLAN_FIGURES if name in data.kept]
    yield MeetingPoint(COMPLETION, several([first, *_values(data, planned)]))
    yield MeetingPoint(PLAN, rate_said(data.kept.get("plan.rate")))
    yield MeetingPoint(QUALITY, "\n".join(_quality(data)))
    free = [one for one in data.left if not one.in_charge]
    left = say(LEFT_SAID, n=len(data.left), open=len(free)) if data.left else str(NONE)
    yield MeetingPoint(LEFT, left)
    mean = data.mean
    scored = say(MEAN, mean=mean, most=MOST) if mean is not None else str(NOT_ASSESSABLE)
    yield MeetingPoint(SELF, scored)
    yield MeetingPoint(OPINIONS, summary.opinions or str(NONE))


def rate_said(one: Kept | None) -> str:
    """The completion rate with its cases, or why there is none."""
    if one is None or one.value is None:
        return say(WHY, said=NOT_ASSESSABLE, why=NO_PLAN)
    return say(CASES, label="", value=f"{one.value}%", n=one.n).strip()


def _quality(data: SummaryContent) -> Iterator[str]:
    yield several(_values(data, QUALITY_FIGURES))
    verdicts = [
        say(VERDICT, name=one.name, verdict=VERDICTS.get(one.verdict, one.verdict))
        for one in data.targets
    ]
    if verdicts:
        yield say(TARGETS, all=several(verdicts))


def _values(data: SummaryContent, names: Sequence[str]) -> Iterator[str]:
    for name in names:
        one, kind = data.kept.get(name), figures.known(name)
        if kind is not None:
            value = figures.value_text(kind, one.value if one is not None else None)
            word = CASES if one is not None and kind.unit and one.value is not None else VALUE
            yield say(word, label=kind.label, value=value, n=one.n if one is not None else 0)
