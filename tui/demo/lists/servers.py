"""Servers, storage and databases."""

from __future__ import annotations

from models.text.words import W
from tui.demo.checklist import DemoTemplate, Section, look, read

HARDWARE = Section(
    W("服务器与存储", "Servers and storage"),
    (
        look(
            "led",
            W("故障指示灯", "Fault LEDs"),
            W("目视前后面板，无黄灯、红灯", "Look at front and rear: no amber, no red"),
        ),
        look(
            "psu",
            W("双电源", "Dual power supplies"),
            W("两路电源灯绿，分接两路 PDU", "Both supplies green, fed from different PDUs"),
            family="server",
        ),
        look(
            "raid",
            W("RAID 与硬盘", "RAID and disks"),
            W("管理口看阵列 Optimal、SMART 正常", "Management port: array optimal, SMART ok"),
            critical=True,
        ),
        read(
            "cpu",
            W("CPU 使用率", "CPU load"),
            W("监控平台 5 分钟均值", "5-minute mean on the monitoring platform"),
            "%",
            (None, "80"),
            (31, 9, 0),
            family="server",
        ),
        read(
            "memory",
            W("内存（缓存）使用率", "Memory or cache use"),
            W("监控平台当前值", "Current value on the monitoring platform"),
            "%",
            (None, "85"),
            (58, 5, 0),
            family="server",
        ),
        read(
            "disk",
            W("文件系统或存储池最高使用率", "Fullest file system or pool"),
            W("取各挂载点、存储池中最高者", "The fullest mount point or pool"),
            "%",
            (None, "80"),
            (63, 1, 1),
            family="server",
        ),
    ),
)
SERVICES = Section(
    W("数据库与平台", "Databases and platform"),
    (
        look(
            "backup",
            W("夜间备份任务", "Nightly backup job"),
            W("看备份软件昨夜任务与日志", "Look at last night's job and its log"),
            expected=W("成功", "successful"),
            critical=True,
        ),
        look(
            "cluster",
            W("集群节点状态", "Cluster nodes"),
            W("节点全部在线，资源在主节点", "All nodes online, resources on the primary"),
            critical=True,
        ),
        read(
            "tablespace",
            W("最高表空间使用率", "Fullest tablespace"),
            W("数据库巡检脚本", "Database check script"),
            "%",
            (None, "85"),
            (74, 0.3, 1),
        ),
        read(
            "connections",
            W("数据库连接数占上限", "Connections, share of the limit"),
            W("数据库巡检脚本", "Database check script"),
            "%",
            (None, "80"),
            (36, 7, 0),
        ),
        read(
            "locks",
            W("超过 30 秒的锁等待会话", "Sessions waiting on a lock over 30 s"),
            W("9:00 挂号高峰时查询", "Queried at the 9:00 registration peak"),
            "",
            (None, "3"),
            (0.4, 0.9, 0),
        ),
        read(
            "virus",
            W("病毒库距今天数", "Age of virus signatures"),
            W("防病毒控制台", "Anti-virus console"),
            "d",
            (None, "7"),
            (2, 2, 0),
        ),
        read(
            "certificate",
            W("最近到期证书剩余天数", "Days left of the next certificate"),
            W("证书检查脚本", "Certificate check script"),
            "d",
            ("30", None),
            (60, 0, 0),
        ),
    ),
)
RESTORE = Section(
    W("恢复测试", "Restore test"),
    (
        look(
            "restore",
            W("备份恢复测试", "Restore test of a backup"),
            W(
                "随机取一份备份恢复到测试机，核对记录数",
                "Restore one backup at random on the test machine, compare row counts",
            ),
            expected=W("恢复成功，数据一致", "restored, data equal"),
            critical=True,
        ),
        read(
            "restore_time",
            W("恢复用时", "Time to restore"),
            W("从开始恢复到可查询", "From start to first query"),
            "min",
            (None, "60"),
            (41, 5, 0),
        ),
    ),
)

DAILY = DemoTemplate(
    "hosp-srv",
    "hosp",
    W("服务器与数据库日检", "Servers and databases, daily"),
    "daily",
    (HARDWARE, SERVICES),
    ("tao",),
    ("08:40",),
)
MONTHLY = DemoTemplate(
    "hosp-restore",
    "hosp",
    W("备份恢复月度测试", "Monthly restore test"),
    "monthly",
    (RESTORE,),
    ("tao",),
    ("14:20",),
)
