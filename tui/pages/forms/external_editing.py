"""External editing: the current text of some fields is edited in the person's own editor."""

from __future__ import annotations

from typing import Any

from models.text.words import Refused, W
from tui.forms.editors import external_editor
from tui.forms.form_widget import FormWidget
from tui.pages.base import BaseScreen
from tui.widgets.commands import Command

OUTSIDE = Command(
    id="form.outside",
    word=W("外部编辑", "Editor"),
    help=W("用 $EDITOR 编辑这段文字", "edit this text in $EDITOR"),
    keys="f4",
    action="outside",
    shown=20,
)


class Outside(BaseScreen[Any]):
    """A page or a dialog with `fields`."""

    fields: FormWidget

    def flush(self) -> None:
        """Keep what is typed, if it is kept: the app is about to stand aside."""

    def why_not(self, action: str) -> Refused | None:
        """The other editor is for text that is typed."""
        if action == "outside" and self.is_mounted and self.fields.current.chosen:
            return Refused(external_editor.NO_TEXT)
        return super().why_not(action)

    def action_outside(self) -> None:
        """Edit the current text in the person's own editor."""
        editing = self.fields.editing
        editing.commit(final=False)
        self.flush()
        self.fields.put(external_editor.edit(self.app, editing.editor.value))
