"""A questionnaire goes out as a workbook, is filled in, and comes back by the ordinary import."""

from __future__ import annotations

from pathlib import Path

import openpyxl  # type: ignore[import-untyped]
import pytest

from sync.workspace.workspace import Workspace
from tests.support import surveys
from tests.tui.cli.conftest import Shell


@pytest.fixture
def person(workspace: Workspace, project: str) -> str:
    """Somebody who was drawn and has not answered; their id."""
    book = workspace.book
    surveys.ended(book, project)
    made = surveys.survey(book, project, people=1, method="all")
    book.move(made.id, "draw")
    return surveys.drawn(book, made.id)[0]


@pytest.fixture
def shell(
    workspace: Workspace,
    capfdbinary: pytest.CaptureFixture[bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> Shell:
    """Commands on that book."""
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    return Shell(workspace.home, capfdbinary, monkeypatch)


def filled(path: Path, levels: dict[str, str], column: str = "level") -> None:
    """Fill in the workbook as somebody does in Excel; `levels` by the row's question."""
    made = openpyxl.load_workbook(path)
    sheet = made.worksheets[0]
    names = {str(cell.value): cell.column for cell in sheet[1]}
    for row in sheet.iter_rows(min_row=3):
        question = str(row[names["question"] - 1].value)
        if question in levels:
            row[names[column] - 1].value = levels[question]
    made.save(path)


@pytest.mark.shows("Q-52a", 24)
def test_it_offers_the_levels_and_comes_back_filled_in(
    workspace: Workspace, shell: Shell, person: str, tmp_path: Path
) -> None:
    path = tmp_path / "questionnaire.xlsx"
    number = workspace.book.get(person).number
    assert shell("export", "survey_answer", "--of", number, "-o", path).code == 0
    sheet = openpyxl.load_workbook(path).worksheets[0]
    assert sheet.max_row == 12  # stable names, labels, ten questions
    offered = [str(one.formula1) for one in sheet.data_validations.dataValidation]
    assert any("非常满意,满意,一般,不满意,非常不满意,不适用" in one for one in offered)
    filled(path, {"服务态度": "非常满意", "技术能力": "不满意", "文档资料": "不适用"})
    said = shell("import", path, "--as", "survey_answer", "--update")
    assert said.code == 0, said
    levels = {q: a.level for q, a in surveys.answers(workspace.book, person).items() if a.level}
    assert levels == {"attitude": "very_satisfied", "skill": "dissatisfied", "documents": "na"}


def test_a_row_that_cannot_be_taken_is_named_and_the_others_are(
    workspace: Workspace, shell: Shell, person: str, tmp_path: Path
) -> None:
    path = tmp_path / "questionnaire.xlsx"
    shell("export", "survey_answer", "--of", workspace.book.get(person).number, "-o", path)
    filled(path, {"服务态度": "还行", "技术能力": "满意"})
    said = shell("import", path, "--as", "survey_answer", "--update")
    assert said.code == 1 and "第 5 行" in said.err and "level" in said.err
    levels = {q: a.level for q, a in surveys.answers(workspace.book, person).items() if a.level}
    assert levels == {"skill": "satisfied"}


def test_a_filed_follow_up_takes_no_more_rows(
    workspace: Workspace, shell: Shell, person: str, tmp_path: Path
) -> None:
    path = tmp_path / "questionnaire.xlsx"
    shell("export", "survey_answer", "--of", workspace.book.get(person).number, "-o", path)
    surveys.answer(workspace.book, person)
    survey = str(workspace.book.get(person).values()["survey"])
    workspace.book.move(survey, "analyse", {"analysis": "满意"})
    filled(path, {"服务态度": "非常不满意"})
    said = shell("import", path, "--as", "survey_answer", "--update")
    assert said.code == 1 and "撤回修改" in said.err
    assert surveys.answers(workspace.book, person)["attitude"].level == "satisfied"
