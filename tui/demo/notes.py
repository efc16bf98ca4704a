"""Notes that people left on records."""

from __future__ import annotations

from typing import NamedTuple

from models.text.words import W


class Remark(NamedTuple):
    """A note: on which record, how many working days before the last, when, by whom."""

    about: str
    back: int
    time: str
    by: str
    text: W


NOTES = (
    Remark(
        "escalation-x4-fibre",
        4,
        "16:20",
        "wen",
        W(
            "施工单位称本周无法停工，改约下周二夜间；已发函客户备案。",
            "The contractor cannot stop this week, next Tuesday night instead; the customer "
            "has it in writing.",
        ),
    ),
    Remark(
        "escalation-x4-fibre",
        1,
        "10:05",
        "lin",
        W(
            "备纤 9–10 芯倒接完成，收光 -21.9 dBm；主用芯保持监测，日检按主用芯记录。",
            "Moved to spare cores 9–10, -21.9 dBm; the main cores stay monitored and in the "
            "checklist.",
        ),
    ),
    Remark(
        "escalation-otn3-card",
        2,
        "15:30",
        "lin",
        W(
            "客户批复天窗两个：下周三、下周五 1:00–4:00。",
            "The customer grants two windows: Wednesday and Friday, 01:00–04:00.",
        ),
    ),
    Remark(
        "escalation-app2-psu",
        7,
        "09:40",
        "tao",
        W(
            "供应商答复货期 8 个工作日，合同号已登记。",
            "Supplier: eight working days; contract number filed.",
        ),
    ),
    Remark(
        "escalation-crac1-refrigerant",
        1,
        "16:10",
        "zhuo",
        W(
            "冷凝器翅片已清洗，高压由 2.3 MPa 降到 1.9 MPa；检漏发现视液镜接口渗油，待补焊。",
            "Condenser washed, high side down from 2.3 to 1.9 MPa; oil at the sight-glass "
            "joint, to be brazed.",
        ),
    ),
    Remark(
        "fix-crac1-drain",
        10,
        "11:30",
        "ruan",
        W(
            "信息科要求即日起下午加一轮巡视，已改模板排班。",
            "The IT section wants a second round in the afternoon from now on; roster changed.",
        ),
    ),
    Remark(
        "fix-db1-archive",
        13,
        "10:15",
        "shi",
        W(
            "可避免问题，请整理《问题分析处理报告》。",
            "Avoidable: please write the problem analysis report.",
        ),
    ),
    Remark(
        "fix-conference-register",
        1,
        "15:50",
        "lin",
        W(
            "替代方式：指挥室用移动会议终端接入，已试通。",
            "Meanwhile a mobile terminal serves the room, tested.",
        ),
    ),
    Remark(
        "fix-ntp-drift",
        1,
        "16:45",
        "qi",
        W(
            "上级时钟服务器改过地址，怀疑防火墙未同步修改，明天核对。",
            "The time server has a new address; the firewall may still use the old one, to be "
            "checked tomorrow.",
        ),
    ),
    Remark(
        "hosp-dr",
        12,
        "10:20",
        "zhuo",
        W(
            "地下一层手机无信号，进入前先用值班电话报备。",
            "No mobile signal in the basement; report by the duty phone first.",
        ),
    ),
    Remark(
        "water-bat2",
        3,
        "14:10",
        "lan",
        W(
            "厂方同意 117、121 节短接，短接线截面 50 mm²，已挂牌。",
            "The plant agrees to bridge cells 117 and 121; 50 mm² links, tagged.",
        ),
    ),
    Remark(
        "water-b3",
        2,
        "15:20",
        "qi",
        W(
            "进站道路塌方一处，只能步行约 400 m。",
            "Landslip on the access road, the last 400 m on foot.",
        ),
    ),
)
