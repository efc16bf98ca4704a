"""Revision standing: what is said of a version, in JSON, and before a move."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.book.book import Book
from models.book.derived_state import StateView
from models.derived import revision_standing, revisions
from models.derived.revision_copy import new_revision
from models.queries.facts import facts_of, json_of
from models.queries.waiting.agenda import agenda
from models.schema.record import Record
from models.schema.roles import DEPARTMENT_MANAGER, ENGINEER, PROJECT_MANAGER
from models.text.words import language
from tests.support.checks import template
from tests.support.replicas import Team


def said(book: Book, id: str) -> tuple[str, str]:
    """The line about its versions, and the short form."""
    record = book.get(id)
    found = list(facts_of(book, record, StateView(book.store)))
    return next(((fact.text, fact.short) for fact in found if fact.label), ("", ""))


def ahead(book: Book, id: str, move: str) -> str:
    """What is said before a move."""
    record = book.get(id)
    look = revisions.versions(book.store, record.type)
    return str(revision_standing.outlook(look, record, record.kind.by_move[move]) or "")


@pytest.fixture
def first(book: Book, project: str) -> Record:
    """A template in force."""
    return book.get(template(book, project))


def test_a_version_says_how_it_stands(book: Book, project: str, first: Record) -> None:
    alone = template(book, project, publish=False)
    assert said(book, alone) == ("", "")
    assert said(book, first.id) == ("第 1 版  有效", "")
    second = new_revision(book, first)
    name = f"第 2 版（{second.number}）"
    assert said(book, first.id) == (f"第 1 版  有效  新版本在起草：{name}", f"新版本在起草：{name}")
    text, short = said(book, second.id)
    assert text == f"第 2 版  启用后替代第 1 版（{first.number}）" and short in text
    book.move(second.id, "publish")
    assert said(book, first.id) == (f"第 1 版  已被{name}替代", name)
    language.now = "en"
    assert said(book, first.id)[0] == f"version 1  replaced by version 2 ({second.number})"


def test_json_names_the_other_versions(book: Book, first: Record) -> None:
    second = new_revision(book, first)
    told = json_of(StateView(book.store), first)
    assert told == {
        "state": "published", "in_force": True, "replaced_by": None, "rivals": None,
        "draft": second.id,
    }  # fmt: skip
    book.move(second.id, "publish")
    told = json_of(StateView(book.store), book.get(first.id))
    assert (told["state"], told["in_force"], told["replaced_by"]) == ("replaced", False, second.id)


def test_a_move_says_what_it_will_do(book: Book, project: str, first: Record) -> None:
    alone = template(book, project, publish=False)
    number = book.get(alone).number
    assert ahead(book, alone, "publish") == f"第 1 版（{number}）生效。"
    assert ahead(book, alone, "retire") == ""
    second = new_revision(book, first)
    old, new = f"第 1 版（{first.number}）", f"第 2 版（{second.number}）"
    assert ahead(book, second.id, "publish") == f"{new}生效；{old}保留，供已开始的继续使用。"
    assert ahead(book, second.id, "retire") == f"放弃{new}；{old}仍然有效。"
    assert ahead(book, first.id, "retire") == f"{old}停止使用，之后没有有效版本；已开始的仍可完成。"
    book.move(second.id, "publish")
    assert ahead(book, first.id, "retire") == f"{old}停止使用，{new}有效；已开始的仍可完成。"


def test_rivals_say_so_and_wait_for_whoever_may_retire_one(tmp_path: Path) -> None:
    team = Team(tmp_path)
    lead = team.admit("lead", (PROJECT_MANAGER,))
    head = team.admit("head", (DEPARTMENT_MANAGER,))
    engineer = team.admit("eng", (ENGINEER,))
    one = team.founder.book.get(template(team.founder.book, team.project))
    team.meet()
    made = []
    for replica in (lead, head):
        draft = new_revision(replica.book, replica.get(one.id))
        made.append(replica.book.move(draft.id, "publish"))
    team.meet()
    winner, loser = sorted(made, key=lambda it: (it.occurred, it.id))
    for replica in (lead, head):
        text, short = said(replica.book, winner.id)
        assert text == f"第 2 版  有效  第 2 版（{loser.number}）也已启用，请停用其一"
        assert said(replica.book, loser.id)[1] == (
            f"有效的是第 2 版（{winner.number}），请停用其一"
        )
        assert short
        assert {winner.id, loser.id} <= reminded(replica.book)
        assert ahead(replica.book, winner.id, "retire").endswith(
            f"第 2 版（{loser.number}）有效；已开始的仍可完成。"
        )
    assert not {winner.id, loser.id} & reminded(engineer.book)
    lead.book.move(loser.id, "retire")
    assert not {winner.id, loser.id} & reminded(lead.book)
    team.close()


def reminded(book: Book) -> set[str]:
    """The records that wait on Today."""
    return {task.record.id for task in agenda(book) if task.record is not None}
