"""Member kinds: helpers that other kinds use; what each kind does is in `test_membership`."""

from __future__ import annotations

import pytest

from models.text.words import Refused
from sync.trust.steering.member_kinds import ALREADY, TAKEN, free, switch
from sync.trust.steering.steering import RECOVERY
from tests.support.signers import staffed


@pytest.mark.parametrize("taken", ["p1", "d1", RECOVERY])
def test_an_id_is_given_once(taken: str) -> None:
    free(staffed(), "p9")
    with pytest.raises(Refused) as caught:
        free(staffed(), taken)
    assert caught.value.word is TAKEN


def test_a_fact_is_turned_only_when_that_changes_it() -> None:
    log = staffed()
    with pytest.raises(Refused) as caught:
        switch(log, ("admin", "p0"), True)
    assert caught.value.word is ALREADY
    switch(log, ("admin", "p0"), False)
    assert not log.is_admin("p0")
