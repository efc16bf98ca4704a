"""Settings: changed where they stand, at once, and remembered."""

from __future__ import annotations

from dataclasses import replace

import pytest

from models.book.book import Book
from models.storage import settings
from sync.trust import device_key
from sync.workspace.workspace import Workspace
from tests.tui.seen import SIZES, at, lines, opened, press, text, whole
from tui.app.app import SiteApp
from tui.display import terminal_text
from tui.pages.dialogs.passphrase import Passphrase
from tui.pages.general.help_page import HelpPage
from tui.pages.general.settings_page import SettingsPage
from tui.widgets import themes
from tui.widgets.document_view import DocumentView
from tui.widgets.windowed_list import WindowedList


async def to(app: SiteApp, pilot: object, name: str) -> None:
    """The settings page with the cursor on one of them."""
    await press(pilot, "7")  # type: ignore[arg-type]
    at(app, SettingsPage)
    app.screen.query_one(DocumentView).go(name)


async def test_language_theme_and_marks_at_once_and_for_good(workspace: Workspace) -> None:
    async with opened(workspace) as (app, pilot):
        await to(app, pilot, "lang")
        await press(pilot, "right")
        assert lines(app)[0].startswith(" Settings")
        app.screen.query_one(DocumentView).go("theme")
        await press(pilot, "enter")
        assert app.theme == "sitebook-light"
        app.screen.query_one(DocumentView).go("ascii")
        await press(pilot, "space")
        assert "▌" not in text(app) and ">" in text(app) and "─" not in text(app)
    kept, warnings = settings.load(workspace.home)
    assert (kept.lang, kept.theme, kept.ascii, warnings) == ("en", "sitebook-light", True, [])
    async with opened(workspace) as (app, _):
        assert app.theme == "sitebook-light"
        assert terminal_text.drawing.now is terminal_text.PLAIN


async def test_letters_can_be_switched_off(workspace: Workspace) -> None:
    async with opened(workspace) as (app, pilot):
        await to(app, pilot, "letters")
        await press(pilot, "left", "escape", "3", "n", "f", "q")
        assert app.is_running and not app.notices
        assert isinstance(app.focused, WindowedList)
        assert "F2 编辑" in lines(app)[-1] and " e 编辑" not in lines(app)[-1]
        await press(pilot, "f1")
        at(app, HelpPage)


async def test_the_default_project_stands_in_the_corner(workspace: Workspace, book: Book) -> None:
    second = book.add("project", {"name": "二号项目"})
    async with opened(workspace) as (app, pilot):
        await to(app, pilot, "project")
        assert app.default_project() is None and "二号项目" not in lines(app)[0]
        while workspace.settings.project != second.id:
            await press(pilot, "right")
        assert "二号项目" in lines(app)[0]
        assert app.default_project() == second.id


async def test_a_setting_of_another_version_does_no_harm(workspace: Workspace) -> None:
    (workspace.home / settings.FILE).write_text('theme = "gone"\nwhat = 1\n', encoding="utf-8")
    workspace.settings, workspace.warnings = settings.load(workspace.home)
    async with opened(workspace) as (app, _):
        assert app.theme == themes.DEFAULT
        assert any("what" in notice.text for notice in app.notices)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("theme", list(themes.NAMES))
async def test_it_fits_in_every_theme(
    workspace: Workspace, size: tuple[int, int], theme: str
) -> None:
    async with opened(workspace, size) as (app, pilot):
        app.theme = theme
        await press(pilot, "7")
        whole(app)
        assert "测试员" in text(app)


async def test_the_hour_of_the_weekly_status_is_chosen(workspace: Workspace) -> None:
    workspace.change(replace(workspace.settings, weekly_due="11:30"))
    async with opened(workspace) as (app, pilot):
        await press(pilot, "5")
        assert "11:30 前提交" in text(app)
        await to(app, pilot, "weekly_due")
        assert "周报期限" in text(app) and "11:30" in text(app)
        await press(pilot, "right", "5")
        assert "12:00 前提交" in text(app)
    assert settings.load(workspace.home)[0].weekly_due == "12:00"


async def test_no_record_count_without_its_word(workspace: Workspace) -> None:
    async with opened(workspace) as (app, pilot):
        await press(pilot, "7", "f9")
        assert " 1 record, " in text(app)


async def test_a_passphrase_is_set_changed_and_removed(workspace: Workspace) -> None:
    async with opened(workspace) as (app, pilot):
        await to(app, pilot, "passphrase")
        assert "未设" in text(app) and "自动锁屏" not in text(app)
        await press(pilot, "enter")
        at(app, Passphrase)
        await press(pilot, *"one", "enter", *"two", "enter")
        assert "不同" in text(app)
        await press(pilot, *"one", "enter", *"one", "enter")
        assert app.notices[-1].text == "口令已设好。"
        assert device_key.load(workspace.home, "one")
        assert "已设" in text(app) and "10 分钟后" in text(app)
        whole(app)
        await press(pilot, "enter", *"bad", "enter")
        assert "口令不对" in app.notices[-1].text
        await press(pilot, "enter", *"one", "enter", *"two", "enter", *"two", "enter")
        assert device_key.load(workspace.home, "two")
        await to(app, pilot, "lock_minutes")
        await press(pilot, "right")
        assert workspace.settings.lock_minutes == 15 and "15 分钟后" in text(app)
        await to(app, pilot, "no_passphrase")
        await press(pilot, "enter", "escape", "enter", *"two", "enter")
        who = device_key.read(workspace.home)
        assert who is not None and not who.wrapped
        assert app.notices[-1].text == "口令已去掉。" and "自动锁屏" not in text(app)
        whole(app)
