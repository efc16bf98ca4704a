"""The consolidated week by real keys: what it says, issued once, supplements marked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import time_machine

from models.book.book import Book
from models.book.projects import all_projects
from models.calendar.business_dates import instant
from models.records.weekly.week import issued_week, supplements
from models.schema.roles import ENGINEER
from models.storage import rows
from models.text.words import language
from sync.workspace.workspace import Workspace
from tests.story.hand import Hand
from tests.support.crew import Crew
from tests.support.entry_weeks import figures_of
from tests.support.service_plans import approved, plan_of, task
from tests.tui.documents.makers import text_of
from tests.tui.seen import SIZES, at, opened, press, text, whole
from tui.areas.weekly.project_week_page import ProjectWeekPage
from tui.display.parts import plain
from tui.documents import produce, registry
from tui.documents.document import DOCUMENTS
from tui.documents.record_text import RecordText
from tui.pages.records.record_page import RecordPage
from tui.widgets.document_view import DocumentView

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
    """Two engineers: the first handed in on Friday, with a problem solved and one open."""
    clock.move_to(MONDAY / 1000)
    made = Crew(workspace, FRIDAY)
    first, _ = made.admit(["仇小河", "段青"], ENGINEER, project)
    fix = first.add("fix", {"phenomenon": "UPS 告警"}, project=project)
    first.move(fix.id, "fix", {"cause": "电池老化", "correction": "更换电池"})
    first.add("fix", {"phenomenon": "风扇异响"}, project=project)
    hand_in(first, project, "巡检 5 次")
    return made


def hand_in(book: Book, project: str, text: str) -> str:
    """This person's entry, handed in."""
    values = {"week": WEEK, "person": book.me, "progress": text, "risks": "雨季"}
    return book.move(book.add("weekly", values, project=project).id, "submit").id


@pytest.mark.parametrize("size", SIZES)
async def test_the_page_says_what_the_queries_say(
    workspace: Workspace, crew: Crew, size: tuple[int, int]
) -> None:
    async with opened(workspace, size) as (app, pilot):
        hand = Hand(app, pilot, workspace)
        await hand.press("f4", "w")
        page = at(app, ProjectWeekPage)
        assert page.found is not None
        said = plain(page.query_one(DocumentView).parts)
        (project,) = all_projects(workspace.book.store)
        figures = figures_of(issued_week.compile_week(workspace.book, project, WEEK))
        assert (figures.handed_in, figures.solved, figures.unsolved) == (1, 1, 1)
        assert f"应报 {figures.people} 人，已提交 1 人" in said
        assert "解决 1 项" in said and "未解决 1 项" in said
        assert "UPS 告警" in said and "原因：电池老化" in said and "措施：更换电池" in said
        assert "段青  未同步到本机" in said and "测试员  未提交" in said
        whole(app)
        await hand.press("end")
        whole(app)


async def test_the_plan_of_the_week_stands_on_the_page_and_on_paper(
    workspace: Workspace, crew: Crew, project: str, clock: time_machine.Traveller, tmp_path: Path
) -> None:
    lead, engineer = workspace.book, crew.books["段青"]
    clock.move_to(instant(date(2026, 11, 16), 9 * 60) / 1000)
    plan = plan_of(lead, project)
    for day in ("18", "20"):
        task(lead, plan.id, f"[b]保养[/b] {day}", f"2026-11-{day}", code=day, doer=engineer.me)
    approved(lead, lead, plan.id)
    clock.move_to(MONDAY / 1000)
    made = engineer.add("task_execution", {"plan": plan.id, "task": "18"}, project=project)
    engineer.move(made.id, "skip", comment="客户停电")
    async with opened(workspace) as (app, pilot):
        hand = Hand(app, pilot, workspace)
        await hand.press("f4", "w")
        for words in (
            ("计划任务 2 项，已到期 2 项：按期完成 0", "未执行", "客户停电", "未完成"),
            ("Planned tasks: 2, 2 fallen due: 0 done on time", "skipped", "not done"),
        ):
            said = plain(at(app, ProjectWeekPage).query_one(DocumentView).parts)
            assert [word for word in words if word not in said] == []
            assert "[b]保养[/b] 18" in said
            whole(app)
            reading, (about,) = RecordText(workspace), all_projects(workspace.book.store)
            subject = registry.of_period(reading, DOCUMENTS["week"], about, WEEK)
            path = tmp_path / f"{language.now}.docx"
            produce.export(reading, subject, path)
            paper = text_of(path.read_bytes())
            assert [word for word in words if word not in paper] == []
            assert "[b]保养[/b] 20" in paper
            await hand.press("f9")


async def test_issued_once_and_what_comes_later_is_marked(
    workspace: Workspace, crew: Crew, project: str
) -> None:
    async with opened(workspace, (120, 40)) as (app, pilot):
        hand = Hand(app, pilot, workspace)
        await hand.press("f4", "ctrl+w", "e")
        await hand.type("总体平稳")
        await hand.press("ctrl+s")
        assert "总体平稳" in hand.seen and "已汇编，尚未签发" in hand.seen
        await hand.press("i")
        assert "签发后不能修改" in hand.seen
        await hand.press("y")
        report = supplements.report_of(workspace.book, project, WEEK)
        assert report is not None and (report.state, report.summary) == ("issued", "总体平稳")
        assert "测试员 于 11-23" in hand.seen
        await hand.press("i")
        assert "只能在“已汇编”状态下进行" in app.notices[-1].text  # never twice
        app.open_item("weekly_report", report.id)
        await hand.press("escape")
        at(app, ProjectWeekPage)
        late = hand_in(crew.books["段青"], project, "更换电池两组")
        await hand.press("left", "right")
        assert "签发之后的补记" in hand.seen and "签发后才提交" in hand.seen and "段青" in hand.seen
        workspace.book.move(late, "accept")
        await hand.press("left", "right")
        assert "更换电池两组" in hand.seen
        await hand.press("right")
        await hand.press("right")
        assert "还没有到" in app.notices[-1].text


async def test_a_problem_leads_to_its_record(workspace: Workspace, crew: Crew) -> None:
    async with opened(workspace, (120, 40)) as (app, pilot):
        await press(pilot, "f4", "w")
        page = at(app, ProjectWeekPage)
        source = page.found.problems[0].source if page.found else ""
        page.query_one(DocumentView).go(f"record:{source}")
        await press(pilot, "enter")
        assert at(app, RecordPage).record_id == source
        await press(pilot, "escape", "f9")
        assert "Problems solved: 1" in text(app) and "Risks" in text(app)
        whole(app)


async def test_a_solved_problem_without_a_cause_is_named_and_marked(
    workspace: Workspace, crew: Crew, project: str
) -> None:
    first = crew.books["仇小河"]
    made = first.add("fix", {"phenomenon": "空调停机", "correction": "重启"}, project=project)
    first.move(made.id, "fix")
    async with opened(workspace, (80, 24)) as (app, pilot):
        hand = Hand(app, pilot, workspace)
        await hand.press("f4", "w", "i")
        assert "其中将标明" in hand.seen and f"{made.number} 原因未填" in hand.seen
        whole(app)
        await hand.press("y")
        assert "签发。" in hand.seen
        said = plain(at(app, ProjectWeekPage).query_one(DocumentView).parts)
        assert "解决的问题中 1 项原因未填" in said
        first.edit(made.id, {"cause": "压缩机过热"})
        await hand.press("left", "right")
        assert "签发后补上" in hand.seen and "原因：压缩机过热" in hand.seen
        said = plain(at(app, ProjectWeekPage).query_one(DocumentView).parts)
        assert "解决的问题中 1 项原因未填" in said  # what was issued stays


async def test_a_conflict_in_the_week_comes_first(
    workspace: Workspace, crew: Crew, project: str
) -> None:
    (id,) = workspace.store.rows("SELECT id FROM fix WHERE phenomenon='UPS 告警'")[0]
    made = workspace.book.get(id)
    for cause in ("甲", "乙"):
        workspace.book.edit(id, {"cause": cause}, seen=made.dots)
    async with opened(workspace, (120, 40)) as (app, pilot):
        hand = Hand(app, pilot, workspace)
        await hand.press("f4", "w", "i", "y")
        told = app.notices[-1].text
        assert made.number in told and "原因" in told
        report = supplements.report_of(workspace.book, project, WEEK)
        assert report is None  # nothing was begun


async def test_what_was_issued_cannot_be_read_and_that_is_said(
    workspace: Workspace, crew: Crew, project: str
) -> None:
    report = supplements.compiled(workspace.book, project, WEEK)
    workspace.book.move(report.id, "issue")
    with workspace.store.write():
        rows.update(workspace.store, workspace.book.get(report.id), {"content": "damaged"})
    async with opened(workspace, (80, 24)) as (app, pilot):
        await press(pilot, "f4", "w")
        assert "签发时保存的内容不可读" in text(app) and "UPS 告警" in plain(
            at(app, ProjectWeekPage).query_one(DocumentView).parts
        )
        whole(app)
