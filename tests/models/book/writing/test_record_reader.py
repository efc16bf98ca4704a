"""Record reader: records by name, their space, and who brought them into their state."""

from __future__ import annotations

import pytest

from models.book.book import Book
from models.book.writing.record_reader import replaced
from models.schema.natural_keys import sign
from models.text.words import Refused
from sync.workspace.workspace import Workspace
from tests.support.checks import items, template
from tests.support.team import acting, admit


def test_a_record_is_found_by_id_number_and_ref(book: Book, project: str) -> None:
    made = book.add("fix", {"phenomenon": "x"}, project=project, ref="r-1")
    assert book.get(made.id).id == book.get(made.number).id == book.get("r-1").id == made.id
    with pytest.raises(Refused, match="没有找到"):
        book.get("nothing")


def test_an_unknown_type_names_the_known_ones(book: Book) -> None:
    with pytest.raises(Refused, match="fix"):
        book.add("car", {})


def test_records_named_by_keys_are_found_by_their_numbers(book: Book, project: str) -> None:
    used = template(book)
    values = {"template": used, "day": "2026-11-25", "round": 1}
    sheet = book.add("sheet", values, project=project)
    made = [book.add("answer", {"sheet": sheet.id, "item": one}) for one in items(book, used)]
    assert sheet.number == f"CK-2026-11-25-1-{sign(sheet.id, 8)}"
    for answer in made:
        assert book.get(answer.number).id == answer.id


def test_the_submitter_is_who_made_the_standing_move(
    workspace: Workspace, book: Book, project: str
) -> None:
    other = acting(workspace, admit(workspace, "小林", ["engineer"]))
    made = book.add("fix", {"phenomenon": "x", "correction": "y"}, project=project)
    assert book.submitter(made) == frozenset()
    assert other.submitter(other.move(made.id, "fix")) == {other.me}
    assert book.submitter(book.move(made.id, "verify")) == {book.me}


def test_a_note_stays_in_the_space_in_which_it_was_logged(book: Book, project: str) -> None:
    made = book.add("fix", {"phenomenon": "x"}, project=project)
    site = book.add("site", {"name": "机房"})
    note, other = (book.add("note", {"about": one.id, "text": "x"}) for one in (made, site))
    assert book.space_of(note) == f"p:{project}" and book.space_of(other) == "company"
    assert book.space_of(made) == f"p:{project}"


def test_a_record_is_new_within_the_transaction_that_made_it(book: Book, project: str) -> None:
    with book.saving():
        made = book.add("fix", {"phenomenon": "x", "correction": "y"}, project=project)
        book.move(made.id, "fix")
        assert book.is_new(made) and book.reader.is_unmoved(book.get(made.id))
    with book.saving():
        assert not book.is_new(made) and book.reader.is_unmoved(book.get(made.id))
    later = book.move(made.id, "verify")
    assert not book.reader.is_unmoved(later)


def test_the_changes_of_a_record_are_found_by_version(book: Book, project: str) -> None:
    made = book.add("fix", {"phenomenon": "x"}, project=project)
    book.edit(made.id, {"cause": "y"})
    log = book.reader.log_of(made)
    device = book.change_log.device
    assert {key[0] for key in log} == {device} and len(log) == 2
    first, second = (log[key] for key in sorted(log, key=lambda dot: dot[1]))
    assert first.header is not None and dict(second.fields) == {"cause": "y"}
    assert replaced(log, second) == [first]  # the state that the edit was made in
