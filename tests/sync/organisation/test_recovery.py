"""The recovery key: printed once, kept nowhere, used from any member's device on every carrier."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.text import code_letters
from models.text.words import Refused
from sync.log import membership_store
from sync.organisation import administration, recovery
from sync.organisation.recovery import MISTYPED, NOT_THIS
from sync.trust.membership import hub_of
from sync.trust.steering.recovery_kinds import NO_KEY
from tests.support.replicas import Team
from tests.sync.transport.ways import WAYS, Way, carried


@given(st.binary(min_size=20, max_size=20), st.data())
def test_a_mistyped_letter_is_noticed(secret: bytes, data: st.DataObject) -> None:
    text = recovery.spelt(secret)
    assert recovery.read(text.lower()) == recovery.read(text.replace("-", " "))
    plain = code_letters.letters(text)
    at = data.draw(st.integers(0, len(plain) - 1))
    other = data.draw(st.sampled_from(code_letters.ALPHABET.replace(plain[at], "")))
    for typed in (plain[:at] + other + plain[at + 1 :], plain[:-1], plain + "0", "", "甲" * 40):
        with pytest.raises(Refused) as caught:
            recovery.read(typed)
        assert caught.value.word is MISTYPED


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_a_lost_founder_is_replaced_from_a_members_device(
    way: Callable[[Path], Way], tmp_path: Path
) -> None:
    team = Team.copied(tmp_path, "乙", "丙", met=True)
    founder, second, third = team.all
    stick = tmp_path / "stick"
    stick.mkdir()
    between = way(stick)
    carried(between, founder, second, third)
    typed = recovery.make(founder.workspace)
    carried(between, founder, second, third)
    with pytest.raises(Refused):
        administration.revoke(second.workspace, founder.device)
    recovery.use(second.workspace, typed, [team.person(founder)])
    carried(between, second, third)
    for one in (second, third):
        log = membership_store.load(one.workspace.store.db)
        assert log.able() == {team.person(second)}
        assert log.devices[founder.device].revoked
        seen = membership_store.steering(one.workspace.store.db)
        assert [use.person for use in seen.unanswered] == [team.person(second)]
    recovery.make(second.workspace)
    carried(between, second, third)
    seen = membership_store.steering(third.workspace.store.db)
    assert not seen.unanswered and len(seen.used) == 1
    assert administration.add_person(second.workspace, "丁", "")
    team.close()


def test_only_the_key_in_force_counts_and_no_file_has_it(tmp_path: Path) -> None:
    team = Team.copied(tmp_path, "乙", met=True)
    founder, second = team.all
    with pytest.raises(Refused) as caught:
        recovery.checked(second.workspace, recovery.spelt(bytes(20)))
    assert caught.value.word is NO_KEY
    first = recovery.make(founder.workspace)
    assert recovery.checked(founder.workspace, first)
    again = recovery.make(founder.workspace)
    for typed in (first, recovery.spelt(bytes(20))):
        with pytest.raises(Refused) as caught:
            recovery.use(founder.workspace, typed)
        assert caught.value.word is NOT_THIS
    team.tell()
    recovery.use(second.workspace, again, [team.person(founder)])
    team.close()
    secret = again.replace("-", "").encode()
    raw = code_letters.number(again).to_bytes(25, "big")[:20]
    for path in (one for one in tmp_path.rglob("*") if one.is_file()):
        held = path.read_bytes()
        assert not [one for one in (secret, again.encode(), raw, raw.hex().encode()) if one in held]


def test_a_hub_that_is_lost_is_left_behind(tmp_path: Path) -> None:
    team = Team.copied(tmp_path, "乙", met=True)
    founder, second = team.all
    stick = tmp_path / "stick"
    stick.mkdir()
    hub = WAYS["hub"](stick)
    carried(hub, founder, second)
    typed = recovery.make(founder.workspace)
    carried(hub, founder, second)
    recovery.use(second.workspace, typed, [team.person(founder)], hub_lost=True)
    assert hub_of(membership_store.load(second.workspace.store.db)) is None
    assert administration.add_person(second.workspace, "丁", "")  # without any hub
    team.close()
