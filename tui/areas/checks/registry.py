"""What the checks add to the app: the pages on which their records are worked on."""

PAGES = {
    "sheet": "tui.areas.checks.checklist_page:sheet_page",
    "answer": "tui.areas.checks.checklist_page:answer_page",
}
