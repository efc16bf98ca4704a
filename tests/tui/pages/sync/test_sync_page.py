"""The sync page and the rounds that run by themselves, with real keys and real carriers."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from textual.events import Paste

from models.book.conflict.conflicts import count
from models.schema.roles import DEPARTMENT_MANAGER, ENGINEER
from models.text.words import Refused, language
from sync.organisation import administration, recovery
from sync.transport import peers, recent_peers
from sync.transport.bundle import bundle
from sync.trust import device_key
from sync.workspace import sync_status
from sync.workspace.workspace import Workspace, open_book
from tests.support.gadgets import NAME, declare, forget
from tests.support.hostile import PAYLOADS
from tests.support.other_formats import OTHERS, content, renumber_bundle, renumber_folder
from tests.support.replicas import Replica, Team, give, replica
from tests.sync.hub.running import Running
from tests.sync.log.test_quarantine import forge
from tests.tui.seen import SIZES, at, lines, opened, press, quiet, text, until, whole
from tui.app.app import SiteApp
from tui.app.syncing import background_sync, sync_rounds
from tui.cli.commands.status import facts_of
from tui.pages.conflicts.conflict_page import ConflictPage
from tui.pages.dialogs.confirm import Confirm
from tui.pages.dialogs.passphrase import Passphrase
from tui.pages.dialogs.text_prompt import TextPrompt
from tui.pages.forms.drafts_dialog import DraftsDialog
from tui.pages.home.today_page import TodayPage
from tui.pages.records.record_page import RecordPage
from tui.pages.sync.members_page import MembersPage
from tui.pages.sync.sync_page import SyncPage
from tui.widgets.document_view import DocumentView
from tui.widgets.grouped_list import GroupedList
from tui.widgets.safe_widgets import ProseText


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    """A founder, an engineer and a department manager, in sync."""
    made = Team.copied(tmp_path, "甲")
    made.admit("乙", (ENGINEER, DEPARTMENT_MANAGER))
    made.meet()
    yield made
    made.close()


@pytest.fixture
def share(tmp_path: Path) -> Path:
    """A shared folder."""
    path = tmp_path / "share"
    path.mkdir()
    return path


async def give_path(app: SiteApp, pilot: Any, path: Path) -> None:
    """Drag a file into the terminal, which pastes its path; Enter."""
    at(app, TextPrompt)
    assert app.focused is not None
    app.focused.post_message(Paste(str(path)))
    await quiet(pilot)
    await press(pilot, "enter")


def ended(app: SiteApp) -> str:
    """What the page says of the last round."""
    said = app.screen.query_one("#ended", ProseText)
    return str(said.said) if said.display else ""


async def test_with_a_folder_from_the_first_key_to_the_confirmation(
    team: Team, share: Path
) -> None:
    _, one, two = team.all
    fix = team.fix(one, phenomenon="回风温度偏高")
    async with opened(one.workspace) as (app, pilot):
        assert "⇅ 待同步 1" in lines(app)[0]
        await press(pilot, "9")
        at(app, SyncPage)
        assert "待同步，只在本机  1 条改动" in text(app) and "回风温度偏高" in text(app)
        await press(pilot, "f")
        await give_path(app, pilot, share)
        assert "已发送" in ended(app) and "没有得到确认" in ended(app)
        assert "待确认 1" in lines(app)[0] and "已写出，待确认  1 条改动" in text(app)
        app.open_record(fix)
        await quiet(pilot)
        assert "已写到文件夹 share，待确认" in text(app)
        await press(pilot, "escape")
        peers.sync(two.workspace, str(share))
        app.screen.query_one(GroupedList).go_to(f"peer:{share}")
        await press(pilot, "enter")
        assert "都已确认收到" in ended(app) and "已同步 " in lines(app)[0]
        assert "待确认" not in text(app).replace(ended(app), "")
        app.open_record(fix)
        await quiet(pilot)
        assert "审核人 乙 的电脑已收到" in text(app)


async def test_by_stick_there_and_back(team: Team, tmp_path: Path) -> None:
    _, one, two = team.all
    team.fix(one)
    stick = tmp_path / "week.sitebook"
    async with opened(one.workspace) as (app, pilot):
        await press(pilot, "9", "f7")
        await give_path(app, pilot, stick)
        assert stick.exists() and "这些改动为待确认" in ended(app)
        bundle.read(two.exchange, stick)
        bundle.write(two.exchange, tmp_path / "back.sitebook")
        await press(pilot, "ctrl+r")
        await give_path(app, pilot, tmp_path / "back.sitebook")
        assert "已读入 “back.sitebook”" in ended(app) and "已同步" in lines(app)[0]
        (tmp_path / "bad.sitebook").write_bytes(stick.read_bytes()[:-9])
        before = one.digest()
        await press(pilot, "r")
        await give_path(app, pilot, tmp_path / "bad.sitebook")
        assert app.notices[-1].bad or "失败" in text(app)
        assert one.digest() == before


async def test_two_histories_are_listed_until_the_device_is_stopped(
    team: Team, share: Path, tmp_path: Path
) -> None:
    founder, one, _ = team.all
    one.workspace.close()
    shutil.copytree(one.home, tmp_path / "twin")
    one.reopen()
    twin = replica(open_book(tmp_path / "twin"))
    team.fix(one)
    team.fix(twin)
    for home in (one, twin, founder):
        peers.sync(home.workspace, str(share))
    twin.workspace.close()
    async with opened(founder.workspace) as (app, pilot):
        await press(pilot, "9")
        assert "有两种历史的电脑（副本在使用）  1" in text(app)
        app.screen.query_one(GroupedList).go_to(f"fork:p:{team.project}/{one.device}/1")
        await quiet(pilot)
        assert "请管理员：一、停用它（sitebookmemberrevokeB）" in "".join(text(app).split())
        whole(app)
        assert facts_of(founder.workspace)["forks"] == 1
        administration.revoke(founder.workspace, one.device)
        app.look_again()
        await quiet(pilot)
        assert "有两种历史的电脑" not in text(app) and facts_of(founder.workspace)["forks"] == 0


async def test_the_same_stick_again_takes_two_keys(team: Team, tmp_path: Path) -> None:
    """Of all bundles the last one written and the last one read; Enter offers its path again."""
    _, one, two = team.all
    first, stick, back = (tmp_path / f"{name}.sitebook" for name in ("first", "week", "back"))
    team.fix(one)
    for path in (first, stick):
        bundle.write(one.exchange, path)
    bundle.write(two.exchange, back)
    bundle.read(one.exchange, back)
    team.fix(one)
    async with opened(one.workspace) as (app, pilot):
        await press(pilot, "9")
        seen, rows = text(app), at(app, SyncPage).query_one(GroupedList)
        assert "week.sitebook  写出" in seen and "back.sitebook  读入" in seen
        assert "first.sitebook" not in seen
        rows.go_to(f"bundle:{recent_peers.TO_FILE}:{stick}")
        await press(pilot, "enter")
        at(app, TextPrompt)
        before = stick.read_bytes()
        await press(pilot, "enter")
        assert "已写出 “week.sitebook”" in ended(app) and stick.read_bytes() != before
        two.workspace.book.add("note", {"about": team.fix(two), "text": "x"})
        bundle.write(two.exchange, back)
        rows.go_to(f"bundle:{recent_peers.FROM_FILE}:{back}")
        await press(pilot, "enter", "enter")
        assert "已读入 “back.sitebook”" in ended(app)


@pytest.mark.parametrize("meaning", OTHERS)
async def test_a_bundle_and_a_folder_of_another_format_are_refused_in_the_app(
    team: Team, share: Path, tmp_path: Path, meaning: str
) -> None:
    _, one, two = team.all
    stick = tmp_path / "week.sitebook"
    bundle.write(two.exchange, stick)
    peers.sync(two.workspace, str(share))
    renumber_bundle(stick, OTHERS[meaning])
    renumber_folder(share, OTHERS[meaning])
    before, there = stick.read_bytes(), content(share)
    word = "由更新的 sitebook 写成" if meaning == "newer" else "测试版"
    async with opened(one.workspace) as (app, pilot):
        for key, path in (("r", stick), ("w", stick), ("f", share)):
            await press(pilot, "9", key)
            await give_path(app, pilot, path)
            told = text(app) + str(app.notices[-1].text if app.notices else "")
            assert word in told.replace("\n", ""), (key, told)
            app.notices.clear()
            while app.can_go_back():
                await press(pilot, "escape")
    assert stick.read_bytes() == before and content(share) == there


async def test_a_bundle_under_a_passphrase(team: Team, tmp_path: Path) -> None:
    _, one, two = team.all
    team.fix(one)
    stick = tmp_path / "locked.sitebook"
    async with opened(one.workspace) as (app, pilot):
        await press(pilot, "9", "p")
        await give_path(app, pilot, stick)
        at(app, Passphrase)
        await press(pilot, *"abc", "enter", *"abd", "enter")
        assert "不同" in text(app) and "abc" not in text(app)
        await press(pilot, *"abc", "enter", *"abc", "enter")
        at(app, SyncPage)
        assert bundle.locked(stick)
    async with opened(two.workspace) as (app, pilot):
        await press(pilot, "9", "r")
        await give_path(app, pilot, stick)
        at(app, Passphrase)
        await press(pilot, *"abc", "enter")
        assert "收到 1 条" in ended(app)


async def test_everything_that_wants_somebody_is_listed_and_opened(
    team: Team, tmp_path: Path
) -> None:
    _, one, two = team.all
    torn = team.fix(one, place="墙边")
    bad = team.fix(one)
    team.meet()
    one.book.edit(torn, {"place": "北墙"})
    two.book.edit(torn, {"place": "南墙"})
    space = f"p:{team.project}"
    forge(one, space, bad, fields={"state": "closed"})
    team.meet(one, two)
    async with opened(two.workspace, (100, 40)) as (app, pilot):
        await press(pilot, "9")
        page = at(app, SyncPage)
        seen, rows = text(app), page.query_one(GroupedList)
        assert "项目  冲突 1  隔离 1  ⇅" in lines(app)[0]
        assert "待解决的冲突  1" in seen and "被隔离，不生效（a 采用）  1" in seen
        assert "甲" in seen and "创办人" in seen
        whole(app)
        rows.go_to(next(row.id for row in rows.rows if row.id.startswith("conflict:")))
        await press(pilot, "enter")
        assert at(app, ConflictPage).key == (torn, "place")
        await press(pilot, "escape", "a")
        assert "移到被隔离的改动上" in app.notices[-1].text
        rows.go_to(next(row.id for row in rows.rows if row.id.startswith("quarantined:")))
        await quiet(pilot)
        assert "甲：" in str(page.query_one("#more", ProseText).said)  # the whole reason, below
        await press(pilot, "enter")
        assert at(app, RecordPage).record_id == bad
        assert "甲 的改动不生效：" in text(app)  # with its reason, on the record's own page too
        await press(pilot, "escape", "f4")
        at(app, Confirm)
        await press(pilot, "enter")  # begins on Cancel
        assert app.standing().quarantined == 1
        await press(pilot, "a", "y")
        assert app.standing().quarantined == 0 and "已采用" in app.notices[-1].text


async def test_the_use_of_the_recovery_key_is_shown_to_everybody(team: Team) -> None:
    founder, one, two = team.all
    administration.set_administrator(founder.workspace, team.person(two), grant=True)
    key = recovery.make(founder.workspace)
    administration.set_pair(founder.workspace, on=True)
    administration.set_administrator(founder.workspace, team.person(two), grant=False)
    team.tell()
    recovery.use(two.workspace, key, [team.person(founder)])
    one.exchange.take_members(two.exchange.members(0))
    async with opened(one.workspace) as (app, pilot):
        await press(pilot, "9")
        at(app, SyncPage)
        assert "恢复密钥被使用" in text(app) and "乙 成为管理员" in text(app)
        whole(app)
        app.screen.query_one(GroupedList).go_to(
            f"members:recovered:{one.exchange.members(0)[-2].n}"
        )
        await quiet(pilot)
        assert "由管理员更换恢复密钥" in str(app.screen.query_one("#more", ProseText).said)
        await press(pilot, "enter")
        at(app, MembersPage)
    recovery.make(two.workspace)
    one.exchange.take_members(two.exchange.members(0))
    async with opened(one.workspace) as (app, pilot):
        await press(pilot, "9")
        assert "恢复密钥" not in text(app)


async def test_requests_of_administrators_lead_to_the_members(team: Team) -> None:
    founder, one, two = team.all
    for other in (one, two):
        administration.set_administrator(founder.workspace, team.person(other), grant=True)
    administration.set_pair(founder.workspace, on=True)
    administration.revoke(founder.workspace, one.device)
    n = founder.exchange.trust.membership.version
    team.tell()
    async with opened(two.workspace) as (app, pilot):
        await press(pilot, "9")
        assert "等待另一位管理员确认" in text(app) and "停用 甲 的电脑" in text(app)
        app.screen.query_one(GroupedList).go_to(f"members:request:{n}")
        await press(pilot, "enter")
        at(app, MembersPage)


async def test_a_corner_with_little_room_keeps_what_counts(team: Team) -> None:
    _, one, _ = team.all
    long = team.fix(one, phenomenon="冷冻水二次泵变频器面板指示灯异常闪烁并报警")
    bad = team.fix(one)
    forge(one, f"p:{team.project}", bad, fields={"state": "closed"})
    one.exchange.seal_now(f"p:{team.project}")
    async with opened(one.workspace) as (app, pilot):
        assert "项目  隔离 1  ⇅ 待同步 3" in lines(app)[0]
        app.open_record(long)
        await quiet(pilot)
        assert lines(app)[0].rstrip().endswith("隔离 1  ⇅ 待同步 3")
        await pilot.resize_terminal(40, 12)
        await quiet(pilot)
        assert lines(app)[0].rstrip().endswith("⇅ 待同步 3") and "隔离" not in lines(app)[0]
        whole(app)


async def test_what_only_a_newer_version_understands(tmp_path: Path) -> None:
    declare(new=False)
    team = Team(tmp_path, "b")
    try:
        a, b = team.all
        declare(new=True)
        a.reopen()
        made = a.book.add(NAME, {"name": "n", "size": "7"}, project=team.project)
        declare(new=False)
        give(a, b)
        async with opened(b.workspace) as (app, pilot):
            await press(pilot, "9")
            assert "需要更新的程序版本  1" in text(app) and "size" in text(app)
            app.screen.query_one(GroupedList).go_to(f"parked:{made.id}")
            await press(pilot, "enter")
            assert at(app, RecordPage).record_id == made.id
    finally:
        team.close()
        forget()


async def test_who_may_not_adopt_is_told(team: Team) -> None:
    _, one, _ = team.all
    bad = team.fix(one)
    forge(one, f"p:{team.project}", bad, fields={"state": "closed"})
    one.exchange.seal_now(f"p:{team.project}")
    async with opened(one.workspace) as (app, pilot):
        assert "隔离 1" in lines(app)[0]
        await press(pilot, "9")
        rows = app.screen.query_one(GroupedList)
        rows.go_to(next(row.id for row in rows.rows if row.id.startswith("quarantined:")))
        await press(pilot, "a", "y")
        assert app.notices[-1].bad and app.standing().quarantined == 1


async def test_a_person_alone_meets_nothing_of_it(workspace: Workspace, project: str) -> None:
    made = workspace.book.add("fix", {"phenomenon": "泵"}, project=project)
    async with opened(workspace) as (app, pilot):
        assert lines(app)[0].rstrip().endswith("测试项目")
        app.open_record(made.id)
        await quiet(pilot)
        assert "同步" not in text(app)
        await press(pilot, "7")
        assert "同步" not in text(app)
        assert app.sync_runner._timer is None
        await press(pilot, "f5")  # nobody to sync with: the page where one is chosen
        at(app, SyncPage)
        assert "只在本机" in text(app)
        assert app.notices[-1].text == "还没有同步对象，请选一个。"
        whole(app)
        await press(pilot, "f")
        labels = [part for line in lines(app) for part in line.split() if part.startswith("文件")]
        assert "文件夹" in labels and "文件" not in labels, text(app)


# -- rounds by themselves --------------------------------------------------------------------------


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rounds by themselves come at once."""
    for name in ("AT_START", "AFTER_SAVE", "FIRST_PAUSE", "LOOKS"):
        monkeypatch.setattr(background_sync, name, 0.01)


@pytest.mark.usefixtures("quick")
async def test_rounds_run_by_themselves_at_start_and_after_saves(team: Team, share: Path) -> None:
    _, one, two = team.all
    peers.sync(one.workspace, str(share))
    peers.sync(two.workspace, str(share))
    first = team.fix(one)
    async with opened(one.workspace) as (app, pilot):
        await until(pilot, lambda: sync_status.outbox(one.workspace)[0] == 0)
        assert isinstance(app.screen, TodayPage) and not app.notices  # never in the way
        second = team.fix(one)
        await until(pilot, lambda: sync_status.outbox(one.workspace)[0] == 0)
        peers.sync(two.workspace, str(share))
        assert two.book.find(first) and two.book.find(second)
        await quiet(pilot)
        assert "待确认 2" in lines(app)[0]


@pytest.mark.usefixtures("quick")
async def test_a_failure_is_calm_and_tried_ever_more_rarely(
    team: Team, share: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = team.all[1]
    peers.sync(one.workspace, str(share))
    share.rename(share.with_name("away"))
    monkeypatch.setattr(background_sync, "LONGEST_PAUSE", 0.05)
    async with opened(one.workspace) as (app, pilot):
        await until(pilot, lambda: app.sync_runner._failures >= 3)
        assert not app.notices and isinstance(app.screen, TodayPage)
        await quiet(pilot)
        assert "未连上" in lines(app)[0]
        await press(pilot, "9")
        assert "失败：没有文件夹" in text(app)
        share.with_name("away").rename(share)
        await until(pilot, lambda: app.sync_runner._failures == 0)
        assert "未连上" not in lines(app)[0]


@pytest.mark.usefixtures("quick")
async def test_hub_and_folder_are_both_kept_in_step(
    team: Team, share: Path, tmp_path: Path
) -> None:
    founder = team.founder
    with Running(tmp_path / "hub") as running:
        running.found(founder)
        peers.sync(founder.workspace, str(share))  # once; the hub is not forgotten for it
        fix = team.fix(founder)
        async with opened(founder.workspace) as (app, pilot):
            await until(pilot, lambda: placed(founder, fix) == (True, True))
            await quiet(pilot)
            assert app.sync_runner.peer == str(share) and not app.notices
            share.rename(share.with_name("away"))
            later = team.fix(founder)
            await until(pilot, lambda: placed(founder, later) == (True, False))
            await until(pilot, lambda: app.sync_runner.trouble == sync_rounds.AWAY)
            assert "已同步" in lines(app)[0]


def placed(one: Replica, id: str) -> tuple[bool, bool]:
    """Whether a record is at the hub, and written to a folder."""
    place = sync_status.place(one.workspace, one.get(id))
    assert place is not None
    return place.hub, bool(place.written)


@pytest.mark.usefixtures("quick")
async def test_the_setting_switches_it_off(team: Team, share: Path) -> None:
    one = team.all[1]
    peers.sync(one.workspace, str(share))
    one.workspace.change(replace(one.workspace.settings, background=False))
    team.fix(one)
    async with opened(one.workspace) as (app, pilot):
        await pilot.pause(0.1)
        assert app.sync_runner._timer is None and sync_status.outbox(one.workspace)[0] == 1
        await press(pilot, "7")
        app.screen.query_one(DocumentView).go("background")
        assert "只在按 F5 时" in text(app)
        await press(pilot, "space")
        await until(pilot, lambda: sync_status.outbox(one.workspace)[0] == 0)


async def test_esc_stops_a_round_and_the_next_goes_on(
    team: Team, share: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, one, two = team.all
    for _ in range(3):
        team.fix(one)
    peers.sync(one.workspace, str(share))
    team.fix(one)
    begun, go_on = threading.Event(), threading.Event()
    real = peers.sync

    def slow(*given: Any, stop: Any, **more: Any) -> Any:
        begun.set()
        go_on.wait(20)
        return real(*given, stop=stop, **more)

    monkeypatch.setattr(peers, "sync", slow)  # only slower
    async with opened(one.workspace) as (app, pilot):
        await pilot.press("9")
        await pilot.pause()
        app.sync_runner.sync(str(share), then=lambda r: app.screen.round_ended(*_said(share, r)))
        await until(pilot, begun.is_set)
        await pilot.press("3", "n")  # typing never waits
        for key in "abc":
            await pilot.press(key)
        await pilot.pause()
        assert "abc" in text(app)
        await pilot.press("escape")
        await pilot.pause()
        await pilot.press("9")
        await pilot.pause()
        assert "Esc 停止" in text(app)
        await pilot.press("f5")
        await pilot.pause()
        assert "正在同步" in app.notices[-1].text
        await pilot.press("escape")
        await pilot.pause()
        at(app, SyncPage)
        assert "正在停止" in text(app)
        go_on.set()
        await quiet(pilot)
        assert "已停止" in ended(app)
        assert sync_status.outbox(one.workspace)[0] == 1
        await press(pilot, "f")
        await give_path(app, pilot, share)
        assert sync_status.outbox(one.workspace)[0] == 0
    real(two.workspace, str(share))
    assert len(list(two.workspace.store.rows("SELECT 1 FROM fix"))) == 4


def _said(share: Path, result: Any) -> tuple[str, bool]:
    from tui.pages.sync.sync_tasks import said

    return said(str(share), result)


async def test_quitting_does_not_wait_for_a_network_that_does_not_answer(
    team: Team, share: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = team.all[1]
    begun, never = threading.Event(), threading.Event()

    def hung(*_given: Any, **_more: Any) -> Any:
        begun.set()
        never.wait(60)
        raise Refused(peers.NOBODY)

    monkeypatch.setattr(peers, "sync", hung)
    monkeypatch.setattr(background_sync, "LEAVING", 0.05)
    async with opened(one.workspace) as (app, pilot):
        app.sync_runner.sync(str(share))
        await until(pilot, begun.is_set)
        await pilot.press("ctrl+q")
    app.sync_runner.close()
    never.set()


async def test_a_locked_key_asks_once_and_never_by_itself(
    team: Team, share: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SITEBOOK_PASSPHRASE_FILE", raising=False)
    one = team.all[1]
    peers.sync(one.workspace, str(share))
    device_key.set_passphrase(one.home, None, "open")
    one.workspace.change(replace(one.workspace.settings, lock_minutes=0))
    team.fix(one)
    monkeypatch.setattr(background_sync, "AT_START", 0.01)
    async with opened(one.workspace) as (app, pilot):
        await pilot.pause(0.1)
        assert len(app.screen_stack) == 1 and app.sync_runner.under_way is None
        await press(pilot, "f5")
        at(app, Passphrase)
        await press(pilot, *"wrong", "enter")
        assert app.notices[-1].bad
        await press(pilot, "f5", *"open", "enter")
        assert sync_status.outbox(one.workspace)[0] == 0
        team.fix(one)
        await press(pilot, "f5")
        assert len(app.screen_stack) == 1 and sync_status.outbox(one.workspace)[0] == 0


async def test_an_old_copy_goes_on_as_a_new_device(team: Team, share: Path) -> None:
    one = team.all[1]
    peers.sync(one.workspace, str(share))
    one.workspace.close()
    backup = team.folder / "backup"
    shutil.copytree(one.home, backup)
    one.reopen()
    before, lost = one.device, team.fix(one)
    peers.sync(one.workspace, str(share))
    one.workspace.close()
    shutil.rmtree(one.home)
    shutil.copytree(backup, one.home)  # the whole folder, its mark too: nothing tells yet
    one.reopen()
    one.workspace.change(replace(one.workspace.settings, background=False))
    async with opened(one.workspace) as (app, pilot):
        await press(pilot, "3", "n")
        await press(pilot, *"abc")
        app.sync_runner.sync(str(share), then=lambda result: app.tell(str(result)))
        await quiet(pilot)
        assert "换新的电脑编号" in app.notices[-1].text
        assert app.workspace.log.device != before
        at(app, DraftsDialog)  # what was being typed is offered
        await press(pilot, "escape")
        await press(pilot, "f5")
        book = app.workspace.book
        assert book.find(lost) is not None
        assert not app.workspace.store.rows("SELECT 1 FROM fork")
        assert "草稿" in text(app) and "abc" in text(app)  # what was being typed
        app.close()
    one.reopen()


@pytest.mark.parametrize("size", SIZES)
async def test_hostile_text_and_both_languages(
    team: Team, share: Path, size: tuple[int, int]
) -> None:
    _, one, two = team.all
    for payload in PAYLOADS.values():
        team.fix(one, phenomenon=payload)
    recent_peers.failed(one.workspace, "/[/]\x1b[31m", "round", Refused(peers.NOBODY))
    team.meet(one, two)
    peers.sync(one.workspace, str(share))
    async with opened(one.workspace, size) as (app, pilot):
        await press(pilot, "9")
        for key in ("down", "end", "f9", "home", "f9"):
            whole(app)
            await press(pilot, key)
        assert language.now == "zh" and count(one.book) == 0
