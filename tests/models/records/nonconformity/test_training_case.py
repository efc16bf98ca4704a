"""Training cases: a training names the irregular services that it answers."""

from __future__ import annotations

from tests.support.irregular_services import corrected, training
from tests.support.staff import Staff, no_add, no_edit


def test_a_training_answers_several_services(staff: Staff, project: str) -> None:
    first, second = corrected(staff, project), corrected(staff, project)
    made = training(staff, first, second, who=staff.engineer.me)
    sql = "SELECT service FROM training_case WHERE training=? ORDER BY n"
    assert [row[0] for row in staff.quality.store.rows(sql, (made.id,))] == [first.id, second.id]


def test_which_one_is_settled_and_only_those_in_charge_say_it(staff: Staff, project: str) -> None:
    first = corrected(staff, project)
    made = training(staff, first, who=staff.engineer.me)
    row = str(staff.quality.store.rows("SELECT id FROM training_case")[0][0])
    assert no_edit(staff.department, row, service=None)
    assert no_add(staff.engineer, "training_case", {"training": made.id, "service": first.id})
