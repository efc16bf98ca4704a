"""Earlier problems like the one being typed, shown below the form with their causes."""

from __future__ import annotations

from collections.abc import Sequence

from models.records.problems.recurrence import DAYS, Earlier, SimilarProblem
from models.records.problems.similar_problems import Lesson
from models.text.words import W, say
from tui.display.terminal_text import cut, show
from tui.forms.editors.field_lines import FieldLine, Painted

SAME = W("同一设备", "same equipment")
NEAR = W("同一现场", "same site")
TODAY = W("今天", "today")
AGO = W("{n} 天前", "{n} days ago")
CAUSE = W("原因：{cause}", "cause: {cause}")
LESSON = W("经验", "lesson")
LESSONS = W("经验库有类似问题（F7 打开）", "the company knows something alike (F7 opens it)")
NO_CAUSE = W("原因还没有写", "no cause yet")
HOW_MANY = W(
    "{days} 天内类似 {n} 次（F6 打开最近一次）", "{n} alike in {days} days (F6 opens the nearest)"
)


class SimilarProblemsPanel(Painted):
    """A few lines about what came up before; none take no room."""

    DEFAULT_CSS = """
    SimilarProblemsPanel { background: $panel; padding: 0 1; display: none; max-height: 40%; }
    SimilarProblemsPanel.-some { display: block; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(self._draw, id=id)
        self.found = SimilarProblem([], 0)
        self.lessons: Sequence[Lesson] = ()

    def look(self, found: SimilarProblem) -> None:
        """Show these earlier problems."""
        if found != self.found:
            self.found = found
            self._show()

    def learn(self, lessons: Sequence[Lesson]) -> None:
        """Show these lessons."""
        if [one.record.id for one in lessons] != [one.record.id for one in self.lessons]:
            self.lessons = lessons
            self._show()

    def record_at(self, at: int) -> str | None:
        """The id of the record on a line: earlier problems first, then lessons."""
        ids = [one.record.id for one in self.found.nearest]
        ids += [one.record.id for one in self.lessons]
        return ids[at] if 0 <= at < len(ids) else None

    def _show(self) -> None:
        self.set_class(bool(self.found.nearest or self.lessons), "-some")
        self.again()

    def _draw(self, wide: int) -> list[FieldLine]:
        lines: list[FieldLine] = []
        if self.found.nearest:
            head = say(HOW_MANY, days=DAYS, n=self.found.total)
            lines.append(FieldLine(0, [(cut(head, wide), "note")]))
        for at, one in enumerate(self.found.nearest):
            lines.append(FieldLine(at, [(cut(said(one), wide), "")]))
        after = len(self.found.nearest)
        if self.lessons:
            lines.append(FieldLine(after, [(cut(str(LESSONS), wide), "note")]))
        for at, lesson in enumerate(self.lessons, after):
            lines.append(FieldLine(at, [(cut(learnt(lesson), wide), "")]))
        return lines


def said(one: Earlier) -> str:
    """An earlier problem on one line: how near, when, what, why."""
    age = say(AGO, n=one.days) if one.days else str(TODAY)
    cause = say(CAUSE, cause=_line(one.cause)) if one.cause else str(NO_CAUSE)
    what = _line(str(getattr(one.record, "phenomenon", "") or one.record.number))
    return f"{SAME if one.same else NEAR}  {age}  {cut(what, 40)}  {cause}"


def learnt(lesson: Lesson) -> str:
    """A lesson on one line: what it is about, why, what helped."""
    one = lesson.record
    parts = [cut(_line(one.subject or one.number), 40)]
    if one.cause:
        parts.append(say(CAUSE, cause=cut(_line(one.cause), 40)))
    if one.solution or one.workaround:
        parts.append(_line(one.solution or one.workaround or ""))
    return f"{LESSON}  {'  '.join(parts)}"


def _line(text: str) -> str:
    return " ".join(show(text).split())
