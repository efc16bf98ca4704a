"""Rules as rows: tried in the order of their position, whatever that of their writing."""

from __future__ import annotations

from pathlib import Path

from models.book.projects import all_projects
from models.records.tables.rule_row import RuleRow
from sync.workspace.setup import begin
from tests.support.levels import GRAVE, TABLE, levels


def test_a_rule_put_on_top_is_tried_first(tmp_path: Path) -> None:
    with levels():
        opened = begin(tmp_path / "own", name="测试员", lang="zh", project="测试项目")
        book, project = opened.book, str(all_projects(opened.store)[0].id)
        table = book.add("rule_table", {"subject": TABLE})
        rule = {"conditions": "时长 < 6", "outcome": "二级", "position": 1}
        book.add("rule_row", {"rule_table": table.id, **rule})
        book.move(table.id, "use", {"reason": "试"})
        record = book.add("sample", GRAVE, project=project)
        assert book.move(record.id, "level").values()["grade"] == "two"
        opened.close()
    assert RuleRow.kind.order == "position"
