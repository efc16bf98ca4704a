"""Problems of the tramway communication project."""

from __future__ import annotations

from models.text.words import W
from tui.demo.problem import Correction, DemoFault

FAULTS: tuple[DemoFault, ...] = (
    DemoFault(
        "x4-power",
        "tram-com",
        "rx_x4",
        17,
        ("-24.1", "-23.8"),
        "lin",
        "tram-otn2",
        W("较基线低 2.6 dB，无误码", "2.6 dB below baseline, no bit errors"),
        W(
            "控制中心至四号换乘站收光 -24.1 dBm，较基线 -21.5 dBm 低 2.6 dB，近四天逐日下降；"
            "业务无误码，网管有光功率越限提示。",
            "Receive power control centre – interchange 4 is -24.1 dBm, 2.6 dB below the "
            "baseline of -21.5 dBm and falling for four days. No bit errors; the NMS shows a "
            "threshold notice.",
        ),
        W(
            "四号换乘站 01 柜，OTN 西向线路口、ODF 2 框 7–8 芯",
            "Interchange 4, rack 01, OTN line port west, ODF frame 2, cores 7–8",
        ),
        (
            Correction(
                (0, "10:20"),
                W("换乘站侧尾纤端面脏污。", "Dirty end face of the pigtail at the interchange."),
                "environment",
                W(
                    "清洁换乘站侧 OTN 线路口与 ODF 法兰端面，重新插接。",
                    "Cleaned the end faces at the OTN line port and the ODF adapter of the "
                    "interchange, plugged in again.",
                ),
                W(
                    "清洁后读网管收光，观察 30 分钟",
                    "Receive power in the NMS, watched for 30 minutes",
                ),
                (0, "11:05"),
                W(
                    "收光仅回升到 -23.7 dBm，仍低于下限 -23.5 dBm，怀疑对端。",
                    "Only up to -23.7 dBm, still below the limit of -23.5 dBm; the far end is "
                    "suspected.",
                ),
            ),
            Correction(
                (1, "14:10"),
                W(
                    "控制中心侧 ODF 法兰有划痕，端面压伤；换乘站侧脏污只是次要原因。",
                    "Scratched adapter and damaged end face at the control centre's ODF; the "
                    "dirt at the interchange was only a minor cause.",
                ),
                "equipment",
                W(
                    "更换控制中心侧 ODF 法兰和一根 3 m 尾纤，两端端面镜检合格。",
                    "Replaced the ODF adapter and a 3 m pigtail at the control centre; both "
                    "end faces passed the microscope.",
                ),
                W(
                    "双向测光功率，收光 -21.7 dBm",
                    "Power measured in both directions, -21.7 dBm received",
                ),
                (1, "15:00"),
            ),
        ),
        (2, "09:40"),
    ),
    DemoFault(
        "x4-fibre",
        "tram-com",
        "rx_x4",
        6,
        ("-24.6", "-24.7", "-24.7", "-24.9", "-25", "-25.2", "-25.3"),
        "lin",
        "tram-otn2",
        W(
            "再次越限，端面镜检正常，怀疑光缆",
            "Beyond the limit again, end faces clean, cable suspected",
        ),
        W(
            "控制中心至四号换乘站收光再次越限，-24.6 dBm，本月第二次；两端端面镜检正常，OTDR 在"
            " 4.37 km 处见 2.9 dB 弯曲损耗，与环湖大道人行道改造位置吻合。",
            "Receive power control centre – interchange 4 beyond the limit again, -24.6 dBm, "
            "for the second time this month. End faces are clean; the OTDR shows a bend loss "
            "of 2.9 dB at 4.37 km, where the pavement of Huanhu Avenue is being rebuilt.",
        ),
        W("环湖大道 K4+370 附近管道人孔 17 号", "Manhole 17 near km 4.37, Huanhu Avenue"),
        escalated=(0, "10:30"),
        typical=True,
    ),
    DemoFault(
        "clock-source",
        "tram-com",
        "clock",
        11,
        ("",),
        "wen",
        "tram-otn3",
        W("车辆段节点跟踪备用时钟源", "Depot node follows the standby source"),
        W(
            "车辆段 OTN 节点时钟由主用源切到备用源并保持，网管有“同步源倒换”提示告警；业务正常。",
            "The depot OTN node switched from the primary to the standby clock source and "
            "stayed there; the NMS shows 'synchronisation source switched'. Services are "
            "normal.",
        ),
        W("车辆段 02 柜，2M 时钟口", "Depot, rack 02, 2 Mbit/s clock port"),
        (
            Correction(
                (0, "10:15"),
                W(
                    "主用时钟线 DDF 端子松动，接触不良。",
                    "Loose DDF terminal of the primary clock line.",
                ),
                "maintenance",
                W(
                    "重做 DDF 端子并绑扎，清除等待恢复时间后手动切回主用源。",
                    "Remade and tied the DDF terminal, cleared the wait-to-restore time and "
                    "switched back to the primary source.",
                ),
                W(
                    "网管看锁定状态，2 小时内无再次倒换",
                    "NMS shows locked, no further switch within 2 hours",
                ),
                (0, "13:30"),
            ),
        ),
        (1, "10:00"),
    ),
    DemoFault(
        "otn3-card",
        "tram-com",
        "alarm",
        10,
        ("",),
        "wen",
        "tram-otn3",
        W(
            "主控板通信中断告警，几分钟后自行消失",
            "Controller communication alarm, gone after minutes",
        ),
        W(
            "车辆段 OTN 节点上报“主控板通信中断”重要告警，约 6 分钟后自动恢复；查历史告警，近两"
            "周共 5 次，均在夜间性能采集时段，其余两个节点偶有同样记录。",
            "The depot OTN node raised the major alarm 'controller communication lost', "
            "cleared by itself after about 6 minutes. The history shows it 5 times in two "
            "weeks, always while performance data are collected at night; the two other nodes "
            "have the same entry now and then.",
        ),
        W("车辆段 02 柜，主控板 1 槽", "Depot, rack 02, controller in slot 1"),
        escalated=(0, "11:20"),
        device_row="tram-otn3",
    ),
    DemoFault(
        "dispatch-noise",
        "tram-com",
        "call",
        3,
        ("",),
        "wen",
        "tram-disp",
        W("车辆段值班分机有连续电流声", "Steady hum on the depot duty phone"),
        W(
            "拨测车辆段值班分机 8307 有连续电流声，能听清但影响调度口令复诵；其他站正常。",
            "Test call to the depot duty phone 8307 has a steady hum; understandable, but it "
            "disturbs the repeating of dispatch orders. Other stations are fine.",
        ),
        W("控制中心 A05 柜，用户板 3 槽 7 口", "Control centre, rack A05, line card slot 3 port 7"),
        (
            Correction(
                (0, "15:20"),
                W(
                    "用户板 7 口馈电模块老化，换口后消失。",
                    "Ageing feed module of port 7; gone after changing the port.",
                ),
                "equipment",
                W(
                    "将 8307 割接到同板 12 口并改标签，7 口停用挂牌。",
                    "Moved 8307 to port 12 of the same card and relabelled it; port 7 tagged "
                    "out of use.",
                ),
            ),
        ),
        noted="15:35",
    ),
    DemoFault(
        "conference-register",
        "tram-com",
        "conference",
        1,
        ("",),
        "lin",
        "tram-conf",
        W("终端开机正常，注册失败", "Terminal starts, registration fails"),
        W(
            "应急指挥室会议电视终端开机自检正常，但向会议服务器注册失败，提示“认证超时”；指挥室"
            "当日有会，暂不能进场处理。",
            "The terminal of the emergency operations room starts normally but cannot register "
            "with the conference server, 'authentication timed out'. The room is in use today, "
            "no access for now.",
        ),
        W("控制中心应急指挥室", "Control centre, emergency operations room"),
    ),
    DemoFault(
        "rectifier-module",
        "tram-power",
        "modules",
        2,
        ("",),
        "wen",
        "tram-rect",
        W("3 号模块无输出，其余均流正常", "Module 3 without output, the others share the load"),
        W(
            "高频开关电源 3 号整流模块故障灯亮、无输出电流，其余 5 个模块均流 18 A 左右，系统 "
            "N+1 尚满足。",
            "Rectifier module 3 of the -48 V plant has its fault lamp on and delivers no "
            "current; the other five share about 18 A each, N+1 still holds.",
        ),
        W("控制中心电源间 P1 架 3 号位", "Control centre power room, P1, position 3"),
        (
            Correction(
                (0, "10:30"),
                W(
                    "模块风扇卡死导致过温保护，模块已使用 6 年。",
                    "Seized fan, overtemperature protection; the module is six years old.",
                ),
                "equipment",
                W(
                    "更换库存同型号模块，旧模块返厂；盘点后备件余 1 块。",
                    "Replaced by a module of the same type from stock, the old one sent for "
                    "repair; one spare left.",
                ),
                W(
                    "看模块灯与均流，30 分钟后红外测温",
                    "Lamps and load sharing, infrared reading after 30 minutes",
                ),
                (0, "11:15"),
            ),
        ),
        (1, "09:05"),
    ),
    DemoFault(
        "depot-power-dip",
        "",
        "",
        8,
        (),
        "lin",
        "tram-otn3",
        W("", ""),
        W(
            "网管夜间告警：车辆段节点一路输入电源欠压 40 秒后恢复，业务未中断。",
            "NMS alarm at night: one power feed of the depot node below its limit for 40 "
            "seconds; services went on.",
        ),
        W("车辆段电源柜 2 路空开", "Depot power cabinet, breaker of feed 2"),
        (
            Correction(
                (0, "10:50"),
                W(
                    "该路空开接线端子松动，夜间洗车机启动时压降增大。",
                    "Loose terminal at the breaker; the voltage dips when the washing plant "
                    "starts at night.",
                ),
                "maintenance",
                W(
                    "紧固两路空开端子并红外测温，写入月检。",
                    "Tightened the terminals of both feeds, infrared check; added to the "
                    "monthly check.",
                ),
                W("洗车机启停两次，电压无跌落", "Washing plant started twice, no dip"),
                (0, "11:20"),
            ),
        ),
        (1, "09:30"),
        during="monitoring",
        noted="09:20",
        project="tram",
    ),
)
