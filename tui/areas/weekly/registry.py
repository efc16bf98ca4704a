"""What the weekly status adds to the app: pages, places and documents."""

from __future__ import annotations

from models.schema.roles import LEADS
from models.text.words import W
from tui.documents.document import Document
from tui.pages.registry import Place

PAGES = {
    "weekly": "tui.areas.weekly.entry_page:entry_page",
    "weekly_report": "tui.areas.weekly.project_week_page:report_page",
}
PLACES = (
    Place(
        "weekly",
        "5",
        W("周报", "Weekly"),
        W("本周的周报", "this week's status"),
        "tui.areas.weekly.entry_page:WeeklyPage",
        rank=50,
    ),
    Place(
        "review",
        "f4",
        W("周报审阅", "Review"),
        W("全员周报，逐份审阅", "weekly status of all people"),
        "tui.areas.weekly.review.review_page:ReviewPage",
        rank=110,
    ),
    Place(
        "project_week",
        "ctrl+w",
        W("项目周报", "Weekly project report"),
        W("项目一周的汇总，汇编并签发", "a project's week, compiled and issued"),
        "tui.areas.weekly.project_week_page:ProjectWeekPage",
        rank=140,
        of_project=True,
    ),
)
INBOX_VIEWS = {"weekly": "tui.areas.weekly.inbox_entry:InboxEntry"}
ACTIONS = (("today", "tui.areas.weekly.today_actions:ReviewEntries"),)
DOCUMENTS = (
    Document(
        "weekly",
        W("周报", "Weekly status"),
        "weekly",
        "tui.areas.weekly.entry_document",
        signed=(("submit",), ("accept",), ()),
        after=("submit",),
    ),
    Document(
        "week",
        W("项目进展周报", "Weekly project report"),
        module="tui.areas.weekly.project_week_document",
        per="project",
        period="week",
        offered_by=("weekly", "weekly_report"),
        by=LEADS,
    ),
)
