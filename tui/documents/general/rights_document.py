"""The rights table as a document: each action of each type, with a column for every role.

Clause: design §4. It is about the program and its roles, so it names no person.
"""

from __future__ import annotations

from typing import Any

from models.queries.rights_table import COLUMNS, HEADS, rights
from models.schema.roles import DEPARTMENT_MANAGER, GENERAL_OFFICE, QUALITY
from models.text.words import W
from tui.display.views import rights_text
from tui.documents.frame import DocumentSubject
from tui.documents.layout import DocumentColumn, DocumentLayout, DocumentProse, DocumentTable
from tui.documents.record_text import RecordText

HOW = W(
    "“√”：只凭这个角色就可以。“填写人”“负责人”指这条记录上的人。项目记录看在该项目上的角色，"
    "公司记录看在任一项目上的角色。字段、状态等其他条件另有规定。",
    "“√”: this role is enough. “Author” and “Person in charge” are those of the record. For a"
    " record of a project the roles on that project count, for one of the company those on any"
    " project. States, fields and other conditions come on top.",
)
LONG = (DEPARTMENT_MANAGER, QUALITY, GENERAL_OFFICE)
"""Roles with a word that needs a wider column."""
LAYOUT = DocumentLayout(
    W("权限表", "Table of rights"),
    (
        DocumentProse(W("怎样读", "How to read it"), "how"),
        DocumentTable(
            W("权限", "Rights"),
            "rights",
            (
                DocumentColumn(W("类型", "Type"), "type", 5),
                DocumentColumn(W("操作", "Action"), "act", 5),
                *(DocumentColumn(HEADS[role], role, 5 if role in LONG else 4) for role in COLUMNS),
                DocumentColumn(W("状态", "States"), "states", 8),
                DocumentColumn(W("此外", "Also asked"), "asks", 5),
            ),
        ),
    ),
    wide=True,
)


def data(reading: RecordText, subject: DocumentSubject) -> dict[str, Any]:  # noqa: ARG001
    """Every right, one a row."""
    return {
        "how": str(HOW),
        "rights": [
            {
                "type": str(right.kind.label),
                "act": str(right.label),
                "states": rights_text.states(right),
                "asks": rights_text.asks(right),
                **{role: rights_text.YES if role in right.by else "" for role in COLUMNS},
            }
            for right in rights()
        ],
    }
