"""`copy`: a record like another one, with its rows; and rows of one record as a spreadsheet."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from tests.tui.cli.conftest import Shell
from tests.tui.spreadsheets.makers import rows_of


def template(shell: Shell, *texts: str) -> str:
    """The number of a template with these items."""
    made: Any = shell.ok("add", "template", "name_zh=日检", "--json").json
    for place, text in enumerate(texts, 1):
        pairs = (f"template={made['id']}", f"text_zh={text}", f"position={place}")
        shell.ok("add", "template_item", *pairs)
    return str(made["number"])


def items(shell: Shell, number: str) -> list[tuple[int, str]]:
    """The items of a template: position and text."""
    id = shell.ok("show", number, "--json").json["id"]
    found = shell.ok("list", "template_item", "--json").lines
    mine = [one for one in found if one["template"] == id]
    return sorted((one["position"], one["text_zh"]) for one in mine)


def test_a_template_is_copied_with_its_items(shell: Shell) -> None:
    number = template(shell, "温度", "湿度")
    said = shell.ok("copy", number, "name_zh=夜检")
    assert "2 行" in said.out and number in said.out
    copy = said.out.split()[0]
    assert copy != number and items(shell, copy) == [(1, "温度"), (2, "湿度")]
    assert shell.ok("show", copy, "--json").json["name_zh"] == "夜检"
    assert shell.ok("copy", copy, "--json").json["state"] == "draft"


def test_what_is_one_of_its_kind_is_not_copied_as_it_is(shell: Shell) -> None:
    made = shell.ok("add", "weekly", "week=2026-W47", "person=me", "--json").json
    said = shell("copy", made["number"])
    assert said.code != 0 and "唯一确定" in said.err
    assert shell.ok("copy", made["number"], "week=2026-W48", "--json").json["week"] == "2026-W48"


def test_rows_of_one_record_go_out_in_order_and_come_back(shell: Shell, tmp_path: Path) -> None:
    first, other = template(shell, "温度", "湿度", "噪声"), template(shell, "门禁")
    path = tmp_path / "items.xlsx"
    shell.ok("export", "template_item", "--of", first, "-o", path)
    found = [row.cells.get("text_zh") for row in rows_of(path)]
    assert found[1:] == ["温度", "湿度", "噪声"]  # after the labels
    shell.ok("import", path, "--as", "template_item", "--update")
    assert items(shell, first) == [(1, "温度"), (2, "湿度"), (3, "噪声")]
    assert items(shell, other) == [(1, "门禁")]


def test_rows_are_read_into_another_record(shell: Shell, tmp_path: Path) -> None:
    first, other = template(shell, "温度", "湿度"), template(shell)
    path = tmp_path / "items.csv"
    shell.ok("export", "template_item", "--of", first, "-o", path)
    with path.open(encoding="utf-8-sig") as file:
        lines = [*csv.DictReader(file)]
    keep = ("text_zh", "position")
    assert [line["text_zh"] for line in lines] == ["温度", "湿度"]
    fresh = tmp_path / "new.csv"
    with fresh.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, keep, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(lines)
    shell.ok("import", fresh, "--as", "template_item", "--set", f"template={other}")
    assert items(shell, other) == [(1, "温度"), (2, "湿度")]


def test_a_type_that_is_no_row_of_it_is_refused(shell: Shell, tmp_path: Path) -> None:
    number = template(shell, "温度")
    said = shell("export", "fix", "--of", number, "-o", tmp_path / "x.xlsx")
    assert said.code != 0 and "template_item" in said.err
    assert not (tmp_path / "x.xlsx").exists()
