"""One follow-up on the screen: sample, answers, the dissatisfied, and what came after filing."""

from __future__ import annotations

import pytest

from models.book.book import Book
from sync.workspace.workspace import Workspace
from tests.support import surveys
from tests.support.team import acting, admit
from tests.tui.seen import SIZES, at, opened, press, quiet, text, whole
from tui.areas.feedback.survey_page import SurveyPage
from tui.pages.records.record_page import RecordPage


def shown(text_: str) -> str:
    """A screen in one line."""
    return " ".join(text_.split())


@pytest.mark.parametrize("size", SIZES)
async def test_the_dissatisfied_are_named_until_they_have_a_complaint(
    workspace: Workspace, book: Book, project: str, size: tuple[int, int]
) -> None:
    surveys.ended(book, project)
    made = surveys.survey(book, project)
    book.move(made.id, "draw")
    asked = surveys.drawn(book, made.id)
    for one in asked:
        surveys.answer(book, one, levels={"skill": "dissatisfied"} if one == asked[0] else {})
    book.add("suggestion", {"survey": made.id, "text": "增加培训"})
    async with opened(workspace, size) as (app, pilot):
        app.push_screen(SurveyPage(made.id))
        await quiet(pilot)
        seen = shown(text(app))
        assert "总体 6，抽中 3；已答复 3" in seen and "按它重抽，结果一致" in seen
        assert "不满意的答复 1" in seen and "待开投诉" in seen
        whole(app)
        await press(pilot, "enter")
        assert at(app, RecordPage).record_id == asked[0]
        await press(pilot, "escape", "end")
        assert "增加培训" in text(app) and "本次" in text(app)
        whole(app)


async def test_before_the_draw_there_is_nothing_to_count(
    workspace: Workspace, book: Book, project: str
) -> None:
    surveys.ended(book, project)
    made = surveys.survey(book, project)
    async with opened(workspace) as (app, pilot):
        app.push_screen(SurveyPage(made.id))
        await quiet(pilot)
        seen = shown(text(app))
        assert "还没有抽样" in seen and "还没有答案" in seen and "不可评定（n=0）" in seen


async def test_a_filed_one_shows_its_checksum_and_its_figures(
    workspace: Workspace, book: Book, project: str
) -> None:
    surveys.ended(book, project)
    made = surveys.survey(book, project)
    surveys.answered(book, made.id)
    book.move(made.id, "analyse", {"analysis": "满意"})
    quality = acting(workspace, admit(workspace, "质检", ["quality"]))
    quality.move(made.id, "review")
    quality.move(made.id, "file")
    book.store.db.execute_sql("UPDATE survey_answer SET level='neutral'")
    async with opened(workspace) as (app, pilot):
        app.push_screen(SurveyPage(made.id))
        await quiet(pilot)
        seen = shown(text(app))
        assert "满意率 100%（n=30）" in seen and "已备案，数据校验" in seen
        assert "备案后改过的答复" in seen
        whole(app)
