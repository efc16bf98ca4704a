"""Decisions: what a rule table makes of a record, at the one door for writes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from models.book.book import Book
from models.book.projects import all_projects
from models.book.tables import decisions
from models.schema.company_tables import Condition, rule_tables
from models.text.words import Refused, language
from sync.workspace.setup import begin
from tests.support.levels import GRAVE, MILD, RULES, TABLE, levels


@pytest.fixture
def firm(tmp_path: Path) -> Iterator[tuple[Book, str]]:
    """A book that knows the type, and its project."""
    with levels():
        opened = begin(tmp_path / "own", name="测试员", lang="zh", project="测试项目")
        yield opened.book, str(all_projects(opened.store)[0].id)
        opened.close()


def told_by(book: Book, record: str) -> dict[str, Any]:
    """What the newest move of a record says of the table that decided."""
    move = list(book.change_log.history(record))[-1].move
    assert move is not None
    return dict(move[decisions.DECIDED])


@pytest.mark.parametrize(
    ("values", "grade"),
    [
        (GRAVE, "one"),
        (MILD, "three"),
        ({**MILD, "leak": True}, "one"),
        ({**GRAVE, "hours": "4"}, "two"),
        ({**GRAVE, "hours": "4.001"}, "one"),
    ],
)
def test_the_first_rule_that_fits_decides(
    firm: tuple[Book, str], values: dict[str, Any], grade: str
) -> None:
    book, project = firm
    record = book.add("sample", values, project=project)
    made = book.move(record.id, "level")
    assert made.values()["grade"] == grade
    told = told_by(book, record.id)
    assert told == {"table": TABLE, "version": 0, "shipped": rule_tables[TABLE].digest}


def test_nothing_is_decided_on_what_is_not_filled(firm: tuple[Book, str]) -> None:
    book, project = firm
    record = book.add("sample", {"impact": "core", "hours": "1"}, project=project)
    with pytest.raises(Refused, match="还需要填写：泄露"):
        book.move(record.id, "level")
    assert book.move(record.id, "level", {"leak": False}).values()["grade"] == "two"


def test_another_outcome_cannot_be_given(firm: tuple[Book, str]) -> None:
    book, project = firm
    record = book.add("sample", GRAVE, project=project)
    with pytest.raises(Refused, match="按“级别”，“级别”是“一级”，不能另填"):
        book.move(record.id, "level", {"grade": "three"})
    with pytest.raises(Refused, match="只能通过操作填写"):
        book.edit(record.id, {"grade": "three"})
    assert book.move(record.id, "level", {"grade": "one"}).values()["grade"] == "one"


def test_a_version_of_the_company_decides_from_its_use_on(firm: tuple[Book, str]) -> None:
    book, project = firm
    record = book.add("sample", GRAVE, project=project)
    table = book.add("rule_table", {"subject": TABLE})
    rows = {
        row: (said, out)
        for row, said, out in book.store.rows("SELECT id, conditions, outcome FROM rule_row")
    }
    assert ("影响 = 核心业务\n时长 > 4", "一级") in rows.values()
    assert ("泄露 = 是", "一级") in rows.values()
    first = next(id for id, (said, _) in rows.items() if said and "时长" in said)
    with pytest.raises(Refused, match="看不懂条件“时长 大约 4”"):
        book.edit(first, {"conditions": "时长 大约 4"})
    with pytest.raises(Refused, match="没有结果“四级”。可用：一级"):
        book.edit(first, {"outcome": "四级"})
    book.edit(first, {"conditions": "impact = Core Business；Hours ≥ 8"})
    assert book.move(record.id, "level").values()["grade"] == "one"
    used = book.move(table.id, "use", {"reason": "放宽到 8 小时"})
    assert json.loads(used.values()["content"])[0] == {
        "if": [["impact", "=", "core"], ["hours", ">=", "8"]],
        "then": "one",
    }
    made = book.move(record.id, "level")
    assert made.values()["grade"] == "two"
    told = told_by(book, record.id)
    assert (told["table"], told["version"]) == (TABLE, 1)
    assert told["by"][0] == book.change_log.device
    with pytest.raises(Refused, match="不能修改"):
        book.edit(first, {"outcome": "三级"})
    book.move(table.id, "withdraw", comment="有误")
    assert book.move(record.id, "level").values()["grade"] == "one"


def test_a_table_without_a_rule_that_fits_says_so(firm: tuple[Book, str]) -> None:
    book, project = firm
    table = book.add("rule_table", {"subject": TABLE})
    for (row,) in book.store.rows("SELECT id FROM rule_row WHERE conditions IS NULL"):
        book.void(row, "不要兜底")
    book.move(table.id, "use", {"reason": "试"})
    record = book.add("sample", MILD, project=project)
    with pytest.raises(Refused, match=f"没有适用于 {record.number} 的规则"):
        book.move(record.id, "level")


def test_an_empty_table_is_not_put_to_use(firm: tuple[Book, str]) -> None:
    book, _ = firm
    table = book.add("rule_table", {"subject": TABLE})
    for (row,) in book.store.rows("SELECT id FROM rule_row"):
        book.void(row, "删")
    with pytest.raises(Refused, match="至少要有一条"):
        book.move(table.id, "use", {"reason": "试"})


def test_a_draft_is_written_in_the_language_of_its_author(firm: tuple[Book, str]) -> None:
    book, _ = firm
    language.now = "en"
    book.add("rule_table", {"subject": TABLE})
    found = book.store.rows("SELECT conditions, outcome FROM rule_row ORDER BY position")
    assert found[0] == ("Impact = core business\nHours > 4", "level 1")
    assert found[-1] == (None, "level 3") and len(found) == len(RULES)


@pytest.mark.parametrize(
    ("condition", "held", "fits"),
    [
        (("f", "=", "a"), "a", True),
        (("f", "=", "a"), "a,b", True),
        (("f", "!=", "a"), "b", True),
        (("f", "!=", "a"), None, False),
        (("f", "=", "true"), True, True),
        (("f", "=", "true"), False, False),
        (("f", ">=", "10"), "9", False),
        (("f", ">=", "10"), 10, True),
        (("f", "<", "CNY 100"), "CNY 99.99", True),
        (("f", "<", "CNY 100"), "USD 1", False),
        (("f", ">", "4"), "NaN", False),
        (("f", ">", "4"), "many", False),
        (("f", "~", "4"), "4", False),
    ],
)
def test_a_condition(condition: tuple[str, str, str], held: object, fits: bool) -> None:
    assert decisions.holds(Condition(*condition), held) is fits


@pytest.mark.parametrize(
    "odd", [({"if": "x", "then": "one"},), ({"then": "one"},), ({"if": [["a", "="]], "then": "x"},)]
)
def test_odd_rules_decide_nothing(odd: Any) -> None:
    assert decisions.decide(decisions.rules_in(odd), GRAVE) is None
