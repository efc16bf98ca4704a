"""The weekly review by real keys: next, accept, return, what changed, and what is not here."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine

from models.book.book import Book
from models.calendar.business_dates import instant
from models.schema.roles import ENGINEER
from models.storage.drafts import Drafts
from sync.trust import device_key, passphrase
from sync.workspace.workspace import Workspace
from tests.story.hand import Hand
from tests.support.crew import Crew
from tests.tui.seen import SIZES, at, opened, press, text, whole
from tui.areas.weekly.entry_page import WeeklyPage
from tui.areas.weekly.review.review_page import ReviewPage
from tui.pages.dialogs.passphrase import Passphrase
from tui.pages.home.today_page import TodayPage

WEEK = "2026-W47"
FRIDAY = instant(date(2026, 11, 20), 16 * 60)
MONDAY = instant(date(2026, 11, 23), 14 * 60)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """The book is begun in week 41."""
    with time_machine.travel(instant(date(2026, 10, 5)) / 1000) as traveller:
        yield traveller


@pytest.fixture
def crew(workspace: Workspace, project: str, clock: time_machine.Traveller) -> Crew:
    """Three engineers: two handed in on Friday, of the third nothing was heard."""
    clock.move_to(MONDAY / 1000)
    made = Crew(workspace, FRIDAY)
    for book in made.admit(["仇小河", "段青", "文竹"], ENGINEER, project)[:2]:
        hand_in(book, project)
    return made


def hand_in(book: Book, project: str) -> str:
    """This person's entry, handed in."""
    values = {
        "week": WEEK,
        "person": book.me,
        "progress": f"巡检 5 次，{book.people.name(book.me)}",
    }
    return book.move(book.add("weekly", values, project=project).id, "submit").id


def entry(workspace: Workspace, name: str) -> tuple[str, str]:
    """Id and state of somebody's entry."""
    sql = "SELECT w.id, w.state FROM weekly w JOIN person p ON p.id=w.person WHERE p.name=?"
    ((id, state),) = workspace.store.rows(sql, (name,))
    return id, state


async def test_one_key_each_to_accept_and_to_return(workspace: Workspace, crew: Crew) -> None:
    async with opened(workspace) as (app, pilot):
        hand = Hand(app, pilot, workspace)
        await hand.press("r")
        at(app, ReviewPage)
        assert "周报审阅 2026-W47 待审 2" in hand.seen
        assert "交 待审 2" in hand.seen and "？ 未同步 1" in hand.seen and "缺 未交 1" in hand.seen
        # Other weeks have other states: they are explained too.
        assert "受 接受 稿 草稿 ． 未到期" in hand.seen
        assert "巡检 5 次，仇小河" in hand.seen  # it begins with what waits
        hand.counted()
        await hand.press("a")
        assert hand.counted() == 1
        assert entry(workspace, "仇小河")[1] == "accepted"
        assert "巡检 5 次，段青" in hand.seen  # and it went on by itself
        await hand.press("h")
        await hand.type("写明下周计划")
        await hand.press("enter")
        assert hand.counted() == 2  # one key and the reason, which Enter ends
        assert entry(workspace, "段青")[1] == "returned"
        assert "待审 0" in hand.seen and "写明下周计划" in hand.seen
        await hand.press("n")
        assert "没有待您审阅的周报了" in app.notices[-1].text
        whole(app)


@pytest.mark.shows(86)
async def test_the_second_round_shows_what_changed(
    workspace: Workspace, crew: Crew, project: str
) -> None:
    author = crew.books["段青"]
    id, _ = entry(workspace, "段青")
    workspace.book.move(id, "return", comment="写明下周计划")
    crew.now = MONDAY + 60_000
    author.edit(id, {"next_week": "复测电池"})
    author.move(id, "submit")
    async with opened(workspace, (120, 40)) as (app, pilot):
        hand = Hand(app, pilot, workspace)
        await hand.press("f4", "tab")
        assert "已提交，第 2 轮" in hand.seen
        assert "上一轮以来改了什么" in hand.seen
        assert "下周计划 原：（空）" in hand.seen and "现：复测电池" in hand.seen
        assert "下周计划 ● 已改" in hand.seen and "本周进展 ● 已改" not in hand.seen
        assert "测试员 退回" in hand.seen and "写明下周计划" in hand.seen  # rounds are kept


async def test_what_changed_under_the_eyes_is_not_accepted(
    workspace: Workspace, crew: Crew
) -> None:
    """A decision binds to what was shown: an edit that arrived meanwhile is read first."""
    author = crew.books["仇小河"]
    id, _ = entry(workspace, "仇小河")
    async with opened(workspace) as (app, pilot):
        await press(pilot, "f4")
        author.move(id, "reopen")
        author.edit(id, {"progress": "另一段话"})
        author.move(id, "submit")
        await pilot.press("a")
        await pilot.pause()
        assert entry(workspace, "仇小河")[1] == "submitted"
        assert "刚刚有改动" in app.notices[-1].text and "另一段话" in text(app)
        await press(pilot, "a")
        assert entry(workspace, "仇小河")[1] == "accepted"


async def test_a_comment_is_a_row_of_its_own_and_enter_opens(
    workspace: Workspace, crew: Crew
) -> None:
    async with opened(workspace, (120, 40)) as (app, pilot):
        hand = Hand(app, pilot, workspace)
        await hand.press("f4", "b")
        await hand.type("数字请再核对")
        await hand.press("ctrl+s")
        at(app, ReviewPage)
        assert "备注" in hand.seen and "数字请再核对" in hand.seen
        assert entry(workspace, "仇小河")[1] == "submitted"
        await hand.press("enter")
        at(app, WeeklyPage)


async def test_missing_and_unsynced_say_so(workspace: Workspace, crew: Crew) -> None:
    async with opened(workspace) as (app, pilot):
        await press(pilot, "f4")
        page = at(app, ReviewPage)
        rows = page.grid.team.rows if page.grid.team else []
        for name, words in (("文竹", "未同步"), ("测试员", "没有提交：应在 11-23 12:00 前")):
            row = next(one for one in rows if one.name == name)
            page.grid.go(row.project, row.person, WEEK)
            page.show()
            await pilot.pause()
            assert words in text(app)
        await press(pilot, "a")
        assert "没有周报" in app.notices[-1].text


async def test_an_engineer_is_not_offered_the_review(workspace: Workspace, crew: Crew) -> None:
    workspace.book = crew.books["文竹"]
    async with opened(workspace) as (app, pilot):
        await press(pilot, "r")
        at(app, TodayPage)
        await press(pilot, "f4")
        assert app.notices and "没有由您审阅周报的项目" in app.notices[-1].text


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_nothing_is_clipped(
    workspace: Workspace, crew: Crew, size: tuple[int, int], lang: str
) -> None:
    async with opened(workspace, size) as (app, pilot):
        if lang == "en":
            await press(pilot, "f9")
        await press(pilot, "f4", "space", "left", "right", "end", "home")
        whole(app)


async def test_accepting_asks_for_the_passphrase_and_not_again_at_once(
    workspace: Workspace, crew: Crew, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SITEBOOK_PASSPHRASE_FILE", raising=False)
    monkeypatch.setitem(passphrase.ARGON2, "memory", 64)
    async with opened(workspace) as (app, pilot):
        device_key.set_passphrase(workspace.home, None, "one")
        await press(pilot, "r", "a")
        at(app, Passphrase)
        await press(pilot, "escape")
        assert entry(workspace, "仇小河")[1] == "submitted"
        await press(pilot, "a", *"bad", "enter")
        assert "口令不对" in app.notices[-1].text
        assert entry(workspace, "仇小河")[1] == "submitted"
        await press(pilot, "a", *"one", "enter")
        assert entry(workspace, "仇小河")[1] == "accepted"
        await press(pilot, "a")
        assert entry(workspace, "段青")[1] == "accepted"
        app.sync_runner._given -= 300
        assert not app.sync_runner.confirmed()


async def test_the_words_of_a_return_outlive_the_app(workspace: Workspace, crew: Crew) -> None:
    """They are the draft of the move, wherever it is made next."""
    async with opened(workspace) as (_, pilot):
        await press(pilot, "f4", "h", *"qz", "ctrl+q")
    (draft,) = Drafts(workspace.home).waiting()
    assert (draft.move, draft.values) == ("return", {"comment": "qz"})
    async with opened(workspace) as (app, pilot):
        await press(pilot, "escape", "f4", "h")
        assert "qz" in text(app)
