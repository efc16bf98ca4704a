"""Reviewing: the next entry that waits, accepted by one key, returned by one and a reason."""

from __future__ import annotations

from typing import ClassVar

from models.records.weekly.review_grid import AwaitingReview
from models.records.weekly.weekly_entry import Weekly
from models.text.words import Refused, W, say
from tui.areas.weekly.week_grid import Weeks
from tui.display.values import Values
from tui.pages import project_filter
from tui.pages.home import reading_page
from tui.pages.home.reading_page import ReadingPage
from tui.pages.records import record_actions
from tui.widgets.commands import Command

NONE_WAITS = W("没有周报等您审阅了。", "No entry waits for you any more.")
ACCEPTED = W(
    "已接受：{who} {week}；还有 {count} 份待审", "Accepted: {who} {week}; {count} left to read"
)
RETURNED = W(
    "已退回：{who} {week}；还有 {count} 份待审", "Returned: {who} {week}; {count} left to read"
)
WHY = W("退回 {who} 的 {week}：写明原因", "Return {week} of {who}: give the reason")
MOVED_ON = W(
    "这份周报刚刚有改动，已显示新内容，请再看一遍。",
    "This entry has just changed; it is shown anew. Read it again, please.",
)

COMMANDS = (
    Command(
        id="review.next",
        word=W("下一份", "Next"),
        help=W("到下一份待审的周报", "the next entry that waits"),
        keys="n,tab",
        action="next(1)",
        shown=1,
    ),
    Command(
        id="review.previous",
        word=W("上一份", "Before"),
        help=W("到上一份待审的周报", "the entry before that waits"),
        keys="N,shift+tab",
        action="next(-1)",
    ),
    Command(
        id="review.accept",
        word=W("接受", "Accept"),
        help=W("接受这份周报，到下一份", "accept this entry, and on to the next"),
        keys="a,ctrl+s",
        action="accept",
        shown=2,
    ),
    Command(
        id="review.return",
        word=W("退回", "Return"),
        help=W("写明原因退回，到下一份", "return it with a reason, and on to the next"),
        keys="h,ctrl+r",
        action="return",
        shown=3,
    ),
    project_filter.command("review", shown=8),
    Command(
        id="review.week",
        word=W("项目周报", "Project week"),
        help=W("光标所在项目和周的汇总周报", "the consolidated week under the cursor"),
        keys="w,ctrl+w",
        action="consolidated",
        shown=5,
    ),
    Command(
        id="review.trends",
        word=W("趋势", "Trends"),
        help=W("光标所在项目的趋势图", "the trends of the project under the cursor"),
        keys="v,ctrl+b",
        action="trends",
        shown=9,
    ),
)
SHARED = tuple(
    one
    for one in record_actions.COMMANDS
    if one.id in ("record.note", "record.copy", "record.paper")
)


class Reviewing(ReadingPage):
    """What a lead does with the entries of a team; `ReviewPage` shows them."""

    commands: ClassVar[tuple[Command, ...]] = (*COMMANDS, *reading_page.COMMANDS, *SHARED)
    values: Values

    def __init__(self) -> None:
        super().__init__()
        self.waits: list[AwaitingReview] = []
        self.read = ("", "")
        """The entry that is shown, and its versions."""

    @property
    def grid(self) -> Weeks:
        """The grid."""
        return self.query_one(Weeks)

    def show(self) -> None:
        """The entry under the cursor."""
        raise NotImplementedError

    def _go(self, to: AwaitingReview) -> None:
        self.grid.go(to.project, to.person, to.week)
        self.settled()

    def settled(self) -> None:
        """The cursor stands still: read what it is on."""
        self.show()
        self.query_one("#title-bar").refresh()

    def action_next(self, by: int) -> None:
        """The next entry that waits, round and round."""
        ids = [one.weekly for one in self.waits]
        if not ids:
            raise Refused(NONE_WAITS)
        here = self.grid.cell.weekly
        at = ids.index(here) + by if here in ids else 0
        self._go(self.waits[at % len(ids)])

    def action_accept(self) -> None:
        """Accept what is shown, and go on."""
        weekly = self._decidable("accept")
        self.book.move(weekly.id, "accept", seen=weekly.dots)
        self._decided(weekly, ACCEPTED)

    def action_return(self) -> None:
        """Return it with a reason, and go on."""
        from tui.pages.dialogs.text_prompt import Reason

        weekly = self._decidable("return")
        named = {"who": self._who(weekly), "week": weekly.week}

        def given(reason: str | None) -> None:
            if reason:
                self.book.move(weekly.id, "return", comment=reason, seen=weekly.dots)
                self._decided(weekly, RETURNED)

        question = W(*(half.format(**named) for half in WHY))
        self.app.push_screen(Reason(question), given)

    def _decidable(self, move: str) -> Weekly:
        """The entry, if the move is possible and it is still what is shown."""
        self.at_once()
        weekly = self.target()
        assert isinstance(weekly, Weekly)
        why = next(one.why for one in self.book.chances(weekly) if one.move.id == move)
        if why is not None:
            raise why
        if self.read != (weekly.id, weekly.dots):
            self.show()
            raise Refused(MOVED_ON)
        return weekly

    def _decided(self, weekly: Weekly, word: W) -> None:
        ids = [one.weekly for one in self.waits]
        at = ids.index(weekly.id) if weekly.id in ids else 0
        self.look()
        left = len(self.waits)
        self.site_app.tell(say(word, who=self._who(weekly), week=weekly.week, count=left))
        if self.waits:
            self._go(self.waits[min(at, left - 1)])

    def _who(self, weekly: Weekly) -> str:
        return self.values.person(weekly.person or weekly.author)
