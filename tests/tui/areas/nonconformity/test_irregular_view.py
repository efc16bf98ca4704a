"""How the statistics are drawn: each group with its part, what is too small together."""

from __future__ import annotations

from typing import Any

from models.records.nonconformity.irregular.irregular_statistics import OTHERS, IrregularGroup
from tui.areas.nonconformity.irregular_view import (
    GroupNames,
    IrregularNumbers,
    IrregularView,
)
from tui.display.parts import plain

NAMES = GroupNames(str.upper, str, str, str)


def drawn(**more: Any) -> list[str]:
    groups = [IrregularGroup("permit", 6), IrregularGroup(OTHERS, 2)]
    numbers = IrregularNumbers([], 50, groups, groups, groups, groups, None)
    view = IrregularView(numbers._replace(**more), NAMES, 70)
    return plain(view.parts()).splitlines()


def test_parts_and_their_sum_stand_beside_each_bar() -> None:
    lines = drawn()
    (permit,) = [line for line in lines if line.startswith("PERMIT")][:1]
    assert permit.rstrip().endswith("75%  累计 75%")
    assert any("少于 3 项" in line and line.rstrip().endswith("25%  累计 100%") for line in lines)


def test_without_names_there_is_no_part_by_person() -> None:
    assert not any("按人员" in line for line in drawn())
    people = [IrregularGroup("p1", 2)]
    assert any("按人员" in line for line in drawn(people=people))


def test_few_tasks_are_said() -> None:
    assert not any("仅供参考" in line for line in drawn())
    assert any("只有 12 项" in line for line in drawn(tasks=12))


def test_nothing_is_said_plainly() -> None:
    assert any("没有不规范服务" in line for line in drawn(categories=[]))
