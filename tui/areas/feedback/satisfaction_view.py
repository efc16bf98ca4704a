"""Satisfaction view: follow-ups by period, project and question, as bars with their numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Literal

from models.derived.figures import FigureKind, kinds
from models.records.feedback.surveys import statistics
from models.records.feedback.surveys.content import FAMILY
from models.records.feedback.surveys.overview import Overview, SurveyLine
from models.records.feedback.surveys.statistics import AnswerTally, SurveyFigures
from models.records.feedback.surveys.survey_answer import FIVE
from models.text.words import W, say
from tui.display.parts import Span, TextPart
from tui.display.terminal_text import cut, pad
from tui.widgets.drawing.bar_chart import bar

if TYPE_CHECKING:
    from models.book.book import Book

SUMS = W(
    "满意率 {rate}；总体评价 {overall}；回收率 {response}；不满意 {unmet}",
    "Satisfaction {rate}; overall {overall}; response rate {response}; dissatisfied {unmet}",
)
SHARE = W("{percent}%（n={n}）", "{percent}% (n={n})")
NONE = W("不可评定（n=0）", "not assessable (n=0)")
SURVEYS, PERIODS = W("各次回访", "Follow-ups"), W("按期间", "By period")
PROJECTS, QUESTIONS = W("按项目", "By project"), W("按问题", "By question")
NOTHING = W("这段时间没有服务期结束的回访。", "No follow-up of a service that ended in this time.")
NO_ANSWERS = W("还没有答案。", "No answers yet.")
WEAKEST = W("最弱", "weakest")
LEVELS_NOTE = W(
    "每个问题后依次为 {levels} 的个数，| 后是不适用，不计入",
    "behind each question: the number of {levels}; behind | those not applicable, not counted",
)
HOW = W("计算方法", "How this is calculated")
FORMULA = W("{label}：{formula}（第 {version} 版）", "{label}: {formula} (version {version})")
LINE = W("{day}  {project}", "{day}  {project}")
NAME = 24
"""Most cells of a name."""
TAIL = 16
"""Cells of a share behind its bar."""
AFTER = 20
"""Cells of the counts that follow it."""
GOOD, FAIR = 90, 75
"""Percent from which a rate is shown as good, and below which as bad."""

Tone = Literal["", "good", "bad", "warn", "muted", "label"]


def tone_of(percent: int | None) -> Tone:
    """How a rate is shown."""
    if percent is None:
        return "muted"
    return "good" if percent >= GOOD else "warn" if percent >= FAIR else "bad"


def share(percent: int | None, n: int) -> str:
    """A rate with its cases, or that there are none."""
    return str(NONE) if percent is None else say(SHARE, percent=percent, n=n)


def summary(counted: SurveyFigures) -> TextPart:
    """Everything in one sentence."""
    whole = counted.whole
    text = say(
        SUMS,
        rate=share(whole.rate, whole.n),
        overall=share(counted.overall.rate, counted.overall.n),
        response=share(counted.response_rate, counted.asked),
        unmet=whole.unmet,
    )
    return TextPart(text, style="title")


class SatisfactionView:
    """Draws an overview for so many cells."""

    def __init__(self, book: Book, found: Overview, names: Mapping[str, str], room: int) -> None:
        self.book, self.found, self.names, self.room = book, found, names, room

    def parts(self) -> list[TextPart]:
        """Sums, follow-ups, periods, projects, questions, and how it is calculated."""
        found = self.found
        if not found.lines:
            return [TextPart(NOTHING, style="muted"), *formulas()]
        return [
            summary(found.whole),
            TextPart(SURVEYS, head=True),
            *map(self._survey, found.lines),
            TextPart(PERIODS, head=True),
            *self._bars((name, one) for name, one in found.periods.items()),
            TextPart(PROJECTS, head=True),
            *self._bars((self.names.get(id, id), one) for id, one in found.projects.items()),
            TextPart(QUESTIONS, head=True),
            *questions(self.book, found.whole, self.room),
            *formulas(),
        ]

    def _survey(self, line: SurveyLine) -> TextPart:
        survey, project = line.survey, str(line.survey.project)
        name = say(LINE, day=survey.service_to, project=self.names.get(project, project))
        spans = rate_bar(name, line.counted.whole, self.room, NAME + 12)
        state = survey.kind.state(survey.state)
        return TextPart([*spans, (f" {state.label}", state.tone)], f"survey:{survey.id}", clip=True)

    def _bars(self, some: Iterable[tuple[str, SurveyFigures]]) -> Iterator[TextPart]:
        for name, counted in some:
            yield TextPart(rate_bar(name, counted.whole, self.room, NAME), clip=True)


def rate_bar(name: str, tally: AnswerTally, room: int, most: int) -> list[Span]:
    """A name, a bar of its rate, and the number."""
    cells = max(room - most - TAIL - AFTER, 4)
    return [
        (cut(name, most, padded=True) + " ", "label"),
        (bar(tally.rate or 0, 100, cells), tone_of(tally.rate)),
        (f" {pad(share(tally.rate, tally.n), TAIL)}", "" if tally.n else "muted"),
    ]


def questions(book: Book, counted: SurveyFigures, room: int) -> Iterator[TextPart]:
    """Each question with its rate and how often each level was given; the weakest are marked."""
    if not counted.questions:
        yield TextPart(NO_ANSWERS, style="muted", indent=2)
        return
    weak = {one.code for one in counted.weakest}
    for one in counted.questions:
        name = str(statistics.question_word(book.store, one.code))
        spans = rate_bar(name, one, room, NAME - 4)
        spans.append((f" {'/'.join(map(str, one.counts))}|{one.na}", "muted"))
        if one.code in weak:
            spans.append((f"  {WEAKEST}", "warn"))
        yield TextPart(spans, clip=True)
    levels = "/".join(str(W(zh, en)) for _, zh, en in FIVE)
    yield TextPart(say(LEVELS_NOTE, levels=levels), style="muted", indent=2)


def formulas() -> list[TextPart]:
    """How it is calculated."""
    return [
        TextPart(HOW, head=True),
        *(TextPart(_formula(kind), style="muted", indent=2) for kind in kinds(FAMILY)),
    ]


def _formula(kind: FigureKind) -> str:
    return say(FORMULA, label=kind.label, formula=kind.formula, version=kind.version)
