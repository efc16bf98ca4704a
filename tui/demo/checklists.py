"""The checklists of the demonstration, and what breaks their routine: skips, returns, remarks."""

from __future__ import annotations

from typing import NamedTuple

from models.text.words import W
from tui.demo.data_files import read

NORMAL = W("正常", "normal")
_FIELDS_OF_WORK = ("comms", "conduct", "network", "power", "room", "servers")


class DemoSection(NamedTuple):
    """A group of items."""

    ref: str
    name: W


class DemoItem(NamedTuple):
    """One thing to check. `usual`, `spread` and `digits` make up its everyday readings."""

    section: str
    stable: str
    text: W
    method: W
    answer_kind: str = "ok"
    unit: str = ""
    low: str | None = None
    high: str | None = None
    critical: bool = False
    equipment_class: str | None = None
    """The item is answered once for each piece of equipment of this class."""
    expected: W = NORMAL
    usual: float = 0
    spread: float = 0
    digits: int = 0

    @property
    def normal(self) -> W:
        """What is expected, in words: the limits of a reading, else what the data says."""
        if self.answer_kind != "reading":
            return self.expected
        return W(self._limits("不高于", "不低于"), self._limits("at most", "at least"))

    def _limits(self, most: str, least: str) -> str:
        if self.low is None:
            return f"{most} {self.high} {self.unit}".strip()
        if self.high is None:
            return f"{least} {self.low} {self.unit}".strip()
        return f"{self.low} … {self.high} {self.unit}".strip()


class DemoTemplate(NamedTuple):
    """A checklist of a project: who fills it in, at what times of the day its rounds begin."""

    ref: str
    project: str
    name: W
    frequency: str
    sections: tuple[str, ...]
    who: tuple[str, ...]
    starts: tuple[str, ...]
    version: int = 1
    state: str = "published"
    follows: str | None = None

    @property
    def items(self) -> list[DemoItem]:
        """All items in order."""
        return [item for section in self.sections for item in ITEMS if item.section == section]


class Skip(NamedTuple):
    """An item without a verdict on one day: not applicable or not checked, and why."""

    template: str
    item: str
    back: int
    """Working days from the end; sheets from the end for a weekly template."""
    result: str
    reason: W
    round: int = 1


class Return(NamedTuple):
    """A sheet sent back; with `shown` and `right` the reading that was wrong and its correction."""

    template: str
    back: int
    comment: W
    item: str = ""
    shown: str = ""
    right: str = ""
    remark: W = W("", "")


class Repeated(NamedTuple):
    """An item that shows the same problem as another one on that day: not ok, with a remark."""

    template: str
    item: str
    back: int
    remark: W


class ItemRemark(NamedTuple):
    """A remark that is sometimes written on an item that is ok."""

    item: str
    text: W


class HandoverNote(NamedTuple):
    """A note for the next shift."""

    text: W


_LISTS = [
    read(f"checklists/{name}", {"section": DemoSection, "template_item": DemoItem})
    for name in _FIELDS_OF_WORK
]
SECTIONS = {section.ref: section for part in _LISTS for section in part.of(DemoSection)}
ITEMS = tuple(item for part in _LISTS for item in part.of(DemoItem))
TEMPLATES = read("checklists/templates", {"template": DemoTemplate}).of(DemoTemplate)
"""Every template, in order of projects; limits are common defaults that a firm edits."""

_OUTLIERS = read(
    "outliers",
    {
        "skip": Skip,
        "return": Return,
        "repeated": Repeated,
        "remark": ItemRemark,
        "handover": HandoverNote,
    },
)
SKIPS = _OUTLIERS.of(Skip)
RETURNS = _OUTLIERS.of(Return)
REPEATED = {(r.template, r.item, r.back): r.remark for r in _OUTLIERS.of(Repeated)}
HANDOVERS = tuple(handover.text for handover in _OUTLIERS.of(HandoverNote))


def remarks_on(item: str) -> tuple[W, ...]:
    """The remarks that are sometimes written on an item."""
    return tuple(remark.text for remark in _OUTLIERS.of(ItemRemark) if remark.item == item)


def template_of(ref: str) -> DemoTemplate:
    """The template of that ref."""
    return next(template for template in TEMPLATES if template.ref == ref)
