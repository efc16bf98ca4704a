"""Question rows: the questions of a checklist as rows of a list, and all that is known of one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from models.book.log.transitions import Transition
from models.records.checks import limits, verdicts
from models.records.checks.questions import ChecklistQuestion, PastReading, Readings, last_of
from models.schema.record import Record
from models.schema.validation import canonical_number
from models.text.words import W, say
from tui.areas.checks.sheet.checklist_items import ChecklistRow
from tui.areas.checks.sheet.typed_reading import TypedReading
from tui.display.parts import Span, TextPart
from tui.display.parts import Style as Tone
from tui.display.row_layout import ListColumn
from tui.display.row_source import DisplayLine, ListRow
from tui.display.values import Values
from tui.widgets.grouped_list import GroupHead

COLUMNS = (
    ListColumn("result", W("结果", "Result"), 9),
    ListColumn("critical", W("!", "!"), 1, priority=4),
    ListColumn("text", W("检查内容", "Item"), 20, weight=1),
    ListColumn("reading", W("测量值", "Reading"), 10, priority=1, right=True),
    ListColumn("limits", W("限值", "Limits"), 13, priority=2),
    ListColumn("before", W("上次", "Last"), 8, priority=3, right=True),
)
RESULTS = {
    "ok": W("正常", "ok"),
    "not_ok": W("异常", "NOT OK"),
    "na": W("不适用", "n/a"),
    "unchecked": W("未检", "unchecked"),
    verdicts.OUT: W("超限", "OUT"),
    verdicts.UNREAD: W("缺测量值", "no value"),
    verdicts.FOREIGN: W("不属本表", "foreign"),
}
STYLES = {
    "not_ok": "error",
    "na": "muted",
    "unchecked": "warning",
    verdicts.OUT: "error",
    verdicts.UNREAD: "warning",
    verdicts.FOREIGN: "warning",
}
TONES: dict[str, Tone] = {"in": "good", "near": "warn", "out": "bad"}
NONE = W("-", "-")
NO_LIMITS = W("没有上下限", "no limits")
BACK = W("{who} 退回：{comment}", "Returned by {who}: {comment}")
CARET = "_"
CRITICAL = W("关键项", "critical")
NAMES = {
    "method": W("方法", "Method"),
    "expected": W("期望", "Expected"),
    "limits": W("限值", "Limits"),
    "reading": W("测量值", "Reading"),
    "before": W("前几次", "Previous"),
    "reason": W("原因", "Reason"),
    "remark": W("备注", "Remark"),
    "problem": W("问题", "Problem"),
}


class QuestionRows:
    """The questions of one sheet as rows: `problems` are the records that each answer led to,
    `back` is the move that sent the sheet back, if it was."""

    def __init__(
        self,
        questions: Sequence[ChecklistQuestion],
        readings: Readings,
        problems: Mapping[str, Sequence[Record]],
        back: Transition | None,
        values: Values,
    ) -> None:
        self.questions = questions
        self.readings = readings
        self.problems = problems
        self.back = back
        self.values = values

    def rows(self, typed: TypedReading) -> Iterator[ListRow]:
        """Why the sheet was sent back, then the questions, each section under its heading."""
        if self.back is not None:
            who = self.values.person(self.back.author)
            yield GroupHead(say(BACK, who=who, comment=self.back.comment or ""), hint=True)
        section = ""
        for question in self.questions:
            if question.item.section() != section:
                section = question.item.section()
                yield GroupHead(section)
            yield ChecklistRow(self._row(question, typed.of(question.key)), question.measured)

    def _row(self, question: ChecklistQuestion, typed: str | None) -> DisplayLine:
        reading = question.reading or ""
        before = last_of(self.readings, question)
        verdict = question.verdict()
        result = question.shown or question.result or ""
        style = STYLES.get(result, "")
        if result == "ok":
            style = "success" if verdict is None or verdict.where == "in" else "warning"
        said: dict[str, str | W] = {
            "result": RESULTS.get(result, NONE),
            "critical": "!" if question.item.critical else "",
            "text": self._text(question),
            "reading": _with_unit(question, reading) if typed is None else typed + CARET,
            "limits": limits.span(question.item.low, question.item.high),
            "before": before[0].reading if before else "",
        }
        return DisplayLine(question.key, said, style)

    def _text(self, question: ChecklistQuestion) -> str:
        states = (record.kind.state(record.state).label for record in self._led_to(question))
        return " ".join([*(f"[{state}]" for state in states), question.text()])

    def _led_to(self, question: ChecklistQuestion) -> Sequence[Record]:
        return self.problems.get(question.answer.id, ()) if question.answer is not None else ()

    def about(self, question: ChecklistQuestion, typed: str | None) -> list[TextPart]:
        """Everything known about a question."""
        item, answer = question.item, question.answer
        title: list[Span] = [(question.text(), "title")]
        if item.critical:
            title.append((f"  {CRITICAL}", "warn"))
        found = [TextPart(title)]
        found += _named(method=item.method(), expected=item.expected)
        found += self._measured(question, typed)
        if answer is not None:
            found += _named(reason=answer.reason, remark=answer.remark)
        for record in self._led_to(question):
            state = record.kind.state(record.state).label
            found.append(
                TextPart(f"{record.kind.label} {record.number} {state}", label=NAMES["problem"])
            )
        return found

    def _measured(self, question: ChecklistQuestion, typed: str | None) -> Iterator[TextPart]:
        """The value with its limits, the values before it, and the limit they approach."""
        item, before = question.item, last_of(self.readings, question)
        reading = (typed or question.reading) if typed != "" else None
        if question.measured or reading:
            spans: list[Span] = [(_with_unit(question, reading or "?"), "plain")]
            verdict = question.verdict(_plain(reading)) if reading else None
            if verdict is not None:
                spans.append((f"  {verdict}", TONES[verdict.where]))
            elif reading and not question.bound:
                spans.append((f"  {NO_LIMITS}", "muted"))
            span = limits.span(item.low, item.high)
            if span:
                spans.append((f"  {NAMES['limits']} {_with_unit(question, span)}", "muted"))
            yield TextPart(spans, label=NAMES["reading"])
        if before:
            now = limits.span(item.low, item.high)
            said = "  ".join(f"{one.reading} ({_when(one, now)})" for one in before)
            spans = [(said, "")]
            values = [one.reading for one in before]
            newest = [_plain(reading)] if reading else []
            heading = limits.drift([*newest, *values], item.low, item.high)
            if heading is not None:
                spans.append((f"  {heading}", "warn"))
            yield TextPart(spans, label=NAMES["before"])


def _when(past: PastReading, now: str) -> str:
    """The day of an earlier reading, and its limits where they were others than now."""
    return f"{past.day[5:]}, {past.limits}" if past.limits not in ("", now) else past.day[5:]


def _named(**texts: str | None) -> list[TextPart]:
    """Texts under their labels, as far as there are any."""
    return [TextPart(text, label=NAMES[name]) for name, text in texts.items() if text]


def _plain(text: str) -> str:
    """A typed number as plain text, as far as it is one."""
    return canonical_number(text) or text


def _with_unit(question: ChecklistQuestion, text: str) -> str:
    unit = question.item.unit or ""
    return f"{text} {unit}" if text and unit else text


def progress(questions: Sequence[ChecklistQuestion]) -> str:
    """How far a sheet is: '12/34'."""
    return f"{sum(q.result is not None for q in questions)}/{len(questions)}"
