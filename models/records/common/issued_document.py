"""Issued documents: the version that was issued, with the checksums of its sources.

Their kinds are those that the areas declare (`tui.documents.document`), under stable names. A book
may hold versions of a kind that this program does not know yet: their name is shown.
"""

from __future__ import annotations

from typing import Final

from models.schema.fields import choice, count, file, line, link, open_words, prose, quarter, week
from models.schema.kind import Kind
from models.schema.record import Record
from models.text.words import W

DOCUMENTS: Final = "documents"
"""The set of the names of documents."""
EDITIONS = (("internal", "内部版", "internal"), ("customer", "客户版", "for the customer"))


class IssuedDocument(Record):
    """One version of a document as it was issued; add-only, a change is a new version.

    The file, its data and its template are attached; the fields hold their checksums. One about a
    record of the company, or about the whole company, has no project.
    """

    kind = Kind(
        name="issued",
        label=W("已签发文件", "Issued document"),
        code="IS",
        project="optional",
        title="name",
        columns=("name", "version", "document", "reason"),
        beside="about",
        add_only=True,
        menu=78,
    )

    name = line("文件名称", "Title", required=True)
    document = choice("文件种类", "Document", (), open=DOCUMENTS, required=True)
    about = link("所据记录", "About", "")
    edition = choice("版别", "Edition", EDITIONS)
    week = week("周", "Week")
    quarter = quarter("季度", "Quarter")
    version = count("版本", "Version", low="1", required=True)
    reason = prose("签发说明", "Reason")
    distribution = line("发放范围", "Distribution")
    template = line("模板", "Template")
    sha256 = file("文件校验", "SHA-256 of the file", required=True)
    data_sha256 = file("数据校验", "SHA-256 of the data", required=True)
    template_sha256 = file("模板校验", "SHA-256 of the template", required=True)


def document_kind(name: str, label: W) -> None:
    """Give the stored name of a document its word."""
    open_words.setdefault(DOCUMENTS, {})[name] = label
