"""Server room environment."""

from __future__ import annotations

from models.text.words import W
from tui.demo.checklist import NO_ALARM, DemoTemplate, Section, look, read

ENVIRONMENT = Section(
    W("机房环境", "Server room"),
    (
        read(
            "temp",
            W("冷通道温度", "Cold-aisle temperature"),
            W(
                "机柜正面 1.5 m 高处读数，与动环监控比对",
                "Read 1.5 m high at the rack front, compare with the monitoring system",
            ),
            "°C",
            ("18", "27"),
            (22.4, 0.6, 1),
            critical=True,
        ),
        read(
            "humidity",
            W("相对湿度", "Relative humidity"),
            W(
                "读温湿度计，与动环监控比对",
                "Read the hygrometer, compare with the monitoring system",
            ),
            "%",
            ("40", "70"),
            (51, 4, 0),
        ),
        look(
            "leak",
            W("漏水告警", "Water-leak alarm"),
            W(
                "看漏水控制器，目视空调底盘与地板下",
                "Look at the leak controller, under the cooling units and the raised floor",
            ),
            expected=NO_ALARM,
            critical=True,
        ),
        look(
            "smell",
            W("异味、异响、积尘", "Smell, noise, dust"),
            W("绕行一圈，闻、听、看", "Walk round once: smell, listen, look"),
        ),
        look(
            "rodent",
            W("防鼠挡板与线缆孔洞封堵", "Rodent guard and cable sealing"),
            W(
                "看门槛挡板、走线孔防火泥",
                "Look at the door guard and the fire putty of cable holes",
            ),
        ),
    ),
)
SAFETY = Section(
    W("消防与安防", "Fire protection and access"),
    (
        look(
            "access",
            W("门禁与出入登记", "Access control and visitor log"),
            W("试刷门禁，核对登记本与视频", "Try the reader, compare the log with the video"),
        ),
        look(
            "light",
            W("照明与应急照明", "Lighting and emergency lighting"),
            W("按应急灯测试钮", "Press the test button of the emergency lamps"),
        ),
        look(
            "cylinder",
            W("灭火气瓶压力", "Fire-suppression cylinder pressure"),
            W("看压力表指针", "Look at the gauge"),
            expected=W("指针在绿区", "needle in the green zone"),
        ),
        look(
            "smoke",
            W("烟感与消防主机告警", "Smoke detectors and fire panel"),
            W("看消防主机面板", "Look at the fire panel"),
            expected=NO_ALARM,
            critical=True,
        ),
    ),
)
COOLING = Section(
    W("精密空调", "Precision cooling"),
    (
        read(
            "return_air",
            W("回风温度", "Return air temperature"),
            W("读空调面板", "Read the unit's panel"),
            "°C",
            ("20", "28"),
            (24.0, 0.4, 1),
            family="room",
        ),
        look(
            "cool_alarm",
            W("空调告警", "Cooling unit alarms"),
            W("看面板当前告警", "Look at the current alarms on the panel"),
            expected=NO_ALARM,
            family="room",
        ),
        look(
            "filter",
            W("滤网清洁度", "Air filters"),
            W("抽看滤网，压差报警未动作", "Pull out and look; filter pressure switch not tripped"),
        ),
        look(
            "drain",
            W("冷凝水排水", "Condensate drain"),
            W("看接水盘与排水管，倒半杯水试排", "Look at tray and pipe; pour half a cup to test"),
        ),
    ),
)

OLD = DemoTemplate(
    "hosp-env-1",
    "hosp",
    W("机房环境日检", "Server room daily round"),
    "daily",
    (ENVIRONMENT, SAFETY),
    ("zhuo",),
    ("08:05",),
    1,
    "retired",
)
DAILY = DemoTemplate(
    "hosp-env",
    "hosp",
    W("机房环境日检", "Server room daily round"),
    "daily",
    (ENVIRONMENT, SAFETY, COOLING),
    ("zhuo",),
    ("08:05", "16:05"),
    2,
    "published",
    "hosp-env-1",
)
