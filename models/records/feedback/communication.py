"""Communication with customers 客户沟通: planned, held, and what was promised."""

from __future__ import annotations

from models.book.tables.procedures import follows_procedure, procedure_fields
from models.records.tables.shipped_procedures import COMMUNICATION
from models.schema.fields import choice, day, line, link, person, prose
from models.schema.kind import Kind
from models.schema.lifecycle import Move, State, with_reason
from models.schema.record import Record
from models.schema.roles import EVERYONE, LEADS, OWNER, SERVICE_DESK
from models.text.words import W

CHANNELS = (
    ("management", "高层主动沟通", "senior management"),
    ("service_report", "项目服务报告", "service report"),
    ("service_desk", "服务台", "service desk"),
    ("complaint", "客户投诉管理", "complaint management"),
    ("survey", "客户满意度调查", "satisfaction survey"),
)
FORMS = (
    ("phone", "电话", "phone"),
    ("mail", "邮件", "e-mail"),
    ("on_site", "现场会议", "meeting on site"),
    ("by_phone", "电话会议", "phone conference"),
    ("online", "网络会议", "online meeting"),
)
_LEADERS = (*LEADS, SERVICE_DESK, OWNER)


class Communication(Record):
    """One contact with a customer, as planned and as held. Clause: 5.5."""

    kind = Kind(
        name="communication",
        label=W("客户沟通", "Communication"),
        code="CO",
        row="Q-55",
        clause="5.5",
        states=(
            State("planned", W("已计划", "planned"), tone="busy", waits=(OWNER,), waits_from=7),
            State("held", W("已完成", "held"), tone="good", ended=True),
            State("cancelled", W("已取消", "cancelled"), ended=True, frozen=True),
        ),
        moves=(
            Move(
                id="hold",
                label=W("登记完成", "Held"),
                from_=("planned",),
                to="held",
                needs=("channel", "form", "held_on", "with_whom", "topics", "agreed"),
                asks=("form", "held_on", "with_whom", "topics", "agreed", "comment"),
            ),
            with_reason("cancel", W("取消", "Cancel"), ("planned",), "cancelled", _LEADERS),
            with_reason(
                "reopen", W("重新打开", "Reopen"), ("held", "cancelled"), "planned", _LEADERS
            ),
        ),
        title="subject",
        columns=("subject", "channel", "form", "due", "held_on", "with_whom"),
        writers=(*EVERYONE, OWNER),
        due="due",
        owner="contact",
        menu=47,
    )

    subject = line("沟通主题", "Subject", required=True)
    channel = choice("沟通渠道", "Channel", CHANNELS)
    form = choice("沟通形式", "Form", FORMS)
    due = day("计划日期", "Planned for")
    contact = person("我方负责人", "Our contact")
    customer = link("客户", "Customer", "customer")
    held_on = day("沟通日期", "Held on")
    with_whom = line("对方人员", "With whom")
    present = line("我方参加人员", "Present from us")
    place = line("地点或号码", "Place or number")
    topics = prose("沟通内容", "What about")
    agreed = prose(
        "商定事项", "What was agreed", hint=W("没有就写“无”", "“none” where nothing was")
    )
    source_record = link("所涉记录", "About the record", "")
    by_procedure, procedure_version = procedure_fields()


follows_procedure(Communication.kind.name, COMMUNICATION)
