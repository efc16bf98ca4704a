"""Project week view: the consolidated week as parts, in the words of the printed report."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from models.book.derived_state import StateView
from models.records.weekly.week import supplements
from models.records.weekly.week.project_week import EntryNews, WeekMember, WeekReport
from models.records.weekly.weekly_entry import Weekly
from models.records.weekly.weekly_report import WeeklyReport
from models.schema.lifecycle import State
from models.schema.record import Record
from models.text.words import W, say
from tui.areas.weekly.entry_view import CAUSE, MEASURE, SUPPLEMENT, UNVERIFIED, VERIFIED
from tui.areas.weekly.entry_view import TONES as HEALTH
from tui.areas.weekly.project_week_document import CHECKS, LATE, PEOPLE, PROBLEMS, RAISED, STANDINGS
from tui.display.parts import Span, TextPart
from tui.display.values import Values, named

if TYPE_CHECKING:
    from models.book.book import Book

NOT_COMPILED = W("还没有汇编。i 签发时一并汇编。", "Not compiled yet; i compiles and issues it.")
COMPILED = W("已汇编，尚未签发（i 签发）。", "Compiled, not issued yet (i issues it).")
ISSUED = W("{who} 于 {when} 签发。", "Issued by {who}, {when}.")
LATER = W("签发之后的补记", "Supplements after the issue")
NEW, CHANGED = W("补交", "submitted later"), W("签发后改过", "changed since")
WRITTEN = W("补记", "supplement")
SUMMARY = W("综述", "Summary")
NO_SUMMARY = W("（空；e 填写）", "(empty; e edits)")
FIGURES, HANDED = W("概况", "Overview"), W("人员", "People")
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
        self, book: Book, values: Values, found: WeekReport, report: WeeklyReport | None
    ) -> None:
        self.book = book
        self.values = values
        self.found = found
        self.report = report

    def parts(self) -> list[TextPart]:
        """The whole week."""
        found = self.found
        solved = [one for one in found.problems if one.solved]
        unsolved = [one for one in found.problems if not one.solved]
        return [
            self._standing(),
            *self._later(),
            TextPart(SUMMARY, head=True),
            self._summary(),
            TextPart(FIGURES, head=True),
            *self._figures(),
            TextPart(HANDED, head=True),
            *(self._member(member) for member in found.members),
            *self._prose(PROGRESS, "progress"),
            *self._problems(SOLVED, solved),
            *self._problems(OPEN, unsolved),
            *self._records(ESCALATIONS, found.escalations, "due"),
            *self._records(CONCESSIONS, found.concessions, "valid_to"),
            *self._records(MILESTONES, found.milestones, "due"),
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
        """What the issued report does not have."""
        if self.report is None:
            return
        later = supplements.later(self.book, self.report)
        added = supplements.supplements(self.book, self.report)
        if later or added:
            yield TextPart(LATER, head=True)
        for one in later:
            who = self.values.person(one.weekly.person)
            spans: list[Span] = [(f"{NEW if one.new else CHANGED}  ", "warn"), (who, "")]
            yield TextPart(spans, f"record:{one.weekly.id}", indent=2)
        for row in added:
            spans = [(f"{WRITTEN} {self.values.short(row.occurred)}  ", "warn")]
            spans.append((row.text or "", ""))
            yield TextPart(spans, f"record:{row.source}" if row.source else "", indent=2)

    def _summary(self) -> TextPart:
        text = self.report.summary if self.report is not None else None
        style: Any = "" if text else "muted"
        return TextPart(text or NO_SUMMARY, "field:summary", style=style, indent=2)

    def _figures(self) -> Iterator[TextPart]:
        figures = self.found.figures._asdict()
        for word in (PEOPLE, CHECKS, PROBLEMS, RAISED):
            yield TextPart(say(word, **figures), indent=2)
        health = self.found.health
        if health is not None:
            spec = Weekly.specs()["health"]
            tone: Any = HEALTH.get(health, "")
            yield TextPart(spec.word(health), label=spec.label, style=tone)

    def _member(self, member: WeekMember) -> TextPart:
        known = STANDINGS.get(member.standing)
        word = known or Weekly.kind.state(member.standing).label
        late = str(LATE) if member.late and member.handed_in else ""
        tone: Any = "good" if member.handed_in else "bad" if member.late else "warn"
        spans: list[Span] = [
            (f"{self.values.person(member.person)}  ", ""),
            (f"{word}{late}", "warn" if late else tone),
        ]
        weekly = member.weekly if member.handed_in else None
        if weekly is not None and weekly.hours:
            spans.append((f"  {weekly.hours} h", "muted"))
        return TextPart(spans, f"record:{weekly.id}" if weekly is not None else "", indent=2)

    def _prose(self, label: W, name: str) -> Iterator[TextPart]:
        """A text of the entries, by person."""
        yield TextPart(label, head=True)
        written = [m for m in self.found.members if m.handed_in and getattr(m.weekly, name, None)]
        if not written:
            yield TextPart(NOTHING, style="muted", indent=2)
        for member in written:
            assert member.weekly is not None
            yield TextPart(
                [(self.values.person(member.person), "label")],
                f"record:{member.weekly.id}",
                indent=2,
            )
            yield TextPart(str(getattr(member.weekly, name)), indent=4)

    def _problems(self, head: W, problems: list[EntryNews]) -> Iterator[TextPart]:
        yield TextPart(say(head, n=len(problems)), head=True)
        if not problems:
            yield TextPart(NOTHING, style="muted", indent=2)
        for one in problems:
            source = self.book.find(one.source)
            values = one.values
            spans: list[Span] = [(" ".join(str(values.get("phenomenon") or "").split()), "")]
            if one.solved:
                done = bool(values.get("verified"))
                spans.append((f"  {VERIFIED if done else UNVERIFIED}", "good" if done else "warn"))
            if values.get("supplement"):
                spans.append((f"  {say(SUPPLEMENT, week=values.get('solved_week'))}", "warn"))
            who = self.values.person(one.person)
            number = source.number if source is not None else ""
            spans.append((f"  {number} {who}", "muted"))
            yield TextPart(spans, f"record:{one.source}" if source is not None else "", indent=2)
            for word, text in ((CAUSE, values.get("cause")), (MEASURE, values.get("measure"))):
                if text:
                    yield TextPart(say(word, text=" ".join(str(text).split())), indent=4)

    def _records(self, head: W, found: list[Any], due: str) -> Iterator[TextPart]:
        """Unfinished records, one line each, with the state that is shown of them."""
        if not found:
            return
        yield TextPart(say(head, n=len(found)), head=True)
        look = StateView(self.book.store)
        for record in found:
            yield TextPart(
                self._line(record, look.state(record), due), f"record:{record.id}", indent=2
            )

    def _line(self, record: Record, state: State, due: str) -> list[Span]:
        spans: list[Span] = [(f"{state.label}  ", state.tone), (named(record, self.values), "")]
        day = getattr(record, due, None)
        if day:
            late = self.values.overdue(record.kind, state, day) > 0
            spans.append((f"  {say(DUE, day=day)}", "bad" if late else "muted"))
        spans.append((f"  {record.number}", "muted"))
        return spans
