"""Experience: without names, found in every project, offered while a problem is typed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.book.book import Book
from models.book.projects import all_projects
from models.records.problems import anonymisation, similar_problems
from models.schema.roles import ENGINEER, QUALITY
from models.text.words import Refused
from sync.workspace.workspace import Workspace
from tests.support.named_things import approved
from tests.support.problem_reports import TEXTS, experience, in_use
from tests.support.replicas import Team, give
from tests.support.team import acting, admit


def test_a_report_is_kept_when_its_experience_is(book: Book, world: str) -> None:
    report = approved(book, world)
    with pytest.raises(Refused, match="sitebook add experience source="):
        book.move(report.id, "publish")
    made = book.add("experience", {"source": report.id})
    assert "某设备 切旁路" in made.title()
    after = book.get(report.id)
    assert after.state == "published" and after.values()["published_by"] == book.me
    with pytest.raises(Refused, match=made.number):
        book.add("experience", {"source": report.id})


def test_only_an_approved_report_is_kept(book: Book, world: str) -> None:
    report = book.add("problem_report", {"subject": "x"}, project=world)
    with pytest.raises(Refused, match="还没有批准"):
        book.add("experience", {"source": report.id})


def test_what_a_person_left_out_stays_out(book: Book, world: str) -> None:
    report = approved(book, world)
    made = book.add("experience", {"source": report.id, "subject": "切旁路", "symptom": "告警"})
    assert made.values()["cause"] is None and made.values()["workaround"] is None


def test_without_an_approved_report_there_is_none(book: Book) -> None:
    with pytest.raises(Refused) as refused:
        book.add("experience", {"subject": "随手写的", "solution": "重启"})
    assert refused.value.word == anonymisation.NO_REPORT


def test_a_report_for_the_customer_alone_is_not_kept(book: Book, world: str) -> None:
    report = approved(book, world, audience="customer")
    with pytest.raises(Refused) as refused:
        book.add("experience", {"source": report.id})
    assert refused.value.word == anonymisation.NOT_FOR_LIBRARY
    with pytest.raises(Refused) as refused:
        book.move(report.id, "publish")
    assert refused.value.word == anonymisation.NOT_FOR_LIBRARY


def test_somebody_else_reviews_it_and_reviews_it_again(workspace: Workspace, book: Book) -> None:
    """What is in the library was read by a second person, word for word."""
    project = all_projects(book.store)[0].id
    quality = acting(workspace, admit(workspace, "质检", [QUALITY]))
    engineer = acting(workspace, admit(workspace, "小林", [ENGINEER]))
    made = experience(book, project)
    assert (
        made.state == "submitted" and similar_problems.fitting(book.store, TEXTS["subject"]) == []
    )
    with pytest.raises(Refused, match="质检"):
        book.move(made.id, "publish")
    assert quality.move(made.id, "publish").state == "published"
    with pytest.raises(Refused, match="revise"):
        engineer.edit(made.id, {"solution": "重启"})
    engineer.move(made.id, "revise")
    engineer.edit(made.id, {"solution": "重启"})
    with pytest.raises(Refused):
        engineer.move(made.id, "publish")
    quality.move(made.id, "publish")
    retired = quality.move(made.id, "retire", comment="已改型")
    with pytest.raises(Refused):
        engineer.edit(retired.id, {"solution": "又一版"})


# -- found and offered ---------------------------------------------------------------------------


def test_the_full_text_finds_it(workspace: Workspace, book: Book, project: str) -> None:
    made = in_use(book, project, subject="UPS 切旁路", symptom="蓄电池内阻超限")
    assert [hit.id for hit in workspace.search.find("蓄电池内阻")] == [made.id]


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    """Two devices."""
    made = Team.copied(tmp_path, "外地工程师")
    yield made
    made.close()


def test_a_device_without_the_project_has_it_offline(team: Team) -> None:
    """The company's space alone is handed over: the experience is there, its report is not."""
    here, there = team.all
    site = here.book.add("site", {"name": "滨河三号机房"}).id
    report = approved(here.book, team.project, site=site, phenomenon="滨河三号机房 UPS 切旁路")
    team.meet()
    kept = here.book.add("experience", {"source": report.id})
    give(here, there, ["company"])
    assert not similar_problems.fitting(there.workspace.store, "某现场 UPS 切旁路")
    here.book.move(kept.id, "publish")
    give(here, there, ["company"])
    (found,) = similar_problems.fitting(there.workspace.store, "某现场 UPS 切旁路")
    assert "某现场 UPS 切旁路" in str(found.record.symptom)
    assert [hit.id for hit in there.workspace.search.find("切旁路", types={"experience"})] == [
        found.record.id
    ]
