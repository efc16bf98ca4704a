"""The record types by area of the manual. Importing this package declares them all."""

from importlib import import_module

_DECLARED = (
    "checks.answer",
    "common.attachment",
    "registers.calendar_year",
    "problems.concession",
    "registers.customer",
    "registers.delegation",
    "preparation.delivery",
    "registers.equipment",
    "problems.escalation",
    "problems.experience",
    "problems.fix",
    "problems.group_member",
    "common.issued_document",
    "preparation.milestone",
    "common.note",
    "problems.problem_report",
    "registers.project",
    "checks.sheet",
    "registers.site",
    "checks.template",
    "checks.template_item",
    "weekly.weekly_entry",
    "weekly.weekly_problem",
    "weekly.weekly_report",
)

for _name in _DECLARED:
    import_module(f"{__name__}.{_name}")
