"""Problems of the water dispatch network."""

from __future__ import annotations

from models.text.words import W
from tui.demo.problem import Correction, DemoFault

FAULTS: tuple[DemoFault, ...] = (
    DemoFault(
        "p2-crc",
        "water-net",
        "crc_p2",
        13,
        ("1842",),
        "qi",
        "water-core2",
        W("接口错包持续增长，业务有感", "Errors keep growing, users notice"),
        W(
            "核心交换机 2 至二水厂上联口 24 小时 CRC 错包 1842 个，二水厂反映画面偶有卡顿。",
            "1842 CRC errors in 24 hours on the uplink of core switch 2 to waterworks 2; the "
            "plant sees frozen pictures now and then.",
        ),
        W("N02 柜，核心 2，2/0/5 口", "Rack N02, core 2, port 2/0/5"),
        (
            Correction(
                (0, "10:40"),
                W(
                    "光模块老化，发光功率低且温度高。",
                    "Ageing transceiver, low transmit power, running hot.",
                ),
                "equipment",
                W(
                    "更换备用光模块，清零计数器；旧模块报废。",
                    "Fitted the spare transceiver, counters cleared; the old one scrapped.",
                ),
                W(
                    "打流 30 分钟错包为 0，厂站确认画面流畅",
                    "30 minutes of test traffic without errors, the plant confirms",
                ),
                (0, "11:30"),
            ),
        ),
        (1, "08:50"),
    ),
    DemoFault(
        "fw-heartbeat",
        "water-net",
        "ha",
        8,
        ("",),
        "qi",
        "water-fw2",
        W("备机显示“失去对端”，主机正常", "Standby shows 'peer lost', active fine"),
        W(
            "防火墙备机显示失去对端，双机心跳中断，配置未同步；主机承载业务正常，若此时倒换有双"
            "主风险。",
            "The standby firewall lost its peer: heartbeat down, configuration not in sync. "
            "The active unit carries the traffic; a switchover now could make both active.",
        ),
        W("N01 与 N02 柜间心跳线", "Heartbeat cable between racks N01 and N02"),
        (
            Correction(
                (0, "10:10"),
                W(
                    "整理线缆时误碰，备机侧心跳线水晶头卡扣断、虚接。",
                    "Touched while tidying cables: broken latch, loose plug at the standby side.",
                ),
                "maintenance",
                W(
                    "更换心跳线并双端贴“勿动”标签，手动同步配置。",
                    "Replaced the cable, 'do not touch' labels at both ends, configuration "
                    "synchronised by hand.",
                ),
                W(
                    "两机状态、配置比对一致，夜间倒换演练一次",
                    "States and configurations equal, one switchover exercise at night",
                ),
                (1, "08:40"),
            ),
        ),
        (1, "10:00"),
        typical=True,
    ),
    DemoFault(
        "ntp-drift",
        "water-net",
        "ntp",
        1,
        ("3.4",),
        "qi",
        "water-fw1",
        W("防火墙（主）偏移 3.4 s", "Active firewall off by 3.4 s"),
        W(
            "防火墙（主）时钟偏移 3.4 s，NTP 状态“未同步”；日志时间与调度系统对不上。",
            "The active firewall is off by 3.4 s, NTP state 'not synchronised'; log times do "
            "not match the dispatch system.",
        ),
        W("N01 柜 34U", "Rack N01, U34"),
    ),
    DemoFault(
        "b3-backup",
        "water-net",
        "neighbours",
        3,
        ("", "", "", ""),
        "qi",
        "water-4g",
        W(
            "三号加压站备用隧道 Down，主用正常",
            "Backup tunnel of booster station 3 down, main link fine",
        ),
        W(
            "三号加压站无线备用隧道中断，主用光路正常；路由器可远程登录，运营商网络注册反复掉线，"
            "更换接入点名称无效。",
            "The wireless backup tunnel of booster station 3 is down, the fibre link is fine. "
            "The router answers, but its mobile registration drops again and again; another "
            "access point name changes nothing.",
        ),
        W("三号加压站壁挂箱", "Booster station 3, wall box"),
        escalated=(1, "16:50"),
    ),
    DemoFault(
        "core1-memory",
        "water-net",
        "memory",
        18,
        ("83", "84", "84", "86", "87"),
        "qi",
        "water-core1",
        W("每天涨 1 个百分点左右", "Grows by about a point a day"),
        W(
            "核心交换机 1 内存使用率 83 %，超过 80 %，三周来每天上升约 1 个百分点，清理缓存无效；"
            "核心 2 为 55 %。",
            "Memory use of core switch 1 is 83 %, above 80 %, growing about one point a day "
            "for three weeks; clearing caches does not help. Core 2 is at 55 %.",
        ),
        W("N01 柜 20–30U", "Rack N01, U20–30"),
        escalated=(0, "11:00"),
        device_row="water-core1",
    ),
    DemoFault(
        "bat2-cell",
        "water-power",
        "cell2",
        3,
        ("2.19",),
        "lan",
        "water-bat2",
        W("第 117 节 2.19 V", "Cell 117: 2.19 V"),
        W(
            "UPS 2 蓄电池第 117 节浮充电压 2.19 V，低于 2.23 V，相邻各节 2.24–2.26 V；外观无鼓"
            "胀漏液。",
            "Cell 117 of the UPS 2 string floats at 2.19 V, below 2.23 V; its neighbours read "
            "2.24–2.26 V. No swelling, no leaks.",
        ),
        W("二水厂电控室电池架 3 层", "Waterworks 2, control room, battery rack level 3"),
        (
            Correction(
                (0, "11:10"),
                W(
                    "整组长期浮充，单体落后。",
                    "Long floating without equalising, the cell lags behind.",
                ),
                "equipment",
                W(
                    "按厂家参数启动均充 10 小时，紧固该节端子。",
                    "Equalising charge of 10 hours started by the maker's figures, terminals "
                    "tightened.",
                ),
                W(
                    "次日浮充 4 小时后复测为 2.24 V",
                    "2.24 V after 4 hours of floating on the next day",
                ),
                (1, "09:50"),
            ),
        ),
        (1, "10:30"),
    ),
    DemoFault(
        "bat2-replace",
        "water-power",
        "cell2",
        1,
        ("2.17", "2.17"),
        "lan",
        "water-bat2",
        W("第 117 节又低，第 121 节 2.2 V", "Cell 117 low again, cell 121 at 2.2 V"),
        W(
            "UPS 2 蓄电池第 117 节均充两周后又降到 2.17 V，第 121 节 2.2 V；内阻 117 节为出厂值"
            "的 1.9 倍，电池组已用 7 年。",
            "Two weeks after equalising, cell 117 of the UPS 2 string is down to 2.17 V and "
            "cell 121 at 2.2 V; the resistance of 117 is 1.9 times the new value. The string "
            "is seven years old.",
        ),
        W("二水厂电控室电池架 3 层", "Waterworks 2, control room, battery rack level 3"),
        escalated=(0, "11:30"),
    ),
    DemoFault(
        "p1-labels",
        "",
        "",
        9,
        (),
        "lan",
        None,
        W("", ""),
        W(
            "配合一水厂检修时发现配电柜 Q7、Q9 回路标签互换，若按标签操作会误断调度网络电源。",
            "While assisting at waterworks 1: the labels of circuits Q7 and Q9 are swapped; "
            "switching by label would cut the dispatch network.",
        ),
        W("一水厂电控室配电柜 2 号屏", "Waterworks 1, control room, distribution panel 2"),
        (
            Correction(
                (0, "15:20"),
                W(
                    "上次改造后未核对标签与图纸。",
                    "Labels and drawing were not compared after the last change.",
                ),
                "maintenance",
                W(
                    "与值班长逐路验电核对，更换标签并改图；同屏其余 12 路一并核对，无误。",
                    "Checked circuit by circuit with the shift leader, new labels, drawing "
                    "corrected; the other 12 circuits are right.",
                ),
                W(
                    "断开 Q9 备用回路验证，网络电源不受影响",
                    "Opened spare circuit Q9: network supply not affected",
                ),
                (0, "15:40"),
            ),
        ),
        (1, "09:10"),
        during="work",
        noted="16:20",
        site="water-p1",
        project="water",
        typical=True,
    ),
)
