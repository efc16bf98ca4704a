"""Mapping files, and how lists came in before."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from models.text.words import Refused
from sync.workspace.workspace import Workspace
from tests.tui.spreadsheets.makers import csv_file
from tui.spreadsheets.mapping import kept_mappings, mapping_file
from tui.spreadsheets.mapping.list_mapping import ListMapping

FULL = ListMapping(
    type="template_item",
    maps={"检查项目": "text_zh", "标准": "limits", "备注": ""},
    sets={"template": "机房“日检”\n", "template.frequency": "daily"},
    makes=("template",),
    words={"critical": {"√": "true"}},
    fills=("区域",),
    bands="section_zh",
    header=3,
    each_sheet=True,
    dates="d/m/y",
    ref="编号",
)


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    assert mapping_file.load(csv_file(tmp_path / "a.toml", mapping_file.write(FULL))) == FULL
    assert mapping_file.parse(tomllib.loads(mapping_file.write(ListMapping(type="fix"))), "") == (
        ListMapping(type="fix")
    )


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({"as": "fix", "colour": "red"}, "“colour”.*each_sheet"),
        ({"as": 3}, "“as”的写法不对"),
        ({"as": "fix", "map": ["a"]}, "“map”的写法不对"),
        ({"as": "fix", "words": {"state": "x"}}, "“words”的写法不对"),
        ({"as": "fix", "header": -1}, "“header”的写法不对"),
        ({"as": "fix", "each_sheet": "yes"}, "“each_sheet”的写法不对"),
        ({"as": "fix", "dates": "y"}, "d/m/y"),
    ],
)
def test_a_mistake_is_named(data: dict[str, Any], says: str) -> None:
    with pytest.raises(Refused, match=says):
        mapping_file.parse(data, "a.toml")


def test_a_list_is_known_again_by_its_columns(workspace: Workspace) -> None:
    store, columns = workspace.store, ("序号", "检查项目", "标准")
    assert kept_mappings.find(store, columns) is None
    kept_mappings.keep(store, columns, FULL)
    assert kept_mappings.find(store, ("序号", "检查项目", "备注")) is None
    assert kept_mappings.find(store, columns) == FULL
    for number in range(kept_mappings.KEPT):
        kept_mappings.keep(store, (f"{number}",), ListMapping(type="fix"))
    assert kept_mappings.find(store, columns) is None
