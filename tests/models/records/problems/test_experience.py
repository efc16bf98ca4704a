"""Experience: without names, found in every project, offered while a problem is typed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.book.book import Book
from models.records.problems import similar_problems
from models.schema.record import Record
from models.text.words import Refused
from sync.workspace.workspace import Workspace
from tests.support.named_things import approved
from tests.support.replicas import Team, give


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


# -- found and offered ---------------------------------------------------------------------------


def experience(book: Book, subject: str, symptom: str, **values: object) -> Record:
    """An experience record."""
    return book.add("experience", {"subject": subject, "symptom": symptom, **values})


def test_the_full_text_finds_it(workspace: Workspace, book: Book) -> None:
    made = experience(book, "UPS 切旁路", "电池内阻超限", solution="整组更换")
    assert [hit.id for hit in workspace.search.find("内阻")] == [made.id]


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    """Two devices."""
    made = Team(tmp_path, "外地工程师")
    yield made
    made.close()


def test_a_device_without_the_project_has_it_offline(team: Team) -> None:
    """The company's space alone is handed over: the experience is there, its report is not."""
    here, there = team.all
    site = here.book.add("site", {"name": "滨河三号机房"}).id
    report = approved(here.book, team.project, site=site, phenomenon="滨河三号机房 UPS 切旁路")
    team.meet()
    here.book.add("experience", {"source": report.id})
    give(here, there, ["company"])
    (found,) = similar_problems.fitting(there.workspace.store, "某现场 UPS 切旁路")
    assert "某现场 UPS 切旁路" in str(found.record.symptom)
    assert [hit.id for hit in there.workspace.search.find("切旁路", types={"experience"})] == [
        found.record.id
    ]
