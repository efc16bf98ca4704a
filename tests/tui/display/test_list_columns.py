"""List columns: what a list of any type shows, made from its declaration."""

from __future__ import annotations

import pytest

from models.book.book import Book
from models.queries.filters import Filter
from models.queries.paging import Listed, pages
from models.schema.record import kinds
from models.text.words import Lang, W, language
from sync.workspace.workspace import Workspace
from tui.display.list_columns import NUMBER_CELLS, ListColumns, columns, edited, names
from tui.display.row_layout import RowLayout
from tui.display.terminal_text import width
from tui.display.values import DAY_MS, Values


@pytest.mark.parametrize("type_", sorted(kinds))
def test_every_type_has_number_and_age_and_its_own_columns(type_: str) -> None:
    cls = kinds[type_]
    made = columns(cls)
    shown = [column.name for column in made]
    assert shown[0] == "number" and made[0].least == NUMBER_CELLS and "age" in shown
    assert ("state" in shown) == (len(cls.kind.states) > 1)
    assert [name for name in cls.kind.columns if name in cls.specs()] == [
        name for name in shown if name not in ("number", "state", "age")
    ]
    assert len(set(shown)) == len(shown)


@pytest.mark.shows(99)
@pytest.mark.parametrize("cells", [40, 80, 120])
@pytest.mark.parametrize("type_", sorted(kinds))
def test_titles_fit_every_width(type_: str, cells: int) -> None:
    assert width(RowLayout(columns(kinds[type_]), cells).titles()) == cells


@pytest.mark.parametrize("language_", ["zh", "en"])
@pytest.mark.parametrize("type_", sorted(kinds))
def test_a_wide_list_says_every_state_in_full(type_: str, language_: Lang) -> None:
    language.now = language_
    layout = RowLayout(columns(kinds[type_]), 250)
    shown = {slot.column.name: slot.cells for slot in layout.slots}
    for state in kinds[type_].kind.states[: len(kinds[type_].kind.states) * ("state" in shown)]:
        assert width(str(state.label)) <= shown["state"]


@pytest.mark.parametrize("type_", sorted(kinds))
def test_only_columns_of_the_table_are_read(type_: str) -> None:
    cls = kinds[type_]
    found = names(cls)
    own = {"n", "id", "number", "state", "occurred", "void"}
    assert own <= set(found) and set(found) - own <= set(cls.fields())
    assert len(set(found)) == len(found)


def rows(workspace: Workspace, type_: str, *marks: str) -> list[tuple[dict[str, str | W], str]]:
    """Values and style of every row of a type, what occurred first before the rest."""
    cls = kinds[type_]
    found = pages(workspace.store, cls, names(cls), Filter(marks=frozenset(marks)))
    if isinstance(found, Listed):
        found.find()
    source = ListColumns(found, Values(workspace))
    lines = source.window(0, source.count())
    assert [source.place(line.id) for line in lines] == list(range(len(lines)))
    return [(dict(line.values), line.style) for line in reversed(lines)]


def test_a_row_says_links_by_title_and_void_instead_of_a_state(
    workspace: Workspace, book: Book
) -> None:
    site = book.add("site", {"name": "机房"})
    kept = book.add("equipment", {"name": "UPS", "site": site.id})
    gone = book.add("equipment", {"name": "空调", "site": site.id})
    book.void(gone.id, "重复")
    ((first, plain),) = rows(workspace, "equipment")
    ((second, muted),) = rows(workspace, "equipment", "void")
    assert first["number"] == kept.number and first["site"] == "机房" and plain == ""
    assert str(second["state"]) == "作废" and muted == "muted"


def test_what_is_overdue_says_so_in_the_place_of_its_age(
    workspace: Workspace, book: Book, project: str
) -> None:
    values = Values(workspace)
    due = type(values.today).fromordinal(values.today.toordinal() - 3).isoformat()
    now = book.change_log.now()
    book.add("escalation", {"phenomenon": "掉电", "due": due}, project=project)
    book.add("escalation", {"phenomenon": "漏水"}, project=project, occurred=now - 2 * DAY_MS)
    (old, plain), (late, error) = rows(workspace, "escalation")
    assert late["age"] == "逾期3天" and error == "error"
    assert old["age"] == "2天" and plain == ""


@pytest.mark.parametrize("type_", ["escalation", "concession", "sheet", "weekly"])
@pytest.mark.parametrize(("language_", "mark"), [("zh", " 改"), ("en", ", edited")])
def test_the_mark_of_a_change_fits_into_the_column_of_every_state(
    type_: str, language_: Lang, mark: str
) -> None:
    language.now = language_
    cls = kinds[type_]
    cells = next(column.least for column in columns(cls) if column.name == "state")
    for state in cls.kind.states:
        shown = edited(state.label)
        assert shown.endswith(mark) and width(shown) <= cells
