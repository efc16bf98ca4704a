"""On-site fixes: simple, occasional problems put right on the spot."""

from __future__ import annotations

from models.derived.gates import passed_before
from models.schema.company_tables import vocabulary
from models.schema.fields import choice, flag, line, link, moment, person, prose
from models.schema.kind import Kind
from models.schema.lifecycle import Life, Move, State
from models.schema.lifecycles import verification, verification_fields
from models.schema.record import Record
from models.schema.roles import AUTHOR
from models.text.words import W

FOUND_DURING = (
    ("checklist", "日常检查", "daily checklist"),
    ("monitoring", "监控告警", "monitoring alarm"),
    ("customer", "客户报修", "customer report"),
    ("work", "作业过程", "other work"),
    ("check", "质量检查", "quality check"),
    ("other", "其他", "other"),
)
CAUSE_CLASSES = (
    ("equipment", "设备故障", "equipment failure"),
    ("software", "软件缺陷", "software defect"),
    ("maintenance", "运行维护不当", "maintenance error"),
    ("user", "用户操作不当", "user error"),
    ("damage", "外力破坏", "external damage"),
    ("environment", "基础环境", "environment"),
    ("third_party", "外部原因", "third party"),
    ("unknown", "未查清", "unknown"),
)
HOLDS_IT = W("新建时填写；再次验证前它挂起", "given when new; on hold until this is verified")
vocabulary("cause_class", "原因类别", "Cause categories", CAUSE_CLASSES)
REASONS = (
    ("complex", "复杂", "complex"),
    ("systemic", "系统性", "systemic"),
    ("not_soon", "短期内无法解决", "not solvable soon"),
    ("several_parties", "需多方配合", "needs several parties"),
)
SEVERITIES = (("high", "高", "high"), ("medium", "中", "medium"), ("low", "低", "low"))

MARK = Move(
    id="mark",
    label=W("标为典型问题", "Mark as worth sharing"),
    from_=("closed",),
    to="closed",
    needs=("typical",),
    asks=("typical",),
)
"""A closed problem is marked without reopening it."""
_OWN = Life(
    (
        State("open", W("待处理", "open"), tone="warn", waits=(AUTHOR,)),
        State("escalated", W("已升级", "escalated"), tone="busy"),
    )
)
_LIFE = (
    (
        _OWN
        + verification(
            ("open",),
            "open",
            needs=("phenomenon", "correction"),
            asks=("cause", "cause_class", "correction"),
        )
    )
    .state("fixed", tone="busy")
    .move("close", needs=("cause",), asks=("cause",))
    .add(
        Move(
            id="escalate",
            label=W("升级", "Escalate"),
            from_=("open", "fixed"),
            to="escalated",
            needs=("phenomenon", "reason_kind", "severity"),
            asks=("reason_kind", "severity"),
        ),
        MARK,
        Move(
            id="resolve",
            label=W("随升级关闭", "Closed with its escalation"),
            from_=("escalated",),
            to="closed",
            hidden=True,
        ),
        Move(
            id="again",
            label=W("随升级重新打开", "Reopened with its escalation"),
            from_=("open", "fixed", "closed"),
            to="escalated",
            hidden=True,
        ),
        Move(
            id="back",
            label=W("退回现场处理", "Back to the site"),
            from_=("escalated",),
            to="open",
            hidden=True,
        ),
        before="reopen",
    )
)


class Fix(Record):
    """A problem corrected on site, then re-verified. Clause: 5.3.1(1), 5.3.1(2)."""

    kind = Kind(
        name="fix",
        label=W("现场处置", "On-site fix"),
        code="FX",
        row="Q-531a",
        clause="5.3.1(1)",
        states=_LIFE.states,
        moves=_LIFE.moves,
        title="phenomenon",
        columns=("phenomenon", "equipment", "site"),
        menu=20,
    )

    phenomenon = prose("问题现象", "Problem")
    site = link("现场", "Site", "site")
    equipment = link("设备", "Equipment", "equipment", follows="site")
    place = line("具体位置", "Location", hint=W("机柜、端口", "rack, port"))
    found_during = choice("发现途径", "Found during", FOUND_DURING)
    answer = link("检查结果", "Checklist answer", "answer", computed=True)
    cause = prose("原因", "Cause")
    cause_class = choice("原因类别", "Cause category", CAUSE_CLASSES, of="cause_class")
    correction = prose("解决措施", "Correction")
    fixed_at = moment("处理时间", "Fixed at")
    fixed_by = person("处理人", "Fixed by")
    milestone = link("所涉里程碑", "Milestone", "milestone", at_birth=True, hint=HOLDS_IT)
    delivery = link("所涉交付", "Delivery", "delivery", at_birth=True, hint=HOLDS_IT)
    passed_before = passed_before()
    typical = flag("典型、特殊或可避免", "Worth sharing?")
    reason_kind = choice("升级原因", "Reason to escalate", REASONS, by_move=True)
    severity = choice("严重程度", "Severity", SEVERITIES, by_move=True)
    verify_method, verify_result, verified_at, verified_by = verification_fields()
