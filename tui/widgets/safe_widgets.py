"""Safe: the widgets that show words and data; screens use these instead of Textual's own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar, Literal, NamedTuple

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size
from textual.visual import VisualType
from textual.widgets import Button, Checkbox, OptionList, Select, Static
from textual.widgets.option_list import Option

from models.text.words import W
from tui.display.terminal_text import cut, width, wrap
from tui.widgets.plain_content import (
    Clean,
    Said,
    content_of,
    hint,
    notify,
    say_again,
    text_of,
    title,
)

__all__ = [
    "ChoiceOption",
    "Choices",
    "Clean",
    "Pick",
    "Press",
    "ProseText",
    "Said",
    "Tag",
    "Tick",
    "content_of",
    "hint",
    "notify",
    "say_again",
    "text_of",
    "title",
]

Look = Literal["default", "primary", "success", "warning", "error"]
CHOOSE = W("请选择", "Choose")


class _Spoken(Static):
    """What `ProseText` and `Tag` share: the content is made into text when it is drawn."""

    def __init__(
        self, said: Said = "", *, id: str | None = None, classes: str | None = None
    ) -> None:
        super().__init__(id=id, classes=classes, markup=False)
        self.said: Said = said

    def update(self, content: VisualType | Said = "", *, layout: bool = True) -> None:
        """Show something else; `layout=False` where its size stays the same."""
        if not (isinstance(content, W | str | Content) or callable(content)):
            raise TypeError(f"not to be shown as it is: {type(content).__name__}")
        self.said = content
        self.refresh(layout=layout)

    def render(self) -> Content:
        return content_of(self.said)

    def say_again(self) -> None:
        self.refresh(layout=True)


class ProseText(_Spoken):
    """Text in as many lines as it needs, broken by Chinese rules."""

    def render(self) -> Content:
        if isinstance(self.said, Content) or not self.size.width:
            return super().render()
        return Content("\n".join(wrap(text_of(self.said), self.size.width)))

    def get_content_width(self, container: Size, viewport: Size) -> int:  # noqa: ARG002
        return max(width(line) for line in text_of(self.said).split("\n"))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        if isinstance(self.said, Content):
            return super().get_content_height(container, viewport, width)
        return len(wrap(text_of(self.said), width))


class Tag(_Spoken):
    """A short text on one line, as wide as it is unless styled otherwise; `…` if it is cut."""

    DEFAULT_CSS = """
    Tag { width: auto; height: 1; text-wrap: nowrap; text-overflow: ellipsis; }
    """

    def render(self) -> Content:
        if isinstance(self.said, Content) or not self.size.width:
            return super().render()
        return Content(cut(text_of(self.said), self.size.width))

    def get_content_width(self, container: Size, viewport: Size) -> int:  # noqa: ARG002
        return width(text_of(self.said).replace("\n", " "))


class Press(Button):
    """A button; `action` runs when it is pressed, else `Press.Pressed` is posted."""

    def __init__(
        self,
        said: Said,
        look: Look = "default",
        *,
        action: str | None = None,
        disabled: bool = False,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        label = content_of(said)
        super().__init__(
            label, look, action=action, disabled=disabled, id=id, classes=classes, compact=True
        )
        self.said: Said = said

    def say_again(self) -> None:
        self.label = content_of(self.said)


class Tick(Checkbox):
    """A box to tick; whether it is ticked shows without colour too."""

    def __init__(
        self,
        said: Said,
        value: bool = False,
        *,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(content_of(said), value, id=id, classes=classes, compact=True)
        self.said: Said = said

    def render(self) -> Content:
        self.BUTTON_INNER = "X" if self.value else " "
        return super().render()

    def say_again(self) -> None:
        self.label = content_of(self.said)


class ChoiceOption(NamedTuple):
    """One of several to choose from: its id in messages and values, its words, and a note below."""

    id: str
    said: Said
    note: Said = ""
    disabled: bool = False


class Choices(OptionList):
    """A short list to choose from; posts `OptionHighlighted` and `OptionSelected`."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "cursor_down", show=False),
        Binding("k", "cursor_up", show=False),
        Binding("g", "first", show=False),
        Binding("G", "last", show=False),
    ]

    def __init__(
        self,
        choices: Iterable[ChoiceOption] = (),
        *,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes, markup=False, compact=True)
        self._choices: Sequence[ChoiceOption] = ()
        self.fill(choices)

    @property
    def chosen(self) -> str | None:
        """The id of the highlighted choice."""
        return None if (option := self.highlighted_option) is None else option.id

    def fill(self, choices: Iterable[ChoiceOption]) -> None:
        """Offer these; the highlight stays on the choice it is on, if that is still there."""
        before = self.chosen
        self._choices = tuple(choices)
        self.set_options(_option(choice) for choice in self._choices)
        ids = [choice.id for choice in self._choices]
        self.highlighted = ids.index(before) if before in ids else 0 if ids else None

    def say_again(self) -> None:
        self.fill(self._choices)


def _option(choice: ChoiceOption) -> Option:
    """A choice as Textual has it."""
    prompt = content_of(choice.said)
    if note := text_of(choice.note):
        prompt = Content.assemble(prompt, "\n", Content(note).stylize("dim"))
    return Option(prompt, choice.id, choice.disabled)


class Pick(Select[str]):
    """One value out of a few, in a list that drops down; typing finds one. Posts `Changed`."""

    def __init__(
        self,
        choices: Iterable[ChoiceOption],
        value: str | None = None,
        *,
        prompt: W = CHOOSE,
        blank: bool = True,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        self._choices: Sequence[ChoiceOption] = tuple(choices)
        self._words = prompt
        super().__init__(
            _pairs(self._choices),
            prompt=str(prompt),
            allow_blank=blank,
            value=Select.NULL if value is None else value,
            id=id,
            classes=classes,
            compact=True,
        )

    @property
    def chosen(self) -> str | None:
        """The id of the choice made."""
        return self.selection

    def fill(self, choices: Iterable[ChoiceOption]) -> None:
        """Offer these; the choice made stays if it still can."""
        before = self.chosen
        self._choices = tuple(choices)
        kept = before is not None and any(choice.id == before for choice in self._choices)
        if kept:
            with self.prevent(Select.Changed):
                self.set_options(_pairs(self._choices))
                self.value = before if before is not None else Select.NULL
        else:
            self.set_options(_pairs(self._choices))

    def say_again(self) -> None:
        self.prompt = str(self._words)
        self.fill(self._choices)


def _pairs(choices: Sequence[ChoiceOption]) -> list[tuple[Text, str]]:
    """Choices as a `Select` has them; only in a `Text` does it find what is typed."""
    return [(Text(text_of(choice.said)), choice.id) for choice in choices]
