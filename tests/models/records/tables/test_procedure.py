"""Procedures as records: a draft copies the steps in force, what was used never changes."""

from __future__ import annotations

import json

from models.book.book import Book
from models.records.tables.procedure import Procedure
from models.schema import company_tables
from models.schema.company_tables import STEPS
from tests.support.staff import no_add, no_edit, no_move


def test_each_shipped_one_can_be_revised(book: Book) -> None:
    offered = {one.name for one in Procedure.specs()["subject"].choices}
    assert offered == {*company_tables.procedures} and Procedure.kind.table == STEPS
    for name, shipped in company_tables.procedures.items():
        made = book.add("procedure", {"subject": name})
        assert (book.space_of(made), made.values()["version"]) == ("company", 1)
        used = book.move(made.id, "use", {"reason": "照旧"})
        rows = json.loads(used.values()["content"])
        assert [row["code"] for row in rows] == [step.code for step in shipped.steps]
        assert [row.get("days") for row in rows] == [step.days for step in shipped.steps]


def test_one_draft_at_a_time_and_a_used_one_stays(book: Book) -> None:
    made = book.add("procedure", {"subject": "complaint_handling"})
    assert "还是草稿" in no_add(book, "procedure", {"subject": "complaint_handling"})
    assert "修订原因" in no_move(book, made.id, "use")
    book.move(made.id, "use", {"reason": "试"})
    step = book.store.rows("SELECT id FROM procedure_step LIMIT 1")[0][0]
    assert "不能修改" in no_edit(book, step, days=9)
