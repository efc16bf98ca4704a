"""Available commands: what can be done on a screen now, read from its bindings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from textual.app import App
from textual.dom import DOMNode
from textual.screen import Screen

from models.text.words import W
from tui.pages.base import BaseScreen
from tui.widgets.commands import FULL_WIDTH, Command, declared, key_name

HERE = W("当前位置", "In this field or list")
PAGE = W("本页", "This page")
EVERYWHERE = W("全局", "Everywhere")

WORDS: dict[str, W] = {
    "app.focus_next": W("下一区域", "Next pane"),
    "app.focus_previous": W("上一区域", "Previous pane"),
    "screen.copy_text": W("复制选中的文字", "Copy the selected text"),
    "cursor_left": W("光标左移", "Cursor left"),
    "cursor_right": W("光标右移", "Cursor right"),
    "cursor_up": W("光标上移", "Cursor up"),
    "cursor_down": W("光标下移", "Cursor down"),
    "cursor_left_word": W("左移一个词", "One word left"),
    "cursor_right_word": W("右移一个词", "One word right"),
    "cursor_word_left": W("左移一个词", "One word left"),
    "cursor_word_right": W("右移一个词", "One word right"),
    "cursor_line_start": W("到行首", "To the start of the line"),
    "cursor_line_end": W("到行尾", "To the end of the line"),
    "home": W("到行首", "To the start of the line"),
    "end": W("到行尾", "To the end of the line"),
    "delete_left": W("删除左边一个字", "Delete to the left"),
    "delete_right": W("删除右边一个字", "Delete to the right"),
    "delete_left_word": W("删除左边一个词", "Delete the word on the left"),
    "delete_right_word": W("删除右边一个词", "Delete the word on the right"),
    "delete_word_left": W("删除左边一个词", "Delete the word on the left"),
    "delete_word_right": W("删除右边一个词", "Delete the word on the right"),
    "delete_left_all": W("删到行首", "Delete to the start"),
    "delete_right_all": W("删到行尾", "Delete to the end"),
    "delete_line": W("删除这一行", "Delete the line"),
    "select_all": W("全选", "Select all"),
    "cut": W("剪切", "Cut"),
    "copy": W("复制", "Copy"),
    "paste": W("粘贴", "Paste"),
    "undo": W("撤销输入", "Undo typing"),
    "redo": W("重做输入", "Redo typing"),
    "submit": W("确认", "Confirm"),
    "press": W("按下", "Press"),
    "toggle_button": W("勾选", "Tick"),
    "select": W("选择", "Choose"),
    "first": W("第一个", "First"),
    "last": W("最后一个", "Last"),
    "page_up": W("上一页", "Page up"),
    "page_down": W("下一页", "Page down"),
    "show_overlay": W("展开", "Open the list"),
    "dismiss": W("关闭", "Close"),
}
"""What the bindings of Textual's own widgets do, by action; it knows English only."""


@dataclass(frozen=True, slots=True)
class AvailableCommand:
    """A command that is bound on a screen: its keys, its node, and whether it is possible now."""

    id: str
    word: W
    help: W
    keys: tuple[str, ...]
    action: str
    node: DOMNode
    enabled: bool
    where: W

    @property
    def key_names(self) -> str:
        """Its keys as people say them."""
        return " ".join(key_name(key) for key in self.keys)

    @property
    def two_keys(self) -> str:
        """The first two of them."""
        return " ".join(key_name(key) for key in self.keys[:2])


def doables(screen: Screen[Any]) -> list[AvailableCommand]:
    """Every command bound on a screen, the most used first; full-width twins are left out."""
    found: dict[tuple[str, int], AvailableCommand] = {}
    twins = set(FULL_WIDTH.values())
    for key, active in screen.active_bindings.items():
        binding = active.binding
        command = declared.get(binding.id or "")
        word = _word(screen, command) if command is not None else WORDS.get(binding.action)
        if word is None or key in twins or key.startswith("super+"):
            continue
        mark = (binding.id or binding.action, id(active.node))
        before = found.get(mark)
        found[mark] = AvailableCommand(
            id=binding.id or binding.action,
            word=word,
            help=command.help if command is not None else W("", ""),
            keys=(*(before.keys if before is not None else ()), key),
            action=binding.action,
            node=active.node,
            enabled=active.enabled,
            where=_where(active.node),
        )
    return sorted((_ordered(one) for one in found.values()), key=_place)


def shadowed(screen: Screen[Any]) -> list[AvailableCommand]:
    """The commands of every page whose keys mean something else on this one; without keys."""
    here = {one.id for one in doables(screen)}
    app, found = screen.app, dict[str, AvailableCommand]()
    for _, binding in app._bindings:
        command = declared.get(binding.id or "")
        if command is not None and command.id not in here and app.check_action(binding.action, ()):
            found[command.id] = AvailableCommand(
                id=command.id,
                word=_word(screen, command),
                help=command.help,
                keys=(),
                action=binding.action,
                node=app,
                enabled=True,
                where=EVERYWHERE,
            )
    return list(found.values())


def _word(screen: Screen[Any], command: Command) -> W:
    """What a command is called on this screen now."""
    return screen.word_of(command) if isinstance(screen, BaseScreen) else command.word


def _place(one: AvailableCommand) -> int:
    """Most used first: as in the key bar, then what is declared, then Textual's own."""
    command = declared.get(one.id)
    return 1000 if command is None else command.shown or 500


def _ordered(one: AvailableCommand) -> AvailableCommand:
    """The keys in the order of their declaration."""
    command = declared.get(one.id)
    if command is None:
        return one
    order = command.all_keys
    keys = sorted(one.keys, key=lambda key: order.index(key) if key in order else len(order))
    return AvailableCommand(
        one.id, one.word, one.help, tuple(keys), one.action, one.node, one.enabled, one.where
    )


def groups(screen: Screen[Any]) -> Iterator[tuple[W, list[AvailableCommand]]]:
    """The same in groups: the focused widget's, the page's, the app's."""
    every = doables(screen)
    for where in (PAGE, HERE, EVERYWHERE):
        some = [one for one in every if one.where == where]
        if some:
            yield where, some


def _where(node: DOMNode) -> W:
    if isinstance(node, App):
        return EVERYWHERE
    return PAGE if isinstance(node, Screen) else HERE
