"""What the weekly status adds to the app: the pages on which its records are worked on."""

PAGES = {
    "weekly": "tui.areas.weekly.entry_page:entry_page",
    "weekly_report": "tui.areas.weekly.project_week_page:report_page",
}
