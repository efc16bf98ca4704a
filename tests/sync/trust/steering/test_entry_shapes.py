"""Entry shapes: the form of every value."""

from __future__ import annotations

import pytest

from sync.trust.entry_rules import ACTS
from sync.trust.steering import entry_shapes

SHAPES: dict[str, tuple[list[object], list[object]]] = {
    "is_id": (["p1", "A-9", "x" * 64], ["", "x" * 65, "a b", "a\n", "名", 5, None]),
    "is_text": (["", "林工", "x" * 200], ["x" * 201, "a\0", "\ud800", 5, None, []]),
    "is_name": (["林"], ["", "  ", "a\0", 5]),
    "is_role": (["engineer", "new_role"], ["", "Engineer", "_x", "x" * 41, 5, None]),
    "are_roles": ([[], ["a", "b"]], [["b", "a"], ["a", "a"], ["A"], "ab", None]),
    "is_place": (["*", "one"], ["", "**", 5]),
    "is_tag": (["A", "ZZZZ"], ["", "a", "AAAAA", "A1", 5]),
    "is_key": (["0f" * 32], ["0F" * 32, "0f" * 31, "", 5]),
    "is_flag": ([True, False], [0, 1, None, "yes"]),
    "is_level": ([1, 2], [0, -1, True, 2**53, "2", None]),
    "is_number": ([1, 2**53 - 1], [0, -1, True, 2**53, "1", None]),
    "is_moment": ([0, 1_795_000_000_000], [-1, True, 2**53, "1", None]),
    "is_signature": (["0f" * 64], ["0F" * 64, "0f" * 63, "", 5]),
    "is_someone": (["", "p1"], ["a b", None, 5]),
    "is_body": ([{}, {"a": 1}], [[], "", None]),
    "are_people": ([[], ["p1", "p2"]], [["p2", "p1"], ["p1", "p1"], ["a b"], "p1", None]),
    "are_grants": (
        [[], [["engineer", "*"], ["quality", "one"]]],
        [
            [["engineer"]],
            [["engineer", ""]],
            [[[], "*"]],
            [["engineer", "*"]] * 2,
            [["a", "*"]] * 21,
        ],
    ),
    "are_positions": (
        [{}, {"d1": {}}, {"d1": {"p:one": [3, "0f" * 32]}}],
        [{"a b": {}}, {"d1": []}, {"d1": {"p:one": 3}}, {"d1": {"p:one": [3, ""]}}, [], None],
    ),
}


@pytest.mark.parametrize("name", SHAPES)
def test_a_value_has_its_form_or_is_refused(name: str) -> None:
    right, wrong = SHAPES[name]
    question = getattr(entry_shapes, name)
    assert [one for one in right if not question(one)] == []
    assert [one for one in wrong if question(one)] == []


def test_every_form_is_tested() -> None:
    asked = {
        one.__name__ for act in ACTS.values() for one in (*act.shape.values(), *act.taking.values())
    }
    assert asked <= SHAPES.keys()
