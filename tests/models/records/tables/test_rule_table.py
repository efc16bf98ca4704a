"""Rule tables as records: a version copies what is in force, and keeps what it was used with."""

from __future__ import annotations

from pathlib import Path

from models.records.tables.rule_table import RuleTable
from models.schema.company_tables import RULES
from sync.workspace.setup import begin
from tests.support.levels import TABLE, levels


def test_a_second_version_begins_with_the_first(tmp_path: Path) -> None:
    with levels():
        opened = begin(tmp_path / "own", name="测试员", lang="zh", project="测试项目")
        book = opened.book
        first = book.add("rule_table", {"subject": TABLE})
        last = "SELECT id FROM rule_row WHERE rule_table=? ORDER BY position DESC"
        book.edit(book.store.rows(last, (first.id,))[0][0], {"outcome": "two"})
        used = book.move(first.id, "use", {"reason": "试"})
        second = book.add("rule_table", {"subject": TABLE})
        again = book.move(second.id, "use", {"reason": "照旧"})
        assert again.values()["content"] == used.values()["content"]
        assert again.values()["content"].endswith('{"if":[],"then":"two"}]')
        opened.close()
    assert RuleTable.kind.table == RULES
