"""What breaks the routine of the checklists: skipped items, returned sheets, second looks."""

from __future__ import annotations

from typing import NamedTuple

from models.text.words import W


class Skip(NamedTuple):
    """An item without a verdict on one day: not applicable or not checked, and why."""

    template: str
    item: str
    back: int
    """Working days from the end; sheets from the end for a weekly template."""
    result: str
    reason: W
    round: int = 1


class Return(NamedTuple):
    """A sheet sent back; with `shown` and `right` the reading that was wrong and its correction."""

    template: str
    back: int
    comment: W
    item: str = ""
    shown: str = ""
    right: str = ""
    remark: W = W("", "")


SKIPS = (
    Skip(
        "tram-com",
        "conference",
        12,
        "unchecked",
        W("指挥室有会议，未能进入，次日补测", "Operations room in use, tested on the next day"),
    ),
    Skip(
        "tram-com",
        "call",
        16,
        "na",
        W(
            "调度台软件升级窗口，客户要求不拨测",
            "Dispatch software update, customer asked for no test calls",
        ),
    ),
    Skip(
        "tram-com",
        "radio",
        9,
        "unchecked",
        W("手持台电池送检，无备用", "Handheld's battery at inspection, no spare"),
    ),
    Skip(
        "hosp-env",
        "filter",
        14,
        "na",
        W("厂家保养中，柜门未开", "Maker's maintenance, cabinet closed"),
    ),
    Skip(
        "hosp-env",
        "cylinder",
        5,
        "unchecked",
        W("气瓶间钥匙被消防维保借出", "Key of the cylinder room lent to the fire service firm"),
        2,
    ),
    Skip(
        "hosp-srv",
        "virus",
        8,
        "na",
        W("防病毒控制台迁移，当日只读", "Anti-virus console being moved, read-only today"),
    ),
    Skip(
        "water-net",
        "load",
        7,
        "unchecked",
        W("网管升级，昨日无流量数据", "NMS update, no traffic data of yesterday"),
    ),
    Skip(
        "water-net",
        "config",
        10,
        "unchecked",
        W("备份服务器检修，下午已恢复", "Backup server under repair, back in the afternoon"),
    ),
    Skip(
        "water-power",
        "run",
        2,
        "na",
        W("厂家保养换机油，禁止启动", "Maker changes the oil, starting forbidden"),
    ),
    Skip("hosp-conduct", "permit", 1, "na", W("本周无操作作业", "No switching work this week")),
    Skip(
        "water-conduct",
        "tools",
        2,
        "na",
        W("未借用客户工器具", "No tools borrowed from the customer"),
    ),
)

RETURNS = (
    Return(
        "hosp-env",
        16,
        W(
            "湿度与动环记录差 9 个百分点，请用手持表复测后更正。",
            "Humidity is nine points off the monitoring log; measure again with the hand-held "
            "meter.",
        ),
        "humidity",
        "64",
        "55",
        W(
            "手持表复测 55 %，面板探头待校准",
            "55 % by hand-held meter; panel sensor to be calibrated",
        ),
    ),
    Return(
        "water-net",
        12,
        W(
            "时钟偏移不会正好是 0，请填实际值。",
            "An offset is never exactly 0; enter the actual value.",
        ),
        "ntp",
        "0",
        "0.03",
        W(
            "原按“已同步”填 0，改为实测值",
            "Was entered as 0 for 'synchronised'; now the measured value",
        ),
    ),
    Return(
        "tram-com",
        1,
        W(
            "会议电视异常请补充影响范围和临时替代方式。",
            "Video conference: add what is affected and what serves in its place.",
        ),
    ),
)

HANDOVERS = (
    W("无未完事项，机房钥匙 2 把已交。", "Nothing open; both room keys handed over."),
    W(
        "备纤倒接资料放在值班柜第二格。",
        "Papers on the spare cores are in the duty cabinet, second shelf.",
    ),
    W(
        "周五夜间客户有演练，勿动调度台。",
        "Customer's exercise on Friday night: leave the dispatch desk alone.",
    ),
    W("光功率计借给车辆段，明日归还。", "Power meter lent to the depot, back tomorrow."),
    W(
        "换乘站门禁卡续期已办，新卡在信封内。",
        "Card for the interchange renewed, the new one is in the envelope.",
    ),
    W(
        "网管服务器下周打补丁，等通知。",
        "NMS server will be patched next week, wait for the notice.",
    ),
    W(
        "施工单位电话已贴在人孔资料首页。",
        "The contractor's number is on the first page of the manhole file.",
    ),
)

REMARKS: dict[str, tuple[W, ...]] = {
    "temp": (W("与手持表差 0.3 °C", "0.3 °C off the hand-held meter"),),
    "humidity": (W("雨天，湿度略升", "Rainy day, slightly higher"),),
    "access": (W("当日来访 2 人，均有陪同", "Two visitors today, both escorted"),),
    "smell": (W("墙角少量积尘，已清", "Some dust in the corner, removed"),),
    "led": (W("含备用机", "Standby machine included"),),
    "backup": (
        W("用时 3 小时 12 分", "Took 3 h 12 min"),
        W("全备，用时 6 小时 40 分", "Full backup, took 6 h 40 min"),
    ),
    "log": (W("仅端口正常起落", "Only usual port changes"),),
    "sessions": (W("缴费日，较平时略高", "Payment day, slightly higher"),),
    "odf": (W("补贴标签 2 处", "Two labels renewed"),),
    "call": (W("6 个站全部接通，音质好", "All six stations reached, clear"),),
    "clean": (W("扎带头未清，当场整改", "Cut cable ties left, cleared at once"),),
    "mains": (W("B 相最高", "Phase B is the highest"),),
}

FOLLOWING = W("同前，问题已登记，处理中", "As before; recorded and being dealt with")
"""Remark of an item on the days after its problem was first seen."""

BESIDE = {
    ("hosp-env", "drain", 11): W(
        "空调 1 接水盘溢水，见漏水项", "Tray of unit 1 overflows, see the leak item"
    ),
    ("hosp-srv", "backup", 15): W(
        "昨夜全备成功；归档日志备份三天未成功，见磁盘项",
        "Full backup fine; archive log backups failing for three days, see the disk item",
    ),
}
"""Items that show the same problem as another one, on that day: not ok, with this remark."""
