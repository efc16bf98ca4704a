"""Move letters: each move of a type has one letter on its record page, the same wherever it is."""

from __future__ import annotations

from models.book.approval.acknowledgements import ACKNOWLEDGE, LABEL
from models.book.permissions import CONFIRM, MARKED
from models.schema.kind import Kind
from models.schema.lifecycle import Move

RESERVED = frozenset("ejkgqunmbtyolf")
"""Letters that mean the same on every page."""
RESERVED_CAPITALS = frozenset("ACEFINPRTV")
"""Capitals that are commands of a record's page."""
USUAL = {
    "accept": "a",
    "approve": "a",
    "approve_with_conditions": "c",
    "again": "z",
    "close": "c",
    "complete": "c",
    "confirm": "c",
    "draft": "d",
    "escalate": "x",
    "fail": "w",
    "fix": "d",
    "publish": "p",
    "reopen": "r",
    "resubmit": "s",
    "refuse": "x",
    "restore": "i",
    "retire": "h",
    "return": "h",
    "review": "v",
    "revise": "w",
    "start": "s",
    "submit": "s",
    "take_back": "r",
    "verify": "v",
    "withdraw": "w",
}
"""Move id -> the letter that it has in every type where no other move took it before."""
ALPHABET = "abcdefghijklmnopqrstuvwxyz"
"""With Shift where a type has more moves than there are letters left."""


def offered(kind: Kind) -> tuple[Move, ...]:
    """The moves of a type; for one whose content is approved, the confirmation too, and for one
    that is acknowledged, the acknowledgement."""
    found, states = kind.moves, tuple(state.name for state in kind.states)
    if any(move.four_eyes for move in kind.moves):
        found += (Move(id=CONFIRM, label=MARKED[CONFIRM], from_=states, to=states[-1]),)
    if kind.acknowledge is not None:
        asked = kind.acknowledge.states
        found += (Move(id=ACKNOWLEDGE, label=LABEL, from_=asked, to=asked[0]),)
    return found


def letters(kind: Kind) -> dict[str, str]:
    """Move id -> its letter: the usual one, else the first free one of its name or the alphabet."""
    found: dict[str, str] = {}
    for move in offered(kind):
        if not move.hidden:
            wanted = (USUAL.get(move.id, ""), *move.id, *ALPHABET)
            wanted += (*move.id.upper(), *ALPHABET.upper())
            taken = RESERVED | RESERVED_CAPITALS | set(found.values())
            free = (one for one in wanted if one.isalpha() and one not in taken)
            letter = next((one for one in free if one.lower() not in RESERVED), "")
            if letter:
                found[move.id] = letter
    return found
