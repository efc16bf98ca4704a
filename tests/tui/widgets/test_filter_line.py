"""Filter line: signs are typed in it, and its keys lead on to the list or empty it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from textual.app import App, ComposeResult
from textual.events import Paste
from textual.pilot import Pilot

from models.text.words import W, language
from tui.widgets.filter_line import Query

HINT = W("词语", "words")


class Filtering(App[None]):
    """An app with one filter line; notes how it was left."""

    def __init__(self) -> None:
        super().__init__()
        self.left: list[tuple[str, bool, str]] = []

    def compose(self) -> ComposeResult:
        """The line."""
        yield Query(HINT)

    def on_query_left(self, event: Query.Left) -> None:
        """The line was left."""
        assert event.control is self.line
        self.left.append((event.key, event.empty, event.control.value))

    @property
    def line(self) -> Query:
        """The line."""
        return self.query_one(Query)


@asynccontextmanager
async def filtering() -> AsyncIterator[tuple[Filtering, Pilot[None]]]:
    """An app whose line has the focus."""
    app = Filtering()
    async with app.run_test() as pilot:
        app.line.focus()
        yield app, pilot


@pytest.mark.parametrize(("key", "told"), [("down", "down"), ("tab", "down"), ("enter", "enter")])
async def test_keys_lead_on_to_the_list_with_what_is_typed(key: str, told: str) -> None:
    async with filtering() as (app, pilot):
        await pilot.press("a", "b", key)
        await pilot.pause()
        assert app.left == [(told, False, "ab")]


async def test_escape_empties_the_line() -> None:
    async with filtering() as (app, pilot):
        await pilot.press("a", "escape")
        await pilot.pause()
        assert app.left == [("escape", True, "")]


async def test_signs_and_letters_are_typed_and_run_no_command() -> None:
    async with filtering() as (app, pilot):
        await pilot.press("slash", "question_mark", "q", "colon", "1")
        assert app.line.value == "/?q:1" and app.left == []


async def test_the_hint_follows_the_language() -> None:
    async with filtering() as (app, _):
        assert app.line.placeholder == "词语"
        language.now = "en"
        app.line.say_again()
        assert app.line.placeholder == "words"


async def test_pasted_lines_become_one() -> None:
    async with filtering() as (app, pilot):
        app.line.post_message(Paste(" 机房 \r\n\n掉电\nUPS"))
        await pilot.pause()
        assert app.line.value == "机房 掉电 UPS"
