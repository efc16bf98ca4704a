"""Confirm: small questions before something is done, Cancel always first."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from models.schema.record import kinds
from models.storage.drafts import FormDraft
from models.text.words import W, say
from tui.display.values import NOW, Values
from tui.forms.form_task import BESIDE
from tui.pages.base import Dialog
from tui.widgets.commands import Command
from tui.widgets.plain_content import Said
from tui.widgets.safe_widgets import Press, ProseText

CANCEL = W("取消 (n)", "Cancel (n)")
CONTINUE, DISCARD = W("继续填写 (c)", "Continue (c)"), W("放弃草稿 (d)", "Discard (d)")
DRAFT = W("草稿，{age}：{said}", "Draft, {age}: {said}")
AGO = W("{age}前", "{age} ago")
KEYED = W("{word} (y)", "{word} (y)")
SHOWN = 240


def _other(question: str) -> Command:
    """The command that goes to the other button."""
    return Command(
        id=f"{question}.other",
        word=W("另一个按钮", "The other button"),
        help=W("到另一个按钮", "to the other button"),
        keys="left,right,up,down",
        action="app.focus_next",
    )


class ConfirmDialog(Dialog[bool]):
    """Two buttons, `#yes` and `#no`, each with a key of its own."""

    DEFAULT_CSS = """
    ConfirmDialog Horizontal { height: 1; margin-top: 1; }
    ConfirmDialog Press { margin-right: 2; }
    """

    @on(Press.Pressed)
    def _pressed(self, event: Press.Pressed) -> None:
        event.stop()
        self.dismiss(event.button.id == "yes")

    def action_answer(self, yes: bool) -> None:
        """Answer by a key."""
        self.dismiss(yes)


class Confirm(ConfirmDialog):
    """Asks before what cannot be taken back: names the thing, and begins on Cancel.

    Answers True for yes; no, Esc and Enter at once do nothing. No key that means something
    elsewhere is a yes: it is said by its letter, or by Enter on its button.
    """

    commands: ClassVar = (
        Command(
            id="confirm.yes",
            word=W("是", "Yes"),
            help=W("确定", "confirm"),
            keys="y",
            action="answer(True)",
            via="confirm.other",
        ),
        Command(
            id="confirm.no",
            word=W("否", "No"),
            help=W("什么也不做", "do nothing"),
            keys="n,ctrl+n",
            action="answer(False)",
        ),
        _other("confirm"),
    )
    AUTO_FOCUS = "#no"

    def __init__(self, question: Said, yes: W) -> None:
        super().__init__()
        self._question, self._yes = question, yes

    def body(self) -> ComposeResult:
        """The question and two buttons."""
        yes = W(*(half.format(word=word) for half, word in zip(KEYED, self._yes, strict=True)))
        with Vertical(classes="box"):
            yield ProseText(self._question, id="question")
            with Horizontal():
                yield Press(CANCEL, id="no")
                yield Press(yes, "warning", id="yes")


class DraftQuestion(ConfirmDialog):
    """Offers what was typed and not saved: True continues it, False throws it away."""

    commands: ClassVar = (
        Command(
            id="draft.continue",
            word=W("继续", "Continue"),
            help=W("接着填写草稿", "continue the draft"),
            keys="c,ctrl+g",
            action="answer(True)",
        ),
        Command(
            id="draft.discard",
            word=W("放弃", "Discard"),
            help=W("放弃草稿，重新开始", "discard the draft and start again"),
            keys="d,f8",
            action="answer(False)",
        ),
        _other("draft"),
    )
    AUTO_FOCUS = "#yes"
    DEFAULT_CSS = """
    DraftQuestion #question { max-height: 8; }
    """

    def __init__(self, values: Values, draft: FormDraft) -> None:
        super().__init__()
        self._values, self._draft = values, draft

    def body(self) -> ComposeResult:
        """How old it is, how it begins, and two buttons."""
        with Vertical(classes="box"):
            yield ProseText(lambda: said(self._values, self._draft), id="question")
            with Horizontal():
                yield Press(CONTINUE, "primary", id="yes")
                yield Press(DISCARD, id="no")


def said(values: Values, draft: FormDraft) -> str:
    """A draft on a few lines: how old it is, and what it holds."""
    return say(DRAFT, age=aged(values, draft), said=held(values, draft))


def aged(values: Values, draft: FormDraft) -> str:
    """How long ago it was kept."""
    age = values.age(draft.at)
    return age if age == str(NOW) else say(AGO, age=age)


def held(values: Values, draft: FormDraft) -> str:
    """What it holds, field by field."""
    specs = {**BESIDE, **(kinds[draft.type].specs() if draft.type in kinds else {})}
    parts = []
    for name, value in {**draft.values, **draft.texts}.items():
        spec = specs.get(name)
        label = str(spec.label) if spec is not None else name
        known = spec is not None and name not in draft.texts
        parts.append(f"{label} {values.say(spec, value) if known and spec else value}")
    text = "; ".join(parts)
    return text if len(text) < SHOWN else text[:SHOWN] + "…"
