"""Power: mains, UPS, power plant, batteries, generator."""

from __future__ import annotations

from models.text.words import W
from tui.demo.checklist import NO_ALARM, DemoItem, DemoTemplate, Section, look, read

MAINS = read(
    "mains",
    W("市电相电压（偏差最大一相）", "Mains phase voltage, worst phase"),
    W("配电柜多功能表", "Meter of the distribution cabinet"),
    "V",
    ("198", "242"),
    (229, 4, 0),
)
HOT_SPOT = read(
    "hot_spot",
    W("配电柜接点最高温度", "Hottest joint in the distribution cabinet"),
    W("红外测温，负荷下", "Infrared thermometer, under load"),
    "°C",
    (None, "60"),
    (38, 3, 1),
)
BATTERY_ROOM = read(
    "battery_room",
    W("电池室温度", "Battery room temperature"),
    W("电池架中部读数", "Read at the middle of the rack"),
    "°C",
    ("20", "25"),
    (22.6, 0.8, 1),
)
SWELLING = look(
    "swelling",
    W("漏液、鼓胀、端子腐蚀", "Leaks, swelling, corroded terminals"),
    W("逐节目视，手电照端子", "Look at every cell, torch on the terminals"),
    critical=True,
)


def _cell(key: str, where: W) -> DemoItem:
    return read(
        f"cell{key}",
        W(f"单体浮充电压，最低一节{where.zh}", f"Float voltage of the lowest cell{where.en}"),
        W("万用表逐节测，记最低值与节号", "Measure every cell, note the lowest and its number"),
        "V",
        ("2.23", "2.27"),
        (2.25, 0.006, 2),
        critical=True,
    )


def _ups(number: int, where: W, load: float) -> tuple[DemoItem, ...]:
    zh, en = f"（{where.zh}）", f", {where.en}"
    return (
        look(
            f"ups{number}_panel",
            W(f"UPS 面板与告警{zh}", f"UPS panel and alarms{en}"),
            W("看面板与历史告警", "Look at the panel and the event log"),
            expected=NO_ALARM,
            critical=True,
        ),
        read(
            f"ups{number}_out",
            W(f"UPS 输出电压{zh}", f"UPS output voltage{en}"),
            W("面板读数与万用表比对", "Panel against multimeter"),
            "V",
            ("214", "226"),
            (220.2, 0.6, 1),
        ),
        read(
            f"ups{number}_load",
            W(f"UPS 负载率{zh}", f"UPS load{en}"),
            W("面板读数，60 % 预警", "Panel; early warning at 60 %"),
            "%",
            (None, "70"),
            (load, 2, 0),
        ),
        look(
            f"ups{number}_noise",
            W(f"噪声、温升、通风口{zh}", f"Noise, heat, vents{en}"),
            W("听、摸、看滤网", "Listen, feel, look at the filters"),
        ),
    )


PLANT = (
    read(
        "plant",
        W("开关电源输出电压", "Power plant output voltage"),
        W("面板读数与万用表比对", "Panel against multimeter"),
        "V",
        ("-54.5", "-53.5"),
        (-54.0, 0.12, 1),
        critical=True,
    ),
    look(
        "modules",
        W("整流模块在位与均流", "Rectifier modules in service, load shared"),
        W("看模块灯与各模块电流", "Look at the module lamps and currents"),
    ),
)
CHARGE = read(
    "charge",
    W("电池组充电电压（二水厂）", "Charging voltage of the string, waterworks 2"),
    W("UPS 面板电池页", "Battery page of the UPS panel"),
    "V",
    ("428", "436"),
    (432, 1.2, 1),
)
ENGINE = (
    read(
        "fuel",
        W("油箱油位", "Fuel level"),
        W("看油位计", "Look at the gauge"),
        "%",
        ("70", None),
        (84, 1, 0),
    ),
    read(
        "starter",
        W("启动电池电压", "Starter battery voltage"),
        W("静态测量，充电器工作", "Measured at rest, charger on"),
        "V",
        ("24.5", None),
        (26.6, 0.2, 1),
    ),
    look(
        "run",
        W("发电机空载试机 5 分钟", "Generator, 5-minute run without load"),
        W(
            "厂方值班长在场，听、看、记转速与油压",
            "Shift leader present; listen, look, note speed and oil pressure",
        ),
    ),
)
BOARD, UPS, STRINGS, GENERATOR, DC = (
    W("市电与配电", "Mains and distribution"),
    W("UPS", "UPS"),
    W("蓄电池", "Batteries"),
    W("柴油发电机", "Diesel generator"),
    W("直流电源", "DC power plant"),
)

TRAM = DemoTemplate(
    "tram-power",
    "tram",
    W("通信电源周检", "Communication power, weekly"),
    "weekly",
    (
        Section(BOARD, (MAINS, HOT_SPOT)),
        Section(DC, PLANT),
        Section(STRINGS, (_cell("", W("", "")), BATTERY_ROOM, SWELLING)),
    ),
    ("wen",),
    ("09:40",),
)
WATER = DemoTemplate(
    "water-power",
    "water",
    W("厂站电源周检", "Station power, weekly"),
    "weekly",
    (
        Section(BOARD, (MAINS, HOT_SPOT)),
        Section(
            UPS,
            _ups(1, W("调度中心", "dispatch centre"), 43)
            + _ups(2, W("二水厂", "waterworks 2"), 28),
        ),
        Section(
            STRINGS, (_cell("2", W("（二水厂）", ", waterworks 2")), CHARGE, BATTERY_ROOM, SWELLING)
        ),
        Section(GENERATOR, ENGINE),
    ),
    ("lan",),
    ("09:30",),
)
