"""Rules of the checklists: rounds, items, readings and reasons, at the one door of the book."""

from __future__ import annotations

from typing import Any

import pytest

from models.book.book import Book
from models.derived.revision_copy import new_revision
from models.records.checks import questions
from models.records.checks.rounds import due_rounds
from models.schema.record import Record
from models.text.words import Refused
from tests.support.check_days import FRIDAY
from tests.support.checks import ITEMS, items, template

pytestmark = pytest.mark.usefixtures("morning")


def begun(book: Book, *some: dict[str, object]) -> Record:
    """The sheet of the day's only round, on its first save."""
    template(book, items=some or ITEMS)
    return due_rounds.begin(book, due_rounds.rounds(book, FRIDAY)[0])


def answer(book: Book, project: str, sheet: Record, place: int, **values: object) -> Record:
    """An answer to the item at a place."""
    asked = questions.questions(book.store, str(sheet.values()["template"]), project, None)
    given = {"sheet": sheet.id, "item": asked[place].item.id, **values}
    return book.add("answer", given)


@pytest.mark.parametrize("result", ["na", "unchecked"])
def test_an_absent_result_has_its_reason(book: Book, project: str, result: str) -> None:
    sheet = begun(book)
    with pytest.raises(Refused, match="需要写明原因"):
        answer(book, project, sheet, 0, result=result)
    made = answer(book, project, sheet, 0, result=result, reason="设备停用")
    with pytest.raises(Refused, match="需要写明原因"):
        book.edit(made.id, {"result": result, "reason": None})
    assert book.edit(made.id, {"result": "ok", "reason": None}).values()["reason"] is None
    with pytest.raises(Refused, match="需要写明原因"):
        book.edit(made.id, {"result": result})


def test_a_sheet_is_submitted_with_a_result_for_every_item(book: Book, project: str) -> None:
    many: list[dict[str, object]] = [
        {"text_zh": f"项 {n}", "text_en": f"Item {n}"} for n in range(5)
    ]
    sheet = begun(book, *many)
    answer(book, project, sheet, 0, result="ok")
    with pytest.raises(Refused, match="还有 4 项没有结果：项 1、项 2、项 3…"):
        book.move(sheet.id, "submit")
    for place in (1, 2, 3):
        answer(book, project, sheet, place, result="not_ok")
    with pytest.raises(Refused, match="还有 1 项没有结果：项 4。"):
        book.move(sheet.id, "submit")
    answer(book, project, sheet, 4, result="unchecked", reason="钥匙不在")
    assert book.move(sheet.id, "submit").state == "submitted"


# -- readings against limits ----------------------------------------------------------------------


@pytest.mark.parametrize("reading", ["99", "27.01", "17.9", "-1"])
def test_ok_beyond_the_limits_needs_its_reason(book: Book, project: str, reading: str) -> None:
    sheet = begun(book)
    with pytest.raises(Refused, match=f"{reading} .*(超出上限|低于下限).*标为正常需要写明原因"):
        answer(book, project, sheet, 1, result="ok", reading=reading)
    made = answer(book, project, sheet, 1, result="not_ok", reading=reading)
    with pytest.raises(Refused, match="需要写明原因"):
        book.edit(made.id, {"result": "ok"})
    book.edit(made.id, {"result": "ok", "reason": "复测后在限值内"})
    with pytest.raises(Refused, match="需要写明原因"):
        book.edit(made.id, {"reason": None})
    assert book.edit(made.id, {"reading": "22", "reason": None}).values()["result"] == "ok"


def test_what_is_to_be_measured_is_not_ok_without_a_reading(book: Book, project: str) -> None:
    sheet = begun(book)
    for reason in (None, "看过了"):
        with pytest.raises(Refused, match="“机房温度”要填测量值"):
            answer(book, project, sheet, 1, result="ok", reason=reason)
    made = answer(book, project, sheet, 1, result="ok", reading="22")
    with pytest.raises(Refused, match="要填测量值"):
        book.edit(made.id, {"reading": None})
    assert book.edit(made.id, {"remark": "面板读数"}).values()["remark"] == "面板读数"


def test_without_limits_a_reading_has_no_verdict(book: Book, project: str) -> None:
    sheet = begun(book, {"text_zh": "市电电压", "answer_kind": "reading", "unit": "V"})
    made = answer(book, project, sheet, 0, result="ok", reading="99999")
    (asked,) = questions.asked_of(book.store, sheet)  # type: ignore[arg-type]
    assert asked.verdict() is None and asked.shown is None and asked.counted == "ok"
    assert made.values()["reading"] == "99999"


def test_a_reason_of_an_absent_result_is_not_taken_away(book: Book, project: str) -> None:
    sheet = begun(book)
    made = answer(book, project, sheet, 0, result="na", reason="设备停用")
    with pytest.raises(Refused, match="需要写明原因"):
        book.edit(made.id, {"reason": None})


def test_limits_are_in_order(book: Book, project: str) -> None:
    of = template(book, project, publish=False)
    item = {"template": of, "text_zh": "湿度", "answer_kind": "reading"}
    with pytest.raises(Refused, match="下限 70 高于上限 30"):
        book.add("template_item", {**item, "low": "70", "high": "30"})
    made = book.add("template_item", {**item, "low": "30", "high": "70"})
    with pytest.raises(Refused, match="下限 30 高于上限 3"):
        book.edit(made.id, {"high": "3"})
    assert book.edit(made.id, {"high": "30"}).values()["high"] == "30"


def test_an_item_of_another_version_is_refused(book: Book, project: str) -> None:
    one = template(book, project)
    sheet = book.add("sheet", {"template": one, "day": "2026-11-20", "round": 1}, project=project)
    two = new_revision(book, book.get(one))
    with pytest.raises(Refused, match=f"属于检查模板 第 2 版（{two.number}）.*第 1 版"):
        book.add("answer", {"sheet": sheet.id, "item": items(book, two.id)[0], "result": "ok"})
    made = book.add("answer", {"sheet": sheet.id, "item": items(book, one)[0], "result": "ok"})
    with pytest.raises(Refused, match="在新建时确定"):
        book.edit(made.id, {"item": items(book, two.id)[0]})


# -- a sheet is a round of a template in force ----------------------------------------------------


def sheet_of(book: Book, project: str, of: str, **values: object) -> Record:
    """A sheet of a template."""
    given = {"template": of, "day": "2026-11-20", "round": 1, **values}
    return book.add("sheet", given, project=project)


def test_a_sheet_is_of_a_template_in_force(book: Book, project: str) -> None:
    one = template(book, project, publish=False)
    with pytest.raises(Refused, match="还没有启用"):
        sheet_of(book, project, one)
    book.move(one, "publish")
    begun = sheet_of(book, project, one)
    two = new_revision(book, book.get(one))
    book.move(two.id, "publish")
    with pytest.raises(Refused, match=f"已被第 2 版（{two.number}）替代"):
        sheet_of(book, project, one, day="2026-11-19")
    book.add("answer", {"sheet": begun.id, "item": items(book, one)[0], "result": "ok"})
    book.move(two.id, "retire")
    for of in (one, two.id):
        with pytest.raises(Refused, match=r"已停用|已被第 2 版"):
            sheet_of(book, project, of, day="2026-11-18")


def test_a_void_template_and_that_of_another_project_are_refused(book: Book, project: str) -> None:
    void = template(book, project, publish=False)
    book.void(void, "写错")
    with pytest.raises(Refused, match="已作废"):
        sheet_of(book, project, void)
    other = book.add("project", {"name": "别的"}).id
    with pytest.raises(Refused, match="属于别的项目"):
        sheet_of(book, project, template(book, other))
    assert sheet_of(book, project, template(book)).state == "open"


@pytest.mark.parametrize(
    ("values", "rounds", "says"),
    [
        ({}, (1,), "只有第 1 轮"),
        ({"rounds": 3}, (1, 2, 3), "第 1 到第 3 轮"),
        ({"rounds": 3, "frequency": "weekly"}, (1,), "只有第 1 轮"),
    ],
)
def test_a_round_is_one_of_the_template(
    book: Book, project: str, values: dict[str, Any], rounds: tuple[int, ...], says: str
) -> None:
    of = template(book, project, **values)
    for round in (0, -1, max(rounds) + 1, 9):
        with pytest.raises(Refused, match=f"{says}，没有第 {round} 轮"):
            sheet_of(book, project, of, round=round)
    for round in rounds:
        assert sheet_of(book, project, of, round=round).values()["round"] == round


@pytest.mark.parametrize(
    ("day", "says"),
    [("2099-01-01", "还没有到"), ("2026-11-28", "最多提前 7 天"), ("1999-12-31", "不像是")],
)
def test_an_absurd_day_is_refused(book: Book, project: str, day: str, says: str) -> None:
    of = template(book, project)
    with pytest.raises(Refused, match=f"{day} {says}|{day}.*{says}"):
        sheet_of(book, project, of, day=day)
    for fine in ("2026-11-27", "2026-11-20", "2025-01-01"):
        assert sheet_of(book, project, of, day=fine).values()["day"] == fine


def test_a_day_lies_in_the_service_period(book: Book, project: str) -> None:
    book.edit(project, {"service_from": "2026-11-10", "service_to": "2026-12-31"})
    of = template(book, project)
    with pytest.raises(Refused, match="服务期内（2026-11-10 至 2026-12-31）"):
        sheet_of(book, project, of, day="2026-11-09")
    monthly = template(book, project, frequency="monthly")
    assert sheet_of(book, project, monthly).values()["day"] == "2026-11-01"


def test_the_day_is_the_first_of_its_period(book: Book, project: str) -> None:
    of = template(book, project, frequency="weekly")
    made = sheet_of(book, project, of, day="2026-11-18")
    assert made.values()["day"] == "2026-11-16"
    with pytest.raises(Refused, match=f"已有相同的日常检查：{made.number}"):
        sheet_of(book, project, of, day="2026-11-20")


def test_what_comes_with_its_state_was_checked_elsewhere(book: Book, project: str) -> None:
    of = template(book, project, publish=False)
    with book.bringing():
        made = sheet_of(book, project, of, day="2020-05-05", round=4711)
        with pytest.raises(Refused, match="还没有到"):
            sheet_of(book, project, of, day="2099-01-01")
    assert made.values()["round"] == 4711
    with pytest.raises(Refused, match="还没有启用"):
        sheet_of(book, project, of)
