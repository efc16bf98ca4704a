"""Rows on their parent's page: a table, the row's own moves by their letters, order, copies."""

from __future__ import annotations

from models.book.book import Book
from models.book.rows.child_rows import rows_of
from models.schema.record import Record, kinds
from sync.workspace.workspace import Workspace
from tests.support.plans import plan_of
from tests.tui.seen import SIZES, at, every, lines, newest, opened, press, quiet, text, whole
from tui.pages.forms.form_page import FormPage
from tui.pages.forms.move_dialog import MoveDialog
from tui.pages.records.record_page import RecordPage
from tui.widgets.document_view import DocumentView


def tasks(book: Book, plan: Record) -> list[Record]:
    """The tasks in order."""
    return rows_of(book.store, plan, kinds["plan_task"])


def bar(app: object) -> str:
    """The key bar."""
    return lines(app)[-1]  # type: ignore[arg-type]


async def test_rows_are_a_table_with_state_and_marks(
    workspace: Workspace, book: Book, project: str
) -> None:
    plan = plan_of(book, project, 5)
    rows = tasks(book, plan)
    book.edit(rows[3].id, {"grade": "a", "doer": book.me, "what": "换电池"})
    book.void(rows[4].id, "重复")
    book.move(rows[0].id, "finish", {"result": "好"})
    for size in SIZES:
        async with opened(workspace, size) as (app, pilot):
            app.open_record(plan.id)
            await quiet(pilot)
            seen = text(app)
            assert "计划任务 (5)" in seen and "已作废：重复" in seen
            done = next(line for line in lines(app) if "任务 1" in line)
            assert done.split()[:2] == ["1", "完成"]
            changed = next(line for line in lines(app) if "换电池" in line)
            assert "重要" in changed and "测试员" in changed
            whole(app)


async def test_a_row_has_its_own_moves_where_the_cursor_is(
    workspace: Workspace, book: Book, project: str
) -> None:
    plan = plan_of(book, project, 2)
    row = tasks(book, plan)[1]
    async with opened(workspace) as (app, pilot):
        app.open_record(plan.id)
        await quiet(pilot)
        view = app.screen.query_one(DocumentView)
        assert "i 完成" not in bar(app)
        await press(pilot, "i")
        assert {one.state for one in tasks(book, plan)} == {"todo"}
        view.go(f"row:{row.id}")
        await quiet(pilot)
        assert "i 完成" in bar(app) and "添加计划任务" in bar(app)
        await press(pilot, "i", *"好", "ctrl+s")
        assert book.get(row.id).state == "done"
        assert view.current == f"row:{row.id}"
        assert "i 完成" not in bar(app) and "重新打开" in bar(app)
        await press(pilot, "a")  # a letter of the plan does nothing on a row
        assert book.get(plan.id).state == "draft"
        view.go("moves:")
        await press(pilot, "a")
        assert book.get(plan.id).state == "approved"


async def test_a_letter_of_the_record_s_own_moves_is_the_row_s_where_the_cursor_is(
    workspace: Workspace, book: Book, project: str
) -> None:
    """`a` acknowledges the check once it is reported; on a question it says no."""
    check = book.add("quarterly_check", {"quarter": "2026-Q3"}, project=project)
    answer = rows_of(book.store, check, kinds["quarterly_answer"])[0].id
    async with opened(workspace) as (app, pilot):
        app.open_record(check.id)
        await quiet(pilot)
        at(app, RecordPage).query_one(DocumentView).go(f"row:{answer}")
        await press(pilot, "a")
        at(app, MoveDialog)
        await press(pilot, *"no list", "ctrl+s")
        assert book.get(answer).state == "no"


async def test_what_was_edited_since_the_approval_is_marked(
    workspace: Workspace, book: Book, project: str
) -> None:
    plan = plan_of(book, project, 2)
    book.move(plan.id, "approve")
    book.move(plan.id, "revise")
    book.move(plan.id, "approve")
    record = tasks(book, plan)[0]
    book.writer.begin()
    with book.saving():  # as a merge brings it: the plan is closed here
        book._write(record, {"hours": "3"})
    async with opened(workspace, (100, 30)) as (app, pilot):
        app.open_record(plan.id)
        await quiet(pilot)
        line = next(line for line in lines(app)[8:] if "任务 1" in line)
        assert line.rstrip().endswith("改")
        other = next(line for line in lines(app) if "任务 2" in line)
        assert not other.rstrip().endswith("改")


async def test_a_row_is_moved_up_and_down(workspace: Workspace, book: Book, project: str) -> None:
    plan = plan_of(book, project, 3)
    first = tasks(book, plan)[0]
    async with opened(workspace) as (app, pilot):
        app.open_record(plan.id)
        await quiet(pilot)
        view = app.screen.query_one(DocumentView)
        view.go(f"row:{first.id}")
        await press(pilot, "shift+down", "shift+down")
        assert [row.title() for row in tasks(book, plan)] == ["任务 2", "任务 3", "任务 1"]
        assert view.current == f"row:{first.id}"
        await press(pilot, "shift+down")
        assert "最后一行" in app.notices[-1].text
        await press(pilot, "shift+up")
        assert [row.title() for row in tasks(book, plan)] == ["任务 2", "任务 1", "任务 3"]
        await press(pilot, "ctrl+z")
        assert [row.title() for row in tasks(book, plan)] == ["任务 2", "任务 3", "任务 1"]


async def test_enter_opens_a_row_with_a_life_and_edits_another(
    workspace: Workspace, book: Book, project: str
) -> None:
    plan = plan_of(book, project, 1)
    row = tasks(book, plan)[0]
    step = book.add("task_step", {"task": row.id, "what": "第一步"})
    async with opened(workspace) as (app, pilot):
        app.open_record(plan.id)
        await quiet(pilot)
        app.screen.query_one(DocumentView).go(f"row:{row.id}")
        await press(pilot, "enter")
        assert at(app, RecordPage).record_id == row.id
        app.screen.query_one(DocumentView).go(f"row:{step.id}")
        await press(pilot, "enter")
        at(app, FormPage)
        await press(pilot, "escape", "ctrl+g")
        assert at(app, RecordPage).record_id == step.id


async def test_a_new_row_comes_last_and_its_command_has_its_name(
    workspace: Workspace, book: Book, project: str
) -> None:
    plan = plan_of(book, project, 3)
    async with opened(workspace) as (app, pilot):
        app.open_record(plan.id)
        await quiet(pilot)
        assert "n 添加计划任务" in bar(app)
        await press(pilot, "f9")
        assert "n Add plan task" in bar(app)
        await press(pilot, "n", "tab", *"new", "ctrl+s")
        assert tasks(book, plan)[-1].values()["position"] == 4


async def test_the_first_row_of_each_type_is_added_from_its_section(
    workspace: Workspace, book: Book, project: str
) -> None:
    check = book.add("quarterly_check", {"quarter": "2026-Q3"}, project=project)
    async with opened(workspace) as (app, pilot):
        app.open_record(check.id)
        await quiet(pilot)
        assert "添加季度检查问题" in bar(app)
        app.screen.query_one(DocumentView).go("rows:spare_part")
        await quiet(pilot)
        assert "添加备件评估" in bar(app)
        whole(app)
        for key in ("n", "enter"):
            await press(pilot, key)
            at(app, FormPage)
            assert "新建备件评估" in text(app)
            await press(pilot, "escape")
        await press(pilot, "up")
        assert "a 否" in bar(app) and "备件评估" not in bar(app)


async def test_a_plan_is_copied_with_its_tasks(
    workspace: Workspace, book: Book, project: str
) -> None:
    plan = plan_of(book, project, 3)
    async with opened(workspace) as (app, pilot):
        app.open_record(plan.id)
        await press(pilot, "plus")
        made = newest(workspace, "plan")
        assert at(app, RecordPage).record_id == made.id != plan.id
        assert [row.title() for row in tasks(book, made)] == [f"任务 {n}" for n in (1, 2, 3)]
        assert "3 行" in app.notices[-1].text
        app.screen.query_one(DocumentView).go(f"row:{tasks(book, made)[0].id}")
        await press(pilot, "plus")
        assert [row.values()["position"] for row in tasks(book, made)] == [1, 2, 3, 4]
        assert len(list(every(workspace, "plan"))) == 2


async def test_a_record_without_rows_says_so(workspace: Workspace, book: Book) -> None:
    site = book.add("site", {"name": "机房"})
    async with opened(workspace) as (app, pilot):
        app.open_record(site.id)
        await press(pilot, "n")
        assert "没有可以添加的行" in app.notices[-1].text and app.notices[-1].bad


async def test_a_long_table_is_read_as_it_is_scrolled(
    workspace: Workspace,
    book: Book,
    project: str,
) -> None:
    plan = plan_of(book, project, 300)
    async with opened(workspace) as (app, pilot):
        app.open_record(plan.id)
        await quiet(pilot)
        assert "计划任务 (300)" in text(app) and "任务 300" not in text(app)
        await press(pilot, "end")
        assert "任务 300" in text(app)
        whole(app)
