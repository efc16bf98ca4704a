"""Answers: one item of one checklist sheet."""

from __future__ import annotations

from models.schema.fields import choice, line, link, number, prose
from models.schema.kind import Kind
from models.schema.lifecycle import State
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
        states=(
            State("kept", W("有效", "kept")),
            State("out_of_limits", W("超限", "out of limits"), tone="bad", derived=True),
            State("no_reading", W("缺测量值", "no reading"), tone="warn", derived=True),
            State("other_template", W("不属本表", "of another list"), tone="warn", derived=True),
        ),
        columns=("item", "result", "reading", "remark"),
        key=("sheet", "item", "device_row"),
        parent="sheet",
        menu=0,
    )

    sheet = link("检查表", "Sheet", "sheet", required=True, at_birth=True)
    item = link("检查项", "Item", "template_item", required=True, at_birth=True)
    device_row = link("设备", "Equipment", "equipment", at_birth=True)
    result = choice("结果", "Result", RESULTS, group="outcome")
    reading = number("测量值", "Reading", group="outcome")
    reason = line("原因", "Reason", group="outcome")
    remark = prose("备注", "Remark")
