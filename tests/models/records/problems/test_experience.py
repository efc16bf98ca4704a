"""Experience: without names, found in every project, offered while a problem is typed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.book.book import Book
from models.records.problems import anonymisation, similar_problems
from models.schema.record import Record
from models.text.words import Refused, language
from sync.workspace.workspace import Workspace
from tests.support.replicas import Team, give
from tests.support.team import admit

NAMES = {
    "person": "欧阳晓",
    "customer": "滨河水务集团",
    "short": "滨河水务",
    "contact": "李志远（通号班）",
    "project": "滨河二期运维",
    "site": "滨河三号机房",
    "equipment": "UPS-BH-01",
    "serial": "SN77421",
}
TEXT = (
    "滨河水务集团的{site}内{equipment}（{serial}）切旁路，欧阳晓与李志远到场，"
    "滨河水务当日停水 2 小时，{project}记录"
).format(**NAMES)


@pytest.fixture
def world(workspace: Workspace, book: Book) -> str:
    """Everything with a name; returns the project."""
    admit(workspace, NAMES["person"], ["engineer"])
    named = {"name": NAMES["customer"], "short": NAMES["short"], "contact": NAMES["contact"]}
    customer = book.add("customer", named).id
    site = book.add("site", {"name": NAMES["site"], "customer": customer}).id
    device = {"name": NAMES["equipment"], "serial_no": NAMES["serial"], "site": site}
    book.add("equipment", {**device, "equipment_class": "power"})
    project = book.add("project", {"name": NAMES["project"], "customer": customer})
    return project.id


def approved(book: Book, project: str, **values: object) -> Record:
    """A report with names all over, approved."""
    texts = dict.fromkeys(("phenomenon", "cause_direct", "emergency", "solution"), TEXT)
    rest = {"follow_up": "-", "audience": "experience", "subject": f"{NAMES['equipment']} 切旁路"}
    equipment = book.store.row("SELECT id FROM equipment")
    device = {"equipment": equipment[0]} if equipment else {}
    report = book.add("problem_report", {**texts, **rest, **device, **values}, project=project)
    for move in ("submit", "review", "approve"):
        book.move(report.id, move)
    return book.get(report.id)


def test_the_rule_takes_every_name_out(book: Book, world: str) -> None:
    made = anonymisation.draft(book, approved(book, world))
    said = "\n".join(str(made[name]) for name in anonymisation.TEXTS if name in made)
    for name in NAMES.values():
        assert name not in said, name
    assert "某客户的某现场内某设备（某设备）切旁路，某人员与某人员到场" in said
    assert made["equipment_class"] == "power"


def test_in_english_too(book: Book, world: str) -> None:
    language.now = "en"
    made = anonymisation.draft(book, approved(book, world))
    assert "a customer" in made["symptom"] and "a device" in made["symptom"]
    assert NAMES["customer"] not in made["symptom"]


@pytest.mark.parametrize("name", sorted(set(NAMES.values())))
def test_a_name_that_still_stands_is_refused_and_named(book: Book, world: str, name: str) -> None:
    with pytest.raises(Refused) as caught:
        book.add("experience", {"subject": "旁路", "solution": f"联系{name}处理"})
    assert f"“{name}”" in str(caught.value) and "解决办法" in str(caught.value)


def test_neither_width_nor_case_hides_a_name(book: Book, world: str) -> None:
    for hidden in ("ＵＰＳ-ＢＨ-０１", "ups-bh-01"):
        with pytest.raises(Refused, match="UPS-BH-01"):
            book.add("experience", {"subject": f"{hidden} 切旁路"})


def test_part_of_another_word_is_no_name(workspace: Workspace, book: Book) -> None:
    admit(workspace, "Li", ["engineer"])
    book.add("site", {"name": "机房"})
    made = book.add("experience", {"subject": "机房 list of alarms", "cause": "reliability"})
    assert made.state == "published"
    with pytest.raises(Refused, match="“Li”"):
        book.add("experience", {"subject": "ask Li first"})


def test_an_edit_is_held_to_it_as_well(book: Book, world: str) -> None:
    made = book.add("experience", {"subject": "旁路"})
    with pytest.raises(Refused, match="滨河三号机房"):
        book.edit(made.id, {"lessons": "滨河三号机房还会再发生"})
    assert book.edit(made.id, {"lessons": "还会再发生"}).values()["lessons"] == "还会再发生"


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


def lesson(book: Book, subject: str, symptom: str, **values: object) -> Record:
    """A lesson in the library."""
    return book.add("experience", {"subject": subject, "symptom": symptom, **values})


def test_the_full_text_finds_it(workspace: Workspace, book: Book) -> None:
    made = lesson(book, "UPS 切旁路", "电池内阻超限", solution="整组更换")
    assert [hit.id for hit in workspace.search.find("内阻")] == [made.id]


def test_the_nearest_is_offered_first_and_what_differs_not_at_all(book: Book, world: str) -> None:
    far = lesson(book, "端口不通", "光模块收光过低", equipment_class="network")
    near = lesson(book, "UPS 切旁路", "蓄电池组内阻超限，UPS 切旁路告警", equipment_class="power")
    ups = book.store.row("SELECT id FROM equipment")
    assert ups is not None
    found = similar_problems.fitting(book.store, "巡检发现 UPS 切旁路告警", ups[0])
    assert [one.record.id for one in found] == [near.id]
    assert [
        one.record.id for one in similar_problems.fitting(book.store, "光模块收光低，端口不通")
    ] == [far.id]


def test_nothing_is_offered_for_a_word_or_from_what_is_retired(book: Book) -> None:
    made = lesson(book, "UPS 切旁路", "电池内阻超限")
    assert similar_problems.fitting(book.store, "UPS") == []
    book.move(made.id, "retire", comment="已改型")
    assert similar_problems.fitting(book.store, "UPS 切旁路，电池内阻超限") == []


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    """Two devices."""
    made = Team(tmp_path, "外地工程师")
    yield made
    made.close()


def test_a_device_without_the_project_has_it_offline(team: Team) -> None:
    """The company's space alone is handed over: the lesson is there, its report is not."""
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
