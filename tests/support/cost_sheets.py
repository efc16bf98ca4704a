"""Cost sheets: rows with a quarter, several choices, several people and an amount of money."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from models.schema.fields import choices, count, line, link, money, persons, quarter
from models.schema.kind import Kind
from models.schema.record import Record
from models.text.words import W
from sync.workspace.setup import begin
from sync.workspace.workspace import Workspace
from tests.support.new_area import new_area

KINDS = (
    ("repair", "维修", "repair"),
    ("check", "巡检", "inspection"),
    ("training", "培训", "training"),
)


def _type(kind: Kind, fields: dict[str, Any]) -> type[Record]:
    body = {"__module__": __name__, "__doc__": f"A {kind.name}.", "kind": kind, **fields}
    return type(kind.name.title().replace("_", ""), (Record,), body)


@contextmanager
def cost_workspace(folder: Path) -> Iterator[Workspace]:
    """A workspace whose book knows `cost_sheet` and its rows `cost_line`, while the block runs."""
    with new_area():
        sheet = Kind(
            name="cost_sheet",
            label=W("费用单", "Cost sheet"),
            code="CST",
            title="name",
            columns=("name",),
            menu=40,
        )
        _type(sheet, {"name": line("名称", "Name", required=True)})
        row = Kind(
            name="cost_line",
            label=W("费用", "Cost"),
            code="CL",
            title="what",
            columns=("what", "quarter", "kinds", "people", "amount"),
            parent="cost_sheet",
            order="position",
            menu=0,
        )
        fields = {
            "cost_sheet": link("费用单", "Cost sheet", "cost_sheet", required=True),
            "what": line("事项", "What", required=True),
            "quarter": quarter("季度", "Quarter"),
            "kinds": choices("服务类型", "Kinds of service", KINDS),
            "people": persons("参与人", "People"),
            "amount": money("金额", "Amount", low="0"),
            "position": count("次序", "Position"),
        }
        _type(row, fields)
        opened = begin(folder / "book", name="测试员", lang="zh", project="测试项目")
        try:
            yield opened
        finally:
            opened.close()
