"""Problem actions: from an item that is not ok to its fix, its escalation and its files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from models.records.checks.answer import Answer
from models.records.checks.problem_links import problem_values, problems_of
from models.records.checks.questions import ChecklistQuestion
from models.schema.record import Record
from models.text.words import Refused, W
from tui.areas.checks.sheet.sheet_group import SheetGroup
from tui.widgets.action_group import runs
from tui.widgets.commands import Command

if TYPE_CHECKING:
    from models.book.book import Book
    from tui.areas.checks.sheet.sheet_answering import SheetAnswering

NOT_MARKED = W(
    "“{item}”没有标为异常。请先按 x，再按 f 处置或 r 升级。",
    "“{item}” is not marked not ok. Press x first, then f for a fix or r to escalate.",
)
NO_ANSWER = W(
    "“{item}”还没有结果，先填结果再附文件。", "“{item}” has no result yet; answer it first."
)
NO_PROBLEM = W("“{item}”还没有处置或升级。", "“{item}” has no fix or escalation yet.")
FIX = Command(
    id="check.fix",
    word=W("处置", "Fix"),
    help=W("给异常项记一条现场处置", "an on-site fix for the item that is not ok"),
    keys="f,f6",
    shown=3,
)
ESCALATE = Command(
    id="check.escalate",
    word=W("升级", "Escalate"),
    help=W("把异常项升级给部门经理", "take the item that is not ok to the department manager"),
    keys="r,ctrl+r",
    shown=4,
)
ATTACH = Command(
    id="check.attach",
    word=W("附件", "Attach"),
    help=W("给这一项附上文件", "attach a file to this item"),
    keys="t,ctrl+f",
)
LINKS = Command(
    id="check.links",
    word=W("关联", "Links"),
    help=W("打开这一项引出的处置或升级", "open the fix or escalation this item led to"),
    keys="l,ctrl+k",
)


class ProblemStep(NamedTuple):
    """What comes next for an item that is not ok: a record that is there, a move of it, or a form
    of a new record with these values."""

    record: Record | None = None
    move: str = ""
    values: Mapping[str, Any] = {}


def problem_step(book: Book, answer: Answer, type: str) -> ProblemStep:
    """What leads from an answer to its problem of a type: what there is, else what can be made."""
    known = {one.type: one for one in reversed(problems_of(book.store, answer.id))}
    if type in known:
        return ProblemStep(known[type])
    fix = known.get("fix")
    if type == "escalation" and fix is not None and _can_escalate(book, fix):
        return ProblemStep(fix, "escalate")
    return ProblemStep(values=problem_values(book, answer, type))


def _can_escalate(book: Book, fix: Record) -> bool:
    return any(chance.ok and chance.move.id == "escalate" for chance in book.chances(fix))


def not_ok_question(answering: SheetAnswering, current: str | None) -> ChecklistQuestion:
    """The question that a problem is made for: the current one, else the one marked last.

    Raises `Refused` when that is not marked not ok.
    """
    here = answering.question(current)
    if here.result != "not_ok" and answering.not_ok:
        here = answering.question(answering.not_ok)
    if here.result != "not_ok" or here.answer is None:
        raise Refused(NOT_MARKED, item=here.text())
    return here


class ProblemActions(SheetGroup):
    """What an item that is not ok leads to."""

    @runs(FIX, "fix")
    @runs(ESCALATE, "escalation")
    def problem(self, type: str) -> None:
        """Open the item's fix or escalation, or make it from what the item says."""
        app, answering = self.page.site_app, self.page.answering
        here = not_ok_question(answering, self.page.items.current)
        assert here.answer is not None
        self.page.items.go_to(here.key)
        answering.not_ok = ""
        self.page.say(str)
        step = problem_step(answering.book, here.answer, type)
        if step.record is None:
            app.open_form(type, step.values, project=here.answer.project)
        elif step.move:
            app.make_move(step.record.id, step.move)
        else:
            app.open_record(step.record.id)

    @runs(ATTACH)
    def attach(self) -> None:
        """Attach a file to the item's answer."""
        here = self.page.answering.question(self.page.items.current)
        if here.answer is None:
            raise Refused(NO_ANSWER, item=here.text())
        self.page.site_app.attach(here.answer.id)

    @runs(LINKS)
    def open_link(self) -> None:
        """Open what the item led to; the newest where there are several."""
        answering = self.page.answering
        here = answering.question(self.page.items.current)
        found = problems_of(answering.book.store, here.answer.id) if here.answer else []
        if not found:
            raise Refused(NO_PROBLEM, item=here.text())
        self.page.site_app.open_record(found[0].id)
