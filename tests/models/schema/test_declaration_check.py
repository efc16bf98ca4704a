"""Declarations: a wrong one is refused at import, naming the type and the mistake."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

import pytest

from models.schema.fields import choices, line, link, person
from models.schema.kind import Kind, Readers
from models.schema.lifecycle import Bar, Deadline, Move, State, WorstRow
from models.schema.record import Record, kinds
from models.schema.roles import QUALITY
from models.text.words import W

WORD = W("字", "word")


@pytest.fixture(autouse=True)
def forget() -> Iterator[None]:
    """What a test declares is gone after it."""
    before = dict(kinds)
    yield
    kinds.clear()
    kinds.update(before)


def declare(**more: object) -> type[Record]:
    made = Kind(**{"name": "thing", "label": WORD, "code": "ZZ", **more})  # type: ignore[arg-type]
    return type(
        "Thing", (Record,), {"kind": made, "what": line("甲", "What"), "__module__": __name__}
    )


@pytest.mark.parametrize(
    ("more", "named"),
    [
        ({"asked_from": "nowhere"}, "unknown state 'nowhere'"),
        ({"asked_from": "kept", "required": True}, "given at creation"),
        ({"asked_from": "kept", "at_birth": True}, "given at creation"),
    ],
)
def test_what_is_asked_for_later_begins_with_a_state(more: dict[str, object], named: str) -> None:
    body = {"kind": Kind(name="thing", label=WORD, code="ZZ"), "__module__": __name__}
    with pytest.raises(TypeError, match=named):
        type(
            "Thing", (Record,), {**body, "what": line("甲", "What", **cast("dict[str, Any]", more))}
        )


def test_a_choice_of_a_list_has_a_plain_name() -> None:
    body = {"kind": Kind(name="thing", label=WORD, code="ZZ"), "__module__": __name__}
    with pytest.raises(TypeError, match="cannot be a name in a list"):
        type("Thing", (Record,), {**body, "what": choices("甲", "What", (("a,b", "甲", "a"),))})


BARRED = (Bar("what", "no", WORD),)
DATED = (Deadline("no", "until", WORD),)
WORST = (WorstRow("what", "row", ("good", "bad")),)


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        (
            {"moves": (Move(id="decide", label=WORD, from_=("kept",), to="kept"),)},
            "every type has moves of these names",
        ),
        ({"title": "nothing"}, "unknown field 'nothing'"),
        ({"key": ("nothing",)}, "unknown field 'nothing'"),
        ({"indexes": (("state", "nothing"),)}, "unknown field 'nothing'"),
        ({"code": "FX"}, "number prefix 'FX' is taken"),
        ({"name": "fix"}, "declared twice"),
        ({"states": ()}, "states must be there"),
        ({"states": (State("a", WORD), State("a", WORD))}, "states must be there"),
        ({"moves": (Move(id="m", label=WORD, from_=("no",), to="kept"),)}, "unknown state 'no'"),
        (
            {"moves": (Move(id="m", label=WORD, from_=("kept",), to="kept", needs=("no",)),)},
            "unknown field 'no'",
        ),
        (
            {"moves": (Move(id="m", label=WORD, from_=("kept",), to="kept", who=("boss",)),)},
            "unknown role 'boss'",
        ),
        (
            {"moves": (Move(id="m", label=WORD, from_=("kept",), to="kept", barred=BARRED),)},
            "unknown field that is needed or settled at birth 'what'",
        ),
        (
            {"moves": (Move(id="m", label=WORD, from_=("kept",), to="kept", dated=DATED),)},
            "unknown field 'no'",
        ),
        (
            {"moves": (Move(id="m", label=WORD, from_=("kept",), to="kept", worst=WORST),)},
            "goes with a move that binds",
        ),
        ({"states": (State("a", WORD, reopen="no"),)}, "unknown move 'no'"),
        ({"states": (State("a", WORD, waits=("boss",)),)}, "unknown role 'boss'"),
        ({"states": (State("a", WORD, due="no"),)}, "unknown field 'no'"),
        ({"states": (State("a", WORD, due="what"),)}, "its own due field needs one of the kind"),
        ({"project": "none"}, "may have a project"),
    ],
)
def test_a_wrong_declaration_is_named(wrong: dict[str, object], named: str) -> None:
    with pytest.raises(TypeError, match=named):
        declare(**wrong)


def test_a_plain_peewee_field_is_refused() -> None:
    from peewee import TextField

    made = Kind(name="thing", label=WORD, code="ZZ")
    with pytest.raises(TypeError, match="not made by a factory"):
        type("Thing", (Record,), {"kind": made, "what": TextField(), "__module__": __name__})


def test_a_reserved_field_name_is_refused() -> None:
    made = Kind(name="thing", label=WORD, code="ZZ")
    with pytest.raises(TypeError, match="'comment' is reserved"):
        type("Thing", (Record,), {"kind": made, "comment": line("甲", "a"), "__module__": __name__})


def test_a_type_that_is_called_like_an_index_is_refused() -> None:
    """`thing.other` has the index `thing_other`: no table of the same database is called so."""
    fields = {"other": link("甲", "Other", "fix"), "__module__": __name__}
    thing = Kind(name="thing", label=WORD, code="ZZ")
    second = Kind(name="thing_other", label=WORD, code="ZY")
    type("Thing", (Record,), {"kind": thing, **fields})
    with pytest.raises(TypeError, match="'thing_other' has the name of an index"):
        type("Second", (Record,), {"kind": second, "__module__": __name__})
    del kinds["thing"]
    type("Second", (Record,), {"kind": second, "__module__": __name__})
    with pytest.raises(TypeError, match="'thing_other' has the name of an index"):
        type("Thing", (Record,), {"kind": thing, **fields})


@pytest.mark.parametrize("cls", kinds.values(), ids=kinds)
def test_every_word_of_a_declaration_has_both_halves(cls: type[Record]) -> None:
    kind = cls.kind
    words = [kind.label, *(s.label for s in kind.states), *(m.label for m in kind.moves)]
    for spec in cls.specs().values():
        words += [spec.label, *(c.label for c in spec.choices), *([spec.hint] if spec.hint else [])]
    for word in words:
        assert word.zh.strip(), word
        assert word.en.strip(), word


@pytest.mark.parametrize("cls", kinds.values(), ids=kinds)
def test_every_state_can_be_left_or_is_an_end(cls: type[Record]) -> None:
    kind = cls.kind
    left = {name for move in kind.moves for name in move.from_}
    reached = {kind.states[0].name, *(move.to for move in kind.moves)}
    stored = [state for state in kind.states if not state.derived]
    assert not {state.name for state in kind.states if state.derived} & (reached | left)
    for state in stored:
        assert state.name in reached, f"{kind.name}: nothing leads to {state.name}"
        assert state.name in left or state.ended or len(stored) == 1, state.name


@pytest.mark.parametrize("cls", kinds.values(), ids=kinds)
def test_links_point_to_declared_types(cls: type[Record]) -> None:
    for name, spec in cls.specs().items():
        if spec.kind == "link":
            assert spec.target in {"", "person", *kinds}, name
        if spec.follows:
            assert spec.follows in cls.specs()


def restricted(**more: object) -> type[Record]:
    """A restricted type with a person in it."""
    readers = more.pop("readers", Readers(roles=(QUALITY,), people=("person",)))
    kind = Kind(name="hidden", label=WORD, code="HQ", space="restricted", readers=readers, **more)  # type: ignore[arg-type]
    body = {"kind": kind, "person": person("人", "Person"), "what": line("甲", "What")}
    return type("Hidden", (Record,), {**body, "__module__": __name__})


@pytest.mark.parametrize(
    ("readers", "named"),
    [
        (None, "readers are declared"),
        (Readers(roles=("boss",)), "unknown role 'boss'"),
        (Readers(roles=(QUALITY,), people=("nobody",)), "unknown field 'nobody'"),
        (Readers(roles=(QUALITY,), people=("what",)), "each field must name a person"),
    ],
)
def test_a_restricted_type_says_who_reads_it(readers: Readers | None, named: str) -> None:
    with pytest.raises(TypeError, match=named):
        restricted(readers=readers)
    with pytest.raises(TypeError, match="readers are declared"):
        declare(readers=Readers(roles=(QUALITY,)))


def test_nothing_that_others_read_points_to_a_restricted_record() -> None:
    restricted()
    body = {"hidden": link("甲", "Hidden", "hidden"), "__module__": __name__}
    with pytest.raises(TypeError, match="would show others"):
        type("Open", (Record,), {**body, "kind": Kind(name="open", label=WORD, code="OP")})
    row = Kind(
        name="row", label=WORD, code="RW", space="parent", project="optional", parent="hidden"
    )
    type("Row", (Record,), {**body, "kind": row})
    assert kinds["row"].kind is row


def test_a_type_that_is_pointed_to_is_not_made_restricted_later() -> None:
    body = {"hidden": link("甲", "Hidden", "hidden"), "__module__": __name__}
    type("Open", (Record,), {**body, "kind": Kind(name="open", label=WORD, code="OP")})
    with pytest.raises(TypeError, match="would show others"):
        restricted()
