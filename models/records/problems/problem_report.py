"""Problem reports: the analysis and handling of a typical, special or avoidable problem."""

from __future__ import annotations

from models.records.problems.fix import CAUSE_CLASSES, FOUND_DURING, SEVERITIES
from models.schema.fields import choice, day, line, link, moment, person, prose
from models.schema.kind import Kind
from models.schema.lifecycle import Life, Move, State, with_reason
from models.schema.lifecycles import review
from models.schema.record import Record
from models.schema.roles import AUTHOR, DEPARTMENT_MANAGER, LEADS, PROJECT_MANAGER
from models.text.words import W

REASONS = (
    ("typical", "典型问题", "typical"),
    ("special", "特殊问题", "special"),
    ("avoidable", "可避免的不合格", "avoidable"),
)
AUDIENCES = (
    ("customer", "提交客户", "for the customer"),
    ("experience", "作为经验保留", "kept as experience"),
    ("both", "提交客户并作为经验保留", "both"),
)
WHERE_DIFFERENT = W("只在与内部版不同时填写", "only where it differs from the internal one")

_REPORTERS = (AUTHOR, *LEADS)
_APPROVED = State(
    "approved", W("已批准", "approved"), tone="good", frozen=True, waits=(AUTHOR, PROJECT_MANAGER)
)
_REVIEW = (
    review(
        LEADS,
        draft=State("drafting", W("编写中", "drafting"), tone="busy", waits=(AUTHOR,)),
        submitted=State("submitted", W("待审核", "to review"), tone="warn"),
        accepted=State(
            "reviewed",
            W("待批准", "to approve"),
            tone="warn",
            frozen=True,
            waits=(DEPARTMENT_MANAGER,),
        ),
        accept="review",
        needs=("phenomenon", "cause_direct", "solution", "follow_up", "audience"),
    )
    .move("submit", label=W("提交审核", "Submit for review"), asks=("audience",))
    .move("take_back", who=_REPORTERS)
    .move("review", label=W("审核通过", "Review: passed"), asks=("comment",))
    .move("return", label=W("退回修改", "Return"), from_=("submitted", "reviewed"))
    .add(
        Move(
            id="approve",
            label=W("批准", "Approve"),
            from_=("reviewed",),
            to="approved",
            who=(DEPARTMENT_MANAGER,),
            asks=("comment",),
            four_eyes=True,
            not_author=True,
        ),
        before="return",
    )
)
_LIFE = _REVIEW + Life(
    (
        _APPROVED,
        State("issued", W("已提交客户", "issued"), tone="good", frozen=True, ended=True),
        State("published", W("已入经验库", "kept"), tone="good", frozen=True, ended=True),
    ),
    (
        Move(
            id="issue",
            label=W("登记已提交客户", "Given to the customer"),
            from_=("approved", "published"),
            to="issued",
            who=_REPORTERS,
            needs=("issued_to", "issued_file"),
            asks=("issued_to", "issued_file", "comment"),
            fills={"issued_file": "attached", "issued_at": "now", "issued_by": "me"},
        ),
        Move(
            id="publish",
            label=W("收入经验库", "Keep as experience"),
            from_=("approved", "issued"),
            to="published",
            who=_REPORTERS,
            fills={"published_at": "now", "published_by": "me"},
        ),
        with_reason(
            "revise",
            W("修订", "Revise"),
            ("approved", "issued", "published"),
            "drafting",
            _REPORTERS,
        ),
    ),
)


class ProblemReport(Record):
    """The problem analysis and handling report 问题分析处理报告. Clause: 5.3.1(2).

    One record has two editions; the fields `customer_…` hold what the customer's edition says
    differently.
    """

    kind = Kind(
        name="problem_report",
        label=W("问题分析处理报告", "Problem report"),
        code="PR",
        row="Q-531d",
        clause="5.3.1(2)",
        states=_LIFE.states,
        moves=_LIFE.moves,
        title="subject",
        columns=("subject", "reason", "equipment", "due", "audience"),
        due="due",
        menu=32,
    )

    subject = line("报告标题", "Subject")
    reason = choice("编写原因", "Why a report", REASONS)
    severity = choice("严重程度", "Severity", SEVERITIES)
    site = link("现场", "Site", "site")
    equipment = link("设备或系统", "Equipment", "equipment", follows="site")
    fix = link("现场处置", "On-site fix", "fix")
    escalation = link("问题升级", "Escalation", "escalation")
    incident = link("质量事故", "Quality incident", "incident")
    due = day("要求完成日期", "Due")
    found_during = choice("发现途径", "Found during", FOUND_DURING)
    phenomenon = prose("问题现象", "Problem")
    timeline = prose(
        "经过", "Timeline", hint=W("一行一事，写到分钟", "one event a line, to the minute")
    )
    impact = prose(
        "影响范围", "Impact", hint=W("用户、业务、时长、数据", "users, business, time, data")
    )
    emergency = prose("应急处置", "Emergency handling")
    cause_direct = prose("直接原因", "Direct cause")
    cause_root = prose("根本原因", "Root cause")
    cause_contributing = prose("促成因素", "Contributing causes")
    cause_class = choice("原因类别", "Cause category", CAUSE_CLASSES, of="cause_class")
    solution = prose("处理过程与解决方案", "Handling and solution")
    verification = prose("验证情况", "Verification")
    follow_up = prose("后续解决情况与遗留问题", "Follow-up and leftovers")
    measures = prose("纠正和预防措施", "Corrective and preventive measures")
    lessons = prose(
        "经验教训", "Lessons", hint=W("同类系统是否已排查", "were similar systems checked")
    )
    audience = choice("去向", "Audience", AUDIENCES)
    customer_phenomenon = prose(
        "客户版：问题现象", "Customer edition: problem", hint=WHERE_DIFFERENT
    )
    customer_impact = prose("客户版：影响范围", "Customer edition: impact", hint=WHERE_DIFFERENT)
    customer_cause = prose("客户版：原因分析", "Customer edition: causes", hint=WHERE_DIFFERENT)
    customer_solution = prose(
        "客户版：处理与方案", "Customer edition: solution", hint=WHERE_DIFFERENT
    )
    customer_follow_up = prose(
        "客户版：后续情况", "Customer edition: follow-up", hint=WHERE_DIFFERENT
    )
    issued_to = line("客户接收人与方式", "Received by, and how", by_move=True)
    issued_file = link(
        "提交凭据",
        "Evidence of sending",
        "attachment",
        by_move=True,
        hint=W("先把发出的文件或回执附上", "attach what was sent, or the receipt, first"),
    )
    issued_at = moment("提交时间", "Given at", by_move=True, computed=True)
    issued_by = person("提交人", "Given by", by_move=True, computed=True)
    published_at = moment("入库时间", "Kept at", by_move=True, computed=True)
    published_by = person("入库人", "Kept by", by_move=True, computed=True)
