"""Inputs: short ways of typing, words of Chinese, texts under a veil, and the editor's keys."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from textual.app import App, ComposeResult
from textual.events import Key, Paste
from textual.geometry import Offset
from textual.pilot import Pilot

from models.schema.fields import FieldChoice, Spec
from models.storage import blobs
from models.text.words import Refused, W, language
from sync.workspace.workspace import Workspace
from tests.support.hostile import PAYLOADS
from tui.display.values import Values
from tui.forms import date_shorthand
from tui.forms.editors.control_characters import Veil
from tui.forms.editors.word_boundaries import left, right, stops
from tui.forms.field import Field
from tui.forms.form_widget import FormWidget
from tui.forms.value_input import ValueReading, hint

TODAY = date(2026, 11, 22)  # a Sunday
NOW = datetime(2026, 11, 22, 10, 30)
LABEL = W("字段", "Field")


# -- short ways of typing ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2026-11-22", "2026-11-22"),
        ("2026/1/2", "2026-01-02"),
        ("2026年1月2日", "2026-01-02"),
        ("20260102", "2026-01-02"),
        ("11-25", "2026-11-25"),
        ("11.25", "2026-11-25"),
        ("11月25日", "2026-11-25"),
        ("１１－２５", "2026-11-25"),
        ("1-5", "2027-01-05"),  # the nearest: six weeks on, not ten months back
        ("25", "2026-11-25"),
        ("25日", "2026-11-25"),
        ("+3", "2026-11-25"),
        ("-22", "2026-10-31"),
        ("today", "2026-11-22"),
        ("今天", "2026-11-22"),
        (" 明天 ", "2026-11-23"),
        ("昨天", "2026-11-21"),
        ("2-29", "2-29"),
        ("2-30", "2-30"),
        ("x", "x"),
        ("+9999", "2054-04-08"),
    ],
)
def test_a_day_in_few_keys(typed: str, meant: str) -> None:
    assert date_shorthand.day(typed, TODAY) == meant


def test_the_nearest_day_crosses_the_year_both_ways() -> None:
    assert date_shorthand.day("12-30", date(2027, 1, 3)) == "2026-12-30"
    assert date_shorthand.day("1-3", date(2026, 12, 30)) == "2027-01-03"
    assert date_shorthand.day("2-29", date(2027, 3, 1)) == "2028-02-29"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("47", "2026-W47"),
        ("w47", "2026-W47"),
        ("W7", "2026-W07"),
        ("2025-W01", "2025-W01"),
        ("第47周", "2026-W47"),
        ("本周", "2026-W47"),
        ("+1", "2026-W48"),
        ("last week", "2026-W46"),
        ("x", "x"),
    ],
)
def test_a_week_in_few_keys(typed: str, meant: str) -> None:
    assert date_shorthand.week(typed, TODAY) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("8:30", "2026-11-22 08:30"),
        ("8：30", "2026-11-22 08:30"),
        ("0830", "2026-11-22 08:30"),
        ("8点", "2026-11-22 08:00"),
        ("8时5分", "2026-11-22 08:05"),
        ("11-20 8:30", "2026-11-20 08:30"),
        ("昨天 22:10", "2026-11-21 22:10"),
        ("2026-11-20T08:30", "2026-11-20 08:30"),
        ("-30", "2026-11-22 10:00"),
        ("现在", "2026-11-22 10:30"),
        ("11-20", "2026-11-20 00:00"),
        ("x", "x"),
    ],
)
def test_a_moment_in_few_keys(typed: str, meant: str) -> None:
    assert date_shorthand.moment(typed, NOW) == meant


# -- words of Chinese --------------------------------------------------------------------------


def test_words_end_at_punctuation_particles_and_other_letters() -> None:
    assert stops("机房温度超限，请检查UPS的电池") == [0, 2, 4, 6, 7, 8, 10, 13, 14, 16]
    assert stops("reboot the server") == [0, 6, 7, 10, 11, 17]
    assert stops("") == [0]


def test_a_key_for_a_word_never_takes_a_sentence() -> None:
    line = "机房温度超限，请检查"
    assert [left(line, at) for at in (10, 8, 7, 6, 4, 1, 0)] == [8, 7, 6, 4, 2, 0, 0]
    assert [right(line, at) for at in (0, 6, 7, 10)] == [2, 7, 8, 10]
    assert left("two words  ", 11) == 4 and right("  two words", 0) == 5


# -- texts under a veil ------------------------------------------------------------------------


@pytest.mark.parametrize("single", [True, False])
@pytest.mark.parametrize("text", PAYLOADS.values(), ids=PAYLOADS.keys())
def test_every_text_comes_back_as_it_was(text: str, single: bool) -> None:
    veil = Veil(single)
    loaded = veil.load(text)
    assert veil.take(loaded) == text
    assert loaded.isprintable() or not single or "\t" in loaded or len(loaded) == len(text)
    assert "\u2028" not in loaded and "\x0c" not in loaded and "\r" not in loaded


def test_what_is_put_in_later_comes_back_too() -> None:
    veil = Veil()
    first = veil.load("a\x0cb")
    assert veil.take(first + veil.put("\U00100000\x0c\u202e")) == "a\x0cb\U00100000\x0c\u202e"


def test_line_ends_stay_as_they_were() -> None:
    for text in ("a\r\nb\r\n", "a\nb", "a\r\nb\nc", "a\rb"):
        veil = Veil()
        assert veil.take(veil.load(text)) == text
    windows = Veil()
    assert windows.take(windows.load("a\r\nb") + "\nc") == "a\r\nb\r\nc"


# -- reading -----------------------------------------------------------------------------------


def test_what_is_typed_becomes_a_value(workspace: Workspace) -> None:
    read = ValueReading(workspace).read
    number = Spec(kind="number", label=LABEL, low="0", high="100")
    assert read(number, "２３．５") == "23.5" and read(number, "23,5") == "23.5"
    assert read(Spec(kind="count", label=LABEL), " 7 ") == 7
    assert read(Spec(kind="prose", label=LABEL), " a\n") == " a\n"
    assert read(Spec(kind="line", label=LABEL), "") is None
    assert read(number, "  ") is None
    me = workspace.book.me
    assert read(Spec(kind="link", target="person", label=LABEL), "csy") == me
    site = workspace.book.add("site", {"name": "机房"})
    assert read(Spec(kind="link", target="site", label=LABEL), "机房") == site.id


@pytest.mark.parametrize(
    ("spec", "typed", "said"),
    [
        (Spec(kind="number", label=LABEL), "x", "“字段”：应为数字，例如 23.5。"),
        (Spec(kind="number", label=LABEL, high="9"), "10", "“字段”：超出允许范围。"),
        (Spec(kind="count", label=LABEL), "1.5", "“字段”：应为整数。"),
        (Spec(kind="day", label=LABEL), "13-40", "“字段”：应为日期，例如 2026-11-22。"),
        (Spec(kind="week", label=LABEL), "99", "“字段”：应为周，例如 2026-W47。"),
        (Spec(kind="moment", label=LABEL), "25:00", "“字段”：应为时间"),
        (Spec(kind="link", label=LABEL, target="site"), "没有", "没有找到“没有”。请从列表中选择"),
        (Spec(kind="link", label=LABEL, target="person"), "没有", "没有找到成员“没有”"),
        (Spec(kind="file", label=LABEL), "/no/such/file", "不能读取文件 /no/such/file"),
        (Spec(kind="flag", label=LABEL), "maybe", "“字段”：应为 是/否。"),
        (Spec(kind="choice", label=LABEL, choices=(FieldChoice("a", LABEL),)), "b", "之一：字段"),
    ],
)
def test_what_means_nothing_is_refused_in_a_sentence(
    workspace: Workspace, spec: Spec, typed: str, said: str
) -> None:
    with pytest.raises(Refused) as refused:
        ValueReading(workspace).read(spec, typed)
    assert said in str(refused.value)


def test_a_file_is_read_into_the_workspace(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "照片 1.jpg"
    path.write_bytes(b"x")
    spec = Spec(kind="file", label=LABEL)
    sha = ValueReading(workspace).read(spec, f"'{path}'")
    assert len(sha) == 64 and ValueReading(workspace).read(spec, sha) == sha


def test_hints_say_limits_and_ways_of_typing() -> None:
    assert hint(Spec(kind="number", label=LABEL, low="0", high="168")) == "0 至 168"
    assert hint(Spec(kind="count", label=LABEL, low="1")) == "不小于 1"
    assert "今天" in hint(Spec(kind="day", label=LABEL, hint=W("提示", "hint")))


# -- the editor, by keys -----------------------------------------------------------------------


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
