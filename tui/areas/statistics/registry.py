"""What the statistics add to the app: the pages of trends and of quality."""

from __future__ import annotations

from models.text.words import W
from tui.pages.registry import Place

PLACES = (
    Place(
        "quality",
        "asterisk",
        W("质量总览", "Quality overview"),
        W(
            "全部未结事项：按种类和天数、按周、按项目",
            "all that is open: by kind and age, week, project",
        ),
        "tui.areas.statistics.quality_page:QualityPage",
        rank=152,
    ),
    Place(
        "trends",
        "ctrl+b",
        W("趋势", "Trends"),
        W("新发、关闭、时长和比率", "opened, closed, ages and shares"),
        "tui.areas.statistics.trends_page:TrendsPage",
        rank=150,
    ),
)
