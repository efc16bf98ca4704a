"""What became of the problems that were too big for the site."""

from __future__ import annotations

from models.text.words import W
from tui.demo.problem import DemoEscalation

ESCALATIONS = (
    DemoEscalation(
        "x4-fibre",
        "several_parties",
        "high",
        4,
        (
            (
                "lin",
                W("测试、熔接方案、备纤倒接", "Measurements, splicing plan, move to spare cores"),
            ),
            (
                "wen",
                W(
                    "协调站务与施工单位，申请天窗",
                    "Station staff and contractor, asking for a work window",
                ),
            ),
        ),
        accepted=(
            (0, "14:15"),
            W(
                "先把业务倒到备纤 9–10 芯，人孔处理等施工单位配合。",
                "Move the service to spare cores 9–10 first; the manhole needs the contractor.",
            ),
        ),
    ),
    DemoEscalation(
        "otn3-card",
        "systemic",
        "medium",
        13,
        (
            (
                "lin",
                W(
                    "与厂家核对版本，编写升级与回退步骤",
                    "Versions with the maker, upgrade and rollback steps",
                ),
            ),
            ("wen", W("升级窗口现场值守", "On site during the window")),
        ),
        accepted=(
            (1, "09:00"),
            W(
                "三个节点同版本，按系统性问题处理。",
                "All three nodes run the same release: treat it as systemic.",
            ),
        ),
        drafted=(
            (3, "16:30"),
            "lin",
            W(
                "厂家确认为主控软件在性能采集时内存越界，补丁 3.2.7 已修复。方案：1 备份三节点"
                "配置；2 天窗 1:00–4:00 先升级车辆段，观察 24 小时；3 再升级其余两节点；4 任一"
                "步失败切备用主控并回退到 3.2.5。",
                "The maker confirms a memory fault of the controller software during "
                "performance collection, fixed in patch 3.2.7. Plan: 1 back up the three "
                "nodes; 2 upgrade the depot in the window 01:00–04:00 and watch it for 24 "
                "hours; 3 upgrade the other two; 4 at any failure switch to the standby "
                "controller and go back to 3.2.5.",
            ),
        ),
        approved=(
            (4, "10:10"),
            W(
                "同意。天窗按客户批复执行，升级前通知行车调度。",
                "Agreed. Windows as granted by the customer; tell traffic control before each "
                "upgrade.",
            ),
        ),
    ),
    DemoEscalation(
        "crac1-refrigerant",
        "systemic",
        "high",
        3,
        (
            (
                "zhuo",
                W(
                    "现场配合、温度监视、冷通道临时措施",
                    "On site, temperature watch, interim measures",
                ),
            ),
            ("ruan", W("联系空调厂家，报信息科备案", "Calls the maker, informs the IT section")),
        ),
        accepted=(
            (0, "17:05"),
            W(
                "一个月三次，不再单点处理，请厂家到场查系统。",
                "Three times in a month: no more patching, have the maker check the system.",
            ),
        ),
        drafted=(
            (1, "10:00"),
            "zhuo",
            W(
                "判断室外冷凝器脏堵加制冷剂不足。方案：1 清洗室外冷凝器；2 检漏、补焊、抽真空、"
                "定量加注；3 期间空调 2 满载，冷通道放置 2 台临时风机，超过 27 °C 关停测试机；"
                "4 完成后连续 72 小时记录回风。",
                "Outdoor condenser clogged and refrigerant low. Plan: 1 clean the condenser; 2 "
                "find the leak, braze, evacuate, refill by weight; 3 meanwhile unit 2 at full "
                "load, two fans in the cold aisle, test servers off above 27 °C; 4 afterwards "
                "record the return air for 72 hours.",
            ),
        ),
        approved=(
            (1, "11:30"),
            W(
                "同意，补焊作业须两人并办动火票。",
                "Agreed; brazing with two people and a hot-work permit.",
            ),
        ),
        started=((1, "14:00"), "zhuo"),
    ),
    DemoEscalation(
        "door-reader",
        "not_soon",
        "low",
        5,
        returned=(
            (0, "10:20"),
            W(
                "时好时坏先查供电和接头，不要先换读头；量刷卡瞬间电压，低于 10.8 V 就是供电问题。",
                "Intermittent: check supply and joints before replacing the reader. "
                "Measure while a card is read; below 10.8 V it is the supply.",
            ),
        ),
    ),
    DemoEscalation(
        "app2-psu",
        "not_soon",
        "medium",
        12,
        (
            (
                "tao",
                W("跟踪备件，更换并恢复冗余", "Tracks the spare, replaces it, restores redundancy"),
            ),
        ),
        accepted=(
            (0, "11:20"),
            W(
                "库存无此型号，走紧急采购；同时查另外两台的电源批次。",
                "Not in stock: urgent purchase; check the batch of the other two servers as well.",
            ),
        ),
        drafted=(
            (1, "09:30"),
            "tao",
            W(
                "采购原型号电源 2 块（1 块作备件），到货后在线热插更换；到货前每日看 PSU1，若告"
                "警立即把业务切到 APP-01。",
                "Buy two supplies of the type (one as spare), hot-swap on arrival; until then "
                "look at PSU1 daily and move the service to APP-01 at any alarm.",
            ),
        ),
        approved=((1, "11:00"), W("同意。", "Agreed.")),
        started=((1, "15:40"), "tao"),
        fixed=(
            (11, "15:10"),
            "tao",
            W(
                "电源模块输出级损坏，同批次使用约 5 年。",
                "Output stage of the supply broken; the batch is about five years old.",
            ),
            "equipment",
            W(
                "到货后在线更换 PSU2，双路供电恢复；另 1 块入备件库并登记。",
                "PSU2 hot-swapped, both feeds back; the other one entered in the spares store.",
            ),
        ),
    ),
    DemoEscalation(
        "db-locks",
        "complex",
        "high",
        5,
        (
            ("tao", W("抓取锁等待、执行变更", "Captures the lock waits, carries out the change")),
            ("ruan", W("与软件厂商、收费处协调窗口", "Windows with the vendor and the cashiers")),
        ),
        accepted=(
            (0, "10:40"),
            W(
                "影响挂号，今天拿出抓取数据。",
                "Registration suffers: have the captured data today.",
            ),
        ),
        drafted=(
            (1, "15:00"),
            "tao",
            W(
                "上周软件升级后，号源表更新缺少索引，全表扫描持锁。方案：夜间停写 10 分钟，在号"
                "源表建组合索引，收集统计信息；不达预期则删除索引恢复原状。",
                "Since last week's software update the appointment table is updated without an "
                "index: a full scan holds the locks. Plan: stop writes for 10 minutes at "
                "night, create a composite index, gather statistics; drop it again if it does "
                "not help.",
            ),
        ),
        approved=(
            (1, "17:10"),
            W(
                "同意，20 点后实施，次日高峰我到现场。",
                "Agreed, after 20:00; I shall be there at the peak tomorrow.",
            ),
        ),
        started=((2, "20:05"), "tao"),
        fixed=(
            (2, "20:50"),
            "tao",
            W(
                "软件升级脚本遗漏号源表组合索引。",
                "The vendor's update script left out the composite index of the appointment table.",
            ),
            "software",
            W(
                "建索引并收集统计信息；厂商补入升级包，升级检查单增加“索引比对”。",
                "Index created, statistics gathered; the vendor adds it to the package, "
                "'compare indexes' added to the update checklist.",
            ),
        ),
        verified=(
            (7, "10:10"),
            "tao",
            W(
                "连续五个工作日高峰锁等待为 0–1",
                "0–1 waiting sessions at the peak on five working days",
            ),
        ),
        closed=(
            (7, "16:00"),
            W("信息科确认窗口无停顿。", "The IT section confirms: no more freezing."),
        ),
    ),
    DemoEscalation("b3-backup", "complex", "medium", 5),
    DemoEscalation(
        "core1-memory",
        "complex",
        "medium",
        8,
        (
            ("qi", W("信息收集、升级实施", "Diagnostics, carries out the upgrade")),
            ("ji", W("与调度室定停机窗口", "Agrees the window with the dispatch office")),
        ),
        accepted=(
            (1, "09:10"),
            W(
                "到 92 % 会自动重启，本周内必须处理。",
                "It restarts by itself at 92 %: must be done this week.",
            ),
        ),
        drafted=(
            (2, "16:00"),
            "qi",
            W(
                "诊断信息显示 SNMP 进程内存泄漏，补丁 P14 已修复。方案：业务切至核心 2，核心 1 "
                "装补丁重启，观察 30 分钟切回；升级前备份配置与旧版本文件。",
                "Diagnostics show a leak in the SNMP process, fixed in patch P14. Plan: move "
                "traffic to core 2, patch and restart core 1, watch for 30 minutes, move back; "
                "configuration and old image saved before.",
            ),
        ),
        approved=((3, "10:00"), W("同意，窗口 19:30–22:00。", "Agreed, window 19:30–22:00.")),
        started=((4, "19:35"), "qi"),
        fixed=(
            (4, "21:40"),
            "qi",
            W(
                "SNMP 进程内存泄漏（软件缺陷）。",
                "Memory leak of the SNMP process (software defect).",
            ),
            "software",
            W(
                "核心 1 安装补丁 P14，内存降至 52 %；核心 2 次日同窗口安装。",
                "Patch P14 on core 1, memory down to 52 %; core 2 patched in the next window.",
            ),
        ),
        verified=(
            (11, "09:30"),
            "qi",
            W("连续七个工作日内存 51–55 %，无增长", "51–55 % on seven working days, no growth"),
        ),
    ),
    DemoEscalation(
        "bat2-replace",
        "not_soon",
        "medium",
        20,
        (
            ("lan", W("容量测试、更换方案", "Capacity test, replacement plan")),
            ("ji", W("与客户确认预算与停电窗口", "Budget and outage window with the customer")),
        ),
        accepted=(
            (1, "09:20"),
            W(
                "整组 7 年，评估整组更换还是单节更换。",
                "Seven years old: weigh the whole string against single cells.",
            ),
        ),
        drafted=(
            (2, "15:40"),
            "lan",
            W(
                "建议整组更换（192 节）：单节更换后新旧内阻不一，寿命难保证。步骤：1 核对性放电"
                "定容量；2 客户批预算；3 旁路供电 6 小时内完成更换；4 新电池 10 小时率放电验收。"
                "更换前 117、121 节短接旁路，后备时间由 60 分钟降至约 45 分钟，已告知厂方。",
                "Replace the whole string (192 cells): new cells among old ones would not "
                "last. Steps: 1 discharge test for the capacity; 2 budget from the customer; 3 "
                "replacement within 6 hours on bypass; 4 acceptance by a 10-hour discharge. "
                "Until then cells 117 and 121 are bridged, backup time falls from 60 to about "
                "45 minutes; the plant is informed.",
            ),
        ),
    ),
)


def escalation(fault: str) -> DemoEscalation | None:
    """The escalation of a fault, if it came to one."""
    return next((one for one in ESCALATIONS if one.fault == fault), None)
