"""Quality incidents 质量事故: reported, levelled, looked into, reviewed, closed. Clause: 5.4."""

from __future__ import annotations

from models.book.tables.procedures import follows_procedure, procedure_fields
from models.records.nonconformity.incidents.incident_levels import (
    BUSINESS,
    INPUTS,
    LEVELS,
    REPUTATION,
    SYSTEM,
    TABLE,
)
from models.records.nonconformity.incidents.incident_procedure import HANDLING
from models.records.problems.fix import CAUSE_CLASSES
from models.schema.fields import (
    choice,
    choices,
    day,
    flag,
    line,
    link,
    moment,
    money,
    number,
    person,
    persons,
    prose,
)
from models.schema.kind import Kind
from models.schema.lifecycle import Life, Move, State, with_reason
from models.schema.record import Record
from models.schema.roles import (
    AUTHOR,
    DEPARTMENT_MANAGER,
    EVERYONE,
    GENERAL_OFFICE,
    LEADS,
    OWNER,
    QUALITY,
)
from models.text.words import W

PARTIES = (
    ("staff", "公司员工", "own staff"),
    ("provider", "外包服务提供商", "a subcontractor"),
)
NAMELESS = W("不写姓名", "without names")
_QUALITY, _REVIEWERS = (QUALITY,), (QUALITY, DEPARTMENT_MANAGER)
_FOUND = ("restored_at", "cause", "cause_class", "measure", "at_fault")
_REVIEWED = ("review_on", "attendees", "review", "lessons")
_LEVELLING = Life(
    (
        State("noted", W("待上报", "to report"), tone="warn", waits=(AUTHOR,)),
        State("reported", W("待定级", "to level"), tone="bad", waits=_QUALITY),
    ),
    (
        Move(
            id="report",
            label=W("上报", "Report"),
            from_=("noted",),
            to="reported",
            needs=("facts", "began_at", *INPUTS),
            asks=INPUTS,
            fills={"reported_at": "now", "reported_by": "me"},
            decided_by=TABLE,
        ),
        Move(
            id="take_back",
            label=W("撤回修改", "Take back"),
            from_=("reported",),
            to="noted",
        ),
        with_reason(
            "confirm_level",
            W("确定级别", "Confirm the level"),
            ("reported",),
            "handling",
            _QUALITY,
            needs=("level", "handler"),
            asks=("level", "handler", "comment"),
            fills={"levelled_at": "now", "levelled_by": "me"},
            four_eyes=True,
            about=("facts", *INPUTS),
        ),
        with_reason(
            "dismiss", W("不构成质量事故", "Not an incident"), ("reported",), "dismissed", _QUALITY
        ),
        with_reason(
            "relevel",
            W("重新定级", "Level anew"),
            ("handling", "investigated", "reviewed", "dismissed"),
            "noted",
            _REVIEWERS,
        ),
    ),
)
_HANDLING = Life(
    (
        State("handling", W("处理中", "being handled"), tone="busy", waits=(OWNER,)),
        State(
            "investigated",
            W("待评审", "to review"),
            tone="warn",
            frozen=True,
            waits=_REVIEWERS,
            reopen="send_back",
        ),
        State("reviewed", W("待结案", "to close"), tone="good", frozen=True, waits=_QUALITY),
        State("closed", W("已结案", "closed"), frozen=True, ended=True),
        State("dismissed", W("不构成质量事故", "not an incident"), frozen=True, ended=True),
    ),
    (
        Move(
            id="conclude",
            label=W("查清，提交评审", "Findings complete"),
            from_=("handling",),
            to="investigated",
            who=(OWNER, *LEADS),
            needs=_FOUND,
            asks=_FOUND,
            fills={"concluded_at": "now", "concluded_by": "me"},
            binds=True,
        ),
        with_reason(
            "send_back",
            W("退回补充", "Send back"),
            ("investigated",),
            "handling",
            (OWNER, *_REVIEWERS),
        ),
        Move(
            id="review",
            label=W("评审完成", "Review held"),
            from_=("investigated",),
            to="reviewed",
            who=_REVIEWERS,
            needs=_REVIEWED,
            asks=_REVIEWED,
            fills={"reviewed_at": "now", "reviewed_by": "me"},
            four_eyes=True,
            about=("cause", "measure"),
            apart_from=(("", "conclude"),),
        ),
        Move(
            id="close",
            label=W("结案", "Close"),
            from_=("reviewed",),
            to="closed",
            who=_QUALITY,
            asks=("no_actions", "comment"),
            fills={"closed_at": "now", "closed_by": "me"},
        ),
        with_reason(
            "reopen", W("重新处理", "Reopen"), ("reviewed", "closed"), "handling", _REVIEWERS
        ),
    ),
)
_LIFE = _LEVELLING + _HANDLING


class Incident(Record):
    """A quality incident 质量事故: harm to a customer that we caused. Clause: 5.4.

    A rule table proposes its level, quality confirms one with a reason. Everybody on the project
    reads it, and it is without names: who is responsible, and what follows for them, stands in
    restricted files (`models.records.nonconformity.incidents.incident_file`).
    """

    kind = Kind(
        name="incident",
        label=W("质量事故", "Quality incident"),
        code="QI",
        row="Q-54",
        clause="5.4",
        states=_LIFE.states,
        moves=_LIFE.moves,
        title="subject",
        columns=("subject", "level", "began_at", "due", "handler"),
        writers=(*EVERYONE, OWNER),
        owner="handler",
        due="due",
        watched=True,
        watchers=(QUALITY, GENERAL_OFFICE),
        indexes=(("began_at",),),
        menu=43,
    )

    subject = line("事由", "Subject", required=True, hint=NAMELESS)
    site = link("现场", "Site", "site")
    equipment = link("设备或系统", "Equipment", "equipment", follows="site")
    source = link(
        "来源",
        "Source",
        "",
        hint=W("处置、升级、投诉等记录的编号", "number of the fix, escalation or complaint"),
    )
    began_at = moment("事故开始", "Incident began")
    found_at = moment("事故发现", "Incident found")
    restored_at = moment("业务恢复", "Service restored")
    outage = flag(
        "同时是系统事故",
        "System accident",
        hint=W("客户系统中断，考核质量目标时计入", "the customer's system was down; for 6.2"),
    )
    facts = prose("事故经过", "Facts", hint=NAMELESS)
    emergency = prose("应急处置", "Emergency handling")
    system_impact = choice("对客户系统的影响", "Impact on the system", SYSTEM)
    business_impact = choice("对客户业务的影响", "Impact on business", BUSINESS)
    hours = number("影响时长（小时）", "Duration (h)", low="0")
    customer_loss = money("客户损失", "Customer's loss", low="0")
    company_loss = money("公司损失", "Our loss", low="0")
    reputation = choice("对商誉的影响", "Reputation", REPUTATION)
    proposed_level = choice(
        "按规则的级别", "Level by the rules", LEVELS, by_move=True, computed=True
    )
    level = choice("级别", "Level", LEVELS, by_move=True)
    handler = person("处理负责人", "Handled by", by_move=True)
    due = day("办理期限", "Due", asked_from="handling")
    at_fault = choices("造成事故的一方", "Caused by", PARTIES, asked_from="handling")
    cause = prose("原因", "Cause", hint=NAMELESS, asked_from="handling")
    cause_class = choice(
        "原因类别", "Cause category", CAUSE_CLASSES, of="cause_class", asked_from="handling"
    )
    measure = prose("处理与恢复", "Handling and recovery", asked_from="handling")
    review_on = day("评审日期", "Reviewed on", by_move=True)
    attendees = persons("评审人员", "Present at the review", by_move=True)
    review = prose("评审结论", "Conclusion of the review", by_move=True)
    lessons = prose("经验教训", "Lessons", hint=NAMELESS, by_move=True)
    no_actions = prose(
        "不另定措施的理由",
        "Why no actions",
        by_move=True,
        hint=W("已下达纠正或预防措施就空着", "empty where actions were ordered"),
    )
    reported_at = moment("上报时间", "Reported at", by_move=True, computed=True)
    reported_by = person("上报人", "Reported by", by_move=True, computed=True)
    levelled_at = moment("定级时间", "Levelled at", by_move=True, computed=True)
    levelled_by = person("定级人", "Levelled by", by_move=True, computed=True)
    concluded_at = moment("提交评审时间", "Findings at", by_move=True, computed=True)
    concluded_by = person("提交评审人", "Findings by", by_move=True, computed=True)
    reviewed_at = moment("评审登记时间", "Review noted at", by_move=True, computed=True)
    reviewed_by = person("评审登记人", "Review noted by", by_move=True, computed=True)
    closed_at = moment("结案时间", "Closed at", by_move=True, computed=True)
    closed_by = person("结案人", "Closed by", by_move=True, computed=True)
    by_procedure, procedure_version = procedure_fields()


follows_procedure(Incident.kind.name, HANDLING)
