"""Weekly review: people × weeks, and beside it the entry; one key reads on, accepts or returns."""

from __future__ import annotations

from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Container
from textual.timer import Timer

from models import review, status, years
from models.records.project import Project
from models.records.weekly import Weekly
from models.review import Team, Waiting
from models.words import Refused, W, say
from sync import overview
from tui import deeds
from tui.commands import Command
from tui.deeds import Deeds
from tui.reviewed import Reviewed, absent
from tui.values import Values
from tui.widgets.leaf import Leaf
from tui.widgets.parts import Part
from tui.widgets.weeks import Weeks

TITLE = W("周报审阅  {week}  待审 {count}", "Weekly review  {week}  {count} to read")
TITLE_OF = W(
    "周报审阅  {week}  待审 {count}  {project}", "Weekly review  {week}  {count} to read  {project}"
)
NO_PROJECT = W(
    "没有由您审阅周报的项目：需要项目经理、部门经理或质量专员的角色。",
    "There is no project whose entries you read: that takes a manager's or quality's role.",
)
NO_ENTRY = W("{who} 在 {week} 没有周报。", "There is no entry of {who} for {week}.")
NONE_WAITS = W("没有周报等您审阅了。", "No entry waits for you any more.")
ACCEPTED = W(
    "已接受：{who} {week}；还有 {count} 份待审", "Accepted: {who} {week}; {count} left to read"
)
RETURNED = W(
    "已退回：{who} {week}；还有 {count} 份待审", "Returned: {who} {week}; {count} left to read"
)
WHY = W("退回 {who} 的 {week}：写明原因", "Return {week} of {who}: give the reason")
MOVED_ON = W(
    "这份周报刚刚有了变化，已重新显示，请再看一遍。",
    "This entry has just changed; it is shown anew. Read it again, please.",
)
LEGEND = {
    "accepted": W("受 接受 {n}", "OK accepted {n}"),
    "submitted": W("交 待审 {n}", "IN to read {n}"),
    "returned": W("退 退回 {n}", "RT returned {n}"),
    "draft": W("稿 草稿 {n}", "DR draft {n}"),
    review.MISSING: W("缺 未交 {n}", "-- missing {n}"),
    review.UNSYNCED: W("？ 未同步 {n}", "?? not synced {n}"),
    review.DUE: W("． 未到期 {n}", ". not due {n}"),
}
PAUSE = 0.12
"""Seconds on a cell before its entry is read: holding a key down must not read them all."""
WIDE = 110

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
    Command(
        id="review.read",
        word=W("往下读", "Read on"),
        help=W("周报往下翻一页", "the entry, one page down"),
        keys="space",
        action="read(1)",
        shown=4,
    ),
    Command(
        id="review.back",
        word=W("往上读", "Read back"),
        help=W("周报往上翻一页", "the entry, one page up"),
        keys="backspace",
        action="read(-1)",
    ),
    Command(
        id="review.project",
        word=W("换项目", "Project"),
        help=W("全部项目，或只看一个，依次切换", "all projects, or one after another"),
        keys="p,ctrl+g",
        action="project",
        shown=8,
    ),
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
    one for one in deeds.COMMANDS if one.id in ("record.note", "record.copy", "record.paper")
)


class ReviewPage(Deeds):
    """The team's weeks; the cursor begins where something waits to be read."""

    commands: ClassVar = (*COMMANDS, *SHARED)
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]
    AUTO_FOCUS = "Weeks"
    DEFAULT_CSS = """
    ReviewPage #desk { height: 1fr; layout: vertical; }
    ReviewPage #team { height: 10; }
    ReviewPage #entry { height: 1fr; border-top: solid $panel; }
    ReviewPage.-wide #desk { layout: horizontal; }
    ReviewPage.-wide #team { width: 66; height: 1fr; }
    ReviewPage.-wide #entry { border-top: none; border-left: solid $panel; padding-left: 1; }
    .-ascii ReviewPage #entry { border-top: ascii $panel; }
    .-ascii ReviewPage.-wide #entry { border-top: none; border-left: ascii $panel; }
    """

    def __init__(self, project: str = "") -> None:
        super().__init__()
        self.project = project
        """The project that is shown alone, by its id; '' for all."""
        self.waits: list[Waiting] = []
        self._projects: list[Project] = []
        self._read = ("", "")
        """The entry that is shown, and its versions."""
        self._pause: Timer | None = None

    def heading(self) -> str:
        """Which week, how many wait, which project."""
        week = self.grid.week if self.is_mounted else ""
        name = next((p.name for p in self._projects if p.id == self.project), "")
        word = TITLE_OF if name else TITLE
        return say(word, week=week, count=len(self.waits), project=name)

    @property
    def grid(self) -> Weeks:
        """The grid."""
        return self.query_one(Weeks)

    def body(self) -> ComposeResult:
        """The grid, and the entry beside or below it."""
        self.values = Values(self.workspace)
        with Container(id="desk"):
            yield Weeks(id="team")
            yield Leaf(focusable=False, id="entry")

    # -- reading -------------------------------------------------------------------------------

    def look(self) -> None:
        """Read who reported, and the entry under the cursor again."""
        self.values.forget()
        self._projects = review.led(self.book)
        if not self._projects:
            raise Refused(NO_PROJECT)
        shown = [one for one in self._projects if self.project in ("", one.id)]
        first = self.grid.team is None
        team = Team(
            self.book,
            shown,
            overview.reach(self.workspace),
            years.calendar(self.book),
            self.workspace.settings.weekly_due,
        )
        self.waits = team.waiting()
        self.grid.show(team)
        if first and self.waits:
            self._go(self.waits[0])
        else:
            self.show()

    def show(self) -> None:
        """The entry under the cursor, from its beginning where it is another one."""
        grid, team = self.grid, self.grid.team
        if team is None:
            return
        grid.tell(self._legend(team, grid.week))
        row, cell = grid.here, grid.cell
        parts: list[Part] = []
        dots = ""
        if row is not None and cell.weekly:
            weekly = self.book.get(cell.weekly)
            assert isinstance(weekly, Weekly)
            dots = weekly.dots
            entry = status.of_record(
                self.book, weekly, years.calendar(self.book), self.workspace.settings.weekly_due
            )
            parts = Reviewed(self.book, self.values, entry, weekly).parts()
        elif row is not None:
            due, until = team.due(grid.week), team.reach.get(row.person, 0)
            parts = absent(self.values, row, grid.week, cell, due, until)
        same = self._read[0] == cell.weekly != ""
        self._read = (cell.weekly, dots)
        self.query_one(Leaf).look(parts, top=not same)

    def _legend(self, team: Team, week: str) -> str:
        """How the week stands, in the words of the grid."""
        found = team.count(week)
        return "  ".join(
            say(word, n=found[state]) for state, word in LEGEND.items() if found[state]
        )

    @on(Weeks.Highlighted)
    def _highlighted(self, event: Weeks.Highlighted) -> None:
        event.stop()
        if self._pause is not None:
            self._pause.stop()
        self._pause = self.set_timer(PAUSE, self._settled)

    def _settled(self) -> None:
        self.show()
        self.query_one("#title-bar").refresh()

    @on(Weeks.Opened)
    def _opened(self, event: Weeks.Opened) -> None:
        event.stop()
        self.site_app.open_weekly(self.target().id)

    def chosen(self) -> str | None:
        """The entry under the cursor."""
        row, cell = self.grid.here, self.grid.cell
        if row is not None and not cell.weekly:
            raise Refused(NO_ENTRY, who=row.name, week=self.grid.week)
        return cell.weekly or None

    # -- doing ---------------------------------------------------------------------------------

    def _go(self, to: Waiting) -> None:
        self.grid.go(to.project, to.person, to.week)
        self._settled()

    def action_next(self, by: int) -> None:
        """The next entry that waits, round and round."""
        ids = [one.weekly for one in self.waits]
        if not ids:
            raise Refused(NONE_WAITS)
        here = self.grid.cell.weekly
        at = ids.index(here) + by if here in ids else 0
        self._go(self.waits[at % len(ids)])

    def action_read(self, pages: int) -> None:
        """Scroll the entry."""
        self.query_one(Leaf).action_page(pages)

    def action_accept(self) -> None:
        """Accept what is shown, and go on."""
        weekly = self._decidable("accept")
        self.book.move(weekly.id, "accept", seen=weekly.dots)
        self._decided(weekly, ACCEPTED)

    def action_return(self) -> None:
        """Return it with a reason, and go on."""
        from tui.screens.reason import Reason

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
        if self._pause is not None:
            self._pause.stop()
        weekly = self.target()
        assert isinstance(weekly, Weekly)
        why = next(one.why for one in self.book.chances(weekly) if one.move.id == move)
        if why is not None:
            raise why
        if self._read != (weekly.id, weekly.dots):
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

    def action_project(self) -> None:
        """All projects, or the next one alone."""
        order = ["", *(one.id for one in self._projects)]
        at = order.index(self.project) + 1 if self.project in order else 0
        self.project = order[at % len(order)]
        self.look_again()

    def action_consolidated(self) -> None:
        """The consolidated week of the project under the cursor."""
        self._beside("project_week", "ProjectWeekPage", self.grid.week)

    def action_trends(self) -> None:
        """The trends of the project under the cursor."""
        self._beside("trends", "TrendsPage")

    def _beside(self, module: str, name: str, *more: Any) -> None:
        row = self.grid.here
        if row is not None:
            self.site_app.open_page(module, name, row.project, *more)
