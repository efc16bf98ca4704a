"""Submitting: what is done with a checklist sheet as a whole."""

from __future__ import annotations

from typing import ClassVar

from models.records.checks import due_rounds
from models.records.checks.rules import UNANSWERED
from models.schema.record import Record
from models.text.words import Refused, W, several
from tui.areas.checks import problem_links
from tui.areas.checks.problem_links import Leading
from tui.areas.checks.round_navigation import RoundNavigation
from tui.widgets.commands import Command

NONE = W(
    "现在没有要做的检查。启用检查模板后会自动排到每天（6 全部记录）。",
    "No checklist is due. Templates in use make one for each day (6 Records).",
)
NOT_BEGUN = W("还没有开始这张检查表。", "This checklist is not started yet.")

COMMANDS = (
    *problem_links.COMMANDS,
    Command(
        id="check.submit",
        word=W("提交", "Submit"),
        help=W("提交检查表；缺的项会列出并跳过去", "submit the sheet; goes to what is missing"),
        keys="ctrl+s",
        action="submit",
        shown=5,
    ),
    Command(
        id="check.next_sheet",
        word=W("下一份", "Next sheet"),
        help=W("到今天的下一份检查表", "to the next checklist of today"),
        keys="right_square_bracket,ctrl+right",
        action="sheet(1)",
    ),
    Command(
        id="check.previous_sheet",
        word=W("上一份", "Previous sheet"),
        help=W("到今天的上一份检查表", "to the checklist before"),
        keys="left_square_bracket,ctrl+left",
        action="sheet(-1)",
    ),
    Command(
        id="check.next_left",
        word=W("下一个未填", "Next unanswered"),
        help=W("到下一个没有结果的项", "to the next item without a result"),
        keys="tab",
        action="next_left",
    ),
    Command(
        id="check.record",
        word=W("检查表记录", "Sheet's record"),
        help=W("这张表的记录页：历史、操作、作废", "the sheet's page: history, moves, voiding"),
        keys="o,ctrl+o",
        action="record",
    ),
)


class Submitting(Leading):
    """A page of questions that can be submitted, and left for the next one of today."""

    commands: ClassVar[tuple[Command, ...]] = COMMANDS

    def why_not(self, action: str) -> Refused | None:
        """Submitting is dimmed where it is not this person's to do, or done."""
        sheet = self.round.sheet if self.round is not None else None
        if action == "submit" and sheet is not None:
            return next(c.why for c in self.book.chances(sheet) if c.move.id == "submit")
        return super().why_not(action)

    def begin_anew(self) -> None:
        """Another sheet is shown from now on."""

    def target(self) -> Record:
        """The sheet's record. Raises `Refused` for one not begun."""
        sheet = self.round.sheet if self.round is not None else None
        if sheet is None:
            raise Refused(NOT_BEGUN)
        return sheet

    def action_submit(self) -> None:
        """Submit, or say what is missing and go there."""
        if self.items.typed is not None:
            self.take()
        left = [question for question in self.questions if question.result is None]
        if left:
            self.items.go_to(left[0].key)
            names = several(question.text() for question in left[:3])
            more = "…" if len(left) > 3 else ""
            raise Refused(UNANSWERED, count=len(left), items=names + more)
        if self.round is None:
            raise Refused(NONE)
        self.said = str
        self.site_app.make_move(due_rounds.begin(self.book, self.round).id, "submit")

    def action_make(self, move: str) -> None:
        """Make a move by its own letter, or say why not."""
        record = self.target()
        chance = next(c for c in self.book.chances(record) if c.move.id == move)
        if chance.why is not None:
            raise chance.why
        self.site_app.make_move(record.id, move)

    def action_sheet(self, by: int) -> None:
        """Another checklist of today."""
        if self.items.typed is not None:
            self.take(stay=True)
        self.round = RoundNavigation(self.workspace).beside(self.round, by)
        self.said = str
        self.begin_anew()
        self.look_again()

    def action_next_left(self) -> None:
        """To the next item without a result."""
        if self.items.current:
            self._on(self.items.current)

    def action_record(self) -> None:
        """The sheet's own page."""
        self.site_app.open_record(self.target().id)
