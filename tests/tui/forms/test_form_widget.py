"""The form widget: fields filled in by keys, each key for the field it was typed for."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual.app import App, ComposeResult
from textual.events import Key, Paste
from textual.geometry import Offset
from textual.pilot import Pilot

from models.schema.fields import FieldChoice, Spec
from models.schema.roles import ENGINEER
from models.storage import blobs
from models.text.words import W, language
from sync.workspace.workspace import Workspace
from tests.support.hostile import PAYLOADS
from tests.support.team import admit
from tui.display.values import Values
from tui.forms.field import Field
from tui.forms.form_widget import FormWidget
from tui.forms.value_input import ValueReading

LABEL = W("字段", "Field")


class Desk(App[None]):
    """Some fields and nothing else."""

    def __init__(
        self, workspace: Workspace, specs: Sequence[Spec], given: Mapping[str, Any]
    ) -> None:
        super().__init__()
        self.workspace = workspace
        self.items = [
            Field(name=f"f{at}", spec=spec, value=given.get(f"f{at}"), before=given.get(f"f{at}"))
            for at, spec in enumerate(specs)
        ]

    def compose(self) -> ComposeResult:
        yield FormWidget(self.items, ValueReading(self.workspace), Values(self.workspace))


@asynccontextmanager
async def desk(
    workspace: Workspace,
    *kinds: str | Spec,
    size: tuple[int, int] = (80, 24),
    held: Mapping[str, Any] | None = None,
    **given: Any,
) -> Any:
    """Fields of these kinds, with a pilot."""
    specs = [Spec(kind=one, label=LABEL) if isinstance(one, str) else one for one in kinds]
    app = Desk(workspace, specs, {**(held or {}), **given})
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield app.query_one(FormWidget), pilot


async def burst(pilot: Pilot[Any], *keys: tuple[str, str | None]) -> None:
    """Keys that arrive all at once, as from a slow line or after a pause of the machine."""
    for key, character in keys:
        pilot.app.post_message(Key(key, character))
    through = asyncio.Event()
    pilot.app.call_later(through.set)
    await through.wait()
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


def values(fields: FormWidget) -> list[Any]:
    """What the fields hold, the current one taken in."""
    fields.editing.commit()
    return [field.value for field in fields.editing.fields]


CHOICE = Spec(
    kind="choice",
    label=LABEL,
    choices=(
        FieldChoice("equipment", W("设备故障", "equipment failure")),
        FieldChoice("software", W("软件缺陷", "software defect")),
        FieldChoice("maintenance", W("运行维护不当", "maintenance error")),
        FieldChoice("unknown", W("未查清", "unknown")),
    ),
)


async def test_a_burst_of_keys_goes_where_it_was_typed_for(workspace: Workspace) -> None:
    async with desk(workspace, "line", CHOICE, "line") as (fields, pilot):
        letters = [(one, one) for one in "ab"]
        await burst(
            pilot,
            *letters,
            ("backspace", None),
            ("c", "c"),
            ("left", None),
            ("x", "x"),
            ("tab", "\t"),
            ("2", "2"),
            ("enter", "\r"),
            *letters,
            ("shift+tab", None),
            ("shift+tab", None),
            ("z", "z"),
        )
        assert values(fields) == ["axcz", "software", "ab"]


async def test_enter_moves_on_and_breaks_lines_only_in_prose(workspace: Workspace) -> None:
    async with desk(workspace, "line", "prose", "line") as (fields, pilot):
        await pilot.press("a", "enter", "b", "enter", "c", "tab", "d")
        assert values(fields) == ["a", "b\nc", "d"]


async def test_arrows_leave_a_text_only_at_its_edge(workspace: Workspace) -> None:
    async with desk(workspace, "line", "prose", "line", f1="一\n二") as (fields, pilot):
        await pilot.press("down")
        assert fields.editing.at == 1
        await pilot.press("up")
        assert fields.editing.at == 1
        await pilot.press("up")
        assert fields.editing.at == 0
        await pilot.press("down", "down")
        assert fields.editing.at == 2


async def test_the_first_and_the_last_field_in_one_key(workspace: Workspace) -> None:
    async with desk(workspace, *["line"] * 25) as (fields, pilot):
        await pilot.press("ctrl+end")
        assert fields.editing.at == 24
        await pilot.press("tab", "pageup")
        assert fields.editing.at == 14
        await pilot.press("ctrl+home", "shift+tab")
        assert fields.editing.at == 0


async def test_pasted_lines_are_joined_where_there_is_one_line(workspace: Workspace) -> None:
    async with desk(workspace, "line", "prose") as (fields, pilot):
        fields.post_message(Paste("第一行\r第二行\n\n 第三行 "))
        await pilot.pause()
        assert "粘贴的 3 行已合成一行" in str(fields.current.note)
        await pilot.press("tab")
        fields.post_message(Paste("一\r\n二\r三"))
        await pilot.pause()
        assert values(fields) == ["第一行 第二行 第三行", "一\n二\n三"]


async def test_undo_goes_back_through_the_fields(workspace: Workspace) -> None:
    async with desk(workspace, "line", CHOICE, f0="旧") as (fields, pilot):
        await pilot.press("x", "tab", "2", "ctrl+z")
        assert (fields.editing.at, values(fields)) == (1, ["旧x", None])
        await pilot.press("ctrl+z")
        assert (fields.editing.at, values(fields)) == (0, ["旧", None])
        await pilot.press("ctrl+z")
        assert values(fields) == ["旧", None]


async def test_undo_and_redo_within_a_text(workspace: Workspace) -> None:
    async with desk(workspace, "prose", f0="一") as (fields, pilot):
        await pilot.press("x", "ctrl+z")
        assert values(fields) == ["一"]
        await pilot.press("ctrl+y")
        assert values(fields) == ["一x"]


async def test_a_word_of_han_is_deleted_not_a_sentence(workspace: Workspace) -> None:
    text = "机房温度超限，请检查"
    async with desk(workspace, "prose", f0=text) as (fields, pilot):
        await pilot.press("ctrl+w")
        assert values(fields) == ["机房温度超限，请"]
        await pilot.press("ctrl+w", "ctrl+w", "ctrl+left", "ctrl+left", "alt+delete")
        assert values(fields) == ["机房超限"]


@pytest.mark.parametrize("kind", ["line", "prose"])
async def test_editing_one_end_leaves_the_rest_of_a_text(workspace: Workspace, kind: str) -> None:
    texts = list(PAYLOADS.values())
    held = {f"f{at}": text for at, text in enumerate(texts)}
    async with desk(workspace, *[kind] * len(texts), held=held) as (fields, pilot):
        for _ in texts:
            await pilot.press("x", "tab")
        assert values(fields) == [text + "x" for text in texts]


async def test_a_text_that_was_only_visited_is_unchanged(workspace: Workspace) -> None:
    held = {"f0": "007", "f1": "非数", "f2": "旧\x0c值"}
    async with desk(workspace, "count", "number", "line", held=held) as (fields, pilot):
        await pilot.press("tab", "tab", "shift+tab", "shift+tab")
        assert values(fields) == list(held.values())
        assert not any(field.changed for field in fields.editing.fields)


async def test_back_to_the_text_it_had_is_back_to_its_value(workspace: Workspace) -> None:
    async with desk(workspace, "week", "line", f0="2026-W47") as (fields, pilot):
        await pilot.press("ctrl+u")
        fields.editing.commit(final=False)
        assert fields.current.value is None
        await pilot.press(*"2026-W47", "tab")
        assert values(fields) == ["2026-W47", None]


# -- choices -----------------------------------------------------------------------------------


async def test_a_choice_in_one_key(workspace: Workspace) -> None:
    async with desk(workspace, CHOICE, "flag", "line") as (fields, pilot):
        for key, name in [
            ("3", "maintenance"),
            ("s", "equipment"),
            ("u", "unknown"),
            ("right", "equipment"),
            ("left", "unknown"),
            ("home", "equipment"),
            ("backspace", None),
            ("space", "equipment"),
            ("9", "equipment"),
        ]:
            await pilot.press(key)
            assert fields.editing.chooser.value == name, key
        await pilot.press("tab", "n")
        assert values(fields)[1] is False
        await pilot.press("y")
        assert values(fields)[1] is True


async def test_letters_of_pinyin_narrow_a_choice(workspace: Workspace) -> None:
    async with desk(workspace, CHOICE) as (fields, pilot):
        await pilot.press("y", "x")
        assert values(fields) == ["maintenance"]
        await pilot.press("left", "w", "c")
        assert values(fields) == ["unknown"]
        language.now = "en"
        await pilot.press("left", "s")
        assert values(fields) == ["software"]


async def test_full_width_digits_choose_too(workspace: Workspace) -> None:
    async with desk(workspace, CHOICE) as (fields, pilot):
        await burst(pilot, ("fullwidth_digit_two", "２"))
        assert values(fields) == ["software"]


async def test_choices_wrap_and_a_click_takes_one(workspace: Workspace) -> None:
    async with desk(workspace, CHOICE, size=(40, 12)) as (fields, pilot):
        assert fields.editing.chooser.size.height > 1
        await pilot.click("#chooser", offset=(2, 1))
        assert values(fields)[0] is not None


# -- days and weeks ----------------------------------------------------------------------------


async def test_arrows_step_days_and_weeks(workspace: Workspace) -> None:
    async with desk(workspace, "day", "week", f0="2026-12-31", f1="2026-W53") as (fields, pilot):
        await pilot.press("down")
        assert values(fields)[0] == "2027-01-01"
        await pilot.press("up", "up")
        assert values(fields)[0] == "2026-12-30"
        await pilot.press("tab", "down")
        assert values(fields)[1] == "2027-W01"


async def test_from_no_day_an_arrow_gives_today(workspace: Workspace) -> None:
    async with desk(workspace, "day") as (fields, pilot):
        await pilot.press("down")
        assert values(fields) == [ValueReading(workspace).today.isoformat()]


async def test_a_half_typed_day_is_no_value_and_stays(workspace: Workspace) -> None:
    async with desk(workspace, "day", "line", f0="2026-11-22") as (fields, pilot):
        await pilot.press("backspace", "backspace", "9", "9", "tab")
        field = fields.editing.fields[0]
        assert (field.value, field.text) == ("2026-11-22", "2026-11-99")
        assert "应为日期" in str(field.fault)
        await pilot.press("shift+tab", "backspace", "backspace", "2", "0", "tab")
        assert (field.value, field.text, field.fault) == ("2026-11-20", None, None)


# -- where an input method opens its window ----------------------------------------------------


def caret(fields: FormWidget) -> Offset:
    """Where the cursor's cell is drawn: the first cell in reverse, which the editor draws."""
    strips = fields.screen._compositor.render_strips()
    cursor = fields.editing.editor._theme.cursor_style
    assert cursor is not None and cursor.bgcolor is not None
    for y, strip in enumerate(strips):
        x = 0
        for segment in strip:
            if segment.style is not None and segment.style.bgcolor == cursor.bgcolor:
                return Offset(x, y)
            x += segment.cell_length
    raise AssertionError("no cursor is drawn")


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (40, 10)])
async def test_the_terminals_cursor_stands_where_text_goes(
    workspace: Workspace, size: tuple[int, int]
) -> None:
    kinds = ["line", "prose", "number", "day", "line", *["line"] * 20]
    async with desk(workspace, *kinds, size=size, f1="第一行\n第二行") as (fields, pilot):
        assert pilot.app.cursor_position == caret(fields)
        for key in (
            *("a", "left", "home", "end", "tab", "x", "enter", "up", "ctrl+home"),
            *("tab", "tab", "1", "tab", "tab", *"长x", "pagedown", "y", "ctrl+end", "z"),
            *("pageup", "shift+tab", "backspace"),
        ):
            await pilot.press(key)
            await pilot.pause()
            assert pilot.app.cursor_position == caret(fields), key


async def test_the_terminals_cursor_follows_han_and_wrapping(workspace: Workspace) -> None:
    async with desk(workspace, "line", "line", f0="机房" * 40) as (fields, pilot):
        for key in ("end", "left", "home", "right", "ctrl+right", "end", "机", "tab", "房"):
            await burst(pilot, (key, key if len(key) == 1 else None))
            assert pilot.app.cursor_position == caret(fields), key


async def test_the_terminals_cursor_stands_at_the_choice(workspace: Workspace) -> None:
    async with desk(workspace, "line", CHOICE) as (fields, pilot):
        await pilot.press("tab", "2")
        await pilot.pause()
        region = fields.editing.chooser.content_region
        x, y = pilot.app.cursor_position
        assert y == region.y and x > region.x + 4


# -- paths -------------------------------------------------------------------------------------


async def test_a_path_is_offered_as_it_is_typed(workspace: Workspace, tmp_path: Path) -> None:
    folder = tmp_path / "照片"
    folder.mkdir()
    (folder / "柜 A-01.jpg").write_bytes(b"x")
    (tmp_path / "other.txt").write_bytes(b"y")
    async with desk(workspace, "file", "line") as (fields, pilot):
        fields.post_message(Paste(f"{tmp_path}/"))
        await pilot.pause()
        names = [offer.title for offer in fields.editing.helper.offers]
        assert "照片/" in names and "other.txt" in names
        fields.post_message(Paste("照"))
        await pilot.pause()
        await pilot.press("down", "enter")
        assert fields.editing.editor.value == f"{folder}/"
        await pilot.press("down", "enter", "enter")
        assert fields.editing.at == 1
        sha = values(fields)[0]
        assert blobs.place(workspace.home, sha).read_bytes() == b"x"


async def test_a_path_that_leads_nowhere_stays_to_be_mended(workspace: Workspace) -> None:
    async with desk(workspace, "file", "line") as (fields, pilot):
        await pilot.press(*"/no/such", "tab")
        field = fields.editing.fields[0]
        assert field.text == "/no/such" and "不能读取文件" in str(field.fault)


THREE = tuple(FieldChoice(name, W(zh, name)) for name, zh in zip("abc", "甲乙丙", strict=True))


async def test_several_choices_go_on_and_off(workspace: Workspace) -> None:
    spec = Spec(kind="choices", label=LABEL, choices=THREE)
    async with desk(workspace, spec, "line", f0="b,gone") as (form, pilot):
        await pilot.press("3", "2", "tab")
        assert form.editing.fields[0].value == "c,gone"  # what nobody knows here is not lost
        await pilot.press("shift+tab", "space", "right", "space", "right", "space", "tab")
        assert form.editing.fields[0].value == "a,b,gone"
        await pilot.press("shift+tab", "1", "2", "4", "tab")
        assert form.editing.fields[0].value is None


async def test_a_choice_that_nobody_knows_here_stays(workspace: Workspace) -> None:
    spec = Spec(kind="choice", label=LABEL, choices=THREE)
    async with desk(workspace, spec, "line", f0="gone") as (form, pilot):
        await pilot.press("tab")
        assert form.editing.fields[0].value == "gone" and not form.editing.fields[0].changed


async def test_people_are_added_and_taken_out(workspace: Workspace) -> None:
    me = workspace.book.me
    other = admit(workspace, "周勤", (ENGINEER,))
    spec = Spec(kind="persons", target="person", label=LABEL)
    async with desk(workspace, spec, "line") as (form, pilot):
        assert form.editing.helper is not None and len(form.editing.helper.offers) == 2
        await pilot.press(*"csy", "enter")
        assert form.editing.editor.value == "测试员、" and form.editing.at == 0
        assert [one.title for one in form.editing.helper.offers] == ["周勤"]
        await pilot.press(*"zq", "tab")
        assert form.editing.fields[0].value == ",".join(sorted((me, other)))
        await pilot.press("shift+tab")
        last = form.editing.editor.value.split("、")[-2]
        await pilot.press("backspace", "enter")
        (left,) = {me, other} - {me if last == "测试员" else other}
        assert form.editing.at == 1 and form.editing.fields[0].value == left
        await pilot.press("shift+tab", "backspace", "tab")
        assert form.editing.fields[0].value is None


async def test_a_list_that_is_only_looked_at_stays(workspace: Workspace) -> None:
    me = workspace.book.me
    spec = Spec(kind="persons", target="person", label=LABEL)
    async with desk(workspace, spec, "line", f0=f"{me},nobody") as (form, pilot):
        await pilot.press("tab")
        assert form.editing.fields[0].value == f"{me},nobody"
        assert form.editing.fields[0].fault is None and not form.editing.fields[0].changed


async def test_a_quarter_is_stepped_and_an_amount_is_typed(workspace: Workspace) -> None:
    async with desk(workspace, "quarter", "money", "line", f0="2026-Q4", f1="USD 2.5") as (
        form,
        pilot,
    ):
        await pilot.press("up", "tab")
        assert form.editing.fields[0].value == "2026-Q3"
        assert form.editing.editor.value == "USD 2.5"
        await pilot.press("end", "ctrl+u", *"12.50", "tab")
        assert form.editing.fields[1].value == "CNY 12.5"
