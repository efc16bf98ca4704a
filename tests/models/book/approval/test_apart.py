"""People of a linked record are kept from a four-eyes move, where the declaration says so."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from models.book import permissions
from models.book.approval import apart
from models.book.book import Book
from models.schema.fields import line
from models.schema.lifecycle import Life, Move, State
from models.schema.roles import ENGINEER, LEADS
from models.text.words import Refused, W
from sync.workspace.workspace import Workspace
from tests.support.declared_types import declared
from tests.support.team import acting, admit
from tests.support.visits import visits


@pytest.fixture
def trips(workspace: Workspace) -> Iterator[list[Book]]:
    with visits():
        workspace.store.grow()
        names = (("甲", LEADS), ("乙", LEADS), ("丙", (ENGINEER,)))
        yield [acting(workspace, admit(workspace, name, roles)) for name, roles in names]


def ready(book: Book, campaign: str, project: str) -> str:
    made = book.add("visit", {"subject": "x", "campaign": campaign}, project=project)
    book.move(book.add("point", {"visit": made.id, "text": "y"}).id, "settle")
    return book.move(made.id, "ready").id


def test_who_made_the_calls_does_not_file(trips: list[Book], project: str) -> None:
    one, other, eng = trips
    named = eng.add("campaign", {"name": "年底", "caller": one.me}, project=project).id
    made = ready(eng, named, project)
    with pytest.raises(Refused) as refused:
        one.move(made, "file")  # named as the caller
    assert refused.value.word == permissions.FOUR_EYES
    with pytest.raises(Refused) as refused:
        other.move(made, "file")  # nobody has called yet
    assert refused.value.word == apart.UNKNOWN
    other.move(named, "call")
    with pytest.raises(Refused) as refused:
        other.move(made, "file")  # and now it was they
    assert refused.value.word == permissions.FOUR_EYES


def test_somebody_else_files_and_the_move_says_whose_eyes_were_apart(
    trips: list[Book], project: str
) -> None:
    one, other, eng = trips
    named = eng.add("campaign", {"name": "年底", "caller": eng.me}, project=project).id
    one.move(named, "call")
    made = ready(eng, named, project)
    assert other.move(made, "file").state == "filed"
    said = next(
        e.move for e in other.change_log.history(made) if (e.move or {}).get("move") == "file"
    )
    assert said is not None and set(said["apart"]) == {"campaign.caller", "campaign.call"}
    assert "alone" not in said


def test_nothing_linked_keeps_nobody_apart(trips: list[Book], project: str) -> None:
    one, _, eng = trips
    made = eng.add("visit", {"subject": "x"}, project=project)
    eng.move(eng.add("point", {"visit": made.id, "text": "y"}).id, "settle")
    eng.move(made.id, "ready")
    assert one.move(made.id, "file").state == "filed"


@pytest.mark.parametrize("what", ["nobody", "phenomenon"])
def test_a_declaration_of_nobody_is_found(what: str) -> None:
    word = W("做", "Do")
    move = Move(
        id="do", label=word, from_=("open",), to="open", four_eyes=True, apart_from=(("", what),)
    )
    fields = {"phenomenon": line("现象", "Problem")}
    life = Life((State("open", word),), (move,))
    with declared("odd", life, fields) as cls, pytest.raises(ValueError, match=what):
        apart.check(cls)


def test_it_goes_with_four_eyes_only() -> None:
    word = W("做", "Do")
    move = Move(id="do", label=word, from_=("open",), to="open", apart_from=(("", "author"),))
    life = Life((State("open", word),), (move,))
    with pytest.raises(TypeError, match="four_eyes"), declared("odd", life, {}):
        pass
