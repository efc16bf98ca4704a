"""Joining from the app with real keys: by a hub's code, by request and reply, alone or not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.events import Paste
from textual.widgets import Input

from models.schema.roles import ENGINEER
from sync.organisation import admission, hub_enrolment
from sync.transport.http import invite_code
from sync.transport.http.invite_code import Code
from sync.workspace.setup import begin
from sync.workspace.workspace import exists, open_book
from tests.support.replicas import Team
from tests.sync.hub.running import Running, meet
from tests.tui.seen import SIZES, at, opened, press, quiet, text, whole
from tui.app.app import SiteApp
from tui.pages.dialogs.confirm import Confirm
from tui.pages.dialogs.passphrase import Passphrase
from tui.pages.general.welcome_page import WelcomePage
from tui.pages.home.today_page import TodayPage
from tui.pages.sync.join_dialog import BRINGING, JoinDialog, WaitingDialog
from tui.pages.sync.sync_page import SyncPage
from tui.widgets.safe_widgets import ProseText


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    """A founder alone, with something to be seen."""
    made = Team.copied(tmp_path / "team")
    made.fix(made.founder)
    yield made
    made.close()


@pytest.fixture
def running(team: Team, tmp_path: Path) -> Iterator[Running]:
    """Their hub, which has it all."""
    with Running(tmp_path / "hub") as one:
        founder, one.founder = team.founder.workspace, team.founder
        hub_enrolment.settled(founder, hub_enrolment.found(founder, one.code(founding=True)))
        team.founder.exchange.trust._membership = None
        meet(team.founder)
        yield one


def code(running: Running, team: Team, name: str = "李娜", **more: Any) -> Code:
    """A one-time code for an engineer of the project."""
    roles = [(ENGINEER, team.project)]
    return running.code(name=name, roles=roles, **more)


async def give(app: SiteApp, pilot: Any, words: str) -> None:
    """Paste into the line of the code, and Enter."""
    line = at(app, JoinDialog).query_one("#given", Input)
    line.value = ""
    line.focus()
    line.post_message(Paste(words))
    await quiet(pilot)
    await press(pilot, "enter")


def said(app: SiteApp) -> str:
    """What the dialog says."""
    return str(at(app, JoinDialog).query_one("#said", ProseText).said)


@pytest.mark.parametrize("size", SIZES)
async def test_a_code_on_the_first_run(
    team: Team, running: Running, tmp_path: Path, size: tuple[int, int]
) -> None:
    home = tmp_path / "fresh"
    app = SiteApp(None, home)
    async with app.run_test(size=size) as pilot:
        await press(pilot, *"Ann", "f6")
        at(app, JoinDialog)
        whole(app)
        await press(pilot, "enter")
        assert "请输入邀请码" in said(app)
        spelt = invite_code.spelt(code(running, team, "Ann"))
        await give(app, pilot, spelt[:-1] + ("2" if spelt[-1] != "2" else "3"))
        assert "邀请码不对" in said(app) and not exists(home)
        await give(app, pilot, invite_code.spelt(running.code(founding=True)))
        assert "首个邀请码" in said(app) and not exists(home)
        whole(app)
        groups = spelt.split("-")
        shown = "\r".join(["sitebook join", "-".join(groups[:6]), "-".join(groups[6:])])
        await give(app, pilot, shown)  # as it stands in the window of who invites
        at(app, TodayPage)
        assert "已加入" in app.notices[-1].text and _me(app) == "Ann"
        await press(pilot, "f5")
        assert app.workspace.store.rows("SELECT count(*) FROM fix") == [(1,)]
        assert app.default_project() == team.project
    app.close()


async def test_a_name_is_asked_for_only_where_the_code_has_none(
    team: Team, running: Running, tmp_path: Path
) -> None:
    home = tmp_path / "fresh"
    app = SiteApp(None, home)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "f6")
        await give(app, pilot, invite_code.spelt(running.code(roles=[(ENGINEER, team.project)])))
        assert "请先填写您的姓名" in said(app) and not exists(home)
        whole(app)
        await press(pilot, *"Eve", "enter")
        at(app, TodayPage)
        assert _me(app) == "Eve"
    app.close()
    fresh = SiteApp(None, tmp_path / "other")
    async with fresh.run_test(size=(80, 24)) as pilot:
        await press(pilot, "f6")
        await give(fresh, pilot, invite_code.spelt(code(running, team, "李娜")))
        at(fresh, TodayPage)
        assert _me(fresh) == "李娜"
    fresh.close()


async def test_a_request_and_its_reply_on_the_first_run(team: Team, tmp_path: Path) -> None:
    home, stick = tmp_path / "fresh", tmp_path / "stick"
    stick.mkdir()
    app = SiteApp(None, home)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "f6")
        await press(pilot, "f4")
        assert "请先填写您的姓名" in said(app)
        await press(pilot, *"Bob", "enter")
        assert "请输入邀请码，或文件的路径" in said(app)
        await press(pilot, *str(stick), "f4")
        request, reply = stick / "Bob.request", stick / "Bob.reply"
        assert str(request) in said(app)
        whole(app)
        await give(app, pilot, str(stick / "none.reply"))
        assert "不能读取 none.reply" in said(app) and not exists(home)
        admission.admit(team.founder.workspace, request, reply, roles=[(ENGINEER, "*")])
        await press(pilot, "escape")
        at(app, WelcomePage)
        await press(pilot, *"Bob", "f6")  # on another day
        await give(app, pilot, f"'{reply}'")
        at(app, TodayPage)
        assert "已加入" in app.notices[-1].text and "组织指纹" in app.notices[-1].text
        assert "都办完了" not in text(app) and "9 同步" in text(app)
    app.close()


async def test_a_book_begun_alone_is_brought_after_a_look(
    team: Team, running: Running, tmp_path: Path
) -> None:
    opened_book = begin(tmp_path / "alone", name="李娜")
    project = opened_book.store.rows("SELECT id FROM project")[0][0]
    mine = opened_book.book.add("fix", {"phenomenon": "旧的"}, project=project).id
    before = opened_book.log.device
    async with opened(opened_book) as (app, pilot):
        await press(pilot, "9")
        assert "用邀请码加入同步服务器或团队" in text(app)
        await press(pilot, "h")
        assert not app.screen.query("#name")
        typed = invite_code.spelt(code(running, team))
        await give(app, pilot, typed)
        at(app, Confirm)
        assert "将带入：现场处置 1" in text(app)
        whole(app)
        await press(pilot, "enter")  # begins on Cancel
        at(app, JoinDialog)
        assert app.workspace.log.device == before and app.workspace.book.find(mine)
        other = open_book(tmp_path / "alone")  # another program has it open
        await give(app, pilot, typed)
        await press(pilot, "y")
        at(app, TodayPage)
        assert "正打开着" in app.notices[-1].text and app.workspace.book.find(mine)
        other.close()
        await press(pilot, "9", "h")
        await give(app, pilot, typed)
        app.notices.clear()
        await press(pilot, "y")
        at(app, TodayPage)
        (notice,) = app.notices
        assert "已加入" in notice.text
        assert app.workspace.book.get(mine).project == team.project
        await press(pilot, "f5")
        assert app.workspace.store.rows("SELECT count(*) FROM fix") == [(2,)]
        await press(pilot, "9", "h")
        assert "已加入同步服务器" in app.notices[-1].text
        at(app, SyncPage)
        app.close()


async def test_the_first_code_of_a_hub(team: Team, tmp_path: Path) -> None:
    founder = team.founder
    with Running(tmp_path / "hub") as one:
        async with opened(founder.workspace) as (app, pilot):
            await press(pilot, "9", "f8")
            await give(app, pilot, invite_code.spelt(one.code(founding=True)))
            at(app, SyncPage)
            assert "现在有同步服务器了" in app.notices[-1].text
            await press(pilot, "f5")
            assert "都已确认收到" in text(app)


async def test_who_was_admitted_by_file_comes_to_the_hub(team: Team, tmp_path: Path) -> None:
    """The same organisation: nothing is brought, and nothing is asked."""
    one = team.admit("乙")
    with Running(tmp_path / "hub") as running:
        running.found(team.founder)
        typed = invite_code.spelt(running.code(person=team.person(one)))
        async with opened(one.workspace) as (app, pilot):
            await press(pilot, "9", "h")
            await give(app, pilot, typed)
            at(app, SyncPage)
            assert "已加入" in app.notices[-1].text and running.url in text(app)


async def test_a_hub_that_does_not_answer(team: Team, tmp_path: Path) -> None:
    with Running(tmp_path / "hub") as running:
        running.found(team.founder)
        typed = invite_code.spelt(code(running, team))
    app = SiteApp(None, tmp_path / "fresh")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *"Ann", "f6")
        await give(app, pilot, typed)
        assert "连不上同步服务器" in said(app) and not exists(tmp_path / "fresh")
        await press(pilot, "escape")
        at(app, WelcomePage)


@pytest.mark.parametrize("size", SIZES)
async def test_nobody_leaves_while_there_is_no_book(team: Team, size: tuple[int, int]) -> None:
    async with opened(team.founder.workspace, size) as (app, pilot):
        await app.push_screen(WaitingDialog(BRINGING))
        await quiet(pilot)
        whole(app)
        await press(pilot, "escape", "f9")
        at(app, WaitingDialog)
        whole(app)


async def test_a_key_with_a_passphrase_is_asked_for(team: Team, tmp_path: Path) -> None:
    home, request, reply = tmp_path / "fresh", tmp_path / "q", tmp_path / "r.reply"
    home.mkdir()
    admission.request(home, request, "Ann", "open")
    admission.admit(team.founder.workspace, request, reply)
    app = SiteApp(None, home)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *"Ann", "f6")
        await give(app, pilot, str(reply))
        at(app, Passphrase)
        await press(pilot, *"open", "enter")
        at(app, TodayPage)
    app.close()


def _me(app: SiteApp) -> str:
    return app.workspace.people.name(app.workspace.book.me)
