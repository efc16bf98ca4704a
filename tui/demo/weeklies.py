"""The weekly status entries of the engineers: what they wrote, and what became of it."""

from __future__ import annotations

from typing import NamedTuple

from models.text.words import W


class Week(NamedTuple):
    """One person's week: progress beside the checks, and the plan for the next one."""

    progress: W
    next_week: W


class Author(NamedTuple):
    """A person's weeks, latest first, with the risk and the help asked for in some of them.

    `risks` and `help_needed` map a week (0 = the current one) to a text, `health` to a status.
    """

    person: str
    project: str
    weeks: tuple[Week, ...]
    risks: dict[int, W]
    help_needed: dict[int, W]
    health: dict[int, str]


AUTHORS = (
    Author(
        "lin",
        "tram",
        (
            Week(
                W(
                    "业务已倒至备纤 9–10 芯，等待人孔 17 号作业天窗；升级步骤发客户审核。",
                    "Service moved to spare cores 9–10, waiting for the window at manhole 17; "
                    "upgrade steps sent to the customer.",
                ),
                W(
                    "人孔 17 号整治；车辆段节点升级补丁 3.2.7。",
                    "Repair at manhole 17; patch 3.2.7 on the depot node.",
                ),
            ),
            Week(
                W(
                    "OTDR 定位弯曲点，并与施工单位沿环湖大道踏勘；完成传输季度测试。",
                    "Located the bend by OTDR and walked Huanhu Avenue with the contractor; "
                    "quarterly transmission tests done.",
                ),
                W(
                    "备纤倒接；升级步骤送客户。",
                    "Move to spare cores; upgrade steps to the customer.",
                ),
            ),
            Week(
                W(
                    "核对环网备纤资源表 48 芯，更正 5 处；整理年度光缆中断统计。",
                    "Checked the list of 48 spare cores, corrected five entries; yearly "
                    "statistics of cable cuts.",
                ),
                W(
                    "季度测试准备，仪表校准证书续期。",
                    "Prepare the quarterly tests; renew the calibration of the meters.",
                ),
            ),
            Week(
                W(
                    "机房资料柜整理，竣工图更新 4 张；备用尾纤、法兰盘点。",
                    "Sorted the papers of the comms room, four drawings updated; counted spare "
                    "pigtails and adapters.",
                ),
                W("备纤资源核对。", "Check the spare cores."),
            ),
            Week(
                W(
                    "网管数据库备份改为异地保存，恢复演练一次成功。",
                    "NMS database backups now kept at a second site, one restore exercise "
                    "succeeded.",
                ),
                W("光功率基线复核。", "Review the optical baselines."),
            ),
            Week(
                W(
                    "整理一季度告警，消除 7 条长期提示告警；新员工带教 2 次。",
                    "Sorted the quarter's alarms, removed seven old notices; two training "
                    "rounds with the new colleague.",
                ),
                W("网管备份异地化。", "Second site for NMS backups."),
            ),
        ),
        {
            0: W(
                "人孔整治未完成前，主备均走环湖大道同管道，再受损将中断四号换乘站调度。",
                "Until the manhole is repaired both routes use the same duct; another damage "
                "cuts off interchange 4.",
            ),
            1: W("施工仍在进行，弯曲可能加重。", "Works go on, the bend may get worse."),
        },
        {
            0: W(
                "请部门出面约客户、施工单位三方定天窗。",
                "Please arrange the window with the customer and the contractor.",
            ),
            1: W(
                "需要施工单位联系人及人孔作业许可。",
                "Need the contractor's contact and a permit for the manhole.",
            ),
        },
        {0: "yellow", 1: "red"},
    ),
    Author(
        "wen",
        "tram",
        (
            Week(
                W(
                    "调度分机割接资料更新；配合会议电视排查。",
                    "Papers of the moved extension updated; helped with the video conference.",
                ),
                W("升级窗口现场值守。", "On site during the upgrade window."),
            ),
            Week(
                W(
                    "盘点通信备件，缺 2 项已列采购；车载台抽测 6 台。",
                    "Counted the communication spares, two missing ones ordered; six on-board "
                    "radios tested.",
                ),
                W(
                    "调度台耳机更换，电源间除尘。",
                    "New headsets for the dispatch desk, clean the power room.",
                ),
            ),
            Week(
                W(
                    "时钟源端子整治三站完成；调度录音抽听 20 段，均可回放。",
                    "Clock terminals remade at three stations; 20 dispatch recordings played back.",
                ),
                W("备件盘点。", "Count the spares."),
            ),
            Week(
                W(
                    "与站务复核各站分机表，更正 3 个名称；清洁设备滤网 9 块。",
                    "Extension list reviewed with station staff, three names corrected; nine "
                    "filters cleaned.",
                ),
                W("时钟端子专项检查。", "Check all clock terminals."),
            ),
            Week(
                W(
                    "应急通信演练一次：手持台、调度直通、会议电视全部接通，用时 11 分钟。",
                    "Emergency exercise: handhelds, hot lines and conference all up within 11 "
                    "minutes.",
                ),
                W("分机表复核。", "Review the extension list."),
            ),
            Week(
                W(
                    "电源间蓄电池紧固与内阻测试 24 节，数据入册。",
                    "24 battery cells tightened and measured, values filed.",
                ),
                W("应急通信演练。", "Emergency communication exercise."),
            ),
        ),
        {
            1: W(
                "整流模块在用 6 年，同批还有 5 块。",
                "Five more rectifier modules are of the same six-year-old batch.",
            )
        },
        {},
        {},
    ),
    Author(
        "zhuo",
        "hosp",
        (
            Week(
                W(
                    "配合厂家清洗冷凝器；冷通道临时风机已放置，温度每两小时记录。",
                    "Condenser cleaning with the maker; fans placed in the cold aisle, "
                    "temperatures every two hours.",
                ),
                W(
                    "补焊、加注后 72 小时回风记录。",
                    "72 hours of return air readings after the refill.",
                ),
            ),
            Week(
                W(
                    "下午增加一轮机房巡视；U 位资料与实物核对 6 个柜。",
                    "Second daily round in the afternoon; six racks compared with the drawings.",
                ),
                W(
                    "核对其余 4 个柜，应急照明电池更换。",
                    "The other four racks; new batteries for the emergency lamps.",
                ),
            ),
            Week(
                W(
                    "漏水事件后全部空调接水盘清洗；漏水绳分区图更新上墙。",
                    "All condensate trays cleaned after the leak; new zone plan of the leak "
                    "cable on the wall.",
                ),
                W("机柜资料核对。", "Compare racks and drawings."),
            ),
            Week(
                W(
                    "配合消防维保检测烟感 18 只；机房灯管更换 6 支。",
                    "18 smoke detectors tested with the fire service firm; six tubes replaced.",
                ),
                W("空调专项检查。", "Check all cooling units."),
            ),
            Week(
                W(
                    "资产标签补贴 40 张；灾备机房集水井水位正常。",
                    "40 asset labels renewed; sump of the DR room normal.",
                ),
                W("门禁记录月度抽查。", "Monthly check of the access log."),
            ),
            Week(
                W(
                    "UPS 后备时间核对性放电 30 分钟，剩余容量 82 %。",
                    "30-minute UPS discharge test, 82 % of capacity left.",
                ),
                W("装修期间防尘措施。", "Dust protection during the works."),
            ),
        ),
        {
            0: W(
                "空调 1 未恢复，若空调 2 故障冷通道约 25 分钟超限。",
                "With unit 1 weak, a failure of unit 2 takes the cold aisle over the limit in "
                "about 25 minutes.",
            )
        },
        {
            0: W(
                "请厂家保证加注当天两人到场。",
                "The maker should send two people on the day of the refill.",
            )
        },
        {0: "yellow"},
    ),
    Author(
        "tao",
        "hosp",
        (
            Week(
                W(
                    "APP-02 电源更换完成，待观察后验证；归档空间恢复正常。",
                    "APP-02 supply replaced, to be verified after a watch; archive space "
                    "normal again.",
                ),
                W(
                    "电源更换验证；门户证书更新后复核。",
                    "Verify the supply; review the portal certificate.",
                ),
            ),
            Week(
                W(
                    "完成月度备份恢复测试，数据核对一致；梳理在用证书 14 张。",
                    "Monthly restore test done, data equal; list of the 14 certificates in use.",
                ),
                W("跟踪电源备件到货。", "Follow the delivery of the spare supply."),
            ),
            Week(
                W(
                    "数据库参数复核与慢语句前 10 条分析，已发软件厂商。",
                    "Database settings reviewed, ten slowest statements analysed and sent to "
                    "the vendor.",
                ),
                W("恢复测试，梳理证书。", "Restore test, list of certificates."),
            ),
            Week(
                W(
                    "挂号库索引上线后跟踪一周，高峰无停顿；备份告警改发值班邮箱。",
                    "A week of watching after the new index: no freezing; backup warnings go "
                    "to the duty mailbox.",
                ),
                W("慢语句分析。", "Analyse slow statements."),
            ),
            Week(
                W(
                    "配合信息科采集挂号高峰性能数据；杀毒策略更新。",
                    "Collected performance data at the registration peak with the IT section; "
                    "anti-virus policy updated.",
                ),
                W("锁等待处理与跟踪。", "Lock waits: solve and watch."),
            ),
            Week(
                W(
                    "操作系统补丁 3 台，重启窗口均在 22 点后。",
                    "Patches on three servers, restarts after 22:00.",
                ),
                W("挂号高峰性能观察。", "Watch the performance at the registration peak."),
            ),
        ),
        {
            1: W("APP-02 单电源运行中。", "APP-02 runs on one supply."),
            2: W("APP-02 单电源运行中。", "APP-02 runs on one supply."),
        },
        {2: W("请采购催电源到货日期。", "Purchasing should press for the delivery date.")},
        {1: "yellow", 2: "yellow"},
    ),
    Author(
        "qi",
        "water",
        (
            Week(
                W(
                    "排查加压站备用链路；日检模板新增两项试填。",
                    "Backup link of the booster station; two new checklist items on trial.",
                ),
                W("运营商到站测试信号。", "Signal test by the carrier at the station."),
            ),
            Week(
                W(
                    "防火墙倒换演练；一水厂无线备用路由器上架，待接入。",
                    "Firewall switchover exercise; backup router at waterworks 1 mounted, not "
                    "yet connected.",
                ),
                W("加压站链路巡检。", "Visit the booster station links."),
            ),
            Week(
                W(
                    "两台核心交换机补丁版本统一；网管升级准备。",
                    "Both core switches on the same patch; NMS update prepared.",
                ),
                W("防火墙双机演练，网管升级。", "Firewall switchover exercise, NMS update."),
            ),
            Week(
                W(
                    "全网配置备份核对 14 台；清理过期账号 3 个。",
                    "Configuration backups of 14 devices checked; three expired accounts removed.",
                ),
                W("核心设备补丁。", "Patches of the core switches."),
            ),
            Week(
                W(
                    "光模块发光功率普查 22 个，1 个偏低列入观察。",
                    "22 transceivers surveyed, one with low power put on the watch list.",
                ),
                W("配置备份核对。", "Check the configuration backups."),
            ),
            Week(
                W(
                    "出口策略梳理，停用过期规则 23 条。",
                    "Firewall rules reviewed, 23 expired ones disabled.",
                ),
                W("光模块功率普查。", "Survey of transceiver power."),
            ),
        ),
        {0: W("三号加压站仅剩主用光路。", "Booster station 3 has only its fibre link left.")},
        {
            0: W(
                "请客户联系运营商到站测试。", "The customer should call the carrier to the station."
            )
        },
        {0: "yellow"},
    ),
    Author(
        "lan",
        "water",
        (
            Week(
                W(
                    "电池更换方案已提交，117、121 节已短接并告知厂方。",
                    "Replacement plan submitted; cells 117 and 121 bridged, the plant is informed.",
                ),
                W("电池组核对性放电。", "Discharge test of the string."),
            ),
            Week(
                W(
                    "UPS 2 单体内阻普测 192 节，异常 2 节；一水厂配电回路标签核对 14 路。",
                    "Resistance of all 192 cells of UPS 2 measured, two off; 14 circuit labels "
                    "checked at waterworks 1.",
                ),
                W("编写电池更换方案。", "Write the battery replacement plan."),
            ),
            Week(
                W(
                    "发电机配合厂家换油；一水厂油箱液位计校对。",
                    "Oil change of the generator with the maker; fuel gauge at waterworks 1 "
                    "checked.",
                ),
                W(
                    "UPS 2 内阻普测，一水厂检修配合。",
                    "Measure all cells of UPS 2; help with the maintenance at waterworks 1.",
                ),
            ),
            Week(
                W(
                    "均充后跟踪 UPS 2 单体电压；红外测温 46 个接点，最高 44 °C。",
                    "Cell voltages of UPS 2 after equalising; 46 joints by infrared, 44 °C at "
                    "most.",
                ),
                W("发电机保养配合。", "Help with the generator service."),
            ),
            Week(
                W(
                    "配电柜除尘紧固，更换指示灯 4 只。",
                    "Distribution cabinets cleaned and tightened, four lamps replaced.",
                ),
                W("红外测温。", "Infrared survey."),
            ),
            Week(
                W(
                    "防雷接地连接点检查 31 处，补涂 5 处。",
                    "31 earthing joints inspected, five repainted.",
                ),
                W("配电柜检修。", "Maintenance of the cabinets."),
            ),
        ),
        {
            0: W(
                "UPS 2 后备时间约 45 分钟，低于合同 60 分钟。",
                "UPS 2 lasts about 45 minutes, the contract says 60.",
            )
        },
        {
            0: W(
                "请客户尽快批复电池预算。", "The customer should decide on the battery budget soon."
            )
        },
        {0: "yellow", 1: "yellow"},
    ),
)

STATES: dict[tuple[str, int], str] = {
    ("lin", 0): "draft",
    ("tao", 0): "draft",
    ("lan", 0): "draft",
    ("wen", 0): "",
    ("zhuo", 0): "",
    ("qi", 0): "",
    ("lin", 1): "returned",
    ("wen", 1): "submitted",
    ("lan", 1): "submitted",
    ("tao", 1): "submitted",
    ("zhuo", 1): "again",
    ("qi", 1): "",
    ("wen", 3): "resubmitted",
}
"""(person, week) -> where the entry stands; '' = none was written; otherwise accepted."""

RETURNED = W(
    "红色状态请写清客户已知情况，并给出天窗申请的日期。",
    "Red: say what the customer knows, and when the window was asked for.",
)
REWRITE = W("分机表更正了哪三个，请写出。", "Which three extensions were corrected?")
REWRITTEN = W(
    "更正为 8104 信号楼、8219 洗车机、8307 车辆段值班。",
    "Corrected: 8104 signal box, 8219 washing plant, 8307 depot duty.",
)
AGAIN = W(
    "核对的 6 个柜是哪几个，差异有多少，请写明。",
    "Which six racks were compared, and how many differences were there?",
)
AGAIN_WRITTEN = W(
    "核对的是 A03–A08 柜，差异 2 处，图纸已更正。",
    "Compared: racks A03–A08; two differences, drawings corrected.",
)
ACCEPTED = (
    W("已阅，按计划推进。", "Read, go on as planned."),
    W("同意。注意夜间作业两人在场。", "Agreed. Two people for night work."),
    W("好，案例整理后放入经验库。", "Good; write it up for the experience library."),
    W("已阅。", "Read."),
)
CHECKS = W(
    "本周完成检查 {sheets} 份，异常 {bad} 项。", "Checklists done: {sheets}; items not ok: {bad}."
)
STILL_OPEN = W("已升级部门经理，跟踪处理。", "Escalated to the department manager, being followed.")
ON_SITE = W("现场处理中。", "Being dealt with on site.")
