"""Levels of incidents: what they go by, and the rules that propose one.

The manual names three levels by impact and does not define them: the rules here are shipped, and
the company puts its own versions to use. Clause: 5.4.
"""

from __future__ import annotations

from models.schema.company_tables import rule_table

TABLE = "incident_level"
LEVELS = (
    ("one", "一级（重大）", "level 1 (grave)"),
    ("two", "二级（较大）", "level 2 (serious)"),
    ("three", "三级（一般）", "level 3 (ordinary)"),
)
SYSTEM = (
    ("none", "无影响", "none"),
    ("degraded", "性能或功能下降", "degraded"),
    ("partial", "部分中断", "partly down"),
    ("down", "核心系统中断", "core system down"),
)
BUSINESS = (
    ("none", "无影响", "none"),
    ("slowed", "办理变慢", "slowed"),
    ("partial", "部分业务中断", "partly stopped"),
    ("stopped", "核心业务中断", "core business stopped"),
)
REPUTATION = (
    ("none", "无影响", "none"),
    ("spoken", "客户口头不满", "the customer is displeased"),
    ("written", "客户书面投诉", "a written complaint"),
    ("public", "上级通报或媒体报道", "censured from above, or in the media"),
)
INPUTS = (
    *("system_impact", "business_impact", "hours"),
    *("customer_loss", "company_loss", "reputation"),
)
"""The fields that the level goes by; all of them are filled before it is proposed."""

rule_table(
    TABLE,
    "质量事故级别",
    "Levels of quality incidents",
    inputs=INPUTS,
    outcome="proposed_level",
    rules=(
        ((("system_impact", "=", "down"), ("hours", ">=", "8")), "one"),
        ((("business_impact", "=", "stopped"), ("hours", ">=", "4")), "one"),
        ((("customer_loss", ">=", "CNY 100000"),), "one"),
        ((("company_loss", ">=", "CNY 100000"),), "one"),
        ((("reputation", "=", "public"),), "one"),
        ((("system_impact", "=", "down"),), "two"),
        ((("business_impact", "=", "stopped"),), "two"),
        ((("business_impact", "=", "partial"), ("hours", ">=", "4")), "two"),
        ((("customer_loss", ">=", "CNY 10000"),), "two"),
        ((("company_loss", ">=", "CNY 10000"),), "two"),
        ((("reputation", "=", "written"),), "two"),
        ((), "three"),
    ),
)
