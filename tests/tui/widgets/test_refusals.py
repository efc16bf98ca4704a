"""Refusals: what is refused in a widget's handler is told, and the widget goes on."""

from __future__ import annotations

from textual.message import Message

from models.text.words import Refused, W
from sync.workspace.workspace import Workspace
from tests.tui.seen import opened, quiet
from tui.widgets.refusals import TellsRefusals

NO = W("第 {n} 次不行", "not the {n}th time")


class Asked(Message):
    """A message whose handler is refused."""


class Refusing(TellsRefusals):
    """A widget that is refused whatever it does."""

    times = 0

    def on_asked(self) -> None:
        self.times += 1
        raise Refused(NO, n=self.times)


async def test_a_refusal_is_told_and_the_widget_goes_on(workspace: Workspace) -> None:
    async with opened(workspace) as (app, pilot):
        widget = Refusing()
        await app.screen.mount(widget)
        for _ in range(2):
            widget.post_message(Asked())
            await quiet(pilot)
        assert [one.text for one in app.notices[-2:]] == ["第 1 次不行", "第 2 次不行"]
        assert all(one.bad for one in app.notices[-2:]) and not app.fault
