"""Transitions: one row for each move, of what is no text where a text should be none at all."""

from __future__ import annotations

from typing import Any

import pytest

from sync.changes.hybrid_clock import millis
from sync.log import transitions
from sync.log.version_lookup import VersionLookup
from tests.sync.log.logged import DEVICE, change

MOVE = {"move": "close", "from": "fixed", "to": "closed", "role": "engineer", "comment": "好",
        "members": 3}  # fmt: skip
SHOWN = "SELECT record, type, project, move, origin, state, at, author, role, comment, alone"


def rows(names: VersionLookup) -> list[Any]:
    """The table, in the order written."""
    return list(names.db.execute(f"{SHOWN} FROM transition ORDER BY n").fetchall())


def test_a_move_is_noted_with_who_made_it(names: VersionLookup) -> None:
    one = change(2, move=MOVE)
    transitions.put(names, [(one, "one")])
    shown = ("r1", "fix", "one", "close", "fixed", "closed", millis(one.at))
    assert rows(names) == [(*shown, DEVICE, "engineer", "好", 0)]  # no member: the device's id
    names.db.execute("UPDATE device SET person='p1' WHERE idx=?", (names.idx(DEVICE),))
    names._people.refresh()
    transitions.put(names, [(change(3, move={**MOVE, "alone": True}), None)])
    assert rows(names)[1][7:] == ("p1", "engineer", "好", 1) and rows(names)[1][2] is None


@pytest.mark.parametrize("value", [["x"], {"x": 1}])
def test_what_is_no_text_is_not_noted(names: VersionLookup, value: object) -> None:
    transitions.put(names, [(change(2, move={**MOVE, "comment": value}), "one")])
    assert rows(names)[0][9] is None


def test_the_moves_of_one_record_are_taken_away(names: VersionLookup) -> None:
    some = [change(2, move=MOVE), change(3, record="r2", move=MOVE)]
    transitions.put(names, [(one, "one") for one in some])
    transitions.clear(names, [("fix", "r1"), ("sheet", "r2")])
    assert [row[0] for row in rows(names)] == ["r2"]
