"""Changes for tests: arbitrary valid runs of one device, as Hypothesis draws them."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from sync.changes.change import Change

DEVICE = "0190a1b2-0000-7000-8000-00000000000a"
OTHER = "0190a1b2-0000-7000-8000-00000000000b"
SPACE = "p:0190a1b2-0000-7000-8000-0000000000ff"

_texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
_names = st.sampled_from(["cause", "state", "%s", '"', "原因", "x"]) | _texts.filter(bool)
_ids = st.sampled_from([DEVICE, OTHER, "r1", "d2", "0190A1B2-0000-7000-8000-00000000000A"])
_whole = st.integers(-(1 << 63), (1 << 63) - 1) | st.integers(-3, 300)
_scalars = st.none() | st.booleans() | _whole | _texts | _ids
_values = st.recursive(
    _scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_names, inner, max_size=3),
    max_leaves=4,
)
_objects = st.dictionaries(_names, _values, max_size=3)
_extras = st.just(dict[str, Any]()) | st.dictionaries(
    _names.filter(lambda name: name not in set("vsdqatrxfbhm")), _values, max_size=2
)
_moves = st.none() | _objects.filter(lambda move: "saw" not in move)


@st.composite
def _bases(draw: st.DrawFn, seq: int) -> dict[str, list[tuple[str, int]]]:
    own = st.tuples(st.just(DEVICE), st.integers(1, seq - 1)) if seq > 1 else st.nothing()
    others = st.tuples(_ids.filter(lambda id: id != DEVICE), st.integers(1, 1 << 40))
    return draw(st.dictionaries(_names, st.lists(others | own, max_size=2), max_size=2))


@st.composite
def runs(draw: st.DrawFn, most: int = 8) -> list[Change]:
    """Consecutive changes of one device in one space; some share their structure."""
    first: int = draw(st.integers(1, 3) | st.integers(1, 1 << 60))
    count: int = draw(st.integers(1, most))
    tx, made = first, list[Change]()
    for seq in range(first, first + count):
        along: bool = draw(st.booleans())
        tx = tx if along else seq
        base = draw(_bases(seq))
        fresh = Change(
            SPACE, DEVICE, seq, draw(st.integers(0, (1 << 63) - 1)), draw(_names),
            draw(_ids | _names), tx, draw(_objects), base, draw(st.none() | _objects),
            draw(_moves), draw(_extras),
        )  # fmt: skip
        alike: bool = draw(st.booleans())
        like = draw(st.sampled_from(made)) if made and alike else fresh
        change = replace(like, seq=seq, at=fresh.at, tx=tx, record=fresh.record)
        if change.move is not None and draw(st.booleans()):
            saw = json.loads(json.dumps(base))
            change = replace(change, move={**change.move, "saw": saw})
        made.append(change)
    return made
