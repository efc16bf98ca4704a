"""Form panel: a few lines below the form of some types, about what is being filled in."""

from __future__ import annotations

from typing import Any, ClassVar

from tui.forms.editors.field_lines import FieldLine, FieldLines
from tui.forms.form_session import FormSession
from tui.pages import registry
from tui.widgets.commands import Command, bindings
from tui.widgets.refusals import TellsRefusals


class FormPanel(FieldLines, TellsRefusals):
    """Lines that follow the fields of one session; an area registers its own by record type.

    The page binds the keys of `commands` and hands their actions, `panel('<name>')`, to `run`.
    """

    commands: ClassVar[tuple[Command, ...]] = ()
    DEFAULT_CSS = """
    FormPanel { background: $panel; padding: 0 1; display: none; max-height: 40%; }
    FormPanel.-some { display: block; }
    """

    def __init_subclass__(cls, **more: Any) -> None:
        """Declare its commands, so that help and the table of keys know them."""
        super().__init_subclass__(**more)
        bindings(cls.commands)

    def __init__(self, session: FormSession, *, id: str | None = None) -> None:
        super().__init__(self.draw, id=id)
        self.session = session

    def draw(self, wide: int) -> list[FieldLine]:  # noqa: ARG002
        """The lines, for a width in cells."""
        return []

    def look_back(self) -> None:
        """Read what belongs to the fields as they are now."""

    def field_changed(self, name: str) -> None:
        """Something was typed in the field `name`, or it was left."""

    def run(self, command: str) -> None:
        """Do what one of the panel's commands says."""


def panel_of(type_: str, session: FormSession) -> FormPanel:
    """The panel registered for a record type, else one that shows nothing."""
    name = registry.FORM_PANELS.get(type_)
    cls: type[FormPanel] = registry.load(name) if name is not None else FormPanel
    return cls(session, id="panel")
