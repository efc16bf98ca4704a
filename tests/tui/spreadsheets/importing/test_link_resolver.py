"""Links: one record is found by id, number, ref or name; none and several are refused."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from models.book.book import Book
from models.queries import lookup
from models.records.problems.fix import Fix
from models.text.words import Refused
from sync.workspace.workspace import Workspace
from tests.support.team import admit
from tui.spreadsheets.importing.expressions import Constant, Link, Source, SourceColumn
from tui.spreadsheets.importing.link_resolver import LinkResolver
from tui.spreadsheets.reading.table import TableRow

SITE = Fix.specs()["site"]


@pytest.fixture
def links(workspace: Workspace, project: str) -> LinkResolver:
    """What an import into the project asks."""
    return LinkResolver(workspace.book, workspace.settings.zone, project)


def row(**cells: str) -> list[TableRow]:
    """One row of a table."""
    return [TableRow(2, cells)]


def named(make: Mapping[str, Source] | None = None) -> Link:
    """A link by the column 'place', which may make what is missing."""
    return Link(find=SourceColumn("place"), make=make)


@pytest.mark.parametrize("by", ["id", "number", "ref", "name"])
def test_a_record_is_found_by_what_names_it(
    links: LinkResolver, book: Book, project: str, by: str
) -> None:
    site = book.add("site", {"name": "主机房"}, project=project, ref="机房-1")
    text = {"id": site.id, "number": site.number, "ref": "机房-1", "name": "主机房"}[by]
    assert links.find("site", text) == site.id


def test_several_of_one_name_and_none_are_refused(
    links: LinkResolver, book: Book, project: str
) -> None:
    for _ in range(2):
        book.add("site", {"name": "同名"}, project=project)
    with pytest.raises(Refused) as several:
        links.find("site", "同名")
    assert several.value.word is lookup.SEVERAL
    for text in ("没有的", "", "\ud800", "'; DROP TABLE site; --"):
        with pytest.raises(Refused) as none:
            links.find("site", text)
        assert none.value.word is lookup.NOT_THIS
    assert book.store.rows("SELECT COUNT(*) FROM site") == [(2,)]


def test_a_voided_record_is_not_found_by_its_name(
    links: LinkResolver, book: Book, project: str
) -> None:
    site = book.add("site", {"name": "旧机房"}, project=project)
    book.void(site.id, "拆除")
    with pytest.raises(Refused):
        links.find("site", "旧机房")
    assert links.find("site", site.number) == site.id


def test_a_person_is_found_by_name(workspace: Workspace, links: LinkResolver) -> None:
    person = admit(workspace, "工程师乙", ["engineer"])
    assert links.person("工程师乙") == person
    with pytest.raises(Refused):
        links.person("没有这个人")


def test_an_empty_cell_links_to_nothing(links: LinkResolver) -> None:
    assert links.resolve(SITE, named(), row(other="x"), {}) is None


def test_what_is_missing_is_made_once_where_the_recipe_says_so(
    links: LinkResolver, book: Book
) -> None:
    with pytest.raises(Refused):
        links.resolve(SITE, named(), row(place="新机房"), {})
    link = named({"access": Constant("陪同")})
    first = links.resolve(SITE, link, row(place="新机房"), {})
    assert first == links.resolve(SITE, link, row(place="新机房"), {})
    made = book.get(str(first)).values()
    assert (made["name"], made["access"]) == ("新机房", "陪同")
    assert links.made == {"site": 1}


def test_what_was_made_by_a_row_that_is_taken_back_is_forgotten(
    links: LinkResolver, book: Book
) -> None:
    link, before = named({}), links.mark()
    gone = links.resolve(SITE, link, row(place="甲"), {})
    links.undo(before)
    assert links.made == {"site": 0}
    again = links.resolve(SITE, link, row(place="乙"), {})
    assert gone != again and links.made == {"site": 1}
    links.settle()
    links.undo(0)
    assert links.made == {"site": 1} and links.find("site", "乙") == again


def test_a_dry_run_counts_a_record_once_though_it_is_taken_back(
    links: LinkResolver, book: Book
) -> None:
    link = named({})
    for _ in range(3):
        links.resolve(SITE, link, row(place="甲"), {})
        links.forget()
    assert links.made == {"site": 1}


def test_a_link_to_what_the_same_row_made_takes_its_id(links: LinkResolver) -> None:
    assert links.resolve(SITE, Link(of="place"), row(), {"place": "the id"}) == "the id"
    assert links.resolve(SITE, Link(of="place"), row(), {}) is None
