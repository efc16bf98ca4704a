"""Lines of a project: sections and stages that an area registers, bounded whatever there is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from models.book.book import Book
from models.queries import project_lines as lines
from models.queries.project_lines import (
    ProjectLine,
    ProjectLook,
    StageStanding,
    comes_next,
    project_section,
    project_stage,
)
from models.text.words import W
from tests.support.new_area import new_area
from tests.support.project_lines import look, section, standings, steps, texts

WORD = W("走访", "Visits")


@pytest.fixture(autouse=True)
def area() -> Iterator[None]:
    with new_area():
        yield


def stage(name: str, place: int, standing: StageStanding) -> None:
    """A stage that always stands so."""

    @project_stage(name, WORD, place)
    def asked(_: ProjectLook) -> StageStanding:
        return standing


def test_a_section_of_a_new_area_stands_in_its_place(book: Book, project: str) -> None:
    project_section("visits", WORD, 35)

    @lines.project_lines("visits")
    def visits(asked: ProjectLook) -> Iterator[ProjectLine]:
        yield ProjectLine(text="两次走访", type="fix")

    found = [one.section.name for one in lines.sections(look(book, project))]
    assert found[found.index("plans") + 1] == "visits"
    assert texts(section(book, project, "visits")) == ["两次走访|"]


def test_what_has_nothing_is_left_out_or_leads_to_its_list(book: Book, project: str) -> None:
    project_section("silent", WORD, 35)
    project_section("listed", WORD, 36, list="fix")
    assert section(book, project, "silent") == []
    (line,) = section(book, project, "listed")
    assert (str(line.text), line.type) == ("无", "fix")


def test_the_first_due_are_named_and_the_others_counted(book: Book, project: str) -> None:
    for day in (9, 3, 7, 5):
        values = {"phenomenon": f"第{day}天", "due": f"2026-12-0{day}"}
        book.add("escalation", values, project=project)
    asked = look(book, project)
    assert texts(list(asked.open("escalation", "reported"))) == [
        "第3天|待受理",
        "第5天|待受理",
        "还有 2 条问题升级|",
    ]
    assert len(list(asked.open("escalation", "reported", most=4))) == 4
    assert list(asked.open("escalation")) == []  # of no state


def test_a_late_record_is_bad_and_an_ended_one_is_not(book: Book, project: str) -> None:
    made = book.add("milestone", {"name": "初验", "due": "2020-01-01"}, project=project)
    line = look(book, project).line(made)
    assert (line.tone, line.due) == ("bad", date(2020, 1, 1))
    book.move(made.id, "done")
    assert look(book, project).line(book.get(made.id)).tone == "good"


def test_a_question_is_asked_once_in_a_look(book: Book, project: str) -> None:
    asked: list[str] = []

    def question(_: Book, record: object) -> int:
        asked.append(str(record))
        return 7

    here = look(book, project)
    assert (here.once(question), here.once(question), len(asked)) == (7, 7, 1)


DONE, OPEN, BEGUN = StageStanding(True), StageStanding(False), StageStanding(False, True)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ((OPEN, OPEN, OPEN), "current ahead ahead"),
        ((DONE, OPEN, OPEN), "done current ahead"),
        ((OPEN, OPEN, BEGUN), "lacking lacking current"),
        ((OPEN, DONE, OPEN), "lacking done current"),
        ((DONE, DONE, DONE), "done done done"),
    ],
)
def test_a_project_stands_in_the_furthest_stage_that_it_entered(
    book: Book, project: str, said: tuple[StageStanding, ...], expected: str
) -> None:
    lines._stages.clear()
    for place, one in enumerate(said):
        stage(f"stage{place}", place, one)
    assert " ".join(standings(book, project).values()) == expected


def test_the_next_steps_are_those_of_now_by_their_days_then_what_lacks(
    book: Book, project: str
) -> None:
    lines._stages.clear()
    for place, (name, standing) in enumerate((("before", OPEN), ("now", BEGUN), ("then", OPEN))):
        stage(name, place, standing)
    days = {"before": (1,), "now": (9, 2), "then": (3,)}
    for name, some in days.items():

        @comes_next(name)
        def step(
            _: ProjectLook, name: str = name, some: tuple[int, ...] = some
        ) -> Iterator[ProjectLine]:
            for day in some:
                yield ProjectLine(text=f"{name}{day}", due=date(2026, 12, day))

    assert [str(one.text) for one in steps(book, project)] == ["now2", "now9", "before1"]
