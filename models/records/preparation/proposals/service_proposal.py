"""Service proposals: how a project's service is to be done, confirmed before it begins."""

from __future__ import annotations

from models.derived.revisions import SHOWN, revised
from models.records.preparation.proposals.service_method import SERVICE_KINDS
from models.schema.fields import choice, choices, count, day, line, link, persons, prose
from models.schema.kind import Kind
from models.schema.lifecycle import FILLED, Bar, Life, Move, Need, NoRow, State, with_reason
from models.schema.lifecycles import (
    customer_decision,
    decision_fields,
    evidence_fields,
    review,
    sent_fields,
)
from models.schema.record import Record
from models.schema.roles import AUTHOR, DEPARTMENT_MANAGER, ENGINEER, LEADS, PROJECT_MANAGER
from models.text.words import W

FEASIBILITY = (
    ("feasible", "可行", "feasible"),
    ("amended", "修订后可行", "feasible as amended"),
    ("infeasible", "不可行", "not feasible"),
)
SECTIONS = (
    *("background", "objects", "scope", "sla", "methods", "people"),
    *("tools", "risks", "schedule", "quality_measures"),
)
"""The fields that a discussion point may be about."""
IN_FORCE = ("approved", "conditional")
INFEASIBLE = W(
    "{number} 的可行性结论为“不可行”，不能通过审核。请退回修改。",
    "{number} was found not feasible and cannot pass the review. Return it.",
)
_WRITERS = (AUTHOR, *LEADS)
_DISCUSSING = State(
    "discussing", W("讨论中", "in discussion"), tone="busy", waits=(AUTHOR, DEPARTMENT_MANAGER)
)
_REVIEW = (
    review(
        (DEPARTMENT_MANAGER,),
        writers=_WRITERS,
        submitted=State("submitted", W("待审核", "to review"), tone="warn"),
        accepted=State(
            "endorsed",
            W("已审核", "reviewed"),
            tone="busy",
            frozen=True,
            waits=(AUTHOR, PROJECT_MANAGER),
        ),
        accept="endorse",
        needs=("scope", "sla", "methods", "feasibility", "participants", "discussed_on"),
    )
    .move(
        "submit",
        label=W("提交审核", "Submit for review"),
        from_=("discussing", "returned"),
        asks=("feasibility", "feasibility_note", "participants", "discussed_on"),
        needs_when=(Need("change_reason", ("follows", FILLED)),),
        needs_rows=(NoRow("discussion_point", states=("open",)),),
    )
    .move("take_back", to="discussing")
    .move(
        "endorse",
        label=W("审核通过", "Review: passed"),
        asks=("opinion",),
        needs=("feasibility",),
        barred=(Bar("feasibility", "infeasible", INFEASIBLE),),
        about=("name", *SECTIONS),
        needs_rows=(NoRow("discussion_point", states=("open",)),),
    )
    .move("return", label=W("退回修改", "Return"), from_=("submitted", "endorsed"))
    .add(
        Move(
            id="discuss",
            label=W("提交讨论", "Submit for discussion"),
            from_=("draft", "returned"),
            to="discussing",
            who=_WRITERS,
            needs=("scope", "methods"),
        ),
        before="submit",
    )
)
_DRAFT, *_REVIEWED = _REVIEW.states
_DECISION = (
    customer_decision(("endorsed",), needs=("addressee",))
    .state("approved", waits=())
    .state("conditional", waits=())
    .move("refuse", requires_comment=True)
)
_AFTER = Life(
    (*SHOWN, State("retired", W("停用", "retired"), ended=True, frozen=True)),
    (
        with_reason("rework", W("退回起草", "Back to draft"), ("refused",), "draft", _WRITERS),
        with_reason("retire", W("停用", "Retire"), IN_FORCE, "retired", LEADS),
    ),
)
_LIFE = Life((_DRAFT, _DISCUSSING, *_REVIEWED), _REVIEW.moves) + _DECISION + _AFTER


@revised(
    follows="follows",
    version="version",
    in_force=IN_FORCE,
    rows={"proposal_method": "stable"},
)
class ServiceProposal(Record):
    """The service proposal 技术服务方案, in numbered versions. Clause: 4.1.1, 4.1.3.

    Drafted by the engineer, discussed by the department manager or the team, supplemented,
    reviewed, and approved by the customer. The review confirms its methods and procedures, too.
    """

    kind = Kind(
        name="service_proposal",
        label=W("技术服务方案", "Service proposal"),
        code="FA",
        row="Q-411",
        clause="4.1.1",
        states=_LIFE.states,
        moves=_LIFE.moves,
        title="name",
        columns=("name", "version", "feasibility", "addressee"),
        writers=(ENGINEER, *LEADS),
        menu=33,
    )

    name = line("方案名称", "Name", required=True)
    version = count("版本", "Version", low="1")
    follows = link("替代版本", "Follows version", "service_proposal")
    change_reason = prose("修订原因", "Why it is revised")
    service_kinds = choices("服务类型", "Kinds of service", SERVICE_KINDS)
    background = prose("项目背景", "Background")
    objects = prose("服务对象", "Objects of service")
    scope = prose("服务范围", "Scope")
    sla = prose("服务级别", "Service levels")
    methods = prose("方法和程序", "Methods, procedures")
    people = prose("人员与资质", "Staff qualification")
    tools = prose("工具与备件", "Tools and spares")
    risks = prose("风险与应急", "Risks, emergencies")
    schedule = prose("进度安排", "Schedule")
    quality_measures = prose("质量保证措施", "Quality measures")
    discussed_on = day("讨论日期", "Discussed on")
    participants = persons("讨论参加人", "Participants")
    feasibility = choice("可行性结论", "Feasibility", FEASIBILITY)
    feasibility_note = prose("可行性说明", "Feasibility remarks")
    opinion = prose("部门经理审核意见", "Manager's opinion", by_move=True)
    addressee = line("提交单位与联系人", "Submitted to")
    sent_at, sent_by = sent_fields()
    decided_by, decided_on, decision_channel = decision_fields()
    conditions = prose("附加条件", "Conditions", by_move=True)
    evidence, witness = evidence_fields()
    environment = prose(
        "批准时的内外部环境",
        "Environment when approved",
        by_move=True,
        computed=True,
        internal=True,
    )
