"""Verdicts: what a merge brought is shown for what it is, and never counted as normal."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.book.book import Book
from models.book.derived_state import StateView, shown_state
from models.queries.facts import facts_of, json_of
from models.queries.filters import Filter
from models.queries.paging import pages
from models.records.checks import questions, verdicts
from models.records.checks.answer import Answer
from models.records.checks.sheet import Sheet
from models.records.checks.template_item import TemplateItem
from models.schema.roles import PROJECT_MANAGER
from models.storage import rows
from models.text.words import Refused
from tests.support import checks
from tests.support.replicas import Team


def answered(book: Book, project: str) -> tuple[str, list[str]]:
    """A sheet with an answer that is ok for each item."""
    of = checks.template(book, project)
    values = {"template": of, "day": "2026-11-20", "round": 1}
    sheet = book.add("sheet", values, project=project).id
    found = [
        book.add("answer", {"sheet": sheet, "item": item, **checks.fine(book, item)}).id
        for item in checks.items(book, of)
    ]
    return sheet, found


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    """A founder and a project manager, in sync."""
    made = Team.copied(tmp_path)
    made.admit("lead", (PROJECT_MANAGER,))
    made.meet()
    yield made
    made.close()


def test_what_no_book_takes_is_shown_everywhere_alike(team: Team) -> None:
    founder, lead = team.all
    sheet, answers = answered(founder.book, team.project)
    checks.forge(founder.book, answers[1], reading="99")
    team.meet()
    for one in team.all:
        book = one.book
        assert shown_state(book.store, one.get(answers[1])).name == verdicts.OUT
        assert json_of(StateView(book.store), one.get(answers[1]))["state"] == verdicts.OUT
        found = pages(book.store, Answer, ("id", "state"), Filter(states=(verdicts.OUT,)))
        found.count()
        assert [row[1] for row in found.window(0, 9)] == [answers[1]]
        asked = questions.asked_of(book.store, one.get(sheet))  # type: ignore[arg-type]
        assert [one.shown for one in asked] == [None, verdicts.OUT, None]
        assert [one.counted for one in asked] == ["ok", "not_ok", "ok"]
        sql = f"SELECT a.id, {verdicts.COUNTED} FROM {verdicts.WITH_ITEMS}"
        assert dict(book.store.rows(sql))[answers[1]] == "not_ok"
        facts = facts_of(book, one.get(sheet), StateView(book.store))
        assert [fact.short for fact in facts if fact.short] == ["1 项超限却标为正常"]
        assert not list(book.store.rows("SELECT * FROM quarantine"))
    with pytest.raises(Refused, match=r"有 1 项标为正常.*机房温度"):
        lead.book.move(sheet, "submit")
    lead.book.edit(answers[1], {"reason": "复测后在限值内"})
    assert lead.book.move(sheet, "submit").state == "submitted"


def test_a_reading_that_lacks_is_no_normal_result(book: Book, project: str) -> None:
    sheet, answers = answered(book, project)
    checks.forge(book, answers[1])
    assert shown_state(book.store, book.get(answers[1])).name == verdicts.UNREAD
    asked = questions.asked_of(book.store, book.get(sheet))  # type: ignore[arg-type]
    assert asked[1].counted is None
    with pytest.raises(Refused, match=r"标为正常.*没有测量值"):
        book.move(sheet, "submit")
    # An edit of something else is not asked about what came by a merge.
    assert book.edit(answers[1], {"remark": "再看"}).values()["remark"] == "再看"


def test_an_item_of_another_template_counts_for_nothing(book: Book, project: str) -> None:
    sheet, answers = answered(book, project)
    other = checks.template(book, project)
    with book.store.write():
        sql = "UPDATE template_item SET template=? WHERE id=?"
        item = book.get(answers[0]).values()["item"]
        book.store.db.execute_sql(sql, (other, item))
    assert shown_state(book.store, book.get(answers[0])).name == verdicts.FOREIGN
    sql = f"SELECT count({verdicts.COUNTED}) FROM {verdicts.WITH_ITEMS}"
    assert book.store.rows(sql) == [(2,)]
    facts = facts_of(book, book.get(sheet), StateView(book.store))
    assert [fact.short for fact in facts if fact.short] == ["1 项不属于本检查模板"]


def test_a_sheet_that_is_no_round_says_so(book: Book, project: str) -> None:
    of = checks.template(book, project, publish=False)
    with book.bringing():
        values = {"template": of, "day": "2020-11-20", "round": 9}
        made = book.add("sheet", values, project=project)
    facts = facts_of(book, made, StateView(book.store))
    assert [fact.short for fact in facts] == ["模板没有第 9 轮", "模板没有启用"]


NUMBERS = st.one_of(
    st.none(),
    st.decimals(-999, 999, places=2).map(lambda it: str(it)),
    st.sampled_from(
        ["", "abc", "1e5", "-0", "5", "5.0", "+5", "5.", ".5", "+", "1.2.3", "1-2", "٣"]
    ),
)


@settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    NUMBERS, NUMBERS, NUMBERS, st.sampled_from([None, "ok", "not_ok", "na"]),
    st.sampled_from([None, "原因"]), st.sampled_from([None, "ok", "reading"]), st.booleans(),
)  # fmt: skip
def test_lists_and_pages_come_to_the_same(
    book: Book,
    project: str,
    low: str | None,
    high: str | None,
    reading: str | None,
    result: str | None,
    reason: str | None,
    kind: str | None,
    foreign: bool,
) -> None:
    """SQL and Python judge every answer alike, whatever another program wrote."""
    found = list(book.store.rows("SELECT id FROM answer LIMIT 1"))
    if not found:
        answered(book, project)
        found = list(book.store.rows("SELECT id FROM answer LIMIT 1"))
    id = str(found[0][0])
    with book.store.write():
        sql = "UPDATE answer SET reading=?, result=?, reason=? WHERE id=?"
        book.store.db.execute_sql(sql, (reading, result, reason, id))
        item = book.get(id).values()["item"]
        sheet = str(book.get(id).values()["sheet"])
        own = book.get(sheet).values()["template"]
        sql = "UPDATE template_item SET low=?, high=?, answer_kind=?, template=? WHERE id=?"
        book.store.db.execute_sql(sql, (low, high, kind, "x" if foreign else own, item))
    answer = rows.one(book.store, Answer, id)
    of = rows.one(book.store, Sheet, sheet)
    asked = rows.one(book.store, TemplateItem, str(item))
    assert answer is not None and of is not None
    said = verdicts.shown(answer, asked, of.template)
    sql = f"SELECT {verdicts.shown_sql()} FROM answer WHERE id=?"
    assert book.store.rows(sql, (id,)) == [(said or verdicts.KEPT,)]
    sql = f"SELECT {verdicts.COUNTED} FROM {verdicts.WITH_ITEMS} WHERE a.id=?"
    assert book.store.rows(sql, (id,)) == [(verdicts.counted(result, said),)]
    assert StateView(book.store).state(answer).name == (said or verdicts.KEPT)
