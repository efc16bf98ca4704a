"""Lifecycles that types share: who may make their moves, and what the moves ask."""

from __future__ import annotations

import pytest

from models.records.problems.escalation import Escalation
from models.records.problems.fix import Fix
from models.records.registers.customer import Customer
from models.records.registers.equipment import Equipment
from models.records.registers.site import Site
from models.schema.lifecycles import HELD, REGISTER_MOVES, REGISTER_STATES, RETURNED, VERIFY
from models.schema.record import AUTHOR, LEADS, Record, kinds


@pytest.mark.parametrize("cls", [Customer, Site, Equipment])
def test_master_data_is_proposed_by_anybody_and_confirmed_by_leads(cls: type[Record]) -> None:
    assert (cls.kind.states, cls.kind.moves) == (REGISTER_STATES, REGISTER_MOVES)
    assert {move.who for move in cls.kind.moves} == {LEADS}
    paths = {(origin, move.id, move.to) for move in cls.kind.moves for origin in move.from_}
    assert paths == {
        ("proposed", "confirm", "confirmed"),
        ("proposed", "retire", "retired"),
        ("confirmed", "retire", "retired"),
        ("retired", "restore", "confirmed"),
    }
    assert cls.kind.by_move["retire"].requires_comment
    assert cls.kind.state("proposed").waits == LEADS and cls.kind.state("retired").ended


def test_nothing_leads_to_the_derived_state() -> None:
    assert HELD.derived
    holders = [cls.kind for cls in kinds.values() if HELD in cls.kind.states]
    assert {kind.name for kind in holders} >= {"milestone", "delivery"}
    for kind in holders:
        assert all(HELD.name not in (move.to, *move.from_) for move in kind.moves)


def test_what_is_returned_waits_for_its_author_and_can_be_edited() -> None:
    assert RETURNED.waits == (AUTHOR,) and not RETURNED.frozen and not RETURNED.ended


@pytest.mark.parametrize("cls", [Fix, Escalation])
def test_verifying_says_by_whom_when_and_that_it_conforms(cls: type[Record]) -> None:
    assert VERIFY in cls.kind.moves
    specs = cls.specs()
    assert all(specs[name].by_move for name in (*VERIFY.fills, *VERIFY.asks))
    assert VERIFY.fills["verify_result"] == "=conforms"
    assert specs["verify_result"].word("conforms") == "符合要求"
