"""Complaints 投诉: received, acknowledged, handled, answered, accepted or not, closed."""

from __future__ import annotations

from models.book.tables.procedures import follows_procedure, procedure_fields
from models.records.tables.shipped_procedures import COMPLAINTS
from models.schema.fields import choice, choices, day, line, link, moment, person, prose
from models.schema.kind import Kind
from models.schema.lifecycle import Move, State, with_reason
from models.schema.record import Record
from models.schema.roles import EVERYONE, LEADS, OWNER, QUALITY, SERVICE_DESK
from models.text.words import W

SOURCES = (
    ("customer", "客户直接投诉", "the customer"),
    ("survey", "回访中的不满意", "a dissatisfied answer"),
    ("service", "不规范服务", "irregular service"),
    ("other", "其他", "other"),
)
WAYS = (
    ("phone", "电话", "phone"),
    ("mail", "邮件", "e-mail"),
    ("letter", "来函", "letter"),
    ("visit", "当面", "in person"),
    ("survey", "回访", "follow-up"),
)
SUBJECTS = (
    ("conduct", "服务规范与态度", "conduct and attitude"),
    ("timeliness", "响应与时效", "response and time"),
    ("quality", "技术与质量", "technical quality"),
    ("documents", "文档资料", "documents"),
    ("other", "其他", "other"),
)
REACTIONS = (
    ("satisfied", "满意", "satisfied"),
    ("accepted", "接受", "accepts it"),
    ("silent", "多次征询未答复", "asked several times, no answer"),
)
OUTCOMES = (
    ("nothing", "不需要其他记录", "nothing further"),
    ("corrective_action", "纠正或预防措施", "corrective or preventive action"),
    ("irregular_service", "不规范服务", "irregular service"),
    ("incident", "质量事故", "quality incident"),
)
"""What a complaint led to; all but the first are the names of the types of these records."""
HANDLERS = (SERVICE_DESK, *LEADS, OWNER)
OPEN = ("received", "acknowledged", "handling", "answered", "accepted")

_STATES = (
    State("received", W("已受理，待确认", "received"), tone="warn", waits=(SERVICE_DESK,)),
    State("acknowledged", W("已确认，待处理", "acknowledged"), tone="warn", waits=LEADS),
    State("handling", W("处理中", "being handled"), tone="busy", waits=(OWNER,)),
    State("answered", W("已答复，待反馈", "answered"), tone="warn", waits=(SERVICE_DESK,)),
    State("accepted", W("客户已接受", "accepted"), tone="good", waits=(SERVICE_DESK, QUALITY)),
    State("closed", W("已关闭", "closed"), ended=True, frozen=True),
    State("withdrawn", W("客户已撤回", "withdrawn"), ended=True, frozen=True),
)
_MOVES = (
    Move(
        id="confirm_receipt",
        label=W("确认收到", "Acknowledge"),
        from_=("received",),
        to="acknowledged",
        who=(SERVICE_DESK, *LEADS),
        needs=("statement", "complainant", "acknowledged_by_way"),
        asks=("acknowledged_by_way", "handler", "comment"),
        fills={"acknowledged_at": "now", "acknowledged_by": "me"},
    ),
    Move(
        id="handle",
        label=W("开始处理", "Begin to handle"),
        from_=("acknowledged",),
        to="handling",
        who=HANDLERS,
        needs=("handler",),
        asks=("handler", "comment"),
    ),
    Move(
        id="answer",
        label=W("答复客户", "Answer the customer"),
        from_=("handling",),
        to="answered",
        who=HANDLERS,
        needs=("cause", "measure", "reply", "answer_way"),
        asks=("cause", "measure", "reply", "answer_way", "comment"),
        fills={"answered_at": "now", "answered_by": "me"},
    ),
    Move(
        id="accept",
        label=W("客户接受", "The customer accepts"),
        from_=("answered",),
        to="accepted",
        who=(SERVICE_DESK, *LEADS),
        needs=("reaction",),
        asks=("reaction", "reaction_words", "comment"),
        fills={"reaction_at": "now", "reaction_by": "me"},
    ),
    with_reason(
        "refuse",
        W("客户不接受", "The customer does not accept"),
        ("answered",),
        "handling",
        (SERVICE_DESK, *LEADS),
        asks=("reaction_words", "comment"),
    ),
    Move(
        id="close",
        label=W("关闭", "Close"),
        from_=("accepted",),
        to="closed",
        who=(SERVICE_DESK, QUALITY),
        needs=("measure", "reply", "outcomes"),
        asks=("outcomes", "comment"),
        four_eyes=True,
        apart_from=(("", "answer"),),
    ),
    with_reason(
        "withdraw",
        W("客户撤回", "Withdrawn by the customer"),
        ("received", "acknowledged", "handling", "answered"),
        "withdrawn",
        (SERVICE_DESK, QUALITY),
    ),
    with_reason(
        "reopen",
        W("重新打开", "Reopen"),
        ("accepted", "closed", "withdrawn"),
        "handling",
        (SERVICE_DESK, QUALITY, *LEADS),
    ),
)


class Complaint(Record):
    """A customer's complaint, recorded by anybody on the project. Clause: 5.3.2(4).

    It follows the complaint handling procedure that was in force when it was received: each step
    sets the day by which the next one is due.
    """

    kind = Kind(
        name="complaint",
        label=W("客户投诉", "Complaint"),
        code="CP",
        row="Q-532d",
        clause="5.3.2(4)",
        states=_STATES,
        moves=_MOVES,
        title="subject",
        columns=("subject", "complainant", "category", "due", "handler"),
        writers=(*EVERYONE, OWNER),
        due="due",
        owner="handler",
        watched=True,
        watchers=(QUALITY,),
        menu=46,
    )

    subject = line("投诉事由", "Subject", required=True)
    source = choice("来源", "Source", SOURCES)
    way = choice("受理方式", "Received by", WAYS)
    received_on = day("受理日期", "Received on")
    customer = link("客户", "Customer", "customer")
    complainant = line("投诉人", "Complainant")
    contact = line("联系方式", "Contact", max=120)
    category = choice("投诉类别", "Category", SUBJECTS)
    statement = prose("投诉内容", "What is complained of")
    response = link("回访对象", "Person asked", "survey_response", at_birth=True)
    source_record = link("来源记录", "Source record", "")
    due = day("办理期限", "Due")
    acknowledged_by_way = choice("确认方式", "Acknowledged by way of", WAYS[:4], by_move=True)
    acknowledged_at = moment("确认时间", "Acknowledged at", by_move=True, computed=True)
    acknowledged_by = person("确认人", "Acknowledged by (us)", by_move=True, computed=True)
    handler = person("处理人", "Handler")
    investigation = prose("调查情况", "Investigation", asked_from="acknowledged")
    cause = prose("原因", "Cause", asked_from="handling")
    measure = prose("处理情况", "What was done", asked_from="handling")
    reply = prose("答复内容", "Answer", asked_from="handling")
    answer_way = choice("答复方式", "Answered by way of", WAYS[:4], asked_from="handling")
    answered_at = moment("答复时间", "Answered at", by_move=True, computed=True)
    answered_by = person("答复人", "Answered by (us)", by_move=True, computed=True)
    reaction = choice("客户反馈", "Reaction", REACTIONS, by_move=True)
    reaction_words = prose("客户原话", "The customer's words", by_move=True)
    reaction_at = moment("反馈时间", "Reaction at", by_move=True, computed=True)
    reaction_by = person("征询人", "Asked by", by_move=True, computed=True)
    outcomes = choices("所引起的记录", "What it led to", OUTCOMES, by_move=True)
    by_procedure, procedure_version = procedure_fields()


follows_procedure(Complaint.kind.name, COMPLAINTS)
