"""Escalations: what is complex, systemic, not solvable soon or needs several parties."""

from __future__ import annotations

from models.derived.gates import passed_before
from models.records.problems.fix import CAUSE_CLASSES, HOLDS_IT, MARK, REASONS, SEVERITIES
from models.schema.fields import choice, day, flag, line, link, moment, person, prose
from models.schema.kind import Kind
from models.schema.lifecycle import Life, Move, State, with_reason
from models.schema.lifecycles import verification, verification_fields
from models.schema.record import Record
from models.schema.roles import AUTHOR, DEPARTMENT_MANAGER, ENGINEER, LEADS
from models.text.words import W

_MANAGER = (DEPARTMENT_MANAGER,)
_DECISIONS = Life(
    (
        State("reported", W("待受理", "to accept"), tone="warn", waits=_MANAGER),
        State(
            "returned",
            W("已退回现场", "returned to site"),
            tone="bad",
            returned=True,
            waits=(AUTHOR,),
        ),
        State("accepted", W("已受理", "accepted"), tone="busy", waits=_MANAGER),
        State("drafted", W("方案待批", "solution to approve"), tone="warn", waits=_MANAGER),
        State("approved", W("方案已批", "solution approved"), tone="busy", waits=(AUTHOR,)),
        State("working", W("实施中", "in work"), tone="busy", waits=(AUTHOR,)),
    ),
    (
        Move(
            id="accept",
            label=W("受理", "Accept"),
            from_=("reported",),
            to="accepted",
            who=_MANAGER,
            needs=("phenomenon", "due", "group_lead"),
            asks=("due", "group_lead", "comment"),
        ),
        Move(
            id="return",
            label=W("退回现场并给出意见", "Return with advice"),
            from_=("reported", "accepted"),
            to="returned",
            who=_MANAGER,
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
            who=_MANAGER,
            needs=("solution",),
            asks=("comment",),
            four_eyes=True,
            about=("solution",),
        ),
        with_reason(
            "revise",
            W("方案退回修改", "Return solution"),
            ("drafted", "approved"),
            "accepted",
            _MANAGER,
        ),
        Move(id="start", label=W("开始实施", "Start work"), from_=("approved",), to="working"),
    ),
)
_LIFE = _DECISIONS + verification(
    ("approved", "working"),
    "working",
    needs=("cause", "measure"),
    asks=("cause_class", "measure"),
).state("verified", waits=(AUTHOR, DEPARTMENT_MANAGER)).add(
    Move(
        id="settle",
        label=W("现场已解决", "Solved on site"),
        from_=("reported", "returned"),
        to="closed",
        hidden=True,
    ),
    Move(
        id="unsettle",
        label=W("仍须受理", "Not solved on site"),
        from_=("closed",),
        to="reported",
        hidden=True,
    ),
    MARK,
    before="reopen",
)
_REOPENED = State(
    "reopened",
    W("让步到期，重新打开", "reopened"),
    tone="bad",
    waits=(AUTHOR, DEPARTMENT_MANAGER),
    derived=True,
)
"""Shown while an expired concession names it: it waits with its manager, without a move."""


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
        states=(_LIFE.states[0], _REOPENED, *_LIFE.states[1:]),
        moves=_LIFE.moves,
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
    source = link("来源", "Source", "", hint=W("检查发现等记录的编号", "number of the finding"))
    reason_kind = choice("升级原因", "Reason", REASONS)
    severity = choice("严重程度", "Severity", SEVERITIES)
    done_so_far = prose("已做的处理", "Actions taken")
    department_manager = person("上报部门经理", "Department manager")
    due = day("要求完成日期", "Due", asked_from="accepted")
    group_lead = person("攻关组负责人", "Working group lead", asked_from="accepted")
    advice = prose("退回意见", "Advice", asked_from="returned")
    solution = prose("解决方案", "Solution", asked_from="accepted")
    cause = prose("原因", "Cause", asked_from="accepted")
    cause_class = choice(
        "原因类别", "Cause category", CAUSE_CLASSES, of="cause_class", asked_from="accepted"
    )
    measure = prose("解决措施", "Measure", asked_from="accepted")
    fixed_at = moment("处理时间", "Fixed at", asked_from="working")
    fixed_by = person("处理人", "Fixed by", asked_from="working")
    milestone = link("所涉里程碑", "Milestone", "milestone", at_birth=True, hint=HOLDS_IT)
    delivery = link("所涉交付", "Delivery", "delivery", at_birth=True, hint=HOLDS_IT)
    passed_before = passed_before()
    typical = flag("典型、特殊或可避免", "Worth sharing?", asked_from="accepted")
    verify_method, verify_result, verified_at, verified_by = verification_fields()
