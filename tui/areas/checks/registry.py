"""What the checks add to the app: pages, documents, forms."""

from __future__ import annotations

from models.text.words import W
from tui.documents import layout
from tui.documents.document import Document
from tui.documents.layout import DocumentLayout, FieldProse, Fields, RowColumns
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
    Place(
        "library",
        "alt+t",
        W("模板库", "Template library"),
        W("取用现成的检查模板", "take a ready-made checklist template"),
        "tui.areas.checks.library.library_page:LibraryPage",
        rank=135,
        of_project=True,
    ),
)
INBOX_VIEWS = {"sheet": "tui.areas.checks.inbox_sheet:InboxSheet"}
ACTIONS = (
    ("today", "tui.areas.checks.today_actions:BeginChecklist"),
    ("list", "tui.areas.checks.library.template_actions:TemplateListActions"),
)
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
    Document(
        "quarterly_check",
        W("定期质量检查记录", "Record of a quarterly check"),
        "quarterly_check",
        layout=DocumentLayout(
            W("定期质量检查记录", "Record of a quarterly check"),
            (
                Fields(
                    layout.BASICS,
                    (
                        (layout.PROJECT, "project"),
                        (layout.CUSTOMER, "customer"),
                        *("quarter", "service_report", "reported_at", "reported_by"),
                        (W("状态", "State"), "state"),
                    ),
                ),
                RowColumns("quarterly_answer", W("检查问题", "Questions")),
                RowColumns("spare_part", W("备件评估", "Spare parts")),
                FieldProse("summary"),
                layout.MOVES,
                layout.ATTACHMENTS,
            ),
            wide=True,
            signatures=layout.SIGNATURES[:1],
        ),
        signed=(("report",), (), ()),
        after=("report",),
    ),
    Document(
        "random_check",
        W("随机质量检查记录", "Record of a random check"),
        "random_check",
        "tui.areas.checks.random_check_document",
        signed=(("issue",), (), ()),
        after=("issue",),
    ),
)
DRAFT_PAGES = {"typed:": "tui.areas.checks.checklist_page:page_of"}
