"""Data is never markup and never acts: the widgets, the last gate, and what the code may use."""

from __future__ import annotations

import ast
import os
import sys
from functools import partial
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.segment import Segment
from textual.app import App, ComposeResult
from textual.color import Color
from textual.content import Content
from textual.widget import Widget

from models.text.words import W, language, say
from tests.bench.terminal import Terminal
from tests.support.hostile import acting
from tests.tui.gallery import SIZE, TEXTS, Gallery
from tui.display.terminal_text import cut
from tui.widgets.safe_widgets import (
    ChoiceOption,
    Choices,
    Clean,
    Pick,
    Press,
    ProseText,
    Tag,
    Tick,
    content_of,
    say_again,
    text_of,
    title,
)

TUI = Path(__file__).parents[3] / "tui"
HOMES = {"widgets/plain_content.py", "widgets/safe_widgets.py"}
"""The only files that may handle the raw widgets."""
LITERAL = {  # widgets of Textual's that show no text, or only as it is
    "ContentSwitcher",
    "Footer",
    "Input",
    "LoadingIndicator",
    "ProgressBar",
    "Rule",
    "Sparkline",
    "TextArea",
}
MODULES = {"textual.widgets.text_area", "textual.widgets.input"}
SETTERS = {"border_title", "border_subtitle", "tooltip", "with_tooltip"}
CLASS_TITLES = {"BORDER_TITLE", "BORDER_SUBTITLE"}


def shown(widget: Widget) -> str:
    return "\n".join(widget.render_line(y).text.rstrip() for y in range(widget.size.height))


async def test_every_widget_shows_every_payload_and_none_acts() -> None:
    app = Gallery()
    async with app.run_test(size=SIZE) as pilot:
        for text in TEXTS:
            await pilot.pause()
            tag = app.query_one("#tag", Tag)
            assert shown(tag) == cut(text_of(text), tag.size.width).rstrip()
            assert tag.render().spans == []
            for widget in app.screen.query("*"):
                strips = widget.render_lines(widget.size.region) if widget.size.area else []
                assert acting("\n".join(strip.text for strip in strips).encode()) == [], widget
            await pilot.press("f6")
        assert app.at == 0  # all pages were seen, and nothing has quit the app


def test_no_payload_acts_on_a_real_terminal() -> None:
    env = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}
    terminal = Terminal([sys.executable, "-m", "tests.tui.gallery"], SIZE, env)
    try:
        for at in [*range(len(TEXTS)), 0]:
            page = f"page {at} of"
            terminal.wait(partial(_says, page))
            terminal.send("f6")
    finally:
        terminal.close("ctrl+q")
    assert acting(bytes(terminal.raw)) == []


def _says(text: str, terminal: Terminal) -> bool:
    return text in terminal.text


class Words(App[None]):
    """One of each, with words."""

    def compose(self) -> ComposeResult:
        yield Tag(W("现场处置", "Fixes"), id="tag")
        yield ProseText(self.count)
        yield Press(W("保存", "Save"), "primary")
        yield Tick(W("已复验", "Verified"), True)
        choices = [
            ChoiceOption(id, W(zh, en)) for id, zh, en in (("a", "甲", "A"), ("b", "乙", "B"))
        ]
        yield Choices(choices)
        yield Pick(choices, "b", prompt=W("选一个", "Pick one"))
        yield Pick(choices, prompt=W("选一个", "Pick one"), id="blank")

    def count(self) -> str:
        return say(W("共 {n} 项，其中逾期", "{n} in all, late"), n=3)


def everything(app: App[None]) -> str:
    tops = [widget for widget in app.screen.query("*") if widget.size.area]
    return "\n".join(shown(widget) for widget in tops if not widget.children)


async def test_the_language_switches_every_word() -> None:
    app = Words()
    async with app.run_test(size=(40, 30)) as pilot:
        app.query_one(Choices).highlighted = 1
        title(app.query_one(Tag), W("标题", "Title"))
        for word in ("现场处置", "共 3 项", "保存", "已复验", "甲", "乙", "选一个"):
            assert word in everything(app)
        language.now = "en"
        say_again(app.screen)
        await pilot.pause()
        for word in ("Fixes", "3 in all, late", "Save", "Verified", "Pick one"):
            assert word in everything(app)
        assert not set("现场处置保存甲乙选") & set(everything(app))
        assert app.query_one(Tag).border_title == "Title"
        assert app.query_one(Choices).chosen == "b"
        assert app.query_one(Pick).chosen == "b"


async def test_prose_wraps_by_chinese_rules_in_its_width() -> None:
    app = Words()
    async with app.run_test(size=(14, 30)) as pilot:
        prose = app.query_one(ProseText)
        prose.update("现场检查《运维服务报告》，发现问题。")
        await pilot.pause()
        assert shown(prose).split("\n") == ["现场检查《运维", "服务报告》，发", "现问题。"]
        await pilot.resize_terminal(20, 30)
        await pilot.pause()
        assert shown(prose).split("\n") == ["现场检查《运维服务报", "告》，发现问题。"]
        prose.styles.width = "auto"
        prose.update("短")
        await pilot.pause()
        assert prose.size == (2, 1)


async def test_a_tag_too_long_ends_in_an_ellipsis() -> None:
    app = Words()
    async with app.run_test(size=(14, 30)) as pilot:
        tag = app.query_one("#tag", Tag)
        tag.styles.width = "1fr"
        tag.update("机房温度超限机房温度")
        await pilot.pause()
        assert shown(tag).rstrip() == "机房温度超限…"


async def test_only_what_can_be_shown_is_taken() -> None:
    async with (app := Words()).run_test():
        with pytest.raises(TypeError):
            app.query_one("#tag", Tag).update(Segment("x"))  # type: ignore[arg-type]


async def test_a_tick_shows_without_colour() -> None:
    app = Words()
    async with app.run_test() as pilot:
        tick = app.query_one(Tick)
        assert "X" in shown(tick)
        tick.focus()
        await pilot.press("enter")
        assert "X" not in shown(tick)


async def test_new_choices_keep_what_was_chosen() -> None:
    app = Words()
    async with app.run_test():
        choices, pick = app.query_one(Choices), app.query_one(Pick)
        choices.highlighted = 1
        for widget in (choices, pick):
            widget.fill([ChoiceOption("c", "丙"), ChoiceOption("b", "乙")])
            assert widget.chosen == "b"
            widget.fill([ChoiceOption("c", "丙")])
        assert (choices.chosen, pick.chosen) == ("c", None)
        choices.fill([])
        assert choices.chosen is None


async def test_typing_finds_a_choice() -> None:
    app = Words()
    async with app.run_test() as pilot:
        pick = app.query_one("#blank", Pick)
        pick.fill([ChoiceOption("x", "[交换机]"), ChoiceOption("y", "路由器")])
        pick.focus()
        await pilot.press("enter", "路", "enter")
        assert pick.chosen == "y"


def test_styled_content_keeps_its_styles_and_is_cleaned() -> None:
    content = content_of(Content("a\x1bb").stylize("bold", 1, 3))
    assert content.plain == "a\ufffdb"
    assert [(span.start, span.end) for span in content.spans] == [(1, 3)]


def test_the_gate_keeps_widths() -> None:
    for text in ("a\x1b]0;x\x07b", "机\u202e房\ue000", "e\u0301\x9b", "一\n二"):
        (segment,) = Clean().apply([Segment(text)], Color(0, 0, 0))
        assert acting(segment.text.encode()) == []
        assert "\n" not in segment.text
        assert cell_len(segment.text) == cell_len(text)


def test_the_gate_leaves_clean_segments_alone() -> None:
    segments = [Segment("机房 A-01")]
    assert Clean().apply(segments, Color(0, 0, 0)) is segments


@pytest.mark.parametrize("path", sorted(TUI.rglob("*.py")), ids=lambda path: path.name)
def test_the_code_hands_no_data_to_raw_widgets(path: Path) -> None:
    name = path.relative_to(TUI).as_posix()
    assert faults(path.read_text(encoding="utf-8"), name in HOMES) == []


def faults(source: str, home: bool = False) -> list[str]:
    """What a file does that could make data into markup."""
    nodes = list(ast.walk(ast.parse(source)))
    found = [fault for node in nodes for fault in _everywhere(node)]
    return found if home else found + [fault for node in nodes for fault in _outside(node)]


def _everywhere(node: ast.AST) -> list[str]:
    """No markup is ever parsed: not from words, and least of all from data."""
    if isinstance(node, ast.keyword) and node.arg == "markup":
        return [] if isinstance(node.value, ast.Constant) and not node.value.value else ["markup"]
    if isinstance(node, ast.Attribute) and node.attr in {"from_markup", "render_markup"}:
        return [node.attr]
    if isinstance(node, ast.ImportFrom) and node.module in {"rich.markup", "textual.markup"}:
        return [f"from {node.module}"]
    return []


def _outside(node: ast.AST) -> list[str]:
    """Raw widgets, titles, tooltips and notices stay behind the wrappers."""
    match node:
        case ast.ImportFrom(module="textual.widgets", names=names):
            return [alias.name for alias in names if alias.name not in LITERAL]
        case ast.ImportFrom(module=str(module)) if module.startswith("textual.widgets."):
            return [] if module in MODULES else [module]
        case ast.Import(names=names):
            return [a.name for a in names if a.name.startswith(("textual.widgets", "rich.markup"))]
        case ast.Call(func=ast.Attribute(attr="notify", value=value)):
            return [] if isinstance(value, ast.Call) else ["notify"]  # super().notify passes on
        case ast.Attribute(attr=attr, ctx=ast.Store()) if attr in SETTERS:
            return [attr]
        case ast.Call(func=ast.Attribute(attr="with_tooltip")):
            return ["with_tooltip"]
        case ast.keyword(arg="tooltip"):
            return ["tooltip"]
        case ast.Name(id=name, ctx=ast.Store()) if name in CLASS_TITLES:
            return [name]
    return []


@pytest.mark.parametrize(
    "line",
    [
        "from textual.widgets import Input, Static",
        "from textual.widgets import DataTable as Grid",
        "from textual.widgets.option_list import Option",
        "from textual.widgets._static import Static",
        "import textual.widgets",
        "self.notify(f'{x}')",
        "app.notify(x, markup=False)",
        "box.border_title = name",
        "box.tooltip = name",
        "Input(tooltip=name)",
        "box.with_tooltip(name)",
        "Prose(x, markup=True)",
        "Content.from_markup(x)",
        "from rich.markup import escape",
    ],
)
def test_the_check_finds_what_it_should(line: str) -> None:
    assert faults(line)


def test_the_check_lets_pass_what_is_safe() -> None:
    source = """
from textual.widgets import Footer, Input
from textual.widgets.text_area import Selection
from tui.widgets.safe_widgets import ProseText, notify
notify(self, name)
super().notify(message, markup=False)
Prose(name)
"""
    assert faults(source) == []
