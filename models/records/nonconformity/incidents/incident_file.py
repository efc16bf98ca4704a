"""Responsibility files of incidents: who is responsible, and what follows for them. Clause: 5.4."""

from __future__ import annotations

from models.schema.company_tables import vocabulary
from models.schema.fields import choice, day, line, link, moment, money, person, prose
from models.schema.kind import Kind, Readers
from models.schema.lifecycle import FILLED, ME, Bar, Deadline, Life, Move, State, with_reason
from models.schema.record import Record
from models.schema.roles import DEPARTMENT_MANAGER, GENERAL_OFFICE, OWNER, QUALITY
from models.text.words import W

READERS = (QUALITY, DEPARTMENT_MANAGER, GENERAL_OFFICE)
DUTIES = (
    ("main", "当事人（主要责任）", "person concerned: main responsibility"),
    ("management", "管理人员（管理责任）", "manager: management responsibility"),
    ("provider", "外包服务提供商", "subcontractor"),
)
SHARES = (
    ("none", "无责任", "none"),
    ("minor", "次要责任", "minor"),
    ("equal", "同等责任", "equal"),
    ("major", "主要责任", "major"),
    ("full", "全部责任", "full"),
)
GRAVITIES = (
    ("light", "情节轻微", "light"),
    ("ordinary", "情节一般", "ordinary"),
    ("grave", "情节严重", "grave"),
)
PENALTIES = (
    ("none", "不予处罚", "none"),
    ("talk", "批评教育", "talk and instruction"),
    ("warning", "警告", "warning"),
    ("notice", "通报批评", "notice of criticism"),
    ("performance", "扣减绩效", "less performance pay"),
    ("compensation", "赔偿部分损失", "part of the loss made good"),
    ("demotion", "调岗或降级", "moved or demoted"),
    ("dismissal", "解除劳动合同", "dismissal"),
    ("contract", "按外包合同扣款", "deduction by the contract"),
    ("other", "其他", "other"),
)
BASES = (
    ("rule", "公司规定", "company rule"),
    ("contract", "外包合同约定", "contract"),
)
vocabulary("incident_penalty", "事故处罚种类", "Penalties for incidents", PENALTIES)
ABOUT_ONESELF = W(
    "{number} 是关于您本人的，须由别人办理。",
    "{number} is about yourself; somebody else does this.",
)
OFFICE_DECIDES = W(
    "管理责任由总经部决定。请交总经部。",
    "Management responsibility is decided by the general manager's office.",
)
THEIR_OWN = W(
    "申诉由本人提出；代录只用于外包服务提供商。",
    "The person appeals themselves; only a subcontractor's appeal is recorded by others.",
)
TOO_LATE = W(
    "申诉期已于 {day} 结束。有新事实的，请总经部重新认定。",
    "The time for an appeal ended on {day}. Where there are new facts, the general manager's"
    " office may reopen it.",
)
TOO_EARLY = W(
    "申诉期到 {day}；之前只有本人接受，决定才生效。",
    "There is time to appeal until {day}; before that it is final only once it is accepted.",
)
DAY_PAST = W(
    "申诉期至 {day} 已经过去。请给出以后的日期。",
    "The day to appeal until, {day}, is past. Give a later one.",
)
_NOT_ONESELF = (Bar("concerned", ME, ABOUT_ONESELF),)
_OWNER, _KEEPERS = (OWNER,), (QUALITY, DEPARTMENT_MANAGER)
_DECIDERS, _OFFICE = (DEPARTMENT_MANAGER, GENERAL_OFFICE), (GENERAL_OFFICE,)
_PROPOSAL = ("facts", "share", "gravity", "penalty", "basis", "clause")
_SELF = ("", "concerned")
"""Who the file is about does not decide on it."""
_HEARING = Life(
    (
        State("opened", W("待本人说明", "to state"), tone="warn", waits=_OWNER, due=""),
        State("heard", W("待拟处理意见", "to propose"), tone="warn", waits=_KEEPERS, due=""),
    ),
    (
        Move(
            id="explain",
            label=W("本人说明", "State one's view"),
            from_=("opened",),
            to="heard",
            who=_OWNER,
            needs=("statement",),
            asks=("statement",),
        ),
        with_reason(
            "record_statement",
            W("代录说明", "Record a statement"),
            ("opened",),
            "heard",
            _KEEPERS,
            barred=_NOT_ONESELF,
            asks=("statement", "comment"),
        ),
        Move(
            id="propose",
            label=W("提出处理意见", "Propose"),
            from_=("heard",),
            to="proposed",
            who=_KEEPERS,
            needs=_PROPOSAL,
            barred=_NOT_ONESELF,
            asks=(*_PROPOSAL, "amount"),
            binds=True,
        ),
    ),
)
_DECIDING = Life(
    (
        State(
            "proposed",
            W("待决定", "to decide"),
            tone="warn",
            frozen=True,
            waits=_DECIDERS,
            reopen="take_back",
            due="",
        ),
        State("decided", W("已决定，可申诉", "decided"), tone="busy", frozen=True, waits=_OWNER),
    ),
    (
        Move(
            id="take_back",
            label=W("撤回修改", "Take back"),
            from_=("proposed",),
            to="heard",
            who=_KEEPERS,
        ),
        with_reason("return", W("退回修改", "Return"), ("proposed",), "heard", _DECIDERS),
        Move(
            id="give_decision",
            label=W("作出决定", "Decide"),
            from_=("proposed",),
            to="decided",
            who=_DECIDERS,
            needs=("duty", "decision", "appeal_until"),
            barred=(Bar("duty", "management", OFFICE_DECIDES, unless=_OFFICE),),
            dated=(Deadline("appeal_until", "until", DAY_PAST),),
            asks=("decision", "appeal_until", "comment"),
            fills={"decided_at": "now", "decided_by": "me"},
            four_eyes=True,
            apart_from=(_SELF,),
        ),
    ),
)
_APPEAL = Life(
    (
        State(
            "appealed", W("申诉待答复", "appealed"), tone="bad", frozen=True, waits=_OFFICE, due=""
        ),
        State("final", W("已生效", "final"), frozen=True, ended=True),
    ),
    (
        Move(
            id="consent",
            label=W("接受决定", "Accept the decision"),
            from_=("decided",),
            to="final",
            who=_OWNER,
            asks=("comment",),
        ),
        Move(
            id="appeal",
            label=W("申诉", "Appeal"),
            from_=("decided",),
            to="appealed",
            who=(OWNER, *_KEEPERS),
            needs=("appeal", "appeal_until"),
            barred=(Bar("concerned", FILLED, THEIR_OWN, unless=_OWNER),),
            dated=(Deadline("appeal_until", "until", TOO_LATE),),
            asks=("appeal",),
            fills={"appealed_at": "now", "appealed_by": "me"},
            binds=True,
        ),
        Move(
            id="take_effect",
            label=W("期满生效", "No appeal came"),
            from_=("decided",),
            to="final",
            who=READERS,
            needs=("appeal_until",),
            barred=_NOT_ONESELF,
            dated=(Deadline("appeal_until", "after", TOO_EARLY),),
            asks=("comment",),
            binds=True,
        ),
        Move(
            id="uphold",
            label=W("维持原决定", "Uphold the decision"),
            from_=("appealed",),
            to="final",
            who=_OFFICE,
            needs=("answer",),
            asks=("answer",),
            fills={"answered_at": "now", "answered_by": "me", "outcome": "=upheld"},
            four_eyes=True,
            about=("decision",),
            apart_from=(("", "give_decision"), _SELF),
        ),
        Move(
            id="amend",
            label=W("变更决定", "Change the decision"),
            from_=("appealed",),
            to="final",
            who=_OFFICE,
            needs=("answer", "penalty", "clause"),
            asks=("answer", "penalty", "amount", "clause"),
            fills={"answered_at": "now", "answered_by": "me", "outcome": "=amended"},
            four_eyes=True,
            about=("decision",),
            apart_from=(("", "give_decision"), _SELF),
        ),
        with_reason("reopen", W("重新认定", "Reopen"), ("final",), "heard", _OFFICE),
    ),
)
_LIFE = _HEARING + _DECIDING + _APPEAL


class IncidentFile(Record):
    """The responsibility file 责任认定 of one party to an incident. Clause: 5.4.

    当事人负有主要责任，管理人员负有管理责任: each has a file of their own, so that one does not
    read of another, and so has each subcontractor. Read by quality, the department manager, the
    general manager's office and the person; no other device has a byte of it.
    """

    kind = Kind(
        name="incident_file",
        label=W("事故责任认定", "Responsibility file"),
        code="QF",
        row="Q-54",
        clause="5.4",
        space="restricted",
        readers=Readers(roles=READERS, people=("concerned",)),
        writers=READERS,
        key=("incident", "concerned", "provider"),
        owner="concerned",
        states=_LIFE.states,
        moves=_LIFE.moves,
        title="duty",
        columns=("concerned", "provider", "incident", "share", "penalty", "appeal_until"),
        due="appeal_until",
        menu=42,
    )

    incident = link("质量事故", "Quality incident", "incident", required=True, at_birth=True)
    duty = choice("责任类别", "Responsibility as", DUTIES, required=True)
    concerned = person("责任人", "Person", at_birth=True)
    provider = link("外包服务提供商", "Subcontractor", "provider", at_birth=True)
    statement = prose("本人说明", "Their statement", by_move=True)
    facts = prose("责任事实", "Facts", asked_from="heard")
    share = choice("责任大小", "Share", SHARES, asked_from="heard")
    gravity = choice("情节轻重", "Circumstances", GRAVITIES, asked_from="heard")
    penalty = choice("处罚", "Penalty", PENALTIES, of="incident_penalty", asked_from="heard")
    amount = money("金额", "Amount", low="0", asked_from="heard")
    basis = choice("处罚依据", "By", BASES, asked_from="heard")
    clause = line("条款", "Clause", hint=W("名称和第几条", "title and number"), asked_from="heard")
    decision = prose("处理决定", "Decision", by_move=True)
    decided_at = moment("决定时间", "Decided at", by_move=True, computed=True)
    decided_by = person("决定人", "Decided by", by_move=True, computed=True)
    appeal_until = day("申诉期至", "Appeal until", by_move=True)
    appeal = prose("申诉理由", "Appeal", by_move=True)
    appealed_at = moment("申诉时间", "Appealed at", by_move=True, computed=True)
    appealed_by = person("申诉登记人", "Appeal noted by", by_move=True, computed=True)
    answer = prose("申诉答复", "Answer to the appeal", by_move=True)
    outcome = choice(
        "申诉结果",
        "Outcome",
        (("upheld", "维持", "upheld"), ("amended", "变更", "changed")),
        by_move=True,
        computed=True,
    )
    answered_at = moment("答复时间", "Answered at", by_move=True, computed=True)
    answered_by = person("答复人", "Answered by", by_move=True, computed=True)
