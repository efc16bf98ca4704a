"""The weekly entry by real keys: pre-filled, submitted, edited, reopened, read by a lead."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import time_machine

from models.book.book import Book
from models.calendar.business_dates import instant
from models.records.weekly import entries, problem_intake
from models.storage.drafts import Drafts
from models.text.words import language
from sync.workspace.workspace import Workspace
from tests.support.entry_weeks import entry
from tests.support.hostile import PAYLOADS
from tests.support.team import acting, admit
from tests.tui.seen import SIZES, at, lines, newest, opened, press, quiet, text, whole
from tui.areas.weekly.entry_page import WeeklyPage
from tui.pages.dialogs.confirm import Confirm
from tui.pages.forms.form_page import FormPage
from tui.pages.home.today_page import TodayPage
from tui.pages.records.record_page import RecordPage

FRIDAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def afternoon() -> Iterator[Any]:
    """A Friday afternoon in week 47."""
    with time_machine.travel(instant(FRIDAY, 16 * 60) / 1000) as clock:
        yield clock


@pytest.fixture
def solved(book: Book, project: str) -> str:
    """A fix put right this week."""
    made = book.add("fix", {"phenomenon": "UPS 告警"}, project=project)
    book.move(made.id, "fix", {"cause": "电池老化", "correction": "更换电池"})
    return made.id


async def test_it_is_prefilled_and_looking_saves_nothing(workspace: Workspace, solved: str) -> None:
    async with opened(workspace) as (app, pilot):
        await press(pilot, "5")
        at(app, WeeklyPage)
        seen = text(app)
        assert "周报 2026-W47  11-16..11-22  测试项目" in lines(app)[0]
        assert "预先填好" in seen and "现场处置：处理 1 项" in seen
        assert "问题  已解决 1，未解决 0" in seen
        assert "原因：电池老化" in seen and "措施：更换电池" in seen and "待再次验证" in seen
        assert "11-23 12:00 前提交" in seen
        whole(app)
    assert workspace.store.rows("SELECT count(*) FROM weekly") == [(0,)]


async def test_two_keys_hand_it_in(workspace: Workspace, book: Book, solved: str) -> None:
    async with opened(workspace) as (app, pilot):
        await press(pilot, "5", "ctrl+s")
        weekly = newest(workspace, "weekly")
        assert weekly.state == "submitted"
        assert weekly.values()["progress"] == "现场处置：处理 1 项，关闭 0 项。"
        (row,) = problem_intake.problems_of(book.store, weekly.id)
        assert (row.source, row.outcome, row.cause) == (solved, "solved", "电池老化")
        assert "已提交" in lines(app)[0] and "预先填好" not in text(app)
        assert "没有填：项目状况、工时" in app.notices[-1].text and app.notices[-1].bad
        await press(pilot, "escape")
        at(app, TodayPage)


async def test_from_today_it_is_two_keys_too(workspace: Workspace) -> None:
    async with opened(workspace) as (_, pilot):
        await press(pilot, "end", "enter", "ctrl+s")
        assert newest(workspace, "weekly").state == "submitted"


async def test_what_the_author_wrote_is_never_overwritten(
    workspace: Workspace, book: Book, project: str, solved: str
) -> None:
    values = {"week": "2026-W47", "person": book.me, "progress": "我自己写的"}
    book.add("weekly", values, project=project)
    async with opened(workspace) as (app, pilot):
        await press(pilot, "5")
        assert "我自己写的" in text(app) and "现场处置：处理" not in text(app)
        await press(pilot, "i")
        kept = "我自己写的\n现场处置：处理 1 项，关闭 0 项。"
        assert newest(workspace, "weekly").values()["progress"] == kept
        await press(pilot, "ctrl+s")
        assert newest(workspace, "weekly").values()["progress"] == kept


async def test_enter_edits_the_field_under_the_cursor(workspace: Workspace, solved: str) -> None:
    async with opened(workspace) as (app, pilot):
        await press(pilot, "5", "enter")
        page = at(app, FormPage)
        assert page.fields.current.name == "progress"
        assert "现场处置：处理 1 项" in str(page.fields.editing.value("progress"))
        await press(pilot, "end", "很", "好", "ctrl+s")
        at(app, WeeklyPage)
        assert str(newest(workspace, "weekly").values()["progress"]).endswith("好")
        await press(pilot, "down", "down", "enter")
        assert at(app, FormPage).fields.current.name == "risks"
        await press(pilot, "雨", "季", "escape")
        at(app, WeeklyPage)
        assert any(d.values == {"risks": "雨季"} for d in Drafts(workspace.home).all())


async def test_enter_on_a_problem_opens_its_source(workspace: Workspace, solved: str) -> None:
    async with opened(workspace) as (app, pilot):
        await press(pilot, "5", "down", "enter")
        assert at(app, RecordPage).record_id == solved


async def test_weeks_and_the_late_mark(workspace: Workspace, afternoon: Any) -> None:
    async with opened(workspace) as (app, pilot):
        await press(pilot, "5", "right")
        assert "2026-W48 还没有到" in app.notices[-1].text
        await press(pilot, "left")
        assert "2026-W46" in lines(app)[0]
        assert "已逾期：应在 11-16 12:00 前提交" in text(app)
        await press(pilot, "ctrl+s")
        assert "迟交：应在 11-16 12:00 前" in text(app)
        await press(pilot, "right")
        assert "2026-W47" in lines(app)[0]


async def test_the_status_by_one_key(workspace: Workspace) -> None:
    async with opened(workspace) as (app, pilot):
        await press(pilot, "5", "c", "c")
        assert newest(workspace, "weekly").values()["health"] == "yellow"
        assert "有风险" in text(app)
        await press(pilot, "c", "c")
        assert newest(workspace, "weekly").values()["health"] is None


async def test_a_supplement_is_marked(workspace: Workspace, book: Book, afternoon: Any) -> None:
    async with opened(workspace) as (app, pilot):
        await press(pilot, "5", "ctrl+s")
        (project,) = book.store.rows("SELECT id FROM project")
        made = book.add("fix", {"phenomenon": "周末故障", "correction": "复位"}, project=project[0])
        book.move(made.id, "fix")
        await quiet(pilot)
        assert "周末故障" not in text(app)
        afternoon.move_to(instant(date(2026, 11, 24), 9 * 60) / 1000)
        await press(pilot, "1", "5")
        assert "周末故障" in text(app) and "补记 2026-W47" in text(app)


async def test_editing_after_handing_in_asks_and_is_told(workspace: Workspace, book: Book) -> None:
    async with opened(workspace) as (app, pilot):
        await press(pilot, "5", "ctrl+s", "e")
        at(app, Confirm)
        await press(pilot, "n")
        at(app, WeeklyPage)
        assert newest(workspace, "weekly").state == "submitted"
        await press(pilot, "e", "y")
        at(app, FormPage)
        await press(pilot, "end", "补", "ctrl+s")
        assert newest(workspace, "weekly").state == "draft"
        await press(pilot, "ctrl+s")
        assert newest(workspace, "weekly").state == "submitted"
        assert "上次提交后改过：本周进展" in text(app)


async def test_a_lead_reads_returns_and_accepts(workspace: Workspace, book: Book) -> None:
    """The founder leads; an engineer writes."""
    other = acting(workspace, admit(workspace, "工程师乙", ["engineer"]))
    made = entries.submit(other, entry(other), {"progress": "巡检三处"})
    async with opened(workspace) as (app, pilot):
        app.open_item("weekly", made.id)
        await quiet(pilot)
        assert "工程师乙  已提交" in lines(app)[0] and "巡检三处" in text(app)
        await press(pilot, "h", "写", "具", "体", "ctrl+s")
        assert book.get(made.id).state == "returned"
        assert "测试员 11-20 16:00 已退回：写具体" in text(app)
        assert "预先填好" not in text(app)  # only the author's own
        entries.submit(other, entries.of_record(other, book.get(made.id)), {})  # type: ignore[arg-type]
        app.screen.look_again()
        await press(pilot, "a", "ctrl+s")
        assert book.get(made.id).state == "accepted"
        await press(pilot, "left")
        assert "工程师乙 没有写 2026-W46 的周报" in app.notices[-1].text


async def test_a_lead_goes_from_one_to_the_next(workspace: Workspace) -> None:
    made = []
    for name in ("工程师乙", "工程师丙"):
        other = acting(workspace, admit(workspace, name, ["engineer"]))
        made.append(entries.submit(other, entry(other), {"progress": name}).id)
    async with opened(workspace) as (app, pilot):
        await press(pilot, "5", "tab")
        first = "工程师乙" in lines(app)[0]
        await press(pilot, "tab")
        assert ("工程师丙" if first else "工程师乙") in lines(app)[0]
        await press(pilot, "a", "ctrl+s", "tab", "tab")
        assert "没有其他待您审阅的周报" in app.notices[-1].text


async def test_handing_in_by_its_letter(workspace: Workspace) -> None:
    async with opened(workspace) as (app, pilot):
        await press(pilot, "5", "s")
        assert newest(workspace, "weekly").state == "submitted"
        await press(pilot, "r", "s")
        assert newest(workspace, "weekly").state == "submitted"
        assert "已提交" in lines(app)[0]


async def test_without_a_project_to_report_on_it_says_so(workspace: Workspace) -> None:
    with workspace.store.write():
        workspace.store.db.execute_sql("DELETE FROM role_grant")
    workspace.people.refresh()
    async with opened(workspace) as (app, pilot):
        await press(pilot, "5")
        assert "没有要写周报的项目" in app.notices[-1].text
        await press(pilot, "ctrl+s", "left", "c", "i", "p", "o", "e", "escape")
        at(app, TodayPage)


async def test_the_next_project(workspace: Workspace, book: Book) -> None:
    async with opened(workspace) as (app, pilot):
        await press(pilot, "5", "p")
        assert "没有别的项目" in app.notices[-1].text
        book.add("project", {"name": "另一个"})
        await quiet(pilot)
        first = lines(app)[0]
        await press(pilot, "p")
        assert lines(app)[0] != first and "2026-W47" in lines(app)[0]


@pytest.mark.parametrize("size", [*SIZES, (40, 12), (30, 8)])
@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_hostile_texts_fit_and_act_on_nothing(
    workspace: Workspace, book: Book, project: str, size: tuple[int, int], lang: str
) -> None:
    book.edit(project, {"name": PAYLOADS["colour"]})
    for payload in PAYLOADS.values():
        made = book.add("fix", {"phenomenon": payload, "cause": payload}, project=project)
        book.move(made.id, "fix", {"correction": payload})
    async with opened(workspace, size) as (app, pilot):
        await press(pilot, "5", *(["f9"] if lang == "en" else []))
        for key in ("pagedown", "pagedown", "end", "home"):
            whole(app)
            await press(pilot, key)
        await press(pilot, "ctrl+s")
        whole(app)
    assert language.now == lang
    assert newest(workspace, "weekly").state == "submitted"
