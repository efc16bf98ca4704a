"""The invented company: its people, its projects, who does what on which."""

from __future__ import annotations

from typing import NamedTuple

from models.text.words import W
from tui.demo.places import EQUIPMENT, SITES, DemoEquipment

COMPANY = W("砚禾信息运维有限公司", "Yanhe IT Operations Ltd.")

FOUNDER = "founder"
"""The key of whoever founded the book and looks at the demonstration: every role everywhere."""
LEAD = "project_manager"
TRAM, HOSP, WATER = "tram", "hosp", "water"
EVERYWHERE = (TRAM, HOSP, WATER)


class DemoPerson(NamedTuple):
    """A member: `roles` maps a role to the projects (refs) on which it is held."""

    key: str
    name: W
    post: W
    roles: dict[str, tuple[str, ...]]


class DemoProject(NamedTuple):
    """A service contract; service days are counted from the first day of the month shown."""

    ref: str
    customer: str
    name: W
    code: str
    department: W
    since: int
    until: int
    sla: W


COMMS = W("通信运维部", "Communication operations")
SYSTEMS = W("信息运维部", "Information operations")

PEOPLE = (
    DemoPerson(
        "gu",
        W("顾闻溪", "Gu Wenxi"),
        W("通信运维部经理", "Communication operations manager"),
        {"department_manager": (TRAM,)},
    ),
    DemoPerson(
        "yi",
        W("易怀松", "Yi Huaisong"),
        W("信息运维部经理", "Information operations manager"),
        {"department_manager": (HOSP, WATER)},
    ),
    DemoPerson(
        "cheng", W("程望舒", "Cheng Wangshu"), W("项目经理", "Project manager"), {LEAD: (TRAM,)}
    ),
    DemoPerson(
        "ruan", W("阮知夏", "Ruan Zhixia"), W("项目经理", "Project manager"), {LEAD: (HOSP,)}
    ),
    DemoPerson("ji", W("季柏舟", "Ji Bozhou"), W("项目经理", "Project manager"), {LEAD: (WATER,)}),
    DemoPerson(
        "lin",
        W("林桥生", "Lin Qiaosheng"),
        W("传输工程师", "Transmission engineer"),
        {"engineer": (TRAM,)},
    ),
    DemoPerson(
        "wen",
        W("闻小满", "Wen Xiaoman"),
        W("通信工程师", "Communication engineer"),
        {"engineer": (TRAM,)},
    ),
    DemoPerson(
        "zhuo",
        W("卓一帆", "Zhuo Yifan"),
        W("机房工程师", "Data room engineer"),
        {"engineer": (HOSP,)},
    ),
    DemoPerson(
        "tao", W("陶安然", "Tao Anran"), W("系统工程师", "Systems engineer"), {"engineer": (HOSP,)}
    ),
    DemoPerson(
        "qi", W("祁北辰", "Qi Beichen"), W("网络工程师", "Network engineer"), {"engineer": (WATER,)}
    ),
    DemoPerson(
        "lan",
        W("蓝星野", "Lan Xingye"),
        W("电源工程师", "Power engineer"),
        {"engineer": (WATER, TRAM)},
    ),
    DemoPerson(
        "shi",
        W("施静川", "Shi Jingchuan"),
        W("质量专员", "Quality specialist"),
        {"quality": EVERYWHERE},
    ),
    DemoPerson(
        "he",
        W("贺采薇", "He Caiwei"),
        W("服务台专员", "Service desk clerk"),
        {"service_desk": EVERYWHERE},
    ),
    DemoPerson(
        "cen",
        W("岑若谷", "Cen Ruogu"),
        W("总经部主管", "General office supervisor"),
        {"general_office": EVERYWHERE},
    ),
)

PROJECTS = (
    DemoProject(
        TRAM,
        "tram-co",
        W("有轨电车通信系统维保", "Tramway communication maintenance"),
        "CDT-TX-03",
        COMMS,
        -240,
        125,
        W(
            "7×24 响应：30 分钟响应，2 小时到场，重大故障 4 小时恢复；日检、周检，季度报告。",
            "24 × 7: response in 30 minutes, on site in 2 hours, major faults restored in 4 hours; "
            "daily and weekly checks, quarterly report.",
        ),
    ),
    DemoProject(
        HOSP,
        "hosp-co",
        W("医院数据机房驻场运维", "Hospital data room, resident operations"),
        "BZY-DC-11",
        SYSTEMS,
        -150,
        215,
        W(
            "驻场 5×8，非工作时间 7×24 电话；核心业务 15 分钟响应、1 小时恢复；"
            "夜间备份成功率 ≥ 99 %。",
            "Resident 8 × 5, by phone 24 × 7; core service: response in 15 minutes, restored in "
            "1 hour; nightly backup success ≥ 99 %.",
        ),
    ),
    DemoProject(
        WATER,
        "water-co",
        W("供水调度网络与电源维护", "Water dispatch network and power"),
        "WXG-NW-07",
        SYSTEMS,
        -310,
        55,
        W(
            "7×12 服务，1 小时响应，厂站 4 小时到场；月度可用率 ≥ 99.9 %。",
            "12 × 7: response in 1 hour, at stations in 4 hours; monthly availability ≥ 99.9 %.",
        ),
    ),
)


def roles_on(person: DemoPerson, project: str) -> list[str]:
    """The roles that a person holds on a project."""
    return [role for role, projects in person.roles.items() if project in projects]


def lead_of(project: str) -> str:
    """The key of the project's manager."""
    return next(p.key for p in PEOPLE if project in p.roles.get(LEAD, ()))


def devices_of(project: str, family: str) -> list[DemoEquipment]:
    """The equipment of a class at the sites of the project's customer."""
    customer = next(p.customer for p in PROJECTS if p.ref == project)
    sites = {site.ref for site in SITES if site.customer == customer}
    return [e for e in EQUIPMENT if e.family == family and e.site in sites]
