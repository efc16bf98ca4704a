"""Field drawing: the fields of a form as lines of text, around the one that is edited."""

from __future__ import annotations

from typing import Any

from models.schema.fields import Spec
from models.text.words import Refused, W
from sync.workspace.workspace import Workspace
from tui.display.values import Values
from tui.forms.editing import Editing
from tui.forms.editors.field_lines import FieldLine
from tui.forms.field import Field
from tui.forms.field_drawing import FieldDrawing
from tui.forms.value_input import ValueReading

WRONG = W("不对", "wrong")


def drawing(workspace: Workspace, *specs: Spec, **given: Any) -> FieldDrawing:
    """A drawing of fields called a, b, c…, the first one edited."""
    fields = [
        Field(name=name, spec=spec, value=given.get(name), before=given.get(name))
        for name, spec in zip("abcdef", specs, strict=False)
    ]
    return FieldDrawing(Editing(fields, ValueReading(workspace), Values(workspace)))


def text(lines: list[FieldLine]) -> list[str]:
    """Lines as they are read."""
    return ["".join(part for part, _ in line.spans).strip() for line in lines]


def line(zh: str, **more: Any) -> Spec:
    """A field of one line."""
    return Spec(kind="line", label=W(zh, zh), **more)


def test_fields_stand_above_and_below_the_one_that_is_edited(workspace: Workspace) -> None:
    made = drawing(workspace, line("甲"), line("乙"), line("丙"), a="1", b="2", c="3")
    made.editing.at = 1
    assert [one.at for one in made.above(40)] == [0] and text(made.above(40)) == ["甲  1"]
    assert [one.at for one in made.below(40)] == [2] and text(made.below(40)) == ["丙  3"]
    assert text(made.label(40)) == ["乙"]
    made.editing.at = 0
    assert made.above(40) == [] and len(made.below(40)) == 2


def test_what_is_wrong_stands_below_its_field(workspace: Workspace) -> None:
    made = drawing(workspace, line("甲"), line("乙", hint=W("提示", "hint")))
    for field in made.editing.fields:
        field.fault = Refused(WRONG)
    assert text(made.remarks(40)) == ["! 不对"]
    assert text(made.below(40))[1:] == ["! 不对"]
    made.editing.at = 1
    assert text(made.remarks(40)) == ["! 不对", "提示"]


def test_a_long_text_that_is_not_edited_is_shortened(workspace: Workspace) -> None:
    prose = Spec(kind="prose", label=W("乙", "b"))
    made = drawing(workspace, line("甲"), prose, b="\n".join("一二三四五六"))
    assert len(made.below(40)) == 5 and "+2" in text(made.below(40))[-1]


def test_labels_take_a_third_of_the_width_at_most(workspace: Workspace) -> None:
    made = drawing(workspace, line("很长很长很长很长很长的名称"))
    made.columns = 30
    assert made.labels == 10
    made.columns = 200
    assert made.labels == 24


def test_offers_are_drawn_with_the_chosen_one_marked(workspace: Workspace) -> None:
    workspace.book.add("site", {"name": "机房"})
    workspace.book.add("site", {"name": "泵房"})
    made = drawing(workspace, Spec(kind="link", target="site", label=W("现场", "Site")), line("乙"))
    editing = made.editing
    assert made.offers(40) == [] and not editing.choose_offer(1)
    editing.helper = editing._helper_of(editing.current)
    assert editing.choose_offer(1)
    styles = [one.spans[0][1] for one in made.offers(40)]
    assert styles[0] == "cursor" and "cursor" not in styles[1:] and len(styles) == 3
    assert editing.choose_offer(-1) and not editing.choose_offer(-1)
    for _ in styles:
        assert editing.choose_offer(1)
    assert editing.choose_offer(1)  # the last one stays: the key goes to no other field
    assert editing.helper is not None and editing.helper.at == len(styles) - 1
