"""What was learnt from problems: reports in several states, and the experience kept of them."""

from __future__ import annotations

from models.text.words import W
from tui.demo.company import HOSP, WATER
from tui.demo.line_stream import Stream


def put_reported(out: Stream) -> None:
    """Reports and experience; the problems must be there."""
    _put_published(out)
    _put_reviewed(out)
    _put_drafted(out)
    _put_lessons(out)


def _put_published(out: Stream) -> None:
    """Given to the customer, and kept as experience without names."""
    ref = "pr-db-locks"
    out.add(
        "problem_report", ref, "tao", out.span.at(12, "10:00"), project=HOSP,
        subject=W("门诊高峰挂号缓慢的分析", "Why registration was slow at the peak"),
        reason="typical", severity="high", escalation="escalation-db-locks",
        equipment="hosp-db1", audience="both", due=out.span.day(8).isoformat(),
        phenomenon=W(
            "上午门诊高峰挂号提交要等 20 秒以上，数据库大量会话等待同一把锁。",
            "At the morning peak a registration took over 20 seconds; many sessions waited for"
            " the same lock.",
        ),
        impact=W("约 40 分钟，影响全部挂号窗口。", "Some 40 minutes, every registration desk."),
        emergency=W("终止堵塞会话，业务恢复。", "The blocking session was ended; service back."),
        cause_direct=W(
            "统计报表在业务时间运行并长时间持锁。",
            "A statistics report ran in business hours and kept its lock.",
        ),
        cause_root=W(
            "报表任务上线时没有评审运行时段。",
            "Nobody reviewed its hours when the report was put in service.",
        ),
        cause_class="maintenance",
        solution=W("报表改到夜间，并增加索引。", "Moved to the night, with an index added."),
        verification=W("连续五个高峰无锁等待。", "Five peaks without a wait."),
        follow_up=W("其余报表逐个核对时段。", "The hours of the other reports are checked."),
        lessons=W("批量任务上线前评审时段和锁。", "Review hours and locks of batch work."),
    )  # fmt: skip
    out.move("submit", ref, "tao", out.span.at(12, "11:30"))
    out.move("review", ref, "ruan", out.span.at(11, "09:20"))
    out.move("approve", ref, "yi", out.span.at(10, "15:00"))
    out.move(
        "issue", ref, "ruan", out.span.at(9, "10:00"),
        issued_to=W("信息科，邮件", "IT section, by mail"),
    )  # fmt: skip
    out.add(
        "experience", "xp-locks", "ruan", out.span.at(8, "16:00"), source=ref,
        subject=W("业务高峰数据库锁等待", "Lock waits at the peak of the day"),
        equipment_class="server", cause_class="maintenance",
        symptom=W(
            "高峰时提交缓慢，大量会话等待同一把锁，主机资源并不高。",
            "Slow at the peak, many sessions wait for one lock, the host itself is not busy.",
        ),
        cause=W("报表在业务时间运行并长时间持锁。", "A report kept its lock in business hours."),
        workaround=W("找到堵塞会话，确认后终止。", "Find the blocking session and end it."),
        solution=W("报表改到夜间，补索引。", "Run reports at night, add the index."),
        lessons=W("批量任务上线前评审时段和锁。", "Review hours and locks before going live."),
    )  # fmt: skip


def _put_reviewed(out: Stream) -> None:
    """Reviewed by the project manager; it waits for the department manager."""
    ref = "pr-fw-heartbeat"
    out.add(
        "problem_report", ref, "qi", out.span.at(5, "14:00"), project=WATER,
        subject=W("防火墙双机心跳中断的分析", "Why the firewalls lost each other"),
        reason="avoidable", severity="medium", fix="fix-fw-heartbeat", equipment="water-fw2",
        audience="customer", due=out.span.day(1).isoformat(),
        phenomenon=W(
            "备机显示失去对端，双机配置未同步。",
            "The standby lost its peer, and the two were no longer in step.",
        ),
        impact=W("业务未中断，主备不能切换。", "No outage, but no switch-over either."),
        cause_direct=W("心跳线水晶头氧化，接触不良。", "A corroded plug of the heartbeat cable."),
        cause_root=W("巡检项没有包含心跳线。", "The checklist had no item for that cable."),
        cause_class="maintenance",
        solution=W("更换心跳线并重新同步配置。", "Cable replaced, configuration in step again."),
        verification=W("主备切换演练一次，业务无感。", "One switch-over, nobody noticed."),
        follow_up=W("心跳状态列入日检。", "The heartbeat is on the daily checklist now."),
        customer_cause=W("心跳线老化，接触不良。", "An aged heartbeat cable with a bad contact."),
    )  # fmt: skip
    out.move("submit", ref, "qi", out.span.at(4, "09:00"))
    out.move("review", ref, "ji", out.span.at(2, "11:10"))


def _put_drafted(out: Stream) -> None:
    """Begun, not handed in."""
    out.add(
        "problem_report", "pr-drain", "zhuo", out.span.at(6, "16:30"), project=HOSP,
        subject=W("空调排水不畅的分析", "Why the cooling unit did not drain"), reason="typical",
        fix="fix-crac1-drain", equipment="hosp-crac1", due=out.span.day(-1).isoformat(),
        phenomenon=W("空调接水盘积水，漏水绳告警。", "Water in the tray; the leak rope rang."),
        cause_direct=W("排水管弯头结垢。", "Scale in the bend of the drain."),
    )  # fmt: skip


def _put_lessons(out: Stream) -> None:
    """What quality had kept from earlier years."""
    out.add(
        "experience", "xp-ups-bypass", "shi", out.span.at(20, "10:00"), equipment_class="power",
        subject=W("电源切旁路告警", "Power supply goes to bypass"), cause_class="equipment",
        symptom=W(
            "UPS 切旁路并告警，负载由市电直供，面板提示电池异常。",
            "The UPS goes to bypass with an alarm, mains feed the load, the panel blames the"
            " battery.",
        ),
        cause=W("个别单体内阻超限，整流器限流。", "Single cells with a high resistance."),
        workaround=W("确认市电稳定后保持旁路，派人值守。", "Stay on bypass, somebody on site."),
        solution=W("更换落后单体，均充后切回。", "Replace the weak cells, charge, switch back."),
        lessons=W("内阻每季度测一次，超过初值一半就更换。", "Measure every quarter."),
    )  # fmt: skip
    out.add(
        "experience", "xp-optics", "shi", out.span.at(19, "15:00"), cause_class="environment",
        equipment_class="communication",
        subject=W("收光功率下降", "Received light goes down"),
        symptom=W(
            "收光功率几天内下降 3 dB 以上，误码增加，告警时有时无。",
            "The received light falls by 3 dB within days, errors grow, alarms come and go.",
        ),
        cause=W("尾纤受压弯折或法兰污染。", "A bent pigtail or a dirty adapter."),
        workaround=W("倒换到备用纤芯。", "Move to spare cores."),
        solution=W("清洁法兰，重新盘纤，必要时熔接。", "Clean, lay out anew, splice if need be."),
        lessons=W("先清洁再测试，不要先换光模块。", "Clean and measure before swapping modules."),
    )  # fmt: skip
