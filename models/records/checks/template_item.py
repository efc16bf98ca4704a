"""Items of a checklist template."""

from __future__ import annotations

from models.records.registers.equipment import CLASSES
from models.schema.fields import choice, count, flag, line, link, number
from models.schema.kind import Kind
from models.schema.record import Record
from models.schema.roles import LEADS
from models.text.words import W, language

ANSWER_KINDS = (
    ("ok", "正常/异常", "ok / not ok"),
    ("reading", "测量值", "measured value"),
    ("text", "文字", "text"),
)


class TemplateItem(Record):
    """One thing to check: what, how, and what is expected. Clause: 5.1.1."""

    kind = Kind(
        name="template_item",
        label=W("检查项", "Checklist item"),
        code="TI",
        row="Q-511",
        clause="5.1.1",
        space="company",
        project="optional",
        title="text_zh",
        columns=("position", "section_zh", "text_zh", "unit", "low", "high", "critical"),
        parent="template",
        order="position",
        writers=LEADS,
        menu=0,
    )

    template = link("模板", "Template", "template", required=True)
    position = count("序号", "Position")
    stable = line(
        "检查项编码", "Item code", max=60, hint=W("各版本间不变", "the same in every version")
    )
    section_zh = line("分组（中文）", "Section (Chinese)")
    section_en = line("分组（英文）", "Section (English)")
    text_zh = line("检查内容（中文）", "Item (Chinese)", required=True)
    text_en = line("检查内容（英文）", "Item (English)")
    answer_kind = choice("结果类型", "Answer", ANSWER_KINDS)
    unit = line("单位", "Unit", max=20, group="limits")
    low = number("下限", "Low limit", group="limits")
    high = number("上限", "High limit", group="limits")
    expected = line("期望值", "Expected", group="limits")
    method_zh = line("方法（中文）", "Method (Chinese)")
    method_en = line("方法（英文）", "Method (English)")
    critical = flag("关键项", "Critical")
    equipment_class = choice("设备类别", "Equipment class", CLASSES)

    def text(self) -> str:
        """What to check, in the current language."""
        english = self.text_en if language.now == "en" else None
        return english or self.text_zh or self.number

    def section(self) -> str:
        """Its section, in the current language."""
        english = self.section_en if language.now == "en" else None
        return english or self.section_zh or ""

    def method(self) -> str:
        """How to check it, in the current language."""
        english = self.method_en if language.now == "en" else None
        return english or self.method_zh or ""
