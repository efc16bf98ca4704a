"""The table page: cells by key, paste, save and next, faults, drafts; in both languages."""

from __future__ import annotations

from typing import Any, Literal

import pytest
from textual.events import MouseScrollDown, Paste
from textual.pilot import Pilot

from models.book.book import Book
from models.book.rows.child_rows import rows_of
from models.schema.record import Record, kinds
from models.storage.drafts import Drafts
from models.text.words import language
from sync.workspace.workspace import Workspace
from tests.support.hostile import PAYLOADS
from tests.support.plans import plan_of
from tests.tui.seen import SIZES, at, lines, opened, press, quiet, text, until, whole
from tui.app.app import SiteApp
from tui.pages.dialogs.confirm import Confirm, DraftQuestion
from tui.pages.dialogs.text_prompt import TextPrompt
from tui.pages.forms.drafts_dialog import DraftsDialog
from tui.pages.forms.form_page import FormPage
from tui.pages.records.record_page import RecordPage
from tui.pages.rows.table_page import TablePage
from tui.pages.rows.table_widget import TableWidget

LANGUAGES: tuple[Literal["zh", "en"], ...] = ("zh", "en")


@pytest.fixture
def plan(book: Book, project: str) -> Record:
    """A plan with three tasks."""
    return plan_of(book, project, 3)


def tasks(book: Book, plan: Record) -> list[Record]:
    """Its tasks in order."""
    return rows_of(book.store, plan, kinds["plan_task"])


def titles(book: Book, plan: Record) -> list[str]:
    """What they are called."""
    return [row.title() for row in tasks(book, plan)]


async def table_of(app: SiteApp, pilot: Pilot[Any], plan: Record, type: str = "") -> TableWidget:
    """The table of a plan's tasks, opened."""
    app.open_page("tui.pages.rows.table_page", "TablePage", plan.id, type or "plan_task")
    await quiet(pilot)
    return at(app, TablePage).table


async def paste(app: SiteApp, pilot: Pilot[Any], content: str) -> None:
    """Paste a text as a terminal does."""
    app.post_message(Paste(content))
    await quiet(pilot)


async def test_cells_are_filled_by_tab_and_saved_at_once(
    workspace: Workspace, book: Book, plan: Record
) -> None:
    async with opened(workspace) as (app, pilot):
        app.open_record(plan.id)
        await press(pilot, "f")
        table = at(app, TablePage).table
        assert table.current.name == "position" and table.place.row is table.session.rows[0]
        await press(pilot, "tab", "end", *"甲", "tab", "1", "tab", *"2026-12-01", "enter")
        assert table.current.name == "until" and table.grid.at == 1
        assert "1 行未保存" in lines(app)[0] and titles(book, plan)[0] == "任务 1"
        await press(pilot, "ctrl+s")
        at(app, RecordPage)
        row = tasks(book, plan)[0]
        assert (row.title(), row.values()["grade"]) == ("任务 1甲", "a")
        assert row.values()["until"] == "2026-12-01"
        assert Drafts(workspace.home).all() == []


async def test_save_and_next_goes_on_in_a_new_row(
    workspace: Workspace, book: Book, project: str
) -> None:
    plan = book.add("plan", {"name": "空的"}, project=project)
    async with opened(workspace) as (app, pilot):
        table = await table_of(app, pilot, plan)
        assert table.current.name == "what"
        for what in "甲乙丙":
            await press(pilot, what, "f6")
        assert titles(book, plan) == ["甲", "乙", "丙"]
        assert [row.values()["position"] for row in tasks(book, plan)] == [1, 2, 3]
        assert table.grid.at == 3 and table.current.name == "what"
        await press(pilot, "丁", "ctrl+enter", "escape")
        assert titles(book, plan)[-1] == "丁" and Drafts(workspace.home).all() == []


async def test_arrows_and_enter_move_between_cells(workspace: Workspace, plan: Record) -> None:
    async with opened(workspace) as (app, pilot):
        table = await table_of(app, pilot, plan)
        await press(pilot, "down", "right")
        assert (table.grid.at, table.current.name) == (1, "what")
        await press(pilot, "right")
        assert table.current.name == "grade"
        await press(pilot, "left")
        assert table.current.name == "what"
        await press(pilot, "left")  # inside the text
        assert table.current.name == "what"
        await press(pilot, "shift+tab", "up")
        assert (table.grid.at, table.current.name) == (0, "position")
        await press(pilot, "ctrl+end", "enter")
        assert table.grid.at == 3 and table.place.row.record is None
        await press(pilot, "enter")
        assert len(table.session.rows) == 4  # one empty line is enough
        await press(pilot, "f8")
        assert len(table.session.rows) == 3


async def test_lines_from_a_spreadsheet_are_pasted_and_taken_back(
    workspace: Workspace, book: Book, plan: Record
) -> None:
    async with opened(workspace, (100, 30)) as (app, pilot):
        table = await table_of(app, pilot, plan)
        await press(pilot, "down", "down", "tab")
        await paste(app, pilot, '换电池\t重要\n"检查\n接地"\tminor\n巡检\tb\n')
        assert "换电池" in text(app) and "检查 接地" in text(app)
        assert "3 行未保存" in lines(app)[0]
        await press(pilot, "ctrl+z")
        assert len(table.session.rows) == 3 and "任务 3" in text(app)
        await paste(app, pilot, "换电池\t重要\n巡检\tb\n")
        await press(pilot, "ctrl+s")
        assert titles(book, plan) == ["任务 1", "任务 2", "换电池", "巡检"]


async def test_a_text_being_typed_takes_what_is_pasted(workspace: Workspace, plan: Record) -> None:
    async with opened(workspace) as (app, pilot):
        table = await table_of(app, pilot, plan)
        await press(pilot, "tab", "x")
        await paste(app, pilot, "一\n二")
        assert table.editing.editor.value == "任务 1x一 二" and len(table.session.rows) == 3


async def test_a_fault_is_named_and_nothing_saved(
    workspace: Workspace, book: Book, plan: Record
) -> None:
    async with opened(workspace) as (app, pilot):
        table = await table_of(app, pilot, plan)
        await press(pilot, "tab", *"x", "down", "down")
        await paste(app, pilot, "好\t很重要")
        await press(pilot, "ctrl+home", "ctrl+s")
        at(app, TablePage)
        assert titles(book, plan) == ["任务 1", "任务 2", "任务 3"]
        assert (table.grid.at, table.current.name) == (2, "grade")
        assert "第 3 行" in app.notices[-1].text and "重要、一般" in text(app)
        assert lines(app)[4].startswith("!")
        await press(pilot, "2", "ctrl+s")
        assert titles(book, plan) == ["任务 1x", "任务 2", "好"]


async def test_undo_takes_back_typing_then_cells(workspace: Workspace, plan: Record) -> None:
    async with opened(workspace) as (app, pilot):
        table = await table_of(app, pilot, plan)
        await press(pilot, "tab", "x", "tab", "1", "tab", "y", "ctrl+z", "ctrl+z")
        assert table.current.name == "grade" and table.current.value is None
        await press(pilot, "ctrl+z")
        assert table.current.name == "what" and table.editing.editor.value == "任务 1"
        assert table.session.unsaved == 0


async def test_what_is_typed_survives_the_end_of_the_program(
    workspace: Workspace, book: Book, plan: Record
) -> None:
    drafts = Drafts(workspace.home)
    async with opened(workspace) as (app, pilot):
        await table_of(app, pilot, plan)
        await press(pilot, "tab", *"改", "down", "tab", "tab")
        await paste(app, pilot, "没有这天")
        await press(pilot, "insert", *"新的一行")
        await until(pilot, lambda: "新的一行" in str(drafts.all()))
    assert titles(book, plan) == ["任务 1", "任务 2", "任务 3"]
    async with opened(workspace) as (app, pilot):
        app.push_screen(DraftsDialog())
        await quiet(pilot)
        assert "新的一行" in text(app) and "计划任务" in text(app)
        await press(pilot, "enter")
        table = at(app, TablePage).table
        assert table.session.unsaved == 3
        assert [row.cell("what").value for row in table.session.rows] == [
            "任务 1改", "任务 2", "任务 3", "新的一行",
        ]  # fmt: skip
        assert table.session.rows[1].cell("until").text == "没有这天"
        await press(pilot, "f7")
        at(app, Confirm)
        await press(pilot, "y")
        assert drafts.all() == []


async def test_an_older_draft_is_offered(workspace: Workspace, plan: Record) -> None:
    async with opened(workspace) as (app, pilot):
        await table_of(app, pilot, plan)
        await press(pilot, "tab", "x", "tab", "escape")
        app.open_page("tui.pages.rows.table_page", "TablePage", plan.id, "plan_task")
        await quiet(pilot)
        at(app, DraftQuestion)
        assert "任务 1x" in text(app)
        await press(pilot, "c")
        table = at(app, TablePage).table
        assert table.session.rows[0].cell("what").value == "任务 1x"


async def test_a_saved_row_is_voided_with_a_reason(
    workspace: Workspace, book: Book, plan: Record
) -> None:
    async with opened(workspace) as (app, pilot):
        table = await table_of(app, pilot, plan)
        await press(pilot, "tab", "x", "down", "f8")
        at(app, TextPrompt)
        await press(pilot, *"重复", "enter")
        at(app, TablePage)
        assert tasks(book, plan)[1].void == "重复"
        assert [row.cell("what").value for row in table.session.rows] == ["任务 1x", "任务 3"]


async def test_a_link_is_chosen_or_made_in_its_cell(
    workspace: Workspace, book: Book, plan: Record
) -> None:
    site = book.add("site", {"name": "东机房"})
    async with opened(workspace, (120, 30)) as (app, pilot):
        table = await table_of(app, pilot, plan)
        table.go(table.place._replace(column=table.session.names.index("site")))
        await press(pilot, *"东机", "enter")
        assert table.session.rows[0].cell("site").value == site.id
        assert table.current.name == table.session.names[table.session.names.index("site") + 1]
        table.go(table.place._replace(column=table.session.names.index("site")))
        await press(pilot, "down", *"西机房")
        await quiet(pilot)
        offers = [one.id for one in table.editing.helper.offers] if table.editing.helper else []
        assert offers[-1] == "+"
        await press(pilot, *["down"] * (len(offers) - 1), "enter")
        at(app, FormPage)
        await press(pilot, "ctrl+s")
        made = table.session.rows[1].cell("site").value
        assert made and book.get(made).title() == "西机房"


async def test_the_terminals_cursor_is_at_the_cell(workspace: Workspace, plan: Record) -> None:
    async with opened(workspace) as (app, pilot):
        table = await table_of(app, pilot, plan)
        await press(pilot, "down", "tab")
        spot = table.grid.spot()
        assert spot is not None
        assert app.cursor_position.y == 1 + spot.y
        assert app.cursor_position.x == spot.x + 6  # after "任务 2"
        await press(pilot, "汉")
        assert app.cursor_position.x == spot.x + 8


async def test_the_columns_scroll_and_the_name_stays_in_sight(
    workspace: Workspace, plan: Record
) -> None:
    async with opened(workspace) as (app, pilot):
        table = await table_of(app, pilot, plan)
        last = len(table.session.names) - 1
        table.go(table.place._replace(column=last))
        await quiet(pilot)
        head = lines(app)[1]
        assert "任务" in head and str(table.current.spec.label) in head and head[0] == "‹"
        whole(app)


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("lang", LANGUAGES)
async def test_it_fits_both_sizes_in_both_languages(
    workspace: Workspace, plan: Record, size: tuple[int, int], lang: Literal["zh", "en"]
) -> None:
    language.now = lang
    async with opened(workspace, size) as (app, pilot):
        language.now = lang
        table = await table_of(app, pilot, plan)
        for _ in range(len(table.session.names) + 2):
            whole(app)
            await press(pilot, "tab")
        await press(pilot, "f9")
        whole(app)


async def test_a_closed_plan_has_no_table(workspace: Workspace, book: Book, plan: Record) -> None:
    book.move(plan.id, "approve")
    async with opened(workspace) as (app, pilot):
        app.open_record(plan.id)
        await press(pilot, "f")
        at(app, RecordPage)
        assert "已批准" in app.notices[-1].text
        app.open_page("tui.pages.rows.table_page", "TablePage", plan.id, "plan_task")
        await quiet(pilot)
        at(app, RecordPage)


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS.keys())
async def test_hostile_text_is_shown_harmlessly(
    workspace: Workspace, book: Book, plan: Record, payload: str
) -> None:
    sql = "UPDATE plan_task SET what=?, remark=? WHERE plan=?"
    with book.store.write():
        book.store.db.execute_sql(sql, (payload[:40], payload, plan.id))
    async with opened(workspace) as (app, pilot):
        await table_of(app, pilot, plan)
        await press(pilot, "tab", "down")
        whole(app)


async def test_items_of_a_template_are_edited_in_a_table(workspace: Workspace, book: Book) -> None:
    template = book.add("template", {"name_zh": "日检"})
    async with opened(workspace, (120, 30)) as (app, pilot):
        await table_of(app, pilot, template, "template_item")
        await paste(
            app, pilot, "检查内容（中文）\t单位\t下限\t上限\n温度\t℃\t18\t27\n湿度\t%\t40\t60"
        )
        await press(pilot, "ctrl+s")
        found = rows_of(book.store, template, kinds["template_item"])
        assert [row.title() for row in found] == ["温度", "湿度"]
        assert [row.values()["high"] for row in found] == ["27", "60"]


async def test_the_mouse_chooses_a_cell_and_scrolls(
    workspace: Workspace, book: Book, project: str
) -> None:
    plan = plan_of(book, project, 60)
    async with opened(workspace) as (app, pilot):
        table = await table_of(app, pilot, plan)
        slot = table.grid.columns.slot(table.session.names.index("what"))
        assert slot is not None
        await pilot.click(table.grid, offset=(slot.x + 1, 3))
        await quiet(pilot)
        assert (table.grid.at, table.current.name) == (2, "what")
        await pilot._post_mouse_events([MouseScrollDown], table.grid, offset=(10, 10))
        await quiet(pilot)
        assert table.grid.at == 5


async def test_escape_gives_back_what_a_cell_held(workspace: Workspace, plan: Record) -> None:
    async with opened(workspace) as (app, pilot):
        table = await table_of(app, pilot, plan)
        await press(pilot, "tab", *"xyz", "escape")
        at(app, TablePage)
        assert table.editing.editor.value == "任务 1" and table.session.unsaved == 0
        await press(pilot, "escape")
        assert not isinstance(app.screen, TablePage)


async def test_a_text_of_several_lines_is_typed_in_its_cell(
    workspace: Workspace, book: Book, plan: Record
) -> None:
    async with opened(workspace, (120, 30)) as (app, pilot):
        table = await table_of(app, pilot, plan)
        table.go(table.place._replace(column=table.session.names.index("remark")))
        await press(pilot, "一", "ctrl+j", "二", "up", "up")
        assert table.grid.at == 0  # the first row: up stayed in the text, then in the row
        await press(pilot, "down", "down")
        assert table.grid.at == 1
        await press(pilot, "ctrl+s")
        assert tasks(book, plan)[0].values()["remark"] == "一\n二"


async def test_the_last_save_of_many_rows_is_taken_back_as_one(
    workspace: Workspace, book: Book, plan: Record
) -> None:
    async with opened(workspace) as (app, pilot):
        app.open_record(plan.id)
        await press(pilot, "f", "tab")
        await paste(app, pilot, "\n".join(f"新 {n}" for n in range(6)))
        await press(pilot, "ctrl+s")
        assert titles(book, plan) == [f"新 {n}" for n in range(6)]
        await press(pilot, "ctrl+z")
        living = [row.title() for row in tasks(book, plan) if row.void is None]
        assert living == ["任务 1", "任务 2", "任务 3"]
        assert "另有 3 处" in app.notices[-1].text
