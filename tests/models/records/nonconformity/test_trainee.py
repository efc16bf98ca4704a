"""Trainees: rows of a training, with who was there and how they did."""

from __future__ import annotations

from models.book.rows.child_rows import child_types
from tests.support.irregular_services import corrected, training
from tests.support.staff import Staff, no_add, no_edit


def test_they_stand_in_the_space_of_their_training(staff: Staff, project: str) -> None:
    made = training(staff, corrected(staff, project), who=staff.engineer.me)
    book = staff.manager
    assert {cls.kind.name for cls in child_types(made.type)} == {"trainee", "training_case"}
    values = {"training": made.id, "person": staff.colleague.me, "score": "92.5", "passed": True}
    row = book.add("trainee", values)
    assert book.space_of(row) == book.space_of(made)


def test_once_it_was_held_its_rows_stand(staff: Staff, project: str) -> None:
    made = training(staff, corrected(staff, project), who=staff.engineer.me)
    (row,) = [str(one[0]) for one in staff.manager.store.rows("SELECT id FROM trainee")]
    staff.manager.move(made.id, "hold", {"held_on": "2026-11-20", "trainer": "韩经理"})
    assert no_edit(staff.manager, row, score="60")
    late = {"training": made.id, "person": staff.colleague.me}
    assert no_add(staff.manager, "trainee", late)
