"""The idle lock: nothing is read or done before the passphrase; nothing typed is lost by it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from models.storage.drafts import Drafts
from sync.trust import device_key, passphrase
from sync.workspace.workspace import Workspace
from tests.tui.seen import SIZES, at, opened, press, quiet, text, whole
from tui.app.app import SiteApp
from tui.pages.forms.form_page import FormPage
from tui.pages.general.lock_page import LockPage
from tui.pages.home.today_page import TodayPage


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys that open at once."""
    monkeypatch.setitem(passphrase.ARGON2, "memory", 64)


def leave_alone(app: SiteApp, seconds: float) -> None:
    """Nobody has been here for so long."""
    app.idle_lock._last -= seconds
    app._watch()


async def test_without_a_passphrase_nothing_is_locked(workspace: Workspace) -> None:
    async with opened(workspace) as (app, pilot):
        leave_alone(app, 100_000)
        await quiet(pilot)
        at(app, TodayPage)


async def test_it_locks_after_the_minutes_and_the_passphrase_opens_it(
    workspace: Workspace, project: str
) -> None:
    workspace.book.add("fix", {"phenomenon": "秘密的泵"}, project=project)
    async with opened(workspace) as (app, pilot):
        await press(pilot, "3")
        assert "秘密的泵" in text(app)
        device_key.set_passphrase(workspace.home, None, "one")
        leave_alone(app, 599)
        await quiet(pilot)
        assert not app.idle_lock.locked
        leave_alone(app, 1)
        await quiet(pilot)
        page = at(app, LockPage)
        assert "秘密的泵" not in text(app) and "口令" in text(app)
        await press(pilot, "escape", "f1", "f5", "ctrl+p", "ctrl+z", "f9", "tab", *"bad", "enter")
        assert app.screen is page and "口令不对" in text(app) and app.is_running
        app.tell("秘密")
        await quiet(pilot)
        assert "秘密" not in text(app)
        await press(pilot, *"one", "enter")
        assert "秘密的泵" in text(app) and app.notices[-1].text == "秘密"
        assert app.sync_runner.passphrase == "one"
        await press(pilot, "1")
        at(app, TodayPage)


async def test_a_key_puts_it_off(workspace: Workspace) -> None:
    device_key.set_passphrase(workspace.home, None, "one")
    workspace.change(replace(workspace.settings, lock_minutes=0))
    async with opened(workspace) as (app, pilot):
        at(app, TodayPage)  # never
        workspace.change(replace(workspace.settings, lock_minutes=1))
        app.idle_lock._last -= 59
        await press(pilot, "down")
        leave_alone(app, 59)
        await quiet(pilot)
        at(app, TodayPage)


async def test_what_was_being_typed_is_there_afterwards(workspace: Workspace, project: str) -> None:
    async with opened(workspace) as (app, pilot):
        app.open_form("fix", project=project)
        await quiet(pilot)
        await press(pilot, *"pump")
        device_key.set_passphrase(workspace.home, None, "one")
        leave_alone(app, 600)
        await quiet(pilot)
        at(app, LockPage)
        await press(pilot, *"one", "enter")
        at(app, FormPage)
        assert "pump" in text(app)
        await press(pilot, *"s2")
        assert "pumps2" in text(app)
        await press(pilot, "escape")
        assert len(Drafts(workspace.home).all()) == 1


@pytest.mark.parametrize("size", SIZES)
async def test_it_is_locked_from_the_start(workspace: Workspace, size: tuple[int, int]) -> None:
    device_key.set_passphrase(workspace.home, None, "one")
    async with opened(workspace, size) as (app, pilot):
        at(app, LockPage)
        whole(app)
        await press(pilot, *"one", "enter")
        at(app, TodayPage)


async def test_it_can_be_left(workspace: Workspace) -> None:
    device_key.set_passphrase(workspace.home, None, "one")
    async with opened(workspace) as (app, pilot):
        await press(pilot, "ctrl+q")
        assert not app.is_running
