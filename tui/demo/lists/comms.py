"""Communication equipment."""

from __future__ import annotations

from models.text.words import W
from tui.demo.checklist import DemoItem, DemoTemplate, Section, look, read


def _link(key: str, link: W, base: str, low: str, high: str) -> DemoItem:
    return read(
        key,
        W(f"收光功率：{link.zh}", f"Receive power: {link.en}"),
        W(
            f"网管读取，基线 {base} dBm，漂移不超过 2 dB",
            f"From the NMS; baseline {base} dBm, drift at most 2 dB",
        ),
        "dBm",
        (low, high),
        (float(base), 0.15, 1),
        critical=True,
    )


TRANSMISSION = Section(
    W("传输", "Transmission"),
    (
        look(
            "alarm",
            W("紧急、重要告警", "Critical and major alarms"),
            W("网管当前告警与设备面板灯", "Current alarms in the NMS, lamps on the panel"),
            expected=W("0 条", "none"),
            critical=True,
            family="communication",
        ),
        _link(
            "rx_depot", W("控制中心—车辆段", "control centre – depot"), "-18.2", "-20.2", "-16.2"
        ),
        _link(
            "rx_x4",
            W("控制中心—四号换乘站", "control centre – interchange 4"),
            "-21.5",
            "-23.5",
            "-19.5",
        ),
        _link(
            "rx_ring", W("车辆段—四号换乘站", "depot – interchange 4"), "-19.8", "-21.8", "-17.8"
        ),
        read(
            "errors",
            W("误码（24 小时）", "Bit errors in 24 hours"),
            W("网管 24 小时性能", "24-hour performance in the NMS"),
            "",
            (None, "0"),
            (0, 0, 0),
        ),
        look(
            "clock",
            W("时钟同步状态", "Clock synchronisation"),
            W("各站锁定主用时钟源", "Every node locked to the primary source"),
            expected=W("锁定", "locked"),
        ),
        look(
            "cards",
            W("单板状态", "Cards in service"),
            W("网管机架图，主备板卡", "Shelf view in the NMS, working and standby cards"),
        ),
    ),
)
SERVICE = Section(
    W("调度与会议", "Dispatch and conference"),
    (
        look(
            "call",
            W("调度电话拨测", "Dispatch phone test call"),
            W(
                "调度台呼叫各站一部分机，听音质",
                "Call one extension of every station, listen to the quality",
            ),
            critical=True,
        ),
        look(
            "conference",
            W("会议电视测试", "Video conference test"),
            W("呼叫测试会场，看画面、听回声", "Call the test room: picture, echo"),
        ),
        look(
            "radio",
            W("无线链路测试", "Radio link test"),
            W("手持台与车载台各呼叫一次", "One call each from handheld and on-board radio"),
        ),
    ),
)
PLANT = Section(
    W("线路与网管", "Plant and management"),
    (
        look(
            "odf",
            W("光缆、ODF 与标签", "Fibre, ODF and labels"),
            W("目视弯曲、防尘帽、标签", "Look for bends, dust caps, labels"),
        ),
        look(
            "nms_time",
            W("网管时间", "NMS time"),
            W("与标准时间差 2 秒内", "Within 2 s of standard time"),
        ),
        look(
            "nms_backup",
            W("网管数据备份", "NMS data backup"),
            W("备份文件日期、大小", "Date and size of the backup file"),
        ),
        DemoItem(
            "handover",
            W("交接事项", "Hand-over notes"),
            W("写给下一班：未完事项、钥匙、约定", "For the next shift: open items, keys, promises"),
            "text",
            expected=W("已写明", "written"),
        ),
    ),
)
TESTS = Section(
    W("季度测试", "Quarterly tests"),
    (
        read(
            "spare_fibre",
            W("备纤衰耗（最大一芯）", "Spare fibre loss, worst core"),
            W("光源与光功率计双向测，1310 nm", "Source and meter in both directions, 1310 nm"),
            "dB",
            (None, "8"),
            (6.1, 0.4, 1),
        ),
        read(
            "earth",
            W("接地电阻", "Earth resistance"),
            W("接地电阻测试仪三极法，晴天", "Three-pole earth tester, dry weather"),
            "Ω",
            (None, "1"),
            (0.62, 0.05, 2),
        ),
        look(
            "switchover",
            W("传输保护倒换", "Protection switching"),
            W(
                "夜间人工倒换，业务中断小于 50 ms",
                "Forced switch at night, interruption below 50 ms",
            ),
            critical=True,
        ),
    ),
)

DAILY = DemoTemplate(
    "tram-com",
    "tram",
    W("通信设备日检", "Communication equipment, daily"),
    "daily",
    (TRANSMISSION, SERVICE, PLANT),
    ("lin", "wen"),
    ("08:12",),
)
QUARTERLY = DemoTemplate(
    "tram-quarter",
    "tram",
    W("传输季度测试", "Transmission, quarterly tests"),
    "quarterly",
    (TESTS,),
    ("lin",),
    ("14:00",),
)
