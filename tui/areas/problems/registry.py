"""What the problems add to the app: documents and what belongs to their forms."""

from __future__ import annotations

from models.text.words import W
from tui.documents.document import Document, record_of
from tui.pages.registry import Place

PLACES = (
    Place(
        "fixes",
        "3",
        W("现场处置", "Fixes"),
        W("现场处置列表", "list of on-site fixes"),
        "=fix",
        rank=30,
    ),
    Place(
        "escalations",
        "4",
        W("升级", "Escalations"),
        W("问题升级列表", "list of escalations"),
        "=escalation",
        rank=40,
    ),
    Place(
        "board",
        "exclamation_mark",
        W("升级看板", "Escalation desk"),
        W("未关闭的升级，按状态和时长", "open escalations by state and age"),
        "tui.areas.problems.escalation_board_page:BoardPage",
        rank=130,
    ),
)
DOCUMENTS = (
    Document(
        "problem",
        W("问题分析处理报告", "Problem report"),
        "problem_report",
        "tui.areas.problems.problem_report_document",
        editions=("internal", "customer"),
        after=("approve",),
    ),
    Document(
        "concession",
        W("让步申请", "Concession application"),
        "concession",
        "tui.areas.problems.concession_document",
        signed=(("inform",), (), ("endorse",)),
        after=("inform",),
    ),
    Document(
        "escalation",
        W("问题升级档案", "Escalation dossier"),
        "escalation",
        "tui.areas.problems.escalation_document",
        signed=(("fix",), ("verify",), ("close",)),
    ),
    record_of("fix", signed=(("fix",), ("verify",), ("close",))),
)
ACTIONS = (
    ("record", "tui.areas.problems.follow_ups:FollowUps"),
    ("today", "tui.areas.problems.today_actions:ReportProblem"),
)
SIMILAR = "tui.areas.problems.similar_problems_panel:SimilarProblemsPanel"
FORM_PANELS = {"fix": SIMILAR, "escalation": SIMILAR}
MOVE_FORMS = {("problem_report", "publish"): "tui.areas.problems.experience_form:experience_form"}
