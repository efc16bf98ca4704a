"""Earlier problems like the one being typed, shown below the form with their causes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on, work
from textual.message import Message
from textual.timer import Timer

from models.records.problems import recurrence, similar_problems
from models.records.problems.recurrence import DAYS, Earlier, SimilarProblem
from models.records.problems.similar_problems import SimilarExperience
from models.text.words import W, say
from tui.display.terminal_text import cut, show
from tui.forms.editors.field_lines import FieldLine, FieldLines
from tui.forms.form_session import FormSession
from tui.forms.form_task import OCCURRED
from tui.pages.forms.form_panel import FormPanel
from tui.widgets.commands import Command

LOOK_AFTER = 0.25
"""Seconds of rest in typing before earlier problems are looked for."""
ALIKE = ("phenomenon", "site", "equipment")
"""Fields by which two problems are alike."""
COMMANDS = (
    Command(
        id="form.earlier",
        word=W("类似问题", "Similar"),
        help=W("打开最近一次类似的问题", "open the problem nearest to this one"),
        keys="f6",
        action="panel('earlier')",
    ),
    Command(
        id="form.experience",
        word=W("经验", "Experience"),
        help=W("打开最相近的一条经验", "open the experience nearest to this problem"),
        keys="f7",
        action="panel('experience')",
    ),
)
SAME = W("同一设备", "same equipment")
NEAR = W("同一现场", "same site")
TODAY = W("今天", "today")
AGO = W("{n} 天前", "{n} days ago")
CAUSE = W("原因：{cause}", "cause: {cause}")
EXPERIENCE = W("经验", "experience")
EXPERIENCES = W("经验库有类似问题（F7 打开）", "similar experience in the company (F7 opens it)")
NO_CAUSE = W("原因未填写", "no cause recorded")
HOW_MANY = W(
    "{days} 天内类似 {n} 次（F6 打开最近一次）", "{n} similar in {days} days (F6 opens the nearest)"
)


class SimilarProblemsPanel(FormPanel):
    """A few lines about what came up before; none take no room."""

    commands: ClassVar[tuple[Command, ...]] = COMMANDS

    class ExperiencesFound(Message):
        """Experiences like what is typed were found off the screen."""

        def __init__(self, found: list[SimilarExperience]) -> None:
            super().__init__()
            self.experiences = found

    def __init__(self, session: FormSession, *, id: str | None = None) -> None:
        super().__init__(session, id=id)
        self.found = SimilarProblem([], 0)
        self.experiences: Sequence[SimilarExperience] = ()
        self._pause: Timer | None = None

    def field_changed(self, name: str) -> None:
        """Look again, once typing has rested for a moment."""
        if name in ALIKE:
            if self._pause is not None:
                self._pause.stop()
            self._pause = self.set_timer(LOOK_AFTER, self.look_back)

    def look_back(self) -> None:
        """Look for earlier problems like this one."""
        session = self.session
        task, book, text = session.task, session.book, str(session.value("phenomenon") or "")
        self.look(
            recurrence.earlier(
                book.store,
                now=session.value(OCCURRED) or book.change_log.now(),
                site=session.value("site"),
                equipment=session.value("equipment"),
                text=text,
                besides=task.record.id if task.record is not None else None,
            )
        )
        self._learn(text, session.value("equipment"))

    @work(thread=True, exclusive=True, group="experiences")
    def _learn(self, text: str, equipment: str | None) -> None:
        """Search the company's experience in the background."""
        store = self.session.book.store
        with store.db.connection_context():
            found = similar_problems.fitting(store, text, equipment)
        self.post_message(self.ExperiencesFound(found))

    @on(ExperiencesFound)
    def _show_found(self, event: ExperiencesFound) -> None:
        event.stop()
        self.show_experiences(event.experiences)

    def look(self, found: SimilarProblem) -> None:
        """Show these earlier problems."""
        if found != self.found:
            self.found = found
            self._show()

    def show_experiences(self, experiences: Sequence[SimilarExperience]) -> None:
        """Show these experiences."""
        if [one.record.id for one in experiences] != [one.record.id for one in self.experiences]:
            self.experiences = experiences
            self._show()

    def run(self, command: str) -> None:
        """Open the nearest earlier problem or experience; the form waits below it."""
        if command == "earlier" and self.found.nearest:
            self._open(0)
        elif command == "experience" and self.experiences:
            self._open(len(self.found.nearest))

    @on(FieldLines.Clicked)
    def _clicked(self, event: FieldLines.Clicked) -> None:
        event.stop()
        self._open(event.at)

    def _open(self, at: int) -> None:
        id = self.record_at(at)
        if id is not None:
            self.site_app.open_record(id)

    def record_at(self, at: int) -> str | None:
        """The id of the record on a line: earlier problems first, then experiences."""
        ids = [one.record.id for one in self.found.nearest]
        ids += [one.record.id for one in self.experiences]
        return ids[at] if 0 <= at < len(ids) else None

    def _show(self) -> None:
        self.set_class(bool(self.found.nearest or self.experiences), "-some")
        self.again()

    def draw(self, wide: int) -> list[FieldLine]:
        """Earlier problems, then experiences, each kind below its heading."""
        lines: list[FieldLine] = []
        if self.found.nearest:
            head = say(HOW_MANY, days=DAYS, n=self.found.total)
            lines.append(FieldLine(0, [(cut(head, wide), "note")]))
        for at, one in enumerate(self.found.nearest):
            lines.append(FieldLine(at, [(cut(said(one), wide), "")]))
        after = len(self.found.nearest)
        if self.experiences:
            lines.append(FieldLine(after, [(cut(str(EXPERIENCES), wide), "note")]))
        for at, experience in enumerate(self.experiences, after):
            lines.append(FieldLine(at, [(cut(experience_line(experience), wide), "")]))
        return lines


def said(one: Earlier) -> str:
    """An earlier problem on one line: how near, when, what, why."""
    age = say(AGO, n=one.days) if one.days else str(TODAY)
    cause = say(CAUSE, cause=_line(one.cause)) if one.cause else str(NO_CAUSE)
    what = _line(str(getattr(one.record, "phenomenon", "") or one.record.number))
    return f"{SAME if one.same else NEAR}  {age}  {cut(what, 40)}  {cause}"


def experience_line(experience: SimilarExperience) -> str:
    """An experience on one line: what it is about, why, what helped."""
    one = experience.record
    parts = [cut(_line(one.subject or one.number), 40)]
    if one.cause:
        parts.append(say(CAUSE, cause=cut(_line(one.cause), 40)))
    if one.solution or one.workaround:
        parts.append(_line(one.solution or one.workaround or ""))
    return f"{EXPERIENCE}  {'  '.join(parts)}"


def _line(text: str) -> str:
    return " ".join(show(text).split())
