"""Action groups: commands run functions of a plain object, on whatever page has it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

import pytest
from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Label

from models.text.words import Refused, W
from sync.workspace.workspace import Workspace
from tests.tui.pages.general.test_help_page import told
from tests.tui.seen import opened, press, quiet, text
from tui.pages.base import BaseScreen, Page
from tui.pages.general.available_commands import doables
from tui.widgets.action_group import ActionGroup, ActionGroups, commands_of, runs
from tui.widgets.commands import Command, declared

EMPTY = W("没有东西", "there is nothing")


def command(id: str, keys: str, *, shown: int = 0, action: str = "") -> Command:
    """A command with a word of its own."""
    word = W(f"词 {id}", f"word {id}")
    help_ = W(f"说明 {id}", f"help {id}")
    return Command(id=id, word=word, help=help_, keys=keys, shown=shown, action=action)


COUNT = command("test.count", "f5,x", shown=1)
UP = command("test.up", "f6", shown=2)
DOWN = command("test.down", "f7")
SLOW = command("test.slow", "ctrl+t")
OWN = command("test.own", "f8", action="own")
LATE = command("test.late", "f4")


class Counting(ActionGroup[Any]):
    """Counts on its page; down only from above nought, late only when it was added."""

    @runs(COUNT)
    def count(self) -> None:
        """One more."""
        self.step(1)

    @runs(UP, 10)
    @runs(DOWN, -10)
    def step(self, by: int) -> None:
        """So many more."""
        self.page.counted += by

    def why_not(self, command: str) -> Refused | None:
        """Down is not possible at nought."""
        return Refused(EMPTY) if command == DOWN.id and self.page.counted == 0 else None

    def hidden(self, command: str) -> bool:
        """One more is not offered above a hundred."""
        return command == COUNT.id and self.page.counted > 100


class Slow(ActionGroup[Any]):
    """Does something that is awaited."""

    @runs(SLOW)
    async def wait(self) -> None:
        """A thousand more, once the page was refreshed."""
        self.page.counted += 1000


class Counter:
    """What the groups need of a page."""

    counted = 0


@pytest.fixture(autouse=True)
def forget() -> Iterator[None]:
    """What a page of these tests declares is forgotten after it."""
    yield
    for id in [id for id in declared if id.startswith("test.")]:
        del declared[id]


# -- without an app ---------------------------------------------------------------------------


def test_commands_are_listed_as_they_are_written() -> None:
    assert Counting.commands() == (COUNT, UP, DOWN)
    assert commands_of((Slow, Counting)) == (SLOW, COUNT, UP, DOWN)


def test_a_command_runs_its_function_with_its_arguments() -> None:
    page = Counter()
    groups = ActionGroups(page, (Counting, Slow))
    for id, now in ((COUNT.id, 1), (UP.id, 11), (DOWN.id, 1)):
        groups.run(id)
        assert page.counted == now


def test_a_group_says_why_not_and_what_is_hidden() -> None:
    page = Counter()
    groups = ActionGroups(page, (Counting,))
    assert groups.state(DOWN.id) is None and str(groups.why_not(DOWN.id)) == str(EMPTY)
    assert groups.state(COUNT.id) is True and groups.why_not(COUNT.id) is None
    page.counted = 101
    assert groups.state(DOWN.id) is True and groups.state(COUNT.id) is False


def test_two_pages_have_groups_of_their_own() -> None:
    one, other = Counter(), Counter()
    ActionGroups(one, (Counting,)).run(UP.id)
    assert (one.counted, other.counted) == (10, 0)


def test_a_command_of_no_group_is_a_fault() -> None:
    groups = ActionGroups(Counter(), (Counting,))
    with pytest.raises(LookupError, match=r"test\.slow"):
        groups.run(SLOW.id)


def test_a_command_is_added_to_one_group_alone() -> None:
    page = Counter()
    groups = ActionGroups(page, (Counting,))
    groups.get(Counting).add(LATE, Counting.step, 5)
    groups.run(LATE.id)
    assert page.counted == 5
    assert not Counting(page).has(LATE.id) and LATE not in Counting.commands()


# -- in an app --------------------------------------------------------------------------------


class Tiny(App[None]):
    """The least app that a page asks something of."""

    between_books = False

    def __init__(self, page: Screen[Any]) -> None:
        super().__init__()
        self.page = page

    def get_default_screen(self) -> Screen[Any]:
        """The one page."""
        return self.page

    def can_go_back(self) -> bool:
        """There is one page only."""
        return False


def counting_page() -> BaseScreen[Any]:
    """A page with both groups and a command of its own."""

    class CountingPage(BaseScreen[Any], Counter):
        commands: ClassVar = (OWN,)
        actions: ClassVar = (Counting, Slow)

        def body(self) -> ComposeResult:
            """One line."""
            yield Label("0")

        def action_own(self) -> None:
            """The page's own."""
            self.counted += 100_000

    return CountingPage()


async def keys(page: BaseScreen[Any], *pressed: str) -> int:
    """What a page has counted after these keys."""
    app = Tiny(page)
    async with app.run_test() as pilot:
        await pilot.press(*pressed)
        await pilot.pause()
    return int(page.counted)  # type: ignore[attr-defined]


async def test_keys_run_the_functions_of_the_groups() -> None:
    assert await keys(counting_page(), "f5", "x", "f6") == 12
    assert await keys(counting_page(), "ctrl+t") == 1000


async def test_a_page_keeps_its_own_commands_beside_its_groups() -> None:
    assert await keys(counting_page(), "f8", "f6") == 100_010


async def test_a_dimmed_key_does_nothing() -> None:
    assert await keys(counting_page(), "f7") == 0
    assert await keys(counting_page(), "f6", "f7") == 0


async def test_a_command_added_later_is_bound_to_its_key() -> None:
    page = counting_page()
    page.group(Counting).add(LATE, Counting.step, 5)
    page.bind_commands((LATE,))
    assert await keys(page, "f4", "f4") == 10


async def test_a_key_that_is_bound_already_stays_the_first() -> None:
    page = counting_page()
    again = command("test.again", "f6,f4")
    page.group(Counting).add(again, Counting.step, 5)
    page.bind_commands((again,))
    assert await keys(page, "f6", "f4") == 15


async def test_what_is_added_to_one_page_is_not_bound_on_another() -> None:
    class CountingPage(BaseScreen[Any], Counter):
        actions: ClassVar = (Counting,)

    page, other = CountingPage(), CountingPage()
    page.group(Counting).add(LATE, Counting.step, 5)
    page.bind_commands((LATE, command("test.again", "f6")))
    assert [one.id for one in other._bindings.get_bindings_for_key("f6")] == [UP.id]
    assert await keys(other, "f4", "f6") == 10


async def counted(pilot: Pilot[Any], page: Page, *pressed: str) -> int:
    """What a page has counted after these keys."""
    await press(pilot, *pressed)
    return int(page.counted)  # type: ignore[attr-defined]


async def test_bar_help_palette_and_notices_ask_the_groups(workspace: Workspace) -> None:
    class CountingPage(Page, Counter):
        actions: ClassVar = (Counting,)

    page = CountingPage()
    async with opened(workspace) as (app, pilot):
        app.push_screen(page)
        await quiet(pilot)
        assert f"F5 {COUNT.word.zh}" in text(app)
        assert [one.enabled for one in doables(page) if one.id == DOWN.id] == [False]
        assert await counted(pilot, page, "f7") == 0
        assert app.notices[-1].text == str(EMPTY)
        await press(pilot, "f1")
        help_ = told(app)
        assert f"{DOWN.word}  {DOWN.help}  {EMPTY}" in help_ and str(COUNT.help) in help_
        await press(pilot, "escape", "ctrl+p", *"test.up", "enter")
        assert page.counted == 10
        assert await counted(pilot, page, *["f6"] * 10) == 110
        page.look_again()
        await quiet(pilot)
        assert COUNT.word.zh not in text(app)
        assert await counted(pilot, page, "f5") == 110
