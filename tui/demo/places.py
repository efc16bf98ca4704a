"""The invented places: customers, their sites, the equipment there."""

from __future__ import annotations

from typing import NamedTuple

from models.text.words import W


class DemoCustomer(NamedTuple):
    """A customer of the company."""

    ref: str
    name: W
    short: W
    contact: W
    phone: str
    address: W


class DemoSite(NamedTuple):
    """A place at a customer's."""

    ref: str
    customer: str
    name: W
    address: W
    access: W


class DemoEquipment(NamedTuple):
    """A device at a site; `family` is its class (room, power, network …)."""

    ref: str
    site: str
    name: W
    family: str
    model: str
    serial_no: str
    location: W


CUSTOMERS = (
    DemoCustomer(
        "tram-co",
        W("澄川有轨电车运营公司", "Chengchuan Tramway Operations"),
        W("澄川电车", "Chengchuan Tram"),
        W("桑明远（通号班班长）", "Sang Mingyuan, signals foreman"),
        "000-5550-6142",
        W("澄川市北渚区听潮路 18 号", "18 Tingchao Road, Beizhu, Chengchuan"),
    ),
    DemoCustomer(
        "hosp-co",
        W("澄川市北渚医院", "Beizhu Hospital of Chengchuan"),
        W("北渚医院", "Beizhu Hospital"),
        W("杭疏影（信息科）", "Hang Shuying, IT section"),
        "000-5550-6218",
        W("澄川市北渚区杏圃街 7 号", "7 Xingpu Street, Beizhu, Chengchuan"),
    ),
    DemoCustomer(
        "water-co",
        W("望溪供水调度公司", "Wangxi Water Supply Dispatch"),
        W("望溪供水", "Wangxi Water"),
        W("丘立群（调度室）", "Qiu Liqun, dispatch office"),
        "000-5550-6377",
        W("澄川市望溪镇堰头路 2 号", "2 Yantou Road, Wangxi, Chengchuan"),
    ),
)

SITES = (
    DemoSite(
        "tram-occ",
        "tram-co",
        W("控制中心通信机房", "Control centre comms room"),
        W("听潮路 18 号 3 楼", "18 Tingchao Road, 3rd floor"),
        W(
            "门卫登记，凭工作票到调度台领钥匙；夜间作业提前一天报行车调度。",
            "Sign in at the gate; key from the dispatch desk against the work permit. "
            "Night work is announced to traffic control one day ahead.",
        ),
    ),
    DemoSite(
        "tram-x4",
        "tram-co",
        W("四号换乘站设备间", "Interchange 4 equipment room"),
        W("环湖大道四号换乘站站厅层", "Interchange 4, concourse level, Huanhu Avenue"),
        W(
            "运营时段由站务陪同，进出刷卡；轨行区一律不得单独进入。",
            "Escorted by station staff during service hours, card at the door; never enter the "
            "track area alone.",
        ),
    ),
    DemoSite(
        "tram-depot",
        "tram-co",
        W("车辆段通信机房", "Depot comms room"),
        W("南坡区车辆段综合楼 1 楼", "Depot main building, ground floor, Nanpo"),
        W(
            "着反光背心，走人行通道；值班室换取机房卡。",
            "High-visibility vest, walkways only; room card from the duty office.",
        ),
    ),
    DemoSite(
        "hosp-main",
        "hosp-co",
        W("门诊楼信息机房", "Outpatient building data room"),
        W("杏圃街 7 号门诊楼 5 楼", "7 Xingpu Street, outpatient building, 5th floor"),
        W(
            "信息科值班电话确认后开门禁；7:30–10:30 挂号高峰不做变更。",
            "The IT section opens the door after a call; no changes during the registration peak "
            "07:30–10:30.",
        ),
    ),
    DemoSite(
        "hosp-dr",
        "hosp-co",
        W("住院楼灾备机房", "Inpatient building DR room"),
        W("杏圃街 7 号住院楼地下一层", "7 Xingpu Street, inpatient building, basement"),
        W(
            "须两人进入；梅雨季加查集水井水位。",
            "Two people at a time; in the rainy season check the sump level as well.",
        ),
    ),
    DemoSite(
        "water-hq",
        "water-co",
        W("调度中心机房", "Dispatch centre room"),
        W("堰头路 2 号调度楼 2 楼", "2 Yantou Road, dispatch building, 2nd floor"),
        W(
            "调度室签到，远程接入走堡垒机。",
            "Sign in at the dispatch office; remote access through the bastion host.",
        ),
    ),
    DemoSite(
        "water-p1",
        "water-co",
        W("一水厂电控室", "Waterworks 1 control room"),
        W("望溪镇上堰村", "Shangyan village, Wangxi"),
        W(
            "安全帽、绝缘鞋；涉及柴油发电机须厂方值班长在场。",
            "Helmet and insulating shoes; the shift leader attends any work on the generator.",
        ),
    ),
    DemoSite(
        "water-p2",
        "water-co",
        W("二水厂电控室", "Waterworks 2 control room"),
        W("南坡区清渠路 40 号", "40 Qingqu Road, Nanpo"),
        W(
            "安全帽、绝缘鞋；加氯间附近禁止动火。",
            "Helmet and insulating shoes; no hot work near the chlorination room.",
        ),
    ),
    DemoSite(
        "water-b3",
        "water-co",
        W("三号加压站", "Booster station 3"),
        W("北渚区梧桐岭", "Wutong Ridge, Beizhu"),
        W(
            "无人值守，钥匙在调度室；雨后道路泥泞，进站前报平安。",
            "Unstaffed, key at the dispatch office; muddy road after rain, call on arrival.",
        ),
    ),
)

EQUIPMENT = (
    DemoEquipment(
        "tram-otn1",
        "tram-occ",
        W("OTN 传输 1（控制中心）", "OTN node 1, control centre"),
        "communication",
        "TX-6200",
        "TX62-1907-0031",
        W("A03 柜 10–24U", "rack A03, U10–24"),
    ),
    DemoEquipment(
        "tram-otn2",
        "tram-x4",
        W("OTN 传输 2（四号换乘站）", "OTN node 2, interchange 4"),
        "communication",
        "TX-6200",
        "TX62-1907-0032",
        W("01 柜 8–22U", "rack 01, U8–22"),
    ),
    DemoEquipment(
        "tram-otn3",
        "tram-depot",
        W("OTN 传输 3（车辆段）", "OTN node 3, depot"),
        "communication",
        "TX-6200",
        "TX62-1907-0035",
        W("02 柜 8–22U", "rack 02, U8–22"),
    ),
    DemoEquipment(
        "tram-disp",
        "tram-occ",
        W("调度交换机", "Dispatch switch"),
        "communication",
        "DX-320",
        "DX3-2004-118",
        W("A05 柜 5–16U", "rack A05, U5–16"),
    ),
    DemoEquipment(
        "tram-conf",
        "tram-occ",
        W("会议电视终端", "Video conference terminal"),
        "communication",
        "VC-90",
        "VC90-2105-077",
        W("应急指挥室", "emergency operations room"),
    ),
    DemoEquipment(
        "tram-rect",
        "tram-occ",
        W("高频开关电源", "-48 V power plant"),
        "power",
        "PR-48/300",
        "PR48-1906-012",
        W("电源间 P1", "power room, P1"),
    ),
    DemoEquipment(
        "tram-bat",
        "tram-occ",
        W("48 V 蓄电池组", "48 V battery string"),
        "power",
        "GB-2V500 ×24",
        "GB25-1906-024",
        W("电源间 B1 架", "power room, shelf B1"),
    ),
    DemoEquipment(
        "hosp-crac1",
        "hosp-main",
        W("精密空调 1", "Precision cooling unit 1"),
        "room",
        "CRX-40",
        "CRX-1803-041",
        W("门诊机房北墙", "north wall"),
    ),
    DemoEquipment(
        "hosp-crac2",
        "hosp-main",
        W("精密空调 2", "Precision cooling unit 2"),
        "room",
        "CRX-40",
        "CRX-1803-042",
        W("门诊机房南墙", "south wall"),
    ),
    DemoEquipment(
        "hosp-crac3",
        "hosp-dr",
        W("精密空调 3", "Precision cooling unit 3"),
        "room",
        "CRX-25",
        "CRX-2011-009",
        W("灾备机房入口侧", "DR room, entrance side"),
    ),
    DemoEquipment(
        "hosp-app1",
        "hosp-main",
        W("应用服务器 APP-01", "Application server APP-01"),
        "server",
        "RS-2480",
        "RS24-2012-301",
        W("B02 柜 20–21U", "rack B02, U20–21"),
    ),
    DemoEquipment(
        "hosp-app2",
        "hosp-main",
        W("应用服务器 APP-02", "Application server APP-02"),
        "server",
        "RS-2480",
        "RS24-2012-302",
        W("B02 柜 17–18U", "rack B02, U17–18"),
    ),
    DemoEquipment(
        "hosp-db1",
        "hosp-main",
        W("数据库服务器 DB-01", "Database server DB-01"),
        "server",
        "RS-4820",
        "RS48-2012-105",
        W("B03 柜 14–17U", "rack B03, U14–17"),
    ),
    DemoEquipment(
        "hosp-stor",
        "hosp-main",
        W("存储阵列 ST-01", "Storage array ST-01"),
        "server",
        "SA-5300",
        "SA53-2012-008",
        W("B04 柜 4–15U", "rack B04, U4–15"),
    ),
    DemoEquipment(
        "water-core1",
        "water-hq",
        W("核心交换机 1", "Core switch 1"),
        "network",
        "LS-9406",
        "LS94-2106-051",
        W("N01 柜 20–30U", "rack N01, U20–30"),
    ),
    DemoEquipment(
        "water-core2",
        "water-hq",
        W("核心交换机 2", "Core switch 2"),
        "network",
        "LS-9406",
        "LS94-2106-052",
        W("N02 柜 20–30U", "rack N02, U20–30"),
    ),
    DemoEquipment(
        "water-fw1",
        "water-hq",
        W("防火墙（主）", "Firewall, active"),
        "network",
        "SG-2600",
        "SG26-2106-017",
        W("N01 柜 34U", "rack N01, U34"),
    ),
    DemoEquipment(
        "water-fw2",
        "water-hq",
        W("防火墙（备）", "Firewall, standby"),
        "network",
        "SG-2600",
        "SG26-2106-018",
        W("N02 柜 34U", "rack N02, U34"),
    ),
    DemoEquipment(
        "water-4g",
        "water-b3",
        W("无线备用路由器", "Wireless backup router"),
        "network",
        "WR-410",
        "WR41-2302-233",
        W("加压站壁挂箱", "booster station, wall box"),
    ),
    DemoEquipment(
        "water-ups1",
        "water-hq",
        W("UPS 1（调度中心）", "UPS 1, dispatch centre"),
        "power",
        "UPM-60",
        "UPM6-2106-011",
        W("配电间", "distribution room"),
    ),
    DemoEquipment(
        "water-ups2",
        "water-p2",
        W("UPS 2（二水厂）", "UPS 2, waterworks 2"),
        "power",
        "UPM-30",
        "UPM3-1809-026",
        W("电控室东侧", "control room, east side"),
    ),
    DemoEquipment(
        "water-bat2",
        "water-p2",
        W("UPS 2 蓄电池组", "UPS 2 battery string"),
        "power",
        "GB-2V200 ×192",
        "GB22-1809-192",
        W("电控室电池架", "control room, battery rack"),
    ),
    DemoEquipment(
        "water-gen",
        "water-p1",
        W("柴油发电机", "Diesel generator"),
        "power",
        "DG-200",
        "DG20-1711-004",
        W("一水厂发电机房", "waterworks 1, generator room"),
    ),
)
"""Proposed by an engineer and not confirmed yet: the last one a manager has to look at."""
PROPOSED = DemoEquipment(
    "water-4g2",
    "water-p1",
    W("无线备用路由器（一水厂，新装）", "Wireless backup router, waterworks 1, new"),
    "network",
    "WR-410",
    "WR41-2509-301",
    W("一水厂电控室壁挂箱", "waterworks 1, wall box"),
)
