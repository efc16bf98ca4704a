"""A figure on its page, where its records are many or are not here."""

from __future__ import annotations

import pytest

from models.derived import figures
from models.derived.figures import Counted, Reading, Scope
from models.text.words import W
from sync.workspace.workspace import Workspace
from tests.support.hostile import PAYLOADS
from tests.tui.seen import opened, text, whole
from tui.pages.figures.figure_page import MOST, FigurePage


@pytest.fixture
def family(monkeypatch: pytest.MonkeyPatch, workspace: Workspace, project: str) -> Scope:
    """A figure over records that are here, and ids that are not."""
    made = workspace.book.add("fix", {"phenomenon": PAYLOADS["bidi override"]}, project=project)
    many = (made.id, *(f"gone-{at}" for at in range(MOST + 4)))
    figures.kinds()  # those of the areas are loaded once
    monkeypatch.setattr(figures, "_kinds", {})
    monkeypatch.setattr(figures, "_readings", {})
    monkeypatch.setattr(figures, "_labels", {})
    figures.reading("tour", W("巡检", "Tour"))(lambda book, scope: Reading(many))
    seen = figures.figure("tour.seen", W("已看", "seen"), W("看过的", "those seen"))
    seen(lambda ids: Counted(len(ids), len(ids), ids))
    return figures.of_week([project], "2026-W47")


async def test_what_is_not_here_is_counted(workspace: Workspace, family: Scope) -> None:
    async with opened(workspace) as (app, pilot):
        app.push_screen(FigurePage(family, "tour.seen", "x"))
        await pilot.pause()
        seen = text(app)
        assert f"（另有 {MOST - 1} 条不在本机）" in seen and "另有 5 条" in seen
        whole(app)
