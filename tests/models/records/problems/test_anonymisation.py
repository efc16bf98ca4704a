"""Anonymity: no name of a person, customer, project, site or device stays in what is published."""

from __future__ import annotations

import pytest

from models.book.book import Book
from models.records.problems import anonymisation
from models.text.words import Refused, language
from sync.workspace.workspace import Workspace
from tests.support.named_things import NAMES, approved
from tests.support.problem_reports import experience, in_use
from tests.support.team import admit


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
    source = approved(book, world).id
    with pytest.raises(Refused) as caught:
        book.add("experience", {"source": source, "subject": "旁路", "solution": f"联系{name}处理"})
    assert f"“{name}”" in str(caught.value) and "解决办法" in str(caught.value)


def test_neither_width_nor_case_hides_a_name(book: Book, world: str) -> None:
    source = approved(book, world).id
    for hidden in ("ＵＰＳ-ＢＨ-０１", "ups-bh-01"):
        with pytest.raises(Refused, match="UPS-BH-01"):
            book.add("experience", {"source": source, "subject": f"{hidden} 切旁路"})


def test_part_of_another_word_is_no_name(workspace: Workspace, book: Book, project: str) -> None:
    admit(workspace, "Li", ["engineer"])
    book.add("site", {"name": "机房"})
    values = {"subject": "机房 list of alarms", "cause": "reliability"}
    assert in_use(book, project, **values).state == "published"
    with pytest.raises(Refused, match="“Li”"):
        experience(book, project, subject="ask Li first")


def test_an_edit_is_held_to_it_as_well(book: Book, world: str) -> None:
    made = book.add("experience", {"source": approved(book, world).id, "subject": "旁路"})
    with pytest.raises(Refused, match="滨河三号机房"):
        book.edit(made.id, {"lessons": "滨河三号机房还会再发生"})
    assert book.edit(made.id, {"lessons": "还会再发生"}).values()["lessons"] == "还会再发生"
