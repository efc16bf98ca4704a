"""Editing: which field of a form is edited, and how the editor's text becomes its value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from models.text.words import Refused
from tui.display.values import Values
from tui.forms.editors import people_list
from tui.forms.editors.choice_editor import ChoiceEditor
from tui.forms.editors.people_list import PeopleSuggestions
from tui.forms.editors.suggestions import NEW, LinkSuggestions, PathSuggestions, Suggestions
from tui.forms.editors.text_editor import TextEditor
from tui.forms.field import Field
from tui.forms.form_task import PROJECT
from tui.forms.value_input import PATH, ValueReading

Held = tuple[Any, str | None]
"""A field's value and text."""


class Editing:
    """The fields of a form and the editor they share; draws nothing."""

    def __init__(self, fields: Sequence[Field], reading: ValueReading, values: Values) -> None:
        self.fields = list(fields)
        self.reading, self.values = reading, values
        self.editor, self.chooser = TextEditor(id="editor"), ChoiceEditor(id="chooser")
        self.at = _first(fields)
        self.helper: Suggestions | None = None
        self.typed = False
        """Whether anything was typed or chosen since the field was opened."""
        self._opened: str | None = None
        self._meant: Any = None
        """The value of which `_opened` is the text."""
        self._held: Held = (None, None)
        self._undone: list[tuple[int, Held]] = []

    @property
    def current(self) -> Field:
        """The field that is edited."""
        return self.fields[self.at]

    def value(self, name: str) -> Any:
        """The value of a field, None where the form has no such field."""
        return next((field.value for field in self.fields if field.name == name), None)

    def open(self, *, again: bool = False) -> None:
        """Edit what the current field holds; `again` after it was changed from outside."""
        field = self.current
        if not again:
            self._held = (field.value, field.text)
        self.typed = again and self.typed
        self.chooser.display, self.editor.display = field.chosen, not field.chosen
        self.helper = self._helper_of(field)
        if field.chosen:
            self.chooser.open(field.spec, field.value)
            return
        self.editor.open(self.text_of(field), single=field.single)
        self._opened = None if field.text is not None else self.editor.value
        self._meant = field.value
        if field.spec.kind == "link" and field.value is not None and field.text is None:
            self.editor.select_all()  # what is typed takes the place of what is chosen
        listed = isinstance(self.helper, PeopleSuggestions)
        if self.helper is not None and (field.value is None or listed):
            text = self.editor.value if listed else field.text or ""
            self.helper.look(text, field.text is not None)
            offers = self.helper.offers
            if field.required and field.spec.target == "project" and offers:
                # One has to be chosen, and mostly there are few: Enter takes the first.
                self.helper.at = 0 if offers[0].id != NEW else self.helper.at

    def text_of(self, field: Field) -> str:
        """The text in which a field is edited; a link is edited as what it is called."""
        if field.text is not None:
            return field.text
        if field.spec.kind == "link":
            return self.values.say(field.spec, field.value)
        if field.spec.kind == "persons":
            return people_list.line_of(self.reading.book, field.value)
        return self.reading.text(field.spec, field.value)

    def shown(self, field: Field) -> str:
        """A field as it is read while another one is edited."""
        return field.text if field.text is not None else self.values.say(field.spec, field.value)

    def commit(self, *, final: bool = True) -> None:
        """Take the editor's text into the field; `final` checks it and notes what is wrong.

        Text that was not touched leaves the value as it is, whatever it holds.
        """
        field = self.current
        if field.chosen:
            if self.typed or field.text is None:  # a text that is no choice stays to be seen
                field.value, field.text = self.chooser.value, None
            return
        text = self.editor.value
        if text == self._opened:  # also after it was another text meanwhile
            field.value, field.text = self._meant, None
        elif not final and field.spec.kind in ("link", "file", "persons"):
            field.text = text
        else:
            self._read(field, text, final)

    def _read(self, field: Field, text: str, final: bool) -> None:
        try:
            field.value, field.text = self.reading.read(field.spec, text), None
        except Refused as refused:
            field.text = text
            field.fault = refused if final else field.fault
        else:
            if field.spec.kind == "moment":
                field.note = self.reading.doubt(field.spec, field.value)

    def touched(self) -> None:
        """Something was typed or chosen: what was wrong may be right now, other offers fit."""
        self.typed = True
        self.current.fault = None
        if self.helper is not None:
            text = self.editor.value
            self.helper.look(text, text != self._opened)

    def leave(self) -> None:
        """Take the editor's text for good, and note what the field held before, for an undo."""
        at, held = self.at, self._held
        if self.helper is not None and self.typed and isinstance(self.helper, LinkSuggestions):
            self.take_offer(self.helper.at)
            self.helper.at = -1
        self.commit()
        field = self.fields[at]
        if (field.value, field.text) != held:
            self._undone.append((at, held))
            self._held = (field.value, field.text)

    def go(self, at: int) -> None:
        """Leave this field, and edit that one."""
        self.leave()
        self.at = at
        self.open()

    def turn(self, fields: Sequence[Field], at: int) -> None:
        """Edit one of other fields, such as another row of a table; this one was left before."""
        self.fields, self.at = list(fields), at
        self._undone.clear()
        self.open()

    def beyond(self, by: int) -> int:
        """The editable field so many on, or the last one that way."""
        open_ = [at for at, field in enumerate(self.fields) if not field.locked]
        here = open_.index(self.at) if self.at in open_ else 0
        return open_[min(max(here + by, 0), len(open_) - 1)] if open_ else self.at

    def step(self, by: int) -> bool:
        """Another day or week; whether the field holds one that can be stepped from."""
        self.commit()
        field = self.current
        if field.text is None:
            field.value = self.reading.step(field.spec, field.value, by)
            self.open(again=True)
        return field.text is None

    def undo(self) -> bool:
        """Take back what was typed in the field left last; whether there was any."""
        self.leave()
        if not self._undone:
            return False
        self.at, held = self._undone.pop()
        field = self.current
        field.value, field.text = held
        field.fault = None
        self.open()
        return True

    def revert(self) -> None:
        """Take back what was typed in the current field."""
        self.current.value, self.current.text = self._held
        self.open()

    # -- links and files -------------------------------------------------------------------------

    def _helper_of(self, field: Field) -> Suggestions | None:
        if field.spec.kind in ("file", PATH):
            return PathSuggestions()
        if field.spec.kind == "persons":
            return PeopleSuggestions(self.reading.book, field.spec, {})
        if field.spec.kind != "link":
            return None
        follows = field.spec.follows
        within = {follows: self.value(follows)} if self.value(follows) else {}
        return LinkSuggestions(self.reading.book, field.spec, within)

    def choose_offer(self, by: int) -> bool:
        """Put the cursor on another offer; whether there was one that way."""
        helper = self.helper
        if helper is None:
            return False
        if by > 0 and not helper.offers:
            helper.look("", typed=False)
        at = helper.at + by
        if not -1 <= at < len(helper.offers):
            return bool(helper.offers) and by > 0
        helper.at = at
        return True

    def take_offer(self, at: int) -> bool:
        """Take an offer into the current field; whether one was taken (a new one never is)."""
        helper = self.helper
        if helper is None or not 0 <= at < len(helper.offers) or helper.offers[at].id == NEW:
            return False
        if isinstance(helper, PathSuggestions):
            self.editor.open(helper.offers[at].id, single=True)
            self.touched()
        elif isinstance(helper, PeopleSuggestions):
            self.editor.open(helper.with_offer(self.editor.value, at), single=True)
            self.touched()
        else:
            self.take(self.current.name, helper.offers[at].id)
        return True

    def take_out(self) -> bool:
        """Take the last name out of a list of people; whether the line ended behind one."""
        rest = None
        if self.current.spec.kind == "persons":
            rest = people_list.without_last(self.editor.value)
        if rest is not None:
            self.editor.open(rest, single=True)
        return rest is not None

    def take(self, name: str, id: str) -> None:
        """Let a link point to this record; a site is filled in with the equipment that is there."""
        field = next(field for field in self.fields if field.name == name)
        field.value, field.text, field.fault = id, None, None
        follows = field.spec.follows
        if follows and self.value(follows) is None:
            self._follow(follows, id)
        if field is self.current:
            self.open(again=True)

    def _follow(self, follows: str, id: str) -> None:
        leading: Mapping[str, Field] = {field.name: field for field in self.fields}
        target = self.reading.book.find(id)
        if follows in leading and not leading[follows].locked:
            leading[follows].value = getattr(target, follows, None)


def _first(fields: Sequence[Field]) -> int:
    """Where a form begins: at the first field to fill in; a project that is known is passed by."""
    open_ = [at for at, field in enumerate(fields) if not field.locked]
    asked = [at for at in open_ if fields[at].name != PROJECT or fields[at].value is None]
    return next(iter(asked or open_), 0)
