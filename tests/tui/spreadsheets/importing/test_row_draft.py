"""Row drafts: checked values of a record to be, the column at fault named, refs that stay."""

from __future__ import annotations

from typing import Any

import pytest

from models.book.book import Book
from models.records.problems.fix import Fix
from models.text.words import Refused, language
from sync.workspace.workspace import Workspace
from tui.spreadsheets.importing.expressions import Constant, SourceColumn
from tui.spreadsheets.importing.recipe import Block
from tui.spreadsheets.importing.row_draft import (
    MOST_REF,
    CellPlace,
    RowDraft,
    RowError,
    check_constants,
    derived,
    draft,
    state_named,
)
from tui.spreadsheets.reading.table import TableRow

BLOCK = Block(
    type="fix",
    ref=SourceColumn("编号"),
    state=SourceColumn("状态"),
    occurred=SourceColumn("时间"),
    project=SourceColumn("项目"),
    fields={"phenomenon": SourceColumn("现象"), "typical": SourceColumn("典型")},
)


@pytest.fixture
def place(workspace: Workspace, project: str) -> CellPlace:
    """Where the import goes."""
    return CellPlace(workspace.book, "Asia/Shanghai", project)


def made(place: CellPlace, ref: str | None = None, **cells: str) -> RowDraft:
    """What a row becomes."""
    return draft(place, BLOCK, [TableRow(2, cells)], ref)


def test_cells_become_checked_values(place: CellPlace) -> None:
    found = made(place, 编号="工单-1", 现象="泵停\n两次", 典型="是", 时间="2026-11-22 08:30")
    assert found.values == {"phenomenon": "泵停\n两次", "typical": True}
    assert (found.ref, found.project, found.state, found.void) == (
        *("工单-1", place.project, "", ""),
    )
    assert found.occurred == 1_795_307_400_000


def test_the_derived_ref_is_taken_where_the_row_has_none(place: CellPlace) -> None:
    assert made(place, "derived", 现象="x").ref == "derived"
    assert made(place, "derived", 编号="own", 现象="x").ref == "own"


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("典型", "也许"),
        ("时间", "昨天早上"),
        ("项目", "没有的项目"),
        ("状态", "没有的状态"),
        ("编号", "x" * (MOST_REF + 1)),
        ("编号", "a\nb"),
        ("编号", "a\ud800"),
    ],
)
def test_the_column_at_fault_is_named(place: CellPlace, column: str, text: str) -> None:
    with pytest.raises(RowError) as fault:
        made(place, **{"现象": "x", column: text})
    assert fault.value.column == column and str(fault.value.why)


def test_a_text_that_cannot_be_stored_is_the_fault_of_its_column(place: CellPlace) -> None:
    with pytest.raises(RowError) as fault:
        made(place, 现象="a\0b")
    assert fault.value.column == "现象"


@pytest.mark.parametrize("text", ["open", "待处理", " OPEN ", "Open"])
def test_a_state_is_named_by_its_name_or_word(text: str) -> None:
    assert state_named(Fix, text) == "open"


def test_no_state_and_an_unknown_one() -> None:
    assert state_named(Fix, "") == ""
    with pytest.raises(Refused, match="待处理、"):
        state_named(Fix, "nonsense")
    language.now = "en"
    assert state_named(Fix, "待处理") == "open"


def test_a_derived_ref_depends_on_content_type_and_source_alone() -> None:
    row = TableRow(2, {"a": "1", "b": "二"})
    same = TableRow(9, {"b": "二", "a": "1"})
    assert derived("x.csv", "fix", row) == derived("x.csv", "fix", same)
    others = {
        derived("y.csv", "fix", row),
        derived("x.csv", "site", row),
        derived("x.csv", "fix", TableRow(2, {"a": "1"})),
    }
    assert derived("x.csv", "fix", row) not in others and len(others) == 3


@pytest.mark.parametrize(
    "wrong", [{"typical": Constant("也许")}, {"cause_class": Constant("没有的类")}]
)
def test_what_is_said_of_all_rows_is_refused_once(place: CellPlace, wrong: dict[str, Any]) -> None:
    check_constants(place, Block(type="fix", fields={"typical": Constant("是")}))
    with pytest.raises(Refused):
        check_constants(place, Block(type="fix", fields=wrong))


def test_an_empty_row_gives_no_values_and_writes_nothing(place: CellPlace, book: Book) -> None:
    before = book.store.rows("SELECT COUNT(*) FROM change")
    assert made(place).values == {}
    assert book.store.rows("SELECT COUNT(*) FROM change") == before
