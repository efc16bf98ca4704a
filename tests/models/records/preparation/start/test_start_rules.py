"""Rules of service starts: the team is the program's to note, by no move and no import."""

from __future__ import annotations

import pytest

from models.book.book import Book
from models.text.lists import names_of
from models.text.words import Refused
from tests.support.preparation import everybody_confirmed, study
from tests.support.staff import Staff


def test_nobody_leaves_people_out_of_the_team(staff: Staff, project: str) -> None:
    made = staff.manager.add("service_start", {}, project=project)
    study(staff, project)
    everybody_confirmed(staff, project)
    done = staff.manager.move(made.id, "start", {"team": staff.manager.me})
    assert staff.engineer.me in names_of(done.values()["team"])


def test_an_import_is_held_to_the_same(staff: Staff, project: str) -> None:
    made = staff.manager.add("service_start", {}, project=project)
    with pytest.raises(Refused, match="挂起"):
        staff.manager.imported(made.id, "started", {"team": None})
    study(staff, project)
    everybody_confirmed(staff, project)
    done = staff.manager.imported(made.id, "started")
    assert staff.engineer.me in names_of(done.values()["team"])


def test_a_file_brings_no_signature(book: Book, project: str) -> None:
    """Not even where there is nobody else who could sign."""
    values = {"lacking": "study", "reason": "赶工", "measures": "补办", "valid_to": "2099-01-01"}
    made = book.add("start_exception", values, project=project)
    with pytest.raises(Refused, match="导入不能签署"):
        book.imported(made.id, "signed")
    assert book.get(made.id).state == "draft"
