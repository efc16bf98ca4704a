"""Members with real keys: looking for everybody, changing for administrators, at a hub and not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.events import Paste

from models.schema.roles import DEPARTMENT_MANAGER, ENGINEER, PROJECT_MANAGER, QUALITY
from sync.log import membership_store
from sync.organisation import administration, administrator_check, admission, recovery
from sync.transport.http import invite_code
from sync.workspace.workspace import Workspace, open_book
from tests.support.asked import asked
from tests.support.replicas import Replica, Team
from tests.sync.hub.running import Running
from tests.tui.seen import SIZES, at, lines, opened, press, quiet, text, whole
from tui.pages.dialogs.confirm import Confirm
from tui.pages.dialogs.fields_dialog import FieldsDialog
from tui.pages.dialogs.invite_code import InviteCodeDialog
from tui.pages.sync.members_page import MembersPage
from tui.widgets.document_view import DocumentView


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    """A founder and an engineer."""
    made = Team.copied(tmp_path, "甲")
    yield made
    made.close()


async def to(app: Any, pilot: Any, id: str) -> None:
    """The page, with the cursor on a part."""
    if not isinstance(app.screen, MembersPage):
        await press(pilot, "0")
    at(app, MembersPage)
    app.screen.query_one(DocumentView).go(id)


async def paste(app: Any, pilot: Any, words: str) -> None:
    """Into the field that is edited."""
    app.focused.post_message(Paste(words))
    await quiet(pilot)


def whole_text(app: Any) -> str:
    """All parts of the page, the ones below the screen too."""
    return "\n".join(str(part.body) for part in app.screen.query_one(DocumentView).parts)


def person(one: Replica) -> str:
    """Whose device it is."""
    return str(one.workspace.people.me)


@pytest.mark.parametrize("size", SIZES)
async def test_everybody_sees_who_is_who(team: Team, size: tuple[int, int]) -> None:
    founder, one = team.all
    team.meet()
    administration.set_role(founder.workspace, person(one), QUALITY, team.project, grant=True)
    team.tell()
    async with opened(one.workspace, size) as (app, pilot):
        await press(pilot, "0")
        at(app, MembersPage)
        seen = text(app)
        assert "我的公司" in lines(app)[0]
        assert "创办人  管理员" in seen and "甲  我" in seen and "本机" in seen
        assert "项目      质量专员" in seen and "每个项目  运维工程师" in seen
        assert re.search(r"已收到 \d\d-\d\d \d\d:\d\d 前的数据", seen)
        whole(app)
        for key in ("n", "a", "r", "x", "enter"):  # only looking, and told why
            app.notices.clear()
            await press(pilot, key)
            assert "请找创办人" in app.notices[-1].text and app.notices[-1].bad
            at(app, MembersPage)
        assert "请找创办人" in seen
        await press(pilot, "f9")
        assert "here you can only look" in text(app)
        whole(app)


async def test_roles_are_given_and_withdrawn(team: Team) -> None:
    founder, one = team.all
    people = founder.workspace.people
    async with opened(founder.workspace) as (app, pilot):
        await to(app, pilot, f"person|{person(one)}")
        await press(pilot, "r")
        at(app, FieldsDialog)
        whole(app)
        await press(pilot, "ctrl+s")
        assert "需要填写" in text(app)
        await press(pilot, "3", "ctrl+s")
        assert people.roles(person(one), None) == {ENGINEER, DEPARTMENT_MANAGER}
        assert "部门经理（每个项目）" in app.notices[-1].text
        await to(app, pilot, f"role|{person(one)}|{ENGINEER}|*")
        await press(pilot, "x")
        at(app, Confirm)
        assert "以后可以再授予" in text(app)
        await press(pilot, "enter")  # begins on Cancel
        assert ENGINEER in people.roles(person(one), None)
        await press(pilot, "enter", "y")
        assert people.roles(person(one), None) == {DEPARTMENT_MANAGER}
        await to(app, pilot, f"person|{person(founder)}")
        await press(pilot, "f2", "1", "ctrl+s")  # nobody gives a role to themself
        assert app.notices[-1].bad
        await to(app, pilot, f"role|{person(founder)}|{PROJECT_MANAGER}|*")
        await press(pilot, "f8")
        assert "只能由其他管理员再授予" in text(app)
        await press(pilot, "escape")


async def test_administrators_are_made_and_one_always_stays(team: Team) -> None:
    founder, one = team.all
    people = founder.workspace.people
    async with opened(founder.workspace) as (app, pilot):
        await to(app, pilot, f"person|{person(founder)}")
        await press(pilot, "d", "y")
        assert app.notices[-1].bad and people.is_administrator(person(founder))
        await to(app, pilot, f"device|{one.device}")
        await press(pilot, "f4")
        assert "让 甲 成为管理员" in text(app)
        await press(pilot, "y")
        assert people.is_administrator(person(one)) and "甲  管理员" in text(app)
        await press(pilot, "d", "y")
        assert not people.is_administrator(person(one))


async def test_a_role_on_one_project(team: Team) -> None:
    founder, one = team.all
    second = founder.book.add("project", {"name": "北站"})
    async with opened(founder.workspace) as (app, pilot):
        await to(app, pilot, f"person|{person(one)}")
        await press(pilot, "r", "4", "tab")
        await paste(app, pilot, "北站")
        await press(pilot, "enter")
        if isinstance(app.screen, FieldsDialog):
            await press(pilot, "ctrl+s")
        people = founder.workspace.people
        assert QUALITY in people.roles(person(one), second.id)
        assert QUALITY not in people.roles(person(one), team.project)
        assert "北站" in text(app)


async def test_devices_are_stopped_and_members_leave(team: Team) -> None:
    founder, one = team.all
    two = team.admit("乙")
    async with opened(founder.workspace) as (app, pilot):
        await to(app, pilot, f"device|{one.device}")
        await press(pilot, "x")
        assert "无法撤销" in text(app)
        await press(pilot, "n")
        assert "已停用，之后" not in text(app)
        await press(pilot, "x", "y")
        assert "已停用，之后的改动会被隔离" in text(app)
        await to(app, pilot, f"person|{person(two)}")
        await press(pilot, "x")
        assert "1 台电脑停用" in text(app)
        await press(pilot, "y")
        assert "乙  已离开" in text(app)
        assert not founder.workspace.people.roles(person(two), None)


async def test_a_request_file_is_admitted(team: Team, tmp_path: Path) -> None:
    founder = team.founder
    home = tmp_path / "new"
    home.mkdir()
    asked = tmp_path / "丙 的电脑.request"
    admission.request(home, asked, "丙")
    async with opened(founder.workspace) as (app, pilot):
        await press(pilot, "0", "a")
        await paste(app, pilot, f"'{asked}'")
        await press(pilot, "tab", "1", "ctrl+s")
        at(app, MembersPage)
        assert "丙 的电脑已接入" in app.notices[-1].text and "组织指纹" in app.notices[-1].text
        assert "丙" in text(app)
        await press(pilot, "a")
        await paste(app, pilot, str(tmp_path / "none.request"))
        await press(pilot, "ctrl+s")
        assert app.notices[-1].bad
        await press(pilot, "n")  # no hub: no codes
        assert "没有加入同步服务器" in app.notices[-1].text
    reply = admission.opened(home, tmp_path / "丙 的电脑.reply")
    joined = admission.accept(home, reply)
    assert joined.people.roles(str(joined.people.me), None) == {ENGINEER}
    joined.close()


async def test_a_code_of_the_hub(team: Team, tmp_path: Path) -> None:
    founder, one = team.all
    with Running(tmp_path / "hub") as running:
        running.found(founder)
        async with opened(founder.workspace) as (app, pilot):
            await press(pilot, "0", "n")
            at(app, FieldsDialog)
            await press(pilot, "ctrl+s")
            assert "请填写新成员的姓名" in app.notices[-1].text
            await press(pilot, "n")
            await paste(app, pilot, "丁")
            await press(pilot, "tab", "1", "ctrl+s")
            dialog = at(app, InviteCodeDialog)
            whole(app)
            assert "丁 的邀请码" in text(app)
            code = invite_code.read(dialog.line.removeprefix("sitebook join "))
            assert code.port == running.port and not code.founding
            assert not any(dialog.line in notice.text for notice in app.notices)
            await press(pilot, "y", "escape")
            await to(app, pilot, f"person|{person(one)}")
            await press(pilot, "r", "2", "ctrl+s")  # the hub keeps the log now
            assert PROJECT_MANAGER in founder.workspace.people.roles(person(one), None)
            assert len(running.house.membership.now().entries) == len(founder.exchange.members(0))


async def test_what_concerns_an_administrator_is_asked_for_and_confirmed(tmp_path: Path) -> None:
    team = Team(tmp_path, "甲", "乙")
    founder, one, two = team.all
    for other in (one, two):
        administration.set_administrator(founder.workspace, person(other), grant=True)
    administration.set_pair(founder.workspace, on=True)
    team.tell()
    async with opened(founder.workspace) as (app, pilot):
        await press(pilot, "0")
        assert "须有两位管理员签名" in whole_text(app)
        await to(app, pilot, f"device|{one.device}")
        await press(pilot, "x", "y")
        assert "请求已提出" in app.notices[-1].text
        n = founder.exchange.trust.membership.version
        assert f"停用 甲 的电脑 {founder.workspace.people.tag_of(one.device)}" in text(app)
        assert "还差一位管理员签名，可由 乙 确认" in text(
            app
        )  # neither who asks nor whom it is about
        await to(app, pilot, f"request|{n}")
        await press(pilot, "c", "y")
        assert "另一位管理员" in app.notices[-1].text and app.notices[-1].bad
    team.tell()
    assert one.workspace.people.is_administrator(person(one))
    async with opened(two.workspace) as (app, pilot):
        await to(app, pilot, f"request|{n}")
        await press(pilot, "enter")
        dialog = at(app, Confirm)
        whole(app)
        assert dialog and "停用 甲" in text(app)
        await press(pilot, "y")
        assert "已确认" in app.notices[-1].text
        assert "等待另一位管理员" not in text(app)
    log = membership_store.load(two.workspace.store.db)
    assert log.devices[one.device].revoked == log.version
    team.close()


async def test_a_request_is_dropped_and_a_recovery_is_seen(tmp_path: Path) -> None:
    team = Team(tmp_path, "甲", "乙")
    founder, one, two = team.all
    for other in (one, two):
        administration.set_administrator(founder.workspace, person(other), grant=True)
    key = recovery.make(founder.workspace)
    administration.set_pair(founder.workspace, on=True)
    administration.set_administrator(founder.workspace, person(one), grant=False)
    n = founder.exchange.trust.membership.version
    async with opened(founder.workspace) as (app, pilot):
        await to(app, pilot, f"request|{n}")
        assert "已有恢复密钥" in whole_text(app)
        await press(pilot, "x", "y")
        assert "已撤回" in app.notices[-1].text and "取消 甲" not in text(app)
    team.tell()
    recovery.use(two.workspace, key, [person(founder)])
    one.exchange.take_members(two.exchange.members(0))
    async with opened(one.workspace) as (app, pilot):
        await press(pilot, "0")
        assert "恢复密钥被使用：乙 成为管理员。创办人 不再是管理员。" in text(app).replace("\n", "")
    team.close()


async def test_the_log_is_kept_in_one_place(team: Team) -> None:
    founder, one = team.all
    body = {"person": person(one), "grant": True}
    administration.change(founder.workspace, lambda log, key: log.append("admin", body, key))
    team.tell()
    assert administrator_check.hindrance(founder.workspace) is None
    why = administrator_check.hindrance(one.workspace)
    assert why is not None and why.word == admission.ELSEWHERE
    async with opened(one.workspace) as (app, pilot):
        await press(pilot, "0")
        assert "创办人 的电脑 A" in text(app)


async def test_a_device_that_is_not_admitted_only_looks(team: Team) -> None:
    one = team.all[1]
    one.workspace.close()
    (one.home / "device.key").unlink()
    one.workspace = open_book(one.home)
    assert administrator_check.hindrance(one.workspace) is not None
    async with opened(one.workspace) as (app, pilot):
        await press(pilot, "0")
        assert "本机还没有加入团队" in text(app)


async def test_everybody_can_read_the_organisations_fingerprint(team: Team) -> None:
    print = admission.fingerprint(membership_store.load(team.founder.workspace.store.db))
    for one in team.all:
        async with opened(one.workspace) as (app, pilot):
            await press(pilot, "0", "end")
            assert f"组织指纹 {print}" in text(app) and "--make" in text(app)
            await press(pilot, "x")
            assert app.notices[-1].bad and isinstance(app.screen, MembersPage)


async def test_alone_the_page_shows_one(workspace: Workspace) -> None:
    async with opened(workspace) as (app, pilot):
        await press(pilot, "0")
        assert "测试员  管理员  我" in text(app) and "指纹" not in text(app)
        await press(pilot, "n")
        assert isinstance(app.screen, MembersPage) and app.notices[-1].bad


async def test_the_log_is_not_read_to_paint(workspace: Workspace) -> None:
    async with opened(workspace) as (app, pilot):
        await press(pilot, "0")
        with asked(workspace.store, "FROM membership") as said:
            app.screen.query_one("#title-bar").refresh()
            await pilot.pause()
            assert at(app, MembersPage).heading() in lines(app)[0]
        assert said == []
