"""Receipt store: only the hub's own word of this epoch is kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from models.text.words import Refused
from sync.transport.http import receipt
from sync.transport.http.receipt import Receipt
from sync.transport.http.receipt_store import META, ReceiptStore
from sync.workspace import acknowledgements
from sync.workspace.hub_address import Address
from tests.support.replicas import Team
from tests.support.signers import signer

HUB, EPOCH, SPACE = signer(9), "e" * 16, "p:one"
ADDRESS = Address("https://hub:1", "", HUB.id, HUB.public.hex())


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ReceiptStore]:
    team = Team.copied(tmp_path)
    yield ReceiptStore(team.founder.workspace, ADDRESS, "o", "hub")
    team.close()


def reply(n: int, **more: Any) -> dict[str, Any]:
    """What the hub says with a receipt, and the proof that it wants to see again."""
    one = Receipt(EPOCH, SPACE, n, bytes(32), {"d1": n})._replace(**more)
    return {"receipt": receipt.told(receipt.sign(HUB, "o", one)), "proof": ["proof", n]}


def test_the_hubs_own_receipt_is_taken(store: ReceiptStore) -> None:
    assert store.check(reply(3), SPACE, EPOCH).tips == {"d1": 3}


@pytest.mark.parametrize(
    "harm",
    [
        {"receipt": None},
        {"receipt": {}},
        {"receipt": reply(3)["receipt"] | {"n": 4}},
        {"receipt": reply(3)["receipt"] | {"signature": "00" * 64}},
        {"receipt": reply(3, space="company")["receipt"]},
        {"receipt": reply(3, epoch="f" * 16)["receipt"]},
    ],
    ids=["none", "empty", "altered", "not signed", "another space", "another epoch"],
)
def test_any_other_receipt_is_refused(store: ReceiptStore, harm: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        store.check(reply(3) | harm, SPACE, EPOCH)


def test_a_receipt_of_another_organisation_is_refused(store: ReceiptStore) -> None:
    store.organisation = "another"
    with pytest.raises(Refused):
        store.check(reply(3), SPACE, EPOCH)


def test_proofs_are_shown_in_the_next_round(store: ReceiptStore) -> None:
    assert store.begin(EPOCH) == {"had": {}, "latest": {}}
    first, second = (store.check(reply(n), SPACE, EPOCH) for n in (3, 5))
    store.keep(EPOCH, {SPACE: first}, {SPACE: first})
    store.keep(EPOCH, {SPACE: second})
    shown = {"had": {SPACE: ["proof", 3]}, "latest": {SPACE: ["proof", 5]}}
    assert store.begin(EPOCH) == shown
    again = ReceiptStore(store.workspace, ADDRESS, "o", "hub")
    assert again.begin(EPOCH) == shown


def test_a_new_epoch_forgets_what_the_hub_said(store: ReceiptStore) -> None:
    one = store.check(reply(3), SPACE, EPOCH)
    store.keep(EPOCH, {SPACE: one})
    acknowledgements.note_seen(store.workspace, "hub", SPACE, {"d1": 3})
    acknowledgements.note_seen(store.workspace, "d2", SPACE, {"d1": 3})
    assert store.begin("f" * 16) == {"had": {}, "latest": {}}
    assert acknowledgements.said_by(store.workspace, "hub", SPACE) == {}
    assert acknowledgements.said_by(store.workspace, "d2", SPACE) == {"d1": 3}


@pytest.mark.parametrize("text", ["{", "5", "[1]", "null", ""])
def test_what_cannot_be_read_is_none(store: ReceiptStore, text: str) -> None:
    with store.workspace.store.write():
        store.workspace.store.set_meta(META, text)
    assert store.begin(EPOCH) == {"had": {}, "latest": {}}
