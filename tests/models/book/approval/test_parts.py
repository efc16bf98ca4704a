"""Parts: the rows of a record, whose rows they are, and the versions that are shown."""

from __future__ import annotations

import pytest

from models.book.approval import parts
from models.book.book import Book
from models.schema.record import Record, kinds
from models.schema.versions import FieldVersions


@pytest.fixture
def entry(book: Book, project: str) -> Record:
    """A weekly entry."""
    return book.add("weekly", {"week": "2026-W47", "person": book.me}, project=project)


def row(book: Book, entry: Record, source: str = "x") -> Record:
    """A problem of the entry."""
    return book.add("weekly_problem", {"weekly": entry.id, "source": source})


def test_rows_are_of_the_types_that_name_the_parent_and_are_no_notes() -> None:
    names = {type: [cls.kind.name for cls in parts.row_types(type)] for type in kinds}
    assert names["weekly"] == ["weekly_problem"] and names["note"] == []
    for rows in names.values():
        assert not any(kinds[name].kind.add_only for name in rows)
    assert "note" not in {name for rows in names.values() for name in rows}


def test_every_row_is_found_the_void_ones_too(book: Book, entry: Record) -> None:
    made = [row(book, entry, str(n)) for n in range(3)]
    book.void(made[1].id, "重复")
    book.add("note", {"about": entry.id, "text": "x"})
    other = book.add("weekly", {"week": "2026-W46", "person": book.me}, project=entry.project)
    row(book, other)
    assert {one.id for one in parts.rows_of(book.store, entry)} == {one.id for one in made}
    assert parts.rows_of(book.store, made[0]) == []


def test_a_row_is_owned_by_its_record(book: Book, entry: Record) -> None:
    made = row(book, entry)
    both = {("weekly_problem", made.id), ("weekly", entry.id)}
    assert parts.owners_of(book.store, [("weekly_problem", made.id)]) == both
    assert parts.owners_of(book.store, [("weekly", entry.id)]) == {("weekly", entry.id)}
    note = book.add("note", {"about": entry.id, "text": "x"})
    assert parts.owners_of(book.store, [("note", note.id)]) == {("note", note.id)}
    assert parts.owners_of(book.store, [("nonsense", "x")]) == {("nonsense", "x")}
    assert parts.owners_of(book.store, []) == set()


def test_only_registers_that_were_set_have_versions(book: Book, entry: Record) -> None:
    found = parts.versions(entry)
    assert set(found) == {"state", "week", "person"}
    assert found["week"] == {FieldVersions(entry.dots).default}
    edited = book.edit(entry.id, {"progress": "x"})
    cleared = parts.versions(book.edit(entry.id, {"progress": None}))
    assert "progress" in parts.versions(edited) and "progress" in cleared
    assert "void" in parts.versions(book.void(entry.id, "重复"))


def test_a_row_without_a_title_is_called_like_what_it_names(book: Book, project: str) -> None:
    titled = book.add("site", {"name": "机房"})
    assert parts.row_name(book.store, titled) == "机房"
    template = book.add("template", {"name_zh": "日检"}, project=project)
    item = book.add("template_item", {"template": template.id, "text_zh": "温度"})
    book.move(template.id, "publish", {"frequency": "daily"})
    sheet = {"template": template.id, "day": "2026-11-20", "round": 1}
    of = book.add("sheet", sheet, project=project)
    answer = book.add("answer", {"sheet": of.id, "item": item.id})
    assert parts.row_name(book.store, answer) == "温度"
    lost = book.add("answer", {"sheet": of.id, "item": "elsewhere"})
    assert parts.row_name(book.store, lost) == lost.number


def test_a_register_is_called_by_its_fields() -> None:
    project = kinds["project"]
    assert str(parts.label(project, "name")) == str(project.specs()["name"].label)
    group = parts.label(project, "service_period")
    assert " / " in group.zh and " / " in group.en
    assert (str(parts.label(project, "state")), str(parts.label(project, "void"))) == (
        "状态",
        "作废",
    )
    assert str(parts.label(project, "odd")) == "odd"
