"""Markdown: what people typed is text in it, never markup; every block has its form."""

from __future__ import annotations

from typing import Any

import pytest

from models.text.words import W, language
from tests.support.hostile import PAYLOADS
from tui.documents.formats import markdown
from tui.documents.layout import (
    DocumentColumn,
    DocumentLayout,
    DocumentProse,
    DocumentTable,
    Facts,
)

PART, TEXT, ROWS = W("情况", "Basics"), W("经过", "Course"), W("明细", "Rows")
LAYOUT = DocumentLayout(
    W("报告", "Report"),
    (
        Facts(PART, ((W("客户", "Customer"), "customer"),)),
        DocumentProse(TEXT, "course"),
        DocumentTable(
            ROWS,
            "rows",
            (DocumentColumn(W("名称", "Name"), "name", 1), DocumentColumn(W("数", "No."), "n", 1)),
        ),
    ),
)


def data(**more: Any) -> dict[str, Any]:
    """A document's data, with something changed."""
    nobody = {"name": "", "date": "", "remark": ""}
    return {
        "title": "报告",
        "number": "FX-1",
        "version": "V1.0",
        "date": "2026-11-29",
        "mark": "",
        "empty": "无",
        "customer": "某医院",
        "course": "第一行\n第二行",
        "rows": [{"name": "a", "n": "1"}, {"name": "b\nc", "n": "2"}],
        "changes": [],
        "prepared": {"name": "卓工", "date": "2026-11-20", "remark": "好"},
        "reviewed": nobody,
        "approved": nobody,
        **more,
    }


def test_every_block_has_its_form() -> None:
    said = markdown.text(LAYOUT, data())
    lines = said.splitlines()
    assert lines[0] == "# 报告" and said.endswith("\n")
    assert "文件编号: FX-1  版本: V1.0  日期: 2026-11-29" in lines
    assert [line for line in lines if line.startswith("## ")] == [
        *("## 情况", "## 经过", "## 明细", "## 签署", "## 变更履历"),
    ]
    assert "- **客户**: 某医院" in lines and "第一行\\" in lines and "第二行" in lines
    assert "| 名称 | 数 |" in lines and "| b<br>c | 2 |" in lines
    assert "- **编制**: 卓工 2026-11-20 好" in lines and "- **审核**: " in lines


def test_a_draft_is_marked_and_what_is_empty_says_so() -> None:
    said = markdown.text(LAYOUT, data(mark="草稿（未签发）", course="", rows=[])).splitlines()
    assert "**草稿（未签发）**" in said and said.count("无") == 3  # text, rows, change history


def test_headings_are_in_the_language_of_now() -> None:
    language.now = "en"
    said = markdown.text(LAYOUT, data())
    assert "## Basics" in said and "## Sign-off" in said and "Document no.: FX-1" in said


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("a|b", "a\\|b"),
        ("*bold* _it_ `code`", "\\*bold\\* \\_it\\_ \\`code\\`"),
        ("# heading", "\\# heading"),
        ("<script>", "\\<script\\>"),
        ("![x](y)", "\\!\\[x\\](y)"),
        ("- item", "\\- item"),
        ("  + item", "  \\+ item"),
        ("1. one", "1\\. one"),
        ("12) twelve", "12\\) twelve"),
        ("text\n---", "text\n\\---"),
        ("title\n===", "title\n\\==="),
        ("3.5 V", "3.5 V"),
        ("-48 V", "-48 V"),
        ("普通的一句话。", "普通的一句话。"),
    ],
)
def test_what_would_be_markup_is_escaped(typed: str, shown: str) -> None:
    assert markdown.escape(typed) == shown


@pytest.mark.parametrize("name", PAYLOADS)
def test_a_hostile_text_stays_in_its_cell(name: str) -> None:
    text = PAYLOADS[name]
    plain = markdown.text(LAYOUT, data(rows=[{"name": "x", "n": "1"}]))
    odd = markdown.text(LAYOUT, data(rows=[{"name": text.replace("\r", "\n"), "n": "1"}]))
    assert len(odd.split("\n")) == len(plain.split("\n"))
    row = next(line for line in odd.split("\n") if line.endswith(" | 1 |"))
    assert row.replace("\\|", "").count("|") == 3
