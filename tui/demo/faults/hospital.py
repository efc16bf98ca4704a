"""Problems of the hospital data room."""

from __future__ import annotations

from models.text.words import W
from tui.demo.problem import Correction, DemoFault

FAULTS: tuple[DemoFault, ...] = (
    DemoFault(
        "crac1-filter",
        "hosp-env",
        "return_air",
        19,
        ("28.6",),
        "zhuo",
        "hosp-crac1",
        W("滤网发黑，冷通道暂 25.8 °C", "Filter black, cold aisle 25.8 °C for now"),
        W(
            "精密空调 1 回风温度 28.6 °C，超过 28 °C；面板有“滤网压差”预警，冷通道温度未超限。",
            "Return air of cooling unit 1 is 28.6 °C, above 28 °C; the panel warns of filter "
            "pressure. The cold aisle is within limits.",
        ),
        W("门诊机房北墙", "Outpatient data room, north wall"),
        (
            Correction(
                (0, "09:10"),
                W(
                    "走廊装修粉尘，滤网提前堵塞。",
                    "Dust from works in the corridor clogged the filter early.",
                ),
                "environment",
                W(
                    "更换全部 4 片滤网，机房门缝加密封条；请信息科协调施工方围挡。",
                    "Replaced all four filters, sealed the door gap; asked the IT section to "
                    "have the works screened off.",
                ),
                W("一小时后读回风温度", "Return air read after one hour"),
                (0, "10:20"),
            ),
        ),
        (0, "16:30"),
        device_row="hosp-crac1",
    ),
    DemoFault(
        "crac1-drain",
        "hosp-env",
        "leak",
        11,
        ("",),
        "zhuo",
        "hosp-crac1",
        W("漏水绳 2 区告警，空调 1 底盘积水", "Leak cable zone 2, water under unit 1"),
        W(
            "漏水控制器 2 区告警，精密空调 1 接水盘溢水，地板下约 0.5 m² 积水，未到机柜区。",
            "Leak controller alarm in zone 2: the condensate tray of unit 1 overflows, about "
            "0.5 m² of water under the floor, not yet at the racks.",
        ),
        W("门诊机房北墙地板下", "Outpatient data room, under the floor at the north wall"),
        (
            Correction(
                (0, "08:40"),
                W(
                    "冷凝水排水管被滤网碎屑和藻泥堵塞；上次换滤网时未清接水盘。",
                    "Condensate pipe blocked by filter debris and algae; the tray was not "
                    "cleaned when the filters were changed.",
                ),
                "maintenance",
                W(
                    "吸干积水，疏通排水管并用热水冲洗，清洗接水盘；换滤网作业单增加“清接水盘”一"
                    "步。",
                    "Removed the water, cleared and flushed the pipe, cleaned the tray; 'clean "
                    "the tray' added to the filter work sheet.",
                ),
                W(
                    "倒水 2 L 试排，漏水绳复位后 1 小时无告警",
                    "2 L of water drain away, no alarm for 1 hour after reset",
                ),
                (0, "10:00"),
            ),
        ),
        (0, "17:10"),
        typical=True,
    ),
    DemoFault(
        "crac1-refrigerant",
        "hosp-env",
        "return_air",
        2,
        ("28.9", "29.4", "28.7", "28.3"),
        "zhuo",
        "hosp-crac1",
        W("压缩机高压告警一次，已复位", "One high-pressure alarm, reset"),
        W(
            "精密空调 1 回风温度 28.9 °C，压缩机高压告警跳停一次，复位后可运行但制冷量不足；一"
            "个月内第三次异常，冷通道 26.4 °C，由空调 2 分担。",
            "Return air of cooling unit 1 is 28.9 °C; the compressor tripped once on high "
            "pressure and runs again after reset, but cools too little. Third fault in a "
            "month; cold aisle 26.4 °C, unit 2 carries the load.",
        ),
        W(
            "门诊机房北墙，室外机在 6 楼平台",
            "Outpatient data room, north wall; outdoor unit on the 6th-floor deck",
        ),
        escalated=(0, "16:40"),
        device_row="hosp-crac1",
        round=2,
        typical=True,
    ),
    DemoFault(
        "door-reader",
        "hosp-env",
        "access",
        13,
        ("",),
        "zhuo",
        None,
        W("刷卡三次才开，登记本齐全", "Opens at the third try, log complete"),
        W(
            "门诊机房门禁读头时好时坏，刷卡三四次才开门，昨晚有一次值班人员进不去，靠钥匙开门。",
            "The card reader of the outpatient data room works now and then, the door opens at "
            "the third or fourth try; last night the duty person had to use the key.",
        ),
        W("门诊楼 5 楼信息机房门", "Outpatient building, 5th floor, data room door"),
        (
            Correction(
                (0, "15:30"),
                W(
                    "读头电源线接头氧化，刷卡瞬间电压跌到 9 V。",
                    "Oxidised joint in the reader's supply, voltage dips to 9 V when a card is "
                    "read.",
                ),
                "equipment",
                W(
                    "按意见先测供电，重做接头并改为压接端子，未更换读头。",
                    "Checked the supply first, as advised; remade the joint with crimp "
                    "terminals, reader not replaced.",
                ),
                W("连续刷卡 20 次全部一次开门", "20 cards in a row, each opens at once"),
                (0, "15:50"),
            ),
        ),
        (1, "09:00"),
        escalated=(0, "09:10"),
        site="hosp-main",
    ),
    DemoFault(
        "db1-archive",
        "hosp-srv",
        "disk",
        15,
        ("83.4",),
        "tao",
        "hosp-db1",
        W("/arch 83.4 %，其余正常", "/arch at 83.4 %, others fine"),
        W(
            "DB-01 归档目录 /arch 使用率 83.4 %，较上周上升 9 个百分点，超过 80 % 限值。",
            "The archive directory /arch of DB-01 is 83.4 % full, nine points more than last "
            "week, above the limit of 80 %.",
        ),
        W("DB-01，/arch", "DB-01, /arch"),
        (
            Correction(
                (0, "11:00"),
                W(
                    "三天前备份介质池满，归档日志备份失败，删除策略因此不执行；备份告警邮件发到"
                    "了已停用邮箱。",
                    "The backup media pool filled up three days ago, archive log backups "
                    "failed and nothing was deleted; the warning mails went to a mailbox no "
                    "longer in use.",
                ),
                "maintenance",
                W(
                    "扩容介质池，补做归档日志备份后按策略清理，/arch 降至 61 %；告警收件人改为"
                    "值班邮箱。",
                    "Enlarged the media pool, backed up the archive logs and cleaned up by "
                    "policy, /arch down to 61 %; warnings now go to the duty mailbox.",
                ),
                W("次日看 /arch 与备份任务", "/arch and the backup job on the next day"),
                (1, "09:15"),
            ),
        ),
        (1, "16:20"),
        device_row="hosp-db1",
        typical=True,
    ),
    DemoFault(
        "db1-archive-2",
        "hosp-srv",
        "disk",
        5,
        ("81.6",),
        "tao",
        "hosp-db1",
        W("/arch 81.6 %，备份任务正常", "/arch at 81.6 %, backups fine"),
        W(
            "DB-01 /arch 使用率再次超限，81.6 %；备份与清理任务均成功，当日归档量 186 GB，约为"
            "平日三倍。",
            "/arch of DB-01 beyond the limit again, 81.6 %. Backup and clean-up succeed; 186 "
            "GB archived in one day, three times the usual.",
        ),
        W("DB-01，/arch", "DB-01, /arch"),
        (
            Correction(
                (0, "11:30"),
                W(
                    "影像科数据迁移脚本逐行提交，产生大量日志；不是备份问题。",
                    "The radiology data migration commits row by row and writes masses of log; "
                    "not a backup fault.",
                ),
                "third_party",
                W(
                    "与厂商商定改为每 5000 行提交、夜间运行；当日加做一次归档备份并清理。",
                    "Agreed with the vendor: commit every 5,000 rows, run at night; one more "
                    "archive backup and clean-up today.",
                ),
                W(
                    "16 点复看 /arch 为 66 %，归档速率恢复",
                    "/arch at 66 % at 16:00, archive rate back to normal",
                ),
                (0, "16:05"),
            ),
        ),
        device_row="hosp-db1",
    ),
    DemoFault(
        "app2-psu",
        "hosp-srv",
        "psu",
        12,
        ("",) * 12,
        "tao",
        "hosp-app2",
        W("PSU2 黄灯，单电源运行", "PSU2 amber, running on one supply"),
        W(
            "APP-02 电源模块 PSU2 黄灯，管理口报“输入正常、输出失效”，现单电源运行；换 PDU 口无"
            "效，判断模块损坏。",
            "Supply PSU2 of APP-02 is amber, management port says 'input ok, output failed'; "
            "the server runs on one supply. Another PDU outlet changes nothing: the module is "
            "broken.",
        ),
        W("B02 柜 17–18U", "Rack B02, U17–18"),
        escalated=(0, "10:00"),
        device_row="hosp-app2",
    ),
    DemoFault(
        "portal-certificate",
        "hosp-srv",
        "certificate",
        7,
        ("", "", "", ""),
        "tao",
        "hosp-app1",
        W("预约门户证书不足 30 天", "Portal certificate: less than 30 days"),
        W(
            "预约挂号门户证书剩余不足 30 天，到期将影响手机端挂号。",
            "The certificate of the registration portal has less than 30 days left; once "
            "expired, registration by phone stops.",
        ),
        W("APP-01、APP-02 前端代理", "Front proxies on APP-01 and APP-02"),
        (
            Correction(
                (3, "15:00"),
                W(
                    "年度续期由信息科采购，未列入双方计划。",
                    "Yearly renewal is bought by the IT section and stood in nobody's plan.",
                ),
                "maintenance",
                W(
                    "信息科取得新证书后在两台代理更新并重载；续期写入年度计划，提前 60 天提醒。",
                    "New certificate from the IT section installed on both proxies and "
                    "reloaded; renewal entered in the yearly plan with 60 days' notice.",
                ),
            ),
        ),
    ),
    DemoFault(
        "db-locks",
        "hosp-srv",
        "locks",
        20,
        ("7", "5", "6"),
        "tao",
        "hosp-db1",
        W("挂号高峰窗口转圈，9:20 后自行缓解", "Registration windows freeze, eases after 9:20"),
        W(
            "挂号高峰锁等待会话 7 个，门诊收费窗口界面停顿 10–40 秒，9:20 后自行缓解；信息科反"
            "映上周起每天出现。",
            "7 sessions wait on locks at the registration peak; cashier windows freeze for "
            "10–40 seconds, easing after 9:20. The IT section says it happens every day since "
            "last week.",
        ),
        W("DB-01，挂号库", "DB-01, registration database"),
        direct=True,
        escalated=(0, "10:05"),
        during="customer",
        typical=True,
    ),
    DemoFault(
        "kiosk-offline",
        "",
        "",
        4,
        (),
        "zhuo",
        None,
        W("", ""),
        W(
            "信息科报修：门诊大厅 3 号自助机无法打印凭条，提示“服务不可达”，其余自助机正常。",
            "IT section reports: self-service kiosk 3 in the hall prints no slips, 'service "
            "unreachable'; the others work.",
        ),
        W("门诊大厅，接入交换机 14 口", "Outpatient hall, access switch port 14"),
        (
            Correction(
                (0, "11:05"),
                W(
                    "保洁误把网线两头插在同一面板，触发环路保护关闭端口。",
                    "A cleaner plugged both ends of a cable into the same outlet; loop "
                    "protection shut the port.",
                ),
                "user",
                W(
                    "拔除环路网线，恢复端口，面板空口加防尘塞。",
                    "Removed the loop, enabled the port, plugged the free outlets.",
                ),
                W(
                    "打印测试 3 次，观察端口 20 分钟",
                    "Three test prints, port watched for 20 minutes",
                ),
                (0, "11:30"),
            ),
        ),
        (0, "17:00"),
        during="customer",
        noted="11:50",
        site="hosp-main",
        project="hosp",
    ),
)
