"""Tours of a site: a field of every kind, states, moves with rights, a state that is derived."""

from __future__ import annotations

from models.schema.fields import (
    choice,
    choices,
    count,
    day,
    file,
    flag,
    line,
    link,
    moment,
    money,
    number,
    person,
    persons,
    prose,
    quarter,
    week,
)
from models.schema.kind import Kind
from models.schema.lifecycle import Move, State
from models.schema.record import Record
from models.schema.roles import AUTHOR, LEADS
from models.text.words import W

RESULTS = (("fine", "无异常", "nothing found"), ("found", "有发现", "something found"))
TOOLS = (("lamp", "手电", "lamp"), ("meter", "万用表", "meter"), ("camera", "相机", "camera"))


class Tour(Record):
    """A walk through a site."""

    kind = Kind(
        name="tour",
        label=W("巡视", "Tour"),
        code="TOUR",
        states=(
            State("planned", W("已计划", "planned"), waits=(AUTHOR,)),
            State("barred", W("现场停用", "site retired"), tone="warn", derived=True),
            State("walked", W("待确认", "to settle"), tone="busy", waits=LEADS),
            State("settled", W("已确认", "settled"), frozen=True, ended=True, reopen="reopen"),
        ),
        moves=(
            Move(
                id="walk",
                label=W("走完", "Walked"),
                from_=("planned",),
                to="walked",
                needs=("seen_there",),
                asks=("seen_there",),
                fills={"walked_at": "now"},
            ),
            Move(
                id="settle",
                label=W("确认", "Settle"),
                from_=("walked",),
                to="settled",
                who=LEADS,
                four_eyes=True,
            ),
            Move(
                id="reopen",
                label=W("重新打开", "Reopen"),
                from_=("settled",),
                to="planned",
                asks=("comment",),
                requires_comment=True,
            ),
        ),
        title="route",
        columns=("route", "site", "until", "result"),
        due="until",
        menu=5,
        watched=True,
    )

    route = line("路线", "Route", required=True, max=40)
    seen_there = prose("见闻", "Seen there")
    length = number("长度", "Length", low="0", high="100", group="measure")
    unit = line("单位", "Unit", max=10, group="measure")
    stops = count("站点数", "Stops")
    lit = flag("有照明", "Lit")
    until = day("期限", "Until")
    period = week("周次", "Week")
    quarter = quarter("季度", "Quarter")
    begun_at = moment("开始", "Begun at")
    result = choice("结论", "Result", RESULTS)
    tools = choices("携带", "Carried", TOOLS)
    site = link("现场", "Site", "site")
    equipment = link("设备", "Equipment", "equipment", follows="site")
    walker = person("巡视人", "Walker")
    company = persons("同行人", "Company")
    cost = money("费用", "Cost", low="0")
    plan = file("路线图", "Map")
    meets = link("要求", "Wish", "tour_wish")
    walked_at = moment("走完时间", "Walked at", by_move=True, computed=True)
