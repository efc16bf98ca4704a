"""Findings of a random check: one for each norm that was looked at."""

from __future__ import annotations

from models.schema.fields import count, line, link, prose
from models.schema.kind import Kind
from models.schema.lifecycle import Move, State
from models.schema.record import Record
from models.schema.roles import DEPARTMENT_MANAGER
from models.text.words import W

ANSWERS = ("conforms", "fails", "na")
_MANAGER = (DEPARTMENT_MANAGER,)


def _answer(name: str, label: W, needs: tuple[str, ...]) -> Move:
    others = tuple(state for state in ("open", *ANSWERS) if state != name)
    asks = ("reading", "remark")
    return Move(id=name, label=label, from_=others, to=name, who=_MANAGER, needs=needs, asks=asks)


class RandomFinding(Record):
    """What was found of one norm; it keeps the item with its limits as they were. Clause: 5.1.3."""

    kind = Kind(
        name="random_finding",
        label=W("检查发现", "Finding"),
        code="RF",
        row="Q-513",
        clause="5.1.3",
        states=(
            State("open", W("待检查", "open"), tone="warn"),
            State("fails", W("不符合", "does not conform"), tone="bad"),
            State("na", W("不适用", "n/a")),
            State("conforms", W("符合", "conforms"), tone="good"),
        ),
        moves=(
            _answer("conforms", W("符合", "Conforms"), ("norm",)),
            _answer("fails", W("不符合", "Does not conform"), ("norm", "remark")),
            _answer("na", W("不适用", "N/a"), ("norm", "remark")),
        ),
        title="norm",
        columns=("norm", "expected", "reading", "remark"),
        parent="check",
        order="position",
        writers=_MANAGER,
        menu=0,
    )

    check = link("随机质量检查", "Random check", "random_check", required=True, at_birth=True)
    position = count("序号", "Position", internal=True)
    item = link("检查项", "Item", "template_item", computed=True, at_birth=True)
    norm = line("服务规范", "Norm", max=300)
    expected = line("要求", "Expected", max=300)
    reading = line("实际", "Found")
    remark = prose("说明", "Remark")
