"""Dispatch network."""

from __future__ import annotations

from models.text.words import W
from tui.demo.checklist import DemoTemplate, Section, look, read

DEVICES = Section(
    W("网络设备", "Network devices"),
    (
        read(
            "cpu",
            W("CPU 使用率", "CPU load"),
            W("网管 5 分钟均值", "5-minute mean in the NMS"),
            "%",
            (None, "70"),
            (23, 6, 0),
            family="network",
        ),
        read(
            "memory",
            W("内存使用率", "Memory use"),
            W("网管当前值", "Current value in the NMS"),
            "%",
            (None, "80"),
            (54, 3, 0),
            family="network",
        ),
        look(
            "fans",
            W("电源与风扇", "Power supplies and fans"),
            W("看设备面板与环境命令", "Look at the panels and the environment command"),
        ),
    ),
)
LINKS = Section(
    W("链路", "Links"),
    (
        read(
            "crc_p1",
            W("错包：调度中心至一水厂", "CRC errors: dispatch to waterworks 1"),
            W("接口计数器，过去 24 小时增量", "Interface counter, growth over 24 h"),
            "",
            (None, "0"),
            (0, 0, 0),
        ),
        read(
            "crc_p2",
            W("错包：调度中心至二水厂", "CRC errors: dispatch to waterworks 2"),
            W("接口计数器，过去 24 小时增量", "Interface counter, growth over 24 h"),
            "",
            (None, "0"),
            (0, 0, 0),
        ),
        read(
            "loss",
            W("丢包率（三厂站最大）", "Packet loss, worst of three stations"),
            W("1000 个 1400 字节 ping", "1,000 pings of 1,400 bytes"),
            "%",
            (None, "0.1"),
            (0.01, 0.02, 2),
        ),
        read(
            "rx_p1",
            W("上联收光：一水厂", "Uplink receive power: waterworks 1"),
            W("光模块诊断值", "Transceiver diagnostics"),
            "dBm",
            ("-14", "-1"),
            (-6.3, 0.2, 1),
        ),
        read(
            "rx_p2",
            W("上联收光：二水厂", "Uplink receive power: waterworks 2"),
            W("光模块诊断值", "Transceiver diagnostics"),
            "dBm",
            ("-14", "-1"),
            (-8.1, 0.2, 1),
        ),
        read(
            "load",
            W("出口链路利用率", "Internet link utilisation"),
            W("网管昨日忙时均值", "Busy-hour mean of yesterday in the NMS"),
            "%",
            (None, "70"),
            (34, 8, 0),
        ),
    ),
)
SERVICES = Section(
    W("路由、安全与管理", "Routing, security and management"),
    (
        look(
            "neighbours",
            W("路由邻居", "Routing neighbours"),
            W("OSPF Full、备用隧道 Established", "OSPF full, backup tunnels established"),
            critical=True,
        ),
        read(
            "sessions",
            W("防火墙会话占上限", "Firewall sessions, share of the limit"),
            W("防火墙首页", "Firewall dashboard"),
            "%",
            (None, "80"),
            (19, 5, 0),
        ),
        look(
            "ha",
            W("防火墙主备状态", "Firewall HA state"),
            W(
                "主备角色正确，心跳正常，配置同步",
                "Roles right, heartbeat up, configuration in sync",
            ),
            critical=True,
        ),
        look(
            "config",
            W("配置备份", "Configuration backup"),
            W("备份目录有本周文件且大小正常", "This week's files are there and of usual size"),
        ),
        read(
            "ntp",
            W("时钟偏移（最大）", "NTP offset, worst"),
            W("NTP 状态命令", "NTP status command"),
            "s",
            (None, "1"),
            (0.02, 0.02, 2),
        ),
        look(
            "log",
            W("日志告警（3 级及以上）", "Log messages, severity 3 and worse"),
            W("日志服务器过滤近 24 小时", "Log server, last 24 hours"),
            expected=W("无新增", "none new"),
        ),
    ),
)
PLANNED = Section(
    W("新增（试用）", "New (on trial)"),
    (
        look(
            "bastion",
            W("堡垒机会话录像", "Bastion host session recordings"),
            W("抽看昨日一段录像可回放", "Play back one of yesterday's recordings"),
        ),
        read(
            "wireless",
            W("无线备用信号强度（最弱）", "Wireless backup signal, weakest"),
            W("路由器状态页 RSRP", "RSRP on the router's status page"),
            "dBm",
            ("-105", None),
            (-92, 4, 0),
        ),
    ),
)

DAILY = DemoTemplate(
    "water-net",
    "water",
    W("调度网络日检", "Dispatch network, daily"),
    "daily",
    (DEVICES, LINKS, SERVICES),
    ("qi",),
    ("08:20",),
)
NEXT = DemoTemplate(
    "water-net-2",
    "water",
    W("调度网络日检", "Dispatch network, daily"),
    "daily",
    (DEVICES, LINKS, SERVICES, PLANNED),
    ("qi",),
    ("08:20",),
    2,
    "draft",
    "water-net",
)
