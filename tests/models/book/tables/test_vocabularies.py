"""Vocabularies: records hold codes, words come from the version in force here."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.book.book import Book
from models.book.tables.vocabularies import terms, terms_in, worded
from models.queries import value_parser
from models.records.problems.fix import CAUSE_CLASSES
from models.schema.record import kinds
from models.schema.roles import PROJECT_MANAGER
from models.text.words import Refused, W, language
from sync.workspace.workspace import Workspace
from tests.support.replicas import Replica, Team, differences, give
from tui.display.values import Values

SPEC = kinds["fix"].specs()["cause_class"]


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    """The founder and a manager who keeps the words."""
    made = Team.copied(tmp_path, "甲", roles=(PROJECT_MANAGER,))
    made.meet()
    yield made
    made.close()


def renamed(book: Book) -> str:
    """A version with another word, a new term below one, and a retired one; its id."""
    made = book.add("vocabulary", {"subject": "cause_class"})
    ids = dict(book.store.rows("SELECT code, id FROM term WHERE vocabulary=?", (made.id,)))
    book.edit(ids["software"], {"word_zh": "软件问题", "word_en": "software trouble"})
    book.edit(ids["user"], {"retired": True})
    term = {"code": "psu", "word_zh": "电源模块", "word_en": "power module", "above": "equipment"}
    book.add("term", {"vocabulary": made.id, **term})  # at the end, and yet behind what is above
    book.move(made.id, "use", {"reason": "按评审意见"})
    return made.id


def test_shipped_words_count_until_the_company_has_its_own(book: Book) -> None:
    assert worded(book.store, SPEC) is SPEC
    assert [one.name for one in terms(book.store, "cause_class")] == [
        c for c, _, _ in CAUSE_CLASSES
    ]
    assert terms(book.store, "nonsense") == ()


def test_the_words_in_force_are_shown_typed_and_offered(
    workspace: Workspace, book: Book, project: str
) -> None:
    values = Values(workspace)
    old = book.add("fix", {"phenomenon": "x", "cause_class": "user"}, project=project)
    assert values.say(SPEC, "software") == "软件缺陷"
    renamed(book)
    values.forget()
    assert values.say(SPEC, "software") == "软件问题" and values.say(SPEC, "user") == "用户操作不当"
    assert value_parser.one(book, SPEC, "power module") == "psu"
    now = worded(book.store, SPEC)
    assert [one.name for one in now.offered()][:3] == ["equipment", "psu", "software"]
    assert "user" not in [one.name for one in now.offered()]
    assert now.choices[1].above == "equipment"
    with pytest.raises(Refused, match="“用户操作不当”已停用"):
        book.add("fix", {"phenomenon": "y", "cause_class": "user"}, project=project)
    with pytest.raises(Refused, match="只能是以下之一：设备故障、电源模块"):
        book.add("fix", {"phenomenon": "y", "cause_class": "magic"}, project=project)
    assert book.edit(old.id, {"cause_class": "user", "cause": "误操作"}).values()["cause"]
    made = book.edit(old.id, {"cause_class": "psu"})
    assert made.values()["cause_class"] == "psu"
    language.now = "en"
    assert values.say(SPEC, "psu") == "power module"


def test_a_code_that_is_unknown_here_is_shown_marked_and_never_lost(team: Team) -> None:
    founder, one = team.all
    renamed(one.book)
    fix = one.book.add("fix", {"phenomenon": "x", "cause_class": "psu"}, project=team.project)
    give(one, founder, [f"p:{team.project}"])
    assert founder.get(fix.id).values()["cause_class"] == "psu"
    assert said(founder, "psu") == "psu（未知代码）"
    founder.book.edit(fix.id, {"cause": "老化"})
    team.meet()
    assert said(founder, "psu") == "电源模块" and differences(founder, one) == []


def said(one: Replica, code: str) -> str:
    """The word that a device shows for a code."""
    return Values(one.workspace).say(SPEC, code)


def test_two_who_make_the_next_version_at_once_make_one(team: Team) -> None:
    founder, one = team.all
    first, second = renamed(one.book), founder.book.add("vocabulary", {"subject": "cause_class"})
    assert first == second.id
    founder.book.move(second.id, "use", {"reason": "照旧"})
    team.meet()
    assert differences(founder, one) == []
    assert one.book.writer.siblings(first)  # both contents are kept, and a person decides
    assert said(founder, "psu") == said(one, "psu")


@pytest.mark.parametrize(
    "row", [{}, {"code": 1, "word_zh": "x", "word_en": "y"}, {"code": "x", "word_zh": "x"}]
)
def test_odd_terms_are_left_out(row: dict[str, object]) -> None:
    good = {"code": "a", "word_zh": "甲", "word_en": "A", "above": 7, "retired": 1}
    (term,) = terms_in((row, good))
    assert (term.name, term.label, term.retired, term.above) == ("a", W("甲", "A"), False, "7")


@pytest.mark.parametrize("above", [{"a": "b", "b": "a"}, {"a": "a"}, {"b": "gone"}])
def test_no_term_is_lost_in_an_odd_tree(above: dict[str, str]) -> None:
    rows = tuple(
        {"code": code, "word_zh": code, "word_en": code, "above": above.get(code)} for code in "abc"
    )
    assert sorted(one.name for one in terms_in(rows)) == ["a", "b", "c"]
