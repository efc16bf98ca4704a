"""The roles of the company, and the author of a record."""

from __future__ import annotations

from models.text.words import W

Role = str
Roles = tuple[Role, ...]
ENGINEER: Role = "engineer"
PROJECT_MANAGER: Role = "project_manager"
DEPARTMENT_MANAGER: Role = "department_manager"
QUALITY: Role = "quality"
SERVICE_DESK: Role = "service_desk"
GENERAL_OFFICE: Role = "general_office"
ROLES: dict[Role, W] = {
    ENGINEER: W("运维工程师", "Engineer"),
    PROJECT_MANAGER: W("项目经理", "Project manager"),
    DEPARTMENT_MANAGER: W("部门经理", "Department manager"),
    QUALITY: W("质量专员", "Quality specialist"),
    SERVICE_DESK: W("服务台专员", "Service desk"),
    GENERAL_OFFICE: W("总经部", "General manager's office"),
}
AUTHOR: Role = "author"
"""In `Move.who` and `State.waits`: the person who created the record, whatever their role."""
OWNER: Role = "owner"
"""In `Move.who`, `State.waits` and `Kind.writers`: the person whom the field `Kind.owner` names."""
EVERYONE: Roles = tuple(ROLES)
LEADS: Roles = (PROJECT_MANAGER, DEPARTMENT_MANAGER)
