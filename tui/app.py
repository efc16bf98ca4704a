"""The app: opens the workspace, shows Today first, and holds what every page shares."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, cast

from textual.app import App
from textual.binding import BindingType
from textual.dom import DOMNode
from textual.filter import LineFilter
from textual.message import Message
from textual.screen import Screen

from models.record import Record
from models.words import Refused, W, language, say
from sync import workspace as books
from sync.workspace import Workspace
from tui.commands import Command, bindings, is_letter
from tui.page import Page, Shared
from tui.widgets.said import Clean, notify

if TYPE_CHECKING:
    from textual.actions import ActionParseResult

WATCH_SECONDS = 2.0
RECENT = 12

NOT_YET = W("这一页还没有做好。", "This page is not there yet.")
HOW_TO_QUIT = W(
    "按 Ctrl+Q 退出；输入的内容都已保留。", "Press Ctrl+Q to quit; everything typed is kept."
)
DONE = W("{number}：{move}，现为“{state}”。", "{number}: {move}; now “{state}”.")
HERE_ONLY = W("仅本机", "this device only")


class Place(NamedTuple):
    """A page that a number key leads to from anywhere."""

    id: str
    key: str
    word: W
    help: W
    opens: str
    """`module:class` under `tui.screens`, or `=type` for the list of a record type."""


PLACES = (
    Place(
        "today", "1", W("今日", "Today"), W("等着我办的事", "what waits for me"), "today:TodayPage"
    ),
    Place(
        "checklist",
        "2",
        W("检查", "Checklist"),
        W("今天的日常检查", "today's checklists"),
        "checklist:ChecklistPage",
    ),
    Place("fixes", "3", W("现场处置", "Fixes"), W("现场处置列表", "list of on-site fixes"), "=fix"),
    Place(
        "escalations",
        "4",
        W("升级", "Escalations"),
        W("问题升级列表", "list of escalations"),
        "=escalation",
    ),
    Place(
        "weekly",
        "5",
        W("周报", "Weekly"),
        W("本周的周报", "this week's status"),
        "weekly:WeeklyPage",
    ),
    Place(
        "records",
        "6",
        W("全部记录", "Records"),
        W("所有记录类型", "every record type"),
        "types:TypesPage",
    ),
    Place(
        "settings",
        "7",
        W("设置", "Settings"),
        W("语言、主题、项目", "language, theme, project"),
        "settings:SettingsPage",
    ),
)

COMMANDS = (
    Command(
        id="app.help",
        word=W("帮助", "Help"),
        help=W("这里能用的键和命令", "keys and commands that work here"),
        keys="question_mark,f1",
        action="app.help",
        shown=90,
    ),
    Command(
        id="app.palette",
        word=W("命令", "Commands"),
        help=W("按名称或拼音首字母找任何命令", "find any command by name or pinyin initials"),
        keys="ctrl+p,f10",
        action="app.palette",
        shown=85,
        priority=True,
    ),
    Command(
        id="app.search",
        word=W("搜索", "Search"),
        help=W("在所有记录中查找", "find in all records"),
        keys="slash,f3",
        action="app.search",
        shown=60,
    ),
    Command(
        id="app.language",
        word=W("中文/English", "English/中文"),
        help=W("切换语言", "switch the language"),
        keys="f9",
        action="app.language",
    ),
    Command(
        id="app.undo",
        word=W("撤销", "Undo"),
        help=W("撤销上一次改动", "take back the last change"),
        keys="ctrl+z,u",
        action="app.undo",
    ),
    Command(
        id="app.notices",
        word=W("通知记录", "Notices"),
        help=W("最近的通知，包括已消失的", "past notices, those that went away too"),
        keys="ctrl+l",
        action="app.notices",
    ),
    Command(
        id="app.how_to_quit",
        word=W("怎样退出", "How to quit"),
        help=W("说明怎样退出", "tells how to quit"),
        keys="ctrl+c",
        action="app.how_to_quit",
    ),
    Command(
        id="app.quit",
        word=W("退出", "Quit"),
        help=W("退出；输入的内容都已保留", "leave; everything typed is kept"),
        keys="ctrl+q",
        action="app.leave",
        priority=True,
    ),
    Command(
        id="app.quit_home",
        word=W("退出", "Quit"),
        help=W("在首页退出", "leave from the home page"),
        keys="q,ctrl+q",
        action="app.leave_home",
        shown=95,
    ),
    *(
        Command(
            id=f"go.{place.id}",
            word=place.word,
            help=place.help,
            keys=place.key,
            action=f"app.go('{place.id}')",
        )
        for place in PLACES
    ),
)


class Notice(NamedTuple):
    """Something that was told: kept, since a toast of five seconds is lost at a cabinet."""

    at: int
    text: str
    bad: bool


class SiteApp(App[None]):
    """The terminal application over one workspace; without one it asks for it first."""

    CSS_PATH = "styles/sitebook.tcss"
    ENABLE_COMMAND_PALETTE = False
    NOTIFICATION_TIMEOUT = 6
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(COMMANDS)]

    def __init__(self, workspace: Workspace | None = None, home: Path | None = None) -> None:
        super().__init__()
        self.animation_level = "none"
        self.home = workspace.home if workspace is not None else home
        self.notices: list[Notice] = []
        self.recent: list[str] = []
        """Ids of the records opened last, newest first."""
        self._workspace = workspace
        self._seen = 0
        if workspace is not None:
            language.now = workspace.settings.lang

    @property
    def workspace(self) -> Workspace:
        """The open workspace."""
        if self._workspace is None:
            raise Refused(books.NO_BOOK, path=self.home)
        return self._workspace

    def get_default_screen(self) -> Screen[Any]:
        """The first page on the stack: Today, or the questions of the first run."""
        if self._workspace is None:
            return self._made("welcome", "WelcomePage") or super().get_default_screen()
        return self._home()

    def on_mount(self) -> None:
        """Watch for what other processes write."""
        if self._workspace is not None:
            self._hold(self._workspace)
        self.set_interval(WATCH_SECONDS, self._watch)

    def get_line_filters(self) -> list[LineFilter]:
        """The last gate against text that acts on the terminal."""
        return [*super().get_line_filters(), Clean()]

    # -- how pages open each other ---------------------------------------------------------

    def tell(self, text: str, *, bad: bool = False) -> None:
        """A notice at the edge of the screen; kept in the list of notices too."""
        from time import time_ns

        self.notices.append(Notice(time_ns() // 1_000_000, text, bad))
        notify(cast("App[object]", self), text, "error" if bad else "information")

    def open_record(self, id: str) -> None:
        """Open the page of a record."""
        if id in self.recent:
            self.recent.remove(id)
        self.recent = [id, *self.recent][:RECENT]
        self._open("record", "RecordPage", id)

    def open_form(
        self,
        type: str,
        values: Mapping[str, Any] | None = None,
        *,
        project: str | None = None,
        record: Record | None = None,
        move: str | None = None,
        then: Callable[[Record], None] | None = None,
    ) -> None:
        """Open the form of a new record, of an existing one, or of a move that asks something.

        `then` is called with the record once it is saved.
        """
        self._open(
            "form", "FormPage", type, values, project=project, record=record, move=move, then=then
        )

    def open_item(self, type: str, id: str) -> None:
        """Open a record where it is worked on: sheets and weekly entries have their own pages."""
        if type == "sheet":
            self.open_sheet(id)
        elif type == "weekly":
            self.open_weekly(id)
        else:
            self.open_record(id)

    def open_conflict(self, id: str, field: str) -> None:
        """Open what several people wrote for one field, to choose."""
        self._open("conflicts", "ConflictPage", id, field)

    def open_file(self, id: str) -> None:
        """Take an attached file out of the book."""
        self._open("files", "FilePage", id)

    def attach(self, id: str) -> None:
        """Attach a file to a record."""
        self._open("files", "AttachPage", id)

    def open_list(self, type: str, **filter: str) -> None:
        """Open the list of a type; `filter` as in the filter line (`state="open"`)."""
        self._open("listing", "ListPage", type, **filter)

    def open_sheet(self, id: str, item: str | None = None) -> None:
        """Open a checklist sheet, at an item if one is named."""
        self._open("checklist", "ChecklistPage", id, item)

    def open_weekly(self, id: str) -> None:
        """Open a weekly entry."""
        self._open("weekly", "WeeklyPage", id)

    def make_move(
        self, record_id: str, move_id: str, then: Callable[[Record], None] | None = None
    ) -> None:
        """Make a move: at once when nothing is asked or needed, else through its form."""
        from models.rights import missing

        book = self.workspace.book
        record = book.get(record_id)
        move = record.kind.by_move[move_id]
        if move.asks or move.requires_comment or missing(record, move, {}):
            self.open_form(record.type, record=record, move=move_id, then=then)
            return
        try:
            made = book.move(record_id, move_id)
        except Refused as refused:
            self.tell(str(refused), bad=True)
            return
        state = made.kind.state(made.state).label
        self.tell(say(DONE, number=made.number, move=move.label, state=state))
        if then is not None:
            then(made)

    def _open(self, module: str, name: str, *given: Any, **more: Any) -> None:
        page = self._made(module, name, *given, **more)
        if page is not None:
            self.push_screen(page)

    def _made(self, module: str, name: str, *given: Any, **more: Any) -> Screen[Any] | None:
        """A page of a module that is imported now, so that the first frame need not wait for it."""
        try:
            found = import_module(f"tui.screens.{module}")
        except ModuleNotFoundError as error:
            if error.name != f"tui.screens.{module}":
                raise
            self.tell(str(NOT_YET), bad=True)
            return None
        return cast("Screen[Any]", getattr(found, name)(*given, **more))

    def _home(self) -> Screen[Any]:
        return self._made("today", "TodayPage") or Page()

    async def _dispatch_message(self, message: Message) -> None:
        """What is refused on the way becomes a notice."""
        try:
            await super()._dispatch_message(message)
        except Refused as refused:
            self.tell(str(refused), bad=True)

    # -- places and layers -----------------------------------------------------------------

    def can_go_back(self) -> bool:
        """Whether there is a page below this one."""
        return len(self.screen_stack) > 1

    async def action_go(self, place: str) -> None:
        """Go to one of the numbered places; what lay between is closed, drafts keep its text."""
        found = next(p for p in PLACES if p.id == place)
        while self.can_go_back():
            await self.pop_screen()
        module, _, name = found.opens.partition(":")
        if found.opens.startswith("="):
            self.open_list(found.opens[1:])
        elif place != "today":
            self._open(module, name)

    def action_help(self) -> None:
        """Keys and commands that work here."""
        self._open("help", "HelpPage", self.screen)

    def action_palette(self) -> None:
        """Any command by name."""
        self._open("palette", "Palette", self.screen)

    def action_search(self) -> None:
        """Search in all records."""
        self._open("search", "SearchPage")

    def action_notices(self) -> None:
        """Past notices."""
        self._open("notices", "NoticesPage")

    def action_undo(self) -> None:
        """Take back the last change."""

    def action_how_to_quit(self) -> None:
        """People press Ctrl+C by habit: say what quits."""
        self.tell(str(HOW_TO_QUIT))

    def action_leave(self) -> None:
        """Leave at once; drafts keep everything."""
        self.exit()

    def action_leave_home(self) -> None:
        """Leave from the home page."""
        self.exit()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The plain letter quits on the home page only."""
        if action == "leave_home" and self.can_go_back():
            return False
        return super().check_action(action, parameters)

    async def run_action(
        self,
        action: str | ActionParseResult,
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """What is refused becomes a notice; a dimmed key says why it does nothing."""
        try:
            done = await super().run_action(action, default_namespace, namespaces)
        except Refused as refused:
            self.tell(str(refused), bad=True)
            return True
        if not done and isinstance(default_namespace, Shared) and isinstance(action, str):
            why = default_namespace.why_not(action.partition("(")[0])
            if why is not None:
                self.tell(str(why), bad=True)
                return True
        return done

    async def _check_bindings(self, key: str, priority: bool = False) -> bool:
        """Letter keys can be switched off for those whose input method sends them by itself."""
        if self._workspace is not None and not self._workspace.settings.letters and is_letter(key):
            return False
        return await super()._check_bindings(key, priority)

    # -- the truth, again ------------------------------------------------------------------

    def corner(self) -> str:
        """The project and the truth about sync, for the corner of every page."""
        return str(HERE_ONLY)

    def action_language(self) -> None:
        """Switch between Chinese and English at once."""
        language.now = "zh" if language.now == "en" else "en"
        if self._workspace is not None:
            self._workspace.change(replace(self._workspace.settings, lang=language.now))
        for screen in self.screen_stack:
            if isinstance(screen, Shared):
                screen.say_again()

    def _hold(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._seen = workspace.store.version()
        workspace.book.saved.append(self._saved)

    def _saved(self, _touched: set[tuple[str, str]]) -> None:
        self.call_later(self._look)

    def _watch(self) -> None:
        if self._workspace is None:
            return
        version = self._workspace.store.version()
        if version != self._seen:
            self._seen = version
            self._workspace.people.refresh()
            self._look()

    def _look(self) -> None:
        """Every screen in sight looks again: the top one and what lies behind a dialog."""
        for screen in reversed(self.screen_stack):
            if isinstance(screen, Shared):
                screen.look_again()
            if not screen.is_modal:
                return


def run(home: Path) -> int:
    """Open the app on a workspace (the first run asks name and language). Returns an exit code."""
    workspace = books.open_book(home) if books.exists(home) else None
    app = SiteApp(workspace, home)
    try:
        app.run()
    finally:
        if app._workspace is not None:
            app._workspace.close()
    return app.return_code or 0


if __name__ == "__main__":
    sys.exit(run(Path(sys.argv[1])))
