"""Export columns: order, hidden ones, and that each cell is read back as the value it came from."""

from __future__ import annotations

import pytest

from models.book.book import Book
from models.schema.record import kinds
from models.text.words import language
from sync.workspace.workspace import Workspace
from tui.spreadsheets.exporting.cell_text import Outgoing
from tui.spreadsheets.exporting.export_columns import HIDDEN, ExportColumn, layout


@pytest.fixture
def out(workspace: Workspace) -> Outgoing:
    """How values are written."""
    return Outgoing(workspace.book, workspace.settings.zone)


def columns(out: Outgoing, type: str) -> dict[str, ExportColumn]:
    """A type's columns by name."""
    return {one.name: one for one in layout(kinds[type], out)}


@pytest.mark.parametrize("type", sorted(kinds))
def test_every_type_has_its_number_first_and_each_column_once(out: Outgoing, type: str) -> None:
    found = layout(kinds[type], out)
    names = [one.name for one in found]
    assert names[0] == "number" and len(set(names)) == len(names)
    assert set(kinds[type].visible()) <= set(names)
    assert ("state" in names) == (len(kinds[type].kind.states) > 1)
    assert ("project" in names) == (kinds[type].kind.project != "none")
    assert {one.name for one in found if one.hidden} >= set(HIDDEN)
    assert all(one.width >= 10 for one in found)


def test_what_only_an_import_needs_is_hidden(out: Outgoing) -> None:
    found = columns(out, "fix")
    assert {name for name, one in found.items() if one.hidden} >= set(HIDDEN)
    assert not found["phenomenon"].hidden and not found["author"].hidden


def test_a_link_to_what_has_no_name_has_a_column_for_people_too(
    out: Outgoing, book: Book, project: str
) -> None:
    fix = book.add("fix", {"phenomenon": "泵停"}, project=project)
    report = book.add("problem_report", {"subject": "x", "fix": fix.id}, project=project)
    found = columns(out, "problem_report")
    shown = next(one for name, one in found.items() if name.startswith("fix") and name != "fix")
    assert shown.cell(report) == f"{fix.number} 泵停" and not shown.hidden
    assert found["fix"].hidden and found["fix"].cell(report) == fix.id


def test_cells_of_a_record(out: Outgoing, book: Book, project: str) -> None:
    site = book.add("site", {"name": "主机房"}, project=project)
    made = book.add(
        "fix", {"phenomenon": "a\nb", "site": site.id, "typical": True}, project=project
    )
    found = {name: one.cell(made) for name, one in columns(out, "fix").items()}
    assert found["phenomenon"] == "a\nb" and found["site"] == "主机房"
    assert (found["state"], found["typical"], found["author"]) == ("待处理", "是", "测试员")
    assert found["occurred_at"] == made.occurred and found["cause"] is None
    assert found["project"] == "测试项目" and found["void"] is None
    language.now = "en"
    fresh = Outgoing(book, out.zone)
    assert columns(fresh, "fix")["typical"].cell(made) == "yes"


def test_words_are_offered_where_they_are_all(out: Outgoing) -> None:
    found = columns(out, "fix")
    assert [str(word) for word in found["typical"].choices] == ["是", "否"]
    assert len(found["cause_class"].choices) > 3 and found["phenomenon"].choices == ()
