"""Items of an acceptance: deliverables and documents, each accepted or not."""

from __future__ import annotations

from typing import Any

from models.schema.fields import choice, count, day, line, link, prose
from models.schema.kind import Kind
from models.schema.lifecycle import Move, State
from models.schema.record import Record
from models.schema.roles import LEADS
from models.text.words import W

SORTS = (
    ("deliverable", "交付成果", "deliverable"),
    ("document", "项目文档", "document"),
    ("other", "其他", "other"),
)
SHORT = ("refused", "left_over")
"""The states in which something is left to be done: a remedy with somebody in charge."""
_DECIDED = (*SHORT, "accepted")


def _decide(id: str, label: W, to: str, **more: Any) -> Move:
    from_ = tuple(state for state in ("open", *_DECIDED) if state != to)
    return Move(id=id, label=label, from_=from_, to=to, who=LEADS, **more)


class AcceptanceItem(Record):
    """What the customer accepts, accepts with something left over, or refuses. Clause: 6.2."""

    kind = Kind(
        name="acceptance_item",
        label=W("验收项", "Acceptance item"),
        code="AI",
        row="Q-62a",
        clause="6.2",
        states=(
            State("open", W("待验收", "open"), tone="warn"),
            State("refused", W("不通过", "refused"), tone="bad"),
            State("left_over", W("有遗留", "left-over"), tone="warn"),
            State("accepted", W("通过", "accepted"), tone="good"),
        ),
        moves=(
            _decide("accept", W("通过", "Accepted"), "accepted"),
            _decide(
                "leave_over",
                W("有遗留通过", "Accepted with a left-over"),
                "left_over",
                needs=("finding",),
                asks=("finding",),
            ),
            _decide(
                "refuse",
                W("不通过", "Refused"),
                "refused",
                needs=("finding",),
                asks=("finding",),
            ),
            Move(
                id="reopen",
                label=W("重新验收", "Decide again"),
                from_=_DECIDED,
                to="open",
                who=LEADS,
            ),
        ),
        title="what",
        columns=("what", "sort", "expected", "due", "finding"),
        key=("acceptance", "code"),
        parent="acceptance",
        order="position",
        writers=LEADS,
        menu=0,
    )

    acceptance = link("项目验收", "Acceptance", "acceptance", required=True, at_birth=True)
    position = count("序号", "Position")
    code = line("编码", "Code", max=80, required=True, at_birth=True)
    sort = choice("类别", "Sort", SORTS, at_birth=True)
    what = line("验收内容", "What", required=True)
    expected = prose("可交付物", "Deliverable")
    due = day("计划日期", "Due")
    source = link("所据记录", "From", "", at_birth=True)
    finding = prose("遗留或问题", "What is left")
