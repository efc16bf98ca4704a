"""The checklist by real keys: marks, values, reasons, undo, what it leads to, submitting."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import time_machine
from textual.events import Key, Paste

from models.book.book import Book
from models.book.projects import all_projects
from models.calendar.business_dates import instant
from models.records.checks import answering, questions
from models.records.checks.questions import ChecklistQuestion
from models.records.checks.rounds import due_rounds
from models.storage.drafts import Drafts
from models.text.words import Lang, language
from sync.workspace.workspace import Workspace
from tests.support.checks import fine, items, template
from tests.support.hostile import PAYLOADS
from tests.support.team import acting, admit
from tests.tui.seen import SIZES, at, lines, newest, opened, press, quiet, text, whole
from tui.areas.checks.checklist_page import ChecklistPage
from tui.areas.checks.sheet.checklist_items import ChecklistItems
from tui.areas.checks.sheet.mark_actions import TYPE_VALUE
from tui.forms.prompt_line import PromptLine
from tui.pages.dialogs.confirm import Confirm
from tui.pages.forms.form_page import FormPage
from tui.pages.home.today_page import TodayPage
from tui.pages.records.record_page import RecordPage

FRIDAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def morning() -> Iterator[Any]:
    """A Friday morning."""
    with time_machine.travel(instant(FRIDAY, 9 * 60) / 1000) as clock:
        yield clock


@pytest.fixture
def daily(book: Book, project: str) -> str:
    """A template of three items: alarms, a temperature, access."""
    return template(book)


def row(app: Any) -> str:
    """The row under the cursor."""
    found = next(line for line in lines(app) if line.startswith("▌"))
    return " ".join(found.split())


def results(workspace: Workspace) -> list[tuple[str | None, str | None, str | None]]:
    """Result, reading and reason of every question of the only sheet, in order."""
    (sheet,) = workspace.store.rows("SELECT id FROM sheet")
    found = workspace.book.get(sheet[0])
    every = questions.questions(workspace.store, found.template, found.project, found)  # type: ignore
    return [_said(question) for question in every]


def _said(question: ChecklistQuestion) -> tuple[str | None, str | None, str | None]:
    answer = question.answer
    return (answer.result, answer.reading, answer.reason) if answer else (None, None, None)


async def test_one_key_marks_an_item_and_goes_on(workspace: Workspace, daily: str) -> None:
    told: list[set[tuple[str, str]]] = []
    async with opened(workspace) as (app, pilot):
        await press(pilot, "2")
        assert "UPS 面板告警" in row(app)
        assert "机房日检 11-20 0/3 测试项目" in " ".join(lines(app)[0].split())
        workspace.book.saved.append(told.append)
        await press(pilot, "enter")
        assert "机房温度" in row(app) and "1/3" in lines(app)[0]
        assert len(told) == 1  # one durable save, the sheet with its first answer
        await press(pilot, "x")
        assert "门禁与登记" in row(app)
        await press(pilot, "space")
        assert len(told) == 3
        assert results(workspace) == [
            ("ok", None, None),
            ("not_ok", None, None),
            ("ok", None, None),
        ]
        assert "异常" in text(app) and "3/3" in lines(app)[0]


async def test_looking_begins_nothing(workspace: Workspace, daily: str) -> None:
    async with opened(workspace) as (app, pilot):
        await press(pilot, "2", "down", "down", "escape")
        at(app, TodayPage)
    assert workspace.store.rows("SELECT count(*) FROM sheet") == [(0,)]


async def test_a_value_is_typed_in_its_row(workspace: Workspace, daily: str) -> None:
    async with opened(workspace) as (app, pilot):
        await press(pilot, "2", "down", "2", "6", ".", "8")
        assert "26.8_" in row(app)
        assert "接近上限 27" in text(app) and "限值 18 - 27 ℃" in text(app)
        at(app, ChecklistPage)  # digits go nowhere here
        await press(pilot, "backspace")
        assert "26._" in row(app)
        await press(pilot, "backspace", "backspace", "3", "enter")
        assert results(workspace)[1] == ("ok", "23", None)
        assert "23 ℃" in text(app) and "门禁与登记" in row(app)


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("zh", "正在输入读数：回车记下，Esc 放弃，再按 Esc 返回"),
        ("en", "A reading: Enter takes it, Esc drops it, Esc again goes back"),
    ],
)
async def test_a_digit_meant_for_another_page_says_how_to_leave(
    workspace: Workspace, daily: str, lang: Lang, said: str
) -> None:
    async with opened(workspace) as (app, pilot):
        language.now = lang
        await press(pilot, "2", "down", "1")
        assert "1_" in row(app) and said in text(app)
        assert str(TYPE_VALUE) not in text(app)
        await press(pilot, "escape")
        assert said not in text(app) and str(TYPE_VALUE) in text(app)
        at(app, ChecklistPage)
        await press(pilot, "escape")
        at(app, TodayPage)
    assert workspace.store.rows("SELECT count(*) FROM answer") == [(0,)]


@pytest.mark.shows(58)
async def test_a_value_beyond_its_limits_answers_by_itself(
    workspace: Workspace, daily: str
) -> None:
    async with opened(workspace) as (app, pilot):
        await press(pilot, "2", "down", "2", "9", "enter")
        assert results(workspace)[1] == ("not_ok", "29", None)
        at(app, ChecklistPage)  # no popup
        assert "机房温度：超出上限 27，已标异常" in text(app)
        await press(pilot, "up", "space")
        assert "超限仍正常的原因" in text(app) and "1 复测后在限值内" in text(app)
        await press(pilot, "1")
        assert results(workspace)[1] == ("ok", "29", "复测后在限值内")


async def test_moving_on_takes_what_is_typed(workspace: Workspace, daily: str) -> None:
    async with opened(workspace) as (app, pilot):
        await press(pilot, "2", "down", "2", "4", "down")
        assert results(workspace)[1] == ("ok", "24", None)
        assert "门禁与登记" in row(app)


async def test_a_burst_of_values_goes_to_the_rows_it_was_typed_in(
    workspace: Workspace, project: str
) -> None:
    measured = {"answer_kind": "reading", "low": "0", "high": "99"}
    template(workspace.book, None, tuple({"text_zh": f"第{n}路", **measured} for n in range(5)))
    async with opened(workspace) as (_, pilot):
        await press(pilot, "2")
        await pilot.press("1", "down", "2", "enter", "3", "enter", "4", ".", ".", "down", "5")
        await quiet(pilot)
        found = [reading for _, reading, _ in results(workspace)]
        assert found == ["1", "2", "3", None, None]  # "4..5" is no number: the cursor stays
        await press(pilot, "escape", "4", "home", "end", "5", "x")
        assert results(workspace)[3:] == [("ok", "4", None), ("not_ok", "5", None)]


async def test_escape_leaves_the_value_then_the_page(workspace: Workspace, daily: str) -> None:
    async with opened(workspace) as (app, pilot):
        await press(pilot, "2", "down", "2", "escape")
        at(app, ChecklistPage)
        assert "2_" not in row(app)
        await press(pilot, "escape")
        at(app, TodayPage)


async def test_what_is_no_number_is_said_and_stays(workspace: Workspace, daily: str) -> None:
    async with opened(workspace) as (app, pilot):
        await press(pilot, "2", "down", "2", ".", ".", "enter")
        assert "“2..”不是数字" in app.notices[-1].text
        assert "2.._" in row(app)


async def test_a_full_width_value_is_a_value(workspace: Workspace, daily: str) -> None:
    """An input method in full-width mode sends these."""
    async with opened(workspace) as (app, pilot):
        await press(pilot, "2", "down", "２", "３")
        app.post_message(Key("fullwidth_full_stop", "．"))
        await press(pilot, "５", "enter")
        assert results(workspace)[1] == ("ok", "23.5", None)


async def test_enter_without_a_value_says_what_is_wanted(workspace: Workspace, daily: str) -> None:
    async with opened(workspace) as (app, pilot):
        await press(pilot, "2", "down", "enter")
        assert "要填测量值" in app.notices[-1].text
        assert "机房温度" in row(app)


async def test_enter_never_changes_a_result(workspace: Workspace, daily: str) -> None:
    async with opened(workspace) as (app, pilot):
        await press(pilot, "2", "x", "up", "enter")
        assert results(workspace)[0][0] == "not_ok"
        assert "机房温度" in row(app)
        await press(pilot, "up", "space")
        assert results(workspace)[0][0] == "ok"


async def test_keys_in_a_burst_act_in_their_order(workspace: Workspace, daily: str) -> None:
    """Nothing is awaited between them: 'down x' marks the row that down leads to."""
    async with opened(workspace) as (_, pilot):
        await press(pilot, "2")
        await pilot.press("enter", "2", "3", "enter", "up", "up", "x", "down", "down", "a", "2")
        await quiet(pilot)
        assert results(workspace) == [
            ("not_ok", None, None),
            ("ok", "23", None),
            ("na", None, "现场无此设备"),
        ]


async def test_keys_behind_a_reason_are_for_the_next_item(workspace: Workspace, daily: str) -> None:
    """Nothing is awaited between them, and none of them is kept as a draft."""
    async with opened(workspace) as (app, pilot):
        await press(pilot, "2")
        for key in ("a", "a", "b", "x", "enter", "a", "2", "x"):  # as a terminal hands them over
            app.post_message(Key(key, key if len(key) == 1 else "\r"))
        await quiet(pilot)
        assert results(workspace) == [
            ("na", None, "abx"),
            ("na", None, "现场无此设备"),
            ("not_ok", None, None),
        ]
        assert Drafts(workspace.home).all() == []


async def test_skipping_asks_for_a_reason(workspace: Workspace, daily: str) -> None:
    async with opened(workspace) as (app, pilot):
        await press(pilot, "2", "a")
        assert "不适用的原因" in text(app) and "1 设备停用" in text(app)
        assert "确认" in lines(app)[-1] and "异常" not in lines(app)[-1]
        await press(pilot, "enter")
        assert "请填写内容" in text(app)
        await press(pilot, "escape")
        assert app.focused is app.screen.query_one(ChecklistItems)
        assert "异常" in lines(app)[-1]
        await press(pilot, "s", "门", "锁", "x", "enter")
        assert results(workspace)[0] == ("unchecked", None, "门锁x")
        assert "机房温度" in row(app)


async def test_a_remark_is_written_below(workspace: Workspace, book: Book, daily: str) -> None:
    async with opened(workspace) as (app, pilot):
        await press(pilot, "2", "b", "声", "音", "大", "enter")
        assert newest(workspace, "answer").values()["remark"] == "声音大"
        assert "声音大" in text(app) and "UPS 面板告警" in row(app)
        assert results(workspace)[0][0] is None  # a remark is no result
        await press(pilot, "x", "up", "b", "了", "enter")
        assert newest(workspace, "answer").values()["remark"] == "声音大了"


async def test_a_remark_half_written_survives(workspace: Workspace, daily: str) -> None:
    async with opened(workspace) as (app, pilot):
        await press(pilot, "2", "b", "声", "音", "escape", "escape")
        at(app, TodayPage)
        assert "声音" in text(app)
        (draft,) = Drafts(workspace.home).all()
        assert draft.values == {"remark": "声音"} and draft.left
        await press(pilot, "2", "b", "大", "enter")
        assert newest(workspace, "answer").values()["remark"] == "声音大"
        assert Drafts(workspace.home).all() == []


async def test_undo_takes_back_the_last_mark(workspace: Workspace, daily: str) -> None:
    async with opened(workspace) as (app, pilot):
        await press(pilot, "2", "enter", "2", "3", "enter", "x")
        await press(pilot, "u")
        assert results(workspace)[2] == (None, None, None)
        assert "已撤销：门禁与登记" in text(app) and "门禁与登记" in row(app)
        await press(pilot, "ctrl+z", "ctrl+z")
        assert results(workspace) == [(None, None, None)] * 3
        assert "UPS 面板告警" in row(app)


async def test_undo_ends_where_the_marks_end_and_redo_brings_them_back(
    workspace: Workspace, daily: str
) -> None:
    """The writes of an undo are nothing to undo: it would be a redo."""
    async with opened(workspace) as (app, pilot):
        await press(pilot, "2", "enter", "2", "3", "enter", "x")
        marked = results(workspace)
        await press(pilot, *["u"] * 6)
        assert results(workspace) == [(None, None, None)] * 3
        assert "没有可以撤销" in app.notices[-1].text
        await press(pilot, "U", "U", "U")
        assert results(workspace) == marked
        await press(pilot, "u")
        assert results(workspace)[2] == (None, None, None)


async def test_undo_never_reaches_an_answer_of_another_sheet(
    workspace: Workspace, book: Book, project: str
) -> None:
    daily = template(book, rounds=2)
    first, second = due_rounds.rounds(book, FRIDAY)
    sheet = due_rounds.begin(book, second)
    asked = questions.questions(book.store, daily, project, sheet)
    answering.mark(book, sheet.id, asked[0], "ok")
    async with opened(workspace) as (app, pilot):
        app.open_item("sheet", first.key)
        await press(pilot, "x", "right_square_bracket", "u")
        assert "第2轮" in lines(app)[0]
    kept = questions.questions(book.store, daily, project, sheet)
    assert kept[0].result == "ok"


async def test_not_ok_leads_to_a_prefilled_fix_and_back(
    workspace: Workspace, book: Book, daily: str
) -> None:
    async with opened(workspace) as (app, pilot):
        await press(pilot, "2", "enter", "2", "9", "enter", "f")
        page = at(app, FormPage)
        value = page.fields.editing.value
        assert value("phenomenon") == "机房温度 29℃ (18 - 27)"
        assert value("found_during") == "checklist"
        await press(pilot, "ctrl+s")
        at(app, ChecklistPage)
        assert "机房温度" in row(app) and "[待处理]" in row(app)
        fix = newest(workspace, "fix")
        assert fix.values()["answer"] == results_of(workspace)[1].answer.id  # type: ignore
        await press(pilot, "f")
        assert at(app, RecordPage).record_id == fix.id  # it is there already
        await press(pilot, "escape", "l")
        assert at(app, RecordPage).record_id == fix.id


def results_of(workspace: Workspace) -> list[ChecklistQuestion]:
    """The questions of the only sheet."""
    (id,) = workspace.store.rows("SELECT id FROM sheet")
    sheet = workspace.book.get(id[0])
    return questions.questions(workspace.store, sheet.template, sheet.project, sheet)  # type: ignore


async def test_not_ok_leads_to_an_escalation(workspace: Workspace, daily: str) -> None:
    async with opened(workspace) as (app, pilot):
        await press(pilot, "2", "x", "r")
        page = at(app, FormPage)
        assert page.work.type_ == "escalation"
        assert page.fields.editing.value("phenomenon") == "UPS 面板告警"
        await press(pilot, "ctrl+s")
        at(app, ChecklistPage)
        assert "[待受理]" in row(app)


async def test_an_open_fix_is_escalated_by_one_key(workspace: Workspace, daily: str) -> None:
    async with opened(workspace) as (app, pilot):
        await press(pilot, "2", "x", "f", "ctrl+s")
        before = len(app.screen_stack)
        await press(pilot, "r", "1", "ctrl+s")  # why is asked first
        assert len(app.screen_stack) == before
        assert newest(workspace, "fix").state == "escalated"
        raised = newest(workspace, "escalation").values()
        assert raised["phenomenon"] == "UPS 面板告警" and raised["answer"]
        assert raised["reason_kind"] == "complex"


async def test_only_what_is_not_ok_leads_on(workspace: Workspace, daily: str) -> None:
    async with opened(workspace) as (app, pilot):
        await press(pilot, "2", "f")
        assert "没有标为异常" in app.notices[-1].text
        await press(pilot, "enter", "up", "r")
        assert "没有标为异常" in app.notices[-1].text
        at(app, ChecklistPage)


async def test_submitting_says_what_is_missing_and_goes_there(
    workspace: Workspace, daily: str
) -> None:
    async with opened(workspace) as (app, pilot):
        await press(pilot, "2", "enter", "down", "enter", "ctrl+s")
        assert app.notices[-1].text == "还有 1 项没填，已到第一项“机房温度”；没测按 s。"
        assert "机房温度" in row(app)
        await press(pilot, "2", "3", "ctrl+s")  # what is typed is taken along
        assert newest(workspace, "sheet").state == "submitted"
        assert "已提交" in lines(app)[0]


async def test_a_submitted_sheet_asks_to_be_reopened(workspace: Workspace, daily: str) -> None:
    async with opened(workspace) as (app, pilot):
        await press(pilot, "2", "x", "2", "3", "enter", "enter", "ctrl+s", "home", "space")
        at(app, Confirm)
        await press(pilot, "n")
        assert newest(workspace, "sheet").state == "submitted"
        await press(pilot, "space", "y")
        assert newest(workspace, "sheet").state == "open"
        assert results(workspace)[0][0] == "ok"


async def test_a_reviewed_sheet_says_why_not(workspace: Workspace, daily: str) -> None:
    async with opened(workspace) as (app, pilot):
        await press(pilot, "2", "enter", "2", "3", "enter", "enter", "ctrl+s")
        sheet = newest(workspace, "sheet")
        workspace.book.move(sheet.id, "review")
        await press(pilot, "home", "x")
        assert "不能修改" in app.notices[-1].text
        assert results(workspace)[0][0] == "ok"


async def test_a_returned_sheet_says_why_and_takes_marks(
    workspace: Workspace, book: Book, daily: str
) -> None:
    lead = acting(workspace, admit(workspace, "赵经理", ["project_manager"]))
    async with opened(workspace) as (app, pilot):
        await press(pilot, "2", "enter", "2", "3", "enter", "enter", "ctrl+s")
        lead.move(newest(workspace, "sheet").id, "return", comment="温度请复测")
        app.screen.look_again()
        await quiet(pilot)
        assert "赵经理 退回：温度请复测" in text(app)
        await press(pilot, "home", "down", "2", "4", "enter")
        assert results(workspace)[1] == ("ok", "24", None)


async def test_a_lead_reviews_by_one_key(workspace: Workspace, daily: str) -> None:
    other = acting(workspace, admit(workspace, "工程师乙", ["engineer"]))
    sheet = due_rounds.begin(other, due_rounds.rounds(other, FRIDAY)[0])
    for item in items(other, daily):
        other.add("answer", {"sheet": sheet.id, "item": item, **fine(other, item)})
    other.move(sheet.id, "submit")
    async with opened(workspace) as (app, pilot):
        app.open_item("sheet", sheet.id)
        await press(pilot, "h")
        assert app.screen.work.move_id == "return"  # it asks for words
        await press(pilot, "escape", "v")
        await press(pilot, "ctrl+s")
        assert workspace.book.get(sheet.id).state == "reviewed"


async def test_it_begins_at_the_item_asked_for(workspace: Workspace, daily: str) -> None:
    sheet = due_rounds.begin(workspace.book, due_rounds.rounds(workspace.book, FRIDAY)[0])
    async with opened(workspace) as (app, pilot):
        app.push_screen(ChecklistPage(sheet.id, items(workspace.book, daily)[2]))
        await quiet(pilot)
        assert "门禁与登记" in row(app)


async def test_the_next_checklist_of_today(workspace: Workspace, book: Book, daily: str) -> None:
    template(book, name_zh="动力日检", name_en="Power, daily")
    async with opened(workspace) as (app, pilot):
        await press(pilot, "2", "]")
        first = lines(app)[0]
        await press(pilot, "[")
        assert lines(app)[0] != first
        await press(pilot, "enter", "escape", "2")
        assert "1/3" in lines(app)[0]  # the one begun is gone on with


async def test_what_others_save_shows_at_once(workspace: Workspace, daily: str) -> None:
    sheet = due_rounds.begin(workspace.book, due_rounds.rounds(workspace.book, FRIDAY)[0])
    async with opened(workspace) as (app, pilot):
        await press(pilot, "2")
        first = items(workspace.book, daily)[0]
        workspace.book.add("answer", {"sheet": sheet.id, "item": first, "result": "not_ok"})
        await quiet(pilot)
        assert "1/3" in lines(app)[0] and "异常" in row(app)


async def test_a_text_item_asks_for_its_words(workspace: Workspace, project: str) -> None:
    template(workspace.book, None, ({"text_zh": "交接事项", "answer_kind": "text"},))
    async with opened(workspace) as (_, pilot):
        await press(pilot, "2", "enter", "无", "enter")
        answer = newest(workspace, "answer").values()
        assert (answer["result"], answer["remark"]) == ("ok", "无")


async def test_last_readings_stand_beside(
    workspace: Workspace, book: Book, daily: str, morning: Any
) -> None:
    for offset, value in enumerate(("23", "24", "25")):
        today = date(2026, 11, 20 + offset)
        morning.move_to(instant(today, 9 * 60) / 1000)
        round = next(r for r in due_rounds.rounds(book, today) if r.first == today)
        sheet = due_rounds.begin(book, round)
        asked = questions.questions(book.store, daily, round.project.id, sheet)
        answering.measure(book, sheet.id, asked[1], value)
    morning.move_to(instant(date(2026, 11, 23), 9 * 60) / 1000)
    async with opened(workspace) as (app, pilot):
        await press(pilot, "2", "down")
        assert "25 (11-22) 24 (11-21) 23 (11-20)" in " ".join(text(app).split())
        assert "照此再测 3 次就会越限" in text(app)
        await press(pilot, "2", "6")
        assert "照此再测 2 次就会越限" in text(app)


async def test_nothing_due_says_so(workspace: Workspace) -> None:
    async with opened(workspace) as (app, pilot):
        await press(pilot, "2")
        assert "现在没有要做的检查" in text(app)
        await press(pilot, "x")
        assert "光标下没有检查项" in app.notices[-1].text
        await press(pilot, "ctrl+s", "]", "o", "t", "l", "u", "tab", "v", "escape")
        at(app, TodayPage)


async def test_it_speaks_english(workspace: Workspace, daily: str) -> None:
    async with opened(workspace) as (app, pilot):
        await press(pilot, "2", "f9", "x")
        seen = text(app)
        assert "UPS panel alarms" in seen and "Server room" in seen and "NOT OK" in seen
        assert "UPS panel alarms: not ok. f fix  r escalate" in seen
        await press(pilot, "a")
        assert "1 not in service" in text(app)


@pytest.mark.parametrize("size", [*SIZES, (40, 12), (30, 8)])
async def test_hostile_texts_fit_and_act_on_nothing(
    workspace: Workspace, book: Book, project: str, size: tuple[int, int]
) -> None:
    texts = [payload.replace("\n", " ").replace("\r", " ")[:190] for payload in PAYLOADS.values()]
    asked: list[dict[str, Any]] = [
        {"text_zh": one, "text_en": one, "unit": one[:20], "method_zh": one, "section_zh": one[:40]}
        for one in texts
        if one.strip()
    ]
    template(book, None, tuple(asked))
    async with opened(workspace, size) as (app, pilot):
        await press(pilot, "2")
        whole(app)
        for payload in ("\x1b]0;x\x07标题", "[/]x", "付款\u202e001"):
            await press(pilot, "b")
            app.screen.query_one(PromptLine)._editor.paste(payload)
            await quiet(pilot)
            whole(app)
            await press(pilot, "enter", "x", "f9")
            whole(app)
        await press(pilot, "end")
        whole(app)


async def test_while_words_are_asked_for_keys_mark_nothing(
    workspace: Workspace, daily: str
) -> None:
    async with opened(workspace) as (app, pilot):
        await press(pilot, "2", "b", "声", "f7", "ctrl+n", "tab")
        assert "异常" not in lines(app)[-1] and "确认" in lines(app)[-1]
        assert "声" in text(app)
        await press(pilot, "ctrl+s")
        assert results(workspace)[0] == (None, None, None)
        assert newest(workspace, "answer").values()["remark"] == "声"


async def test_what_was_said_follows_the_language(workspace: Workspace, daily: str) -> None:
    async with opened(workspace) as (app, pilot):
        await press(pilot, "2", "x", "f9")
        assert "UPS panel alarms: not ok" in text(app)


async def test_every_key_of_the_sheet_is_in_palette_and_help(
    workspace: Workspace, daily: str
) -> None:
    async with opened(workspace) as (app, pilot):
        await press(pilot, "2", "ctrl+p", "异", "常", "enter")
        assert results(workspace)[0][0] == "not_ok"
        await press(pilot, "ctrl+p", "改", "为", "正", "常", "enter")
        await press(pilot, "f1")
        seen = text(app)
        assert "标为异常，到下一项" in seen and "x F7" in seen


async def test_how_far_it_is_is_never_cut(workspace: Workspace, book: Book, daily: str) -> None:
    book.edit(all_projects(book.store)[0].id, {"name": "A project of a very long name" * 4})
    async with opened(workspace) as (app, pilot):
        await press(pilot, "2", "f9")
        assert "  0/3  A project" in lines(app)[0]
        whole(app)


async def test_a_value_typed_and_not_taken_survives(workspace: Workspace, daily: str) -> None:
    drafts = Drafts(workspace.home)
    async with opened(workspace) as (app, pilot):
        await press(pilot, "2", "enter", "2", "6", "full_stop", "5")
        typed = {"reading": "26.5"}
        while [draft.texts for draft in drafts.all() if not draft.left] != [typed]:
            await pilot.pause(0.02)
    async with opened(workspace) as (app, pilot):  # as after a kill: nothing more was written
        await quiet(pilot)
        assert "测量值 26.5" in text(app)
        await press(pilot, "enter")
        at(app, ChecklistPage)
        assert "机房温度 26.5_" in row(app)
        await press(pilot, "enter")
        assert results(workspace)[1] == ("ok", "26.5", None)
    assert drafts.all() == []


async def test_a_value_thrown_away_leaves_no_draft(workspace: Workspace, daily: str) -> None:
    async with opened(workspace) as (app, pilot):
        await press(pilot, "2", "enter", "2", "6", "escape", "escape")
        at(app, TodayPage)
    assert Drafts(workspace.home).all() == []


async def test_going_to_the_next_sheet_takes_what_is_typed(
    workspace: Workspace, book: Book, daily: str
) -> None:
    template(book, None, name_zh="二号")
    async with opened(workspace) as (app, pilot):
        await press(pilot, "2", "enter", "2", "6", "right_square_bracket")
        assert "二号" in lines(app)[0]
        answers = book.store.rows("SELECT reading FROM answer WHERE reading IS NOT NULL")
        assert answers == [("26",)] and Drafts(workspace.home).all() == []
        await press(pilot, "left_square_bracket", "up", "minus", "right_square_bracket")
        assert "二号" not in lines(app)[0] and "不是数字" in app.notices[-1].text


async def test_keys_shown_while_words_are_asked_for_work(workspace: Workspace, daily: str) -> None:
    async with opened(workspace) as (app, pilot):
        await press(pilot, "2", "b", "slash")
        assert "/ 搜索" not in lines(app)[-1]
        at(app, ChecklistPage)
        await press(pilot, "enter")
        assert newest(workspace, "answer").values()["remark"] == "/"


async def test_without_limits_a_value_waits_for_its_result(
    workspace: Workspace, project: str
) -> None:
    free = {"text_zh": "机房温度", "answer_kind": "reading", "expected": "18~27"}
    template(workspace.book, None, (free, {"text_zh": "门禁"}))
    async with opened(workspace) as (app, pilot):
        await press(pilot, "2", "9", "9")
        assert "没有上下限" in text(app) and "在限值内" not in text(app)
        await press(pilot, "enter")
        assert "没有上下限，期望 18~27。回车 正常 x 异常" in " ".join(text(app).split())
        assert "机房温度" in row(app) and results(workspace)[0] == (None, "99", None)
        await press(pilot, "enter")
        assert "门禁" in row(app) and results(workspace)[0] == ("ok", "99", None)


async def test_a_value_that_is_no_number_is_not_dropped_by_a_mark(
    workspace: Workspace, daily: str
) -> None:
    async with opened(workspace) as (app, pilot):
        await press(pilot, "2", "down", "1", ",", "2", "3", "4", "x")
        assert "逗号可能是千位" in app.notices[-1].text and "1,234_" in row(app)
        assert workspace.store.rows("SELECT count(*) FROM answer") == [(0,)]
        await press(pilot, "backspace", "x")
        assert results(workspace)[1] == ("not_ok", "1.23", None)


async def test_a_pasted_value_is_typed_and_another_text_refused(
    workspace: Workspace, daily: str
) -> None:
    async with opened(workspace) as (app, pilot):
        await press(pilot, "2")
        app.post_message(Paste("23.5"))
        await quiet(pilot)
        assert "备注" in app.notices[-1].text and results_none(workspace)
        await press(pilot, "enter")
        app.post_message(Paste("23.5\n"))
        await quiet(pilot)
        assert "23.5" in row(app)
        for text in ("好", "1\n2"):
            app.post_message(Paste(text))
            await quiet(pilot)
            assert "不是一个数值" in app.notices[-1].text
        await press(pilot, "enter")
        assert results(workspace)[1][1] == "23.5"


def results_none(workspace: Workspace) -> bool:
    """Whether no sheet is begun."""
    return workspace.store.rows("SELECT id FROM sheet") == []


@pytest.mark.parametrize("sign", [":", "e"])
async def test_a_sign_that_is_no_part_of_a_value_is_told(
    workspace: Workspace, daily: str, sign: str
) -> None:
    async with opened(workspace) as (app, pilot):
        await press(pilot, "2", "enter", "2", "5")
        app.post_message(Key("colon" if sign == ":" else sign, sign))
        await quiet(pilot)
        assert f"“{sign}”" in app.notices[-1].text
        await press(pilot, "enter")
        assert results(workspace)[1][1] == "25"
