"""The bars: the heading before the state of sync, and the keys that fit, the first of each."""

from __future__ import annotations

from typing import Any, ClassVar

import pytest
from rich.cells import cell_len
from textual.app import App, ComposeResult
from textual.screen import Screen
from textual.widget import Widget

from models.text.words import W, language
from tui.widgets.bars import MOST, KeyBar, TitleBar
from tui.widgets.commands import Command, bindings, declared

NAMES = "abcdefghij"


def command(at: int, keys: str = "") -> Command:
    """A command with a place in the key bar, by default with an F key before a letter."""
    return Command(
        id=f"test.{at}",
        word=W(f"词{at}", f"Word {at}"),
        help=W("说明", "help"),
        keys=keys or f"{NAMES[at]},f{at + 2}",
        action=f"note({at})",
        shown=at + 1,
    )


@pytest.fixture(autouse=True)
def forget() -> object:
    """What a test declares is forgotten after it."""
    yield
    for id in [id for id in declared if id.startswith("test.")]:
        del declared[id]


class Barred(App[None]):
    """An app with both bars over a page with these commands."""

    letters = True

    def __init__(self, *commands: Command, heading: str = "标题", corner: str = "角") -> None:
        super().__init__()
        self.said, self.told, self.noted = heading, corner, list[int]()
        self.page = self._page(commands)

    def _page(self, commands: tuple[Command, ...]) -> Screen[Any]:
        app = self

        class Barring(Screen[None]):
            BINDINGS: ClassVar = [*bindings(commands)]

            def compose(self) -> ComposeResult:
                """The bars."""
                yield TitleBar()
                yield KeyBar()

            def heading(self) -> str:
                """What the test wants."""
                return app.said

            def action_note(self, at: int) -> None:
                """Note which was run."""
                app.noted.append(at)

        return Barring()

    def get_default_screen(self) -> Screen[Any]:
        """The one page."""
        return self.page

    def corner(self, room: int) -> str:
        """What the test wants."""
        return self.told

    def text(self, bar: type[Widget]) -> str:
        """What a bar draws."""
        return str(self.page.query_one(bar).render())


async def keys(app: Barred, width: int = 80) -> str:
    """What the key bar says in a window of this width."""
    async with app.run_test(size=(width, 5)):
        return app.text(KeyBar)


async def test_keys_are_in_their_order_each_by_its_first() -> None:
    assert await keys(Barred(command(1), command(0))) == "a 词0  b 词1"
    language.now = "en"
    assert await keys(Barred(command(1), command(0))) == "a Word 0  b Word 1"


async def test_without_letters_the_next_key_is_named() -> None:
    app = Barred(command(0), command(1))
    app.letters = False
    assert await keys(app) == "F2 词0  F3 词1"


async def test_a_key_that_another_command_has_is_not_named() -> None:
    assert await keys(Barred(command(0), command(1, "a,f3"))) == "a 词0  F3 词1"


@pytest.mark.parametrize("width", [20, 40, 80, 200])
async def test_no_more_is_shown_than_fits_and_is_read(width: int) -> None:
    text = await keys(Barred(*(command(at) for at in range(10))), width)
    assert cell_len(text) <= width - 2
    assert text.startswith("a 词0  b 词1")
    assert len(text.split("  ")) <= MOST + max(width - 80, 0) // 14


async def test_a_click_on_a_key_does_what_it_does() -> None:
    app = Barred(command(0), command(1))
    async with app.run_test(size=(80, 5)) as pilot:
        await pilot.click(KeyBar, offset=(1, 0))
        await pilot.click(KeyBar, offset=(10, 0))
        await pilot.click(KeyBar, offset=(60, 0))
        assert app.noted == [0, 1]


@pytest.mark.parametrize("width", [20, 40, 80])
async def test_the_heading_has_more_of_the_line_than_the_corner(width: int) -> None:
    app = Barred(heading="机房日检 11-20 0/3 测试项目" * 3, corner="待同步 6，很多很多很多")
    async with app.run_test(size=(width, 5)):
        line = app.text(TitleBar)
    assert cell_len(line) == width - 2
    assert line.startswith("机房日检")
    corner = line[line.rindex(" ") :] if " " in line else ""
    assert cell_len(corner.strip()) <= (width - 2) // 3 + 1


async def test_a_short_heading_leaves_the_corner_whole() -> None:
    app = Barred(heading="今天", corner="测试项目  待同步 6")
    async with app.run_test(size=(60, 5)):
        line = app.text(TitleBar)
    assert line.startswith("今天") and line.endswith("测试项目  待同步 6")
