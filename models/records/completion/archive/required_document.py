"""Required documents: the rows of a document list."""

from __future__ import annotations

from models.records.preparation.proposals.service_method import SERVICE_KINDS
from models.records.tables.table_life import KEEPERS
from models.schema.fields import choice, choices, count, flag, line, link
from models.schema.kind import Kind
from models.schema.record import Record
from models.text.words import W

HOW_MANY = (
    ("once", "至少一份", "at least one"),
    ("quarter", "每季度一份", "one a quarter"),
    ("each", "有则都须办结", "whatever there is, all settled"),
)
BEFORE = (("handover", "验收前", "acceptance"), ("filing", "归档前", "filing"))


class RequiredDocument(Record):
    """A document that a project has to have, and where it is found. Clause: 6.1."""

    kind = Kind(
        name="required_document",
        label=W("归档文件", "Required document"),
        code="DR",
        row="Q-61a",
        clause="6.1",
        space="company",
        project="none",
        title="name_zh",
        columns=("name_zh", "source", "states", "how_many", "service_kinds", "before", "code"),
        parent="document_list",
        key=("document_list", "code"),
        order="position",
        writers=KEEPERS,
        menu=0,
    )

    document_list = link("归档文件清单", "List of documents", "document_list", required=True)
    code = line(
        "代码",
        "Code",
        max=40,
        required=True,
        at_birth=True,
        hint=W("字母、数字、- 和 _；以后不能改", "letters, digits, - and _; never changes"),
    )
    name_zh = line("文件（中文）", "Document (Chinese)", max=60, required=True)
    name_en = line("文件（英文）", "Document (English)", max=60, required=True)
    source = line(
        "取自记录",
        "Found in",
        max=40,
        hint=W(
            "记录类型，如 service_report；空着就是归档时收存的文件",
            "a record type such as service_report; empty: a file that is kept",
        ),
    )
    states = line(
        "计入的状态",
        "States that count",
        max=200,
        hint=W("如 approved sent；空着就是任何状态", "such as approved sent; empty: any"),
    )
    how_many = choice("份数", "How many", HOW_MANY)
    service_kinds = choices(
        "服务类型",
        "Kinds of service",
        SERVICE_KINDS,
        hint=W("空着就是所有项目", "empty: every project"),
    )
    before = choice("何时须有", "Before", BEFORE)
    issued = flag("须已签发", "Issued as a paper")
    position = count("次序", "Position")
