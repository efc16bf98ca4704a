"""What was agreed with the customers: milestones, deliveries, and concessions that hold them."""

from __future__ import annotations

import hashlib

from models.text.words import W
from tui.demo.company import HOSP, TRAM, WATER, lead_of
from tui.demo.line_stream import Stream

_BEGUN = "09:20"

MILESTONES = (
    (
        "ms-tram-quarter", TRAM, 16, W("三季度维保验收", "Third-quarter maintenance accepted"),
        W("季度运维服务报告、巡检记录", "Quarterly service report, inspection sheets"),
        W("第三期 25 %", "3rd instalment, 25 %"),
    ),
    (
        "ms-tram-cutover", TRAM, -6, W("主用光缆恢复并割接", "Main fibre restored and cut over"),
        W("割接记录、测试报告", "Cut-over record, test report"), W("第四期 25 %", "4th, 25 %"),
    ),
    (
        "ms-tram-year", TRAM, -80, W("年度服务验收", "Year of service accepted"),
        W("年度总结、验收单", "Yearly summary, acceptance sheet"), W("尾款 10 %", "Rest, 10 %"),
    ),
    (
        "ms-hosp-half", HOSP, 6, W("半年度运维评审", "Half-year review"),
        W("半年运维报告", "Half-year service report"), W("第二期 40 %", "2nd instalment, 40 %"),
    ),
    (
        "ms-water-season", WATER, -4, W("汛期保障总结", "Flood season closed"),
        W("保障总结、备件清单", "Summary, list of spares"), W("第二期 30 %", "2nd, 30 %"),
    ),
)  # fmt: skip
"""Ref, project, due (working days from the end, below zero ahead), name, deliverable, payment."""

REPLY = W(
    "关于机房温湿度自动联动的让步申请，我科同意按申请内容执行，有效期内每日人工记录两次。\n",
    "We agree to the concession about the automatic coupling of temperature and humidity as it"
    " was asked for, with two readings a day taken by hand while it lasts.\n",
)


def put_agreed(out: Stream) -> None:
    """All of them."""
    for ref, project, due, name, deliverable, payment in MILESTONES:
        out.add(
            "milestone", ref, lead_of(project), out.span.at(21, _BEGUN), project=project,
            name=name, due=out.span.day(due).isoformat(), deliverable=deliverable,
            payment=payment,
        )  # fmt: skip
    out.move("done", "ms-tram-quarter", "cheng", out.span.at(15, "16:00"))
    _put_deliveries(out)
    _put_in_force(out)
    _put_sent(out)
    _put_draft(out)


def _put_deliveries(out: Stream) -> None:
    out.add(
        "delivery", "dl-tram-splice", "cheng", out.span.at(5, "10:10"), project=TRAM,
        name=W("光缆熔接与测试资料", "Splicing and test papers"),
        due=out.span.day(-6).isoformat(), milestone="ms-tram-cutover",
        contents=W("熔接记录、OTDR 曲线、备纤占用表", "Splice log, OTDR traces, spare core list"),
    )  # fmt: skip
    out.add(
        "delivery", "dl-water-spares", "ji", out.span.at(7, "09:40"), project=WATER,
        name=W("汛期备件", "Flood season spares"), due=out.span.day(2).isoformat(),
        contents=W("光模块 4 只、电源模块 1 只", "Four optical modules, one power supply"),
    )  # fmt: skip
    out.move("deliver", "dl-water-spares", "ji", out.span.at(3, "15:20"))


def _put_in_force(out: Stream) -> None:
    """One that the customer approved weeks ago, near the end of its validity."""
    ref, lead = "cn-hosp-coupling", "ruan"
    out.add(
        "concession", ref, lead, out.span.at(19, "10:00"), project=HOSP,
        milestone="ms-hosp-half",
        requirement=W(
            "机房温湿度超限时空调与加湿器自动联动。",
            "Cooling and humidifier follow the limits of temperature and humidity by themselves.",
        ),
        contract_clause=W("SLA 4.2 环境控制", "SLA 4.2, environment"),
        situation=W(
            "群控模块停产，替代型号到货要六周，期间只能单机设定。",
            "The group controller is out of production; its successor takes six weeks. Until then"
            " each unit is set by hand.",
        ),
        cause_kind="other",
        why_uncontrollable=W(
            "原厂停产，替代型号由客户按流程采购。",
            "The maker ended it, and the customer buys the successor by its own procedure.",
        ),
        impact=W("夜间温度波动可能达到 2 °C。", "The temperature may move by 2 °C at night."),
        interim=W("每日两次人工抄表并调整设定。", "Read and set by hand twice a day."),
        follow_up=W("到货后一周内更换群控模块并试运行。", "Replaced and tried out within a week."),
        follow_up_by=out.span.day(-9).isoformat(),
        scope=W("门诊机房三台空调", "The three cooling units of the outpatient room"),
        quantity=W("3 台", "3 units"),
    )  # fmt: skip
    out.move("inform", ref, lead, out.span.at(19, "10:30"))
    out.move(
        "endorse", ref, "yi", out.span.at(18, "09:15"),
        opinion=W("同意申请，抄表不得漏项。", "Agreed; no reading may be left out."),
    )  # fmt: skip
    out.move(
        "send", ref, lead, out.span.at(18, "11:00"), addressee="customer",
        addressee_name=W("信息科", "IT section"), valid_to=out.span.day(-8).isoformat(),
    )  # fmt: skip
    letter = out.say(REPLY)
    out.add(
        "attachment", "at-hosp-reply", lead, out.span.at(14, "14:00"), project=HOSP, about=ref,
        name=W("让步申请复函.txt", "reply-to-the-concession.txt"),
        sha256=hashlib.sha256(letter.encode()).hexdigest(), content=letter,
    )  # fmt: skip
    out.move(
        "approve_with_conditions", ref, lead, out.span.at(14, "14:10"), evidence="at-hosp-reply",
        decided_by=W("信息科科长", "Head of the IT section"), decision_channel="letter",
        decided_on=out.span.day(14).isoformat(),
        conditions=W("有效期内每日人工记录两次。", "Two readings a day by hand while it lasts."),
    )  # fmt: skip
    out.move("enforce", ref, lead, out.span.at(13, "09:00"))
    out.move("done", "ms-hosp-half", lead, out.span.at(5, "16:40"))


def _put_sent(out: Stream) -> None:
    """One that waits for the customer, and holds the milestone meanwhile."""
    ref = "cn-tram-fibre"
    out.add(
        "concession", ref, "cheng", out.span.at(4, "17:00"), project=TRAM,
        escalation="escalation-x4-fibre", milestone="ms-tram-cutover",
        delivery="dl-tram-splice",
        requirement=W(
            "主用光缆衰耗恢复到合同值并完成割接。",
            "The main fibre is back at its agreed loss, and cut over.",
        ),
        situation=W(
            "人孔旁市政施工未停，无法开挖；业务已倒至备纤。",
            "Roadworks go on beside the manhole and nobody may dig; traffic runs on spare cores.",
        ),
        cause_kind="schedule",
        why_uncontrollable=W(
            "施工单位工期由市政确定，我方无法改变。",
            "The contractor's schedule is the city's; it is not ours to change.",
        ),
        impact=W("备纤不再有冗余。", "The spare cores have no reserve."),
        risk=W("备纤再断即中断一个站的业务。", "Another break would cut off one station."),
        interim=W("备纤每日测试，抢修车待命。", "Spare cores tested daily, repair van on call."),
        follow_up=W("停工窗口内熔接并割接回主用。", "Splice in the next window and cut back."),
        follow_up_by=out.span.day(-15).isoformat(),
    )  # fmt: skip
    out.move("inform", ref, "cheng", out.span.at(4, "17:20"))
    out.move(
        "endorse", ref, "gu", out.span.at(3, "09:30"),
        opinion=W("情况属实，同意向客户申请。", "True as stated; ask the customer."),
    )  # fmt: skip
    out.move(
        "send", ref, "cheng", out.span.at(2, "10:00"), addressee="customer",
        addressee_name=W("通号班", "Signals group"), valid_to=out.span.day(-30).isoformat(),
    )  # fmt: skip


def _put_draft(out: Stream) -> None:
    """One begun yesterday that names only its project."""
    out.add(
        "concession", "cn-water-battery", "ji", out.span.at(1, "17:30"), project=WATER,
        requirement=W("蓄电池组整组更换。", "The whole battery string replaced."),
        situation=W(
            "同型号电池缺货，只能先更换落后单体。",
            "The same type is out of stock; only the weak cells can be replaced for now.",
        ),
        cause_kind="other",
    )  # fmt: skip
