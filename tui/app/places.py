"""Places: the pages that keys open from anywhere, and the commands that work on every page."""

from __future__ import annotations

from models.text.words import W
from tui.areas import contributions as _  # noqa: F401  (reads the places of the areas)
from tui.pages import registry
from tui.pages.registry import Place
from tui.widgets.commands import Command

OWN = (
    Place(
        "today",
        "1",
        W("今日", "Today"),
        W("我的待办", "what waits for me"),
        "tui.pages.home.today_page:TodayPage",
        rank=10,
    ),
    Place(
        "records",
        "6",
        W("全部记录", "Records"),
        W("所有记录类型", "every record type"),
        "tui.pages.records.type_list:TypesPage",
        rank=60,
    ),
    Place(
        "settings",
        "7",
        W("设置", "Settings"),
        W("语言、主题、项目", "language, theme, project"),
        "tui.pages.general.settings_page:SettingsPage",
        rank=70,
    ),
    Place(
        "conflicts",
        "8",
        W("冲突", "Conflicts"),
        W("同时写入的不同的值", "values written at the same time"),
        "tui.pages.conflicts.conflict_list:ConflictsPage",
        rank=80,
    ),
    Place(
        "sync",
        "9",
        W("同步", "Sync"),
        W("待同步、在等待或被隔离的改动", "unsent, waiting and quarantined changes"),
        "tui.pages.sync.sync_page:SyncPage",
        rank=90,
    ),
    Place(
        "members",
        "0",
        W("成员", "Members"),
        W("成员、电脑和角色", "people, devices and roles"),
        "tui.pages.sync.members_page:MembersPage",
        rank=100,
    ),
    Place(
        "inbox",
        "ctrl+d",
        W("待我处理", "Inbox"),
        W("待我受理、审批、审阅和验证的记录", "records that wait for my decision"),
        "tui.pages.home.inbox_page:InboxPage",
        rank=120,
    ),
)
PLACES = tuple(sorted((*OWN, *registry.PLACES), key=lambda place: place.rank))
"""Those of the app and of the areas, in the order in which people read them."""

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
        id="app.project",
        word=W("本项目", "This project"),
        help=W(
            "光标下记录所属项目的阶段、计划、检查、问题和文件",
            "stage, plans, checks, problems and papers of the project under the cursor",
        ),
        keys="equals_sign",
        action="app.project",
    ),
    Command(
        id="app.sync",
        word=W("立即同步", "Sync now"),
        help=W("与上次同步的对象同步一次", "sync once with the last peer"),
        keys="f5",
        action="app.sync_now",
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
        help=W("撤销上一次改动", "undo the last change"),
        keys="ctrl+z,u",
        action="app.undo",
    ),
    Command(
        id="app.redo",
        word=W("恢复撤销", "Redo"),
        help=W("恢复刚撤销的改动", "bring back what was undone last"),
        keys="U,ctrl+y,ctrl+shift+z",
        action="app.redo",
    ),
    Command(
        id="app.undo_list",
        word=W("撤销列表", "Undo list"),
        help=W("可以撤销的改动；选一项撤销", "the changes that can be undone; choose one"),
        keys="alt+z",
        action="app.undo_list",
    ),
    Command(
        id="app.drafts",
        word=W("草稿", "Drafts"),
        help=W("未完成的草稿", "everything typed and not saved"),
        keys="alt+d",
        action="app.drafts",
    ),
    Command(
        id="app.notices",
        word=W("通知记录", "Notices"),
        help=W("通知记录", "notification history"),
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
        help=W("退出；输入的内容都已保留", "quit; everything typed is kept"),
        keys="ctrl+q",
        action="app.leave",
        priority=True,
    ),
    Command(
        id="app.quit_home",
        word=W("退出", "Quit"),
        help=W("在首页退出", "quit (home page only)"),
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
