"""Cells of every newer kind by key: quarter, several choices, several people, money."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from textual.events import Paste
from textual.pilot import Pilot

from models.book.book import Book
from models.book.rows.child_rows import rows_of
from models.schema.record import Record, kinds
from models.text.lists import names_of
from models.text.words import language
from sync.organisation import administration
from sync.workspace.workspace import Workspace
from tests.support.cost_sheets import cost_workspace
from tests.tui.seen import SIZES, at, lines, opened, press, quiet, text, whole
from tui.app.app import SiteApp
from tui.pages.rows.table_page import TablePage
from tui.pages.rows.table_widget import TableWidget


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """A workspace whose book knows cost sheets, with two colleagues."""
    with cost_workspace(tmp_path) as opened_:
        for name in ("仇小河", "段青"):
            administration.add_person(opened_, name, "")
        yield opened_


@pytest.fixture
def sheet(book: Book, project: str) -> Record:
    """A sheet without a row."""
    return book.add("cost_sheet", {"name": "四季度费用"}, project=project)


def saved(book: Book, sheet: Record) -> list[dict[str, Any]]:
    """Its rows, people by name."""
    found = []
    for row in rows_of(book.store, sheet, kinds["cost_line"]):
        values = row.values()
        kept = {name: values[name] for name in ("what", "quarter", "amount")}
        kept["kinds"] = names_of(values["kinds"])
        kept["people"] = [book.people.name(one) for one in names_of(values["people"])]
        found.append(kept)
    return found


async def table_of(app: SiteApp, pilot: Pilot[Any], sheet: Record) -> TableWidget:
    """The table of a sheet's rows, opened."""
    app.open_page("tui.pages.rows.table_page", "TablePage", sheet.id, "cost_line")
    await quiet(pilot)
    return at(app, TablePage).table


async def paste(app: SiteApp, pilot: Pilot[Any], content: str) -> None:
    """Paste a text as a terminal does."""
    app.post_message(Paste(content))
    await quiet(pilot)


async def test_each_is_filled_by_tab_and_saved_with_save_and_next(
    workspace: Workspace, book: Book, sheet: Record
) -> None:
    async with opened(workspace, (120, 40)) as (app, pilot):
        table = await table_of(app, pilot, sheet)
        await press(pilot, *"空调", "tab", *"2026Q4", "tab", "1", "3", "tab")
        assert table.current.name == "people"
        await press(pilot, *"仇小", "down", "enter", *"段青", "tab")
        assert table.current.name == "amount", "a list of people stays in its row"
        await press(pilot, *"3.5", "万", "f6")
        assert saved(book, sheet) == [
            {
                "what": "空调",
                "quarter": "2026-Q4",
                "amount": "CNY 35000",
                "kinds": ["repair", "training"],
                "people": ["仇小河", "段青"],
            }
        ]
        assert table.grid.at == 1 and table.current.name == "what"
        await press(pilot, *"门禁", "tab", "tab", "2", "tab", "tab", *"USD 20", "f6")
        assert saved(book, sheet)[1]["kinds"] == ["check"]
        assert saved(book, sheet)[1]["amount"] == "USD 20"
        # What is saved is gone through, and stays as it is.
        await press(pilot, "ctrl+home", *["tab"] * 12, "ctrl+s")
        assert len(saved(book, sheet)) == 2
        assert "没有要保存的内容" in app.notices[-1].text


async def test_a_choice_and_a_person_are_taken_out_again(
    workspace: Workspace, book: Book, sheet: Record
) -> None:
    async with opened(workspace, (120, 40)) as (app, pilot):
        table = await table_of(app, pilot, sheet)
        await paste(app, pilot, "甲\t2026-Q4\t维修、巡检\t仇小河、段青\t12\n")
        await press(pilot, "f6")
        await press(pilot, "ctrl+home", "tab", "tab", "1", "tab")
        assert table.current.name == "people" and table.grid.at == 0
        await press(pilot, "end", "backspace", "ctrl+s")
        (row,) = saved(book, sheet)
        assert (row["kinds"], row["people"]) == (["check"], ["仇小河"])


async def test_lines_of_them_are_pasted_and_one_refused_cell_keeps_the_others(
    workspace: Workspace, book: Book, sheet: Record
) -> None:
    lines_ = (
        "空调\t2026年四季度\t维修、培训\t仇小河、段青\t3.5万",
        "门禁\t2026-Q3\tinspection\t没有这人、段青\t¥1,200.50",
        "电源\t2026-Q9\t维修、很多\t段青\tUSD 20",
    )
    async with opened(workspace, (120, 40)) as (app, pilot):
        table = await table_of(app, pilot, sheet)
        await paste(app, pilot, "\n".join(lines_))
        assert "3 行未保存" in lines(app)[0]
        await press(pilot, "ctrl+s")
        assert saved(book, sheet) == []
        assert (table.grid.at, table.current.name) == (1, "people")
        assert "第 2 行" in app.notices[-1].text and "没有这人" in app.notices[-1].text
        await press(pilot, *["backspace"] * 10, *"段青", "ctrl+s")
        assert (table.grid.at, table.current.name) == (2, "quarter")
        assert "第 3 行" in app.notices[-1].text and "“季度”" in app.notices[-1].text
        assert "维修、很多" in text(app)
        await press(pilot, *["backspace"] * 8, *"2026Q1", "ctrl+s")
        assert (table.grid.at, table.current.name) == (2, "kinds")
        assert "只能是以下之一：维修、巡检、培训" in app.notices[-1].text
        await press(pilot, "1", "ctrl+s")
        found = saved(book, sheet)
        assert [row["what"] for row in found] == ["空调", "门禁", "电源"]
        assert [row["quarter"] for row in found] == ["2026-Q4", "2026-Q3", "2026-Q1"]
        assert [row["amount"] for row in found] == ["CNY 35000", "CNY 1200.5", "USD 20"]
        assert [row["kinds"] for row in found] == [["repair", "training"], ["check"], ["repair"]]
        assert [row["people"] for row in found] == [["仇小河", "段青"], ["段青"], ["段青"]]


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("lang", ("zh", "en"))
async def test_every_cell_is_whole_in_both_sizes_and_languages(
    workspace: Workspace, sheet: Record, size: tuple[int, int], lang: Literal["zh", "en"]
) -> None:
    async with opened(workspace, size) as (app, pilot):
        language.now = lang
        table = await table_of(app, pilot, sheet)
        await paste(app, pilot, "空调\t2026-Q4\t维修、培训\t仇小河、段青\t3.5万\n门禁")
        await press(pilot, "ctrl+home", *["shift+tab"] * len(table.session.names))
        for _ in table.session.names:
            whole(app)
            assert "▉" not in text(app), "no bar over the row below"
            shown = table.editing.editor.value
            if shown and not table.current.chosen:
                assert shown in lines(app)[2]
            if table.current.name == "what" and size[0] > 80:
                assert {"zh": "35,000.00 元", "en": "35,000.00 CNY"}[lang] in lines(app)[2]
            if table.current.name == "kinds":
                for choice in table.current.spec.choices:
                    assert str(choice.label) in text(app)
            await press(pilot, "tab")
