"""Entry view: a weekly entry as parts of a document: its texts, its problems, its last comment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from models.book.approval import approvals
from models.records.statistics.review_rounds import ReviewRounds
from models.records.weekly import entries
from models.records.weekly.entries import WeeklyEntryDue
from models.records.weekly.weekly_entry import Weekly
from models.text.words import W, say, several
from tui.display.parts import Span, TextPart
from tui.display.values import Values

if TYPE_CHECKING:
    from models.book.book import Book

PROSE = ("progress", "risks", "next_week", "help_needed")
SHORT = ("health", "hours")
TONES = {"green": "good", "yellow": "warn", "red": "bad"}
EMPTY = W("（空）", "(empty)")
PREFILLED = W("{label}  预先填好，可修改", "{label}  pre-filled, edit freely")
PROBLEMS = W("问题  已解决 {solved}，未解决 {open}", "Problems  {solved} solved, {open} open")
NO_PROBLEMS = W("本周没有要写的问题。", "No problems this week.")
CAUSE, MEASURE = W("原因：{text}", "cause: {text}"), W("措施：{text}", "measure: {text}")
SOLVED, OPEN = W("已解决", "solved"), W("未解决", "open")
VERIFIED, UNVERIFIED = W("已再次验证", "re-verified"), W("待再次验证", "to be re-verified")
SUPPLEMENT = W("补记 {week}", "supplement, {week}")
COMMENT = W("{who} {when} {state}：{comment}", "{who} {when} {state}: {comment}")
CHANGED = W("上次提交后改过：{fields}", "Changed since it was last submitted: {fields}")
ACCEPTED = W("批准后改过：{fields}", "Approved, then changed: {fields}")
LATE = W("迟交：应在 {due} 前", "Submitted late: it was due {due}")
OVERDUE = W("已逾期：应在 {due} 前提交", "Overdue: it was due {due}")
DUE = W("{due} 前提交", "due {due}")

Problems = Sequence[tuple[str, Mapping[str, Any]]]


class EntryView:
    """The parts of one entry; `texts` are those of its fields that are pre-filled."""

    def __init__(
        self,
        book: Book,
        values: Values,
        entry: WeeklyEntryDue,
        texts: Mapping[str, str],
        problems: Problems,
    ) -> None:
        self.book = book
        self.values = values
        self.entry = entry
        self.texts = texts
        self.problems = problems
        weekly = entry.weekly
        self.rounds = ReviewRounds(book, weekly) if weekly is not None else None

    def parts(self) -> list[TextPart]:
        """The whole entry."""
        found = [*self.notices()]
        for name in PROSE[:1]:
            found += self.prose(name)
        found += self._problems()
        for name in PROSE[1:]:
            found += self.prose(name)
        found += [self._short(name) for name in SHORT]
        return found

    def notices(self) -> Iterator[TextPart]:
        """Whether it is late, what changed since it was submitted before, and the last comment."""
        weekly, now = self.entry.weekly, self.book.change_log.now()
        due = self.values.short(self.entry.due)
        rounds = self.rounds
        if weekly is not None and rounds is not None and self.entry.handed_in:
            if entries.late(rounds.moves, self.entry.due, now):
                yield TextPart(say(LATE, due=due), style="warn")
            changed = entries.changed_since(rounds.history)
            if changed:
                labels = [weekly.specs()[name].label for name in changed if name in weekly.specs()]
                yield TextPart(say(CHANGED, fields=several(labels)), style="warn")
        elif now > self.entry.due:
            yield TextPart(say(OVERDUE, due=due), style="bad")
        else:
            yield TextPart(say(DUE, due=due), style="muted")
        if weekly is not None:
            since = approvals.changed_since(self.book.store, weekly)
            if since:
                fields = several(approvals.place_names(self.book.store, since))
                yield TextPart(say(ACCEPTED, fields=fields), style="warn")
        moves = rounds.moves if rounds is not None else []
        last = next((move for move in reversed(moves) if move.comment), None)
        if last is not None and weekly is not None:
            state = weekly.kind.state(last.state)
            comment = say(
                COMMENT,
                who=self.values.person(last.author),
                when=self.values.short(last.at),
                state=state.label,
                comment=last.comment,
            )
            yield TextPart(comment, style="bad" if state.tone == "bad" else "")

    def prose(self, name: str) -> Iterator[TextPart]:
        """A text under its heading, with whether it is pre-filled."""
        label = Weekly.specs()[name].label
        written = getattr(self.entry.weekly, name, None) or ""
        beforehand = not written and self.texts.get(name)
        yield TextPart(say(PREFILLED, label=label) if beforehand else label, head=True)
        text = written or self.texts.get(name) or ""
        yield TextPart(text or EMPTY, f"field:{name}", style="" if text else "muted", indent=2)

    def _short(self, name: str) -> TextPart:
        spec = Weekly.specs()[name]
        value = getattr(self.entry.weekly, name, None)
        text = self.values.say(spec, value) or str(EMPTY)
        tone: Any = TONES.get(str(value), "") if value is not None else "muted"
        return TextPart(text, f"field:{name}", label=spec.label, style=tone)

    def _problems(self) -> Iterator[TextPart]:
        solved = sum(values["outcome"] == "solved" for _, values in self.problems)
        count = say(PROBLEMS, solved=solved, open=len(self.problems) - solved)
        yield TextPart(count, head=True)
        if not self.problems:
            yield TextPart(NO_PROBLEMS, style="muted", indent=2)
        for source, values in self.problems:
            yield from self.problem(source, values)

    def problem(self, source: str, values: Mapping[str, Any]) -> Iterator[TextPart]:
        """A problem by the record it comes from: what, whether solved, cause and measure."""
        done = values["outcome"] == "solved"
        spans: list[Span] = [
            (f"{SOLVED if done else OPEN}  ", "good" if done else "warn"),
            (" ".join(str(values.get("phenomenon") or "").split()), ""),
        ]
        if done:
            verified = bool(values.get("verified"))
            word = VERIFIED if verified else UNVERIFIED
            spans.append((f"  {word}", "muted" if verified else "warn"))
        if values.get("supplement"):
            spans.append((f"  {say(SUPPLEMENT, week=values.get('solved_week'))}", "warn"))
        spans.append((f"  {self._number(source)}", "muted"))
        yield TextPart(spans, f"problem:{source}", indent=2)
        for word, text in ((CAUSE, values.get("cause")), (MEASURE, values.get("measure"))):
            if text:
                yield TextPart(say(word, text=" ".join(str(text).split())), style="muted", indent=4)

    def _number(self, source: str) -> str:
        record = self.book.find(source)
        return record.number if record is not None else ""
