"""What a picker offers: by number, by any part of a short text, by pinyin; narrowed by site."""

from __future__ import annotations

import pytest

from models.book.book import Book
from models.queries.suggestions import names, offers, spell
from models.schema.record import Record
from models.text.words import language


@pytest.fixture
def sites(book: Book) -> list[Record]:
    """Two machine rooms."""
    return [book.add("site", {"name": name}) for name in ("东湖变电站机房", "西山泵站机房")]


def _titles(book: Book, target: str, text: str, **more: object) -> list[str]:
    return [offer.title for offer in offers(book, target, text, **more)]  # type: ignore[arg-type]


def test_a_part_of_the_name_or_the_number_finds_a_record(book: Book, sites: list[Record]) -> None:
    assert _titles(book, "site", "变电") == ["东湖变电站机房"]
    assert _titles(book, "site", sites[1].number) == ["西山泵站机房"]
    assert _titles(book, "site", sites[1].number[-4:].lower()) == ["西山泵站机房"]
    assert _titles(book, "site", "没有") == []


def test_no_text_offers_the_newest_first(book: Book, sites: list[Record]) -> None:
    assert _titles(book, "site", " ") == ["西山泵站机房", "东湖变电站机房"]


def test_initials_and_pinyin_find_a_record_once_spelt(book: Book, sites: list[Record]) -> None:
    spelt = spell(names(book.store, "site"))
    assert _titles(book, "site", "dhbdz", spelt=spelt) == ["东湖变电站机房"]
    assert _titles(book, "site", "xishan", spelt=spelt) == ["西山泵站机房"]
    assert _titles(book, "site", "jf", spelt=spelt) == ["西山泵站机房", "东湖变电站机房"]
    assert _titles(book, "site", "dhbdz") == []


def test_what_begins_with_the_text_comes_first(book: Book) -> None:
    for name in ("机房", "机房二", "新机房"):
        book.add("site", {"name": name})
    assert _titles(book, "site", "机房") == ["机房", "机房二", "新机房"]


def test_equipment_of_one_site_only(book: Book, sites: list[Record]) -> None:
    for site, name in zip(sites, ("UPS-1", "UPS-2"), strict=True):
        book.add("equipment", {"name": name, "site": site.id, "model": "SMT3000"})
    assert _titles(book, "equipment", "ups", within={"site": sites[0].id}) == ["UPS-1"]
    assert _titles(book, "equipment", "smt") == ["UPS-2", "UPS-1"]


def test_wildcards_are_plain_characters(book: Book) -> None:
    for name in ("a%b", "a_b", "a\\b", "axb"):
        book.add("site", {"name": name})
    assert _titles(book, "site", "a%b") == ["a%b"]
    assert _titles(book, "site", "a_b") == ["a_b"]
    assert _titles(book, "site", "a\\b") == ["a\\b"]


def test_the_void_are_not_offered_and_the_retired_say_so(book: Book, sites: list[Record]) -> None:
    book.void(sites[0].id, "重复")
    book.move(sites[1].id, "retire", comment="拆除")
    (offer,) = offers(book, "site", "")
    assert offer.note == "已停用"


def test_people_are_found_by_initials(book: Book) -> None:
    assert _titles(book, "person", "csy") == ["测试员"]


def test_a_link_to_anything_finds_by_number(book: Book, sites: list[Record], project: str) -> None:
    fix = book.add("fix", {"phenomenon": "掉电"}, project=project)
    assert [offer.id for offer in offers(book, "", fix.number)] == [fix.id]


def test_templates_are_named_in_the_language_of_now(book: Book) -> None:
    book.add("template", {"name_zh": "机房日检", "name_en": "Room daily"})
    assert _titles(book, "template", "日检") == ["机房日检"]
    language.now = "en"
    assert _titles(book, "template", "日检") == ["Room daily"]


def test_prose_is_not_spelt(book: Book, project: str) -> None:
    book.add("fix", {"phenomenon": "掉电"}, project=project)
    assert names(book.store, "fix") == [] and names(book.store, "person") == []
