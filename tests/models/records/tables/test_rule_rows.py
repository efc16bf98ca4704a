"""Rows of a rule table: what the table cannot read is refused when it is written."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.book.book import Book
from models.records.tables import rule_rows
from models.text.words import Refused, language
from sync.workspace.setup import begin
from tests.support.levels import TABLE, levels


@pytest.fixture
def firm(tmp_path: Path) -> Iterator[Book]:
    """A book that knows the table."""
    with levels():
        opened = begin(tmp_path / "own", name="测试员", lang="zh", project="测试项目")
        yield opened.book
        opened.close()


@pytest.mark.parametrize(
    ("conditions", "outcome", "why"),
    [
        ("严重 = 是", "一级", "看不懂条件“严重 = 是”。请写成“字段 = 值”，字段是：影响、时长、泄露"),
        ("影响 = 全部", "一级", "看不懂条件“影响 = 全部”"),
        ("泄露 = 也许", "一级", "看不懂条件“泄露 = 也许”"),
        ("时长 > 很久", "一级", "看不懂条件“时长 > 很久”"),
        ("影响 = 核心业务", "大", "没有结果“大”。可用：一级、二级、三级"),
    ],
)
def test_what_cannot_be_read_is_refused_at_once(
    firm: Book, conditions: str, outcome: str, why: str
) -> None:
    table = firm.add("rule_table", {"subject": TABLE})
    values = {"rule_table": table.id, "conditions": conditions, "outcome": outcome}
    with pytest.raises(Refused, match=why) as refused:
        firm.add("rule_row", values)
    assert str(refused.value.values["field"]) == ("结果" if outcome == "大" else "条件")


def test_rows_are_said_in_the_language_shown(firm: Book) -> None:
    language.now = "en"
    said = rule_rows.shipped(firm, TABLE)
    assert [row["conditions"] for row in said] == [
        "Impact = core business\nHours > 4", "Leak = yes", "Impact = core business", None,
    ]  # fmt: skip
    assert rule_rows.shipped(firm, "nothing") == ()
