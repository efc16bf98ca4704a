"""The hub's key is changed: by a book beside it or from afar; open codes and devices go on."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.text.words import Refused
from sync.hub.recovery import next_key
from sync.organisation import hub_enrolment, hub_key
from sync.organisation.hub_key import NONE_OFFERED
from sync.transport.http.client import OTHER_HUB
from sync.trust import device_key
from sync.trust.membership import hub_of
from sync.workspace import hub_address
from tests.support.replicas import Team, differences
from tests.sync.hub.conftest import postgres as postgres
from tests.sync.hub.conftest import running as running
from tests.sync.hub.conftest import team as team
from tests.sync.hub.conftest import url as url
from tests.sync.hub.running import Running, meet
from tests.sync.hub.test_round import colleague


def again(running: Running, url: str) -> Running:
    """The hub is restarted where it was."""
    port, founder = running.port, running.founder
    running.stop()
    found = Running(running.home, url, port=port)
    found.founder = founder
    return found


def test_from_afar(team: Team, running: Running, url: str, tmp_path: Path) -> None:
    founder = team.founder
    running.found(founder)
    second, code = colleague(team, running, "乙"), running.code(name="丙")
    team.fix(second)
    assert meet(second).done and meet(founder).done
    with pytest.raises(Refused) as caught:
        hub_key.accept(founder.workspace)
    assert caught.value.word is NONE_OFFERED
    old, made = running.house.key, next_key.make(running.home)
    with again(running, url) as offering:
        assert offering.house.key.id == old.id  # not in force yet
        assert meet(second).done
        assert hub_key.accept(founder.workspace)
        assert offering.house.key.id == made.id
        assert hub_of(offering.house.membership.now()) == made.id
        assert meet(second).done  # learns it by itself
        known = hub_address.load(second.home)
        assert known is not None and known.key == made.public.hex()
        assert offering.house.membership.now().devices[old.id].revoked
    with again(offering, url) as renewed:
        theirs = team.fix(second)
        told = meet(second)
        assert told.done and told.unconfirmed == 0  # its new receipts count
        assert theirs in [one for _, one in told.confirmed]
        assert meet(founder).done and not differences(founder, second)
        hub_enrolment.come(tmp_path / "c", code, "")  # the code was open and is open
        assert renewed.house.next is None


def test_by_a_book_on_the_same_computer(team: Team, running: Running, url: str) -> None:
    running.found(team.founder)
    second = colleague(team, running, "乙")
    assert not hub_key.at_hub(running.house, team.founder.home)  # none was made
    made = next_key.make(running.home)
    assert not hub_key.at_hub(running.house, second.home)  # no administrator's
    assert hub_key.at_hub(running.house, team.founder.home)
    assert device_key.load(running.home).id == made.id
    with again(running, url):
        assert meet(second).done and meet(team.founder).done


def test_another_key_at_the_same_address_is_not_the_hub(team: Team, running: Running) -> None:
    """Who has the certificate and not the entry is refused, and nothing is given to it."""
    running.found(team.founder)
    second = colleague(team, running, "乙")
    known = hub_address.load(second.home)
    assert known is not None
    running.house.keys = (device_key.make(team.folder / "thief"),)
    with pytest.raises(Refused) as caught:
        meet(second)
    assert caught.value.word is OTHER_HUB
    assert hub_address.load(second.home) == known
