"""The documents that are shipped as required: those that the manual names, by its clauses.

They count until the company puts a version of its own to use. Clause: 6.1
"""

from __future__ import annotations

from models.schema.company_tables import RequiredPaper, document_list
from models.text.words import W

PROJECT_ARCHIVE = "project_archive"
_PLANNED = ("approved", "sent", "confirmed", "objected")

document_list(
    PROJECT_ARCHIVE,
    W("项目归档文件", "Documents of a project"),
    (
        RequiredPaper("contract", W("服务合同及 SLA", "Contract and SLA"), ""),
        RequiredPaper(
            "proposal",
            W("技术服务方案", "Service proposal"),
            "service_proposal",
            ("approved", "conditional"),
        ),
        RequiredPaper(
            "competence",
            W("人员能力确认", "Competence confirmations"),
            "competence_confirmation",
            ("confirmed", "apart"),
            "each",
        ),
        RequiredPaper(
            "study",
            W("服务前问题研究讨论", "Pre-service study"),
            "pre_service_study",
            ("confirmed",),
        ),
        RequiredPaper(
            "milestone_plan", W("一级进度计划", "Milestone plan"), "milestone_plan", _PLANNED
        ),
        RequiredPaper("service_plan", W("二级进度计划", "Detailed plan"), "service_plan", _PLANNED),
        RequiredPaper(
            "checklists",
            W("日常检查记录", "Daily checklists"),
            "sheet",
            ("submitted", "reviewed"),
            "each",
            ("routine",),
        ),
        RequiredPaper(
            "fixes",
            W("现场处置记录", "On-site fixes"),
            "fix",
            ("verified", "closed"),
            "each",
            ("response",),
        ),
        RequiredPaper(
            "routine_checks",
            W("常规质量检查", "Routine checks"),
            "routine_check",
            ("issued",),
        ),
        RequiredPaper(
            "quarterly_checks",
            W("定期质量检查", "Quarterly checks"),
            "quarterly_check",
            ("reported",),
            "quarter",
            before="filing",
        ),
        RequiredPaper(
            "service_reports",
            W("运维服务报告", "O&M service reports"),
            "service_report",
            ("submitted",),
            "quarter",
        ),
        RequiredPaper(
            "weekly_reports",
            W("项目进展周报", "Weekly project reports"),
            "weekly_report",
            ("issued",),
            "each",
        ),
        RequiredPaper(
            "problem_reports",
            W("问题分析处理报告", "Problem reports"),
            "problem_report",
            ("approved", "issued", "published"),
            "each",
        ),
        RequiredPaper(
            "concessions",
            W("让步申请", "Concessions"),
            "concession",
            ("approved", "conditional", "in_force", "followed_up", "closed", "withdrawn"),
            "each",
        ),
        RequiredPaper(
            "deliveries", W("交付与接收", "Deliveries"), "delivery", ("accepted",), "each"
        ),
        RequiredPaper(
            "surveys",
            W("质量回访", "Satisfaction follow-ups"),
            "survey",
            ("filed",),
            "each",
            before="filing",
        ),
        RequiredPaper(
            "complaints",
            W("客户投诉", "Complaints"),
            "complaint",
            ("closed", "withdrawn"),
            "each",
            before="filing",
        ),
        RequiredPaper(
            "irregular",
            W("不规范服务", "Irregular services"),
            "irregular_service",
            ("closed",),
            "each",
            before="filing",
        ),
        RequiredPaper(
            "actions",
            W("纠正与预防措施", "Corrective actions"),
            "corrective_action",
            ("verified", "closed"),
            "each",
            before="filing",
        ),
        RequiredPaper(
            "acceptance",
            W("项目验收单", "Acceptance"),
            "acceptance",
            ("accepted", "conditional"),
            before="filing",
        ),
        RequiredPaper(
            "summary",
            W("项目总结", "Project summary"),
            "project_summary",
            ("reviewed",),
            before="filing",
        ),
    ),
)
