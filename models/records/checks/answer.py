"""Answers: one item of one checklist sheet."""

from __future__ import annotations

from models.schema.fields import choice, line, link, number, prose
from models.schema.kind import Kind
from models.schema.record import Record
from models.text.words import W

RESULTS = (
    ("ok", "正常", "ok"),
    ("not_ok", "异常", "not ok"),
    ("na", "不适用", "n/a"),
    ("unchecked", "未检", "not checked"),
)


class Answer(Record):
    """What was found for one item; what was measured and the verdict merge as one value.

    Clause: 5.1.1.
    """

    kind = Kind(
        name="answer",
        label=W("检查结果", "Checklist answer"),
        code="AN",
        row="Q-511",
        clause="5.1.1",
        columns=("item", "result", "reading", "remark"),
        key=("sheet", "item", "device_row"),
        parent="sheet",
        menu=0,
    )

    sheet = link("检查表", "Sheet", "sheet", required=True)
    item = link("检查项", "Item", "template_item", required=True)
    device_row = link("设备", "Equipment", "equipment")
    result = choice("结果", "Result", RESULTS, group="outcome")
    reading = number("测量值", "Reading", group="outcome")
    reason = line("原因", "Reason", group="outcome")
    remark = prose("备注", "Remark")
