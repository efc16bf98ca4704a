"""The board of actions: whatever they come from, by the step that is next, or by their owner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal

from models.book.projects import all_projects
from models.calendar.business_dates import day_of
from models.records.nonconformity import action_board
from models.records.nonconformity.action_board import LATE, OPEN, ActionLane
from models.records.nonconformity.corrective_action import CorrectiveAction
from models.schema.record import kinds
from models.schema.roles import GENERAL_OFFICE, LEADS, QUALITY
from models.storage import rows
from models.text.words import Refused, W, say
from tui.display.row_layout import ListColumn, RowLayout
from tui.display.row_source import DisplayLine, ListRow
from tui.display.task_rows import due_words
from tui.display.values import Values, named
from tui.pages import project_filter
from tui.pages.base import Page
from tui.pages.project_filter import ProjectFilter
from tui.pages.records.move_commands import ListMoves
from tui.pages.records.preview import preview_of
from tui.pages.records.reading_pane import BREAKPOINTS
from tui.pages.records.record_actions import RecordActions
from tui.widgets.action_group import ActionGroup, runs
from tui.widgets.commands import Command
from tui.widgets.document_view import DocumentView
from tui.widgets.grouped_list import GroupedList, GroupHead
from tui.widgets.windowed_list import WindowedList

if TYPE_CHECKING:
    from models.storage.store import Store

TITLE = W("措施看板  {count} 项未关闭，逾期 {late}", "Action board  {count} open, {late} overdue")
TITLE_OF = W(
    "措施看板  {count} 项未关闭，逾期 {late}  {project}",
    "Action board  {count} open, {late} overdue  {project}",
)
NONE = W("没有未关闭的纠正与预防措施。", "No corrective action is open.")
NO_PROJECT = W("本机没有您参与的项目。", "There is no project of yours on this device.")
STEPS = {
    LATE: W("逾期", "Overdue"),
    "verified": W("待监督确认", "To confirm as supervisor"),
    "returned": W("退回重做", "Sent back"),
    "done": W("待评定效果", "To evaluate"),
    OPEN: W("未到期", "In time"),
}
NOBODY = W("还没有负责人", "Nobody in charge yet")
LANE = W("{name}  {count}", "{name}  {count}")
LANE_LATE = W("{name}  {count}，逾期 {late}", "{name}  {count}, {late} overdue")
MORE = W("还有 {count} 项，按回车列出", "{count} more; Enter lists them")
TONES = {"returned": "warning", "verified": "success"}
ADDED = 200
"""How many more are listed at once."""

COLUMNS = (
    ListColumn("state", W("状态", "State"), 10, words=()),
    ListColumn("title", W("事项", "Subject"), 22, weight=5),
    ListColumn("owner", W("负责人", "In charge"), 9, weight=2),
    ListColumn("due", W("期限", "Due"), 9),
    ListColumn("source", W("来源", "Source"), 10, priority=2),
    ListColumn("project", W("项目", "Project"), 10, weight=2, priority=1),
)
PROJECT = project_filter.command("actions", shown=4)
GROUPING = Command(
    id="actions.grouping",
    word=W("按步骤/按负责人", "Step/owner"),
    help=W("按步骤列出，或按负责人列出", "listed by step, or by who is in charge"),
    keys="o,ctrl+o",
    shown=2,
)
NEW = Command(
    id="actions.new",
    word=W("新建", "New"),
    help=W("新建一项纠正与预防措施", "a new corrective action"),
    keys="n,insert,ctrl+n",
    shown=3,
)


class ActionRow:
    """An action as a row, whose words are looked up when it is drawn: a board may have hundreds."""

    def __init__(self, action: CorrectiveAction, values: Values, store: Store) -> None:
        self.action, self._values, self._store = action, values, store
        self.id = action.id

    def segments(self, columns: RowLayout) -> tuple[str, str]:
        """State, subject, owner, day, what it comes from, project."""
        one, values = self.action, self._values
        field = one.kind.due_in(one.state)
        due = day_of(getattr(one, field)) if field else None
        said: dict[str, str | W] = {
            "state": one.kind.state(one.state).label,
            "title": named(one, values),
            "owner": values.person(one.owner) if one.owner else "",
            "due": due_words(due, values.today) if due is not None else "",
            "source": self._source(one.source),
            "project": values.title(one.project, "project") if one.project else "",
        }
        late = due is not None and due < values.today
        return columns.line(said), "error" if late else TONES.get(one.state, "")

    def _source(self, id: str | None) -> str | W:
        """The type of what it comes from."""
        type = rows.type_of(self._store, id) if id else None
        return kinds[type].kind.label if type is not None else ""


class ActionBoardActions(ActionGroup["ActionBoardPage"]):
    """The commands of the board."""

    @runs(PROJECT)
    def project(self) -> None:
        """The actions of all projects, or of the next one alone."""
        self.page.filter.turn()
        self.page.look_again()

    @runs(GROUPING)
    def grouping(self) -> None:
        """Turn between lanes by step and lanes by owner."""
        self.page.owners = not self.page.owners
        self.page.look_again()

    @runs(NEW)
    def new(self) -> None:
        """A new action, in the project that is shown alone."""
        self.page.site_app.open_form("corrective_action", project=self.page.filter.project or None)


class ActionBoardPage(Page):
    """All open actions; the overdue first. Moves have their letters, as on a record's page."""

    actions = (ActionBoardActions, RecordActions, ListMoves)
    HORIZONTAL_BREAKPOINTS = BREAKPOINTS
    AUTO_FOCUS = "WindowedList"
    values: Values
    DEFAULT_CSS = """
    ActionBoardPage #actions { width: 3fr; }
    """

    def __init__(self, project: str = "") -> None:
        super().__init__()
        self.filter = ProjectFilter(project)
        self.preview = preview_of(self)
        self.owners = False
        """Whether the lanes are those of the owners."""
        self.lanes: list[ActionLane] = []
        self._shown: dict[str, int] = {}

    def on_mount(self) -> None:
        """Each move of an action has its letter, where the page does not use it: the key bar shows
        those of the row under the cursor."""
        self.group(ListMoves).bind(CorrectiveAction.kind)

    def heading(self) -> str:
        """How many are open, how many overdue."""
        count = sum(lane.total for lane in self.lanes)
        late = sum(lane.late for lane in self.lanes)
        word = TITLE_OF if self.filter.alone else TITLE
        return say(word, count=count, late=late, project=self.filter.alone)

    def body(self) -> ComposeResult:
        """The lanes, and beside them a preview."""
        self.values = Values(self.workspace)
        with Horizontal():
            yield GroupedList(COLUMNS, id="actions", empty=NONE)
            yield DocumentView(focusable=False, id="preview")

    # -- reading -------------------------------------------------------------------------------

    def look(self) -> None:
        """Read the board again: also of completed projects, whose actions go on."""
        self.values.forget()
        me, people = self.book.me, self.book.people
        held = [(one, people.roles(me, one.id)) for one in all_projects(self.book.store)]
        leading = [one for one, roles in held if roles & {*LEADS, QUALITY, GENERAL_OFFICE}]
        self.filter.projects = leading or [one for one, roles in held if roles]
        if not self.filter.projects:
            raise Refused(NO_PROJECT)
        read = action_board.by_owner if self.owners else action_board.by_step
        self.lanes = read(self.book, [one.id for one in self.filter.shown], self._shown)
        found: list[ListRow] = []
        for lane in self.lanes:
            found.append(GroupHead(self._headed(lane)))
            found += [ActionRow(one, self.values, self.book.store) for one in lane.actions]
            if lane.total > len(lane.actions):
                more = say(MORE, count=lane.total - len(lane.actions))
                found.append(DisplayLine(f"more:{lane.name}", {"title": more}, "muted"))
        self.query_one(GroupedList).show(found)

    def _headed(self, lane: ActionLane) -> str:
        name: str | W = STEPS[lane.name] if not self.owners else NOBODY
        if self.owners and lane.name:
            name = self.values.person(lane.name)
        word = LANE_LATE if self.owners and lane.late else LANE
        return say(word, name=name, count=lane.total, late=lane.late)

    def chosen(self) -> str | None:
        """The action under the cursor."""
        current = self.query_one(GroupedList).current
        return None if current is None or current.startswith("more:") else current

    @on(WindowedList.Opened)
    def _opened(self, event: WindowedList.Opened) -> None:
        event.stop()
        head, _, lane = event.id.partition(":")
        if head != "more":
            self.site_app.open_record(event.id)
            return
        listed = next((len(one.actions) for one in self.lanes if one.name == lane), 0)
        self._shown[lane] = listed + ADDED
        self.look_again()

    def on_resize(self) -> None:
        """Where there is room by now, the preview is filled."""
        super().on_resize()
        self.call_after_refresh(self.preview.follow)

    @on(WindowedList.Highlighted)
    def _highlighted(self, event: WindowedList.Highlighted) -> None:
        event.stop()
        self.preview.follow()
        self.group(ListMoves).follow()
