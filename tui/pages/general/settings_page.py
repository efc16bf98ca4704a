"""Settings: one row each; a change acts at once and is saved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult

from models.book.projects import all_projects
from models.calendar import business_dates
from models.schema.record import kinds
from models.schema.roles import ROLES as WORDS
from models.storage.settings import FILE, Settings
from models.text.words import W, say, several
from sync.workspace import sync_status
from tui.display.parts import Span, TextPart
from tui.pages.base import Page
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
ME, DEVICE, HOME = W("我", "Name"), W("设备", "Device"), W("文件夹", "Folder")
ROLES = W("角色", "Roles")
WEEKLY_DUE = W("周报期限", "Weekly due")
CLOCKS = ("09:00", "10:00", "12:00", "14:00", "17:00", "18:00")
SYNC = W("同步", "Sync")
BY_ITSELF, BY_KEY = W("自动", "automatic"), W("只在按 F5 时", "by F5 only")
ROWS, ALSO = W("记录", "Records"), W("设置文件", "Settings file")
COUNT = W("{n} 条，{mb} MB", "{n} records, {mb} MB")
ZONES = ("Asia/Shanghai", "Asia/Urumqi", "Asia/Tokyo", "Europe/Berlin", "UTC")
HINTS = {
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
            [*parts, TextPart(), TextPart(ABOUT, head=True), *self._facts()]
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
        if not sync_status.alone(self.workspace):  # a person alone meets none of it
            both = ((True, str(BY_ITSELF)), (False, str(BY_KEY)))
            choices.append(Option("background", SYNC, both))
        return choices

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
        option = next((one for one in self._options() if one.name == name), None)
        if option is None:
            return
        values = [value for value, _ in option.values]
        now = getattr(self.workspace.settings, name)
        at = values.index(now) if now in values else 0
        self._keep(replace(self.workspace.settings, **{name: values[(at + by) % len(values)]}))

    def _keep(self, settings: Settings) -> None:
        business_dates.zone(settings.zone)  # refuses one that this machine does not know
        self.workspace.change(settings)
        self.site_app.settle()

    @on(DocumentView.Opened)
    def _opened(self, event: DocumentView.Opened) -> None:
        event.stop()
        self.action_turn(1)
