"""The escalation desk: open escalations by state; age, time used, due day and working group."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal

from models.book.projects import my_projects
from models.calendar.business_dates import HOUR_MS
from models.records.problems.escalation import Escalation
from models.records.problems.escalation_board import AGES, Card, Lane, board
from models.records.registers import calendar_years
from models.records.statistics.review_rounds import ReviewRounds
from models.schema.record import Record
from models.schema.roles import LEADS, QUALITY
from models.text.words import Refused, W, say
from tui.display.parts import TextPart
from tui.display.row_layout import ListColumn
from tui.display.row_source import DisplayLine, ListRow
from tui.display.values import Values, named
from tui.pages import project_filter
from tui.pages.base import Page
from tui.pages.project_filter import ProjectFilter
from tui.pages.records.decision_history import trail
from tui.pages.records.move_commands import ListMoves
from tui.pages.records.preview import preview_of
from tui.pages.records.reading_pane import BREAKPOINTS
from tui.pages.records.record_actions import RecordActions
from tui.widgets.action_group import ActionGroup, runs
from tui.widgets.commands import Command
from tui.widgets.document_view import DocumentView
from tui.widgets.grouped_list import GroupedList, GroupHead
from tui.widgets.windowed_list import WindowedList

TITLE = W(
    "升级看板  {count} 件未关闭，逾期 {late}", "Escalation desk  {count} open, {late} overdue"
)
TITLE_OF = W(
    "升级看板  {count} 件未关闭，逾期 {late}  {project}",
    "Escalation desk  {count} open, {late} overdue  {project}",
)
NONE = W("没有未关闭的问题升级。", "No escalation is open.")
NO_PROJECT = W("本机没有您参与的项目。", "There is no project of yours on this device.")
LANE = W("{state}  {count}", "{state}  {count}")
AGED = W("{n}天内 {count}", "up to {n}d {count}")
OLDER = W("更久 {count}", "older {count}")
OVERDUE = W("逾期 {count}", "{count} overdue")
MARKS = {100: W("逾期", "late"), 75: W("75%", "75%"), 0: W("", "")}
GROUP = W("{n} 人：{names}", "{n}: {names}")
NO_GROUP = W("未组建", "none")
AGE, HOURS = W("{n}天", "{n}d"), W("{n}小时", "{n} h")

COLUMNS = (
    ListColumn("mark", W("标记", "Mark"), 4),
    ListColumn("title", W("问题现象", "Problem"), 24, weight=5),
    ListColumn("used", W("用时", "Used"), 5, right=True),
    ListColumn("due", W("期限", "Due"), 5),
    ListColumn("age", W("已历时", "Age"), 5, right=True),
    ListColumn("stage", W("在此状态", "In state"), 9, priority=2, right=True),
    ListColumn("group", W("攻关组", "Group"), 10, weight=2, priority=1),
    ListColumn("project", W("项目", "Project"), 10, weight=2, priority=3),
)
PROJECT = project_filter.command("board", shown=4)
MEMBER = Command(
    id="board.group",
    word=W("加组员", "Add member"),
    help=W("给攻关组加一名成员", "add a member to the working group"),
    keys="n,insert",
    shown=2,
)


class BoardActions(ActionGroup["BoardPage"]):
    """The commands of the desk."""

    @runs(PROJECT)
    def project(self) -> None:
        """The escalations of all projects, or of the next one alone."""
        self.page.filter.turn()
        self.page.look_again()

    @runs(MEMBER)
    def member(self) -> None:
        """One more in the working group of the chosen escalation."""
        escalation = self.page.group(RecordActions).target()
        self.page.site_app.open_form("group_member", {"escalation": escalation.id})


class BoardPage(Page):
    """Lanes by state; the most urgent is at the top of its lane. Moves have their letters."""

    actions = (BoardActions, RecordActions, ListMoves)
    HORIZONTAL_BREAKPOINTS = BREAKPOINTS
    AUTO_FOCUS = "WindowedList"
    values: Values
    DEFAULT_CSS = """
    BoardPage #cards { width: 3fr; }
    """

    def __init__(self, project: str = "") -> None:
        super().__init__()
        self.filter = ProjectFilter(project)
        self.preview = preview_of(self, self._brief)
        self.lanes: list[Lane] = []

    def on_mount(self) -> None:
        """Each move of an escalation has its letter, where the page does not use it: the key bar
        shows those of the row under the cursor."""
        self.group(ListMoves).bind(Escalation.kind)

    def heading(self) -> str:
        """How many are open, how many overdue."""
        count = sum(len(lane.cards) for lane in self.lanes)
        late = sum(lane.overdue for lane in self.lanes)
        word = TITLE_OF if self.filter.alone else TITLE
        return say(word, count=count, late=late, project=self.filter.alone)

    def body(self) -> ComposeResult:
        """The lanes, and beside them a preview."""
        self.values = Values(self.workspace)
        with Horizontal():
            yield GroupedList(COLUMNS, id="cards", empty=NONE)
            yield DocumentView(focusable=False, id="preview")

    # -- reading -------------------------------------------------------------------------------

    def look(self) -> None:
        """Read the board again."""
        self.values.forget()
        roles = (*LEADS, QUALITY)
        self.filter.projects = my_projects(self.book, roles) or my_projects(self.book)
        if not self.filter.projects:
            raise Refused(NO_PROJECT)
        ids = [one.id for one in self.filter.shown]
        self.lanes = board(self.book, ids, calendar_years.calendar(self.book))
        found: list[ListRow] = []
        for lane in self.lanes:
            found.append(GroupHead(_headed(lane)))
            found += [self._row(card) for card in lane.cards]
        self.query_one(GroupedList).show(found)

    def _row(self, card: Card) -> DisplayLine:
        record = card.record
        names = [self.values.person(id) for id in card.group]
        said: dict[str, str | W] = {
            "mark": MARKS[card.mark],
            "title": named(record, self.values),
            "used": "" if card.used is None else f"{card.used}%",
            "due": (record.due or "")[5:],
            "age": say(AGE, n=card.days),
            "stage": say(HOURS, n=f"{card.worked / HOUR_MS:.1f}"),
            "group": say(GROUP, n=len(names), names=" ".join(names)) if names else NO_GROUP,
            "project": self.values.title(str(record.project), "project"),
        }
        return DisplayLine(record.id, said, {100: "error", 75: "warning"}.get(card.mark, ""))

    def chosen(self) -> str | None:
        """The escalation under the cursor."""
        return self.query_one(GroupedList).current

    @on(WindowedList.Opened)
    def _opened(self, event: WindowedList.Opened) -> None:
        event.stop()
        self.site_app.open_record(event.id)

    def on_resize(self) -> None:
        """Where there is room by now, the preview is filled."""
        super().on_resize()
        self.call_after_refresh(self.preview.follow)

    @on(WindowedList.Highlighted)
    def _highlighted(self, event: WindowedList.Highlighted) -> None:
        event.stop()
        self.preview.follow()
        self.group(ListMoves).follow()

    def _brief(self, record: Record) -> list[TextPart]:
        """The short form of an escalation, with the moves that it made."""
        rounds = ReviewRounds(self.book, record)
        return [*self.preview.brief(record), *trail(rounds, self.values)]


def _headed(lane: Lane) -> str:
    """A lane's heading: its state, how many are how old, how many overdue."""
    parts = [say(LANE, state=lane.state.label, count=len(lane.cards))]
    for bound, count in zip((*AGES, 0), lane.ages, strict=True):
        if count:
            parts.append(say(AGED if bound else OLDER, n=bound, count=count))
    if lane.overdue:
        parts.append(say(OVERDUE, count=lane.overdue))
    return "  ".join(parts)
