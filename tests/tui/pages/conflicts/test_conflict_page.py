"""Reviewing conflicts with real keys, over real concurrent histories."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.book.book import Book
from models.book.conflict.conflicts import all_conflicts, count
from models.schema.record import Record
from models.schema.roles import PROJECT_MANAGER
from models.text.words import W, language
from sync.workspace.workspace import Workspace
from tests.support.escalations import ESCALATED
from tests.support.hostile import PAYLOADS
from tests.support.replicas import Replica, Team
from tests.tui.seen import SIZES, at, lines, opened, press, quiet, text, whole
from tui.pages.conflicts.conflict_list import ConflictsPage
from tui.pages.conflicts.conflict_page import ConflictPage
from tui.pages.conflicts.other_value_dialog import OtherValueDialog
from tui.pages.conflicts.version_view import marked
from tui.pages.home.today_page import TodayPage
from tui.pages.records.record_page import RecordPage


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    """Three people with a device each."""
    made = Team.copied(tmp_path, "甲", "乙", roles=(PROJECT_MANAGER,))
    yield made
    made.close()


def _torn(team: Team, **values: tuple[str, str]) -> tuple[str, Replica]:
    """A fix for which two people wrote different values; the first one's device looks on."""
    _, one, two = team.all
    id = team.fix(one, place="墙边")
    team.meet()
    for field, (left, right) in values.items():
        one.book.edit(id, {field: left})
        two.book.edit(id, {field: right})
    team.meet()
    return id, one


def _local(book: Book, project: str, field: str, *texts: str) -> Record:
    """A conflict on one device, of values that were written over an older view."""
    made = book.add("fix", {"phenomenon": "a"}, project=project)
    for value in texts:
        book.edit(made.id, {field: value}, seen=made.dots)
    return book.get(made.id)


@pytest.mark.shows(71)
@pytest.mark.parametrize("size", SIZES)
async def test_base_mine_and_theirs_are_all_there(team: Team, size: tuple[int, int]) -> None:
    id, one = _torn(team, place=("北墙 3 号柜", "南墙 4 号柜"))
    async with opened(one.workspace, size) as (app, pilot):
        app.open_conflict(id, "place")
        await quiet(pilot)
        seen = text(app)
        assert "冲突 1/1" in lines(app)[0] and "具体位置" in lines(app)[0]
        assert "原值" in seen and "墙边" in seen
        assert "北墙 3 号柜" in seen and "南墙 4 号柜" in seen
        assert "甲  我的" in seen and "乙" in seen and "现在显示" in seen
        side = [line for line in lines(app) if "北墙 3 号柜" in line and "南墙 4 号柜" in line]
        assert bool(side) == (size[0] >= 110)
        whole(app)


async def test_a_digit_keeps_that_value_and_u_takes_it_back(team: Team) -> None:
    id, one = _torn(team, place=("北墙", "南墙"), cause=("积灰", "老化"))
    async with opened(one.workspace) as (app, pilot):
        await press(pilot, "8")
        at(app, ConflictsPage)
        await press(pilot, "enter")
        page = at(app, ConflictPage)
        first = page.conflict
        assert first is not None
        await press(pilot, "2")
        assert one.get(id).values()[first.field] == first.stands[1].value
        assert count(one.book) == 1 and "已解决" in app.notices[-1].text
        assert page.conflict is not None and page.conflict.field != first.field
        await press(pilot, "u")
        assert count(one.book) == 2 and "撤销" in app.notices[-1].text
        await press(pilot, "1", "1")
        assert count(one.book) == 0 and "冲突已全部解决" in text(app)
        await press(pilot, "3")  # a digit without a version goes where it always goes
        assert not isinstance(app.screen, ConflictPage)


async def test_texts_are_joined_with_words(team: Team) -> None:
    id, one = _torn(team, cause=("积灰", "老化"))
    async with opened(one.workspace) as (app, pilot):
        app.open_conflict(id, "cause")
        await press(pilot, "t", *"both", "enter", "f6")
        assert set(str(one.get(id).values()["cause"]).split("\n")) == {"积灰", "老化"}
        assert one.workspace.store.rows("SELECT text FROM note") == [("both",)]


@pytest.mark.shows(69)
async def test_what_all_added_is_shown_as_it_will_stand_and_waits_for_the_key(team: Team) -> None:
    _, one, two = team.all
    id = team.fix(one, cause="风扇异响")
    team.meet()
    one.book.edit(id, {"cause": "风扇异响，已更换"})
    one.book.edit(id, {"cause": "风扇异响，已更换风扇"})
    two.book.edit(id, {"cause": "风扇异响\n电压正常"})
    team.meet()
    assert count(one.book) == 1  # never by itself
    for size in SIZES:
        async with opened(one.workspace, size) as (app, pilot):
            app.open_conflict(id, "cause")
            await quiet(pilot)
            assert "全部保留，合为" in text(app)
            whole(app)
            await press(pilot, "end")
            shown = "".join(lines(app))
            assert "风扇异响，已更换风扇" in shown and "电压正常" in shown
            if size == SIZES[-1]:
                await press(pilot, "b")
    assert one.get(id).values()["cause"] == "风扇异响，已更换风扇\n电压正常"
    team.meet()
    assert two.get(id).values()["cause"] == one.get(id).values()["cause"]


async def test_what_one_deleted_is_not_joined(team: Team) -> None:
    _, one, two = team.all
    id = team.fix(one, cause="风扇异响\n电压低")
    team.meet()
    one.book.edit(id, {"cause": "风扇异响"})
    two.book.edit(id, {"cause": "风扇异响\n电压低\n已查"})
    team.meet()
    async with opened(one.workspace) as (app, pilot):
        app.open_conflict(id, "cause")
        await quiet(pilot)
        assert "合为" not in text(app)
        await press(pilot, "b")
        assert count(one.book) == 1 and "不能合并" in app.notices[-1].text


async def test_a_third_value_is_written_and_checked(team: Team) -> None:
    id, one = _torn(team, place=("北墙", "南墙"))
    async with opened(one.workspace) as (app, pilot):
        app.open_conflict(id, "place")
        await press(pilot, "f2")
        at(app, OtherValueDialog)
        whole(app)
        await press(pilot, "escape")
        assert count(one.book) == 1
        await press(pilot, "w", "ctrl+a", *"west", "ctrl+s")
        assert "west" in str(one.get(id).values()["place"]) and count(one.book) == 0
        at(app, ConflictPage)


async def test_keys_step_through_and_open_the_record(team: Team) -> None:
    id, one = _torn(team, place=("北墙", "南墙"), cause=("积灰", "老化"))
    async with opened(one.workspace) as (app, pilot):
        app.open_conflict(id, "cause")
        await quiet(pilot)
        page = at(app, ConflictPage)
        await press(pilot, "n")
        assert page.key == (id, "place")
        await press(pilot, "right")
        assert page.key == (id, "cause")
        await press(pilot, "left", "l")
        assert at(app, RecordPage).record_id == id


async def test_a_closed_record_says_how_to_go_on(
    workspace: Workspace, book: Book, project: str
) -> None:
    torn = _local(book, project, "cause", "x", "y")
    book.move(torn.id, "fix", {"correction": "换"})
    book.move(torn.id, "verify")
    book.move(torn.id, "close")
    async with opened(workspace) as (app, pilot):
        app.open_conflict(torn.id, "cause")
        await quiet(pilot)
        assert "请先执行“重新打开”" in text(app)
        await press(pilot, "1")
        assert "请先执行“重新打开”" in app.notices[-1].text and count(book) == 1


async def test_states_and_voids_have_their_words(team: Team) -> None:
    _, one, two = team.all
    id, other = team.fix(one, correction="更换"), team.fix(one)
    team.meet()
    one.book.move(id, "fix")
    two.book.move(id, "escalate", ESCALATED)
    one.book.void(other, "重复")
    two.book.edit(other, {"cause": "还在处理"})
    team.meet()
    async with opened(one.workspace) as (app, pilot):
        app.open_conflict(id, "state")
        await quiet(pilot)
        assert "待验证" in text(app) and "已升级" in text(app) and "状态" in lines(app)[0]
        await press(pilot, "b")
        assert "不能合并" in app.notices[-1].text
        await press(pilot, "w")
        assert "只能保留现有的一个值" in app.notices[-1].text
        app.open_conflict(other, "void")
        await quiet(pilot)
        assert "继续使用" in text(app) and "作废：重复" in text(app)
        await press(pilot, "2")
        assert one.get(other).void == "重复"


async def test_today_and_the_corner_tell(workspace: Workspace, book: Book, project: str) -> None:
    _local(book, project, "cause", "x", "y")
    async with opened(workspace) as (app, pilot):
        assert "冲突 1" in lines(app)[0] and "⇅" not in lines(app)[0]
        assert "待解决的冲突 1 处" in text(app)
        today = at(app, TodayPage)
        today.query_one("GroupedList").go_to("place:conflicts")  # type: ignore[attr-defined]
        await press(pilot, "enter")
        at(app, ConflictsPage)
        await press(pilot, "enter", "1", "escape", "escape")
        at(app, TodayPage)
        assert "冲突" not in lines(app)[0] and "待解决的冲突" not in text(app)


@pytest.mark.parametrize("size", SIZES)
async def test_hostile_text_never_acts(
    workspace: Workspace, book: Book, project: str, size: tuple[int, int]
) -> None:
    for text_ in PAYLOADS.values():
        _local(book, project, "cause", text_, "harmless", text_ + "x")
    async with opened(workspace, size) as (app, pilot):
        await press(pilot, "8")
        whole(app)
        await press(pilot, "enter")
        page = at(app, ConflictPage)
        for _ in PAYLOADS:
            whole(app)
            await press(pilot, "n")
        assert len(page.every) == count(book) >= len(PAYLOADS) - 1


async def test_both_languages(workspace: Workspace, book: Book, project: str) -> None:
    torn = _local(book, project, "cause", "x", "y")
    async with opened(workspace, (120, 40)) as (app, pilot):
        app.open_conflict(torn.id, "cause")
        await press(pilot, "f9")
        seen = text(app)
        assert language.now == "en" and "shown now" in seen and "write another value" in seen
        assert str(W("保留", "keep")) in seen


def test_differences_are_marked_by_more_than_colour() -> None:
    spans = marked("南墙 3 号柜", "北墙 3 号柜")
    assert ("南", "hit") in spans and "".join(part for part, _ in spans) == "南墙 3 号柜"
    assert marked("x", "x") == [("x", "")]
    assert marked("y" * 9_000, "x") == [("y" * 9_000, "")]


def test_only_conflicts_are_listed(book: Book, project: str) -> None:
    _local(book, project, "cause", "x", "x")
    assert count(book) == 0 and list(all_conflicts(book)) == []
