"""What the checks add to the app: pages, documents, forms."""

from __future__ import annotations

from models.text.words import W
from tui.documents.document import Document, record_of
from tui.pages.registry import Place

PAGES = {
    "sheet": "tui.areas.checks.checklist_page:sheet_page",
    "answer": "tui.areas.checks.checklist_page:answer_page",
}
PLACES = (
    Place(
        "checklist",
        "2",
        W("检查", "Checklist"),
        W("今天的日常检查", "today's checklists"),
        "tui.areas.checks.checklist_page:ChecklistPage",
        rank=20,
    ),
)
INBOX_VIEWS = {"sheet": "tui.areas.checks.inbox_sheet:InboxSheet"}
ACTIONS = (("today", "tui.areas.checks.today_actions:BeginChecklist"),)
DOCUMENTS = (
    Document(
        "checklist",
        W("检查记录表", "Checklist sheet"),
        "sheet",
        "tui.areas.checks.sheet_document",
        signed=(("submit",), ("review",), ()),
        after=("submit",),
    ),
    Document(
        "check_template",
        W("检查模板", "Checklist template"),
        "template",
        "tui.areas.checks.template_document",
        sheets=True,
        signed=(("publish",), (), ()),
        after=("publish",),
    ),
    Document(
        "quarterly",
        W("运维服务报告", "O&M service report"),
        "service_report",
        "tui.areas.checks.service_report_document",
        workbook="tui.areas.checks.service_report_workbook",
        sheets=True,
        mailed=True,
        signed=(("submit",), (), ()),
        after=("submit",),
    ),
    Document(
        "routine",
        W("常规质量检查记录", "Record of a routine check"),
        "routine_check",
        "tui.areas.checks.routine_check_document",
        signed=(("issue",), (), ()),
        after=("issue",),
    ),
    record_of("quarterly_check", signed=(("report",), (), ()), after=("report",)),
    record_of("random_check", signed=(("issue",), (), ()), after=("issue",)),
)
DRAFT_PAGES = {"typed:": "tui.areas.checks.checklist_page:page_of"}
