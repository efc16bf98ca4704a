"""Help: the keys that work where the person was, from the bindings themselves; searchable."""

from __future__ import annotations

from typing import Any, ClassVar

from textual import on
from textual.actions import parse
from textual.app import ComposeResult
from textual.screen import Screen

from models.search.text import fold
from models.text.words import Refused, W
from tui.display.parts import Span, TextPart
from tui.pages.base import BaseScreen, Page
from tui.pages.general import rights_page
from tui.pages.general.available_commands import AvailableCommand, groups
from tui.widgets.document_view import DocumentView
from tui.widgets.filter_line import Query

HINT = W("查找按键和命令", "search keys and commands")
NONE = W("这里没有这样的按键或命令。", "No such key or command here.")
MORE = W("提示", "Tips")
FACTS = (
    W(
        "输入的内容随时保留为草稿，退出、断电都不会丢。",
        "What you type is kept as a draft at once; nothing is lost when you quit.",
    ),
    W(
        "中文输入法下用 F 键、方向键、回车和 Ctrl 键；？／也可以用。",
        "With an input method use F-keys, arrows, Enter and Ctrl; full-width ？ and ／ work too.",
    ),
    W(
        "按住 Shift 拖动鼠标可选中屏幕上的文字。",
        "Hold Shift and drag to select text on the screen.",
    ),
    W(
        "筛选和搜索用同一种写法：词语 状态:待处理 项目:… 填写人:我 周:本周 类型:… 是:逾期",
        "Filter and search use the same terms: words state:open project:… by:me week:this"
        " type:… is:overdue",
    ),
)


class HelpPage(Page):
    """What works on the page below."""

    title_word = W("帮助", "Help")
    commands: ClassVar = (rights_page.command("help", "w,ctrl+w"),)
    AUTO_FOCUS = "DocumentView"

    def __init__(self, below: Screen[Any]) -> None:
        super().__init__()
        self._groups = list(groups(below))  # now: on top of it other keys work

    def body(self) -> ComposeResult:
        """The line, and the keys."""
        yield Query(HINT, id="words")
        yield DocumentView(id="keys")

    def look(self) -> None:
        """Say it all again."""
        self._find(self.query_one(Query).value)

    def _find(self, text: str) -> None:
        wanted = fold(text).split()
        parts: list[TextPart] = []
        for where, some in self._groups:
            fitting = [one for one in some if _fits(one, wanted)]
            if fitting:
                parts += [
                    TextPart(where, head=True),
                    *(self._part(one) for one in fitting),
                    TextPart(),
                ]
        if not parts:
            parts = [TextPart(NONE, style="muted")]
        if not wanted:
            parts += [TextPart(MORE, head=True), *(TextPart(fact) for fact in FACTS)]
        self.query_one(DocumentView).look(parts, top=True)

    def _part(self, one: AvailableCommand) -> TextPart:
        spans: list[Span] = [(str(one.word), "title" if one.enabled else "muted")]
        if str(one.help):
            spans.append((f"  {one.help}", "muted"))
        why = _why(one)
        if why is not None:
            spans.append((f"  {why}", "warn"))
        return TextPart(spans, f"{one.id}:{one.keys[0]}", one.key_names)

    def action_rights(self) -> None:
        """Who may do what."""
        self.app.push_screen(rights_page.RightsPage())

    @on(Query.Changed)
    def _typed(self, event: Query.Changed) -> None:
        event.stop()
        self._find(event.value)

    @on(Query.Left)
    def _left(self, event: Query.Left) -> None:
        event.stop()
        self.query_one(DocumentView).focus()


def _fits(one: AvailableCommand, wanted: list[str]) -> bool:
    words = (*one.word, *one.help, one.key_names, one.id)
    whole = fold(" ".join(words))
    return all(word in whole for word in wanted)


def _why(one: AvailableCommand) -> Refused | None:
    """Why it is not possible now, where the page knows."""
    if one.enabled or not isinstance(one.node, BaseScreen):
        return None
    _, name, parameters = parse(one.action)
    return one.node.why_not_so(name, parameters)
