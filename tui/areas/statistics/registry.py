"""What the statistics add to the app: the page of trends."""

from __future__ import annotations

from models.text.words import W
from tui.pages.registry import Place

PLACES = (
    Place(
        "trends",
        "ctrl+b",
        W("趋势", "Trends"),
        W("新发、关闭、时长和比率", "opened, closed, ages and shares"),
        "tui.areas.statistics.trends_page:TrendsPage",
        rank=150,
    ),
)
