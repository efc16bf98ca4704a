"""Settings: one row each; a change acts at once and is saved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult

from models.book.projects import all_projects
from models.calendar import business_dates
from models.schema.record import kinds
from models.schema.roles import ROLES as WORDS
from models.storage.settings import FILE, Settings
from models.text.words import W, say, several
from sync.trust import device_key
from sync.workspace import sync_status
from tui.display.parts import Span, TextPart
from tui.pages.base import Page
from tui.pages.dialogs.passphrase import Passphrase
from tui.widgets import themes
from tui.widgets.commands import Command
from tui.widgets.document_view import DocumentView

LANGUAGE, THEME = W("语言", "Language"), W("主题", "Theme")
PROJECT, LETTERS = W("默认项目", "Default project"), W("字母键", "Letter keys")
ASCII, ZONE = W("边框与标记", "Borders and marks"), W("时区", "Time zone")
CHOOSE = W("选项（回车、左右键改变）", "Options (Enter, Left and Right change them)")
ABOUT = W("这本现场簿", "This book")
ASK = W("新建时再选", "ask each time")
ON, OFF = W("可用", "on"), W("不用", "off")
FINE, PLAIN = W("线条字符", "line glyphs"), W("纯 ASCII", "plain ASCII")
ME, DEVICE, HOME = W("我", "Name"), W("电脑", "Device"), W("文件夹", "Folder")
ROLES = W("角色", "Roles")
WEEKLY_DUE = W("周报期限", "Weekly due")
CLOCKS = ("09:00", "10:00", "12:00", "14:00", "17:00", "18:00")
SYNC = W("同步", "Sync")
BY_ITSELF, BY_KEY = W("自动", "automatic"), W("只在按 F5 时", "by F5 only")
ROWS, ALSO = W("记录", "Records"), W("设置文件", "Settings file")
COUNT = W("{n} 条，{mb} MB", "{n} records, {mb} MB")
ZONES = ("Asia/Shanghai", "Asia/Urumqi", "Asia/Tokyo", "Europe/Berlin", "UTC")
SECRET = W("密钥的口令", "Passphrase")
REMOVE_IT, LOCK = W("去掉口令", "Remove it"), W("自动锁屏", "Idle lock")
SET_NOW = W("已设（回车更换）", "set (Enter changes it)")
NOT_SET = W("未设（回车设置）", "none (Enter sets one)")
WHY_SET = W(
    "签署时要求输入；没有它，密钥文件无用",
    "asked when something is signed; the key file is no use without it",
)
TAKE_OFF = W("回车", "Enter")
OLD_ONE = W("现在的口令", "The passphrase of now")
NEW_ONE = W(
    "新口令（请记住：忘记后只能重新加入）", "New passphrase (remember it: without it, join anew)"
)
DONE = W("口令已设好。", "The passphrase is set.")
REMOVED = W("口令已去掉。", "The passphrase is removed.")
MINUTES, NEVER = W("{n} 分钟后", "after {n} minutes"), W("从不", "never")
WAITS = (0, 1, 2, 5, 10, 15, 30, 60)
HINTS = {
    "lock_minutes": W("无人操作后隐藏屏幕，直到输入口令", "then asks for the passphrase"),
    "letters": W("不用时只有 F 键、方向键和 Ctrl 键", "off: F-keys, arrows and Ctrl keys only"),
    "ascii": W("边框错位时用纯 ASCII", "plain ASCII if borders look broken"),
    "background": W("在后台进行，不打断填写", "in the background, without interrupting"),
    "weekly_due": W("下周第一个工作日的时刻", "time on the first working day of the next week"),
    "zone": W("用于确定日期、周和季度", "defines days, weeks and quarters"),
}

CHINESE, ENGLISH = W("中文", "中文"), W("English", "English")
"""Each language is named in itself, so that its speakers can read it."""


@dataclass(frozen=True, slots=True)
class Option:
    """One setting: its name, its word, and the values to choose from with their words."""

    name: str
    word: W
    values: Sequence[tuple[Any, str]]


class SettingsPage(Page):
    """Every setting with its value, and what there is to know of this book."""

    title_word = W("设置", "Settings")
    commands: ClassVar = (
        Command(
            id="settings.next",
            word=W("改变", "Change"),
            help=W("换成下一个值", "next value"),
            keys="right,space",
            action="turn(1)",
            shown=10,
        ),
        Command(
            id="settings.previous",
            word=W("上一个值", "Previous value"),
            help=W("换回上一个值", "previous value"),
            keys="left",
            action="turn(-1)",
        ),
    )
    AUTO_FOCUS = "DocumentView"

    def body(self) -> ComposeResult:
        """One leaf."""
        yield DocumentView(id="settings")

    def look(self) -> None:
        """Say every setting as it is now."""
        settings = self.workspace.settings
        parts = [TextPart(CHOOSE, head=True)]
        for option in self._options():
            said = dict(option.values).get(getattr(settings, option.name), "?")
            spans: list[Span] = [(said, "title")]
            if option.name in HINTS:
                spans.append((f"  {HINTS[option.name]}", "muted"))
            parts.append(TextPart(spans, option.name, option.word))
        self.query_one(DocumentView).look(
            [*parts, *self._secret(), TextPart(), TextPart(ABOUT, head=True), *self._facts()]
        )

    def _options(self) -> list[Option]:
        every = [("", str(ASK)), *((p.id, p.title()) for p in all_projects(self.book.store))]
        zones = dict.fromkeys((*ZONES, self.workspace.settings.zone))
        clocks = sorted({*CLOCKS, self.workspace.settings.weekly_due})
        choices = [
            Option("lang", LANGUAGE, (("zh", str(CHINESE)), ("en", str(ENGLISH)))),
            Option("theme", THEME, [(name, str(word)) for name, word in themes.NAMES.items()]),
            Option("project", PROJECT, every),
            Option("letters", LETTERS, ((True, str(ON)), (False, str(OFF)))),
            Option("ascii", ASCII, ((False, str(FINE)), (True, str(PLAIN)))),
            Option("weekly_due", WEEKLY_DUE, [(clock, clock) for clock in clocks]),
            Option("zone", ZONE, [(zone, zone) for zone in zones]),
        ]
        if self._has_passphrase():
            waits = sorted({*WAITS, self.workspace.settings.lock_minutes})
            after = [(n, say(MINUTES, n=n) if n else str(NEVER)) for n in waits]
            choices.append(Option("lock_minutes", LOCK, after))
        if not sync_status.alone(self.workspace):  # a person alone meets none of it
            both = ((True, str(BY_ITSELF)), (False, str(BY_KEY)))
            choices.append(Option("background", SYNC, both))
        return choices

    def _has_passphrase(self) -> bool:
        who = device_key.read(self.workspace.home)
        return who is not None and who.wrapped

    def _secret(self) -> list[TextPart]:
        """The passphrase: whether there is one, and how to do without it again."""
        there = self._has_passphrase()
        spans: list[Span] = [(str(SET_NOW if there else NOT_SET), "title")]
        if not there:
            spans.append((f"  {WHY_SET}", "muted"))
        rows = [TextPart(spans, "passphrase", SECRET)]
        return [*rows, TextPart(str(TAKE_OFF), "no_passphrase", REMOVE_IT)] if there else rows

    def _facts(self) -> list[TextPart]:
        people, me = self.workspace.people, self.book.me
        roles = several(
            str(WORDS[role]) for role in sorted(people.roles(me, None)) if role in WORDS
        )
        total = sum(
            int(self.book.store.rows(f'SELECT COUNT(*) FROM "{name}"')[0][0]) for name in kinds
        )
        size = self.book.store.path.stat().st_size / (1 << 20)
        device = self.workspace.log.device
        return [
            TextPart(people.name(me), label=ME),
            TextPart(roles, label=ROLES),
            TextPart(f"{people.tag_of(device)}  {device}", label=DEVICE),
            TextPart(str(self.workspace.home), label=HOME),
            TextPart(say(COUNT, n=f"{total:,}", mb=f"{size:.1f}"), label=ROWS),
            TextPart(FILE, label=ALSO),
        ]

    def action_turn(self, by: int) -> None:
        """The next value of the setting under the cursor, the first after the last."""
        name = self.query_one(DocumentView).current
        if name in ("passphrase", "no_passphrase"):
            self._ask(remove=name == "no_passphrase")
            return
        option = next((one for one in self._options() if one.name == name), None)
        if option is None:
            return
        values = [value for value, _ in option.values]
        now = getattr(self.workspace.settings, name)
        at = values.index(now) if now in values else 0
        self._keep(self.workspace.settings.but(**{name: values[(at + by) % len(values)]}))

    def _ask(self, *, remove: bool) -> None:
        """Ask for the passphrase of now where there is one, then for the new one."""
        if not self._has_passphrase():
            self._new(None)
            return

        def given(old: str | None) -> None:
            if old is not None:
                device_key.load(self.workspace.home, old)
                self._set(old, None) if remove else self._new(old)

        self.app.push_screen(Passphrase(OLD_ONE), given)

    def _new(self, old: str | None) -> None:
        def given(new: str | None) -> None:
            if new is not None:
                self._set(old, new)

        self.app.push_screen(Passphrase(NEW_ONE, again=True), given)

    def _set(self, old: str | None, new: str | None) -> None:
        device_key.set_passphrase(self.workspace.home, old, new)
        self.site_app.sync_runner.passphrase = new
        self.site_app.tell(str(DONE if new is not None else REMOVED))
        self.look()

    def _keep(self, settings: Settings) -> None:
        business_dates.zone(settings.zone)  # refuses one that this machine does not know
        self.workspace.change(settings)
        self.site_app.settle()

    @on(DocumentView.Opened)
    def _opened(self, event: DocumentView.Opened) -> None:
        event.stop()
        self.action_turn(1)
