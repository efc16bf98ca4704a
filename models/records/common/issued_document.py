"""Issued documents: the version that was issued, with the checksums of its sources.

An area adds the kinds of its documents to `DOCUMENTS` by `document_kind`, under the names by which
`tui.documents.document` knows them.
"""

from __future__ import annotations

from models.schema.fields import FieldChoice, choice, count, file, line, link, prose, week
from models.schema.kind import Kind
from models.schema.record import Record, add_choice
from models.text.words import W

DOCUMENTS = (
    ("weekly", "周报", "weekly status"),
    ("week", "项目进展周报", "weekly project report"),
    ("problem", "问题分析处理报告", "problem report"),
    ("concession", "让步申请", "concession application"),
    ("checklist", "检查表", "checklist sheet"),
    ("escalation", "问题升级档案", "escalation dossier"),
    ("record", "记录", "record"),
    ("comparison", "版本对照", "comparison of versions"),
)
EDITIONS = (("internal", "内部版", "internal"), ("customer", "客户版", "for the customer"))


class IssuedDocument(Record):
    """One version of a document as it was issued; add-only, a change is a new version.

    The file, its data and its template are attached; the fields hold their checksums.
    """

    kind = Kind(
        name="issued",
        label=W("已签发文件", "Issued document"),
        code="IS",
        title="name",
        columns=("name", "version", "document", "reason"),
        beside="about",
        add_only=True,
        menu=78,
    )

    name = line("文件名称", "Title", required=True)
    document = choice("文件种类", "Document", DOCUMENTS, required=True)
    about = link("所据记录", "About", "", required=True)
    edition = choice("版别", "Edition", EDITIONS)
    week = week("周", "Week")
    version = count("版本", "Version", low="1", required=True)
    reason = prose("签发说明", "Reason")
    distribution = line("发放范围", "Distribution")
    template = line("模板", "Template")
    sha256 = file("文件校验", "SHA-256 of the file", required=True)
    data_sha256 = file("数据校验", "SHA-256 of the data", required=True)
    template_sha256 = file("模板校验", "SHA-256 of the template", required=True)


def document_kind(name: str, zh: str, en: str) -> None:
    """Register a kind of document that can be issued, under the name that is stored."""
    add_choice(IssuedDocument, "document", FieldChoice(name, W(zh, en)))
