"""The analysis report of a follow-up 质量回访分析报告: as it was filed, else as it is now."""

from __future__ import annotations

from typing import Any, cast

from models.derived import compiled
from models.derived.compiled import LaterNews
from models.derived.figures import NOT_ASSESSABLE
from models.records.feedback.surveys import filed_survey
from models.records.feedback.surveys.content import (
    QuotePart,
    SuggestionPart,
    SurveyContent,
    TrendPart,
)
from models.records.feedback.surveys.statistics import AnswerTally
from models.records.feedback.surveys.suggestion import Suggestion
from models.records.feedback.surveys.survey import Survey
from models.records.feedback.surveys.survey_answer import FIVE
from models.records.feedback.surveys.survey_response import SurveyResponse
from models.text.words import W, say, several
from tui.documents.frame import DocumentSubject
from tui.documents.layout import (
    ATTACHMENTS,
    BASICS,
    CUSTOMER,
    MOVES,
    PROJECT,
    DocumentColumn,
    DocumentLayout,
    DocumentProse,
    DocumentTable,
    Facts,
)
from tui.documents.record_text import RecordText, Row

SUMMARY = W(
    "总体 {population} 人，抽样 {size} 人，已答复 {answered} 人，回收率 {response}。"
    "有效评价 {n} 项，满意率 {rate}；总体评价满意率 {overall}；不满意的评价 {unmet} 项。",
    "Of {population} people, {size} were drawn and {answered} answered: response rate {response}."
    " Of {n} valid answers, satisfaction {rate}; overall satisfaction {overall}; dissatisfied"
    " answers: {unmet}.",
)
WEAKEST = W("满意率最低的问题：{names}。", "The lowest rates: {names}.")
SHARE = W("{percent}%（n={n}）", "{percent}% (n={n})")
SEED = W("{seed}（按此重抽，结果一致）", "{seed} (drawn again by it, the same)")
BAD_SEED = W("{seed}（与总体不符）", "{seed} (not that of the population)")
NOW = W("本次", "this one")
REMARK = W("关于{question}", "on {question}")
CELLS = 20
"""Signs of a full bar."""
FULL, REST = "█", "░"
QUESTION = DocumentColumn(W("问题", "Question"), "question", 5)
NUMBER = DocumentColumn(W("编号", "Number"), "number", 4)
RATE = DocumentColumn(W("满意率", "Satisfied"), "rate", 3)
N = DocumentColumn(W("有效", "Valid"), "n", 2)
BAR = DocumentColumn(W("图示", "Chart"), "bar", 7)

LAYOUT = DocumentLayout(
    W("质量回访分析报告", "Follow-up analysis report"),
    (
        Facts(
            BASICS,
            (
                (PROJECT, "project"),
                (CUSTOMER, "customer"),
                (W("服务期", "Service period"), "served"),
                (W("回访方式", "Ways to ask"), "channels"),
                (W("抽样方法", "Sampling"), "method"),
                (W("总体与样本", "Population, sample"), "drawn"),
                (W("抽样种子", "Seed"), "seed"),
                (W("回收率", "Response rate"), "response"),
                (W("状态", "State"), "state"),
                (W("数据校验", "Checksum of the data"), "checksum"),
            ),
        ),
        DocumentProse(W("概况", "Summary"), "summary"),
        DocumentTable(
            W("各问题满意率", "Satisfaction by question"), "rates", (QUESTION, RATE, N, BAR)
        ),
        DocumentTable(
            W("各问题评价分布", "Answers by question"),
            "questions",
            (
                QUESTION,
                *(DocumentColumn(W(zh, en), name, 4) for name, zh, en in FIVE),
                DocumentColumn(W("不适用", "n/a"), "na", 4),
            ),
        ),
        DocumentTable(
            W("与往期比较", "Compared with before"),
            "trend",
            (
                DocumentColumn(W("服务期至", "Service until"), "period", 4),
                DocumentColumn(W("项目", "Project"), "of", 6),
                RATE,
                N,
                BAR,
            ),
        ),
        DocumentProse(W("统计分析与结论", "Analysis"), "analysis"),
        DocumentTable(
            W("客户原话", "In their words"),
            "quotes",
            (
                NUMBER,
                DocumentColumn(W("关于", "About"), "about", 4),
                DocumentColumn(W("内容", "Text"), "text", 12),
            ),
        ),
        DocumentTable(
            W("改进建议与措施", "Suggestions and actions"),
            "suggestions",
            (
                DocumentColumn(W("建议", "Suggestion"), "text", 8),
                DocumentColumn(W("类别", "Kind"), "sort", 3),
                DocumentColumn(W("负责人", "Owner"), "owner", 3),
                DocumentColumn(W("完成日期", "Due"), "due", 4),
                DocumentColumn(W("措施编号", "Action"), "action", 5),
            ),
        ),
        DocumentProse(W("不满意答复的处理", "Complaints of dissatisfied answers"), "complaints"),
        DocumentTable(
            W("替换与样本外", "Replaced, outside the sample"),
            "replaced",
            (DocumentColumn(W("对象与原因", "Person and reason"), "text", 10),),
        ),
        DocumentTable(
            W("备案后的变化", "After filing"),
            "later",
            (
                DocumentColumn(W("时间", "When"), "at", 4),
                NUMBER,
                DocumentColumn(W("情况", "What"), "what", 4),
                DocumentColumn(W("内容", "Text"), "text", 9),
            ),
        ),
        MOVES,
        ATTACHMENTS,
    ),
)


def data(reading: RecordText, subject: DocumentSubject) -> dict[str, Any]:
    """The follow-up in the words of the report."""
    record = cast(Survey, subject.about)
    found = compiled.content(reading.book, record)
    content = cast(SurveyContent, found.data)
    counted, sample = content.counted, content.sample
    response = _share(counted.response_rate, counted.asked)
    whole = counted.whole
    summary = say(
        SUMMARY,
        population=sample.population,
        size=counted.asked,
        answered=counted.answered,
        response=response,
        n=whole.n,
        rate=_share(whole.rate, whole.n),
        overall=_share(counted.overall.rate, counted.overall.n),
        unmet=whole.unmet,
    )
    words = {one.code: one.word for one in content.questions}
    weakest = several(str(words[code]) for code in content.weakest)
    more = f"\n{say(WEAKEST, names=weakest)}" if weakest else ""
    seed = SEED if sample.is_true else BAD_SEED
    return {
        "served": f"{content.head.service_from or '…'} – {content.head.service_to}",
        "method": Survey.specs()["method"].word(sample.method),
        "drawn": f"{sample.population} / {sample.size}",
        "seed": say(seed, seed=sample.seed) if sample.seed else "",
        "response": response,
        "checksum": filed_survey.checksum(record),
        "summary": f"{found.fault}\n{summary}{more}" if found.fault else summary + more,
        "rates": [_rate(str(one.word), one.tally) for one in content.questions],
        "questions": [_counts(str(one.word), one.tally) for one in content.questions],
        "trend": [
            {**_rate(str(NOW), whole), "period": content.head.service_to, "of": content.head.name},
            *(_rate_of_before(one) for one in content.trend),
        ],
        "analysis": content.analysis,
        "quotes": [_quote(one, words) for one in content.quotes],
        "suggestions": [_suggestion(one) for one in content.suggestions],
        "complaints": several(content.complaints),
        "replaced": [{"text": text} for text in (*sample.replaced, *sample.outside)],
        "later": [_news(reading, one) for one in compiled.news(reading.book, record)],
    }


def _share(percent: int | None, n: int) -> str:
    return str(NOT_ASSESSABLE) if percent is None else say(SHARE, percent=percent, n=n)


def _bar(percent: int | None) -> str:
    full = round((percent or 0) * CELLS / 100)
    return FULL * full + REST * (CELLS - full)


def _rate(name: str, tally: AnswerTally) -> Row:
    percent = "" if tally.rate is None else f"{tally.rate}%"
    return {"question": name, "rate": percent, "n": str(tally.n), "bar": _bar(tally.rate)}


def _counts(name: str, tally: AnswerTally) -> Row:
    counts = {level: str(n) for (level, *_), n in zip(FIVE, tally.counts, strict=True)}
    return {"question": name, **counts, "na": str(tally.na)}


def _rate_of_before(one: TrendPart) -> Row:
    percent = "" if one.rate is None else f"{one.rate}%"
    row = {"period": one.service_to, "of": one.project}
    return {**row, "rate": percent, "n": str(one.n), "bar": _bar(one.rate)}


def _quote(one: QuotePart, words: dict[str, W]) -> Row:
    spec = SurveyResponse.specs().get(one.field)
    about = str(spec.label) if spec else say(REMARK, question=words.get(one.field, one.field))
    return {"number": one.number, "about": about, "text": one.text}


def _suggestion(one: SuggestionPart) -> Row:
    sort = Suggestion.specs()["sort"].word(one.sort)
    state = str(Suggestion.kind.state(one.state).label)
    return {
        "text": one.text,
        "sort": sort,
        "owner": one.owner,
        "due": one.due or "",
        "action": one.action or state,
    }


def _news(reading: RecordText, one: LaterNews) -> Row:
    return {
        "at": reading.moment(one.at),
        "number": one.number,
        "what": str(one.what),
        "text": "\n".join(text for _, text in one.texts),
    }
