"""A checklist in the inbox: what is not ok first, with its values and words, then how many are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import cast

from models.records.checks.problem_links import led_to
from models.records.checks.questions import ChecklistQuestion, asked_of
from models.records.checks.sheet import Sheet
from models.records.statistics.review_rounds import ReviewRounds
from models.text.words import W, say
from tui.areas.checks.sheet.question_rows import NAMES, NONE, RESULTS, QuestionRows, progress
from tui.display.parts import Span, TextPart
from tui.pages.home.inbox_view import InboxView
from tui.pages.records.decision_history import changes, trail

ORDER = ("not_ok", "", "unchecked", "na")
"""The results that are read one by one, in this order; '' is none yet, or one that does not hold.
What is ok is counted."""
OK = W("正常 {n} 项", "{n} ok")
HOW = (NAMES["method"], NAMES["expected"])
"""What an item is checked by is not read again."""
SHEET_REMARK = W("整张检查表的备注", "Remark on the checklist")


class InboxSheet(InboxView):
    """What the inbox shows of a checklist."""

    def parts(self) -> list[TextPart]:
        """What changed since the last decision, the results, and the moves so far."""
        sheet = cast(Sheet, self.record)
        asked = asked_of(self.book.store, sheet)
        answers = [one.answer.id for one in asked if one.answer is not None]
        rows = QuestionRows(asked, {}, led_to(self.book.store, answers), None, self.values)
        head = [TextPart([(self.title(), "title"), (f"  {progress(asked)}", "muted")])]
        remark = [TextPart(sheet.remark, label=SHEET_REMARK)] if sheet.remark else []
        rounds = ReviewRounds(self.book, sheet)
        return [
            *head,
            *changes(rounds, self.values),
            *self._results(asked, rows),
            *remark,
            *trail(rounds, self.values),
        ]

    def _results(
        self, asked: Sequence[ChecklistQuestion], rows: QuestionRows
    ) -> Iterator[TextPart]:
        for result in ORDER:
            for question in asked:
                if self._read_as(question) == result:
                    yield from self._told(question, rows)
        ok = sum(self._read_as(question) == "ok" for question in asked)
        if ok:
            yield TextPart(say(OK, n=ok), style="good")
        for question in asked:
            noted = question.answer is not None and question.answer.remark
            if noted and self._read_as(question) == "ok":
                yield from self._told(question, rows)

    def _read_as(self, question: ChecklistQuestion) -> str:
        """The result under which a question is read: one of `ORDER`, or 'ok'."""
        shown = question.shown or question.result or ""
        return shown if shown in (*ORDER, "ok") else ""

    def _told(self, question: ChecklistQuestion, rows: QuestionRows) -> Iterator[TextPart]:
        """A question: its result, its value by its limits, its words, what it led to."""
        shown = question.shown or question.result or ""
        bad = self._read_as(question) in ("not_ok", "")
        spans: list[Span] = [(f"{RESULTS.get(shown, NONE)}  ", "bad" if bad else "warn")]
        title, *more = rows.about(question, None)
        yield TextPart([*spans, *cast("list[Span]", title.body)])
        yield from (part for part in more if part.label not in HOW)
