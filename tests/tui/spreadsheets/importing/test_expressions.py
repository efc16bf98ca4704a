"""Expressions and recipes: texts made of cells, and mistakes in a recipe named by their place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from models.text.words import Refused
from tests.tui.spreadsheets.makers import csv_file
from tui.spreadsheets.importing import recipe_file
from tui.spreadsheets.importing.expressions import Constant, Link
from tui.spreadsheets.importing.recipe_file import parse
from tui.spreadsheets.reading.table import TableRow

ROWS = [
    TableRow(2, {"state": "New", "group": "A", "by": "x"}),
    TableRow(3, {"state": "Active", "group": "B"}),
    TableRow(4, {"group": "A", "code": "7"}),
]


def made(expression: Any, rows: list[TableRow] = ROWS) -> str:
    """What a field's expression gives."""
    recipe = parse({"type": "fix", "fields": {"cause": expression}}, "a.toml")
    source = recipe.blocks[0].fields["cause"]
    assert not isinstance(source, Link)
    return source.text(rows)


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ("state", "Active"),
        ("nothing", ""),
        (7, "7"),
        (True, "true"),
        ({"value": "x"}, "x"),
        ({"column": "state", "take": "first"}, "New"),
        ({"column": "group", "take": "all", "separator": " > "}, "A > B"),
        ({"column": "state", "take": "count"}, "2"),
        ({"column": "state", "label": "was "}, "was Active"),
        ({"column": "nothing", "label": "was "}, ""),
        ({"column": "state", "most": 4}, "Act…"),
        ({"column": "state", "most": 6}, "Active"),
        ({"join": ["state", "nothing", "code"]}, "Active\n7"),
        ({"join": ["state", "code"], "labels": True, "separator": "; "}, "state: Active; code: 7"),
        ({"join": ["state", {"column": "code", "label": "#"}], "separator": " "}, "Active #7"),
        ({"first_of": ["nothing", "code", "state"]}, "7"),
        ({"text": "{state} ({code})"}, "Active (7)"),
        ({"text": "{nothing}!"}, ""),
        ({"column": "state", "table": {"ACTIVE": "open"}}, "open"),
        ({"column": "state", "table": {"New": "x"}, "otherwise": "?"}, "?"),
        ({"column": "state", "table": {"New": "x"}, "keep": True}, "Active"),
        ({"column": "nothing", "table": {"New": "x"}}, ""),
        ({"column": "code", "table": {"7": True}}, "true"),
    ],
)
def test_expressions(expression: Any, text: str) -> None:
    assert made(expression) == text


def test_a_value_that_is_not_foreseen_is_refused() -> None:
    with pytest.raises(Refused, match="“Active”不在对照表中"):
        made({"column": "state", "table": {"New": "x"}})


@pytest.mark.parametrize(
    ("test", "holds"),
    [
        ({"is": "active"}, True),
        ({"is": ["New", "Closed"]}, False),
        ({"not": "Active"}, False),
        ({"filled": True}, True),
        ({"filled": False}, False),
        ({"column": "code", "at_least": 7}, True),
        ({"column": "code", "at_least": 8}, False),
        ({"column": "code", "below": 7}, False),
        ({"column": "group", "take": "count", "at_least": 3}, True),
        ({"column": "nothing", "at_least": 1}, False),
    ],
)
def test_conditions(test: dict[str, Any], holds: bool) -> None:
    when = {"column": "state", **test}
    recipe = parse({"type": "fix", "when": when, "fields": {}}, "a.toml")
    assert all(one.holds(ROWS) for one in recipe.blocks[0].when) is holds


FIX: dict[str, Any] = {"type": "fix"}


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({}, "type"),
        ({"type": "nonsense"}, "“nonsense”"),
        ({"record": []}, "record"),
        ({"record": ["x"]}, "record"),
        ({"record": [FIX], "type": "fix"}, "“type”"),
        ({**FIX, "colour": 1}, "“colour”"),
        ({**FIX, "each": "day"}, "“day”"),
        ({**FIX, "group": 3}, "group"),
        ({**FIX, "fields": 3}, "fields"),
        ({**FIX, "fields": {"nothing": "x"}}, "“nothing”"),
        ({**FIX, "fields": {"cause": [1]}}, "fix.cause"),
        ({**FIX, "fields": {"cause": {}}}, "column, value"),
        ({**FIX, "fields": {"cause": {"column": "a", "value": "b"}}}, "column, value"),
        ({**FIX, "fields": {"cause": {"column": "a", "take": "middle"}}}, "“middle”"),
        ({**FIX, "fields": {"cause": {"column": "a", "table": 3}}}, "table"),
        ({**FIX, "fields": {"cause": {"column": "a", "most": "x"}}}, "most"),
        ({**FIX, "fields": {"site": {"make": True}}}, "find, key, of"),
        ({**FIX, "fields": {"site": {"find": "a", "by": "colour"}}}, "“colour”"),
        ({**FIX, "fields": {"site": {"find": "a", "make": {"colour": "b"}}}}, "“colour”"),
        ({**FIX, "fields": {"fixed_by": {"find": "a", "make": True}}}, "不能新建"),
        ({**FIX, "when": 3}, "when"),
        ({**FIX, "when": {"is": 3}}, "column, value"),
    ],
)
def test_a_mistake_in_a_recipe_is_named_by_its_place(data: dict[str, Any], says: str) -> None:
    with pytest.raises(Refused, match=r"配方 a\.toml") as refused:
        parse(data, "a.toml")
    assert says in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_recipe_file_is_toml(tmp_path: Path) -> None:
    good = csv_file(tmp_path / "good.toml", 'type = "fix"\nstate = { value = "open" }\n')
    assert recipe_file.load(good).blocks[0].state == Constant("open")
    with pytest.raises(Refused, match="第 2 行"):
        recipe_file.load(csv_file(tmp_path / "bad.toml", 'type = "fix"\n= 3\n'))
    with pytest.raises(Refused, match="不能读取"):
        recipe_file.load(tmp_path / "none.toml")
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xff")
    with pytest.raises(Refused, match="不能读取"):
        recipe_file.load(tmp_path / "bytes.toml")


def test_every_column_a_recipe_needs_is_known() -> None:
    recipe = parse(
        {
            "group": "n",
            "order": "o",
            "type": "answer",
            "ref": "r",
            "when": {"column": "w"},
            "fields": {
                "remark": {"join": ["a", {"text": "{b} {c}"}]},
                "sheet": {"key": {"day": "d", "template": {"find": "t"}}, "make": {"remark": "m"}},
                "item": {"find": "i", "by": "stable", "within": {"template": "x"}},
            },
        },
        "a.toml",
    )
    assert set(recipe.columns()) == set("norwabcdtmix")
