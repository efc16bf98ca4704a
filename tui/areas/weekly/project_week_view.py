"""Project week view: the consolidated week as parts, in the words of the printed report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from models.derived.compiled import Content, LaterNews
from models.records.preparation.execution.plan_execution import STANDINGS as TASKS
from models.records.weekly.week.content import MemberPart, ProblemPart, RecordPart
from models.records.weekly.weekly_entry import Weekly
from models.records.weekly.weekly_report import WeeklyReport
from models.schema.record import kinds
from models.text.words import W, say
from tui.areas.weekly.entry_view import CAUSE, MEASURE, SUPPLEMENT, UNVERIFIED, VERIFIED
from tui.areas.weekly.entry_view import TONES as HEALTH
from tui.areas.weekly.project_week_document import (
    CAUSE_OPEN,
    LABELLED,
    LATE,
    STANDINGS,
    sentences,
    state_text,
)
from tui.display.parts import Span, TextPart
from tui.display.values import Values

if TYPE_CHECKING:
    from models.book.book import Book

NOT_COMPILED = W("还没有汇编。i 签发时一并汇编。", "Not compiled yet; i compiles and issues it.")
COMPILED = W("已汇编，尚未签发（i 签发）。", "Compiled, not issued yet (i issues it).")
ISSUED = W("{who} 于 {when} 签发。", "Issued by {who}, {when}.")
LATER = W("签发之后的补记", "Supplements after the issue")
SUMMARY = W("综述", "Summary")
NO_SUMMARY = W("（空；e 填写）", "(empty; e edits)")
FIGURES, HANDED = W("概况", "Overview"), W("人员", "People")
PLAN = W("计划任务  {n}", "Planned tasks: {n}")
PROGRESS = W("本周进展", "Progress")
SOLVED = W("已解决的问题  {n}", "Problems solved: {n}")
OPEN = W("未解决的问题  {n}", "Problems open: {n}")
ESCALATIONS = W("在办的问题升级  {n}", "Escalations open: {n}")
CONCESSIONS = W("让步申请  {n}", "Concessions: {n}")
MILESTONES = W("里程碑  {n}", "Milestones: {n}")
NEXT, RISKS, HELP = W("下周计划", "Next week"), W("风险", "Risks"), W("需要的支持", "Help needed")
NOTHING = W("无", "none")
DUE = W("期限 {day}", "due {day}")


class ProjectWeekView:
    """The parts of a project's week. Their ids are `record:id`, or `field:summary`."""

    def __init__(
        self,
        book: Book,
        values: Values,
        found: Content,
        report: WeeklyReport | None,
        later: Sequence[LaterNews] = (),
    ) -> None:
        self.book = book
        self.values = values
        self.week, self.issued, self.fault = found.data, found.issued, found.fault
        self.report = report
        self.later = later

    def parts(self) -> list[TextPart]:
        """The whole week."""
        week = self.week
        return [
            self._standing(),
            *([TextPart(self.fault, style="bad")] if self.fault is not None else []),
            *self._later(),
            TextPart(SUMMARY, head=True),
            self._summary(),
            TextPart(FIGURES, head=True),
            *self._figures(),
            TextPart(HANDED, head=True),
            *(self._member(member) for member in week.members),
            *self._plan(),
            *self._prose(PROGRESS, "progress"),
            *self._problems(SOLVED, week.solved),
            *self._problems(OPEN, week.unsolved),
            *self._records(ESCALATIONS, week.escalations, "due"),
            *self._records(CONCESSIONS, week.concessions, "valid_to"),
            *self._records(MILESTONES, week.milestones, "due"),
            *self._prose(NEXT, "next_week"),
            *self._prose(RISKS, "risks"),
            *self._prose(HELP, "help_needed"),
        ]

    def _standing(self) -> TextPart:
        report = self.report
        if report is None:
            return TextPart(NOT_COMPILED, style="muted")
        if report.state != "issued":
            return TextPart(COMPILED, style="warn")
        who, when = self.values.person(report.issued_by), self.values.short(report.issued_at or 0)
        return TextPart(say(ISSUED, who=who, when=when), style="good")

    def _later(self) -> Iterator[TextPart]:
        """What the issued report does not have, with when it came."""
        if self.later:
            yield TextPart(LATER, head=True)
        for one in self.later:
            when = f"{self.values.short(one.at)}  " if one.at is not None else ""
            spans: list[Span] = [(when, "muted"), (str(one.what), "warn")]
            spans.append((f"  {one.number}", "muted"))
            yield TextPart(spans, f"record:{one.record}", indent=2)
            for label, text in one.texts:
                line = " ".join(text.split())
                yield TextPart(say(LABELLED, label=label, text=line) if label else line, indent=4)

    def _summary(self) -> TextPart:
        text = self.report.summary if self.report is not None else None
        style: Any = "" if text else "muted"
        if not text and self.report is not None and self.report.state == "issued":
            return TextPart(NOTHING, style="muted", indent=2)
        return TextPart(text or NO_SUMMARY, "field:summary", style=style, indent=2)

    def _figures(self) -> Iterator[TextPart]:
        for sentence in sentences(self.week):
            yield TextPart(sentence, indent=2)
        health = self.week.health
        if health is not None:
            spec = Weekly.specs()["health"]
            tone: Any = HEALTH.get(health, "")
            yield TextPart(spec.word(health), label=spec.label, style=tone)

    def _member(self, member: MemberPart) -> TextPart:
        known = STANDINGS.get(member.standing)
        word = known or Weekly.kind.state(member.standing).label
        late = str(LATE) if member.late and member.handed_in else ""
        tone: Any = "good" if member.handed_in else "bad" if member.late else "warn"
        spans: list[Span] = [
            (f"{member.name}  ", ""),
            (f"{word}{late}", "warn" if late else tone),
        ]
        if member.hours:
            spans.append((f"  {member.hours} h", "muted"))
        return TextPart(spans, f"record:{member.entry}" if member.handed_in else "", indent=2)

    def _plan(self) -> Iterator[TextPart]:
        """The planned tasks of the week, one a line."""
        if not self.week.plan:
            return
        yield TextPart(say(PLAN, n=len(self.week.plan)), head=True)
        for one in self.week.plan:
            word, tone = TASKS.get(one.standing, (W(one.standing, one.standing), ""))
            spans: list[Span] = [(f"{word}  ", tone), (one.what, "")]
            more = one.reason or one.done_on
            spans.append((f"  {say(DUE, day=one.due)}", "muted"))
            spans += [(f"  {more}", "muted")] if more else []
            spans += [(f"  {one.doer}", "muted")] if one.doer else []
            yield TextPart(spans, f"record:{one.record or one.task}", indent=2)

    def _prose(self, label: W, name: str) -> Iterator[TextPart]:
        """A text of the entries, by person."""
        yield TextPart(label, head=True)
        written = [one for one in self.week.handed_in if getattr(one, name)]
        if not written:
            yield TextPart(NOTHING, style="muted", indent=2)
        for one in written:
            yield TextPart([(one.name, "label")], f"record:{one.entry}", indent=2)
            yield TextPart(str(getattr(one, name)), indent=4)

    def _problems(self, head: W, problems: Sequence[ProblemPart]) -> Iterator[TextPart]:
        yield TextPart(say(head, n=len(problems)), head=True)
        if not problems:
            yield TextPart(NOTHING, style="muted", indent=2)
        for one in problems:
            spans: list[Span] = [(" ".join(str(one.phenomenon or "").split()), "")]
            if one.solved:
                tone: Any = "good" if one.verified else "warn"
                spans.append((f"  {VERIFIED if one.verified else UNVERIFIED}", tone))
            if one.supplement:
                spans.append((f"  {say(SUPPLEMENT, week=one.solved_week)}", "warn"))
            spans.append((f"  {one.number} {one.person}", "muted"))
            yield TextPart(spans, f"record:{one.source}" if one.number else "", indent=2)
            if one.cause_open:
                yield TextPart(CAUSE_OPEN, style="warn" if one.solved else "muted", indent=4)
            for word, text in ((CAUSE, one.cause), (MEASURE, one.measure)):
                if text:
                    yield TextPart(say(word, text=" ".join(str(text).split())), indent=4)

    def _records(self, head: W, found: Sequence[RecordPart], due: str) -> Iterator[TextPart]:
        """Unfinished records, one line each, with the state that was shown of them."""
        if not found:
            return
        yield TextPart(say(head, n=len(found)), head=True)
        for one in found:
            yield TextPart(self._line(one, due), f"record:{one.id}", indent=2)

    def _line(self, one: RecordPart, due: str) -> list[Span]:
        kind = kinds[one.type].kind
        state = kind.state(one.state)
        label = " ".join(state_text(one).split("\n"))
        spans: list[Span] = [(f"{label}  ", state.tone), (one.title, "")]
        day = one.values.get(due)
        if day:
            late = not self.issued and self.values.overdue(kind, state, day) > 0
            spans.append((f"  {say(DUE, day=day)}", "bad" if late else "muted"))
        spans.append((f"  {one.number}", "muted"))
        return spans
