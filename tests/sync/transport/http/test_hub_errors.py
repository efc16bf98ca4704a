"""Hub errors: a status and a word; every word has a sentence at the device."""

from __future__ import annotations

from sync.transport.http import hub_errors
from sync.transport.http.client import REASONS
from sync.transport.http.hub_errors import HubError, malformed

WORDS = [value for name, value in vars(hub_errors).items() if name.isupper()]
HANDLED = {hub_errors.OLD_EPOCH, hub_errors.CLOCK, hub_errors.REPLAYED, hub_errors.BUSY}
"""What the device acts upon, so that nobody reads it."""


def test_every_word_is_said_once() -> None:
    assert len(WORDS) == len(set(WORDS)) > 20
    assert all(word.replace("-", "").isalpha() and word.islower() for word in WORDS)


def test_every_reason_that_a_device_knows_is_one_of_the_words() -> None:
    assert set(REASONS) <= set(WORDS) - {hub_errors.REPLAYED}


def test_an_error_carries_its_facts() -> None:
    error = HubError(409, hub_errors.BEHIND, members=3)
    assert (error.status, error.reason, error.facts) == (409, "behind", {"members": 3})
    assert (malformed(part="x").status, malformed(part="x").facts) == (400, {"part": "x"})
