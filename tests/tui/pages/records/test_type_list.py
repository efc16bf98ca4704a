"""All record types: under the manual's chapters, what is used most first."""

from __future__ import annotations

from models.schema.record import kinds
from sync.workspace.workspace import Workspace
from tests.tui.seen import at, lines, opened, press
from tui.pages.records.record_list import ListPage
from tui.pages.records.type_list import BASE, CHAPTERS, TypesPage, chapter_of, listed_types
from tui.widgets.grouped_list import GroupedList


def test_a_chapter_stands_once_and_master_data_last() -> None:
    chapters = [chapter_of(cls) for cls in listed_types()]
    blocks = [word for at, word in enumerate(chapters) if at == 0 or chapters[at - 1] != word]
    assert len(blocks) == len(set(blocks)) and blocks[-1] == BASE
    assert blocks[0] == CHAPTERS["5.1"] and listed_types()[0].kind.name == "sheet"


def test_every_type_of_the_menu_is_listed_once() -> None:
    assert {cls.kind.name for cls in listed_types()} == {
        name for name, cls in kinds.items() if cls.kind.menu
    }
    assert chapter_of(kinds["milestone"]) == CHAPTERS["4"]
    assert chapter_of(kinds["customer"]) == BASE


async def test_the_cursor_passes_over_chapters_and_enter_opens_the_list(
    workspace: Workspace,
) -> None:
    async with opened(workspace) as (app, pilot):
        await press(pilot, "6")
        page = at(app, TypesPage)
        assert any("质量检查 ──" in line for line in lines(app))
        assert page.query_one(GroupedList).current == "sheet"
        types = listed_types()
        chapter = [cls for cls in types if chapter_of(cls) == CHAPTERS["5.1"]]
        await press(pilot, *("j" for _ in chapter), "enter")  # to the first of the next chapter
        assert at(app, ListPage).cls is types[len(chapter)]
        assert str(types[len(chapter)].kind.label) in lines(app)[0]
