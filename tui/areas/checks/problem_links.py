"""Problem links: from an item that is not ok to its fix or escalation, prefilled, and back."""

from __future__ import annotations

from typing import ClassVar

from models.records.checks.problem_links import problem_values, problems_of
from models.schema.record import Record
from models.text.words import Refused, W
from tui.areas.checks import reason_prompt
from tui.areas.checks.reason_prompt import Wording
from tui.widgets.commands import Command

NOT_FAILED = W(
    "“{item}”没有标为异常。请先按 x，再按 f 处置或 r 升级。",
    "“{item}” is not marked not ok. Press x first, then f for a fix or r to escalate.",
)
NO_ANSWER = W(
    "“{item}”还没有结果，先填结果再附文件。", "“{item}” has no result yet; answer it first."
)
NO_PROBLEM = W("“{item}”还没有处置或升级。", "“{item}” has led to no fix or escalation yet.")

COMMANDS = (
    *reason_prompt.COMMANDS,
    Command(
        id="check.fix",
        word=W("处置", "Fix"),
        help=W("给异常项记一条现场处置", "an on-site fix for the item that is not ok"),
        keys="f,f6",
        action="problem('fix')",
        shown=3,
    ),
    Command(
        id="check.escalate",
        word=W("升级", "Escalate"),
        help=W("把异常项升级给部门经理", "take the item that is not ok to the department manager"),
        keys="r,ctrl+r",
        action="problem('escalation')",
        shown=4,
    ),
    Command(
        id="check.attach",
        word=W("附件", "Attach"),
        help=W("给这一项附上文件", "attach a file to this item"),
        keys="t,ctrl+f",
        action="attach",
    ),
    Command(
        id="check.links",
        word=W("关联", "Links"),
        help=W("打开这一项引出的处置或升级", "open the fix or escalation this item led to"),
        keys="l,ctrl+k",
        action="links",
    ),
)


class Leading(Wording):
    """What an item that is not ok leads to; an existing fix or escalation is opened."""

    commands: ClassVar[tuple[Command, ...]] = COMMANDS

    def action_problem(self, type: str) -> None:
        """A prefilled fix or escalation for the item that is not ok; an existing one is opened."""
        here = self.question(self.items.current)
        if here.result != "not_ok" and self._failed:
            here = self.question(self._failed)
        answer = here.answer
        if here.result != "not_ok" or answer is None:
            raise Refused(NOT_FAILED, item=here.text())
        self.items.go_to(here.key)
        self._failed, self.said = "", str
        known = {one.type: one for one in reversed(problems_of(self.book.store, answer.id))}
        if type in known:
            self.site_app.open_record(known[type].id)
        elif type == "escalation" and self._can_escalate(known.get("fix")):
            self.site_app.make_move(known["fix"].id, "escalate")
        else:
            values = problem_values(self.book, answer, type)
            self.site_app.open_form(type, values, project=answer.project)

    def _can_escalate(self, fix: Record | None) -> bool:
        chances = self.book.chances(fix) if fix is not None else []
        return any(chance.ok and chance.move.id == "escalate" for chance in chances)

    def action_attach(self) -> None:
        """Attach a file to the item's answer."""
        here = self.question(self.items.current)
        if here.answer is None:
            raise Refused(NO_ANSWER, item=here.text())
        self.site_app.attach(here.answer.id)

    def action_links(self) -> None:
        """Open what the item led to; the newest where there are several."""
        here = self.question(self.items.current)
        found = problems_of(self.book.store, here.answer.id) if here.answer else []
        if not found:
            raise Refused(NO_PROBLEM, item=here.text())
        self.site_app.open_record(found[0].id)
