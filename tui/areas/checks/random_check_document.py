"""The record of a random check: how it was drawn, and what was found against the norms."""

from __future__ import annotations

from typing import Any, cast

from models.records.checks.random_checks import random_facts, site_draw
from models.records.checks.random_checks.random_check import RandomCheck
from models.text.words import W
from tui.documents import layout
from tui.documents.frame import DocumentSubject
from tui.documents.layout import (
    BASICS,
    CUSTOMER,
    PROJECT,
    SIGNATURES,
    DocumentColumn,
    DocumentLayout,
    DocumentTable,
    FieldProse,
    Fields,
    RowColumns,
)
from tui.documents.record_text import RecordText, clean

PARTS = {
    "site": W("现场", "Site"),
    "person": W("人员", "Person"),
    "day": W("日期", "Day"),
}
LAYOUT = DocumentLayout(
    W("随机质量检查记录", "Record of a random check"),
    (
        Fields(
            BASICS,
            (
                (PROJECT, "project"),
                (CUSTOMER, "customer"),
                *("day", "site", "person", "service", "template", "issued_by"),
                (W("状态", "State"), "state"),
            ),
        ),
        RowColumns(
            "random_finding",
            W("检查发现", "Findings"),
            ("norm", "expected", "reading", "state", "remark"),
        ),
        FieldProse("conclusion"),
        Fields(
            W("抽取", "Draw"),
            (
                *("drawn_site", "drawn_person", "drawn_day", "drawn_at", "seed"),
                (random_facts.AGAIN, "again"),
            ),
        ),
        DocumentTable(
            W("抽取总体", "Drawn from"),
            "members",
            (
                DocumentColumn(W("类别", "Of"), "part", 2),
                DocumentColumn(W("名称", "Name"), "name", 5),
                DocumentColumn(
                    W("标识（SHA-256 取“种子:标识”最小者）", "Id: lowest SHA-256 of “seed:id”"),
                    "id",
                    6,
                ),
            ),
            optional=True,
        ),
        layout.MOVES,
        layout.ATTACHMENTS,
    ),
    signatures=SIGNATURES[:1],
)


def data(_reading: RecordText, subject: DocumentSubject) -> dict[str, Any]:
    """The whole population with its ids: the paper alone is enough to draw again."""
    check = cast(RandomCheck, subject.about)
    return {
        "again": random_facts.drawn_said(check),
        "members": [
            {"part": str(PARTS[part]), "name": clean(name or id), "id": clean(id)}
            for part, found in site_draw.named_members(check.population or "").items()
            for id, name in found
        ],
    }
