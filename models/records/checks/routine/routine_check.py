"""Routine checks: whether the plan and the work deviate, as the project manager finds."""

from __future__ import annotations

from models.schema.fields import choice, day, moment, person, prose
from models.schema.kind import Kind
from models.schema.lifecycle import Move, NoRow, State, WorstRow, with_reason
from models.schema.record import Record
from models.schema.roles import DEPARTMENT_MANAGER, PROJECT_MANAGER, QUALITY
from models.text.words import W

VERDICTS = (
    ("none", "无偏差", "no deviation"),
    ("minor", "有轻微偏差", "minor deviation"),
    ("major", "有重大偏差", "major deviation"),
)
JUDGED = tuple(name for name, _, _ in VERDICTS)
"""The verdicts, which are the states of a deviation too, the worst one last."""
_MANAGER = (PROJECT_MANAGER,)


class RoutineCheck(Record):
    """The routine check 常规质量检查 of a project's period. Clause: 5.1.1.

    What was due, done, late and skipped is counted from the records until it is issued, and kept
    with it from then on. The verdict is that of the worst deviation.
    """

    kind = Kind(
        name="routine_check",
        label=W("常规质量检查", "Routine check"),
        code="RC",
        row="Q-511",
        clause="5.1.1",
        states=(
            State("draft", W("检查中", "in progress"), tone="busy", waits=_MANAGER),
            State("issued", W("已出结论", "issued"), tone="good", frozen=True, ended=True),
        ),
        moves=(
            Move(
                id="issue",
                label=W("出具结论", "Issue"),
                from_=("draft",),
                to="issued",
                who=_MANAGER,
                needs=("conclusion",),
                needs_rows=(NoRow("routine_deviation", states=("open",)),),
                worst=(WorstRow("verdict", "routine_deviation", JUDGED),),
                asks=("conclusion",),
                fills={"issued_at": "now", "issued_by": "me"},
                binds=True,
            ),
            with_reason("revise", W("重新检查", "Revise"), ("issued",), "draft", _MANAGER),
        ),
        title="last",
        columns=("first", "last", "verdict", "conclusion"),
        key=("project", "first", "last"),
        writers=_MANAGER,
        compiled="content",
        watchers=(DEPARTMENT_MANAGER, QUALITY),
        menu=12,
    )

    first = day(
        "检查期起", "From", required=True, at_birth=True, hint=W("检查哪几天", "the days checked")
    )
    last = day("检查期止", "To", required=True, at_birth=True)
    remark = prose("检查说明", "Remark", hint=W("怎样查的、看了什么", "how, and what was seen"))
    conclusion = prose("结论", "Conclusion")
    verdict = choice("是否偏差", "Deviation", VERDICTS, by_move=True, computed=True)
    content = prose("当时的执行情况", "As it was", computed=True, internal=True, by_move=True)
    issued_at = moment("出具时间", "Issued at", by_move=True, computed=True)
    issued_by = person("检查人", "Issued by", by_move=True, computed=True)
