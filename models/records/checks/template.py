"""Checklist templates, versioned."""

from __future__ import annotations

from models.derived.revisions import SHOWN, revised
from models.records.checks.ready_templates import CHOICES as READY_TEMPLATES
from models.schema.fields import choice, count, line, link, number, prose
from models.schema.kind import Kind
from models.schema.lifecycle import Move, State
from models.schema.record import Record
from models.schema.roles import LEADS
from models.text.words import W, language

MOST_ROUNDS = 9
DAYS = (("every_day", "每天", "every day"), ("workdays", "工作日", "working days"))
PURPOSES = (
    ("daily", "日常检查", "routine work"),
    ("spares", "备件检查", "spare parts"),
    ("accounts", "帐号管理检查", "account management"),
    ("security", "通信安全操作抽查", "communication security"),
    ("conduct", "服务规范检查", "service norms"),
)
NORMS = "conduct"
"""The purpose of a template that only a random check is held against."""
FREQUENCIES = (
    ("daily", "每日", "daily"),
    ("weekly", "每周", "weekly"),
    ("monthly", "每月", "monthly"),
    ("quarterly", "每季", "quarterly"),
)


@revised(
    follows="follows",
    version="version",
    in_force=("published",),
    rows={"template_item": "stable"},
)
class Template(Record):
    """A checklist to be worked through at a given frequency.

    A published version never changes under a sheet already begun: changing it means a new
    version, which replaces it once it is published (`models.derived.revisions`). Clause: 5.1.1.
    """

    kind = Kind(
        name="template",
        label=W("检查模板", "Checklist template"),
        code="TP",
        row="Q-511",
        clause="5.1.1",
        space="company",
        project="optional",
        states=(
            State("draft", W("草稿", "draft"), tone="busy"),
            State("published", W("启用", "published"), tone="good", frozen=True),
            *SHOWN,
            State("retired", W("停用", "retired"), ended=True, frozen=True),
        ),
        moves=(
            Move(
                id="publish",
                label=W("启用", "Publish"),
                from_=("draft",),
                to="published",
                who=LEADS,
                needs=("name_zh", "frequency"),
            ),
            Move(
                id="fill",
                label=W("用现成模板填写", "Fill from a ready-made one"),
                from_=("draft",),
                to="draft",
                who=LEADS,
                needs=("ready",),
                asks=("ready",),
            ),
            Move(
                id="retire",
                label=W("停用", "Retire"),
                from_=("draft", "published"),
                to="retired",
                who=LEADS,
            ),
        ),
        title="name_zh",
        columns=("name_zh", "name_en", "frequency", "version"),
        writers=LEADS,
        menu=83,
    )

    name_zh = line("名称（中文）", "Name (Chinese)", required=True)
    name_en = line("名称（英文）", "Name (English)")
    frequency = choice("频次", "Frequency", FREQUENCIES)
    purpose = choice("用途", "Purpose", PURPOSES)
    sampling = prose("抽样规则", "Sampling rule", hint=W("抽多少、怎样抽", "how many, and how"))
    sample_share = number("抽样比例（%）", "Share to sample (%)", low="0", high="100")
    sample_least = count("至少抽取", "At least", low="1", hint=W("不足时全部检查", "all, if fewer"))
    ready = choice("现成模板", "Ready-made template", READY_TEMPLATES, by_move=True)
    on_days = choice("执行日", "On", DAYS)
    rounds = count("每日轮次", "Rounds a day", low="1", high=str(MOST_ROUNDS))
    version = count("版本", "Version", low="1")
    follows = link("替代版本", "Follows version", "template")

    def times(self) -> int:
        """The number of rounds a day, within the field's bounds whatever the row holds."""
        return min(max(self.rounds or 1, 1), MOST_ROUNDS)

    def most_rounds(self) -> int:
        """The number of rounds in one period: several in a day only."""
        return self.times() if self.frequency in (None, "daily") else 1

    def name(self) -> str:
        """Its name in the current language."""
        english = self.name_en if language.now == "en" else None
        return english or self.name_zh or self.number
