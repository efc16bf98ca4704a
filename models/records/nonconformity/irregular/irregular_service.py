"""Irregular services: conduct against the service norms, corrected at once or referred on."""

from __future__ import annotations

from models.schema.company_tables import vocabulary
from models.schema.fields import choice, day, line, link, moment, person, prose
from models.schema.kind import Kind
from models.schema.lifecycle import Life, Move, State, with_reason
from models.schema.record import Record
from models.schema.roles import (
    AUTHOR,
    DEPARTMENT_MANAGER,
    GENERAL_OFFICE,
    LEADS,
    OWNER,
    QUALITY,
    SERVICE_DESK,
)
from models.text.words import W

FOUND_IN = (
    ("routine", "常规质量检查", "routine check"),
    ("quarterly", "定期质量检查", "quarterly check"),
    ("random", "随机质量检查", "random check"),
    ("complaint", "客户抱怨或投诉", "complaint"),
    ("survey", "质量回访", "satisfaction follow-up"),
    ("other", "其他", "other"),
)
CATEGORIES = (
    ("conduct", "行为与态度", "conduct and attitude"),
    ("attitude", "服务态度", "attitude", "conduct"),
    ("dress", "着装与工牌", "dress and badge", "conduct"),
    ("absence", "迟到、早退或脱岗", "late or absent", "conduct"),
    ("operation", "操作", "operation"),
    ("permit", "无工作票或操作票", "without a work permit", "operation"),
    ("alone", "应两人在场而单人操作", "alone where two are needed", "operation"),
    ("procedure", "未按规程操作", "against the procedure", "operation"),
    ("response", "响应", "response"),
    ("late_response", "响应或到场超时", "late response or arrival", "response"),
    ("no_feedback", "未反馈处理结果", "no feedback to the customer", "response"),
    ("records", "记录", "records"),
    ("missing_record", "记录缺失或迟填", "records missing or late", "records"),
    ("false_record", "记录不实", "records not true", "records"),
    ("security", "保密与信息安全", "confidentiality and security"),
    ("other", "其他", "other"),
)
vocabulary("irregular_category", "不规范服务类别", "Categories of irregular service", CATEGORIES)
REFERRALS = (
    ("up", "超过职权范围，上报上级", "beyond one's authority: referred upward"),
    ("department", "不属本部门业务，通知相关部门", "another department's business: referred to it"),
)
TRAINING = (
    ("needed", "安排培训", "training is ordered"),
    ("told", "已当面指出，不另培训", "told in person, no training"),
)
_CHECKERS = (*LEADS, QUALITY)
_OWNER = (OWNER,)
_DECIDERS = (DEPARTMENT_MANAGER, QUALITY)
_LIFE = Life(
    (
        State("found", W("已登记", "noted"), tone="warn", waits=(AUTHOR,)),
        State("sent_back", W("被退回", "sent back"), tone="bad", returned=True, waits=(AUTHOR,)),
        State("referred", W("待接收", "referred"), tone="warn", waits=_OWNER),
        State("accepted", W("已接收", "accepted"), tone="busy", waits=_OWNER),
        State("corrected", W("已纠正", "corrected"), tone="good", frozen=True, waits=_DECIDERS),
        State("closed", W("已关闭", "closed"), frozen=True, ended=True),
    ),
    (
        Move(
            id="correct",
            label=W("已纠正", "Corrected"),
            from_=("found", "sent_back", "accepted"),
            to="corrected",
            who=(AUTHOR, OWNER, *_CHECKERS),
            needs=("category", "facts", "norm", "correction"),
            asks=("correction",),
            fills={"corrected_at": "now", "corrected_by": "me"},
            binds=True,
        ),
        with_reason(
            "refer",
            W("上报或转交", "Refer"),
            ("found", "sent_back"),
            "referred",
            (AUTHOR, *_CHECKERS),
            needs=("category", "facts", "referral", "handler"),
            asks=("referral", "handler", "department", "comment"),
            fills={"referred_at": "now", "referred_by": "me"},
        ),
        Move(
            id="accept",
            label=W("接收", "Accept"),
            from_=("referred",),
            to="accepted",
            who=_OWNER,
            asks=("due", "comment"),
        ),
        with_reason(
            "send_back",
            W("退回", "Send back"),
            ("referred", "accepted"),
            "sent_back",
            _OWNER,
        ),
        Move(
            id="close",
            label=W("关闭", "Close"),
            from_=("corrected",),
            to="closed",
            who=_DECIDERS,
            needs=("cause", "training"),
            asks=("cause", "training", "comment"),
            four_eyes=True,
            about=("correction",),
            apart_from=(("", "correct"),),
        ),
        with_reason("reopen", W("重新处理", "Reopen"), ("corrected", "closed"), "found", _DECIDERS),
    ),
)


class IrregularService(Record):
    """An irregular service 不规范服务. Clause: 5.3.2(1).

    Found in a check, a complaint or a survey, it is corrected at once, or referred upward or to
    the department concerned, which accepts it or sends it back. Whom it is about stands in a
    restricted record of its own (`models.records.nonconformity.irregular.irregular_person`).
    """

    kind = Kind(
        name="irregular_service",
        label=W("不规范服务", "Irregular service"),
        code="IR",
        row="Q-532a",
        clause="5.3.2(1)",
        states=_LIFE.states,
        moves=_LIFE.moves,
        title="subject",
        columns=("subject", "category", "found_on", "handler", "due"),
        writers=(*_CHECKERS, SERVICE_DESK, GENERAL_OFFICE, OWNER),
        owner="handler",
        due="due",
        watchers=(QUALITY,),
        indexes=(("source",), ("category",)),
        menu=44,
    )

    subject = line("事项", "Subject", required=True, hint=W("不写姓名", "without names"))
    category = choice("类别", "Category", CATEGORIES, of="irregular_category")
    found_in = choice("发现方式", "Found in", FOUND_IN)
    found_on = day("发现日期", "Found on")
    source = link(
        "来源",
        "Source",
        "",
        hint=W("检查、投诉等记录的编号", "number of the check, complaint or survey"),
    )
    site = link("现场", "Site", "site")
    facts = prose("事实经过", "Facts", hint=W("不写姓名", "without names"))
    norm = prose("违反的规范", "Norm that was broken")
    correction = prose("纠正情况", "Correction")
    witness = line("见证人", "Witness")
    referral = choice("上报或转交", "Referred", REFERRALS, by_move=True)
    handler = person("接收处理人", "Handled by", by_move=True)
    department = line("转交部门", "Department", by_move=True)
    due = day("要求完成日期", "Due", asked_from="referred")
    cause = prose("产生原因", "Cause", asked_from="corrected")
    training = choice("培训决定", "Training", TRAINING, asked_from="corrected")
    referred_at = moment("上报或转交时间", "Referred at", by_move=True, computed=True)
    referred_by = person("上报或转交人", "Referred by", by_move=True, computed=True)
    corrected_at = moment("纠正时间", "Corrected at", by_move=True, computed=True)
    corrected_by = person("纠正人", "Corrected by", by_move=True, computed=True)
