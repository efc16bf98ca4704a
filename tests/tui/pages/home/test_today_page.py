"""Today: what waits for me, in groups, in both languages; one key from where it is done."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine

from models.book.book import Book
from models.calendar.business_dates import instant
from models.records.checks.rounds import due_rounds
from models.storage.drafts import Drafts, FormDraft
from models.text.words import language
from sync.workspace.workspace import Workspace
from tests.support.checks import template
from tests.support.hostile import PAYLOADS
from tests.tui.seen import SIZES, at, lines, opened, press, text, whole
from tui.areas.checks.checklist_page import ChecklistPage
from tui.areas.weekly.entry_page import WeeklyPage
from tui.cli.commands import status
from tui.pages.forms.form_page import FormPage
from tui.pages.home.today_page import TodayPage
from tui.pages.records.record_list import ListPage
from tui.pages.records.record_page import RecordPage
from tui.widgets.grouped_list import GroupedList

FRIDAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def morning() -> Iterator[None]:
    """A Friday morning of a working week."""
    with time_machine.travel(instant(FRIDAY, 9 * 60) / 1000):
        yield


def row(app: object) -> str:
    """The row under the cursor."""
    found = next(line for line in lines(app) if line.startswith("▌"))  # type: ignore[arg-type]
    return " ".join(found.split())


async def test_a_new_book_is_met_kindly(workspace: Workspace) -> None:
    async with opened(workspace) as (app, _):
        at(app, TodayPage)
        seen = text(app)
        assert "今日 11-20 周五" in lines(app)[0]
        assert "今天没有要做的检查" in seen and "周报 2026-W47" in seen
        assert "待办 1 件" in seen
        whole(app)


@pytest.mark.shows(57)
async def test_what_waits_stands_in_groups(workspace: Workspace, project: str) -> None:
    book = workspace.book
    template(book, rounds=2)
    book.add("fix", {"phenomenon": "门禁失灵"}, project=project)
    done = book.add("fix", {"phenomenon": "UPS 告警", "correction": "复位"}, project=project)
    book.move(done.id, "fix")
    late = {"phenomenon": "光缆中断", "due": "2026-11-17"}
    book.add("escalation", late, project=project)
    async with opened(workspace) as (app, pilot):
        seen = text(app)
        assert "机房日检 第1轮" in seen and "机房日检 第2轮" in seen and "未开始" in seen
        for head in (
            "日常检查  2",
            "待验证  1",
            "待我处理  1，逾期 1",
            "我在办的事项  1",
        ):
            assert f"{head} ─" in seen, head
        assert "逾期3天" in seen and "待办 6 件，逾期 1 件" in seen
        assert status.facts_of(workspace)["todo"] == 6  # the command says the same
        await press(pilot, "f9")
        assert "Today 11-20 Fri" in lines(app)[0]
        assert "Room, daily, round 2" in text(app) and "3d late" in text(app)
        whole(app)


async def test_enter_opens_where_the_work_is_done(workspace: Workspace, project: str) -> None:
    book = workspace.book
    template(book)
    book.add("fix", {"phenomenon": "门禁失灵"}, project=project)
    async with opened(workspace) as (app, pilot):
        assert "机房日检" in row(app)
        await press(pilot, "enter")
        assert at(app, ChecklistPage).answering.round is not None
        await press(pilot, "escape", "down")
        assert "门禁失灵" in row(app)
        await press(pilot, "enter")
        at(app, RecordPage)
        await press(pilot, "escape", "down")
        assert "周报 2026-W47" in row(app)
        await press(pilot, "enter")
        at(app, WeeklyPage)


@pytest.mark.parametrize("key", ["c", "2"])
async def test_todays_checklist_is_one_key_away(
    workspace: Workspace, project: str, key: str
) -> None:
    template(workspace.book)
    async with opened(workspace) as (app, pilot):
        await press(pilot, key)
        page = at(app, ChecklistPage)
        round = page.answering.round
        assert round is not None and round.first == FRIDAY


async def test_a_problem_is_one_key_away(workspace: Workspace) -> None:
    async with opened(workspace) as (app, pilot):
        await press(pilot, "n")
        assert at(app, FormPage).work.type_ == "fix"


async def test_progress_and_whose(workspace: Workspace, book: Book, project: str) -> None:
    of = template(book)
    sheet = due_rounds.begin(book, due_rounds.rounds(book, FRIDAY)[0])
    (first, *_) = book.store.rows("SELECT id FROM template_item WHERE template=?", (of,))
    book.add("answer", {"sheet": sheet.id, "item": first[0], "result": "ok"})
    async with opened(workspace) as (app, pilot):
        assert row(app).startswith("▌ 1/3 机房日检")
        assert app.screen.chosen() == sheet.id
        await press(pilot, "n", "escape")
        at(app, TodayPage)


async def test_done_rounds_are_counted(workspace: Workspace, book: Book, project: str) -> None:
    template(book, None, ())
    template(book, None, (), name_zh="动力日检")
    (one, _) = due_rounds.rounds(book, FRIDAY)
    book.move(due_rounds.begin(book, one).id, "submit")
    async with opened(workspace) as (app, _):
        assert "日常检查  已完成 1/2 ─" in text(app)


async def test_a_draft_stands_first_and_goes_on(workspace: Workspace) -> None:
    draft = FormDraft(key="new:fix", type="fix", values={"phenomenon": "写了一半"}, left=True)
    Drafts(workspace.home).keep(draft)
    async with opened(workspace) as (app, pilot):
        assert "写了一半" in row(app)
        await press(pilot, "enter")
        page = at(app, FormPage)
        assert page.fields.editing.value("phenomenon") == "写了一半"


async def test_what_is_too_much_opens_the_list(workspace: Workspace, project: str) -> None:
    for number in range(52):
        workspace.book.add("fix", {"phenomenon": f"问题 {number}"}, project=project)
    async with opened(workspace) as (app, pilot):
        await press(pilot, "end", "up")
        assert "还有 2 条现场处置（待处理）" in row(app)
        await press(pilot, "enter")
        assert at(app, ListPage).cls.kind.name == "fix"


async def test_the_cursor_passes_headings_by(workspace: Workspace, project: str) -> None:
    book = workspace.book
    template(book)
    book.add("fix", {"phenomenon": "门禁失灵"}, project=project)
    async with opened(workspace) as (app, pilot):
        seen = [row(app)]
        for key in ("down", "down", "down", "home", "end", "pageup", "pagedown", "up"):
            await press(pilot, key)
            seen.append(row(app))
        assert not any("─" in line for line in seen)
        assert "1 / 3" in text(app) or "2 / 3" in text(app)
        assert app.query_one(GroupedList).current


async def test_it_looks_again_after_every_save(workspace: Workspace, project: str) -> None:
    async with opened(workspace) as (app, pilot):
        workspace.book.add("fix", {"phenomenon": "新问题"}, project=project)
        await pilot.pause()
        assert "新问题" in text(app)


@pytest.mark.parametrize("size", [*SIZES, (40, 12), (30, 8)])
@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_it_fits_and_nothing_acts(
    workspace: Workspace, project: str, size: tuple[int, int], lang: str
) -> None:
    book = workspace.book
    for payload in PAYLOADS.values():
        book.add("fix", {"phenomenon": payload}, project=project)
    template(book, name_zh=PAYLOADS["colour"][:60], name_en=PAYLOADS["bidi override"])
    async with opened(workspace, size) as (app, pilot):
        if lang == "en":
            await press(pilot, "f9")
        whole(app)
        for _ in range(4):
            await press(pilot, "pagedown")
            whole(app)
    assert language.now == lang


async def test_what_cannot_be_read_is_never_all_done(workspace: Workspace) -> None:
    workspace.store.db.execute_sql("ALTER TABLE weekly RENAME TO lost")
    async with opened(workspace) as (app, pilot):
        app.clear_notifications()
        await pilot.pause()
        assert "都办完了" not in text(app) and "没有“weekly”" in text(app)
        whole(app)
        workspace.store.db.execute_sql("ALTER TABLE lost RENAME TO weekly")
        app.screen.look_again()
        assert "没有“weekly”" not in text(app) and "周报 2026-W47" in text(app)


async def test_a_draft_is_discarded_where_it_stands(workspace: Workspace) -> None:
    drafts = Drafts(workspace.home)
    drafts.keep(FormDraft(key="new:fix", type="fix", values={"phenomenon": "甲"}, left=True))
    async with opened(workspace) as (app, pilot):
        assert "F8 放弃草稿" in lines(app)[-1] or "放弃草稿" in text(app)
        await press(pilot, "f8")
        assert "放弃草稿“" in text(app) and app.focused.id == "no"
        await press(pilot, "y")
        assert drafts.all() == [] and "未完成的草稿" not in text(app)
