"""Quality targets: what is measured, how, and what is to be reached."""

from __future__ import annotations

from models.schema.company_tables import vocabulary
from models.schema.fields import choice, count, line, link, number, prose
from models.schema.kind import Kind
from models.schema.record import Record
from models.schema.roles import LEADS
from models.text.words import W

INDICATORS = (
    ("satisfaction", "客户满意度", "customer satisfaction"),
    ("accidents", "系统事故", "system accidents"),
    ("reliability", "系统可靠性", "system reliability"),
    ("security", "系统安全性", "system security"),
    ("own", "自定指标", "a target of one's own"),
)
vocabulary("target_indicator", "质量目标指标", "Indicators of the quality targets", INDICATORS)
SIGNS = (("at_least", "不低于", "at least"), ("at_most", "不高于", "at most"))
GOAL = ("indicator", "what", "figure", "formula", "sign", "goal", "unit")
"""The fields that say what is to be reached; agreed targets keep them."""


class QualityTarget(Record):
    """A quality target 质量目标. Clause: 6.2.

    It is measured by a figure of the program, or the value is written with its evidence.
    """

    kind = Kind(
        name="quality_target",
        label=W("质量目标", "Quality target"),
        code="QT",
        row="Q-62b",
        clause="6.2",
        title="indicator",
        columns=("indicator", "what", "figure", "sign", "goal", "unit", "measured", "evidence"),
        parent="assessment",
        order="position",
        writers=LEADS,
        menu=0,
    )

    assessment = link(
        "质量目标考核", "Assessment", "target_assessment", required=True, at_birth=True
    )
    position = count("序号", "Position", internal=True)
    indicator = choice("指标", "Indicator", INDICATORS, of="target_indicator", required=True)
    what = line("具体内容", "What exactly")
    figure = choice(
        "由程序计算",
        "Calculated by",
        (),
        open="figures",
        hint=W("空着就填写实测值", "empty: the value is written"),
    )
    formula = prose("计算方法", "Formula", hint=W("填写实测值时写明", "of a value that is written"))
    sign = choice("要求", "Is to be", SIGNS)
    goal = number("目标值", "Goal", group="goal_value")
    unit = line("单位", "Unit", max=20, group="goal_value")
    measured = number("实测值", "Measured", hint=W("不由程序计算时填写", "unless calculated"))
    evidence = link(
        "凭据", "Evidence", "", hint=W("实测值的记录或附件", "a record or file that proves it")
    )
