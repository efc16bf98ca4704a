"""Satisfaction on the screen: rates with their n, by follow-up, period, project and question."""

from __future__ import annotations

import pytest

from models.book.book import Book
from sync.workspace.workspace import Workspace
from tests.support import surveys
from tests.tui.seen import SIZES, at, opened, press, text, whole
from tui.areas.feedback.contacts_page import ContactsPage
from tui.areas.feedback.satisfaction_page import SatisfactionPage
from tui.areas.feedback.satisfaction_view import share, tone_of
from tui.areas.feedback.survey_page import SurveyPage
from tui.pages.figures.figures_page import FiguresPage


@pytest.fixture
def answered(book: Book, project: str) -> str:
    """A follow-up of three answers; its id."""
    surveys.ended(book, project)
    made = surveys.survey(book, project)
    book.move(made.id, "draw")
    for one in surveys.drawn(book, made.id):
        surveys.answer(book, one, levels={"skill": "neutral", "advice": "na"})
    book.edit(project, {"service_to": "2099-12-31"})
    return made.id


@pytest.mark.parametrize("size", SIZES)
async def test_rates_stand_beside_their_bars(
    workspace: Workspace, answered: str, size: tuple[int, int]
) -> None:
    async with opened(workspace, size) as (app, pilot):
        await press(pilot, "ctrl+backslash")
        at(app, SatisfactionPage)
        seen = " ".join(text(app).split())
        assert "满意率 88%（n=27）；总体评价 100%（n=3）；回收率 100%（n=3）；不满意 0" in seen
        assert "技术能力" in seen and "0/0/3/0/0|0 最弱" in seen and "0/0/0/0/0|3" in seen
        assert "█" in seen
        whole(app)
        await press(pilot, "f9")
        assert "response rate 100% (n=3)" in " ".join(text(app).split())
        whole(app)


async def test_span_project_figures_and_contacts_have_their_keys(
    workspace: Workspace, answered: str
) -> None:
    async with opened(workspace) as (app, pilot):
        await press(pilot, "ctrl+backslash", "s")
        page = at(app, SatisfactionPage)
        assert page.years == 5 and "近 5 年" in text(app)
        await press(pilot, "p")
        assert page.filter.alone == "测试项目" and "满意率 88%" in text(app)
        await press(pilot, "f")
        at(app, FiguresPage)
        assert "回收率" in text(app)
        await press(pilot, "escape", "v")
        assert at(app, ContactsPage).filter.project == page.filter.project
        await press(pilot, "escape", "enter")
        assert at(app, SurveyPage).survey == answered


async def test_without_follow_ups_it_says_so(workspace: Workspace, project: str) -> None:
    async with opened(workspace) as (app, pilot):
        await press(pilot, "ctrl+backslash")
        assert "没有服务期结束的回访" in text(app)
        whole(app)


def test_a_rate_without_cases_is_neither_good_nor_bad() -> None:
    assert share(None, 0) == "不可评定（n=0）" and tone_of(None) == "muted"
    assert [tone_of(rate) for rate in (90, 89, 75, 74)] == ["good", "warn", "warn", "bad"]
