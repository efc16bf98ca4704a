"""What a person sees: the screen as lines of text, and checks that hold on every screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from rich.cells import cell_len
from textual.pilot import Pilot
from textual.screen import Screen

from models.schema.record import Record, kinds
from sync.workspace.workspace import Workspace
from tests.support.hostile import acting
from tui.app.app import SiteApp

P = TypeVar("P", bound=Screen[Any])
SIZES = ((80, 24), (120, 40))


@asynccontextmanager
async def opened(workspace: Workspace, size: tuple[int, int] = (80, 24)) -> Any:
    """The app over a workspace, with a pilot."""
    app = SiteApp(workspace)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield app, pilot


async def press(pilot: Pilot[Any], *keys: str) -> None:
    """Press keys and wait for all that follows, work in threads included."""
    for key in keys:
        await pilot.press(key)
        await quiet(pilot)


async def quiet(pilot: Pilot[Any]) -> None:
    """Wait until nothing is under way."""
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


async def until(pilot: Pilot[Any], so: Callable[[], object]) -> None:
    """Go on until something is so, for some seconds at most: for what happens by a timer."""
    for _ in range(400):
        if so():
            return
        await pilot.pause(0.02)
    raise AssertionError("it never came about")


def at(app: SiteApp, page: type[P]) -> P:
    """The screen on top, which is such a page."""
    assert isinstance(app.screen, page), app.screen
    return app.screen


def lines(app: SiteApp) -> list[str]:
    """The top screen, line by line."""
    strips = app.screen._compositor.render_strips()
    return ["".join(segment.text for segment in strip) for strip in strips]


def text(app: SiteApp) -> str:
    """The top screen as one text, without the spaces at the ends of its lines."""
    return "\n".join(line.rstrip() for line in lines(app))


def whole(app: SiteApp) -> None:
    """No half of a glyph is missing anywhere, and nothing acts on the terminal."""
    seen = lines(app)
    assert len(seen) == app.size.height
    for line in seen:
        assert cell_len(line) == app.size.width, repr(line)
        assert not acting(line.encode()), repr(line)


def newest(workspace: Workspace, type: str) -> Record:
    """The newest record of a type."""
    return next(every(workspace, type))


def every(workspace: Workspace, type: str) -> Iterator[Record]:
    """Records of a type, newest first."""
    from models.storage import rows

    yield from rows.fetch(workspace.store, kinds[type], "ORDER BY n DESC")
