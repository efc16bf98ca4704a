"""One follow-up: its sample, its answers, what was said, what came of it; as filed, where it is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from textual import on
from textual.app import ComposeResult

from models.derived import compiled
from models.records.feedback.surveys import content, filed_survey, sampling
from models.records.feedback.surveys.content import SurveyContent
from models.records.feedback.surveys.statistics import AnswerTally, SurveyFigures
from models.records.feedback.surveys.survey import Survey
from models.text.words import W, say
from tui.areas.feedback.satisfaction_view import questions, rate_bar, summary
from tui.display.parts import Span, TextPart
from tui.display.values import Values
from tui.pages.base import Page
from tui.pages.records.record_actions import RecordActions
from tui.widgets.document_view import DocumentView

TITLE = W("回访统计  {number}  {project}", "Follow-up  {number}  {project}")
SAMPLE = W("样本", "Sample")
DRAWN = W(
    "总体 {population}，抽中 {size}；已答复 {answered}，联系不上 {unreachable}，"
    "不愿答复 {declined}，已替换 {replaced}",
    "population {population}, drawn {size}; answered {answered}, not reached {unreachable},"
    " declined {declined}, replaced {replaced}",
)
NOT_DRAWN = W("还没有抽样。", "Not drawn yet.")
SEED = W("种子 {seed}：按它重抽，结果一致", "seed {seed}: drawn again by it, the same")
BAD_SEED = W("种子 {seed} 与总体不符，请重新抽样", "the seed {seed} is not that of the population")
QUESTIONS, ANALYSIS = W("按问题", "By question"), W("统计分析与结论", "Analysis")
TREND, SUGGESTIONS = W("与往期比较", "Compared with before"), W("改进建议", "Suggestions")
DISPLEASED = W("不满意的答复  {n}", "Dissatisfied: {n}")
NO_COMPLAINT = W("待开投诉", "no complaint yet")
LATER = W("备案之后的变化", "After filing")
FILED = W("已备案，数据校验 {sum}", "filed; checksum of the data {sum}")
NO_ACTION = W("还没有措施", "no action yet")
NOW = W("本次", "this one")
NOTHING = W("无", "none")
SUM = 16
MOST = 8
"""People of a list that are named."""


class SurveyPage(Page):
    """The statistics of one follow-up; Enter opens the record of a line."""

    actions = (RecordActions,)
    AUTO_FOCUS = "DocumentView"

    def __init__(self, survey: str) -> None:
        super().__init__()
        self.survey = survey
        self.drawn_for: int | None = None
        """The width that it was drawn for."""

    def heading(self) -> str:
        """Which follow-up."""
        record = self.book.get(self.survey)
        project = self.book.find(str(record.project))
        name = project.title() if project is not None else ""
        return say(TITLE, number=record.number, project=name)

    def body(self) -> ComposeResult:
        """One leaf."""
        yield DocumentView(id="survey")

    def look(self) -> None:
        """Count again."""
        record = self.book.get(self.survey)
        assert isinstance(record, Survey)
        self.drawn_for = self.size.width
        room = max(self.size.width - 6, 20)
        self.query_one(DocumentView).look(list(self._parts(record, room)))

    def on_resize(self) -> None:
        """Bars are as long as the window lets them be."""
        super().on_resize()
        if self.drawn_for not in (None, self.size.width):
            self.call_after_refresh(self.look)

    def chosen(self) -> str | None:
        """The follow-up itself."""
        return self.survey

    @on(DocumentView.Opened)
    def _opened(self, event: DocumentView.Opened) -> None:
        event.stop()
        id = event.id.partition(":")[2]
        self.site_app.open_record(id)

    # -- drawing -------------------------------------------------------------------------------

    def _parts(self, record: Survey, room: int) -> Iterator[TextPart]:
        kept: SurveyContent | None = None
        if compiled.is_issued(record):
            kept, fault = compiled.kept(record)
            if fault is not None:
                yield TextPart(fault, style="bad")
        counted = filed_survey.figures_now(self.book, record)
        yield summary(counted)
        checksum = filed_survey.checksum(record)
        if checksum:
            yield TextPart(say(FILED, sum=checksum[:SUM]), style="good")
        yield from self._later(record)
        yield TextPart(SAMPLE, head=True)
        yield from self._sample(record, counted)
        yield TextPart(QUESTIONS, head=True)
        yield from questions(self.book, counted, room)
        yield from self._displeased(record)
        yield TextPart(SUGGESTIONS, head=True)
        yield from self._suggestions(record, kept)
        yield TextPart(TREND, head=True)
        yield from self._trend(record, kept, counted.whole, room)
        if record.analysis:
            yield TextPart(ANALYSIS, head=True)
            yield TextPart(record.analysis, f"record:{record.id}", indent=2)

    def _later(self, record: Survey) -> Iterator[TextPart]:
        """What came after it was filed."""
        news = compiled.news(self.book, record)
        if news:
            yield TextPart(LATER, head=True)
        values = Values(self.workspace)
        for one in news:
            when = f"{values.short(one.at)}  " if one.at is not None else ""
            spans: list[Span] = [(when, "muted"), (str(one.what), "warn")]
            spans.append((f"  {one.number}", "muted"))
            yield TextPart(spans, f"record:{one.record}", indent=2)
            for _, text in one.texts:
                yield TextPart(text, indent=4)

    def _sample(self, record: Survey, counted: SurveyFigures) -> Iterator[TextPart]:
        found = sampling.sample_of(record)
        if found is None:
            yield TextPart(NOT_DRAWN, style="muted", indent=2)
            return
        numbers = {
            name: getattr(counted, name)
            for name in ("answered", "unreachable", "declined", "replaced")
        }
        text = say(DRAWN, population=len(found.population), size=found.size, **numbers)
        yield TextPart(text, indent=2)
        true = found.is_true(record.id)
        tone: Any = "muted" if true else "bad"
        yield TextPart(say(SEED if true else BAD_SEED, seed=found.seed), style=tone, indent=2)

    def _displeased(self, record: Survey) -> Iterator[TextPart]:
        ids = content.dissatisfied(self.book, record)
        if not ids:
            return
        open_ = set(content.without_complaint(self.book, record, ids))
        yield TextPart(say(DISPLEASED, n=len(ids)), head=True)
        for id in ids[:MOST]:
            person = self.book.get(id)
            spans: list[Span] = [(f"{person.title()}  {person.number}", "")]
            if person.number in open_:
                spans.append((f"  {NO_COMPLAINT}", "warn"))
            yield TextPart(spans, f"record:{id}", indent=2, clip=True)
        if len(ids) > MOST:
            yield TextPart("…", style="muted", indent=2)

    def _suggestions(self, record: Survey, kept: SurveyContent | None) -> Iterator[TextPart]:
        found = kept.suggestions if kept is not None else content.suggestions(self.book, record)
        for one in found:
            action: Span = (f"  {one.action}", "good") if one.action else (f"  {NO_ACTION}", "warn")
            more: list[Span] = [(f"  {one.owner} {one.due or ''}", "muted")] if one.owner else []
            spans: list[Span] = [(" ".join(one.text.split()), ""), action, *more]
            yield TextPart(spans, f"record:{one.id}", indent=2)
        if not found:
            yield TextPart(NOTHING, style="muted", indent=2)

    def _trend(
        self, record: Survey, kept: SurveyContent | None, now: AnswerTally, room: int
    ) -> Iterator[TextPart]:
        before = kept.trend if kept is not None else content.trend(self.book, record)
        yield TextPart(rate_bar(f"{record.service_to}  {NOW}", now, room, 24), clip=True)
        for one in before:
            tally = AnswerTally("", (0, one.met, one.n - one.met, 0, 0))
            name = f"{one.service_to}  {one.project}"
            yield TextPart(rate_bar(name, tally, room, 24), f"record:{one.id}", clip=True)
        if not before:
            yield TextPart(NOTHING, style="muted", indent=2)
