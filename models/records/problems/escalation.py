"""Escalations: what is complex, systemic, not solvable soon or needs several parties."""

from __future__ import annotations

from models.records.problems.fix import CAUSE_CLASSES, VERDICTS
from models.schema.fields import choice, day, flag, line, link, moment, person, prose
from models.schema.lifecycles import VERIFY
from models.schema.record import (
    AUTHOR,
    DEPARTMENT_MANAGER,
    ENGINEER,
    LEADS,
    Kind,
    Move,
    Record,
    State,
)
from models.text.words import W

REASONS = (
    ("complex", "复杂", "complex"),
    ("systemic", "系统性", "systemic"),
    ("not_soon", "短期内无法解决", "not solvable soon"),
    ("several_parties", "需多方配合", "needs several parties"),
)
SEVERITIES = (
    ("high", "高", "high"),
    ("medium", "中", "medium"),
    ("low", "低", "low"),
)


class Escalation(Record):
    """A problem taken to the department manager, who forms a working group.

    Clause: 5.3.1(1), 5.3.1(2).
    """

    kind = Kind(
        name="escalation",
        watched=True,
        label=W("问题升级", "Escalation"),
        code="ES",
        row="Q-531b",
        clause="5.3.1(1)",
        states=(
            State("reported", W("待受理", "to accept"), tone="warn", waits=(DEPARTMENT_MANAGER,)),
            State("returned", W("已退回现场", "returned to site"), tone="bad", waits=(AUTHOR,)),
            State("accepted", W("已受理", "accepted"), tone="busy", waits=(DEPARTMENT_MANAGER,)),
            State(
                "drafted",
                W("方案待批", "solution to approve"),
                tone="warn",
                waits=(DEPARTMENT_MANAGER,),
            ),
            State("approved", W("方案已批", "solution approved"), tone="busy", waits=(AUTHOR,)),
            State("working", W("实施中", "in work"), tone="busy", waits=(AUTHOR,)),
            State("fixed", W("待验证", "to verify"), tone="warn", waits=(AUTHOR,)),
            State(
                "verified", W("已验证", "verified"), tone="good", waits=(AUTHOR, DEPARTMENT_MANAGER)
            ),
            State("closed", W("已关闭", "closed"), ended=True, frozen=True),
        ),
        moves=(
            Move(
                id="accept",
                label=W("受理", "Accept"),
                from_=("reported",),
                to="accepted",
                who=(DEPARTMENT_MANAGER,),
                needs=("phenomenon",),
                asks=("due", "comment"),
            ),
            Move(
                id="return",
                label=W("退回现场并给出意见", "Return with advice"),
                from_=("reported", "accepted"),
                to="returned",
                who=(DEPARTMENT_MANAGER,),
                needs=("advice",),
                asks=("advice",),
            ),
            Move(
                id="resubmit",
                label=W("再次上报", "Resubmit"),
                from_=("returned",),
                to="reported",
                who=(ENGINEER, AUTHOR, *LEADS),
                asks=("comment",),
            ),
            Move(
                id="draft",
                label=W("提交方案", "Submit solution"),
                from_=("accepted",),
                to="drafted",
                needs=("solution",),
                asks=("solution",),
            ),
            Move(
                id="approve",
                label=W("批准方案", "Approve solution"),
                from_=("drafted",),
                to="approved",
                who=(DEPARTMENT_MANAGER,),
                asks=("comment",),
                four_eyes=True,
            ),
            Move(
                id="revise",
                label=W("方案退回修改", "Return solution"),
                from_=("drafted", "approved"),
                to="accepted",
                who=(DEPARTMENT_MANAGER,),
                asks=("comment",),
                requires_comment=True,
            ),
            Move(
                id="start",
                label=W("开始实施", "Start work"),
                from_=("approved",),
                to="working",
            ),
            Move(
                id="fix",
                label=W("已处理", "Fixed"),
                from_=("approved", "working"),
                to="fixed",
                needs=("cause", "measure"),
                asks=("cause", "cause_class", "measure"),
                fills={"fixed_at": "now?", "fixed_by": "me?"},
            ),
            VERIFY,
            Move(
                id="fail",
                label=W("再次验证：不符合", "Verification failed"),
                from_=("fixed",),
                to="working",
                asks=("verify_method", "comment"),
                requires_comment=True,
                fills={"verify_result": "=fails", "verified_at": "now", "verified_by": "me"},
            ),
            Move(
                id="close",
                label=W("关闭", "Close"),
                from_=("verified",),
                to="closed",
                asks=("comment",),
            ),
            Move(
                id="reopen",
                label=W("重新打开", "Reopen"),
                from_=("verified", "closed"),
                to="working",
                asks=("comment",),
                requires_comment=True,
            ),
        ),
        title="phenomenon",
        columns=("phenomenon", "equipment", "due", "department_manager"),
        due="due",
        menu=30,
    )

    phenomenon = prose("问题现象", "Problem")
    site = link("现场", "Site", "site")
    equipment = link("设备", "Equipment", "equipment", follows="site")
    place = line("具体位置", "Location")
    fix = link("现场处置", "On-site fix", "fix", computed=True)
    answer = link("检查结果", "Checklist answer", "answer", computed=True)
    reason_kind = choice("升级原因", "Reason", REASONS)
    severity = choice("严重程度", "Severity", SEVERITIES)
    done_so_far = prose("已做的处理", "Actions taken")
    department_manager = person("上报部门经理", "Department manager")
    due = day("要求完成日期", "Due")
    advice = prose("退回意见", "Advice")
    solution = prose("解决方案", "Solution")
    cause = prose("原因", "Cause")
    cause_class = choice("原因类别", "Cause category", CAUSE_CLASSES)
    measure = prose("解决措施", "Measure")
    fixed_at = moment("处理时间", "Fixed at")
    fixed_by = person("处理人", "Fixed by")
    typical = flag("典型、特殊或可避免", "Worth sharing?")
    verify_method = line("验证方法", "Verification method", by_move=True)
    verify_result = choice("验证结果", "Verification", VERDICTS, by_move=True, computed=True)
    verified_at = moment("验证时间", "Verified at", by_move=True, computed=True)
    verified_by = person("验证人", "Verified by", by_move=True, computed=True)
