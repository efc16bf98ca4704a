"""Service terms: what the contract asks for again and again; a year of tasks comes of them."""

from __future__ import annotations

from models.records.preparation.plans.plan_life import CODED, TEAM
from models.records.registers.equipment import CLASSES
from models.schema.fields import choice, count, day, line, link, person, prose
from models.schema.kind import Kind
from models.schema.record import Record
from models.text.words import W

FREQUENCIES = (
    ("every_day", "每天", "every day"),
    ("workdays", "每个工作日", "every working day"),
    ("weekly", "每周", "weekly"),
    ("biweekly", "每两周", "every two weeks"),
    ("monthly", "每月", "monthly"),
    ("quarterly", "每季", "quarterly"),
    ("half_yearly", "每半年", "every half year"),
    ("yearly", "每年", "yearly"),
    ("once", "一次", "once"),
)
WEEKDAYS = (
    ("1", "周一", "Monday"),
    ("2", "周二", "Tuesday"),
    ("3", "周三", "Wednesday"),
    ("4", "周四", "Thursday"),
    ("5", "周五", "Friday"),
    ("6", "周六", "Saturday"),
    ("7", "周日", "Sunday"),
)


class ServiceTerm(Record):
    """One thing that the SLA asks for, how often and by whom. Clause: 4.2.1."""

    kind = Kind(
        name="service_term",
        label=W("服务条款", "Service term"),
        code="SV",
        row="Q-421",
        clause="4.2.1",
        title="what",
        columns=("position", "what", "frequency", "weekday", "site", "doer"),
        parent="plan",
        order="position",
        writers=TEAM,
        menu=0,
    )

    plan = link("二级进度计划", "Detailed plan", "service_plan", required=True)
    position = count("序号", "Position")
    code = line("条款编码", "Term code", max=20, at_birth=True, hint=CODED)
    what = line("服务内容", "Service", required=True)
    frequency = choice("频次", "Frequency", FREQUENCIES, required=True)
    weekday = choice(
        "周几", "Weekday", WEEKDAYS, hint=W("每周或每两周时", "for weekly and every two weeks")
    )
    first_due = day(
        "首次日期",
        "First on",
        hint=W(
            "以后按它推算；空着为每期最后一个工作日", "else the last working day of each period"
        ),
    )
    site = link("现场", "Site", "site")
    equipment_class = choice("设备类别", "Equipment class", CLASSES)
    template = link("检查模板", "Checklist template", "template")
    doer = person("执行人", "Done by")
    milestone = link("里程碑", "Milestone", "milestone")
    generated = prose("生成时的内容", "As it was generated", computed=True, internal=True)
