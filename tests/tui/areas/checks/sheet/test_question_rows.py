"""Question rows: the questions of a sheet as lines, and all that is known about one of them."""

from __future__ import annotations

from typing import Any

import pytest

from models.book.book import Book
from models.records.checks.problem_links import led_to
from models.records.checks.questions import PastReading, Readings
from models.records.checks.rounds import due_rounds
from models.text.words import language
from sync.workspace.workspace import Workspace
from tests.support.check_days import FRIDAY
from tests.support.checks import forge, template
from tests.support.team import acting, admit
from tui.areas.checks.sheet.checklist_items import ChecklistRow
from tui.areas.checks.sheet.question_rows import COLUMNS, QuestionRows, progress
from tui.areas.checks.sheet.sheet_answering import SheetAnswering
from tui.areas.checks.sheet.typed_reading import TypedReading
from tui.display.parts import plain
from tui.display.row_layout import RowLayout
from tui.display.values import Values
from tui.widgets.grouped_list import GroupHead

pytestmark = pytest.mark.usefixtures("friday")
WIDE = RowLayout(COLUMNS, 80)


def rows_of(
    workspace: Workspace, sheet: SheetAnswering, readings: Readings | None = None
) -> QuestionRows:
    """The rows of a sheet, with what its answers led to and why it was sent back."""
    store = workspace.store
    led = led_to(store, [one.answer.id for one in sheet.questions if one.answer is not None])
    back = due_rounds.sent_back(store, sheet.sheet) if sheet.sheet is not None else None
    return QuestionRows(sheet.questions, readings or {}, led, back, Values(workspace))


def lines(rows: QuestionRows, typed: TypedReading | None = None) -> list[str]:
    """What the rows say, without the room between their columns."""
    made = [row.segments(WIDE)[0] for row in rows.rows(typed or TypedReading())]
    return [" ".join(line.replace("─", "").split()) for line in made]


def styles(rows: QuestionRows) -> list[str]:
    """The styles of the questions, in order."""
    made = list(rows.rows(TypedReading()))
    return [row.segments(WIDE)[1] for row in made if isinstance(row, ChecklistRow)]


def about(rows: QuestionRows, at: int, typed: str | None = None) -> str:
    """All that is known about the question at a place."""
    return " ".join(plain(rows.about(rows.questions[at], typed)).split())


def test_a_section_stands_under_its_heading(workspace: Workspace, sheet: SheetAnswering) -> None:
    rows = rows_of(workspace, sheet)
    assert lines(rows) == [
        "机房环境",
        "- ! UPS 面板告警",
        "- 机房温度 18 - 27",
        "- 门禁与登记",
    ]
    made = list(rows.rows(TypedReading()))
    assert isinstance(made[0], GroupHead)
    measures = [row.measures for row in made if isinstance(row, ChecklistRow)]
    assert measures == [False, True, False]
    assert [row.id for row in made[1:]] == sheet.keys


def test_results_readings_and_the_value_being_typed(
    workspace: Workspace, sheet: SheetAnswering
) -> None:
    sheet.mark(sheet.questions[0], "not_ok")
    sheet.measure(sheet.questions[1], "23")
    sheet.mark(sheet.questions[2], "na", reason="停用")
    sheet.read()
    rows = rows_of(workspace, sheet)
    assert lines(rows)[1:] == [
        "异常 ! UPS 面板告警",
        "正常 机房温度 23 ℃ 18 - 27",
        "不适用 门禁与登记",
    ]
    assert styles(rows) == ["error", "success", "muted"]
    typed = TypedReading()
    typed.begin(sheet.keys[1], "26.")
    assert "机房温度 26._" in lines(rows, typed)[2]
    assert progress(sheet.questions) == "3/3"
    language.now = "en"
    assert lines(rows)[1].startswith("NOT OK ! UPS panel alarms")


@pytest.mark.parametrize(("value", "style"), [("23", "success"), ("26.8", "warning")])
def test_near_its_limit_ok_is_a_warning(
    workspace: Workspace, sheet: SheetAnswering, value: str, style: str
) -> None:
    sheet.measure(sheet.questions[1], value)
    sheet.read()
    assert styles(rows_of(workspace, sheet))[1] == style


def test_what_an_answer_led_to_is_on_its_row(
    workspace: Workspace, book: Book, sheet: SheetAnswering
) -> None:
    answer = sheet.mark(sheet.questions[0], "not_ok").answer
    fix = book.add("fix", {"phenomenon": "告警", "answer": answer.id}, project=answer.project)
    sheet.read()
    rows = rows_of(workspace, sheet)
    assert "[待处理] UPS 面板告警" in lines(rows)[1]
    assert f"问题: 现场处置 {fix.number} 待处理" in about(rows, 0)


def test_why_a_sheet_was_sent_back_comes_first(workspace: Workspace, sheet: SheetAnswering) -> None:
    lead = acting(workspace, admit(workspace, "赵经理", ["project_manager"]))
    for question in (sheet.questions[0], sheet.questions[2]):
        sheet.mark(question, "ok")
        sheet.read()
    sheet.measure(sheet.questions[1], "23")
    sheet.read()
    sheet.book.move(sheet.complete().id, "submit")
    lead.move(sheet.complete().id, "return", comment="温度请复测")
    sheet.read()
    first = next(iter(rows_of(workspace, sheet).rows(TypedReading())))
    assert isinstance(first, GroupHead) and first.hint
    assert first.text == "赵经理 退回：温度请复测"


def test_all_that_is_known_about_a_question(workspace: Workspace, sheet: SheetAnswering) -> None:
    sheet.mark(sheet.questions[0], "na", reason="设备停用")
    sheet.read()
    sheet.put_remark(sheet.questions[0], "下周恢复")
    sheet.read()
    rows = rows_of(workspace, sheet)
    assert about(rows, 0) == "UPS 面板告警 关键项 原因: 设备停用 备注: 下周恢复"
    assert about(rows, 1) == "机房温度 测量值: ? ℃ 限值 18 - 27 ℃"
    assert "26.8 ℃ 接近上限 27" in about(rows, 1, "26.8")
    assert "29 ℃ 超出上限 27" in about(rows, 1, "29")


@pytest.mark.shows(58)
def test_readings_that_rise_say_when_they_leave_the_limits(
    workspace: Workspace, sheet: SheetAnswering
) -> None:
    before: Any = {
        ("temp", None): [
            PastReading("2026-11-19", "25", "18 - 27"),
            PastReading("2026-11-18", "24", "18 - 30"),
            PastReading("2026-11-17", "23"),
        ]
    }
    rows = rows_of(workspace, sheet, before)
    assert lines(rows)[2].endswith("18 - 27 25")
    said = about(rows, 1)
    assert (
        "前几次: 25 (11-19) 24 (11-18, 18 - 30) 23 (11-17) 连续上升，照此再测 3 次就会越限" in said
    )
    assert "照此再测 2 次就会越限" in about(rows, 1, "26")
    assert "连续上升" not in about(rows, 1, "22")


def test_what_contradicts_its_reading_is_no_normal_row(
    workspace: Workspace, book: Book, sheet: SheetAnswering
) -> None:
    sheet.measure(sheet.questions[1], "22")
    sheet.read()
    answer = sheet.questions[1].answer
    assert answer is not None
    for reading, says, style in (("99", "超限 机房温度", "error"), (None, "缺测量值", "warning")):
        forge(book, answer.id, reading=reading)
        sheet.read()
        rows = rows_of(workspace, sheet)
        assert says in lines(rows)[2] and styles(rows)[1] == style


def test_without_limits_a_reading_is_not_called_within_them(
    workspace: Workspace, book: Book, project: str
) -> None:
    free = {"text_zh": "市电电压", "answer_kind": "reading", "unit": "V"}
    template(book, project, items=(free,))
    sheet = SheetAnswering(book, due_rounds.rounds(book, FRIDAY)[0])
    sheet.read()
    sheet.measure(sheet.questions[0], "231")
    sheet.read()
    said = about(rows_of(workspace, sheet), 0)
    assert "231 V" in said and "限值" not in said
