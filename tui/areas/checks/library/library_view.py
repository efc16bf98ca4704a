"""Library view: ready-made templates as rows of a list, and one of them as a document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from models.records.checks.library.template_library import LibraryItem, LibraryTemplate, library
from models.records.checks.rounds import due_days
from models.records.checks.template import Template
from models.text.words import W, say
from tui.display.parts import Span, TextPart
from tui.display.row_layout import ListColumn
from tui.display.row_source import DisplayLine, ListRow
from tui.widgets.grouped_list import GroupHead

COLUMNS = (
    ListColumn("name", W("现成模板", "Template"), 24, weight=3),
    ListColumn("often", W("频次", "How often"), 10, words=()),
    ListColumn("items", W("检查项", "Items"), 6, right=True),
    ListColumn("taken", W("已取用", "Taken"), 14, priority=1, weight=1),
)
WHEN, TARGET = W("何时到期", "When due"), W("用于", "For")
ABOUT, TAKEN = W("用途", "About"), W("已取用", "Taken")
ALL_PROJECTS = W("全部项目", "all projects")
ASK_WHICH = W("取用时选择项目", "you choose the project when you take it")
CRITICAL = "★ "


def rows(taken: Mapping[str, str]) -> Iterator[ListRow]:
    """Every template under its trade; `taken`: which of them the book has already."""
    trade: W | None = None
    for ready in library():
        if ready.trade != trade:
            trade = ready.trade
            yield GroupHead(str(trade))
        values: dict[str, str | W] = {
            "name": ready.name,
            "often": Template.specs()["frequency"].word(ready.frequency),
            "items": str(len(ready.items)),
            "taken": taken.get(ready.id, ""),
        }
        yield DisplayLine(ready.id, values, "muted" if ready.id in taken else "")


def parts(ready: LibraryTemplate, target: str = "", taken: str = "") -> Iterator[TextPart]:
    """What a template is for, when it is due, and its items by section; `target`: for whom."""
    like = Template(frequency=ready.frequency, on_days="workdays", purpose=ready.purpose)
    yield TextPart(ready.about, label=ABOUT)
    yield TextPart(due_days.on_which(like), label=WHEN)
    if target:
        yield TextPart(target, label=TARGET)
    if taken:
        yield TextPart(taken, label=TAKEN, style="warn")
    section: W | None = None
    for item in ready.items:
        if item.section != section:
            section = item.section
            yield TextPart(section, head=True)
        yield from _item(item)


def _item(item: LibraryItem) -> Iterator[TextPart]:
    """One item: what, its limits or what is expected, and how."""
    said: list[Span] = [(CRITICAL if item.critical else "  ", "warn"), (str(item.text), "")]
    if item.limits():
        said.append((f"  {item.limits()}", "busy"))
    yield TextPart(said)
    if item.hint.zh:
        yield TextPart(item.hint, style="muted", indent=4)


def target_name(name: str | None, *, known: bool) -> str:
    """For whom a template would be taken: a project, all of them, or not said yet."""
    return say(ALL_PROJECTS) if known and name is None else name or say(ASK_WHICH)
