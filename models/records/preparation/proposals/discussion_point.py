"""Discussion points: what was found when a proposal was discussed, each closed with an answer."""

from __future__ import annotations

from models.schema.fields import choice, line, link, moment, person, prose
from models.schema.kind import Kind
from models.schema.lifecycle import Move, State, with_reason
from models.schema.record import Record
from models.schema.roles import EVERYONE
from models.text.words import W

SECTIONS = (
    ("background", "项目背景", "Background"),
    ("objects", "服务对象", "Objects of service"),
    ("scope", "服务范围", "Scope"),
    ("sla", "服务级别", "Service levels"),
    ("methods", "方法和程序", "Methods, procedures"),
    ("people", "人员与资质", "Staff qualification"),
    ("tools", "工具与备件", "Tools and spares"),
    ("risks", "风险与应急", "Risks, emergencies"),
    ("schedule", "进度安排", "Schedule"),
    ("quality_measures", "质量保证措施", "Quality measures"),
)
_SETTLED = {"settled_by": "me", "settled_at": "now"}


class DiscussionPoint(Record):
    """A point of a proposal's discussion: a change of the section answers it, or a reason.

    Clause: 4.1.1. The review waits until none is open.
    """

    kind = Kind(
        name="discussion_point",
        label=W("讨论意见", "Discussion point"),
        code="DP",
        row="Q-411",
        clause="4.1.1",
        states=(
            State("open", W("待答复", "open"), tone="warn"),
            State("changed", W("已修改方案", "changed"), tone="good", frozen=True),
            State("kept_as_is", W("说明理由，不修改", "not changed, with a reason"), frozen=True),
        ),
        moves=(
            Move(
                id="change",
                label=W("已修改方案", "Section changed"),
                from_=("open",),
                to="changed",
                needs=("answer",),
                asks=("answer",),
                fills=_SETTLED,
            ),
            Move(
                id="explain",
                label=W("说明理由，不修改", "Give a reason instead"),
                from_=("open",),
                to="kept_as_is",
                needs=("answer",),
                asks=("answer",),
                fills=_SETTLED,
            ),
            with_reason("reopen", W("重新提出", "Raise again"), ("changed", "kept_as_is"), "open"),
        ),
        title="finding",
        columns=("section", "finding", "answer", "settled_by"),
        parent="proposal",
        stays=True,
        writers=EVERYONE,
        menu=0,
    )

    proposal = link("技术服务方案", "Service proposal", "service_proposal", required=True)
    section = choice("所涉章节", "Section", SECTIONS, required=True, at_birth=True)
    finding = prose("意见", "Finding", required=True)
    answer = prose("修改内容或理由", "Change, or reason", by_move=True)
    settled_by = person("答复人", "Answered by", by_move=True, computed=True)
    settled_at = moment("答复时间", "Answered at", by_move=True, computed=True)
    text_then = line("提出时的章节", "Section then", computed=True, at_birth=True, internal=True)
