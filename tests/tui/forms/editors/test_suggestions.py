"""Suggestions: records, people and files offered while a text is typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.book.book import Book
from models.schema.fields import Spec
from models.text.words import W
from sync.workspace.workspace import Workspace
from tests.support.team import acting, admit
from tui.forms.editors.suggestions import (
    FEW,
    MORE,
    NEW,
    LinkSuggestions,
    PathSuggestions,
    lines_of,
    spelling,
)

LABEL = W("现场", "Site")
SITE = Spec(kind="link", target="site", label=LABEL)


@pytest.fixture
def sites(book: Book) -> list[str]:
    """Twelve sites."""
    return [book.add("site", {"name": f"机房{at:02}"}).id for at in range(12)]


def offered(suggestions: LinkSuggestions) -> list[str]:
    """The titles offered, without the one that makes a new record."""
    return [offer.title for offer in suggestions.offers if offer.id != NEW]


def test_few_are_offered_before_anything_is_typed(book: Book, sites: list[str]) -> None:
    made = LinkSuggestions(book, SITE, {})
    made.look("", typed=False)
    assert len(offered(made)) == FEW and made.at == -1
    made.look("机房", typed=True)
    assert len(offered(made)) == MORE and made.at == 0


def test_a_new_one_is_offered_by_the_words_typed(book: Book, sites: list[str]) -> None:
    made = LinkSuggestions(book, SITE, {})
    made.look("泵房", typed=True)
    assert offered(made) == [] and made.offers[-1].id == NEW
    assert made.offers[-1].title == "新建现场“泵房”（Ctrl+N）" and made.at == 0
    made.look("", typed=False)
    assert made.offers[-1].title == "新建现场（Ctrl+N）"


def test_who_may_not_write_a_type_is_offered_no_new_one(
    workspace: Workspace, book: Book, sites: list[str]
) -> None:
    reader = acting(workspace, admit(workspace, "客户代表", []))
    made = LinkSuggestions(reader, SITE, {})
    made.look("泵房", typed=True)
    assert not made.can_make and made.offers == [] and made.at == -1


def test_a_person_is_never_made_in_place(book: Book) -> None:
    made = LinkSuggestions(book, Spec(kind="link", target="person", label=LABEL), {})
    made.look("csy", typed=True)
    assert offered(made) == ["测试员"] and not made.can_make


def test_initials_find_a_name_without_the_dictionary(book: Book, sites: list[str]) -> None:
    made = LinkSuggestions(book, SITE, {})
    made.look("jf0", typed=True)
    assert len(offered(made)) == MORE
    assert not made.unheard()


def test_whole_syllables_want_the_dictionary_once(book: Book, sites: list[str]) -> None:
    made = LinkSuggestions(book, SITE, {})
    made.look("jifang03", typed=True)
    assert offered(made) == [] and made.unheard() and not made.unheard()
    made.hear(spelling(made.names()))
    assert offered(made) == ["机房03"]


def test_equipment_is_narrowed_by_its_site(book: Book, sites: list[str]) -> None:
    for at, site in enumerate(sites[:2]):
        book.add("equipment", {"name": f"UPS-{at}", "site": site})
    spec = Spec(kind="link", target="equipment", label=LABEL)
    made = LinkSuggestions(book, spec, {"site": sites[1]})
    made.look("UPS", typed=True)
    assert offered(made) == ["UPS-1"]


def test_paths_are_offered_as_they_are_typed(tmp_path: Path) -> None:
    (tmp_path / "照片").mkdir()
    for name in ("照片.jpg", "readme.txt", ".hidden"):
        (tmp_path / name).write_text("", encoding="utf-8")
    paths = PathSuggestions()
    paths.look(f"{tmp_path}/", typed=True)
    assert sorted(offer.title for offer in paths.offers) == ["readme.txt", "照片.jpg", "照片/"]
    paths.look(f"{tmp_path}/照", typed=True)
    assert {offer.title for offer in paths.offers} == {"照片/", "照片.jpg"}
    assert all(offer.id.startswith(str(tmp_path)) for offer in paths.offers)
    for nothing in ("", f"{tmp_path}/nowhere/x"):
        paths.look(nothing, typed=True)
        assert paths.offers == []


def test_an_offer_is_one_line_that_fits(book: Book, sites: list[str]) -> None:
    made = LinkSuggestions(book, SITE, {})
    made.look("机房", typed=True)
    lines = lines_of(made, 30)
    assert len(lines) == len(made.offers)
    assert [line.spans[0][1] == "cursor" for line in lines].count(True) == 1
    assert [line.at for line in lines] == list(range(len(lines)))
