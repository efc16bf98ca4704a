"""The first run: at most a name, a language, and an example or nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.text.words import language
from sync.workspace import workspace as books
from tests.tui.seen import at, lines, press, quiet, text, whole
from tui.app.app import SiteApp
from tui.pages.general.welcome_page import WelcomePage


async def test_a_name_and_enter_is_all(tmp_path: Path) -> None:
    home = tmp_path / "book"
    app = SiteApp(None, home)
    async with app.run_test(size=(80, 24)) as pilot:
        await quiet(pilot)
        at(app, WelcomePage)
        whole(app)
        await press(pilot, "enter")
        assert "请先填写您的姓名" in text(app) and not books.exists(home)
        await press(pilot, *"Ann", "enter")
        assert not app.can_go_back()
        assert app.workspace.people.name(app.workspace.book.me) == "Ann"
        await press(pilot, "3")
        assert "还没有现场处置" in text(app)
    app.close()


async def test_the_language_is_kept(tmp_path: Path) -> None:
    app = SiteApp(None, tmp_path / "book")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "f9")
        assert "Your name" in text(app)
        whole(app)
        await press(pilot, *"Ann", "ctrl+s")
        assert language.now == "en" and app.workspace.settings.lang == "en"
        assert app.workspace.store.rows("SELECT name FROM project") == [("My project",)]
    app.close()


async def test_an_example_month(tmp_path: Path) -> None:
    app = SiteApp(None, tmp_path / "book")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "f4")
        await press(pilot, "3")
        assert app.workspace.store.rows("SELECT COUNT(*) FROM fix")[0][0] > 10
        whole(app)
    app.close()


async def test_what_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    app = SiteApp(None, tmp_path / "file" / "book")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *"Ann", "enter")
        at(app, WelcomePage)
        assert "不能写入" in text(app)


@pytest.mark.parametrize("size", [(120, 40), (40, 12), (20, 5)])
async def test_it_fits(tmp_path: Path, size: tuple[int, int]) -> None:
    app = SiteApp(None, tmp_path / "book")
    async with app.run_test(size=size) as pilot:
        await quiet(pilot)
        whole(app)


async def test_nothing_leads_into_a_book_that_is_not_there(tmp_path: Path) -> None:
    app = SiteApp(None, tmp_path / "book")
    async with app.run_test(size=(80, 24)) as pilot:
        await quiet(pilot)
        assert "搜索" not in lines(app)[-1] and "命令" not in lines(app)[-1]
        await press(pilot, "tab")  # off the name: digits and letters would be keys now
        for key in (*"1234567890", "f3", "slash", "f5", "f10", "ctrl+p", "ctrl+z", "u"):
            await press(pilot, key)
            at(app, WelcomePage)
        await press(pilot, "ctrl+l", "escape", "f1", "escape", "f9")
        at(app, WelcomePage)
        whole(app)
