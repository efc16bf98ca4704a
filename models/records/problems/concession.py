"""Concessions: what cannot be solved now, and the customer is asked to accept for a time."""

from __future__ import annotations

from models.schema.fields import choice, day, line, link, moment, person, prose
from models.schema.lifecycles import RETURNED
from models.schema.record import (
    AUTHOR,
    DEPARTMENT_MANAGER,
    ENGINEER,
    LEADS,
    PROJECT_MANAGER,
    Kind,
    Move,
    Record,
    State,
)
from models.text.words import W

CAUSE_KINDS = (
    ("environment", "技术环境", "technical environment"),
    ("schedule", "计划运维工期", "planned schedule"),
    ("other", "其他制约", "other constraint"),
)
ADDRESSEES = (
    ("customer", "客户", "customer"),
    ("supervisor", "监理单位", "supervising party"),
)
CHANNELS = (
    ("letter", "书面回函", "letter"),
    ("signed", "签字盖章的申请书", "signed application"),
    ("mail", "邮件", "e-mail"),
    ("minutes", "会议纪要", "minutes of a meeting"),
    ("other", "其他", "other"),
)
UNDECIDED = ("draft", "returned", "informed", "endorsed", "sent")
"""While it is in one of these, what it names is held: only a decision or withdrawal lifts that."""
DECISION = ("decided_by", "decided_on", "decision_channel", "evidence")
ASKED = (*DECISION[:3], "evidence", "comment")


class Concession(Record):
    """The concession application 让步申请. Clause: 5.3.1(3).

    The decision is the customer's or the supervising party's; a member records it as a witness,
    with evidence. Until then the milestone and delivery it names are held
    (`models.records.problems.concession_hold`).
    """

    kind = Kind(
        name="concession",
        label=W("让步申请", "Concession"),
        code="CN",
        row="Q-531e",
        clause="5.3.1(3)",
        states=(
            State("draft", W("草稿", "draft"), tone="busy", waits=(AUTHOR,)),
            RETURNED,
            State(
                "informed",
                W("已上报", "informed"),
                tone="warn",
                reopen="take_back",
                waits=(DEPARTMENT_MANAGER,),
            ),
            State(
                "endorsed",
                W("部门同意", "endorsed"),
                tone="busy",
                frozen=True,
                waits=(AUTHOR, PROJECT_MANAGER),
            ),
            State(
                "sent",
                W("待客户决定", "sent"),
                tone="warn",
                frozen=True,
                waits=(AUTHOR, PROJECT_MANAGER),
            ),
            State(
                "refused",
                W("客户未批准", "refused"),
                tone="bad",
                frozen=True,
                waits=(AUTHOR, PROJECT_MANAGER),
            ),
            State(
                "conditional",
                W("附条件批准", "conditional"),
                tone="good",
                frozen=True,
                waits=(AUTHOR, PROJECT_MANAGER),
            ),
            State(
                "approved",
                W("已批准", "approved"),
                tone="good",
                frozen=True,
                waits=(AUTHOR, PROJECT_MANAGER),
            ),
            State("in_force", W("执行中", "in force"), tone="busy", frozen=True),
            State(
                "followed_up",
                W("已落实", "followed up"),
                tone="good",
                frozen=True,
                waits=LEADS,
            ),
            State("closed", W("已关闭", "closed"), frozen=True, ended=True),
            State("expired", W("已到期", "expired"), tone="bad", frozen=True, ended=True),
            State("withdrawn", W("已撤回", "withdrawn"), frozen=True, ended=True),
        ),
        moves=(
            Move(
                id="inform",
                label=W("报部门经理", "Inform the manager"),
                from_=("draft", "returned"),
                to="informed",
                who=(AUTHOR, *LEADS),
                needs=(
                    *("requirement", "situation", "cause_kind", "why_uncontrollable"),
                    *("follow_up", "follow_up_by"),
                ),
                fills={"informed_at": "now"},
            ),
            Move(
                id="take_back",
                label=W("撤回修改", "Take back"),
                from_=("informed",),
                to="draft",
                who=(AUTHOR, *LEADS),
            ),
            Move(
                id="endorse",
                label=W("同意", "Endorse"),
                from_=("informed",),
                to="endorsed",
                who=(DEPARTMENT_MANAGER,),
                asks=("opinion",),
                four_eyes=True,
            ),
            Move(
                id="return",
                label=W("退回修改", "Return"),
                from_=("informed", "endorsed"),
                to="returned",
                who=(DEPARTMENT_MANAGER,),
                asks=("comment",),
                requires_comment=True,
            ),
            Move(
                id="send",
                label=W("登记已提交", "Sent to the customer"),
                from_=("informed", "endorsed"),
                to="sent",
                who=LEADS,
                needs=("addressee", "addressee_name", "valid_to"),
                asks=("addressee", "addressee_name", "valid_to", "comment"),
                fills={"sent_at": "now", "sent_by": "me"},
            ),
            Move(
                id="approve",
                label=W("登记客户决定：批准", "Record the decision: approved"),
                from_=("sent",),
                to="approved",
                who=LEADS,
                needs=DECISION,
                asks=ASKED,
                fills={"evidence": "attached", "witness": "me"},
            ),
            Move(
                id="approve_with_conditions",
                label=W("登记客户决定：附条件批准", "Record the decision: with conditions"),
                from_=("sent",),
                to="conditional",
                who=LEADS,
                needs=(*DECISION, "conditions"),
                asks=("conditions", *ASKED),
                fills={"evidence": "attached", "witness": "me"},
            ),
            Move(
                id="refuse",
                label=W("登记客户决定：不批准", "Record the decision: refused"),
                from_=("sent",),
                to="refused",
                who=LEADS,
                needs=DECISION,
                asks=ASKED,
                fills={"evidence": "attached", "witness": "me"},
            ),
            Move(
                id="withdraw",
                label=W("撤回申请", "Withdraw"),
                from_=UNDECIDED,
                to="withdrawn",
                who=(AUTHOR, *LEADS),
                asks=("comment",),
                requires_comment=True,
            ),
            Move(
                id="enforce",
                label=W("开始执行", "Put in force"),
                from_=("approved", "conditional"),
                to="in_force",
                who=(AUTHOR, *LEADS),
                fills={"in_force_from": "now"},
            ),
            Move(
                id="follow_up",
                label=W("后续方案已落实", "Followed up"),
                from_=("in_force", "expired"),
                to="followed_up",
                who=(AUTHOR, *LEADS),
                needs=("outcome",),
                asks=("outcome",),
            ),
            Move(
                id="close",
                label=W("关闭", "Close"),
                from_=("followed_up", "refused"),
                to="closed",
                who=LEADS,
                asks=("comment",),
            ),
            Move(
                id="expire",
                label=W("到期结束", "Expired"),
                from_=("approved", "conditional", "in_force"),
                to="expired",
                who=(AUTHOR, *LEADS),
                asks=("comment",),
            ),
        ),
        title="requirement",
        columns=("requirement", "milestone", "delivery", "valid_to", "addressee"),
        writers=(ENGINEER, *LEADS),
        due="valid_to",
        menu=34,
    )

    requirement = prose("未满足的要求", "Requirement not met")
    contract_clause = line("合同或 SLA 条款", "Contract or SLA clause")
    situation = prose("实际情况", "Situation")
    cause_kind = choice("制约因素", "Kind of cause", CAUSE_KINDS)
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
        hint=W("空着就是项目的下一个", "empty means the project's next"),
    )
    delivery = link(
        "所涉交付",
        "Delivery",
        "delivery",
        at_birth=True,
        hint=W("空着就是项目的下一次", "empty means the project's next"),
    )
    next_milestone = link(
        "提出时的下一里程碑", "Next milestone then", "milestone", computed=True, at_birth=True
    )
    next_delivery = link(
        "提出时的下一次交付", "Next delivery then", "delivery", computed=True, at_birth=True
    )
    escalation = link("问题升级", "Escalation", "escalation")
    fix = link("现场处置", "On-site fix", "fix")
    informed_at = moment("报部门经理时间", "Manager informed at", by_move=True, computed=True)
    opinion = prose("部门经理意见", "Manager's opinion", by_move=True)
    sent_at = moment("提交时间", "Sent at", by_move=True, computed=True)
    sent_by = person("提交人", "Sent by", by_move=True, computed=True)
    decided_by = line("决定人（客户方）", "Decided by", by_move=True)
    decided_on = day("决定日期", "Decided on", by_move=True)
    decision_channel = choice("决定方式", "Decision given by", CHANNELS, by_move=True)
    conditions = prose("附加条件", "Conditions", by_move=True)
    evidence = link(
        *("决定凭据", "Evidence", "attachment"),
        by_move=True,
        hint=W("先把客户的书面决定附在这条记录上", "attach the customer's decision to it first"),
    )
    witness = person("见证登记人", "Witnessed by", by_move=True, computed=True)
    in_force_from = moment("开始执行时间", "In force from", by_move=True, computed=True)
    outcome = prose("落实情况", "Outcome", by_move=True)
