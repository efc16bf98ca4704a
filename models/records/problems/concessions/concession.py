"""Concessions: the customer is asked to accept for a time what cannot be solved now."""

from __future__ import annotations

from models.derived.gates import passed_before
from models.schema.fields import choice, day, line, link, moment, prose
from models.schema.kind import Kind
from models.schema.lifecycle import Life, Move, State, with_reason
from models.schema.lifecycles import (
    CLOSED,
    customer_decision,
    decision_fields,
    evidence_fields,
    review,
    sent_fields,
)
from models.schema.record import Record
from models.schema.roles import AUTHOR, DEPARTMENT_MANAGER, ENGINEER, LEADS, PROJECT_MANAGER
from models.text.words import W

CAUSE_KINDS = (
    ("environment", "技术环境", "technical environment"),
    ("schedule", "计划运维工期", "planned schedule"),
    ("other", "其他制约", "other constraint"),
)
ADDRESSEES = (("customer", "客户", "customer"), ("supervisor", "监理单位", "supervising party"))
WITHDRAWALS = (
    ("error", "误填", "entered in error"),
    ("replaced", "已由另一申请替代", "replaced by another application"),
    ("solved", "问题已解决", "solved"),
)
UNDECIDED = ("draft", "returned", "informed", "endorsed", "withdrawing", "sent")
"""In these states a decision, or the confirmation of a withdrawal, is missing."""
LETS_PASS = ("approved", "conditional", "in_force", "followed_up")
"""In these states it lets pass until its `valid_to`, and holds from then on."""
OVER = ("closed", "withdrawn")
"""It holds no more; an unverified problem that it names goes on holding the same things.

In every other state it holds: undecided, refused, expired.
"""
_MAY_WITHDRAW = (*(state for state in UNDECIDED if state != "withdrawing"), "refused", "expired")
_APPLICANTS = (AUTHOR, *LEADS)
_REVIEW = (
    review(
        (DEPARTMENT_MANAGER,),
        writers=_APPLICANTS,
        submitted=State("informed", W("已上报", "informed"), tone="warn"),
        accepted=State(
            "endorsed",
            W("部门同意", "endorsed"),
            tone="busy",
            frozen=True,
            waits=(AUTHOR, PROJECT_MANAGER),
        ),
        accept="endorse",
        needs=(
            *("requirement", "situation", "cause_kind", "why_uncontrollable"),
            *("follow_up", "follow_up_by"),
        ),
    )
    .move(
        "submit",
        id="inform",
        label=W("报部门经理", "Inform the manager"),
        fills={"informed_at": "now"},
    )
    .move("endorse", label=W("同意", "Endorse"), asks=("opinion",))
    .move("return", label=W("退回修改", "Return"), from_=("informed", "endorsed"))
)
_WITHDRAWING = Life(
    (
        State(
            "withdrawing",
            W("待确认撤回", "withdrawal to confirm"),
            tone="warn",
            frozen=True,
            waits=LEADS,
        ),
    ),
    (),
)
_WITHDRAWAL = Life(
    (),
    (
        with_reason(
            "withdraw",
            W("申请撤回", "Withdraw"),
            _MAY_WITHDRAW,
            "withdrawing",
            _APPLICANTS,
            needs=("withdrawal",),
            asks=("withdrawal", "replaced_by", "comment"),
        ),
        Move(
            id="confirm_withdrawal",
            label=W("确认撤回", "Confirm the withdrawal"),
            from_=("withdrawing",),
            to="withdrawn",
            who=LEADS,
            asks=("comment",),
            four_eyes=True,
            strict=True,
        ),
        with_reason(
            "keep", W("不同意撤回", "Do not withdraw"), ("withdrawing",), "returned", LEADS
        ),
    ),
)
_DECISION = customer_decision(
    ("informed", "endorsed"), needs=("addressee", "addressee_name", "valid_to")
)
_AFTER = Life(
    (
        State("in_force", W("执行中", "in force"), tone="busy", frozen=True),
        State("followed_up", W("已落实", "followed up"), tone="good", frozen=True, waits=LEADS),
        CLOSED,
        State("expired", W("已到期", "expired"), tone="bad", frozen=True, ended=True),
        State("withdrawn", W("已撤回", "withdrawn"), frozen=True, ended=True),
    ),
    (
        Move(
            id="enforce",
            label=W("开始执行", "Put in force"),
            from_=("approved", "conditional"),
            to="in_force",
            who=_APPLICANTS,
            fills={"in_force_from": "now"},
        ),
        Move(
            id="follow_up",
            label=W("后续方案已落实", "Followed up"),
            from_=("in_force", "expired"),
            to="followed_up",
            who=_APPLICANTS,
            needs=("outcome",),
            asks=("outcome",),
        ),
        Move(
            id="close",
            label=W("关闭", "Close"),
            from_=("followed_up",),
            to="closed",
            who=LEADS,
            asks=("comment",),
            four_eyes=True,
            strict=True,
        ),
        Move(
            id="expire",
            label=W("到期结束", "Expired"),
            from_=("approved", "conditional", "in_force"),
            to="expired",
            who=_APPLICANTS,
            asks=("comment",),
        ),
    ),
)
_LIFE = _REVIEW + _WITHDRAWING + _DECISION + _AFTER + _WITHDRAWAL


class Concession(Record):
    """The concession application 让步申请. Clause: 5.3.1(3).

    The decision is the customer's or the supervising party's; a member records it as a witness,
    with evidence. Unless they approve, it holds what it names and all that comes after it
    (`models.records.problems.concessions.concession_hold`). A withdrawal is asked for, and
    confirmed by a second person with a lead's role.
    """

    kind = Kind(
        name="concession",
        label=W("让步申请", "Concession"),
        code="CN",
        row="Q-531e",
        clause="5.3.1(3)",
        states=_LIFE.states,
        moves=_LIFE.moves,
        title="requirement",
        columns=("requirement", "milestone", "delivery", "valid_to", "addressee"),
        writers=(ENGINEER, *LEADS),
        due="valid_to",
        menu=34,
    )

    requirement = prose("未满足的要求", "Requirement not met")
    contract_clause = line("合同或 SLA 条款", "Contract or SLA clause")
    situation = prose("实际情况", "Situation")
    cause_kind = choice("制约因素", "Constraint", CAUSE_KINDS)
    why_uncontrollable = prose("为何不可控", "Why beyond control")
    impact = prose("影响", "Impact")
    risk = prose("风险", "Risk")
    interim = prose("临时措施", "Interim measures")
    follow_up = prose("后续解决方案", "Follow-up solution")
    follow_up_by = day("计划完成日期", "Solution by")
    scope = prose("让步范围", "Scope")
    quantity = line("数量", "Quantity")
    valid_to = day("有效期至", "Valid to")
    addressee = choice("提交对象", "Addressee", ADDRESSEES)
    addressee_name = line("提交单位与联系人", "Addressee's name")
    milestone = link(
        "所涉里程碑",
        "Milestone",
        "milestone",
        at_birth=True,
        hint=W("空着就是整个项目", "empty means the whole project"),
    )
    delivery = link(
        "所涉交付",
        "Delivery",
        "delivery",
        at_birth=True,
        hint=W("空着就是整个项目", "empty means the whole project"),
    )
    next_milestone = link(
        "提出时的下一里程碑",
        "Next milestone at application",
        "milestone",
        computed=True,
        at_birth=True,
    )
    next_delivery = link(
        "提出时的下一次交付", "Next delivery then", "delivery", computed=True, at_birth=True
    )
    held_from = day("从此日起挂起", "On hold from", computed=True, at_birth=True, internal=True)
    held_then = prose("当时挂起", "On hold then", computed=True, at_birth=True, internal=True)
    passed_before = passed_before()
    completed_before = line(
        "当时已完工", "Completed then", computed=True, at_birth=True, internal=True
    )
    escalation = link("问题升级", "Escalation", "escalation", at_birth=True)
    fix = link("现场处置", "On-site fix", "fix", at_birth=True)
    withdrawal = choice("撤回原因", "Withdrawn because", WITHDRAWALS, by_move=True)
    replaced_by = link("替代它的申请", "Replaced by", "concession", by_move=True)
    informed_at = moment("报部门经理时间", "Manager informed at", by_move=True, computed=True)
    opinion = prose("部门经理意见", "Manager's opinion", by_move=True)
    sent_at, sent_by = sent_fields()
    decided_by, decided_on, decision_channel = decision_fields()
    conditions = prose("附加条件", "Conditions", by_move=True)
    evidence, witness = evidence_fields()
    in_force_from = moment("开始执行时间", "In force from", by_move=True, computed=True)
    outcome = prose("落实情况", "Outcome", by_move=True)
