"""Frozen values: used like a frozen dataclass, by whatever takes one."""

from __future__ import annotations

import copy
import dataclasses
import pickle
import typing
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any, ClassVar

import pytest

from models.frozen import Frozen, NamedTuple


class Span(NamedTuple):
    """From here to there."""

    first: int
    last: int = 9

    @property
    def days(self) -> int:
        """How many."""
        return self.last - self.first + 1

    def __str__(self) -> str:
        return f"{self.first}-{self.last}"


class LateSpan(Span):
    """The first of it is made before any `Span` is."""


class Place(Frozen):
    """A place."""

    kinds: ClassVar[int] = 0
    name: str
    floor: int = 1
    tags: Mapping[str, str] = dataclasses.field(default_factory=dict)
    seen: int = dataclasses.field(default=0, compare=False)
    key: str = dataclasses.field(default="", repr=False)

    @cached_property
    def loud(self) -> str:
        """Made once."""
        return self.name.upper()


class Room(Place, kw_only=True):
    """A place with a door."""

    door: str = "left"

    def __post_init__(self) -> None:
        if self.floor < 0:
            raise ValueError("below the ground")


def test_values_come_by_place_and_by_name() -> None:
    assert (Place("a").name, Place("a").floor, Place("a", 2).floor) == ("a", 1, 2)
    assert Place(name="a", floor=3) == Place("a", 3)
    assert Room(name="a").door == "left"
    assert Room.attributes() == ("name", "floor", "tags", "seen", "key", "door")


ANY_PLACE: Any = Place
ANY_ROOM: Any = Room


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (lambda: ANY_PLACE(), "Place needs name"),
        (lambda: ANY_PLACE("a", colour=1), "Place has no colour"),
        (lambda: ANY_PLACE("a", name="b"), "Place: name given twice"),
        (lambda: ANY_PLACE("a", 1, {}, 0, "", 7), "Place: 6 values by place, 5 are taken"),
        (lambda: ANY_ROOM("a"), "Room: 1 values by place, 0 are taken"),
        (lambda: ANY_ROOM(door="right"), "Room needs name"),
    ],
)
def test_wrong_values_are_named(make: Callable[[], Any], why: str) -> None:
    with pytest.raises(TypeError) as caught:
        make()
    assert str(caught.value) == why


def test_nothing_can_be_changed() -> None:
    place: Any = Place("a")
    with pytest.raises(AttributeError):
        place.name = "b"
    with pytest.raises(AttributeError):
        del place.name
    assert place.name == "a"


def test_equal_values_are_equal_whether_given_or_by_default() -> None:
    assert Place("a") == Place("a", 1) == Place("a", seen=5)
    assert hash(Place("a", tags=())) == hash(Place("a", 1, (), seen=5))  # type: ignore[arg-type]
    assert Place("a") != Place("b") != Place("b", 2)
    assert Place("a") != Room(name="a")
    heard = Place("a")
    assert heard.loud == "A"
    assert heard == Place("a")


def test_each_has_a_mapping_of_its_own() -> None:
    one, two = Place("a"), Place("a")
    assert one.tags is not two.tags


def test_a_change_makes_another_one() -> None:
    place = Place("a", 2)
    assert place.but(name="b") == Place("b", 2)
    assert place == Place("a", 2)
    with pytest.raises(TypeError):
        place.but(colour=1)
    with pytest.raises(ValueError, match="below the ground"):
        Room(name="a").but(floor=-1)


def test_it_is_a_dataclass_to_others() -> None:
    room = Room(name="a", tags={"x": "y"})
    assert dataclasses.replace(room, door="right") == Room(name="a", tags={"x": "y"}, door="right")
    assert [one.name for one in dataclasses.fields(Room)] == list(Room.attributes())
    assert dataclasses.asdict(room)["tags"] == {"x": "y"}
    assert dataclasses.asdict(Place("b"))["name"] == "b"


def test_it_is_copied_and_pickled() -> None:
    room = Room(name="a", tags={"x": "y"})
    assert copy.deepcopy(room) == pickle.loads(pickle.dumps(room)) == room


def test_it_is_told_without_what_is_hidden() -> None:
    assert repr(Place("a", key="secret")) == "Place(name='a', floor=1, tags={}, seen=0)"


def test_a_named_tuple_is_that_of_typing() -> None:
    span = Span(2)
    assert (span, span.days, str(span), repr(span)) == ((2, 9), 8, "2-9", "Span(first=2, last=9)")
    assert span._replace(last=3) == Span(first=2, last=3) == Span(2, 3)
    assert (Span.__name__, Span.__qualname__, Span.__module__) == ("Span", "Span", __name__)
    assert Span.__doc__ == "From here to there."
    assert Span._field_defaults == {"last": 9} and Span._fields == ("first", "last")
    assert typing.get_type_hints(Span) == {"first": int, "last": int}
    assert copy.deepcopy(span) == pickle.loads(pickle.dumps(span)) == span
    with pytest.raises(AttributeError):
        span.first = 3  # type: ignore[misc]
    with pytest.raises(TypeError):
        Span()  # type: ignore[call-arg]


def test_a_named_tuple_is_made_replaced_and_matched_like_any_other() -> None:
    late = LateSpan(1, last=3)
    assert (type(late), late.days, repr(late)) == (LateSpan, 3, "LateSpan(first=1, last=3)")
    assert type(late._replace(first=2)) is LateSpan and late._asdict() == {"first": 1, "last": 3}
    assert Span._make([4, 5]) == Span(4, 5) and isinstance(Span._make((4, 5)), Span)
    match late:
        case Span(first, last):
            assert (first, last) == (1, 3)
        case _:
            pytest.fail("not matched")
    made: Any = Span
    for values, named in (((1, 2, 3), {}), ((1,), {"first": 2}), ((1,), {"middle": 2})):
        with pytest.raises(TypeError):
            made(*values, **named)
    with pytest.raises(TypeError):
        made._make([1])
    with pytest.raises(ValueError):
        made._replace(late, middle=2)
