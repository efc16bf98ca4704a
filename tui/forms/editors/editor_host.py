"""Editor host: what widgets do alike that have the editors of a form in them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual.app import App
from textual.geometry import Offset, Region
from textual.widget import Widget

from models.queries.suggestions import Spelt
from tui.forms.editors.choice_editor import ChoiceEditor
from tui.forms.editors.suggestions import LinkSuggestions, Suggestions, spelling
from tui.forms.editors.text_editor import TextEditor


def put_cursor(app: App[Any], editor: TextEditor, chooser: ChoiceEditor, *, chosen: bool) -> None:
    """Put the terminal's own cursor where typing happens: input methods open their window there.

    Textual sets it before the layout, so it is set again, and sent with a repaint.
    """
    target = chooser.cursor + Offset(*chooser.content_region.offset) if chosen else editor.caret
    if app.cursor_position != target:
        app.cursor_position = target
        shown = chooser if chosen else editor
        shown.refresh(Region(0, 0, 1, 1))


def spell_aside(widget: Widget, helper: Suggestions | None, heard: Callable[[], None]) -> None:
    """Have names spelt in a thread where links wait for their pinyin; `heard` when they know it."""
    if not isinstance(helper, LinkSuggestions) or not helper.unheard():
        return
    named = helper.names()

    def told(spelt: Spelt) -> None:
        helper.hear(spelt)
        heard()

    def spell() -> None:
        widget.app.call_from_thread(told, spelling(named))

    widget.run_worker(spell, thread=True, group="spelling")
